import type { Ctx, Job } from '../../db/context.ts';
import type { Connection } from '../../db/open.ts';
import { all, each, first, type Sql, sql } from '../../db/sql.ts';
import { isPlain, lineSpan, type PostedLine, sealOf, type ToPost } from '../journal/posted.ts';
import { cashDimension, exchangeDimension, keptUnder, tagDimension } from '../accounts/tally.ts';

/** Reads the whole ledger and says what is wrong with it. */

interface Head {
  readonly id: number;
  readonly number: string;
  readonly day: string;
  readonly journal: ToPost['journal'];
  readonly state: string;
  readonly narration: string;
  readonly reference: string;
  readonly reverses_id: number | null;
  readonly origin: string;
  readonly source_entity: string;
  readonly source_id: number | null;
  readonly posted_at: number | null;
  readonly posted_by: string;
  readonly seal: string;
  readonly total: number;
}

type Stored = PostedLine & { readonly id: number; readonly closing: number };
const most = 100;

/** Seals, sums and days of every entry; gaps in numbers; kept balances against recomputed ones. */
export function verifyLedger(ctx: Ctx, job: Job): { good: boolean; entries: number; problems: readonly string[] } {
  const { db } = ctx;
  const problems: string[] = [];
  const tell = (problem: string): void => {
    if (problems.length < most) problems.push(problem);
  };
  const total = first<{ n: number }>(db, sql`SELECT ifnull(max(id), 0) AS n FROM entries`)!.n;
  const lines = each<Stored>(db, sql`SELECT id, account_id, day, amount, currency, quantity, closing, party_id, department_id, place_id, project_id, tax_code_id, text FROM entry_lines ORDER BY id`);
  // Tags run beside the lines, in the same order.
  const tags = each<{ line_id: number; tag_id: number }>(db, sql`SELECT line_id, tag_id FROM entry_line_tags ORDER BY line_id, tag_id`);
  let tag = tags.next();
  const tagged = (line: Stored): Stored => {
    const own: number[] = [];
    for (; tag.done !== true && tag.value.line_id <= line.id; tag = tags.next()) own.push(tag.value.tag_id);
    return own.length === 0 ? line : { ...line, tags: own };
  };
  let next = lines.next();
  let count = 0;
  for (const head of each<Head>(db, sql`SELECT id, number, day, journal, state, narration, reference, reverses_id, origin, source_entity, source_id, posted_at, posted_by, seal, total FROM entries WHERE state <> 'draft' ORDER BY id`)) {
    const own: (Stored & { day: string })[] = [];
    for (; next.done !== true && Math.floor(next.value.id / lineSpan) <= head.id; next = lines.next()) {
      if (Math.floor(next.value.id / lineSpan) < head.id) tell(`line ${next.value.id} belongs to no posted entry`);
      else own.push(tagged(next.value) as Stored & { day: string });
    }
    const closing = own.some((line) => line.closing === 1);
    const entry: ToPost = { ...head, lines: own, closing, ...(head.source_id === null && head.source_entity === '' ? {} : { source: { entity: head.source_entity, id: head.source_id! } }) };
    // A quantity without a currency is none: such lines are sealed without it.
    if (sealOf(head.number, entry, head.posted_at, head.posted_by) !== head.seal || own.some((line) => isPlain(line) && line.quantity !== 0)) tell(`entry ${head.number} was changed after it was posted`);
    if (own.reduce((sum, line) => sum + line.amount, 0) !== 0) tell(`entry ${head.number} does not balance`);
    if (own.reduce((sum, line) => sum + Math.max(line.amount, 0), 0) !== head.total) tell(`entry ${head.number} says another total than its lines`);
    if (own.some((line) => line.day !== head.day)) tell(`entry ${head.number} has lines of another day`);
    count += 1;
    if (count % 1000 === 0) {
      job.check();
      job.progress(head.id, total);
    }
  }
  if (next.done !== true) tell(`line ${next.value.id} belongs to no posted entry`);
  for (const problem of [...gaps(db), ...misplaced(db), ...drifted(db), ...unsealed(db)]) tell(problem);
  return { good: problems.length === 0, entries: count, problems };
}

/** Series whose numbers do not run from 1 to the one before the next. */
function gaps(db: Connection): string[] {
  const rows = all<{ journal: string; name: string; next: number; n: number }>(
    db,
    sql`SELECT s.journal, y.name, s.next, (SELECT count(*) FROM entries e JOIN periods p ON p.id = e.period_id WHERE p.year_id = s.year_id AND e.journal = s.journal AND e.state <> 'draft') AS n
        FROM entry_series s JOIN fiscal_years y ON y.id = s.year_id`,
  );
  return rows.filter((row) => row.next - 1 !== row.n).map((row) => `journal ${row.journal} of ${row.name} drew ${row.next - 1} numbers and holds ${row.n} entries`);
}

/** What stands beside the seal of an entry and follows from others: its state, its period, and that it is shown. */
function misplaced(db: Connection): string[] {
  const numbers = (query: Sql): string[] => all<{ number: string }>(db, query).map((row) => row.number);
  return [
    ...numbers(sql`SELECT number FROM entries WHERE archived = 1 AND state <> 'draft' LIMIT 20`).map((number) => `entry ${number} is hidden in the archive`),
    ...numbers(sql`SELECT e.number FROM entries e LEFT JOIN periods p ON p.id = e.period_id WHERE e.state <> 'draft' AND (p.id IS NULL OR e.day NOT BETWEEN p.start_day AND p.end_day) LIMIT 20`).map((number) => `entry ${number} stands in a period that does not hold its day`),
    ...numbers(sql`SELECT e.number FROM entries e WHERE e.state = 'reversed' AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.reverses_id = e.id) LIMIT 20`).map((number) => `entry ${number} is marked as reversed, but no entry reverses it`),
    ...numbers(sql`SELECT e.number FROM entries r JOIN entries e ON e.id = r.reverses_id WHERE r.state <> 'draft' AND e.state <> 'reversed' LIMIT 20`).map((number) => `entry ${number} is reversed by another, but not marked as reversed`),
  ];
}

/** Under which tags a line is kept: its own, their dimensions, and 0 where it has any. */
const keptTags = ` JOIN (SELECT line_id, tag_id FROM entry_line_tags UNION SELECT g.line_id, t.parent_id FROM entry_line_tags g JOIN own_tags t ON t.id = g.tag_id WHERE t.parent_id IS NOT NULL UNION SELECT line_id, 0 FROM entry_line_tags) g ON g.line_id = l.id`;

/** Kept balances that the lines do not bear out. */
function drifted(db: Connection): string[] {
  const found: string[] = [];
  const views = [['', '0', '1', ''], ...Object.entries(keptUnder).map(([name, column]) => [name, `l.${column}`, `l.${column} IS NOT NULL`, '']), [tagDimension, 'g.tag_id', '1', keptTags]] as const;
  for (const [dimension, value, where, more] of views) {
    const rows = all<{ account_id: number; period_id: number; value_id: number }>(
      db,
      {
        text: `WITH real AS (SELECT ${value} AS value_id, l.account_id, l.currency, l.closing, e.period_id, sum(max(l.amount, 0)) AS debit, sum(max(-l.amount, 0)) AS credit, sum(l.quantity) AS quantity
                 FROM entry_lines l JOIN entries e ON e.id = l.id >> 14${more} WHERE ${where} GROUP BY 1, 2, 3, 4, 5),
               kept AS (SELECT value_id, account_id, currency, closing, period_id, debit, credit, quantity FROM balances WHERE dimension = ?)
               SELECT account_id, period_id, value_id FROM (SELECT * FROM real EXCEPT SELECT * FROM kept) UNION SELECT account_id, period_id, value_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM real) LIMIT 20`,
        values: [dimension],
      },
    );
    for (const row of rows) found.push(`the balance kept for account ${row.account_id} in period ${row.period_id}${dimension === '' ? '' : ` under ${dimension} ${row.value_id}`} is not the sum of its lines`);
  }
  const sums = all<{ n: number }>(db, sql`SELECT sum(debit - credit) AS n FROM balances WHERE dimension IN (${cashDimension}, ${exchangeDimension}) GROUP BY dimension, value_id`);
  if (sums.some(({ n }) => n !== 0)) found.push('the balances kept for the cash-flow statement do not add up to zero');
  return found;
}

/** Entries posted one by one whose seal is not the one that the audit log has. */
function unsealed(db: Connection): string[] {
  return all<{ number: string }>(
    db,
    sql`SELECT e.number FROM audit a JOIN entries e ON e.id = a.record_id WHERE a.entity = 'entry' AND a.action = 'posted' AND json_extract(a.changes, '$.seal[1]') <> e.seal LIMIT 20`,
  ).map((row) => `entry ${row.number} is not the one that the audit log saw posted`);
}
