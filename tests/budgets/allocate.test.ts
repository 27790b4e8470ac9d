import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { allocate, convert, divide, ratio, type Rounding, roundings } from '../../main/budgets/finance/allocate.ts';

const sum = (list: readonly number[]): number => Number(list.reduce((total, one) => total + BigInt(one), 0n));
const amounts = fc.maxSafeInteger();
const big = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const weights = fc.array(fc.oneof(fc.nat(12), fc.maxSafeNat()), { minLength: 1, maxLength: 40 });

describe('Shares', () => {
  test('of one euro among three are 34, 33 and 33 cents', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  });

  test('follow Hamilton: whole quotas first, then the largest remainders', () => {
    // Quotas 63.45, 28.55, 5, 2 and 1: the one seat left goes to .55.
    expect(allocate(100, [6345, 2855, 500, 200, 100])).toEqual([63, 29, 5, 2, 1]);
    // 21 voters in three parties, 10 seats: quotas 4.76, 3.33, 1.90.
    expect(allocate(10, [10, 7, 4])).toEqual([5, 3, 2]);
  });

  test('sum to the total exactly, whatever the weights', () => {
    fc.assert(
      fc.property(amounts, weights, (total, list) => {
        fc.pre(total === 0 || list.some((weight) => weight > 0));
        expect(sum(allocate(total, list))).toBe(total);
      }),
    );
  });

  test('are each the exact value rounded down or up, never of the other sign, and nothing for a weight of zero', () => {
    fc.assert(
      fc.property(amounts, weights, (total, list) => {
        fc.pre(list.some((weight) => weight > 0));
        const all = list.reduce((before, weight) => before + BigInt(weight), 0n);
        for (const [at, share] of allocate(total, list).entries()) {
          const over = BigInt(total) * BigInt(list[at]!);
          expect([divide(over, all, 'floor'), divide(over, all, 'ceiling')]).toContain(BigInt(share));
          if (list[at] === 0) expect(share).toBe(0);
        }
      }),
    );
  });

  test('do not depend on the size of the weights, only on their proportion', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 1000 }), (total, list, times) => {
        fc.pre(list.some((weight) => weight > 0));
        expect(allocate(total, list.map((weight) => weight * times))).toEqual(allocate(total, list));
      }),
    );
  });

  test('of nothing are nothing, and of something among nobody are refused', () => {
    expect(allocate(0, [])).toEqual([]);
    expect(allocate(0, [0, 0])).toEqual([0, 0]);
    for (const bad of [() => allocate(1, []), () => allocate(1, [0, 0]), () => allocate(1, [-1, 2]), () => allocate(0.5, [1]), () => allocate(1, [Number.NaN])]) expect(bad).toThrow(Refused);
  });
});

describe('Rounding', () => {
  const halves: readonly (readonly [Rounding, readonly number[]])[] = [
    ['half_up', [-3, -2, -1, 1, 2, 3]],
    ['half_even', [-2, -2, 0, 0, 2, 2]],
    ['down', [-2, -1, 0, 0, 1, 2]],
    ['up', [-3, -2, -1, 1, 2, 3]],
    ['floor', [-3, -2, -1, 0, 1, 2]],
    ['ceiling', [-2, -1, 0, 1, 2, 3]],
  ];
  test.each(halves)('%s takes halves where its name says', (rounding, expected) => {
    expect([-5, -3, -1, 1, 3, 5].map((over) => Number(divide(BigInt(over), 2n, rounding)))).toEqual(expected);
    expect([5, 3, 1, -1, -3, -5].map((over) => Number(divide(BigInt(over), -2n, rounding)))).toEqual(expected);
  });

  test('never moves an integer, and never moves a fraction by a whole unit', () => {
    fc.assert(
      fc.property(big, big.filter((under) => under !== 0n), fc.constantFrom(...roundings), (over, under, rounding) => {
        expect(divide(over * under, under, rounding)).toBe(over);
        const away = divide(over, under, rounding) * under - over;
        expect(away < 0n ? -away : away).toBeLessThan(under < 0n ? -under : under);
      }),
    );
  });

  test('to the nearer one never moves by more than a half', () => {
    fc.assert(
      fc.property(big, fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.constantFrom<Rounding>('half_up', 'half_even'), (over, under, rounding) => {
        const away = divide(over, under, rounding) * under - over;
        expect(2n * (away < 0n ? -away : away)).toBeLessThanOrEqual(under);
      }),
    );
  });

  test('of 19 % of 10.50 is 2.00 by half-up and 2.00 by half-even; of 5 % of 0.50 it is 0.03 and 0.02', () => {
    expect([ratio(1050, 19, 100, 'half_up'), ratio(1050, 19, 100, 'half_even')]).toEqual([200, 200]);
    expect([ratio(50, 5, 100, 'half_up'), ratio(50, 5, 100, 'half_even')]).toEqual([3, 2]);
  });

  test('is exact where decimals of a computer are not: 1.005 × 100 is 101 cents', () => {
    expect(Math.round(1.005 * 100)).toBe(100);
    expect(ratio(100, 1005, 1000, 'half_up')).toBe(101);
    expect(ratio(9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991, 'half_up')).toBe(9_007_199_254_740_991);
  });

  test('refuses to divide by zero, and a result that would not be exact', () => {
    expect(() => ratio(1, 1, 0, 'half_up')).toThrow(Refused);
    expect(() => ratio(9_007_199_254_740_991, 2, 1, 'half_up')).toThrow(Refused);
  });
});

describe('Conversion', () => {
  test('knows how many minor units a currency has', () => {
    expect(convert(10_000, 'EUR', 'USD', { value: 10_845, scale: 4 }, 'half_up')).toBe(10_845);
    expect(convert(10_000, 'EUR', 'JPY', { value: 16_234, scale: 2 }, 'half_up')).toBe(16_234);
    expect(convert(16_234, 'JPY', 'EUR', { value: 616, scale: 5 }, 'half_up')).toBe(10_000);
    expect(convert(10_000, 'EUR', 'KWD', { value: 3321, scale: 4 }, 'half_up')).toBe(33_210);
  });

  test('rounds a half as told', () => {
    const half = (rounding: Rounding): number => convert(1, 'EUR', 'USD', { value: 25, scale: 1 }, rounding);
    expect([half('half_up'), half('half_even'), half('down'), half('up')]).toEqual([3, 2, 2, 3]);
  });

  test('there and back at the inverse rate of a power of ten is the same amount', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(4), (amount, scale) => {
        const there = convert(amount, 'EUR', 'USD', { value: 10 ** scale, scale: 0 }, 'half_even');
        expect(convert(there, 'USD', 'EUR', { value: 1, scale }, 'half_even')).toBe(amount);
      }),
    );
  });

  test('refuses a rate of zero, a rate below zero and a scale that is none', () => {
    for (const rate of [{ value: 0, scale: 2 }, { value: -1, scale: 0 }, { value: 1, scale: -1 }, { value: 1, scale: 19 }, { value: 1.5, scale: 0 }]) expect(() => convert(1, 'EUR', 'USD', rate, 'half_up')).toThrow(Refused);
  });
});
