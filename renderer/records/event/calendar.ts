import { addDays, today } from '#contract/kit/day.ts';
import type { Occurrence } from '#contract/records/event.ts';

/** Which appointments stand on which days. */

export interface Appointment {
  readonly id: number;
  readonly title: string;
  readonly startsAt: number;
  readonly wholeDay: boolean;
  readonly state: string;
  readonly repeats: boolean;
  /** First and last day, on the clock of this PC; whole days are days of UTC, as the contract keeps them. */
  readonly from: string;
  readonly to: string;
}

export function appointment(row: Occurrence): Appointment {
  const { starts_at: startsAt, whole_day: wholeDay } = row;
  const ends = row.ends_at ?? startsAt;
  // An end at midnight belongs to the day before: it is when the day is over.
  const last = ends > startsAt ? ends - 1 : startsAt;
  const dayOf = (ms: number): string => (wholeDay ? new Date(ms).toISOString().slice(0, 10) : today(new Date(ms)));
  return { id: row.id, title: row.title, startsAt, wholeDay, state: row.state, repeats: row.repeats, from: dayOf(startsAt), to: dayOf(last) };
}

/** Appointments by day, whole days first, then by their beginning. */
export function byDay(all: readonly Appointment[], first: string, last: string): ReadonlyMap<string, readonly Appointment[]> {
  const days = new Map<string, Appointment[]>();
  for (let day = first; day <= last; day = addDays(day, 1)) days.set(day, []);
  for (const one of all) for (let day = one.from < first ? first : one.from; day <= one.to && day <= last; day = addDays(day, 1)) days.get(day)?.push(one);
  for (const list of days.values()) list.sort((a, b) => Number(b.wholeDay) - Number(a.wholeDay) || a.startsAt - b.startsAt);
  return days;
}

/** Midnight of a day on the clock of this PC. */
export const midnight = (day: string): number => new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))).getTime();

/** Heights in the month: its head, the date of a day, and an appointment. */
const [head, date, line] = [29, 28, 25];

/** How many appointments fit into a day of a month that is so high; at least the first one and the word of how many more there are. */
export const fitting = (height: number, weeks: number): number => Math.max(2, Math.floor(((height - head) / weeks - date) / line));
