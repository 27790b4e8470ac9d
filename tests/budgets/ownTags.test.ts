import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply, steps } from '../../main/db/migrate.ts';
import { openDatabase, openMemory } from '../../main/db/open.ts';
import { sealOf } from '../../main/budgets/journal/posted.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

/** Own tags: any number on a line, part of it for good, and what statements make of them. */

let company: Company;
const account: Record<string, number> = {};
const tag: Record<string, number> = {};
const lines = (): { id: number; day: string; account_id: number; amount: number; tags: number[] }[] =>
  company.look((db) => db.prepare("SELECT l.id, l.day, l.account_id, l.amount, (SELECT json_group_array(tag_id) FROM entry_line_tags WHERE line_id = l.id) AS tags FROM entry_lines l ORDER BY l.day, l.id").all() as { id: number; day: string; account_id: number; amount: number; tags: string }[]).map((row) => ({ ...row, tags: JSON.parse(row.tags) as number[] }));

beforeAll(async () => {
  company = await makeCompany();
  await company.value('books.set_up', { chart: 'uk', year_start: '2025-01-01' });
  for (const role of ['bank', 'revenue', 'cost_of_sales']) account[role] = company.look((db) => db.prepare('SELECT id FROM accounts WHERE role = ? AND heading = 0 ORDER BY number').pluck().get(role)) as number;
  for (const name of ['Vehicle', 'Campaign', 'Urgent']) tag[name] = (await company.value('own_tag.create', { name })).id;
  for (const [name, parent] of [['Van 1', 'Vehicle'], ['Van 2', 'Vehicle'], ['Spring', 'Campaign']] as const) tag[name] = (await company.value('own_tag.create', { name, parent_id: tag[parent]! })).id;
});

afterAll(() => company.close());

describe('Tags', () => {
  test('are called after their dimension, twice nowhere, on two levels and without commas', async () => {
    const one = await company.value('own_tag.get', { id: tag['Van 1']! });
    expect(one.label).toBe('Vehicle: Van 1');
    expect((await company.refusal('own_tag.create', { name: 'van 1', parent_id: tag['Vehicle'] })).field).toBe('name');
    expect((await company.refusal('own_tag.create', { name: 'Deeper', parent_id: tag['Van 1'] })).field).toBe('parent_id');
    expect((await company.refusal('own_tag.create', { name: 'a, b' })).message).toContain('comma');
    const { version } = await company.value('own_tag.get', { id: tag['Vehicle']! });
    const renamed = await company.value('own_tag.update', { id: tag['Vehicle']!, version, patch: { name: 'Car' } });
    expect((await company.value('own_tag.get', { id: tag['Van 1']! })).label).toBe('Car: Van 1');
    await company.value('own_tag.update', { id: tag['Vehicle']!, version: renamed.version, patch: { name: 'Vehicle' } });
  });

  test('stay with their lines from draft to posting and reversal, and what is no tag is refused', async () => {
    const draft = await company.value('entry.save', { day: '2025-01-10', lines: [{ account_id: account['cost_of_sales']!, amount: 1_200, tags: [tag['Van 2']!, tag['Urgent']!, tag['Van 2']!] }, { account_id: account['bank']!, amount: -1_200 }] });
    const posted = await company.value('entry.post', draft);
    const ordered = [tag['Van 2']!, tag['Urgent']!].toSorted((a, b) => a - b);
    expect((await company.value('entry.lines', { id: posted.id })).map((line) => line.tags)).toEqual([ordered, []]);
    const back = await company.value('entry.reverse', { id: posted.id, version: posted.version, reason: 'a mistake' });
    expect((await company.value('entry.lines', { id: back.id })).map((line) => [line.amount, line.tags])).toEqual([[-1_200, ordered], [1_200, []]]);
    expect((await company.refusal('entry.add', { day: '2025-01-10', lines: [{ account_id: account['bank']!, amount: 1, tags: [999] }, { account_id: account['bank']!, amount: -1 }] })).message).toContain('Line 1: there is no Tag 999');
  });

  test('give balances, columns, registers and explanations that every line read one by one gives', async () => {
    const all = Object.values(tag);
    for (let count = 0; count < 40; count += 1) {
      const amount = 1_000 + ((count * 7_919) % 50_000);
      const chosen = all.filter((_, at) => (count * 31 + at * 17) % 5 < 2);
      await company.value('entry.add', { day: `2025-0${1 + (count % 6)}-${String(1 + ((count * 3) % 28)).padStart(2, '0')}`, lines: [{ account_id: account['cost_of_sales']!, amount, tags: chosen }, { account_id: account[count % 2 === 0 ? 'bank' : 'revenue']!, amount: -amount, ...(count % 3 === 0 ? { tags: [tag['Spring']!] } : {}) }] });
    }
    const parents = new Map([[tag['Van 1'], tag['Vehicle']], [tag['Van 2'], tag['Vehicle']], [tag['Spring'], tag['Campaign']]]);
    const slowly = (to: string, id: number, of: number): number =>
      lines().filter((line) => line.day <= to && line.account_id === of && (id === 0 ? line.tags.length === 0 : line.tags.some((own) => own === id || parents.get(own) === id))).reduce((sum, line) => sum + line.amount, 0);
    // At the end of a period and in the middle of one.
    for (const to of ['2025-04-30', '2025-05-13']) {
      for (const id of [0, ...all]) {
        const trial = await company.value('report.trial_balance', { to, only: { dimension: 'own_tag', id } });
        for (const of of Object.values(account)) expect(trial.find((row) => row.account_id === of)?.closing ?? 0, `${to} ${id} ${of}`).toBe(slowly(to, id, of));
      }
    }
    const across = await company.value('report.profit_and_loss', { columns: [{ from: '2025-01-01', to: '2025-05-13' }], by: 'own_tag' });
    expect(across.columns.map((column) => column.label)).toEqual(['Campaign', 'Urgent', 'Vehicle', 'No tag', 'Total']);
    const cost = across.rows.find((row) => row.account_id === account['cost_of_sales'])!;
    expect(cost.values.slice(0, 4)).toEqual([tag['Campaign']!, tag['Urgent']!, tag['Vehicle']!, 0].map((id) => slowly('2025-05-13', id, account['cost_of_sales']!)));
    const vans = await company.value('report.profit_and_loss', { columns: [{ from: '2025-01-01', to: '2025-05-13' }], by: 'own_tag', only: { dimension: 'own_tag', id: tag['Vehicle']! } });
    expect(vans.columns.map((column) => column.label)).toEqual(['Vehicle: Van 1', 'Vehicle: Van 2', 'Total']);
    expect(vans.rows.find((row) => row.account_id === account['cost_of_sales'])!.values).toEqual([tag['Van 1']!, tag['Van 2']!, tag['Vehicle']!].map((id) => slowly('2025-05-13', id, account['cost_of_sales']!)));
    for (const id of [0, tag['Vehicle']!, tag['Spring']!]) {
      const register = await company.value('report.register', { account_id: account['cost_of_sales']!, to: '2025-05-13', only: { dimension: 'own_tag', id } });
      expect(register.closing).toBe(slowly('2025-05-13', id, account['cost_of_sales']!));
      const explained = await company.value('report.explain', { accounts: [account['cost_of_sales']!], sign: 1, basis: 'balance', from: '2025-01-01', to: '2025-05-13', by: 'period', only: { dimension: 'own_tag', id } });
      expect(explained.amount).toBe(register.closing);
    }
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
  });

  test('that stand on posted lines keep their dimension, so that statements keep their figures', async () => {
    const { version } = await company.value('own_tag.get', { id: tag['Van 1']! });
    expect((await company.refusal('own_tag.update', { id: tag['Van 1']!, version, patch: { parent_id: tag['Campaign'] } })).message).toContain('posted lines');
  });

  test('cannot be changed once posted, and a tag that is slipped in past the triggers is found', async () => {
    const file = join(company.folder, 'office.db');
    const [line] = lines().filter((one) => one.tags.length === 1);
    await company.reopen(() => {
      const db = openDatabase(file, 'write');
      expect(() => db.prepare('UPDATE entry_line_tags SET tag_id = ? WHERE line_id = ?').run(tag['Urgent'], line!.id)).toThrow('a posted line cannot be changed');
      expect(() => db.prepare('DELETE FROM entry_line_tags WHERE line_id = ?').run(line!.id)).toThrow('a posted line cannot be taken away');
      db.prepare('INSERT INTO entry_line_tags (line_id, tag_id) VALUES (?, ?)').run(line!.id, Object.values(tag).find((id) => !line!.tags.includes(id)));
      db.close();
    });
    const { problems } = await company.value('ledger.verify', {});
    expect(problems.some((problem) => problem.includes('was changed after it was posted'))).toBe(true);
    expect(problems.some((problem) => problem.includes('under own_tag'))).toBe(true);
  });
});

describe('Tags of other ledgers', () => {
  const journal = `2025-01-05 Fuel  ; Vehicle:Van 1
    expenses:fuel   60.00 GBP
    assets:bank

2025-01-09 Leaflets  ; Campaign:Spring, print:
    expenses:print   200.00 GBP  ; Vehicle:Van 2
    assets:bank

2025-02-05 Fuel
    expenses:fuel   45.50 GBP ; Vehicle:Van 2, paid by Ann
    expenses:fuel   10.00 GBP
    assets:bank
`;
  /** What hledger 1.25 says: hledger bal --flat tag:…, in pence. */
  const hledger: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    Vehicle: { 'assets:bank': -6_000, 'expenses:fuel': 10_550, 'expenses:print': 20_000 },
    'Vehicle: Van 1': { 'assets:bank': -6_000, 'expenses:fuel': 6_000 },
    'Vehicle: Van 2': { 'expenses:fuel': 4_550, 'expenses:print': 20_000 },
    print: { 'assets:bank': -20_000, 'expenses:print': 20_000 },
    'Campaign: Spring': { 'assets:bank': -20_000, 'expenses:print': 20_000 },
    '': { 'assets:bank': -5_550, 'expenses:fuel': 1_000 },
  };
  const made: Company[] = [];
  afterAll(async () => {
    for (const one of made) await one.close();
  });

  async function imported(format: 'hledger' | 'beancount', text: string): Promise<Company> {
    const one = await makeCompany();
    made.push(one);
    const source = join(one.desk, format === 'hledger' ? 'in.journal' : 'in.beancount');
    writeFileSync(source, text);
    await one.value('journal.import', { format, source });
    expect((await one.value('ledger.verify', {})).problems).toEqual([]);
    return one;
  }

  /** Balances under each tag, by the label of the tag and the path of the account. */
  async function byTag(one: Company): Promise<Record<string, Record<string, number>>> {
    const found: Record<string, Record<string, number>> = {};
    for (const { id, label } of [...(await one.value('own_tag.list', { limit: 100 })).rows, { id: 0, label: '' }]) {
      const trial = await one.value('report.trial_balance', { to: '2025-12-31', only: { dimension: 'own_tag', id } });
      const rows = trial.filter((row) => row.closing !== 0).map((row) => [row.account, row.closing] as const);
      if (label !== 'Campaign') found[label] = Object.fromEntries(rows);
    }
    return found;
  }

  test('come in from hledger with the balances that hledger gives them, and again after going out', async () => {
    const one = await imported('hledger', journal);
    expect(await byTag(one)).toEqual(hledger);
    const target = join(one.desk, 'out.journal');
    await one.value('journal.export', { format: 'hledger', target });
    const text = readFileSync(target, 'utf8');
    expect(text).toContain('; Vehicle:Van 2, paid by Ann\n');
    const again = await imported('hledger', text);
    expect(await byTag(again)).toEqual(hledger);
    const twice = join(again.desk, 'out.journal');
    await again.value('journal.export', { format: 'hledger', target: twice });
    expect(readFileSync(twice, 'utf8')).toBe(text);
  });

  test('come in from Beancount without its links and metadata', async () => {
    const one = await imported('beancount', `2025-01-01 open Assets:Bank\n2025-01-01 open Expenses:Fuel\n2025-01-05 * "Fuel" #van ^invoice-7\n  paper: "7"\n  Expenses:Fuel  60.00 GBP\n  Assets:Bank\n`);
    expect(await byTag(one)).toEqual({ van: { 'Assets:Bank': -6_000, 'Expenses:Fuel': 6_000 }, '': {} });
  });
});

describe('Books of before there were tags', () => {
  test('keep their seals', () => {
    const bare = { party_id: null, department_id: null, place_id: null, project_id: null, tax_code_id: null, currency: '', quantity: 0, text: '' };
    const lines_ = [{ ...bare, account_id: 3, amount: 700 }, { ...bare, account_id: 4, amount: -700, currency: 'USD', quantity: -900, party_id: 5, text: 'x' }];
    const entry = { day: '2025-01-02', journal: 'general', narration: 'Rent', reference: 'R1', origin: 'typed', lines: lines_ } as const;
    // Taken from the program as it was before lines had tags.
    expect(sealOf('GJ-2025-00001', entry, 1_700_000_000_000, 'Olive')).toBe('fD0WAsgNDXsgAgv0pS-Gvl5Z2_VT7t8AQ7DNAv5XpIg');
    expect(sealOf('GJ-2025-00001', { ...entry, lines: [{ ...lines_[0]!, tags: [1] }, lines_[1]!] }, 1_700_000_000_000, 'Olive')).not.toBe('fD0WAsgNDXsgAgv0pS-Gvl5Z2_VT7t8AQ7DNAv5XpIg');
  });

  test('take the step that brings tags, and keep every row', () => {
    const db = openMemory();
    apply(db, steps().slice(0, 3));
    db.exec(`INSERT INTO accounts (id, created_at, updated_at, name, kind) VALUES (1, 0, 0, 'Bank', 'asset');
      INSERT INTO entry_lines (id, account_id, day, amount) VALUES (16385, 1, '2025-01-02', 700);`);
    apply(db);
    expect(db.prepare('SELECT name, revalued, cost_formula FROM accounts').all()).toEqual([{ name: 'Bank', revalued: '', cost_formula: '' }]);
    expect(db.prepare('SELECT amount, (SELECT count(*) FROM entry_line_tags) AS tags FROM entry_lines').all()).toEqual([{ amount: 700, tags: 0 }]);
    db.close();
  });
});
