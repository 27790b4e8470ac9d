import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Format, Looked, Reading } from '#contract/company/transfer.ts';
import type { Ctx } from '../db/context.ts';
import { first, sql } from '../db/sql.ts';
import { readCsv, sniffFile, type TextReading } from '../io/csv.ts';
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

/** The decimal mark that is usual where the company is. */
function usualPoint(ctx: Ctx): '.' | ',' {
  const { language, country } = first<{ language: string; country: string }>(ctx.db, sql`SELECT language, country FROM company`)!;
  return new Intl.NumberFormat(/^[A-Z]{2}$/.test(country) ? `${language}-${country}` : language).format(1.5).includes(',') ? ',' : '.';
}

const pointed = /^[-+(\u2212]?\s*(?:[\d.'\u2019\s]*\d,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}(?:\.\d{3})+,\d+)\)?\s*%?$/;
const swapped: Readonly<Record<string, string>> = { '.': ',', ',': '.' };

/** The decimal mark of most numbers of the first rows that can have only one; null when there are none. */
function guessPoint(path: string, reading: TextReading): '.' | ',' | null {
  let [seen, commas, dots] = [0, 0, 0];
  readCsv(path, reading, (_row, cells) => {
    for (const cell of cells) {
      if (cell.length > 40 || !/^[-+(\u2212]?\s*\d/.test(cell.trim())) continue;
      const text = cell.trim();
      if (pointed.test(text)) commas += 1;
      else if (pointed.test(text.replace(/[.,]/g, (mark) => swapped[mark]!))) dots += 1;
    }
    return (seen += 1) < 1000;
  });
  return commas === dots ? null : commas > dots ? ',' : '.';
}

/** Guesses what the caller left open. @throws Refused when the file cannot be read or is not what its format says */
export function fullReading(ctx: Ctx, path: string, reading: Reading): { reading: FullReading; sheets: readonly string[]; bytes: number } {
  const bytes = sizeOf(path);
  const format = formatOf(path, reading);
  const base = { delimiter: reading.delimiter ?? ',', encoding: reading.encoding ?? 'utf-8', header: reading.header ?? true, day_order: reading.day_order ?? 'dmy', decimal_point: reading.decimal_point ?? '.', sheet: '' } as const;
  if (format === 'csv') {
    const guess = sniffFile(path);
    const { delimiter, encoding } = { delimiter: reading.delimiter ?? guess.delimiter, encoding: reading.encoding ?? guess.encoding };
    const decimal_point = reading.decimal_point ?? (guess.binary ? null : guessPoint(path, { delimiter, encoding })) ?? usualPoint(ctx);
    return { reading: { ...base, format, delimiter, encoding, decimal_point, header: reading.header ?? guess.header }, sheets: [], bytes };
  }
  if (format === 'xlsx') {
    const sheets = sheetNames(path);
    return { reading: { ...base, format, decimal_point: reading.decimal_point ?? usualPoint(ctx), sheet: reading.sheet ?? sheets[0] ?? '' }, sheets, bytes };
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
  // Only what goes out as plain text is made inert: the other formats keep an apostrophe as it stands.
  const plain = (cells: string[]): string[] => (reading.format === 'csv' ? cells.map(original) : cells);
  const take = (row: number, cells: string[]): boolean | void => {
    // Spreadsheets end files in rows of nothing but delimiters.
    if (isBlank(cells)) return true;
    if (names) return onRow(row, plain(cells));
    names = reading.header ? cells.map((cell, at) => cell.trim() || letters(at)) : cells.map((_cell, at) => letters(at));
    const going = onRow(reading.header ? row : 0, names);
    return reading.header || going === false ? going : onRow(row, plain(cells));
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
