import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type Lot, put, takeOut } from '../../main/budgets/exchange/settlement.ts';
import { toLines, toRows, type Ways } from '../../renderer/budgets/entry/model.ts';
import { settledRows } from '../../renderer/budgets/entry/settle.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

/** Realised exchange differences against published examples, and lots against money counted out unit by unit. */

const made: Company[] = [];
afterAll(async () => {
  for (const one of made) await one.close();
});

async function books(currency: string): Promise<Company> {
  const one = await makeCompany({ currency });
  made.push(one);
  await one.value('books.set_up', { chart: 'ifrs', year_start: '2024-01-01' });
  await one.value('fiscal_year.create', { name: '2025', start_day: '2025-01-01', end_day: '2025-12-31', pattern: 'months' });
  return one;
}

const idOf = (of: Company, role: string): number => of.look((db) => db.prepare('SELECT id FROM accounts WHERE role = ? AND heading = 0 ORDER BY number').pluck().get(role)) as number;
const rate = (of: Company, currency: string, day: string, nano: number) => of.value('rate.create', { currency, day, rate_nano: nano });
const balance = (of: Company, account: number): unknown => of.look((db) => db.prepare('SELECT sum(amount) AS amount, sum(quantity) AS quantity FROM entry_lines WHERE account_id = ?').get(account));
const difference = (of: Company): number => of.look((db) => db.prepare("SELECT ifnull(-sum(l.amount), 0) FROM entry_lines l JOIN accounts a ON a.id = l.account_id WHERE a.role = 'exchange'").pluck().get()) as number;

describe('The example of the IFRS Foundation (Training Material for the IFRS for SMEs, module 30, example 9)', () => {
  /** 100,000 owed since 24 December at 2.00, paid on 17 January at 2.05. */
  async function bought(): Promise<{ of: Company; payable: number; draft: Parameters<Company['value']>[1] & { day: string; lines: { account_id: number; amount?: number; currency?: string; quantity?: number }[] } }> {
    const of = await books('EUR');
    const [stock, payable, bank] = [idOf(of, 'stock'), idOf(of, 'payable'), idOf(of, 'bank')];
    for (const [day, nano] of [['2024-12-24', 2_000_000_000], ['2024-12-31', 2_100_000_000], ['2025-01-17', 2_050_000_000]] as const) await rate(of, 'GBP', day, nano);
    await of.value('entry.add', { day: '2024-12-24', lines: [{ account_id: stock, amount: 20_000_000 }, { account_id: payable, currency: 'GBP', quantity: -10_000_000 }] });
    return { of, payable, draft: { day: '2025-01-17', lines: [{ account_id: payable, currency: 'GBP', quantity: 10_000_000 }, { account_id: bank, amount: -20_500_000 }] } };
  }

  test('paid at 2.05, a debt that was revalued to 2.10 leaves a gain of 5,000, and nothing is owed any more', async () => {
    const { of, payable, draft } = await bought();
    await of.value('exchange.revalue', { day: '2024-12-31' });
    const settled = await of.value('exchange.settle', draft);
    expect(settled).toMatchObject({ gain: 500_000, settled: [{ line: 1, currency: 'GBP', quantity: 10_000_000, worth: 20_500_000, carried: 21_000_000, difference: -500_000 }] });
    await of.value('entry.add', { ...draft, lines: [...settled.lines] });
    expect(balance(of, payable)).toEqual({ amount: 0, quantity: 0 });
    // 10,000 lost in the first year, 5,000 gained in the second.
    expect(difference(of)).toBe(-500_000);
    expect((await of.value('exchange.plan', { day: '2025-01-31', max_age: 31 })).rows).toEqual([]);
  });

  test('paid in the year in which it was taken on, it leaves a loss of 5,000', async () => {
    const { of, draft } = await bought();
    expect((await of.value('exchange.settle', draft)).gain).toBe(-500_000);
  });
});

describe('The example of JD Edwards EnterpriseOne (Multicurrency Processing: realized gain or loss on invoices and receipts)', () => {
  test('500.00 USD due at 0.6072 and received at 0.6081 realise 0.45 pounds', async () => {
    const of = await books('GBP');
    const [receivable, bank] = [idOf(of, 'receivable'), idOf(of, 'bank')];
    await rate(of, 'USD', '2025-01-01', 607_200_000);
    await rate(of, 'USD', '2025-02-01', 608_100_000);
    await of.value('entry.add', { day: '2025-01-01', lines: [{ account_id: receivable, currency: 'USD', quantity: 50_000 }, { account_id: idOf(of, 'revenue'), amount: -30_360 }] });
    const draft = { day: '2025-02-01', lines: [{ account_id: bank, currency: 'USD', quantity: 50_000 }, { account_id: receivable, currency: 'USD', quantity: -50_000 }] };
    const settled = await of.value('exchange.settle', draft);
    expect(settled.gain).toBe(45);
    expect(settled.lines.map((line) => line.amount)).toEqual([undefined, -30_360, -45]);
    await of.value('entry.add', { ...draft, lines: [...settled.lines] });
    expect(balance(of, bank)).toEqual({ amount: 30_405, quantity: 50_000 });
    expect(balance(of, receivable)).toEqual({ amount: 0, quantity: 0 });
  });
});

describe('A debt of a party that was merged', () => {
  test('is revalued and settled together with what the one that is left owes, from either side, at the average rate and first in first out', async () => {
    const of = await books('EUR');
    const [stock, payable, bank] = [idOf(of, 'stock'), idOf(of, 'payable'), idOf(of, 'bank')];
    for (const [day, nano] of [['2024-12-24', 2_000_000_000], ['2024-12-31', 2_100_000_000], ['2025-01-17', 2_050_000_000]] as const) await rate(of, 'GBP', day, nano);
    const [keep, drop] = [await of.value('party.create', { kind: 'organisation', name: 'Harbour Tools' }), await of.value('party.create', { kind: 'organisation', name: 'Harbour Tools Ltd' })];
    for (const [party, pence] of [[drop.id, 6_000_000], [keep.id, 4_000_000]] as const) await of.value('entry.add', { day: '2024-12-24', lines: [{ account_id: stock, amount: 2 * pence }, { account_id: payable, currency: 'GBP', quantity: -pence, party_id: party }] });
    await of.value('party.merge', { keep: keep.id, drop: drop.id, version: keep.version });
    const plan = async (day: string) => (await of.value('exchange.plan', { day, max_age: 60 })).rows.map(({ party, quantity, carrying, value }) => ({ party, quantity, carrying, value }));
    expect(await plan('2024-12-31')).toEqual([{ party: 'Harbour Tools', quantity: -10_000_000, carrying: -20_000_000, value: -21_000_000 }]);
    // A day that cuts a period is read from its lines.
    expect((await plan('2024-12-30'))[0]).toMatchObject({ quantity: -10_000_000, carrying: -20_000_000 });
    await of.value('exchange.revalue', { day: '2024-12-31' });
    const paid = (party_id: number) => ({ day: '2025-01-17', lines: [{ account_id: payable, currency: 'GBP', quantity: 10_000_000, party_id }, { account_id: bank, amount: -20_500_000 }] });
    for (const formula of ['average', 'fifo'] as const) {
      if (formula === 'fifo') await of.value('account.update', { id: payable, version: (await of.value('account.get', { id: payable })).version, patch: { cost_formula: 'fifo' } });
      for (const party of [keep.id, drop.id]) expect(await of.value('exchange.settle', paid(party))).toMatchObject({ gain: 500_000, settled: [{ quantity: 10_000_000, carried: 21_000_000 }] });
    }
    const settled = await of.value('exchange.settle', paid(keep.id));
    await of.value('entry.add', { day: '2025-01-17', lines: [...settled.lines] });
    expect(await plan('2025-01-31')).toEqual([]);
  });
});

describe('Money that leaves an account', () => {
  test('leaves at the average rate, or at that of the first that came in, as the account says; what goes beyond the balance keeps its own', async () => {
    const of = await books('GBP');
    const [bank, revenue] = [idOf(of, 'bank'), idOf(of, 'revenue')];
    const cash = idOf(of, 'cash');
    for (const [day, amount] of [['2025-01-01', 70_00], ['2025-01-02', 80_00]] as const) await of.value('entry.add', { day, lines: [{ account_id: bank, amount, currency: 'USD', quantity: 100_00 }, { account_id: revenue, amount: -amount }] });
    const out = (dollars: number, pounds: number) => ({ day: '2025-01-31', lines: [{ account_id: bank, amount: -pounds, currency: 'USD', quantity: -dollars }, { account_id: cash, amount: pounds }] });
    expect((await of.value('exchange.settle', out(150_00, 120_00))).settled).toMatchObject([{ carried: -112_50, difference: -7_50 }]);
    const { version } = await of.value('account.get', { id: bank });
    await of.value('account.update', { id: bank, version, patch: { cost_formula: 'fifo' } });
    expect((await of.value('exchange.settle', out(150_00, 120_00))).settled).toMatchObject([{ carried: -110_00, difference: -10_00 }]);
    // 200 dollars at 150 pounds, and 50 beyond at 0.80.
    expect((await of.value('exchange.settle', out(250_00, 200_00))).settled).toMatchObject([{ quantity: -200_00, carried: -190_00, difference: -10_00 }]);
    // Reversed entries never were.
    const wrong = await of.value('entry.add', { day: '2025-01-01', lines: [{ account_id: bank, amount: 10_00, currency: 'USD', quantity: 100_00 }, { account_id: revenue, amount: -10_00 }] });
    await of.value('entry.reverse', { id: wrong.id, version: wrong.version, reason: 'a slip' });
    expect((await of.value('exchange.settle', out(150_00, 120_00))).settled).toMatchObject([{ carried: -110_00 }]);
    expect((await of.value('exchange.settle', { day: '2025-01-31', lines: [{ account_id: bank, currency: 'USD', quantity: 100_00, amount: 75_00 }, { account_id: cash, amount: -75_00 }] })).settled).toEqual([]);
  });
});

describe('Lots', () => {
  const lot = fc.record({ quantity: fc.integer({ min: 1, max: 60 }), price: fc.integer({ min: 1, max: 9 }) });

  test('give what money counted out unit by unit gives, the first in first', () => {
    fc.assert(
      fc.property(fc.array(lot, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 500 }), fc.constantFrom(1, -1), (list, wanted, sign) => {
        const units = list.flatMap(({ quantity, price }) => Array.from({ length: quantity }, () => price));
        const lots = list.map(({ quantity, price }) => ({ quantity: sign * quantity, carrying: sign * quantity * price }));
        const { left, taken, rest } = takeOut(lots, -sign * wanted);
        const first = units.slice(0, wanted);
        expect(taken.quantity * sign).toBe(first.length);
        expect(taken.carrying * sign).toBe(first.reduce((sum, price) => sum + price, 0));
        expect(Math.abs(rest)).toBe(wanted - first.length);
        expect(left.reduce((sum, one) => sum + one.carrying, 0) * sign || 0).toBe(units.slice(wanted).reduce((sum, price) => sum + price, 0));
      }),
    );
  });

  test('lose and gain no penny, whatever comes in, goes out and is revalued', () => {
    const line = fc.record({ quantity: fc.integer({ min: -100_000, max: 100_000 }), carrying: fc.integer({ min: 0, max: 100_000 }) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (list) => {
        let lots: readonly Lot[] = [];
        for (const one of list) {
          const total = lots.reduce((sum, held) => ({ quantity: sum.quantity + held.quantity, carrying: sum.carrying + held.carrying }), { quantity: 0, carrying: 0 });
          const now: Lot = { quantity: one.quantity, carrying: Math.sign(one.quantity || 1) * one.carrying };
          const next = put(lots, now);
          const sum = next.reduce((all, held) => ({ quantity: all.quantity + held.quantity, carrying: all.carrying + held.carrying }), { quantity: 0, carrying: 0 });
          expect(sum.quantity).toBe(total.quantity + now.quantity);
          expect(next.every((held) => held.quantity !== 0 && Math.sign(held.quantity) === Math.sign(sum.quantity))).toBe(true);
          if (now.quantity === 0) expect(sum.carrying).toBe(lots.length === 0 ? 0 : total.carrying + now.carrying);
          else if (total.quantity === 0 || Math.sign(total.quantity) === Math.sign(now.quantity)) expect(sum.carrying).toBe(total.carrying + now.carrying);
          else {
            const { left, taken, rest } = takeOut(lots, now.quantity);
            expect(taken.carrying + left.reduce((all, held) => all + held.carrying, 0)).toBe(total.carrying);
            expect(rest - taken.quantity).toBe(now.quantity);
          }
          lots = next;
        }
      }),
    );
  });
});

describe('Money that the books carry at nothing', () => {
  test('leaves with its sign and a zero that is said, and all that was got for it is gain', async () => {
    const of = await books('EUR');
    const [bank, receivable] = [idOf(of, 'bank'), idOf(of, 'receivable')];
    await rate(of, 'USD', '2024-12-31', 900_000_000);
    // 100.00 USD came in at nothing, as a claim does that was written off.
    await of.value('entry.add', { day: '2024-12-31', lines: [{ account_id: receivable, amount: 0, currency: 'USD', quantity: 10_000 }, { account_id: bank, amount: 100 }, { account_id: bank, amount: -100 }] });
    const ways: Ways = { base: 'EUR', point: '.', digits: () => 2, show: (minor) => (minor / 100).toFixed(2), words: { form: '', digits: '', size: '', currency: '' } };
    const plain = { account: '', number: '', party_id: null, department_id: null, place_id: null, project_id: null, tax_code_id: null, tags: [], text: '' };
    const rows = toRows([{ ...plain, line: 1, account_id: bank, amount: 9_000, currency: '', quantity: 0 }, { ...plain, line: 2, account_id: receivable, amount: -9_000, currency: 'USD', quantity: -10_000 }], ways, () => '');
    const { lines, keys } = toLines(rows);
    const found = await of.value('exchange.settle', { day: '2025-01-17', lines });
    expect(found).toMatchObject({ gain: 9_000, settled: [{ line: 2, carried: 0 }] });
    const typed = toLines(settledRows(rows, keys, found, ways, 'Exchange')).lines;
    expect(typed.map(({ amount, quantity }) => [amount, quantity])).toEqual([[9_000, undefined], [0, -10_000], [-9_000, undefined]]);
    await of.value('entry.add', { day: '2025-01-17', lines: typed });
    expect(balance(of, receivable)).toEqual({ amount: 0, quantity: 0 });
    expect(difference(of)).toBe(9_000);
  });
});
