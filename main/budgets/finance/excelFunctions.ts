import { w } from '#contract/kit/words.ts';
import { finite, wrong } from './figures.ts';

/**
 * Depreciation of one period, unrounded, under the names and with the arguments of spreadsheets. Cost, salvage and results are amounts of one
 * currency in any unit; life and periods count the same unit of time, the first period being 1. The books use `schedule` (depreciation.ts);
 * these are for reports, comparisons and import checks. Definitions: OASIS OpenDocument 1.3 part 4 (OpenFormula), section 6.12.
 * All throw `Refused` (invalid) where a spreadsheet shows #NUM! or #VALUE!.
 */

const says = {
  amounts: w('Cost and salvage value must not be below zero.', 'Anschaffungskosten und Restwert dürfen nicht unter null liegen.'),
  life: w('The life must be above zero.', 'Die Nutzungsdauer muss über null liegen.'),
  period: w('The period lies outside the life.', 'Die Periode liegt außerhalb der Nutzungsdauer.'),
  factor: w('The factor must be above zero.', 'Der Faktor muss über null liegen.'),
  months: w('The first year has 1 to 12 months.', 'Das erste Jahr hat 1 bis 12 Monate.'),
};

interface Asset {
  readonly cost: number;
  readonly salvage: number;
  readonly life: number;
}

function checked(cost: number, salvage: number, life: number): Asset {
  finite(cost, 'cost');
  finite(salvage, 'salvage');
  if (finite(life, 'life') <= 0) throw wrong(says.life);
  return { cost, salvage, life };
}

function positive(cost: number, salvage: number, life: number): Asset {
  if (cost < 0 || salvage < 0) throw wrong(says.amounts);
  return checked(cost, salvage, life);
}

function within(period: number, from: number, until: number): number {
  if (finite(period, 'period') < from || period > until) throw wrong(says.period);
  return period;
}

/** SLN: (cost − salvage) / life, the same in every period. Straight line. */
export function sln(cost: number, salvage: number, life: number): number {
  checked(cost, salvage, life);
  return (cost - salvage) / life;
}

/** SYD: (cost − salvage) × (life − period + 1) × 2 / (life × (life + 1)). Sum of years' digits. */
export function syd(cost: number, salvage: number, life: number, period: number): number {
  checked(cost, salvage, life);
  within(period, 1, life);
  return ((cost - salvage) * (life - period + 1) * 2) / (life * (life + 1));
}

/** DDB: `factor / life` of the book value, never below salvage and without a switch to straight line. Double declining balance. */
export function ddb(cost: number, salvage: number, life: number, period: number, factor = 2): number {
  const asset = positive(cost, salvage, life);
  within(period, 1, life);
  return bookBefore(asset, period - 1, factor) - bookBefore(asset, period, factor);
}

/** Book value after this many periods of the declining balance; held at salvage, which may be above the cost from the beginning. */
function bookBefore({ cost, salvage, life }: Asset, periods: number, factor: number): number {
  if (finite(factor, 'factor') <= 0) throw wrong(says.factor);
  const rate = Math.min(1, factor / life);
  return Math.max(cost * (1 - rate) ** periods, Math.min(cost, salvage));
}

/** The rate of DB, rounded to three decimals as spreadsheets do: 1 − (salvage / cost)^(1 / life). Nothing is lost of what costs nothing. */
export function fixedRate(cost: number, salvage: number, life: number): number {
  positive(cost, salvage, life);
  return cost === 0 ? 0 : Math.round((1 - (salvage / cost) ** (1 / life)) * 1000) / 1000;
}

/**
 * DB: `fixedRate` of the book value; the first year has `months` months, and the year after the last one of the life the rest of them.
 * Fixed declining balance.
 */
export function db(cost: number, salvage: number, life: number, period: number, months = 12): number {
  const rate = fixedRate(cost, salvage, life);
  if (finite(months, 'months') < 1 || months > 12) throw wrong(says.months);
  const of = Math.trunc(within(period, 1, months < 12 ? life + 1 : life));
  if (salvage >= cost) return 0;
  const first = (cost * rate * Math.trunc(months)) / 12;
  if (of === 1) return first;
  const book = (cost - first) * (1 - rate) ** (of - 2);
  return of > life ? (book * rate * (12 - Math.trunc(months))) / 12 : book * rate;
}

/**
 * VDB: what is lost between the moments `from` and `until` (0 is the beginning of the life) by the declining balance, going over to equal amounts
 * over the rest of the life as soon as they are higher, unless `stay`. A part of a period carries its part of the period's amount.
 * Variable declining balance.
 */
export function vdb(cost: number, salvage: number, life: number, from: number, until: number, factor = 2, stay = false): number {
  const asset = positive(cost, salvage, life);
  within(from, 0, life);
  within(until, from, life);
  if (finite(factor, 'factor') <= 0) throw wrong(says.factor);
  let book = cost;
  let sum = 0;
  for (let begun = 0; begun < until; begun += 1) {
    const charge = vdbPeriod(asset, book, begun, factor, stay);
    const part = Math.min(until, begun + 1) - Math.max(from, begun);
    if (part > 0) sum += charge * part;
    book -= charge;
  }
  return sum;
}

function vdbPeriod({ salvage, life }: Asset, book: number, begun: number, factor: number, stay: boolean): number {
  const above = Math.max(0, book - salvage);
  const rated = Math.min(above, book * Math.min(1, factor / life));
  return stay ? rated : Math.max(rated, Math.min(above, above / (life - begun)));
}
