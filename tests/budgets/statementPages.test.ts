import { describe, expect, test } from 'vitest';
import type { Register, Statement, StatementColumn, StatementRow } from '#contract/budgets/report.ts';
import { type Calendar, chosenDays, columnsFor, firstChoice, isChoice } from '../../renderer/budgets/statements/choice.ts';
import { comparedWith, cutInto, daysOf, endName, nameOf, previousOf, quarterOf, twelveMonths, wholeMonths, yearBefore, yearOf } from '../../renderer/budgets/statements/days.ts';
import { daysBehind, figureOf, paperColumns, paperLines, savedTable, type Writing } from '../../renderer/budgets/statements/paper.ts';
import { linesAt, linesPlace } from '../../renderer/budgets/statements/place.ts';
import { registerLines, registerTable } from '../../renderer/budgets/statements/registerPaper.ts';
import { fitted, nextFigure, widthOf, widthsOf } from '../../renderer/parts/report/figures.ts';

const years = [
  { id: 2, name: '2026/27', start_day: '2026-04-01', end_day: '2027-03-31' },
  { id: 1, name: '2025/26', start_day: '2025-04-01', end_day: '2026-03-31' },
];
const calendar: Calendar = { today: '2026-05-20', years, periods: [{ id: 9, name: '2026-05', start_day: '2026-05-01', end_day: '2026-05-31' }] };

describe('choosing days', () => {
  test('a fiscal year that was never opened is reckoned from the nearest one', () => {
    expect(yearOf('2026-05-20', years)).toEqual({ from: '2026-04-01', to: '2027-03-31' });
    expect(yearOf('2030-03-31', years)).toEqual({ from: '2029-04-01', to: '2030-03-31' });
    expect(yearOf('2024-07-07', [])).toEqual({ from: '2024-01-01', to: '2024-12-31' });
    expect(yearOf('2023-03-02', [{ id: 1, name: 'leap', start_day: '2024-02-29', end_day: '2025-02-27' }])).toEqual({ from: '2023-03-01', to: '2024-02-29' });
  });

  test('quarters are counted from the beginning of the fiscal year, and end with it', () => {
    expect(quarterOf('2026-05-20', years)).toEqual({ from: '2026-04-01', to: '2026-06-30' });
    expect(quarterOf('2027-02-01', years)).toEqual({ from: '2027-01-01', to: '2027-03-31' });
    expect(quarterOf('2026-05-20', [{ id: 1, name: 'odd', start_day: '2026-02-10', end_day: '2027-02-09' }])).toEqual({ from: '2026-04-01', to: '2026-06-30' });
    expect(quarterOf('2026-11-20', [{ id: 1, name: 'short', start_day: '2026-05-01', end_day: '2026-12-31' }])).toEqual({ from: '2026-11-01', to: '2026-12-31' });
  });

  test('every preset means its days', () => {
    const found = (['month', 'quarter', 'year', 'to_date', 'last_month', 'last_quarter', 'last_year'] as const).map((one) => Object.values(daysOf(one, calendar.today, years)).join(' '));
    expect(found).toEqual(['2026-05-01 2026-05-31', '2026-04-01 2026-06-30', '2026-04-01 2027-03-31', '2026-04-01 2026-05-20', '2026-04-01 2026-04-30', '2026-01-01 2026-03-31', '2025-04-01 2026-03-31']);
  });

  test('the period before has as many whole months, or as many days', () => {
    expect(previousOf({ from: '2026-04-01', to: '2026-06-30' })).toEqual({ from: '2026-01-01', to: '2026-03-31' });
    expect(previousOf({ from: '2026-03-10', to: '2026-03-12' })).toEqual({ from: '2026-03-07', to: '2026-03-09' });
    expect(wholeMonths({ from: '2026-02-01', to: '2026-02-27' })).toBe(0);
    expect(wholeMonths({ from: '2024-02-01', to: '2024-02-29' })).toBe(1);
  });

  test('the year before keeps the end of a month, also of a leap February', () => {
    expect(yearBefore({ from: '2025-02-01', to: '2025-02-28' })).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(yearBefore({ from: '2024-02-01', to: '2024-02-29' })).toEqual({ from: '2023-02-01', to: '2023-02-28' });
    expect(yearBefore({ from: '2026-01-15', to: '2026-03-10' })).toEqual({ from: '2025-01-15', to: '2025-03-10' });
  });

  test('what is compared follows the choice', () => {
    const days = { from: '2026-04-01', to: '2026-04-30' };
    const any = { from: '2020-01-01', to: '2020-01-31' };
    expect(comparedWith('none', days, any)).toBeNull();
    expect(comparedWith('previous', days, any)).toEqual({ from: '2026-03-01', to: '2026-03-31' });
    expect(comparedWith('year', days, any)).toEqual({ from: '2025-04-01', to: '2025-04-30' });
    expect(comparedWith('any', days, any)).toBe(any);
  });

  test('days are cut into months and quarters whose ends stay where they are', () => {
    expect(cutInto({ from: '2026-01-15', to: '2026-03-10' }, 1)).toEqual([{ from: '2026-01-15', to: '2026-01-31' }, { from: '2026-02-01', to: '2026-02-28' }, { from: '2026-03-01', to: '2026-03-10' }]);
    expect(cutInto({ from: '2026-04-01', to: '2027-03-31' }, 3).map((one) => one.to)).toEqual(['2026-06-30', '2026-09-30', '2026-12-31', '2027-03-31']);
    expect(cutInto({ from: '1990-01-01', to: '2026-12-31' }, 1)).toHaveLength(36);
    expect(twelveMonths('2026-02-11').at(0)).toEqual({ from: '2025-03-01', to: '2025-03-31' });
    expect(twelveMonths('2026-02-11').at(-1)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });

  test('days are called by their fiscal year, their months, or their ends, in the language of the reader', () => {
    expect(nameOf({ from: '2026-04-01', to: '2027-03-31' }, years, 'en-GB')).toBe('2026/27');
    expect(nameOf({ from: '2026-04-01', to: '2026-04-30' }, years, 'en-GB')).toBe('Apr 2026');
    expect(nameOf({ from: '2026-04-01', to: '2026-04-30' }, years, 'de-DE')).toBe('Apr. 2026');
    expect(nameOf({ from: '2026-04-02', to: '2026-04-30' }, years, 'en-GB')).toContain('2');
    expect(endName('2026-03-31', 'en-GB')).toBe('31 Mar 2026');
  });
});

describe('what was chosen', () => {
  const choice = { ...firstChoice, period: 'month', compare: 'year' as const };

  test('columns follow the period, with what it is compared to', () => {
    expect(columnsFor(choice, calendar, 'en-GB', false)).toEqual({ columns: [{ from: '2026-05-01', to: '2026-05-31', label: 'May 2026' }, { from: '2025-05-01', to: '2025-05-31', label: 'May 2025' }], compare: true });
    expect(columnsFor({ ...choice, compare: 'none' }, calendar, 'en-GB', true)).toEqual({ columns: [{ from: '2026-05-01', to: '2026-05-31', label: '31 May 2026' }], compare: false });
  });

  test('months and departments across are not compared', () => {
    const months = columnsFor({ ...choice, period: 'year', across: 'months' }, calendar, 'en-GB', false);
    expect([months.columns.length, months.compare, months.by]).toEqual([12, false, undefined]);
    const departments = columnsFor({ ...choice, across: 'department' }, calendar, 'en-GB', false);
    expect([departments.columns.length, departments.compare, departments.by]).toEqual([1, false, 'department']);
  });

  test('a year or period that is gone, and days that make no sense, fall back to the fiscal year', () => {
    const year = { from: '2026-04-01', to: '2027-03-31' };
    expect(chosenDays({ ...choice, period: 'year:1' }, calendar)).toEqual({ from: '2025-04-01', to: '2026-03-31' });
    expect(chosenDays({ ...choice, period: 'period:9' }, calendar)).toEqual({ from: '2026-05-01', to: '2026-05-31' });
    expect(chosenDays({ ...choice, period: 'year:77' }, calendar)).toEqual(year);
    expect(chosenDays({ ...choice, period: 'any', from: '2026-02-30', to: '2026-03-01' }, calendar)).toEqual(year);
    expect(chosenDays({ ...choice, period: 'any', from: '2026-03-02', to: '2026-03-01' }, calendar)).toEqual(year);
  });

  test('what an older version remembered is left aside', () => {
    expect(isChoice(firstChoice)).toBe(true);
    expect(isChoice({ ...firstChoice, across: 'weeks' })).toBe(false);
    expect(isChoice({ period: 'month' })).toBe(false);
    expect(isChoice(null)).toBe(false);
  });

  test('the place of a register can be read back, and a spoilt one names nothing', () => {
    const lines = { account: 7, from: '2026-01-01', to: '2026-01-31', basis: 'result', only: { dimension: 'place', id: 0 } } as const;
    expect(linesAt(linesPlace(lines).view)).toEqual(lines);
    expect(linesAt(linesPlace({ ...lines, from: '', only: null }).view)).toEqual({ ...lines, from: '', only: null });
    for (const spoilt of [undefined, '', 'x|||balance||', '7|||magic||']) expect(linesAt(spoilt)).toBeNull();
  });
});

const words: Writing = { number: 'No.', account: 'Account', difference: 'Difference', percent: '%', concept: 'Concept', percentage: (value) => `${value / 10} %`, ratio: (value) => `${value / 100}`, amount: (minor) => (minor === 0 ? '–' : String(minor)), tenths: (value) => `${value}‰` };
const column = (more: Partial<StatementColumn> = {}): StatementColumn => ({ label: '2026', from: '2026-01-01', to: '2026-12-31', only: null, ...more });
const row = (more: Partial<StatementRow>): StatementRow => ({ key: '1', label: 'Bank', number: '1200', style: 'account', depth: 2, account_id: 1, values: [500, 300], source: { accounts: [1], sign: 1, basis: 'balance' }, compared: { difference: 200, tenths: 667 }, ...more });
const statement: Statement = {
  title: 'Balance sheet',
  currency: 'EUR',
  columns: [column(), column({ label: '2025' })],
  rows: [
    row({ key: 'asset', label: 'Assets', number: '', style: 'heading', depth: 0, values: [], source: null, compared: null }),
    row({ key: '9', label: 'Cash', number: '12', style: 'subtotal', depth: 1, source: { accounts: [1, 2], sign: 1, basis: 'balance' } }),
    row({}),
    row({ key: '2', label: 'Till', number: '1210', values: [5, 0], compared: { difference: 5, tenths: null } }),
    row({ key: 'total', label: 'Total', number: '', style: 'total', depth: 0 }),
  ],
  notes: [],
};

describe('a statement on paper', () => {
  test('has its headings, groups, lines and totals, indented by their depth', () => {
    const lines = paperLines(statement, words, () => undefined, () => undefined);
    expect(lines.map((line) => [line.kind, line.depth ?? 0, ...line.cells])).toEqual([
      ['heading', 0, 'Assets'],
      ['group', 0, '12', 'Cash', '500', '300', '200', '667‰'],
      ['line', 1, '1200', 'Bank', '500', '300', '200', '667‰'],
      ['line', 1, '1210', 'Till', '5', '–', '5', ''],
      ['total', 0, '', 'Total', '500', '300', '200', '667‰'],
    ]);
    expect(paperColumns(statement, words).map((one) => one.label)).toEqual(['No.', 'Account', '2026', '2025', 'Difference', '%']);
  });

  test('every figure but zero opens what it is made of', () => {
    const opened: string[] = [];
    const lines = paperLines(statement, words, (figure) => opened.push(`${figure.row.label} ${figure.column.label}`), () => undefined);
    for (const line of lines) for (const open of Object.values(line.opens ?? {})) open();
    expect(opened).toEqual(['Cash 2026', 'Cash 2025', 'Bank 2026', 'Bank 2025', 'Till 2026', 'Total 2026', 'Total 2025']);
  });

  test('a column of credits turns the sign of what is behind it, and an opening reaches to the day before', () => {
    expect(figureOf({ ...statement, columns: [column({ basis: 'moved', side: 'credit' })] }, row({}), 0)?.source).toEqual({ accounts: [1], sign: -1, basis: 'moved' });
    expect(daysBehind('before', column())).toEqual({ from: '', to: '2025-12-31' });
    expect(daysBehind('result', column())).toEqual({ from: '2026-01-01', to: '2026-12-31' });
  });

  test('is saved with amounts and percentages as numbers and an empty cell where there is none', () => {
    const { columns, rows } = savedTable(statement, words);
    expect(columns.map((one) => one.kind)).toEqual(['text', 'text', 'money', 'money', 'money', 'tenths']);
    expect(rows).toEqual([
      ['', 'Assets', null, null, null, null],
      ['12', 'Cash', 500, 300, 200, 667],
      ['1200', '  Bank', 500, 300, 200, 667],
      ['1210', '  Till', 5, 0, 5, null],
      ['', 'Total', 500, 300, 200, 667],
    ]);
  });

  test('names take the room that figures leave, and no figure is broken', () => {
    const columns = paperColumns(statement, words);
    expect(widthsOf(columns).filter((width) => width === null)).toHaveLength(1);
    expect(widthsOf(columns)[1]).toBeNull();
    const giving = columns.map((column, at) => (at === 0 ? { ...column, share: 24, least: 13 } : column));
    expect(fitted(giving)).toBe(fitted(columns.map((column, at) => (at === 0 ? { ...column, share: 13 } : column))));
    expect(widthOf(giving[0]!, widthsOf(giving)[0]!)).toMatch(/^clamp\(115px, .*, 199px\)$/);
    expect(fitted(columns)).toBeGreaterThan(widthsOf(columns).reduce<number>((sum, width) => sum + (width ?? 0), 0));
  });
});

describe('a register on paper', () => {
  const line = { line_id: 1, entry_id: 4, number: 'J-1', day: '2026-01-02', narration: 'Rent', text: 'January', reference: 'R7', amount: -700, balance: 300, currency: 'EUR', quantity: -700 };
  const register: Register = { account_id: 1, number: '1200', account: 'Bank', opening: 1000, closing: 300, rows: [line], next: null };
  const heads = { date: 'Date', entry: 'Entry', narration: 'Text', reference: 'Reference', debit: 'Debit', credit: 'Credit', balance: 'Balance', opening: 'Forward', closing: 'End' };

  test('begins with what was brought forward and ends with the balance once all lines are there', () => {
    const lines = (whole: boolean) => registerLines(register, [line], whole, heads, { day: (day) => day, amount: String }, () => undefined).map((one) => one.cells.join('|'));
    expect(lines(true)).toEqual(['||Forward||||1000', '2026-01-02|J-1|Rent: January|R7||700|300', '||End||||300']);
    expect(lines(false)).toHaveLength(2);
  });

  test('is saved with debits and credits in columns of their own', () => {
    expect(registerTable([line, { ...line, amount: 5, text: '', balance: 305 }], heads).rows).toEqual([['2026-01-02', 'J-1', 'Rent: January', 'R7', null, 700, 300], ['2026-01-02', 'J-1', 'Rent', 'R7', 5, null, 305]]);
  });
});

test('the arrows go from figure to figure, and over lines without one in that column', () => {
  const ids = ['a/x', 'a/y', 'b/x', 'c/x', 'c/y'];
  const step = (from: string, key: string): string | null => nextFigure(ids, ['n', 'x', 'y'], from, key);
  expect(step('a/x', 'ArrowRight')).toBe('a/y');
  expect(step('a/y', 'ArrowRight')).toBeNull();
  expect(step('a/y', 'ArrowDown')).toBe('b/x');
  expect(step('c/y', 'ArrowUp')).toBe('b/x');
  expect(step('b/x', 'ArrowDown')).toBe('c/x');
  expect([step('a/y', 'Home'), step('c/x', 'End')]).toEqual(['a/x', 'c/y']);
  expect([step('a/x', 'ArrowUp'), step('nowhere', 'ArrowDown'), step('a/x', 'q')]).toEqual([null, null, null]);
});
