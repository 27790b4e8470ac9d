import type { Journal, Line, LineDraft } from '#contract/budgets/entry.ts';
import { exponentOf } from '#contract/kit/money.ts';
import { type Point, plainScaled } from '../../parts/fields/number.ts';
import { reckon } from '../../parts/grid/arithmetic.ts';
import { between, idsOf, setOf } from './tagSets.ts';
import { atLeast, type Cell, cellOf, isBlank, newRow, nothing, type Row, type Rows } from '../../parts/grid/sheet.ts';

/** An entry as it is typed: lines of a grid that become lines of an entry, and the other way round. Whole numbers only. */

export interface Head {
  readonly day: string;
  readonly journal: Journal;
  readonly narration: string;
  readonly reference: string;
}

/** How amounts are read and written here. */
export interface Ways {
  /** Currency of the company. */
  readonly base: string;
  readonly point: Point;
  /** Digits of another currency, as the books keep it. */
  readonly digits: (currency: string) => number;
  /** Minor units of the company's currency as people read them. */
  readonly show: (minor: number) => string;
  /** What is said of a text that is no amount, and of a quantity without its currency. */
  readonly words: { readonly form: string; readonly digits: string; readonly size: string; readonly currency: string };
}

/** Columns that point to other records, and which kind. */
export const refs = { department: 'department', place: 'place', project: 'project', party: 'party', tax_code: 'tax_code' } as const;
export type RefKey = keyof typeof refs;
export const refKeys: readonly RefKey[] = ['department', 'place', 'project', 'party', 'tax_code'];

export const figure = (minor: number, ways: Ways): Cell => (minor === 0 ? nothing : { text: ways.show(minor), value: minor });

/** An amount of the company's currency as it was typed or reckoned; nothing is said by a zero. */
export function readAmount(text: string, ways: Ways): Cell {
  const got = reckon(text, exponentOf(ways.base), ways.point);
  if ('problem' in got) return { text, value: null, problem: ways.words[got.problem] };
  return got.minor === null ? nothing : figure(got.minor, ways);
}

const minorOf = (row: Row | undefined, key: string): number => {
  const { value } = cellOf(row, key);
  return typeof value === 'number' ? value : 0;
};

/** Debit positive, credit negative. */
export const amountOf = (row: Row): number => minorOf(row, 'debit') - minorOf(row, 'credit');

/** Its amount is a zero that was put in, as for money that the books carry at nothing. */
const saysZero = (row: Row): boolean => cellOf(row, 'debit').value === 0 || cellOf(row, 'credit').value === 0;

/** A line has a debit or a credit, never both; what is less than nothing belongs on the other side. A quantity is read in its currency. */
export function settleLine(row: Row, key: string, ways: Ways): Row {
  const over = (cells: Row['cells']): Row => ({ ...row, cells: { ...row.cells, ...cells } });
  if (key === 'debit' || key === 'credit') {
    const other = key === 'debit' ? 'credit' : 'debit';
    const minor = minorOf(row, key);
    if (minor > 0) return over({ [other]: nothing });
    return minor < 0 ? over({ [key]: nothing, [other]: figure(-minor, ways) }) : row;
  }
  if (key !== 'quantity' && key !== 'currency') return row;
  const { text } = cellOf(row, 'quantity');
  const currency = cellOf(row, 'currency').text;
  if (text.trim() === '') return over({ quantity: nothing });
  if (currency === '') return over({ quantity: { text, value: null, problem: ways.words.currency } });
  const digits = ways.digits(currency);
  const got = reckon(text, digits, ways.point);
  if ('problem' in got) return over({ quantity: { text, value: null, problem: ways.words[got.problem] } });
  return over({ quantity: got.minor === null || got.minor === 0 ? nothing : { text: plainScaled(got.minor, digits, ways.point), value: got.minor } });
}

export interface Sums {
  readonly debit: number;
  readonly credit: number;
  /** Positive where debits are more. */
  readonly difference: number;
}

/** `valued`: what lines without an amount of their own are worth, by the key of the line, as the office told it. */
export function sums(rows: Rows, valued: ReadonlyMap<number, number> = new Map()): Sums {
  let [debit, credit] = [0, 0];
  for (const row of rows) {
    const amount = amountOf(row) || (valued.get(row.key) ?? 0);
    if (amount > 0) debit += amount;
    else credit -= amount;
  }
  return { debit, credit: credit || 0, difference: debit - credit };
}

/** What an amount in this cell must be so that the entry balances; null when it does without. Less than nothing: on the other side. */
export function missingIn(rows: Rows, at: number, key: string, ways: Ways, valued?: ReadonlyMap<number, number>): string | null {
  if (key !== 'debit' && key !== 'credit') return null;
  const { difference } = sums(rows.filter((_row, index) => index !== at), valued);
  const wanted = key === 'debit' ? -difference : difference;
  return wanted === 0 ? null : plainScaled(wanted, exponentOf(ways.base), ways.point);
}

const idOf = (row: Row, key: string): number | null => {
  const { value } = cellOf(row, key);
  return typeof value === 'number' ? value : null;
};

/** The lines as the office takes them, and which line of the grid each one is. Blank ones are left out. */
export function toLines(rows: Rows): { readonly lines: LineDraft[]; readonly keys: readonly number[] } {
  const used = rows.filter((row) => !isBlank(row));
  const lines = used.map((row): LineDraft => {
    const amount = amountOf(row);
    const currency = cellOf(row, 'currency').text.trim();
    const quantity = minorOf(row, 'quantity');
    const text = cellOf(row, 'text').text.trim();
    return {
      account_id: idOf(row, 'account'),
      ...(amount === 0 && !(quantity !== 0 && saysZero(row)) ? {} : { amount }),
      // The side is said by the amount where there is one.
      ...(currency === '' ? {} : { currency, ...(quantity === 0 ? {} : { quantity: amount === 0 ? quantity : Math.sign(amount) * Math.abs(quantity) }) }),
      ...Object.fromEntries(refKeys.flatMap((key) => (idOf(row, key) === null ? [] : [[`${refs[key]}_id`, idOf(row, key)]]))),
      ...(idOf(row, 'tags') === null ? {} : { tags: idsOf(idOf(row, 'tags') ?? 0) }),
      ...(text === '' ? {} : { text }),
    };
  });
  return { lines, keys: used.map((row) => row.key) };
}

/** The rows with others in the place of one; null where that one is not any more what it was when it was asked about. */
export function inPlaceOf(rows: Rows, was: Row, by: Rows): Rows | null {
  const at = rows.findIndex((row) => row.key === was.key);
  return at === -1 || JSON.stringify(rows[at]) !== JSON.stringify(was) ? null : [...rows.slice(0, at), ...by, ...rows.slice(at + 1)];
}

/** The first text that means nothing, which keeps an entry from being saved. */
export function unreadable(rows: Rows): { readonly line: number; readonly problem: string } | null {
  for (const [at, row] of rows.entries()) {
    const problem = Object.values(row.cells).find((cell) => cell.problem !== undefined)?.problem;
    if (problem !== undefined) return { line: at + 1, problem };
  }
  return null;
}

/** Fewest lines that an entry shows when it is typed. */
export const fewest = 5;

/** Lines of the office as rows; `name` tells how what they point to is called, and `tag` their tags. */
export function toRows(lines: readonly Line[], ways: Ways, name: (key: RefKey, id: number) => string, tag: (id: number) => string = (id) => `#${id}`): Rows {
  const rows = lines.map((line) => {
    const ref = (key: RefKey, id: number | null): Row['cells'] => (id === null ? {} : { [key]: { text: name(key, id), value: id } });
    return newRow({
      ...(line.account_id === null ? {} : { account: { text: [line.number, line.account].filter((text) => text !== '').join(' '), value: line.account_id } }),
      ...(line.amount > 0 ? { debit: figure(line.amount, ways) } : line.amount < 0 ? { credit: figure(-line.amount, ways) } : {}),
      ...(line.text === '' ? {} : { text: { text: line.text, value: line.text } }),
      ...ref('department', line.department_id),
      ...ref('place', line.place_id),
      ...ref('project', line.project_id),
      ...ref('party', line.party_id),
      ...ref('tax_code', line.tax_code_id),
      ...(line.tags.length === 0 ? {} : { tags: { text: line.tags.map(tag).join(between), value: setOf(line.tags) } }),
      ...(line.currency === '' ? {} : { currency: { text: line.currency, value: line.currency } }),
      ...(line.quantity === 0 ? {} : { quantity: { text: plainScaled(line.amount === 0 ? line.quantity : Math.abs(line.quantity), ways.digits(line.currency), ways.point), value: line.quantity } }),
    });
  });
  return atLeast(rows, fewest);
}

/** Lines as a spreadsheet takes them: heading, then account, text, debit, credit. */
export const toCells = (rows: Rows, headings: readonly string[]): readonly (readonly string[])[] => [
  headings,
  ...rows.filter((row) => !isBlank(row)).map((row) => ['account', 'text', 'debit', 'credit'].map((key) => cellOf(row, key).text)),
];
