import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readHledger } from '../../main/io/journal/hledger.ts';
import { readLedger } from '../../main/io/journal/ledger.ts';
import { told } from './journalSums.ts';

/** Forms of lines that stand in the manuals and the tests of Ledger 3.3.0 and hledger 1.25; the sums are those that these programs report. */

const folder = mkdtempSync(join(tmpdir(), 'bureau-forms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'main.journal');

function read(reader: typeof readHledger, lines: readonly string[]) {
  writeFileSync(path, `${lines.join('\n')}\n`);
  const found = told();
  reader(path, found, { year: 2024 });
  return found;
}

const hledger = (...lines: readonly string[]) => read(readHledger, lines);
const ledger = (...lines: readonly string[]) => read(readLedger, lines);

describe('ledger', () => {
  test('a lot without a price is exchanged for itself where an amount is left out, and for what stands against it else', () => {
    const found = ledger(
      '2021/11/22 bought',
      '  Broker  100 FOO {$43.44}',
      '  Bank',
      '2021/11/22 and paid for',
      '  Broker  100 FOO {$43.44}',
      '  Bank    $-4344.00',
      '2021/11/22 sold',
      '  Broker  -100 FOO {$43.44} @ $50',
      '  Till',
      '2021/11/22 for something else',
      '  Broker  -155 A {2 D}',
      '  Chest   1000.00 E',
      '2021/11/22 at a price in another commodity',
      '  Purse   10.00 EUR @@ 11.00 USD {2.00 GBP}',
      '  Cash',
    );
    expect(found.balances()).toEqual({ 'Bank\t$': '-4344', 'Bank\tFOO': '-100', 'Broker\tA': '-155', 'Broker\tFOO': '100', 'Cash\tUSD': '-11', 'Chest\tE': '1000', 'Purse\tEUR': '10', 'Till\t$': '4344' });
  });

  test('a balance of a real posting counts real postings alone, one of a virtual posting all of them', () => {
    const found = ledger(
      '2018/01/01 x',
      '  Checking    $100.00',
      '  Equity',
      '2018/01/01 x',
      '  [Checking]  $-30.00',
      '  [Food]      $30.00',
      '  (Checking)  $7.00',
      '2018/01/03 real alone',
      '  Checking    $0 = $100',
      '  Equity',
      '2018/01/03 everything',
      '  [Checking]  = $90',
      '  [Food]',
      '2018/01/04 real alone',
      '  Checking    = $120',
      '  Equity',
    );
    expect(found.balances()).toEqual({ 'Checking\t$': '110', 'Equity\t$': '-120', 'Food\t$': '17' });
  });

  test('an account stands for “Unknown” where the payee is one of its own', () => {
    const found = ledger(
      'account Expenses:Food',
      '  alias food',
      '  payee ^(KFC|Popeyes)$',
      'account Expenses:Rest',
      '  payee <Unspecified payee>',
      '2021-03-25 * kfc',
      '  Expenses:Unknown   10.00 EUR',
      '  Cash',
      '2021-03-25',
      '  Expenses:Unknown   20.00 EUR',
      '  Cash',
      '2021-03-25 * Metro',
      '  Expenses:Unknown   40.00 EUR',
      '  Cash',
    );
    expect(found.balances()).toEqual({ 'Cash\tEUR': '-70', 'Expenses:Food\tEUR': '10', 'Expenses:Rest\tEUR': '20', 'Expenses:Unknown\tEUR': '40' });
  });

  test('rules that are expressions on accounts and payees are applied, with factors that are not rounded', () => {
    const found = ledger(
      '= expr \'account =~ /food$/ & payee =~ /shop/\'',
      '  (V:both)   $1',
      '= expr "account =~ /food$/ | payee =~ /wagner/"',
      '  (V:one)   $2',
      '= expr true',
      '  (V:all)   $5',
      '  check amount > 0',
      '= /^Income/',
      '  (VAT)  ((1.00 / 1.19) * 0.19)',
      '2020/01/01 Shop',
      '  Exp:Food   $10.00',
      '  A',
      '2020/01/01 Wagner',
      '  Exp:Else   $10.00',
      '  A',
      '2020/01/02 Sale',
      '  Bank     $1,190.00',
      '  Income',
    );
    expect(found.balances()).toEqual({ 'A\t$': '-20', 'Bank\t$': '1190', 'Exp:Else\t$': '10', 'Exp:Food\t$': '10', 'Income\t$': '-1190', 'V:all\t$': '30', 'V:both\t$': '1', 'V:one\t$': '6', 'VAT\t$': '-190' });
  });

  test('what is computed with more digits than can be kept is rounded, and said', () => {
    const found = ledger('2020/04/30 x', '  a   22.98 GBP @ $1.0000000000000000001', '  b', '2020/04/30 x', '  a   1.23456789 BTC @ 1234.5678901 EUR', '  b');
    expect(found.balances()).toMatchObject({ 'b\t$': '-22.98', 'b\tEUR': '-1524.157875142509' });
    expect(found.warnings.map(({ line, message }) => `${line}: ${message}`)).toEqual(['2: the price 1.0000000000000000001 is rounded to fifteen digits', '5: 1524.157875142508889 EUR is computed here and rounded to 12 decimal places']);
    expect(() => ledger('2020/04/30 x', '  a   (99999999999 * 99999999999 GBP)', '  b')).toThrow(/line 2: .*too many digits/);
  });

  test('units that are named as parts of each other stay as they are written, and a rule on amounts is refused', () => {
    const found = ledger('C 1.00 Kb = 1024 b', '2020/04/30 x', '  a   10 b', '  b');
    expect(found.balances()).toEqual({ 'a\tb': '10', 'b\tb': '-10' });
    expect(found.warnings).toHaveLength(1);
    expect(() => ledger('= expr amount > 500 and account =~ /x/', '  (V)  1', '2020/04/30 x', '  x   10', '  b')).toThrow(/line 1: .*only rules on names/);
    expect(() => ledger('i 05/10/2020 08:00:00 Work')).toThrow(/line 1: time clock entries/);
  });

  test('the account of an alias stands below the one that is applied where it is made', () => {
    const found = ledger('alias x=y', 'apply account p', 'alias x=z', '2020-01-01 x', '  x  1', '  q', 'end apply account', '2020-01-01 x', '  x  2', '  q');
    expect(found.balances()).toEqual({ 'p:q\t': '-1', 'p:z\t': '3', 'q\t': '-2' });
  });

  test('a decimal comma of a bare amount says nothing about the next one', () => {
    const found = ledger('decimal-mark ,', '2020-01-01 x', '  a  1.234,56', '  b', '2020-01-01 x', '  a  1.234', '  b', '2020-01-01 x', '  a  2,345 EUR', '  b');
    expect(found.balances()).toEqual({ 'a\t': '1235.794', 'a\tEUR': '2345', 'b\t': '-1235.794', 'b\tEUR': '-2345' });
    expect(found.warnings.map(({ line }) => line)).toEqual([1]);
  });
});

describe('hledger', () => {
  test('what a balance assigns is worth the price that stands behind it', () => {
    const found = hledger('2020-01-01 x', '  a  = 10 EUR @ $2', '  b');
    expect(found.balances()).toEqual({ 'a\tEUR': '10', 'b\t$': '-20' });
  });

  test('a price for the whole keeps its own sign', () => {
    const found = hledger('2020-01-05 x', '  a  -10 EUR @@ $13.50', '  b', '2020-01-05 x', '  c  -10 EUR @@ $-13.50', '  d');
    expect(found.balances()).toEqual({ 'a\tEUR': '-10', 'b\t$': '13.5', 'c\tEUR': '-10', 'd\t$': '-13.5' });
  });
});
