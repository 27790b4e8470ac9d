import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Only, Statement, StatementColumn, StatementRow } from '#contract/budgets/report.ts';
import { compared } from '../../main/budgets/statements/columns.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

// Statements against the plainest possible sum over all lines that were ever posted.

interface Posted {
  readonly entry: number;
  readonly day: string;
  readonly account: number;
  readonly amount: number;
  readonly department: number | null;
  readonly closing: boolean;
}

let company: Company;
let lines: Posted[] = [];
let cash: ReadonlySet<number>;
let kinds: ReadonlyMap<number, string>;

/** Figures that look like chance and are the same every time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

beforeAll(async () => {
  company = await makeCompany();
  await company.value('books.set_up', { chart: 'uk', year_start: '2024-01-01' });
  await company.value('fiscal_year.create', { name: '2025', start_day: '2025-01-01', end_day: '2025-12-31', pattern: 'months' });
  const departments = [];
  for (const name of ['Workshop', 'Office']) departments.push((await company.value('department.create', { name })).id);
  const { rows } = await company.value('account.list', { limit: 1000 });
  const open = rows.filter((one) => one.heading !== true);
  const pick = chance(7);
  const byRole = (...roles: string[]): number[] => open.filter((one) => roles.includes(one.role)).map((one) => one.id);
  const banks = byRole('bank', 'cash');
  const others = open.filter((one) => !banks.includes(one.id)).map((one) => one.id);
  for (let at = 0; at < 240; at += 1) {
    const day = `${2024 + pick(2)}-${String(1 + pick(12)).padStart(2, '0')}-${String(1 + pick(28)).padStart(2, '0')}`;
    const amount = 100 + pick(900_000);
    const [from, to] = [pick(2) === 0 ? banks[pick(banks.length)]! : others[pick(others.length)]!, others[pick(others.length)]!];
    const department_id = [null, ...departments][pick(3)] ?? null;
    await company.value('entry.add', { day, narration: `Entry ${at}`, lines: [{ account_id: from, amount: pick(2) === 0 ? amount : -amount, department_id }, { account_id: to, amount: 0, department_id }].map((one, place, both) => (place === 1 ? { ...one, amount: -both[0]!.amount } : one)) });
  }
  const first = (await company.value('fiscal_year.list', { order: 'start_day' })).rows[0]!;
  await company.value('fiscal_year.close', { id: first.id, version: first.version });
  lines = company.look((db) => db.prepare('SELECT id >> 14 AS entry, day, account_id AS account, amount, department_id AS department, closing FROM entry_lines').all() as Posted[]).map((one) => ({ ...one, closing: Boolean(one.closing) }));
  cash = new Set(open.filter((one) => one.cash_flow === 'cash' || one.role === 'bank' || one.role === 'cash').map((one) => one.id));
  kinds = new Map(rows.map((one) => [one.id, one.kind]));
});
afterAll(() => company.close());

const holds = (line: Posted, only: Only | null): boolean => !only || line.department === (only.id === 0 ? null : only.id);

/** The figure by looking at every line. */
function slowly(row: StatementRow, column: StatementColumn): number {
  const { accounts, sign, basis: ofRow } = row.source!;
  const basis = column.basis ?? ofRow;
  const wanted = new Set(accounts);
  const withCash = new Set(lines.filter((line) => cash.has(line.account)).map((line) => line.entry));
  const counts = (line: Posted): boolean => {
    if (!wanted.has(line.account) || !holds(line, column.only)) return false;
    if (basis === 'balance') return line.day <= column.to;
    if (basis === 'before') return line.day < column.from;
    if (line.day < column.from || line.day > column.to) return false;
    // These books hold no revaluation.
    if (basis === 'exchange') return false;
    return basis === 'moved' || (basis === 'cash' ? withCash.has(line.entry) : !line.closing);
  };
  const found = lines.filter(counts);
  if (column.side === undefined) return sign * found.reduce((sum, line) => sum + line.amount, 0);
  const turn = column.side === 'debit' ? 1 : -1;
  if (basis === 'moved') return found.reduce((sum, line) => sum + Math.max(turn * line.amount, 0), 0);
  return accounts.reduce((sum, id) => sum + Math.max(turn * found.reduce((own, line) => own + (line.account === id ? line.amount : 0), 0), 0), 0);
}

function agrees(statement: Statement): void {
  expect(statement.rows.length).toBeGreaterThan(5);
  for (const row of statement.rows) row.values.forEach((value, at) => expect.soft(value, `${row.label}, ${statement.columns[at]!.label}`).toBe(slowly(row, statement.columns[at]!) || 0));
}

const days = [{ from: '2024-02-10', to: '2024-11-20' }, { from: '2025-01-01', to: '2025-06-30' }, { from: '2024-01-01', to: '2025-12-31' }];
const month = { from: '2025-03-05', to: '2025-09-17' };

test('every figure of the balance sheet, the result, the cash flow and the trial balance is the sum of its lines', async () => {
  agrees(await company.value('report.balance_sheet', { columns: days }));
  agrees(await company.value('report.profit_and_loss', { columns: days }));
  agrees(await company.value('report.cash_flow', { columns: days, method: 'direct' }));
  agrees(await company.value('report.cash_flow', { columns: days, method: 'indirect' }));
  agrees(await company.value('report.trial_statement', { columns: days }));
  agrees(await company.value('report.trial_statement', { columns: [month] }));
});

test('the balance sheet balances on every day, and a trial balance has as much debit as credit', async () => {
  const sheet = await company.value('report.balance_sheet', { columns: days });
  const of = (key: string): readonly number[] => sheet.rows.find((row) => row.key === key)!.values;
  expect(of('total.asset')).toEqual(of('total.funds'));
  const trial = await company.value('report.trial_statement', { columns: [month] });
  const [opening, debit, credit, left, right] = trial.rows.at(-1)!.values;
  expect(opening).toBe(0);
  expect(debit).toBe(credit);
  expect(left).toBe(right);
});

test('the rows of the trial balance say the same as its statement', async () => {
  const rows = await company.value('report.trial_balance', month);
  const statement = await company.value('report.trial_statement', { columns: [month] });
  expect(rows.length).toBeGreaterThan(20);
  for (const one of rows) expect([one.opening, one.debit, one.credit, Math.max(one.closing, 0)]).toEqual(statement.rows.find((row) => row.account_id === one.account_id)!.values.slice(0, 4));
});

test('columns of departments and of lines without one add up to the total, and every one is the sum of its lines', async () => {
  for (const call of ['report.profit_and_loss', 'report.balance_sheet', 'report.trial_statement'] as const) {
    const statement = await company.value(call, { columns: [month], by: 'department' });
    expect(statement.columns.map((column) => column.label)).toEqual(['Office', 'Workshop', 'No department', 'Total']);
    agrees(statement);
    for (const { values } of statement.rows) expect(values.slice(0, 3).reduce((sum, value) => sum + value, 0)).toBe(values[3] ?? 0);
  }
});

test('one department is filtered alike in a statement and in the register behind its figures', async () => {
  const only = { dimension: 'department', id: 1 } as const;
  const statement = await company.value('report.profit_and_loss', { columns: [month], only });
  agrees(statement);
  for (const row of statement.rows.filter((one) => one.style === 'account')) {
    const page = await company.value('report.register', { account_id: row.account_id!, ...month, only, basis: 'result' });
    expect(page.closing * row.source!.sign || 0).toBe(row.values[0]);
  }
});

test('what explains a figure adds up to it, by account and by period, on every basis', async () => {
  for (const call of ['report.balance_sheet', 'report.profit_and_loss', 'report.cash_flow'] as const) {
    const { columns, rows } = await company.value(call, { columns: [month] });
    for (const row of rows) {
      if (!row.source || row.source.accounts.length === 0) continue;
      for (const by of ['account', 'period'] as const) {
        const found = await company.value('report.explain', { ...row.source, accounts: [...row.source.accounts], from: columns[0]!.from, to: columns[0]!.to, by });
        expect.soft(found.amount, `${row.label} by ${by}`).toBe(row.values[0]);
        expect(found.rows.reduce((sum, one) => sum + one.amount, 0)).toBe(found.amount);
      }
    }
  }
});

test('every level below a figure adds up to the one above: accounts, their periods, the lines of a period', async () => {
  for (const call of ['report.balance_sheet', 'report.profit_and_loss', 'report.cash_flow'] as const) {
    const { columns, rows } = await company.value(call, { columns: [month] });
    const row = rows.findLast((one) => one.style !== 'heading' && one.source !== null && one.source.accounts.length > 1)!;
    const { sign, basis } = row.source!;
    const days = { from: columns[0]!.from, to: columns[0]!.to };
    const top = await company.value('report.explain', { ...row.source!, accounts: [...row.source!.accounts], ...days, by: 'account' });
    for (const of of top.rows.slice(0, 5)) {
      const account = of.account_id!;
      const periods = await company.value('report.explain', { accounts: [account], sign, basis, ...days, by: 'period' });
      expect(periods.rows.reduce((sum, one) => sum + one.amount, 0), `${call} ${of.label}`).toBe(of.amount);
      for (const period of periods.rows.slice(-3)) {
        const lines_ = await company.value('report.register', { account_id: account, from: period.from, to: period.to, basis: basis === 'balance' || basis === 'before' ? 'moved' : basis, limit: 1000 });
        expect(lines_.rows.reduce((sum, one) => sum + sign * one.amount, 0), `${call} ${of.label} ${period.label}`).toBe(period.amount);
      }
    }
  }
});

test('lines without a department are explained by period as by account', async () => {
  const accounts = [...kinds].filter(([, kind]) => kind === 'expense').map(([id]) => id);
  const asked = { accounts, sign: 1, basis: 'result', ...month, only: { dimension: 'department', id: 0 } } as const;
  const [byAccount, byPeriod] = [await company.value('report.explain', { ...asked, accounts, by: 'account' }), await company.value('report.explain', { ...asked, accounts, by: 'period' })];
  const found = lines.filter((line) => accounts.includes(line.account) && line.department === null && !line.closing && line.day >= month.from && line.day <= month.to);
  expect(byPeriod.rows.map((row) => row.label)).toEqual([...new Set(found.map((line) => line.day.slice(0, 7)))].toSorted());
  expect(byPeriod.amount).toBe(byAccount.amount);
  expect(byAccount.amount).toBe(found.reduce((sum, line) => sum + line.amount, 0));
});

test('the pages of a register run on from each other and end at its closing balance', async () => {
  const busiest = [...cash].map((id) => ({ id, count: lines.filter((line) => line.account === id).length })).toSorted((a, b) => b.count - a.count)[0]!;
  for (const basis of ['balance', 'moved'] as const) {
    const asked = { account_id: busiest.id, from: '2024-03-03', to: '2025-08-08', limit: 7, basis };
    let page = await company.value('report.register', asked);
    let balance = page.opening;
    let count = 0;
    const { closing } = page;
    for (;;) {
      for (const row of page.rows) {
        balance += row.amount;
        count += 1;
        expect(row.balance).toBe(balance);
      }
      if (!page.next) break;
      page = await company.value('report.register', { ...asked, after: [...page.next] });
    }
    expect(count).toBe(lines.filter((line) => line.account === busiest.id && line.day >= asked.from && line.day <= asked.to).length);
    expect(balance).toBe(closing);
    const begins = basis === 'balance' ? '' : asked.from;
    expect(closing).toBe(lines.filter((line) => line.account === busiest.id && line.day >= begins && line.day <= asked.to).reduce((sum, line) => sum + line.amount, 0));
  }
});

test('two columns are compared by difference and tenths of a percent, more are not', async () => {
  expect(compared(150, 100)).toEqual({ difference: 50, tenths: 500 });
  expect(compared(-100, -300)).toEqual({ difference: 200, tenths: 667 });
  expect(compared(5, 0)).toEqual({ difference: 5, tenths: null });
  expect(compared(0, 0)).toEqual({ difference: 0, tenths: null });
  const two = await company.value('report.profit_and_loss', { columns: days.slice(0, 2), compare: true });
  const result = two.rows.find((row) => row.key === 'result')!;
  expect(result.compared!.difference).toBe(result.values[0]! - result.values[1]!);
  const three = await company.value('report.profit_and_loss', { columns: days, compare: true });
  expect(three.rows.every((row) => row.compared === null)).toBe(true);
});

test('a closed year gives the same result as before it was closed', async () => {
  const { rows } = await company.value('report.profit_and_loss', { columns: [{ from: '2024-01-01', to: '2024-12-31' }] });
  const expected = -lines.filter((line) => ['income', 'expense'].includes(kinds.get(line.account)!) && line.day < '2025' && !line.closing).reduce((sum, line) => sum + line.amount, 0);
  expect(expected).not.toBe(0);
  expect(rows.find((row) => row.key === 'result')!.values[0]).toBe(expected);
});

test('cash flow is made for the whole company and refuses one department', async () => {
  expect(await company.refusal('report.cash_flow', { columns: [month], only: { dimension: 'department', id: 1 } })).toMatchObject({ code: 'invalid' });
});

test('a saved statement holds amounts as numbers and no formula', async () => {
  const asked = { sheet: 'Balance sheet', currency: 'GBP', columns: [{ title: 'Account', kind: 'text' as const }, { title: '2025', kind: 'money' as const }, { title: '%', kind: 'tenths' as const }], rows: [['=cmd()', -123_456, -5], ['Bank', 7, null]] };
  const csv = join(company.desk, 'out.csv');
  await company.value('report.export', { ...asked, format: 'csv', target: csv });
  expect(readFileSync(csv, 'utf8')).toBe('\ufeffAccount,2025,%\r\n\'=cmd(),-1234.56,-0.5\r\nBank,0.07,\r\n');
  const xlsx = join(company.desk, 'out.xlsx');
  await company.value('report.export', { ...asked, format: 'xlsx', target: xlsx });
  const sheet = strFromU8(unzipSync(readFileSync(xlsx))['xl/worksheets/sheet1.xml']!);
  expect(sheet).toContain('<v>-1234.56</v>');
  expect(sheet).toContain('<v>-0.5</v>');
  expect(sheet).toContain('=cmd()');
  expect(sheet).not.toContain('<f>');
});
