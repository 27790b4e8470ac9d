import type { InputOf } from '#contract/kit/call.ts';
import { account as account_ } from '#contract/budgets/account.ts';
import type { Basis, Explained, ExplainRow, Only, Register, RegisterRow, reportCalls } from '#contract/budgets/report.ts';
import { addDays } from '#contract/kit/day.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import type { Ctx } from '../../db/context.ts';
import type { Connection } from '../../db/open.ts';
import { all, empty, first, raw, type Sql, sql } from '../../db/sql.ts';
import { againstCash, type Balance, beginning, chartOf, moved, narrowed, revaluations, revalued, under, upTo, within } from '../accounts/balances.ts';
import { cashDimension, exchangeDimension } from '../accounts/tally.ts';
import { baseOf } from './lines.ts';

/** What a figure is made of: accounts, periods, and the lines of one account with a running balance. */

/** Lines that count for a basis. */
const counting = (basis: Basis): Sql => {
  if (basis === 'result') return raw(' AND l.closing = 0');
  if (basis === 'exchange') return sql` AND l.id >> 14 IN (${revaluations} SELECT id FROM revaluations)`;
  const flowing = sql` AND l.id >> 14 NOT IN (${revaluations} SELECT id FROM revaluations)`;
  if (basis === 'flow') return sql` AND l.closing = 0${flowing}`;
  if (basis !== 'cash') return empty;
  return sql`${flowing} AND EXISTS (SELECT 1 FROM entry_lines c JOIN accounts a ON a.id = c.account_id
    WHERE c.id BETWEEN (l.id >> 14) * 16384 AND (l.id >> 14) * 16384 + 16383 AND (a.cash_flow = 'cash' OR a.role IN ('bank', 'cash')))`;
};

/** One page of an account's lines with the balance after each. */
export function register(ctx: Ctx, input: InputOf<(typeof reportCalls)['report.register']>): Register {
  const account = first<{ id: number; name: string; number: string }>(ctx.db, sql`SELECT id, name, number FROM accounts WHERE id = ${input.account_id}`);
  if (!account) throw new Refused('missing', refusals.missing, { what: account_.label[ctx.language], id: input.account_id });
  const base = baseOf(ctx);
  const limit = input.limit ?? 200;
  const from = input.from ?? '';
  const to = input.to ?? '9999-12-31';
  const basis = input.basis ?? 'balance';
  const which = sql`${narrowed(ctx.db, input.only)}${counting(basis)}`;
  const wholly = basis === 'balance' || basis === 'before';
  const before = (day: string, line: number): number =>
    wholly && !input.only
      ? balanceBefore(ctx.db, account.id, day, line)
      : first<{ sum: number }>(ctx.db, sql`SELECT ifnull(sum(l.amount), 0) AS sum FROM entry_lines l WHERE l.account_id = ${account.id} AND l.day >= ${wholly ? '' : from} AND (l.day, l.id) < (${day}, ${line})${which}`)!.sum;
  const opening = from === '' ? 0 : before(from, 0);
  const begin = input.after ? before(input.after[0], input.after[1] + 1) : opening;
  const start: Sql = input.after ? sql`(l.day, l.id) > (${input.after[0]}, ${input.after[1]})` : sql`l.day >= ${from}`;
  const rows = all<Omit<RegisterRow, 'balance'>>(
    ctx.db,
    sql`SELECT l.id AS line_id, l.id >> 14 AS entry_id, e.number, l.day, e.narration, l.text, e.reference, l.amount, l.currency, l.quantity FROM entry_lines l JOIN entries e ON e.id = l.id >> 14
        WHERE l.account_id = ${account.id} AND ${start} AND l.day <= ${to}${which} ORDER BY l.day, l.id LIMIT ${limit + 1}`,
  );
  const more = rows.length > limit;
  if (more) rows.pop();
  let balance = begin;
  const shown = rows.map((row): RegisterRow => ({ ...row, currency: row.currency || base, quantity: row.currency === '' ? row.amount : row.quantity, balance: (balance += row.amount) }));
  const last = shown.at(-1);
  const closing = more ? before(to, Number.MAX_SAFE_INTEGER) : balance;
  return { account_id: account.id, number: account.number, account: account.name, opening, closing, rows: shown, next: more && last ? [last.day, last.line_id] : null };
}

/** Balance of an account before a line: whole periods as kept, then the lines of its own period. */
function balanceBefore(db: Connection, account: number, day: string, line: number): number {
  const start = first<{ start_day: string }>(db, sql`SELECT start_day FROM periods WHERE archived = 0 AND start_day <= ${day} ORDER BY start_day DESC LIMIT 1`)?.start_day ?? '';
  const kept = first<{ sum: number }>(db, sql`SELECT ifnull(sum(b.debit - b.credit), 0) AS sum FROM balances b WHERE b.dimension = '' AND b.value_id = 0 AND b.account_id = ${account} AND b.period_id IN (SELECT id FROM periods WHERE end_day < ${start})`)!.sum;
  const lines = first<{ sum: number }>(db, sql`SELECT ifnull(sum(amount), 0) AS sum FROM entry_lines WHERE account_id = ${account} AND day >= ${start} AND (day, id) < (${day}, ${line})`)!.sum;
  return kept + lines;
}

interface Part {
  readonly account_id: number;
  readonly debit: number;
  readonly credit: number;
}

interface Wanted {
  readonly basis: Basis;
  readonly from: string;
  readonly to: string;
  readonly only?: Only | undefined;
}

const parted = (flows: ReadonlyMap<number, number>, sign: 1 | -1 = 1): Part[] => [...flows].map(([account_id, value]) => ({ account_id, debit: sign * Math.max(value, 0), credit: sign * Math.max(-value, 0) }));
const counted = (basis: Basis, list: readonly Balance[]): readonly Balance[] => (basis === 'result' || basis === 'flow' ? list.filter((one) => one.closing === 0) : list);

/** What revaluations and cash make another sum of within some days; null for a basis that they have no part in. */
function apart(db: Connection, basis: Basis, from: string, to: string): readonly Part[] | null {
  if (basis === 'cash') return parted(againstCash(db, from, to));
  if (basis === 'exchange') return parted(revalued(db, from, to, 'all'));
  return basis === 'flow' ? [...counted(basis, moved(db, from, to)), ...parted(revalued(db, from, to, 'all'), -1)] : null;
}

/** What the accounts hold or moved. */
function partsOf(db: Connection, { basis, from, to, only }: Wanted): readonly Part[] {
  if (basis === 'balance') return upTo(db, to, only);
  if (basis === 'before') return upTo(db, addDays(from, -1), only);
  return apart(db, basis, from, to) ?? counted(basis, moved(db, from, to, only));
}

interface PeriodRow {
  readonly id: number;
  readonly name: string;
  readonly start_day: string;
  readonly end_day: string;
}

/** What a figure is made of. Parts in which nothing moved are left out. */
export function explain(ctx: Ctx, input: InputOf<(typeof reportCalls)['report.explain']>): Explained {
  const wanted = new Set(input.accounts);
  const rows = input.by === 'account' ? byAccount(ctx, input, wanted) : byPeriod(ctx, input, wanted);
  const sum = (of: (row: ExplainRow) => number): number => rows.reduce((total, row) => total + of(row), 0) || 0;
  return { amount: sum((row) => row.amount), debit: sum((row) => row.debit), credit: sum((row) => row.credit), rows };
}

type Input = InputOf<(typeof reportCalls)['report.explain']>;

const amountOf = (input: Input, one: { readonly debit: number; readonly credit: number }): number => input.sign * (one.debit - one.credit) || 0;
const stirred = (one: { readonly debit: number; readonly credit: number }): boolean => one.debit !== 0 || one.credit !== 0;

function byAccount(ctx: Ctx, input: Input, wanted: ReadonlySet<number>): ExplainRow[] {
  const sums = new Map<number, { debit: number; credit: number }>();
  for (const part of partsOf(ctx.db, input)) {
    const held = sums.get(part.account_id) ?? { debit: 0, credit: 0 };
    sums.set(part.account_id, { debit: held.debit + part.debit, credit: held.credit + part.credit });
  }
  return chartOf(ctx.db).flatMap((account): ExplainRow[] => {
    const held = sums.get(account.id);
    if (!held || !wanted.has(account.id) || !stirred(held)) return [];
    return [{ key: `${account.id}`, label: account.name, number: account.number, account_id: account.id, from: input.from, to: input.to, amount: amountOf(input, held), ...held }];
  });
}

function byPeriod(ctx: Ctx, input: Input, wanted: ReadonlySet<number>): ExplainRow[] {
  const to = input.basis === 'before' ? addDays(input.from, -1) : input.to;
  const from = input.basis === 'balance' || input.basis === 'before' ? beginning : input.from;
  const periods = all<PeriodRow>(ctx.db, sql`SELECT id, name, start_day, end_day FROM periods WHERE start_day <> '' AND start_day <= ${to} AND end_day >= ${from} ORDER BY start_day`);
  const whole = periods.filter((one) => one.start_day >= from && one.end_day <= to).map((one) => one.id);
  const kept = keptOf(ctx.db, input, whole);
  return periods.flatMap((period): ExplainRow[] => {
    const [first_, last] = [period.start_day > from ? period.start_day : from, period.end_day < to ? period.end_day : to];
    const cut = first_ !== period.start_day || last !== period.end_day;
    const parts = !cut ? (kept.get(period.id) ?? []) : (apart(ctx.db, input.basis, first_, last) ?? counted(input.basis, within(ctx.db, first_, last, input.only)));
    const held = { debit: 0, credit: 0 };
    for (const part of parts) {
      if (!wanted.has(part.account_id)) continue;
      held.debit += part.debit;
      held.credit += part.credit;
    }
    return stirred(held) ? [{ key: `${period.id}`, label: period.name, number: '', account_id: null, from: first_, to: last, amount: amountOf(input, held), ...held }] : [];
  });
}

/** Where what counts for a basis is kept. */
function placesOf(db: Connection, { basis, only }: Input): readonly { readonly where: Sql; readonly sign: 1 | -1 }[] {
  const exchange = sql`dimension = ${exchangeDimension}`;
  if (basis === 'exchange') return [{ where: exchange, sign: 1 }];
  if (basis === 'flow') return [...under(db), { where: exchange, sign: -1 }];
  return basis === 'cash' ? [{ where: sql`dimension = ${cashDimension} AND value_id = 0`, sign: 1 }, { where: sql`dimension = ${exchangeDimension} AND value_id = 1`, sign: -1 }] : under(db, only);
}

/** What is kept of whole periods, by period. */
function keptOf(db: Connection, input: Input, periods: readonly number[]): Map<number, Part[]> {
  const found = new Map<number, Part[]>();
  const places = placesOf(db, input);
  for (const { where, sign } of places) {
    const rows = all<Part & { readonly period_id: number }>(
      db,
      sql`SELECT period_id, account_id, sum(debit) AS debit, sum(credit) AS credit FROM balances WHERE ${where} AND period_id IN (SELECT value FROM json_each(${JSON.stringify(periods)}))
          AND account_id IN (SELECT value FROM json_each(${JSON.stringify(input.accounts)}))${input.basis === 'result' || input.basis === 'flow' ? raw(' AND closing = 0') : empty} GROUP BY period_id, account_id`,
    );
    for (const row of rows) found.set(row.period_id, [...(found.get(row.period_id) ?? []), { account_id: row.account_id, debit: sign * row.debit, credit: sign * row.credit }]);
  }
  return found;
}
