import { gunzipSync } from 'node:zlib';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBeancount } from '../../main/io/journal/beancount.ts';
import { readHledger } from '../../main/io/journal/hledger.ts';
import { readLedger } from '../../main/io/journal/ledger.ts';
import { corpus, has } from '../helpers/corpora.ts';
import { type Company, makeCompany } from '../helpers/company.ts';
import { told } from '../io/journalSums.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(async () => {
  await company.close();
});

const there = has('ledger/expected');

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text);

const decimal = (units: number, digits: number): string => {
  const text = String(Math.abs(units)).padStart(digits + 1, '0');
  return trimmed(`${units < 0 ? '-' : ''}${text.slice(0, text.length - digits)}${digits > 0 ? `.${text.slice(-digits)}` : ''}`);
};

/** Balances of the books by account and currency, as the tools print them. */
async function balances(base: string): Promise<Record<string, Record<string, string>>> {
  const rows = await company.value('report.trial_balance', { to: '9999-12-31' });
  const digits = new Map((await company.value('commodity.list', { limit: 1000 })).rows.map((row) => [row.code, row.digits]));
  const found: Record<string, Record<string, string>> = {};
  for (const row of rows) if (row.quantity !== 0 && !row.account.startsWith('Imbalance of') && !row.account.startsWith('Rounding of')) (found[row.account] ??= {})[row.currency] = decimal(row.quantity, row.currency === base ? 2 : digits.get(row.currency)!);
  return found;
}

const readers = { hledger: readHledger, ledger: readLedger, beancount: readBeancount };
type Tool = keyof typeof readers;

/** Books in dollars and books in pounds: each file comes into one of them, those with the most commodities into both. */
const basesOf = (tool: Tool, name: string): readonly string[] => (/example|sample/.test(name) ? ['GBP', 'USD'] : tool === 'hledger' ? ['GBP'] : ['USD']);

const books = there
  ? (Object.keys(readers) as Tool[]).flatMap((tool) => readdirSync(corpus(`ledger/${tool}`)).filter((name) => name !== 'templates_basic_main.journal').flatMap((name) => basesOf(tool, name).map((base) => [tool, name, base] as const)))
  : [];

// What the readers hand out is compared with what the three programs print in tests/io; here it is added up by itself and compared with the books.
describe.skipIf(!there)('A ledger of another program, imported', () => {
  test.each(books)('by %s, %s, into books in %s: every account holds every commodity to the last digit', async (tool, name, base) => {
    await company.close();
    company = await makeCompany({ currency: base });
    const source = corpus(`ledger/${tool}/${name}`);
    const { imported, warnings } = await company.value('journal.import', { format: tool, source });
    const sums = told();
    readers[tool](source, sums);
    const code = (commodity: string): string => (commodity === '' ? base : commodity === '$' ? 'USD' : commodity === '€' ? 'EUR' : commodity === '£' ? 'GBP' : commodity);
    const wanted: Record<string, Record<string, string>> = {};
    for (const [key, amount] of Object.entries(sums.balances())) {
      const [account, commodity] = key.split('\t') as [string, string];
      (wanted[account] ??= {})[code(commodity)] = amount;
    }
    expect(await balances(base)).toEqual(wanted);
    expect(imported).toBe(sums.transactions.filter((one) => one.postings.length > 0).length);
    expect(warnings.length).toBeGreaterThanOrEqual(Math.min(200, sums.warnings.length));
    const rows = await company.value('report.trial_balance', { to: '9999-12-31' });
    expect(rows.reduce((sum, row) => sum + row.closing, 0)).toBe(0);
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
    expect(company.bugs).toEqual([]);
  });
});

describe.skipIf(!has('ledger/generated/10000.journal.gz'))('A generated journal of 10,000 transactions', () => {
  test('gives the balances and statements on which four other programs agree, and a second import adds nothing', async () => {
    const file = join(company.desk, '10000.journal');
    writeFileSync(file, gunzipSync(readFileSync(corpus('ledger/generated/10000.journal.gz'))));
    const done = await company.value('journal.import', { format: 'hledger', source: file });
    expect(done).toMatchObject({ imported: 10_000, skipped: 0, refused: 0, warnings: [] });
    const rows = await company.value('report.trial_balance', { to: '2024-12-31' });
    const mine = Object.fromEntries(rows.filter((row) => row.closing !== 0).map((row) => [row.account, row.closing]));
    const theirs = Object.fromEntries(
      readFileSync(corpus('ledger/generated/expected-10000-trial-balance.csv'), 'utf8').split('\n').flatMap((line) => {
        const found = /"([^"]+)","(-?\d+\.\d\d) GBP"/.exec(line);
        return found ? [[found[1]!, Number(found[2]!.replace('.', ''))]] : [];
      }),
    );
    expect(mine).toEqual(theirs);
    const net = (text: string): number => Math.round(Number(/Net:\s*\|\|\s*(-?[\d.]+)/.exec(text)![1]) * 100);
    const income = net(readFileSync(corpus('ledger/generated/expected-10000-income-statement.txt'), 'utf8'));
    const worth = net(readFileSync(corpus('ledger/generated/expected-10000-balance-sheet.txt'), 'utf8'));
    const last = (rows_: readonly { key: string; values: readonly number[] }[], key: string): number => rows_.find((row) => row.key === key)!.values[0]!;
    const columns = [{ from: '2022-01-01', to: '2024-12-31' }];
    expect(last((await company.value('report.profit_and_loss', { columns })).rows, 'result')).toBe(income);
    expect(last((await company.value('report.balance_sheet', { columns })).rows, 'total.equity')).toBe(worth);
    for (const method of ['direct', 'indirect'] as const) {
      const flow = (await company.value('report.cash_flow', { columns, method })).rows;
      expect(last(flow, 'change')).toBe(rows.filter((row) => /^Assets:(Bank|Cash)/.test(row.account)).reduce((sum, row) => sum + row.closing, 0));
    }
    expect(await company.value('journal.import', { format: 'hledger', source: file })).toMatchObject({ imported: 0, skipped: 10_000 });
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
  });
});

describe('An import of a ledger', () => {
  const journal = (text: string): string => {
    const file = join(company.desk, `${String(Math.floor(performance.now() * 1000))}.journal`);
    writeFileSync(file, text);
    return file;
  };

  test('that is broken in its last line changes nothing, and names file and line', async () => {
    const source = journal('2020-01-01 one\n  assets:cash  10 GBP\n  equity\n\n2020-01-02 two\n  assets:cash  10 GBP\n  equity  -9 GBP\n');
    const before = await company.value('books.get', {});
    const failure = await company.refusal('journal.import', { format: 'hledger', source });
    expect(failure).toMatchObject({ code: 'invalid', field: 'source' });
    expect(failure.message).toMatch(/\.journal, line 5/);
    expect(await company.value('books.get', {})).toEqual(before);
    expect((await company.value('account.list', {})).rows).toEqual([]);
  });

  test('of more decimal places than the currency has is rounded so that every entry balances, and says so', async () => {
    const source = journal('2020-01-01 thirds\n  expenses:a  3.3333 GBP\n  expenses:b  3.3333 GBP\n  expenses:c  3.3334 GBP\n  assets:cash  -10.00 GBP\n');
    const { warnings } = await company.value('journal.import', { format: 'hledger', source });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('1 entries hold amounts with more decimal places');
    const rows = await company.value('report.trial_balance', { to: '2020-12-31' });
    expect(rows.reduce((sum, row) => sum + row.closing, 0)).toBe(0);
    expect(rows.find((row) => row.account === 'assets:cash')!.closing).toBe(-1000);
  });

  test('of a purchase in another currency takes its price as the value, and the same entry twice in one file comes in twice', async () => {
    const source = journal('2020-01-01 shares\n  assets:broker  10 AAPL @ 1.25 GBP\n  assets:bank  -12.50 GBP\n\n2020-01-01 shares\n  assets:broker  10 AAPL @ 1.25 GBP\n  assets:bank  -12.50 GBP\n');
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 2, skipped: 0 });
    const rows = await company.value('report.trial_balance', { to: '2020-12-31' });
    expect(rows.map((row) => [row.account, row.currency, row.quantity, row.closing])).toEqual([
      ['assets:bank', 'GBP', -2500, -2500],
      ['assets:broker', 'AAPL', 20, 2500],
    ]);
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 0, skipped: 2 });
  });

  test('into a company with a chart takes the accounts that a list names, by number or name, and makes the others', async () => {
    await company.value('books.set_up', { chart: 'uk', year_start: '2020-01-01' });
    const source = journal('2020-01-01 sale\n  assets:bank  10.00 GBP\n  income:shop  -10.00 GBP\n\n2020-01-02 rent\n  expenses:rent  4.00 GBP\n  assets:bank\n\n2020-01-03 odd\n  expenses:odd  1.00 GBP\n  assets:bank\n');
    const before = (await company.value('books.get', {})).accounts;
    const map = { 'assets:bank': '1200', 'income:shop': '4000', 'expenses:rent': 'Rent' };
    expect(await company.value('journal.import', { format: 'hledger', source, map })).toMatchObject({ imported: 3 });
    const rows = (await company.value('report.trial_balance', { to: '2020-12-31' })).filter((row) => row.closing !== 0);
    expect(rows.map((row) => [row.number, row.account.split(':').at(-1), row.closing]).toSorted(([a], [b]) => String(a).localeCompare(String(b), 'en'))).toEqual([['', 'odd', 100], ['1200', 'Bank current account', 500], ['4000', expect.any(String), -1000], [expect.stringMatching(/^7/), 'Rent', 400]]);
    // Only what the list does not name is new: the account and the heading above it.
    expect((await company.value('books.get', {})).accounts).toBe(before + 2);
    // The bank of the chart is cash, so that the direct cash flow holds what came in.
    const flow = await company.value('report.cash_flow', { columns: [{ from: '2020-01-01', to: '2020-12-31' }], method: 'direct' });
    expect(flow.rows.find((row) => row.key === 'change')!.values).toEqual([500]);
    for (const target of ['9999', 'Assets', '']) expect(await company.refusal('journal.import', { format: 'hledger', source, map: { 'assets:bank': target } })).toMatchObject({ code: 'invalid' });
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
  });

  test('is told beforehand: which accounts its entries name, how often, and which of the books each becomes; the list writes nothing and the import does as it says', async () => {
    await company.value('books.set_up', { chart: 'uk', year_start: '2020-01-01' });
    const chart = (await company.value('account.list', { limit: 1000 })).rows;
    const numbered = chart.find((row) => row.number === '4000')!;
    const source = join(company.desk, 'there.csv');
    writeFileSync(
      source,
      `date,number,account code,account,debit,credit\n2020-01-01,1,4000,${numbered.name},,10.00\n2020-01-01,1,9999,Till,10.00,\n2020-01-02,2,4000,${numbered.name},,5.00\n2020-01-02,2,1200,Something else,5.00,\n`,
    );
    const entries = (): unknown => company.look((db) => [db.prepare('SELECT count(*) FROM entries').pluck().get(), db.prepare('SELECT count(*) FROM accounts').pluck().get(), db.prepare('SELECT count(*) FROM audit').pluck().get()]);
    const before = entries();
    const found = await company.value('journal.accounts', { format: 'ledger-csv', source });
    expect(entries()).toEqual(before);
    expect(found).toMatchObject({ entries: 2, more: 0 });
    const told_ = found.accounts.map((one) => [one.name, one.number, one.lines, one.account?.id ?? null]);
    expect(new Set(told_.map(([name]) => name))).toEqual(new Set([numbered.name, 'Something else', 'Till']));
    expect(told_.find(([name]) => name === numbered.name)).toEqual([numbered.name, '4000', 2, numbered.id]);
    expect(told_.filter(([, , , id]) => id === null)).toHaveLength(2);
    const bank = chart.find((row) => row.number === '1200')!;
    expect(await company.value('journal.import', { format: 'ledger-csv', source, map: { Till: { id: bank.id } } })).toMatchObject({ imported: 2, accounts: 1 });
    const closing = new Map((await company.value('report.trial_balance', { to: '2020-12-31' })).map((row) => [row.number || row.account, row.closing]));
    expect([closing.get('4000'), closing.get('1200'), closing.get('Something else')]).toEqual([-1500, 1000, 500]);
    // Afterwards every account of the file is known by its own name, or by the one that was chosen.
    expect((await company.value('journal.accounts', { format: 'ledger-csv', source })).accounts.filter((one) => one.account === null).map((one) => one.name)).toEqual(['Till']);
    const heading = chart.find((row) => row.heading)!;
    for (const id of [999_999, heading.id]) expect(await company.refusal('journal.import', { format: 'ledger-csv', source, map: { Till: { id } } })).toMatchObject({ code: 'invalid', field: 'map' });
  });

  test('that could not be read is refused by the list of its accounts with the same words', async () => {
    const source = journal('2020-01-01 one\n  assets:cash  10 GBP\n  equity  -9 GBP\n');
    expect((await company.refusal('journal.accounts', { format: 'hledger', source })).message).toBe((await company.refusal('journal.import', { format: 'hledger', source })).message);
    expect(await company.refusal('journal.accounts', { format: 'hledger', source: join(company.desk, 'none.journal') })).toMatchObject({ code: 'invalid', field: 'source' });
  });
});
