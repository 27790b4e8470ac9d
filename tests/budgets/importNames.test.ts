import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';
import { imprint } from '../helpers/imprint.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(async () => {
  expect(company.bugs).toEqual([]);
  await company.close();
});

const write = (text: string, name = 'books.journal'): string => {
  const file = join(company.desk, name);
  writeFileSync(file, text);
  return file;
};
const bring = (text: string, format: 'hledger' | 'qif' = 'hledger') => company.value('journal.import', { format, source: write(text) });
const trial = (): Promise<readonly { readonly account: string; readonly currency: string; readonly quantity: number; readonly closing: number }[]> => company.value('report.trial_balance', { to: '2030-12-31' });
const currencies = async (): Promise<Record<string, number>> => Object.fromEntries((await company.value('commodity.list', { limit: 100 })).rows.map((row) => [row.code, row.digits]));

describe('Commodities of an imported ledger', () => {
  const fund = 'Global Equity Index Fund ';
  const buy = (commodity: string, count: string): string => `2020-01-01 buy\n  assets:funds  ${count} "${commodity}" @@ 10 GBP\n  assets:bank  -10 GBP\n\n`;

  test('whose long names begin alike stay apart, under the same codes whatever comes first', async () => {
    const [one, other] = [buy(`${fund}Accumulating`, '3'), buy(`${fund}Distributing`, '5')];
    expect(await bring(other)).toMatchObject({ imported: 1 });
    expect(await bring(one + other)).toMatchObject({ imported: 1, skipped: 1 });
    const held = (await trial()).filter((row) => row.account === 'assets:funds');
    expect(held.map((row) => row.quantity).toSorted((a, b) => a - b)).toEqual([3, 5]);
    for (const row of held) expect(row.currency).toMatch(/^Global Equity Ind~[0-9a-f]{6}$/);
    // The whole name is kept beside the code.
    expect((await company.value('commodity.list', { limit: 100 })).rows.map((row) => row.name).toSorted()).toEqual([`${fund}Accumulating`, `${fund}Distributing`]);
    expect(await bring(other + one)).toMatchObject({ imported: 0, skipped: 2 });
  });

  test('that earlier imports cut to their room are kept on under what they were cut to, but only one of them', async () => {
    await company.value('commodity.create', { code: fund.slice(0, 24), name: '', digits: 0 });
    await bring(buy(`${fund}Accumulating`, '3'));
    // Whose it is, is known from now on, whatever comes first.
    await bring(buy(`${fund}Distributing`, '5') + buy(`${fund}Accumulating`, '4'));
    const held = (await trial()).filter((row) => row.account === 'assets:funds').map((row) => [row.currency, row.quantity]);
    expect(held).toEqual([[fund.slice(0, 24), 7], [expect.stringMatching(/~[0-9a-f]{6}$/), 5]]);
    expect((await company.value('commodity.list', { limit: 100 })).rows.map((row) => row.name).toSorted()).toEqual([`${fund}Accumulating`, `${fund}Distributing`]);
  });

  test('take the decimal places that their amounts need as long as no line is kept in them; afterwards they are refused, and what is said is true', async () => {
    const { id } = await company.value('commodity.create', { code: 'SHARE', name: 'Shares', digits: 2 });
    const share = (count: string): string => `2020-01-01 buy\n  assets:funds  ${count} SHARE @@ 10 GBP\n  assets:bank  -10 GBP\n\n`;
    await bring(share('1.25') + share('1.2345'));
    expect(await currencies()).toEqual({ SHARE: 4 });
    expect((await trial()).find((row) => row.currency === 'SHARE')!.quantity).toBe(12_500 + 12_345);
    const before = company.look(imprint);
    const failure = await company.refusal('journal.import', { format: 'hledger', source: write(share('2.5') + share('1.23456')) });
    expect(failure.message).toMatch(/^books\.journal, line 6: SHARE is kept with 4 decimal places, and this amount has 5\./);
    // Nothing under Currencies could help, and that is what is said there too.
    const row = await company.value('commodity.get', { id });
    for (const patch of [{ digits: 5 }, { digits: 2 }]) expect(await company.refusal('commodity.update', { id, version: row.version, patch })).toMatchObject({ code: 'invalid', field: 'digits' });
    expect(await company.refusal('commodity.update', { id, version: row.version, patch: { code: 'STOCK' } })).toMatchObject({ code: 'invalid', field: 'code' });
    expect(company.look(imprint)).toEqual(before);
    await company.value('commodity.update', { id, version: row.version, patch: { name: 'Ordinary shares', digits: 4 } });
  });

  test('keep their decimal places for drafts and templates too, and a currency that is only used keeps those of ISO 4217', async () => {
    const [bank, cash] = [await company.value('account.create', { number: '', name: 'bank', kind: 'asset' }), await company.value('account.create', { number: '', name: 'cash', kind: 'asset' })];
    const lines = (currency: string) => [{ account_id: bank.id, currency, quantity: 100, amount: 50 }, { account_id: cash.id, amount: -50 }];
    await company.value('entry.save', { day: '2020-01-01', lines: lines('AAA') });
    const own = await company.value('commodity.create', { code: 'AAA', name: '', digits: 2 });
    const free = await company.value('commodity.create', { code: 'BBB', name: '', digits: 2 });
    expect(await company.refusal('commodity.update', { id: own.id, version: 1, patch: { digits: 3 } })).toMatchObject({ field: 'digits' });
    await company.value('commodity.update', { id: free.id, version: 1, patch: { digits: 3 } });
    await company.value('fiscal_year.create', { name: '2020', start_day: '2020-01-01', end_day: '2020-12-31', pattern: 'months' });
    await company.value('entry.add', { day: '2020-01-01', lines: lines('USD') });
    expect(await company.refusal('commodity.create', { code: 'USD', name: '', digits: 4 })).toMatchObject({ field: 'digits' });
    await company.value('commodity.create', { code: 'USD', name: '', digits: 2 });
  });

  test('with more decimal places than books keep are refused by file and line; zeros at the end do not count', async () => {
    const share = (count: string): string => `2020-01-01 buy\n  assets:funds  ${count} SHARE @@ 10 GBP\n  assets:bank  -10 GBP\n\n`;
    const failure = await company.refusal('journal.import', { format: 'hledger', source: write(share('1') + share('0.0000000000012')) });
    expect(failure.code).toBe('invalid');
    expect(failure.message).toMatch(/^books\.journal, line 6: This amount of SHARE has 13 decimal places; books keep 12 at most/);
    await bring(share('1.5000000000000') + share('0.000000000012000'));
    expect((await trial()).find((row) => row.currency === 'SHARE')!.quantity).toBe(1_500_000_000_012);
    const large = await company.refusal('journal.import', { format: 'hledger', source: write(share('900000000')) });
    expect(large.message).toMatch(/^books\.journal, line 2: This amount of SHARE is too large to be kept exactly with 12 decimal places/);
  });
});

describe('Accounts of an imported ledger', () => {
  test('whose names the books cannot keep as they are, are found again at the next import', async () => {
    const long = (end: string): string => `${'A very long name of an account '.repeat(7)}${end}`;
    const text = (day: string): string => `!Type:Bank\nD${day}/01/2024\nT-8.00\nLTravel : Trains\n^\nD${day}/01/2024\nT-7.00\nL: \n^\nD${day}/01/2024\nT-5.00\nLTravel::Odd\n^\nD${day}/01/2024\nT-4.00\nL${long('one')}\n^\nD${day}/01/2024\nT-3.00\nL${long('two')}\n^\n`;
    const first = await bring(text('13'), 'qif');
    expect(first.imported).toBe(5);
    const names = (): unknown => company.look((db) => db.prepare('SELECT name FROM accounts ORDER BY id').pluck().all());
    const before = names();
    expect(await bring(text('13'), 'qif')).toMatchObject({ imported: 0, skipped: 5, accounts: 0 });
    expect(await bring(text('14'), 'qif')).toMatchObject({ imported: 5, accounts: 0 });
    expect(names()).toEqual(before);
    // Two that only differ far behind are two.
    expect((await trial()).map((row) => row.closing).filter((amount) => amount === 800 || amount === 600).toSorted((a, b) => a - b)).toEqual([600, 800]);
    expect((await company.value('journal.accounts', { format: 'qif', source: write(text('15')) })).accounts.filter((one) => one.account === null)).toEqual([]);
  });

  test('are in the log as they stand, and one that was a heading before is changed with a version and a row of its own', async () => {
    const { id } = await company.value('account.create', { number: '', name: 'assets', kind: 'asset', heading: true });
    await bring('2020-01-01 one\n  assets:bank  5 GBP\n  thing:sub  -5 GBP\n\n2020-01-02 two\n  assets  5 GBP\n  thing  -5 GBP\n\naccount thing  ; type: X\n');
    const logged = (title: string): [string, Record<string, [unknown, unknown]>][] =>
      (company.look((db) => db.prepare("SELECT action, changes FROM audit WHERE entity = 'account' AND title = ? ORDER BY seq").all(title)) as { action: string; changes: string }[]).map(({ action, changes }) => [action, JSON.parse(changes) as Record<string, [unknown, unknown]>]);
    expect(logged('assets').slice(1)).toEqual([['changed', { heading: [true, false] }]]);
    expect(await company.value('account.get', { id })).toMatchObject({ version: 2, heading: false });
    const all = company.look((db) => db.prepare('SELECT name, kind, heading, cash_flow FROM accounts').all()) as { name: string; kind: string; heading: number; cash_flow: string }[];
    for (const row of all) {
      const state: Record<string, unknown> = { heading: false, cash_flow: '' };
      for (const [, changes] of logged(row.name)) for (const [key, [, now]] of Object.entries(changes)) state[key] = now;
      expect(state).toMatchObject({ name: row.name, kind: row.kind, heading: row.heading === 1, cash_flow: row.cash_flow });
    }
    expect(all.map((row) => [row.name, row.kind, row.heading, row.cash_flow])).toEqual([['assets', 'asset', 0, ''], ['bank', 'asset', 0, 'cash'], ['thing', 'expense', 0, ''], ['sub', 'expense', 0, '']]);
    expect((await company.value('search.find', { text: 'bank', entity: 'account' })).hits).toHaveLength(1);
  });
});
