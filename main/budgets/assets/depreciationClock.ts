import { addDays, addMonths, daysInMonth } from '#contract/kit/day.ts';
import { w } from '#contract/kit/words.ts';
import { day, dayNumber, whole, wrong } from '../finance/figures.ts';

/** The time of a depreciation: where it begins and ends, how far a day is in it, and the fiscal periods that it is cut into. */

const says = {
  start: w('A fiscal year begins on a day between the 1st and the 28th of a month.', 'Ein Geschäftsjahr beginnt an einem Tag zwischen dem 1. und dem 28. eines Monats.'),
  life: w('A life is at most {most} months long.', 'Eine Nutzungsdauer ist höchstens {most} Monate lang.'),
};

/** First day of the fiscal year: a month 1 to 12 and a day 1 to 28 (6 April: {4, 6}). */
export interface FiscalStart {
  readonly month: number;
  readonly day: number;
}

export type RowLength = 'month' | 'quarter' | 'year';
export type Measure = 'month' | 'day';

/**
 * What the month in which an asset is put into service counts for:
 * - `full_month`: all of it. `next_month`: nothing, it begins with the month after. `mid_month`: a half, whatever the day.
 * - `by_day`: its days from the day of service on, out of its days.
 * Months are fiscal months. What the first month lacks follows at the end of the life.
 */
export type FirstPeriod = 'full_month' | 'next_month' | 'mid_month' | 'by_day';

/** Time in integer ticks from the beginning of the depreciation, which is zero. */
export interface Clock {
  /** First and last day of which at least a part counts. */
  readonly first_day: string;
  readonly last_day: string;
  /** Ticks until the beginning of a day. */
  at(day: string): number;
  /** Ticks until the end of this many months of the life. */
  after(months: number): number;
}

interface Timing {
  readonly in_service: string;
  readonly life_months: number;
  readonly measure: Measure;
  readonly first: FirstPeriod;
  readonly fiscal_start?: FiscalStart;
}

/** Two hundred years: nothing in the books lasts longer, and a slip of the keyboard asks for no endless schedule. */
const longest = 2400;

const january: FiscalStart = { month: 1, day: 1 };

/** Months have 28, 29, 30 or 31 days, or begin at a half: this many ticks a month make all of these integers. */
const ticksInMonth = 2 * 2 * 3 * 5 * 7 * 29 * 31;

/** The clock of one asset. Throws `Refused` (invalid) when a day does not exist or a figure is out of its range. */
export function clockOf(timing: Timing): Clock {
  day(timing.in_service, 'in_service');
  if (whole(timing.life_months, 'life_months', 1) > longest) throw wrong(says.life, { most: longest });
  const calendar = monthsFrom(timing.fiscal_start);
  return timing.measure === 'month' ? byMonth(timing, calendar) : byDay(timing, calendar);
}

/** Fiscal months, numbered through: the month that holds a day, and the first day of a month. */
interface Months {
  holding(day: string): number;
  start(month: number): string;
}

function monthsFrom(start: FiscalStart = january): Months {
  const first = whole(start.day, 'fiscal_start.day', 1);
  if (first > 28 || whole(start.month, 'fiscal_start.month', 1) > 12) throw wrong(says.start);
  const parts = (of: string): [number, number] => [Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7)) - 1, Number(of.slice(8))];
  return {
    holding: (of) => {
      const [month, date] = parts(of);
      return date < first ? month - 1 : month;
    },
    start: (month) => {
      const year = Math.floor(month / 12);
      return `${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-${String(first).padStart(2, '0')}`;
    },
  };
}

/** Days in the fiscal month that begins on this day. */
const lengthOf = (start: string): number => daysInMonth(Number(start.slice(0, 4)), Number(start.slice(5, 7)));

/** Every month has the same number of ticks, every day its part of those of its month. */
function byMonth({ in_service, life_months, first }: Timing, months: Months): Clock {
  const position = (of: string): number => {
    const month = months.holding(of);
    const start = months.start(month);
    return month * ticksInMonth + (ticksInMonth / lengthOf(start)) * (dayNumber(of) - dayNumber(start));
  };
  const month = months.holding(in_service) * ticksInMonth;
  const begin = { full_month: month, next_month: month + ticksInMonth, mid_month: month + ticksInMonth / 2, by_day: position(in_service) }[first];
  /** The day that holds the moment. */
  const dayOf = (ticks: number): string => {
    const start = months.start(Math.floor(ticks / ticksInMonth));
    return addDays(start, Math.floor((ticks % ticksInMonth) / (ticksInMonth / lengthOf(start))));
  };
  return {
    first_day: dayOf(begin),
    last_day: dayOf(begin + life_months * ticksInMonth - 1),
    at: (of) => position(of) - begin,
    after: (count) => count * ticksInMonth,
  };
}

/** Every day has two ticks, for the halves of months. A month of the life ends on the same day of a later month. */
function byDay({ in_service, life_months, first }: Timing, months: Months): Clock {
  const month = months.holding(in_service);
  const moment = (count: number): number => {
    if (first === 'by_day') return 2 * dayNumber(addMonths(in_service, count));
    const start = months.start(month + count + (first === 'next_month' ? 1 : 0));
    return 2 * dayNumber(start) + (first === 'mid_month' ? lengthOf(start) : 0);
  };
  const begin = moment(0);
  const dayOf = (ticks: number): string => addDays('1970-01-01', Math.floor(ticks / 2));
  return {
    first_day: dayOf(begin),
    last_day: dayOf(moment(life_months) - 1),
    at: (of) => 2 * dayNumber(of) - begin,
    after: (count) => moment(count) - begin,
  };
}

/** The month of the life at which its year `year` (from zero) ends: whole years, and what is left in the last one. */
export const monthAt = (year: number, life: number): number => Math.min((year + 1) * 12, life);

const lengths: Readonly<Record<RowLength, number>> = { month: 1, quarter: 3, year: 12 };

/** The fiscal months, quarters or years that hold the days from `first_day` to `last_day`, the outer ones cut to these days. */
export function periodsOf(first_day: string, last_day: string, length: RowLength, start: FiscalStart = january): { readonly from_day: string; readonly until_day: string }[] {
  const months = monthsFrom(start);
  const size = lengths[length];
  const periods: { from_day: string; until_day: string }[] = [];
  // Month numbers count from January of the year 0; those of a fiscal year's first months are `start.month - 1` more than a multiple of twelve.
  const into = (((months.holding(first_day) - (start.month - 1)) % size) + size) % size;
  for (let month = months.holding(first_day) - into; months.start(month) <= last_day; month += size) {
    const [from, until] = [months.start(month), addDays(months.start(month + size), -1)];
    periods.push({ from_day: from < first_day ? first_day : from, until_day: until > last_day ? last_day : until });
  }
  return periods;
}
