import { addDays, addMonths, daysInMonth } from '#contract/kit/day.ts';

/** The weeks of a month as a calendar shows them, with the days of its neighbours that fill the first and last week. */

export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** First day of the week that holds `day`; weeks begin on `weekStart` (0 = Sunday). */
export const weekBegin = (day: string, weekStart: number): string => addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));

export function monthWeeks(day: string, weekStart: number): string[][] {
  const first = weekBegin(`${day.slice(0, 8)}01`, weekStart);
  const last = `${day.slice(0, 8)}${String(daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)))).padStart(2, '0')}`;
  const weeks: string[][] = [];
  for (let begin = first; begin <= last; begin = addDays(begin, 7)) weeks.push(week(begin));
  return weeks;
}

export const week = (begin: string): string[] => Array.from({ length: 7 }, (_, at) => addDays(begin, at));

/** Where a key leads in a calendar, null when it is none of its keys. */
export function calendarKey(key: string, shift: boolean, day: string, weekStart: number): string | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return weekBegin(day, weekStart);
    case 'End':
      return addDays(weekBegin(day, weekStart), 6);
    case 'PageUp':
      return addMonths(day, shift ? -12 : -1);
    case 'PageDown':
      return addMonths(day, shift ? 12 : 1);
    default:
      return null;
  }
}

/** ISO 8601 week number, as German calendars print it. */
export function isoWeek(day: string): number {
  const thursday = addDays(weekBegin(day, 1), 3);
  const firstThursday = addDays(weekBegin(`${thursday.slice(0, 4)}-01-04`, 1), 3);
  return 1 + Math.round((Date.parse(thursday) - Date.parse(firstThursday)) / (7 * 86_400_000));
}
