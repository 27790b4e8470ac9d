/** What is selected in a list: a cell with a range around it, and rows that were ticked. Plain values, no React. */

export interface Cell {
  readonly row: number;
  readonly col: number;
}

/** Ticked rows by id; with `all`, every row of the list except `ids`. */
export interface Ticked {
  readonly all: boolean;
  readonly ids: ReadonlySet<number>;
}

/** `row: -1` is the header, which the same keys reach. */
export interface Pick {
  readonly active: Cell;
  readonly anchor: Cell;
  readonly ticked: Ticked;
}

export interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const nobody: Ticked = { all: false, ids: new Set() };
export const start: Pick = { active: { row: 0, col: 0 }, anchor: { row: 0, col: 0 }, ticked: nobody };

export const boxOf = ({ active, anchor }: Pick): Box => ({
  top: Math.max(0, Math.min(active.row, anchor.row)),
  bottom: Math.max(active.row, anchor.row),
  left: Math.min(active.col, anchor.col),
  right: Math.max(active.col, anchor.col),
});

export const isRange = (box: Box): boolean => box.top !== box.bottom || box.left !== box.right;
export const inBox = (box: Box, row: number, col: number): boolean => row >= box.top && row <= box.bottom && col >= box.left && col <= box.right;
export const isTicked = ({ all, ids }: Ticked, id: number): boolean => all !== ids.has(id);
export const tickedCount = ({ all, ids }: Ticked, count: number): number => (all ? count - ids.size : ids.size);

export function toggled({ all, ids }: Ticked, id: number): Ticked {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { all, ids: next };
}

/** Moves the cell, held inside the list; `extend` keeps the other corner of the range. */
export function moved(pick: Pick, to: Partial<Cell>, rows: number, cols: number, extend: boolean): Pick {
  const lowest = extend ? 0 : -1;
  const row = Math.max(lowest, Math.min(rows - 1, to.row ?? pick.active.row));
  const col = Math.max(0, Math.min(cols - 1, to.col ?? pick.active.col));
  const active = { row, col };
  return { ...pick, active, anchor: extend ? pick.anchor : active };
}

/** Where a key leads, or null when it is none that moves. `page` is the number of rows that are seen at once. */
export function target(key: string, ctrl: boolean, { row, col }: Cell, rows: number, cols: number, page: number): Partial<Cell> | null {
  switch (key) {
    case 'ArrowUp':
      return { row: ctrl ? 0 : row - 1 };
    case 'ArrowDown':
      return { row: ctrl ? rows - 1 : row + 1 };
    case 'ArrowLeft':
      return { col: ctrl ? 0 : col - 1 };
    case 'ArrowRight':
      return { col: ctrl ? cols - 1 : col + 1 };
    case 'Home':
      return ctrl ? { row: 0, col: 0 } : { col: 0 };
    case 'End':
      return ctrl ? { row: rows - 1, col: cols - 1 } : { col: cols - 1 };
    case 'PageUp':
      return { row: Math.max(0, row - page) };
    case 'PageDown':
      return { row: row + page };
    default:
      return null;
  }
}
