import type { BooksState, Population } from '#contract/budgets/engagement.ts';
import { head } from '../../db/audit.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { all, each, empty, first, raw, type Sql, sql } from '../../db/sql.ts';
import { pairOf, type TestedEntry, type TestedLine } from './auditTests.ts';
import { lineSpan } from '../journal/posted.ts';

/** Posted entries and lines as audits read them: one by one, so that a million take no more memory than ten. */

/** Days of an audit, both included. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

/** The state of the books that a connection sees. */
export const stateOf = (ctx: Ctx): BooksState => ({ row: head(ctx.db).seq, entry: first<{ number: string }>(ctx.db, sql`SELECT number FROM entries WHERE state <> 'draft' ORDER BY posted_at DESC, id DESC LIMIT 1`)?.number ?? '' });

/** The highest id of an entry: readings in the order of ids tell by it how far they are. */
export const lastEntry = (ctx: Ctx): number => first<{ n: number }>(ctx.db, sql`SELECT ifnull(max(id), 0) AS n FROM entries`)!.n;

interface Head extends Omit<TestedEntry, 'lines'> {
  readonly closing: number;
}

const manualOnly = (manual: boolean): Sql => (manual ? raw(" AND origin = 'typed'") : empty);

/** The entry of a year end, or what took one back: by what made them, for a journal is only a name. */
const ofYearEnd = raw("(e.origin = 'year end' OR ifnull((SELECT o.origin FROM entries o WHERE o.id = e.reverses_id), '') = 'year end')");

/**
 * Every posted entry of some days with its lines, in the order in which they were posted; closing entries are left out. `makers` asks the log who drafted
 * typed ones and who changed their drafts last. Lines and entries are two streams of one order, as the id of a line holds that of its entry.
 */
export function* testedEntries(ctx: Ctx, { from, until }: Days, how: { readonly manual: boolean; readonly makers: boolean }, job: Job): Generator<TestedEntry> {
  const made = how.makers ? sql`ifnull((SELECT by_name FROM audit WHERE origin = 'typed' AND entity = 'entry' AND record_id = e.id AND action = 'created' ORDER BY seq LIMIT 1), '')` : sql`''`;
  const changed = how.makers ? sql`ifnull((SELECT by_name FROM audit WHERE origin = 'typed' AND entity = 'entry' AND record_id = e.id AND action = 'changed' ORDER BY seq DESC LIMIT 1), '')` : sql`''`;
  const total = lastEntry(ctx);
  const lines = each<TestedLine & { readonly id: number }>(ctx.db, sql`SELECT id, id & 16383 AS line, account_id AS account, amount, text FROM entry_lines WHERE day BETWEEN ${from} AND ${until} ORDER BY id`);
  let next = lines.next();
  let count = 0;
  const heads = each<Head>(
    ctx.db,
    sql`SELECT e.id, number, day, origin, narration, reference, total, created_at AS made_at, posted_at, posted_by, ${ofYearEnd} AS closing, ${made} AS made_by, ${changed} AS changed_by
        FROM entries e WHERE state <> 'draft' AND day BETWEEN ${from} AND ${until}${manualOnly(how.manual)} ORDER BY e.id`,
  );
  for (const head of heads) {
    const own: TestedLine[] = [];
    for (; next.done !== true && next.value.id < (head.id + 1) * lineSpan; next = lines.next()) if (next.value.id >= head.id * lineSpan) own.push(next.value);
    count += 1;
    if (count % 1000 === 0) {
      job.check();
      job.progress(head.id, total);
    }
    if (head.closing === 0) yield { ...head, lines: own };
  }
}

/** Lines of each account within some days. */
export const usesOf = (ctx: Ctx, { from, until }: Days): ReadonlyMap<number, number> =>
  new Map(all<{ account_id: number; n: number }>(ctx.db, sql`SELECT account_id, count(*) AS n FROM entry_lines WHERE day BETWEEN ${from} AND ${until} AND closing = 0 GROUP BY account_id`).map((row) => [row.account_id, row.n]));

/** Entries that each has posted within some days, imports aside. */
export const postsOf = (ctx: Ctx, { from, until }: Days): ReadonlyMap<string, number> =>
  new Map(all<{ posted_by: string; n: number }>(ctx.db, sql`SELECT posted_by, count(*) AS n FROM entries WHERE state <> 'draft' AND origin <> 'import' AND day BETWEEN ${from} AND ${until} GROUP BY posted_by`).map((row) => [row.posted_by, row.n]));

/** How often the accounts of the largest debit and the largest credit meet within some days; see `pairOf`. */
export function meetsOf(ctx: Ctx, { from, until }: Days, job: Job): ReadonlyMap<string, number> {
  const meets = new Map<string, number>();
  const total = lastEntry(ctx);
  let own: { account: number; amount: number }[] = [];
  let [entry, count] = [0, 0];
  const note = (): void => {
    if (own.length > 0) meets.set(pairOf(own), (meets.get(pairOf(own)) ?? 0) + 1);
    own = [];
  };
  for (const line of each<{ id: number; account: number; amount: number }>(ctx.db, sql`SELECT id, account_id AS account, amount FROM entry_lines WHERE day BETWEEN ${from} AND ${until} AND closing = 0 ORDER BY id`)) {
    const of = Math.floor(line.id / lineSpan);
    if (of !== entry) note();
    entry = of;
    own.push(line);
    if ((count += 1) % 5000 === 0) {
      job.check();
      job.progress(of, total);
    }
  }
  note();
  return meets;
}

/** A line of a population. `amount` has its sign. */
export interface PopulationLine {
  readonly id: number;
  readonly account_id: number;
  readonly amount: number;
  readonly day: string;
}

const sides = { debit: raw(' AND amount > 0'), credit: raw(' AND amount < 0'), both: raw(' AND amount <> 0') } as const;

/** What a statement over `entry_lines` asks so that it sees the lines of a population; closing lines are never among them. */
export function within({ from, until }: Days, { accounts, side, least }: Population): Sql {
  const of = accounts && accounts.length > 0 ? sql` AND account_id IN (SELECT value FROM json_each(${JSON.stringify(accounts)}))` : empty;
  const large = least !== undefined && least > 0 ? sql` AND abs(amount) >= ${least}` : empty;
  return sql`day BETWEEN ${from} AND ${until} AND closing = 0${sides[side ?? 'both']}${of}${large}`;
}

/** How many lines a population has. */
export const sizeOf = (ctx: Ctx, days: Days, population: Population): number => first<{ n: number }>(ctx.db, sql`SELECT count(*) AS n FROM entry_lines WHERE ${within(days, population)}`)!.n;

/** The lines of a population in the order in which they were posted, which never changes. */
export function* populationOf(ctx: Ctx, days: Days, population: Population, job: Job): Generator<PopulationLine> {
  const total = lastEntry(ctx);
  let count = 0;
  for (const line of each<PopulationLine>(ctx.db, sql`SELECT id, account_id, amount, day FROM entry_lines WHERE ${within(days, population)} ORDER BY id`)) {
    if ((count += 1) % 5000 === 0) {
      job.check();
      job.progress(Math.floor(line.id / lineSpan), total);
    }
    yield line;
  }
}
