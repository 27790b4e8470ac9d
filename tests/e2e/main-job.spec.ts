import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import Papa from 'papaparse';
import type { Desk } from '#contract/company/desk.ts';
import type { Verification } from '#contract/company/company.ts';
import type { Checked } from '#contract/company/transfer.ts';
import { freshFolder, handOver, start, type Started, stopAll } from './launch.ts';
import { accessible, picture } from './screen.ts';

// The main job on real input: a firm is set up, ten thousand people come in, one is found, a paper is filed, the plug is pulled, all goes out.

const corpora = join(process.env['BUREAU_SHARED'] ?? join(process.cwd(), '..', 'shared'), 'corpora', 'hr');
const here = existsSync(corpora);
if (!here) console.warn(`SKIPPED main job: there is no ${corpora}`);

test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.skip(!here, 'the corpora of employees and trade are not here');
test.afterAll(stopAll);

let bureau: Started;
let folder = '';
let inputs = '';
const file = (name: string): string => join(inputs, name);
const rows = (path: string): Record<string, string>[] => Papa.parse<Record<string, string>>(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true }).data;

test.beforeAll(async () => {
  inputs = freshFolder();
  for (const name of ['department', 'employee', 'dept_emp', 'title']) cpSync(join(corpora, 'employees', 'csv', `${name}.csv`), file(`${name}.csv`));
  for (const name of ['Customers', 'Suppliers', 'Employees']) cpSync(join(corpora, 'northwind', 'csv', `${name}.csv`), file(`${name}.csv`));
  handOver(inputs);
  bureau = await start({ size: { width: 1280, height: 800 } });
});

/** Answers the file dialog and gives the token that a call would get. */
async function chosen(name: string): Promise<string> {
  bureau.answers(file(name));
  return (await bureau.ask<{ token: string }>('desk.pick_file', { kinds: ['csv'] })).token;
}

async function saved(name: string): Promise<string> {
  bureau.answers(file(name));
  return (await bureau.ask<{ token: string }>('desk.pick_target', { name })).token;
}

async function signIn(): Promise<void> {
  const { page } = bureau;
  await page.getByLabel('Password of Ada Lovelace').fill('five brown wooden desks');
  await picture(page, 'sign-in');
  await accessible(page, 'sign-in');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

test('the owner sets up the firm with the wizard', async () => {
  const { page } = bureau;
  await page.getByRole('button', { name: /^Create a company/ }).click();
  await page.getByLabel('Name of the firm').fill('Northwind & Daughters Ltd');
  folder = join(bureau.folder, 'company');
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByRole('textbox', { name: /^Password/ }).fill('five brown wooden desks');
  await page.keyboard.press('Alt+ArrowRight');
  await accessible(page, 'the last step of the company wizard');
  await page.getByRole('button', { name: 'Create a company', exact: true }).click();
  // Signing in right away shows that the password was typed as it was meant.
  await signIn();
  expect((await bureau.ask<Desk>('desk.state')).open?.name).toBe('Northwind & Daughters Ltd');
});

test('ten thousand people come in through the import wizard, after a dry run', async () => {
  const { page } = bureau;
  await page.keyboard.press('Alt+2');
  await page.getByRole('button', { name: /^Import…/ }).first().click();
  bureau.answers(file('employee.csv'));
  await page.getByRole('button', { name: 'Choose a file' }).click();
  const next = page.getByRole('button', { name: /^Next/ });
  await next.click();
  await next.click();
  await next.click();
  await next.click();
  await expect(page.getByText(/All 10,000 rows are in order/)).toBeVisible({ timeout: 120_000 });
  await picture(page, 'import-dry-run');
  await accessible(page, 'the dry run of an import');
  await next.click();
  await page.getByRole('button', { name: /^Import 10,000 rows/ }).click();
  await expect(page.getByText('employee.csv is imported.')).toBeVisible({ timeout: 120_000 });
  expect(await bureau.ask('company.counts')).toMatchObject({ party: 10_000 });
});

test('departments and titles come in with their dates, customers and suppliers beside them', async () => {
  const run = async (entity: string, name: string, more: object = {}): Promise<Checked> => bureau.ask<Checked>('import.run', { entity, source: await chosen(name), ...more });
  expect(await run('department', 'department.csv')).toMatchObject({ create: 9, refused: 0 });
  expect(await run('assignment', 'dept_emp.csv')).toMatchObject({ create: 11_051, refused: 0 });
  expect(await run('position', 'title.csv')).toMatchObject({ create: 14_782, refused: 0 });
  expect(await run('party', 'Customers.csv')).toMatchObject({ create: 93, refused: 0 });
  expect(await run('party', 'Suppliers.csv')).toMatchObject({ create: 29, refused: 0 });
  // Employees of the shop also count from 1: without a prefix they would be taken for suppliers, and Bureau says so.
  const looked = await bureau.ask<{ mapping: object }>('import.look', { entity: 'party', source: await chosen('Employees.csv') });
  const refused = await bureau.reply('import.run', { entity: 'party', source: await chosen('Employees.csv') });
  expect(refused).toMatchObject({ ok: false, failure: { code: 'invalid' } });
  expect(await run('party', 'Employees.csv', { mapping: { ...looked.mapping, prefixes: { number: 'NW-' } } })).toMatchObject({ create: 9, refused: 0 });
});

test('a misspelt name finds the person', async () => {
  const { page } = bureau;
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').last().fill('georgi facelo');
  await expect(page.getByRole('option', { name: /Georgi Facello/ }).first()).toBeVisible();
  await picture(page, 'search');
  await accessible(page, 'the palette');
  await page.getByRole('option', { name: /Georgi Facello/ }).first().click();
  await expect(page.getByRole('heading', { name: 'Georgi Facello' }).first()).toBeVisible();
});

test('a PDF dropped on the person is found by a word inside it', async () => {
  const { page } = bureau;
  await page.waitForTimeout(300);
  const target = await saved('confirmation.pdf');
  void target;
  bureau.answers(file('confirmation.pdf'));
  expect(await bureau.ask('desk.print', { html: '<h1>Employment confirmation</h1><p>The holder keeps the quicksilver cabinet.</p>', name: 'confirmation.pdf', to: 'pdf' })).not.toBeNull();
  const bytes = readFileSync(file('confirmation.pdf')).toString('base64');
  // Dropped as the system drops it: an event with a file.
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.evaluate((base64) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], 'confirmation.pdf', { type: 'application/pdf' }));
    const at = document.querySelector('h1')!;
    for (const type of ['dragenter', 'dragover', 'drop']) at.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, bytes);
  await expect(page.getByText('confirmation').first()).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').last().fill('quicksilver');
  await expect(page.getByRole('option', { name: /confirmation/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a changed phone stands in the timeline, with who and when', async () => {
  const { page } = bureau;
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('+44 20 7946 0123');
  await page.keyboard.press('Control+S');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByText('+44 20 7946 0123').last()).toBeVisible();
  await picture(page, 'record-timeline');
  await accessible(page, 'a record with its timeline');
});

test('a kill during an import loses nothing that was acknowledged, and the import is whole or absent', async () => {
  const { page } = bureau;
  const person = await bureau.ask<{ rows: { id: number; version: number; phone: string }[] }>('party.list', { filters: [{ field: 'number', is: 'equals', value: '10001' }] });
  expect(person.rows[0]?.phone).toBe('+44 20 7946 0123');
  const before = await bureau.ask<Record<string, number>>('company.counts');
  const look = await bureau.ask<{ mapping: object }>('import.look', { entity: 'party', source: await chosen('employee.csv') });
  const source = await chosen('employee.csv');
  // A second import of the same people under other numbers; nobody waits for its end.
  await page.evaluate(([input]) => void window.bureau.call('import.run', input, crypto.randomUUID()), [{ entity: 'party', source, mapping: { ...look.mapping, prefixes: { number: 'X-' } } }]);
  await page.waitForTimeout(900);
  const { app, folder: settings } = bureau;
  const gone = app.waitForEvent('close');
  const pid = await app.evaluate(() => process.pid);
  process.kill(pid, 'SIGKILL');
  await gone;
  bureau = await start({ folder: settings, size: { width: 1280, height: 800 } });
  await signIn();
  const after = await bureau.ask<Record<string, number>>('company.counts');
  expect([before['party'], before['party']! + 10_000]).toContain(after['party']);
  expect({ ...after, party: 0 }).toEqual({ ...before, party: 0 });
  expect((await bureau.ask<{ rows: { phone: string }[] }>('party.list', { filters: [{ field: 'number', is: 'equals', value: '10001' }] })).rows[0]?.phone).toBe('+44 20 7946 0123');
  expect(await bureau.ask<Verification>('company.verify')).toMatchObject({ good: true });
});

test('everything that came in goes out again, row by row', async () => {
  const out = async (entity: string, list: object = {}): Promise<Record<string, string>[]> => {
    const name = `out-${entity}.csv`;
    await bureau.ask('export.run', { entity, format: 'csv', target: await saved(name), list });
    return rows(file(name));
  };
  const sorted = (lines: string[]): string => createHash('sha256').update(lines.sort().join('\n')).digest('hex');
  const people = (await out('party')).filter((row) => /^\d{5}$/.test(row['number']!));
  expect(people).toHaveLength(10_000);
  expect(sorted(people.map((row) => [row['number'], row['birth_day'], row['given_name'], row['family_name'], row['gender'], row['hired_day']].join('|')))).toBe(
    sorted(rows(file('employee.csv')).map((row) => [row['emp_no'], row['birth_date'], row['first_name'], row['last_name'], row['gender'], row['hire_date']].join('|'))),
  );
  // The year 9999 of the source says "until further notice"; Bureau keeps that as empty.
  const until = (day: string | undefined): string => (day?.startsWith('9999') ? '' : (day ?? ''));
  expect(sorted((await out('assignment')).map((row) => [row['party_id'], row['department_id'], row['from_day'], row['until_day']].join('|')))).toBe(
    sorted(rows(file('dept_emp.csv')).map((row) => [row['emp_no'], row['dept_no'], row['from_date'], until(row['to_date'])].join('|'))),
  );
  expect(sorted((await out('position')).map((row) => [row['party_id'], row['title'], row['from_day'], row['until_day']].join('|')))).toBe(
    sorted(rows(file('title.csv')).map((row) => [row['emp_no'], row['title'], row['from_date'], until(row['to_date'])].join('|'))),
  );
  expect(sorted((await out('department')).map((row) => [row['code'], row['name']].join('|')))).toBe(sorted(rows(file('department.csv')).map((row) => [row['dept_no'], row['dept_name']].join('|'))));
  const firms = rows(file('out-party.csv'));
  for (const name of ['Customers.csv', 'Suppliers.csv']) {
    for (const row of rows(file(name))) {
      // White space around a value is taken off on the way in ("Val2 " in the source).
      const number = (row['CustomerID'] ?? row['SupplierID'])!.trim();
      const found = firms.find((one) => one['number'] === number);
      expect([found?.['name'], found?.['contact_name'], found?.['contact_title'], found?.['phone'], found?.['city'], found?.['country']], `${basename(name)} ${number}`).toEqual(['CompanyName', 'ContactName', 'ContactTitle', 'Phone', 'City', 'Country'].map((key) => row[key]!.trim()));
    }
  }
});
