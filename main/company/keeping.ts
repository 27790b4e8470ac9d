import { join } from 'node:path';
import type { Backup, RestoredBackup } from '#contract/company/company.ts';
import { verifyChain } from '../db/audit.ts';
import { backupCompany, listBackups, type Proof, prune, readManifest } from '../db/backup.ts';
import { migrateCopy, steps } from '../db/migrate.ts';
import type { Connection } from '../db/open.ts';
import { checkBackup, restoreBackup } from '../db/restore.ts';
import { first, run, sql } from '../db/sql.ts';
import { storedHashes } from '../records/document.ts';

/** When backups are made, and what proves them: the chain, the files, the version. */

export const proof = (): Proof => ({ verifyChain: (db) => verifyChain(db), hashes: storedHashes, schema: steps().length });

/** Makes a verified backup of a company and lets old ones go. Blocks its thread: for workers, and before a migration. */
export function backUp(folder: string, reason: Backup['reason'], db?: Connection): Backup {
  const made = backupCompany(db ?? join(folder, 'office.db'), folder, reason, proof());
  prune(folder);
  return made;
}

/** The state before a migration, kept for 90 days. */
export const beforeMigration = (folder: string): Backup => backUp(folder, 'migration');

/** Puts a verified backup, brought up to this program, in place of the present state. Every connection is closed. @throws Refused; then nothing was changed */
export function restore(folder: string, file: string, held: () => boolean): RestoredBackup {
  const { restored, lost } = restoreBackup(folder, file, proof(), undefined, undefined, { prepare: (copy) => migrateCopy(copy), held });
  return { ...restored, lost_files: lost };
}

/** The newest backup that passes all its checks, null when there is none. */
export function newestGood(folder: string): string | null {
  for (const { file } of listBackups(folder)) {
    try {
      return checkBackup(folder, file, proof()).file;
    } catch {
      // This one is damaged; an older one may be good.
    }
  }
  return null;
}

const month = 30 * 86_400_000;

/** Lets first replies go that no retry will ask for any more. */
export const forgetReplies = (db: Connection, now: number): void => void run(db, sql`DELETE FROM requests WHERE at < ${now - month}`);

/** Whether anything but coming and going was written after the newest backup: what a kill kept from being backed up on closing. */
export function changedSince(db: Connection, folder: string): boolean {
  const [newest] = listBackups(folder);
  const seq = newest ? (readManifest(folder, newest.file)?.seq ?? 0) : 0;
  return first(db, sql`SELECT seq FROM audit WHERE seq > ${seq} AND entity NOT IN ('session', '') LIMIT 1`) !== undefined;
}

/** When the automatic backup of an open company failed last; nothing once one has succeeded. */
const failures = new Map<string, number>();
export const failedAt = (folder: string): number | null => failures.get(folder) ?? null;
export const noteBackup = (folder: string, failed: number | null): void => void (failed === null ? failures.delete(folder) : failures.set(folder, failed));

/** Backs up every so often when something has changed, and at the end. */
export interface Keeper {
  changed(): void;
  /** Backs up what is not backed up yet, and stops. */
  end(): Promise<void>;
  /** Stops without a backup. */
  stop(): void;
}

export function keep(make: (reason: 'interval' | 'close') => Promise<unknown>, failed: (error: unknown) => void, every: number, changedBefore = false): Keeper {
  let dirty = changedBefore;
  let making: Promise<void> = Promise.resolve();
  const back = (reason: 'interval' | 'close'): Promise<void> => {
    if (!dirty) return making;
    dirty = false;
    making = making
      .then(() => make(reason))
      .then(
        () => undefined,
        (error: unknown) => {
          dirty = true;
          failed(error);
        },
      );
    return making;
  };
  const timer = setInterval(() => void back('interval'), every);
  timer.unref();
  return {
    changed: () => {
      dirty = true;
    },
    stop: () => clearInterval(timer),
    end: async () => {
      clearInterval(timer);
      await back('close');
    },
  };
}

