import { copyFileSync, linkSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { say } from '#contract/kit/words.ts';
import { backupCompany } from '../../main/db/backup.ts';
import { sha256 } from '../../main/db/disk.ts';
import { filePath, readFile } from '../../main/db/files.ts';
import { openDatabase } from '../../main/db/open.ts';
import { finishRestore, restoreBackup } from '../../main/db/restore.ts';
import { copyFirm, imprint, look, makeFirm, postIntoWal, proof } from './children/firm.ts';

// What a restore does about a migration that fails, a folder that is lost, and the attachments.

const room = mkdtempSync(join(tmpdir(), 'bureau-care-'));
afterAll(() => rmSync(room, { recursive: true }));

/** A company of 30 pairs, its backup, and then 10 more pairs. */
const master = join(room, 'master');
const before = { seq: 40, entries: 80 };
const after = { seq: 30, entries: 60 };
let file = '';
let folder = '';
beforeAll(() => {
  makeFirm(master, 30, 400);
  file = backupCompany(join(master, 'office.db'), master, 'close', proof, Date.UTC(2026, 10, 22, 9, 15)).file;
  postIntoWal(master, 10);
});
beforeEach(() => {
  folder = mkdtempSync(join(room, 'firm-'));
  copyFirm(master, folder);
  for (const name of [file, file.replace(/db$/, 'json')]) copyFileSync(join(master, 'backups', name), join(folder, 'backups', name));
});
const live = (): string => join(folder, 'office.db');

/** Nothing that belongs to a restore is left lying about. */
const tidy = (): void => expect(readdirSync(folder).filter((name) => !/^(office\.db(-wal|-shm)?|files|backups)$/.test(name))).toEqual([]);

function refusal(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('A restore that cannot be finished leaves the company as it was', () => {
  const older = { ...proof, schema: proof.schema + 1 };

  test('when the backup is of an older version and its migration fails: not one byte of the living files is changed', () => {
    const untouched = imprint(folder);
    const prepare = (temp: string): void => {
      const db = openDatabase(temp, 'write');
      db.exec("UPDATE entries SET text = 'half done'");
      db.close();
      throw new Error('database or disk is full');
    };
    const refused = refusal(() => restoreBackup(folder, file, older, undefined, undefined, { prepare, held: () => true }));
    expect(say(refused.words, 'en', refused.params)).toContain('database or disk is full');
    expect(imprint(folder)).toEqual(untouched);
    tidy();
  });

  test('and one whose migration succeeds is swapped as the migrated one', () => {
    const prepare = (temp: string): void => {
      const db = openDatabase(temp, 'write');
      db.pragma('user_version = 4');
      db.pragma('journal_mode = DELETE');
      db.close();
    };
    restoreBackup(folder, file, older, undefined, undefined, { prepare, held: () => true });
    const db = openDatabase(live(), 'read');
    expect(db.pragma('user_version', { simple: true })).toBe(4);
    db.close();
    expect(look(folder)).toEqual(after);
    tidy();
  });

  test.each([1, 2])('when the folder was taken over elsewhere at look %i before the swap', (nth) => {
    let looked = 0;
    const refused = refusal(() => restoreBackup(folder, file, proof, undefined, undefined, { prepare: () => undefined, held: () => ++looked < nth }));
    expect(refused.code).toBe('busy');
    expect(look(folder)).toEqual(before);
    tidy();
  });
});

test('What a killed migration left beside the database is swept at the next opening', () => {
  for (const end of ['', '-wal', '-shm', '-journal']) writeFileSync(join(folder, `office.db.0123456789ab.new${end}`), 'x');
  finishRestore(folder);
  tidy();
});

describe('Attachments', () => {
  const hash = sha256('contract');
  const firm = (): { own: string; file: string; kept: string } => {
    const own = mkdtempSync(join(room, 'firm-'));
    makeFirm(own, 2);
    const made = backupCompany(join(own, 'office.db'), own, 'close', proof).file;
    return { own, file: made, kept: join(own, 'backups', 'files', hash.slice(0, 2), hash) };
  };

  test('of a backup are files of their own: what is written over in the company stays whole in the backup, and comes back', () => {
    const { own, file: made, kept } = firm();
    writeFileSync(filePath(own, hash), 'CONTRACT');
    expect(readFileSync(kept, 'utf8')).toBe('contract');
    expect(restoreBackup(own, made, proof).lost).toEqual([]);
    expect(Buffer.from(readFile(own, hash)).toString()).toBe('contract');
  });

  test('that an older Bureau kept as a second name are parted by the next backup', () => {
    const { own, kept } = firm();
    rmSync(kept);
    linkSync(filePath(own, hash), kept);
    backupCompany(join(own, 'office.db'), own, 'close', proof);
    expect(statSync(kept).ino).not.toBe(statSync(filePath(own, hash)).ino);
    expect(readFileSync(kept, 'utf8')).toBe('contract');
  });

  test('that were damaged in the backups are kept anew by the next one', () => {
    const { own, kept } = firm();
    for (const damage of ['short', 'CONTRACT']) {
      writeFileSync(kept, damage);
      backupCompany(join(own, 'office.db'), own, 'close', proof);
      expect(readFileSync(kept, 'utf8')).toBe('contract');
    }
  });

  test('that cannot be brought back are named', () => {
    const { own, file: made, kept } = firm();
    rmSync(filePath(own, hash));
    writeFileSync(kept, 'CONTRACT');
    expect(restoreBackup(own, made, proof).lost).toEqual([hash]);
  });
});
