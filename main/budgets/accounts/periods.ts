import type { Pattern } from '#contract/budgets/books.ts';
import type { InputOf, Written } from '#contract/kit/call.ts';
import { addDays, addMonths } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { periodCalls } from '#contract/budgets/period.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import type { Connection } from '../../db/open.ts';
import { all, first, run, sql } from '../../db/sql.ts';
import { insert, whole } from '../../db/table.ts';

/** Fiscal years and their periods. */

export interface Period {
  readonly id: number;
  readonly year_id: number;
  readonly name: string;
  readonly start_day: string;
  readonly end_day: string;
  readonly state: 'open' | 'soft' | 'hard';
}

const words = {
  order: w('The year must end after it begins, and last eighteen months at most.', 'Das Jahr muss nach seinem Beginn enden und darf höchstens achtzehn Monate dauern.'),
  overlaps: w('These days belong to the fiscal year {name} already.', 'Diese Tage gehören schon zum Geschäftsjahr {name}.'),
  behind: w('The fiscal year {name} comes after and is closed: what is posted before it would change what it began with. Reopen it first.', 'Das Geschäftsjahr {name} liegt danach und ist abgeschlossen: Buchungen davor würden ändern, womit es begann. Bitte zuerst wieder öffnen.'),
  yearClosed: w('The fiscal year {name} is closed. Reopen it first.', 'Das Geschäftsjahr {name} ist abgeschlossen. Bitte zuerst wieder öffnen.'),
  approve: w('Opening a closed period takes the right to approve.', 'Eine geschlossene Periode öffnet nur, wer freigeben darf.'),
  stale: w('Somebody else has changed it meanwhile; reload to see how it stands.', 'Inzwischen hat es jemand anders geändert; bitte neu laden.'),
  noNext: w('No period follows after {day} yet. Add a fiscal year under Budgets, Fiscal years.', 'Nach dem {day} folgt noch keine Periode. Bitte unter Budgets, Geschäftsjahre ein Jahr anlegen.'),
  gap: w('No fiscal year covers {day}. Add one under Budgets, Fiscal years.', 'Kein Geschäftsjahr enthält den {day}. Bitte unter Budgets, Geschäftsjahre anlegen.'),
};

const monthNames = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

/** First days of the periods of a year. Weeks: 13 × 28 days, or 28, 28, 35 days four times; the last period takes what is left of the year. */
export function starts(start: string, end: string, pattern: Pattern): string[] {
  const found: string[] = [];
  for (let count = 0, day = start; day <= end && count < 18; count += 1) {
    found.push(day);
    day = pattern === 'months' ? addMonths(start, count + 1) : addDays(day, pattern === '13' || count % 3 < 2 ? 28 : 35);
    if (count + 1 === (pattern === '13' ? 13 : 12) && pattern !== 'months') break;
  }
  return found;
}

/** "2026" for a calendar year, else "2026/27". */
export const yearName = (start: string, end: string): string => (start.slice(0, 4) === end.slice(0, 4) ? start.slice(0, 4) : `${start.slice(0, 4)}/${end.slice(2, 4)}`);

/** Adds a fiscal year with its periods. @throws Refused when it overlaps another, is no year, or lies before one that is closed */
export function createYear(ctx: Ctx, input: { name: string; start_day: string; end_day: string; pattern: Pattern }): Written {
  if (input.end_day <= input.start_day || input.end_day >= addMonths(input.start_day, 18)) throw new Refused('invalid', words.order, {}, 'end_day');
  const other = first<{ name: string }>(ctx.db, sql`SELECT name FROM fiscal_years WHERE start_day <= ${input.end_day} AND end_day >= ${input.start_day}`);
  if (other) throw new Refused('invalid', words.overlaps, { name: other.name }, 'start_day');
  const later = first<{ name: string }>(ctx.db, sql`SELECT name FROM fiscal_years WHERE start_day > ${input.end_day} AND state = 'closed' ORDER BY start_day LIMIT 1`);
  if (later) throw new Refused('invalid', words.behind, { name: later.name }, 'start_day');
  const written = insert(ctx, entityNamed('fiscal_year'), input, { complete: (_ctx, values) => ({ ...values, state: 'open' }) });
  const begin = starts(input.start_day, input.end_day, input.pattern);
  begin.forEach((day, at) => {
    const until = at + 1 < begin.length ? addDays(begin[at + 1]!, -1) : input.end_day;
    const name = input.pattern === 'months' && day.endsWith('-01') ? day.slice(0, 7) : `${input.name} P${monthNames[at] ?? String(at + 1)}`;
    run(
      ctx.db,
      sql`INSERT INTO periods (created_at, updated_at, year_id, number, name, start_day, end_day, state) VALUES (${ctx.now}, ${ctx.now}, ${written.id}, ${at + 1}, ${name}, ${day}, ${until}, 'open')`,
    );
  });
  ctx.touched.add('period');
  return written;
}

/** All periods by day. */
export const periodsOf = (db: Connection): Period[] => all<Period>(db, sql`SELECT id, year_id, name, start_day, end_day, state FROM periods ORDER BY start_day`);

/** The first day of the period after the one of a day. @throws Refused when there is none yet */
export function nextPeriodDay(db: Connection, day: string): string {
  const found = first<{ start_day: string | null }>(db, sql`SELECT min(start_day) AS start_day FROM periods WHERE start_day > ${day}`)?.start_day;
  if (found == null) throw new Refused('invalid', words.noNext, { day }, 'day');
  return found;
}

/** The period of a day, found quickly again and again; `makeYear` adds a year that is missing. */
export function calendar(db: Connection, makeYear?: (day: string) => void): (day: string) => Period {
  let periods = periodsOf(db);
  let last: Period | undefined;
  const find = (day: string): Period | undefined => {
    let [low, high] = [0, periods.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const one = periods[middle]!;
      if (day < one.start_day) high = middle - 1;
      else if (day > one.end_day) low = middle + 1;
      else return one;
    }
    return undefined;
  };
  return (day) => {
    if (last && day >= last.start_day && day <= last.end_day) return last;
    last = find(day);
    if (!last && makeYear) {
      makeYear(day);
      periods = periodsOf(db);
      last = find(day);
    }
    if (!last) throw new Refused('invalid', words.gap, { day }, 'day');
    return last;
  };
}

/** Adds the year that a day falls into: it begins on the day of the year that the books say, and never overlaps a neighbour. */
export function addYearOf(ctx: Ctx, day: string): void {
  const set = first<{ year_start: string; pattern: Pattern }>(ctx.db, sql`SELECT year_start, pattern FROM books`) ?? { year_start: '2000-01-01', pattern: 'months' };
  // Told from the first year on: books that begin on 29 February begin other years on the 28th.
  const startOf = (year: number): string => addMonths(set.year_start, 12 * (year - Number(set.year_start.slice(0, 4))));
  const year = Number(day.slice(0, 4)) - (startOf(Number(day.slice(0, 4))) > day ? 1 : 0);
  let start = startOf(year);
  let end = addDays(startOf(year + 1), -1);
  const before = first<{ end_day: string }>(ctx.db, sql`SELECT end_day FROM fiscal_years WHERE end_day >= ${start} AND end_day < ${day} ORDER BY end_day DESC LIMIT 1`);
  const after = first<{ start_day: string }>(ctx.db, sql`SELECT start_day FROM fiscal_years WHERE start_day <= ${end} AND start_day > ${day} ORDER BY start_day LIMIT 1`);
  if (before) start = addDays(before.end_day, 1);
  if (after) end = addDays(after.start_day, -1);
  let name = yearName(start, end);
  for (let count = 2; first(ctx.db, sql`SELECT 1 FROM fiscal_years WHERE name = ${name} AND name <> ''`); count += 1) name = `${yearName(start, end)} (${count})`;
  createYear(ctx, { name, start_day: start, end_day: end, pattern: set.pattern });
}

/** Closes or opens one period. @throws Refused denied, conflict, invalid */
export function setState(ctx: Ctx, input: InputOf<(typeof periodCalls)['period.set_state']>): Written {
  const before = whole(ctx, entityNamed('period'), input.id);
  if (before.version !== input.version) throw new Refused('conflict', words.stale);
  if (before['state'] === input.state) return { id: input.id, version: input.version };
  const year = first<{ name: string; state: string }>(ctx.db, sql`SELECT name, state FROM fiscal_years WHERE id = ${before['year_id']}`)!;
  if (year.state === 'closed') throw new Refused('invalid', words.yearClosed, { name: year.name });
  if (before['state'] === 'hard' && ctx.rights.access.period !== 'approve') throw new Refused('denied', words.approve);
  run(ctx.db, sql`UPDATE periods SET state = ${input.state}, version = version + 1, updated_at = ${ctx.now} WHERE id = ${input.id}`);
  append(ctx, { action: 'changed', entity: 'period', id: input.id, title: String(before['name']), changes: { state: [before['state'], input.state], reason: ['', input.reason] } });
  return { id: input.id, version: input.version + 1 };
}

