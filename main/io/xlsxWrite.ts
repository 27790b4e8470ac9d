import { closeSync, openSync, writeSync } from 'node:fs';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { isDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Cell } from './csv.ts';
import { columnName, daySerial } from './sheetCells.ts';

/**
 * Writes a workbook of one sheet row by row in flat memory; write-excel-file needs 440 MB for 50,000 rows. Texts are written as typed
 * text cells, which no program takes for a formula.
 */

/** One column. `width` is in characters. */
export interface SheetColumn {
  readonly title: string;
  readonly kind: 'text' | 'number' | 'day' | 'time' | 'flag';
  /** Digits after the point that a number column shows; as many as there are unless told. */
  readonly digits?: number;
  readonly width?: number;
}

export interface SheetOptions {
  /** Name of the sheet: at most 31 characters and none of []:*?/\ */
  readonly sheet?: string;
  /** Minutes that the wall clock is ahead of UTC at an instant, for time columns; those of this PC unless told. */
  readonly ahead?: (ms: number) => number;
}

export interface SheetWritten {
  /** Rows beside the header. */
  readonly rows: number;
  readonly bytes: number;
  /** Texts longer than the 32,767 characters a cell can hold, which were cut. */
  readonly cut: number;
}

export const writeWords = {
  rows: w('A sheet holds 1,048,575 rows beside the header. Please export as CSV, or filter the list.', 'Ein Blatt fasst 1.048.575 Zeilen neben der Kopfzeile. Bitte als CSV exportieren oder die Liste filtern.'),
} as const;

const longest = 32_767;

/**
 * Writes rows to a file, given by its path or by a descriptor that stays open. Day columns take `YYYY-MM-DD`, time columns milliseconds
 * UTC, number columns numbers or `{ plain }`; anything that is none of its column's kind is written as text, so nothing is lost.
 * @throws Refused when there are more rows than a sheet holds.
 */
export function writeXlsx(target: string | number, columns: readonly SheetColumn[], rows: Iterable<readonly Cell[]>, options: SheetOptions = {}): SheetWritten {
  const fd = typeof target === 'string' ? openSync(target, 'w') : target;
  let bytes = 0;
  try {
    const zip = new Zip((error, piece) => {
      if (error) throw error;
      bytes += piece.length;
      for (let at = 0; at < piece.length; ) at += writeSync(fd, piece, at);
    });
    const styles = styleSheet(columns);
    const fixed: readonly (readonly [string, string])[] = [
      ['[Content_Types].xml', contentTypes],
      ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
      ['xl/workbook.xml', workbook(options.sheet ?? 'Bureau')],
      ['xl/_rels/workbook.xml.rels', relations([['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml']])],
      ['xl/styles.xml', styles.xml],
    ];
    for (const [name, content] of fixed) {
      const part = new ZipDeflate(name, { level: 6 });
      zip.add(part);
      part.push(strToU8(content), true);
    }
    const part = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 3 });
    zip.add(part);
    const result = sheet(columns, rows, styles.ids, options.ahead ?? ((ms) => -new Date(ms).getTimezoneOffset()), (text, last) => part.push(Buffer.from(text, 'utf8'), last));
    zip.end();
    return { ...result, bytes };
  } finally {
    if (typeof target === 'string') closeSync(fd);
  }
}

function sheet(columns: readonly SheetColumn[], rows: Iterable<readonly Cell[]>, styles: readonly number[], ahead: (ms: number) => number, push: (text: string, last: boolean) => void) {
  const names = columns.map((_, at) => columnName(at));
  const widths = columns.map(({ width, title }, at) => `<col min="${at + 1}" max="${at + 1}" width="${Math.min(Math.max(width ?? title.length + 4, 6), 100)}" customWidth="1"/>`);
  let [count, cut, length] = [0, 0, 0];
  const text = (place: string, style: number, value: string): string => {
    if (value === '') return '';
    if (value.length > longest) cut += 1;
    const keep = /^\s|\s$|[\r\n]/.test(value) ? ' xml:space="preserve"' : '';
    return `<c r="${place}"${styled(style)} t="inlineStr"><is><t${keep}>${escaped(value.slice(0, longest))}</t></is></c>`;
  };
  const number = (place: string, style: number, value: string | number): string => `<c r="${place}"${styled(style)}><v>${value}</v></c>`;
  const cell = (value: Cell, at: number, row: number): string => {
    if (value === null || value === undefined || value === '') return '';
    const place = `${names[at]}${row}`;
    const style = styles[at] ?? 0;
    if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
    if (typeof value === 'string') {
      const serial = columns[at]?.kind === 'day' && isDay(value) ? daySerial(value) : null;
      return serial === null ? text(place, 0, value) : number(place, style, serial);
    }
    if (typeof value === 'object') return /^-?\d{1,15}(?:\.\d+)?$/.test(value.plain) && value.plain.replace(/\D/g, '').length <= 15 ? number(place, style, value.plain) : text(place, 0, value.plain);
    if (columns[at]?.kind === 'time' && typeof value === 'number') return number(place, style, (value + ahead(value) * 60_000) / 86_400_000 + 25_569);
    // A spreadsheet keeps 15 digits; longer numbers stay whole as text.
    const digits = String(value);
    return (typeof value === 'bigint' && digits.length > 15) || !Number.isFinite(Number(value)) || (Number.isInteger(value) && Math.abs(Number(value)) >= 1e15) ? text(place, 0, digits) : number(place, style, digits);
  };
  let parts = [
    `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    widths.length > 0 ? `<cols>${widths.join('')}</cols>` : '',
    `<sheetData><row r="1">${columns.map(({ title }, at) => text(`${names[at]}1`, 1, title)).join('')}</row>`,
  ];
  for (const cells of rows) {
    count += 1;
    if (count > 1_048_575) throw new Refused('invalid', writeWords.rows);
    let line = '';
    for (let at = 0; at < columns.length; at += 1) line += cell(cells[at], at, count + 1);
    parts.push(`<row r="${count + 1}">${line}</row>`);
    length += line.length;
    if (length > 1 << 18) {
      push(parts.join(''), false);
      [parts, length] = [[], 0];
    }
  }
  push(`${parts.join('')}</sheetData></worksheet>`, true);
  return { rows: count, cut };
}

const styled = (style: number): string => (style === 0 ? '' : ` s="${style}"`);

/** Characters that XML cannot hold stand as _x000B_; a text that happens to look like that gets its underscore written so. */
function escaped(text: string): string {
  if (!/[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_/.test(text)) return text;
  return text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes =
  `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
  `<Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/></Types>`;

const relations = (list: readonly (readonly [string, string])[]): string =>
  `${declaration}<Relationships xmlns="${packages}/relationships">${list.map(([type, part], at) => `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${part}"/>`).join('')}</Relationships>`;

function workbook(name: string): string {
  const safe = name.replace(/[[\]:*?/\\]/g, ' ').replace(/^'+|'+$/g, '').slice(0, 31).trim() || 'Bureau';
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(safe).replaceAll('"', '&quot;')}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
}

/** Style 0 is text, 1 the bold header; each kind of column with a format gets its own. */
function styleSheet(columns: readonly SheetColumn[]): { readonly xml: string; readonly ids: readonly number[] } {
  const codes: string[] = [];
  const ids = columns.map(({ kind, digits }) => {
    const code = kind === 'day' ? 'yyyy-mm-dd' : kind === 'time' ? 'yyyy-mm-dd hh:mm:ss' : kind === 'number' && digits !== undefined ? `0${digits > 0 ? `.${'0'.repeat(Math.min(digits, 15))}` : ''}` : null;
    if (code === null) return 0;
    if (!codes.includes(code)) codes.push(code);
    return codes.indexOf(code) + 2;
  });
  const format = (id: number, font = 0): string => `<xf numFmtId="${id}" fontId="${font}" fillId="0" borderId="0" xfId="0"${id > 0 ? ' applyNumberFormat="1"' : ''}${font > 0 ? ' applyFont="1"' : ''}/>`;
  const xml =
    `${declaration}<styleSheet xmlns="${main}">${codes.length > 0 ? `<numFmts count="${codes.length}">${codes.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`).join('')}</numFmts>` : ''}` +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${codes.length + 2}">${format(0)}${format(0, 1)}${codes.map((_, at) => format(164 + at)).join('')}</cellXfs></styleSheet>`;
  return { xml, ids };
}
