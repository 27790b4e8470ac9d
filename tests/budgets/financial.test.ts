import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { cumipmt, cumprinc, effect, fv, ipmt, nominal, nper, pmt, ppmt, pv, rate } from '../../main/budgets/finance/annuities.ts';
import { coupdays, dollarde, dollarfr, tbilleq, tbillprice, tbillyield } from '../../main/budgets/finance/bonds.ts';
import { irr, mirr, npv, xirr, xnpv } from '../../main/budgets/finance/cashflows.ts';
import { yearFraction } from '../../main/budgets/finance/dayCount.ts';
import { db, ddb, fixedRate, sln, syd, vdb } from '../../main/budgets/finance/excelFunctions.ts';
import { expectNear, hasVectors, rowsOf } from './vectors.ts';

const dues = fc.constantFrom(0 as const, 1 as const);
const rates = fc.double({ min: 0.0001, max: 0.2, noNaN: true });
const terms = fc.integer({ min: 2, max: 360 });
const sums = fc.double({ min: 100, max: 1_000_000, noNaN: true });

describe('Level payments', () => {
  test('put into PV, FV, PMT, NPER and RATE one after the other give back what went in', () => {
    fc.assert(
      fc.property(rates, terms, sums, dues, (interest, periods, loan, due) => {
        // Where nearly all of a payment is interest, the term can no longer be told from it.
        fc.pre(interest * periods < 10);
        const payment = pmt(interest, periods, loan, 0, due);
        expectNear(pv(interest, periods, payment, 0, due), loan, 'PV');
        expectNear(fv(interest, periods, 0, pv(interest, periods, 0, loan)), loan, 'FV');
        expectNear(nper(interest, payment, loan, 0, due), periods, 'NPER', 1e-5);
        expectNear(rate(periods, payment, loan, 0, due), interest, 'RATE', 1e-5);
      }),
      { seed: 7 },
    );
  });

  test('are interest and repayment, and the repayments are the loan', () => {
    fc.assert(
      fc.property(rates, terms, sums, dues, (interest, periods, loan, due) => {
        expectNear(cumprinc(interest, periods, loan, 1, periods, due), -loan, 'repaid');
        expectNear(cumipmt(interest, periods, loan, 1, periods, due), pmt(interest, periods, loan, 0, due) * periods + loan, 'interest', 1e-5);
        expectNear(ipmt(interest, 2, periods, loan, 0, due) + ppmt(interest, 2, periods, loan, 0, due), pmt(interest, periods, loan, 0, due), 'a payment');
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  test('without interest are the loan divided by the periods, and a rate of nearly zero is no other world', () => {
    expect(pmt(0, 60, 320_000)).toBeCloseTo(-5333.333333, 6);
    expectNear(pmt(1e-12, 60, 320_000), -320_000 / 60, 'PMT');
    expect([fv(0, 10, -5, -50), pv(0, 10, -5, 0), nper(0, -5, 50), rate(10, -5, 50)]).toEqual([100, 50, 10, 0]);
  });

  test('at the beginning of a period hold no interest in the first one', () => {
    expect(ipmt(0.1 / 12, 1, 24, 100_000, 1_000_000, 1)).toBe(0);
  });

  test('that never even out are refused', () => {
    for (const bad of [() => rate(10, 5, 50), () => nper(0.1, -1, 100), () => pmt(0.1, 0, 1), () => ipmt(0.1, 11, 10, 1), () => ipmt(0.1, 0, 10, 1), () => fv(Number.NaN, 1, 1), () => cumipmt(0.1, 10, 100, 1, 11, 0)]) expect(bad).toThrow(Refused);
  });

  test('a year: EFFECT of 10 % paid monthly is 10.4713 %, and NOMINAL is its inverse', () => {
    expectNear(effect(0.1, 12), 0.104713067441, 'EFFECT');
    fc.assert(fc.property(rates, fc.integer({ min: 1, max: 365 }), (interest, times) => expectNear(nominal(effect(interest, times), times), interest, 'NOMINAL')), { seed: 7 });
  });

  test.skipIf(!hasVectors)('of five loans over 552 months are those that a spreadsheet made', () => {
    const months = rowsOf('loan-schedules.csv', 552);
    for (const row of months) {
      const [loan, interest, periods, month] = [Number(row['principal']), Number(row['annual_rate']) / 12, Number(row['months']), Number(row['month'])];
      const what = `${row['loan']} month ${month}`;
      expect(pmt(interest, periods, loan), what).toBeCloseTo(-Number(row['payment']), 6);
      expect(ipmt(interest, month, periods, loan), what).toBeCloseTo(-Number(row['interest']), 6);
      expect(ppmt(interest, month, periods, loan), what).toBeCloseTo(-Number(row['principal_part']), 6);
      // The file's balance is carried on with rounded payments: it is exact to a thousandth.
      expect(fv(interest, month, pmt(interest, periods, loan), loan), what).toBeCloseTo(-Number(row['balance_after']), 3);
    }
  });
});

describe('Uneven payments', () => {
  test('of 100 that become 110 in a year return 10 %, by the period and by the day', () => {
    expectNear(irr([-100, 110]), 0.1, 'IRR');
    expectNear(xirr([-100, 110], ['2026-01-01', '2027-01-01']), 0.1, 'XIRR');
    expectNear(npv(0.1, [110]), 100, 'NPV');
    expectNear(mirr([-100, 0, 121], 0.5, 0.5), 0.1, 'MIRR');
  });

  test('are worth nothing at their own return', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 2, maxLength: 12 }), fc.integer({ min: 1, max: 100_000 }), (receipts, paid) => {
        const values = [-paid, ...receipts];
        expect(Math.abs(npv(irr(values), values)) / paid).toBeLessThan(1e-6);
      }),
      { seed: 7 },
    );
  });

  test('with two returns give the one near the guess', () => {
    // −1 + 2.3 x − 1.32 x² is zero at growth 1.1 and 1.2.
    const values = [-1, 2.3, -1.32];
    expectNear(irr(values, 0.09), 0.1, 'IRR');
    expectNear(irr(values, 0.21), 0.2, 'IRR');
  });

  test('of one sign, without a return, without days or before the first one are refused', () => {
    const days = ['2026-01-01', '2026-06-01'];
    for (const bad of [() => irr([1, 2]), () => irr([10, -10, 10]), () => xirr([-1, 2], ['2026-01-01']), () => xirr([-1, 2], days.toReversed()), () => xnpv(-1, [1, 2], days), () => npv(-1, [1]), () => irr([-1, Number.NaN])]) expect(bad).toThrow(Refused);
  });

  test.skipIf(!hasVectors)('of forty cases are those that a spreadsheet made, and one that it could not solve is solved', () => {
    let solved = 0;
    for (const row of rowsOf('cashflows.csv', 40)) {
      const [values, days, interest, what] = [row['cashflows']!.split(' ').map(Number), row['dates']!.split(' '), Number(row['rate']), `case ${row['case']}`];
      // NPV of the file discounts from the second payment on.
      expectNear(npv(interest, values.slice(1)) + values[0]!, Number(row['npv']), what);
      expectNear(xnpv(interest, values, days), Number(row['xnpv']), what);
      expectNear(irr(values), Number(row['irr']), what);
      expectNear(mirr(values, interest, interest), Number(row['mirr']), what);
      const found = xirr(values, days);
      expect(Math.abs(xnpv(found, values, days)), what).toBeLessThan(1e-4);
      if (row['check'] === 'roots verified') expectNear(found, Number(row['xirr']), what);
      else solved += found > 10 ? 1 : 0;
    }
    expect(solved).toBe(1);
  });
});

describe('Assets of a spreadsheet', () => {
  test.skipIf(!hasVectors)('lose what the spreadsheet says, by five methods', () => {
    for (const row of rowsOf('depreciation-schedules.csv', 36)) {
      const [cost, salvage, life, year, what] = [Number(row['cost']), Number(row['salvage']), Number(row['life_years']), Number(row['year']), `${row['asset']} ${row['year']}`];
      expectNear(sln(cost, salvage, life), Number(row['straight_line']), what);
      expectNear(syd(cost, salvage, life, year), Number(row['sum_of_years_digits']), what);
      expectNear(ddb(cost, salvage, life, year), Number(row['double_declining']), what);
      expectNear(db(cost, salvage, life, year), Number(row['fixed_declining_db']), what);
      expectNear(vdb(cost, salvage, life, year - 1, year), Number(row['vdb_switching']), what);
    }
  });

  test('lose what the manual of the spreadsheet prints: DB of 7 months, VDB of days, months and parts', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((year) => Number(db(1_000_000, 100_000, 6, year, 7).toFixed(2)))).toEqual([186_083.33, 259_639.42, 176_814.44, 120_410.64, 81_999.64, 55_841.76, 15_845.1]);
    const printed = [vdb(2400, 300, 3650, 0, 1), vdb(2400, 300, 120, 0, 1), vdb(2400, 300, 10, 0, 1), vdb(2400, 300, 120, 6, 18), vdb(2400, 300, 120, 6, 18, 1.5), vdb(2400, 300, 10, 0, 0.875, 1.5)];
    expect(printed.map((value) => Number(value.toFixed(2)))).toEqual([1.32, 40, 480, 396.31, 311.81, 315]);
  });

  test('lose no more than cost less salvage over their life, and VDB exactly that', () => {
    fc.assert(
      fc.property(sums, sums, fc.integer({ min: 1, max: 40 }), (a, b, life) => {
        const [cost, salvage] = [Math.max(a, b), Math.min(a, b)];
        expectNear(vdb(cost, salvage, life, 0, life), cost - salvage, 'VDB');
        expect(vdb(cost, salvage, life, 0, life, 2, true)).toBeLessThanOrEqual(cost - salvage + 1e-6);
        for (let year = 1; year <= life; year += 1) expect(ddb(cost, salvage, life, year)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50, seed: 7 },
    );
  });

  test('that cannot be are refused', () => {
    for (const bad of [() => vdb(1, 0, 5, 3, 2), () => vdb(1, 0, 5, 0, 6), () => vdb(1, 0, 5, 0, 1, 0), () => db(1, 0, 5, 6), () => fixedRate(-1, 0, 5), () => syd(1, 0, 5, 0)]) expect(bad).toThrow(Refused);
  });
});

describe('Bonds and bills', () => {
  test('of the manual’s examples: a bill of 9.14 % costs 98.45 and yields 9.415 %; one at 98.45 yields 9.1417 %', () => {
    expect(tbillprice('2008-03-31', '2008-06-01', 0.09)).toBeCloseTo(98.45, 10);
    expect(tbilleq('2008-03-31', '2008-06-01', 0.0914)).toBeCloseTo(0.0941514936, 9);
    expect(tbillyield('2008-03-31', '2008-06-01', 98.45)).toBeCloseTo(0.0914169629, 9);
  });

  test('count the parts of a year by five rules', () => {
    const from2012 = ([0, 1, 2, 3, 4] as const).map((basis) => yearFraction('2012-01-01', '2012-07-30', basis));
    // The manual prints 0.58055556, 0.57650273 and 0.57808219 for the bases 0, 1 and 3.
    expect(from2012.map((part) => Number(part.toFixed(8)))).toEqual([0.58055556, 0.57650273, 0.58611111, 0.57808219, 0.58055556]);
    // 671 days over the mean of a leap year and a common one.
    expect(yearFraction('2012-02-02', '2013-12-04', 1)).toBeCloseTo(671 / 365.5, 12);
    expect(yearFraction('2023-01-15', '2023-01-31', 0) * 360).toBeCloseTo(16);
    expect(yearFraction('2023-01-15', '2023-01-31', 4) * 360).toBeCloseTo(15);
    expect(yearFraction('2023-02-28', '2023-08-31', 0) * 360).toBeCloseTo(180);
    expect(yearFraction('2023-08-31', '2023-02-28', 0)).toBe(yearFraction('2023-02-28', '2023-08-31', 0));
    expect(yearFraction('2023-07-01', '2024-03-01', 1) * 366).toBeCloseTo(244);
    expect(yearFraction('2024-03-05', '2025-02-01', 1) * 365).toBeCloseTo(333);
    expect(yearFraction('2023-07-01', '2024-02-01', 1) * 365).toBeCloseTo(215);
  });

  test('that mature at the end of a month pay at the ends of months', () => {
    expect(coupdays('2023-03-01', '2024-08-31', 2, 1)).toBe(184);
    expect(coupdays('2024-02-01', '2024-08-31', 2, 1)).toBe(182);
    // From 31 December, not from the 30th.
    expect(coupdays('2024-01-15', '2024-06-30', 2, 1)).toBe(182);
  });

  test('quoted in parts are the same price again when read back', () => {
    fc.assert(fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 64 }), fc.nat(63), (whole, parts, over) => expectNear(dollarde(dollarfr(whole + (over % parts) / parts, parts), parts), whole + (over % parts) / parts, 'price')), { seed: 7 });
    expect(dollarfr(1.125, 16)).toBeCloseTo(1.02);
  });
});
