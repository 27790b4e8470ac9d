import type { ToPost } from './posted.ts';
import { recurringEntry, type RecurringDate, type RecurringRun } from '#contract/budgets/recurring.ts';
import type { Written } from '#contract/kit/call.ts';
import { addDays, daysInMonth, today } from '#contract/kit/day.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { transaction } from '../../db/open.ts';
import { room } from '../../db/room.ts';
import { all, first, run, sql } from '../../db/sql.ts';
import { whole } from '../../db/table.ts';
import { dayFrom } from '../../records/repeats.ts';
import type { Agenda } from '../../records/task.ts';
import { postEntry, reverseStored, save, usualJournal } from './entry.ts';
import { checked } from './lines.ts';
import { nextPeriodDay } from '../accounts/periods.ts';
import { fill } from './template.ts';

/** Recurring entries: on which days they fall, and making each of these days exactly once. */

const words = {
  until: w('The last day lies before the first.', 'Der letzte Tag liegt vor dem ersten.'),
  never: w('This falls on no day.', 'Das fällt auf keinen Tag.'),
  amount: w('The template takes shares of an amount: give it here.', 'Die Vorlage nimmt Anteile eines Betrags: bitte hier angeben.'),
  open: w('Line {line} of the template is left open; then nothing can be posted by itself.', 'Zeile {line} der Vorlage ist offen; dann kann nichts selbst gebucht werden.'),
  ended: w('No date is left.', 'Es kommt kein Termin mehr.'),
  reversal: w('first day of the next period', 'erster Tag der nächsten Periode'),
  closed: w('The period {name} is not open.', 'Die Periode {name} ist nicht offen.'),
  stale: w('Somebody else has changed it meanwhile; reload to see how it stands.', 'Inzwischen hat es jemand anders geändert; bitte neu laden.'),
};

/** On which days. `on_day` 31 is the last day of every month. */
export interface Rhythm {
  readonly every: number;
  readonly unit: 'week' | 'month' | 'quarter' | 'year';
  readonly on_day: number | null;
  readonly start_day: string;
  readonly until_day: string;
  readonly times: number | null;
}

interface Stored extends Rhythm {
  readonly id: number;
  readonly name: string;
  readonly template_id: number;
  readonly amount: number | null;
  readonly mode: 'draft' | 'post';
  readonly reverse: 0 | 1;
  readonly next_day: string;
}

const months = { month: 1, quarter: 3, year: 12 } as const;

/** The rule of a rhythm (RFC 5545). A day that a month does not have is its last one: the latest of the days from the 28th up to it. */
export function ruleOf({ every, unit, on_day, start_day }: Pick<Rhythm, 'every' | 'unit' | 'on_day' | 'start_day'>): string {
  if (unit === 'week') return `FREQ=WEEKLY;INTERVAL=${every}`;
  const day = on_day ?? usualDay(start_day);
  const days = day === 31 ? '-1' : day > 28 ? `${Array.from({ length: day - 27 }, (_, at) => 28 + at).join(',')};BYSETPOS=-1` : String(day);
  return `FREQ=MONTHLY;INTERVAL=${every * months[unit]};BYMONTHDAY=${days}`;
}

/** The day of the month on which it began; the end of a month stays the end of months. */
export function usualDay(start: string): number {
  const date = Number(start.slice(8));
  return date === daysInMonth(Number(start.slice(0, 4)), Number(start.slice(5, 7))) ? 31 : date;
}

/** The first date after `last` ('' for none yet) when `made` dates are done; '' when none is left. */
export function nextDate(rhythm: Rhythm, last: string, made: number): string {
  if (rhythm.times !== null && made >= rhythm.times) return '';
  const after = last === '' ? '' : addDays(last, 1);
  const day = dayFrom(ruleOf(rhythm), rhythm.start_day, after > rhythm.start_day ? after : rhythm.start_day);
  return rhythm.until_day !== '' && day > rhythm.until_day ? '' : day;
}

const doneOf = (ctx: Ctx, id: number): { readonly last: string; readonly made: number } => first<{ last: string; made: number }>(ctx.db, sql`SELECT ifnull(max(day), '') AS last, count(*) AS made FROM recurring_runs WHERE recurring_id = ${id}`)!;

function complete(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const now = { until_day: '', times: null, on_day: null, amount: null, ...before, ...values } as unknown as Omit<Stored, 'next_day'>;
  const on_day = now.unit === 'week' ? null : (now.on_day ?? usualDay(now.start_day));
  if (now.until_day !== '' && now.until_day < now.start_day) throw new Refused('invalid', words.until, {}, 'until_day');
  const { last, made } = before ? doneOf(ctx, before.id) : { last: '', made: 0 };
  const next_day = nextDate({ ...now, on_day }, last, made);
  if (next_day === '' && last === '') throw new Refused('invalid', words.never, {}, 'start_day');
  if (first(ctx.db, sql`SELECT 1 FROM entry_templates WHERE id = ${now.template_id}`)) {
    const filled = fill(ctx, { id: now.template_id, day: now.start_day, ...(now.amount === null || now.amount <= 0 ? {} : { amount: now.amount }) });
    if (filled.asks && (now.amount === null || now.amount <= 0)) throw new Refused('invalid', words.amount, {}, 'amount');
    const [open] = filled.open;
    if (now.mode === 'post' && open) throw new Refused('invalid', words.open, { line: open.line }, 'mode');
  }
  return { ...values, on_day, next_day, made };
}

export const recurringRoom = room(recurringEntry, { complete });

const columns = 'id, name, template_id, amount, mode, reverse, every, unit, on_day, start_day, until_day, times, next_day';
const mostAtOnce = 500;

/** Makes what waits up to a day: dates first, then reversals. Whatever it did is in the caller's transaction, all or nothing. */
export function runDue(ctx: Ctx, input: { until?: string | undefined; id?: number | undefined; limit?: number | undefined }): RecurringRun {
  const until = input.until ?? today(new Date(ctx.now));
  const limit = input.limit ?? mostAtOnce;
  const made: RecurringRun['made'][number][] = [];
  // Asked anew each time: the next one of all is always the oldest, whichever it belongs to.
  const waiting = (): Stored | undefined =>
    ctx.db.prepare(`SELECT ${columns} FROM recurring_entries WHERE archived = 0 AND next_day <> '' AND next_day <= ? AND (? IS NULL OR id = ?) ORDER BY next_day, id LIMIT 1`).get(until, input.id ?? null, input.id ?? null) as Stored | undefined;
  const steps: Step[] = [];
  let one = waiting();
  while (one && made.length < limit) {
    made.push(makeDate(ctx, one, steps));
    one = waiting();
  }
  tell(ctx, steps);
  const { reversed, problems } = one ? { reversed: [], problems: [] } : reverseDue(ctx, until, input.id);
  return { made, reversed, problems, more: one !== undefined };
}

/** Makes the next date of one: the row of the run is its receipt, and its key refuses a second one. */
function makeDate(ctx: Ctx, one: Stored, steps: Step[]): RecurringRun['made'][number] {
  const day = one.next_day;
  const { draft } = fill(ctx, { id: one.template_id, day, ...(one.amount === null || one.amount <= 0 ? {} : { amount: one.amount }) });
  const [narration, journal] = [draft.narration || one.name, usualJournal(draft.journal)];
  const source = { entity: recurringEntry.name, id: one.id };
  let reason = '';
  let entry: { readonly id: number; readonly number: string } | null = null;
  if (one.mode === 'post') {
    try {
      entry = transaction(ctx.db, () => {
        const wanted: ToPost = { day, journal, narration, reference: draft.reference ?? '', lines: checked(ctx, draft), origin: 'recurring', source };
        return postEntry(ctx, wanted);
      });
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      reason = say(thrown.words, ctx.language, thrown.params);
    }
  }
  const outcome = entry ? 'posted' : 'draft';
  if (!entry) {
    const { id } = save(ctx, { ...draft, journal, narration });
    run(ctx.db, sql`UPDATE entries SET origin = 'recurring', source_entity = ${source.entity}, source_id = ${source.id} WHERE id = ${id}`);
    entry = { id, number: `* ${id}` };
  }
  steps.push(keepRun(ctx, one, { outcome, entry_id: entry.id, reason }));
  return { recurring_id: one.id, name: one.name, day, entry: { id: entry.id, number: entry.number }, outcome, reason };
}

/** One date that is done: where it stood, and where it stands now. */
interface Step {
  readonly one: Stored;
  readonly next: string;
  readonly made: number;
  readonly reason: string;
}

/** Tells the log what was done, once for each recurring entry: many dates that were made up for are one row that names them. */
function tell(ctx: Ctx, steps: readonly Step[]): void {
  for (const own of Map.groupBy(steps, (step) => step.one.id).values()) {
    const [begun, last] = [own[0]!, own.at(-1)!];
    const reasons = [...new Set(own.map((step) => step.reason))].filter((reason) => reason !== '');
    append(ctx, {
      action: 'changed',
      entity: recurringEntry.name,
      id: last.one.id,
      title: last.one.name,
      changes: {
        next_day: [begun.one.next_day, last.next],
        made: [begun.made - 1, last.made],
        ...(own.length > 1 ? { dates: [[], own.map((step) => step.one.next_day)] } : {}),
        ...(reasons.length === 0 ? {} : { reason: ['', reasons.join(' ')] }),
      },
    });
  }
}

/** Notes what came of the next date and moves on to the one after it; the log is told by the caller. */
function keepRun(ctx: Ctx, one: Stored, { outcome, entry_id, reason }: { readonly outcome: 'posted' | 'draft' | 'skipped'; readonly entry_id: number | null; readonly reason: string }): Step {
  run(ctx.db, sql`INSERT INTO recurring_runs (recurring_id, day, outcome, entry_id, reverse, reason, at) VALUES (${one.id}, ${one.next_day}, ${outcome}, ${entry_id}, ${one.reverse}, ${reason.slice(0, 1000)}, ${ctx.now})`);
  const { last, made } = doneOf(ctx, one.id);
  const next = nextDate(one, last, made);
  // The version stays: nobody who has the record open is told that it was changed by somebody else.
  run(ctx.db, sql`UPDATE recurring_entries SET next_day = ${next}, made = ${made} WHERE id = ${one.id}`);
  return { one, next, made, reason };
}

interface ToReverse {
  readonly id: number;
  readonly number: string;
  readonly day: string;
  readonly journal: ToPost['journal'];
  readonly next_start: string;
  readonly period: string;
  readonly state: string;
}

/** Posted entries that are to be taken back on the first day of the next period, where that day has come. */
const toReverse = (ctx: Ctx, until: string, id?: number): ToReverse[] =>
  all<ToReverse>(
    ctx.db,
    sql`SELECT e.id, e.number, e.day, e.journal, p.start_day AS next_start, p.name AS period, p.state FROM recurring_runs r JOIN entries e ON e.id = r.entry_id AND e.state = 'posted'
        JOIN periods p ON p.start_day = (SELECT min(start_day) FROM periods WHERE start_day > e.day)
        WHERE r.reverse = 1 AND p.start_day <= ${until} AND (${id ?? null} IS NULL OR r.recurring_id = ${id ?? null}) ORDER BY p.start_day, e.id LIMIT 500`,
  );

function reverseDue(ctx: Ctx, until: string, id: number | undefined): Pick<RecurringRun, 'reversed' | 'problems'> {
  const reversed: RecurringRun['reversed'][number][] = [];
  const problems: RecurringRun['problems'][number][] = [];
  for (const one of toReverse(ctx, until, id)) {
    if (one.state !== 'open') {
      problems.push({ id: one.id, number: one.number, reason: say(words.closed, ctx.language, { name: one.period }) });
      continue;
    }
    const { number } = reverseStored(ctx, one, nextPeriodDay(ctx.db, one.day), words.reversal[ctx.language]);
    reversed.push({ id: one.id, number: one.number, by: number });
  }
  return { reversed, problems };
}

/** How much waits up to a day. */
export function due(ctx: Ctx, input: { until?: string | undefined }): { readonly count: number; readonly reversals: number } {
  const until = input.until ?? today(new Date(ctx.now));
  const { count } = first<{ count: number }>(ctx.db, sql`SELECT count(*) AS count FROM recurring_entries WHERE archived = 0 AND next_day <> '' AND next_day <= ${until}`)!;
  return { count, reversals: toReverse(ctx, until).filter((one) => one.state === 'open').length };
}

/** Leaves the next date out. @throws Refused conflict, invalid when none is left */
export function skip(ctx: Ctx, input: { id: number; version: number; reason: string }): Written {
  const before = whole(ctx, recurringRoom.entity, input.id);
  if (before.version !== input.version) throw new Refused('conflict', words.stale);
  const one = ctx.db.prepare(`SELECT ${columns} FROM recurring_entries WHERE id = ?`).get(input.id) as Stored;
  if (one.next_day === '') throw new Refused('invalid', words.ended);
  tell(ctx, [keepRun(ctx, one, { outcome: 'skipped', entry_id: null, reason: input.reason })]);
  return { id: input.id, version: input.version };
}

interface RunRow {
  readonly day: string;
  readonly outcome: 'posted' | 'draft' | 'skipped';
  readonly reason: string;
  readonly entry_id: number | null;
  readonly number: string | null;
  readonly state: 'draft' | 'posted' | 'reversed' | null;
}

/** What came of the dates so far, and the dates to come. */
export function dates(ctx: Ctx, input: { id: number; ahead?: number | undefined }): readonly RecurringDate[] {
  whole(ctx, recurringRoom.entity, input.id);
  const one = ctx.db.prepare(`SELECT ${columns} FROM recurring_entries WHERE id = ?`).get(input.id) as Stored;
  const rows = all<RunRow>(ctx.db, sql`SELECT r.day, r.outcome, r.reason, r.entry_id, e.number, e.state FROM recurring_runs r LEFT JOIN entries e ON e.id = r.entry_id WHERE r.recurring_id = ${input.id} ORDER BY r.day DESC LIMIT 200`);
  const found = rows.toReversed().map((row): RecurringDate => ({
    day: row.day,
    state: row.outcome === 'skipped' ? 'skipped' : (row.state ?? 'discarded'),
    entry: row.entry_id === null ? null : { id: row.entry_id, number: row.number ?? '' },
    reason: row.reason,
  }));
  const { made } = doneOf(ctx, input.id);
  const now = today(new Date(ctx.now));
  let day = one.next_day;
  for (let count = 0; day !== '' && count < (input.ahead ?? 12); count += 1) {
    found.push({ day, state: day <= now ? 'due' : 'planned', entry: null, reason: '' });
    day = nextDate(one, day, made + count + 1);
  }
  return found;
}

interface DueRow {
  readonly id: number;
  readonly version: number;
  readonly title: string;
  readonly day: string;
}

/** The share of the agenda: dates to come, drafts that were prepared and wait, and reversals whose period is not open. */
export const recurringAgenda: Agenda = (ctx, input) => {
  if (ctx.rights.access.entry === 'none' || input.mine) return [];
  const now = today();
  const coming = all<DueRow & { mode: string }>(ctx.db, sql`SELECT id, version, name AS title, next_day AS day, mode FROM recurring_entries WHERE archived = 0 AND next_day <> '' AND next_day <= ${input.until} ORDER BY next_day, id LIMIT ${input.limit}`);
  const drafts = all<DueRow>(ctx.db, sql`SELECT e.id, e.version, e.narration AS title, r.day FROM entries e JOIN recurring_runs r ON r.entry_id = e.id WHERE e.state = 'draft' AND r.day <= ${input.until} ORDER BY r.day, e.id LIMIT ${input.limit}`);
  const stuck = toReverse(ctx, input.until).map((one) => ({ id: one.id, version: 1, title: one.number, day: one.next_start }));
  const told = (entity: string, what: string) => (row: DueRow) => ({ entity, id: row.id, version: row.version, title: row.title, day: row.day, what, owner_id: null, late: row.day < now });
  return [...coming.map((row) => told(recurringEntry.name, `recurring.${row.mode}`)(row)), ...drafts.map(told('entry', 'recurring.waiting')), ...stuck.map(told('entry', 'recurring.reversal'))];
};
