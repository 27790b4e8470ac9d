import type { Cell, Row, Rows } from './sheet.ts';

/** What a grid of lines is told about its columns. It names no kind of record: who uses it does. */

/** One offer of a lookup. */
export interface Found {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

export interface Lookup {
  /** The likeliest first. */
  readonly find: (text: string) => Promise<readonly Found[]>;
  /** For each pasted text the one thing it names exactly. */
  readonly match: (texts: readonly string[]) => Promise<readonly (Found | null)[]>;
  /** Said of a text that names nothing. */
  readonly unknown: (text: string) => string;
  /** Opens what a cell points to. */
  readonly open?: (id: number) => void;
}

export interface GridColumn {
  readonly key: string;
  readonly label: string;
  readonly width: number;
  /** Takes the room that is left. */
  readonly grow?: boolean;
  /** Figures: to the right, and F4 or = fill in what is missing. */
  readonly figures?: boolean;
  /** What a text means, where no lookup is needed. */
  readonly read: (text: string) => Cell;
  readonly lookup?: Lookup;
  /** What headings over pasted columns may say, in lower case. */
  readonly names: readonly string[];
  readonly max?: number;
}

export interface GridRules {
  /** A line as it stands after the cell `key` was typed. */
  readonly settle?: (row: Row, key: string) => Row;
  /** What = and F4 put into a cell of figures; null when nothing is missing. */
  readonly missing?: (rows: Rows, at: number, key: string) => string | null;
  /** Cells that Tab and Enter pass by. */
  readonly skips?: (row: Row, key: string) => boolean;
  /** Orders of columns in which lines are usually pasted. */
  readonly orders?: readonly (readonly string[])[];
}

/** How a lookup is written in its cell. */
export const written = ({ code, name }: Found): string => [code, name].filter((text) => text !== '').join(' ');
export const chosen = (found: Found): Cell => ({ text: written(found), value: found.id });

/** Words give way to this part of their width where the grid is narrow; figures are never cut. */
export const leastOf = ({ width, figures }: GridColumn): number => (figures ? width : Math.ceil(width * 0.65));
