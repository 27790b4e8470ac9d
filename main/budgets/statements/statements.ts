import type { AccountKind } from '#contract/budgets/account.ts';
import type { Basis, Source, Statement, StatementRow } from '#contract/budgets/report.ts';
import { addDays } from '#contract/kit/day.ts';
import { type Language, say, w, type Words } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { type Account, againstCash, type Balance, chartOf, isCash, moved, revalued, upTo } from '../accounts/balances.ts';
import { columnsOf, finished, type StatementInput } from './columns.ts';
import { baseOf } from '../journal/lines.ts';

/** Balance sheet, profit and loss and cash flow, all from kept balances. */

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
  unrealised: w('Unrealised exchange differences', 'Nicht realisierte Kursdifferenzen'),
  exchange: w('Effect of exchange rates on cash held', 'Wechselkursbedingte Änderung der Zahlungsmittel'),
  change: w('Change in cash', 'Veränderung der Zahlungsmittel'),
  begin: w('Cash at the beginning', 'Zahlungsmittel am Anfang'),
  end: w('Cash at the end', 'Zahlungsmittel am Ende'),
  cash: w('Cash and cash equivalents', 'Zahlungsmittel'),
  unvalued: w('{currency}: balances without a value in {base}; no rate is known.', '{currency}: Salden ohne Wert in {base}; es ist kein Kurs bekannt.'),
};

export const net = (one: Balance): number => one.debit - one.credit;

export function byAccount(list: readonly Balance[], closing: 'with' | 'without'): Map<number, number> {
  const sums = new Map<number, number>();
  for (const one of list) if (closing === 'with' || one.closing === 0) sums.set(one.account_id, (sums.get(one.account_id) ?? 0) + net(one));
  return sums;
}

interface Section {
  readonly key: string;
  readonly label: Words;
  readonly kinds: readonly AccountKind[];
  /** 1 where debits are shown positive, -1 where credits are. */
  readonly sign: 1 | -1;
  readonly basis: Basis;
}

/** Rows of one section: headings and accounts as the tree has them, headings with the sum of what lies under them. */
function sectionRows(chart: readonly Account[], section: Section, columns: readonly Map<number, number>[], language: Language, zero: boolean): { rows: StatementRow[]; totals: number[]; source: Source } {
  const own = chart.filter((one) => section.kinds.includes(one.kind));
  const ids = new Set(own.map((one) => one.id));
  const sums = new Map<number, number[]>();
  const below = new Map<number, number[]>();
  const source = (accounts: readonly number[]): Source => ({ accounts, sign: section.sign, basis: section.basis });
  const totals = columns.map(() => 0);
  // Children come after their parents: from the end up, each hands its sum to the one above.
  for (const one of own.toReversed()) {
    const values = columns.map((column, at) => section.sign * (column.get(one.id) ?? 0) + (sums.get(one.id)?.[at] ?? 0));
    sums.set(one.id, values);
    const gathered = [one.id, ...(below.get(one.id) ?? [])];
    below.set(one.id, gathered);
    if (one.parent_id !== null) below.set(one.parent_id, [...gathered, ...(below.get(one.parent_id) ?? [])]);
    if (one.parent_id !== null && ids.has(one.parent_id)) {
      const above = sums.get(one.parent_id) ?? columns.map(() => 0);
      sums.set(one.parent_id, above.map((value, at) => value + values[at]!));
    } else values.forEach((value, at) => (totals[at]! += value));
  }
  const parents = new Set(own.map((one) => one.parent_id));
  const tops = own.filter((one) => one.parent_id === null || !ids.has(one.parent_id)).map((one) => one.depth);
  // A chart whose only top is named like the section would say it twice.
  const [top, second] = own.filter((one) => one.parent_id === null || !ids.has(one.parent_id));
  const told = top !== undefined && second === undefined && parents.has(top.id) && top.heading === 1 && top.name.toLowerCase() === say(section.label, language, {}).toLowerCase() ? top.id : null;
  const shift = Math.min(...tops, 99) + (told === null ? 0 : 1);
  const rows: StatementRow[] = [heading(section.key, say(section.label, language, {}))];
  for (const one of own) {
    if (one.id === told) continue;
    const gathered = sums.get(one.id)!;
    const direct = columns.map((column) => section.sign * (column.get(one.id) ?? 0) || 0);
    const isParent = parents.has(one.id);
    if (!zero && gathered.every((value) => value === 0) && direct.every((value) => value === 0) && !(isParent && hasMoved(own, one.id, columns))) continue;
    const depth = one.depth - shift + 1;
    if (isParent) {
      rows.push({ key: `${one.id}`, label: one.name, number: one.number, style: 'subtotal', depth, account_id: one.heading === 1 ? null : one.id, values: gathered.map((value) => value || 0), source: source(below.get(one.id) ?? []), compared: null });
      if (one.heading === 0 && direct.some((value) => value !== 0)) rows.push({ key: `${one.id}.own`, label: one.name, number: one.number, style: 'account', depth: depth + 1, account_id: one.id, values: direct, source: source([one.id]), compared: null });
    } else rows.push({ key: `${one.id}`, label: one.name, number: one.number, style: 'account', depth, account_id: one.id, values: direct, source: source([one.id]), compared: null });
  }
  return { rows, totals: totals.map((value) => value || 0), source: source(own.map((one) => one.id)) };
}

/** Whether anything under a heading is not zero although the sums cancel out. */
function hasMoved(own: readonly Account[], id: number, columns: readonly Map<number, number>[]): boolean {
  return own.some((one) => one.parent_id === id && (columns.some((column) => (column.get(one.id) ?? 0) !== 0) || hasMoved(own, one.id, columns)));
}

const total = (key: string, label: string, values: readonly number[], source: Source, style: StatementRow['style'] = 'total', depth = 0): StatementRow => ({ key, label, number: '', style, depth, account_id: null, values: values.map((value) => value || 0), source, compared: null });
const heading = (key: string, label: string): StatementRow => ({ key, label, number: '', style: 'heading', depth: 0, account_id: null, values: [], source: null, compared: null });
/** "Total income", "Summe Erträge". */
const totalOf = (language: Language, what: Words): string => {
  const name = say(what, language, {});
  return say(words.totalOf, language, { what: language === 'en' ? name.charAt(0).toLowerCase() + name.slice(1) : name });
};
/** What several sources hold together, in the sign of the last. */
const together = (...parts: readonly Source[]): Source => ({ ...parts.at(-1)!, accounts: parts.flatMap((part) => part.accounts) });

export function notesOf(ctx: Ctx, balances: readonly (readonly Balance[])[]): string[] {
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
export function balanceSheet(ctx: Ctx, input: StatementInput): Statement {
  const { columns, notes } = columnsOf(ctx, input, true);
  const balances = columns.map((column) => upTo(ctx.db, column.to, column.only));
  const sums = balances.map((list) => byAccount(list, 'with'));
  const chart = chartOf(ctx.db);
  const section = (key: string, label: Words, kinds: readonly AccountKind[], sign: 1 | -1) => sectionRows(chart, { key, label, kinds, sign, basis: 'balance' }, sums, ctx.language, input.zero === true);
  const t = (label: Words): string => say(label, ctx.language, {});
  const assets = section('asset', words.assets, ['asset'], 1);
  const liabilities = section('liability', words.liabilities, ['liability'], -1);
  const equity = section('equity', words.equity, ['equity'], -1);
  const others = section('unclassified', words.unclassified, ['unclassified'], -1);
  const results = new Set(chart.filter((one) => one.kind === 'income' || one.kind === 'expense').map((one) => one.id));
  const openSource: Source = { accounts: [...results], sign: -1, basis: 'balance' };
  const open = sums.map((column) => -[...column].reduce((sum, [id, value]) => sum + (results.has(id) ? value : 0), 0) || 0);
  const funds = columns.map((_, at) => liabilities.totals[at]! + equity.totals[at]! + open[at]! + others.totals[at]!);
  const named = (what: Words): string => totalOf(ctx.language, what);
  const statement: Statement = {
    title: t(words.balanceSheet),
    currency: baseOf(ctx),
    columns,
    rows: [
      ...assets.rows,
      total('total.asset', t(words.totalAssets), assets.totals, assets.source),
      ...liabilities.rows,
      total('total.liability', named(words.liabilities), liabilities.totals, liabilities.source, 'subtotal'),
      ...equity.rows,
      total('result.open', t(words.open), open, openSource, 'account', 1),
      total('total.equity', named(words.equity), equity.totals.map((value, at) => value + open[at]!), together(openSource, equity.source), 'subtotal'),
      ...(others.totals.some((value) => value !== 0) || others.rows.length > 1 ? [...others.rows, total('total.unclassified', named(words.unclassified), others.totals, others.source, 'subtotal')] : []),
      total('total.funds', t(words.totalFunds), funds, together(liabilities.source, equity.source, others.source, openSource)),
    ],
    notes: [...notes, ...notesOf(ctx, balances)],
  };
  return finished(statement, input);
}

/** Income and expenses within each column, closing entries left out. */
export function profitAndLoss(ctx: Ctx, input: StatementInput): Statement {
  const { columns, notes } = columnsOf(ctx, input, false);
  const balances = columns.map((column) => moved(ctx.db, column.from, column.to, column.only));
  const sums = balances.map((list) => byAccount(list, 'without'));
  const chart = chartOf(ctx.db);
  const section = (key: string, label: Words, kind: AccountKind, sign: 1 | -1) => sectionRows(chart, { key, label, kinds: [kind], sign, basis: 'result' }, sums, ctx.language, input.zero === true);
  const income = section('income', words.income, 'income', -1);
  const expenses = section('expense', words.expenses, 'expense', 1);
  const t = (label: Words): string => say(label, ctx.language, {});
  const statement: Statement = {
    title: t(words.profitAndLoss),
    currency: baseOf(ctx),
    columns,
    rows: [
      ...income.rows,
      total('total.income', totalOf(ctx.language, words.income), income.totals, income.source, 'subtotal'),
      ...expenses.rows,
      total('total.expense', totalOf(ctx.language, words.expenses), expenses.totals, expenses.source, 'subtotal'),
      total('result', t(words.result), income.totals.map((value, at) => value - expenses.totals[at]!), together(expenses.source, income.source)),
    ],
    notes: [...notes, ...notesOf(ctx, balances)],
  };
  return finished(statement, input);
}

const without = (sums: ReadonlyMap<number, number>, taken: ReadonlyMap<number, number>): Map<number, number> => new Map([...sums].map(([id, value]) => [id, value - (taken.get(id) ?? 0)]));

/** The activity that an account belongs to in the cash-flow statement. */
function activityOf(one: Account): string {
  if (one.cash_flow === 'investing' || one.cash_flow === 'financing') return one.cash_flow;
  if (one.cash_flow !== '') return 'operating';
  if (one.role === 'fixed_asset' || one.role === 'intangible') return 'investing';
  return one.role === 'loan' || one.role === 'share_capital' || one.role === 'drawings' ? 'financing' : 'operating';
}

/**
 * Where cash came from and went. Direct: what entries with cash moved on the other accounts. Indirect: the result, then the changes of all
 * other balance sheet accounts (IAS 7). No cash flows in a revaluation: what it changes of cash held in other currencies stands apart (§28),
 * and what it changes of other accounts is no part of any activity. Both end at the same change in cash.
 */
export function cashFlow(ctx: Ctx, input: StatementInput & { method?: 'direct' | 'indirect' | undefined }): Statement {
  const { columns } = columnsOf(ctx, input, false);
  const chart = chartOf(ctx.db);
  const cash = new Set(chart.filter(isCash).map((one) => one.id));
  const balances = columns.map((column) => moved(ctx.db, column.from, column.to));
  const sums = balances.map((list) => byAccount(list, 'without'));
  const direct = (input.method ?? 'direct') === 'direct';
  const exchanges = columns.map((column) => revalued(ctx.db, column.from, column.to, 'all'));
  const flows = columns.map((column, at) => (direct ? againstCash(ctx.db, column.from, column.to) : without(sums[at]!, exchanges[at]!)));
  const t = (label: Words): string => say(label, ctx.language, {});
  const isResult = (one: Account): boolean => one.kind === 'income' || one.kind === 'expense';
  const against = (accounts: readonly Account[]): Source => ({ accounts: accounts.map((one) => one.id), sign: -1, basis: direct ? 'cash' : 'flow' });
  const rows: StatementRow[] = [];
  const change = columns.map(() => 0);
  const results = chart.filter(isResult);
  const result = sums.map((column) => -results.reduce((sum, one) => sum + (column.get(one.id) ?? 0), 0) || 0);
  const unrealised = exchanges.map((column) => results.reduce((sum, one) => sum + (column.get(one.id) ?? 0), 0) || 0);
  const cashIn = (list: ReadonlyMap<number, number>): number => [...cash].reduce((sum, id) => sum + (list.get(id) ?? 0), 0) || 0;
  const exchange = exchanges.map(cashIn);
  const shows = (values: readonly number[]): boolean => input.zero === true || values.some((value) => value !== 0);
  for (const [key, label] of [['operating', words.operating], ['investing', words.investing], ['financing', words.financing]] as const) {
    const own = chart.filter((one) => !cash.has(one.id) && (direct || !isResult(one)) && activityOf(one) === key);
    const withResult = !direct && key === 'operating';
    const lines = own.map((one) => ({ one, values: flows.map((flow) => -(flow.get(one.id) ?? 0) || 0) })).filter(({ values }) => shows(values));
    const totals = columns.map((_, at) => lines.reduce((sum, line) => sum + line.values[at]!, 0) + (withResult ? result[at]! + unrealised[at]! : 0));
    rows.push(heading(key, t(label)));
    if (withResult) rows.push(total('result', t(words.result), result, { ...against(results), basis: 'result' }, 'account', 1));
    if (withResult && shows(unrealised)) rows.push(total('unrealised', t(words.unrealised), unrealised, { ...against(results), sign: 1, basis: 'exchange' }, 'account', 1));
    for (const { one, values } of lines) rows.push({ key: `${one.id}`, label: one.name, number: one.number, style: 'account', depth: 1, account_id: one.id, values, source: against([one]), compared: null });
    rows.push(total(`total.${key}`, totalOf(ctx.language, label), totals, against(withResult ? [...results, ...own] : own), 'subtotal'));
    totals.forEach((value, at) => (change[at]! += value));
  }
  const ofCash = (basis: Basis, accounts: readonly number[] = [...cash]): Source => ({ accounts, sign: 1, basis });
  if (shows(exchange)) rows.push(total('exchange', t(words.exchange), exchange, ofCash('exchange'), 'subtotal'));
  exchange.forEach((value, at) => (change[at]! += value));
  rows.push(total('change', t(words.change), change, ofCash('result')));
  rows.push(heading('cash', t(words.cash)));
  for (const one of chart.filter((account) => cash.has(account.id))) {
    const values = sums.map((column) => column.get(one.id) ?? 0);
    if (shows(values)) rows.push({ key: `cash.${one.id}`, label: one.name, number: one.number, style: 'account', depth: 1, account_id: one.id, values, source: ofCash('result', [one.id]), compared: null });
  }
  const begin = columns.map((column) => cashIn(byAccount(upTo(ctx.db, addDays(column.from, -1)), 'with')));
  rows.push(total('begin', t(words.begin), begin, ofCash('before'), 'account', 1), total('end', t(words.end), begin.map((value, at) => value + change[at]!), ofCash('balance')));
  return finished({ title: t(words.cashFlow), currency: baseOf(ctx), columns, rows, notes: notesOf(ctx, balances) }, input);
}
