import { daysInMonth } from '#contract/kit/day.ts';
import { w } from '#contract/kit/words.ts';
import { day, dayNumber, wrong } from './figures.ts';

/** Parts of years as bonds and bills count them. Sources: ISDA 2006 definitions, 4.16; OASIS OpenFormula 1.3, section 4.11.7 (basis). */

const says = {
  basis: w('The day count basis is a number from 0 to 4.', 'Die Tageszählung (Basis) ist eine Zahl von 0 bis 4.'),
};

/** 0: 30/360 of the United States. 1: actual days, actual years. 2: actual/360. 3: actual/365. 4: 30/360 of Europe. */
export type Basis = 0 | 1 | 2 | 3 | 4;

/** A number as a basis. Throws `Refused` (invalid) when it is none. */
export function basisOf(value: number): Basis {
  if (value === 0 || value === 1 || value === 2 || value === 3 || value === 4) return value;
  throw wrong(says.basis);
}

type Parts = readonly [year: number, month: number, date: number];
const parts = (of: string): Parts => [Number(of.slice(0, 4)), Number(of.slice(5, 7)), Number(of.slice(8, 10))];
const isLeap = (year: number): boolean => daysInMonth(year, 2) === 29;
const endsFebruary = ([year, month, date]: Parts): boolean => month === 2 && date === daysInMonth(year, 2);

/** Days of 30-day months between two days; the 31st counts as the 30th as the rule says. */
function thirties(from: Parts, until: Parts, european: boolean): number {
  let [first, last] = [from[2], until[2]];
  if (european) [first, last] = [Math.min(first, 30), Math.min(last, 30)];
  else {
    if (endsFebruary(from) && endsFebruary(until)) last = 30;
    if (endsFebruary(from) || first === 31) first = 30;
    if (last === 31 && first === 30) last = 30;
  }
  return (until[0] - from[0]) * 360 + (until[1] - from[1]) * 30 + last - first;
}

/**
 * Length of a year for basis 1: within one year 365, or 366 when a 29 February lies between the days or the one year that holds both is a leap
 * year; over more than a year the mean of all calendar years touched.
 */
function actualYear(from: Parts, until: Parts): number {
  const oneYear = until[0] === from[0] || (until[0] === from[0] + 1 && (until[1] < from[1] || (until[1] === from[1] && until[2] <= from[2])));
  if (!oneYear) {
    let leaps = 0;
    for (let year = from[0]; year <= until[0]; year += 1) leaps += isLeap(year) ? 1 : 0;
    return 365 + leaps / (until[0] - from[0] + 1);
  }
  if (from[0] === until[0]) return isLeap(from[0]) ? 366 : 365;
  const holds = (isLeap(from[0]) && from[1] <= 2) || (isLeap(until[0]) && (until[1] > 2 || (until[1] === 2 && until[2] === 29)));
  return holds ? 366 : 365;
}

/** YEARFRAC: the part of a year between two days, never negative. Throws `Refused` (invalid) when a day does not exist. */
export function yearFraction(from: string, until: string, basis: Basis): number {
  if (day(from, 'from') > day(until, 'until')) return yearFraction(until, from, basis);
  const days = dayNumber(until) - dayNumber(from);
  const [first, last] = [parts(from), parts(until)];
  switch (basis) {
    case 0:
      return thirties(first, last, false) / 360;
    case 1:
      return days / actualYear(first, last);
    case 2:
      return days / 360;
    case 3:
      return days / 365;
    case 4:
      return thirties(first, last, true) / 360;
  }
}
