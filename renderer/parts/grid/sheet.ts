/** The lines of a grid as values that are never changed in place: a step back is the rows as they were. */

export interface Cell {
  /** As it is shown and typed. */
  readonly text: string;
  /** What the text means: a text, minor units, the id of a record; null for nothing, or while it is not known. */
  readonly value: string | number | null;
  /** Why it means nothing. */
  readonly problem?: string;
  /** The record that the text names is still being looked for. */
  readonly waiting?: boolean;
}

export interface Row {
  /** Stays with the line wherever it moves. */
  readonly key: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

export type Rows = readonly Row[];

export const nothing: Cell = { text: '', value: null };

let count = 0;

/** A new line with these cells. */
export function newRow(cells: Row['cells'] = {}): Row {
  count += 1;
  return { key: count, cells };
}

export const cellOf = (row: Row | undefined, key: string): Cell => row?.cells[key] ?? nothing;
export const isEmpty = (cell: Cell): boolean => cell.text.trim() === '' && cell.value === null;
export const isBlank = (row: Row): boolean => Object.values(row.cells).every(isEmpty);
/** Lines in which something stands. */
export const filled = (rows: Rows): Rows => rows.filter((row) => !isBlank(row));

/** There is always a line to type in. */
export const atLeast = (rows: Rows, least: number): Rows => (rows.length >= least ? rows : [...rows, ...Array.from({ length: least - rows.length }, () => newRow())]);

export function withCell(rows: Rows, at: number, key: string, cell: Cell): Rows {
  return rows.map((row, index) => (index === at ? { ...row, cells: { ...row.cells, [key]: cell } } : row));
}

export const without = (rows: Rows, at: number): Rows => atLeast(rows.filter((_row, index) => index !== at), 1);
export const inserted = (rows: Rows, at: number): Rows => [...rows.slice(0, at), newRow(), ...rows.slice(at)];

/** Fills in what was looked for, wherever its line is by now, unless something else was typed meanwhile. */
export function answered(rows: Rows, row: number, key: string, asked: string, cell: Cell): Rows {
  return rows.map((one) => {
    const now = cellOf(one, key);
    return one.key === row && now.waiting === true && now.text === asked ? { ...one, cells: { ...one.cells, [key]: cell } } : one;
  });
}

/** The same for many lines at once: what the waiting texts of a column turned out to mean. */
export const answeredAll = (rows: Rows, key: string, meant: (text: string) => Cell | undefined): Rows =>
  rows.map((one) => {
    const now = cellOf(one, key);
    const cell = now.waiting === true ? meant(now.text) : undefined;
    return cell ? { ...one, cells: { ...one.cells, [key]: cell } } : one;
  });

/** Puts cells over the lines from `top` on, and adds lines where they end. */
export function overlaid(rows: Rows, top: number, patches: readonly Row['cells'][]): Rows {
  const long = atLeast(rows, top + patches.length);
  return long.map((row, index) => {
    const patch = patches[index - top];
    return patch === undefined ? row : { ...row, cells: { ...row.cells, ...patch } };
  });
}

/** What was before each change, and what was taken back. */
export interface History {
  readonly past: readonly Rows[];
  readonly future: readonly Rows[];
}

export const noHistory: History = { past: [], future: [] };
const deepest = 200;

export const remember = (history: History, before: Rows): History => ({ past: [...history.past, before].slice(-deepest), future: [] });

/** A step back (or forth) from what stands now: the rows to show and what is left. */
export function stepped(history: History, now: Rows, way: 'undo' | 'redo'): { readonly rows: Rows; readonly history: History } | null {
  const { past, future } = history;
  if (way === 'undo') {
    const rows = past.at(-1);
    return rows ? { rows, history: { past: past.slice(0, -1), future: [now, ...future] } } : null;
  }
  const [rows, ...rest] = future;
  return rows ? { rows, history: { past: [...past, now], future: rest } } : null;
}
