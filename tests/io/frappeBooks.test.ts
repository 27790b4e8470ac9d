import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readFrappeBooks } from '../../main/io/journal/frappeBooks.ts';
import { guessFormat } from '../../main/io/journal/guess.ts';
import type { NamedAccount } from '../../main/io/journal/transaction.ts';
import { normal, told } from './journalSums.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-frappe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

type Line = readonly [date: string, account: string, party: string, debit: string, credit: string, type: string, name: string, reverted: number];
const pesa = (text: string): string => `${text.includes('.') ? text : `${text}.`}${'0'.repeat(11 - (text.split('.')[1]?.length ?? 0))}`;

/** A company file with the tables and the columns that matter, made as the program makes them. */
function companyFile(lines: readonly Line[], extra = ''): string {
  const path = join(folder, `${(count += 1)}.books.db`);
  const db = new Database(path);
  db.exec(`CREATE TABLE Account (name varchar(255) NOT NULL PRIMARY KEY, rootType text, parentAccount varchar(255), accountType text, isGroup integer DEFAULT 0, lft integer, rgt integer);
    CREATE TABLE AccountingLedgerEntry (name integer PRIMARY KEY AUTOINCREMENT NOT NULL, date date, account varchar(255), party varchar(255), debit text, credit text, referenceType text, referenceName varchar(255), reverted boolean, reverts varchar(255));
    CREATE TABLE JournalEntry (name varchar(255) PRIMARY KEY, date datetime, userRemark text);
    CREATE TABLE SingleValue (name varchar(255) PRIMARY KEY, parent text, fieldname text, value text);
    INSERT INTO SingleValue VALUES ('1', 'SystemSettings', 'currency', 'INR');
    INSERT INTO Account VALUES ('Application of Funds (Assets)', 'Asset', NULL, NULL, 1, 1, 2), ('Debtors', 'Asset', 'Application of Funds (Assets)', 'Receivable', 0, 1, 2), ('1110 - Cash', 'Asset', 'Application of Funds (Assets)', 'Cash', 0, 1, 2), ('Sales', 'Income', NULL, 'Income Account', 0, 1, 2), ('GST: Output', 'Liability', NULL, 'Tax', 0, 1, 2);
    INSERT INTO JournalEntry VALUES ('JV-1001', '2024-01-04T10:00:00.000Z', 'Opening cash');`);
  const insert = db.prepare('INSERT INTO AccountingLedgerEntry (date, account, party, debit, credit, referenceType, referenceName, reverted) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const [date, account, party, debit, credit, ...more] of lines) insert.run(date, account, party || null, pesa(debit), pesa(credit), ...more);
  if (extra !== '') db.exec(extra);
  db.close();
  return path;
}
const read = (path: string) => {
  const found = told();
  const named: NamedAccount[] = [];
  readFrappeBooks(path, { ...found, account: (one) => void named.push(one) });
  return { ...found, named };
};

const invoice: readonly Line[] = [
  ['2024-01-05', 'Debtors', 'Asha', '118', '0', 'SalesInvoice', 'SINV-1001', 0],
  ['2024-01-05', 'Sales', 'Asha', '0', '100', 'SalesInvoice', 'SINV-1001', 0],
  ['2024-01-05', 'GST: Output', 'Asha', '0', '18', 'SalesInvoice', 'SINV-1001', 0],
];
const journal: readonly Line[] = [
  ['2024-01-04', '1110 - Cash', '', '0.1', '0', 'JournalEntry', 'JV-1001', 0],
  ['2024-01-04', 'Sales', '', '0', '0.1', 'JournalEntry', 'JV-1001', 0],
];
const cancelled: readonly Line[] = [
  ['2024-01-06', 'Debtors', 'Ravi', '7', '0', 'SalesInvoice', 'SINV-1002', 1],
  ['2024-01-06', 'Sales', 'Ravi', '0', '7', 'SalesInvoice', 'SINV-1002', 1],
  ['2024-02-01', 'Debtors', 'Ravi', '0', '7', 'SalesInvoice', 'SINV-1002', 1],
  ['2024-02-01', 'Sales', 'Ravi', '7', '0', 'SalesInvoice', 'SINV-1002', 1],
];

describe('company files of Frappe Books', () => {
  test('give the chart, one transaction a document, and its party', () => {
    const found = read(companyFile([...invoice, ...journal]));
    expect(found.balances()).toEqual({ 'Application of Funds (Assets):1110 - Cash\tINR': '0.1', 'Application of Funds (Assets):Debtors\tINR': '118', 'GST - Output\tINR': '-18', 'Sales\tINR': '-100.1' });
    expect(found.transactions.map(({ day, code, payee, narration }) => [day, code, payee, narration])).toEqual([['2024-01-04', 'JV-1001', '', 'Opening cash'], ['2024-01-05', 'SINV-1001', 'Asha', 'Sales Invoice']]);
    expect(found.named.map(({ name, kind, number = '' }) => [name, kind, number])).toEqual([
      ['Application of Funds (Assets)', 'asset', ''], ['Application of Funds (Assets):Debtors', 'asset', ''], ['Application of Funds (Assets):1110 - Cash', 'cash', '1110'], ['Sales', 'income', ''], ['GST - Output', 'liability', ''],
    ]);
    expect(found.warnings).toEqual([]);
  });

  test('what was cancelled is left out with its reversal, and told', () => {
    const found = read(companyFile([...invoice, ...cancelled]));
    expect(found.transactions.map(({ code }) => code)).toEqual(['SINV-1001']);
    expect(found.warnings.map(({ message }) => message)).toEqual(['4 rows of documents that were cancelled, and of their reversals, are left out']);
  });

  test('rows marked as cancelled that do not cancel each other out are carried, and told', () => {
    const found = read(companyFile([...invoice, ...cancelled.slice(0, 2)]));
    expect(found.balances()['Sales\tINR']).toBe('-107');
    expect(found.warnings).toHaveLength(1);
  });

  test.each([
    ['a document that does not balance', invoice.slice(0, 2), '', /line 1: “SINV-1001” does not balance.*18\/1 INR/],
    ['an account that is not in the chart', [['2024-01-05', 'Nowhere', '', '1', '0', 'JournalEntry', 'JV-2', 0]], '', /line 1: the account “Nowhere” is not in the chart/],
    ['a day that is none', [['2024-13-05', 'Sales', '', '0', '0', 'JournalEntry', 'JV-2', 0]], '', /line 1: “2024-13-05” is not a date/],
    ['an amount that is none', invoice, "UPDATE AccountingLedgerEntry SET debit = '1e3' WHERE name = 1", /line 1: “1e3” is not an amount/],
    ['an amount that is not exact', invoice, "UPDATE AccountingLedgerEntry SET debit = '12345678901234567.1' WHERE name = 1", /line 1: “12345678901234567\.1” is not an amount/],
    ['a chart in a circle', invoice, "UPDATE Account SET parentAccount = 'Debtors' WHERE name = 'Application of Funds (Assets)'", /is below itself/],
    ['a file of another program', invoice, 'DROP TABLE AccountingLedgerEntry', /has no table AccountingLedgerEntry/],
  ] as const)('%s is refused with its row', (_, lines, extra, message) => {
    expect(() => read(companyFile(lines, extra))).toThrow(message);
  });

  test('are known by their first bytes, and so are other files of SQLite', () => {
    expect(guessFormat(companyFile(invoice))).toBe('frappe-books');
    expect(guessFormat(companyFile(invoice, 'ALTER TABLE AccountingLedgerEntry RENAME TO splits'))).toBe('gnucash');
  });

  test('what is no database is refused', () => {
    const path = join(folder, 'none.books.db');
    writeFileSync(path, 'not a database, and longer than sixteen bytes');
    expect(() => read(path)).toThrow(/line 1: this is no SQLite file/);
  });

  test('every amount is carried to its last digit', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 5 }), (amounts) => {
        const texts = amounts.map(([units, scale]) => {
          const digits = String(units).padStart(scale + 1, '0');
          return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
        });
        const path = companyFile(texts.flatMap((text, at): Line[] => [['2024-01-01', 'Debtors', '', text, '0', 'JournalEntry', `J${at}`, 0], ['2024-01-01', 'Sales', '', '0', text, 'JournalEntry', `J${at}`, 0]]));
        const wanted = amounts.reduce((sum, [units, scale]) => sum + BigInt(units) * 10n ** BigInt(3 - scale), 0n);
        const digits = wanted.toString().padStart(4, '0');
        const text = normal(`${digits.slice(0, -3)}.${digits.slice(-3)}`);
        expect(read(path).balances()).toEqual(wanted === 0n ? {} : { 'Application of Funds (Assets):Debtors\tINR': text, 'Sales\tINR': `-${text}` });
        rmSync(path);
      }),
      { numRuns: 20 },
    );
  });
});
