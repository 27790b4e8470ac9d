import type { DayOrder } from '#contract/kit/day.ts';
import { locale } from '../../t.ts';
import type { Point } from './number.ts';

/** How people here type, as far as Intl knows it from the locale of the window. */

export const point = (): Point => (new Intl.NumberFormat(locale()).formatToParts(1.5).some((part) => part.type === 'decimal' && part.value === ',') ? ',' : '.');

export function dayOrder(): DayOrder {
  const parts = new Intl.DateTimeFormat(locale()).formatToParts(0).map((part) => part.type);
  if (parts[0] === 'year') return 'ymd';
  return parts.indexOf('month') < parts.indexOf('day') ? 'mdy' : 'dmy';
}

/** Countries where the week begins on Sunday; elsewhere in Bureau's languages it begins on Monday. */
const sunday = new Set(['US', 'CA', 'AU', 'ZA', 'IN', 'JP', 'BR', 'MX', 'IL', 'PH']);

/** 0 for Sunday, 1 for Monday. */
export const weekStart = (): 0 | 1 => (sunday.has(locale().slice(-2)) ? 0 : 1);

/** Short names of the weekdays, in the order of this locale's week. */
export function weekdayNames(): string[] {
  const format = new Intl.DateTimeFormat(locale(), { weekday: 'short', timeZone: 'UTC' });
  // 4 January 1970 was a Sunday.
  return Array.from({ length: 7 }, (_, at) => format.format(new Date(Date.UTC(1970, 0, 4 + at + weekStart()))));
}

export const monthName = (day: string): string => new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
