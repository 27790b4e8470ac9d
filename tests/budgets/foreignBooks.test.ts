import { gunzipSync } from 'node:zlib';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCsvText } from '../../main/io/csv.ts';
import { corpus, has } from '../helpers/corpora.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(async () => {
  await company.close();
});

describe('a table of postings, imported', () => {
  test.skipIf(!has('ledger/generated/10000.csv.gz'))('gives the expected trial balance, each account under its number', async () => {
    const source = join(company.desk, '10000.csv');
    writeFileSync(source, gunzipSync(readFileSync(corpus('ledger/generated/10000.csv.gz'))));
    const done = await company.value('journal.import', { format: 'ledger-csv', source });
    expect([done.imported, done.warnings]).toEqual([10_000, []]);
    const wanted = new Map<string, number>();
    readCsvText(readFileSync(corpus('ledger/generated/expected-10000-trial-balance.csv'), 'utf8'), { delimiter: ',' }, (row, [account = '', amount = '']) => {
      if (row > 1 && account !== 'total') wanted.set(account, Math.round(Number(amount.replace(/ GBP$/, '')) * 100));
    });
    const rows = await company.value('report.trial_balance', { to: '9999-12-31' });
    expect(new Map(rows.filter((row) => row.closing !== 0).map((row) => [row.account, row.closing]))).toEqual(wanted);
    readCsvText(readFileSync(corpus('ledger/generated/chart-of-accounts.csv'), 'utf8'), { delimiter: ',' }, (row, [code = '', account = '']) => {
      const one = rows.find((other) => other.account === account);
      if (row > 1 && one) expect([account, one.number]).toEqual([account, code]);
    });
    expect((await company.value('journal.import', { format: 'ledger-csv', source })).imported).toBe(0);
  });

  test('finds the account of the chart that has its number and name', async () => {
    const parent = await company.value('account.create', { number: '1', name: 'Things owned', kind: 'asset', heading: true });
    await company.value('account.create', { number: '1200', name: 'Bank', kind: 'asset', parent_id: parent.id });
    const source = join(company.desk, 'few.csv');
    writeFileSync(source, 'txn,date,code,account,debit,credit\n1,2024-01-01,1200,Bank,5,\n1,2024-01-01,8400,Sales,,5\n2,2024-01-01,1200,Bank,1,\n2,2024-01-01,1200,Post,,1\n3,2024-01-01,1,Other,1,\n3,2024-01-01,8400,Sales,,1\n');
    const done = await company.value('journal.import', { format: 'ledger-csv', source });
    expect(done.warnings).toEqual(['few.csv:5: account 1200 is named “Post” here; it is kept as “Bank”']);
    const rows = await company.value('report.trial_balance', { to: '9999-12-31' });
    expect(rows.map((row) => [row.number, row.account, row.closing]).toSorted(([a], [b]) => String(a).localeCompare(String(b), 'en'))).toEqual([['', 'Other', 100], ['1200', 'Things owned:Bank', 500], ['8400', 'Sales', -600]]);
  });
});

describe('QIF files of two accounts, imported one after the other', () => {
  test('bring the transfer between them once', async () => {
    const [giro, visa] = ['Giro.qif', 'Visa.qif'].map((name) => join(company.desk, name)) as [string, string];
    writeFileSync(giro, '!Type:Bank\nD13/01/2024\nT-50,00\nN17\nPMove\nL[Visa]\n^\nD14/01/2024\nT-8,00\nLFood\n^\n');
    writeFileSync(visa, '!Type:CCard\nD13/01/2024\nT50,00\nPPayment received\nL[Giro]\n^\nD15/01/2024\nT-3,00\nLFood\n^\n');
    expect((await company.value('journal.import', { format: 'qif', source: giro })).imported).toBe(2);
    expect(await company.value('journal.import', { format: 'qif', source: visa })).toMatchObject({ imported: 1, skipped: 1 });
    const rows = await company.value('report.trial_balance', { to: '9999-12-31' });
    expect(Object.fromEntries(rows.map((row) => [row.account, row.closing]))).toEqual({ Food: 1100, Giro: -5800, Visa: 4700 });
  });
});

describe('a book of GnuCash, imported', () => {
  test('gives the accounts their kinds and numbers, and shares at what they cost', async () => {
    const accounts = [['b', 'Bank', 'BANK', 'CURRENCY', 'GBP', '1200'], ['s', 'Shares', 'STOCK', 'LSE', 'ACME', ''], ['e', 'Capital', 'EQUITY', 'CURRENCY', 'GBP', '']] as const;
    const split = (account: string, value: string, quantity = value): string => `<trn:split><split:value>${value}</split:value><split:quantity>${quantity}</split:quantity><split:account>${account}</split:account></trn:split>`;
    const tx = (day: string, splits: string): string => `<gnc:transaction><trn:currency><cmdty:space>CURRENCY</cmdty:space><cmdty:id>GBP</cmdty:id></trn:currency><trn:date-posted><ts:date>${day} 10:59:00 +0000</ts:date></trn:date-posted><trn:description>t</trn:description><trn:splits>${splits}</trn:splits></gnc:transaction>\n`;
    const source = join(company.desk, 'book.gnucash');
    writeFileSync(
      source,
      `<?xml version="1.0"?>\n<gnc-v2><gnc:book>${accounts.map(([id, name, type, space, sign, code]) => `<gnc:account><act:name>${name}</act:name><act:id>${id}</act:id><act:type>${type}</act:type><act:commodity><cmdty:space>${space}</cmdty:space><cmdty:id>${sign}</cmdty:id></act:commodity><act:code>${code}</act:code></gnc:account>`).join('\n')}\n${tx('2024-01-01', split('b', '10000/100') + split('e', '-10000/100'))}${tx('2024-01-02', split('s', '3333/100', '12345/10000') + split('b', '-3333/100'))}</gnc:book></gnc-v2>\n`,
    );
    const done = await company.value('journal.import', { format: 'gnucash', source });
    expect([done.imported, done.warnings]).toEqual([2, []]);
    const rows = await company.value('report.trial_balance', { to: '9999-12-31' });
    expect(rows.map(({ number, account, kind, currency, quantity, closing }) => [account, number, kind, currency, quantity, closing]).toSorted(([a], [b]) => String(a).localeCompare(String(b), 'en'))).toEqual([
      ['Bank', '1200', 'asset', 'GBP', 6667, 6667],
      ['Capital', '', 'equity', 'GBP', -10_000, -10_000],
      ['Shares', '', 'asset', 'ACME', 12_345, 3333],
    ]);
  });
});
