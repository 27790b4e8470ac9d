import { w } from '#contract/kit/words.ts';
import { finite, whole, wrong } from '../finance/figures.ts';

/**
 * Samples that can be drawn again: the same seed and the same stream give the same sample, on any machine and in any later version.
 * Sources: ISA 530 (audit sampling) and its appendix 4; AICPA Audit Guide, Audit Sampling, ch. 6 (monetary-unit sampling).
 */

const says = {
  confidence: w('The confidence must lie between 0 and 1.', 'Die Sicherheit muss zwischen 0 und 1 liegen.'),
  bounds: w('The amounts at which strata begin must rise.', 'Die Beträge, bei denen Schichten beginnen, müssen steigen.'),
  seed: w('A seed is a whole number below 4,294,967,296.', 'Ein Startwert ist eine ganze Zahl unter 4.294.967.296.'),
};

/** xoshiro128** 1.1 (Blackman, Vigna, 2018, public domain): integers from 0 to 2³² − 1 from four words of state that are not all zero. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
}

/** Random integers from zero to below `count`, evenly: values of the uneven rest are drawn again. */
function drawer(seed: number): (count: number) => number {
  if (whole(seed, 'seed', 0) >= 2 ** 32) throw wrong(says.seed);
  // splitmix32 spreads a small seed over the state.
  let at = seed;
  const word = (): number => {
    at = (at + 0x9e3779b9) | 0;
    let z = Math.imul(at ^ (at >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  const next = xoshiro128([word(), word(), word(), word()]);
  /** 53 bits, so that counts of minor units have room. */
  const wide = (): number => (next() >>> 5) * 2 ** 26 + (next() >>> 6);
  return (count) => {
    const even = 2 ** 53 - (2 ** 53 % count);
    let drawn = wide();
    while (drawn >= even) drawn = wide();
    return drawn % count;
  };
}

/**
 * `size` items of a stream of any length, each with the same chance, in the order of the stream; all of them when there are no more (reservoir
 * sampling: Vitter, ACM Transactions on Mathematical Software 11, 1985, algorithm R). `seed` is an integer below 2³².
 * Throws `Refused` (invalid) when size or seed is no such integer.
 */
export function randomSample<T>(items: Iterable<T>, size: number, seed: number): T[] {
  const sample = reservoir<T>(whole(size, 'size', 0), seed);
  for (const item of items) sample.take(item);
  return sample.picked();
}

/** Takes items one by one and keeps `size` of them, each with the same chance. */
function reservoir<T>(size: number, seed: number): { readonly take: (item: T) => void; readonly picked: () => T[] } {
  const draw = drawer(seed);
  const kept: { readonly at: number; readonly item: T }[] = [];
  let seen = 0;
  return {
    take: (item) => {
      seen += 1;
      if (kept.length < size) kept.push({ at: seen, item });
      else {
        const place = draw(seen);
        if (place < size) kept[place] = { at: seen, item };
      }
    },
    picked: () => kept.toSorted((a, b) => a.at - b.at).map(({ item }) => item),
  };
}

/**
 * `size` items of a stream of `count`, all of them when there are no more: one in each `count / size` items, from a random start within the first of
 * these (ISA 530 appendix 4 b). The step is a fraction, so that every item has the same chance, the last ones too. `seed` as for the others.
 * Throws `Refused` (invalid) when count, size or seed is no such integer.
 */
export function systematicSample<T>(items: Iterable<T>, count: number, size: number, seed: number): { readonly picked: readonly T[]; /** Place of the first one, from 1. */ readonly start: number } {
  const most = Math.min(whole(size, 'size', 0), whole(count, 'count', 0));
  const draw = drawer(seed);
  if (most === 0) return { picked: [], start: 0 };
  // In parts of 1 / size of an item: the start lies in the first `count` of them, and each step is as long.
  const first = BigInt(draw(count));
  const placeOf = (nth: number): number => Number((first + BigInt(nth) * BigInt(count)) / BigInt(most)) + 1;
  const picked: T[] = [];
  let [at, next] = [0, placeOf(0)];
  for (const item of items) {
    at += 1;
    if (at !== next) continue;
    picked.push(item);
    next = picked.length < most ? placeOf(picked.length) : 0;
  }
  return { picked, start: placeOf(0) };
}

/** One stratum of a sample: amounts from `from` on, up to the next. */
export interface Stratum<T> {
  readonly from: number;
  readonly population: number;
  readonly picked: readonly T[];
}

/**
 * Simple random samples of `size` items in each stratum; strata begin at zero and at each of `bounds`, which rise (ISA 530 appendix 1). The stratum with
 * the number n (from 0) is drawn with the seed plus n. `amount` tells the minor units of an item, without their sign. Throws `Refused`
 * (invalid) when bounds do not rise or size or seed is no such integer.
 */
export function stratifiedSample<T>(items: Iterable<T>, amount: (item: T) => number, bounds: readonly number[], size: number, seed: number): readonly Stratum<T>[] {
  whole(size, 'size', 0);
  if (bounds.some((bound, at) => whole(bound, 'bounds', 1) <= (bounds[at - 1] ?? 0))) throw wrong(says.bounds);
  const strata = [0, ...bounds].map((from, at) => ({ from, population: 0, reservoir: reservoir<T>(size, (seed + at) % 2 ** 32) }));
  for (const item of items) {
    const own = strata.findLast(({ from }) => amount(item) >= from) ?? strata[0]!;
    own.population += 1;
    own.reservoir.take(item);
  }
  return strata.map(({ from, population, reservoir: { picked } }) => ({ from, population, picked: picked() }));
}

/** A monetary-unit sample. Amounts are minor units of one currency. */
export interface MonetarySample<T> {
  /** Each item once, with the number of its minor units that were hit. An item of at least one interval is always there. */
  readonly picked: readonly { readonly item: T; readonly hits: number }[];
  /** The minor unit of the population that is hit first, 1 to the interval. */
  readonly start: number;
  /** Items that were not in the population: amounts of zero or below. They want a test of their own. */
  readonly left_out: number;
}

/**
 * Every `interval`-th minor unit of the stream, from a random start: each item is drawn with a chance in proportion to its amount. `amount` tells the minor
 * units of an item. Throws `Refused` (invalid) when the interval, the seed or an amount is no such integer.
 */
export function monetaryUnitSample<T>(items: Iterable<T>, amount: (item: T) => number, interval: number, seed: number): MonetarySample<T> {
  const start = drawer(seed)(whole(interval, 'interval', 1)) + 1;
  const picked: { item: T; hits: number }[] = [];
  let left_out = 0;
  let until = start;
  for (const item of items) {
    const size = whole(amount(item), 'amount');
    if (size <= 0) {
      left_out += 1;
      continue;
    }
    // Counted from the end of the last item, so that no sum of a whole ledger has to be exact.
    if (size < until) {
      until -= size;
      continue;
    }
    const beyond = size - until;
    const hits = 1 + Math.floor(beyond / interval);
    picked.push({ item, hits });
    until = interval - (beyond % interval);
  }
  return { picked, start, left_out };
}

/**
 * The interval that finds a misstatement of `tolerable` minor units with this `confidence` (0.95), when none is expected: tolerable / −ln(1 − confidence), the
 * Poisson reliability factor (3.00 at 95 %). Throws `Refused` (invalid) when a figure lies outside its range or the interval is below one unit.
 */
export function monetaryInterval(tolerable: number, confidence: number): number {
  if (finite(confidence, 'confidence') <= 0 || confidence >= 1) throw wrong(says.confidence);
  return whole(Math.floor(whole(tolerable, 'tolerable', 1) / -Math.log1p(-confidence)), 'interval', 1);
}
