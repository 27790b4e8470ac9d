import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateFile } from '../../main/db/migrate.ts';
import { openDatabase } from '../../main/db/open.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

/** Exchange differences against published examples, and against every line read one by one. */

const made: Company[] = [];

/** New books in a currency, years 2024 and 2025 by calendar. */
async function books(currency: string, chart = 'ifrs'): Promise<Company> {
  const one = await makeCompany({ currency });
  made.push(one);
  await one.value('books.set_up', { chart, year_start: '2024-01-01' });
  await one.value('fiscal_year.create', { name: '2025', start_day: '2025-01-01', end_day: '2025-12-31', pattern: 'months' });
  return one;
}

const idOf = (of: Company, role: string): number => of.look((db) => db.prepare('SELECT id FROM accounts WHERE role = ? AND heading = 0 ORDER BY number').pluck().get(role)) as number;
const rate = (of: Company, currency: string, day: string, nano: number) => of.value('rate.create', { currency, day, rate_nano: nano, source: 'example' });
const balance = (of: Company, account: number, day: string): number => of.look((db) => db.prepare('SELECT ifnull(sum(amount), 0) FROM entry_lines WHERE account_id = ? AND day <= ?').pluck().get(account, day)) as number;
const foreign = (of: Company): unknown => of.look((db) => db.prepare("SELECT account_id, currency, party_id, sum(quantity) AS quantity FROM entry_lines WHERE currency <> '' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3").all());
const rows = (of: Company): unknown => of.look((db) => db.prepare('SELECT (SELECT count(*) FROM entries) AS entries, (SELECT count(*) FROM entry_lines) AS lines, (SELECT total(debit) FROM balances) AS debits, (SELECT count(*) FROM audit) AS audit').get());

afterAll(async () => {
  for (const one of made) await one.close();
});

describe('The example of the IFRS Foundation (Training Material for the IFRS for SMEs, module 30, example 9; FRS 102 section 30 has the same text)', () => {
  test('a debt of 100,000 taken on at 2.00 stands at 210,000 when the year ends at 2.10, with a loss of 10,000, whether the books are closed or not', async () => {
    // The euro plays the CU, the pound the FCU.
    const of = await books('EUR');
    const [stock, payable] = [idOf(of, 'stock'), idOf(of, 'payable')];
    await rate(of, 'GBP', '2024-12-24', 2_000_000_000);
    await rate(of, 'GBP', '2024-12-31', 2_100_000_000);
    const { id: supplier } = await of.value('party.create', { kind: 'organisation', name: 'Supplier' });
    await of.value('entry.add', { day: '2024-12-24', lines: [{ account_id: stock, amount: 20_000_000 }, { account_id: payable, currency: 'GBP', quantity: -10_000_000, party_id: supplier }] });
    const plan = await of.value('exchange.plan', { day: '2024-12-31' });
    expect(plan.rows).toMatchObject([{ account_id: payable, currency: 'GBP', party: 'Supplier', quantity: -10_000_000, carrying: -20_000_000, rate_nano: 2_100_000_000, rate_day: '2024-12-31', source: 'example', value: -21_000_000, difference: -1_000_000 }]);
    expect(plan).toMatchObject({ gain: 0, loss: 1_000_000, problems: [], next_day: '2025-01-01' });
    expect(await of.value('exchange.revalue', { day: '2024-12-31' })).toMatchObject({ difference: -1_000_000, balances: 1, reversal: null });
    expect(balance(of, payable, '2024-12-31')).toBe(-21_000_000);
    expect(balance(of, plan.loss_account!.id, '2024-12-31')).toBe(1_000_000);
    // The goods are no monetary item and stay at the rate of the day they were bought.
    expect(balance(of, stock, '2024-12-31')).toBe(20_000_000);
    const result = async (): Promise<readonly number[]> => (await of.value('report.profit_and_loss', { columns: [{ from: '2024-01-01', to: '2024-12-31' }] })).rows.find((row) => row.key === 'result')!.values;
    expect(await result()).toEqual([-1_000_000]);
    const year = (await of.value('fiscal_year.list', { order: 'start_day' })).rows[0]!;
    await of.value('fiscal_year.close', { id: year.id, version: year.version });
    expect(await result()).toEqual([-1_000_000]);
    expect(balance(of, payable, '2025-06-30')).toBe(-21_000_000);
  });
});

describe('The example of JD Edwards EnterpriseOne (Multicurrency Processing: unrealized gain or loss on a foreign currency invoice)', () => {
  test('an invoice of 1,000.00 USD at 1.13545 loses 3.20 euros when the month ends at 1.13225', async () => {
    const of = await books('EUR');
    await rate(of, 'USD', '2025-01-01', 1_135_450_000);
    await of.value('entry.add', { day: '2025-01-01', lines: [{ account_id: idOf(of, 'receivable'), currency: 'USD', quantity: 100_000 }, { account_id: idOf(of, 'revenue'), amount: -113_545 }] });
    await rate(of, 'USD', '2025-01-31', 1_132_250_000);
    expect(await of.value('exchange.revalue', { day: '2025-01-31' })).toMatchObject({ difference: -320 });
  });
});

describe('Revaluing', () => {
  let of: Company;
  const account: Record<string, number> = {};
  const parties: number[] = [];
  const nanos: Readonly<Record<string, number>> = { JPY: 5_234_567, USD: 791_234_500, KWD: 2_581_000_001, BHD: 2_099_123_457, CLF: 31_415_926_535 };
  const places: Readonly<Record<string, bigint>> = { JPY: 0n, USD: 2n, KWD: 3n, BHD: 3n, CLF: 4n };

  /** Every line up to a day, one by one in exact fractions: value at the closing rate less what is carried, by account, currency and party. */
  const slowly = (day: string): Map<string, bigint> => {
    const lines = of.look((db) => db.prepare("SELECT l.account_id, l.currency, ifnull(l.party_id, 0) AS party, l.amount, l.quantity FROM entry_lines l JOIN accounts a ON a.id = l.account_id WHERE l.currency <> '' AND l.day <= ? AND a.role IN ('bank', 'receivable', 'payable', 'loan')").all(day)) as { account_id: number; currency: string; party: number; amount: number; quantity: number }[];
    const held = new Map<string, { quantity: bigint; amount: bigint; currency: string }>();
    for (const line of lines) {
      const key = `${line.account_id} ${line.currency} ${line.party}`;
      const sums = held.get(key) ?? { quantity: 0n, amount: 0n, currency: line.currency };
      held.set(key, { ...sums, quantity: sums.quantity + BigInt(line.quantity), amount: sums.amount + BigInt(line.amount) });
    }
    return new Map([...held].map(([key, sums]) => {
      // quantity / 10^places × nano / 10^9 pounds in pence, halves away from zero.
      const [above, below] = [sums.quantity * BigInt(nanos[sums.currency]!) * 100n * 2n, 10n ** (9n + places[sums.currency]!)];
      const value = above >= 0n ? (above + below) / (2n * below) : -((-above + below) / (2n * below));
      return [key, value - sums.amount];
    }));
  };

  const differences = async (day: string): Promise<Map<string, bigint>> => new Map((await of.value('exchange.plan', { day })).rows.map((row) => [`${row.account_id} ${row.currency} ${row.party_id ?? 0}`, BigInt(row.difference!)]));

  beforeAll(async () => {
    of = await books('GBP', 'uk');
    for (const role of ['bank', 'receivable', 'payable', 'loan', 'revenue', 'stock', 'cost_of_sales']) account[role] = idOf(of, role);
    for (const name of ['Alder', 'Birch']) parties.push((await of.value('party.create', { kind: 'organisation', name })).id);
    for (const [currency, nano] of Object.entries(nanos)) {
      await of.value('commodity.create', { code: currency, digits: Number(places[currency]) });
      await rate(of, currency, '2025-06-30', nano);
    }
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let count = 0; count < 60; count += 1) {
      const currency = Object.keys(nanos)[count % 5]!;
      const role = ['bank', 'receivable', 'payable', 'loan', 'stock'][next(5)]!;
      const sign = next(3) === 0 ? -1 : 1;
      const amount = sign * (1 + next(900_000));
      await of.value('entry.add', {
        day: `2025-0${1 + next(6)}-${String(1 + next(28)).padStart(2, '0')}`,
        lines: [
          { account_id: account[role]!, amount, currency, quantity: sign * (1 + next(9_000_000)), ...(role === 'receivable' || role === 'payable' ? { party_id: parties[next(2)]! } : {}) },
          { account_id: account['revenue']!, amount: -amount },
        ],
      });
    }
  });

  test('finds the differences that every line read one by one gives, in currencies of 0, 2, 3 and 4 decimal places', async () => {
    expect(await differences('2025-06-30')).toEqual(slowly('2025-06-30'));
    // In the middle of a period as well, where what is kept does not suffice.
    await rate(of, 'USD', '2025-04-17', nanos['USD']!);
    for (const currency of ['JPY', 'KWD', 'BHD', 'CLF']) await rate(of, currency, '2025-04-17', nanos[currency]!);
    expect(await differences('2025-04-17')).toEqual(slowly('2025-04-17'));
  });

  test('leaves what is not monetary, and says so', async () => {
    const plan = await of.value('exchange.plan', { day: '2025-06-30' });
    expect(plan.rows.map((row) => row.account_id)).not.toContain(account['stock']);
    expect(new Set(plan.left.map((row) => `${row.account_id} ${row.why}`))).toEqual(new Set([`${account['stock']} not_monetary`]));
    const { id, version } = await of.value('account.get', { id: account['stock']! });
    const changed = await of.value('account.update', { id, version, patch: { revalued: 'yes' } });
    expect((await of.value('exchange.plan', { day: '2025-06-30' })).rows.map((row) => row.account_id)).toContain(account['stock']);
    await of.value('account.update', { id, version: changed.version, patch: { revalued: '' } });
  });

  test('refuses a missing rate, an old one, and a day without a period, and writes nothing', async () => {
    const before = rows(of);
    expect((await of.refusal('exchange.revalue', { day: '2025-03-31' })).message).toContain('There is no rate of');
    expect((await of.refusal('exchange.revalue', { day: '2025-07-31' })).message).toContain('is of 2025-06-30, 31 days before 2025-07-31');
    expect((await of.refusal('exchange.revalue', { day: '2023-12-31' })).code).toBe('invalid');
    expect((await of.refusal('exchange.revalue', { day: '2025-06-30', gain_account_id: 999_999 })).message).toContain('takes lines');
    expect(rows(of)).toEqual(before);
    expect((await of.value('exchange.plan', { day: '2025-07-31', max_age: 31 })).problems).toEqual([]);
  });

  test('posts one entry that changes no foreign balance, nothing the second time, and only what is new the third', async () => {
    const before = foreign(of);
    const wanted = [...slowly('2025-06-30').values()].reduce((sum, one) => sum + one, 0n);
    const first = await of.value('exchange.revalue', { day: '2025-06-30' });
    expect(BigInt(first.difference)).toBe(wanted);
    expect(foreign(of)).toEqual(before);
    expect([...slowly('2025-06-30').values()].every((one) => one === 0n)).toBe(true);
    const held = rows(of);
    expect(await of.value('exchange.revalue', { day: '2025-06-30' })).toEqual({ entry: null, reversal: null, difference: 0, balances: 0 });
    expect((rows(of) as { entries: number }).entries).toBe((held as { entries: number }).entries);
    await of.value('entry.add', { day: '2025-06-30', lines: [{ account_id: account['bank']!, amount: 1000, currency: 'JPY', quantity: 100_000 }, { account_id: account['revenue']!, amount: -1000 }] });
    // 100,000 yen at 0.005234567 are 523.46 pounds.
    expect(await of.value('exchange.revalue', { day: '2025-06-30' })).toMatchObject({ difference: 52_346 - 1000, balances: 1 });
    expect((await of.value('ledger.verify', {})).problems).toEqual([]);
  });

  test('is taken back by reversing its entry, and can be posted again', async () => {
    const [last, whole] = await of.value('exchange.runs', {});
    for (const run of [last!, whole!]) await of.value('entry.reverse', { id: run.id, version: run.version, reason: 'wrong rates' });
    const runs = await of.value('exchange.runs', {});
    expect(runs.map((run) => run.reversal?.day)).toEqual(['2025-06-30', '2025-06-30']);
    const again = await of.value('exchange.revalue', { day: '2025-06-30' });
    expect(again.difference).toBe(last!.difference + whole!.difference);
  });

  test('with reversal on the first day of the next period leaves the balances of the day revalued and those of the next as they were', async () => {
    const [run] = await of.value('exchange.runs', {});
    await of.value('entry.reverse', { id: run!.id, version: run!.version, reason: 'wrong way' });
    const plain = balance(of, account['bank']!, '2025-07-01');
    const done = await of.value('exchange.revalue', { day: '2025-06-30', reverse_next: true });
    expect(done.reversal?.number).toMatch(/^EX-2025-/);
    expect(balance(of, account['bank']!, '2025-06-30')).not.toBe(plain);
    expect(balance(of, account['bank']!, '2025-07-01')).toBe(plain);
    expect(await of.value('exchange.revalue', { day: '2025-06-30' })).toMatchObject({ entry: null });
    const june = await of.value('report.balance_sheet', { columns: [{ to: '2025-06-30' }, { to: '2025-07-01' }] });
    const of_ = (key: string) => june.rows.find((row) => row.key === key)!.values;
    expect(of_('total.asset')).toEqual(of_('total.funds'));
    expect((await of.value('ledger.verify', {})).problems).toEqual([]);
  });

  test('takes what is still carried where nothing is left in the currency as a difference, without a rate', async () => {
    const lines = (quantity: number, amount: number) => [{ account_id: account['bank']!, amount, currency: 'CHF', quantity }, { account_id: account['revenue']!, amount: -amount }];
    await of.value('entry.add', { day: '2025-06-01', lines: lines(100_00, 90_00) });
    await of.value('entry.add', { day: '2025-06-02', lines: lines(-100_00, -88_00) });
    const plan = await of.value('exchange.plan', { day: '2025-06-30' });
    expect(plan.rows.find((row) => row.currency === 'CHF')).toMatchObject({ quantity: 0, carrying: 200, rate_nano: null, value: 0, difference: -200 });
    expect(plan.problems).toEqual([]);
  });

  test('goes out to hledger with the sign of every difference', async () => {
    const target = join(of.desk, 'out.journal');
    await of.value('exchange.revalue', { day: '2025-06-30' });
    await of.value('journal.export', { format: 'hledger', target });
    const text = readFileSync(target, 'utf8');
    expect(text).toMatch(/ {2}-2\.00 GBP {2}; Nothing is left in CHF/);
    expect(text).not.toMatch(/ 0\.?0* [A-Z"]+ @@ \d*[1-9]/);
  });

  test('waits on the agenda once a period has ended, until it is done', async () => {
    const year = new Date().getUTCFullYear() - 1;
    const one = await makeCompany();
    made.push(one);
    await one.value('books.set_up', { chart: 'uk', year_start: `${year}-01-01` });
    expect(await one.value('exchange.due', {})).toBeNull();
    await one.value('entry.add', { day: `${year}-11-30`, lines: [{ account_id: idOf(one, 'bank'), amount: 7_000, currency: 'USD', quantity: 10_000 }, { account_id: idOf(one, 'revenue'), amount: -7_000 }] });
    expect(await one.value('exchange.due', {})).toMatchObject({ period: `${year}-12`, day: `${year}-12-31`, accounts: 1, without: ['USD'] });
    await rate(one, 'USD', `${year}-12-31`, 800_000_000);
    expect((await one.value('agenda.list', {})).filter((row) => row.what === 'revaluation')).toMatchObject([{ entity: 'period', day: `${year}-12-31`, title: `Foreign balances not revalued for ${year}-12: 1 account` }]);
    await one.value('exchange.revalue', { day: `${year}-12-31` });
    expect(await one.value('exchange.due', {})).toBeNull();
    expect((await one.value('agenda.list', {})).filter((row) => row.what === 'revaluation')).toEqual([]);
  });
});

describe('Exchange differences on cash in the cash-flow statement (IAS 7 §28)', () => {
  test('stand apart from what flowed, by either method, with the sign of their days, and what is revalued beside cash is no flow', async () => {
    const of = await books('GBP', 'uk');
    const [bank, loan, revenue] = [idOf(of, 'bank'), idOf(of, 'loan'), idOf(of, 'revenue')];
    for (const [day, nano] of [['2024-03-10', 800_000_000], ['2024-06-30', 750_000_000]] as const) await rate(of, 'USD', day, nano);
    // 1,000 dollars are earned and 500 borrowed at 0.80: 1,200 pounds. At 0.75 the cash is worth 75 less, the debt 25 less.
    await of.value('entry.add', { day: '2024-03-10', lines: [{ account_id: bank, currency: 'USD', quantity: 100_000 }, { account_id: revenue, amount: -80_000 }] });
    await of.value('entry.add', { day: '2024-03-10', lines: [{ account_id: bank, currency: 'USD', quantity: 50_000 }, { account_id: loan, currency: 'USD', quantity: -50_000 }] });
    expect(await of.value('exchange.revalue', { day: '2024-06-30', reverse_next: true })).toMatchObject({ difference: -5_000, balances: 2 });
    const shown = async (method: 'direct' | 'indirect', ...columns: readonly (readonly [string, string])[]): Promise<Record<string, readonly number[]>> => {
      const { rows: found } = await of.value('report.cash_flow', { columns: columns.map(([from, to]) => ({ from, to })), method });
      return Object.fromEntries(found.map((row) => [row.key, row.values]));
    };
    // Whole months, a month that is cut after the revaluation, the reversal, and both together.
    const columns = [['2024-01-01', '2024-06-30'], ['2024-06-30', '2024-06-30'], ['2024-07-01', '2024-07-01'], ['2024-01-01', '2024-12-31']] as const;
    for (const method of ['direct', 'indirect'] as const) {
      expect(await shown(method, ...columns)).toMatchObject({
        'total.operating': [80_000, 0, 0, 80_000],
        'total.financing': [40_000, 0, 0, 40_000],
        exchange: [-7_500, -7_500, 7_500, 0],
        change: [112_500, -7_500, 7_500, 120_000],
        begin: [0, 120_000, 112_500, 0],
        end: [112_500, 112_500, 120_000, 120_000],
      });
    }
    const indirect = await shown('indirect', columns[0]);
    expect([indirect['result'], indirect['unrealised'], indirect[`${loan}`]]).toEqual([[75_000], [5_000], [40_000]]);
    // Days without a revaluation do not show the line.
    expect((await shown('direct', ['2024-01-01', '2024-03-31']))['exchange']).toBeUndefined();
    const lines = (basis: 'exchange' | 'cash' | 'flow', account_id: number) => of.value('report.register', { account_id, basis, from: '2024-01-01', to: '2024-06-30' }).then((found) => found.rows.map((row) => row.amount));
    expect([await lines('exchange', bank), await lines('cash', loan), await lines('flow', loan)]).toEqual([[-7_500], [-40_000], [-40_000]]);
    // Books from before this was kept get it with the step that brings it.
    const kept = (): unknown[] => of.look((db) => db.prepare("SELECT * FROM balances WHERE dimension = 'exchange' ORDER BY value_id, account_id, currency, period_id").raw().all());
    const before = kept();
    expect(before.length).toBeGreaterThan(4);
    await of.reopen(() => {
      const db = openDatabase(join(of.folder, 'office.db'), 'write');
      db.exec("DELETE FROM balances WHERE dimension = 'exchange'; PRAGMA user_version = 10");
      db.close();
      migrateFile(of.folder);
    });
    expect(kept()).toEqual(before);
  });

  test('follow an account that becomes cash, or is none any more, and a reversal that is reversed', async () => {
    const of = await books('GBP', 'uk');
    const [debtors, revenue] = [idOf(of, 'receivable'), idOf(of, 'revenue')];
    for (const [day, nano] of [['2024-03-10', 800_000_000], ['2024-06-30', 750_000_000]] as const) await rate(of, 'USD', day, nano);
    await of.value('entry.add', { day: '2024-03-10', lines: [{ account_id: debtors, currency: 'USD', quantity: 100_000 }, { account_id: revenue, amount: -80_000 }] });
    const run = (await of.value('exchange.revalue', { day: '2024-06-30' })).entry!;
    const exchange = async (): Promise<readonly (number | undefined)[]> =>
      await Promise.all((['direct', 'indirect'] as const).map(async (method) => (await of.value('report.cash_flow', { columns: [{ from: '2024-01-01', to: '2024-12-31' }], method })).rows.find((row) => row.key === 'exchange')?.values[0]));
    const change = async (cash_flow: 'cash' | 'operating'): Promise<void> => {
      const { id, version } = await of.value('account.get', { id: debtors });
      await of.value('account.update', { id, version, patch: { cash_flow } });
    };
    expect(await exchange()).toEqual([undefined, undefined]);
    await change('cash');
    expect(await exchange()).toEqual([-5_000, -5_000]);
    const back = await of.value('entry.reverse', { id: run.id, version: 1, day: '2024-07-15', reason: 'wrong rate' });
    expect(await exchange()).toEqual([undefined, undefined]);
    await of.value('entry.reverse', { id: back.id, version: back.version, day: '2024-07-16', reason: 'right after all' });
    expect(await exchange()).toEqual([-5_000, -5_000]);
    await change('operating');
    expect(await exchange()).toEqual([undefined, undefined]);
    expect(of.look((db) => db.prepare("SELECT count(*) FROM (SELECT 1 FROM balances WHERE dimension = 'exchange' AND value_id = 1 GROUP BY account_id, period_id HAVING sum(debit - credit) <> 0)").pluck().get())).toBe(0);
    expect((await of.value('ledger.verify', {})).problems).toEqual([]);
  });
});
