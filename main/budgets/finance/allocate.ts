import { exponentOf } from '#contract/kit/money.ts';
import { w } from '#contract/kit/words.ts';
import { exact, whole, wrong } from './figures.ts';

/**
 * Sharing, ratios and conversion of money without loss: integers of minor units go in and come out, and what lies between is exact
 * (BigInt fractions), so that no result depends on how a computer keeps its decimals.
 */

const says = {
  zero: w('A ratio cannot be divided by zero.', 'Ein Verhältnis kann nicht durch null geteilt werden.'),
  scale: w('A rate has at most 18 digits after the decimal point.', 'Ein Kurs hat höchstens 18 Stellen nach dem Komma.'),
  noShares: w('An amount cannot be shared out: there is nobody to share it with, or all shares are zero.', 'Ein Betrag kann nicht aufgeteilt werden: Es gibt niemanden, der ihn bekommt, oder alle Anteile sind null.'),
};

/**
 * How a fraction becomes an integer. Tax offices and banks name one of the first two.
 * - `half_up`: the nearer one; a half away from zero (2.5 is 3, −2.5 is −3), as in commercial rounding, DIN 1333.
 * - `half_even`: the nearer one; a half to the even one (2.5 is 2, 3.5 is 4), banker's rounding, IEEE 754 roundTiesToEven.
 * - `down`: towards zero. `up`: away from zero. `floor`: the lower one. `ceiling`: the higher one.
 */
export const roundings = ['half_up', 'half_even', 'down', 'up', 'floor', 'ceiling'] as const;
export type Rounding = (typeof roundings)[number];

/** The integer that `numerator / denominator` is rounded to. Throws `Refused` (invalid) when the denominator is zero. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator === 0n) throw wrong(says.zero);
  const negative = numerator < 0n !== denominator < 0n;
  const [over, under] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const quotient = over / under;
  const rest = over % under;
  const size = rest > 0n && goesUp(quotient, 2n * rest - under, negative, rounding) ? quotient + 1n : quotient;
  return negative ? -size : size;
}

/** Whether a size goes to the next one. `half` is below, at or above zero as the fraction is below, at or above a half. */
function goesUp(quotient: bigint, half: bigint, negative: boolean, rounding: Rounding): boolean {
  switch (rounding) {
    case 'half_up':
      return half >= 0n;
    case 'half_even':
      return half > 0n || (half === 0n && quotient % 2n === 1n);
    case 'down':
      return false;
    case 'up':
      return true;
    case 'floor':
      return negative;
    case 'ceiling':
      return !negative;
  }
}

/**
 * `amount × numerator / denominator` in minor units, all three integers: 19 % of 1,005 cents is `ratio(1005, 19, 100, 'half_up')`.
 * Throws `Refused` (invalid) when a figure is no safe integer, the denominator is zero, or the result is too large.
 */
export function ratio(amount: number, numerator: number, denominator: number, rounding: Rounding): number {
  const over = BigInt(whole(amount, 'amount')) * BigInt(whole(numerator, 'numerator'));
  return exact(divide(over, BigInt(whole(denominator, 'denominator')), rounding));
}

/** A rate as an integer: `value / 10^scale` units of the target currency for one unit of the source currency. 1.0845 is {10845, 4}. */
export interface Rate {
  readonly value: number;
  /** Digits after the decimal point, 0 to 18. */
  readonly scale: number;
}

/**
 * An amount in another currency. `amount` is minor units of `from`, the result minor units of `to` (ISO 4217 exponents: yen have none,
 * dinars three). Throws `Refused` (invalid) when a figure is no safe integer, the rate is not above zero or too long, or the result is too large.
 */
export function convert(amount: number, from: string, to: string, rate: Rate, rounding: Rounding): number {
  const value = BigInt(whole(rate.value, 'rate', 1));
  if (whole(rate.scale, 'scale', 0) > 18) throw wrong(says.scale);
  const over = BigInt(whole(amount, 'amount')) * value * 10n ** BigInt(exponentOf(to));
  return exact(divide(over, 10n ** BigInt(rate.scale + exponentOf(from)), rounding));
}

/**
 * Shares of `total` (minor units, may be negative) in proportion to `weights` (integers not below zero): the largest-remainder method of
 * Hamilton. Each share is its exact value rounded down or up, and all together are `total`, exactly. Equal remainders: the earlier one is
 * served first. A weight of zero gets nothing. Nothing shared among nobody is an empty list.
 * Throws `Refused` (invalid) when a figure is no safe integer, a weight is negative, or there is something to share and no weight above zero.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const parts = weights.map((weight) => BigInt(whole(weight, 'weight', 0)));
  const all = parts.reduce((sum, part) => sum + part, 0n);
  const size = BigInt(Math.abs(whole(total, 'total')));
  if (all === 0n) {
    if (total !== 0) throw wrong(says.noShares);
    return weights.map(() => 0);
  }
  const shares = parts.map((part) => (size * part) / all);
  const rests = parts.map((part) => (size * part) % all);
  const left = Number(size - shares.reduce((sum, share) => sum + share, 0n));
  const order = rests.map((_, at) => at).toSorted((a, b) => (rests[a]! === rests[b]! ? a - b : rests[a]! > rests[b]! ? -1 : 1));
  const served = new Set(order.slice(0, left));
  // `0 -` would make a zero of -0.
  return shares.map((share, at) => (total < 0 ? 0 - Number(share) - (served.has(at) ? 1 : 0) : Number(share) + (served.has(at) ? 1 : 0)));
}
