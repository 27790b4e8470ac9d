import type { Coverage, DesignedStatement, DesignRow, Misplaced, RowBasis } from '#contract/budgets/design.ts';
import type { Source, StatementColumn, StatementRow } from '#contract/budgets/report.ts';
import { addDays } from '#contract/kit/day.ts';
import { decimalText, exponentOf } from '#contract/kit/money.ts';
import { say, w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { type Account, type Balance, chartOf, moved, upTo } from '../accounts/balances.ts';
import { localeOf } from '../accounts/writing.ts';
import { columnsOf, finished, type StatementInput } from '../statements/columns.ts';
import { type Fraction, fraction, reckon, rounded, scaled } from './designFormula.ts';
import { daysName, partsOf, type Piece, prepare, type Prepared, type Ready } from './designRows.ts';
import { dayNumber } from '../finance/figures.ts';
import { baseOf } from '../journal/lines.ts';
import { byAccount, notesOf } from '../statements/statements.ts';

/** Runs a design on the kept balances: accounts times periods, however many entries there are. */

const words = {
  problem: w('Row {row}: {message}', 'Zeile {row}: {message}'),
};

export interface Design {
  readonly title: string;
  readonly covers: Coverage;
  readonly rows: readonly DesignRow[];
}

type Row = StatementRow<number | null>;
type Sums = ReadonlyMap<number, number>;

interface Figures {
  /** Net balances of every account in a column, on one basis; read once. */
  readonly of: (basis: RowBasis, at: number) => Sums;
  /** Everything that was read so far. */
  readonly all: () => readonly (readonly Balance[])[];
}

function figuresOf(ctx: Ctx, columns: readonly StatementColumn[]): Figures {
  const kept = new Map<string, readonly Balance[]>();
  const sums = new Map<string, Sums>();
  const read = (basis: RowBasis, { from, to, only }: StatementColumn): readonly Balance[] => (basis === 'balance' ? upTo(ctx.db, to, only) : basis === 'before' ? upTo(ctx.db, addDays(from, -1), only) : moved(ctx.db, from, to, only));
  const balances = (basis: RowBasis, at: number): readonly Balance[] => {
    const key = `${basis === 'result' ? 'moved' : basis} ${at}`;
    const known = kept.get(key) ?? read(basis, columns[at]!);
    kept.set(key, known);
    return known;
  };
  return {
    of: (basis, at) => {
      const known = sums.get(`${basis} ${at}`) ?? byAccount(balances(basis, at), basis === 'result' ? 'without' : 'with');
      sums.set(`${basis} ${at}`, known);
      return known;
    },
    all: () => [...kept.values()],
  };
}

const basisOf = (row: DesignRow): RowBasis => row.basis ?? 'result';
const digitsOf = (row: DesignRow, money: number): number => (row.format === 'percent' ? 1 : row.format === 'ratio' ? 2 : money);
const sumOf = (accounts: readonly Account[], sums: Sums, sign: 1 | -1): number => accounts.reduce((sum, one) => sum + sign * (sums.get(one.id) ?? 0), 0) || 0;
const signOf = (row: DesignRow): 1 | -1 => (row.turn === true ? -1 : 1);

/** Exact values of every row in one column. Money that is shown is passed on as it is shown, so that what stands on paper adds up. */
function valuesIn(prepared: Prepared, figures: Figures, column: StatementColumn, at: number, money: number): ReadonlyMap<number, Fraction | null> {
  const values = new Map<number, Fraction | null>();
  const days = fraction(BigInt(dayNumber(column.to) - dayNumber(column.from) + 1), 1n);
  for (const place of prepared.order) {
    const { row, accounts, formula, adds } = prepared.rows[place]!;
    if (accounts) {
      values.set(place, scaled(sumOf(accounts, figures.of(basisOf(row), at), signOf(row)), money));
      continue;
    }
    let value: Fraction | null = null;
    if (formula) value = reckon(formula, (name) => (name === daysName ? days : (values.get(prepared.places.get(name) ?? -1) ?? null)));
    if (adds) value = adds.reduce<Fraction | null>((sum, one) => plus(sum, values.get(one) ?? null), scaled(0, 0));
    if (value && row.turn === true) value = { over: -value.over, under: value.under };
    const shown = value && (row.format ?? 'amount') === 'amount' ? rounded(value, money) : null;
    values.set(place, (row.format ?? 'amount') !== 'amount' ? value : shown === null ? null : scaled(shown, money));
  }
  return values;
}

const plus = (a: Fraction | null, b: Fraction | null): Fraction | null => a && b && fraction(a.over * b.under + b.over * a.under, a.under * b.under);

/** How figures are written inside the text of a note. */
function writer(ctx: Ctx, base: string): (value: Fraction | null, format: DesignRow['format']) => string {
  const locale = localeOf(ctx);
  const digits = exponentOf(base);
  const known = /^[A-Z]{3}$/.test(base);
  const money = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, ...(known ? { style: 'currency', currency: base } : {}) });
  const other = (places: number): Intl.NumberFormat => new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places });
  return (value, format) => {
    const count = value && rounded(value, format === 'percent' ? 1 : format === 'ratio' ? 2 : digits);
    if (count === null) return '–';
    // As a decimal text, so that every digit is exact.
    const text = (places: number): Intl.StringNumericLiteral => decimalText(count, places) as Intl.StringNumericLiteral;
    if (format === 'percent') return `${other(1).format(text(1))} %`;
    if (format === 'ratio') return other(2).format(text(2));
    return known ? money.format(text(digits)) : `${money.format(text(digits))} ${base}`;
  };
}

type Values = readonly ReadonlyMap<number, Fraction | null>[];

function noteText(pieces: readonly Piece[], rows: readonly Ready[], values: Values, figures: Figures, base: string, write: ReturnType<typeof writer>): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('row' in piece) return write(values[piece.column]?.get(piece.row) ?? null, rows[piece.row]!.row.format);
      return write(scaled(sumOf(piece.accounts, figures.of(piece.basis, 0), piece.sign), exponentOf(base)), 'amount');
    })
    .join('');
}

const styleOf = ({ kind, bold }: DesignRow): StatementRow['style'] => {
  if (kind === 'heading' || kind === 'note' || kind === 'blank') return kind;
  if (kind === 'total') return bold === true ? 'total' : 'subtotal';
  return bold !== true ? 'account' : kind === 'accounts' ? 'group' : 'subtotal';
};

const isZero = (row: Row): boolean => row.values.every((value) => value === 0);

/** Runs a design for the columns asked for. @throws Refused denied where a column names what the role may not read */
export function runDesign(ctx: Ctx, design: Design, input: StatementInput): DesignedStatement {
  const chart = chartOf(ctx.db);
  const prepared = prepare(design.rows, chart, ctx.language);
  const whole = design.rows.some((row) => row.kind === 'accounts' && (row.basis === 'balance' || row.basis === 'before'));
  const { columns, notes } = columnsOf(ctx, input, whole);
  const base = baseOf(ctx);
  const money = exponentOf(base);
  const figures = figuresOf(ctx, columns);
  const values: Values = columns.map((column, at) => valuesIn(prepared, figures, column, at, money));
  const write = writer(ctx, base);
  const hideable = new Set<string>();
  const beside: Row[] = [];

  const rowsOf = (ready: Ready, place: number): Row[] => {
    const { row, key, code, accounts, pieces } = ready;
    const depth = (row.indent ?? 0) + 1;
    const common = { number: '', depth, account_id: null, compared: null, code } as const;
    const tag = row.tag === undefined || row.tag === '' ? {} : { tag: row.tag };
    if (pieces) {
      pieces.forEach((piece, at) => {
        if (typeof piece === 'object' && 'accounts' in piece) beside.push({ ...common, key: `${key}.${at}`, label: piece.text, style: 'account', values: [sumOf(piece.accounts, figures.of(piece.basis, 0), piece.sign)], source: sourceOf(piece.accounts, piece.sign, piece.basis) });
      });
      return [{ ...common, key, label: noteText(pieces, prepared.rows, values, figures, base, write), style: 'note', values: [], source: null, parts: partsOf(ready, prepared.rows), ...tag }];
    }
    const style = styleOf(row);
    if (style === 'heading' || style === 'note' || style === 'blank') return [{ ...common, key, label: style === 'blank' ? '' : (row.label ?? ''), style, values: [], source: null, ...tag }];
    const written = columns.map((_, at) => {
      const value = values[at]!.get(place) ?? null;
      return value && rounded(value, digitsOf(row, money));
    });
    const label = row.label === undefined || row.label === '' ? (accounts?.length === 1 ? accounts[0]!.name : (row.of ?? '')) : row.label;
    const own: Row = {
      ...common,
      key,
      label,
      style,
      values: written,
      ...(row.format === 'percent' || row.format === 'ratio' ? { format: row.format } : {}),
      source: accounts ? sourceOf(accounts, signOf(row), basisOf(row)) : null,
      ...(accounts ? {} : { formula: row.kind === 'formula' ? (row.of ?? '') : '', parts: partsOf(ready, prepared.rows) }),
      ...tag,
    };
    if (row.hide === true) hideable.add(key);
    if (!accounts || row.each !== true) return [own];
    const lines = accounts.filter((one) => one.heading === 0).map((one): Row => ({ ...common, key: `${key}.${one.id}`, label: one.name, number: one.number, style: 'account', depth: depth + 1, account_id: one.id, values: columns.map((_, at) => sumOf([one], figures.of(basisOf(row), at), signOf(row))), source: sourceOf([one], signOf(row), basisOf(row)) }));
    if (input.zero !== true) for (const one of lines) hideable.add(one.key);
    return [{ ...own, style: 'group' }, ...lines];
  };
  const rows = prepared.rows.flatMap(rowsOf);
  const done = finished<number | null>({ title: design.title, currency: base, columns, rows, notes: [] }, input);
  const kept = done.rows.filter((row) => !(hideable.has(row.key) && isZero(row)));
  const hidden = [...done.rows.filter((row) => hideable.has(row.key) && isZero(row) && !row.key.includes('.')), ...beside];
  return {
    ...done,
    rows: kept,
    ...(hidden.length > 0 ? { hidden } : {}),
    notes: [...notes, ...notesOf(ctx, figures.all()), ...prepared.problems.map(({ row, message }) => say(words.problem, ctx.language, { row: prepared.rows[row]!.code || row + 1, message }))],
    problems: prepared.problems,
    ...placed(ctx, design, prepared, columns),
  };
}

const sourceOf = (accounts: readonly Account[], sign: 1 | -1, basis: RowBasis): Source => ({ accounts: accounts.map((one) => one.id), sign, basis });

/** Accounts with a figure that no row holds, and those that several hold, of the whole company in the days of the first column. */
function placed(ctx: Ctx, { covers }: Design, prepared: Prepared, columns: readonly StatementColumn[]): Pick<DesignedStatement, 'missing' | 'twice'> {
  const [column] = columns;
  if (covers === '' || !column) return { missing: [], twice: [] };
  const basis = covers === 'balance' ? 'balance' : 'result';
  const sums = figuresOf(ctx, [{ ...column, only: null }]).of(basis, 0);
  const held = new Map<number, string[]>();
  for (const { row, accounts, key } of prepared.rows) {
    const counts = covers === 'balance' ? row.basis === 'balance' : basisOf(row) === 'result' || row.basis === 'moved';
    if (accounts && counts) for (const one of accounts) held.set(one.id, [...(held.get(one.id) ?? []), key]);
  }
  const concerned = chartOf(ctx.db).filter((one) => (sums.get(one.id) ?? 0) !== 0 && (covers === 'balance' || one.kind === 'income' || one.kind === 'expense'));
  const told = (one: Account): Misplaced => ({ account_id: one.id, number: one.number, account: one.path, amount: sums.get(one.id) ?? 0, rows: held.get(one.id) ?? [] });
  return { missing: concerned.filter((one) => !held.has(one.id)).slice(0, 200).map(told), twice: concerned.filter((one) => (held.get(one.id)?.length ?? 0) > 1).slice(0, 200).map(told) };
}

