import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { createCompany, resize, start, type Started, stopAll } from './launch.ts';
import { picture, settled } from './screen.ts';
import { area, look, theme, watched } from './walking.ts';

// Own statements: designed with the keyboard, seen with real figures, followed to their lines, and saved.

test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.afterAll(stopAll);

interface Account {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly heading: boolean;
}

let bureau: Started;
let watch: Awaited<ReturnType<typeof watched>>;
const findings: string[] = [];
const small = { width: 1280, height: 800 };
const year = new Date().getFullYear();
/** What was posted this year, minor units: sold, bought for sale, paid as wages, paid as rent. */
const [sold, bought, wages, rent] = [4_200_000, 1_500_050, 900_000, 333_325];
const main = (): Locator => bureau.page.getByRole('main');
const seen = async (what: string): Promise<void> => void findings.push(...(await look(bureau, what)));
const written = (minor: number): string => new Intl.NumberFormat('en-IE', { minimumFractionDigits: 2 }).format(minor / 100).replace('-', '\u2212');

async function rowOf(label: string): Promise<readonly string[]> {
  await settled(bureau.page);
  const rows = await main().locator('article tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  return rows.find((cells) => cells.includes(label)) ?? [];
}
const figureOf = async (label: string): Promise<string | undefined> => {
  const cells = await rowOf(label);
  return cells[cells.indexOf(label) + 1];
};

test.beforeAll(async () => {
  bureau = await start({ size: small });
  watch = await watched(bureau);
  await theme(bureau, 'light');
  await createCompany(bureau, { name: 'Hollis & Brandt Ltd' });
  await bureau.ask('books.set_up', { chart: 'uk', year_start: `${year - 1}-01-01` });
  await bureau.ask('fiscal_year.create', { name: `${year}`, start_day: `${year}-01-01`, end_day: `${year}-12-31`, pattern: 'months' });
  const { rows } = await bureau.ask<{ rows: Account[] }>('account.list', { limit: 1000 });
  const role = (name: string, kind?: string): number => rows.find((one) => one.role === name && !one.heading && (kind === undefined || one.kind === kind))!.id;
  const other = rows.find((one) => one.kind === 'expense' && one.role === '' && !one.heading)!.id;
  const bank = role('bank');
  const post = (day: string, narration: string, account_id: number, amount: number): Promise<unknown> => bureau.ask('entry.add', { day, narration, lines: [{ account_id, amount }, { account_id: bank, amount: -amount }] });
  for (const [of, share] of [[year - 1, 0.8], [year, 1]] as const) {
    const part = (minor: number): number => Math.round(minor * share);
    await post(`${of}-02-03`, 'Sold', role('revenue'), -part(sold));
    await post(`${of}-02-20`, 'Bought for sale', role('cost_of_sales'), part(bought));
    await post(`${of}-03-25`, 'Wages', role('payroll', 'expense'), part(wages));
    await post(`${of}-04-01`, 'Rent', other, part(rent));
  }
});

test('a statement is designed with the keyboard alone and shows its figures while it is typed', async () => {
  const { page } = bureau;
  await page.keyboard.press('Alt+3');
  await area(page, 'Own statements');
  await seen('no own statement yet');
  await page.keyboard.press('Control+n');
  await expect(main().getByRole('button', { name: /^Management accounts/ })).toBeFocused();
  await seen('what a design begins with');
  await page.keyboard.press('End');
  for (let down = 0; down < 5; down += 1) await page.keyboard.press('ArrowDown');
  await expect(main().getByRole('button', { name: /^Empty/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Margin');
  const cell = (column: string, row: number): Locator => main().getByRole('textbox', { name: `${column}, line ${row}` }).or(main().getByRole('combobox', { name: `${column}, line ${row}` }));
  await main().getByRole('grid').getByRole('gridcell').nth(0).click();
  await expect(cell('Kind', 1)).toBeFocused();
  const line = async (kind: string, label: string, of: string): Promise<void> => {
    await page.keyboard.type(kind);
    await page.keyboard.press('Tab');
    await page.keyboard.type(label);
    await page.keyboard.press('Tab');
    await page.keyboard.type(of);
    await page.keyboard.press('Enter');
  };
  await line('acc', 'Turnover', 'use:revenue');
  await line('acc', 'Cost of sales', 'use:cost_of_sales');
  await line('for', 'Gross profit', 'R10 - R20');
  await line('for', 'Margin', 'R30 / R10 * 100');
  await line('for', 'Of nothing', 'R10 / R99');
  await expect(main().getByText('There is no row R99.').first()).toBeVisible();
  await expect(main().locator('[role="gridcell"][title="There is no row R99."]')).toBeVisible();
  await seen('a design with a problem');
  // Back to the broken formula, which is put right; then the choices of the first and the fourth row.
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('R10 / 0');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F6');
  await expect(main().getByRole('combobox', { name: 'Takes' })).toBeFocused();
  for (let tab = 0; tab < 2; tab += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('F6');
  for (let down = 0; down < 3; down += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F6');
  await expect(main().getByRole('combobox', { name: 'Written as' })).toBeFocused();
  await page.keyboard.type('Perc');
  await page.keyboard.press('F6');
  await expect.poll(() => figureOf('Turnover')).toBe(written(sold));
  await expect.poll(() => figureOf('Gross profit')).toBe(written(sold - bought));
  await expect.poll(() => figureOf('Margin')).toBe(`${((100 * (sold - bought)) / sold).toFixed(1)}\u00a0%`);
  expect(await figureOf('Of nothing')).toBe('–');
  await picture(page, 'design');
  await seen('a design with its figures');
  await page.keyboard.press('Control+s');
  await expect(main().getByRole('heading', { name: 'Margin', level: 1 }).first()).toBeVisible();
  await expect(main().getByRole('tab', { name: 'Statement' })).toHaveAttribute('aria-selected', 'true');
});

test('a figure of a formula is followed over its rows to accounts, periods, an entry, and back', async () => {
  const { page } = bureau;
  await main().locator('button[data-figure="R30/c0"]').focus();
  await page.keyboard.press('Space');
  const tree = page.getByRole('complementary').getByRole('tree').first();
  const turnover = tree.getByRole('treeitem', { name: /^R10 Turnover/ });
  await expect(turnover).toBeFocused();
  await expect(turnover).toContainText(written(sold));
  await page.keyboard.press('ArrowRight');
  const account = tree.getByRole('treeitem', { level: 2 }).first();
  await expect(account).toContainText(written(sold));
  await account.focus();
  await page.keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: new RegExp(`^${year}-02`) }).focus();
  await page.keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: /Sold/ }).focus();
  await page.keyboard.press('ArrowRight');
  const opening = tree.getByRole('treeitem', { name: /^Open / });
  await expect(opening).toBeVisible();
  await picture(page, 'design-explained');
  await seen('a figure of a design explained');
  await opening.focus();
  await page.keyboard.press('Enter');
  await expect(main().getByRole('heading', { level: 1 })).toContainText('GJ-');
  await page.keyboard.press('Escape');
  await expect.poll(() => figureOf('Gross profit')).toBe(written(sold - bought));
});

test('a prepared design says what it leaves out, compares years, stands by months, is charted and saved', async () => {
  const { page } = bureau;
  await area(page, 'Own statements');
  await page.keyboard.press('Control+n');
  await expect(main().getByRole('button', { name: /^Management accounts/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => figureOf('Result')).toBe(written(sold - bought - wages - rent));
  // Without the row of wages the account of wages is in none.
  await main().getByRole('grid').getByRole('gridcell', { name: 'Wages and salaries', exact: true }).click();
  await page.keyboard.press('Control+Delete');
  await expect(main().getByText('1 account with a figure is in no row:')).toBeVisible();
  await expect(main().locator('[role="gridcell"][title="There is no row R50."]')).toBeVisible();
  await seen('a design that leaves an account out');
  await picture(page, 'design-missing');
  await page.keyboard.press('Control+z');
  await expect(main().getByText('1 account with a figure is in no row:')).toHaveCount(0);
  await page.keyboard.press('Control+s');
  await expect(main().getByRole('tab', { name: 'Statement' })).toHaveAttribute('aria-selected', 'true');
  await main().getByLabel('Compared with').selectOption('year');
  await expect.poll(async () => (await rowOf('Revenue')).slice(-4)).toEqual([written(sold), written(sold * 0.8), written(sold * 0.2), '+25.0']);
  await picture(page, 'design-statement');
  await seen('an own statement');
  await main().getByRole('button', { name: 'Chart' }).click();
  await expect(main().getByRole('img', { name: /rose|profit|stayed|fell/i })).toBeVisible();
  await resize(bureau.app, { width: 1920, height: 1080 });
  await theme(bureau, 'dark');
  await picture(page, 'design-dark-1920');
  await theme(bureau, 'light');
  await resize(bureau.app, small);
  await main().getByRole('button', { name: 'Chart' }).click();
  for (const kind of ['csv', 'xlsx', 'pdf'] as const) {
    const target = join(bureau.folder, `design.${kind}`);
    bureau.answers(target);
    await main().getByRole('button', { name: 'Save as' }).click();
    await page.getByRole('menuitem', { name: kind.toUpperCase() }).click();
    await expect.poll(() => existsSync(target), { timeout: 30_000 }).toBe(true);
  }
  const lines = readFileSync(join(bureau.folder, 'design.csv'), 'utf8').trim().split('\r\n');
  const margin = ((100 * (sold - bought)) / sold).toFixed(1);
  expect(lines.find((line) => line.includes('Gross margin'))).toContain(`,${margin},`);
  await main().getByLabel('Columns').selectOption('months');
  await expect(main().locator('article thead th')).toHaveCount(14);
});

test('an own statement is changed in place and keeps the keys where they are; the window in German', async () => {
  const { page } = bureau;
  await main().getByRole('tab', { name: 'Design' }).click();
  await main().getByRole('grid').getByRole('gridcell', { name: 'Revenue', exact: true }).click();
  await page.keyboard.type('Net sales');
  await page.keyboard.press('Tab');
  await expect(main().getByRole('textbox', { name: 'Of what, line 1' })).toBeFocused();
  await expect.poll(() => figureOf('Net sales')).toBe(written(sold));
  await page.keyboard.press('Control+Shift+ArrowDown');
  await expect(main().getByRole('textbox', { name: 'Text, line 2' })).toHaveValue('Net sales');
  await page.keyboard.press('Control+s');
  await expect(main().getByText('Unsaved')).toHaveCount(0);
  await expect(main().getByRole('textbox', { name: 'Text, line 2' })).toBeFocused();
  await page.keyboard.press('Control+Comma');
  await area(page, 'Appearance');
  await main().getByRole('radio', { name: 'Deutsch' }).click();
  await page.keyboard.press('Alt+3');
  await area(page, 'Eigene Auswertungen');
  await page.keyboard.press('Control+n');
  await expect(main().getByRole('button', { name: /^Betriebswirtschaftliche Auswertung/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(main().getByRole('heading', { name: 'Kennzahlen', level: 1 }).first()).toBeVisible();
  await expect.poll(() => figureOf('Umsatzerlöse')).not.toBeUndefined();
  await picture(page, 'design-german');
  await seen('a design in German');
});

test('nothing was found, complained or asked of the world', async () => {
  expect(findings).toEqual([]);
  expect(watch.complaints).toEqual([]);
  expect(await watch.outside()).toEqual([]);
});
