import type { AccountKind } from '#contract/budgets/account.ts';
import type { Only } from '#contract/budgets/report.ts';
import { addDays } from '#contract/kit/day.ts';
import type { Connection } from '../../db/open.ts';
import { all, first, raw, type Sql, sql } from '../../db/sql.ts';
import { exchangeDimension, keptUnder, tagDimension } from './tally.ts';

/** Balances at any day: the kept ones of whole periods, and the lines of the period that the day cuts. */

export interface Balance {
  readonly account_id: number;
  readonly currency: string;
  /** 1 for what closing entries moved. */
  readonly closing: number;
  readonly debit: number;
  readonly credit: number;
  readonly quantity: number;
}

const before = '0000-00-00';

/** What is kept under a dimension and value up to and with a day, by account, currency and closing. */
export function upTo(db: Connection, day: string, only?: Only | null): Balance[] {
  const kept = under(db, only).flatMap(({ where, sign }) => {
    const found = all<Balance>(
      db,
      sql`SELECT account_id, currency, closing, sum(debit) AS debit, sum(credit) AS credit, sum(quantity) AS quantity FROM balances
        WHERE ${where} AND period_id IN (SELECT id FROM periods WHERE end_day <= ${day}) GROUP BY account_id, currency, closing`,
    );
    return sign === 1 ? found : found.map((one) => ({ ...one, debit: -one.debit, credit: -one.credit, quantity: -one.quantity }));
  });
  const cut = first<{ start_day: string; end_day: string }>(db, sql`SELECT start_day, end_day FROM periods WHERE archived = 0 AND start_day <= ${day} ORDER BY start_day DESC LIMIT 1`);
  if (!cut || cut.end_day <= day) return only?.id === 0 ? merged(kept) : kept;
  return merged([...kept, ...within(db, cut.start_day, day, only)]);
}

/**
 * The values that count as one: a party and those that were merged into it. Posted lines keep whom they named; who reads them follows the
 * merge, from either side.
 */
export function family(db: Connection, only: Only): readonly number[] {
  if (only.dimension !== 'party' || only.id === 0) return [only.id];
  const keep = first<{ id: number }>(db, sql`SELECT into_id AS id FROM merged_parties WHERE party_id = ${only.id}`)?.id ?? only.id;
  return [keep, ...all<{ id: number }>(db, sql`SELECT party_id AS id FROM merged_parties WHERE into_id = ${keep}`).map((row) => row.id)];
}

const among = (ids: readonly number[]): string => `IN (${ids.map(() => '?').join(', ')})`;

/** Where balances are kept for these lines. Those that name no department are all of them without those of any department. */
export function under(db: Connection, only?: Only | null): readonly { readonly where: Sql; readonly sign: 1 | -1 }[] {
  const whole = { where: sql`dimension = '' AND value_id = 0`, sign: 1 } as const;
  if (!only) return [whole];
  // A line may have several tags, so that what has any is kept by itself.
  if (only.id === 0) return [whole, { where: only.dimension === tagDimension ? sql`dimension = ${tagDimension} AND value_id = 0` : sql`dimension = ${only.dimension}`, sign: -1 }];
  const ids = family(db, only);
  return [{ where: { text: `dimension = ? AND value_id ${among(ids)}`, values: [only.dimension, ...ids] }, sign: 1 }];
}

/** The same for lines. */
export function narrowed(db: Connection, only?: Only | null): Sql {
  if (!only) return { text: '', values: [] };
  if (only.dimension === tagDimension) {
    return only.id === 0 ? sql` AND NOT EXISTS (SELECT 1 FROM entry_line_tags g WHERE g.line_id = l.id)` : sql` AND EXISTS (SELECT 1 FROM entry_line_tags g JOIN own_tags t ON t.id = g.tag_id WHERE g.line_id = l.id AND (t.id = ${only.id} OR t.parent_id = ${only.id}))`;
  }
  if (only.id === 0) return { text: ` AND l.${keptUnder[only.dimension]} IS NULL`, values: [] };
  const ids = family(db, only);
  return { text: ` AND l.${keptUnder[only.dimension]} ${among(ids)}`, values: ids };
}

/** What the lines of some days moved, straight from the lines. */
export function within(db: Connection, from: string, to: string, only?: Only | null): Balance[] {
  return all<Balance>(
    db,
    sql`SELECT l.account_id, l.currency, l.closing, sum(max(l.amount, 0)) AS debit, sum(max(-l.amount, 0)) AS credit, sum(l.quantity) AS quantity
        FROM accounts a CROSS JOIN entry_lines l ON l.account_id = a.id AND l.day BETWEEN ${from} AND ${to}${narrowed(db, only)} GROUP BY l.account_id, l.currency, l.closing`,
  );
}

const keyOf = (one: Balance): string => `${one.account_id} ${one.closing} ${one.currency}`;

function merged(list: readonly Balance[], signs: readonly number[] = []): Balance[] {
  const sums = new Map<string, { account_id: number; currency: string; closing: number; debit: number; credit: number; quantity: number }>();
  list.forEach((one, at) => {
    const sign = signs[at] ?? 1;
    const held = sums.get(keyOf(one));
    if (!held) sums.set(keyOf(one), { ...one, debit: sign * one.debit, credit: sign * one.credit, quantity: sign * one.quantity });
    else {
      held.debit += sign * one.debit;
      held.credit += sign * one.credit;
      held.quantity += sign * one.quantity;
    }
  });
  return [...sums.values()];
}

/** What moved from one day to another, both within. */
export function moved(db: Connection, from: string, to: string, only?: Only | null): Balance[] {
  const [early, late] = [from <= '0001-01-01' ? [] : upTo(db, addDays(from, -1), only), upTo(db, to, only)];
  return merged([...late, ...early], [...late.map(() => 1), ...early.map(() => -1)]);
}

/** Entries that are revaluations, and those that take them back: a table for the query behind it. */
export const revaluations: Sql = raw(`WITH RECURSIVE revaluations (id, day) AS (
  SELECT id, day FROM entries WHERE origin = 'revaluation' UNION ALL SELECT r.id, r.day FROM revaluations x CROSS JOIN entries r ON r.reverses_id = x.id)`);

const cutPeriods = (db: Connection, from: string, to: string): readonly { readonly first: string; readonly last: string }[] =>
  all<{ start_day: string; end_day: string }>(db, sql`SELECT start_day, end_day FROM periods WHERE start_day <= ${to} AND end_day >= ${from} AND NOT (start_day >= ${from} AND end_day <= ${to})`).map((cut) => ({
    first: cut.start_day > from ? cut.start_day : from,
    last: cut.end_day < to ? cut.end_day : to,
  }));

/** What revaluations of some days moved on each account, all of them or those that revalued cash too. Whole periods come from what is kept. */
export function revalued(db: Connection, from: string, to: string, which: 'all' | 'cash'): Map<number, number> {
  const sums = new Map<number, number>();
  const note = (rows: readonly { readonly account_id: number; readonly amount: number }[]): void => rows.forEach((one) => sums.set(one.account_id, (sums.get(one.account_id) ?? 0) + one.amount));
  note(
    all(
      db,
      sql`SELECT account_id, sum(debit - credit) AS amount FROM balances WHERE dimension = ${exchangeDimension} AND value_id >= ${which === 'all' ? 0 : 1} AND period_id IN (SELECT id FROM periods WHERE start_day >= ${from} AND end_day <= ${to}) GROUP BY account_id`,
    ),
  );
  for (const cut of cutPeriods(db, from, to)) {
    note(
      all(
        db,
        sql`${revaluations} SELECT l.account_id, sum(l.amount) AS amount FROM revaluations r CROSS JOIN entry_lines l ON l.id BETWEEN r.id * 16384 AND r.id * 16384 + 16383
            WHERE r.day BETWEEN ${cut.first} AND ${cut.last} AND (${which} = 'all' OR EXISTS (SELECT 1 FROM entry_lines c JOIN accounts a ON a.id = c.account_id WHERE c.id BETWEEN r.id * 16384 AND r.id * 16384 + 16383 AND (a.cash_flow = 'cash' OR a.role IN ('bank', 'cash'))))
            GROUP BY l.account_id`,
      ),
    );
  }
  return sums;
}

/** The direct cash flow of some days: what entries with cash in them moved on the other accounts, but for revaluations, in which no cash flows. Whole periods come from what is kept. */
export function againstCash(db: Connection, from: string, to: string): Map<number, number> {
  const sums = new Map<number, number>();
  const note = (account: number, amount: number): void => void sums.set(account, (sums.get(account) ?? 0) + amount);
  for (const [account, amount] of revalued(db, from, to, 'cash')) note(account, -amount);
  const kept = all<{ account_id: number; amount: number }>(
    db,
    sql`SELECT account_id, sum(debit - credit) AS amount FROM balances WHERE dimension = 'cash' AND value_id = 0 AND period_id IN (SELECT id FROM periods WHERE start_day >= ${from} AND end_day <= ${to}) GROUP BY account_id`,
  );
  for (const one of kept) note(one.account_id, one.amount);
  for (const { first: first_, last } of cutPeriods(db, from, to)) {
    const rows = all<{ account_id: number; amount: number }>(
      db,
      sql`WITH cash AS (SELECT DISTINCT l.id >> 14 AS entry_id FROM accounts a CROSS JOIN entry_lines l ON l.account_id = a.id AND l.day BETWEEN ${first_} AND ${last} WHERE a.cash_flow = 'cash' OR a.role IN ('bank', 'cash'))
          SELECT l.account_id, sum(l.amount) AS amount FROM cash c CROSS JOIN entry_lines l ON l.id BETWEEN c.entry_id * 16384 AND c.entry_id * 16384 + 16383 GROUP BY l.account_id`,
    );
    for (const one of rows) note(one.account_id, one.amount);
  }
  return sums;
}

export interface Account {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly parent_id: number | null;
  readonly kind: AccountKind;
  readonly role: string;
  readonly heading: number;
  readonly cash_flow: string;
  readonly archived: number;
  /** The only currency that its lines may be in; '' for any. */
  readonly currency: string;
  /** Names from the top, parted by ':'. */
  path: string;
  depth: number;
}

/** All accounts in the order of their tree: by number, then name, each under its parent. */
export function chartOf(db: Connection): Account[] {
  const rows = all<Account>(db, sql`SELECT id, number, name, parent_id, kind, role, heading, cash_flow, archived, currency, '' AS path, 0 AS depth FROM accounts ORDER BY number, name COLLATE NOCASE, id`);
  const under = new Map<number | null, Account[]>();
  for (const row of rows) under.set(row.parent_id, [...(under.get(row.parent_id) ?? []), row]);
  const found: Account[] = [];
  const walk = (parent: number | null, path: string, depth: number): void => {
    for (const row of under.get(parent) ?? []) {
      row.path = path === '' ? row.name : `${path}:${row.name}`;
      row.depth = depth;
      found.push(row);
      walk(row.id, row.path, depth + 1);
    }
  };
  walk(null, '', 0);
  return found;
}

export const isCash = (account: Pick<Account, 'cash_flow' | 'role'>): boolean => account.cash_flow === 'cash' || account.role === 'bank' || account.role === 'cash';

export const beginning = before;
