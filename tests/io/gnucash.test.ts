import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { decimalOf, fraction } from '../../main/io/journal/fractions.ts';
import { readGnucash } from '../../main/io/journal/gnucash.ts';
import type { NamedAccount, Price } from '../../main/io/journal/transaction.ts';
import { told } from './journalSums.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-gnucash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const file = (bytes: string | Buffer): string => {
  const path = join(folder, `${(count += 1)}.gnucash`);
  writeFileSync(path, bytes);
  return path;
};

type Split = readonly [account: string, value: string, quantity: string, memo?: string];
interface Tx {
  readonly day: string;
  readonly num?: string;
  readonly text: string;
  readonly notes?: string;
  readonly splits: readonly Split[];
}
const accounts: readonly (readonly [id: string, name: string, type: string, space: string, commodity: string, parent: string, code: string])[] = [
  ['root', 'Root Account', 'ROOT', '', '', '', ''],
  ['assets', 'Assets', 'ASSET', 'CURRENCY', 'EUR', 'root', '1'],
  ['bank', 'Bank: main', 'BANK', 'CURRENCY', 'EUR', 'assets', '1200'],
  ['dollars', 'Dollars', 'BANK', 'CURRENCY', 'USD', 'assets', ''],
  ['shares', 'Shares', 'STOCK', 'NASDAQ', 'ACME', 'assets', ''],
  ['income', 'Income', 'INCOME', 'CURRENCY', 'EUR', 'root', '4000'],
  ['costs', 'Büro & Co', 'EXPENSE', 'CURRENCY', 'EUR', 'root', ''],
];
const book: readonly Tx[] = [
  { day: '2024-01-05', num: 'R1', text: 'Sale & more', notes: 'a note', splits: [['bank', '11900/100', '11900/100', 'in'], ['income', '-11900/100', '-11900/100']] },
  { day: '2024-01-06', text: 'Dollars bought', splits: [['dollars', '10000/100', '11000/100'], ['bank', '-10000/100', '-10000/100']] },
  { day: '2024-01-07', text: 'Shares', splits: [['shares', '1500/100', '12345/10000'], ['bank', '-1500/100', '-1500/100']] },
  { day: '2024-01-08', text: 'Gain', splits: [['shares', '250/100', '0/10000'], ['income', '-250/100', '-250/100']] },
  { day: '2024-01-09', text: 'Paper <1>', splits: [['costs', '333/100', '333/100', 'pens'], ['bank', '-333/100', '-333/100']] },
];
const wanted = { 'Assets:Bank - main\tEUR': '0.67', 'Assets:Dollars\tUSD': '110', 'Assets:Shares\tACME': '1.2345', 'Assets:Shares\tEUR': '2.5', 'Büro & Co\tEUR': '3.33', 'Income\tEUR': '-121.5' };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const commodity = (tag: string, space: string, id: string): string => `  <${tag}>\n    <cmdty:space>${space}</cmdty:space>\n    <cmdty:id>${id}</cmdty:id>\n  </${tag}>\n`;
const xmlTx = ({ day, num = '', text, notes, splits }: Tx): string =>
  `<gnc:transaction version="2.0.0">\n  <trn:id type="guid">x</trn:id>\n${commodity('trn:currency', 'CURRENCY', 'EUR')}${num === '' ? '' : `  <trn:num>${num}</trn:num>\n`}  <trn:date-posted>\n    <ts:date>${day} 10:59:00 +0000</ts:date>\n  </trn:date-posted>\n  <trn:date-entered>\n    <ts:date>2024-02-01 17:00:00 +0000</ts:date>\n  </trn:date-entered>\n  <trn:description>${escaped(text)}</trn:description>\n` +
  `  <trn:slots>\n    <slot>\n      <slot:key>date-posted</slot:key>\n      <slot:value type="gdate">\n        <gdate>${day}</gdate>\n      </slot:value>\n    </slot>\n${notes === undefined ? '' : `    <slot>\n      <slot:key>notes</slot:key>\n      <slot:value type="string">${notes}</slot:value>\n    </slot>\n`}  </trn:slots>\n  <trn:splits>\n` +
  splits.map(([account, value, quantity, memo]) => `    <trn:split>\n      <split:id type="guid">s</split:id>\n${memo === undefined ? '' : `      <split:memo>${memo}</split:memo>\n`}      <split:reconciled-state>y</split:reconciled-state>\n      <split:value>${value}</split:value>\n      <split:quantity>${quantity}</split:quantity>\n      <split:account type="guid">${account}</split:account>\n    </trn:split>\n`).join('') +
  `  </trn:splits>\n</gnc:transaction>\n`;
const xmlOf = (transactions: readonly Tx[]): string =>
  `<?xml version="1.0" encoding="utf-8" ?>\n<gnc-v2\n     xmlns:gnc="http://www.gnucash.org/XML/gnc"\n     xmlns:act="http://www.gnucash.org/XML/act">\n<gnc:count-data cd:type="book">1</gnc:count-data>\n<gnc:book version="2.0.0">\n<book:id type="guid">b</book:id>\n<gnc:commodity version="2.0.0">\n  <cmdty:space>NASDAQ</cmdty:space>\n  <cmdty:id>ACME</cmdty:id>\n</gnc:commodity>\n` +
  `<gnc:pricedb version="1">\n  <price>\n    <price:id type="guid">p</price:id>\n${commodity('price:commodity', 'CURRENCY', 'USD')}${commodity('price:currency', 'CURRENCY', 'EUR')}    <price:time>\n      <ts:date>2024-01-06 00:00:00 +0100</ts:date>\n    </price:time>\n    <price:value>10/11</price:value>\n  </price>\n</gnc:pricedb>\n` +
  accounts.map(([id, name, type, space, sign, parent, code]) => `<gnc:account version="2.0.0">\n  <act:name>${escaped(name)}</act:name>\n  <act:id type="guid">${id}</act:id>\n  <act:type>${type}</act:type>\n${sign === '' ? '' : commodity('act:commodity', space, sign)}${code === '' ? '' : `  <act:code>${code}</act:code>\n`}${parent === '' ? '' : `  <act:parent type="guid">${parent}</act:parent>\n`}</gnc:account>\n`).join('') +
  transactions.map(xmlTx).join('') +
  `<gnc:template-transactions>\n<gnc:account version="2.0.0">\n  <act:name>Template Root</act:name>\n  <act:id type="guid">troot</act:id>\n  <act:type>ROOT</act:type>\n</gnc:account>\n${xmlTx({ day: '2024-03-01', text: 'Template', splits: [['t1', '1/100', '1/100']] })}</gnc:template-transactions>\n<gnc:schedxaction version="2.0.0">\n  <sx:name>Rent</sx:name>\n</gnc:schedxaction>\n</gnc:book>\n</gnc-v2>\n\n<!-- Local variables: -->\n`;

function sqliteOf(transactions: readonly Tx[], oldDates = false): string {
  const path = join(folder, `${(count += 1)}.gnucash`);
  const db = new Database(path);
  db.exec(`CREATE TABLE books(guid text(32) PRIMARY KEY NOT NULL, root_account_guid text(32) NOT NULL, root_template_guid text(32) NOT NULL);
    CREATE TABLE commodities(guid text(32) PRIMARY KEY NOT NULL, namespace text(2048) NOT NULL, mnemonic text(2048) NOT NULL, fraction integer NOT NULL);
    CREATE TABLE accounts(guid text(32) PRIMARY KEY NOT NULL, name text(2048) NOT NULL, account_type text(2048) NOT NULL, commodity_guid text(32), commodity_scu integer NOT NULL, parent_guid text(32), code text(2048));
    CREATE TABLE prices(guid text(32) PRIMARY KEY NOT NULL, commodity_guid text(32) NOT NULL, currency_guid text(32) NOT NULL, date text(19) NOT NULL, value_num bigint NOT NULL, value_denom bigint NOT NULL);
    CREATE TABLE transactions(guid text(32) PRIMARY KEY NOT NULL, currency_guid text(32) NOT NULL, num text(2048) NOT NULL, post_date text(19), enter_date text(19), description text(2048));
    CREATE TABLE splits(guid text(32) PRIMARY KEY NOT NULL, tx_guid text(32) NOT NULL, account_guid text(32) NOT NULL, memo text(2048) NOT NULL, reconcile_state text(1) NOT NULL, value_num bigint NOT NULL, value_denom bigint NOT NULL, quantity_num bigint NOT NULL, quantity_denom bigint NOT NULL);
    CREATE TABLE slots(id integer PRIMARY KEY AUTOINCREMENT NOT NULL, obj_guid text(32) NOT NULL, name text(4096) NOT NULL, slot_type integer NOT NULL, string_val text(4096), gdate_val text(8));
    CREATE TABLE schedxactions(guid text(32) PRIMARY KEY NOT NULL, name text(2048));
    INSERT INTO books VALUES ('b', 'root', 'troot');
    INSERT INTO commodities VALUES ('EUR', 'CURRENCY', 'EUR', 100), ('USD', 'CURRENCY', 'USD', 100), ('ACME', 'NASDAQ', 'ACME', 10000), ('tmpl', 'template', 'template', 1);
    INSERT INTO accounts VALUES ('troot', 'Template Root', 'ROOT', NULL, 0, NULL, ''), ('t1', 'x', 'BANK', 'tmpl', 1, 'troot', '');
    INSERT INTO prices VALUES ('p', 'USD', 'EUR', '2024-01-06 00:00:00', 10, 11); INSERT INTO schedxactions VALUES ('x', 'Rent');`);
  for (const [id, name, type, , sign, parent, code] of accounts) db.prepare('INSERT INTO accounts VALUES (?, ?, ?, ?, 100, ?, ?)').run(id, name, type, sign || null, parent || null, code);
  transactions.forEach((tx, at) => {
    db.prepare('INSERT INTO transactions VALUES (?, ?, ?, ?, ?, ?)').run(`x${at}`, 'EUR', tx.num ?? '', oldDates ? `${tx.day.replaceAll('-', '')}230000` : `${tx.day} 10:59:00`, '', tx.text);
    if (tx.notes !== undefined) db.prepare("INSERT INTO slots (obj_guid, name, slot_type, string_val) VALUES (?, 'notes', 4, ?)").run(`x${at}`, tx.notes);
    tx.splits.forEach(([account, value, quantity, memo], n) => db.prepare('INSERT INTO splits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(`s${at}-${n}`, `x${at}`, account, memo ?? '', 'y', ...value.split('/').map(Number), ...quantity.split('/').map(Number)));
  });
  db.exec("INSERT INTO transactions VALUES ('t', 'EUR', '', '2024-03-01 10:59:00', '', 'Template'); INSERT INTO splits VALUES ('ts', 't', 't1', '', 'n', 1, 100, 1, 100)");
  db.close();
  return path;
}

const read = (path: string) => {
  const found = told();
  const named: NamedAccount[] = [];
  const prices: Price[] = [];
  readGnucash(path, { ...found, account: (one) => void named.push(one), price: (one) => void prices.push(one) });
  return { ...found, named, prices };
};

describe('books of GnuCash', () => {
  test.each([
    ['XML', (): string => file(xmlOf(book))],
    ['compressed XML', (): string => file(gzipSync(xmlOf(book)))],
    ['XML in one line', (): string => file(xmlOf(book).replaceAll(/>\s+</g, '><'))],
    ['SQLite', (): string => sqliteOf(book)],
  ])('as %s give the same accounts, prices and exact quantities', (_, make) => {
    const found = read(make());
    expect(found.balances()).toEqual(wanted);
    expect(found.transactions.map(({ day, code, narration, text, status }) => [day, code, narration, text, status])).toEqual(book.map((tx) => [tx.day, tx.num ?? '', tx.text, tx.notes ?? '', '*']));
    expect(found.transactions[2]!.postings[0]).toMatchObject({ amount: { units: 12_345, scale: 4, commodity: 'ACME' }, cost: { units: 1500, scale: 2, commodity: 'EUR' } });
    expect(found.transactions[0]!.postings[0]!.text).toBe('in');
    expect(found.named.map(({ name, kind, number = '' }) => [name, kind, number])).toEqual([
      ['Assets', 'asset', '1'], ['Assets:Bank - main', 'cash', '1200'], ['Assets:Dollars', 'cash', ''], ['Assets:Shares', 'asset', ''], ['Income', 'income', '4000'], ['Büro & Co', 'expense', ''],
    ]);
    expect(found.prices).toEqual([{ day: '2024-01-06', commodity: 'USD', price: { units: 909_090_909, scale: 9, commodity: 'EUR' } }]);
    expect(found.warnings.map(({ message }) => message)).toEqual(['scheduled transactions are not carried over']);
  });

  test('days that an old version wrote as the evening before are the days it meant', () => {
    expect(read(sqliteOf(book.map((tx) => ({ ...tx, day: tx.day.replace(/\d$/, (digit) => String(Number(digit) - 1)) })), true)).transactions.map(({ day }) => day)).toEqual(book.map(({ day }) => day));
  });

  test('a transaction that does not balance is refused with its line, in each kind of file', () => {
    const broken: readonly Tx[] = [{ day: '2024-01-05', text: 'Wrong', splits: [['bank', '100/100', '100/100'], ['income', '-99/100', '-99/100']] }];
    const xml = xmlOf(broken);
    const line = xml.split('\n').findIndex((text) => text.startsWith('<gnc:transaction')) + 1;
    expect(() => read(file(xml))).toThrow(new RegExp(`line ${line}: the transaction “Wrong” does not balance.*1/100 EUR`));
    expect(() => read(sqliteOf(broken))).toThrow(/line 1: the transaction “Wrong” does not balance/);
  });

  test('a transaction that old books keep in a share has the quantities that GnuCash 4.13 reports', () => {
    const bought: readonly Tx[] = [{ day: '2001-03-26', text: 'Buy stock', splits: [['shares', '25/1', '25/1'], ['bank', '-75/1', '-7500/100']] }];
    const found = read(file(xmlOf(bought).replace(commodity('trn:currency', 'CURRENCY', 'EUR'), commodity('trn:currency', 'NASDAQ', 'ACME'))));
    expect(found.balances()).toEqual({ 'Assets:Bank - main\tEUR': '-75', 'Assets:Shares\tACME': '25' });
    expect(found.warnings.filter(({ message }) => message.includes('which is no currency'))).toHaveLength(1);
  });

  test('a split without another is kept, with the account beside it that Check & Repair of GnuCash 4.13 makes', () => {
    const single: readonly Tx[] = [{ day: '2024-01-05', text: 'Opening', splits: [['bank', '10000/100', '10000/100']] }];
    for (const path of [file(xmlOf(single)), sqliteOf(single)]) {
      const found = read(path);
      expect(found.balances()).toEqual({ 'Assets:Bank - main\tEUR': '100', 'Imbalance-EUR\tEUR': '-100' });
      expect(found.warnings.filter(({ message }) => message.includes('has one split alone'))).toHaveLength(1);
    }
  });

  test('an amount that has no end as a decimal is refused', () => {
    expect(() => read(file(xmlOf([{ day: '2024-01-05', text: 'Third', splits: [['bank', '1/3', '1/3'], ['income', '-1/3', '-1/3']] }])))).toThrow(/“1\/3” is not an amount/);
  });

  test.each([
    ['a file cut off', (): Buffer => Buffer.from(xmlOf(book)).subarray(0, 6000)],
    ['a compressed file cut off', (): Buffer => gzipSync(xmlOf(book)).subarray(0, 900)],
    ['another kind of XML', (): string => '<html><body>no</body></html>'],
    ['no XML', (): string => 'date,amount\n'],
    ['a split on an account that is not there', (): string => xmlOf([{ day: '2024-01-05', text: 'x', splits: [['nowhere', '1/1', '1/1'], ['bank', '-1/1', '-1/1']] }])],
    ['a day that does not exist', (): string => xmlOf([{ day: '2024-02-30', text: 'x', splits: [['bank', '0/1', '0/1']] }])],
    ['accounts in a circle', (): string => xmlOf(book).replace('<act:parent type="guid">root</act:parent>', '<act:parent type="guid">bank</act:parent>')],
    ['an empty file', (): string => ''],
  ])('%s is refused with its line', (_, make) => {
    expect(() => read(file(make()))).toThrow(/\.gnucash, line \d+: /);
  });

  test('a database of another program, and one that is damaged, are refused', () => {
    const other = join(folder, 'other.gnucash');
    const db = new Database(other);
    db.exec('CREATE TABLE a (b)');
    db.close();
    expect(() => read(other)).toThrow(/has no table books/);
    const bytes = readFileSync(sqliteOf(book));
    for (let at = 4096; at < bytes.length; at += 1) bytes[at] = at % 251;
    expect(() => read(file(bytes))).toThrow(/line 1: (the file is damaged|this is no SQLite file|this file has no table)/);
  });

  test('two accounts of the same name stay two', () => {
    const doubled = xmlOf([{ day: '2024-01-05', text: 'x', splits: [['dollars', '1/1', '1/1'], ['bank', '-1/1', '-1/1']] }]).replace('<act:name>Dollars</act:name>', '<act:name>Bank: main</act:name>').replace('<cmdty:id>USD</cmdty:id>\n  </act:commodity>', '<cmdty:id>EUR</cmdty:id>\n  </act:commodity>');
    expect(read(file(doubled)).balances()).toEqual({ 'Assets:Bank - main\tEUR': '-1', 'Assets:Bank - main (2)\tEUR': '1' });
  });
});

describe('fractions', () => {
  test('a fraction that has an end is the same decimal, and one that has none is no decimal', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 5 }), (n, twos, fives) => {
        const d = 2n ** BigInt(twos) * 5n ** BigInt(fives);
        const found = decimalOf(n, d, 'X');
        if (found) expect(BigInt(found.units) * d).toBe(n * 10n ** BigInt(found.scale));
        if (n % 3n !== 0n) expect(decimalOf(n, d * 3n, 'X')).toBe(null);
        expect(fraction(`${n}/100`, 'X')).toEqual({ units: Number(n), scale: 2, commodity: 'X' });
      }),
    );
    expect(fraction('5', '')).toEqual({ units: 5, scale: 0, commodity: '' });
    expect(fraction('1/0', '')).toBe(null);
    expect(fraction('', '')).toBe(null);
  });
});
