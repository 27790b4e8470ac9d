/** Days are `YYYY-MM-DD` texts, instants are integer milliseconds UTC. The two are never mixed. */

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day that exists in the Gregorian calendar, years 0001 to 9999. */
export function isDay(text: string): boolean {
  const parts = shape.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= daysInMonth(year, month);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The day `count` days after (or, when negative, before) `day`. */
export function addDays(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** The same day `count` months later, held at the end of a shorter month (31 January + 1 = 28 or 29 February). */
export function addMonths(day: string, count: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const months = year * 12 + (month - 1) + count;
  const [toYear, toMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  const toDate = Math.min(date, daysInMonth(toYear, toMonth));
  return `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-${String(toDate).padStart(2, '0')}`;
}

/** Today on the clock of this PC, as people there write it. */
export function today(now: Date = new Date()): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

/** Order in which a language and country write days. */
export type DayOrder = 'ymd' | 'dmy' | 'mdy';

/** Reads a day as people type it (2026-03-01, 1.3.2026, 01/03/26); `order` decides where it is ambiguous. '' when it is none. */
export function readDay(text: string, order: DayOrder = 'ymd'): string {
  const trimmed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?$/.exec(trimmed);
  if (iso) return joined(iso[1]!, iso[2]!, iso[3]!);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed);
  if (compact) return joined(compact[1]!, compact[2]!, compact[3]!);
  const parts = /^(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})$/.exec(trimmed);
  if (!parts) return '';
  const [a, b, c] = [parts[1]!, parts[2]!, parts[3]!];
  if (a.length === 4) return joined(a, b, c);
  const dayFirst = trimmed.includes('.') || order !== 'mdy';
  return dayFirst ? joined(century(c), b, a) : joined(century(c), a, b);
}

/** Two-digit years lie between 1950 and 2049. */
const century = (year: string): string => (year.length > 2 ? year : `${Number(year) < 50 ? '20' : '19'}${year.padStart(2, '0')}`);

function joined(year: string, month: string, day: string): string {
  const text = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : '';
}
