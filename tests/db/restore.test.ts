import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { say } from '#contract/kit/words.ts';
import { backupCompany, listBackups } from '../../main/db/backup.ts';
import { hashFile, sha256 } from '../../main/db/disk.ts';
import { filePath, readFile } from '../../main/db/files.ts';
import { openDatabase } from '../../main/db/open.ts';
import { type AtStep, checkBackup, finishRestore, previewRestore, replaceDatabase, restoreBackup } from '../../main/db/restore.ts';
import { copyFirm, imprint, look, makeFirm, postIntoWal, proof } from './children/firm.ts';

const kills = Number(process.env['BUREAU_KILLS'] ?? 30);
const damages = Number(process.env['BUREAU_DAMAGES'] ?? 100);
const room = mkdtempSync(join(tmpdir(), 'bureau-restore-'));
afterAll(() => rmSync(room, { recursive: true }));

/** A company of 30 pairs, its backup, and then 20 more pairs of which 10 are only in the `-wal`. */
const master = join(room, 'master');
let file = '';
beforeAll(() => {
  makeFirm(master, 30, 400);
  file = backupCompany(join(master, 'office.db'), master, 'close', proof, Date.UTC(2026, 10, 22, 9, 15)).file;
  postIntoWal(master, 10);
  expect(statSync(join(master, 'office.db-wal')).size).toBeGreaterThan(10_000);
});
const before = { seq: 40, entries: 80 };
const after = { seq: 30, entries: 60 };

let folder = '';
beforeEach(() => {
  folder = fresh();
});
const live = (): string => join(folder, 'office.db');
const copy = (): string => join(folder, 'backups', file);
const note = (): string => copy().replace(/db$/, 'json');

function fresh(): string {
  const to = mkdtempSync(join(room, 'firm-'));
  copyFirm(master, to);
  for (const name of [file, file.replace(/db$/, 'json')]) copyFileSync(join(master, 'backups', name), join(to, 'backups', name));
  return to;
}

/** Nothing that belongs to a restore is left lying about. */
function tidy(): void {
  expect(readdirSync(folder).filter((name) => !['office.db', 'office.db-wal', 'office.db-shm', 'office.db-journal', 'files', 'backups'].includes(name))).toEqual([]);
  expect(readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.new'))).toEqual([]);
}

function refusal(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('Restoring a backup', () => {
  test('gives exactly its state, keeps the state before as a backup, and restoring that one undoes it', () => {
    const done = restoreBackup(folder, file, proof);
    expect(done).toMatchObject({ restored: { file }, undo: { reason: 'restore', records: { audit: 40 } }, setAside: null });
    expect(look(folder)).toEqual(after);
    tidy();
    restoreBackup(folder, done.undo!.file, proof);
    expect(look(folder)).toEqual(before);
    expect(listBackups(folder)).toHaveLength(3);
    tidy();
  });

  test('is told beforehand what it would change', () => {
    const db = openDatabase(live(), 'read');
    const preview = previewRestore(db, folder, file, proof);
    db.close();
    expect(preview).toMatchObject({ backup: { file }, now: { audit: 40, entries: 80 }, lost_writes: 10 });
    expect(preview.then).toMatchObject({ audit: 30, entries: 60 });
  });

  test('brings back attachments that the company has lost meanwhile', () => {
    const own = mkdtempSync(join(room, 'firm-'));
    makeFirm(own, 2);
    const made = backupCompany(join(own, 'office.db'), own, 'close', proof);
    const hash = sha256('contract');
    rmSync(filePath(own, hash));
    restoreBackup(own, made.file, proof);
    expect(Buffer.from(readFile(own, hash)).toString()).toBe('contract');
  });

  test('waits for nobody: while somebody has the database open it is refused and nothing is changed', { timeout: 30_000 }, () => {
    const db = openDatabase(live(), 'write');
    db.exec('BEGIN; SELECT count(*) FROM entries');
    const refused = refusal(() => restoreBackup(folder, file, proof));
    expect(refused.code).toBe('busy');
    db.close();
    expect(look(folder)).toEqual(before);
    tidy();
  });

  test('works in a folder whose database is gone', () => {
    for (const end of ['', '-wal', '-shm']) rmSync(`${live()}${end}`, { force: true });
    expect(restoreBackup(folder, file, proof)).toMatchObject({ undo: null, setAside: null });
    expect(look(folder)).toEqual(after);
  });
});

describe('A database too damaged to back up is set aside whole', () => {
  test.each([
    ['is no database any more', () => writeFileSync(live(), 'x'.repeat(50_000))],
    ['lost its end', () => truncateSync(live(), 20_000)],
    ['lost all but its beginning', () => truncateSync(live(), 300)],
    ['has a broken chain', () => change("UPDATE audit SET text = 'changed' WHERE seq = 2")],
    ['is empty', () => writeFileSync(live(), '')],
    ['is gone, but its -wal is there', () => rmSync(live())],
  ])('when it %s: all its files lie in backups, and the backup is in place', (_title, damage) => {
    damage();
    const files = ['office.db', 'office.db-wal'].filter((name) => existsSync(join(folder, name)));
    const hashes = files.map((name) => hashFile(join(folder, name)));
    const done = restoreBackup(folder, file, proof);
    expect(done.undo).toBeNull();
    expect(files.map((name) => hashFile(join(done.setAside!, name)))).toEqual(hashes);
    expect(look(folder)).toEqual(after);
    tidy();
  });
});

/** Changes the database behind the back of Bureau, and leaves the change in the `-wal`. */
function change(text: string): void {
  const db = openDatabase(live(), 'write');
  db.pragma('wal_autocheckpoint = 0');
  db.exec(text);
  const held = ['', '-wal', '-shm'].map((end) => [end, readFileSync(`${live()}${end}`)] as const);
  db.close();
  for (const [end, bytes] of held) writeFileSync(`${live()}${end}`, bytes);
}

test('What a kill left of an old journal never comes into the restored database', () => {
  // A journal of the old database, made as one of a running change, and then as one that was never finished.
  for (const hot of [true, false]) {
    folder = fresh();
    look(folder);
    const db = openDatabase(live(), 'write');
    db.pragma('journal_mode = DELETE');
    db.pragma('cache_size = 1');
    db.exec("BEGIN IMMEDIATE; UPDATE entries SET text = text || 'x', amount = amount * 2");
    const held = [readFileSync(live()), readFileSync(`${live()}-journal`)] as const;
    db.exec('ROLLBACK');
    db.close();
    writeFileSync(live(), held[0]);
    writeFileSync(`${live()}-journal`, hot ? held[1] : held[1].fill(0, 0, 28));
    if (!hot) rmSync(live());
    const { undo } = restoreBackup(folder, file, proof);
    expect(look(folder)).toEqual(after);
    if (hot) expect(undo?.records['audit']).toBe(40);
    tidy();
  }
});

describe('A bad backup is never restored', () => {
  const flip = (path: string): void => {
    const bytes = readFileSync(path);
    const at = Math.floor(Math.random() * bytes.length);
    bytes[at] = bytes[at]! ^ (1 << Math.floor(Math.random() * 8));
    writeFileSync(path, bytes);
  };
  const ways: readonly (readonly [string, (other: string) => void])[] = [
    ['a bit flipped', () => flip(copy())],
    ['a bit of the manifest flipped', () => flip(note())],
    ['its end cut off', () => truncateSync(copy(), Math.floor(Math.random() * statSync(copy()).size))],
    ['the end of the manifest cut off', () => truncateSync(note(), Math.floor(Math.random() * statSync(note()).size))],
    ['a page of zeros', () => zero(copy(), Math.floor((Math.random() * statSync(copy()).size) / 4096))],
    ['the manifest of another backup', (other) => copyFileSync(other.replace(/db$/, 'json'), note())],
    ['the copy of another backup', (other) => copyFileSync(other, copy())],
    ['no manifest', () => rmSync(note())],
    ['something added at the end', () => writeFileSync(copy(), Buffer.concat([readFileSync(copy()), Buffer.alloc(4096)]))],
    ['nothing in it', () => truncateSync(copy(), 0)],
  ];

  test(`${damages} damaged ones are refused, and the living files stay as they are, byte by byte`, { timeout: 30_000 + damages * 200 }, () => {
    const untouched = imprint(folder);
    const otherFirm = mkdtempSync(join(room, 'other-'));
    makeFirm(otherFirm, 31, 400);
    const other = join(otherFirm, 'backups', backupCompany(join(otherFirm, 'office.db'), otherFirm, 'close', proof).file);
    const good = [readFileSync(copy()), readFileSync(note())] as const;
    for (let nth = 0; nth < damages; nth += 1) {
      const [title, damage] = ways[nth % ways.length]!;
      damage(other);
      const refused = refusal(() => restoreBackup(folder, file, proof));
      expect([title, refused.code]).toEqual([title, 'conflict']);
      expect(imprint(folder)).toEqual(untouched);
      tidy();
      writeFileSync(copy(), good[0]);
      writeFileSync(note(), good[1]);
    }
    expect(checkBackup(folder, file, proof).file).toBe(file);
  });

  /** Changes a copy and seals it again, as one who knows the format would. */
  const reseal = (text: string, manifest: (body: Record<string, unknown>) => void = () => undefined): void => {
    const db = openDatabase(copy(), 'write');
    db.exec(text);
    db.pragma('journal_mode = DELETE');
    db.close();
    const { seal: _, ...body } = JSON.parse(readFileSync(note(), 'utf8')) as Record<string, unknown>;
    Object.assign(body, { sha256: hashFile(copy()), bytes: statSync(copy()).size });
    manifest(body);
    writeFileSync(note(), JSON.stringify({ ...body, seal: sha256(JSON.stringify(body)) }));
  };

  test.each([
    ['a row of the chain changed', () => reseal("UPDATE audit SET text = 'x' WHERE seq = 7"), 'conflict'],
    ['a row removed', () => reseal('DELETE FROM lines WHERE id = 3'), 'conflict'],
    ['the end of the chain cut off', () => reseal('DELETE FROM audit WHERE seq = 30'), 'conflict'],
    ['another head in the manifest', () => reseal('', (body) => (body['head'] = sha256('x'))), 'conflict'],
    ['another program’s mark', () => reseal('PRAGMA application_id = 1'), 'conflict'],
    ['a newer schema', () => reseal('PRAGMA user_version = 4', (body) => (body['schema'] = 4)), 'invalid'],
    ['a newer schema that looks damaged to us', () => reseal('PRAGMA user_version = 4; DROP TABLE audit', (body) => (body['schema'] = 4)), 'invalid'],
  ] as const)('also not with %s, though its manifest was made to fit', (_title, damage, code) => {
    damage();
    const untouched = imprint(folder);
    const refused = refusal(() => restoreBackup(folder, file, proof));
    expect(refused.code).toBe(code);
    for (const language of ['en', 'de'] as const) {
      const told = say(refused.words, language, refused.params);
      expect(told).toContain(file);
      expect(told).not.toMatch(/[{}]/);
    }
    expect(imprint(folder)).toEqual(untouched);
    tidy();
  });

  test('nor one that lies elsewhere', () => {
    for (const name of ['../office.db', '/tmp/x.db', 'none.db', '', '..', file.replace(/db$/, 'json')]) expect(refusal(() => restoreBackup(folder, name, proof)).code).toBe('missing');
  });
});

describe('A kill leaves the old or the new database, never neither and never a mixture', () => {
  const steps: readonly Parameters<AtStep>[0][] = ['copied', 'preserved', 'alone', 'intent', 'swapped', 'done'];

  test.each(steps)('at the step “%s”', async (step) => {
    await killed(run('restore', file, step));
    const outcome = finishRestore(folder);
    expect(outcome).toBe({ copied: 'nothing', preserved: 'nothing', alone: 'nothing', intent: 'completed', swapped: 'completed', done: 'nothing' }[step as 'copied']);
    expect(look(folder)).toEqual(['copied', 'preserved', 'alone'].includes(step) ? before : after);
    tidy();
  });

  test.each(['intent', 'aside-linked', 'aside-wal', 'aside', 'swapped'] as const)('at the step “%s” when the old one is damaged, and nothing of it is lost', async (step) => {
    change("UPDATE audit SET text = 'changed' WHERE seq = 2");
    const hashes = imprint(folder);
    await killed(run('restore', file, step));
    expect(finishRestore(folder)).toBe('completed');
    expect(look(folder)).toEqual(after);
    const [aside] = readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('set-aside-'));
    expect(['office.db', 'office.db-wal'].map((name) => hashFile(join(folder, 'backups', aside!, name)))).toEqual(hashes.slice(0, 2));
    tidy();
  });

  test.each(['intent', 'aside-linked', 'aside-wal', 'aside'] as const)('at the step “%s” when the new one is then lost too: the damaged one is back as it was', async (step) => {
    change("UPDATE audit SET text = 'changed' WHERE seq = 2");
    const hashes = imprint(folder);
    await killed(run('restore', file, step));
    const temp = readdirSync(folder).find((name) => name.endsWith('.new'))!;
    truncateSync(join(folder, temp), 1000);
    expect(finishRestore(folder)).toBe('undone');
    expect(imprint(folder).slice(0, 2)).toEqual(hashes.slice(0, 2));
    tidy();
  });

  test('and what somebody wrote to the old one between the kill and the next start is not overwritten', async () => {
    for (const closed of [true, false]) {
      folder = fresh();
      await killed(run('restore', file, 'intent'));
      postIntoWal(folder, 5);
      if (closed) look(folder);
      expect(finishRestore(folder)).toBe('undone');
      expect(look(folder)).toEqual({ seq: 45, entries: 90 });
      tidy();
    }
  });

  test('and a change that was under way when the old one was killed is not overwritten', async () => {
    await killed(run('restore', file, 'intent'));
    writeFileSync(`${live()}-journal`, 'a journal that counts');
    expect(finishRestore(folder)).toBe('undone');
    expect(existsSync(`${live()}-journal`)).toBe(true);
  });

  test('and an intent that a bad disk made unreadable is put aside, and the old database opens', async () => {
    await killed(run('restore', file, 'intent'));
    writeFileSync(join(folder, 'restore.intent'), '{"temp":');
    expect(finishRestore(folder)).toBe('nothing');
    expect(look(folder)).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.startsWith('restore.intent'))).toHaveLength(1);
  });

  test('also when a migrated database is put in place', async () => {
    for (const step of ['intent', 'swapped'] as const) {
      folder = fresh();
      const temp = join(folder, 'office.db.migrating');
      copyFileSync(copy(), temp);
      await killed(run('swap', temp, step));
      expect(finishRestore(folder)).toBe('completed');
      expect(look(folder)).toEqual(after);
      tidy();
    }
    folder = fresh();
    const temp = join(folder, 'office.db.migrating');
    copyFileSync(copy(), temp);
    replaceDatabase(folder, temp);
    expect(look(folder)).toEqual(after);
    tidy();
  });

  test(`at ${kills} random moments, and again while it is finished`, { timeout: 30_000 + kills * 4_000 }, async () => {
    const span = await duration();
    const seen = { old: 0, new: 0, damaged: 0 };
    for (let nth = 0; nth < kills; nth += 1) {
      folder = fresh();
      if (nth % 3 === 2) change("UPDATE audit SET text = 'changed' WHERE seq = 2");
      await killed(run('restore', file), Math.random() * span);
      if (nth % 2) await killed(run('finish', ''), Math.random() * 4);
      finishRestore(folder);
      const found = quietly(() => look(folder));
      if (nth % 3 === 2 && found === null) {
        expect(imprint(folder)[0]).not.toBe('none');
        seen.damaged += 1;
      } else {
        expect([before, after]).toContainEqual(found);
        if (found?.seq === after.seq) seen.new += 1;
        else seen.old += 1;
      }
      tidy();
      for (const one of listBackups(folder)) checkBackup(folder, one.file, proof);
    }
    if (process.env['BUREAU_KILLS']) console.log(`${kills} kills within ${span.toFixed(0)} ms:`, seen);
  });
});

function run(work: string, ...words: string[]): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, 'children/copies.ts'), work, folder, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Waits until a child begins its work, and kills it after `ms`; without `ms` it kills itself. */
async function killed(child: ChildProcess, ms?: number): Promise<void> {
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  const lines = createInterface({ input: child.stdout! });
  await once(lines, 'line');
  if (ms !== undefined) {
    await wait(ms);
    child.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  if (ms === undefined) expect([code, signal]).toEqual([null, 'SIGKILL']);
}

/** How long a restore takes here. */
async function duration(): Promise<number> {
  const child = run('restore', file);
  const lines = createInterface({ input: child.stdout! });
  await once(lines, 'line');
  const start = performance.now();
  await once(lines, 'line');
  const took = performance.now() - start;
  await once(child, 'exit');
  return took * 1.1;
}

function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function zero(path: string, page: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0, page * 4096, (page + 1) * 4096);
  writeFileSync(path, bytes);
}
