import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readCsvText } from '../../main/io/csv.ts';
import { markOf, readDecimal } from '../../main/io/journal/decimals.ts';
import { readLedgerCsv } from '../../main/io/journal/ledgerCsv.ts';
import type { NamedAccount } from '../../main/io/journal/transaction.ts';
import { corpus, has } from '../helpers/corpora.ts';
import { byKey, normal, told } from './journalSums.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-ledger-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (text: string | Buffer): string => {
  const path = join(folder, 'ledger.csv');
  writeFileSync(path, text);
  return path;
};
const read = (text: string | Buffer) => {
  const found = told();
  const accounts: NamedAccount[] = [];
  readLedgerCsv(file(text), { ...found, account: (one) => void accounts.push(one) });
  return { ...found, accounts };
};

const there = has('ledger/generated/10000.csv.gz');
describe.skipIf(!there)('the generated table', () => {
  test('10,000 transactions give the expected trial balance, with the numbers of their accounts', () => {
    const found = read(gunzipSync(readFileSync(corpus('ledger/generated/10000.csv.gz'))));
    expect(found.transactions.length).toBe(10_000);
    expect(found.transactions[0]).toMatchObject({ day: '2022-01-01', code: 'OB000001', narration: 'Opening balances', line: 2 });
    const wanted: [string, string][] = [];
    readCsvText(readFileSync(corpus('ledger/generated/expected-10000-trial-balance.csv'), 'utf8'), { delimiter: ',' }, (row, [account = '', amount = '']) => {
      if (row > 1 && account !== 'total') wanted.push([`${account}\t`, normal(amount.replace(/ GBP$/, ''))]);
    });
    expect(found.balances()).toEqual(Object.fromEntries(wanted.toSorted(byKey)));
    readCsvText(readFileSync(corpus('ledger/generated/chart-of-accounts.csv'), 'utf8'), { delimiter: ',' }, (row, [code = '', account = '']) => {
      const one = found.accounts.find(({ name }) => name === account);
      if (row > 1 && one) expect(one.number).toBe(code);
    });
    expect(found.accounts.length).toBeGreaterThan(140);
    expect(found.warnings).toEqual([]);
  });
});

const head = 'txn,date,ref,narration,code,account,debit,credit\n';

describe('tables of postings', () => {
  test('German tables with semicolons, commas and points are understood', () => {
    const found = read(Buffer.from('Belegnummer;Buchungsdatum;Buchungstext;Konto;Kontobezeichnung;Soll;Haben\n7;03.01.2024;Büro;4930;Bürobedarf;1.234,50;\n7;03.01.2024;Büro;1576;Vorsteuer;234,56;\n7;03.01.2024;Büro;1200;Bank;;1.469,06\n', 'latin1'));
    expect(found.balances()).toEqual({ 'Bank\t': '-1469.06', 'Bürobedarf\t': '1234.5', 'Vorsteuer\t': '234.56' });
    expect(found.transactions).toHaveLength(1);
    expect(found.transactions[0]!.day).toBe('2024-01-03');
    expect(found.accounts.map(({ number }) => number)).toEqual(['4930', '1576', '1200']);
    expect(found.warnings.map(({ message }) => message)).toEqual(['bytes that are no UTF-8 were read as windows-1252']);
  });

  test('a French FEC with a currency of its own is understood, and its kinds of accounts', () => {
    const found = read(
      'JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\n' +
        'VE\tVentes\t1\t20240105\t411000\tClients\tC01\tDupont\tF1\t20240105\tVente\t120,00\t0,00\t\t\t20240105\t131,00\tUSD\nVE\tVentes\t1\t20240105\t707000\tVentes\t\t\tF1\t20240105\tVente\t0,00\t100,00\t\t\t20240105\t\t\nVE\tVentes\t1\t20240105\t445710\tTVA\t\t\tF1\t20240105\tVente\t0,00\t20,00\t\t\t20240105\t\t\n',
    );
    expect(found.accounts.map(({ name, kind, number }) => [name, kind, number])).toEqual([['Clients', 'asset', '411000'], ['Ventes', 'income', '707000'], ['TVA', 'liability', '445710']]);
    expect(found.transactions[0]!.postings[0]).toMatchObject({ amount: { units: 13_100, scale: 2, commodity: 'USD' }, cost: { units: 12_000, scale: 2 }, text: 'Dupont' });
  });

  test('signed amounts, amounts with a side, and amounts beside their currency are understood', () => {
    const wanted = { 'Bank\tEUR': '-5.5', 'Food\tEUR': '5.5' };
    expect(read('date,description,account,amount,currency\n2024-01-02,Lunch,Food,5.50,EUR\n2024-01-02,Lunch,Bank,-5.50,EUR\n').balances()).toEqual(wanted);
    expect(read('date,description,account,amount,D/C,currency\n2024-01-02,Lunch,Food,5.50,D,EUR\n2024-01-02,Lunch,Bank,5.50,C,EUR\n').balances()).toEqual(wanted);
    expect(read('date,description,account,amount\n2024-01-02,Lunch,Food,EUR 5.50\n2024-01-02,Lunch,Bank,(EUR 5.50)\n').balances()).toEqual(wanted);
  });

  test('titles above the header, rows of sums and cells with line ends do no harm', () => {
    const found = read(`Journal\nJanuary\n\nTrans #,Date,Num,Name,Memo,Account,Debit,Credit\n1,01/13/2024,A1,Bob,"first\nsecond ""one""",Rent,"1,000.00",\n,,,,,Bank,,"1,000.00"\n,,,,,,,\nTOTAL,,,,,,"1,000.00","1,000.00"\n`);
    expect(found.transactions).toHaveLength(1);
    expect(found.transactions[0]).toMatchObject({ day: '2024-01-13', code: 'A1', payee: 'Bob', narration: 'first\nsecond "one"', line: 5 });
    expect(found.balances()).toEqual({ 'Bank\t': '-1000', 'Rent\t': '1000' });
    expect(found.warnings.map(({ line }) => line)).toEqual([9]);
  });

  test('rows that share a number but do not stand together make one transaction', () => {
    const found = read(`${head}1,2024-01-01,,a,1,A,5.00,\n2,2024-01-01,,b,1,A,7.00,\n1,2024-01-01,,a,2,B,,5.00\n2,2024-01-01,,b,2,B,,7.00\n`);
    expect(found.transactions.map(({ code, postings }) => [code, postings.length])).toEqual([['1', 2], ['2', 2]]);
  });

  test('without numbers a transaction ends where it balances', () => {
    const found = read('date,narration,account,debit,credit\n2024-01-01,x,A,5,\n2024-01-01,y,B,,5\n2024-01-01,z,A,1,\n2024-01-01,z,B,,1\n');
    expect(found.transactions.map(({ narration, postings }) => [narration, postings.length, postings[1]!.text])).toEqual([['x', 2, 'y'], ['z', 2, '']]);
  });

  test('days of both orders are told apart by the whole file', () => {
    const rows = (days: readonly string[]): string => `date,narration,account,amount\n${days.map((day) => `${day},x,A,1\n${day},x,B,-1\n`).join('')}`;
    expect(read(rows(['03/04/2024', '13/04/2024'])).transactions[0]!.day).toBe('2024-04-03');
    expect(read(rows(['03/04/2024', '04/13/2024'])).transactions[0]!.day).toBe('2024-03-04');
    const open = read(rows(['01/02/2024', '01/05/2024', '02/01/2024']));
    expect(open.transactions.map(({ day }) => day)).toEqual(['2024-01-02', '2024-01-05', '2024-02-01']);
    expect(open.warnings).toHaveLength(1);
  });

  test('two currencies in one transaction are worth each other', () => {
    const found = read('txn,date,account,amount,currency\n1,2024-01-01,Dollars,110,USD\n1,2024-01-01,Bank,-100,EUR\n');
    expect(found.transactions[0]!.postings.map(({ cost }) => cost)).toEqual([null, { units: -110, scale: 0, commodity: 'USD' }]);
  });

  test.each([
    ['an unbalanced transaction', `${head}1,2024-01-01,,a,1,A,5.00,\n1,2024-01-01,,a,2,B,,4.99\n2,2024-01-01,,a,1,A,,\n`, /line 2: .*“1”.*0\.01/],
    ['an unbalanced transaction without a number', 'date,narration,account,debit,credit\n2024-01-01,x,A,5,\n2024-01-02,y,B,,5\n', /line 3: .*line 2.*5/],
    ['a day that does not exist', `${head}1,2024-02-30,,a,1,A,5.00,\n`, /line 2: “2024-02-30” is not a date/],
    ['an amount that is none', `${head}1,2024-02-01,,a,1,A,5.0.0,\n`, /line 2: “5\.0\.0” is not an amount/],
    ['an account that is missing', `${head}1,2024-02-01,,a,,,5.00,\n`, /line 2: the account is missing/],
    ['more cells than columns', `${head}1,2024-02-01,,a,1,A,5,00,x\n`, /line 2: this row has 9 cells/],
    ['no header', '1,2,3\n', /line 1: no row names the columns/],
    ['a quotation mark that is never closed', `${head}1,2024-02-01,"a,1,A,5.00,\n`, /line 2: a quotation mark is never closed/],
    ['no rows', head, /line 1: the file has no rows/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), /line 1: /],
    ['a sum that is not exact', `${head}1,2024-01-01,,a,1,A,9007199254740992,\n`, /line 2: “9007199254740992” is not an amount/],
  ])('%s is refused with its line', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('UTF-16 and the line ends of old Macs are read', () => {
    const rows = 'date\taccount\tamount\r2024-01-01\tÄ\t1,50\r2024-01-01\tB\t-1,50\r';
    expect(read(Buffer.from(`\ufeff${rows}`, 'utf16le')).balances()).toEqual({ 'B\t': '-1.5', 'Ä\t': '1.5' });
    expect(read(rows).balances()).toEqual({ 'B\t': '-1.5', 'Ä\t': '1.5' });
  });
});

describe('amounts', () => {
  test('every amount reads the same however it is written', () => {
    const groups = (digits: string, mark: string): string => digits.replace(/\B(?=(\d{3})+$)/g, mark);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.integer({ min: 0, max: 4 }), fc.boolean(), (units, scale, negative) => {
        const digits = String(units).padStart(scale + 1, '0');
        const [whole, part] = [digits.slice(0, digits.length - scale), scale > 0 ? digits.slice(-scale) : ''];
        for (const [mark, group] of [['.', ','], [',', '.'], ['.', "'"], [',', ' '], ['.', '']] as const) {
          const number = groups(whole, group) + (part === '' ? '' : mark + part);
          for (const text of negative ? [`-${number}`, `(${number})`, `${number}-`, `-€${number}`, `€ -${number}`] : [number, `€${number}`, `${number} EUR`, `+${number}`]) {
            const into = { units: 0, scale: 0, sign: '', side: '' as const };
            expect(readDecimal(`,${text},`, 1, text.length + 1, mark, into), text).toBe(true);
            expect([into.units, into.scale], text).toEqual([negative ? 0 - units : units, scale]);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('the decimal mark is found where it shows, and not guessed where it does not', () => {
    expect(markOf(['1.234', '1.234,5'])).toBe(',');
    expect(markOf(['1,234', '12.5'])).toBe('.');
    expect(markOf(['1,234,567'])).toBe('.');
    expect(markOf(['1.234'])).toBe(null);
    expect(markOf(['12'])).toBe('.');
    expect(markOf(['0.125'])).toBe('.');
  });
});

test('what “ledger csv” of Ledger 3.3.0 writes has no header and is read from its first row', () => {
  const found = read('"2021/11/22","R1","bought","Broker","FOO","100","",""\n"2021/11/22","R1","bought","Bank","$","-4344","",""\n"2021/11/23","","Löwe","Food","EUR","10.5","*"," note"\n"2021/11/23","","Löwe","Cash","EUR","-10.5","*",""\n');
  expect(found.balances()).toEqual({ 'Bank\t$': '-4344', 'Broker\tFOO': '100', 'Cash\tEUR': '-10.5', 'Food\tEUR': '10.5' });
  expect(found.transactions.map(({ day, code, narration, line }) => [day, code, narration, line])).toEqual([['2021-11-22', 'R1', 'bought', 1], ['2021-11-23', '', 'Löwe', 3]]);
  expect(() => read('"2021/11/22","R1","bought","Broker","FOO","100","",""\n"2021/11/23","","Löwe","Food","EUR","10.5","*"," note"\n')).toThrow(/line 2: the entry that begins in line 1 does not balance/);
});
