import { useEffect } from 'react';
import { create } from 'zustand';
import type { Rows } from '../../parts/grid/sheet.ts';

/** Lines of designs as they stand in the grid, with what they are kept as: so long as a form holds this text, they are its lines. */
interface Kept {
  readonly text: string;
  readonly rows: Rows;
  /** They are being saved: for a moment the form holds the text from before, until the office is asked again. */
  readonly saving: boolean;
}

const useKept = create<Readonly<Record<number, Kept>>>(() => ({}));

export const keep = (id: number, kept: Omit<Kept, 'saving'>): void => useKept.setState({ [id]: { ...kept, saving: false } });

/** Holds on to the lines while they are saved; lets go when it was refused. */
export function holdWhileSaving(id: number, saving: boolean): void {
  const kept = useKept.getState()[id];
  if (kept && kept.saving !== saving) useKept.setState({ [id]: { ...kept, saving } });
}

/** The lines of the grid for the text of a form: those that were typed, or `fresh` when the text came from elsewhere. */
export function useKeptLines(id: number, text: string, fresh: Rows): Rows {
  const kept = useKept((all) => all[id]);
  useEffect(() => {
    // The text that was saved has come back.
    if (useKept.getState()[id]?.text === text) holdWhileSaving(id, false);
  }, [id, text]);
  return kept && (kept.text === text || kept.saving) ? kept.rows : fresh;
}
