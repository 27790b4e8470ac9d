import { cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { corpus } from '../helpers/corpora.ts';
import { imported, isResult, ledgers, machine, own, type OwnEntry, ownBalances, ownResult, there } from '../helpers/yearBooks.ts';
import { handOver, start, type Started, stopAll } from './launch.ts';
import { area, filled, openRow, paperRows, textOf, watched } from './walking.ts';

// The main job of the books, in the window: old ledgers come in, a year is typed and pasted, a machine is depreciated, the year is
// closed, printed and opened again; every figure against what other programs print and a slow sum.

if (!there) console.warn('SKIPPED the year of the books: there are no expected results of ledgers');
test.skip(!there, 'the corpora of ledgers are not here');
test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.afterAll(stopAll);

let bureau: Started;
let watch: Awaited<ReturnType<typeof watched>>;
const main = (): Locator => bureau.page.getByRole('main');
const keys = async (...all: readonly string[]): Promise<void> => {
  for (const one of all) await bureau.page.keyboard.press(one);
};
const type = (text: string): Promise<void> => bureau.page.keyboard.type(text);
const heading = (name: string | RegExp): Promise<void> => expect(main().getByRole('heading', { level: 1 })).toHaveText(name);

/** Cents as the window writes them. */
const written = (cents: number): string => (cents === 0 ? '–' : new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 }).format(cents / 100).replace('-', '\u2212'));
const plain = (cents: number): string => (cents / 100).toFixed(2);

interface Trial {
  readonly number: string;
  readonly account: string;
  readonly kind: string;
  readonly currency: string;
  readonly closing: number;
}
const trial = (): Promise<readonly Trial[]> => bureau.ask('report.trial_balance', { to: '2015-12-31' });

/** The statement of an area for 2015, as it stands on the paper. */
async function shown(name: string): Promise<readonly (readonly string[])[]> {
  await area(bureau.page, name);
  await main().getByLabel('Period').selectOption({ label: '2015' });
  await main().getByLabel('Compared with').selectOption('none');
  await expect(main().locator('article thead th')).toHaveCount(3);
  return await paperRows(bureau.page);
}

test.beforeAll(async () => {
  bureau = await start({ size: { width: 1280, height: 800 } });
  watch = await watched(bureau);
  for (const { file } of ledgers) cpSync(corpus(file), join(bureau.folder, basename(file)));
  handOver(bureau.folder);
  await bureau.ask('desk.create', { folder: join(bureau.folder, 'mill'), name: 'Mill Lane Works Inc.', currency: 'USD', country: 'US', language: 'en', books: { chart: 'us', year_start: '2015-01-01' }, owner: { name: 'Ada Owner', sign_in: 'ada', password: '' } });
  await bureau.ask('session.sign_in', { sign_in: 'ada', password: '' });
  // The keys belong to the window once it shows the company.
  await expect(async () => {
    await keys('Alt+3');
    await expect(bureau.page.getByRole('navigation', { name: 'Areas' }).getByRole('button', { name: /^Import and export/ })).toBeVisible({ timeout: 2000 });
  }).toPass();
});

test('ledgers of hledger, Ledger and Beancount come in, and every account holds what those programs say', async () => {
  await area(bureau.page, 'Import and export');
  for (const { format, file, entries } of ledgers) {
    const name = basename(file);
    bureau.answers(join(bureau.folder, name));
    await main().getByRole('button', { name: /^Choose a file/ }).click();
    await expect(main().getByText(name, { exact: true })).toBeVisible();
    await main().getByLabel('Written by').selectOption(format);
    await main().getByRole('button', { name: `Import the file ${name}` }).click();
    const report = main().getByRole('region', { name: `Reconciliation of ${name}` });
    await expect(report.getByRole('row', { name: `Entries imported ${entries.toLocaleString('en-US')}` })).toBeVisible();
    await report.getByRole('button', { name: /another/i }).click();
  }
  const rows = await trial();
  const dollars = [...imported()].filter(([key]) => key.endsWith('\tUSD')).map(([key, units]) => [key.split('\t')[0], units / 1e4] as const);
  expect(dollars.length).toBeGreaterThan(80);
  for (const [account, cents] of dollars) expect([account, rows.find((row) => row.account === account && row.currency === 'USD')?.closing]).toEqual([account, Math.round(cents)]);
});

/** Types an entry line by line, or pastes its lines from a spreadsheet, and posts it. */
async function enter({ day, narration, lines }: OwnEntry, how: 'typed' | 'pasted'): Promise<void> {
  const { page } = bureau;
  await page.getByRole('textbox', { name: 'Date' }).fill(day);
  await keys('Tab', 'Tab', 'Tab');
  await type(narration);
  await keys('Tab');
  await expect(page.getByLabel('Account, line 1', { exact: true })).toBeFocused();
  if (how === 'pasted') {
    const table = ['Account\tDebit\tCredit', ...lines.map(([number, cents]) => `${number}\t${cents > 0 ? plain(cents) : ''}\t${cents < 0 ? plain(-cents) : ''}`)].join('\r\n');
    await page.evaluate(async (text) => await navigator.clipboard.writeText(text), table);
    await keys('Control+V');
    await expect(page.getByRole('grid').getByText('Balanced').first()).toBeVisible();
  } else {
    for (const [number, cents] of lines) {
      await type(number);
      await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(number);
      await keys('Tab');
      if (cents < 0) await keys('Tab');
      await type(plain(Math.abs(cents)));
      await keys(...(cents < 0 ? ['Tab', 'Tab'] : ['Tab', 'Enter']));
    }
  }
  await keys('Control+Shift+Enter');
  await expect(page.getByRole('textbox', { name: 'Date' })).toBeFocused();
}

test('a year of entries is typed and pasted', async () => {
  await area(bureau.page, 'Entries');
  await keys('Control+N');
  await heading('New entry');
  for (const [at, one] of own.entries()) await enter(one, at < 2 ? 'typed' : 'pasted');
  const { rows } = await bureau.ask<{ rows: readonly { day: string; state: string; narration: string }[] }>('entry.list', { filters: [{ field: 'day', is: 'from', value: '2015-01-01' }], limit: 1000 });
  expect(rows.map((row) => row.narration).toSorted()).toEqual(own.map((one) => one.narration).toSorted());
});

test('the machine becomes an asset of its purchase line and is depreciated for the year', async () => {
  const { page } = bureau;
  const { rows } = await bureau.ask<{ rows: readonly { id: number; number: string }[] }>('account.list', { limit: 1000 });
  const id = (number: string): number => rows.find((one) => one.number === number)!.id;
  const bought = await bureau.ask<{ rows: readonly { id: number }[] }>('entry.list', { filters: [{ field: 'day', is: 'equals', value: machine.day }] });
  await bureau.ask('asset.capitalise', { entry_id: bought.rows[0]!.id, line: 1, life_months: machine.months, depreciation_account_id: id(machine.accumulated), expense_account_id: id(machine.expense) });
  await area(page, 'Fixed assets');
  await main().getByRole('button', { name: 'Depreciate' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox').first().fill('2015-12-31');
  await expect(dialog.getByRole('row', { name: /Total/ })).toContainText(written(machine.monthly * machine.inYear));
  await dialog.getByRole('button', { name: 'Post' }).click();
  await expect(dialog).toHaveCount(0);
  const found = await trial();
  for (const [number, cents] of ownBalances()) expect([number, found.find((row) => row.number === number)?.closing]).toEqual([number, cents]);
  expect(found.reduce((sum, row) => sum + row.closing, 0)).toBe(0);
});

test('the year is closed and its balance sheet is a PDF; opened again, every figure is what it was', async () => {
  const { page } = bureau;
  const [sheet, result] = [await shown('Balance sheet'), await shown('Profit and loss')];
  for (const [number, cents] of ownBalances()) {
    const row = (isResult(number) ? result : sheet).find((cells) => cells[0] === number) ?? [];
    expect([number, row.at(-1)]).toEqual([number, written(number >= '2000' && number < '6000' ? -cents : cents)]);
  }
  expect(result.at(-1)?.at(-1)).toBe(written(ownResult()));
  const assets = written((await trial()).filter((row) => row.kind === 'asset').reduce((sum, row) => sum + row.closing, 0));
  expect(sheet.find((cells) => cells.includes('Total assets'))?.at(-1)).toBe(assets);
  const { rows: years } = await bureau.ask<{ rows: readonly { id: number; version: number; name: string }[] }>('fiscal_year.list', { order: 'start_day' });
  for (const { id, version } of years.filter((one) => one.name < '2015')) await bureau.ask('fiscal_year.close', { id, version });
  await area(page, 'Fiscal years');
  await filled(page);
  await openRow(page, '2015');
  await main().getByRole('button', { name: 'Close the year' }).click();
  await page.getByRole('button', { name: 'Close the year' }).last().click();
  await expect(main().getByText(/^CL-2015-/)).toBeVisible();
  expect(await shown('Profit and loss')).toEqual(result);
  const closed = await shown('Balance sheet');
  expect(closed.find((cells) => cells.includes('Total assets'))?.at(-1)).toBe(assets);
  expect(closed.find((cells) => cells.includes('Retained earnings'))).toBeDefined();
  const target = join(bureau.folder, 'sheet.pdf');
  bureau.answers(target);
  await main().getByRole('button', { name: 'Save as' }).click();
  await page.getByRole('menuitem', { name: 'PDF' }).click();
  await expect.poll(() => existsSync(target), { timeout: 30_000 }).toBe(true);
  const paper = await textOf(target);
  for (const figure of [assets, written(machine.cost), written(ownBalances().get('1000')!), 'Mill Lane Works Inc.']) expect(paper).toContain(figure);
  await area(page, 'Fiscal years');
  await filled(page);
  await openRow(page, '2015');
  await main().getByRole('button', { name: 'Reopen the year' }).click();
  await page.getByLabel('Reason').fill('the auditor asks for one more accrual');
  await keys('Enter');
  await expect(main().getByRole('button', { name: 'Close the year' })).toBeVisible();
  for (const { id } of years.filter((one) => one.name < '2015').toReversed()) {
    const { version } = await bureau.ask<{ version: number }>('fiscal_year.get', { id });
    await bureau.ask('fiscal_year.reopen', { id, version, reason: 'the auditor asks' });
  }
  expect(await shown('Balance sheet')).toEqual(sheet);
  expect(await shown('Profit and loss')).toEqual(result);
  expect(watch.complaints).toEqual([]);
});
