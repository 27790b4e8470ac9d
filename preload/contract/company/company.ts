import { z } from 'zod';
import { call, needs, nothing } from '../kit/call.ts';
import { type Language, languages } from '../kit/words.ts';

/** The firm itself and its folder: facts, number series, backups, checks. */

export interface Company {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
  readonly language: Language;
  readonly idle_minutes: number;
  readonly folder: string;
  readonly demo: boolean;
  readonly schema: number;
  readonly backup: BackupState;
}

/** Age of the newest verified backup, for the status bar. */
export interface BackupState {
  readonly last_at: number | null;
  readonly changed_since: boolean;
  /** When the automatic backup failed, if none has succeeded since. */
  readonly failed_at: number | null;
}

export interface Backup {
  readonly file: string;
  readonly at: number;
  readonly bytes: number;
  readonly reason: 'close' | 'interval' | 'migration' | 'demand' | 'restore';
  readonly records: Readonly<Record<string, number>>;
  readonly head: string;
  readonly schema: number;
}

/** A backup that was put in place, with the SHA-256 of the attachments that neither the company nor its backups have whole. */
export interface RestoredBackup extends Backup {
  readonly lost_files: readonly string[];
}

/** What `verify` found. `good` only when every list of problems is empty. */
export interface Verification {
  readonly good: boolean;
  readonly checks: readonly { readonly name: 'integrity' | 'foreign_keys' | 'chain' | 'head' | 'files' | 'ledger'; readonly good: boolean; readonly looked_at: number; readonly problems: readonly string[] }[];
  readonly head: { readonly seq: number; readonly hash: string };
}

/** What a restore would change, and afterwards what it did. `undo` is the backup made of the present state. */
export interface RestorePreview {
  readonly backup: Backup;
  readonly now: Readonly<Record<string, number>>;
  readonly then: Readonly<Record<string, number>>;
  readonly lost_writes: number;
}

export interface Series {
  readonly id: number;
  readonly name: string;
  readonly prefix: string;
  readonly next: number;
  readonly digits: number;
}

const currency = z.string().regex(/^[A-Z]{3}$/, 'is not a currency code (ISO 4217)');
const file = z.string().regex(/^[\w.-]{1,120}$/, 'is not the name of a backup');

export const companyCalls = {
  'company.get': call<Company>()({ kind: 'read', input: nothing, needs: 'user', about: 'The open company.' }),
  'company.update': call<null>()({
    kind: 'write',
    input: z.strictObject({ name: z.string().trim().min(1).max(200).optional(), currency: currency.optional(), country: z.string().max(2).optional(), language: z.enum(languages).optional(), idle_minutes: z.int().min(0).max(240).optional() }),
    needs: needs('company', 'write'),
    about: 'Changes facts about the company.',
  }),
  'company.counts': call<Readonly<Record<string, number>>>()({ kind: 'heavy', input: nothing, needs: 'user', about: 'How many records there are of each kind that the user may see.' }),
  'sequence.list': call<readonly Series[]>()({ kind: 'read', input: nothing, needs: needs('company', 'read'), about: 'The number series.' }),
  'sequence.update': call<null>()({
    kind: 'write',
    input: z.strictObject({ id: z.int().positive(), prefix: z.string().max(20).optional(), next: z.int().min(1).max(999_999_999).optional(), digits: z.int().min(1).max(9).optional() }),
    needs: needs('company', 'write'),
    about: 'Changes a number series; the next number may only go up.',
  }),
  'backup.list': call<readonly Backup[]>()({ kind: 'read', input: nothing, needs: needs('company', 'read'), about: 'The backups in the company folder, newest first.' }),
  'backup.create': call<Backup>()({ kind: 'job', input: nothing, needs: needs('company', 'write'), label: { en: 'Backing up', de: 'Sicherung läuft' }, about: 'Makes a backup now and verifies it.' }),
  'backup.preview': call<RestorePreview>()({ kind: 'heavy', input: z.strictObject({ file }), needs: needs('company', 'approve'), about: 'What would be different after restoring a backup.' }),
  'backup.restore': call<RestoredBackup>()({ kind: 'write', input: z.strictObject({ file }), needs: needs('company', 'approve'), about: 'Puts a verified backup in place of the present state, which is backed up first so that it can be undone.' }),
  'company.verify': call<Verification>()({ kind: 'job', input: nothing, needs: needs('company', 'read'), label: { en: 'Verifying', de: 'Prüfung läuft' }, about: 'Checks integrity, foreign keys, the audit chain, its head outside the folder, every file by its hash, and the books line by line.' }),
};
