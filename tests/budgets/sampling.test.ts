import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { monetaryInterval, monetaryUnitSample, randomSample, stratifiedSample, systematicSample, xoshiro128 } from '../../main/budgets/audit/sampling.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const self = (amount: number): number => amount;

describe('The generator', () => {
  test('is xoshiro128**: values of its authors’ program from one state', () => {
    const next = xoshiro128([0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0]);
    expect([next(), next(), next(), next()]).toEqual([0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70]);
  });
});

describe('A random sample', () => {
  test('is the same for the same seed, today and in later versions, and another for another', () => {
    expect(randomSample(numbers(1000), 5, 20_261_231)).toEqual(randomSample(numbers(1000), 5, 20_261_231));
    expect(randomSample(numbers(1000), 5, 1)).not.toEqual(randomSample(numbers(1000), 5, 2));
    expect(randomSample(numbers(1000), 5, 42)).toEqual([394, 502, 521, 726, 940]);
  });

  test('has the size that was asked, each item once and in the order of the stream', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(50), fc.nat(), (count, size, seed) => {
        const sample = randomSample(numbers(count), size, seed);
        expect(sample).toHaveLength(Math.min(count, size));
        expect(sample).toEqual([...new Set(sample)].toSorted((a, b) => a - b));
      }),
    );
  });

  test('gives every item the same chance', () => {
    const drawn = numbers(20).map(() => 0);
    for (const seed of numbers(4000)) for (const at of randomSample(numbers(20), 5, seed)) drawn[at]! += 1;
    // 4,000 × 5 / 20 = 1,000 times each; the standard deviation is 27.
    for (const times of drawn) expect(Math.abs(times - 1000)).toBeLessThan(120);
  });

  test('is refused without a proper size or seed', () => {
    for (const bad of [() => randomSample([1], -1, 1), () => randomSample([1], 1, -1), () => randomSample([1], 1, 2 ** 32), () => randomSample([1], 1, 0.5)]) expect(bad).toThrow(Refused);
  });
});

describe('A monetary-unit sample', () => {
  test('hits every so many minor units, as counted out one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 200 }), { maxLength: 30 }), fc.integer({ min: 1, max: 150 }), fc.nat(), (amounts, interval, seed) => {
        const { picked, start, left_out } = monetaryUnitSample(numbers(amounts.length), (at) => amounts[at]!, interval, seed);
        expect(start).toBeGreaterThanOrEqual(1);
        expect(start).toBeLessThanOrEqual(interval);
        const units = amounts.flatMap((amount, at) => Array.from({ length: Math.max(0, amount) }, () => at));
        const hit = units.filter((_, at) => (at + 1) % interval === start % interval && at + 1 >= start);
        expect(picked.flatMap(({ item, hits }) => Array.from({ length: hits }, () => item))).toEqual(hit);
        expect(left_out).toBe(amounts.filter((amount) => amount <= 0).length);
      }),
    );
  });

  test('never misses an item of at least one interval, however large the ledger', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (amounts, interval, seed) => {
        const picked = monetaryUnitSample(numbers(amounts.length), (at) => amounts[at]!, interval, seed).picked.map(({ item }) => item);
        for (const [at, amount] of amounts.entries()) if (amount >= interval) expect(picked).toContain(at);
      }),
    );
  });

  test('is the same for the same seed', () => {
    const amounts = numbers(500).map((at) => (at * 7919) % 10_000);
    expect(monetaryUnitSample(amounts, self, 100_000, 3)).toEqual(monetaryUnitSample(amounts, self, 100_000, 3));
    expect(new Set(numbers(50).map((seed) => monetaryUnitSample(amounts, self, 100_000, seed).start)).size).toBeGreaterThan(45);
  });

  test('has the interval of the tables: a tolerable 300,000 at 95 % are about 100,000, three reliability factors', () => {
    expect(monetaryInterval(30_000_000, 0.95)).toBe(10_014_246);
    expect(monetaryInterval(30_000_000, 0.9)).toBe(Math.floor(30_000_000 / Math.LN10));
    for (const bad of [() => monetaryInterval(100, 1), () => monetaryInterval(100, 0), () => monetaryInterval(0, 0.9), () => monetaryInterval(1, 0.95), () => monetaryUnitSample([1], self, 0, 1), () => monetaryUnitSample([0.5], self, 1, 1)]) expect(bad).toThrow(Refused);
  });
});

describe('A systematic sample', () => {
  test('has as many items as were asked for, evenly apart from a random start', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 40 }), fc.nat(), (count, size, seed) => {
        const { picked, start } = systematicSample(numbers(count), count, size, seed);
        expect(picked).toHaveLength(Math.min(count, size));
        if (count === 0) return;
        expect(start).toBe(picked[0]! + 1);
        const step = count / picked.length;
        expect(start).toBeLessThanOrEqual(Math.ceil(step));
        for (const [at, one] of picked.entries()) if (at > 0) expect(Math.abs(one - picked[at - 1]! - step)).toBeLessThan(1);
      }),
    );
  });

  test('leaves no item without its chance: over many seeds each is drawn about as often as any other, the last ones too', () => {
    for (const [count, size] of [[25, 10], [19, 10], [100, 51], [7, 3], [12, 4]] as const) {
      const drawn = Array.from({ length: count }, () => 0);
      const seeds = 4000;
      for (let seed = 0; seed < seeds; seed += 1) for (const at of systematicSample(numbers(count), count, size, seed).picked) drawn[at]! += 1;
      const expected = (seeds * size) / count;
      // Six standard deviations of a binomial count.
      const room = 6 * Math.sqrt(expected * (1 - size / count));
      for (const times of drawn) expect(Math.abs(times - expected)).toBeLessThan(room);
    }
  });

  test('is refused for a size, a count or a seed that is none', () => {
    for (const bad of [() => systematicSample([], -1, 1, 1), () => systematicSample([], 1, 0.5, 1), () => systematicSample([1], 1, 1, -1)]) expect(bad).toThrow(Refused);
  });
});

describe('A stratified sample', () => {
  test('draws from each stratum as a simple random sample with its own seed does', () => {
    const amounts = numbers(1000);
    const strata = stratifiedSample(amounts, self, [100, 500], 5, 42);
    expect(strata.map(({ from, population }) => [from, population])).toEqual([[0, 100], [100, 400], [500, 500]]);
    strata.forEach(({ picked }, at) => expect(picked).toEqual(randomSample(amounts.filter((one) => (at === 0 ? one < 100 : at === 1 ? one >= 100 && one < 500 : one >= 500)), 5, 42 + at)));
  });

  test('is refused when its bounds do not rise', () => {
    for (const bounds of [[0], [100, 100], [200, 100]]) expect(() => stratifiedSample([], self, bounds, 5, 1)).toThrow(Refused);
  });
});
