import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { charts } from '../../main/budgets/accounts/books.ts';
import { createOffice, type Door } from '../../main/office.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

// Setting up the books, closing their years, and taking an imported ledger back; in real databases.

const codes = charts().map((one) => one.code);
const home = mkdtempSync(join(tmpdir(), 'bureau-books-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('A new company', () => {
  const found = async (books: { chart: string; year_start?: string; pattern?: '13' }) => {
    const folder = join(home, randomUUID());
    const office = await createOffice({ folder, name: 'Firm', currency: 'EUR', books }, { headsDir: join(home, 'heads'), log: { info: () => undefined, warn: () => undefined, error: () => undefined }, language: 'en', who: 'test' });
    const door: Door = { session: null, kind: 'terminal', source: (path) => path };
    const ask = async (name: string, input: unknown): Promise<never> => {
      const reply = await office.call(door, name, input, randomUUID());
      if (!reply.ok) throw new Error(reply.failure.message);
      return reply.value as never;
    };
    await ask('session.sign_in', { sign_in: 'owner', password: '' });
    return { office, ask };
  };

  test.each(codes)('begins with the chart %s: as many accounts and tax codes as the pack says, and one open year', async (code) => {
    const info = charts().find((one) => one.code === code)!;
    const { office, ask } = await found({ chart: code });
    const state: { chart: string; accounts: number; tax_codes: number } = await ask('books.get', {});
    const shown: readonly { heading: boolean; depth: number }[] = await ask('books.chart', { code });
    expect(state).toMatchObject({ chart: code, accounts: info.accounts, tax_codes: info.tax_codes });
    expect(shown).toHaveLength(info.accounts);
    expect(shown[0]!.depth).toBe(0);
    const years: { rows: readonly unknown[] } = await ask('fiscal_year.list', {});
    expect(years.rows).toMatchObject([{ state: 'open', pattern: 'months' }]);
    const opening: { account: unknown } = await ask('books.opening', {});
    expect(opening.account === null).toBe(code === 'none');
    await office.close();
  });

  test('begins on the day and with the periods that were chosen', async () => {
    const { office, ask } = await found({ chart: 'uk', year_start: '2025-07-01', pattern: '13' });
    expect(await ask('books.get', {})).toMatchObject({ year_start: '2025-07-01', pattern: '13' });
    expect(((await ask('period.list', { limit: 100 })) as { rows: readonly unknown[] }).rows).toHaveLength(13);
    await office.close();
  });

  test('is not made at all when there is no such chart', async () => {
    await expect(found({ chart: 'mars' })).rejects.toThrow();
  });
});

describe('The books', () => {
  let company: Company;
  const role = (name: string): number => company.look((db) => db.prepare('SELECT id FROM accounts WHERE role = ? AND heading = 0').pluck().get(name)) as number;
  const year = async (): Promise<{ id: number; version: number; name: string }> => (await company.value('fiscal_year.list', { order: 'start_day', limit: 10 })).rows[0] as never;
  const balance = async (account: number, to = '2030-12-31'): Promise<number> => (await company.value('report.trial_balance', { to })).find((row) => row.account_id === account)?.closing ?? 0;
  const profit = async (): Promise<number> => {
    const { rows } = await company.value('report.profit_and_loss', { columns: [{ from: '2025-01-01', to: '2025-12-31' }] });
    return rows.at(-1)!.values[0]!;
  };

  beforeAll(async () => {
    company = await makeCompany();
    await company.value('books.set_up', { chart: 'uk', year_start: '2025-01-01' });
  });
  afterAll(() => company.close());

  test('open with balances that balance, or with the difference on the account for opening balances, or not at all', async () => {
    const bank = role('bank');
    const loan = role('loan');
    const day = (await company.value('books.opening', {})).day;
    expect(day).toBe('2025-01-01');
    const lines = [{ account_id: bank, debit: 500_00, credit: 0 }, { account_id: loan, debit: 0, credit: 200_00 }];
    const refused = await company.refusal('books.open', { day, lines });
    expect(refused).toMatchObject({ code: 'invalid', field: 'lines' });
    expect(refused.message).toContain('300.00 GBP');
    expect(await company.refusal('books.open', { day, lines: [{ account_id: bank, debit: 1, credit: 1 }] })).toMatchObject({ code: 'invalid' });
    expect(await company.refusal('books.open', { day, lines: [{ account_id: bank, debit: 0, credit: 0 }] })).toMatchObject({ code: 'invalid' });
    const posted = await company.value('books.open', { day, lines, rest: true });
    expect(posted.number).toMatch(/^OB-2025-/);
    expect([await balance(bank), await balance(loan), await balance(role('opening'))]).toEqual([500_00, -200_00, -300_00]);
    const state = await company.value('books.opening', {});
    expect(state.entries).toMatchObject([{ id: posted.id, number: posted.number, day, total: 500_00 }]);
    await company.value('entry.reverse', { id: posted.id, version: 1, day, reason: 'typed wrongly' });
    expect((await company.value('books.opening', {})).entries).toEqual([]);
    expect(await balance(bank)).toBe(0);
  });

  test('say before a year is closed what would happen, and keep its profit and loss when it is closed and opened again', async () => {
    const [bank, revenue, retained] = [role('bank'), role('revenue'), role('retained_earnings')];
    const sale = (amount: number) => company.value('entry.add', { day: '2025-03-04', narration: 'Sale', lines: [{ account_id: bank, amount }, { account_id: revenue, amount: -amount }] });
    await sale(1200_00);
    const draft = await company.value('entry.save', { day: '2025-05-05', lines: [] });
    const before = await year();
    const plan = await company.value('books.closing', { id: before.id });
    expect(plan).toMatchObject({ result: 1200_00, accounts: 1, drafts: 1, earlier: [], entry: null, account: { id: retained } });
    expect((await company.refusal('fiscal_year.close', { id: before.id, version: before.version })).message).toContain('1 draft');
    await company.value('entry.discard', { id: draft.id, version: draft.version });
    const shown = await profit();
    expect(shown).toBe(1200_00);
    const closed = await company.value('fiscal_year.close', { id: before.id, version: before.version });
    expect(closed).toMatchObject({ result: 1200_00 });
    expect(await company.value('books.closing', { id: before.id })).toMatchObject({ result: 1200_00, accounts: 1, account: { id: retained }, entry: { id: closed.entry_id } });
    expect([await profit(), await balance(revenue), await balance(retained)]).toEqual([shown, 0, -1200_00]);
    expect((await company.refusal('entry.add', { day: '2025-03-04', lines: [{ account_id: bank, amount: 1 }, { account_id: revenue, amount: -1 }] })).code).toBe('invalid');
    await company.value('fiscal_year.reopen', { id: before.id, version: closed.version, reason: 'an invoice was missing' });
    expect([await profit(), await balance(revenue), await balance(retained)]).toEqual([shown, -1200_00, 0]);
    await sale(300_00);
    const again = await year();
    await company.value('fiscal_year.close', { id: again.id, version: again.version });
    expect([await profit(), await balance(revenue), await balance(retained)]).toEqual([1500_00, 0, -1500_00]);
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
  });

  test('name the years in the way of closing and of opening again', async () => {
    const [first, second] = [await year(), await company.value('fiscal_year.create', { name: '2026', start_day: '2026-01-01', end_day: '2026-12-31', pattern: 'months' })];
    expect(await company.value('books.closing', { id: second.id })).toMatchObject({ earlier: [], result: 0 });
    await company.value('fiscal_year.close', { id: second.id, version: second.version });
    expect((await company.value('books.closing', { id: first.id })).later).toMatchObject([{ id: second.id, title: '2026' }]);
    expect((await company.refusal('fiscal_year.reopen', { id: first.id, version: (await year()).version, reason: 'a test' })).message).toContain('2026');
  });

  test('take an imported ledger back as a whole: what was posted stays, each entry is reversed, and it can be imported again', async () => {
    const file = join(company.desk, 'small.journal');
    writeFileSync(file, '2027-02-01 Rent\n  expenses:kiosk  800.00 GBP\n  assets:bank\n\n2027-02-02 Sale\n  assets:bank  1000.00 GBP\n  income:sales\n');
    expect(await company.value('journal.guess', { source: file })).toEqual({ format: 'hledger' });
    expect(await company.value('journal.import', { format: 'hledger', source: file })).toMatchObject({ imported: 2, skipped: 0 });
    const [made] = await company.value('journal.imports', {});
    expect(made).toMatchObject({ file_name: 'small.journal', entries: 2, by: 'Olive Owner', undone_at: null });
    const kiosk = company.look((db) => db.prepare("SELECT id FROM accounts WHERE name = 'kiosk'").pluck().get()) as number;
    expect(await balance(kiosk)).toBe(800_00);
    const rows = () => company.look((db) => db.prepare("SELECT id, number, day, narration, seal FROM entries WHERE origin = 'import' ORDER BY id").all());
    const posted = rows();
    const period = company.look((db) => db.prepare("SELECT id, version FROM periods WHERE start_day = '2027-02-01'").get()) as { id: number; version: number };
    await company.value('period.set_state', { ...period, state: 'hard', reason: 'a test' });
    const refused = await company.refusal('journal.undo', { id: made!.id, reason: 'wrong file' });
    expect(refused).toMatchObject({ code: 'invalid' });
    expect(refused.message).toBe('2027-02 is closed, and entries of the import stand in it. Open it first.');
    expect(await balance(kiosk)).toBe(800_00);
    await company.value('period.set_state', { id: period.id, version: period.version + 1, state: 'open', reason: 'a test' });
    expect(await company.value('journal.undo', { id: made!.id, reason: 'wrong file' })).toEqual({ entries: 2 });
    expect([await balance(kiosk), rows()]).toEqual([0, posted]);
    expect((await company.value('journal.imports', {}))[0]!.undone_at).not.toBeNull();
    expect((await company.refusal('journal.undo', { id: made!.id, reason: 'wrong file' })).code).toBe('invalid');
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
    expect(await company.value('journal.import', { format: 'hledger', source: file })).toMatchObject({ imported: 2, skipped: 0 });
    expect(await balance(kiosk)).toBe(800_00);
  });

  test('name a file that cannot be read as a ledger without the folders above it', async () => {
    const file = join(company.desk, 'broken.journal');
    writeFileSync(file, '2027-01-01 x\n  assets:bank  1 GBP\n  income  2 GBP\n');
    const { message } = await company.refusal('journal.import', { format: 'hledger', source: file });
    expect(message).toContain('broken.journal');
    expect(message).not.toContain(company.desk);
    expect(await company.value('journal.guess', { source: join(company.desk, 'nowhere') })).toEqual({ format: '' });
  });

  test('tell by first lines and endings which program wrote a ledger', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['a.txt', '2020-01-01 open Assets:Cash USD\n', 'beancount'],
      ['a.journal', 'account assets:cash\n\n2020-01-01 x\n  a  1\n  b\n', 'hledger'],
      ['a.dat', 'define rate=2\n2020/01/01 x\n  a  1\n  b\n', 'ledger'],
      ['a.gnucash', '<?xml version="1.0"?><gnc-v2>', 'gnucash'],
      ['a', '\u001f\u008b\u0008', 'gnucash'],
      ['a.txt', '!Type:Bank\nD1/1/20\n', 'qif'],
      ['a.csv', 'txn,date,debit,credit\n', 'ledger-csv'],
      ['a.txt', 'Dear reader\n', ''],
    ];
    for (const [name, text, format] of cases) {
      const file = join(company.desk, name);
      writeFileSync(file, text, 'latin1');
      expect([name, (await company.value('journal.guess', { source: file })).format]).toEqual([name, format]);
    }
  });
});

test('books that begin on 29 February have years of twelve months before and after, on days that there are', async () => {
  const company = await makeCompany();
  await company.value('books.set_up', { chart: 'uk', year_start: '2024-02-29' });
  const source = join(company.desk, 'leap.journal');
  writeFileSync(source, ['2022-06-01', '2023-02-28', '2024-02-28', '2025-02-28', '2026-02-27', '2028-02-28', '2028-02-29'].map((day) => `${day} x\n  assets:bank  1 GBP\n  income:sales\n`).join('\n'));
  expect(await company.value('journal.import', { format: 'hledger', source })).toMatchObject({ imported: 7 });
  const years = (await company.value('fiscal_year.list', { order: 'start_day' })).rows;
  expect(years.map((year) => [year.start_day, year.end_day])).toEqual([
    ['2022-02-28', '2023-02-27'], ['2023-02-28', '2024-02-28'], ['2024-02-29', '2025-02-27'], ['2025-02-28', '2026-02-27'], ['2027-02-28', '2028-02-28'], ['2028-02-29', '2029-02-27'],
  ]);
  await company.close();
});
