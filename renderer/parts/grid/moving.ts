/** Where keys lead in a grid of lines. */

export interface Spot {
  readonly row: number;
  readonly col: number;
}

export interface Size {
  readonly rows: number;
  readonly cols: number;
  /** Lines that are seen at once. */
  readonly page: number;
}

/** `add`: on into a line that is not there yet; `leave`: out of the grid. */
export type Led = Spot | 'add' | 'leave';

const held = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** Tab and Enter: cell by cell through the lines, over cells that have nothing to say (`skips`). */
export function walked(from: Spot, size: Size, step: 1 | -1, skips: (spot: Spot) => boolean): Led {
  let { row, col } = from;
  do {
    col += step;
    if (col >= size.cols) [row, col] = [row + 1, 0];
    if (col < 0) [row, col] = [row - 1, size.cols - 1];
    if (row < 0) return 'leave';
    if (row >= size.rows) return 'add';
  } while (skips({ row, col }));
  return { row, col };
}

/** Arrows and the like; null for a key that leads nowhere. `caret` says that arrows to the side belong to the text. */
export function moved(key: string, ctrl: boolean, from: Spot, size: Size, caret: boolean): Led | null {
  const [lastRow, lastCol] = [size.rows - 1, size.cols - 1];
  switch (key) {
    case 'ArrowDown':
      return from.row < lastRow ? { row: ctrl ? lastRow : from.row + 1, col: from.col } : 'add';
    case 'ArrowUp':
      return { row: ctrl ? 0 : held(from.row - 1, lastRow), col: from.col };
    case 'ArrowLeft':
      return caret ? null : { row: from.row, col: held(from.col - 1, lastCol) };
    case 'ArrowRight':
      return caret ? null : { row: from.row, col: held(from.col + 1, lastCol) };
    case 'PageDown':
      return { row: held(from.row + size.page, lastRow), col: from.col };
    case 'PageUp':
      return { row: held(from.row - size.page, lastRow), col: from.col };
    case 'Home':
      return caret && !ctrl ? null : { row: ctrl ? 0 : from.row, col: 0 };
    case 'End':
      return caret && !ctrl ? null : { row: ctrl ? lastRow : from.row, col: lastCol };
    default:
      return null;
  }
}
