import type { Backup, BackupState, RestorePreview, Verification } from '#contract/company/company.ts';
import { head, verifyChain } from '../db/audit.ts';
import { listBackups } from '../db/backup.ts';
import type { Ctx, Job } from '../db/context.ts';
import { checkFiles } from '../db/files.ts';
import type { Head } from '../db/heads.ts';
import { previewRestore } from '../db/restore.ts';
import { storedHashes } from '../records/document.ts';
import { backUp, failedAt, proof } from './keeping.ts';

/** Backups and checks, as calls. */

export const list = (ctx: Ctx): readonly Backup[] => listBackups(ctx.folder).slice(0, 1000);

export const create = (ctx: Ctx): Backup => backUp(ctx.folder, 'demand', ctx.db);

export const preview = (ctx: Ctx, input: { file: string }): RestorePreview => previewRestore(ctx.db, ctx.folder, input.file, proof());

/** How the newest backup compares with now: its age, whether anything was written after it, and whether the automatic one fails. */
export function state(ctx: Ctx): BackupState {
  const newest = listBackups(ctx.folder)[0];
  return { last_at: newest?.at ?? null, changed_since: newest?.head !== head(ctx.db).hash, failed_at: newest && newest.at > (failedAt(ctx.folder) ?? 0) ? null : failedAt(ctx.folder) };
}

/** Everything that can be checked without trusting what is checked. `kept` is the head of the log that was known before; `ledger` is handed down by those who know books. */
export function verify(ctx: Ctx, kept: Head | null, job: Job, ledger: (ctx: Ctx, job: Job) => { readonly entries: number; readonly problems: readonly string[] }): Verification {
  const rows = head(ctx.db).seq;
  job.progress(0, 5, 'integrity');
  const integrity = (ctx.db.pragma('integrity_check(100)') as { integrity_check: string }[]).map((row) => row.integrity_check).filter((line) => line !== 'ok');
  job.check();
  job.progress(1, 5, 'foreign_keys');
  const broken = (ctx.db.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]).slice(0, 100).map((row) => `row ${row.rowid} of ${row.table} points to a missing row of ${row.parent}`);
  job.check();
  job.progress(2, 5, 'chain');
  const chain = verifyChain(ctx.db, null, () => job.check());
  const headProblems = kept ? verifyChain(ctx.db, kept, () => job.check()).problems.filter((problem) => !chain.problems.includes(problem)) : [];
  job.progress(3, 5, 'files');
  const files = checkFiles(ctx.folder, storedHashes(ctx.db), () => job.check());
  const lost = [...files.missing.map((hash) => `file ${hash} is missing`), ...files.damaged.map((hash) => `file ${hash} is not what was stored`)];
  job.progress(4, 5, 'ledger');
  const books = ledger(ctx, { check: () => job.check(), progress: (done, total) => job.progress(total * 4 + done, total * 5, 'ledger') });
  job.progress(5, 5, '');
  const check = (name: Verification['checks'][number]['name'], looked_at: number, problems: readonly string[]) => ({ name, good: problems.length === 0, looked_at, problems });
  const checks = [check('integrity', 1, integrity), check('foreign_keys', 1, broken), check('chain', rows, chain.problems), check('head', kept ? 1 : 0, headProblems), check('files', files.looked_at, lost), check('ledger', books.entries, books.problems)];
  return { good: checks.every((one) => one.good), checks, head: { seq: chain.seq, hash: chain.hash } };
}
