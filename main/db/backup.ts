import { constants, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Backup } from '#contract/company/company.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { beside, codeOf, hashFile, moveOver, placeNew, sha256, syncFile, syncFolder, writeNew } from './disk.ts';
import { makeShelf, pathIn, stateOf } from './files.ts';
import { applicationId, type Connection, openDatabase } from './open.ts';

/**
 * Backups: a copy made by `VACUUM INTO`, opened again and proved, with a sealed manifest beside it. The manifest takes
 * its name first and the copy second, and only both together are a backup; a kill in between leaves neither.
 */

/** What only a higher floor knows: how the audit chain is checked, which attachments are referred to, which schema is ours. */
export interface Proof {
  readonly verifyChain: (db: Connection) => { readonly problems: readonly string[]; readonly seq: number; readonly hash: string };
  readonly hashes: (db: Connection) => readonly string[];
  /** Newest `user_version` this program knows. */
  readonly schema: number;
}

/** What a database file was found to hold when it passed every check. */
export interface Proved {
  readonly schema: number;
  readonly seq: number;
  readonly head: string;
  readonly records: Readonly<Record<string, number>>;
  readonly hashes: readonly string[];
}

const manifestSchema = z.strictObject({
  format: z.literal(1),
  at: z.int(),
  reason: z.enum(['close', 'interval', 'migration', 'demand', 'restore']),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  schema: z.int(),
  seq: z.int().min(0),
  head: z.string(),
  records: z.record(z.string(), z.int().min(0)),
  /** How many attachments the database refers to, and those that could not be kept because they are missing or damaged. */
  files: z.int().min(0),
  lost_files: z.array(z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

const words = {
  damaged: w('The database is damaged: {problem}. No backup was made of it. Older backups are untouched.', 'Die Datenbank ist beschädigt: {problem}. Davon wurde keine Sicherung angelegt. Ältere Sicherungen sind unberührt.'),
} as const;

/** A database did not pass its checks. */
export class Damaged extends Refused {
  readonly problem: string;

  constructor(problem: string) {
    super('conflict', words.damaged, { problem });
    this.problem = problem;
  }
}

export const backupsOf = (folder: string): string => join(folder, 'backups');

/**
 * Makes a backup and returns when it is proved and durable. Takes as long as the database is large: run it in a worker.
 * @param db an open connection without a transaction, or the path of the database
 * @throws Damaged when the copy does not pass its checks; then no backup was made.
 */
export function backupCompany(db: Connection | string, folder: string, reason: Backup['reason'], proof: Proof, now: number = Date.now()): Backup {
  const store = backupsOf(folder);
  mkdirSync(store, { recursive: true });
  const temp = beside(join(store, 'backup'));
  try {
    copyDatabase(db, temp);
    syncFile(temp);
    const proved = prove(temp, proof);
    const manifest: Manifest = {
      format: 1, at: now, reason, bytes: statSync(temp).size, sha256: hashFile(temp), schema: proved.schema, seq: proved.seq, head: proved.head,
      records: proved.records, files: proved.hashes.length, lost_files: keepFiles(folder, proved.hashes),
    };
    return asBackup(place(store, temp, manifest), manifest);
  } finally {
    for (const left of [temp, `${temp}-journal`]) rmSync(left, { force: true });
  }
}

function copyDatabase(db: Connection | string, to: string): void {
  if (typeof db !== 'string' && db.inTransaction) throw new Error('a backup cannot be made inside a transaction');
  refusingDamage(() => {
    const source = typeof db === 'string' ? openDatabase(db, 'read') : db;
    try {
      source.prepare('VACUUM INTO ?').run(to);
    } finally {
      if (typeof db === 'string') source.close();
    }
  });
}

/** Opens a closed database file and checks pages, references, chain and origin. @throws Damaged */
export function prove(file: string, proof: Proof): Proved {
  return refusingDamage(() => {
    const db = openDatabase(file, 'read');
    try {
      if (db.pragma('application_id', { simple: true }) !== applicationId) throw new Damaged('not a Bureau company');
      const [broken] = db.prepare<[], { integrity_check: string }>('PRAGMA integrity_check(1)').all();
      if (broken?.integrity_check !== 'ok') throw new Damaged(broken?.integrity_check ?? 'no answer');
      const [orphan] = db.prepare<[], { table: string; parent: string }>('PRAGMA foreign_key_check').all();
      if (orphan) throw new Damaged(`${orphan.table} refers to a missing row of ${orphan.parent}`);
      const chain = proof.verifyChain(db);
      if (chain.problems.length > 0) throw new Damaged(chain.problems[0]!);
      const schema = Number(db.pragma('user_version', { simple: true }));
      return { schema, seq: chain.seq, head: chain.hash, records: countRecords(db), hashes: [...new Set(proof.hashes(db))].toSorted() };
    } finally {
      db.close();
    }
  });
}

/** Rows in every table of ours; the tables behind a search index do not count. */
export function countRecords(db: Connection): Record<string, number> {
  const tables = db.prepare<[], { name: string }>("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name").all();
  return Object.fromEntries(tables.map(({ name }) => [name, db.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0]));
}

/** What SQLite says about a file that is damaged, or is no database, becomes words; a full disk or a lock stays what it is. */
export function refusingDamage<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    const damage = /^SQLITE_(NOTADB|CORRUPT|ERROR|CONSTRAINT|MISMATCH|TOOBIG|FORMAT|SCHEMA)/.test(code) || code === 'SQLITE_IOERR_SHORT_READ';
    if (damage && error instanceof Error) throw new Damaged(error.message);
    throw error;
  }
}

/** How many bytes of what is already there a backup reads again, or parts from the company where an older Bureau made both one. */
const rereads = 256 << 20;

/** What this process has read and found good: path to size and time of change. */
const seenGood = new Map<string, string>();

/**
 * Keeps the attachments a backup refers to in `backups/files`. Returns those of which there is no good one. Only what is not
 * there yet is copied; of the others every size is looked at, and a part is read, so that a backup stays quick.
 */
function keepFiles(folder: string, hashes: readonly string[]): string[] {
  const touched = new Set<string>();
  let left = rereads;
  const lost = hashes.filter((hash) => {
    const [source, target] = [pathIn(join(folder, 'files'), hash), pathIn(join(backupsOf(folder), 'files'), hash)];
    const [mine, kept] = [source, target].map((file) => statSync(file, { throwIfNoEntry: false }));
    if (kept === undefined || (mine !== undefined && mine.size !== kept.size)) return !shareFile(source, target, hash, touched);
    const stamp = `${kept.size} ${kept.mtimeMs} ${kept.ino}`;
    const one = mine?.ino === kept.ino && kept.nlink > 1;
    if ((!one && seenGood.get(target) === stamp) || left <= 0) return false;
    left -= kept.size;
    const good = one ? partFile(source, target, hash) : shareFile(source, target, hash, touched);
    if (good && !one) seenGood.set(target, stamp);
    return !good;
  });
  for (const shelf of touched) syncFolder(shelf);
  return lost;
}

/** Puts a content from `source` to `target` unless there is a good one. A copy and never a second name: what damages one must leave the other. False: there is no good one. */
export function shareFile(source: string, target: string, hash: string, touched: Set<string>): boolean {
  if (stateOf(target, hash) === 'good') return true;
  if (stateOf(source, hash) !== 'good') return false;
  makeShelf(target);
  touched.add(dirname(target));
  return copyWhole(source, target, hash);
}

/** Gives a backup a file of its own where it shares one with the company. No room for that is no reason to fail. */
function partFile(source: string, target: string, hash: string): boolean {
  try {
    return copyWhole(source, target, hash);
  } catch (error) {
    if (codeOf(error) === 'ENOSPC') return stateOf(target, hash) === 'good';
    throw error;
  }
}

/** Copies a file so that it has its name only when it is whole and durable, and has the content that `hash` names. False: it has not. Free where the disk can share blocks. */
export function copyWhole(from: string, to: string, hash?: string): boolean {
  const temp = beside(to);
  try {
    copyFileSync(from, temp, constants.COPYFILE_FICLONE);
    syncFile(temp);
    if (hash !== undefined && hashFile(temp) !== hash) return false;
    moveOver(temp, to);
    return true;
  } finally {
    rmSync(temp, { force: true });
  }
}

/** Gives manifest and copy a name that neither has ever had. Returns the name of the copy. */
function place(store: string, temp: string, manifest: Manifest): string {
  const note = beside(join(store, 'manifest'));
  writeNew(note, seal(manifest));
  const name = `${new Date(manifest.at).toISOString().slice(0, 19).replaceAll(':', '-')}Z-${manifest.reason}`;
  try {
    for (let nth = 1; ; nth += 1) {
      const base = join(store, nth === 1 ? name : `${name}-${nth}`);
      if (existsSync(`${base}.db`) || !placeNew(note, `${base}.json`)) continue;
      moveOver(temp, `${base}.db`);
      syncFolder(store);
      return `${nth === 1 ? name : `${name}-${nth}`}.db`;
    }
  } finally {
    rmSync(note, { force: true });
  }
}

/** The manifest as text with the SHA-256 of itself, so that damage to it shows too. It proves nothing against intent. */
const seal = (manifest: Manifest): string => JSON.stringify({ ...manifest, seal: sha256(JSON.stringify(manifest)) });

/** The manifest of a backup; null when there is none, or when it is not exactly as it was written. */
export function readManifest(folder: string, file: string): Manifest | null {
  if (!/^[\w-][\w.-]{0,115}\.db$/.test(file)) return null;
  try {
    const text = readFileSync(join(backupsOf(folder), file.replace(/db$/, 'json')), 'utf8');
    const { seal: _, ...rest } = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    const read = manifestSchema.parse(rest);
    return seal(read) === text ? read : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || ['ENOENT', 'EISDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}

export const asBackup = (file: string, { at, bytes, reason, records, head, schema }: Manifest): Backup => ({ file, at, bytes, reason, records, head, schema });

/** The backups of a company, newest first. What has no manifest, or a damaged one, is not listed. */
export function listBackups(folder: string): Backup[] {
  const names = new Set(entriesOf(backupsOf(folder)));
  const found = [...names].flatMap((file) => {
    const manifest = file.endsWith('.db') && names.has(file.replace(/db$/, 'json')) ? readManifest(folder, file) : null;
    return manifest ? [asBackup(file, manifest)] : [];
  });
  return found.toSorted((a, b) => b.at - a.at || compareNames(b.file, a.file));
}

const compareNames = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Removes backups that are no longer needed. Kept are those of the last 24 hours up to 20, then the newest of each of the
 * newest 15 days that have backups, 9 weeks and 13 months; of those made before a migration the newest and what is not
 * older than 90 days, and of those made before a restore the newest and 7 days, so that both can be undone. Days are
 * counted and not compared with the clock, so neither a clock set ahead nor a year without work costs the history.
 * Returns the names of the removed.
 */
export function prune(folder: string, now: number = Date.now()): string[] {
  const backups = listBackups(folder);
  const kept = worthKeeping(backups, now);
  const gone = backups.filter((backup) => !kept.has(backup.file)).map((backup) => backup.file);
  const store = backupsOf(folder);
  for (const file of gone) {
    rmSync(join(store, file), { force: true });
    rmSync(join(store, file.replace(/db$/, 'json')), { force: true });
  }
  sweepBackups(folder, now);
  return gone;
}

function worthKeeping(backups: readonly Backup[], now: number): Set<string> {
  const kept = new Set<string>();
  const keep = (some: readonly Backup[]): void => some.forEach((backup) => kept.add(backup.file));
  const past = backups.filter((backup) => backup.at <= now);
  // A clock that was wrong makes backups of the future; they are counted for themselves, and take no place of the past.
  const future = backups.filter((backup) => backup.at > now);
  for (const some of [past, future]) {
    keep(some.filter((backup) => (some === past ? now : some[0]!.at) - backup.at <= day).slice(0, 20));
    keep(firstOfEach(some, (at) => Math.floor(at / day)).slice(0, 15));
    keep(firstOfEach(some, (at) => Math.floor((at / day + 3) / 7)).slice(0, 9));
    keep(firstOfEach(some, (at) => new Date(at).toISOString().slice(0, 7)).slice(0, 13));
    for (const [reason, days] of [['migration', 90], ['restore', 7]] as const) keep(some.filter((backup) => backup.reason === reason).filter((backup, nth) => nth === 0 || now - backup.at <= days * day));
  }
  return kept;
}

function firstOfEach(backups: readonly Backup[], bucket: (at: number) => number | string): Backup[] {
  const seen = new Map<number | string, Backup>();
  for (const backup of backups) if (!seen.has(bucket(backup.at))) seen.set(bucket(backup.at), backup);
  return [...seen.values()];
}

/** Removes what killed backups left: unfinished files, and manifests whose copy never came. `older` than an hour unless told. */
export function sweepBackups(folder: string, now: number = Date.now(), older: number = hour): void {
  const store = backupsOf(folder);
  const names = new Set(entriesOf(store));
  for (const name of names) {
    const left = /^(backup|manifest)\.[0-9a-f]{12}\.new(-journal)?$/.test(name) || (name.endsWith('.json') && !names.has(name.replace(/json$/, 'db')) && readManifest(folder, name.replace(/json$/, 'db')) !== null);
    if (left && (older === 0 || now - statSync(join(store, name)).mtimeMs >= older)) rmSync(join(store, name), { force: true });
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
