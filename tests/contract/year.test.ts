import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { corpus } from '../helpers/corpora.ts';
import { good, openTerminal } from '../helpers/terminal.ts';
import { firstYears, imported, isResult, ledgers, machine, own, ownBalances, ownResult, there } from '../helpers/yearBooks.ts';

// The main job of the books, at the terminal: a firm brings its old ledgers, posts a year, depreciates, closes, and opens again.

vi.setConfig({ testTimeout: 180_000 });

const { home, bureau } = openTerminal();
afterAll(() => rmSync(home, { recursive: true, force: true }));
const firm = join(home, 'firm');
const run = <T>(...args: readonly string[]): Promise<T> => good<T>(bureau(args, { env: { BUREAU_COMPANY: firm } }));
const call = <T>(name: string, input: unknown): Promise<T> => good<T>(bureau(['call', name, '-'], { env: { BUREAU_COMPANY: firm }, input: JSON.stringify(input) }));

interface Trial {
  readonly number: string;
  readonly account: string;
  readonly kind: string;
  readonly currency: string;
  readonly balance: string;
  readonly balance_USD: string;
}
interface Row {
  readonly key: string;
  readonly number: string;
  readonly label: string;
  readonly amount: string;
}
interface Year {
  readonly id: number;
  readonly version: number;
  readonly name: string;
}

const cents = (decimal: string): number => Math.round(Number(decimal) * 100);
const trial = (): Promise<readonly Trial[]> => run('report', 'trial-balance', '--at', '2015-12-31');
const statement = (name: string): Promise<readonly Row[]> => run('report', name, ...(name === 'balance-sheet' ? ['--at', '2015-12-31'] : ['--from', '2015-01-01', '--to', '2015-12-31']));
const years = async (): Promise<readonly Year[]> => (await call<{ rows: readonly Year[] }>('fiscal_year.list', { order: 'start_day' })).rows.filter((one) => one.name <= '2015');

/** Imported accounts by name and commodity in millionths, those of the chart by number in cents. */
function sides(rows: readonly Trial[]): { readonly imported: Map<string, number>; readonly own: Map<string, number> } {
  const found = { imported: new Map<string, number>(), own: new Map<string, number>() };
  for (const row of rows) {
    if (Number(row.balance) === 0) continue;
    if (row.number !== '') found.own.set(row.number, cents(row.balance_USD));
    else if (!row.account.startsWith('Imbalance of')) found.imported.set(`${row.account}\t${row.currency}`, Math.round(Number(row.balance) * 1e6));
  }
  return found;
}

describe.skipIf(!there)('A year of the books at the terminal', () => {
  const wanted = there ? imported() : new Map<string, number>();
  let before: readonly Trial[] = [];
  const statements: Record<string, readonly Row[]> = {};

  test('begins with three ledgers of other programs, and goes on with entries of its own and a machine that is depreciated', async () => {
    expect(await good(bureau(['create', firm, '--name', 'Mill', '--base-currency', 'USD', '--chart', 'us']))).toMatchObject({ currency: 'USD', chart: 'us' });
    for (const { format, file, entries } of ledgers) expect(await run('import', format, corpus(file))).toMatchObject({ imported: entries, skipped: 0, refused: 0 });
    await call('fiscal_year.create', { name: '2015', start_day: '2015-01-01', end_day: '2015-12-31', pattern: 'months' });
    const { rows } = await call<{ rows: readonly { id: number; number: string }[] }>('account.list', { limit: 1000 });
    const id = (number: string): number => rows.find((one) => one.number === number)!.id;
    const entry = ({ day, narration, lines }: (typeof own)[number]) => ({ day, narration, lines: lines.map(([number, amount]) => ({ account_id: id(number), amount })) });
    const bought = own.find((one) => one.day === machine.day)!;
    for (const one of own.filter((other) => other !== bought)) await call('entry.add', entry(one));
    const purchase = await call<{ id: number }>('entry.add', entry(bought));
    await call('asset.capitalise', { entry_id: purchase.id, line: 1, life_months: machine.months, depreciation_account_id: id(machine.accumulated), expense_account_id: id(machine.expense) });
    expect(await call('asset.depreciate', { until: '2015-12-31' })).toMatchObject({ amount: machine.monthly * machine.inYear });
    before = await trial();
  });

  test('every account holds what the other programs say, and what its own entries add up to', () => {
    const found = sides(before);
    expect(found.imported).toEqual(wanted);
    expect(found.own).toEqual(ownBalances());
    // What Ledger itself prints below its line: virtual postings that nothing balances.
    expect(before.find((row) => row.account.startsWith('Imbalance of'))?.balance).toBe('243.60');
    expect(before.reduce((sum, row) => sum + cents(row.balance_USD), 0)).toBe(0);
  });

  test('the statements of the year are the sums of its entries', async () => {
    for (const name of ['balance-sheet', 'profit-and-loss', 'cash-flow']) statements[name] = await statement(name);
    const amount = (name: string, key: string): number => cents(statements[name]!.find((row) => row.key === key)!.amount);
    expect(amount('profit-and-loss', 'result')).toBe(ownResult());
    for (const [number, balance] of ownBalances()) {
      const [row] = statements[isResult(number) ? 'profit-and-loss' : 'balance-sheet']!.filter((one) => one.number === number);
      expect([number, Math.abs(cents(row!.amount))]).toEqual([number, Math.abs(balance)]);
    }
    expect(amount('balance-sheet', 'total.asset')).toBe(before.filter((row) => row.kind === 'asset').reduce((sum, row) => sum + cents(row.balance_USD), 0));
    expect(amount('cash-flow', 'change')).toBe(ownBalances().get('1000'));
  });

  test('closing all years carries exactly their results, and changes no statement of the year', async () => {
    const results = new Map<string, number>();
    for (const year of await years()) {
      const { result } = await call<{ result: number }>('fiscal_year.close', { id: year.id, version: year.version });
      results.set(year.name, result);
    }
    expect([...results.keys()]).toEqual([...firstYears, '2015']);
    expect(results.get('2015')).toBe(ownResult());
    const theirs = [...wanted].filter(([key]) => /^(Income|Expenses)\b.*\tUSD$/.test(key)).reduce((sum, [, units]) => sum - units / 1e4, 0);
    expect([...results.values()].reduce((sum, one) => sum + one, 0)).toBe(Math.round(theirs) + ownResult());
    const after = await trial();
    expect(after.filter((row) => ['income', 'expense'].includes(row.kind) && (Number(row.balance) !== 0 || Number(row.balance_USD) !== 0))).toEqual([]);
    const lasting = (rows: readonly Trial[]): readonly Trial[] => rows.filter((row) => ['asset', 'liability'].includes(row.kind));
    expect(lasting(after)).toEqual(lasting(before));
    expect(cents(after.find((row) => row.number === '3200')!.balance_USD)).toBe(-Math.round(theirs) - ownResult());
    for (const name of ['profit-and-loss', 'cash-flow']) expect(await statement(name)).toEqual(statements[name]);
    const refused = await bureau(['call', 'entry.add', '{"day":"2015-12-31","lines":[]}'], { env: { BUREAU_COMPANY: firm } });
    expect(refused.code).not.toBe(0);
    expect(await run('verify')).toMatchObject({ good: true });
  });

  test('opened again from the last to the first, every figure is what it was', async () => {
    for (const year of (await years()).toReversed()) await call('fiscal_year.reopen', { id: year.id, version: year.version, reason: 'the auditor asks' });
    expect(sides(await trial())).toEqual(sides(before));
    for (const name of ['balance-sheet', 'profit-and-loss', 'cash-flow']) expect(await statement(name)).toEqual(statements[name]);
    expect(await call('ledger.verify', {})).toMatchObject({ good: true, problems: [] });
  });
});
