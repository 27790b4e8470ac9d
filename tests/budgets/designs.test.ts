import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DesignedStatement, DesignRow } from '#contract/budgets/design.ts';
import { report } from '../../main/cliLedger.ts';
import { type Company, makeCompany } from '../helpers/company.ts';
import { corpus, has } from '../helpers/corpora.ts';

// Own statements against plain sums over every line, against the built-in statements, and against what another program reports.

interface Line {
  readonly day: string;
  readonly account: number;
  readonly amount: number;
  readonly department: number | null;
  readonly closing: number;
}

interface Known {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly heading: boolean;
}

const year = { from: '2024-01-01', to: '2024-12-31' };
const part = { from: '2024-02-10', to: '2024-11-20' };
let company: Company;
let chart: readonly Known[] = [];
let department: number;
const linesNow = (): Line[] => company.look((db) => db.prepare('SELECT day, account_id AS account, amount, department_id AS department, closing FROM entry_lines').all()) as Line[];
const run = (rows: readonly DesignRow[], more: object = {}): Promise<DesignedStatement> => company.value('report.design', { columns: [part], ...more, design: { title: 'Test', covers: '', rows: [...rows] } });
const rowIn = (statement: DesignedStatement, key: string) => [...statement.rows, ...(statement.hidden ?? [])].find((row) => row.key === key)!;
const figures = (statement: DesignedStatement, key: string): readonly (number | null)[] => rowIn(statement, key).values;

/** The plain sum over all lines; without closing entries unless told. */
function sum(of: (one: Known) => boolean, from: string, to: string, also: (line: Line) => boolean = (line) => line.closing === 0): number {
  const wanted = new Set(chart.filter(of).map((one) => one.id));
  return linesNow().reduce((total, line) => total + (wanted.has(line.account) && line.day >= from && line.day <= to && also(line) ? line.amount : 0), 0);
}

beforeAll(async () => {
  company = await makeCompany();
  await company.value('books.set_up', { chart: 'uk', year_start: '2024-01-01' });
  await company.value('fiscal_year.create', { name: '2025', start_day: '2025-01-01', end_day: '2025-12-31', pattern: 'months' });
  department = (await company.value('department.create', { name: 'Workshop' })).id;
  chart = (await company.value('account.list', { limit: 1000 })).rows as unknown as Known[];
  const open = chart.filter((one) => !one.heading);
  const bank = open.find((one) => one.role === 'bank')!.id;
  // Every account of the chart moves, in both years, so that one that a design leaves out must show.
  let seed = 7;
  for (const [at, one] of open.filter((other) => other.id !== bank).entries()) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const amount = (1 + (seed % 900_000)) * (one.kind === 'income' || one.kind === 'liability' ? -1 : 1);
    const day = `${at % 3 === 0 ? 2025 : 2024}-${String(1 + (at % 12)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`;
    const named = at % 4 === 0 ? { department_id: department } : {};
    await company.value('entry.add', { day, narration: `Entry ${at}`, lines: [{ account_id: one.id, amount, ...named }, { account_id: bank, amount: -amount, ...named }] });
  }
});
afterAll(() => company.close());

describe('rows of accounts', () => {
  test('take movements and balances, turned or not, by range, tree, kind, use and name', async () => {
    const one = chart.find((account) => account.kind === 'income' && !account.heading && sum((other) => other.id === account.id, part.from, part.to) !== 0)!;
    const statement = await run([
      { kind: 'accounts', code: 'RANGE', of: '4000-4999', turn: true },
      { kind: 'accounts', code: 'KIND', of: 'kind:expense' },
      { kind: 'accounts', code: 'USE', of: 'kind:expense & use:payroll' },
      { kind: 'accounts', code: 'BALANCE', of: 'use:bank', basis: 'balance' },
      { kind: 'accounts', code: 'BEFORE', of: 'use:bank', basis: 'before' },
      { kind: 'accounts', code: 'NAMED', of: `"${one.name}"`, turn: true },
      { kind: 'accounts', code: 'TREE', of: '0' },
      { kind: 'accounts', code: 'LESS', of: 'kind:expense, -use:payroll, !7' },
      { kind: 'accounts', code: 'ALL', of: '*' },
    ]);
    const { from, to } = part;
    expect(figures(statement, 'RANGE')).toEqual([-sum((account) => account.number >= '4000' && account.number <= '4999', from, to)]);
    expect(figures(statement, 'KIND')).toEqual([sum((account) => account.kind === 'expense', from, to)]);
    expect(figures(statement, 'USE')).toEqual([sum((account) => account.kind === 'expense' && account.role === 'payroll', from, to)]);
    expect(figures(statement, 'BALANCE')).toEqual([sum((account) => account.role === 'bank', '', to)]);
    expect(figures(statement, 'BEFORE')).toEqual([sum((account) => account.role === 'bank', '', '2024-02-09')]);
    expect(figures(statement, 'NAMED')).toEqual([-sum((account) => account.id === one.id, from, to)]);
    // In this chart what stands under 0 are the numbers that begin with it.
    expect(figures(statement, 'TREE')).toEqual([sum((account) => account.number.startsWith('0'), from, to)]);
    expect(figures(statement, 'LESS')).toEqual([sum((account) => account.kind === 'expense' && account.role !== 'payroll' && !account.number.startsWith('7'), from, to)]);
    expect(figures(statement, 'ALL')).toEqual([0]);
    for (const key of ['RANGE', 'KIND', 'USE', 'BALANCE', 'NAMED', 'TREE', 'LESS']) expect(figures(statement, key)[0], key).not.toBe(0);
  });

  test('stand by months, by department and compared, as the built-in statements do', async () => {
    const rows: DesignRow[] = [{ kind: 'accounts', code: 'R10', of: 'kind:income', turn: true }, { kind: 'accounts', code: 'R20', of: 'kind:expense' }, { kind: 'formula', code: 'R30', of: 'R10 - R20' }];
    for (const asked of [{ columns: [year, { from: '2025-01-01', to: '2025-12-31' }], compare: true }, { columns: [part], by: 'department' }, { columns: [part], only: { dimension: 'department', id: department } }] as const) {
      const [own, built] = [await run(rows, { ...asked, columns: [...asked.columns] }), await company.value('report.profit_and_loss', { ...asked, columns: [...asked.columns] })];
      expect(own.columns).toEqual(built.columns);
      for (const [key, theirs] of [['R10', 'total.income'], ['R20', 'total.expense'], ['R30', 'result']] as const) {
        const other = built.rows.find((row) => row.key === theirs)!;
        expect(figures(own, key)).toEqual(other.values);
        expect(rowIn(own, key).compared).toEqual(other.compared);
      }
      expect(figures(own, 'R30').length).toBe(own.columns.length);
    }
  });

  test('listed one by one add up to their row, and leave out what is zero unless that is wanted', async () => {
    const rows: DesignRow[] = [{ kind: 'accounts', code: 'R10', of: 'kind:expense', each: true }];
    for (const zero of [false, true]) {
      const statement = await run(rows, { zero });
      const own = statement.rows.filter((row) => row.account_id !== null);
      expect(own.reduce((total, row) => total + row.values[0]!, 0)).toBe(figures(statement, 'R10')[0]);
      expect(own.some((row) => row.values[0] === 0)).toBe(zero);
    }
  });
});

describe('formulas, totals and notes', () => {
  const rows: DesignRow[] = [
    { kind: 'accounts', code: 'R10', of: 'kind:income', turn: true },
    { kind: 'accounts', code: 'R20', of: 'kind:expense' },
    { kind: 'accounts', code: 'R25', of: 'kind:equity', hide: true, basis: 'before' },
    { kind: 'total', code: 'R30' },
    { kind: 'total', code: 'R40', of: 'R10, R10:R20' },
    { kind: 'formula', code: 'R50', of: '(R10 - R20) / R10 * 100', format: 'percent' },
    { kind: 'formula', code: 'R60', of: 'R10 / R20', format: 'ratio' },
    { kind: 'formula', code: 'R70', of: 'R20 / DAYS' },
    { kind: 'formula', code: 'R80', of: 'R10 / (R20 - R20)' },
    { kind: 'formula', code: 'R90', of: 'R80 + 1' },
    { kind: 'note', label: 'Income of {R10} is {R60} times the expenses, {R50} is left; {-movement:kind:income} again, nothing: {R80}.' },
  ];

  test('are reckoned from what the rows show, and have no figure where something is divided by zero', async () => {
    const statement = await run(rows);
    const [income, expense] = [-sum((one) => one.kind === 'income', part.from, part.to), sum((one) => one.kind === 'expense', part.from, part.to)];
    expect(figures(statement, 'R30')).toEqual([income + expense + (figures(statement, 'R25')[0] ?? 0)]);
    expect(figures(statement, 'R40')).toEqual([2 * income + expense]);
    expect(figures(statement, 'R50')).toEqual([Math.round(((income - expense) / income) * 1000)]);
    expect(figures(statement, 'R60')).toEqual([Math.round((income / expense) * 100)]);
    // 10 February to 20 November 2024, a leap year: 285 days.
    expect(figures(statement, 'R70')).toEqual([Math.round(expense / 285)]);
    expect(figures(statement, 'R80')).toEqual([null]);
    expect(figures(statement, 'R90')).toEqual([null]);
    const money = (minor: number): string => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(minor / 100);
    const note = statement.rows.find((row) => row.style === 'note')!;
    const [share, times] = [figures(statement, 'R50')[0]! / 10, figures(statement, 'R60')[0]! / 100];
    expect(note.label).toBe(`Income of ${money(income)} is ${times.toFixed(2)} times the expenses, ${share.toFixed(1)} % is left; ${money(income)} again, nothing: –.`);
  });

  test('tell what they are made of, so that every figure can be followed to accounts', async () => {
    const statement = await run(rows);
    const behind = (key: string): readonly string[] => (rowIn(statement, key).source ? [key] : (rowIn(statement, key).parts ?? []).flatMap((one) => behind(one.key)));
    for (const row of statement.rows) expect(behind(row.key).length, row.key).toBeGreaterThan(0);
    expect(behind('R90')).toEqual(['R10', 'R20']);
    const { source, values } = rowIn(statement, 'R10');
    const explained = await company.value('report.explain', { ...source!, accounts: [...source!.accounts], ...part, by: 'account' });
    expect(explained.amount).toBe(values[0]);
  });

  test('that rest on themselves, on rows that are not there or on rows without a figure are told in place and not kept', async () => {
    const wrong: readonly (readonly [readonly DesignRow[], number, string])[] = [
      [[{ kind: 'formula', code: 'A', of: 'B + 1' }, { kind: 'formula', code: 'B', of: 'C' }, { kind: 'total', code: 'C', of: 'A' }], 0, 'The row rests on itself: A → B → C → A.'],
      [[{ kind: 'accounts', code: 'A', of: '*' }, { kind: 'formula', code: 'B', of: 'A - X9' }], 1, 'There is no row X9.'],
      [[{ kind: 'heading', code: 'A', label: 'x' }, { kind: 'formula', code: 'B', of: 'A' }], 1, 'The row A has no figure.'],
      [[{ kind: 'accounts', code: 'A', of: '*' }, { kind: 'accounts', code: 'a', of: '*' }], 1, 'Another row has the code A already.'],
      [[{ kind: 'accounts', code: 'days', of: '*' }], 0, 'DAYS is the number of days in a column and cannot name a row.'],
      [[{ kind: 'formula', code: 'A', of: '(1 + 2' }], 0, 'The parenthesis that opens at place 1 is not closed.'],
      [[{ kind: 'accounts', code: 'A', of: 'kind:profit' }], 0, 'There is no kind of account “profit”; there are asset, liability, equity, income, expense, unclassified.'],
      [[{ kind: 'accounts', code: 'A', of: '5000-4000' }], 0, 'The range 5000-4000 ends before it begins.'],
      [[{ kind: 'note', label: 'x {R1 + 2}' }], 0, '“R1 + 2” is no figure: give the code of a row, or {balance:…}, {before:…}, {movement:…}.'],
    ];
    for (const [design, row, message] of wrong) {
      const statement = await run(design);
      expect(statement.problems.filter((one) => one.grave && one.row === row).map((one) => one.message)).toContain(message);
      expect(await company.refusal('statement_design.create', { name: 'Wrong', rows: JSON.stringify(design) })).toMatchObject({ code: 'invalid', field: 'rows' });
    }
    expect((await company.value('statement_design.list', { text: 'Wrong' })).rows).toEqual([]);
  });

  test('an account that is not there is told and leaves the rest as it is', async () => {
    const statement = await run([{ kind: 'accounts', code: 'A', of: '123456' }, { kind: 'accounts', code: 'B', of: 'kind:income' }]);
    expect(statement.problems).toEqual([{ row: 0, about: 'of', message: 'There is no account “123456”.', grave: false }]);
    expect(statement.notes).toContain('Row A: There is no account “123456”.');
    expect(figures(statement, 'B')[0]).not.toBe(0);
  });
});

test('rows that are no rows are refused and change nothing', async () => {
  for (const rows of ['{', '{}', '[1]', '[{"kind":"sum"}]', '[{"kind":"note","label":"a\\u0000b"}]', '[{"kind":"blank","more":1}]', JSON.stringify(Array.from({ length: 301 }, () => ({ kind: 'blank' })))]) expect(await company.refusal('statement_design.create', { name: 'Broken', rows }), rows.slice(0, 40)).toMatchObject({ code: 'invalid', field: 'rows' });
  expect((await company.value('statement_design.list', { text: 'Broken' })).rows).toEqual([]);
});

test('every prepared design is whole: no account is missing or twice, and its totals are those of the built-in statements', async () => {
  const starters = await company.value('statement_design.starters', {});
  expect(starters.map((one) => one.key)).toEqual(['management', 'ratios', 'notes', 'result', 'sheet']);
  const asked = { columns: [year], zero: true } as const;
  const ran = new Map<string, DesignedStatement>();
  for (const one of starters) {
    const statement = await company.value('report.design', { ...asked, columns: [...asked.columns], design: { title: one.name, covers: one.covers, rows: [...one.rows] } });
    expect([one.key, statement.problems.filter((problem) => problem.grave), statement.missing, statement.twice]).toEqual([one.key, [], [], []]);
    ran.set(one.key, statement);
  }
  const [result, sheet] = [await company.value('report.profit_and_loss', { columns: [year] }), await company.value('report.balance_sheet', { columns: [year] })];
  const built = (of: typeof result, key: string): readonly number[] => of.rows.find((row) => row.key === key)!.values;
  expect(figures(ran.get('management')!, 'R130')).toEqual(built(result, 'result'));
  expect(figures(ran.get('result')!, 'RESULT')).toEqual(built(result, 'result'));
  expect(figures(ran.get('result')!, 'INCOME')).toEqual(built(result, 'total.income'));
  expect(figures(ran.get('sheet')!, 'ASSETS')).toEqual(built(sheet, 'total.asset'));
  expect(figures(ran.get('sheet')!, 'FUNDS')).toEqual(built(sheet, 'total.funds'));
  expect(figures(ran.get('notes')!, 'R50')).toEqual(built(sheet, 'total.asset'));
  expect(figures(ran.get('notes')!, 'R80')).toEqual(built(sheet, 'total.funds'));
});

test('a design that leaves an account out names it with its figure, and one that holds it twice names the rows', async () => {
  const expenses = chart.filter((one) => one.kind === 'expense' && !one.heading && sum((other) => other.id === one.id, part.from, part.to) !== 0);
  const [left, twice] = [expenses[0]!, expenses[1]!];
  const rows: DesignRow[] = [{ kind: 'accounts', code: 'A', of: `kind:income, kind:expense, -=${left.number}` }, { kind: 'accounts', code: 'B', of: `=${twice.number}` }];
  const statement = await company.value('report.design', { columns: [part], design: { title: 'x', covers: 'result', rows } });
  expect(statement.missing.map((one) => [one.account_id, one.amount, one.rows])).toEqual([[left.id, sum((one) => one.id === left.id, part.from, part.to), []]]);
  expect(statement.twice.map((one) => [one.account_id, one.rows])).toEqual([[twice.id, ['A', 'B']]]);
});

test('a kept design is logged as any record, gives a closed year the same figures for ever, and runs by its name', async () => {
  const starter = (await company.value('statement_design.starters', {})).find((one) => one.key === 'management')!;
  const made = await company.value('statement_design.create', { name: 'Board', covers: 'result', rows: JSON.stringify(starter.rows) });
  const ask = (): Promise<DesignedStatement> => company.value('report.design', { columns: [year], design: { id: made.id } });
  const before = JSON.stringify(await ask());
  const [first] = (await company.value('fiscal_year.list', { order: 'start_day' })).rows;
  await company.value('fiscal_year.close', { id: first!.id, version: first!.version });
  const bank = chart.find((one) => one.role === 'bank')!.id;
  await company.value('entry.add', { day: '2025-06-06', narration: 'Later', lines: [{ account_id: bank, amount: 500 }, { account_id: chart.find((one) => one.number === '4000')!.id, amount: -500 }] });
  expect(JSON.stringify(await ask())).toBe(before);
  expect(JSON.stringify(await company.value('report.design', { columns: [year], design: { name: 'board' } }))).toBe(before);
  await company.value('statement_design.update', { id: made.id, version: made.version, patch: { rows: JSON.stringify(starter.rows.slice(0, 3)) } });
  const log = await company.value('record.timeline', { entity: 'statement_design', id: made.id });
  expect(JSON.stringify(log)).toContain('Gross profit');
  expect((await ask()).rows).toHaveLength(3);
  expect(await company.refusal('report.design', { columns: [year], design: { name: 'Nowhere' } })).toMatchObject({ code: 'missing' });
});

test('at the terminal a design has the figures of the window as plain decimals, a dash as nothing, and its tags', async () => {
  const rows: DesignRow[] = [{ kind: 'accounts', code: 'R10', label: 'Sold', of: 'kind:income', turn: true, tag: 'core:TurnoverRevenue' }, { kind: 'formula', code: 'R20', label: 'Times', of: 'R10 / 1000', format: 'ratio' }, { kind: 'formula', code: 'R30', label: 'None', of: '1 / 0' }];
  await company.value('statement_design.create', { name: 'Terminal', rows: JSON.stringify(rows) });
  const sold = -sum((one) => one.kind === 'income', part.from, part.to);
  const ask = (name: string, input: unknown): Promise<unknown> => company.value(name as 'report.design', input as never);
  const told = await report(ask, 'design', { ...part, design: 'terminal' });
  expect(told?.map((row) => [row['key'], row['figure'], row['format'], row['tag']])).toEqual([
    ['R10', (sold / 100).toFixed(2), 'amount', 'core:TurnoverRevenue'],
    ['R20', (Math.round(sold / 1000) / 100).toFixed(2), 'ratio', ''],
    ['R30', '', 'amount', ''],
  ]);
});

describe.skipIf(!has('ledger/hledger/bcexample.journal'))('a ledger of another program', () => {
  test('has in a design the totals that hledger reports', async () => {
    const other = await makeCompany({ currency: 'USD' });
    try {
      await other.value('journal.import', { format: 'hledger', source: corpus('ledger/hledger/bcexample.journal') });
      const rows: DesignRow[] = ['Assets', 'Liabilities', 'Equity', 'Income', 'Expenses'].map((name) => ({ kind: 'accounts', code: name, of: `"${name}"`, basis: 'balance' }));
      const statement = await other.value('report.design', { columns: [{ to: '2099-12-31' }], design: { title: 'x', covers: 'balance', rows } });
      expect(statement.missing).toEqual([]);
      // What `hledger balance --depth 1` writes beside the commodities, as it stands in the corpus.
      const total = readFileSync(corpus('ledger/expected/hledger__bcexample.income-statement.csv'), 'utf8');
      expect(total).toContain('365071.44');
      expect(figures(statement, 'INCOME')).toEqual([-36_507_144]);
      expect(figures(statement, 'EXPENSES')).toEqual([26_091_170]);
      expect(figures(statement, 'EQUITY')).toEqual([-307_770]);
      expect(figures(statement, 'LIABILITIES')).toEqual([-289_185]);
    } finally {
      await other.close();
    }
  });
});
