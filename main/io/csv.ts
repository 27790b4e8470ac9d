import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { Refused } from '#contract/kit/failure.ts';
import { type Words, w } from '#contract/kit/words.ts';
import { inert } from './inert.ts';
import { type Flaw, scanner } from './scan.ts';
import { decodeAll, decoder, type Encoding, sniffEncoding } from './text.ts';

/** Delimited text: guessing how a file is written, reading it row by row in flat memory, and writing it. */

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** What the beginning of a file tells about how it is written. */
export interface Sniffed {
  readonly encoding: Encoding;
  /** A byte order mark stands at the beginning. */
  readonly marked: boolean;
  /** The bytes are no text: an archive, a picture, a program. Reading such a file as CSV is refused. */
  readonly binary: boolean;
  readonly delimiter: Delimiter;
  /** The first row names the columns. */
  readonly header: boolean;
  readonly line_end: '\r\n' | '\n' | '\r';
}

/** Something wrong with one row. `row` is the row a spreadsheet shows, the first being 1; blank rows count. */
export interface TextProblem {
  readonly row: number;
  readonly words: Words;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What was read. Rows with a problem were not handed out; nothing else was left out but blank rows. */
export interface TextRead {
  /** Rows handed out, the header among them. */
  readonly rows: number;
  /** Cells of the first row, which all others must have. */
  readonly width: number;
  /** The first 1,000 problems. */
  readonly problems: readonly TextProblem[];
  readonly problem_count: number;
  /** False when a quotation mark was left open, so that the rest of the file could not be cut into rows. */
  readonly complete: boolean;
}

/** What the caller knows about a file; the rest is guessed from its beginning. */
export interface TextReading {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
}

/** Receives each row. `false` stops the reading without an error. */
export type OnRow = (row: number, cells: string[]) => boolean | void;

export const csvWords = {
  binary: w('This file is not text. It can not be read as CSV.', 'Diese Datei ist kein Text. Sie kann nicht als CSV gelesen werden.'),
  width: w('This row has {found} cells where the first row has {wanted}.', 'Diese Zeile hat {found} Zellen, die erste Zeile hat {wanted}.'),
  trailing: w('Something stands behind a closing quotation mark in this row.', 'In dieser Zeile steht etwas hinter einem schließenden Anführungszeichen.'),
  open: w('A quotation mark in this row is never closed. The rows after it could not be read.', 'Ein Anführungszeichen in dieser Zeile wird nie geschlossen. Die Zeilen danach konnten nicht gelesen werden.'),
  long: w('This row has more than 16,384 cells or 8 million characters.', 'Diese Zeile hat mehr als 16.384 Zellen oder 8 Millionen Zeichen.'),
  damaged: w('This row has bytes that do not exist in {encoding}. Please choose the encoding of the file.', 'Diese Zeile hat Bytes, die es in {encoding} nicht gibt. Bitte wählen Sie die Kodierung der Datei.'),
} as const;

const piece = 1 << 20;
const sniffed = 1 << 18;

/** Guesses encoding, delimiter, header and line end from the beginning of a file (a few hundred kilobytes are plenty). */
export function sniffText(bytes: Uint8Array): Sniffed {
  const guess = sniffEncoding(bytes);
  const text = decodeAll(bytes.subarray(0, sniffed), guess.encoding);
  const told = /^sep=([,;\t|])(?=[\r\n])/i.exec(text);
  const body = told ? text.slice(told[0].length).replace(/^(?:\r\n|\r|\n)/, '') : text;
  const delimiter = (told?.[1] as Delimiter | undefined) ?? guessDelimiter(body);
  return { ...guess, delimiter, header: guessHeader(sample(body, delimiter)), line_end: lineEndOf(text) };
}

/** `sniffText` for a file. All of it is checked for valid UTF-8, so that one umlaut at its end is not missed. */
export function sniffFile(path: string): Sniffed {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(piece);
    let size = readSync(file, buffer, 0, piece, 0);
    const head = Buffer.from(buffer.subarray(0, size));
    const first = sniffText(head);
    if (first.encoding !== 'utf-8' || first.marked) return first;
    const utf8 = decoder('utf-8');
    for (let at = 0; size > 0; size = readSync(file, buffer, 0, piece, at)) {
      at += size;
      utf8.decode(buffer.subarray(0, size), false);
      if (utf8.damaged()) return { ...first, encoding: sniffEncoding(buffer.subarray(0, size)).encoding };
    }
    return first;
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a file row by row, a megabyte at a time. The header is row 1 and is handed out like any other.
 * Empty cells beyond the width of the first row are cut off; any other difference is a problem of that row.
 * @throws Refused when the file is not text.
 */
export function readCsv(path: string, reading: TextReading, onRow: OnRow): TextRead {
  const found = sniffFile(path);
  if (found.binary) throw new Refused('invalid', csvWords.binary);
  const encoding = reading.encoding ?? found.encoding;
  const rows = rowReader(reading.delimiter ?? found.delimiter, encoding, onRow);
  const decode = decoder(encoding);
  const buffer = Buffer.allocUnsafe(piece);
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const size = readSync(file, buffer, 0, piece, null);
      const text = decode.decode(buffer.subarray(0, size), size === 0);
      if (!rows.push(text, decode.damaged()) || size === 0) break;
    }
    return rows.end();
  } finally {
    closeSync(file);
  }
}

/** `readCsv` for text that is already in memory. */
export function readCsvText(text: string, reading: TextReading, onRow: OnRow): TextRead {
  const rows = rowReader(reading.delimiter ?? guessDelimiter(text.slice(0, sniffed)), 'utf-8', onRow);
  rows.push(text, false);
  return rows.end();
}

function rowReader(delimiter: string, encoding: Encoding, onRow: OnRow) {
  const problems: TextProblem[] = [];
  let [row, rows, width, problemCount] = [0, 0, -1, 0];
  let [damaged, complete] = [false, true];
  const problem = (words: Words, params: Readonly<Record<string, string | number>> = {}): void => {
    problemCount += 1;
    if (problems.length < 1000) problems.push({ row, words, params });
  };
  const take = (cells: string[], flaw: Flaw, quoted: boolean): boolean => {
    // Excel's own hint line; Excel does not count it as a row either.
    if (row === 0 && !quoted && isHint(cells)) return true;
    row += 1;
    if (cells.length === 1 && cells[0] === '' && !quoted) return true;
    if (flaw !== null) {
      if (flaw === 'open') complete = false;
      problem(csvWords[flaw]);
      return true;
    }
    if (damaged && cells.some((cell) => cell.includes('\ufffd'))) {
      problem(csvWords.damaged, { encoding });
      return true;
    }
    if (width === -1) width = cells.length;
    else if (cells.length !== width) {
      while (cells.length > width && cells.at(-1) === '') cells.pop();
      if (cells.length !== width) {
        problem(csvWords.width, { found: cells.length, wanted: width });
        return true;
      }
    }
    rows += 1;
    return onRow(row, cells) !== false;
  };
  const scan = scanner(delimiter, take);
  return {
    push: (text: string, isDamaged: boolean): boolean => {
      // A record may begin in one piece and end in the next: damage in either concerns it.
      damaged ||= isDamaged;
      const going = scan.push(text);
      damaged = isDamaged;
      return going;
    },
    end: (): TextRead => {
      scan.end();
      return { rows, width: Math.max(width, 0), problems, problem_count: problemCount, complete };
    },
  };
}

/** `sep=;` cut at its own delimiter, or at another one. */
const isHint = (cells: readonly string[]): boolean => (cells.length === 2 && /^sep=$/i.test(cells[0]!) && cells[1] === '') || (cells.length === 1 && /^sep=[,;\t|]$/i.test(cells[0]!));

function lineEndOf(text: string): Sniffed['line_end'] {
  const crlf = text.indexOf('\r\n');
  const lf = text.indexOf('\n');
  const cr = text.indexOf('\r');
  if (crlf !== -1 && crlf === cr) return '\r\n';
  return lf === -1 && cr !== -1 ? '\r' : '\n';
}

/** The first records, without the last one when the text was cut off in the middle of it. */
function sample(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  const scan = scanner(delimiter, (cells, flaw, quoted) => {
    if (flaw === null && (cells.length > 1 || cells[0] !== '' || quoted)) records.push(cells);
    return records.length < 200;
  });
  if (scan.push(text) && (text.length < sniffed || records.length === 0)) scan.end();
  return records;
}

/** The delimiter that cuts the most rows into the same number of cells; more cells decide between equals. */
function guessDelimiter(text: string): Delimiter {
  let best: { readonly delimiter: Delimiter; readonly score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const records = sample(text, delimiter);
    const counts = new Map<number, number>();
    for (const cells of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    let [common, times] = [1, 0];
    for (const [count, seen] of counts) if (count > 1 && seen > times) [common, times] = [count, seen];
    const steady = records.length === 0 ? 0 : times / records.length;
    const heading = records[0]?.length === common ? 1.25 : 1;
    const score = common === 1 ? 0 : steady * steady * heading * (1 + Math.log2(common) / 10);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Column names are words: filled, different from each other, no numbers, days or addresses, and not like what stands below them. */
function guessHeader(records: readonly string[][]): boolean {
  const [first, ...below] = records;
  if (!first) return false;
  const names = first.map((cell) => cell.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0 || filled.length < names.length / 2) return false;
  if (filled.some((name) => name.length > 100 || isValue(name))) return false;
  if (new Set(filled.map((name) => name.toLowerCase())).size < filled.length * 0.8) return false;
  // The same word again in its own column means that it is a value.
  const again = names.filter((name, at) => name !== '' && below.some((cells) => cells[at]?.trim() === name)).length;
  return again <= names.length / 3;
}

const isValue = (text: string): boolean =>
  /^[-+(]?[\p{Sc}\s]*\d[\d.,'\s]*\)?\s*[%\p{Sc}]?$/u.test(text) || /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(text) || /^[^\s@]+@[^\s@]+\.\w+$/.test(text) || /^(?:true|false)$/i.test(text);

/** A cell to be written. Texts are made inert; `{ plain }` is a number that must keep its digits, such as an amount. */
export type Cell = string | number | bigint | boolean | null | undefined | { readonly plain: string };

export interface WriterOptions {
  readonly delimiter?: Delimiter;
  /** Begins with a byte order mark, without which Excel takes UTF-8 for its own code page. On unless told. */
  readonly bom?: boolean;
}

export interface CsvWriter {
  /** Writes one row; the header is a row like any other. */
  readonly row: (cells: readonly Cell[]) => void;
  /** Writes what is left and returns how many bytes there are in all. The file stays open. */
  readonly end: () => number;
}

/**
 * Writes RFC 4180 text in UTF-8 to an open file or to a function that takes bytes. Rows end with CRLF, as the RFC wants and Excel on
 * every system reads. Cells are quoted where they hold a quotation mark, a line end, white space at an end, or any delimiter in use.
 */
export function csvWriter(target: number | ((bytes: Uint8Array) => void), options: WriterOptions = {}): CsvWriter {
  const delimiter = options.delimiter ?? ',';
  const parts: string[] = options.bom === false ? [] : ['\ufeff'];
  let [length, bytes] = [0, 0];
  const flush = (): void => {
    const buffer = Buffer.from(parts.join(''), 'utf8');
    parts.length = 0;
    length = 0;
    bytes += buffer.length;
    if (typeof target !== 'number') target(buffer);
    else for (let at = 0; at < buffer.length; ) at += writeSync(target, buffer, at);
  };
  const row = (cells: readonly Cell[]): void => {
    const line = csvRow(cells, delimiter);
    parts.push(line);
    length += line.length;
    if (length > 1 << 18) flush();
  };
  const end = (): number => {
    flush();
    return bytes;
  };
  return { row, end };
}

/** One row with its line end, as `csvWriter` writes it. */
export function csvRow(cells: readonly Cell[], delimiter = ','): string {
  const line = cells.map(cellText).join(delimiter);
  // An empty line would be a blank row, not a row with one empty cell.
  return line === '' ? '""\r\n' : `${line}\r\n`;
}

const special = /[",;\t|\r\n]/;
const atStart = /^(?:[\s\ufeff]|sep=)/i;
const mustQuote = (text: string): boolean => special.test(text) || atStart.test(text) || text.trimEnd().length < text.length;

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return /^-?\d+(?:[.,]\d+)?$/.test(cell.plain) ? quotedIfNeeded(cell.plain) : quotedIfNeeded(inert(cell.plain));
  return typeof cell === 'string' ? quotedIfNeeded(inert(cell)) : String(cell);
}

const quotedIfNeeded = (text: string): string => (mustQuote(text) ? `"${text.replaceAll('"', '""')}"` : text);
