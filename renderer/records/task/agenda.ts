import { addDays } from '#contract/kit/day.ts';
import type { Due } from '#contract/records/task.ts';

/** The agenda in four columns by when something is due. */

export const columns = ['late', 'today', 'week', 'later'] as const;
export type Column = (typeof columns)[number];

export const columnOf = (due: Due, today: string): Column => (due.day < today ? 'late' : due.day === today ? 'today' : due.day <= addDays(today, 7) ? 'week' : 'later');

export function board(dues: readonly Due[], today: string): Readonly<Record<Column, readonly Due[]>> {
  const found: Record<Column, Due[]> = { late: [], today: [], week: [], later: [] };
  for (const due of dues) found[columnOf(due, today)].push(due);
  return found;
}

export interface Spot {
  readonly column: number;
  readonly card: number;
}

/** Where an arrow leads on the board: up and down in a column, left and right to the nearest column that has cards. */
export function boardKey(key: string, { column, card }: Spot, lengths: readonly number[]): Spot | null {
  const held = (at: number, to: number): Spot => ({ column: to, card: Math.max(0, Math.min((lengths[to] ?? 1) - 1, at)) });
  switch (key) {
    case 'ArrowDown':
      return held(card + 1, column);
    case 'ArrowUp':
      return held(card - 1, column);
    case 'Home':
      return held(0, column);
    case 'End':
      return held(Infinity, column);
    case 'ArrowLeft':
    case 'ArrowRight': {
      const step = key === 'ArrowLeft' ? -1 : 1;
      for (let to = column + step; to >= 0 && to < lengths.length; to += step) if ((lengths[to] ?? 0) > 0) return held(card, to);
      return { column, card };
    }
    default:
      return null;
  }
}
