import { type Dimension, dimensions } from '#contract/budgets/report.ts';
import { isDay } from '#contract/kit/day.ts';
import { type Comparison, comparedWith, comparisons, cutInto, type Days, daysOf, endName, isPreset, nameOf, presets, type Span } from './days.ts';

/** What a reader chose above a statement, as it is remembered, and the columns that come of it. */

export type Kind = 'trial_statement' | 'balance_sheet' | 'profit_and_loss' | 'cash_flow';

export const acrosses = ['none', 'months', 'quarters', ...dimensions] as const;
export type Across = (typeof acrosses)[number];

export interface Choice {
  /** A preset, `year:7`, `period:81`, or `any` for the days below. */
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly across: Across;
  readonly compare: Comparison;
  readonly compareFrom: string;
  readonly compareTo: string;
  readonly dimension: Dimension | '';
  readonly dimensionId: number;
  readonly zero: boolean;
  readonly indirect: boolean;
  readonly chart: boolean;
  readonly [key: string]: string | number | boolean;
}

export const firstChoice: Choice = {
  period: presets[2],
  from: '',
  to: '',
  across: 'none',
  compare: 'year',
  compareFrom: '',
  compareTo: '',
  dimension: '',
  dimensionId: 0,
  zero: false,
  indirect: false,
  chart: false,
};

/** Keeps out what an older version wrote. */
export const isChoice = (value: unknown): value is Choice =>
  typeof value === 'object' && value !== null && Object.entries(firstChoice).every(([key, one]) => key in value && typeof Reflect.get(value, key) === typeof one) && acrosses.some((one) => one === Reflect.get(value, 'across')) && comparisons.some((one) => one === Reflect.get(value, 'compare'));

export interface Calendar {
  readonly today: string;
  readonly years: readonly Span[];
  readonly periods: readonly Span[];
}

const spanOf = (period: string, kind: string, spans: readonly Span[]): Days | null => {
  const found = period.startsWith(`${kind}:`) ? spans.find((one) => `${kind}:${one.id}` === period) : undefined;
  return found ? { from: found.start_day, to: found.end_day } : null;
};

/** The days chosen. Days that make no sense, or a year that is gone, fall back to the fiscal year of today. */
export function chosenDays(choice: Choice, calendar: Calendar): Days {
  if (isPreset(choice.period)) return daysOf(choice.period, calendar.today, calendar.years);
  const any = choice.period === 'any' && isDay(choice.from) && isDay(choice.to) && choice.from <= choice.to ? { from: choice.from, to: choice.to } : null;
  return any ?? spanOf(choice.period, 'year', calendar.years) ?? spanOf(choice.period, 'period', calendar.periods) ?? daysOf('year', calendar.today, calendar.years);
}

export interface Column extends Days {
  readonly label: string;
}

export interface Asked {
  readonly columns: Column[];
  readonly compare: boolean;
  readonly by?: Dimension;
}

/** The columns to ask for. `ends` is for statements that stand at the end of their days. */
export function columnsFor(choice: Choice, calendar: Calendar, locale: string, ends: boolean): Asked {
  const days = chosenDays(choice, calendar);
  const named = (one: Days): Column => ({ ...one, label: ends ? endName(one.to, locale) : nameOf(one, calendar.years, locale) });
  const { across } = choice;
  if (across === 'months' || across === 'quarters') return { columns: cutInto(days, across === 'months' ? 1 : 3).map(named), compare: false };
  if (across !== 'none') return { columns: [named(days)], compare: false, by: across };
  const any = isDay(choice.compareFrom) && isDay(choice.compareTo) && choice.compareFrom <= choice.compareTo ? { from: choice.compareFrom, to: choice.compareTo } : days;
  const other = comparedWith(choice.compare, days, any);
  return { columns: other ? [named(days), named(other)] : [named(days)], compare: other !== null };
}
