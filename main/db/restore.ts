import { closeSync, copyFileSync, existsSync, linkSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Backup, RestorePreview } from '#contract/company/company.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { Damaged, type Manifest, type Proof, type Proved, asBackup, backupCompany, backupsOf, copyWhole, countRecords, prove, readManifest, refusingDamage, shareFile, sweepBackups } from './backup.ts';
import { beside, codeOf, hashFile, moveOver, syncFile, syncFolder, writeWhole } from './disk.ts';
import { pathIn } from './files.ts';
import { type Connection, openDatabase } from './open.ts';

/**
 * Putting another database in the place of `office.db`, so that a kill at any moment leaves the old or the new one.
 *
 * An old `-wal` or `-journal` beside a new database would be replayed into it. So the old one is first made to stand alone:
 * that moves everything out of its `-wal`, removes it, and fails while anybody else has the database open. Then one rename
 * swaps. Only a database too damaged for that keeps its files, which are set aside. `restore.intent` is written between
 * preparing and swapping; `finishRestore` reads it at the next opening and completes the swap, or undoes it.
 */

const words = {
  name: w('There is no backup “{file}” in this company.', 'Eine Sicherung „{file}“ gibt es in dieser Firma nicht.'),
  damaged: w('The backup “{file}” is damaged ({problem}) and was not restored. The present state is untouched. Choose another backup.', 'Die Sicherung „{file}“ ist beschädigt ({problem}) und wurde nicht zurückgespielt. Der jetzige Stand ist unberührt. Wählen Sie eine andere Sicherung.'),
  newer: w('The backup “{file}” was made by a newer Bureau (data version {found}; this program knows {known}). Update the program first; nothing was changed.', 'Die Sicherung „{file}“ stammt von einem neueren Bureau (Datenstand {found}; dieses Programm kennt {known}). Aktualisieren Sie zuerst das Programm; es wurde nichts geändert.'),
  older: w('The backup “{file}” could not be brought up to this program ({problem}) and was not restored. The present state is untouched.', 'Die Sicherung „{file}“ ließ sich nicht auf den Stand dieses Programms bringen ({problem}) und wurde nicht zurückgespielt. Der jetzige Stand ist unberührt.'),
  taken: w('The company folder was taken over elsewhere meanwhile, so nothing was changed.', 'Der Firmenordner wurde inzwischen anderswo übernommen, deshalb wurde nichts geändert.'),
  open: w('The database is still in use, so nothing was changed. Please try again when running work has ended.', 'Die Datenbank wird noch benutzt, deshalb wurde nichts geändert. Bitte noch einmal versuchen, wenn laufende Arbeiten beendet sind.'),
} as const;

/** What SQLite keeps beside a database. */
const companions = ['-wal', '-shm', '-journal'] as const;

const intentName = 'restore.intent';
const intentSchema = z.strictObject({
  /** The finished new database, beside `office.db`, and its SHA-256. */
  temp: z.string().regex(/^office\.db\.[\w.-]+$/),
  sha256: z.string(),
  /** SHA-256 of the old database that stands alone; null when there is none, or when it is set aside. */
  old: z.string().nullable(),
  /** Folder in `backups` for the three files of a damaged one. */
  aside: z.string().regex(/^set-aside-[\w-]+$/).nullable(),
  /** Name of the backup that is put in place; null when it is a migration. */
  backup: z.string().nullable().default(null),
});
type Intent = z.infer<typeof intentSchema>;

/** Told to a test at each step, so that it can pull the plug there. */
export type AtStep = (step: 'copied' | 'preserved' | 'alone' | 'intent' | 'aside-linked' | 'aside-wal' | 'aside' | 'swapped' | 'done') => void;
const nothing: AtStep = () => undefined;

/** What only a higher floor can do on the way. */
export interface Care {
  /** Brings the checked copy up to this program before it takes the place of anything. */
  readonly prepare: (copy: string) => void;
  /** Whether the folder is still ours; asked just before the swap, because nothing else runs meanwhile. */
  readonly held: () => boolean;
}
const carefree: Care = { prepare: () => undefined, held: () => true };

export interface Restored {
  readonly restored: Backup;
  /** Backup of the state before: restoring it undoes the restore. Null when there was nothing, or when it was too damaged. */
  readonly undo: Backup | null;
  /** Where the three files of a damaged database were set aside, or null. */
  readonly setAside: string | null;
  /** SHA-256 of the attachments of which neither the company nor its backups have a good one. */
  readonly lost: readonly string[];
}

/** Checks a backup as fully as when it was made, against its manifest. @throws Refused when anything differs, or it is newer than we are. */
export function checkBackup(folder: string, file: string, proof: Proof): Backup {
  const manifest = manifestOf(folder, file);
  checkCopy(join(backupsOf(folder), file), file, manifest, proof);
  return asBackup(file, manifest);
}

/** What a restore would change. */
export function previewRestore(db: Connection, folder: string, file: string, proof: Proof): RestorePreview {
  const backup = checkBackup(folder, file, proof);
  const lost = proof.verifyChain(db).seq - manifestOf(folder, file).seq;
  // oxlint-disable-next-line unicorn/no-thenable -- the contract's word; it holds figures and is no function
  return { backup, now: countRecords(db), then: backup.records, lost_writes: Math.max(0, lost) };
}

/**
 * Puts a verified backup in place. The caller holds the lease and has closed every connection to the database.
 * @throws Refused when the backup is damaged, cannot be brought up to this program, or the database is in use; then nothing was changed.
 */
export function restoreBackup(folder: string, file: string, proof: Proof, now: number = Date.now(), at: AtStep = nothing, care: Care = carefree): Restored {
  const manifest = manifestOf(folder, file);
  const live = join(folder, 'office.db');
  const temp = beside(live);
  try {
    // The copy is what is checked, so nothing can change between the check and the swap.
    copyFileSync(join(backupsOf(folder), file), temp);
    syncFile(temp);
    const proved = checkCopy(temp, file, manifest, proof);
    at('copied');
    if (proved.schema < proof.schema) bringUp(temp, file, care);
    const lost = returnFiles(folder, proved.hashes);
    const { undo, aside } = preserve(folder, proof, now, at);
    swap(folder, { temp: temp.slice(folder.length + 1), sha256: hashFile(temp), old: aside === null && existsSync(live) ? hashFile(live) : null, aside, backup: file }, at, care.held);
    return { restored: asBackup(file, manifest), undo, setAside: aside === null ? null : join(backupsOf(folder), aside), lost };
  } catch (error) {
    if (!existsSync(join(folder, intentName))) for (const end of ['', ...companions]) rmSync(`${temp}${end}`, { force: true });
    throw error;
  }
}

function bringUp(temp: string, file: string, care: Care): void {
  try {
    care.prepare(temp);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('conflict', words.older, { file, problem: error instanceof Error ? error.message : String(error) });
  }
  if (hasUnfinished(temp)) throw new Error('the prepared copy does not stand alone');
  syncFile(temp);
}

/**
 * Puts a finished database file, closed and beside `office.db`, in its place: the last step of a migration. Its name begins
 * with `office.db.`. @throws Refused when somebody still has the old one open.
 */
export function replaceDatabase(folder: string, temp: string, at: AtStep = nothing, held: Care['held'] = carefree.held): void {
  const live = join(folder, 'office.db');
  syncFile(temp);
  standAlone(live);
  swap(folder, { temp: temp.slice(folder.length + 1), sha256: hashFile(temp), old: hashFile(live), aside: null, backup: null }, at, held);
}

/** Completes or undoes what a kill interrupted, and tells which backup it put in place. Called with the lease held, before anything opens the database. */
export function finishRestore(folder: string, restored: (backup: string) => void = () => undefined): 'nothing' | 'completed' | 'undone' {
  const text = textOf(join(folder, intentName));
  const intent = text === null ? null : intentIn(text);
  let outcome: 'nothing' | 'completed' | 'undone' = 'nothing';
  if (intent) {
    const ready = isReady(folder, intent);
    if (ready) complete(folder, intent, nothing, carefree.held);
    else undo(folder, intent);
    outcome = ready ? 'completed' : 'undone';
    if (ready && intent.backup !== null) restored(intent.backup);
  } else if (text !== null) {
    // It is written whole or not at all; so this is a damaged disk, and the file is kept for whoever looks into it.
    renameSync(join(folder, intentName), beside(join(folder, intentName)).replace(/new$/, 'damaged'));
  }
  for (const name of readdirSync(folder)) if (/^(office\.db|restore\.intent)\.[0-9a-f]{12}\.new(-journal|-wal|-shm)?$/.test(name)) rmSync(join(folder, name), { force: true });
  sweepBackups(folder, Date.now(), 0);
  return outcome;
}

/** Whether the swap may go on: the new database is whole, and nobody has written to the old one since. */
function isReady(folder: string, intent: Intent): boolean {
  const live = join(folder, 'office.db');
  const temp = join(folder, intent.temp);
  if (!existsSync(temp)) return existsSync(live) && hashFile(live) === intent.sha256;
  if (hashFile(temp) !== intent.sha256) return false;
  if (intent.aside !== null) return true;
  return existsSync(live) ? hashFile(live) === intent.old && !hasUnfinished(live) : intent.old === null;
}

function swap(folder: string, intent: Intent, at: AtStep, held: Care['held']): void {
  if (!held()) throw new Refused('busy', words.taken);
  writeWhole(join(folder, intentName), JSON.stringify(intent));
  at('intent');
  try {
    complete(folder, intent, at, held);
  } catch (error) {
    if (existsSync(join(folder, intent.temp))) undo(folder, intent);
    throw error;
  }
}

/** May be begun again at any point. The rename is the moment of truth: before it the old database, after it the new one. */
function complete(folder: string, intent: Intent, at: AtStep, held: Care['held']): void {
  const live = join(folder, 'office.db');
  const temp = join(folder, intent.temp);
  if (existsSync(temp)) {
    if (intent.aside !== null) setAside(folder, intent.aside, at);
    if (!held()) throw new Refused('busy', words.taken);
    for (const end of companions) rmSync(`${live}${end}`, { force: true });
    syncFolder(folder);
    moveOver(temp, live);
    at('swapped');
    syncFolder(folder);
  }
  rmSync(join(folder, intentName));
  syncFolder(folder);
  at('done');
}

/** The damaged database keeps its name until the swap, and gets a second one; its companions move. Nothing is deleted. */
function setAside(folder: string, aside: string, at: AtStep): void {
  const to = join(backupsOf(folder), aside);
  mkdirSync(to, { recursive: true });
  const live = join(folder, 'office.db');
  if (existsSync(live) && !existsSync(join(to, 'office.db'))) linkOrCopy(live, join(to, 'office.db'));
  at('aside-linked');
  for (const end of companions) {
    if (existsSync(`${live}${end}`)) moveOver(`${live}${end}`, join(to, `office.db${end}`));
    if (end === '-wal') at('aside-wal');
  }
  for (const changed of [to, backupsOf(folder)]) syncFolder(changed);
  at('aside');
}

/** Back to the old database: it still has its name or gets it back, and only then its own companions return to it. */
function undo(folder: string, intent: Intent): void {
  if (intent.aside !== null) takeBack(join(folder, 'office.db'), join(backupsOf(folder), intent.aside, 'office.db'));
  rmSync(join(folder, intentName), { force: true });
  syncFolder(folder);
  rmSync(join(folder, intent.temp), { force: true });
}

function takeBack(live: string, aside: string): void {
  if (!existsSync(aside)) return;
  if (!existsSync(live)) moveOver(aside, live);
  // Beside any other database a -wal would do what all of this is there to prevent.
  else if (hashFile(live) !== hashFile(aside)) return;
  else rmSync(aside);
  for (const end of companions) if (existsSync(`${aside}${end}`) && !existsSync(`${live}${end}`)) moveOver(`${aside}${end}`, `${live}${end}`);
  syncFolder(dirname(live));
}

/** Saves the present state: as a backup where it can be read, else by naming a folder in which its files will be set aside. */
function preserve(folder: string, proof: Proof, now: number, at: AtStep): { readonly undo: Backup | null; readonly aside: string | null } {
  const live = join(folder, 'office.db');
  const aside = `set-aside-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}Z-${beside('').slice(1, 7)}`;
  // SQLite deletes the -wal of a database that is empty or missing as soon as it opens it, so it is not asked.
  if (!looksWhole(live)) return { undo: null, aside: ['', ...companions].some((end) => existsSync(`${live}${end}`)) ? aside : null };
  try {
    // A kill while the database was made to stand alone: rolled back here, because a reader cannot.
    if (isHot(`${live}-journal`)) refusingDamage(() => openDatabase(live, 'write').close());
    const made = backupCompany(live, folder, 'restore', proof, now);
    at('preserved');
    standAlone(live);
    at('alone');
    return { undo: made, aside: null };
  } catch (error) {
    if (error instanceof Damaged) return { undo: null, aside };
    throw error;
  }
}

/** Moves everything out of the `-wal` and removes it. Needs the database alone, so it also proves that nobody else has it open. */
function standAlone(file: string): void {
  refusingDamage(() => {
    const db = openDatabase(file, 'write');
    try {
      if (db.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new Refused('busy', words.open);
    } catch (error) {
      if (codeOf(error).startsWith('SQLITE_BUSY')) throw new Refused('busy', words.open);
      throw error;
    } finally {
      db.close();
    }
  });
  if (hasUnfinished(file)) throw new Refused('busy', words.open);
  syncFile(file);
}

/** Whether a database has changes that are not yet in its own file. */
const hasUnfinished = (file: string): boolean => sizeOf(`${file}-wal`) > 0 || isHot(`${file}-journal`);

/** A journal counts when its first byte is not zero; SQLite leaves others behind when it is killed before they count. */
const isHot = (journal: string): boolean => firstBytes(journal, 1).some((byte) => byte !== 0);

const looksWhole = (file: string): boolean => sizeOf(file) >= 512 && firstBytes(file, 16).toString('latin1') === 'SQLite format 3\0';

function firstBytes(file: string, count: number): Buffer {
  if (sizeOf(file) < count) return Buffer.alloc(0);
  const bytes = Buffer.alloc(count);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, bytes);
    return bytes;
  } finally {
    closeSync(handle);
  }
}

/** Attachments that the restored database refers to and the company lacks, or has damaged, come back from `backups/files`. Returns those that cannot. */
function returnFiles(folder: string, hashes: readonly string[]): string[] {
  const touched = new Set<string>();
  const lost = hashes.filter((hash) => !shareFile(pathIn(join(backupsOf(folder), 'files'), hash), pathIn(join(folder, 'files'), hash), hash, touched));
  for (const shelf of touched) syncFolder(shelf);
  return lost;
}

function manifestOf(folder: string, file: string): Manifest {
  const manifest = readManifest(folder, file);
  if (manifest && existsSync(join(backupsOf(folder), file))) return manifest;
  const there = /^[\w.-]+\.db$/.test(file) && existsSync(join(backupsOf(folder), file));
  throw there ? new Refused('conflict', words.damaged, { file, problem: 'manifest' }) : new Refused('missing', words.name, { file: file.slice(0, 120) });
}

function checkCopy(path: string, file: string, manifest: Manifest, proof: Proof): Proved {
  const refuse = (problem: string): Refused => new Refused('conflict', words.damaged, { file, problem });
  if (statSync(path).size !== manifest.bytes || hashFile(path) !== manifest.sha256) throw refuse('SHA-256');
  let proved: Proved;
  try {
    proved = prove(path, proof);
  } catch (error) {
    // A newer schema may well look damaged to us; the true reason is told first.
    if (manifest.schema > proof.schema) throw newer(file, manifest.schema, proof);
    throw error instanceof Damaged ? refuse(error.problem) : error;
  }
  if (Math.max(proved.schema, manifest.schema) > proof.schema) throw newer(file, Math.max(proved.schema, manifest.schema), proof);
  const { schema, seq, head, records } = proved;
  const same = JSON.stringify([schema, seq, head, records]) === JSON.stringify([manifest.schema, manifest.seq, manifest.head, manifest.records]);
  if (!same) throw refuse('manifest');
  return proved;
}

const newer = (file: string, found: number, proof: Proof): Refused => new Refused('invalid', words.newer, { file, found, known: proof.schema });

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyWhole(from, to);
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function intentIn(text: string): Intent | null {
  try {
    return intentSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
