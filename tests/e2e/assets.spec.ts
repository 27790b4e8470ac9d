import { expect, type Locator, test } from '@playwright/test';
import { createCompany, resize, start, type Started, stopAll } from './launch.ts';
import { picture } from './screen.ts';
import { area, look, openRow, theme, watched } from './walking.ts';

// Fixed assets in the window: out of a purchase, by hand, depreciated, and gone.

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.afterAll(stopAll);

let bureau: Started;
let seen: Awaited<ReturnType<typeof watched>>;
const year = new Date().getFullYear();
const main = (): Locator => bureau.page.getByRole('main');
const dialog = (): Locator => bureau.page.getByRole('alertdialog');
const account = new Map<string, number>();
const balance = async (number: string): Promise<number> => (await bureau.ask<readonly { number: string; closing: number }[]>('report.trial_balance', { to: `${year}-12-31` })).find((row) => row.number === number)?.closing ?? 0;
const keys = async (...all: readonly string[]): Promise<void> => {
  for (const one of all) await bureau.page.keyboard.press(one);
};

/** Types into a lookup and takes the first that is offered. */
async function choose(where: Locator, text: string): Promise<void> {
  await where.fill(text);
  await bureau.page.getByRole('option', { name: new RegExp(text) }).filter({ hasNotText: /New/ }).first().click();
}

test.beforeAll(async () => {
  bureau = await start({ size: { width: 1280, height: 800 } });
  await createCompany(bureau, { name: 'Harbour Tools Ltd' });
  await bureau.ask('books.set_up', { chart: 'uk', year_start: `${year}-01-01` });
  const { rows } = await bureau.ask<{ rows: readonly { id: number; number: string }[] }>('account.list', { limit: 1000 });
  for (const one of rows) account.set(one.number, one.id);
  const supplier = await bureau.ask<{ id: number }>('party.create', { kind: 'organisation', name: 'Bandsaws & Lathes Ltd' });
  await bureau.ask('entry.add', {
    day: `${year}-02-10`,
    journal: 'purchase',
    narration: 'Band saw',
    lines: [{ account_id: account.get('7400'), amount: 4_500, text: 'Delivery' }, { account_id: account.get('0120'), amount: 240_000, text: 'Band saw BS-600' }, { account_id: account.get('1200'), amount: -244_500, party_id: supplier.id }],
  });
  seen = await watched(bureau);
});

test('a line of a purchase becomes an asset by keys alone: what it says is filled in, and only the expense is asked for', async () => {
  const { page } = bureau;
  await keys('Alt+3');
  await area(page, 'Entries');
  await page.getByRole('gridcell', { name: 'Band saw', exact: true }).first().dblclick();
  await expect(main().getByRole('heading', { level: 1 })).toHaveText(/^PJ-/);
  await keys('Control+Shift+KeyA');
  // The line that stands on an account for assets is offered, not the first one.
  await expect(dialog().getByLabel('Line', { exact: true })).toHaveValue('2');
  await expect(dialog().getByLabel('Line', { exact: true })).toBeFocused();
  await expect(dialog().getByRole('textbox', { name: 'Name' })).toHaveValue('Band saw BS-600');
  await expect(dialog().getByText('£2,400.00').or(dialog().getByText('€2,400.00'))).toBeVisible();
  await expect(dialog().getByText('Bandsaws & Lathes Ltd')).toBeVisible();
  await expect(dialog().getByRole('combobox', { name: 'Accumulated depreciation' })).toHaveValue(/Plant and machinery depreciation/);
  await keys('Tab', 'Tab', 'Tab');
  await page.keyboard.type('48');
  await keys('Enter');
  await expect(dialog().getByText('Several accounts are used for “Depreciation”: choose the one for this asset.')).toBeVisible();
  await choose(dialog().getByRole('combobox', { name: 'Depreciation expense' }), '8020');
  await picture(page, 'asset-capitalise');
  expect(await look(bureau, 'an asset out of a purchase', true)).toEqual([]);
  await dialog().getByRole('button', { name: 'Make the asset' }).click();
  await expect(main().getByRole('heading', { level: 1 })).toHaveText('Band saw BS-600');
  // Worn by time, it has no tab for units of use.
  await expect(page.getByRole('tab', { name: 'Schedule' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Use' })).toHaveCount(0);
  await keys('Escape', 'Control+Shift+KeyA');
  await expect(dialog().getByText(/This line is FA-00001 Band saw BS-600 already/)).toBeVisible();
  await keys('Escape');
});

test('an asset is entered by hand, a run depreciates both for two months, and the schedule shows it', async () => {
  const { page } = bureau;
  await area(page, 'Fixed assets');
  await keys('Control+N');
  await expect(main().getByRole('heading', { level: 1 })).toHaveText('New: Fixed asset');
  await main().getByRole('textbox', { name: 'Name', exact: true }).fill('Delivery van');
  await main().getByRole('textbox', { name: 'Acquired on' }).fill(`05/01/${year}`);
  await main().getByLabel('Cost', { exact: false }).first().fill('12000');
  await main().getByLabel('Life in months').fill('60');
  await choose(main().getByRole('combobox', { name: 'Asset account' }), '0130');
  await choose(main().getByRole('combobox', { name: 'Depreciation expense' }), '8030');
  await keys('Control+S');
  await expect(main().getByRole('heading', { level: 1 })).toHaveText('Delivery van');
  await area(page, 'Fixed assets');
  await main().getByRole('button', { name: 'Depreciate' }).click();
  await dialog().getByRole('textbox').first().fill(`28/02/${year}`);
  // 12,000 over 60 months is 200 each; 2,400 over 48 is 50, from February on.
  await expect(dialog().getByRole('row', { name: /Total/ })).toContainText('450.00');
  await picture(page, 'asset-depreciate');
  await dialog().getByRole('button', { name: 'Post' }).click();
  await expect(dialog()).toHaveCount(0);
  expect(await Promise.all(['0121', '0131', '8020', '8030'].map(balance))).toEqual([-5_000, -40_000, 5_000, 40_000]);
  await openRow(page, 'Delivery van');
  await page.getByRole('tab', { name: 'Schedule' }).click();
  const rows = main().getByRole('table', { name: 'Schedule' }).getByRole('row');
  await expect(rows).toHaveCount(61);
  await expect(rows.nth(2)).toContainText('11,600.00');
  await expect(rows.nth(2)).toContainText('Posted');
  await expect(rows.nth(3)).toContainText('Planned');
  await picture(page, 'asset-schedule');
  expect(await look(bureau, 'the schedule of an asset')).toEqual([]);
});

test('an asset is sold with a gain and another scrapped with a loss, and both are out of the books', async () => {
  const { page } = bureau;
  const menu = async (): Promise<void> => {
    await main().getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /^Dispose of/ }).click();
  };
  await menu();
  await dialog().getByRole('textbox', { name: 'Day' }).fill(`31/03/${year}`);
  await dialog().getByRole('textbox', { name: 'Proceeds', exact: true }).fill('11900');
  await choose(dialog().getByRole('combobox', { name: 'Proceeds arrive on' }), '1200');
  await choose(dialog().getByRole('combobox', { name: 'Gain or loss on' }), '4930');
  // 12,000 less three months of 200 leaves 11,400.
  await expect(dialog().getByText(/Gain of .500.00/)).toBeVisible();
  await picture(page, 'asset-dispose');
  expect(await look(bureau, 'a disposal', true)).toEqual([]);
  await dialog().getByRole('button', { name: 'Post' }).click();
  await expect(dialog()).toHaveCount(0);
  await expect(main().getByText(/^Disposed of/)).toBeVisible();
  await area(page, 'Fixed assets');
  await openRow(page, 'Band saw BS-600');
  await menu();
  await dialog().getByRole('textbox', { name: 'Day' }).fill(`28/02/${year}`);
  await expect(dialog().getByText(/Loss of .2,350.00/)).toBeVisible();
  await dialog().getByRole('button', { name: 'Post' }).click();
  await expect(dialog()).toHaveCount(0);
  expect(await Promise.all(['0120', '0121', '0130', '0131', '4930', '8020', '8030', '1200'].map(balance))).toEqual([0, 0, -1_200_000, 0, -50_000, 240_000, 60_000, 1_190_000 - 244_500]);
  await resize(bureau.app, { width: 1920, height: 1080 });
  await theme(bureau, 'dark');
  await picture(page, 'asset-disposed-dark-1920');
  await theme(bureau, 'light');
  expect(await look(bureau, 'an asset that is gone')).toEqual([]);
  expect(seen.complaints).toEqual([]);
});
