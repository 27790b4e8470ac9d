/** How a workbook's numbers read: which formats mean days or times, and numbers as plain decimal text. */

/** What a number in a cell stands for. */
export type NumberKind = 'number' | 'day' | 'instant' | 'time';

/** Built-in formats of days and times, ECMA-376 part 1, 18.8.30, and the ones of East Asian versions. */
const builtIn = new Map<number, NumberKind>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, NumberKind] => [id, 'day']),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id): [number, NumberKind] => [id, 'time']),
  [22, 'instant'],
]);

/** The kind of a number format; `code` is the text of a custom one. */
export function formatKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return builtIn.get(id) ?? 'number';
  const bare = code.replace(/"[^"]*"?|\\.|_.|\*./g, '').split(';')[0]!.toLowerCase();
  const elapsed = /\[(?:h+|m+|s+)\]/.test(bare);
  const signs = bare.replace(/\[[^\]]*\]/g, '').replaceAll('general', '').replace(/a\/p|am\/pm/g, 'h');
  const day = /[yd]/.test(signs) || (/m/.test(signs) && !/[hs]/.test(signs) && !elapsed);
  const time = elapsed || /[hs]/.test(signs);
  return day ? (time ? 'instant' : 'day') : time ? 'time' : 'number';
}

const second = 86_400;
/** Serial number of 1970-01-01. */
const epoch = 25_569;

/**
 * A day or time as text: `2026-03-01`, `2026-03-01T08:30:00` (wall time, as the sheet shows it), `08:30:00`; elapsed hours may exceed 24.
 * Null when the number is outside of what a spreadsheet can show as a day.
 */
export function serialText(serial: number, kind: 'day' | 'instant' | 'time', from1904: boolean): string | null {
  if (!(serial >= 0 && serial < 2_958_466)) return null;
  const seconds = Math.round(serial * second);
  if (kind === 'time' || (kind === 'instant' && seconds < second && !from1904)) return clock(seconds);
  // Lotus 1-2-3 had a 29 February 1900, and everyone kept it: days before it are one off.
  const days = Math.floor(kind === 'day' ? serial : seconds / second);
  const real = from1904 ? days + 1462 : days < 60 ? days + 1 : days;
  const day = new Date((real - epoch) * second * 1000).toISOString().slice(0, 10);
  return kind === 'day' ? day : `${day}T${clock(seconds % second)}`;
}

const clock = (seconds: number): string => [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** The serial number of a day, or null for one before 1 March 1900, which programs count differently. */
export function daySerial(day: string): number | null {
  const ms = Date.parse(`${day}T00:00:00Z`);
  const serial = ms / 86_400_000 + epoch;
  return Number.isNaN(ms) || serial < 61 || serial >= 2_958_466 ? null : serial;
}

/** A number of a workbook as plain decimal text with the 15 digits that spreadsheets keep: no exponent, no 0.30000000000000004. */
export function numberText(raw: string): string {
  if (/^-?(?:0|[1-9]\d*)$/.test(raw)) return raw === '-0' ? '0' : raw;
  if (raw.length < 16 && /^-?(?:0|[1-9]\d*)\.\d*[1-9]$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  const [mantissa, exponent] = value.toExponential(14).split('e') as [string, string];
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '');
  if (digits === '') return '0';
  const point = Number(exponent) + 1;
  const sign = value < 0 ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (digits.length <= point) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Column number from 0 of a cell name such as "AB12"; -1 when it is none. */
export function columnOf(cell: string): number {
  let column = 0;
  let at = 0;
  for (; at < cell.length; at += 1) {
    const code = cell.charCodeAt(at) | 32;
    if (code < 97 || code > 122) break;
    column = column * 26 + code - 96;
    if (column > 16_384) return -1;
  }
  return at === 0 ? -1 : column - 1;
}

/** Letters of a column number from 0. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** Control characters stand in workbooks as _x000D_. */
export const cellText = (text: string): string => (text.includes('_x') ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text);
