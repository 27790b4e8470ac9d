import { w } from '#contract/kit/words.ts';
import { dayIn, dayParts } from './dayOrder.ts';
import { dayText } from './days.ts';
import { type Decimal, readDecimal } from './decimals.ts';
import { columnsOf, columnsOfLedger, kindInFrance, kindNamed } from './ledgerColumns.ts';
import { openTransactions } from './ledgerRuns.ts';
import { cellOf, eachRow, formOfTable, type Row } from './ledgerRows.ts';
import { refusedAt } from './refusal.ts';
import type { Quantity, Taker } from './transaction.ts';

/** Tables with one row a posting, as most programs of accounting write them. */

const words = {
  day: w('“{text}” is not a date of this file', '„{text}“ ist kein Datum dieser Datei'),
  noDay: w('the date is missing', 'das Datum fehlt'),
  account: w('the account is missing', 'das Konto fehlt'),
  amount: w('“{text}” is not an amount', '„{text}“ ist kein Betrag'),
  side: w('“{text}” is neither debit nor credit', '„{text}“ ist weder Soll noch Haben'),
  wide: w('this row has {found} cells where the header has {wanted}', 'diese Zeile hat {found} Zellen, die Kopfzeile hat {wanted}'),
  rows: w('the file has no rows below its header', 'die Datei hat keine Zeilen unter ihrer Kopfzeile'),
  direction: w('the amount and its worth point in different directions', 'Betrag und Gegenwert haben verschiedene Vorzeichen'),
};

const debits = /^(d|dr|s|debit|débit|soll|\+)\.?$/i;
const credits = /^(c|cr|h|k|credit|crédit|haben|-)\.?$/i;
const totals = /^(grand |sub)?(total|summe|gesamt|zwischensumme|endsumme|totaux)/i;

/** A text of its own: a piece of a larger one would keep all of that in memory. */
const owned = (text: string): string => Buffer.from(text).toString();

const slots = 8192;
/** A number below `slots` that most texts have for themselves. */
function sumOf(text: string, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum = (sum * 31 + text.charCodeAt(at)) | 0;
  return (sum ^ (sum >>> 13)) & (slots - 1);
}

/** Whether two ends of a text hold the same as `value`, without a copy. */
const same = (row: Row, at: number, value: string): boolean => row.to[at]! - row.from[at]! === value.length && row.text.startsWith(value, row.from[at]);

/**
 * Reads a table of postings: CSV of any delimiter and encoding, its columns known by their names (number of the entry, date, reference,
 * narration, account code and name, debit and credit or a signed amount, currency). Rows of one transaction stand together or share a
 * number; without numbers a transaction ends where it balances.
 * @throws Refused with file and line for what can not be read, and for a transaction that does not balance
 */
export function readLedgerCsv(path: string, taker: Taker): void {
  const form = formOfTable(path, taker);
  const { columns, mark, order } = form;
  const french = columns.code !== -1 && columns.party !== -1 && columns.journal !== -1;
  const runs = openTransactions(path, taker, { numbered: columns.number !== -1 });
  const accounts = new Map<string, string>();
  const paths = new Map<string, string>();
  const codes = new Map<string, string>();
  const amount: Decimal = { units: 0, scale: 0, sign: '', side: '' };
  const other: Decimal = { units: 0, scale: 0, sign: '', side: '' };
  let header = 0;
  let [rows, dayKept, dayFound] = [0, '', ''];
  let partyTold = false;
  const recent: ({ readonly key: string; readonly full: string } | undefined)[] = Array.from({ length: slots });
  const beside = columns.code !== -1 && columns.account === columns.code + 1;
  const days = new Map<string, string>();
  const commodities = new Map<string, string>();
  const commodity = (text: string): string => {
    const found = commodities.get(text);
    if (found === undefined) commodities.set(owned(text), owned(text));
    return found ?? text;
  };

  function day(row: Row): string {
    const at = columns.date;
    if (at >= row.count || row.to[at] === row.from[at]) return '';
    if (dayKept !== '' && same(row, at, dayKept)) return dayFound;
    const text = cellOf(row, at);
    const known = days.get(text);
    if (known !== undefined) {
      [dayKept, dayFound] = [text, known];
      return known;
    }
    const parts = dayParts(text.replace(/[T ]\d{1,2}:\d\d.*$/, ''));
    const number = parts ? dayIn(parts, order) : 0;
    if (number === 0) throw refusedAt(path, row.line, words.day, { text });
    [dayKept, dayFound] = [owned(text), dayText(number)];
    if (days.size < 100_000) days.set(dayKept, dayFound);
    return dayFound;
  }

  function read(row: Row, at: number, into: Decimal): boolean {
    if (at === -1 || at >= row.count || row.to[at] === row.from[at]) return false;
    if (!readDecimal(row.text, row.from[at]!, row.to[at]!, mark, into)) {
      const text = cellOf(row, at);
      if (/^[-–—]$/.test(text)) return false;
      throw refusedAt(path, row.line, words.amount, { text });
    }
    return true;
  }

  /** What the row moves, debits above zero, in `amount`. */
  function moved(row: Row): boolean {
    if (columns.amount !== -1 && read(row, columns.amount, amount)) {
      const text = cellOf(row, columns.side);
      const side = text === '' ? amount.side : debits.test(text) ? 'debit' : credits.test(text) ? 'credit' : null;
      if (side === null) throw refusedAt(path, row.line, words.side, { text });
      if (side === 'credit') amount.units = 0 - amount.units;
      return true;
    }
    const debit = read(row, columns.debit, amount);
    if (!debit) amount.units = 0;
    const credit = read(row, columns.credit, debit ? other : amount);
    if (!credit) return debit;
    // Some programs write credits below zero beside debits above it; a row says it by having only one side with that sign.
    if (!debit) amount.units = 0 - amount.units;
    else if (other.units !== 0) {
      const scale = Math.max(amount.scale, other.scale);
      amount.units = amount.units * 10 ** (scale - amount.scale) - other.units * 10 ** (scale - other.scale);
      amount.scale = scale;
      if (!Number.isSafeInteger(amount.units)) throw refusedAt(path, row.line, words.amount, { text: cellOf(row, columns.debit) });
    }
    return true;
  }

  /** Full name of the account of a row; the first of a code or name stands for all. */
  function account(row: Row): string {
    // Code and name mostly stand side by side: both are looked for at once, where they stand.
    const at = beside && columns.account < row.count;
    const from = at ? row.from[columns.code]! : 0;
    const to = at ? row.to[columns.account]! : 0;
    const slot = at ? sumOf(row.text, from, to) : 0;
    const seen = at ? recent[slot] : undefined;
    if (seen !== undefined && seen.key.length === to - from && row.text.startsWith(seen.key, from)) return seen.full;
    const key = at ? owned(row.text.slice(from, to)) : `${cellOf(row, columns.code)}\0${cellOf(row, columns.account)}`;
    const found = accounts.get(key);
    if (found !== undefined) {
      if (at) recent[slot] = { key, full: found };
      return found;
    }
    const [code, name] = [cellOf(row, columns.code), cellOf(row, columns.account)];
    if (code === '' && name === '') throw refusedAt(path, row.line, words.account);
    const full = declared(owned(code), owned(name), row);
    accounts.set(owned(key), full);
    return full;
  }

  function declared(code: string, name: string, row: Row): string {
    const given = code === '' ? undefined : codes.get(code);
    if (given !== undefined) {
      if (name !== '') taker.warning({ file: path, line: row.line, message: `account ${code} is named “${name}” here; it is kept as “${given}”` });
      return given;
    }
    const parts = (name === '' ? code : name).split(':').map((part) => part.trim()).filter((part) => part !== '');
    let full = parts.join(':');
    if (full === '') throw refusedAt(path, row.line, words.account);
    if (code !== '' && (paths.get(full) ?? code) !== code) full = `${full} (${code})`;
    paths.set(full, code);
    if (code !== '') codes.set(code, full);
    const kind = columns.kind === -1 ? (french ? kindInFrance(code) : '') : kindNamed(cellOf(row, columns.kind));
    taker.account?.({ name: full, kind, line: row.line, ...(code === '' ? {} : { number: code }) });
    return full;
  }

  function posting(row: Row): void {
    const when = day(row);
    const some = moved(row);
    if (!some && cellOf(row, columns.code) === '' && cellOf(row, columns.account) === '') {
      // A line of words between the rows; nothing that could be posted.
      taker.warning({ file: path, line: row.line, message: `this row has neither account nor amount and was passed over: ${row.text.slice(row.from[0], row.to[row.count - 1]).slice(0, 100)}` });
      return;
    }
    if (when === '' || (cellOf(row, columns.code) === '' && cellOf(row, columns.account) === '')) {
      const first = Array.from({ length: row.count }, (_, at) => cellOf(row, at)).find((cell) => cell !== '') ?? '';
      if (totals.test(first)) {
        taker.warning({ file: path, line: row.line, message: `a row of sums was passed over: “${first}”` });
        return;
      }
    }
    const currency = cellOf(row, columns.currency);
    const own = currency === '' ? amount.sign : commodity(currency);
    const value: Quantity = { units: some ? amount.units : 0, scale: some ? amount.scale : 0, commodity: own };
    let quantity = value;
    let cost: Quantity | null = null;
    if (columns.quantity !== -1) {
      const worth = { ...value, commodity: form.base };
      if (read(row, columns.quantity, other) && currency !== '' && own !== form.base && other.units !== 0) {
        // The quantity may be without a sign, which its worth then gives.
        const units = other.units > 0 && worth.units < 0 ? 0 - other.units : other.units;
        if (worth.units > 0 && units < 0) throw refusedAt(path, row.line, words.direction);
        [quantity, cost] = [{ units, scale: other.scale, commodity: own }, worth];
      } else quantity = worth;
    }
    if (columns.party !== -1 && !partyTold && cellOf(row, columns.party) !== '') {
      partyTold = true;
      taker.warning({ file: path, line: row.line, message: 'accounts of customers and suppliers are carried as the text of their lines' });
    }
    runs.add(row, columns, when, account(row), quantity, cost);
    rows += 1;
  }

  eachRow(path, taker, form.delimiter, (row) => {
    if (header === 0) {
      const cells = Array.from({ length: row.count }, (_, at) => cellOf(row, at));
      const bare = row.line === 1 && columnsOfLedger(cells) !== null;
      if (bare || columnsOf(cells) !== null) header = row.count;
      if (!bare) return;
    }
    if (row.count > header) {
      for (let at = header; at < row.count; at += 1) if (row.to[at]! > row.from[at]!) throw refusedAt(path, row.line, words.wide, { found: row.count, wanted: header });
    }
    posting(row);
  });
  runs.finish();
  if (rows === 0) throw refusedAt(path, 1, words.rows);
}
