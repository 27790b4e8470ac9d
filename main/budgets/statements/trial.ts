import type { InputOf } from '#contract/kit/call.ts';
import type { Only, reportCalls, Source, Statement, StatementColumn, StatementRow, TrialRow } from '#contract/budgets/report.ts';
import { addDays } from '#contract/kit/day.ts';
import { say, w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { type Account, type Balance, chartOf, upTo } from '../accounts/balances.ts';
import { columnsOf, finished, type StatementInput } from './columns.ts';
import { baseOf } from '../journal/lines.ts';
import { net, notesOf } from './statements.ts';

/** The trial balance: by account and currency for whoever wants rows, and as a statement that is read and printed. */

const words = {
  title: w('Trial balance', 'Summen- und Saldenliste'),
  opening: w('Opening', 'Eröffnung'),
  debit: w('Debit', 'Soll'),
  credit: w('Credit', 'Haben'),
  debitBalance: w('Debit balance', 'Saldo Soll'),
  creditBalance: w('Credit balance', 'Saldo Haben'),
  total: w('Total', 'Summe'),
};

/** Balances of every account and currency at a day; with `from` what moved since. */
export function trialBalance(ctx: Ctx, input: InputOf<(typeof reportCalls)['report.trial_balance']>): readonly TrialRow[] {
  const base = baseOf(ctx);
  const late = upTo(ctx.db, input.to, input.only);
  const early = input.from === undefined ? [] : upTo(ctx.db, addDays(input.from, -1), input.only);
  const sums = new Map<string, { account_id: number; currency: string; opening: number; debit: number; credit: number; quantity: number }>();
  const of = (one: Balance): { account_id: number; currency: string; opening: number; debit: number; credit: number; quantity: number } => {
    const key = `${one.account_id} ${one.currency}`;
    let held = sums.get(key);
    if (!held) sums.set(key, (held = { account_id: one.account_id, currency: one.currency, opening: 0, debit: 0, credit: 0, quantity: 0 }));
    return held;
  };
  for (const one of late) {
    const held = of(one);
    held.debit += one.debit;
    held.credit += one.credit;
    held.quantity += one.quantity;
  }
  for (const one of early) {
    const held = of(one);
    held.opening += net(one);
    held.debit -= one.debit;
    held.credit -= one.credit;
  }
  const rows = new Map<number, TrialRow[]>();
  const chart = chartOf(ctx.db);
  const accounts = new Map(chart.map((one) => [one.id, one]));
  for (const one of sums.values()) {
    const account = accounts.get(one.account_id)!;
    const closing = one.opening + one.debit - one.credit;
    const row: TrialRow = { account_id: one.account_id, number: account.number, account: account.path, kind: account.kind, currency: one.currency || base, opening: one.opening, debit: one.debit, credit: one.credit, closing, quantity: one.currency === '' ? closing : one.quantity };
    if (input.zero === true || one.debit !== 0 || one.credit !== 0 || closing !== 0 || row.quantity !== 0) rows.set(one.account_id, [...(rows.get(one.account_id) ?? []), row]);
  }
  return chart.flatMap((account) => (rows.get(account.id) ?? []).toSorted((a, b) => (a.currency < b.currency ? -1 : 1)));
}

interface Moves {
  opening: number;
  debit: number;
  credit: number;
}

/** Opening, debits and credits of every account within days, all currencies together. */
function movesOf(ctx: Ctx, from: string, to: string, only: Only | null): { readonly moves: Map<number, Moves>; readonly late: readonly Balance[] } {
  const moves = new Map<number, Moves>();
  const of = (id: number): Moves => {
    const held = moves.get(id) ?? { opening: 0, debit: 0, credit: 0 };
    moves.set(id, held);
    return held;
  };
  const late = upTo(ctx.db, to, only);
  for (const one of late) {
    const held = of(one.account_id);
    held.debit += one.debit;
    held.credit += one.credit;
  }
  for (const one of upTo(ctx.db, addDays(from, -1), only)) {
    const held = of(one.account_id);
    held.opening += net(one);
    held.debit -= one.debit;
    held.credit -= one.credit;
  }
  return { moves, late };
}

const closing = (one: Moves | undefined): number => (one ? one.opening + one.debit - one.credit : 0);

/** The trial balance as a statement. One column gives opening, debits, credits and the balances by side; several give one balance each. */
export function trialStatement(ctx: Ctx, input: StatementInput): Statement {
  const { columns, notes } = columnsOf(ctx, input, true);
  const found = columns.map((column) => movesOf(ctx, column.from, column.to, column.only));
  const t = (label: (typeof words)[keyof typeof words]): string => say(label, ctx.language, {});
  const [only] = columns;
  const single = columns.length === 1 && only !== undefined;
  const shown: readonly StatementColumn[] = single
    ? [
        { ...only, label: t(words.opening), basis: 'before' },
        { ...only, label: t(words.debit), basis: 'moved', side: 'debit' },
        { ...only, label: t(words.credit), basis: 'moved', side: 'credit' },
        { ...only, label: t(words.debitBalance), basis: 'balance', side: 'debit' },
        { ...only, label: t(words.creditBalance), basis: 'balance', side: 'credit' },
      ]
    : columns;
  const valuesOf = (account: Account): number[] => {
    if (!single) return found.map(({ moves }) => closing(moves.get(account.id)));
    const one = found[0]!.moves.get(account.id);
    return one ? [one.opening, one.debit, one.credit, Math.max(closing(one), 0), Math.max(-closing(one), 0)] : [0, 0, 0, 0, 0];
  };
  const totals = shown.map(() => 0);
  const accounts: number[] = [];
  const rows: StatementRow[] = [];
  for (const one of chartOf(ctx.db).toSorted((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0))) {
    const values = valuesOf(one);
    if (input.zero === true ? one.heading === 1 : values.every((value) => value === 0)) continue;
    values.forEach((value, at) => (totals[at]! += value));
    accounts.push(one.id);
    rows.push({ key: `${one.id}`, label: one.name, number: one.number, style: 'account', depth: 1, account_id: one.id, values: values.map((value) => value || 0), source: sourceOf([one.id]), compared: null });
  }
  rows.push({ key: 'total', label: t(words.total), number: '', style: 'total', depth: 0, account_id: null, values: totals.map((value) => value || 0), source: sourceOf(accounts), compared: null });
  return finished({ title: t(words.title), currency: baseOf(ctx), columns: shown, rows, notes: [...notes, ...notesOf(ctx, found.map(({ late }) => late))] }, single ? { ...input, by: undefined, compare: false } : input);
}

const sourceOf = (accounts: readonly number[]): Source => ({ accounts, sign: 1, basis: 'balance' });
