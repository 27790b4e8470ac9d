import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createCompany, handOver, start, type Started, stopAll } from './launch.ts';
import { area, close, filled } from './walking.ts';

// The daily jobs without a mouse. The counts stand in the handbook: keys pressed beside the words and figures that are typed.

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.afterAll(stopAll);

let bureau: Started;
let count = 0;

async function keys(...all: readonly string[]): Promise<void> {
  for (const one of all) await bureau.page.keyboard.press(one);
  count += all.length;
}
const type = (text: string): Promise<void> => bureau.page.keyboard.type(text);
const told = (text: string | RegExp): Promise<void> => expect(bureau.page.getByRole('status').or(bureau.page.getByRole('alert')).filter({ hasText: text }).first()).toBeVisible();
const heading = (name: string): Promise<void> => expect(bureau.page.getByRole('main').getByRole('heading', { name, exact: true, level: 1 })).toBeVisible();

/** Opens the palette, types, and waits until what is meant stands first. */
async function palette(text: string, first: RegExp): Promise<void> {
  await keys('Control+K');
  await type(text);
  await expect(bureau.page.getByRole('option').first()).toHaveText(first);
}

test.beforeAll(async () => {
  bureau = await start({ size: { width: 1280, height: 800 } });
  await createCompany(bureau, { people: 500 });
  await expect(bureau.page.getByRole('heading', { name: 'Due', exact: true })).toBeVisible();
});

test.beforeEach(() => {
  count = 0;
});

test('a task on Home is finished with 2 keys, and hidden until tomorrow with 2', async () => {
  await keys('Alt+1');
  await expect(bureau.page.getByRole('button', { name: /^Renew the fire certificate/ })).toBeFocused();
  await keys('f');
  await told('Finished: Renew the fire certificate');
  expect(count).toBe(2);
  // The next one takes the keys as soon as the finished one is gone.
  await expect(bureau.page.locator('.due-open:focus')).toBeVisible();
  await expect(bureau.page.getByRole('button', { name: /^Renew the fire certificate.*ago/ })).toHaveCount(0);
  count = 0;
  await keys('Alt+1', 's');
  await told('comes back on');
  expect(count).toBe(2);
});

test('keys pressed right after a task is finished find the next one: three at once finish three', async () => {
  const { page } = bureau;
  const first = page.locator('.due-open').first();
  await keys('Alt+1');
  await expect(page.locator('.due-open:focus')).toBeVisible();
  const tasks = page.locator('.due-open:has-text("Task")');
  const before = await tasks.count();
  await keys('Home', 'f', 'f', 'f');
  await expect(tasks).toHaveCount(before - 3);
  await expect(first).toBeFocused();
  await keys('ArrowDown', 'ArrowUp');
  await expect(first).toBeFocused();
});

test('Esc from a record that was found leads back, and Alt+2 then leads to the list, not to the record', async () => {
  const { page } = bureau;
  const here = page.locator('nav.crumbs [aria-current="page"]');
  await keys('Alt+1');
  await palette('charlotte abbott', /^Charlotte Abbott/);
  await keys('Enter');
  await heading('Charlotte Abbott');
  await keys('Escape');
  await expect(here).toHaveText('Home');
  await keys('Alt+2');
  await expect(here).toHaveText('People and firms');
  await filled(page);
  // From the list a record opens in its first field, and Esc leads back to its row.
  await keys('ArrowDown', 'ArrowDown', 'Enter');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await keys('Escape');
  await expect(page.getByRole('grid')).toBeFocused();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-activedescendant', /-2-0$/);
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
});

test('somebody is found and opened with 2 keys', async () => {
  await palette('charlote abbott', /^Charlotte Abbott/);
  await keys('Enter');
  await heading('Charlotte Abbott');
  expect(count).toBe(2);
  await bureau.page.keyboard.press('Escape');
});

test('a person is created with 4 keys, found again with 2, and gets a new phone', async () => {
  const { page } = bureau;
  await palette('new person', /^New: Person or firm/);
  await keys('Enter');
  await expect(page.getByLabel(/^Kind/)).toBeFocused();
  await keys('Tab');
  await type('Grace Hopper');
  await keys('Control+S');
  await told('Created: Grace Hopper');
  expect(count).toBe(4);
  await page.keyboard.press('Escape');

  count = 0;
  await palette('grace hop', /^Grace Hopper/);
  await keys('Enter');
  await heading('Grace Hopper');
  expect(count).toBe(2);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await keys('F2');
  await expect(page.getByRole('textbox', { name: 'Phone', exact: true })).toBeFocused();
  await type('+44 20 7946 0999');
  await keys('Control+S');
  await told('Saved: Grace Hopper');
  expect(count, 'keys for a phone in the record').toBe(4);
  const { rows } = await bureau.ask<{ rows: readonly { phone: string }[] }>('party.list', { filters: [{ field: 'name', is: 'equals', value: 'Grace Hopper' }] });
  expect(rows.map((row) => row.phone)).toEqual(['+44 20 7946 0999']);
  await keys('Escape');
});

/** To a list, wherever one is. */
async function list(name: string): Promise<void> {
  await palette(name, new RegExp(`^${name}`, 'i'));
  await keys('Enter');
  await expect(bureau.page.locator('nav.crumbs [aria-current="page"]')).toHaveText(name);
  await filled(bureau.page);
  count = 0;
}

test('a phone is changed in the list with 6 keys', async () => {
  const { page } = bureau;
  await list('People and firms');
  await keys('Control+F');
  await type('grace hopper');
  await expect(page.getByText('1 record', { exact: true })).toBeVisible();
  await keys('Enter', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await type('+44 20 7946 0111');
  await keys('Enter');
  await expect.poll(async () => (await bureau.ask<{ rows: readonly { phone: string }[] }>('party.list', { filters: [{ field: 'name', is: 'equals', value: 'Grace Hopper' }] })).rows[0]?.phone).toBe('+44 20 7946 0111');
  expect(count).toBe(6);
  await page.keyboard.press('Control+F');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
});

test('a task with its day is made with 5 keys, and finished on its page with 1', async () => {
  await palette('new task', /^New: Task/);
  await keys('Enter');
  await expect(bureau.page.getByRole('textbox', { name: 'Task', exact: true })).toBeFocused();
  await type('Ring the landlord');
  await keys('Tab', 'Tab');
  await type('+7');
  await keys('Control+S');
  await told('Created: Ring the landlord');
  expect(count).toBe(5);
  await keys('Control+Enter');
  await told('Finished: Ring the landlord');
  await bureau.page.keyboard.press('Escape');
});

test('the key for the next step is heard in the very moment in which a new task is told', async () => {
  const { page } = bureau;
  await palette('new task', /^New: Task/);
  await keys('Enter');
  await expect(page.getByRole('textbox', { name: 'Task', exact: true })).toBeFocused();
  await type('Sweep the yard');
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes('Created: Sweep the yard')) return;
      observer.disconnect();
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await keys('Control+S');
  await told('Finished: Sweep the yard');
  await page.keyboard.press('Escape');
});

test('nobody is offered to make a user while choosing who does a task, but a person is', async () => {
  const { page } = bureau;
  await palette('new task', /^New: Task/);
  await keys('Enter');
  await page.getByRole('combobox', { name: 'Owner' }).fill('Nobody of that name');
  await expect(page.getByRole('option', { name: 'Nothing found' })).toBeVisible();
  await expect(page.getByRole('option', { name: /^Create/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

test('appointments that do not fit into a day of the month are reached through their number, in the week of that day', async () => {
  const { page } = bureau;
  const at = (hour: number): number => new Date(2027, 2, 10, hour).getTime();
  for (let hour = 6; hour < 18; hour++) await bureau.ask('event.create', { title: `Visit ${hour}`, starts_at: at(hour), ends_at: at(hour + 1), state: 'confirmed' });
  await page.keyboard.press('Alt+2');
  await area(page, 'Calendar');
  await page.getByRole('button', { name: 'Month', exact: true }).click();
  const day = page.locator('[data-day="2027-03-10"]');
  const next = page.getByRole('button', { name: 'Month after' });
  for (let month = 0; month < 24 && (await day.count()) === 0; month++) await next.click();
  const shown = await day.getByRole('button', { name: /Visit/ }).count();
  expect(shown).toBeGreaterThan(0);
  await day.getByRole('button', { name: `+ ${12 - shown} more` }).click();
  await expect(day).toBeFocused();
  await expect(day.getByRole('button', { name: /Visit/ })).toHaveCount(12);
  await page.getByRole('button', { name: 'Month', exact: true }).click();
  await expect(day).toBeVisible();
  await page.getByRole('button', { name: 'List', exact: true }).click();
});

test('a view is saved under a name, removed, and brought back', async () => {
  const { page } = bureau;
  await list('People and firms');
  const views = page.getByRole('button', { name: /^Saved views/ });
  await views.click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Mine');
  await page.keyboard.press('Enter');
  await told('View saved: Mine');
  await views.click();
  await page.getByRole('menuitem', { name: 'Remove the view “Mine”' }).click();
  await expect(views).toHaveAccessibleName('Saved views: All');
  await page.getByRole('status').filter({ hasText: 'The view “Mine” is removed.' }).locator('.toast', { hasText: 'is removed' }).getByRole('button', { name: 'Undo' }).click();
  await expect(views).toHaveAccessibleName('Saved views: Mine');
  await views.click();
  await page.getByRole('menuitemradio', { name: 'All' }).click();
});

test('a list goes out as a workbook with 3 keys and onto paper with 2, up to the window of the system', async () => {
  const { page } = bureau;
  await list('People and firms');
  await page.keyboard.press('Alt+1');
  await keys('Alt+2');
  await filled(page);
  bureau.answers(join(bureau.folder, 'out.xlsx'));
  await keys('Control+E', 'Enter');
  await expect(page.getByText(/rows written to out.xlsx/)).toBeVisible();
  expect(count).toBe(3);
  await close(page);
  count = 0;
  await keys('Alt+2', 'Control+P');
  await expect(page.getByRole('heading', { name: 'Print: People and firms' })).toBeVisible();
  await page.keyboard.press('Escape');
  expect(count).toBe(2);
});

test('a list comes in with 8 keys beside choosing the file and what is in it', async () => {
  const { page } = bureau;
  const file = join(bureau.folder, 'people.csv');
  writeFileSync(file, 'Number;First name;Last name\r\nK-1;Ada;Byron\r\nK-2;Alan;Turing');
  handOver(file);
  await keys('Control+Shift+KeyI');
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused();
  bureau.answers(file);
  await keys('Enter');
  await expect(page.getByText('people.csv')).toBeVisible();
  await page.getByLabel('What is in the file').selectOption({ label: 'People and firms' });
  await expect(page.getByText('The file is being read.')).toBeHidden();
  for (const step of ['Format', 'Columns', 'Known records', 'Check', 'Import']) {
    await keys('Alt+ArrowRight');
    await expect(page.getByRole('dialog').getByRole('heading', { name: step, exact: true, level: 2 })).toBeVisible();
    if (step === 'Check') await expect(page.getByText('All 2 rows are in order')).toBeVisible();
  }
  await keys('Control+Enter');
  await expect(page.getByText('people.csv is imported.')).toBeVisible();
  expect(count).toBe(8);
  await close(page);
});

test('a backup takes 2 keys, verifying 5, locking 1 and coming back 1', async () => {
  const { page } = bureau;
  await palette('back up now', /^Back up now/);
  await keys('Enter');
  await told('Backed up and verified.');
  expect(count).toBe(2);
  count = 0;
  await palette('verify the', /^Verify the company/);
  await keys('Enter');
  await heading('Verify');
  const run = page.getByRole('button', { name: 'Verify now' });
  await expect(run).toBeVisible();
  while (!(await run.evaluate((element) => element === document.activeElement)) && count < 10) await keys('Tab');
  await keys('Enter');
  await expect(page.getByText('Everything is in order.')).toBeVisible();
  expect(count).toBe(5);
  count = 0;
  await keys('Control+L');
  await expect(page.getByLabel('Password of Ada Owner')).toBeFocused();
  await type('correct horse battery');
  expect(count).toBe(1);
  await keys('Enter');
  await heading('Verify');
  expect(count).toBe(2);
});

test('a dialog that stands open is put away by the lock, and is there again with what was typed', async () => {
  const { page } = bureau;
  await page.keyboard.press('Control+,');
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('button', { name: 'Users' }).click();
  await page.getByRole('button', { name: 'Add a user' }).click();
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Bert');
  await bureau.ask('session.lock');
  const password = page.getByRole('textbox', { name: 'Password of Ada Owner' });
  await expect(password).toBeFocused();
  await expect(page.getByText('Add a user').filter({ visible: true })).toHaveCount(0);
  for (let at = 0; at < 6; at += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[data-portal-node]') === null)).toBe(true);
  }
  await password.fill('correct horse battery');
  await password.press('Enter');
  await expect(name).toBeFocused();
  await expect(name).toHaveValue('Bert');
  await close(page);
});
