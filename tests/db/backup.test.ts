import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Backup } from '#contract/company/company.ts';
import { Refused } from '#contract/kit/failure.ts';
import { backupCompany, listBackups, prune, readManifest, sweepBackups } from '../../main/db/backup.ts';
import { hashFile, sha256 } from '../../main/db/disk.ts';
import { filePath, putFile } from '../../main/db/files.ts';
import { openDatabase, transaction } from '../../main/db/open.ts';
import { checkBackup, finishRestore } from '../../main/db/restore.ts';
import { imprint, makeFirm, post, postIntoWal, proof } from './children/firm.ts';

const kills = Number(process.env['BUREAU_KILLS'] ?? 30);
const room = mkdtempSync(join(tmpdir(), 'bureau-backup-'));
afterAll(() => rmSync(room, { recursive: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(room, 'firm-'));
});
const live = (): string => join(folder, 'office.db');
const store = (): string => join(folder, 'backups');
const instant = Date.UTC(2026, 10, 22, 9, 15);

describe('A backup', () => {
  test('holds everything, also what is still in the write-ahead log, and says what it holds', () => {
    makeFirm(folder, 20);
    postIntoWal(folder, 5);
    const made = backupCompany(live(), folder, 'close', proof, instant);
    expect(made).toMatchObject({ file: '2026-11-22T09-15-00Z-close.db', at: instant, reason: 'close', schema: 3 });
    expect(made.records).toEqual({ audit: 25, document_versions: 2, entries: 50, lines: 25 });
    expect(readManifest(folder, made.file)).toMatchObject({ seq: 25, head: made.head, files: 2, lost_files: [], sha256: hashFile(join(store(), made.file)) });
    expect(checkBackup(folder, made.file, proof)).toEqual(made);
    expect(listBackups(folder)).toEqual([made]);
    expect(readdirSync(store()).sort()).toEqual([made.file, made.file.replace(/db$/, 'json'), 'files']);
  });

  test('can be made on a connection in use, and changes nothing there', () => {
    makeFirm(folder, 3);
    const db = openDatabase(live(), 'write');
    const before = imprint(folder);
    backupCompany(db, folder, 'interval', proof);
    expect(imprint(folder)).toEqual(before);
    expect(() => transaction(db, () => backupCompany(db, folder, 'interval', proof))).toThrow(/inside a transaction/);
    transaction(db, () => post(db));
    db.close();
  });

  test('never takes the name of another one, also within the same second', () => {
    makeFirm(folder, 2);
    const names = [1, 2, 3].map(() => backupCompany(live(), folder, 'demand', proof, instant).file);
    expect(names).toEqual(['2026-11-22T09-15-00Z-demand.db', '2026-11-22T09-15-00Z-demand-2.db', '2026-11-22T09-15-00Z-demand-3.db']);
    expect(listBackups(folder).map((one) => one.file)).toEqual(names.toReversed());
  });

  test('keeps the attachments, once each, and names those that are lost', () => {
    makeFirm(folder, 1);
    const db = openDatabase(live(), 'write');
    const hashes = ['letter', 'plan', 'photo'].map((text) => putFile(folder, new TextEncoder().encode(text)));
    for (const hash of hashes) db.prepare('INSERT INTO document_versions (hash) VALUES (?)').run(hash);
    writeFileSync(filePath(folder, hashes[1]!), 'damaged');
    rmSync(filePath(folder, hashes[2]!));
    const made = backupCompany(db, folder, 'demand', proof);
    db.close();
    const order = (a: string, b: string): number => a.localeCompare(b);
    expect(readManifest(folder, made.file)?.lost_files.toSorted(order)).toEqual([hashes[1]!, hashes[2]!].toSorted(order));
    const kept = join(store(), 'files', hashes[0]!.slice(0, 2), hashes[0]!);
    expect(readFileSync(kept, 'utf8')).toBe('letter');
    rmSync(filePath(folder, hashes[0]!));
    expect(existsSync(kept)).toBe(true);
  });

  test.each([
    ['a broken chain', "UPDATE audit SET text = 'changed' WHERE seq = 2", /row 2 of the audit log/],
    ['a reference to nothing', 'PRAGMA foreign_keys = OFF; DELETE FROM entries WHERE id = 2', /missing row of entries/],
    ['values that their columns forbid', "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'text TEXT', 'text INTEGER') WHERE name = 'entries'", /entries/],
    ['another program’s mark', 'PRAGMA application_id = 7', /not a Bureau company/],
    ['a table that is missing', 'DROP TABLE audit', /no such table/],
  ])('is refused of a database with %s, and none is left', (_title, damage, told) => {
    makeFirm(folder, 4);
    const db = openDatabase(live(), 'write');
    db.unsafeMode();
    db.exec(damage);
    db.close();
    expect(() => backupCompany(live(), folder, 'close', proof)).toThrow(told);
    expect(readdirSync(store())).toEqual([]);
  });

  test('is refused of a file whose pages are damaged', () => {
    makeFirm(folder, 200);
    const bytes = readFileSync(live());
    bytes.fill(0, 8192, 12288);
    writeFileSync(live(), bytes);
    expect(() => backupCompany(live(), folder, 'close', proof)).toThrow(Refused);
    expect(readdirSync(store())).toEqual([]);
  });
});

test('Backups made while another process works are all whole', { timeout: 60_000 }, async () => {
  makeFirm(folder, 50);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'children/posts.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const heads = Array.from({ length: 20 }, () => checkBackup(folder, backupCompany(live(), folder, 'interval', proof).file, proof).head);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(new Set(heads).size).toBeGreaterThan(1);
});

test(`After ${kills} kills while backups are made every backup that is listed is whole, and nothing unfinished stays`, { timeout: 30_000 + kills * 2_000 }, async () => {
  makeFirm(folder, 300, 400);
  const before = hashFile(live());
  for (let nth = 0; nth < kills; nth += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'children/copies.ts'), 'backup', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(createInterface({ input: child.stdout }), 'line');
    await wait(Math.random() * 60);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const listed = listBackups(folder);
  for (const one of listed) checkBackup(folder, one.file, proof);
  expect(hashFile(live())).toBe(before);
  finishRestore(folder);
  const names = readdirSync(store()).filter((name) => name !== 'files');
  expect(names).toHaveLength(listed.length * 2);
});

describe('A manifest', () => {
  test.each([
    ['a figure changed', (text: string) => text.replace('"schema":3', '"schema":2')],
    ['a reason changed', (text: string) => text.replace('"close"', '"demand"')],
    ['something added', (text: string) => text.replace('{', '{"more":1,')],
    ['a space added', (text: string) => text.replace('{', '{ ')],
    ['the end cut off', (text: string) => text.slice(0, -1)],
    ['nothing in it', () => ''],
    ['another thing in it', () => '[]'],
  ])('with %s is no manifest, and its backup is not listed', (_title, change) => {
    makeFirm(folder, 1);
    const { file } = backupCompany(live(), folder, 'close', proof);
    const note = join(store(), file.replace(/db$/, 'json'));
    writeFileSync(note, change(readFileSync(note, 'utf8')));
    expect(readManifest(folder, file)).toBeNull();
    expect(listBackups(folder)).toEqual([]);
  });

  test('is looked for in the backups only', () => {
    for (const name of ['../office.db', '/etc/passwd.db', 'a/b.db', '..db', '', 'x.json']) expect(readManifest(folder, name)).toBeNull();
  });
});

describe('Old backups are removed', () => {
  const hour = 3_600_000;
  const day = 24 * hour;
  const lay = (at: number, reason: Backup['reason'] = 'interval'): string => {
    const body = { format: 1, at, reason, bytes: 1, sha256: sha256(''), schema: 3, seq: 1, head: '', records: {}, files: 0, lost_files: [] };
    const name = `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z-${reason}`;
    writeFileSync(join(store(), `${name}.db`), 'x');
    writeFileSync(join(store(), `${name}.json`), JSON.stringify({ ...body, seal: sha256(JSON.stringify(body)) }));
    return `${name}.db`;
  };
  const ages = (): number[] => listBackups(folder).map((one) => Math.round((instant - one.at) / hour));

  beforeEach(() => makeFirm(folder, 1));

  test('so that one who makes four an hour for two years keeps 20 of today, 14 days, 8 weeks and 12 months', () => {
    for (let at = instant - 730 * day; at <= instant; at += at > instant - 2 * day ? hour / 4 : 6 * hour) lay(at);
    prune(folder, instant);
    const kept = ages();
    expect(kept.filter((age) => age <= 24).length).toBeGreaterThanOrEqual(20);
    for (let back = 0; back < 13; back += 1) expect(kept.filter((age) => Math.floor(age / 24) === back).length).toBeGreaterThanOrEqual(1);
    for (let back = 0; back < 8; back += 1) expect(kept.some((age) => age >= back * 168 - 24 && age < (back + 1) * 168)).toBe(true);
    for (let back = 0; back < 12; back += 1) expect(kept.some((age) => age >= back * 720 && age < (back + 1) * 768)).toBe(true);
    expect(kept.length).toBeLessThanOrEqual(20 + 15 + 9 + 13);
    expect(Math.max(...kept)).toBeLessThanOrEqual(366 * 24);
    expect(prune(folder, instant)).toEqual([]);
    expect(readdirSync(store()).filter((name) => name !== 'files')).toHaveLength(kept.length * 2);
  });

  test('day by day with the same result: what a later rule needs is not thrown away by an earlier one', { timeout: 60_000 }, () => {
    for (let at = instant - 120 * day; at <= instant; at += 8 * hour) {
      lay(at);
      prune(folder, at);
    }
    const kept = ages();
    for (let back = 0; back < 14; back += 1) expect(kept.some((age) => Math.floor(age / 24) === back)).toBe(true);
    for (let back = 2; back < 8; back += 1) expect(kept.some((age) => age >= back * 168 - 24 && age < (back + 1) * 168)).toBe(true);
    for (let back = 1; back < 4; back += 1) expect(kept.some((age) => age >= back * 720 - 24 && age < (back + 1) * 768)).toBe(true);
  });

  test('but never the newest, however old', () => {
    const file = lay(instant - 900 * day);
    lay(instant - 900 * day - hour);
    prune(folder, instant);
    expect(listBackups(folder).map((one) => one.file)).toEqual([file]);
  });

  test.each([['a clock that is set four years ahead', 4 * 365 * day], ['opening again after two years', 730 * day]])('and %s costs only what the next day would have cost', (_title, leap) => {
    for (let at = instant - 450 * day; at <= instant; at += day) lay(at);
    prune(folder, instant);
    const undo = [lay(instant - 3 * hour, 'migration'), lay(instant - 2 * hour, 'restore')];
    const before = listBackups(folder).filter((one) => one.at < instant - day).map((one) => one.file);
    expect(before.length).toBeGreaterThan(25);
    lay(instant + leap);
    prune(folder, instant + leap);
    const after = listBackups(folder).map((one) => one.file);
    for (const file of undo) expect(after).toContain(file);
    // A new day, week and month push out at most the oldest of each.
    expect(before.filter((file) => !after.includes(file)).length).toBeLessThanOrEqual(3);
    expect(new Set(after.map((file) => file.slice(0, 7))).size).toBeGreaterThanOrEqual(13);
  });

  test('and backups of a future that never was take no place of those to come', () => {
    for (let at = instant - 30 * day; at <= instant; at += day) lay(at);
    for (let nth = 0; nth < 40; nth += 1) lay(instant + (400 + nth) * day);
    prune(folder, instant);
    const kept = ages().filter((age) => age >= 0);
    for (let back = 0; back < 14; back += 1) expect(kept.some((age) => Math.floor(age / 24) === back)).toBe(true);
    expect(ages().filter((age) => age < 0).length).toBeLessThanOrEqual(15 + 9 + 13);
  });

  test('nor one made before a migration in the last 90 days, nor one made before a restore in the last 7', () => {
    const kept = [lay(instant - 89 * day, 'migration'), lay(instant - 6 * day, 'restore')];
    const gone = [lay(instant - 91 * day, 'migration'), lay(instant - 8 * day, 'restore')];
    for (const age of [91, 89, 8, 6]) lay(instant - age * day + hour);
    prune(folder, instant);
    const files = listBackups(folder).map((one) => one.file);
    expect(files).toEqual(expect.arrayContaining(kept));
    for (const file of gone) expect(files).not.toContain(file);
  });

  test('and a clock that ran ahead once does not cost the newest of the past', () => {
    const [future, past] = [lay(instant + 400 * day), lay(instant - 400 * day)];
    prune(folder, instant);
    expect(listBackups(folder).map((one) => one.file)).toEqual([future, past]);
  });

  test('together with what killed backups left, once it is an hour old', () => {
    const left = join(store(), 'backup.0123456789ab.new');
    writeFileSync(left, '');
    sweepBackups(folder, Date.now());
    expect(existsSync(left)).toBe(true);
    sweepBackups(folder, statSync(left).mtimeMs + hour);
    expect(existsSync(left)).toBe(false);
  });
});
