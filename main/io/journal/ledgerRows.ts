import { w } from '#contract/kit/words.ts';
import { type Delimiter, delimiters, readCsvText, sniffText } from '../csv.ts';
import { decodeAll } from '../text.ts';
import { type Order, orders } from './dayOrder.ts';
import { type Mark, markOf } from './decimals.ts';
import { type Columns, columnsOf, columnsOfLedger } from './ledgerColumns.ts';
import { refusedAt } from './refusal.ts';
import { eachLine, headOf } from './textLines.ts';
import type { Taker } from './transaction.ts';

/** Tables of postings as rows: how one is written, and its rows cut where they stand, without a copy of a cell that nobody asks for. */

/** One row. Cell n is `text.slice(from[n], to[n])`, without white space around it. The same object is filled again for the next row. */
export interface Row {
  text: string;
  readonly from: number[];
  readonly to: number[];
  count: number;
  line: number;
}

/** How a table is written. */
export interface TableForm {
  readonly delimiter: Delimiter;
  readonly columns: Columns;
  readonly mark: Mark;
  readonly order: Order;
  /** Currency of rows that state no quantity of another one, where the table has such a column; '' where it is not told. */
  readonly base: string;
}

const words = {
  header: w('no row names the columns: a date, an account, and an amount or debit and credit are needed', 'keine Zeile benennt die Spalten: nötig sind ein Datum, ein Konto und ein Betrag oder Soll und Haben'),
  open: w('a quotation mark is never closed', 'ein Anführungszeichen wird nie geschlossen'),
  trailing: w('something stands behind a closing quotation mark', 'hinter einem schließenden Anführungszeichen steht etwas'),
};

const mostAbove = 30;

/** Finds out how a table is written from its beginning. @throws Refused when no row of it is a header */
export function formOfTable(path: string, taker: Pick<Taker, 'warning'>): TableForm {
  const head = headOf(path);
  const sniffed = sniffText(head);
  const text = decodeAll(head, sniffed.encoding).replace(/^sep=.[\r\n]+/i, '');
  for (const delimiter of new Set([sniffed.delimiter, ...delimiters])) {
    const sample: string[][] = [];
    let columns: Columns | null = null;
    let sampling = false;
    readCsvText(text, { delimiter }, (row, cells) => {
      const bare = row === 1 ? columnsOfLedger(cells) : null;
      columns ??= bare ?? columnsOf(cells);
      if (sampling || bare) sample.push(cells);
      sampling = columns !== null;
      return columns !== null || row < mostAbove;
    });
    // Rows above the header may have other widths, which the table reader takes for the right one.
    if (!columns) columns = headerAmong(text, delimiter, sample);
    if (!columns) continue;
    // The last row of a sample may be cut off in the middle of a number.
    if (head.length >= 1 << 20) sample.pop();
    return judged(path, taker, delimiter, columns, sample);
  }
  throw refusedAt(path, 1, words.header);
}

function headerAmong(text: string, delimiter: Delimiter, sample: string[][]): Columns | null {
  const lines = text.split(/\r\n|[\r\n]/, mostAbove);
  for (const [at, line] of lines.entries()) {
    let columns: Columns | null = null;
    readCsvText(line, { delimiter }, (_, cells) => void (columns = columnsOf(cells)));
    if (columns === null) continue;
    const below = text.split(/\r\n|[\r\n]/).slice(at + 1).join('\n');
    readCsvText(below, { delimiter }, (_, cells) => void sample.push(cells));
    return columns;
  }
  return null;
}

function judged(path: string, taker: Pick<Taker, 'warning'>, delimiter: Delimiter, columns: Columns, sample: readonly string[][]): TableForm {
  const cells = (at: number): string[] => (at === -1 ? [] : sample.map((row) => row[at] ?? '').filter((cell) => cell !== ''));
  const amounts = [columns.debit, columns.credit, columns.amount, columns.quantity].flatMap(cells);
  let mark = markOf(amounts);
  if (mark === null) {
    mark = delimiter === ';' ? ',' : '.';
    taker.warning({ file: path, line: 1, message: `every amount has three digits behind its only mark; “${mark}” was taken for the decimal mark` });
  }
  const days = orders();
  for (const cell of cells(columns.date)) days.note(cell);
  let found = days.order();
  if (!found.sure) {
    // The beginning leaves the order of days open; one date further down may decide it.
    found = wholeOrder(path, delimiter, columns);
    if (!found.sure) taker.warning({ file: path, line: 1, message: `no date tells whether the day or the month stands first; they were read as ${found.order === 'dmy' ? 'day/month' : 'month/day'}` });
  }
  const own = columns.quantity === -1 || columns.currency === -1 ? undefined : sample.find((row) => row[columns.quantity] === '' && row[columns.currency] !== '');
  // Not every row of a number stands for an entry of its own: such a column counts rows.
  const numbers = cells(columns.number);
  const counts = numbers.length > 3 && new Set(numbers).size === numbers.length && sample.length > 3;
  return { delimiter, columns: counts ? { ...columns, number: -1 } : columns, mark, order: found.order, base: own?.[columns.currency]?.trim() ?? '' };
}

function wholeOrder(path: string, delimiter: Delimiter, columns: Columns): { readonly order: Order; readonly sure: boolean } {
  const days = orders();
  eachRow(path, {}, delimiter, (row) => {
    if (row.count > columns.date && !days.decided()) days.note(cellOf(row, columns.date));
  });
  return days.order();
}

/** Text of a cell, '' where the row or the table has none. */
export const cellOf = (row: Row, at: number): string => (at === -1 || at >= row.count ? '' : row.text.slice(row.from[at], row.to[at]));

const [quote, space] = [34, 32];

/**
 * Cuts a table into rows. Blank ones are left out. Cells in quotation marks may hold delimiters, line ends and doubled marks.
 * @throws Refused naming the line
 */
export function eachRow(path: string, taker: Partial<Pick<Taker, 'warning' | 'progress'>>, delimiter: Delimiter, onRow: (row: Row) => void): void {
  const mark = delimiter.charCodeAt(0);
  const row: Row = { text: '', from: [], to: [], count: 0, line: 0 };
  let [piece, next] = ['', 0];
  let [pending, pendingLine] = ['', 0];

  const hand = (text: string, line: number): void => {
    row.text = text;
    row.line = line;
    for (let at = 0; at < row.count; at += 1) if (row.to[at]! > row.from[at]!) return onRow(row);
  };
  const plain = (text: string, from: number, to: number, line: number): void => {
    let count = 0;
    let start = from;
    for (let at = from; ; at += 1) {
      if (at < to && text.charCodeAt(at) !== mark) continue;
      let a = start;
      let b = at;
      while (a < b && text.charCodeAt(a) <= space) a += 1;
      while (b > a && text.charCodeAt(b - 1) <= space) b -= 1;
      row.from[count] = a;
      row.to[count] = b;
      count += 1;
      start = at + 1;
      if (at >= to) break;
    }
    row.count = count;
    hand(text, line);
  };
  /** A row with quotation marks; false when the last of its cells goes on in the next line. */
  const quoted = (text: string, line: number): boolean => {
    let cells = '';
    let at = 0;
    row.count = 0;
    const add = (cell: string): void => {
      const trimmed = cell.trim();
      row.from[row.count] = cells.length;
      cells += trimmed;
      row.to[row.count] = cells.length;
      row.count += 1;
    };
    for (;;) {
      while (text.charCodeAt(at) === space) at += 1;
      if (text.charCodeAt(at) === quote) {
        let close = text.indexOf('"', at + 1);
        while (close !== -1 && text.charCodeAt(close + 1) === quote) close = text.indexOf('"', close + 2);
        if (close === -1) return false;
        add(text.slice(at + 1, close).replaceAll('""', '"'));
        at = close + 1;
        while (text.charCodeAt(at) === space) at += 1;
        if (at < text.length && text.charCodeAt(at) !== mark) throw refusedAt(path, line, words.trailing);
      } else {
        const end = text.indexOf(delimiter, at);
        add(text.slice(at, end === -1 ? text.length : end));
        at = end === -1 ? text.length : end;
      }
      if (at >= text.length) break;
      at += 1;
      if (at === text.length) {
        add('');
        break;
      }
    }
    hand(cells, line);
    return true;
  };

  eachLine(path, { warning: (found) => taker.warning?.(found), progress: (bytes, total) => taker.progress?.(bytes, total) }, (text, from, to, line) => {
    if (pending !== '') {
      pending += `\n${text.slice(from, to)}`;
      // Only a line with a mark can close the cell.
      if (text.slice(from, to).includes('"') && quoted(pending, pendingLine)) pending = '';
      if (pending.length > 1 << 20) throw refusedAt(path, pendingLine, words.open);
      return;
    }
    if (text !== piece) [piece, next] = [text, text.indexOf('"')];
    if (next !== -1 && next < from) next = text.indexOf('"', from);
    if (next === -1 || next >= to) return plain(text, from, to, line);
    const whole = text.slice(from, to);
    if (!quoted(whole, line)) [pending, pendingLine] = [whole, line];
  });
  if (pending !== '') throw refusedAt(path, pendingLine, words.open);
}
