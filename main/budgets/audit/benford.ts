import type { DigitTest } from '#contract/budgets/engagement.ts';
import { w, type Words } from '#contract/kit/words.ts';
import { whole } from '../finance/figures.ts';

/**
 * Leading digits against Benford's law: the share of numbers that begin with d is log10(1 + 1/d). Sources: Benford, Proc. American Philosophical Society 78
 * (1938); Nigrini, Benford's Law (2012), ch. 7, whose conformity limits of the mean absolute deviation are table 7.1; Fleiss, Statistical Methods for Rates and
 * Proportions, for the Z statistic with correction for continuity. A departure is a reason to look, no proof.
 */

const says = {
  few: w('{count} amounts are few: under {least} the test says little.', '{count} Beträge sind wenige: Unter {least} sagt der Test wenig aus.'),
};

/** Nigrini's four steps. */
export type Conformity = 'close' | 'acceptable' | 'marginal' | 'none';

/** Highest mean absolute deviation of each step but the last (Nigrini 2012, table 7.1). */
const limits: Readonly<Record<DigitTest, readonly (readonly [number, Conformity])[]>> = {
  first: [[0.006, 'close'], [0.012, 'acceptable'], [0.015, 'marginal']],
  second: [[0.008, 'close'], [0.01, 'acceptable'], [0.012, 'marginal']],
  first_two: [[0.0012, 'close'], [0.0018, 'acceptable'], [0.0022, 'marginal']],
};

/** Under this many amounts the test is not advised (Journal of Accountancy, 1999 and 2017). */
export const fewest = 5000;

export interface BenfordRow {
  /** 1 to 9, 0 to 9 (second digit), or 10 to 99. */
  readonly digits: number;
  readonly count: number;
  /** Shares of all amounts, 0 to 1. */
  readonly share: number;
  readonly expected: number;
  /** Standard deviations away from the expected share; above 1.96 in one of twenty digits by chance. */
  readonly z: number;
}

export interface Benford {
  /** Amounts that were counted; zeros and those below `least` are not. */
  readonly count: number;
  readonly rows: readonly BenfordRow[];
  /** Pearson's chi-square, its degrees of freedom, and how likely chance alone makes it as large. */
  readonly chi_square: number;
  readonly degrees: number;
  readonly p: number;
  /** Mean absolute deviation of the shares, and what Nigrini calls it. */
  readonly mad: number;
  readonly conformity: Conformity;
  /** There are too few amounts for a judgement. */
  readonly warning: { readonly words: Words; readonly params: { readonly count: number; readonly least: number } } | null;
}

/** The digits that each test counts, and the share that the law expects of each: a second digit d follows every first one. */
const wanted: Readonly<Record<DigitTest, { readonly from: number; readonly to: number; readonly expected: (digits: number) => number }>> = {
  first: { from: 1, to: 9, expected: (digits) => Math.log10(1 + 1 / digits) },
  second: { from: 0, to: 9, expected: (digits) => Array.from({ length: 9 }, (_, at) => Math.log10(1 + 1 / (10 * (at + 1) + digits))).reduce((sum, share) => sum + share, 0) },
  first_two: { from: 10, to: 99, expected: (digits) => Math.log10(1 + 1 / digits) },
};

/**
 * The first digit, the second, or the first two of amounts in minor units, without their sign. Amounts below `least` minor units are left out; Nigrini
 * leaves out those under ten of the currency. An amount of one digit, 7, begins with 70. Amounts of different currencies may be mixed: the law
 * knows no unit. Throws `Refused` (invalid) when an amount is no safe integer.
 */
export function benford(amounts: Iterable<number>, digits: DigitTest, least = 1): Benford {
  const { from, to, expected } = wanted[digits];
  const counts = Array.from({ length: to - from + 1 }, () => 0);
  let count = 0;
  for (const amount of amounts) {
    const size = Math.abs(whole(amount, 'amount'));
    if (size === 0 || size < least) continue;
    let two = size < 10 ? size * 10 : size;
    while (two >= 100) two = Math.floor(two / 10);
    counts[(digits === 'first' ? Math.floor(two / 10) : digits === 'second' ? two % 10 : two) - from]! += 1;
    count += 1;
  }
  const rows = counts.map((found, at) => rowOf(from + at, expected(from + at), found, count));
  const mad = rows.reduce((sum, row) => sum + Math.abs(row.share - row.expected), 0) / rows.length;
  const chi_square = count === 0 ? 0 : rows.reduce((sum, row) => sum + (row.count - row.expected * count) ** 2 / (row.expected * count), 0);
  return {
    count,
    rows,
    chi_square,
    degrees: rows.length - 1,
    p: chiSquareTail(chi_square, rows.length - 1),
    mad,
    conformity: limits[digits].find(([highest]) => mad <= highest)?.[1] ?? 'none',
    warning: count < fewest ? { words: says.few, params: { count, least: fewest } } : null,
  };
}

function rowOf(digits: number, expected: number, count: number, all: number): BenfordRow {
  if (all === 0) return { digits, count, share: 0, expected, z: 0 };
  const share = count / all;
  const away = Math.abs(share - expected);
  const correction = 1 / (2 * all);
  return { digits, count, share, expected, z: (away > correction ? away - correction : away) / Math.sqrt((expected * (1 - expected)) / all) };
}

/**
 * How likely chance alone makes chi-square at least `value`: the upper incomplete gamma function Q(degrees / 2, value / 2), by its series or by Lentz's
 * continued fraction (Abramowitz, Stegun, 6.5.29 and 6.5.31).
 */
export function chiSquareTail(value: number, degrees: number): number {
  if (value <= 0) return 1;
  const [a, x] = [degrees / 2, value / 2];
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; n < 10_000 && term > sum * 1e-16; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n += 1) {
    const an = n * (a - n);
    b += 2;
    d = 1 / (b + an * d);
    c = b + an / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * fraction;
}

/** ln Γ(x) of a half or a whole number above zero, by the recursion Γ(x + 1) = x Γ(x). */
function logGamma(x: number): number {
  let [sum, at] = [0, x];
  for (; at > 1; at -= 1) sum += Math.log(at - 1);
  return at === 0.5 ? sum + Math.log(Math.PI) / 2 : sum;
}
