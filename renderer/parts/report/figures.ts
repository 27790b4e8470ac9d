import type { PaperColumn } from './paper.ts';

/** Moving between the figures of a report, and the room that they need. */

/** What a character of the table takes, and the space around a cell. */
const [glyph, padding] = [7.6, 16];

const needed = (share: number): number => Math.ceil(share * glyph + padding);

/** The column that takes what is left: the widest one of those that may be broken. */
const loose = (columns: readonly PaperColumn[]): PaperColumn | undefined => columns.filter((column) => column.align !== 'end' && column.unbroken !== true).toSorted((a, b) => (b.share ?? 1) - (a.share ?? 1))[0];

/** Widths on screen, where shares count characters; null for the one column that takes what is left. The least ones, for columns that give way. */
export const widthsOf = (columns: readonly PaperColumn[]): readonly (number | null)[] => columns.map((column) => (column === loose(columns) ? null : needed(column.least ?? column.share ?? 1)));

/** The width of a column as a style; what gives way has its whole share again from about twice the least window on. */
export const widthOf = (column: PaperColumn, width: number | null): string | undefined => (width === null ? undefined : column.least === undefined ? `${width}px` : `clamp(${width}px, ${column.least}cqi, ${needed(column.share ?? 1)}px)`);

/** The least width of the paper at which no figure is broken. */
export const fitted = (columns: readonly PaperColumn[]): number => widthsOf(columns).reduce<number>((sum, width) => sum + (width ?? needed(columns.length > 9 ? 26 : 17)), 0);

const partsOf = (id: string): readonly [string, string] => [id.slice(0, id.lastIndexOf('/')), id.slice(id.lastIndexOf('/') + 1)];

/**
 * The figure that a key leads to; null when it leads nowhere. Figures are named `row/column` and given in the order in which they stand.
 * Up and down stay in the column where it has a figure, and take the nearest to it where not.
 */
export function nextFigure(ids: readonly string[], columns: readonly string[], now: string, key: string): string | null {
  const at = ids.indexOf(now);
  if (at < 0) return null;
  const [row, column] = partsOf(now);
  const rows = [...new Set(ids.map((id) => partsOf(id)[0]))];
  const inRow = (of: string): readonly string[] => ids.filter((id) => partsOf(id)[0] === of);
  const own = inRow(row);
  const place = own.indexOf(now);
  const distance = (id: string): number => Math.abs(columns.indexOf(partsOf(id)[1]) - columns.indexOf(column));
  const across = (by: number): string | null => {
    const to = rows[rows.indexOf(row) + by];
    return to === undefined ? null : (inRow(to).toSorted((a, b) => distance(a) - distance(b))[0] ?? null);
  };
  switch (key) {
    case 'ArrowLeft':
      return own[place - 1] ?? null;
    case 'ArrowRight':
      return own[place + 1] ?? null;
    case 'ArrowUp':
      return across(-1);
    case 'ArrowDown':
      return across(1);
    case 'Home':
      return own[0] ?? null;
    case 'End':
      return own.at(-1) ?? null;
    default:
      return null;
  }
}
