import { addDays, addMonths, isDay } from '#contract/kit/day.ts';

/** Choosing periods: which days a choice means, what they are compared with, and how they are cut into columns. Only days, no figures. */

export interface Days {
  readonly from: string;
  readonly to: string;
}

/** A fiscal year or one of its periods. */
export interface Span {
  readonly id: number;
  readonly name: string;
  readonly start_day: string;
  readonly end_day: string;
}

export const presets = ['month', 'quarter', 'year', 'to_date', 'last_month', 'last_quarter', 'last_year'] as const;
export type Preset = (typeof presets)[number];
export const comparisons = ['none', 'previous', 'year', 'any'] as const;
export type Comparison = (typeof comparisons)[number];

export const isPreset = (text: string): text is Preset => presets.some((one) => one === text);

const monthStart = (day: string): string => `${day.slice(0, 7)}-01`;
const monthEnd = (day: string): string => addDays(addMonths(monthStart(day), 1), -1);
const monthsBetween = (from: string, to: string): number => (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

/** Whole calendar months, and how many; 0 when they are not whole. */
export function wholeMonths({ from, to }: Days): number {
  return from <= to && from === monthStart(from) && to === monthEnd(to) ? monthsBetween(from, to) + 1 : 0;
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The fiscal year that a day falls into; one that was never opened is reckoned from those before or after it. */
export function yearOf(day: string, years: readonly Span[]): Days {
  const known = years.find((one) => one.start_day <= day && day <= one.end_day);
  if (known) return { from: known.start_day, to: known.end_day };
  const [near] = years.toSorted((a, b) => Math.abs(daysBetween(a.start_day, day)) - Math.abs(daysBetween(b.start_day, day)));
  const begins = near ? near.start_day.slice(4) : '-01-01';
  const start = isDay(`${day.slice(0, 4)}${begins}`) ? `${day.slice(0, 4)}${begins}` : `${day.slice(0, 4)}-03-01`;
  const from = start > day ? addMonths(start, -12) : start;
  return { from, to: addDays(addMonths(from, 12), -1) };
}

/** The quarter that a day falls into: three months at a time from the beginning of its fiscal year. */
export function quarterOf(day: string, years: readonly Span[]): Days {
  const { from: start, to: end } = yearOf(day, years);
  const base = start.endsWith('-01') ? start : `${day.slice(0, 4)}-01-01`;
  const from = addMonths(base, Math.floor(monthsBetween(base, day) / 3) * 3);
  const to = addDays(addMonths(from, 3), -1);
  return start.endsWith('-01') && to > end ? { from, to: end } : { from, to };
}

const monthOf = (day: string): Days => ({ from: monthStart(day), to: monthEnd(day) });
const before = (days: Days): string => addDays(days.from, -1);

/** The days that a preset means today. */
export function daysOf(preset: Preset, today: string, years: readonly Span[]): Days {
  switch (preset) {
    case 'month':
      return monthOf(today);
    case 'quarter':
      return quarterOf(today, years);
    case 'year':
      return yearOf(today, years);
    case 'to_date':
      return { from: yearOf(today, years).from, to: today };
    case 'last_month':
      return monthOf(before(monthOf(today)));
    case 'last_quarter':
      return quarterOf(before(quarterOf(today, years)), years);
    case 'last_year':
      return yearOf(before(yearOf(today, years)), years);
  }
}

/** What comes just before: as many whole months, or as many days. */
export function previousOf(days: Days): Days {
  const months = wholeMonths(days);
  if (months > 0) return { from: addMonths(days.from, -months), to: before(days) };
  const to = before(days);
  return { from: addDays(days.from, -(daysBetween(days.from, days.to) + 1)), to };
}

/** The same days a year earlier; the end of a month stays the end of that month. */
export function yearBefore({ from, to }: Days): Days {
  const earlier = addMonths(to, -12);
  return { from: addMonths(from, -12), to: to === monthEnd(to) ? monthEnd(earlier) : earlier };
}

/** What days are compared with; null for nothing. */
export function comparedWith(comparison: Comparison, days: Days, any: Days): Days | null {
  if (comparison === 'none') return null;
  if (comparison === 'any') return any;
  return comparison === 'previous' ? previousOf(days) : yearBefore(days);
}

/** Days cut into pieces of some months, counted from the first of the month that they begin in; the ends stay where they are. */
export function cutInto({ from, to }: Days, months: number, most = 36): readonly Days[] {
  const pieces: Days[] = [];
  const base = monthStart(from);
  for (let at = 0; at < most; at += 1) {
    const start = at === 0 ? from : addMonths(base, at * months);
    if (start > to) break;
    const end = addDays(addMonths(base, (at + 1) * months), -1);
    pieces.push({ from: start, to: end < to ? end : to });
  }
  return pieces;
}

/** The twelve months that end with the one of a day. */
export const twelveMonths = (day: string): readonly Days[] => cutInto({ from: addMonths(monthStart(day), -11), to: monthEnd(day) }, 1);

/** How days are called: the name of their fiscal year, a month, several months, or from when until when. */
export function nameOf(days: Days, years: readonly Span[], locale: string): string {
  const year = years.find((one) => one.start_day === days.from && one.end_day === days.to);
  if (year) return year.name;
  const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
  if (wholeMonths(days) > 0) return new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(at(days.from), at(days.to));
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(at(days.from), at(days.to));
}

/** A day at whose end balances stand: 31 Mar 2026. */
export const endName = (day: string, locale: string): string => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
