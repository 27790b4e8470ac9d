import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { type DepreciationInput, type DepreciationRow, lostUntil, schedule } from '../../main/budgets/assets/depreciation.ts';
import { fixedRate } from '../../main/budgets/finance/excelFunctions.ts';
import { hasVectors, rowsOf } from './vectors.ts';

type Timed = Extract<DepreciationInput, { readonly method: 'straight_line' | 'sum_of_years' }>;
const plain = { cost: 100_000, salvage: 10_000, in_service: '2026-01-01', life_months: 36, measure: 'month', first: 'full_month', rows: 'year', method: 'straight_line' } as const satisfies Timed;
const amounts = (input: DepreciationInput): number[] => schedule(input).map((row) => row.amount);
const total = (rows: readonly DepreciationRow[]): number => rows.reduce((sum, row) => sum + row.amount, 0);

const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1990-01-01', count));
const timing = fc.record({
  in_service: days,
  life_months: fc.integer({ min: 1, max: 240 }),
  measure: fc.constantFrom('month' as const, 'day' as const),
  first: fc.constantFrom('full_month' as const, 'next_month' as const, 'mid_month' as const, 'by_day' as const),
  rows: fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
  fiscal_start: fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) }),
  rounding: fc.constantFrom('half_up' as const, 'half_even' as const, 'down' as const, 'up' as const),
});
const money = fc.tuple(fc.maxSafeNat(), fc.maxSafeNat()).map(([a, b]) => ({ cost: Math.max(a, b), salvage: Math.min(a, b) }));
const method = fc.oneof(
  fc.constantFrom({ method: 'straight_line' as const }, { method: 'sum_of_years' as const }),
  fc.record({ method: fc.constant('declining_balance' as const), rate_ppm: fc.integer({ min: 1, max: 1_000_000 }), switch_to_straight_line: fc.boolean() }),
  fc.record({ method: fc.constant('double_declining' as const), factor_milli: fc.integer({ min: 500, max: 4000 }), switch_to_straight_line: fc.boolean() }),
);
const inputs: fc.Arbitrary<DepreciationInput> = fc.tuple(money, timing, method).map(([a, b, c]) => ({ ...a, ...b, ...c }));

describe('A schedule', () => {
  test('sums to cost less salvage exactly, by any method, timing and rounding, and no row is negative', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const rows = schedule(input);
        expect(rows.every((row) => row.amount >= 0)).toBe(true);
        expect(rows.at(-1)).toMatchObject({ accumulated: input.cost - input.salvage, book_value: input.salvage });
        expect(rows.reduce((sum, row) => sum + BigInt(row.amount), 0n)).toBe(BigInt(input.cost) - BigInt(input.salvage));
      }),
      { numRuns: 150 },
    );
  });

  test('has rows that follow each other without a gap, each with the sum of those before it', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        let accumulated = 0;
        let next = schedule(input)[0]!.from_day;
        for (const row of schedule(input)) {
          accumulated += row.amount;
          expect(row).toMatchObject({ from_day: next, accumulated, book_value: input.cost - accumulated });
          expect(row.until_day >= row.from_day).toBe(true);
          next = addDays(row.until_day, 1);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('by months and by years tells the same at the end of every year', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const months = new Map(schedule({ ...input, rows: 'month' }).map((row) => [row.until_day, row.accumulated]));
        for (const row of schedule({ ...input, rows: 'year' })) expect(months.get(row.until_day)).toBe(row.accumulated);
      }),
      { numRuns: 40 },
    );
  });

  test('carries the remainder of a row into the next: 100.00 over three months is 33.33, 33.34 and 33.33', () => {
    expect(amounts({ ...plain, cost: 10_000, salvage: 0, life_months: 3, rows: 'month' })).toEqual([3333, 3334, 3333]);
    expect(amounts({ ...plain, cost: 1, salvage: 0, life_months: 3, rows: 'month' })).toEqual([0, 1, 0]);
    expect(amounts({ ...plain, cost: 3, salvage: 0, life_months: 2, rows: 'month', rounding: 'half_even' })).toEqual([2, 1]);
    expect(amounts({ ...plain, cost: 1, salvage: 0, life_months: 2, rows: 'month', rounding: 'half_even' })).toEqual([0, 1]);
  });

  test('refuses what no asset has', () => {
    const bad: DepreciationInput[] = [
      { ...plain, salvage: 100_001 },
      { ...plain, cost: 0.5, salvage: 0 },
      { ...plain, salvage: -1 },
      { ...plain, life_months: 0 },
      { ...plain, life_months: 2401 },
      { ...plain, in_service: '2026-02-30' },
      { ...plain, fiscal_start: { month: 13, day: 1 } },
      { ...plain, fiscal_start: { month: 1, day: 29 } },
      { ...plain, method: 'declining_balance', rate_ppm: 0 },
      { ...plain, method: 'declining_balance', rate_ppm: 1_000_001 },
      { ...plain, method: 'double_declining', factor_milli: 0 },
      { ...plain, method: 'units', units_total: 0, usage: [] },
      { ...plain, method: 'units', units_total: 10, usage: [{ day: '2026-02-01', units: -1 }] },
      { ...plain, method: 'units', units_total: 10, usage: [{ day: '2025-12-31', units: 1 }] },
    ];
    for (const input of bad) expect(() => schedule(input), JSON.stringify(input)).toThrow(Refused);
  });
});

describe('The first period', () => {
  const from = { ...plain, cost: 36_000, salvage: 0, in_service: '2026-03-17', rows: 'month' } as const;
  const ends = (input: DepreciationInput): unknown[] => {
    const rows = schedule(input);
    return [rows[0]?.from_day, rows[0]?.amount, rows.at(-1)?.until_day, rows.at(-1)?.amount, rows.length];
  };

  test('counts in full, not at all, by half or by its days, and the end of the life has what it lacks', () => {
    expect(ends({ ...from, first: 'full_month' })).toEqual(['2026-03-01', 1000, '2029-02-28', 1000, 36]);
    expect(ends({ ...from, first: 'next_month' })).toEqual(['2026-04-01', 1000, '2029-03-31', 1000, 36]);
    expect(ends({ ...from, first: 'mid_month' })).toEqual(['2026-03-16', 500, '2029-03-16', 500, 37]);
    // 15 of 31 days of March 2026, and 16 of those of March 2029.
    expect(ends({ ...from, first: 'by_day' })).toEqual(['2026-03-17', 484, '2029-03-16', 516, 37]);
  });

  test('by days weighs every day the same, so that a leap year carries one more', () => {
    const leap = { ...plain, cost: 1461, salvage: 0, life_months: 48, measure: 'day', first: 'by_day' } as const;
    expect(amounts(leap)).toEqual([365, 365, 366, 365]);
    expect(amounts({ ...leap, measure: 'month' })).toEqual([365, 366, 365, 365]);
    expect(amounts({ ...leap, cost: 31 + 28 + 31, life_months: 3, rows: 'month' })).toEqual([31, 28, 31]);
    expect(amounts({ ...leap, cost: 2 * 1095, life_months: 36, in_service: '2025-12-10', first: 'mid_month', rows: 'month' }).slice(0, 3)).toEqual([31, 62, 56]);
  });

  test('begins a schedule whose years are those of the firm, whatever day they begin on', () => {
    const british = schedule({ ...from, first: 'by_day', rows: 'year', fiscal_start: { month: 4, day: 6 } });
    expect(british.map((row) => [row.from_day, row.until_day])).toEqual([
      ['2026-03-17', '2026-04-05'],
      ['2026-04-06', '2027-04-05'],
      ['2027-04-06', '2028-04-05'],
      ['2028-04-06', '2029-03-16'],
    ]);
    // 20 of the 31 days of the fiscal month from 6 March on.
    expect(british.map((row) => row.amount)).toEqual([645, 12_000, 12_000, 11_355]);
    expect(schedule({ ...from, rows: 'quarter', fiscal_start: { month: 2, day: 1 } })[0]).toMatchObject({ from_day: '2026-03-01', until_day: '2026-04-30', amount: 2000 });
  });

  test('and a day between two periods, or a sale before the end, have their value too', () => {
    const lost = lostUntil({ ...from, first: 'by_day' });
    expect([lost('2026-03-16'), lost('2026-03-17'), lost('2026-03-31'), lost('2027-03-16'), lost('2029-03-15'), lost('2029-03-16'), lost('2040-01-01')]).toEqual([0, 32, 484, 12_000, 35_968, 36_000, 36_000]);
    expect(() => lost('2026-13-01')).toThrow(Refused);
  });
});

describe('A method', () => {
  test('of equal amounts is (cost − salvage) / life', () => {
    expect(amounts(plain)).toEqual([30_000, 30_000, 30_000]);
  });

  test('of digits weighs the years 3, 2, 1, and cuts them at the fiscal year', () => {
    expect(amounts({ ...plain, method: 'sum_of_years' })).toEqual([45_000, 30_000, 15_000]);
    expect(amounts({ ...plain, method: 'sum_of_years', in_service: '2026-07-01' })).toEqual([22_500, 37_500, 22_500, 7_500]);
  });

  test('of digits weighs a life of two and a half years 2.5, 1.5 and 0.5', () => {
    expect(amounts({ ...plain, cost: 45_000, salvage: 0, life_months: 30, method: 'sum_of_years' })).toEqual([25_000, 15_000, 5_000]);
  });

  test('of a falling balance takes the rate of the book value also when the first year is a short one', () => {
    const falling = { ...plain, cost: 100_000, salvage: 0, life_months: 60, method: 'declining_balance', rate_ppm: 200_000 } as const;
    expect(amounts(falling)).toEqual([20_000, 16_000, 12_800, 10_240, 40_960]);
    expect(amounts({ ...falling, in_service: '2026-10-01' }).slice(0, 4)).toEqual([5_000, 19_000, 15_200, 12_160]);
    expect(amounts({ ...falling, switch_to_straight_line: true })).toEqual([20_000, 20_000, 20_000, 20_000, 20_000]);
    expect(amounts({ ...falling, rate_ppm: 400_000, switch_to_straight_line: true })).toEqual([40_000, 24_000, 14_400, 10_800, 10_800]);
    expect(schedule({ ...falling, leave_rest: true }).at(-1)).toMatchObject({ amount: 8192, book_value: 32_768 });
    expect(amounts({ ...falling, life_months: 18, leave_rest: true })).toEqual([20_000, 8000]);
  });

  test('of twice the straight rate stops at the salvage value and never asks for more than there is', () => {
    const double = { ...plain, method: 'double_declining' } as const;
    expect(amounts(double)).toEqual([66_667, 22_222, 1111]);
    expect(amounts({ ...double, life_months: 12 })).toEqual([90_000]);
    expect(amounts({ ...double, factor_milli: 1500 })).toEqual([50_000, 25_000, 15_000]);
  });

  test('of units costs the same a unit, ends with the last one, and leaves what was not used', () => {
    const press = { ...plain, method: 'units', units_total: 1000, usage: [{ day: '2026-06-01', units: 400 }, { day: '2026-12-31', units: 100 }, { day: '2028-01-01', units: 200 }] } as const;
    expect(schedule(press)).toEqual([
      { from_day: '2026-01-01', until_day: '2026-12-31', amount: 45_000, accumulated: 45_000, book_value: 55_000 },
      { from_day: '2027-01-01', until_day: '2027-12-31', amount: 0, accumulated: 45_000, book_value: 55_000 },
      { from_day: '2028-01-01', until_day: '2028-01-01', amount: 18_000, accumulated: 63_000, book_value: 37_000 },
    ]);
    expect(total(schedule({ ...press, usage: [{ day: '2026-01-01', units: 600 }, { day: '2026-02-01', units: 600 }] }))).toBe(90_000);
  });

  test('of units sums to cost less salvage once they are used up, in whatever portions', () => {
    fc.assert(
      fc.property(money, fc.array(fc.record({ at: fc.nat(2000), units: fc.nat(1000) }), { minLength: 1, maxLength: 20 }), ({ cost, salvage }, uses) => {
        const units_total = uses.reduce((sum, use) => sum + use.units, 0);
        fc.pre(units_total > 0);
        const rows = schedule({ ...plain, cost, salvage, method: 'units', rows: 'month', units_total, usage: uses.map(({ at, units }) => ({ day: addDays('2026-01-01', at), units })) });
        expect(rows.every((row) => row.amount >= 0)).toBe(true);
        expect(rows.at(-1)?.book_value).toBe(salvage);
      }),
      { numRuns: 50 },
    );
  });
});

describe.skipIf(!hasVectors)('Schedules that a spreadsheet made', () => {
  const columns = {
    straight_line: { method: 'straight_line' },
    sum_of_years_digits: { method: 'sum_of_years' },
    double_declining: { method: 'double_declining', leave_rest: true },
    vdb_switching: { method: 'double_declining', switch_to_straight_line: true },
  } as const;

  test.each([...Object.keys(columns), 'fixed_declining_db'])('are ours to the last cent: %s', (column) => {
    const assets = Map.groupBy(rowsOf('depreciation-schedules.csv', 36), (row) => row['asset']!);
    expect(assets.size).toBe(5);
    for (const [asset, theirs] of assets) {
      const [cost, salvage, life] = [Number(theirs[0]!['cost']), Number(theirs[0]!['salvage']), Number(theirs[0]!['life_years'])];
      const of = Object.entries(columns).find(([name]) => name === column)?.[1] ?? { method: 'declining_balance', leave_rest: true, rate_ppm: Math.round(fixedRate(cost, salvage, life) * 1_000_000) };
      const ours = schedule({ ...plain, ...of, cost: cost * 100, salvage: salvage * 100, life_months: life * 12 });
      let accumulated = 0;
      expect(ours, asset).toHaveLength(theirs.length);
      for (const [at, row] of theirs.entries()) {
        // The rate of DB is rounded to three decimals, so DB may end a little below the salvage value. A schedule never does.
        accumulated = Math.min(accumulated + Number(row[column]), cost - salvage);
        expect(Math.abs(ours[at]!.accumulated - accumulated * 100), `${asset} ${row['year']}`).toBeLessThanOrEqual(0.5001);
      }
    }
  });
});
