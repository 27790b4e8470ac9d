import { type Compared, type Dimension, dimensions, type Only, type Statement, type StatementColumn, type StatementRow } from '#contract/budgets/report.ts';
import { reaches } from '#contract/kit/access.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { say, type Words, w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { names } from '../../db/list.ts';
import type { Connection } from '../../db/open.ts';
import { all, empty, first, sql } from '../../db/sql.ts';
import { tagDimension } from '../accounts/tally.ts';

/** The columns of a statement: days, one for each department and the like, and the first compared with the second. */

export interface ColumnInput {
  readonly from?: string | undefined;
  readonly to: string;
  readonly label?: string | undefined;
  readonly only?: Only | undefined;
}

export interface StatementInput {
  readonly columns: readonly ColumnInput[];
  readonly only?: Only | undefined;
  readonly by?: Dimension | undefined;
  readonly zero?: boolean | undefined;
  readonly compare?: boolean | undefined;
}

export interface Spread {
  readonly columns: readonly StatementColumn[];
  readonly notes: readonly string[];
}

const without: Readonly<Record<Dimension, Words>> = {
  department: w('No department', 'Ohne Abteilung'),
  place: w('No place', 'Ohne Ort'),
  project: w('No project', 'Ohne Projekt'),
  party: w('No person or firm', 'Ohne Person oder Firma'),
  own_tag: w('No tag', 'Ohne Merkmal'),
};
const words = {
  total: w('Total', 'Gesamt'),
  several: w('A line with several tags stands in several columns and once in the total.', 'Eine Zeile mit mehreren Merkmalen steht in mehreren Spalten und einmal in der Gesamtspalte.'),
  more: w('{count} more have no column of their own; the total holds them.', '{count} weitere haben keine eigene Spalte; die Gesamtspalte enthält sie.'),
};

/** Columns of their own that fit beside the rest and the total. */
const most = 36;

/** The first day of the fiscal year that a day falls into; of the calendar year where there is none. */
export const yearStart = (db: Connection, day: string): string =>
  first<{ start_day: string }>(db, sql`SELECT start_day FROM fiscal_years WHERE archived = 0 AND start_day <= ${day} AND end_day >= ${day} ORDER BY start_day DESC LIMIT 1`)?.start_day ?? `${day.slice(0, 4)}-01-01`;

/** The columns asked for; with `by` the first one spread over the values that have lines. @throws Refused denied where the role may not read their names */
export function columnsOf(ctx: Ctx, input: StatementInput, whole: boolean): Spread {
  const asked = input.columns.map((one): StatementColumn => ({ label: one.label ?? one.to, from: one.from ?? yearStart(ctx.db, one.to), to: one.to, only: one.only ?? input.only ?? null }));
  const [column] = asked;
  if (input.by === undefined || !column || !dimensions.includes(input.by)) return { columns: asked, notes: [] };
  const dimension = input.by;
  const of = entityNamed(dimension);
  if (!reaches(ctx.rights.access[of.area], 'read')) throw new Refused('denied', refusals.denied);
  const from = whole ? '' : column.from;
  // Tags: dimensions and free tags; of one dimension that was asked for, its values.
  const within = dimension === tagDimension && input.only?.dimension === tagDimension && input.only.id > 0 ? input.only.id : null;
  const which = dimension === tagDimension ? sql` AND value_id IN (SELECT id FROM own_tags WHERE parent_id IS ${within})` : empty;
  const used = all<{ value_id: number; size: number }>(
    ctx.db,
    // Who was merged into another has no column of their own: the lines stand in the other's.
    sql`SELECT ifnull((SELECT m.into_id FROM merged_parties m WHERE ${dimension} = 'party' AND m.party_id = value_id), value_id) AS value_id, sum(debit + credit) AS size FROM balances WHERE dimension = ${dimension}${which} AND period_id IN (SELECT id FROM periods WHERE start_day <= ${column.to} AND end_day >= ${from}) GROUP BY 1 ORDER BY size DESC, 1`,
  );
  const titles = names(ctx, of, { ids: used.slice(0, most).map((one) => one.value_id) }).toSorted((a, b) => a.title.localeCompare(b.title, ctx.language));
  const one = (label: string, only: Only | null): StatementColumn => ({ ...column, label: label.slice(0, 60), only });
  return {
    columns: [...titles.map((named) => one(named.title, { dimension, id: named.id })), ...(within === null ? [one(say(without[dimension], ctx.language, {}), { dimension, id: 0 })] : []), one(say(words.total, ctx.language, {}), within === null ? null : { dimension, id: within })],
    notes: [...(used.length > most ? [say(words.more, ctx.language, { count: used.length - most })] : []), ...(dimension === tagDimension ? [say(words.several, ctx.language, {})] : [])],
  };
}

/** What a figure is against the one before it. */
export function compared(now: number, before: number): Compared {
  const difference = now - before;
  return { difference, tenths: before === 0 ? null : Math.round((difference / Math.abs(before)) * 1000) || 0 };
}

/** What changed between two percentages is told in points, and no percentage of them. */
const comparedIn = (row: StatementRow<number | null>, now: number, before: number): Compared => (row.format === undefined ? compared(now, before) : { ...compared(now, before), tenths: null });

/** A whole statement: columns of a dimension in which nothing stands are left out, and two columns are compared where that was asked. */
export function finished<V extends number | null>(statement: Statement<V>, input: StatementInput): Statement<V> {
  const kept = statement.columns.map((column, at) => input.by === undefined || column.only === null || statement.rows.some((row) => (row.values[at] ?? 0) !== 0));
  const columns = statement.columns.filter((_, at) => kept[at]);
  const compare = input.compare === true && columns.length === 2;
  const rows = statement.rows.map((row): StatementRow<V> => {
    const values = row.values.filter((_, at) => kept[at]);
    const [now, before] = values;
    return { ...row, values, compared: compare && typeof now === 'number' && typeof before === 'number' ? comparedIn(row, now, before) : null };
  });
  return { ...statement, columns, rows };
}
