import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(async () => {
  await company.close();
});

const journal = (text: string, name = 'books.journal'): string => {
  const file = join(company.desk, name);
  writeFileSync(file, text);
  return file;
};

describe('The same ledger, imported again', () => {
  test('adds nothing though rates came meanwhile, whatever a line was worth before: by no rate, by another, or against the account for what does not balance', async () => {
    const text = '2020-01-01 * lunch\n  expenses:food  20 EUR\n  assets:card  -20 EUR\n\n2020-01-02 * swap\n  assets:dollars  10 USD\n  assets:euros  -9 EUR\n  (budget:trip)  4 USD\n\n2020-01-03 * pens\n  expenses:pens  3.335 GBP\n  expenses:fee  1 EUR\n  expenses:fee  1 USD\n  assets:cash  -5.05 GBP\n\nP 2020-01-01 EUR 0.85 GBP\n';
    const source = journal(text.replace('  assets:cash  -5.05 GBP', '  assets:cash  -3.335 GBP\n  assets:card  -1 EUR\n  assets:dollars  -1 USD'));
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 3, skipped: 0 });
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 0, skipped: 3 });
    await company.value('rate.create', { day: '2019-12-31', currency: 'USD', rate_nano: 777_777_777, source: '' });
    await company.value('rate.create', { day: '2020-01-02', currency: 'EUR', rate_nano: 911_111_111, source: '' });
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 0, skipped: 3 });
    // Whoever speaks another language has another name for the account for what does not balance.
    const { id } = (await company.value('user.list', {})).rows[0]!;
    await company.value('user.update', { id, version: (await company.value('user.get', { id })).version, patch: { language: 'de' } });
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 0, skipped: 3, accounts: 0 });
  });

  test('brings in what differs in a quantity, in an amount of the own currency, or comes once more', async () => {
    const entry = (quantity: string, amount: string): string => `2020-01-01 shares\n  assets:broker  ${quantity} AAPL @@ ${amount} GBP\n  assets:bank  -${amount} GBP\n\n`;
    expect(await company.value('journal.import', { format: 'hledger', source: journal(entry('10', '12.50')) })).toMatchObject({ imported: 1 });
    expect(await company.value('journal.import', { format: 'hledger', source: journal(entry('10', '12.50') + entry('11', '12.50') + entry('10', '12.51') + entry('10', '12.50')) })).toMatchObject({ imported: 3, skipped: 1 });
  });

  test('does not bring back an entry that somebody reversed, and brings back all of an import that was taken back', async () => {
    const source = journal('2020-01-01 one\n  assets:cash  10 GBP\n  equity\n\n2020-01-02 two\n  assets:cash  20 GBP\n  equity\n');
    await company.value('journal.import', { format: 'hledger', source });
    const [entry] = (await company.value('entry.list', { limit: 10 })).rows.filter((row) => row.narration === 'one');
    await company.value('entry.reverse', { id: entry!.id, version: entry!.version, reason: 'wrong' });
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 0, skipped: 2 });
    const [done] = (await company.value('journal.imports', {})).filter((one) => one.entries > 0);
    await company.value('journal.undo', { id: done!.id, reason: 'again' });
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 2, skipped: 0 });
  });

  test('finds what was cut in the middle of a character', async () => {
    const long = (length: number, then: string): string => `${'x'.repeat(length)}😀${then}`;
    const source = journal(`2020-01-01 (${long(99, 'y')}) ${long(499, 'z')}  ; ${long(99, 'k')}: v\n  assets:cash  10 GBP\n  equity\n`);
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 1 });
    expect(company.look((db) => db.prepare('SELECT narration FROM entries').pluck().get())).toBe(`${'x'.repeat(499)}\ufffd`);
    expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 0, skipped: 1 });
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
  });
});
