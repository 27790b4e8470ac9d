import { join } from 'node:path';
import type { Backup, RestoredBackup } from '#contract/company/company.ts';
import { verifyChain } from '../db/audit.ts';
import { backupCompany, listBackups, type Proof, prune } from '../db/backup.ts';
import { migrateCopy, steps } from '../db/migrate.ts';
import type { Connection } from '../db/open.ts';
import { checkBackup, restoreBackup } from '../db/restore.ts';
import { run, sql } from '../db/sql.ts';
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

/** Backs up every so often when something has changed, and at the end. */
export interface Keeper {
  changed(): void;
  /** Backs up what is not backed up yet, and stops. */
  end(): Promise<void>;
  /** Stops without a backup. */
  stop(): void;
}

export function keep(make: (reason: 'interval' | 'close') => Promise<unknown>, failed: (error: unknown) => void, every: number): Keeper {
  let dirty = false;
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

