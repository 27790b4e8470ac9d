import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { aroundEnd, atRest, backDated, belowLimit, duplicates, fastPosting, gaps, largeAmounts, outsideHours, ownPosting, pairOf, rarePairs, roundAmounts, seldomPoster, seldomUsed, type TestedEntry, unexplained, withWords } from '../../main/budgets/audit/auditTests.ts';

// Monday, 2 March 2026, ten o'clock by the clock of this PC.
const monday = new Date(2026, 2, 2, 10, 0).getTime();
const base: TestedEntry = { id: 1, number: 'GJ-2026-00001', day: '2026-03-02', origin: 'typed', narration: 'Paper', reference: 'R-1', total: 12_345, made_at: monday, posted_at: monday, made_by: 'Ann', changed_by: '', posted_by: 'Bob', lines: [{ line: 1, account: 4400, amount: 12_345, text: '' }, { line: 2, account: 1200, amount: -12_345, text: '' }] };
const entry = (more: Partial<TestedEntry>): TestedEntry => ({ ...base, ...more });
const of = (...amounts: readonly number[]): TestedEntry => entry({ lines: amounts.map((amount, at) => ({ line: at + 1, account: at + 1, amount, text: '' })) });

describe('An entry is pointed at', () => {
  test('when a line is round, by its largest round line, and never for zero', () => {
    const check = roundAmounts({ unit: 100_000 });
    expect([of(500_000, -500_000), of(123_456, -123_456), of(0, 100_001, -100_001), of(100_000, -300_000, 200_000)].map((one) => check(one)?.amount ?? 0)).toEqual([500_000, 0, 0, 300_000]);
    expect(check(of(100_000, -300_000, 200_000))).toMatchObject({ line: 2, account: 2 });
    expect(() => roundAmounts({ unit: 0 })).toThrow(Refused);
  });

  test('when it was posted at the weekend, which is Friday elsewhere, or for a holiday; imported ones by the day they are booked for', () => {
    const at = (days: number): number => monday + days * 86_400_000;
    const check = atRest({ weekdays: ['6', '7'], holidays: ['2026-12-25'] }, String);
    expect([entry({ posted_at: at(5) }), entry({ posted_at: at(6) }), entry({ posted_at: at(4) }), entry({ day: '2026-12-25' }), entry({ origin: 'import', day: '2026-03-07', posted_at: monday }), entry({ origin: 'import', posted_at: at(5) })].map((one) => check(one) !== null)).toEqual([true, true, false, true, true, false]);
    expect(atRest({ weekdays: ['5'], holidays: [] }, String)(entry({ posted_at: at(4) }))).not.toBeNull();
    expect([entry({ posted_at: at(5) }), entry({ day: '2026-12-25' }), entry({ origin: 'import', day: '2026-03-07' })].map((one) => check(one)?.why)).toEqual(['2026-03-07', '2026-12-25', '2026-03-07']);
  });

  test('when it was posted before the office opens or from the hour on at which it closes', () => {
    const check = outsideHours({ from_hour: 7, until_hour: 20 });
    const hour = (at: number, minute = 0): TestedEntry => entry({ posted_at: new Date(2026, 2, 2, at, minute).getTime() });
    expect([hour(6, 59), hour(7), hour(19, 59), hour(20)].map((one) => check(one)?.why ?? '')).toEqual(['06:59', '', '', '20:00']);
    expect(check(entry({ origin: 'import', posted_at: hour(3).posted_at }))).toBeNull();
  });

  test('when hardly anything is booked on one of its accounts, or its poster hardly ever posts', () => {
    const uses = new Map([[4400, 2], [1200, 900]]);
    expect([1, 2].map((most) => seldomUsed({ most }, uses)(base)?.account ?? null)).toEqual([null, 4400]);
    const posts = new Map([['Bob', 3], ['Eve', 1]]);
    expect(['Bob', 'Eve'].map((posted_by) => seldomPoster({ most: 2 }, posts)(entry({ posted_by })) !== null)).toEqual([false, true]);
    expect(() => seldomUsed({ most: 0 }, uses)).toThrow(Refused);
  });

  test('when its poster drafted it, changed the draft last or posted it without a draft, and only where somebody typed it', () => {
    const check = ownPosting();
    expect([entry({}), entry({ made_by: 'Bob' }), entry({ made_by: '' }), entry({ made_by: 'Bob', origin: 'depreciation' })].map((one) => check(one) !== null)).toEqual([false, true, true, false]);
    expect([entry({ changed_by: 'Ann' }), entry({ changed_by: 'Bob' }), entry({ made_by: 'Bob', changed_by: 'Ann' }), entry({ changed_by: 'Bob', origin: 'depreciation' })].map((one) => check(one) !== null)).toEqual([false, true, true, false]);
  });

  test('when another posted it faster than anybody reads', () => {
    const check = fastPosting({ seconds: 60 });
    expect([entry({ posted_at: monday + 59_999 }), entry({ posted_at: monday + 60_000 }), entry({ made_by: 'Bob' }), entry({ made_by: '' })].map((one) => check(one)?.why ?? '')).toEqual(['59 s', '', '', '']);
  });

  test('when a line stays just under a limit, is large, or the entry was posted long after its day', () => {
    const below = belowLimit({ limit: 1_000_000, percent: 5 });
    expect([949_999, 950_000, 999_999, 1_000_000].map((amount) => below(of(amount, -amount)) !== null)).toEqual([false, true, true, false]);
    expect([999, 1000].map((amount) => largeAmounts({ least: 1000 })(of(amount, -amount)) !== null)).toEqual([false, true]);
    expect(['2026-01-31', '2026-01-30'].map((day) => backDated({ days: 30 })(entry({ day }))?.why ?? '')).toEqual(['', '31 d']);
    expect(backDated({ days: 30 })(entry({ day: '2020-01-01', origin: 'import' }))).toBeNull();
  });

  test('when it was typed in the last days of the period or after its end', () => {
    const check = aroundEnd({ days: 2 }, '2026-03-31', String);
    expect([entry({ day: '2026-03-29' }), entry({ day: '2026-03-30' }), entry({ day: '2026-03-31' }), entry({ posted_at: new Date(2026, 3, 1).getTime() }), entry({ day: '2026-03-31', origin: 'import' })].map((one) => check(one) !== null)).toEqual([false, true, true, true, false]);
  });

  test('when its accounts seldom meet and it is worth something', () => {
    expect(pairOf([{ account: 7, amount: 60 }, { account: 8, amount: 40 }, { account: 9, amount: -100 }])).toBe('7/9');
    const meets = new Map([['4400/1200', 2]]);
    expect([[1, 1], [2, 1], [2, 12_346]].map(([most, least]) => rarePairs({ most: most!, least: least! }, meets, (pair) => pair)(base)?.why ?? '')).toEqual(['', '4400/1200', '']);
  });

  test('when nothing explains it, or its words point at a correction', () => {
    const silent = { narration: ' ', reference: '' };
    expect([entry(silent), entry({ ...silent, lines: [{ line: 1, account: 1, amount: 1, text: 'Rent' }] }), entry({ narration: '' })].map((one) => unexplained()(one) !== null)).toEqual([true, false, false]);
    const check = withWords({ words: ['Adjust', 'plug'] });
    expect([entry({ narration: 'year-end ADJUSTMENT' }), entry({ lines: [{ line: 1, account: 1, amount: 1, text: 'a plug' }] }), base].map((one) => check(one)?.why ?? '')).toEqual(['adjust', 'plug', '']);
  });
});

describe('Duplicates', () => {
  let n = 0;
  const paid = (day: string, more: object = {}) => ({ entry: (n += 1), day, reference: 'RE-0017', ...more });

  test('have one reference, however it was typed, and days near each other', () => {
    const lines = [paid('2026-03-02'), paid('2026-03-05', { reference: 're 17' }), paid('2026-03-09', { reference: 'RE/017' }), paid('2026-03-20')];
    expect(duplicates(lines, 4)).toEqual([[lines[0], lines[1], lines[2]]]);
    expect(duplicates(lines, 3)).toEqual([[lines[0], lines[1]]]);
    expect(duplicates(lines, 2)).toEqual([]);
  });

  test('are not lines with other references, nor two lines of one entry', () => {
    const first = paid('2026-03-02');
    expect(duplicates([first, paid('2026-03-02', { reference: 'RE-1700' })], 5)).toEqual([]);
    expect(duplicates([first, paid('2026-03-02', { entry: first.entry })], 5)).toEqual([]);
    expect(duplicates([first, paid('2026-03-02')], 0)).toHaveLength(1);
  });

  test('are found in whatever order the lines come', () => {
    const lines = [paid('2026-03-09'), paid('2026-03-01'), paid('2026-03-05')];
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: 3, maxLength: 3 }), (some) => {
        expect(duplicates(some, 4)).toEqual([[lines[1], lines[2], lines[0]]]);
      }),
    );
    expect(() => duplicates(lines, -1)).toThrow(Refused);
    expect(() => duplicates([paid('2026-02-30')], 1)).toThrow(Refused);
  });
});

describe('Gaps in numbers', () => {
  test('are told series by series, from the first number on', () => {
    const numbers = [['A', 3], ['A', 4], ['A', 4], ['A', 7], ['A', 8], ['B', 1], ['B', 2]].map(([series, number]) => ({ series: String(series), number: Number(number) }));
    expect([...gaps(numbers)]).toEqual([{ series: 'A', first: 1, last: 2 }, { series: 'A', first: 5, last: 6 }]);
    expect([...gaps(numbers, 3)]).toEqual([{ series: 'A', first: 5, last: 6 }]);
  });

  test('are exactly the numbers that were taken out', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 })), (out) => {
        const kept = Array.from({ length: 100 }, (_, at) => at + 1).filter((number) => !out.includes(number));
        const missing = [...gaps(kept.map((number) => ({ series: 'J', number })))].flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
        expect(missing).toEqual(out.toSorted((a, b) => a - b));
      }),
    );
  });
});
