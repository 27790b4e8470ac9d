import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { taxOf } from '../../main/budgets/journal/taxSplit.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

describe('The tax on a line', () => {
  // Tax subtotals of the published examples of EN 16931 (CEN/TC 434, eInvoicing-EN16931, ubl/examples/ubl-tc434-example2, 5 and 8): rule BR-CO-17, taxable
  // amount × rate, rounded to two decimals. 25 % of 1,460.50 is a half: 365.125.
  test.each([
    ['example 2', 1460_50, 25, 365_13],
    ['example 2', 1_00, 15, 15],
    ['example 2, exempt', -25_00, 0, 0],
    ['example 5', 1500_00, 25, 375_00],
    ['example 5', 2500_00, 12, 300_00],
    ['example 8', 908_91, 21, 190_87],
  ])('is that of EN 16931, %s: %d minor units at %d %%', (_which, net, percent, tax) => {
    expect(taxOf(net, percent * 10_000, 'net', 'half_up')).toEqual({ net, tax, gross: net + tax });
    expect(taxOf(-net, percent * 10_000, 'net', 'half_up').tax).toBe(-tax || 0);
  });

  // The VAT fractions of HMRC's VAT guide (Notice 700): 1/6 of the price at 20 %, 1/21 at 5 %, 7/47 at 17.5 %. A price of 10,000 with 19 %: matheretter.de.
  test.each([
    [120_00, 200_000, 20_00],
    [235_00, 175_000, 35_00],
    [210_00, 50_000, 10_00],
    [10_000_00, 190_000, 1_596_64],
  ])('in a gross amount of %d at %d ppm is the published one', (gross, ppm, tax) => {
    expect(taxOf(gross, ppm, 'gross', 'half_up')).toEqual({ gross, tax, net: gross - tax });
  });

  test('rounds halves as the code says', () => {
    expect((['half_up', 'half_even', 'down'] as const).map((rounding) => [taxOf(1460_50, 250_000, 'net', rounding).tax, taxOf(-1460_50, 250_000, 'net', rounding).tax])).toEqual([[365_13, -365_13], [365_12, -365_12], [365_12, -365_12]]);
    expect(taxOf(6, 250_000, 'net', 'half_even').tax).toBe(2);
  });

  test('is within half a unit of the exact one, and net and tax are always the gross amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom('gross' as const, 'net' as const), (amount, ppm, basis) => {
        const { net, tax, gross } = taxOf(amount, ppm, basis, 'half_up');
        expect(net + tax).toBe(gross);
        expect(basis === 'gross' ? gross : net).toBe(amount);
        // Twice the distance from the exact tax, times the denominator, is at most the denominator.
        const under = BigInt(basis === 'gross' ? 1_000_000 + ppm : 1_000_000);
        const off = 2n * (BigInt(tax) * under - BigInt(amount) * BigInt(ppm));
        expect(off <= under && off >= -under).toBe(true);
      }),
    );
  });
});

describe('A line with a tax code', () => {
  let company: Company;
  const account = { paper: 0, sales: 0, input: 0, output: 0 };
  const code = { both: 0, reverse: 0, zero: 0, even: 0, bare: 0 };
  const day = '2026-03-01';
  beforeAll(async () => {
    company = await makeCompany();
    for (const [key, kind] of [['paper', 'expense'], ['sales', 'income'], ['input', 'asset'], ['output', 'liability']] as const) account[key] = (await company.value('account.create', { name: key, kind })).id;
    const taxed = { output_account_id: account.output, input_account_id: account.input };
    code.both = (await company.value('tax_code.create', { code: 'S20', name: 'Standard', kind: 'both', rate_ppm: 200_000, from_day: '2011-01-04', ...taxed })).id;
    code.reverse = (await company.value('tax_code.create', { code: 'RC20', name: 'Reverse', kind: 'reverse_charge', rate_ppm: 200_000, ...taxed })).id;
    code.zero = (await company.value('tax_code.create', { code: 'Z0', name: 'Zero', kind: 'zero', rate_ppm: 0 })).id;
    code.even = (await company.value('tax_code.create', { code: 'E25', name: 'Even', kind: 'both', rate_ppm: 250_000, rounding: 'half_even', ...taxed })).id;
    code.bare = (await company.value('tax_code.create', { code: 'B20', name: 'Bare', kind: 'input', rate_ppm: 200_000 })).id;
  });
  afterAll(() => company.close());

  const split = async (line: Record<string, unknown>, basis: 'gross' | 'net' = 'gross'): Promise<(readonly [number | null, number, number, number | null])[]> =>
    (await company.value('tax_code.split', { day, basis, line: line as never })).lines.map((one) => [one.account_id, one.amount, one.quantity, one.tax_code_id]);

  test('becomes its net amount and the tax on the account of the code, by what the account is', async () => {
    expect(await split({ account_id: account.paper, amount: 120_00, tax_code_id: code.both })).toEqual([[account.paper, 100_00, 0, code.both], [account.input, 20_00, 0, code.both]]);
    expect(await split({ account_id: account.sales, amount: -100_00, tax_code_id: code.both }, 'net')).toEqual([[account.sales, -100_00, 0, code.both], [account.output, -20_00, 0, code.both]]);
    // A refund stands on the same account as what it takes back.
    expect(await split({ account_id: account.sales, amount: 120_00, tax_code_id: code.both })).toEqual([[account.sales, 100_00, 0, code.both], [account.output, 20_00, 0, code.both]]);
    expect((await split({ account_id: account.paper, amount: 1460_50, tax_code_id: code.even }, 'net'))[1]).toEqual([account.input, 365_12, 0, code.even]);
  });

  test('whose tax the receiver owes stays as it is, with the tax on both sides; one without tax stays alone', async () => {
    expect(await split({ account_id: account.paper, amount: 100_00, tax_code_id: code.reverse })).toEqual([[account.paper, 100_00, 0, code.reverse], [account.input, 20_00, 0, code.reverse], [account.output, -20_00, 0, code.reverse]]);
    expect(await split({ account_id: account.paper, amount: 100_00, tax_code_id: code.zero })).toEqual([[account.paper, 100_00, 0, code.zero]]);
  });

  test('in another currency is split in its own minor units: yen have none, dinars three', async () => {
    expect(await split({ account_id: account.paper, currency: 'JPY', quantity: 1001, tax_code_id: code.both })).toEqual([[account.paper, 0, 834, code.both], [account.input, 0, 167, code.both]]);
    expect(await split({ account_id: account.paper, currency: 'KWD', quantity: 1_200, amount: 3_000, tax_code_id: code.both })).toEqual([[account.paper, 2500, 1000, code.both], [account.input, 500, 200, code.both]]);
  });

  test.each([
    ['without an amount', () => ({ account_id: account.paper, tax_code_id: code.both }), 'The line has no amount that could be split.'],
    ['that is the tax itself', () => ({ account_id: account.input, amount: 1, tax_code_id: code.both }), 'This line is the tax itself.'],
    ['whose code has no account', () => ({ account_id: account.paper, amount: 100, tax_code_id: code.bare }), 'The tax code B20 names no account for tax on purchases.'],
  ])('%s is refused with words', async (_what, line, message) => {
    expect(await company.refusal('tax_code.split', { day, basis: 'gross', line: line() })).toMatchObject({ message });
  });

  test('is refused on a day on which its code is not valid', async () => {
    expect(await company.refusal('tax_code.split', { day: '2010-12-31', basis: 'gross', line: { account_id: account.paper, amount: 100, tax_code_id: code.both } })).toMatchObject({ message: 'The tax code S20 is not valid on 2010-12-31.' });
  });
});
