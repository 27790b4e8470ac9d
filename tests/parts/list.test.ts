import { describe, expect, test } from 'vitest';
import { entities } from '#contract/calls.ts';
import { columnsOf, reordered, resized, switched } from '../../renderer/parts/list/columns.ts';
import { complete, testsOf } from '../../renderer/parts/list/filters.ts';
import { pageInput, wantedPages } from '../../renderer/parts/list/pages.ts';
import { boxOf, isTicked, moved, start, target, tickedCount, toggled } from '../../renderer/parts/list/pick.ts';
import { fromTsv, toTsv } from '../../renderer/parts/list/tsv.ts';

describe('the clipboard of a list', () => {
  test('reads what a spreadsheet copied: quotes, line ends inside a cell, an empty last cell', () => {
    expect(fromTsv('a\tb\r\n"c ""d"""\t"two\nlines"\r\n')).toEqual([['a', 'b'], ['c "d"', 'two\nlines']]);
    expect(fromTsv('a\t')).toEqual([['a', '']]);
    expect(fromTsv('')).toEqual([]);
  });
  test('gives back any cells it wrote', () => {
    const cells = [['plain', 'tab\there'], ['"quoted"', 'line\nend']];
    expect(fromTsv(toTsv(cells))).toEqual(cells);
  });
});

describe('pages of a long list', () => {
  const map = { count: 300_000, step: 400, cursors: Array.from({ length: 750 }, (_, at) => (at === 0 ? null : ([`name ${at}`, at] as const))), sums: {} };
  test('what is seen comes before its neighbour, and nothing beyond the ends', () => {
    expect(wantedPages(0, 40, 400, 300_000)).toEqual([0]);
    expect(wantedPages(790, 830, 400, 300_000)).toEqual([1, 2]);
    expect(wantedPages(299_990, 299_999, 400, 300_000)).toEqual([749]);
    expect(wantedPages(0, 40, 200, 0)).toEqual([0]);
  });
  test('any page begins at its cursor; the first one needs none', () => {
    expect(pageInput({ text: 'x' }, 500, map)).toEqual({ text: 'x', after: ['name 500', 500], limit: 400 });
    expect(pageInput({}, 0, undefined)).toEqual({ limit: 200 });
    expect(pageInput({}, 3, undefined)).toBeNull();
  });
});

describe('selecting', () => {
  test('a move is held inside the list; up from the first row leads to the header, but not while extending', () => {
    expect(moved(start, { row: -1 }, 10, 3, false).active).toEqual({ row: -1, col: 0 });
    expect(moved(start, { row: -1 }, 10, 3, true).active).toEqual({ row: 0, col: 0 });
    expect(moved(start, { row: 99, col: 99 }, 10, 3, false).active).toEqual({ row: 9, col: 2 });
  });
  test('extending keeps the other corner', () => {
    expect(boxOf(moved(moved(start, { row: 4, col: 2 }, 10, 3, false), { row: 2, col: 1 }, 10, 3, true))).toEqual({ top: 2, bottom: 4, left: 1, right: 2 });
  });
  test('Ctrl+End leads to the last cell, Page Down a page further', () => {
    expect(target('End', true, { row: 0, col: 0 }, 300, 5, 20)).toEqual({ row: 299, col: 4 });
    expect(target('PageDown', false, { row: 3, col: 0 }, 300, 5, 20)).toEqual({ row: 23 });
    expect(target('x', false, { row: 3, col: 0 }, 300, 5, 20)).toBeNull();
  });
  test('all but some: unticking after Ctrl+A counts down', () => {
    const all = toggled({ all: true, ids: new Set() }, 7);
    expect(isTicked(all, 7)).toBe(false);
    expect(isTicked(all, 8)).toBe(true);
    expect(tickedCount(all, 300_000)).toBe(299_999);
  });
});

describe('columns', () => {
  const [of] = Object.values(entities);
  if (!of) throw new Error('no entity');
  const keys = (columns: readonly { key: string }[]): string => columns.map((column) => column.key).join(' ');
  test('a column that no longer exists or that the role does not see falls out', () => {
    const secret = Object.entries(of.fields).find(([, field]) => field.sensitive !== undefined)?.[0] ?? '';
    const choice = [{ key: 'gone', width: 100 }, { key: secret, width: 100 }, { key: of.title, width: 9999 }];
    expect(columnsOf(of, choice, [])).toMatchObject([{ key: of.title, width: 800 }]);
    expect(keys(columnsOf(of, choice, ['personal', 'bank', 'pay', 'medical']))).toBe(`${secret} ${of.title}`);
    expect(keys(columnsOf(of, [], []))).toBe(of.list.join(' '));
  });
  test('moving, resizing and hiding; the last column stays', () => {
    const abc = ['a', 'b', 'c'].map((key) => ({ key, width: 100 }));
    expect(keys(reordered(abc, 'a', 3))).toBe('b c a');
    expect(keys(reordered(abc, 'c', 0))).toBe('c a b');
    expect(resized(abc, 'b', 3)[1]).toEqual({ key: 'b', width: 48 });
    expect(keys(switched(abc, 'b', of))).toBe('a c');
    expect(keys(switched([{ key: 'a', width: 1 }], 'a', of))).toBe('a');
  });
});

test('every kind of field has a test to filter by, and a half-made filter is not sent', () => {
  for (const of of Object.values(entities)) for (const field of Object.values(of.fields)) expect(testsOf[field.kind].length).toBeGreaterThan(0);
  expect(complete({ field: 'a', is: 'contains', value: '' })).toBe(false);
  expect(complete({ field: 'a', is: 'equals', value: false })).toBe(true);
  expect(complete({ field: 'a', is: 'empty' })).toBe(true);
});
