import { createHash } from 'node:crypto';
import type { Ctx } from './context.ts';
import type { Connection } from './open.ts';
import { each, first, run, sql } from './sql.ts';

/**
 * The audit log: one append-only row a write, in the same transaction, chained by SHA-256. The chain shows a change to anyone who
 * has kept a later head; whoever can write the file can also recompute it, so heads are kept outside the folder and in every backup.
 */

/** What happened to one record (or, with `lastId`, to all records from `id` to `lastId` of a batch). */
export interface Deed {
  readonly action: string;
  readonly entity: string;
  readonly id: number | null;
  readonly lastId?: number;
  readonly title: string;
  /** Field to [before, after]; a creation lists what was filled in. */
  readonly changes: Readonly<Record<string, unknown>>;
}

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

interface Stored {
  readonly seq: number;
  readonly at: number;
  readonly user_id: number | null;
  readonly by_name: string;
  readonly request: string;
  readonly call: string;
  readonly action: string;
  readonly entity: string;
  readonly record_id: number | null;
  readonly last_id: number | null;
  readonly title: string;
  readonly changes: string;
  readonly hash: string;
}

export const genesis = '0'.repeat(64);

/** Newest row of the chain; seq 0 and zeros when there is none. */
export const head = (db: Connection): Head => first<Head>(db, sql`SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`) ?? { seq: 0, hash: genesis };

/** Hash of a row: SHA-256 over the previous hash, a line feed, and the row's values as a JSON array in the order below. */
function hashOf(before: string, row: Omit<Stored, 'hash'>): string {
  const values = [row.seq, row.at, row.user_id, row.by_name, row.request, row.call, row.action, row.entity, row.record_id, row.last_id, row.title, row.changes];
  return createHash('sha256').update(before).update('\n').update(JSON.stringify(values)).digest('hex');
}

/** Appends a deed to the log. Must be called inside the transaction of the write itself. */
export function append(ctx: Ctx, deed: Deed): Head {
  const last = head(ctx.db);
  const row = {
    seq: last.seq + 1,
    at: ctx.now,
    user_id: ctx.user?.id ?? null,
    by_name: ctx.user?.name ?? '',
    // Half a character, as cutting a text can leave it, would be stored as another text than the one that was hashed.
    request: ctx.request.toWellFormed(),
    call: ctx.call,
    action: deed.action,
    entity: deed.entity,
    record_id: deed.id,
    last_id: deed.lastId ?? null,
    title: deed.title.toWellFormed(),
    changes: JSON.stringify(deed.changes),
  };
  const hash = hashOf(last.hash, row);
  run(
    ctx.db,
    sql`INSERT INTO audit (seq, at, user_id, by_name, request, call, action, entity, record_id, last_id, title, changes, hash)
        VALUES (${row.seq}, ${row.at}, ${row.user_id}, ${row.by_name}, ${row.request}, ${row.call}, ${row.action}, ${row.entity}, ${row.record_id}, ${row.last_id}, ${row.title}, ${row.changes}, ${hash})`,
  );
  if (deed.entity !== '') ctx.touched.add(deed.entity);
  return { seq: row.seq, hash };
}

/** Recomputes the whole chain. Names the first bad row, and compares with a head kept elsewhere when one is given. */
export function verifyChain(db: Connection, kept: Head | null = null, progress?: (done: number) => void): { problems: string[]; seq: number; hash: string } {
  const problems: string[] = [];
  let before = genesis;
  let seq = 0;
  let seen = kept === null || kept.seq === 0;
  for (const row of each<Stored>(db, sql`SELECT seq, at, user_id, by_name, request, call, action, entity, record_id, last_id, title, changes, hash FROM audit ORDER BY seq`)) {
    if (row.seq !== seq + 1) problems.push(`row ${seq + 1} of the audit log is missing`);
    else if (hashOf(before, row) !== row.hash) problems.push(`row ${row.seq} of the audit log was changed after it was written`);
    if (problems.length > 0) break;
    before = row.hash;
    seq = row.seq;
    if (kept && seq === kept.seq) {
      seen = true;
      if (row.hash !== kept.hash) problems.push(`row ${seq} of the audit log differs from the head kept outside the company folder`);
    }
    if (seq % 5000 === 0) progress?.(seq);
  }
  if (!seen && problems.length === 0) problems.push(`the audit log ends at row ${seq}, but row ${kept!.seq} is known from outside: the end was cut off or an older copy was put in place`);
  return { problems, seq, hash: before };
}
