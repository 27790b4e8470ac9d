import { addDays } from '#contract/kit/day.ts';
import { w } from '#contract/kit/words.ts';
import { divide, type Rounding } from '../finance/allocate.ts';
import { clockOf, type Clock, type FiscalStart, type FirstPeriod, type Measure, monthAt, periodsOf, type RowLength } from './depreciationClock.ts';
import { day, dayNumber, exact, whole, wrong } from '../finance/figures.ts';

/**
 * How a fixed asset loses its value: schedules in minor units. What has been lost until the end of a day is one exact fraction (BigInt);
 * that sum is rounded, and a row is the difference of two rounded sums. So the remainder of a row is carried into the next one, no row is
 * further than one minor unit from its exact value, none is negative, and all rows together are cost − salvage to the last minor unit.
 */

const says = {
  salvage: w('The salvage value is higher than the cost.', 'Der Restwert ist höher als die Anschaffungskosten.'),
  rate: w('The rate must lie above zero and not above 100 % a year.', 'Der Satz muss über null und darf nicht über 100 % im Jahr liegen.'),
  before: w('Units of {day} were used before the asset was put into service.', 'Einheiten vom {day} wurden vor der Inbetriebnahme verbraucht.'),
};

interface Asset {
  /** Minor units of one currency, as are `salvage` and every figure of the schedule. */
  readonly cost: number;
  /** What is left at the end of the life, not below zero and not above the cost. */
  readonly salvage: number;
  /** Day on which the asset was put into service. */
  readonly in_service: string;
  /** What a row of the schedule is: periods of the fiscal year. */
  readonly rows: RowLength;
  /** First day of the fiscal year; 1 January when it is left out. A fiscal month begins on its day of the month. */
  readonly fiscal_start?: FiscalStart;
  /** How the accumulated amount is rounded; `half_up` when it is left out. */
  readonly rounding?: Rounding;
}

interface Timed extends Asset {
  readonly life_months: number;
  /** `month`: every month weighs the same, as in most books. `day`: every day does, so that a leap year carries more. */
  readonly measure: Measure;
  /** What the month of the first day counts for. */
  readonly first: FirstPeriod;
}

interface Declining extends Timed {
  /** Goes over to equal amounts over the rest of the life from the year in which they are higher, as VDB does. */
  readonly switch_to_straight_line?: boolean;
  /** Leaves in the books what the rate never reaches, as DDB and DB do. Otherwise the last year takes it. */
  readonly leave_rest?: boolean;
}

interface Use {
  readonly day: string;
  /** Integer, in whatever unit `units_total` is in: hours, kilometres, pieces. */
  readonly units: number;
}

/** An asset and its method. Years of the declining methods and of the digits are years of the asset, and even within themselves. */
export type DepreciationInput =
  | (Timed & { readonly method: 'straight_line' | 'sum_of_years' })
  /** A fixed rate a year on the book value, in millionths: 250,000 is 25 %. */
  | (Declining & { readonly method: 'declining_balance'; readonly rate_ppm: number })
  /** `factor_milli / 1000` times the straight-line rate on the book value; 2000 (double) when it is left out. Never above 100 % a year. */
  | (Declining & { readonly method: 'double_declining'; readonly factor_milli?: number })
  | (Asset & { readonly method: 'units'; readonly units_total: number; readonly usage: readonly Use[] });

/** One period. `from_day` and `until_day` belong to it; amounts are minor units; `book_value` is the one at its end. */
export interface DepreciationRow {
  readonly from_day: string;
  readonly until_day: string;
  readonly amount: number;
  readonly accumulated: number;
  readonly book_value: number;
}

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** A stretch of months of the life in which value goes evenly, and the minor units that are gone at its end. */
interface Stretch {
  readonly until_month: number;
  readonly lost: Fraction;
}

/**
 * The schedule of an asset, one row a period from the first day that counts to the last one. Rounding: the accumulated amount is rounded
 * and rows are differences (see above), so they sum to cost − salvage exactly; less only with `leave_rest`, or when units are left unused.
 * Sources: IAS 16.60–62; Kieso, Weygandt, Warfield, Intermediate Accounting, ch. 11 (methods, partial periods); 26 CFR § 1.167(b)-3 (digits of a
 * life that is no whole number of years).
 * Throws `Refused` (invalid) when a figure is no integer in its range, a day does not exist, or salvage is above cost.
 */
export function schedule(input: DepreciationInput): readonly DepreciationRow[] {
  const until = lostUntil(input);
  const rows: DepreciationRow[] = [];
  let before = 0;
  for (const { from_day, until_day } of periods(input)) {
    const accumulated = until(until_day);
    rows.push({ from_day, until_day, amount: accumulated - before, accumulated, book_value: input.cost - accumulated });
    before = accumulated;
  }
  return rows;
}

/**
 * What the asset has lost from its first day until the end of a day, in minor units: for periods that no fiscal calendar knows, a sale in the
 * middle of a month or a short fiscal year. Zero before the first day, and the whole after the last one. Throws as `schedule` does.
 */
export function lostUntil(input: DepreciationInput): (until_day: string) => number {
  const base = baseOf(input);
  const lost = input.method === 'units' ? used(input, base) : timed(input, base);
  return (until_day) => {
    const { over, under } = lost(addDays(day(until_day, 'until_day'), 1));
    return exact(divide(over, under, input.rounding ?? 'half_up'));
  };
}

function baseOf(input: DepreciationInput): bigint {
  whole(input.cost, 'cost', 0);
  if (whole(input.salvage, 'salvage', 0) > input.cost) throw wrong(says.salvage);
  day(input.in_service, 'in_service');
  return BigInt(input.cost - input.salvage);
}

function periods(input: DepreciationInput): { readonly from_day: string; readonly until_day: string }[] {
  if (input.method !== 'units') {
    const clock = clockOf(input);
    return periodsOf(clock.first_day, clock.last_day, input.rows, input.fiscal_start);
  }
  const last = input.usage.reduce((latest, use) => (use.day > latest ? use.day : latest), input.in_service);
  return periodsOf(input.in_service, last, input.rows, input.fiscal_start);
}

/** Units of production: every unit costs the same, and none costs anything once the total is reached. */
function used(input: DepreciationInput & { readonly method: 'units' }, base: bigint): (before_day: string) => Fraction {
  const total = whole(input.units_total, 'units_total', 1);
  for (const use of input.usage) {
    whole(use.units, 'units', 0);
    if (dayNumber(use.day) < dayNumber(input.in_service)) throw wrong(says.before, { day: use.day });
  }
  return (before_day) => {
    const units = input.usage.reduce((sum, use) => (use.day < before_day ? Math.min(total, sum + use.units) : sum), 0);
    return { over: base * BigInt(units), under: BigInt(total) };
  };
}

type TimedInput = Exclude<DepreciationInput, { readonly method: 'units' }>;

/** Methods by time: the value at a moment lies on the straight line between the ends of its stretch. */
function timed(input: TimedInput, base: bigint): (before_day: string) => Fraction {
  const clock: Clock = clockOf(input);
  const stretches = stretchesOf(input, base);
  const ends = stretches.map((stretch) => clock.after(stretch.until_month));
  const nothing: Fraction = { over: 0n, under: 1n };
  return (before_day) => {
    const at = clock.at(before_day);
    if (at <= 0) return nothing;
    const index = ends.findIndex((end) => at < end);
    if (index < 0) return stretches.at(-1)?.lost ?? nothing;
    const start = index === 0 ? 0 : ends[index - 1]!;
    return between(index === 0 ? nothing : stretches[index - 1]!.lost, stretches[index]!.lost, BigInt(at - start), BigInt(ends[index]! - start));
  };
}

/** The fraction `part / all` of the way from `from` to `to`. */
function between(from: Fraction, to: Fraction, part: bigint, all: bigint): Fraction {
  return { over: from.over * to.under * (all - part) + to.over * from.under * part, under: from.under * to.under * all };
}

function stretchesOf(input: TimedInput, base: bigint): readonly Stretch[] {
  const life = whole(input.life_months, 'life_months', 1);
  switch (input.method) {
    case 'straight_line':
      return [{ until_month: life, lost: { over: base, under: 1n } }];
    case 'sum_of_years':
      return digits(life, base);
    case 'declining_balance':
      return declining(input, life, BigInt(whole(input.rate_ppm, 'rate_ppm')), 1_000_000n);
    case 'double_declining': {
      const [over, under] = [BigInt(whole(input.factor_milli ?? 2000, 'factor_milli')) * 12n, 1000n * BigInt(life)];
      return declining(input, life, over > under ? under : over, under);
    }
  }
}

/**
 * Years of a life of W whole years and a fraction F weigh W + F, W + F − 1, …, F (26 CFR § 1.167(b)-3). In twelfths of a year, so that every
 * weight is an integer of months.
 */
function digits(life: number, base: bigint): Stretch[] {
  const weights: number[] = [];
  for (let left = life; left > 0; left -= 12) weights.push(left);
  const all = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
  let sum = 0n;
  return weights.map((weight, at) => {
    sum += BigInt(weight);
    return { until_month: monthAt(at, life), lost: { over: base * sum, under: all } };
  });
}

/**
 * `rate = over / under` of the book value a year, never below salvage; a last year that is no whole one takes its part of the rate. Book values
 * share the denominator `unit × under^years`, which is exact, and short enough for any life of people or buildings.
 */
function declining(input: Declining, life: number, over: bigint, under: bigint): Stretch[] {
  if (over <= 0n || over > under) throw wrong(says.rate);
  const stretches: Stretch[] = [];
  let unit = 1n;
  let book = BigInt(input.cost);
  for (let begun = 0; begun < life; begun += 12) {
    const months = BigInt(Math.min(12, life - begun));
    const left = BigInt(life - begun);
    const scale = under * 12n * left;
    const above = (book - BigInt(input.salvage) * unit) * scale;
    const straight = (above * months) / left;
    const rated = book * over * months * left;
    const wanted = input.switch_to_straight_line === true && straight > rated ? straight : rated;
    const isLast = left <= 12n;
    const charge = wanted > above || (isLast && input.leave_rest !== true) ? above : wanted;
    book = book * scale - charge;
    unit *= scale;
    stretches.push({ until_month: monthAt(stretches.length, life), lost: { over: BigInt(input.cost) * unit - book, under: unit } });
  }
  return stretches;
}
