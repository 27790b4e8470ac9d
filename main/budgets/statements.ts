import type { InputOf } from '#contract/kit/call.ts';
import { account as account_, type AccountKind } from '#contract/budgets/account.ts';
import type { Register, RegisterRow, reportCalls, Statement, StatementColumn, StatementRow, TrialRow } from '#contract/budgets/report.ts';
import { addDays } from '#contract/kit/day.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { type Language, say, w, type Words } from '#contract/kit/words.ts';
import type { Ctx } from '../db/context.ts';
import type { Connection } from '../db/open.ts';
import { all, first, type Sql, sql } from '../db/sql.ts';
import { type Account, againstCash, type Balance, chartOf, isCash, moved, type Only, upTo } from './balances.ts';
import { baseOf } from './lines.ts';

/** Trial balance, balance sheet, profit and loss, cash flow and registers, all from kept balances. */

const words = {
  balanceSheet: w('Balance sheet', 'Bilanz'),
  profitAndLoss: w('Profit and loss', 'Gewinn- und Verlustrechnung'),
  cashFlow: w('Cash-flow statement', 'Kapitalflussrechnung'),
  assets: w('Assets', 'Aktiva'),
  liabilities: w('Liabilities', 'Verbindlichkeiten'),
  equity: w('Equity', 'Eigenkapital'),
  unclassified: w('Not classified', 'Nicht zugeordnet'),
  open: w('Result not carried forward yet', 'Noch nicht vorgetragenes Ergebnis'),
  totalAssets: w('Total assets', 'Summe Aktiva'),
  totalFunds: w('Total liabilities and equity', 'Summe Passiva'),
  income: w('Income', 'Erträge'),
  expenses: w('Expenses', 'Aufwendungen'),
  totalOf: w('Total {what}', 'Summe {what}'),
  result: w('Result', 'Ergebnis'),
  operating: w('Operating activities', 'Laufende Geschäftstätigkeit'),
  investing: w('Investing activities', 'Investitionstätigkeit'),
  financing: w('Financing activities', 'Finanzierungstätigkeit'),
  change: w('Change in cash', 'Veränderung der Zahlungsmittel'),
  begin: w('Cash at the beginning', 'Zahlungsmittel am Anfang'),
  end: w('Cash at the end', 'Zahlungsmittel am Ende'),
  cash: w('Cash and cash equivalents', 'Zahlungsmittel'),
  unvalued: w('{currency}: balances without a value in {base}; no rate is known.', '{currency}: Salden ohne Wert in {base}; es ist kein Kurs bekannt.'),
};

type ColumnInput = { from?: string | undefined; to: string; label?: string | undefined };
type Input = { columns: readonly ColumnInput[]; only?: Only | undefined; zero?: boolean | undefined };

/** The first day of the fiscal year that a day falls into; of the calendar year where there is none. */
export const yearStart = (db: Connection, day: string): string =>
  first<{ start_day: string }>(db, sql`SELECT start_day FROM fiscal_years WHERE archived = 0 AND start_day <= ${day} AND end_day >= ${day} ORDER BY start_day DESC LIMIT 1`)?.start_day ?? `${day.slice(0, 4)}-01-01`;

const columnsOf = (ctx: Ctx, input: Input): StatementColumn[] => input.columns.map((one) => ({ label: one.label ?? one.to, from: one.from ?? yearStart(ctx.db, one.to), to: one.to }));

const net = (one: Balance): number => one.debit - one.credit;

function byAccount(list: readonly Balance[], closing: 'with' | 'without'): Map<number, number> {
  const sums = new Map<number, number>();
  for (const one of list) if (closing === 'with' || one.closing === 0) sums.set(one.account_id, (sums.get(one.account_id) ?? 0) + net(one));
  return sums;
}

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

interface Section {
  readonly key: string;
  readonly label: Words;
  readonly kinds: readonly AccountKind[];
  /** 1 where debits are shown positive, -1 where credits are. */
  readonly sign: 1 | -1;
}

/** Rows of one section: headings and accounts as the tree has them, headings with the sum of what lies under them. */
function sectionRows(chart: readonly Account[], section: Section, columns: readonly Map<number, number>[], language: Language, zero: boolean): { rows: StatementRow[]; totals: number[] } {
  const own = chart.filter((one) => section.kinds.includes(one.kind));
  const ids = new Set(own.map((one) => one.id));
  const sums = new Map<number, number[]>();
  const totals = columns.map(() => 0);
  // Children come after their parents: from the end up, each hands its sum to the one above.
  for (const one of own.toReversed()) {
    const values = columns.map((column, at) => section.sign * (column.get(one.id) ?? 0) + (sums.get(one.id)?.[at] ?? 0));
    sums.set(one.id, values);
    if (one.parent_id !== null && ids.has(one.parent_id)) {
      const above = sums.get(one.parent_id) ?? columns.map(() => 0);
      sums.set(one.parent_id, above.map((value, at) => value + values[at]!));
    } else values.forEach((value, at) => (totals[at]! += value));
  }
  const parents = new Set(own.map((one) => one.parent_id));
  const tops = own.filter((one) => one.parent_id === null || !ids.has(one.parent_id)).map((one) => one.depth);
  const shift = Math.min(...tops, 99);
  const rows: StatementRow[] = [{ key: section.key, label: say(section.label, language, {}), number: '', style: 'heading', depth: 0, account_id: null, values: [] }];
  for (const one of own) {
    const gathered = sums.get(one.id)!;
    const direct = columns.map((column) => section.sign * (column.get(one.id) ?? 0) || 0);
    const isParent = parents.has(one.id);
    if (!zero && gathered.every((value) => value === 0) && direct.every((value) => value === 0) && !(isParent && hasMoved(own, one.id, columns))) continue;
    const depth = one.depth - shift + 1;
    if (isParent) {
      rows.push({ key: `${one.id}`, label: one.name, number: one.number, style: 'subtotal', depth, account_id: one.heading === 1 ? null : one.id, values: gathered.map((value) => value || 0) });
      if (one.heading === 0 && direct.some((value) => value !== 0)) rows.push({ key: `${one.id}.own`, label: one.name, number: one.number, style: 'account', depth: depth + 1, account_id: one.id, values: direct });
    } else rows.push({ key: `${one.id}`, label: one.name, number: one.number, style: 'account', depth, account_id: one.id, values: direct });
  }
  return { rows, totals: totals.map((value) => value || 0) };
}

/** Whether anything under a heading is not zero although the sums cancel out. */
function hasMoved(own: readonly Account[], id: number, columns: readonly Map<number, number>[]): boolean {
  return own.some((one) => one.parent_id === id && (columns.some((column) => (column.get(one.id) ?? 0) !== 0) || hasMoved(own, one.id, columns)));
}

const total = (key: string, label: string, values: readonly number[], style: StatementRow['style'] = 'total', depth = 0): StatementRow => ({ key, label, number: '', style, depth, account_id: null, values: values.map((value) => value || 0) });

function notesOf(ctx: Ctx, balances: readonly (readonly Balance[])[]): string[] {
  const base = baseOf(ctx);
  const held = new Map<string, { value: number; quantity: number }>();
  for (const one of balances.flat()) {
    if (one.currency === '') continue;
    const sums = held.get(one.currency) ?? { value: 0, quantity: 0 };
    held.set(one.currency, { value: sums.value + one.debit + one.credit, quantity: sums.quantity + Math.abs(one.quantity) });
  }
  return [...held].filter(([, sums]) => sums.value === 0 && sums.quantity !== 0).map(([currency]) => say(words.unvalued, ctx.language, { currency, base }));
}

/** Assets, liabilities and equity at the end of each column. */
export function balanceSheet(ctx: Ctx, input: Input): Statement {
  const columns = columnsOf(ctx, input);
  const balances = columns.map((column) => upTo(ctx.db, column.to, input.only));
  const sums = balances.map((list) => byAccount(list, 'with'));
  const chart = chartOf(ctx.db);
  const section = (key: string, label: Words, kinds: readonly AccountKind[], sign: 1 | -1) => sectionRows(chart, { key, label, kinds, sign }, sums, ctx.language, input.zero === true);
  const t = (label: Words): string => say(label, ctx.language, {});
  const assets = section('asset', words.assets, ['asset'], 1);
  const liabilities = section('liability', words.liabilities, ['liability'], -1);
  const equity = section('equity', words.equity, ['equity'], -1);
  const others = section('unclassified', words.unclassified, ['unclassified'], -1);
  const results = new Set(chart.filter((one) => one.kind === 'income' || one.kind === 'expense').map((one) => one.id));
  const open = sums.map((column) => -[...column].reduce((sum, [id, value]) => sum + (results.has(id) ? value : 0), 0) || 0);
  const funds = columns.map((_, at) => liabilities.totals[at]! + equity.totals[at]! + open[at]! + others.totals[at]!);
  const named = (what: Words): string => say(words.totalOf, ctx.language, { what: t(what) });
  return {
    title: t(words.balanceSheet),
    currency: baseOf(ctx),
    columns,
    rows: [
      ...assets.rows,
      total('total.asset', t(words.totalAssets), assets.totals),
      ...liabilities.rows,
      total('total.liability', named(words.liabilities), liabilities.totals, 'subtotal'),
      ...equity.rows,
      total('result.open', t(words.open), open, 'account', 1),
      total('total.equity', named(words.equity), equity.totals.map((value, at) => value + open[at]!), 'subtotal'),
      ...(others.totals.some((value) => value !== 0) || others.rows.length > 1 ? [...others.rows, total('total.unclassified', named(words.unclassified), others.totals, 'subtotal')] : []),
      total('total.funds', t(words.totalFunds), funds),
    ],
    notes: notesOf(ctx, balances),
  };
}

/** Income and expenses within each column, closing entries left out. */
export function profitAndLoss(ctx: Ctx, input: Input): Statement {
  const columns = columnsOf(ctx, input);
  const balances = columns.map((column) => moved(ctx.db, column.from, column.to, input.only));
  const sums = balances.map((list) => byAccount(list, 'without'));
  const chart = chartOf(ctx.db);
  const income = sectionRows(chart, { key: 'income', label: words.income, kinds: ['income'], sign: -1 }, sums, ctx.language, input.zero === true);
  const expenses = sectionRows(chart, { key: 'expense', label: words.expenses, kinds: ['expense'], sign: 1 }, sums, ctx.language, input.zero === true);
  const t = (label: Words): string => say(label, ctx.language, {});
  return {
    title: t(words.profitAndLoss),
    currency: baseOf(ctx),
    columns,
    rows: [
      ...income.rows,
      total('total.income', say(words.totalOf, ctx.language, { what: t(words.income) }), income.totals, 'subtotal'),
      ...expenses.rows,
      total('total.expense', say(words.totalOf, ctx.language, { what: t(words.expenses) }), expenses.totals, 'subtotal'),
      total('result', t(words.result), income.totals.map((value, at) => value - expenses.totals[at]!)),
    ],
    notes: notesOf(ctx, balances),
  };
}

/**
 * Where cash came from and went. Direct: what entries with cash moved on the other accounts. Indirect: the result, then the changes of all
 * other balance sheet accounts (IAS 7). Both end at the same change in cash.
 */
export function cashFlow(ctx: Ctx, input: Input & { method?: 'direct' | 'indirect' | undefined }): Statement {
  const columns = columnsOf(ctx, input);
  const chart = chartOf(ctx.db);
  const cash = new Set(chart.filter(isCash).map((one) => one.id));
  const all_ = columns.map((column) => moved(ctx.db, column.from, column.to));
  const sums = all_.map((list) => byAccount(list, 'without'));
  const direct = (input.method ?? 'direct') === 'direct';
  const flows = direct ? columns.map((column) => againstCash(ctx.db, column.from, column.to)) : sums;
  const t = (label: Words): string => say(label, ctx.language, {});
  const isResult = (one: Account): boolean => one.kind === 'income' || one.kind === 'expense';
  const classOf = (one: Account): string => (one.cash_flow === 'investing' || one.cash_flow === 'financing' ? one.cash_flow : one.cash_flow === '' && (one.role === 'fixed_asset' || one.role === 'intangible') ? 'investing' : one.cash_flow === '' && (one.role === 'loan' || one.role === 'share_capital' || one.role === 'drawings') ? 'financing' : 'operating');
  const rows: StatementRow[] = [];
  const change = columns.map(() => 0);
  const result = sums.map((column) => -chart.filter(isResult).reduce((sum, one) => sum + (column.get(one.id) ?? 0), 0) || 0);
  for (const [key, label] of [['operating', words.operating], ['investing', words.investing], ['financing', words.financing]] as const) {
    const own = chart.filter((one) => !cash.has(one.id) && (direct || !isResult(one)) && classOf(one) === key);
    const lines = own.map((one) => ({ one, values: flows.map((flow) => -(flow.get(one.id) ?? 0) || 0) })).filter(({ values }) => input.zero === true || values.some((value) => value !== 0));
    const totals = columns.map((_, at) => lines.reduce((sum, line) => sum + line.values[at]!, 0) + (!direct && key === 'operating' ? result[at]! : 0));
    rows.push({ key, label: t(label), number: '', style: 'heading', depth: 0, account_id: null, values: [] });
    if (!direct && key === 'operating') rows.push(total('result', t(words.result), result, 'account', 1));
    for (const { one, values } of lines) rows.push({ key: `${one.id}`, label: one.name, number: one.number, style: 'account', depth: 1, account_id: one.id, values });
    rows.push(total(`total.${key}`, say(words.totalOf, ctx.language, { what: t(label) }), totals, 'subtotal'));
    totals.forEach((value, at) => (change[at]! += value));
  }
  rows.push(total('change', t(words.change), change));
  rows.push({ key: 'cash', label: t(words.cash), number: '', style: 'heading', depth: 0, account_id: null, values: [] });
  const cashIn = (list: Map<number, number>): number => [...cash].reduce((sum, id) => sum + (list.get(id) ?? 0), 0);
  for (const one of chart.filter((account) => cash.has(account.id))) {
    const values = sums.map((column) => column.get(one.id) ?? 0);
    if (input.zero === true || values.some((value) => value !== 0)) rows.push({ key: `cash.${one.id}`, label: one.name, number: one.number, style: 'account', depth: 1, account_id: one.id, values });
  }
  const begin = columns.map((column) => cashIn(byAccount(upTo(ctx.db, addDays(column.from, -1)), 'with')));
  rows.push(total('begin', t(words.begin), begin, 'account', 1), total('end', t(words.end), begin.map((value, at) => value + change[at]!)));
  return { title: t(words.cashFlow), currency: baseOf(ctx), columns, rows, notes: notesOf(ctx, all_) };
}

/** One page of an account's lines with the balance after each. */
export function register(ctx: Ctx, input: InputOf<(typeof reportCalls)['report.register']>): Register {
  const account = first<{ id: number; name: string }>(ctx.db, sql`SELECT id, name FROM accounts WHERE id = ${input.account_id}`);
  if (!account) throw new Refused('missing', refusals.missing, { what: account_.label[ctx.language], id: input.account_id });
  const base = baseOf(ctx);
  const limit = input.limit ?? 200;
  const from = input.from ?? '';
  const opening = from === '' ? 0 : balanceBefore(ctx.db, account.id, from, 0);
  const begin = input.after ? balanceBefore(ctx.db, account.id, input.after[0], input.after[1] + 1) : opening;
  const start: Sql = input.after ? sql`(l.day, l.id) > (${input.after[0]}, ${input.after[1]})` : sql`l.day >= ${from}`;
  const rows = all<Omit<RegisterRow, 'balance'>>(
    ctx.db,
    sql`SELECT l.id AS line_id, l.id >> 14 AS entry_id, e.number, l.day, e.narration, l.text, e.reference, l.amount, l.currency, l.quantity FROM entry_lines l JOIN entries e ON e.id = l.id >> 14
        WHERE l.account_id = ${account.id} AND ${start} AND l.day <= ${input.to ?? '9999-12-31'} ORDER BY l.day, l.id LIMIT ${limit + 1}`,
  );
  const more = rows.length > limit;
  if (more) rows.pop();
  let balance = begin;
  const shown = rows.map((row): RegisterRow => ({ ...row, currency: row.currency || base, quantity: row.currency === '' ? row.amount : row.quantity, balance: (balance += row.amount) }));
  const last = shown.at(-1);
  return { account_id: account.id, account: account.name, opening, rows: shown, next: more && last ? [last.day, last.line_id] : null };
}

/** Balance of an account before a line: whole periods as kept, then the lines of its own period. */
function balanceBefore(db: Connection, account: number, day: string, line: number): number {
  const start = first<{ start_day: string }>(db, sql`SELECT start_day FROM periods WHERE archived = 0 AND start_day <= ${day} ORDER BY start_day DESC LIMIT 1`)?.start_day ?? '';
  const kept = first<{ sum: number }>(db, sql`SELECT ifnull(sum(b.debit - b.credit), 0) AS sum FROM balances b WHERE b.dimension = '' AND b.value_id = 0 AND b.account_id = ${account} AND b.period_id IN (SELECT id FROM periods WHERE end_day < ${start})`)!.sum;
  const lines = first<{ sum: number }>(db, sql`SELECT ifnull(sum(amount), 0) AS sum FROM entry_lines WHERE account_id = ${account} AND day >= ${start} AND (day, id) < (${day}, ${line})`)!.sum;
  return kept + lines;
}
