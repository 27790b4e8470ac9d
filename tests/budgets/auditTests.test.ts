import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { atRest, duplicates, fastApproval, gaps, ownApproval, type PostedLine, roundAmounts, seldomUsed, unexplained } from '../../main/budgets/auditTests.ts';

const minute = 60_000;
const base: PostedLine = { series: 'J', entry: 1, day: '2026-03-02', weekday: 1, posted_at: 1_772_445_600_000, approved_at: null, poster: 1, approver: null, account: 4400, amount: 12_345, currency: 'EUR', reference: '', narration: 'Paper' };
let entry = 0;
const line = (more: Partial<PostedLine>): PostedLine => ({ ...base, entry: (entry += 1), ...more });

describe('A journal entry is pointed at', () => {
  test('when its amount is round, and never when it is zero', () => {
    const lines = [500_000, -300_000, 0, 123_456, 100_001].map((amount) => line({ amount }));
    expect([...roundAmounts(lines, 100_000)]).toEqual([lines[0], lines[1]]);
    expect(() => roundAmounts(lines, 0)).toThrow(Refused);
  });

  test('when it was posted at the weekend, which is Friday elsewhere, or for a holiday', () => {
    const lines = [line({ weekday: 6 }), line({ weekday: 7 }), line({ weekday: 5 }), line({ day: '2026-12-25', weekday: 4 })];
    expect([...atRest(lines, new Set(['2026-12-25']))]).toEqual([lines[0], lines[1], lines[3]]);
    expect([...atRest(lines, new Set(), [5])]).toEqual([lines[2]]);
  });

  test('when hardly anything is ever booked on its account', () => {
    const lines = [line({}), line({ account: 9 }), line({}), line({ account: 8 }), line({}), line({ account: 8 })];
    expect([...seldomUsed(() => lines, 1)]).toEqual([lines[1]]);
    expect([...seldomUsed(() => lines, 2)]).toEqual([lines[1], lines[3], lines[5]]);
    expect(() => [...seldomUsed(() => lines, 0)]).toThrow(Refused);
  });

  test('when its poster approved it, and not when nobody had to', () => {
    const lines = [line({ approver: 1 }), line({ approver: 2 }), line({ approver: null })];
    expect([...ownApproval(lines)]).toEqual([lines[0]]);
  });

  test('when it was approved faster than anybody reads', () => {
    const lines = [30_000, minute, 2 * minute].map((after) => line({ approved_at: base.posted_at + after }));
    expect([...fastApproval([...lines, line({})], minute)]).toEqual([lines[0]]);
    expect(() => fastApproval(lines, 0)).toThrow(Refused);
  });

  test('when nothing explains it', () => {
    const lines = [line({ narration: ' ' }), line({ narration: '', reference: 'R-1' }), line({})];
    expect([...unexplained(lines)]).toEqual([lines[0]]);
  });
});

describe('Duplicates', () => {
  const paid = (day: string, more: Partial<PostedLine> = {}): PostedLine => line({ day, reference: 'RE-0017', amount: 119_00, ...more });

  test('have one account, currency, amount and reference, and days near each other, however the reference was typed', () => {
    const lines = [paid('2026-03-02'), paid('2026-03-05', { reference: 're 17' }), paid('2026-03-09', { reference: 'RE/017' }), paid('2026-03-20')];
    expect(duplicates(lines, 4)).toEqual([[lines[0], lines[1], lines[2]]]);
    expect(duplicates(lines, 3)).toEqual([[lines[0], lines[1]]]);
    expect(duplicates(lines, 2)).toEqual([]);
  });

  test('are not lines that differ in one of these, nor two lines of one entry', () => {
    const first = paid('2026-03-02');
    for (const other of [{ account: 1 }, { amount: 118_99 }, { amount: -119_00 }, { currency: 'USD' }, { reference: 'RE-1700' }, { series: first.series, entry: first.entry }]) expect(duplicates([first, paid('2026-03-02', other)], 5)).toEqual([]);
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
    expect(() => duplicates([line({ day: '2026-02-30' })], 1)).toThrow(Refused);
  });
});

describe('Gaps in numbers', () => {
  test('are told series by series, from the lowest number on or from the one that was to be the first', () => {
    const lines = [['B', 4], ['A', 7], ['A', 3], ['A', 4], ['A', 4], ['B', 5], ['A', 8]].map(([series, number]) => ({ series: String(series), entry: Number(number) }));
    expect(gaps(lines)).toEqual([{ series: 'A', first: 5, last: 6 }]);
    expect(gaps(lines, new Map([['A', 1], ['B', 4]]))).toEqual([{ series: 'A', first: 1, last: 2 }, { series: 'A', first: 5, last: 6 }]);
  });

  test('are exactly the numbers that were taken out', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 2, max: 99 })), (out) => {
        const kept = Array.from({ length: 100 }, (_, at) => at + 1).filter((number) => !out.includes(number));
        const missing = gaps(kept.toReversed().map((number) => ({ series: 'J', entry: number }))).flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
        expect(missing).toEqual(out.toSorted((a, b) => a - b));
      }),
    );
  });
});
