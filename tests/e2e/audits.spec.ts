import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { createCompany, handOver, resize, start, type Started, stopAll } from './launch.ts';
import { picture } from './screen.ts';
import { area, look, theme, watched } from './walking.ts';

// An auditor's day: he signs in, cannot post, tests the entries, reviews a hit, looks at digits, draws a sample, and takes the evidence with him.

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.afterAll(stopAll);

let bureau: Started;
let seen: Awaited<ReturnType<typeof watched>>;
const password = 'seventeen horses';
const told = (text: string | RegExp): Promise<void> => expect(bureau.page.getByRole('status').or(bureau.page.getByRole('alert')).filter({ hasText: text }).first()).toBeVisible();
const tab = (name: string): Promise<void> => bureau.page.getByRole('tab', { name, exact: true }).click();
const opened = (name: string): Promise<void> => expect(bureau.page.getByRole('main').getByRole('heading', { level: 1 }).first()).toHaveText(name);

test.beforeAll(async () => {
  bureau = await start({ size: { width: 1280, height: 800 } });
  await createCompany(bureau, { name: 'Harbour Tools Ltd', people: 10 });
  await bureau.ask('books.set_up', { chart: 'uk', year_start: '2026-01-01' });
  const { rows } = await bureau.ask<{ rows: readonly { id: number; name: string; heading: boolean; kind: string }[] }>('account.list', { limit: 500 });
  const leaf = (kind: string): number => rows.find((one) => !one.heading && one.kind === kind)!.id;
  const [bank, cost] = [leaf('asset'), leaf('expense')];
  // Amounts that grow evenly obey the law of the first digits.
  for (let n = 0; n < 40; n += 1) {
    const amount = Math.floor(1234 * 1.17 ** n);
    await bureau.ask('entry.add', { day: `2026-0${1 + (n % 9)}-0${1 + (n % 8)}`, narration: `Delivery ${n + 1}`, reference: `R-${n + 1}`, lines: [{ account_id: cost, amount }, { account_id: bank, amount: -amount }] });
  }
  await bureau.ask('entry.add', { day: '2026-03-31', narration: 'Adjustment by hand', lines: [{ account_id: cost, amount: 500_000 }, { account_id: bank, amount: -500_000 }] });
  const roles = await bureau.ask<{ rows: readonly { id: number; preset: string }[] }>('role.list', { limit: 100 });
  const { id } = await bureau.ask<{ id: number }>('user.create', { name: 'Nora Auditor', sign_in: 'nora', role_id: roles.rows.find((one) => one.preset === 'auditor')!.id, language: 'en' });
  await bureau.ask('user.set_password', { id, password });
  await bureau.ask('session.sign_out');
  await bureau.ask('session.sign_in', { sign_in: 'nora', password });
  seen = await watched(bureau);
});

test('the auditor finds no way to post, and begins an audit of the year', async () => {
  const { page } = bureau;
  await page.keyboard.press('Alt+3');
  await area(page, 'Entries');
  await expect(page.getByRole('button', { name: /New entry/ })).toHaveCount(0);
  expect((await bureau.reply('entry.add', { day: '2026-03-01', lines: [] })).ok).toBe(false);
  await area(page, 'Audits');
  await picture(page, 'audit-empty');
  await page.keyboard.press('Control+N');
  await page.getByLabel('Name', { exact: false }).first().fill('Annual accounts 2026');
  await page.getByLabel(/^From/).fill('1.1.2026');
  await page.getByLabel(/^To/).fill('31.12.2026');
  await page.getByLabel(/^Materiality/).fill('10,000');
  await page.keyboard.press('Control+S');
  await opened('Annual accounts 2026');
  await expect(page.getByRole('tab', { name: 'Tests of entries' })).toBeVisible();
  expect(await look(bureau, 'the audit')).toEqual([]);
});

test('runs all tests, opens what one has hit, and explains it with a note that is kept', async () => {
  const { page } = bureau;
  await tab('Tests of entries');
  await expect(page.getByRole('button', { name: 'Run tests…' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alertdialog')).toContainText('Run tests');
  await picture(page, 'audit-run');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await told(/hits, .* new/);
  await expect(page.getByRole('cell', { name: 'Words in the narration' })).toBeVisible();
  // Beside the open pane of the record too, the table of the tests has room.
  expect(await page.getByRole('main').locator('article').evaluate((paper) => paper.parentElement!.scrollWidth - paper.parentElement!.clientWidth)).toBe(0);
  await picture(page, 'audit-tests');
  expect(await look(bureau, 'the tests')).toEqual([]);
  await page.getByRole('row', { name: /^Words in the narration/ }).getByRole('button').first().click();
  // The list has just opened: by the keyboard, which finds the row wherever it is drawn.
  await page.getByRole('gridcell', { name: 'GJ-2026-00041' }).first().click();
  await page.keyboard.press('Enter');
  await opened('GJ-2026-00041');
  await expect(page.getByRole('table', { name: 'Lines of the entry' })).toContainText('5,000.00');
  await picture(page, 'audit-item');
  expect(await look(bureau, 'an item')).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.getByLabel('Note').fill('Accrual of rent, contract seen');
  await picture(page, 'audit-review');
  await page.getByRole('button', { name: 'Save and next' }).click();
  await told('Nothing of this procedure is left to review.');
  const items = await bureau.ask<{ rows: readonly { number: string; state: string; note: string; reviewed_by: string }[] }>('audit_item.list', { filters: [{ field: 'test', is: 'equals', value: 'words' }] });
  expect(items.rows.map((one) => [one.number, one.state, one.note, one.reviewed_by])).toEqual([['GJ-2026-00041', 'explained', 'Accrual of rent, contract seen', 'Nora Auditor']]);
});

test('looks at the digits, opens the lines behind one, and draws a sample that shows its seed', async () => {
  const { page } = bureau;
  await area(page, 'Audits');
  await page.getByRole('gridcell', { name: 'Annual accounts 2026' }).dblclick();
  await tab('Digits');
  await page.getByLabel('Digits', { exact: true }).selectOption('First digit');
  await expect(page.getByText('under 5,000 the test says little').first()).toBeVisible();
  await picture(page, 'audit-digits');
  expect(await look(bureau, 'the digits')).toEqual([]);
  await page.getByRole('button', { name: /^5: / }).click();
  await expect(page.getByRole('heading', { name: 'Lines that begin with 5' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'GJ-2026-00041' })).toBeVisible();
  await page.keyboard.press('Escape');
  await tab('Samples');
  await page.getByRole('button', { name: 'Draw a sample…' }).click();
  await page.getByLabel(/^Seed/).fill('20261231');
  await page.getByLabel('Lines to draw').fill('5');
  await picture(page, 'audit-draw');
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  await told('Drawn: 5 lines with the seed 20261231.');
  await opened('Sample 1');
  await expect(page.getByText('Seed 20261231: 5 of 41 lines')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(6);
  await picture(page, 'audit-sample');
  expect(await look(bureau, 'the sample')).toEqual([]);
});

test('writes the evidence as a ZIP, checks it, and is told which file was altered when a byte of it is changed', async () => {
  const { page } = bureau;
  await area(page, 'Audits');
  await page.getByRole('gridcell', { name: 'Annual accounts 2026' }).dblclick();
  const [target, altered] = [join(bureau.folder, 'evidence.zip'), join(bureau.folder, 'altered.zip')];
  const from = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await from('Write evidence…');
  bureau.answers(target);
  await page.getByRole('button', { name: 'Choose a place and write' }).click();
  await expect(page.getByText(/evidence\.zip is written: \d+ files/)).toBeVisible();
  await picture(page, 'audit-evidence');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  const files = unzipSync(readFileSync(target));
  const manifest = JSON.parse(new TextDecoder().decode(files['manifest.json'])) as { created_by: string; files: { name: string; sha256: string }[] };
  expect(manifest.created_by).toBe('Nora Auditor');
  for (const { name, sha256 } of manifest.files) expect(createHash('sha256').update(files[name]!).digest('hex'), name).toBe(sha256);
  expect(new TextDecoder().decode(files['tests/hits.csv'])).toContain('Accrual of rent, contract seen');
  await from('Check a pack…');
  bureau.answers(target);
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await told(/Nothing was altered/);
  await expect(page.getByText('This company has noted a pack with this digest.')).toBeVisible();
  const bytes = readFileSync(target);
  // In the packed content of the entries: behind the header and the name of that file.
  const at = bytes.indexOf('books/entries.csv') + 60;
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(altered, bytes);
  handOver(altered);
  bureau.answers(altered);
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await told('This pack is not as it was written.');
  await expect(page.getByRole('listitem').filter({ hasText: 'books/entries.csv' })).toBeVisible();
  await picture(page, 'audit-altered');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await tab('Evidence packs');
  await expect(page.getByRole('gridcell', { name: 'evidence.zip' })).toBeVisible();
});

test('reads the same in German, in the dark and on a large screen, and the window never complained', async () => {
  const { page } = bureau;
  await resize(bureau.app, { width: 1920, height: 1080 });
  await bureau.ask('session.sign_out');
  await bureau.ask('session.sign_in', { sign_in: 'ada', password: 'correct horse battery' });
  const { rows } = await bureau.ask<{ rows: readonly { id: number; version: number; sign_in: string }[] }>('user.list', {});
  const nora = rows.find((one) => one.sign_in === 'nora')!;
  await bureau.ask('user.update', { id: nora.id, version: nora.version, patch: { language: 'de' } });
  await bureau.ask('session.sign_out');
  await bureau.ask('session.sign_in', { sign_in: 'nora', password });
  await expect(page.locator('nav.rail')).toContainText('Sicherheit');
  await page.keyboard.press('Alt+3');
  await area(page, 'Prüfungen');
  await page.getByRole('gridcell', { name: 'Annual accounts 2026' }).dblclick();
  await tab('Tests');
  await expect(page.getByRole('cell', { name: 'Wörter im Buchungstext' })).toBeVisible();
  await picture(page, 'german-audit-1920');
  await theme(bureau, 'dark');
  await tab('Ziffern');
  await expect(page.getByRole('heading', { name: /^Benfords Gesetz/ })).toBeVisible();
  await picture(page, 'audit-dark-1920');
  expect(seen.complaints).toEqual([]);
  expect(await seen.outside()).toEqual([]);
});
