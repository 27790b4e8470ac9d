import { expect, test } from '@playwright/test';
import { addDays, today } from '#contract/kit/day.ts';
import { createCompany, start, type Started, stopAll } from './launch.ts';
import { picture } from './screen.ts';
import { area, look, watched } from './walking.ts';

// Templates and what recurs, by keys alone, in the window.

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.afterAll(stopAll);

let bureau: Started;
let seen: Awaited<ReturnType<typeof watched>>;

async function keys(...all: readonly string[]): Promise<void> {
  for (const one of all) await bureau.page.keyboard.press(one);
}
const type = (text: string): Promise<void> => bureau.page.keyboard.type(text);
const told = (text: string | RegExp): Promise<void> => expect(bureau.page.getByRole('status').or(bureau.page.getByRole('alert')).filter({ hasText: text }).first()).toBeVisible();
const heading = (name: string | RegExp): Promise<void> => expect(bureau.page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(name);
const cell = (column: string, line: number) => bureau.page.getByLabel(`${column}, line ${line}`, { exact: true });
const grid = (text: string): Promise<void> => expect(bureau.page.getByRole('grid').getByText(text, { exact: false }).first()).toBeVisible();
const command = async (text: string, first: RegExp): Promise<void> => {
  await keys('Control+K');
  await type(text);
  await expect(bureau.page.getByRole('option').first()).toHaveText(first);
  await keys('Enter');
};

interface Posted {
  readonly id: number;
  readonly number: string;
  readonly state: string;
  readonly origin: string;
}
const entries = async (): Promise<readonly Posted[]> => (await bureau.ask<{ rows: readonly Posted[] }>('entry.list', { order: '-number' })).rows;
const lines = async (id: number): Promise<readonly (readonly [string, number])[]> => (await bureau.ask<readonly { number: string; amount: number }[]>('entry.lines', { id })).map((line) => [line.number, line.amount]);
const year = today().slice(0, 4);

test.beforeAll(async () => {
  bureau = await start({ size: { width: 1280, height: 800 } });
  await createCompany(bureau, { name: 'Harbour Tools Ltd' });
  await bureau.ask('books.set_up', { chart: 'uk', year_start: `${year}-01-01` });
  seen = await watched(bureau);
});

test('an entry becomes a template, and one with shares of an amount is used by keys: F7, a few letters, the amount', async () => {
  const { page } = bureau;
  await bureau.ask('entry.add', { day: `${year}-03-01`, narration: 'Power and rent {month}', lines: [{ account_id: await id('7000'), amount: 7000 }, { account_id: await id('7015'), amount: 3000 }, { account_id: await id('1200'), amount: -10_000 }] });
  await keys('Alt+3');
  await area(page, 'Entries');
  await page.getByRole('gridcell', { name: /GJ-/ }).first().dblclick();
  await heading(/GJ-/);
  await command('save as a template', /Save as a template/);
  await page.getByRole('radio', { name: /become shares/ }).focus();
  await keys('Space', 'Enter');
  await told(/Saved as the template/);
  await command('new entry', /^New entry/);
  await expect(page.getByRole('textbox', { name: 'Date' })).toBeFocused();
  await keys('F7');
  await type('pow');
  await expect(page.getByRole('option').first()).toHaveText(/Power and rent/);
  await picture(page, 'template-pick');
  expect(await look(bureau, 'template picker')).toEqual([]);
  await keys('Enter');
  await expect(page.getByRole('textbox', { name: /Power and rent/ })).toBeFocused();
  await type('99.99');
  await keys('Enter');
  await grid('Balanced');
  await expect(page.getByRole('grid').getByText('69.99', { exact: true })).toBeVisible();
  await picture(page, 'template-filled');
  await keys('Control+Enter');
  await told(/Posted as/);
  const [posted] = await entries();
  expect(await lines(posted!.id)).toEqual([['7000', 6999], ['7015', 3000], ['1200', -9999]]);
});

test('what quick entry holds already comes along when a template with more lines goes on in a whole entry', async () => {
  const { page } = bureau;
  const day = `${year}-02-03`;
  await keys('Control+Shift+E');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox', { name: 'Date' }).fill(day);
  await keys('Tab');
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('12.50');
  await dialog.getByRole('textbox', { name: 'Narration' }).fill('Typed beforehand');
  await dialog.getByRole('combobox').first().focus();
  await type('7000');
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('7000');
  await keys('Tab');
  await type('1200');
  await keys('F7');
  await type('pow');
  await expect(page.getByRole('option').first()).toHaveText(/Power and rent/);
  await keys('Enter');
  await expect(page.getByRole('textbox', { name: /Power and rent/ })).toBeFocused();
  await type('50');
  await keys('Enter');
  await grid('Balanced');
  await expect(page.getByRole('textbox', { name: 'Narration' })).toHaveValue('Typed beforehand');
  await picture(page, 'quick-handed-over');
  await keys('Control+Enter');
  await told(/Posted as/);
  const [posted] = (await bureau.ask<{ rows: readonly (Posted & { day: string })[] }>('entry.list', { order: '-id' })).rows;
  expect(posted).toMatchObject({ day, narration: 'Typed beforehand' });
  expect(await lines(posted!.id)).toEqual([['7000', 1250], ['1200', -1250], ['7000', 3500], ['7015', 1500], ['1200', -5000]]);
});

test('an entry that was begun says what joined it from quick entry, and that it keeps its own day and text', async () => {
  const { page } = bureau;
  await command('new entry', /^New entry/);
  await expect(page.getByRole('textbox', { name: 'Date' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Date' }).fill(`${year}-01-15`);
  await page.getByRole('textbox', { name: 'Narration' }).fill('Begun before');
  await keys('Control+Shift+E');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox', { name: 'Date' }).fill(`${year}-02-04`);
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('12.50');
  await dialog.getByRole('textbox', { name: 'Narration' }).fill('Typed in a hurry');
  await keys('F7');
  await type('pow');
  await expect(page.getByRole('option').first()).toHaveText(/Power and rent/);
  await keys('Enter');
  await expect(page.getByRole('textbox', { name: /Power and rent/ })).toBeFocused();
  await type('50');
  await keys('Enter');
  await told(/You had begun an entry: .*“Power and rent” stand behind its lines.* It keeps its date 15\/01\/\d{4}, not 04\/02\/\d{4}\. It keeps its narration “Begun before”, not “Typed in a hurry”\./);
  await expect(page.getByRole('textbox', { name: 'Narration' })).toHaveValue('Begun before');
  await command('discard draft', /^Discard draft/);
  await page.getByRole('button', { name: 'Discard draft' }).last().click();
});

test('a gross amount is split into net and tax with F8, shown before it is posted, and taken back with Ctrl+Z', async () => {
  const { page } = bureau;
  await command('new entry', /^New entry/);
  await expect(page.getByRole('textbox', { name: 'Date' })).toBeFocused();
  await keys('Tab', 'Tab', 'Tab', 'Tab');
  await type('7400');
  await expect(page.getByRole('listbox')).toBeVisible();
  await keys('Tab');
  await type('120');
  await keys('F8');
  await told(/Give the line a tax code first/);
  await expect(cell('Tax code', 1)).toBeFocused();
  await type('S20');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await keys('Tab', 'Shift+Tab', 'F8');
  await told(/Net £100.00, tax £20.00, together £120.00|Net €100.00, tax €20.00, together €120.00/);
  await expect(page.getByRole('grid').getByText('100.00', { exact: true })).toBeVisible();
  await picture(page, 'tax-split');
  await keys('Control+Z');
  await expect(page.getByRole('grid').getByText('120.00', { exact: true }).first()).toBeVisible();
  await keys('F8');
  await grid('1180');
  await keys('Escape');
  await page.getByRole('button', { name: /Discard|Leave without/ }).click();
});

test('a recurring entry stands in the agenda, is made on its day as a draft, and is posted from there', async () => {
  const { page } = bureau;
  const [template] = (await bureau.ask<{ rows: readonly { id: number }[] }>('entry_template.list', {})).rows;
  await bureau.ask('recurring_entry.create', { name: 'Power and rent', template_id: template!.id, amount: 5000, mode: 'draft', every: 1, unit: 'week', start_day: addDays(today(), 0), times: 2 });
  await keys('Alt+1');
  await expect(page.getByRole('button', { name: /Power and rent/ }).first()).toBeVisible();
  await picture(page, 'recurring-agenda');
  await keys('Alt+3');
  await area(page, 'Recurring entries');
  await page.getByRole('gridcell', { name: 'Power and rent' }).first().dblclick();
  await heading('Power and rent');
  await keys('Control+Enter');
  await told(/0 posted, 1 prepared as drafts/);
  await heading(/Draft: Power and rent/);
  await grid('Balanced');
  await keys('Control+Enter');
  await told(/Posted as/);
  const [posted] = await entries();
  expect(posted).toMatchObject({ origin: 'recurring', state: 'posted' });
  await page.getByRole('button', { name: 'A recurring entry' }).click();
  await page.getByRole('tab', { name: 'Dates' }).click();
  await expect(page.getByRole('row', { name: /Posted/ })).toBeVisible();
  await picture(page, 'recurring-dates');
  expect(await look(bureau, 'dates of a recurring entry')).toEqual([]);
  expect(seen.complaints).toEqual([]);
});

async function id(number: string): Promise<number> {
  const [found] = await bureau.ask<readonly { id: number }[]>('account.find', { text: number, limit: 1 });
  return found!.id;
}
