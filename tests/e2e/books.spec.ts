import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { handOver, resize, start, type Started, stopAll } from './launch.ts';
import { picture } from './screen.ts';
import { area, areas, filled, look, openRow, theme, watched } from './walking.ts';

// The books of a small firm: begun with the company, opened, closed and opened again; a ledger of another program in and back out.

test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.afterAll(stopAll);

const small = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };
let bureau: Started;
let watch: Awaited<ReturnType<typeof watched>>;
const file = (name: string): string => join(bureau.folder, 'files', name);
const main = (): Locator => bureau.page.getByRole('main');
const findings: string[] = [];
const seen = async (what: string): Promise<void> => void findings.push(...(await look(bureau, what)));

/** Pictures at both sizes, light and dark. */
async function pictures(name: string): Promise<void> {
  const { page } = bureau;
  for (const shade of ['light', 'dark'] as const) {
    await theme(bureau, shade);
    await picture(page, shade === 'light' ? name : `${name}-dark`);
  }
  await theme(bureau, 'light');
  await resize(bureau.app, large);
  await picture(page, `${name}-1920`);
  await resize(bureau.app, small);
}

test.beforeAll(async () => {
  bureau = await start({ size: small });
  watch = await watched(bureau);
  mkdirSync(file(''));
  writeFileSync(file('kiosk.journal'), '2024-02-01 Rent\n  expenses:kiosk rent  800.00 GBP\n  assets:bank\n\n2024-02-02 Sale\n  assets:bank  1000.00 GBP\n  income:kiosk sales\n');
  handOver(bureau.folder);
});

test('the wizard begins the company with the chart of its country', async () => {
  const { page } = bureau;
  await page.getByRole('button', { name: /^Create a company/ }).click();
  await page.getByLabel('Name of the firm').fill('Hollis Kiosk Ltd');
  await page.getByRole('textbox', { name: 'Folder' }).fill(join(bureau.folder, 'company'));
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByLabel('Country', { exact: true }).selectOption('GB');
  await page.keyboard.press('Alt+ArrowRight');
  const chart = page.getByLabel('Chart of accounts');
  await expect(chart).toBeFocused();
  await expect(chart).toHaveValue('uk');
  await expect(page.getByRole('region', { name: 'What this chart brings' }).getByRole('row')).not.toHaveCount(0);
  await pictures('wizard-books');
  await seen('the books of a new company');
  await chart.selectOption('');
  await expect(page.getByText('The company begins without books.')).toBeVisible();
  await chart.selectOption('uk');
  await page.getByLabel('Fiscal year begins on').fill('01/01/2025');
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByLabel('Your name').fill('Ada Owner');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByText('Sets up the books: United Kingdom (FRS 102 / FRS 105), fiscal year from 01/01/2025.')).toBeVisible();
  await page.getByRole('button', { name: 'Create a company', exact: true }).click();
  await page.getByRole('button', { name: /Ada Owner/ }).click();
  await page.keyboard.press('Alt+3');
  await area(page, 'Basics');
  await expect(main().getByText('United Kingdom (FRS 102 / FRS 105)')).toBeVisible();
  await pictures('books-set-up');
  await seen('how the books are set up');
});

test('opening balances are pasted from a spreadsheet, and the difference goes where it is said', async () => {
  const { page } = bureau;
  await area(page, 'Opening balances');
  const grid = main().getByRole('grid', { name: 'Opening balances' });
  await expect(grid).toBeVisible();
  await seen('no opening balances yet');
  await grid.getByRole('gridcell').first().click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '1200\t500.00\t\n2300\t\t200.00\n');
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(main().getByText(/^The difference of £300\.00 goes to 3300/)).toBeVisible();
  await expect(main().getByRole('status').filter({ hasText: 'Debits and credits differ by £300.00.' })).toBeVisible();
  await pictures('opening');
  await seen('opening balances that differ');
  await main().getByRole('checkbox').click();
  await page.keyboard.press('Control+Enter');
  await expect(main().getByText('OB-2025-00001')).toBeVisible();
  await seen('opening balances that are posted');
  const rows = await bureau.ask<readonly { number: string; closing: number }[]>('report.trial_balance', { to: '2025-01-01' });
  expect(rows.filter((row) => row.closing !== 0).map((row) => [row.number, row.closing])).toEqual([['1200', 50_000], ['2300', -20_000], ['3300', -30_000]]);
});

test('a year is added, its periods are closed and opened with a reason', async () => {
  const { page } = bureau;
  await area(page, 'Fiscal years');
  await filled(page);
  await seen('the fiscal years');
  await page.keyboard.press('Control+KeyN');
  await expect(main().getByLabel('Name')).toHaveValue('2026');
  await seen('a new fiscal year');
  await page.getByRole('button', { name: 'Add the year' }).click();
  await expect(main().getByRole('heading', { name: 'Fiscal year 2026', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Close: 2026-01' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Reason').fill('January is reported');
  await page.keyboard.press('Enter');
  const row = main().getByRole('row').filter({ hasText: '2026-01' });
  await expect(row.getByText('Closed', { exact: true })).toBeVisible();
  await pictures('year-open');
  await seen('a fiscal year');
  await page.getByRole('button', { name: 'Open again: 2026-01' }).click();
  await page.getByLabel('Reason').fill('one more invoice');
  await page.keyboard.press('Enter');
  await expect(row.getByText('Open', { exact: true })).toBeVisible();
  await expect(main().getByText('2025 comes before and is still open. Close it first.')).toBeVisible();
});

test('a year is closed, which carries its result, and opened again', async () => {
  const { page } = bureau;
  const accounts = await bureau.ask<{ rows: readonly { id: number; role: string; heading: boolean }[] }>('account.list', { limit: 500 });
  const role = (name: string): number => accounts.rows.find((one) => one.role === name && !one.heading)!.id;
  await bureau.ask('entry.add', { day: '2025-03-04', narration: 'Sale', lines: [{ account_id: role('bank'), amount: 120_000 }, { account_id: role('revenue'), amount: -120_000 }] });
  await area(page, 'Fiscal years');
  await openRow(page, '2025');
  await expect(main().getByText('Profit £1,200.00')).toBeVisible();
  await main().getByRole('button', { name: 'Close the year' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Profit £1,200.00');
  await seen('the question before a year is closed');
  await page.getByRole('button', { name: 'Close the year' }).last().click();
  await expect(main().getByText(/^CL-2025-/)).toBeVisible();
  await pictures('year-closed');
  await seen('a closed year');
  await main().getByRole('button', { name: 'Reopen the year' }).click();
  await page.getByLabel('Reason').fill('the auditor found an invoice');
  await page.keyboard.press('Enter');
  await expect(main().getByRole('button', { name: 'Close the year' })).toBeVisible();
});

test('a ledger of another program comes in as a job with its accounts sent to those of the books by keys, is reconciled, and is taken back', async () => {
  const { page } = bureau;
  await area(page, 'Import and export');
  await seen('no ledger imported yet');
  bureau.answers(file('kiosk.journal'));
  await main().getByRole('button', { name: 'Choose a file' }).click();
  await expect(main().getByLabel('Written by')).toHaveValue('hledger');
  const balanceOf = async (number: string): Promise<number> => (await bureau.ask<readonly { number: string; closing: number }[]>('report.trial_balance', { to: '2030-12-31' })).find((one) => one.number === number)?.closing ?? 0;
  const before = await balanceOf('1200');
  await expect(main().getByText('3 accounts in the file: 0 in the books, 3 new. Entries in the file: 2.')).toBeVisible();
  const [bank, rent, sales] = ['assets:bank', 'expenses:kiosk rent', 'income:kiosk sales'].map((name) => main().getByRole('combobox', { name: `Account in the books for ${name}` })) as [Locator, Locator, Locator];
  await main().getByLabel('Written by').focus();
  await page.keyboard.press('Tab');
  await expect(bank).toBeFocused();
  await page.keyboard.type('1200');
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('1200');
  await seen('the choice of a ledger');
  await page.keyboard.press('Tab');
  await expect(bank).toHaveValue('1200 Bank current account');
  await expect(rent).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('nowhere');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText('Nothing found');
  await page.keyboard.press('Control+Enter');
  await expect(sales).toHaveAttribute('aria-invalid', 'true');
  await expect(sales).toBeFocused();
  await pictures('ledger-accounts');
  await sales.fill('');
  await expect(main().getByText('3 accounts in the file: 1 in the books, 2 new.')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  const report = main().getByRole('region', { name: 'Reconciliation of kiosk.journal' });
  await expect(report.getByRole('row', { name: 'Entries imported 2' })).toBeVisible();
  await expect(report.getByRole('row', { name: 'Sum of all debits, GBP 1,800.00' })).toBeVisible();
  await pictures('ledger-import');
  await seen('the reconciliation of an import');
  expect(await balanceOf('1200')).toBe(before + 20_000);
  await main().getByRole('button', { name: 'Take back: kiosk.journal' }).click();
  await page.getByLabel('Reason').fill('the wrong file');
  await page.keyboard.press('Enter');
  await expect(main().getByText(/^Taken back/)).toBeVisible();
  const rows = await bureau.ask<readonly { account: string; closing: number }[]>('report.trial_balance', { to: '2030-12-31' });
  expect(rows.find((one) => one.account.includes('kiosk rent'))?.closing ?? 0).toBe(0);
});

test('the ledger is exported as a file that hledger reads', async () => {
  const { page } = bureau;
  const target = file('out.journal');
  bureau.answers(target);
  await main().getByRole('button', { name: 'Export the ledger' }).click();
  await seen('the export of a ledger');
  await page.getByRole('button', { name: 'Choose where and export' }).click();
  await expect(page.getByText(/entries with \d+ lines are in out\.journal/)).toBeVisible();
  expect(readFileSync(target, 'utf8')).toContain('account ');
  await page.keyboard.press('Escape');
});

test('the check of the ledger says that it is good', async () => {
  const { page } = bureau;
  await area(page, 'Check of the ledger');
  await main().getByRole('button', { name: 'Check now' }).click();
  await expect(main().getByText('The ledger is good.')).toBeVisible();
  await pictures('ledger-check');
  await seen('the check of the ledger');
});

test('all of it in German, and the set-up of a company that began without books', async () => {
  const { page } = bureau;
  await bureau.ask('desk.close');
  const folder = join(bureau.folder, 'laden');
  const owner = { name: 'Klara Großhans-Überlinger', sign_in: 'klara', password: '' };
  await bureau.ask('desk.create', { folder, name: 'Großhans & Söhne Feinkosthandelsgesellschaft mbH', currency: 'EUR', country: 'DE', language: 'de', owner });
  await bureau.ask('session.sign_in', { sign_in: 'klara', password: '' });
  // The keys belong to the window once it shows the company.
  await expect(async () => {
    await page.keyboard.press('Alt+3');
    await expect(areas(page).getByRole('button', { name: /^Eröffnungsbilanz/ })).toBeVisible({ timeout: 2000 });
  }).toPass();
  await area(page, 'Eröffnungsbilanz');
  await expect(main().getByText(/^Es gibt kein offenes Geschäftsjahr/)).toBeVisible();
  await area(page, 'Grundlagen');
  await expect(main().getByLabel('Kontenplan', { exact: true })).toHaveValue('de-skr03');
  await pictures('books-begin-german');
  await seen('the set-up of the books in German');
  await main().getByRole('button', { name: 'Bücher einrichten' }).click();
  await expect(main().getByRole('heading', { name: 'Grundlagen' })).toBeVisible();
  await pictures('books-set-up-german');
  await area(page, 'Eröffnungsbilanz');
  await expect(main().getByRole('grid')).toBeVisible();
  await pictures('opening-german');
  await seen('opening balances in German');
  await area(page, 'Geschäftsjahre');
  await filled(page);
  await page.getByRole('gridcell', { name: /^20\d\d$/ }).first().dblclick();
  await expect(main().getByRole('button', { name: 'Jahr abschließen' })).toBeVisible();
  await pictures('year-german');
  await seen('a year in German');
  await area(page, 'Import und Export');
  bureau.answers(file('kiosk.journal'));
  await main().getByRole('button', { name: 'Datei auswählen' }).click();
  await expect(main().getByLabel('Geschrieben von')).toHaveValue('hledger');
  await pictures('ledger-german');
  await seen('an import in German');
});

test('a ledger of many megabytes, which is read on a thread of its own, comes in as built', async () => {
  const [entries, remark] = [12_000, `; ${'remark '.repeat(90)}`];
  const path = file('many.journal');
  writeFileSync(path, Array.from({ length: entries }, (_, at) => `2025-${String(1 + (at % 12)).padStart(2, '0')}-15 Sale ${at}\n  ${remark}\n  assets:many till  ${at + 1}.00 EUR\n  income:many sales\n`).join('\n'));
  expect(statSync(path).size).toBeGreaterThan(8_000_000);
  bureau.answers(path);
  const picked = await bureau.ask<{ readonly token: string }>('desk.pick_file', { kinds: ['ledger'] });
  expect(await bureau.ask('journal.import', { format: 'hledger', source: picked.token })).toMatchObject({ imported: entries, lines: 2 * entries, skipped: 0, sums: { EUR: '72006000.00' } });
});

test('nothing was found by axe, complained or asked outside', async () => {
  expect(findings).toEqual([]);
  expect(watch.complaints).toEqual([]);
  expect(await watch.outside()).toEqual([]);
});
