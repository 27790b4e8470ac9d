import { expect, test } from '@playwright/test';
import { createCompany, resize, start, type Started, stopAll } from './launch.ts';
import { picture } from './screen.ts';
import { look, theme, watched } from './walking.ts';

// A bookkeeper's day without a mouse. The counts stand in the handbook: keys pressed beside the words and figures that are typed.

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.afterAll(stopAll);

let bureau: Started;
let count = 0;
let seen: Awaited<ReturnType<typeof watched>>;

async function keys(...all: readonly string[]): Promise<void> {
  for (const one of all) await bureau.page.keyboard.press(one);
  count += all.length;
}
const type = (text: string): Promise<void> => bureau.page.keyboard.type(text);
const told = (text: string | RegExp): Promise<void> => expect(bureau.page.getByRole('status').or(bureau.page.getByRole('alert')).filter({ hasText: text }).first()).toBeVisible();
const heading = (name: string | RegExp): Promise<void> => expect(bureau.page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(name);
const cell = (column: string, line: number) => bureau.page.getByLabel(`${column}, line ${line}`, { exact: true });
const sum = (text: string): Promise<void> => expect(bureau.page.getByRole('grid').getByText(text, { exact: false }).first()).toBeVisible();

interface Posted {
  readonly id: number;
  readonly number: string;
  readonly narration: string;
  readonly state: string;
  readonly total: number;
  readonly version: number;
}
const entries = async (): Promise<readonly Posted[]> => (await bureau.ask<{ rows: readonly Posted[] }>('entry.list', { order: '-number' })).rows;
const lines = async (id: number): Promise<readonly (readonly [string, number, string])[]> => (await bureau.ask<readonly { number: string; amount: number; text: string }[]>('entry.lines', { id })).map((line) => [line.number, line.amount, line.text]);

test.beforeAll(async () => {
  bureau = await start({ size: { width: 1280, height: 800 } });
  await createCompany(bureau, { name: 'Harbour Tools Ltd' });
  await bureau.ask('books.set_up', { chart: 'uk', year_start: '2026-01-01' });
  seen = await watched(bureau);
});

test.beforeEach(() => {
  count = 0;
});

test('an entry is typed and posted by keys alone, with lookups, reckoning and the difference put in', async () => {
  const { page } = bureau;
  await keys('Control+K');
  await type('new entry');
  await expect(page.getByRole('option').first()).toHaveText(/^New entry/);
  await keys('Enter');
  await heading('New entry');
  await expect(page.getByRole('textbox', { name: 'Date' })).toBeFocused();
  count = 0;
  await type('14.3.2026');
  await keys('Tab', 'Tab', 'Tab');
  await type('Drill bits, March');
  await keys('Tab');
  await expect(cell('Account', 1)).toBeFocused();
  await type('station');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await keys('Tab');
  await type('12.50*4');
  await keys('Tab');
  await sum('Difference');
  await picture(page, 'entry-typing');
  await type('for the workshop');
  await keys('Enter');
  await type('bank');
  await expect(page.getByRole('listbox')).toBeVisible();
  await keys('Enter', '=');
  await sum('Balanced');
  await keys('Control+Enter');
  await told(/Posted as GJ-2026-00001/);
  await heading('GJ-2026-00001');
  expect(count, 'keys of an entry with two lines').toBeLessThanOrEqual(11);
  const [posted] = await entries();
  expect(posted).toMatchObject({ number: 'GJ-2026-00001', narration: 'Drill bits, March', total: 5000, state: 'posted' });
  expect((await lines(posted!.id)).map(([, amount, text]) => [amount, text])).toEqual([[5000, 'for the workshop'], [-5000, '']]);
  await picture(page, 'entry-posted');
});

test('an entry that does not balance is not posted: the difference is said, what was typed stays, and = puts it right', async () => {
  const { page } = bureau;
  await keys('Control+N');
  await expect(page.getByRole('textbox', { name: 'Date' })).toHaveValue('14/03/2026');
  await keys('Tab', 'Tab', 'Tab');
  await type('Rent');
  await keys('Tab');
  await type('rent');
  await expect(page.getByRole('listbox')).toBeVisible();
  await keys('Tab');
  await type('1,200');
  await keys('Tab', 'Tab');
  await type('1200');
  await keys('Tab', 'ArrowRight');
  await type('1100');
  await keys('Control+Enter');
  await told(/Debits and credits differ by 100.00 EUR/);
  await heading('New entry');
  await sum('Difference €100.00 (debit is more)');
  expect(await look(bureau, 'refused entry')).toEqual([]);
  await picture(page, 'entry-refused');
  expect(await entries()).toHaveLength(1);
  await cell('Credit', 2).focus();
  await keys('=', 'Control+Shift+Enter');
  await told(/Posted as GJ-2026-00002/);
  // The next one begins at once, on the same day.
  await expect(page.getByRole('textbox', { name: 'Date' })).toBeFocused();
  await heading('New entry');
  await page.keyboard.press('Escape');
});

test('lines pasted from a spreadsheet find their accounts by number and name, what is unknown stands red, and a step back takes all away', async () => {
  const { page } = bureau;
  await keys('Control+N', 'Tab', 'Tab', 'Tab', 'Tab');
  await expect(cell('Account', 1)).toBeFocused();
  const table = 'Account\tText\tDebit\tCredit\r\n7400\tPaper\t12.50\t\r\nBank current account\tPaid\t\t1,012.50\r\nNo such thing\tPens\t1000\t\r\n';
  await page.evaluate(async (text) => await navigator.clipboard.writeText(text), table);
  await keys('Control+V');
  await told(/3 lines pasted/);
  await sum('Balanced');
  const rows = page.getByRole('grid').getByRole('row');
  await expect(rows.nth(2)).toContainText('1200 Bank current account');
  await expect(page.getByTitle('No account that takes entries is called or numbered “No such thing”.')).toBeVisible();
  await picture(page, 'entry-pasted');
  await keys('Control+S');
  await told(/Line 3: No account/);
  await keys('Control+Z');
  await expect(rows.nth(2)).not.toContainText('1200');
  await keys('Control+Y');
  await expect(rows.nth(2)).toContainText('1200 Bank current account');
  await cell('Account', 1).press('ArrowDown');
  await keys('ArrowDown');
  await type('postage');
  await expect(page.getByRole('listbox')).toBeVisible();
  await keys('Enter', 'Control+S');
  await told(/Draft saved/);
  await heading(/^Draft/);
  const draft = (await entries()).find((one) => one.state === 'draft')!;
  expect((await lines(draft.id)).map(([, amount, text]) => [amount, text])).toEqual([[1250, 'Paper'], [-101_250, 'Paid'], [100_000, 'Pens']]);
});

test('keys copy from above, take lines away and put them back', async () => {
  const { page } = bureau;
  await cell('Account', 1).focus().catch(() => undefined);
  await page.getByRole('grid').getByText('Paper', { exact: true }).click();
  await keys('ArrowDown', 'Control+D');
  await expect(cell('Text', 2)).toHaveValue('Paper');
  await keys('Control+Delete');
  await sum('Difference');
  await keys('Control+Z');
  await sum('Balanced');
  await keys('Control+Z');
  await expect(page.getByRole('grid').getByText('Paid', { exact: true }).or(page.locator('input[value="Paid"]')).first()).toBeVisible();
  await keys('Control+S');
  await told(/Draft saved/);
});

test('a posted entry is reversed with a reason, which the palette offers before tax codes of that name, and both lead to each other', async () => {
  const { page } = bureau;
  const [second] = (await entries()).filter((one) => one.number === 'GJ-2026-00002');
  await keys('Alt+3');
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('button', { name: /^Entries/ }).click();
  await picture(page, 'entries');
  await page.getByRole('tab', { name: 'Drafts' }).click();
  await expect(page.getByRole('gridcell', { name: 'GJ-2026-00002' })).toHaveCount(0);
  await page.getByRole('tab', { name: 'Posted' }).click();
  await page.getByRole('gridcell', { name: 'GJ-2026-00002' }).first().dblclick();
  await heading('GJ-2026-00002');
  await expect(page.getByText('1,200.00').first()).toBeVisible();
  await bureau.ask('tax_code.create', { code: 'REV', name: 'Reverse charge', kind: 'both', rate_ppm: 200_000 });
  await keys('Control+K');
  await type('reverse');
  await expect(page.getByRole('option', { name: /Reverse charge/ }).first()).toBeVisible();
  await expect(page.getByRole('option').first()).toHaveText('Reverse');
  await picture(page, 'palette-here');
  await keys('Enter');
  await expect(page.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await type('Paid twice');
  await picture(page, 'entry-reverse');
  await keys('Enter');
  await told(/GJ-2026-00002 is reversed by GJ-2026-00003/);
  await expect(page.getByText('Reversed', { exact: true })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'GJ-2026-00003' }).click();
  await heading('GJ-2026-00003');
  await expect(page.getByRole('main').getByRole('button', { name: 'GJ-2026-00002' })).toBeVisible();
  const all = await entries();
  expect(all.find((one) => one.id === second!.id)?.state).toBe('reversed');
  expect((await lines(all.find((one) => one.number === 'GJ-2026-00003')!.id)).map(([, amount]) => amount)).toEqual([-120_000, 120_000]);
});

test('a period that is closed for now asks for a reason, a closed one refuses beside the date', async () => {
  const { page } = bureau;
  const { rows } = await bureau.ask<{ rows: readonly { id: number; version: number; name: string }[] }>('period.list', { limit: 50 });
  const [march, april] = ['2026-03', '2026-04'].map((name) => rows.find((one) => one.name === name)!);
  await bureau.ask('period.set_state', { id: march!.id, version: march!.version, state: 'soft', reason: 'month end' });
  await bureau.ask('period.set_state', { id: april!.id, version: april!.version, state: 'hard', reason: 'month end' });
  await keys('Control+Shift+KeyD');
  await heading(/^Draft/);
  const date = page.getByRole('textbox', { name: 'Date' });
  await date.fill('2.4.2026');
  await expect(page.getByText('Period 2026-04 is closed')).toBeVisible();
  await keys('Control+Enter');
  await expect(page.getByText(/The period 2026-04 is closed. Choose another date/)).toBeVisible();
  await date.fill('20.3.2026');
  await expect(page.getByText(/Period 2026-03 is closed for now: posting asks for a reason/)).toBeVisible();
  await keys('Control+Enter');
  await expect(page.getByRole('alertdialog')).toContainText('Post into a period that is closed for now?');
  await type('late invoice');
  await keys('Enter');
  await told(/Posted as GJ-2026-00004/);
});

test('money from one account to another is posted from anywhere with few keys, one after the other', async () => {
  const { page } = bureau;
  await keys('Alt+1');
  count = 0;
  await keys('Control+Shift+KeyE');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Quick entry');
  await type('2.5.2026');
  await keys('Tab');
  await type('19.99*2');
  await keys('Tab');
  await type('Batteries');
  await keys('Tab');
  await type('7400');
  await keys('Tab');
  await type('petty');
  await expect(page.getByRole('listbox')).toBeVisible();
  await picture(page, 'entry-quick');
  await keys('Enter', 'Enter');
  await expect(dialog.getByText(/Posted as GJ-2026-00005: €39.98/)).toBeVisible();
  expect(count, 'keys of a quick entry').toBe(7);
  await expect(dialog.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  expect(await look(bureau, 'quick entry', true)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('axe finds nothing on the list, on an entry that is typed, and on a posted one, and it looks good in dark, in German and on a large screen', async () => {
  const { page } = bureau;
  await keys('Alt+3');
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('button', { name: /^Entries/ }).click();
  await page.getByRole('tab', { name: 'All entries' }).click();
  expect(await look(bureau, 'entries')).toEqual([]);
  await page.getByRole('gridcell', { name: 'GJ-2026-00001' }).first().dblclick();
  await heading('GJ-2026-00001');
  expect(await look(bureau, 'posted entry')).toEqual([]);
  await theme(bureau, 'dark');
  await picture(page, 'entry-dark');
  await theme(bureau, 'light');
  await keys('Control+N');
  await heading('New entry');
  expect(await look(bureau, 'new entry')).toEqual([]);
  await keys('Control+K');
  await type('german');
  await expect(page.getByRole('option').first()).toHaveText(/German/);
  await keys('Enter');
  await heading('Neue Buchung');
  await page.getByRole('textbox', { name: 'Buchungstext' }).fill('Bürobedarf der Werkstatt');
  await keys('Tab');
  await type('7400');
  await expect(page.getByRole('listbox')).toBeVisible();
  await keys('Tab');
  await type('12,50*3');
  await keys('Tab', 'Tab');
  await type('12');
  await expect(page.getByRole('listbox')).toBeVisible();
  await picture(page, 'german-entry');
  await keys('Tab', 'ArrowRight');
  await resize(bureau.app, { width: 1920, height: 1080 });
  await picture(page, 'german-entry-1920');
  expect(await look(bureau, 'German entry')).toEqual([]);
  expect(seen.complaints).toEqual([]);
});
