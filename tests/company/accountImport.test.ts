import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

// A chart of accounts as people have it: in a spreadsheet, with numbers, names and types, each account under the one above it.

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(() => company.close());

const chart = [
  ['Account Number', 'Account Name', 'Type', 'Parent Account', 'Is Group'],
  ['1000', 'Current assets', 'Asset', '', 'yes'],
  ['1200', 'Bank', 'Asset', '1000', 'no'],
  ['1210', 'Petty cash', 'Asset', '1000', 'no'],
  ['4000', 'Turnover', 'Income', '', 'yes'],
  ['4010', 'Sales, home', 'Income', '4000', 'no'],
  ['7100', 'Rent & rates', 'Expense', '', ''],
] as const;

const wanted = [
  ['1000', 'Current assets', 'asset', '', true], ['1200', 'Bank', 'asset', '1000', false], ['1210', 'Petty cash', 'asset', '1000', false],
  ['4000', 'Turnover', 'income', '', true], ['4010', 'Sales, home', 'income', '4000', false], ['7100', 'Rent & rates', 'expense', '', false],
];

async function tree(): Promise<readonly unknown[]> {
  const { rows } = await company.value('account.list', { order: 'number', limit: 100 });
  const numbers = new Map(rows.map((row) => [row.id, row.number]));
  return rows.map((row) => [row.number, row.name, row.kind, row.parent_id === null ? '' : numbers.get(row.parent_id), row.heading]);
}

describe('A chart of accounts in a file', () => {
  test('comes in as CSV by its usual headings, each account under the number it names, and entries can be posted to it', async () => {
    const source = join(company.desk, 'chart.csv');
    writeFileSync(source, chart.map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\r\n'));
    expect(await company.value('import.check', { entity: 'account', source })).toMatchObject({ create: 6, refused: 0 });
    expect(await company.value('import.run', { entity: 'account', source })).toMatchObject({ create: 6, refused: 0 });
    expect(await tree()).toEqual(wanted);
    expect(await company.value('import.run', { entity: 'account', source, known: 'skip' })).toMatchObject({ create: 0 });
    await company.value('fiscal_year.create', { name: '2026', start_day: '2026-01-01', end_day: '2026-12-31', pattern: 'months' });
    const [bank, sales] = await company.value('account.match', { texts: ['1200', 'Sales, home'] });
    await company.value('entry.add', { day: '2026-01-02', lines: [{ account_id: bank!.id, amount: 500 }, { account_id: sales!.id, amount: -500 }] });
    const sheet = await company.value('report.balance_sheet', { columns: [{ to: '2026-12-31' }] });
    expect(sheet.rows.filter((row) => row.number !== '').map((row) => [row.number, row.depth, row.values])).toEqual([['1000', 1, [500]], ['1200', 2, [500]]]);
  });

  test('comes in as a spreadsheet too, whatever the order of its rows, and can be taken back whole', async () => {
    const csv = join(company.desk, 'upside-down.csv');
    const [head, ...rows] = chart;
    writeFileSync(csv, [head, ...rows.toReversed()].map((row) => row.join('\t').replaceAll('"', '')).join('\n'));
    await company.value('import.run', { entity: 'account', source: csv });
    expect(await tree()).toEqual(wanted);
    const source = join(company.desk, 'chart.xlsx');
    await company.value('export.run', { entity: 'account', target: source, format: 'xlsx' });
    const [latest] = await company.value('import.history', {});
    await company.value('import.undo', { id: latest!.id });
    expect(await tree()).toEqual([]);
    expect(await company.value('import.run', { entity: 'account', source })).toMatchObject({ create: 6, refused: 0 });
    expect(await tree()).toEqual(wanted);
    expect((await company.value('company.verify', {})).good).toBe(true);
  });

  test('with an account under one that is nowhere is refused with its line, and nothing comes in', async () => {
    const source = join(company.desk, 'chart.csv');
    writeFileSync(source, 'number,name,type,parent\n10,Assets,asset,\n12,Bank,asset,10\n13,Till,asset,11\n');
    expect(await company.value('import.check', { entity: 'account', source })).toMatchObject({ create: 2, refused: 1, problems: [{ row: 4, column: 'parent', value: '11' }] });
    expect(await company.refusal('import.run', { entity: 'account', source })).toMatchObject({ code: 'invalid' });
    expect(await tree()).toEqual([]);
    expect(await company.value('import.run', { entity: 'account', source, partial: true })).toMatchObject({ create: 2, refused: 1 });
    expect((await tree()).map((row) => (row as readonly unknown[])[0])).toEqual(['10', '12']);
    expect((await company.value('company.verify', {})).good).toBe(true);
  });
});
