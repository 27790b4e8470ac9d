import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readBeancount } from '../../main/io/journal/beancount.ts';
import { corpus, has } from '../helpers/corpora.ts';
import { beanBalances } from '../helpers/expected.ts';
import { told } from './journalSums.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-bean-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

function read(text: string) {
  files += 1;
  const path = join(folder, `${files}.beancount`);
  writeFileSync(path, text);
  const found = told();
  readBeancount(path, found);
  return found;
}

const there = has('ledger/expected');

describe.skipIf(!there)('books of beancount', () => {
  const books = there ? readdirSync(corpus('ledger/beancount')) : [];

  test.each(books)('%s gives the balances that beancount gives', (name) => {
    const found = told();
    readBeancount(corpus(`ledger/beancount/${name}`), found);
    const wanted = beanBalances(corpus(`ledger/expected/beancount__${basename(name, '.beancount')}.trial-balance.txt`));
    expect(Object.keys(wanted).length).toBeGreaterThan(5);
    expect(found.balances()).toEqual(wanted);
  });
});

const accounts = `2020-01-01 open Assets:Bank
2020-01-01 open Assets:Shares
2020-01-01 open Income:Gains
2020-01-01 open Equity:Start
`;

describe('a book of beancount', () => {
  test('is read in the order of its days, whatever the order of its lines', () => {
    const found = read(`2020-03-01 * "second"\n  Assets:Bank  1 EUR\n  Equity:Start\n\n2020-02-01 * "first"\n  Assets:Bank  1 EUR\n  Equity:Start\n${accounts}`);
    expect(found.transactions.map(({ narration, line }) => [narration, line])).toEqual([
      ['first', 5],
      ['second', 1],
    ]);
  });

  test('carries payee, narration, flag, tags, links and notes', () => {
    const [found] = read(`${accounts}pushtag #trip\n2020-02-01 ! "Shop" "Bread; \\"rye\\"" #food ^r-1\n  place: "Ulm"\n  Assets:Bank  -(2 + 3) * 1.10 EUR ; cash\n    by: "me"\n  Equity:Start\npoptag #trip\n`).transactions;
    expect(found).toMatchObject({ day: '2020-02-01', status: '!', payee: 'Shop', narration: 'Bread; "rye"', line: 6 });
    expect(found?.tags).toEqual([['trip', ''], ['food', ''], ['link', 'r-1'], ['place', 'Ulm']]);
    expect(found?.postings[0]).toMatchObject({ amount: { units: -550, scale: 2, commodity: 'EUR' }, text: 'cash\nby: me', line: 8 });
    expect(found?.postings[1]?.amount).toEqual({ units: 550, scale: 2, commodity: 'EUR' });
  });

  test('sells at what the lots did cost', () => {
    const buys = '2020-02-01 * "buy"\n  Assets:Shares  10 X {4.00 EUR}\n  Assets:Bank\n2020-02-02 * "buy"\n  Assets:Shares  10 X {{50.00 EUR}}\n  Assets:Bank\n';
    const sale = (cost: string) => `2020-02-03 * "sell"\n  Assets:Shares  -12 X ${cost} @ 6 EUR\n  Assets:Bank  72.00 EUR\n  Income:Gains\n`;
    const found = read(`option "booking_method" "FIFO"\n${accounts}${buys}${sale('{}')}`);
    expect(found.transactions[2]?.postings[0]?.cost).toEqual({ units: -5000, scale: 2, commodity: 'EUR' });
    expect(found.balances()['Income:Gains\tEUR']).toBe('-22');
    // Strictly, a sale that two lots could serve has to say which.
    expect(() => read(`${accounts}${buys}${sale('{}')}`)).toThrow(/line 12: more than one lot/);
    expect(() => read(`${accounts}${buys}${sale('{4.00 EUR}')}`)).toThrow(/line 12: .* does not hold that much/);
    expect(() => read(`${accounts}${buys}${sale('{7 EUR}')}`)).toThrow(/line 12: no lot/);
  });

  test('fills a pad for the balance after it', () => {
    const found = read(`${accounts}2020-01-02 pad Assets:Bank Equity:Start\n2020-02-01 * "x"\n  Assets:Bank  5.00 EUR\n  Income:Gains\n2020-03-01 balance Assets:Bank 12.00 EUR\n`);
    expect(found.balances()).toEqual({ 'Assets:Bank\tEUR': '12', 'Equity:Start\tEUR': '-7', 'Income:Gains\tEUR': '-5' });
    expect(found.transactions[1]).toMatchObject({ day: '2020-01-02', line: 5, postings: [{ made: true }, { made: true }] });
  });

  const tx = (body: string): string => `${accounts}2020-02-01 * "x"\n${body}`;
  test.each([
    ['half a unit of the last decimal may be left', tx('  Assets:Bank  1.004 EUR\n  Equity:Start  -1.00 EUR\n')],
    ['a weight may have more decimals than the amounts', tx('  Assets:Bank  3.333 X @ 1.2 EUR\n  Equity:Start  -4.00 EUR\n')],
  ])('balances where beancount lets it: %s', (_, text) => {
    expect(read(text).transactions).toHaveLength(1);
  });

  test.each([
    ['an account that is not opened', tx('  Assets:Bank  1 EUR\n  Equity:Other\n'), 7],
    ['an account of no kind', `${accounts}2020-01-01 open Stuff:Bank\n`, 5],
    ['an account that is opened twice', `${accounts}2020-01-01 open Assets:Bank\n`, 5],
    ['an account that is closed', `${accounts}2020-01-02 close Assets:Bank\n2020-02-01 * "x"\n  Assets:Bank  1 EUR\n  Equity:Start\n`, 7],
    ['a currency it is not opened for', '2020-01-01 open Assets:Bank USD\n2020-01-01 open Equity:Start\n2020-02-01 * "x"\n  Assets:Bank  1 EUR\n  Equity:Start\n', 4],
    ['a transaction that does not balance', tx('  Assets:Bank  1.01 EUR\n  Equity:Start  -1.00 EUR\n'), 5],
    ['whole numbers that do not balance', tx('  Assets:Bank  1 EUR\n  Equity:Start  -2 EUR\n'), 5],
    ['two amounts left out', tx('  Assets:Bank\n  Equity:Start\n'), 7],
    ['a balance that does not hold', `${tx('  Assets:Bank  1.00 EUR\n  Equity:Start\n')}2020-02-02 balance Assets:Bank 2.00 EUR\n`, 8],
    ['a pad that nothing follows', `${accounts}2020-01-02 pad Assets:Bank Equity:Start\n`, 5],
    ['a day that does not exist', `${accounts}2020-02-30 * "x"\n`, 5],
    ['a quotation mark that is never closed', tx('  Assets:Bank  1 EUR\n  Equity:Start\n').replace('"x"', '"x'), 5],
    ['an include that is not there', 'include "nothing.beancount"\n', 1],
    ['an amount with more digits than are exact', tx('  Assets:Bank  12345678901234567.89 EUR\n  Equity:Start\n'), 6],
  ])('is refused with its line: %s', (_, text, line) => {
    expect(() => read(text)).toThrow(new RegExp(`beancount, line ${line}: `));
  });

  test('includes other files once, and its options hold for them', () => {
    writeFileSync(join(folder, 'part.beancount'), '2020-02-01 * "x"\n  Vermoegen:Bank  1.00 EUR\n  Equity:Start\n');
    const found = read('option "name_assets" "Vermoegen"\ninclude "par*.beancount"\n2020-01-01 open Vermoegen:Bank\n2020-01-01 open Equity:Start\n');
    expect(found.balances()).toEqual({ 'Equity:Start\tEUR': '-1', 'Vermoegen:Bank\tEUR': '1' });
    expect(found.transactions[0]?.file).toBe(join(folder, 'part.beancount'));
    const own = join(folder, `${files + 1}.beancount`);
    expect(() => read(`include "${basename(own)}"\n`)).toThrow(/included twice|includes itself/);
  });

  test('tells what is skipped', () => {
    const found = read(`plugin "beancount.plugins.auto"\n${accounts}2020-02-01 note Assets:Bank "x"\n2020-02-01 event "a" "b"\n2020-02-02 note Assets:Bank "y"\n`);
    expect(found.warnings.map(({ message }) => message)).toEqual([expect.stringContaining('beancount.plugins.auto'), '2 × skipped: note entries', '1 × skipped: event entries']);
  });
});

/** Figures of bean-check and of the postings that beancount 2.3.5 loads. */
describe('plugins and checks', () => {
  test('accounts that a plugin would open are opened where they are met', () => {
    const opened: string[] = [];
    const text = '2020-01-02 * "x"\n  Assets:Bank  5 EUR\n  Income:Gains\n2020-01-03 balance Assets:Bank  5 EUR\n';
    const path = join(folder, 'auto.beancount');
    writeFileSync(path, `plugin "beancount.plugins.auto_accounts"\n${text}`);
    const found = told();
    readBeancount(path, { ...found, account: ({ name, kind }) => void opened.push(`${name} ${kind}`) });
    expect(found.balances()).toEqual({ 'Assets:Bank\tEUR': '5', 'Income:Gains\tEUR': '-5' });
    expect(opened).toEqual(['Assets:Bank asset', 'Income:Gains income']);
    expect(() => read(text)).toThrow(/line 2: the account “Assets:Bank” is not opened/);
  });

  test('the settings of a plugin may go over several lines', () => {
    const found = read(`plugin "beancount.plugins.divert_expenses" "{\n  'tag': 'kai', ; no comment\n2020-01-01 no entry\n}"\n${accounts}2020-01-02 * "x"\n  Assets:Bank  5 EUR\n  Income:Gains  -5 EUR\n`);
    expect(found.balances()).toEqual({ 'Assets:Bank\tEUR': '5', 'Income:Gains\tEUR': '-5' });
    expect(() => read('option "title" "x\n2020-01-01 open Assets:Bank\n')).toThrow(/line 1: a quotation mark is never closed/);
  });

  test('a balance may follow the day on which its account was closed', () => {
    expect(read(`${accounts}2020-01-02 close Assets:Bank\n2020-01-05 balance Assets:Bank  0 EUR\n`).warnings).toEqual([]);
    expect(() => read(`${accounts}2020-01-02 close Assets:Bank\n2020-01-05 balance Assets:Bank  1 EUR\n`)).toThrow(/should hold another/);
  });

  test('what can not be completed is refused', () => {
    expect(() => read(`${accounts}2020-01-02 * "x"\n  Assets:Shares  {300.00 USD}\n  Assets:Bank  -600.00 USD\n`)).toThrow(/line \d+: the currency of this amount is missing/);
    expect(() => read(`${accounts}2020-01-02 * "x"\n  Assets:Shares  -10 HOOL {USD} @ 120.00 USD\n  Assets:Bank  1000.00 USD\n  Income:Gains\n`)).toThrow(/line \d+: more than one posting of this transaction leaves out its USD/);
  });
});

test('prices with more digits than can be kept are rounded, and said', () => {
  const found = read(`plugin "beancount.plugins.auto_accounts"\n2019-02-03 * "x"\n  Assets:Cash  3.123456 ETH @ 0.884955752212389381 USD\n  Expenses:Food\n2019-02-03 * "x"\n  Assets:Stock  3 STK {0.884955752212389381 USD}\n  Expenses:Food\n`);
  expect(found.balances()).toMatchObject({ 'Assets:Cash\tETH': '3.123456', 'Assets:Stock\tSTK': '3', 'Expenses:Food\tUSD': '-5.4189876106' });
  expect(found.warnings.map(({ message }) => message)).toContain('2 × skipped: prices and computed amounts with more digits than can be kept are rounded to ten decimals');
  expect(() => read('plugin "beancount.plugins.auto_accounts"\n2019-02-03 * "x"\n  Assets:Cash  0.123456789012345678 ETH\n  Expenses:Food\n')).toThrow(/line 3: this amount has too many digits/);
});
