import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createCompany, handOver, start, type Started, stopAll } from './launch.ts';
import { accessible } from './screen.ts';

// A list with mistakes comes in, goes out and is taken back, all with the keyboard.

test.describe.configure({ mode: 'serial' });

let bureau: Started;
const path = (name: string): string => join(bureau.folder, 'files', name);

/** 40 people; every tenth row has a day that does not exist. */
const list = (): string =>
  ['Number;First name;Last name;Hire date', ...Array.from({ length: 40 }, (_, at) => `K-${at + 1};Given${at + 1};Family <b>${at + 1}</b>;${at % 10 === 9 ? '31.02.2024' : '01.03.2024'}`)].join('\r\n');

const step = async (page: Page, name: string): Promise<void> => {
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByRole('dialog').getByRole('heading', { name, exact: true, level: 2 })).toBeVisible();
  await accessible(page, name);
};
const people = async (): Promise<number> => (await bureau.ask<{ party?: number }>('company.counts')).party ?? 0;

test.beforeAll(async () => {
  bureau = await start({ size: { width: 1280, height: 800 } });
  mkdirSync(join(bureau.folder, 'files'));
  writeFileSync(path('people.csv'), list());
  handOver(bureau.folder);
  await createCompany(bureau);
  await expect(bureau.page.getByRole('navigation').first()).toBeVisible();
});
test.afterAll(stopAll);

test('a list with mistakes is checked first; the good rows come in when the user says so', async () => {
  const { page } = bureau;
  await page.keyboard.press('Alt+2');
  await expect(page.getByPlaceholder('Filter this list')).toBeVisible();
  await page.keyboard.press('Control+Shift+KeyI');
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused();
  await accessible(page, 'File');
  bureau.answers(path('people.csv'));
  await page.keyboard.press('Enter');
  await expect(page.getByText('people.csv')).toBeVisible();
  // From a list its own kind is proposed; another may be chosen.
  await expect(page.getByLabel('What is in the file')).toHaveValue('party');
  await expect(page.getByText('The file is being read.')).toBeHidden();
  await step(page, 'Format');
  await step(page, 'Columns');
  await step(page, 'Known records');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByText('4 of 40 rows cannot be imported')).toBeVisible();
  await expect(page.getByRole('cell', { name: '31.02.2024', exact: true })).toHaveCount(4);
  await accessible(page, 'Check');
  expect(await people()).toBe(0);
  await step(page, 'Import');
  // All or nothing is the first choice, and with mistakes that is nothing.
  await page.keyboard.press('Control+Enter');
  expect(await people()).toBe(0);
  await page.getByRole('radio', { name: /Import the 36 good rows/ }).check();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('people.csv is imported.')).toBeVisible();
  await accessible(page, 'Done');
  expect(await people()).toBe(36);
});

test('the list goes out as a file and onto paper, with its markup harmless', async () => {
  const { page } = bureau;
  await page.getByRole('button', { name: 'Open: People and firms' }).click();
  await expect(page.getByText('36 records')).toBeVisible();
  await page.keyboard.press('Control+E');
  await page.getByRole('radio', { name: /CSV/ }).check();
  await accessible(page, 'Export');
  bureau.answers(path('out.csv'));
  await page.keyboard.press('Enter');
  await expect(page.getByText('36 rows written to out.csv.')).toBeVisible();
  expect(readFileSync(path('out.csv'), 'utf8').trim().split(/\r?\n/)).toHaveLength(37);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+P');
  await accessible(page, 'Print');
  bureau.answers(path('out.pdf'));
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  await expect(page.getByText('People and firms is saved as PDF.')).toBeVisible({ timeout: 30_000 });
  expect(readFileSync(path('out.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
});

test('the whole import is taken back from its history', async () => {
  const { page } = bureau;
  await page.getByText('Import history').first().click();
  await page.getByRole('button', { name: 'Undo: people.csv' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText(/Import undone. Removed: 36/)).toBeVisible();
  expect(await people()).toBe(0);
});

test('leaving half way asks first and keeps nothing', async () => {
  const { page } = bureau;
  await page.keyboard.press('Control+Shift+KeyI');
  bureau.answers(path('people.csv'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByText('people.csv')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toContainText('Nothing has been imported.');
  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await people()).toBe(0);
});

test('an import that is half filled in stays through a lock, and is neither seen nor reached meanwhile', async () => {
  const { page } = bureau;
  await page.keyboard.press('Control+Shift+KeyI');
  bureau.answers(path('people.csv'));
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await page.getByLabel('What is in the file').selectOption({ label: 'People and firms' });
  await expect(page.getByText('The file is being read.')).toBeHidden();
  await step(page, 'Format');
  await step(page, 'Columns');
  await bureau.ask('session.lock');
  const password = page.getByLabel('Password of Ada Owner');
  await expect(password).toBeFocused();
  await expect(page.getByRole('dialog', { includeHidden: true })).toHaveCount(0);
  for (const key of ['Tab', 'Tab', 'Tab', 'Alt+ArrowRight', 'Escape']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog', { includeHidden: true })).toHaveCount(0);
  await password.fill('correct horse battery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Columns', exact: true, level: 2 })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('dialog').getByText('people.csv')).toBeVisible();
});
