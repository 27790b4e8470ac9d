import { describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { benford, chiSquareTail } from '../../main/budgets/audit/benford.ts';

/** Amounts that grow evenly through five powers of ten: as near to the law as numbers come. */
const growing = Array.from({ length: 20_000 }, (_, at) => Math.floor(1000 * 10 ** ((5 * at) / 20_000)));

describe('Benford’s law', () => {
  test('expects 30.1 % ones and 4.6 % nines, and 4.1 % of the first two digits to be 10', () => {
    const [one, two] = [benford(growing, 'first'), benford(growing, 'first_two')];
    expect([one.rows[0]!.expected, one.rows[8]!.expected, two.rows[0]!.expected].map((share) => Number(share.toFixed(5)))).toEqual([0.30103, 0.04576, 0.04139]);
    expect([one.rows.length, two.rows.length, two.rows[0]!.digits, two.rows[89]!.digits, one.degrees, two.degrees]).toEqual([9, 90, 10, 99, 8, 89]);
    for (const { rows } of [one, two]) expect(rows.reduce((sum, row) => sum + row.expected, 0)).toBeCloseTo(1, 12);
  });

  test('is obeyed by what grows evenly, and not by amounts that people make up', () => {
    const natural = benford(growing, 'first_two');
    expect(natural).toMatchObject({ count: 20_000, conformity: 'close', warning: null });
    expect(natural.p).toBeGreaterThan(0.99);
    const invented = benford(Array.from({ length: 20_000 }, (_, at) => 100_00 + ((at * 7919) % 90_000_0)), 'first_two');
    expect(invented.conformity).toBe('none');
    expect(invented.p).toBeLessThan(1e-9);
  });

  test('shows an approval limit of 5,000 that is kept under: a spike at 49', () => {
    const spiked = benford([...growing, ...Array.from({ length: 400 }, (_, at) => 4_900_00 + at)], 'first_two');
    expect(spiked.rows.toSorted((a, b) => b.z - a.z)[0]).toMatchObject({ digits: 49 });
    expect(spiked.rows.find((row) => row.digits === 49)!.z).toBeGreaterThan(10);
  });

  test('is judged in the steps that Nigrini published', () => {
    // Ones are as many too many as nines are too few: two digits of nine are `by` away.
    const shifted = (by: number) => benford(Array.from({ length: 9 }, (_, at) => at + 1).flatMap((digit) => Array.from({ length: Math.round(100_000 * (Math.log10(1 + 1 / digit) + (digit === 1 ? by : digit === 2 ? -by : 0))) }, () => digit)), 'first');
    expect([0.02, 0.04, 0.06, 0.08].map((by) => shifted(by).conformity)).toEqual(['close', 'acceptable', 'marginal', 'none']);
    expect(shifted(0.04).mad).toBeCloseTo(0.08 / 9, 4);
  });

  test('warns of fewer than 5,000 amounts, and says nothing of none', () => {
    expect(benford(growing.slice(0, 4999), 'first').warning?.params).toEqual({ count: 4999, least: 5000 });
    expect(benford(growing.slice(0, 5000), 'first').warning).toBeNull();
    expect(benford([], 'first')).toMatchObject({ count: 0, chi_square: 0, p: 1 });
  });

  test('leaves out zeros and what is too small, looks past the sign, and begins 7 with 70', () => {
    const found = benford([0, -123, 7, 5000], 'first_two');
    expect(found.rows.filter((row) => row.count > 0).map((row) => row.digits)).toEqual([12, 50, 70]);
    expect(benford([0, -123, 7, 5000], 'first_two', 10).count).toBe(2);
    expect(() => benford([0.5], 'first')).toThrow(Refused);
  });

  test('gives chi-square and Z as they are computed by hand: 60 ones and 40 twos', () => {
    const { chi_square, rows } = benford([...Array.from({ length: 60 }, () => 1), ...Array.from({ length: 40 }, () => 2)], 'first');
    const [one, two] = [Math.log10(2), Math.log10(1.5)];
    expect(chi_square).toBeCloseTo((60 - 100 * one) ** 2 / (100 * one) + (40 - 100 * two) ** 2 / (100 * two) + 100 * (1 - one - two), 10);
    expect(rows[0]!.z).toBeCloseTo((0.6 - one - 0.005) / Math.sqrt((one * (1 - one)) / 100), 10);
  });

  test('knows the critical values of the tables: 15.507 at 8 degrees, 112.022 at 89, 3.841 at one', () => {
    for (const [value, degrees] of [[15.507, 8], [112.022, 89], [3.841, 1]] as const) expect(chiSquareTail(value, degrees)).toBeCloseTo(0.05, 4);
    // Two degrees are an exponential distribution.
    for (const value of [0.1, 1, 5, 50]) expect(chiSquareTail(value, 2)).toBeCloseTo(Math.exp(-value / 2), 12);
  });
});

describe('Published results', () => {
  /** Amounts with given counts of first digits. */
  const counted = (counts: readonly number[]): number[] => counts.flatMap((count, at) => Array.from({ length: count }, () => (at + 1) * 100));

  test('of the first thousand Fibonacci numbers: 301 ones, 177 twos … 45 nines', () => {
    // Counts as in OEIS A000045 and Benford's law literature (Duncan, Fibonacci Quarterly 5, 1967: such sequences obey it).
    let [a, b] = [1n, 1n];
    const leading: number[] = [];
    for (let n = 0; n < 1000; n += 1) {
      leading.push(Number(String(a).slice(0, 2).padEnd(2, '0')));
      [a, b] = [b, a + b];
    }
    expect(benford(leading, 'first').rows.map((row) => row.count)).toEqual([301, 177, 125, 96, 80, 67, 56, 53, 45]);
    expect(benford(leading, 'first').conformity).toBe('close');
  });

  test('of 37,905 payments with too many nines: deviation 0.0081 and chi-square 800.10', () => {
    // Table of the Benford report of github.com/elleryorton987/BenfordAnalysis (output/benford_report.md).
    const found = benford(counted([11_449, 6943, 4464, 3435, 2825, 2381, 1882, 1716, 2810]), 'first');
    expect([found.count, found.mad.toFixed(4), found.chi_square.toFixed(2), found.conformity]).toEqual([37_905, '0.0081', '800.10', 'acceptable']);
  });

  test('of the second digit: 0 is expected in 11.968 % and 9 in 8.500 %, with limits of its own', () => {
    // Hill, Statistical Science 10 (1995), table 1.
    const { rows, degrees } = benford(growing, 'second');
    expect(rows.map((row) => Number(row.expected.toFixed(5)))).toEqual([0.11968, 0.11389, 0.10882, 0.10433, 0.10031, 0.09668, 0.09337, 0.09035, 0.08757, 0.085]);
    expect([rows.length, rows[0]!.digits, degrees, benford(growing, 'second').conformity]).toEqual([10, 0, 9, 'close']);
    expect(rows.map((row) => row.count)).toEqual(Array.from({ length: 10 }, (_, digit) => benford(growing, 'first_two').rows.filter((row) => row.digits % 10 === digit).reduce((sum, row) => sum + row.count, 0)));
  });
});
