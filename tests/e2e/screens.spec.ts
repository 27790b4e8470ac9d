import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { createCompany, handOver, resize, start, type Started, stopAll } from './launch.ts';
import { picture, settled } from './screen.ts';
import { area, areas, close, filled, look, openRow, theme, watched } from './walking.ts';

// Every screen of a company with 500 people: axe finds nothing in light and dark, nothing complains, nothing leaves the PC.

test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.afterAll(stopAll);

const small = { width: 1280, height: 800 };
let bureau: Started;
let watch: Awaited<ReturnType<typeof watched>>;
const file = (name: string): string => join(bureau.folder, 'files', name);
const main = (): Locator => bureau.page.getByRole('main');

/** What axe found on the way. The walk goes on, so that one run tells of every screen. */
const findings: string[] = [];
const seen = async (what: string, menu = false): Promise<void> => void findings.push(...(await look(bureau, what, menu)));

test.beforeAll(async () => {
  bureau = await start({ size: small });
  watch = await watched(bureau);
  mkdirSync(join(bureau.folder, 'files'));
  const rows = Array.from({ length: 40 }, (_, at) => `K-${at + 1};Given${at + 1};Family${at + 1};${at % 10 === 9 ? '31.02.2024' : '01.03.2024'}`);
  writeFileSync(file('people.csv'), ['Number;First name;Last name;Hire date', ...rows].join('\r\n'));
  handOver(bureau.folder);
});

test('the chooser and every step of a new company', async () => {
  const { page } = bureau;
  await theme(bureau, 'light');
  await picture(page, 'chooser');
  await seen('the chooser');
  await page.getByRole('button', { name: /^Create a company/ }).click();
  await page.getByLabel('Name of the firm').fill('Brandt Deliveries Ltd');
  await seen('the firm');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByLabel('Country', { exact: true })).toBeVisible();
  await seen('country and money');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByLabel('Chart of accounts')).toBeVisible();
  await seen('the books');
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByLabel('Your name').fill('Ada Owner');
  await page.getByRole('textbox', { name: /^Password/ }).fill('short');
  await seen('the owner');
  await page.getByRole('textbox', { name: /^Password/ }).fill('');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByText('This is what “Create a company” does:')).toBeVisible();
  await seen('the last step');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
  await seen('the question before a new company is given up');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Create a company/ })).toBeVisible();
});

test('a folder that is gone, and one that holds no company', async () => {
  const { page } = bureau;
  await bureau.reply('desk.open', { folder: join(bureau.folder, 'nowhere') });
  await expect(page.getByRole('heading', { name: 'The company folder is not there' })).toBeVisible();
  await seen('a folder that is gone');
  await bureau.reply('desk.open', { folder: join(bureau.folder, 'files') });
  await expect(page.getByRole('heading', { name: 'This folder holds no company' })).toBeVisible();
  await seen('a folder without a company');
  await page.getByRole('button', { name: 'Open another company' }).click();
  await expect(page.getByRole('button', { name: /^Create a company/ })).toBeVisible();
});

test('home of an empty company says how to begin', async () => {
  const { page } = bureau;
  const folder = await createCompany(bureau, { name: 'Brandt Deliveries Ltd' });
  await expect(page.getByRole('heading', { name: 'Start with your own records' })).toBeVisible();
  await picture(page, 'empty');
  await seen('home of an empty company');
  await page.keyboard.press('Alt+2');
  await expect(main().getByRole('button', { name: 'New: Person or firm' })).toBeVisible();
  await seen('an empty list');
  await bureau.ask('desk.close');
  rmSync(folder, { recursive: true });
});

test('home of a company with 500 people', async () => {
  const { page } = bureau;
  await createCompany(bureau, { name: 'Hollis & Brandt Ltd', people: 500 });
  await expect(page.getByRole('heading', { name: 'Due', exact: true })).toBeVisible();
  await picture(page, 'home');
  await seen('home');
});

test('every list of the records, and the trees of departments and places', async () => {
  const { page } = bureau;
  await page.keyboard.press('Alt+2');
  await filled(page);
  await picture(page, 'list');
  await resize(bureau.app, { width: 1920, height: 1080 });
  await picture(page, 'list-1920');
  await resize(bureau.app, small);
  await seen('people and firms');
  await theme(bureau, 'dark');
  await picture(page, 'dark');
  await theme(bureau, 'light');
  for (const name of ['Departments', 'Places']) {
    await area(page, name);
    await filled(page);
    await seen(`${name} as a tree`);
    await main().getByRole('button', { name: 'List', exact: true }).click();
    await filled(page);
    await seen(`${name} as a list`);
    await main().getByRole('button', { name: 'Tree', exact: true }).click();
  }
  await area(page, 'Documents');
  await filled(page);
  await seen('documents');
  await area(page, 'Tasks');
  await filled(page);
  await seen('tasks');
  await main().getByRole('button', { name: 'Agenda', exact: true }).click();
  await expect(main().getByRole('heading', { name: /^Late\b/ })).toBeVisible();
  await seen('the agenda');
  await main().getByRole('button', { name: 'List', exact: true }).click();
  await area(page, 'Calendar');
  await expect(main().getByRole('button', { name: 'Today' })).toBeVisible();
  await picture(page, 'calendar');
  await seen('the month');
  await main().getByRole('button', { name: 'Week', exact: true }).click();
  await seen('the week');
  await main().getByRole('button', { name: 'Month', exact: true }).click();
  await area(page, 'Import history');
  await seen('no imports yet');
});

test('filter, columns and views of a list', async () => {
  const { page } = bureau;
  await area(page, 'People and firms');
  await filled(page);
  for (const name of ['Filter', 'Saved views: All', 'Columns', 'More']) {
    await page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
    await expect(page.locator('[role="menu"]:visible, [role="dialog"]:visible, .fui-PopoverSurface:visible').first()).toBeVisible();
    await seen(`${name} of a list`, true);
    await close(page);
  }
  await page.keyboard.press('Control+F');
  await page.keyboard.type('nobody is called this');
  await expect(page.getByText('Nothing matches the filter')).toBeVisible();
  await seen('a filter that finds nothing');
  await page.keyboard.press('Escape');
  await filled(page);
});

test('a person with all tabs, and all tabs of the side pane', async () => {
  const { page } = bureau;
  await openRow(page, 'Charlotte Abbott');
  await expect(page.getByRole('textbox', { name: 'Phone', exact: true })).toBeVisible();
  await picture(page, 'record');
  await seen('a person');
  for (const name of ['Contacts', 'Addresses', 'Identifiers', 'Departments over time', 'Titles over time', 'Timeline', 'Notes', 'Links', 'Files']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await settled(page);
    await seen(`${name} of a person`);
  }
  await page.keyboard.press('Escape');
  await filled(page);
});

test('one record of every other kind', async () => {
  const { page } = bureau;
  const kinds = { Departments: 'Departments', Places: 'Places', Tasks: 'Tasks' } as const;
  for (const name of Object.values(kinds)) {
    await area(page, name);
    await filled(page);
    await main().locator('[role="gridcell"][data-col="0"], [role="treeitem"]').first().dblclick();
    await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
    await seen(`one of the ${name}`);
    await page.keyboard.press('Escape');
  }
  await area(page, 'Calendar');
  await main().getByRole('button', { name: 'List', exact: true }).click();
  await filled(page);
  await main().locator('[role="gridcell"][data-col="0"]').first().dblclick();
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
  await seen('an event');
  await page.keyboard.press('Escape');
  await main().getByRole('button', { name: 'Month', exact: true }).click();
});

test('documents: the preview of text and of a PDF, and the versions', async () => {
  const { page } = bureau;
  await area(page, 'Documents');
  bureau.answers(file('letter.pdf'));
  await bureau.ask('desk.print', { html: '<h1>Confirmation of employment</h1><p>To whom it may concern.</p>', name: 'letter.pdf', to: 'pdf' });
  await bureau.ask('document.add', { file_name: 'letter.pdf', title: 'Confirmation of employment', base64: readFileSync(file('letter.pdf')).toString('base64') });
  await openRow(page, 'Cleaning contract');
  await page.getByRole('tab', { name: 'Preview', exact: true }).click();
  await expect(main().getByText('Offices are cleaned on every working day')).toBeVisible();
  await seen('the preview of a text');
  await page.getByRole('tab', { name: 'Versions', exact: true }).click();
  await expect(main().getByText('cleaning-contract.txt')).toBeVisible();
  await seen('the versions of a paper');
  await page.keyboard.press('Escape');
  await filled(page);
  await openRow(page, 'Confirmation of employment');
  await page.getByRole('tab', { name: 'Preview', exact: true }).click();
  await expect(main().getByRole('img', { name: 'Page 1' })).toBeVisible();
  await page.waitForTimeout(500);
  await picture(page, 'documents');
  await seen('the preview of a PDF');
  await page.keyboard.press('Escape');
});

test('a refused save keeps what was typed and says at the field what is wrong', async () => {
  const { page } = bureau;
  await area(page, 'People and firms');
  await filled(page);
  await page.keyboard.press('Control+N');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Grace Hopper');
  await page.getByRole('textbox', { name: 'Number', exact: true }).fill('E-000309');
  await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill('grace at example');
  await page.keyboard.press('Control+S');
  await expect(page.getByText(/^Not saved: \d field/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Grace Hopper');
  await picture(page, 'refused-save');
  await seen('a refused save');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Leave without saving?' })).toBeVisible();
  await seen('the question before leaving');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await filled(page);
});

test('likely duplicates side by side', async () => {
  const { page } = bureau;
  await main().getByRole('button', { name: 'Likely duplicates' }).click();
  await expect(main().getByRole('button', { name: 'Merge', exact: true })).toBeVisible();
  await picture(page, 'duplicates');
  await seen('duplicates');
  await main().getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Merge these two?' })).toBeVisible();
  await seen('the question before merging');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  // A dialog has the keyboard to itself until it is gone.
  await expect(page.locator('[aria-modal="true"]')).toHaveCount(0);
  await main().getByRole('button', { name: 'List', exact: true }).click();
  await filled(page);
});

test('every step of an import, and what it left', async () => {
  const { page } = bureau;
  const dialog = page.getByRole('dialog');
  await page.keyboard.press('Control+Shift+KeyI');
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible();
  await seen('the file of an import');
  bureau.answers(file('people.csv'));
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await page.getByLabel('What is in the file').selectOption({ label: 'People and firms' });
  await expect(page.getByText('The file is being read.')).toBeHidden();
  for (const step of ['Format', 'Columns', 'Known records', 'Check', 'Import']) {
    await page.keyboard.press('Alt+ArrowRight');
    await expect(dialog.getByRole('heading', { name: step, exact: true, level: 2 })).toBeVisible();
    if (step === 'Check') await expect(page.getByText('4 of 40 rows cannot be imported')).toBeVisible();
    await seen(`${step} of an import`);
  }
  await page.getByRole('radio', { name: /Import the 36 good rows/ }).check();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('people.csv is imported.')).toBeVisible();
  await seen('the end of an import');
  await close(page);
  await area(page, 'Import history');
  await expect(main().getByText('people.csv')).toBeVisible();
  await seen('import history');
});

test('export, print, palette and keys over a list', async () => {
  const { page } = bureau;
  await area(page, 'People and firms');
  await filled(page);
  for (const [keys, heading] of [['Control+E', 'Export: People and firms'], ['Control+P', 'Print: People and firms'], ['?', 'Keys']] as const) {
    await page.keyboard.press(keys);
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
    await seen(heading);
    await close(page);
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeHidden();
  }
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('option').first()).toBeVisible();
  await seen('the palette before a word');
  await page.keyboard.type('abbot');
  await expect(page.getByRole('option', { name: /Charlotte Abbott/ })).toBeVisible();
  await seen('the palette with results');
  await close(page);
});

test('every page of the settings', async () => {
  const { page } = bureau;
  await bureau.ask('user.create', { name: 'Ben Clerk', sign_in: 'ben', role_id: 11, language: 'en' });
  await bureau.ask('backup.create');
  await bureau.ask('party.create', { kind: 'person', name: 'Came After The Backup' });
  await page.keyboard.press('Control+,');
  for (const name of ['Company', 'Number series', 'Users', 'Roles', 'Backups', 'Verify', 'Audit log', 'Appearance']) {
    await area(page, name);
    await expect(main().getByRole('heading', { name, exact: true, level: 1 })).toBeVisible();
    await settled(page);
    if (name === 'Users' || name === 'Roles') await picture(page, `settings-${name.toLowerCase()}`);
    if (name === 'Backups') await picture(page, 'backups');
    await seen(`settings: ${name}`);
  }
});

test('adding a user and changing a role', async () => {
  const { page } = bureau;
  await area(page, 'Users');
  await page.getByRole('button', { name: 'Add a user' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await seen('a new user');
  await close(page);
  await page.getByRole('button', { name: 'Change my password' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await seen('a new password');
  await close(page);
  await area(page, 'Roles');
  await page.getByRole('button', { name: 'New role' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await seen('a new role');
  await close(page);
});

test('the preview of a restore says what would be different', async () => {
  const { page } = bureau;
  await area(page, 'Backups');
  await main().getByRole('button', { name: /^Restore/ }).first().click();
  await expect(page.getByText(/changes? made since then will be undone/)).toBeVisible();
  await picture(page, 'restore');
  await seen('the preview of a restore');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
});

test('verify says of every check what it looked at', async () => {
  const { page } = bureau;
  await area(page, 'Verify');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByText('Everything is in order.')).toBeVisible({ timeout: 60_000 });
  await picture(page, 'verify');
  await seen('the result of verifying');
});

test('help, keys, and the rooms that come next', async () => {
  const { page } = bureau;
  await page.keyboard.press('F1');
  await area(page, 'Keys');
  await seen('the keys');
  await area(page, 'About Bureau');
  await seen('about');
  for (const [keys, name] of [['Alt+4', 'Guards, entry and risk'], ['Alt+5', 'Goods, vehicles and things']] as const) {
    await page.keyboard.press(keys);
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await expect(areas(page)).toHaveCount(0);
    await seen(name);
  }
});

test('the lock and the door', async () => {
  const { page } = bureau;
  await page.keyboard.press('Control+L');
  await expect(page.getByLabel('Password of Ada Owner')).toBeFocused();
  await seen('the lock');
  await page.keyboard.type('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').or(page.locator('.fui-Field__validationMessage')).first()).toBeVisible();
  await seen('a wrong password');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Goods, vehicles and things' })).toBeVisible();
  await page.getByRole('button', { name: /^Ada Owner/ }).click();
  await seen('the menu of the user', true);
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Ben Clerk' }).or(page.getByRole('button', { name: 'Sign in', exact: true })).first()).toBeVisible();
  await seen('the door');
});

test('on the whole way axe found nothing, in light and in dark', () => {
  expect(findings).toEqual([]);
});

test('on the whole way nothing was refused by the policy, nothing was thrown, and nothing was asked of anywhere else', async () => {
  expect(watch.complaints).toEqual([]);
  expect(await watch.outside()).toEqual([]);
});
