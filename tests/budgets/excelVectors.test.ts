import { describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import * as annuities from '../../main/budgets/finance/annuities.ts';
import * as bonds from '../../main/budgets/finance/bonds.ts';
import { irr, mirr, npv, xirr } from '../../main/budgets/finance/cashflows.ts';
import * as assets from '../../main/budgets/finance/excelFunctions.ts';
import { expectNear, hasVectors, rowsOf } from './vectors.ts';

type Value = number | string | boolean | null | readonly Value[];

/** The arguments as the corpus writes them: numbers, small sums and products of numbers, texts, days, lists. */
function read(text: string): readonly Value[] {
  const days = text.replace(/(['"])(\d+)\/(\d+)\/(\d+)\1/g, (_, quote: string, month: string, date: string, year: string) => `${quote}${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}${quote}`);
  const lists = days.replaceAll('{', '[').replaceAll('}', ']').replaceAll("'", '"');
  const counted = lists.replace(/"[^"]*"|-?\(?-?\d[\d.]*(?:e-?\d+)?(?: *[*/] *-?[\d.]+)*\)?/g, (piece) => (piece.startsWith('"') ? piece : String(calculated(piece))));
  return JSON.parse(`[${counted}]`) as readonly Value[];
}

function calculated(piece: string): number {
  const bare = piece.replace(/[()]/g, '').replace('--', '');
  return bare.split(/ *(?=[*/])/).reduce((sum, part) => (part.startsWith('*') ? sum * Number(part.slice(1)) : part.startsWith('/') ? sum / Number(part.slice(1)) : Number(part)), 0);
}

/** Texts that are no numbers come to our functions as what they are: no numbers. */
const number = (value: Value | undefined): number => (typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : Number.parseFloat(String(value)));
const numbers = (value: Value | undefined): number[] => (Array.isArray(value) ? value.flatMap((one: Value) => numbers(one)) : [number(value)]);
const texts = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);
const due = (value: Value | undefined): annuities.Due => (value === 1 ? 1 : 0);

type Run = (args: readonly Value[]) => number;
/** A function of numbers alone: what is left out is left out. */
const plain = (of: (...args: number[]) => number): Run => (args) => of(...args.map(number));
/** One whose first `count` arguments are days. */
const dated = (count: number, of: (days: string[], rest: number[]) => number): Run => (args) => of(args.slice(0, count).map(String), args.slice(count).map(number));
/** One whose argument at `at` says when payments are due. */
const paid = (at: number, of: (figures: number[], due: annuities.Due, rest: number[]) => number): Run => (args) => of(args.slice(0, at).map(number), due(args[at]), args.slice(at + 1).map(number));

const functions: Readonly<Record<string, Run>> = {
  ACCRINT: dated(3, ([issue, first, settlement], [rate, par, frequency, basis]) => bonds.accrint(issue!, first!, settlement!, rate!, par!, frequency!, basis)),
  COUPDAYS: dated(2, ([settlement, maturity], [frequency, basis]) => bonds.coupdays(settlement!, maturity!, frequency!, basis)),
  CUMIPMT: paid(5, ([rate, nper, pv, first, last], when) => annuities.cumipmt(rate!, nper!, pv!, first!, last!, when)),
  CUMPRINC: paid(5, ([rate, nper, pv, first, last], when) => annuities.cumprinc(rate!, nper!, pv!, first!, last!, when)),
  DB: plain(assets.db),
  DDB: plain(assets.ddb),
  DISC: dated(2, ([settlement, maturity], [price, redemption, basis]) => bonds.disc(settlement!, maturity!, price!, redemption!, basis)),
  DOLLARDE: plain(bonds.dollarde),
  DOLLARFR: plain(bonds.dollarfr),
  EFFECT: plain(annuities.effect),
  FV: paid(4, ([rate, nper, pmt, pv], when) => annuities.fv(rate!, nper!, pmt!, pv, when)),
  FVSCHEDULE: ([principal, rates]) => annuities.fvschedule(number(principal), numbers(rates)),
  IPMT: paid(5, ([rate, per, nper, pv, fv], when) => annuities.ipmt(rate!, per!, nper!, pv!, fv, when)),
  IRR: ([values, guess]) => irr(numbers(values), guess === undefined ? undefined : number(guess)),
  ISPMT: plain(annuities.ispmt),
  MIRR: ([values, finance, reinvest]) => mirr(numbers(values), number(finance), number(reinvest)),
  NOMINAL: plain(annuities.nominal),
  NPER: paid(4, ([rate, pmt, pv, fv], when) => annuities.nper(rate!, pmt!, pv!, fv, when)),
  NPV: ([rate, ...values]) => npv(number(rate), values.flatMap(numbers)),
  PDURATION: plain(annuities.pduration),
  PMT: paid(4, ([rate, nper, pv, fv], when) => annuities.pmt(rate!, nper!, pv!, fv, when)),
  PPMT: paid(5, ([rate, per, nper, pv, fv], when) => annuities.ppmt(rate!, per!, nper!, pv!, fv, when)),
  PRICEDISC: dated(2, ([settlement, maturity], [discount, redemption, basis]) => bonds.pricedisc(settlement!, maturity!, discount!, redemption!, basis)),
  PV: paid(4, ([rate, nper, pmt, fv], when) => annuities.pv(rate!, nper!, pmt!, fv, when)),
  RATE: paid(4, ([nper, pmt, pv, fv], when, [guess]) => annuities.rate(nper!, pmt!, pv!, fv, when, guess)),
  RRI: plain(annuities.rri),
  SLN: plain(assets.sln),
  SYD: plain(assets.syd),
  TBILLEQ: dated(2, ([settlement, maturity], [discount]) => bonds.tbilleq(settlement!, maturity!, discount!)),
  TBILLPRICE: dated(2, ([settlement, maturity], [discount]) => bonds.tbillprice(settlement!, maturity!, discount!)),
  TBILLYIELD: dated(2, ([settlement, maturity], [price]) => bonds.tbillyield(settlement!, maturity!, price!)),
  XIRR: ([values, days, guess]) => xirr(numbers(values), texts(days), guess === undefined ? undefined : number(guess)),
};

describe.skipIf(!hasVectors)('Spreadsheet functions, on which two foreign programs agree', () => {
  const agreed = hasVectors ? rowsOf('excel-functions.csv', 256).filter((row) => row['agree'] === 'yes') : [];

  test('are all here', () => {
    expect(agreed.length).toBe(229);
    expect([...new Set(agreed.map((row) => row['function']!))].filter((name) => !(name in functions))).toEqual([]);
  });

  test.each(Object.keys(functions))('%s gives the value that both give, and refuses where both show an error', (name) => {
    const rows = agreed.filter((row) => row['function'] === name);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const what = `${name}(${row['arguments']})`;
      const run = (): number => functions[name]!(read(row['arguments']!));
      if (row['expected']!.startsWith('#')) expect(run, what).toThrow(Refused);
      // The second program's value has all its digits; the first one's is a printed, rounded one for prices and yields.
      else expectNear(run(), Number(row['gnumeric_1.12.55']), what);
    }
  });
});
