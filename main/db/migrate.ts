import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refused } from '#contract/kit/failure.ts';
import { countRecords } from './backup.ts';
import { beside, codeOf } from './disk.ts';
import { applicationId, type Connection, openDatabase, transaction } from './open.ts';
import { replaceDatabase } from './restore.ts';

/**
 * Migrations are `NNNN_what.sql`, never edited once landed. An existing company is migrated on a copy: all steps in one transaction,
 * then integrity, foreign keys and row counts are checked, and only then the copy takes the place of the original. A backup made before keeps it.
 */

export interface Step {
  readonly number: number;
  readonly file: string;
  readonly text: string;
}

const stepsFolder = fileURLToPath(new URL('./migrations/', import.meta.url));

/** All steps in order. @throws Error when numbers are missing or doubled */
export function steps(from: string = stepsFolder): readonly Step[] {
  const files = readdirSync(from).filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file)).sort();
  return files.map((file, at) => {
    const number = Number(file.slice(0, 4));
    if (number !== at + 1) throw new Error(`migration ${file} is out of order`);
    return { number, file, text: readFileSync(join(from, file), 'utf8') };
  });
}

export const schemaVersion = (db: Connection): number => db.pragma('user_version', { simple: true }) as number;

const newer = { en: 'This company was last used with a newer Bureau (data version {found}; this program knows {known}). Please update the program; nothing was changed.', de: 'Diese Firma wurde zuletzt mit einem neueren Bureau benutzt (Datenstand {found}; dieses Programm kennt {known}). Bitte das Programm aktualisieren; es wurde nichts geändert.' };
const foreign = { en: 'This file is not a Bureau company.', de: 'Diese Datei ist keine Bureau-Firma.' };

/** Applies what is missing to an open database, in one transaction. For new files and for copies. */
export function apply(db: Connection, all: readonly Step[] = steps()): void {
  const from = schemaVersion(db);
  if (from > all.length) throw new Refused('invalid', newer, { found: from, known: all.length });
  db.pragma('foreign_keys = OFF');
  transaction(db, () => {
    for (const step of all.slice(from)) db.exec(step.text);
    const broken = db.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`migration leaves ${broken.length} broken references`);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${all.length}`);
  });
  db.pragma('foreign_keys = ON');
}

/** Data version of a company file and whether steps are missing. @throws Refused when it is foreign or newer than this program */
export function inspect(file: string, all: readonly Step[] = steps()): { version: number; pending: number } {
  const db = openAfterKill(file);
  try {
    const version = schemaVersion(db);
    if (db.pragma('application_id', { simple: true }) !== applicationId) throw new Refused('invalid', foreign);
    if (version > all.length) throw new Refused('invalid', newer, { found: version, known: all.length });
    return { version, pending: all.length - version };
  } finally {
    db.close();
  }
}

/** Opens for reading. What a kill left half written in a database that stands alone is taken back first, which only a connection that may write can do. */
function openAfterKill(file: string): Connection {
  try {
    return openDatabase(file, 'read');
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_READONLY_ROLLBACK') throw error;
    openDatabase(file, 'write').close();
    return openDatabase(file, 'read');
  }
}

/**
 * Brings a closed company up to this program's version: all steps on a copy, which then takes the place of the original. The caller holds
 * the lease and has made a backup, which keeps the old state. Killed at any moment it leaves the old file or the new one.
 */
export function migrateFile(folder: string, all: readonly Step[] = steps(), held: () => boolean = () => true): { from: number; to: number } {
  const file = join(folder, 'office.db');
  const { version, pending } = inspect(file, all);
  if (pending === 0) return { from: version, to: version };
  const copy = beside(file);
  try {
    const source = openDatabase(file, 'write');
    try {
      source.prepare('VACUUM INTO ?').run(copy);
    } finally {
      source.close();
    }
    migrateCopy(copy, all);
    replaceDatabase(folder, copy, undefined, held);
  } catch (error) {
    // Its intent may name the copy: then the next opening decides about it.
    if (!existsSync(join(folder, 'restore.intent'))) for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${copy}${end}`, { force: true });
    throw error;
  }
  return { from: version, to: all.length };
}

/** Brings a database that nobody uses up to this program's version, checks it, and leaves it standing alone. What throws leaves it half done: for copies. */
export function migrateCopy(copy: string, all: readonly Step[] = steps()): void {
  const db = openDatabase(copy, 'write');
  try {
    const before = countRecords(db);
    apply(db, all);
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error('the migrated copy is damaged');
    const after = countRecords(db);
    const lost = Object.keys(before).filter((table) => (after[table] ?? 0) < before[table]!);
    if (lost.length > 0) throw new Error(`migration loses rows of ${lost.join(', ')}`);
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}
