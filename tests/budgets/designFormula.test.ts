import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Formula, fraction, namesIn, readFormula, reckon, rounded, scaled, Unreadable } from '../../main/budgets/designs/designFormula.ts';

// The engine that runs these tests reads + - * / and parentheses by rules of its own: it is the judge of ours.

const values: Readonly<Record<string, number>> = { R10: 125_000, R20: -33_333, R30: 7, DAYS: 365 };

const valueOf = (name: string): ReturnType<typeof scaled> | null => (name in values ? scaled(values[name]! * 100, 2) : null);
const near = (of: Formula): number | null => {
  const exact = reckon(of, valueOf);
  return exact && Number(exact.over) / Number(exact.under);
};

const leaf = fc.oneof(fc.constantFrom(...Object.keys(values)), fc.integer({ min: 0, max: 999 }).map(String), fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })).map(([a, b]) => `${a}.${String(b).padStart(2, '0')}`));
const formulas = (leaves: fc.Arbitrary<string>, signs: readonly string[]): fc.Arbitrary<string> =>
  fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaves,
      fc.tuple(tie('text'), fc.constantFrom(...signs), tie('text')).map((parts) => parts.join('')),
      tie('text').map((inner) => `(${inner})`),
      tie('text').map((inner) => ` -(${inner}) `),
    ),
  })).text;
const judge = (formula: string): number => runInNewContext(formula, { ...values }) as number;

describe('a formula', () => {
  test('of whole numbers has exactly the value that another reader of the same text gives it', () => {
    fc.assert(
      fc.property(formulas(fc.integer({ min: 0, max: 99 }).map(String), ['+', '-', '*', ' + ', ' - ']), (formula) => {
        const judged = judge(formula);
        fc.pre(Math.abs(judged) < 2 ** 40);
        const ours = reckon(readFormula(formula), valueOf)!;
        return ours.under === 1n && ours.over === BigInt(judged);
      }),
      { numRuns: 1000 },
    );
  });

  test('with divisions has the value that another reader gives it in binary fractions', () => {
    fc.assert(
      fc.property(formulas(leaf, ['+', '-', '*', '/', ' / ', ' - ']), (formula) => {
        const judged = judge(formula);
        const ours = near(readFormula(formula));
        // What that reader divides by nearly nothing, because it rounds, ours divides by nothing at all; both are no figure.
        if (!Number.isFinite(judged) || ours === null) return !Number.isFinite(judged) || Math.abs(judged) > 1e9;
        return Math.abs(ours - judged) <= 1e-6 * Math.max(1, Math.abs(judged), ...Object.values(values).map(Math.abs));
      }),
      // The same formulas every time: how much a judge in binary fractions may be off is no property.
      { numRuns: 1000, seed: 7 },
    );
  });

  test('reads from the left, with * and / before + and −, and the signs that people type', () => {
    const of = (formula: string): number | null => near(readFormula(formula));
    expect(of('100 - 10 - 1')).toBe(89);
    expect(of('100 / 10 / 2')).toBe(5);
    expect(of('2 + 3 * 4')).toBe(14);
    expect(of('(2 + 3) × 4 ÷ 2 − 1')).toBe(9);
    expect(of('-R30 + +2,5')).toBe(-4.5);
    expect(of('r10')).toBe(125_000);
  });

  test('is exact where binary fractions are not', () => {
    const tenth = readFormula('0.1 + 0.2 - 0.3');
    expect(reckon(tenth, valueOf)).toEqual({ over: 0n, under: 1n });
    expect(reckon(readFormula('1 / 3 * 3'), valueOf)).toEqual({ over: 1n, under: 1n });
  });

  test('has no value where something is divided by zero, however deep', () => {
    for (const formula of ['1 / 0', 'R10 / (R30 - 7)', '5 + R10 / (2 - 2) * 0', 'R99 + 1']) expect(reckon(readFormula(formula), valueOf), formula).toBeNull();
  });

  test('names what it rests on, each once', () => {
    expect(namesIn(readFormula('r10 + R20 / (r10 - DAYS)'))).toEqual(['R10', 'R20', 'DAYS']);
  });

  test('that cannot be read is refused with its place, and never run', () => {
    const told = (formula: string): readonly [string, unknown] => {
      try {
        readFormula(formula);
      } catch (thrown) {
        if (thrown instanceof Unreadable) return [thrown.words.en, thrown.params['at']];
      }
      return ['', undefined];
    };
    expect(told('')[0]).toContain('missing');
    expect(told('R10 +')[0]).toContain('at the end');
    expect(told('R10 R20')).toEqual(['+ − * or / is missing before “{sign}” at place {at}.', 5]);
    expect(told('(R10 + 2')).toEqual(['The parenthesis that opens at place {at} is not closed.', 1]);
    expect(told('R10 * )')[1]).toBe(7);
    for (const formula of ['R10; 1', 'a.b', 'x = 1', '`1`', '1 ** 2', 'R10 % 2', '1.2.3', '"1"', '[1]']) expect(told(formula)[0], formula).not.toBe('');
  });

  test('cannot grow without end from row to row', () => {
    let value = scaled(12_345, 2);
    let steps = 0;
    for (; value && steps < 100; steps += 1) value = reckon(readFormula('X * X'), () => value)!;
    expect(value).toBeNull();
    expect(steps).toBeLessThan(10);
  });
});

test('rounding is to the nearest, halves away from zero', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 3 }), (over, under, digits) => {
      const found = rounded(fraction(BigInt(over), BigInt(under))!, digits)!;
      // Twice the distance to the exact value is at most one unit, and a half goes outwards: all in whole numbers.
      const off = 2n * (BigInt(found) * BigInt(under) - BigInt(over) * 10n ** BigInt(digits));
      const outward = off === BigInt(under) * (over < 0 ? -1n : 1n);
      return (off < 0n ? -off : off) < BigInt(under) || outward;
    }),
  );
});
