import { entities } from '#contract/calls.ts';
import { reaches, type Rights } from '#contract/kit/access.ts';
import { addDays } from '#contract/kit/day.ts';
import type { Change } from '#contract/company/audit.ts';
import type { RecordRef } from '#contract/records/links.ts';
import type { Ctx } from '../db/context.ts';
import { emptyRow, entityNamed } from '../db/entities.ts';
import { all, empty, sql } from '../db/sql.ts';
import { get } from '../db/table.ts';
import { sees, visible } from '../db/values.ts';
import { guardRecord } from '../records/links.ts';

/** What happened to records, read back from the audit log, and their values on any past day. */

interface Logged {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly action: string;
  readonly entity: string;
  readonly id: number | null;
  readonly title: string;
  readonly changes: string;
}

const columns = sql`seq, at, by_name AS "by", action, entity, record_id AS id, title, changes`;

/** A logged row as the user may see it: changes of hidden fields are left out. */
function shown(row: Logged, rights: Rights): Change {
  const of = Object.hasOwn(entities, row.entity) ? entities[row.entity] : undefined;
  const changes = Object.entries(JSON.parse(row.changes) as Record<string, unknown>).flatMap(([field, value]) => {
    const definition = of?.fields[field];
    if (definition && !sees(rights, definition)) return [];
    const [before, after] = Array.isArray(value) && value.length === 2 ? (value as [unknown, unknown]) : [null, value];
    return [before, after].some((end) => namesHidden(end, rights)) ? [] : [{ field, before, after }];
  });
  return { ...row, changes };
}

/** The other end of a link is named by its title: only to who may read that kind of record. */
function namesHidden(end: unknown, rights: Rights): boolean {
  if (typeof end !== 'object' || end === null || !('entity' in end) || typeof end.entity !== 'string') return false;
  const of = Object.hasOwn(entities, end.entity) ? entities[end.entity] : undefined;
  return of === undefined || !reaches(rights.access[of.area], 'read');
}

/** Rows about one record, its imports included (an import is one row for all it created). */
const about = (ctx: Ctx, on: RecordRef, limit: number, since = 0): Logged[] =>
  all<Logged>(
    ctx.db,
    sql`SELECT ${columns} FROM audit WHERE entity = ${on.entity} AND record_id = ${on.id} AND last_id IS NULL AND at >= ${since}
        UNION ALL SELECT ${columns} FROM audit WHERE entity = ${on.entity} AND last_id IS NOT NULL AND last_id >= ${on.id} AND record_id <= ${on.id} AND at >= ${since}
        ORDER BY seq DESC LIMIT ${limit}`,
  );

/** The timeline of a record, newest first. @throws Refused denied, missing */
export function timeline(ctx: Ctx, input: RecordRef & { limit?: number | undefined }): readonly Change[] {
  guardRecord(ctx, input, 'read');
  return about(ctx, input, input.limit ?? 200).map((row) => shown(row, ctx.rights));
}

/**
 * The values at the end of a day (UTC): today's values with every later change taken back, newest first. Null before the record existed.
 */
export function asOf(ctx: Ctx, input: RecordRef & { day: string }): Readonly<Record<string, unknown>> | null {
  guardRecord(ctx, input, 'read');
  const of = entityNamed(input.entity);
  const end = Date.parse(`${addDays(input.day, 1)}T00:00:00Z`);
  const values: Record<string, unknown> = { ...get(ctx, of, input.id) };
  if ((values['created_at'] as number) >= end) return null;
  const seen = new Set(visible(of, ctx.rights).map(([key]) => key));
  for (const row of about(ctx, input, 1_000_000, end)) {
    for (const [field, value] of Object.entries(JSON.parse(row.changes) as Record<string, unknown>)) {
      if ((seen.has(field) || field === 'archived') && Array.isArray(value)) values[field] = value[0];
    }
  }
  delete values['version'];
  return { ...emptyVisible(ctx, of), ...values };
}

const emptyVisible = (ctx: Ctx, of: ReturnType<typeof entityNamed>): Record<string, unknown> => {
  const row: Record<string, unknown> = { ...emptyRow(of, 0, 0) };
  for (const [key, field] of Object.entries(of.fields)) if (!sees(ctx.rights, field)) delete row[key];
  delete row['version'];
  return row;
};

/** The whole log, newest first; rows about kinds of record the user may not read are left out. Folded, the founding is the one row about the company. */
export function log(ctx: Ctx, input: { before?: number | undefined; entity?: string | undefined; user_id?: number | undefined; folded?: boolean | undefined; limit?: number | undefined }): { readonly rows: readonly Change[]; readonly next: number | null } {
  const limit = input.limit ?? 100;
  const hidden = Object.values(entities).filter((of) => !reaches(ctx.rights.access[of.area], 'read')).map((of) => of.name);
  const rows = all<Logged>(
    ctx.db,
    sql`SELECT ${columns} FROM audit WHERE seq < ${input.before ?? Number.MAX_SAFE_INTEGER} ${input.entity === undefined ? empty : sql`AND entity = ${input.entity}`} ${input.user_id === undefined ? empty : sql`AND user_id = ${input.user_id}`}
        ${input.folded ? sql`AND (call <> 'desk.create' OR entity = 'company')` : empty}
        AND entity NOT IN (SELECT value FROM json_each(${JSON.stringify(hidden)})) ORDER BY seq DESC LIMIT ${limit + 1}`,
  );
  const more = rows.length > limit;
  if (more) rows.pop();
  return { rows: rows.map((row) => shown(row, ctx.rights)), next: more ? rows.at(-1)!.seq : null };
}
