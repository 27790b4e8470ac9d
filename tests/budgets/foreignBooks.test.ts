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
