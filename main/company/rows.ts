import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Format, Looked, Reading } from '#contract/company/transfer.ts';
import { readCsv, sniffFile } from '../io/csv.ts';
import { original } from '../io/inert.ts';
import { readCards } from './cards.ts';
import { readEvents } from './events.ts';
import type { RowProblemFound } from './rowProblem.ts';
import { readXlsx, sheetNames } from '../io/xlsx.ts';

/** Files of any format as rows of text cells, the header first. What the formats know stands in io/. */

const words = {
  gone: w('The file “{path}” cannot be read.', 'Die Datei „{path}“ lässt sich nicht lesen.'),
  empty: w('The file holds no rows.', 'Die Datei enthält keine Zeilen.'),
};

export type FullReading = Looked['reading'];

function formatOf(path: string, reading: Reading): Format {
  if (reading.format) return reading.format;
  const ending = extname(path).toLowerCase();
  return ending === '.xlsx' ? 'xlsx' : ending === '.vcf' || ending === '.vcard' ? 'vcard' : ending === '.ics' || ending === '.ical' ? 'ical' : 'csv';
}

/** Guesses what the caller left open. @throws Refused when the file cannot be read or is not what its format says */
export function fullReading(path: string, reading: Reading): { reading: FullReading; sheets: readonly string[]; bytes: number } {
  const bytes = sizeOf(path);
  const format = formatOf(path, reading);
  const base = { delimiter: reading.delimiter ?? ',', encoding: reading.encoding ?? 'utf-8', header: reading.header ?? true, day_order: reading.day_order ?? 'dmy', decimal_point: reading.decimal_point ?? '.', sheet: '' } as const;
  if (format === 'csv') {
    const guess = sniffFile(path);
    return { reading: { ...base, format, delimiter: reading.delimiter ?? guess.delimiter, encoding: reading.encoding ?? guess.encoding, header: reading.header ?? guess.header }, sheets: [], bytes };
  }
  if (format === 'xlsx') {
    const sheets = sheetNames(path);
    return { reading: { ...base, format, sheet: reading.sheet ?? sheets[0] ?? '' }, sheets, bytes };
  }
  return { reading: { ...base, format, header: true }, sheets: [], bytes };
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new Refused('invalid', words.gone, { path: path.split(/[/\\]/).at(-1) }, 'source');
  return found.size;
}

/** Hands out every row; the first is the header, made up when the file has none. `onRow` returns false to stop. */
export function eachRow(path: string, reading: FullReading, onRow: (row: number, cells: string[]) => boolean | void): readonly RowProblemFound[] {
  let names: string[] | null = null;
  const take = (row: number, cells: string[]): boolean | void => {
    // Spreadsheets end files in rows of nothing but delimiters.
    if (isBlank(cells)) return true;
    if (names) return onRow(row, cells.map(original));
    names = reading.header ? cells.map((cell, at) => cell.trim() || letters(at)) : cells.map((_cell, at) => letters(at));
    const going = onRow(reading.header ? row : 0, names);
    return reading.header || going === false ? going : onRow(row, cells.map(original));
  };
  const problems = read(path, reading, take);
  if (!names) throw new Refused('invalid', words.empty, {}, 'source');
  return problems;
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

function read(path: string, reading: FullReading, take: (row: number, cells: string[]) => boolean | void): readonly RowProblemFound[] {
  switch (reading.format) {
    case 'csv':
      return readCsv(path, reading, take).problems;
    case 'xlsx':
      readXlsx(path, { sheet: reading.sheet || undefined }, take);
      return [];
    case 'vcard':
      return readCards(path, take);
    case 'ical':
      return readEvents(path, take);
  }
}

/** Names of columns without a header: A, B … Z, AA. */
function letters(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26);
}
