import { dayNumber } from './days.ts';

/** Days whose order of day and month only the whole file tells: 03/04/2024. */

export type Order = 'ymd' | 'dmy' | 'mdy';

export interface DayParts {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  /** The year stands first. */
  readonly yearFirst: boolean;
  /** Which sign parts them: '/' leaves the order open, a point means day before month. */
  readonly sign: string;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const abroad: Readonly<Record<string, number>> = { mär: 3, mai: 5, okt: 10, dez: 12, fév: 2, avr: 4, aoû: 8, déc: 12 };
const numbers = /^(\d{1,4})\s*([-/.' ])\s*(\d{1,2})\s*([-/.' ])\s*(\d{1,4})(?:[T ]\d{1,2}:\d\d.*)?$/;
const named = /^(\d{1,2})[-/. ]+(\p{L}{3})\p{L}*[-/., ]+'?(\d{2,4})$/u;
const namedFirst = /^(\p{L}{3})\p{L}*[-. ]+(\d{1,2})[-, ]+'?(\d{2,4})$/u;

/** A year of two digits: behind an apostrophe it is one of this century; else up to 49 it is. */
export const fullYear = (year: number, apostrophe: boolean): number => (year >= 100 ? year : year < 50 || apostrophe ? 2000 + year : 1900 + year);

/** Cuts a date into its parts; null when it is none. A month with a name comes as day before month with a point, which leaves nothing open. */
export function dayParts(text: string): DayParts | null {
  const trimmed = text.trim();
  if (/^\d{8}$/.test(trimmed)) return { first: Number(trimmed.slice(0, 4)), second: Number(trimmed.slice(4, 6)), third: Number(trimmed.slice(6)), yearFirst: true, sign: '' };
  const found = numbers.exec(trimmed);
  if (found) {
    const [, a = '', one = '', b = '', two = '', c = ''] = found;
    if (a.length >= 3) return a.length === 4 && c.length <= 2 ? { first: Number(a), second: Number(b), third: Number(c), yearFirst: true, sign: one } : null;
    return c.length === 3 ? null : { first: Number(a), second: Number(b), third: fullYear(Number(c), two === "'"), yearFirst: false, sign: one };
  }
  const [, day, name = '', year] = named.exec(trimmed) ?? [];
  const [, nameFirst = '', dayBehind, yearBehind] = day === undefined ? (namedFirst.exec(trimmed) ?? []) : [];
  const word = (name || nameFirst).toLowerCase();
  const number = abroad[word] ?? months.indexOf(word) + 1;
  if (number === 0) return null;
  return { first: Number(day ?? dayBehind), second: number, third: fullYear(Number(year ?? yearBehind), false), yearFirst: false, sign: '.' };
}

/** The number of the day that parts mean in an order, or 0 when the calendar has no such day. */
export function dayIn(parts: DayParts, order: Order): number {
  if (parts.yearFirst) return dayNumber(parts.first, parts.second, parts.third);
  return order === 'mdy' && parts.sign !== '.' ? dayNumber(parts.third, parts.first, parts.second) : dayNumber(parts.third, parts.second, parts.first);
}

export interface Orders {
  /** Takes one date of the file, in the order of the file. */
  note(text: string): void;
  /** Whether a date was found that only one order allows. */
  decided(): boolean;
  /** The order of the file, `tie` where nothing speaks for another; `sure` when one date allows no other, or no date leaves it open. */
  order(tie?: 'dmy' | 'mdy'): { readonly order: Order; readonly sure: boolean };
}

/** Finds out the order of a file's days: by a day above 12, else by which order makes the fewest of them go back. */
export function orders(): Orders {
  let [dmy, mdy, open] = [0, 0, 0];
  const back = { dmy: 0, mdy: 0 };
  const last = { dmy: 0, mdy: 0 };
  return {
    note: (text) => {
      const parts = dayParts(text);
      if (!parts || parts.yearFirst || parts.sign === '.') return;
      if (parts.first > 12 && parts.second <= 12) dmy += 1;
      else if (parts.second > 12 && parts.first <= 12) mdy += 1;
      else if (parts.first !== parts.second) open += 1;
      for (const order of ['dmy', 'mdy'] as const) {
        const day = dayIn(parts, order);
        if (day < last[order]) back[order] += 1;
        last[order] = day;
      }
    },
    decided: () => dmy + mdy > 0,
    order: (tie = 'dmy') => {
      if (dmy + mdy > 0) return { order: dmy >= mdy ? 'dmy' : 'mdy', sure: true };
      if (open === 0) return { order: 'dmy', sure: true };
      return { order: back.mdy === back.dmy ? tie : back.mdy < back.dmy ? 'mdy' : 'dmy', sure: false };
    },
  };
}
