import { expect, type Locator, test } from '@playwright/test';
import { createCompany, resize, start, type Started, stopAll } from './launch.ts';
import { picture, settled } from './screen.ts';
import { area, look, paperRows, theme, watched } from './walking.ts';

// Exchange rates, what they do to balances in other currencies, and taking it back. Figures of the example: IFRS Foundation, Training
// Material for the IFRS for SMEs, module 30, example 9.

test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.afterAll(stopAll);

let bureau: Started;
let watch: Awaited<ReturnType<typeof watched>>;
const findings: string[] = [];
const small = { width: 1280, height: 800 };
const year = new Date().getFullYear() - 1;
const main = (): Locator => bureau.page.getByRole('main');
const seen = async (what: string): Promise<void> => void findings.push(...(await look(bureau, what)));
let accounts: readonly { readonly id: number; readonly name: string; readonly role: string; readonly number: string; readonly kind: string; readonly heading: boolean }[] = [];
const role = (name: string): number => accounts.find((one) => one.role === name && !one.heading)!.id;

test.beforeAll(async () => {
  bureau = await start({ size: small });
  await createCompany(bureau);
  watch = await watched(bureau);
  await bureau.ask('books.set_up', { chart: 'ifrs', year_start: `${year}-01-01` });
  await bureau.ask('fiscal_year.create', { name: `${year + 1}`, start_day: `${year + 1}-01-01`, end_day: `${year + 1}-12-31`, pattern: 'months' });
  accounts = (await bureau.ask<{ rows: typeof accounts }>('account.list', { limit: 1000 })).rows;
  await bureau.ask('rate.create', { currency: 'GBP', day: `${year}-12-24`, rate_nano: 2_000_000_000, source: 'example' });
  const { id: supplier } = await bureau.ask<{ id: number }>('party.create', { kind: 'organisation', name: 'Raw Materials Ltd' });
  await bureau.ask('entry.add', { day: `${year}-12-24`, narration: 'Raw materials on credit', lines: [{ account_id: role('stock'), amount: 20_000_000 }, { account_id: role('payable'), currency: 'GBP', quantity: -10_000_000, party_id: supplier }] });
  await bureau.page.keyboard.press('Alt+3');
});

test('without a rate of the day nothing can be posted, and the screen says which one is missing', async () => {
  await area(bureau.page, 'Revaluation');
  // The last day of the last month that is over.
  const now = new Date();
  const lastEnd = new Date(Date.UTC(now.getFullYear(), now.getMonth(), 0));
  await expect(main().getByRole('textbox', { name: 'Day' })).toHaveValue(lastEnd.toLocaleDateString('en-GB', { timeZone: 'UTC' }));
  await main().getByRole('textbox', { name: 'Day' }).fill(`31/12/${year}`);
  await bureau.page.keyboard.press('Tab');
  await expect.poll(async () => (await paperRows(bureau.page)).length).toBe(2);
  await main().getByRole('textbox', { name: 'Day' }).fill(`30/11/${year}`);
  await bureau.page.keyboard.press('Tab');
  await expect(main().getByText('No account holds another currency on this day.')).toBeVisible();
  await main().getByRole('textbox', { name: 'Day' }).fill(`31/01/${year + 1}`);
  await bureau.page.keyboard.press('Tab');
  await expect(main().getByText(`The newest rate of GBP is of ${year}-12-24, 38 days before ${year + 1}-01-31.`)).toBeVisible();
  await expect(main().getByRole('button', { name: 'Post…' })).toBeDisabled();
  await seen('a rate that is too old');
  await picture(bureau.page, 'revaluation-refused');
});

test('a rate is added, the dry run shows what it changes, and posting takes it to profit and loss', async () => {
  const { page } = bureau;
  await bureau.ask('rate.create', { currency: 'GBP', day: `${year}-12-31`, rate_nano: 2_100_000_000, source: 'example' });
  await main().getByRole('textbox', { name: 'Day' }).fill(`31/12/${year}`);
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await paperRows(page))[0]?.slice(1)).toEqual(['Raw Materials Ltd', 'GBP \u2212100,000.00', '2.1000', `31/12/${year}`, '\u2212200,000.00', '\u2212210,000.00', '\u221210,000.00']);
  await seen('the dry run');
  await picture(page, 'revaluation');
  await resize(bureau.app, { width: 1920, height: 1080 });
  await theme(bureau, 'dark');
  await picture(page, 'revaluation-dark-1920');
  await theme(bureau, 'light');
  await resize(bureau.app, small);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alertdialog')).toContainText('Losses go to');
  await picture(page, 'revaluation-post');
  await seen('posting');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Post' }).click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect.poll(async () => (await paperRows(page))[0]?.slice(-3)).toEqual(['\u2212210,000.00', '\u2212210,000.00', '–']);
  await expect(main().getByText('Every balance stands at the rates of this day.')).toBeVisible();
  await expect(main().getByRole('row', { name: new RegExp(`EX-${year}-00001`) })).toContainText('\u221210,000.00');
  await seen('posted');
  const result = await bureau.ask<{ rows: { key: string; values: number[] }[] }>('report.profit_and_loss', { columns: [{ from: `${year}-01-01`, to: `${year}-12-31` }] });
  expect(result.rows.find((row) => row.key === 'result')!.values).toEqual([-1_000_000]);
  await area(page, 'Profit and loss');
  await settled(page);
});

test('reversing its entry from the list of runs takes it back', async () => {
  const { page } = bureau;
  await area(page, 'Revaluation');
  await main().getByRole('button', { name: 'Reverse…' }).click();
  await page.getByRole('alertdialog').getByRole('textbox', { name: 'Reason' }).fill('a wrong rate');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reverse' }).click();
  await expect(main().getByRole('row', { name: new RegExp(`EX-${year}-00001`) })).toContainText(`EX-${year}-00002`);
  const result = await bureau.ask<{ rows: { key: string; values: number[] }[] }>('report.profit_and_loss', { columns: [{ from: `${year}-01-01`, to: `${year}-12-31` }] });
  expect(result.rows.find((row) => row.key === 'result')!.values).toEqual([0]);
});

test('the rates of a currency are drawn over time, with the same figures as a table one key away', async () => {
  const { page } = bureau;
  await area(page, 'Exchange rates');
  await main().getByRole('button', { name: 'Chart' }).click();
  await main().getByLabel('Since').selectOption('all');
  const chart = main().getByRole('group', { name: 'GBP rose from 2 to 2.1 EUR' });
  await expect(chart.getByRole('img')).toBeVisible();
  await picture(page, 'rates-chart');
  await seen('rates over time');
  await chart.getByRole('button').focus();
  await page.keyboard.press('t');
  await expect(chart.getByRole('row', { name: `31/12/${year} 2.1` })).toBeVisible();
  await main().getByRole('button', { name: 'List', exact: true }).click();
  await expect(main().getByRole('button', { name: 'ECB file…' })).toBeVisible();
});

test('own tags are typed by keys with commas between them, posted with their line, and narrow a statement', async () => {
  const { page } = bureau;
  const press = async (...all: readonly string[]): Promise<void> => {
    for (const one of all) await page.keyboard.press(one);
  };
  await area(page, 'Tags');
  for (const [name, of] of [['Vehicle', ''], ['Van 1', 'Vehicle'], ['urgent', '']] as const) {
    await press('Control+N');
    await expect(main().getByRole('textbox', { name: 'Name' })).toBeFocused();
    await page.keyboard.type(name);
    if (of !== '') {
      await press('Tab');
      await page.keyboard.type(of);
      await expect(page.getByRole('option', { name: of, exact: true })).toBeVisible();
      await press('Tab');
    }
    await press('Control+S');
    await expect(main().getByRole('heading', { level: 1 })).toHaveText(of === '' ? name : `${of}: ${name}`);
  }
  await expect(page.getByText('Created: Vehicle: Van 1')).toBeVisible();
  await area(page, 'Entries');
  await press('Control+N');
  await main().getByRole('button', { name: 'Columns' }).press('Enter');
  await page.getByRole('menuitemcheckbox', { name: 'Tags' }).press('Enter');
  await press('Escape');
  await main().getByRole('textbox', { name: 'Date' }).focus();
  await page.keyboard.type(`14.3.${year + 1}`);
  await press('Tab', 'Tab', 'Tab');
  await page.keyboard.type('Diesel');
  await press('Tab');
  const offered = page.getByRole('listbox').getByRole('option').first();
  await page.keyboard.type(accounts.find((one) => one.kind === 'expense' && !one.heading)!.number);
  await expect(offered).toBeVisible();
  await press('Tab');
  await page.keyboard.type('80');
  await press('Tab', 'Tab');
  await page.keyboard.type('van');
  await expect(offered).toHaveText('Vehicle: Van 1');
  await press('Tab', 'Shift+Tab', 'F2', 'End');
  await page.keyboard.type(', urg');
  await expect(offered).toHaveText('Vehicle: Van 1, urgent');
  await press('Enter');
  await page.keyboard.type(accounts.find((one) => one.role === 'bank' && !one.heading)!.number);
  await expect(offered).toBeVisible();
  await press('Enter', '=', 'Control+Enter');
  await expect(page.getByText(/Posted as GJ-/)).toBeVisible();
  await expect(main().getByRole('grid').getByText('Vehicle: Van 1, urgent')).toBeVisible();
  await picture(page, 'tags-posted');
  await area(page, 'Profit and loss');
  await main().getByLabel('Columns').selectOption('own_tag');
  await expect(main().getByRole('columnheader')).toHaveText(['No.', 'Account', 'urgent', 'Vehicle', 'Total']);
  await main().getByLabel('Of what').selectOption('own_tag');
  await main().getByRole('combobox', { name: 'Tag', exact: true }).fill('Van');
  await page.getByRole('option', { name: /Vehicle: Van 1/ }).first().click();
  await expect(main().getByText('Tag: Vehicle: Van 1')).toBeVisible();
  expect((await paperRows(page)).at(-1)).toContain('\u221280.00');
  await picture(page, 'tags-statement');
});

test('axe finds nothing, the window complains about nothing, and nothing is asked of the outside', async () => {
  expect(findings).toEqual([]);
  expect(watch.complaints).toEqual([]);
  expect(await watch.outside()).toEqual([]);
});
