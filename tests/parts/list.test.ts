import { describe, expect, test } from 'vitest';
import { entities } from '#contract/calls.ts';
import { type Column, columnsOf, orderBy, reordered, resized, sortedBy, spread, switched } from '../../renderer/parts/list/columns.ts';
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
  const column = (key: string, own: number, width = own): Column => ({ key, width, field: { kind: 'text', label: { en: key, de: key }, required: false, width: own } });
  const widths = (columns: readonly Column[]): number[] => columns.map(({ width }) => width);
  test('those the user never resized share the room that is left over, each by its width; the others stay', () => {
    expect(widths(spread([column('a', 100), column('b', 200), column('c', 100, 150)], 600))).toEqual([150, 300, 150]);
    expect(widths(spread([column('a', 100, 90), column('b', 200, 210)], 900))).toEqual([90, 210]);
  });
  test('where the room is scarce words give way, as far as they can be read; figures, short columns and widths of one\'s own stay', () => {
    const figure: Column = { key: 'f', width: 200, field: { kind: 'money', label: { en: 'f', de: 'f' }, required: false, width: 200 } };
    expect(widths(spread([column('a', 100), column('b', 200)], 250))).toEqual([100, 150]);
    expect(widths(spread([column('a', 300), column('b', 200), figure], 600))).toEqual([240, 160, 200]);
    expect(widths(spread([column('a', 300), column('b', 200), figure], 10))).toEqual([180, 120, 200]);
    expect(widths(spread([column('a', 300, 310), column('b', 200)], 400))).toEqual([310, 120]);
    // Before the room is known nothing is drawn narrower.
    expect(widths(spread([column('a', 300)], 0))).toEqual([300]);
  });
  test('none becomes more than twice as wide as it is meant to be, and all together never wider than the room', () => {
    expect(widths(spread([column('a', 100), column('b', 200)], 5_000))).toEqual([200, 400]);
    for (let room = 0; room < 2_000; room += 7) {
      const drawn = spread([column('a', 111), column('b', 217), column('c', 140, 300), column('d', 90)], room);
      const sum = widths(drawn).reduce((all, one) => all + one, 0);
      expect(sum).toBeLessThanOrEqual(Math.max(room, 718));
      expect(sum).toBeGreaterThan(Math.min(room, 1136) - 4);
    }
  });
  test('the title shows the order of the hidden field that stands in for it, and sorts by it', () => {
    const party = entities['party'];
    const task = entities['task'];
    if (!party || !task) throw new Error('no such entity');
    const shown = [{ key: 'name', width: 1 }, { key: 'city', width: 1 }];
    expect(sortedBy(party, 'sort_name', shown)).toEqual({ key: 'name', down: false });
    expect(sortedBy(party, '-sort_name', shown)).toEqual({ key: 'name', down: true });
    expect(sortedBy(party, '-sort_name', [...shown, { key: 'sort_name', width: 1 }])).toEqual({ key: 'sort_name', down: true });
    expect(sortedBy(party, '-city', shown)).toEqual({ key: 'city', down: true });
    expect([orderBy(party, '-name'), orderBy(party, 'name'), orderBy(party, '-city'), orderBy(task, '-title')]).toEqual(['-sort_name', 'sort_name', '-city', '-title']);
    expect(sortedBy(task, 'due_day', shown)).toEqual({ key: 'due_day', down: false });
  });
});

test('every kind of field has a test to filter by, and a half-made filter is not sent', () => {
  for (const of of Object.values(entities)) for (const field of Object.values(of.fields)) expect(testsOf[field.kind].length).toBeGreaterThan(0);
  expect(complete({ field: 'a', is: 'contains', value: '' })).toBe(false);
  expect(complete({ field: 'a', is: 'equals', value: false })).toBe(true);
  expect(complete({ field: 'a', is: 'empty' })).toBe(true);
});
