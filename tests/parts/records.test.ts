import { describe, expect, test } from 'vitest';
import type { Due } from '#contract/records/task.ts';
import { offers } from '../../renderer/parts/record/asked.ts';
import { treeTarget } from '../../renderer/parts/tree/keys.ts';
import { type Branch, openAtFirst } from '../../renderer/parts/tree/useTree.ts';
import { type Appointment, byDay, fitting } from '../../renderer/records/event/calendar.ts';
import { board, boardKey } from '../../renderer/records/task/agenda.ts';

const due = (day: string): Due => ({ entity: 'task', id: 1, version: 1, title: day, day, what: 'task', owner_id: null, late: false });

describe('the agenda board', () => {
  test('sorts by when something is due', () => {
    const found = board(['2026-11-21', '2026-11-22', '2026-11-29', '2026-11-30'].map(due), '2026-11-22');
    expect([found.late.length, found.today.length, found.week.length, found.later.length]).toEqual([1, 1, 1, 1]);
  });
  test('arrows pass over empty columns and stay at the ends', () => {
    expect(boardKey('ArrowRight', { column: 0, card: 5 }, [6, 0, 3, 0])).toEqual({ column: 2, card: 2 });
    expect(boardKey('ArrowRight', { column: 2, card: 1 }, [6, 0, 3, 0])).toEqual({ column: 2, card: 1 });
    expect(boardKey('ArrowUp', { column: 0, card: 0 }, [6])).toEqual({ column: 0, card: 0 });
    expect(boardKey('End', { column: 0, card: 0 }, [6])).toEqual({ column: 0, card: 5 });
  });
});

test('an appointment over several days stands on each of them, whole days first', () => {
  const one = (id: number, from: string, to: string, wholeDay: boolean): Appointment => ({ id, title: '', startsAt: id, wholeDay, state: '', repeats: false, from, to });
  const days = byDay([one(1, '2026-11-22', '2026-11-22', false), one(2, '2026-11-01', '2026-11-23', true)], '2026-11-22', '2026-11-24');
  expect(days.get('2026-11-22')?.map((each) => each.id)).toEqual([2, 1]);
  expect(days.get('2026-11-23')?.map((each) => each.id)).toEqual([2]);
  expect(days.get('2026-11-24')).toEqual([]);
});

test('arrows open, enter, close and leave a node', () => {
  const node = (id: number, parent: number | null, children: boolean, open: boolean): Branch => ({ row: { id, version: 1, archived: false, created_at: 0, updated_at: 0 }, level: parent === null ? 1 : 2, parent, children, open, position: 1, siblings: 1 });
  const branches = [node(1, null, true, true), node(2, 1, true, false), node(3, 1, false, false)];
  expect(treeTarget('ArrowRight', branches, 0, 10)).toBe(1);
  expect(treeTarget('ArrowRight', branches, 1, 10)).toBe('open');
  expect(treeTarget('ArrowLeft', branches, 0, 10)).toBe('close');
  expect(treeTarget('ArrowLeft', branches, 2, 10)).toBe(0);
  expect(treeTarget('ArrowRight', branches, 2, 10)).toBe(2);
  expect(treeTarget('F9', branches, 2, 10)).toBeNull();
});

test('a day of the month shows as many appointments as fit, and never fewer than one with the word of the others', () => {
  expect([fitting(0, 6), fitting(695, 6), fitting(969, 6), fitting(969, 5)]).toEqual([2, 3, 5, 6]);
});

test('a small tree shows what is in it before anybody chose, a large one its top', () => {
  const top = (count: number) => Array.from({ length: count }, (_, at) => ({ id: at + 1 }));
  expect([...openAtFirst(top(3))]).toEqual([1, 2, 3]);
  expect(openAtFirst(top(9)).size).toBe(0);
});

test('a lookup offers what begins as typed, then what search finds by other words, each once and nothing archived', () => {
  const named = (id: number, title: string) => ({ id, title, subtitle: '', archived: false });
  const hit = (id: number, title: string, archived = false) => ({ ...named(id, title), entity: 'party', snippet: '', archived });
  expect(offers([named(1, 'Abbott Ltd')], [hit(2, 'Anna Abbott'), hit(1, 'Abbott Ltd'), hit(3, 'Abbott & Sons', true)], 20).map((one) => one.id)).toEqual([1, 2]);
  expect(offers([named(1, 'Abbott Ltd')], [hit(2, 'Anna Abbott'), hit(4, 'Ben Abbott')], 2).map((one) => one.id)).toEqual([1, 2]);
});
