import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { createCompany, resize, start, type Started, stopAll } from './launch.ts';
import { picture } from './screen.ts';
import { area, look, paperRows, theme, watched } from './walking.ts';

// The statements of the books, against a slow sum over everything that was posted.

test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.afterAll(stopAll);

interface Account {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly heading: boolean;
  readonly cash_flow: string;
}

interface Line {
  readonly account_id: number;
  readonly amount: number;
  readonly department_id?: number;
}

interface Entry {
  readonly day: string;
  readonly lines: readonly Line[];
}

let bureau: Started;
let watch: Awaited<ReturnType<typeof watched>>;
let accounts: readonly Account[] = [];
const entries: Entry[] = [];
const departments: number[] = [];
const findings: string[] = [];
const small = { width: 1280, height: 800 };
const year = new Date().getFullYear();
const main = (): Locator => bureau.page.getByRole('main');
const seen = async (what: string, menu = false): Promise<void> => void findings.push(...(await look(bureau, what, menu)));

/** What the lines of some accounts come to, the plain way. */
function sum(of: (account: Account) => boolean, from: string, to: string, also: (entry: Entry, line: Line) => boolean = () => true): number {
  const wanted = new Set(accounts.filter(of).map((one) => one.id));
  let total = 0;
  for (const entry of entries) for (const line of entry.lines) if (wanted.has(line.account_id) && entry.day >= from && entry.day <= to && also(entry, line)) total += line.amount;
  return total;
}

const isCash = (one: Account): boolean => one.cash_flow === 'cash' || one.role === 'bank' || one.role === 'cash';
const withCash = (entry: Entry): boolean => entry.lines.some((line) => accounts.some((one) => one.id === line.account_id && isCash(one)));
const role = (name: string): Account => accounts.find((one) => one.role === name && !one.heading)!;

/** Minor units as the window writes them. */
const written = (minor: number): string => (minor === 0 ? '–' : new Intl.NumberFormat('en-IE', { minimumFractionDigits: 2 }).format(minor / 100).replace('-', '\u2212'));

/** The rows of the paper by what stands in their first cell that is not empty: texts of the cells. */
const paper = (): Promise<readonly (readonly string[])[]> => paperRows(bureau.page);
const rowOf = async (label: string): Promise<readonly string[]> => (await paper()).find((cells) => cells.includes(label)) ?? [];
const figuresOf = async (label: string): Promise<readonly string[]> => {
  const cells = await rowOf(label);
  return cells.slice(cells.indexOf(label) + 1);
};

async function post(day: string, narration: string, journal: string, lines: readonly Line[]): Promise<void> {
  await bureau.ask('entry.add', { day, narration, journal, lines });
  entries.push({ day, lines });
}

test.beforeAll(async () => {
  bureau = await start({ size: small });
  watch = await watched(bureau);
  await theme(bureau, 'light');
  await createCompany(bureau, { name: 'Hollis & Brandt Ltd' });
});

test('books that are not set up lead to the set-up', async () => {
  const { page } = bureau;
  await page.keyboard.press('Alt+3');
  await expect(main().getByRole('heading', { name: 'The books are not set up yet' })).toBeVisible();
  await seen('books that are not set up');
  await main().getByRole('button', { name: 'Set up the books' }).click();
  await expect(page.locator('nav.crumbs [aria-current="page"]')).not.toHaveText('Overview');
});

test('a firm posts for two years', async () => {
  await bureau.ask('books.set_up', { chart: 'uk', year_start: `${year - 1}-01-01` });
  await bureau.ask('fiscal_year.create', { name: `${year}`, start_day: `${year}-01-01`, end_day: `${year}-12-31`, pattern: 'months' });
  accounts = (await bureau.ask<{ rows: Account[] }>('account.list', { limit: 1000 })).rows;
  for (const name of ['Workshop', 'Delivery']) departments.push((await bureau.ask<{ id: number }>('department.create', { name })).id);
  const [workshop, delivery] = departments;
  const named = (number: string): number => accounts.find((one) => one.number === number)!.id;
  const [bank, customers, suppliers, sales, wages] = [role('bank').id, role('receivable').id, role('payable').id, role('revenue').id, named('6000')];
  const costs = accounts.filter((one) => one.kind === 'expense' && !one.heading && one.number.startsWith('7')).map((one) => one.id);
  await post(`${year - 1}-01-02`, 'Shares paid in', 'bank', [{ account_id: bank, amount: 5_000_000 }, { account_id: role('share_capital').id, amount: -5_000_000 }]);
  await post(`${year - 1}-02-01`, 'Delivery van', 'assets', [{ account_id: role('fixed_asset').id, amount: 2_400_000 }, { account_id: bank, amount: -2_400_000 }]);
  for (let month = 0; month < 24; month += 1) {
    const at = `${year - 1 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}`;
    const [sale, wage, cost, paid] = [1_200_000 + ((month * 91_733) % 400_000) + month * 9_000, 610_000 + month * 2_500, 45_000 + ((month * 37_711) % 90_000), 30_000 + ((month * 13_337) % 60_000)];
    await post(`${at}-05`, 'Invoices of the month', 'sales', [{ account_id: customers, amount: sale }, { account_id: sales, amount: -sale, ...(month % 3 === 0 ? {} : { department_id: month % 3 === 1 ? workshop! : delivery! }) }]);
    await post(`${at}-20`, 'Paid by customers', 'bank', [{ account_id: bank, amount: sale - 90_001 }, { account_id: customers, amount: 90_001 - sale }]);
    await post(`${at}-25`, 'Wages', 'payroll', [{ account_id: wages, amount: wage, department_id: workshop! }, { account_id: bank, amount: -wage }]);
    for (const part of [0, 1]) await post(`${at}-1${part}`, `Bill ${month * 2 + part + 1}`, 'purchase', [{ account_id: costs[(month + part * 7) % 19]!, amount: cost + part, ...(part === 0 ? { department_id: delivery! } : {}) }, { account_id: suppliers, amount: -cost - part }]);
    await post(`${at}-28`, 'Suppliers paid', 'bank', [{ account_id: suppliers, amount: paid }, { account_id: bank, amount: -paid }]);
  }
  await bureau.ask('entry.save', { day: `${year}-01-20`, narration: 'Phone bill, to be checked', lines: [{ account_id: wages, amount: 4_200 }] });
});

const income = (one: Account): boolean => one.kind === 'income';
const expense = (one: Account): boolean => one.kind === 'expense';
const whole = (of: number): readonly [string, string] => [`${of}-01-01`, `${of}-12-31`];

test('profit and loss: every account, its total and the result of two years are the sums of their lines', async () => {
  const { page } = bureau;
  await area(page, 'Profit and loss');
  await expect(main().getByRole('heading', { name: 'Profit and loss', level: 1 })).toBeVisible();
  const rows = await paper();
  const own = accounts.filter((one) => (income(one) || expense(one)) && !one.heading && entries.some((entry) => entry.lines.some((line) => line.account_id === one.id)));
  expect(own.length).toBeGreaterThan(15);
  for (const account of own) {
    const sign = income(account) ? -1 : 1;
    const [now, before] = [year, year - 1].map((of) => sign * sum((one) => one.id === account.id, ...whole(of)));
    const cells = rows.find((row) => row[0] === account.number) ?? [];
    expect(cells.slice(1, 5), account.name).toEqual([account.name, written(now!), written(before!), written(now! - before!)]);
    if (before !== 0) expect(cells[5]).toBe(now === before ? '–' : `${now! > before! ? '+' : '\u2212'}${(Math.abs(Math.round(((now! - before!) / Math.abs(before!)) * 1000)) / 10).toFixed(1)}`);
  }
  const [now, before] = [year, year - 1].map((of) => -sum((one) => income(one) || expense(one), ...whole(of)));
  expect((await figuresOf('Result')).slice(0, 3)).toEqual([written(now!), written(before!), written(now! - before!)]);
  await picture(page, 'statement-result');
  await seen('profit and loss');
});

test('the balance sheet stands at the end of its year and balances', async () => {
  const { page } = bureau;
  await area(page, 'Balance sheet');
  const ends = [`${year}-12-31`, `${year - 1}-12-31`];
  const of = (test_: (one: Account) => boolean, sign: number): string[] => ends.map((to) => written(sign * sum(test_, '', to)));
  await expect.poll(async () => (await figuresOf('Total assets')).slice(0, 2)).toEqual(of((one) => one.kind === 'asset', 1));
  expect((await figuresOf('Total liabilities')).slice(0, 2)).toEqual(of((one) => one.kind === 'liability', -1));
  expect((await figuresOf('Total equity')).slice(0, 2)).toEqual(of((one) => one.kind === 'equity' || income(one) || expense(one), -1));
  expect((await figuresOf('Total liabilities and equity')).slice(0, 2)).toEqual((await figuresOf('Total assets')).slice(0, 2));
  await picture(page, 'statement-sheet');
  await seen('the balance sheet');
});

test('the trial balance has as much debit as credit, and opens with what was before', async () => {
  const { page } = bureau;
  await area(page, 'Trial balance');
  const bank = role('bank');
  const [from, to] = whole(year);
  const is = (one: Account): boolean => one.id === bank.id;
  const closing = sum(is, '', to);
  await expect
    .poll(() => figuresOf(bank.name))
    .toEqual([written(sum(is, '', `${year - 1}-12-31`)), written(sum(is, from, to, (_entry, line) => line.amount > 0)), written(-sum(is, from, to, (_entry, line) => line.amount < 0)), written(Math.max(closing, 0)), written(Math.max(-closing, 0))]);
  const debit = written(sum(() => true, from, to, (_entry, line) => line.amount > 0));
  const [opening, debits, credits, left, right] = await figuresOf('Total');
  expect([opening, debits, credits]).toEqual(['–', debit, debit]);
  expect(left).toBe(right);
  await seen('the trial balance');
});

test('the cash flow ends at the cash there is, directly and indirectly', async () => {
  const { page } = bureau;
  await area(page, 'Cash flow');
  const [from, to] = whole(year);
  const [begin, end] = [written(sum(isCash, '', `${year - 1}-12-31`)), written(sum(isCash, '', to))];
  const customers = role('receivable');
  await expect.poll(async () => (await figuresOf('Cash at the end'))[0]).toBe(end);
  expect((await figuresOf('Cash at the beginning'))[0]).toBe(begin);
  expect((await figuresOf(customers.name))[0]).toBe(written(-sum((one) => one.id === customers.id, from, to, withCash)));
  expect((await figuresOf('Change in cash'))[0]).toBe(written(sum(isCash, from, to)));
  await main().getByLabel('Method').selectOption('indirect');
  await expect.poll(async () => (await figuresOf('Result'))[0]).toBe(written(-sum((one) => income(one) || expense(one), from, to)));
  expect((await figuresOf(customers.name))[0]).toBe(written(-sum((one) => one.id === customers.id, from, to)));
  expect((await figuresOf('Change in cash'))[0]).toBe(written(sum(isCash, from, to)));
  await seen('the cash flow');
  await main().getByLabel('Method').selectOption('direct');
});

test('months stand side by side and add up to the year; what was chosen is remembered', async () => {
  const { page } = bureau;
  await area(page, 'Profit and loss');
  await main().getByLabel('Columns').selectOption('months');
  await expect(main().locator('article thead th')).toHaveCount(14);
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
  expect(await figuresOf('Result')).toEqual(months.map((month) => written(-sum((one) => income(one) || expense(one), `${month}-01`, `${month}-31`))));
  await seen('months across');
  await resize(bureau.app, { width: 1920, height: 1080 });
  await picture(page, 'statement-months-1920');
  await resize(bureau.app, small);
  await area(page, 'Balance sheet');
  await area(page, 'Profit and loss');
  await expect(main().locator('article thead th')).toHaveCount(14);
  await main().getByLabel('Columns').selectOption('quarters');
  await expect(main().locator('article thead th')).toHaveCount(6);
});

test('departments stand side by side, with what names none; one department can be filtered', async () => {
  const { page } = bureau;
  const result = (id: number | undefined): string => written(-sum((one) => income(one) || expense(one), ...whole(year), (_entry, line) => line.department_id === id));
  await main().getByLabel('Columns').selectOption('department');
  await expect(main().locator('article thead th')).toHaveText(['No.', 'Account', 'Delivery', 'Workshop', 'No department', 'Total']);
  expect(await figuresOf('Result')).toEqual([result(departments[1]), result(departments[0]), result(undefined), written(-sum((one) => income(one) || expense(one), ...whole(year)))]);
  await main().getByLabel('Columns').selectOption('none');
  await main().getByLabel('Compared with').selectOption('none');
  await main().getByLabel('Of what').selectOption('department');
  await main().getByRole('combobox', { name: 'Department' }).fill('Work');
  await page.getByRole('option', { name: 'Workshop' }).click();
  await expect.poll(() => figuresOf('Result')).toEqual([result(departments[0])]);
  await expect(main().getByText('Department: Workshop')).toBeVisible();
  await main().getByLabel('Of what').selectOption('');
  await main().getByLabel('Compared with').selectOption('year');
  await expect(main().locator('article thead th')).toHaveCount(6);
});

test('keys lead from a figure to its lines, to the entry, and back to the same figure', async () => {
  const { page } = bureau;
  const sales = role('revenue');
  const figure = main().locator(`button[data-figure="${sales.id}/c0"]`);
  await figure.focus();
  await page.keyboard.press('ArrowRight');
  await expect(main().locator(`button[data-figure="${sales.id}/c1"]`)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(main().getByRole('heading', { name: `${sales.number} ${sales.name}`, level: 1 })).toBeVisible();
  const rows = await paper();
  expect(rows).toHaveLength(14);
  expect(rows.at(-1)?.at(-1)).toBe(written(sum((one) => one.id === sales.id, ...whole(year))));
  await picture(page, 'statement-ledger');
  await seen('the lines of an account');
  await main().locator('button[data-figure]').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(main().getByRole('heading', { level: 1 })).toContainText('SJ-');
  await page.keyboard.press('Escape');
  await expect(main().locator('button[data-figure]').nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(figure).toBeFocused();
});

test('a figure is explained from accounts over periods to the lines of an entry and its files', async () => {
  const { page } = bureau;
  const sales = role('revenue');
  const first = await bureau.ask<{ rows: { entry_id: number }[] }>('report.register', { account_id: sales.id, from: `${year}-01-01`, limit: 1 });
  await bureau.ask('document.add', { file_name: 'invoice.txt', base64: Buffer.from('one invoice').toString('base64'), attach: { entity: 'entry', id: first.rows[0]!.entry_id } });
  await main().locator('button[data-figure="result/c0"]').focus();
  await page.keyboard.press('Space');
  const tree = page.getByRole('complementary').getByRole('tree').first();
  const item = tree.getByRole('treeitem', { name: new RegExp(`^${sales.number} `) });
  await expect(item).toBeFocused();
  await expect(item).toContainText(written(-sum((one) => one.id === sales.id, ...whole(year))));
  await page.keyboard.press('ArrowRight');
  const month = tree.getByRole('treeitem', { name: new RegExp(`^${year}-01`) });
  await expect(month).toContainText(written(-sum((one) => one.id === sales.id, `${year}-01-01`, `${year}-01-31`)));
  await month.focus();
  await page.keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: /Invoices of the month/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('treeitem', { name: /^Open SJ-/ })).toBeVisible();
  await expect(tree.getByRole('treeitem', { name: /invoice/ }).last()).toBeVisible();
  await picture(page, 'statement-explained');
  await seen('a figure explained');
  await page.keyboard.press('Escape');
  await expect(tree).toHaveCount(0);
  await expect(main().locator('button[data-figure="result/c0"]')).toBeFocused();
});

test('what is posted meanwhile is in the figures', async () => {
  const [before] = await figuresOf('Result');
  await post(`${year}-03-03`, 'Sold at the door', 'cash', [{ account_id: role('bank').id, amount: 12_345 }, { account_id: role('revenue').id, amount: -12_345 }]);
  const expected = written(-sum((one) => income(one) || expense(one), ...whole(year)));
  expect(expected).not.toBe(before);
  await expect.poll(async () => (await figuresOf('Result'))[0]).toBe(expected);
});

test('the statement has a chart, and is saved as XLSX, CSV and PDF', async () => {
  const { page } = bureau;
  await main().getByRole('button', { name: 'Chart' }).click();
  await expect(main().getByRole('img', { name: /Result/ })).toBeVisible();
  await picture(page, 'statement-chart');
  await seen('a statement with its chart');
  await main().getByRole('button', { name: 'Chart' }).click();
  for (const kind of ['csv', 'xlsx', 'pdf'] as const) {
    const target = join(bureau.folder, `result.${kind}`);
    bureau.answers(target);
    await main().getByRole('button', { name: 'Save as' }).click();
    await page.getByRole('menuitem', { name: kind.toUpperCase() }).click();
    await expect.poll(() => existsSync(target), { timeout: 30_000 }).toBe(true);
  }
  const lines = readFileSync(join(bureau.folder, 'result.csv'), 'utf8').trim().split('\r\n');
  const result = lines.find((line) => line.includes('Result'))?.split(',') ?? [];
  expect(result[2]).toBe((-sum((one) => income(one) || expense(one), ...whole(year)) / 100).toFixed(2));
});

test('the ledger finds an account by its number and shows a long one page by page', async () => {
  const { page } = bureau;
  const wages = accounts.find((one) => one.number === '6000')!;
  const [debit, credit] = [role('cash'), accounts.find((one) => one.kind === 'asset' && !one.heading && !isCash(one) && one.role === '')!];
  for (let at = 0; at < 210; at += 1) await post(`${year}-06-15`, `Petty cash ${at + 1}`, 'cash', [{ account_id: debit.id, amount: 100 + at }, { account_id: credit.id, amount: -100 - at }]);
  await area(page, 'General ledger');
  const chooser = main().getByRole('combobox', { name: 'Account by number or name' });
  await chooser.fill('6000');
  await page.getByRole('option', { name: new RegExp(wages.name) }).first().click();
  await expect(main().getByRole('heading', { name: `6000 ${wages.name}`, level: 1 })).toBeVisible();
  await chooser.fill(debit.number);
  await page.getByRole('option', { name: new RegExp(debit.name) }).first().click();
  await expect(main().getByRole('heading', { name: `${debit.number} ${debit.name}`, level: 1 })).toBeVisible();
  await expect.poll(async () => (await paper()).length).toBe(201);
  await main().getByRole('button', { name: 'Show more lines' }).click();
  await expect.poll(async () => (await paper()).length).toBe(212);
  expect((await paper()).at(-1)?.at(-1)).toBe(written(sum((one) => one.id === debit.id, ...whole(year))));
});

test('the overview tells the result, the cash, the drafts and what is to be closed', async () => {
  const { page } = bureau;
  await area(page, 'Overview');
  const card = main().getByRole('button', { name: new RegExp(`^Result, ${year}`) });
  await expect(card).toContainText(written(-sum((one) => income(one) || expense(one), ...whole(year))));
  await expect(main().getByRole('button', { name: /Phone bill, to be checked/ })).toBeVisible();
  await expect(main().getByRole('button', { name: new RegExp(`^${year - 1}-01`) })).toBeVisible();
  await expect(main().getByRole('button', { name: /Petty cash 210/ })).toBeVisible();
  await picture(page, 'books');
  await seen('the overview of the books');
  await resize(bureau.app, { width: 1920, height: 1080 });
  await theme(bureau, 'dark');
  await picture(page, 'books-dark-1920');
  await theme(bureau, 'light');
  await resize(bureau.app, small);
  await card.click();
  await expect(main().getByRole('heading', { name: 'Profit and loss', level: 1 })).toBeVisible();
});

test('the statements are German when the window is', async () => {
  const { page } = bureau;
  await area(page, 'Balance sheet');
  await expect(main().getByText('Total assets')).toBeVisible();
  await page.keyboard.press('Control+Comma');
  await area(page, 'Appearance');
  await main().getByRole('radio', { name: 'Deutsch' }).click();
  await page.keyboard.press('Alt+3');
  await area(page, 'Bilanz');
  await expect(main().getByRole('heading', { name: 'Bilanz', level: 1 })).toBeVisible();
  await expect(main().getByText('Summe Aktiva')).toBeVisible();
  await seen('the balance sheet in German');
  await picture(page, 'statement-german');
});

test('nothing was found, complained or asked of the world', async () => {
  expect(findings).toEqual([]);
  expect(watch.complaints).toEqual([]);
  expect(await watch.outside()).toEqual([]);
});
