/** Which pasted column means which column of the grid. */

export interface Pastable {
  readonly key: string;
  /** What a heading over it may say, in lower case. */
  readonly names: readonly string[];
  /** Whether a text can stand in it; left out where any can. */
  readonly reads?: (text: string) => boolean;
}

export interface LaidOut {
  /** One for each pasted line: text by column. */
  readonly lines: readonly Readonly<Record<string, string>>[];
  /** Columns that stood in the paste and have no place. */
  readonly over: number;
}

const plain = (text: string): string => text.trim().toLowerCase().replace(/[.:*]+$/, '');
const isFilled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

/** The columns that a heading row names, by place; null when it is no heading. */
function headed(first: readonly string[], columns: readonly Pastable[]): readonly (string | undefined)[] | null {
  const found = first.map((text) => columns.find((column) => column.names.includes(plain(text)))?.key);
  const named = found.filter((key) => key !== undefined);
  return named.length >= 2 && new Set(named).size === named.length && named.length * 2 >= first.filter(isFilled).length ? found : null;
}

/** Figures stand in columns of figures, and a column of words is not all figures. */
function fits(order: readonly string[], cells: readonly (readonly string[])[], columns: readonly Pastable[]): boolean {
  const figure = columns.find((column) => column.reads !== undefined)?.reads;
  return order.every((key, at) => {
    const texts = cells.map((row) => row[at]).filter((text): text is string => isFilled(text));
    const reads = columns.find((column) => column.key === key)?.reads;
    if (reads) return texts.every(reads);
    return at === 0 || texts.length === 0 || figure === undefined || !texts.every(figure);
  });
}

/**
 * Lays pasted cells out. A heading row decides; else, pasted over the first column, the first of the usual `orders` that fits;
 * else the columns from where the paste begins.
 */
export function laidOut(cells: readonly (readonly string[])[], from: string, columns: readonly Pastable[], orders: readonly (readonly string[])[]): LaidOut {
  const rows = cells.filter((row) => row.some(isFilled));
  const begin = Math.max(0, columns.findIndex((column) => column.key === from));
  const heading = rows[0] ? headed(rows[0], columns) : null;
  const body = heading ? rows.slice(1) : rows;
  const wide = Math.max(0, ...body.map((row) => row.findLastIndex(isFilled) + 1));
  const here = columns.slice(begin).map((column) => column.key);
  const order = heading ?? (begin === 0 && wide > 1 ? ([...orders, here].map((one) => one.slice(0, wide)).find((one) => fits(one, body, columns)) ?? orders[0] ?? here) : here);
  return {
    lines: body.map((row) => Object.fromEntries(row.flatMap((text, at) => (order[at] === undefined ? [] : [[order[at], text.trim()] as const])))),
    over: heading ? heading.filter((key) => key === undefined).length : Math.max(0, wide - order.length),
  };
}
