import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readHledger } from '../../main/io/journal/hledger.ts';
import { readLedger } from '../../main/io/journal/ledger.ts';
import type { Price } from '../../main/io/journal/transaction.ts';
import { told } from './journalSums.ts';

/** Small journals whose meaning was compared with hledger 1.25 and Ledger 3.3. */

const folder = mkdtempSync(join(tmpdir(), 'bureau-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'main.journal');

function read(reader: typeof readHledger, lines: readonly string[]) {
  writeFileSync(path, `${lines.join('\n')}\n`);
  const found = told();
  reader(path, found, { year: 2024 });
  return found;
}

const hledger = (...lines: string[]) => read(readHledger, lines);
const ledger = (...lines: string[]) => read(readLedger, lines);

describe('hledger', () => {
  test('a first line is taken apart, with comments and tags', () => {
    const [found] = hledger('3/1=3/5 ! (R-7) Baker | bread ; shop:Ulm, who:me', '  ; more', '  a  1,50 "my €" ; oven:2', '  b').transactions;
    expect(found).toMatchObject({ day: '2024-03-01', status: '!', code: 'R-7', payee: 'Baker', narration: 'bread', text: 'shop:Ulm, who:me\nmore', line: 1 });
    expect(found?.tags).toEqual([['date2', '2024-03-05'], ['shop', 'Ulm'], ['who', 'me']]);
    expect(found?.postings[0]).toMatchObject({ account: 'a', amount: { units: 150, scale: 2, commodity: 'my €' }, text: 'oven:2', line: 3 });
  });

  test('two commodities without a price are worth each other', () => {
    const [found] = hledger('2024-01-01 x', '  a   3 EUR', '  a2  4 EUR', '  b  $-10.01').transactions;
    expect(found?.postings.map(({ cost }) => cost)).toEqual([{ units: 429, scale: 2, commodity: '$' }, { units: 572, scale: 2, commodity: '$' }, null]);
    expect(() => hledger('2024-01-01 x', '  a  3 EUR', '  b  $10')).toThrow(/line 1: .*does not balance/);
  });

  test('an amount left out is one posting for each commodity, at cost', () => {
    const found = hledger('2024-01-01 x', '  a  3 EUR @ $1.3333', '  c  5 GBP', '  b');
    expect(found.balances()).toEqual({ 'a\tEUR': '3', 'b\t$': '-3.9999', 'b\tGBP': '-5', 'c\tGBP': '5' });
  });

  test('is balanced as far as the decimals of the transaction show', () => {
    expect(hledger('2024-01-01 x', '  a  3 EUR @ $1.3333', '  b  $-4.00').transactions).toHaveLength(1);
    expect(() => hledger('2024-01-01 x', '  a  3 EUR @ $1.3333', '  b  $-4.01')).toThrow(/line 1: /);
    expect(() => hledger('2024-01-01 x', '  a  1', '  b')).not.toThrow();
    expect(() => hledger('2024-01-01 x', '  a', '  b')).toThrow(/more than one posting/);
  });

  test('virtual postings stand apart', () => {
    const [found] = hledger('2024-01-01 x', '  (a)  7 EUR', '  [b]  1', '  [c]', '  d  5 EUR', '  e').transactions;
    expect(found?.postings.map(({ account, balanced, amount }) => [account, balanced, amount.units])).toEqual([['a', false, 7], ['b', true, 1], ['c', true, -1], ['d', true, 5], ['e', true, -5]]);
  });

  test('assertions hold by day, not by line', () => {
    const late = ['2024-01-02 x', '  a  5', '  b', '2024-01-02 x', '  a  0 = 8', '2024-01-01 x', '  a  3', '  b'];
    expect(hledger(...late).transactions).toHaveLength(3);
    expect(() => hledger(...late.map((line) => line.replace('= 8', '= 5')))).toThrow(/line 5: “a” should hold 5 and holds 8/);
    expect(() => hledger('2024-01-01 x', '  a:b  1 EUR', '  a:c  1 $', '  d', '2024-01-02 x', '  a  0 EUR ==* 1 EUR')).toThrow(/line 6: .*holds 1 \$/);
    expect(hledger('2024-01-01 x', '  a:b  1 EUR', '  d', '2024-01-02 x', '  a  0 EUR ==* 1 EUR').transactions).toHaveLength(2);
  });

  test('an assignment makes the amount, and is refused when an earlier day comes after it', () => {
    const found = hledger('2024-01-01 x', '  a  3 EUR', '  b', '2024-01-03 x', '  a  = 10 EUR', '  c');
    expect(found.balances()).toEqual({ 'a\tEUR': '10', 'b\tEUR': '-3', 'c\tEUR': '-7' });
    expect(() => hledger('2024-01-03 x', '  a  = 10 EUR', '  c', '2024-01-01 x', '  a  3 EUR', '  b')).toThrow(/line 5: .*sort the file by date/);
  });

  test('directives change what is below them', () => {
    const found = hledger('alias chk = Assets:Checking', 'alias /^cost(.*)$/ = Expenses\\1', 'apply account Top', 'D 1000,00 EUR', 'comment', 'nothing', 'end comment', 'Y2020', '1/2 x', '  chk:one  1.000,50', '  cost:Food', 'end apply account', 'end aliases', '~ monthly', '  a  1', '= x', '  a  1');
    expect(found.balances()).toEqual({ 'Top:chk:one\tEUR': '1000.5', 'Top:cost:Food\tEUR': '-1000.5' });
    expect(found.transactions[0]?.day).toBe('2020-01-02');
    expect(found.warnings.map(({ line }) => line)).toEqual([14, 16]);
  });

  test.each([
    ['1,000 X', '1'], ['1,000,000 X', '1000000'], ['1.000,25 X', '1000.25'], ['1 000.5 X', '1000.5'], ["- 7. X", '-7'], ['+1E3 X', '1000'], ['X -0.10', '-0.1'],
  ])('the number %s is read', (written, value) => {
    expect(hledger('2024-01-01 x', `  a  ${written}`, '  b').balances()['a\tX']).toBe(value);
  });

  test('prices are handed out', () => {
    const prices: Price[] = [];
    writeFileSync(path, 'P 2024/01/31 12:00:00 "A 1" $3.50\nP 2024-01-31 EUR 1.1 USD\n');
    readHledger(path, { ...told(), price: (found) => void prices.push(found) });
    expect(prices).toEqual([
      { day: '2024-01-31', commodity: 'A 1', price: { units: 350, scale: 2, commodity: '$' } },
      { day: '2024-01-31', commodity: 'EUR', price: { units: 11, scale: 1, commodity: 'USD' } },
    ]);
  });

  test('includes files beside it, in their place, with directives that end with them', () => {
    mkdirSync(join(folder, 'parts'), { recursive: true });
    writeFileSync(join(folder, 'parts', 'b.journal'), 'apply account In\n2024-01-02 b\n a  1\n b\n');
    writeFileSync(join(folder, 'parts', 'a.journal'), '2024-01-01 a\n a  1\n b');
    const found = hledger('include parts/*.journal', '2024-01-03 c', '  a  1', '  b');
    expect(found.transactions.map(({ narration, line }) => [narration, line])).toEqual([['a', 1], ['b', 2], ['c', 2]]);
    expect(Object.keys(found.balances())).toEqual(['In:a\t', 'In:b\t', 'a\t', 'b\t']);
    writeFileSync(join(folder, 'parts', 'b.journal'), '\ninclude ../main.journal\n');
    expect(() => hledger('include parts/b.journal')).toThrow(/b\.journal, line 2: .*includes itself/);
    expect(() => hledger('include parts')).toThrow(/line 1: .*not an ordinary file/);
  });

  test.each([
    ['a day that does not exist', ['2023-02-29 x'], 1],
    ['a line that is nothing', ['2024-01-01 x', '', 'what is this'], 3],
    ['an indented line of nothing', ['', '  a  1'], 2],
    ['an amount that is none', ['2024-01-01 x', '  a  12x3'], 2],
    ['more digits than are exact', ['2024-01-01 x', '  a  12345678901234567.89', '  b'], 2],
    ['a time clock', ['i 2024-01-01 10:00 a'], 1],
    ['bytes that are no UTF-8', ['2024-01-01 x', '\u0000'], 2],
  ])('refuses %s with its line', (_, lines, line) => {
    expect(() => hledger(...lines)).toThrow(new RegExp(`main\\.journal, line ${line}: `));
  });
});

describe('ledger', () => {
  test('applies its automated rules to what is below them', () => {
    const found = ledger('2024-01-01 x', '  Income:A  $-10', '  b', '= /^income/ and not /B$/', '  (Tithe)  0.12', '  [Box]  $1', '  [Bag]  $-1', '2024-01-02 x', '  Income:A  $-100.50', '  Income:B  $-1.00', '  b');
    expect(found.balances()).toMatchObject({ 'Tithe\t$': '-12.06', 'Box\t$': '1', 'Bag\t$': '-1' });
    expect(found.transactions[1]?.postings.slice(3).map(({ made, line }) => [made, line])).toEqual([[true, 9], [true, 9], [true, 9]]);
    expect(() => ledger('= expr amount > 1', '  (a)  1')).toThrow(/line 1: .*only rules on names/);
    expect(() => ledger('= /a/', '  b  1', '2024-01-01 x', '  a  1', '  c')).toThrow(/line 3: .*automated/);
  });

  test('sells lots at what they did cost', () => {
    const found = ledger('2024-01-01 x', '  a  10 AAPL {$5}', '  b  $-50', '2024-01-02 x', '  a  -5 AAPL {$5} [2024-01-01] (note) @ $6', '  b  $30', '  g');
    expect(found.balances()).toEqual({ 'a\tAAPL': '5', 'b\t$': '-20', 'g\t$': '-5' });
    expect(found.transactions[1]?.postings[0]?.cost).toEqual({ units: -25, scale: 0, commodity: '$' });
  });

  test('asserts in the order of the file, real postings apart', () => {
    expect(ledger('2024-01-01 x', '  (a)  3 EUR', '2024-01-01 x', '  a  1 EUR = 1 EUR', '  b').transactions).toHaveLength(2);
    expect(() => ledger('2024-01-02 x', '  a  5', '  b', '2024-01-02 y', '  a  0 = 8', '2024-01-01 x', '  a  3', '  b')).toThrow(/line 5: /);
    expect(ledger('2024-01-01 x', '  a  3 EUR', '  b', '2024-01-02 x', '  a  = 0', '  c').balances()).toEqual({ 'b\tEUR': '-3', 'c\tEUR': '3' });
  });

  test('computes amounts in brackets exactly, or to the decimals of the commodity', () => {
    const found = ledger('2024-01-01 x', '  a  ($10.00 * 3 - ($1 + $4)/8)', '  b', '2024-01-01 x', '  c  (2.0/3.0 * 10.00 EUR)', '  d');
    expect(found.balances()).toEqual({ 'a\t$': '29.375', 'b\t$': '-29.375', 'c\tEUR': '6.67', 'd\tEUR': '-6.67' });
    expect(() => ledger('2024-01-01 x', '  a  ($1 / 0)', '  b')).toThrow(/line 2: .*divides by zero/);
    expect(() => ledger('2024-01-01 x', '  a  (market($1))', '  b')).toThrow(/line 2: /);
  });

  test('takes commas for groups, aliases above prefixes, a bucket and applied tags', () => {
    const found = ledger('alias chk=Assets:Checking', 'bucket Cash', 'apply account Top', 'apply tag trip: Ulm', '2024-01-01 x', '  chk  1,000 X', '2024-01-01 x', '  a  1,50 Y', 'end apply tag', 'end apply');
    expect(found.balances()).toEqual({ 'Assets:Checking\tX': '1000', 'Cash\tX': '-1000', 'Cash\tY': '-1.5', 'Top:a\tY': '1.5' });
    expect(found.transactions[0]?.tags).toEqual([['trip', 'Ulm']]);
  });

  test('bytes of another encoding are read with a warning', () => {
    writeFileSync(path, Buffer.from('2024-01-01 M\u00fcller\n  a  1\n  b\n', 'latin1'));
    const found = told();
    readLedger(path, found);
    expect(found.transactions[0]?.payee).toBe('Müller');
    expect(found.warnings[0]?.line).toBe(1);
    expect(() => readHledger(path, told())).toThrow(/line 1: .*UTF-8/);
  });
});
