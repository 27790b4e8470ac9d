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

const journal = (text: string, name = 'books.journal'): string => {
  const file = join(company.desk, name);
  writeFileSync(file, text);
  return file;
};
const bring = (text: string, name?: string) => company.value('journal.import', { format: 'hledger', source: journal(text, name) });

/** What an import is refused for; it must leave nothing. */
async function refused(text: string, format = 'hledger'): Promise<string> {
  const source = journal(text);
  const before = company.look(imprint);
  const failure = await company.refusal('journal.import', { format, source });
  expect(failure).toMatchObject({ code: 'invalid', field: 'source' });
  expect(company.look(imprint)).toEqual(before);
  return failure.message;
}
const closings = async (to = '2030-12-31'): Promise<Record<string, number>> => Object.fromEntries((await company.value('report.trial_balance', { to })).map((row) => [row.account, row.closing]));

describe('An imported ledger is refused by name, with file and line, and leaves nothing', () => {
  const long = (lines: number): string => `2020-01-02 long\n${'  expenses:a  1 GBP\n'.repeat(lines - 1)}  assets:cash  -${lines - 1} GBP\n\n`;
  const short = '2020-01-03 short\n  expenses:b  7 GBP\n  assets:cash\n';

  test('when a transaction has more lines than an entry has room for; one less comes in whole, beside the next', async () => {
    expect(await refused(`2020-01-01 one\n  expenses:b  7 GBP\n  assets:cash\n\n${long(16_384)}${short}`)).toMatch(/^books\.journal, line 5: .*16383 lines.*16384/);
    expect(await bring(long(16_383) + short)).toMatchObject({ imported: 2, lines: 16_385 });
    expect(await closings()).toEqual({ 'expenses:a': 1_638_200, 'expenses:b': 700, 'assets:cash': -1_638_900 });
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
  });

  test('and so is any other entry, such as one that closes a year with too many accounts', async () => {
    const accounts = Array.from({ length: 16_400 }, (_, at) => `  expenses:e${at}  1 GBP\n`);
    const half = (from: number, to: number): string => `2020-01-02 half\n${accounts.slice(from, to).join('')}  equity:retained  -${to - from} GBP\n\n`;
    await bring(half(0, 8200) + half(8200, 16_400));
    const { id, version } = (await company.value('fiscal_year.list', {})).rows[0]!;
    const retained = company.look((db) => db.prepare("SELECT id FROM accounts WHERE name = 'retained'").pluck().get()) as number;
    expect((await company.refusal('fiscal_year.close', { id, version, account_id: retained })).message).toContain('at most 16383 lines');
  });

  test('when it would stand before a year that is closed, for that would change what the year began with', async () => {
    await bring('2025-03-01 sale\n  assets:bank  9 GBP\n  income:sales\n');
    const { id, version } = (await company.value('fiscal_year.list', {})).rows[0]!;
    const { id: retained } = await company.value('account.create', { number: '', name: 'Retained', kind: 'equity', role: 'retained_earnings' });
    await company.value('fiscal_year.close', { id, version, account_id: retained });
    const old = '2024-05-05 old sale\n  assets:bank  5 GBP\n  income:sales\n';
    expect(await refused(`2026-01-01 new sale\n  assets:bank  1 GBP\n  income:sales\n\n${old}`)).toMatch(/^books\.journal, line 5: The fiscal year 2025 comes after and is closed/);
    expect((await company.refusal('fiscal_year.create', { name: '2024', start_day: '2024-01-01', end_day: '2024-12-31', pattern: 'months' })).message).toContain('2025');
    await company.value('fiscal_year.reopen', { ...(await company.value('fiscal_year.get', { id }).then((row) => ({ id, version: row.version }))), reason: 'old books come' });
    expect(await bring(old)).toMatchObject({ imported: 1 });
  });

  test('when a line falls into a closed period', async () => {
    await bring('2025-03-01 sale\n  assets:bank  9 GBP\n  income:sales\n');
    const period = (await company.value('period.list', { limit: 50 })).rows.find((row) => row.name === '2025-02')!;
    await company.value('period.set_state', { id: period.id, version: period.version, state: 'hard', reason: 'done' });
    expect(await refused('2025-03-02 sale\n  assets:bank  9 GBP\n  income:sales\n\n2025-02-02 sale\n  assets:bank  9 GBP\n  income:sales\n')).toMatch(/^books\.journal, line 5: The period 2025-02 is closed/);
  });

  test('when a line is on an archived account, by its name, its number, or the list of accounts; a live one of the same name takes it', async () => {
    await bring('2025-03-01 sale\n  assets:bank  9 GBP\n  income:sales\n');
    const bank = (await company.value('account.list', { limit: 50 })).rows.find((row) => row.name === 'bank')!;
    const { version } = await company.value('account.archive', { id: bank.id, version: bank.version });
    const more = '2025-04-01 sale\n  assets:bank  9 GBP\n  income:sales\n\n';
    expect(await refused(more)).toMatch(/^books\.journal, line 2: The account “assets:bank” is archived\. Restore it/);
    const map = { 'assets:till': { id: bank.id }, 'assets:box': 'bank' };
    for (const [path, target] of Object.entries(map)) {
      const failure = await company.refusal('journal.import', { format: 'hledger', source: journal(more), map: { [path]: target } });
      expect(failure).toMatchObject({ code: 'invalid', field: 'map' });
      expect(failure.message).toContain('archived');
    }
    const numbered = await company.value('account.create', { number: '1200', name: 'Giro', kind: 'asset' });
    await company.value('account.archive', { id: numbered.id, version: numbered.version });
    expect(await refused('date,number,account code,account,debit,credit\n2025-01-01,1,1200,Giro,10.00,\n2025-01-01,1,4000,Sales,,10.00\n', 'ledger-csv')).toContain('archived');
    // An account in use goes before one that was laid aside.
    const { id: again } = await company.value('account.create', { number: '', name: 'bank', kind: 'asset', parent_id: bank.parent_id });
    expect(await bring(more)).toMatchObject({ imported: 1, accounts: 0 });
    expect(company.look((db) => db.prepare('SELECT amount FROM entry_lines WHERE account_id = ?').pluck().all(again))).toEqual([900]);
    expect(version).toBe(bank.version + 1);
  });

  test('when a line is in another currency than its account is kept in; a zero without a currency harms nothing', async () => {
    const parent = await company.value('account.create', { number: '', name: 'assets', kind: 'asset', heading: true });
    await company.value('account.create', { number: '', name: 'euros', kind: 'asset', parent_id: parent.id, currency: 'EUR' });
    await company.value('account.create', { number: '', name: 'pounds', kind: 'asset', parent_id: parent.id, currency: 'GBP' });
    const change = (euros: string, pounds: string): string => `2025-03-01 change\n  assets:euros  ${euros}\n  assets:pounds  ${pounds}\n`;
    expect(await refused(change('9 GBP', '-9 GBP'))).toMatch(/^books\.journal, line 2: The account “assets:euros” is kept in EUR; this line is in GBP/);
    expect(await refused(change('9 EUR', '-9 EUR'))).toMatch(/^books\.journal, line 3: The account “assets:pounds” is kept in GBP; this line is in EUR/);
    expect(await bring(`${change('9 EUR @@ 8 GBP', '-8 GBP')}\n${change('0', '0')}`)).toMatchObject({ imported: 2 });
  });
});
