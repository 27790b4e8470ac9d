import { create } from 'zustand';
import type { Rows } from '../../parts/grid/sheet.ts';

/** Lines of designs as they stand in the grid, with what they are kept as: so long as a form holds this text, they are its lines. */
interface Kept {
  readonly text: string;
  readonly rows: Rows;
}

const useKept = create<Readonly<Record<number, Kept>>>(() => ({}));

export const keep = (id: number, kept: Kept): void => useKept.setState({ [id]: kept });

/** The lines of the grid for the text of a form: those that were typed, or `fresh` when the text came from elsewhere. */
export function useKeptLines(id: number, text: string, fresh: Rows): Rows {
  const kept = useKept((all) => all[id]);
  return kept?.text === text ? kept.rows : fresh;
}
