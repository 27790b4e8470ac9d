import { create } from 'zustand';
import { today } from '#contract/kit/day.ts';
import { atLeast, filled, type Rows } from '../../parts/grid/sheet.ts';
import { sessionNow, useDoor } from '../../state/session.ts';
import { setUnsaved } from '../../state/ui.ts';
import { fewest, type Head } from './model.ts';

/** Entries that are being typed. Kept in memory across navigation, as the drafts of other records are: one for each entry, a new one has the id 0. */

export interface Kept {
  readonly head: Head;
  readonly rows: Rows;
  /** Version of the draft that this was begun from, 0 for a new one. */
  readonly version: number;
  readonly dirty: boolean;
  /** A text in the head that is no value, by field. */
  readonly unreadable: Readonly<Record<string, string>>;
}

const useKept = create<Readonly<Record<string, Kept>>>(() => ({}));

/** Of one user in one company: whoever comes next does not find it. */
const keyOf = (id: number): string => `${useDoor.getState().folder ?? ''} ${sessionNow()?.user_id ?? useDoor.getState().known?.user_id ?? 0} ${id}`;
const unsavedKey = (id: number): string => `entry:${id}`;

/** What was chosen last: the next entry begins with it. */
let last: Pick<Head, 'day' | 'journal'> | null = null;

export function fresh(): Kept {
  return { head: { day: last?.day ?? today(), journal: last?.journal ?? 'general', narration: '', reference: '' }, rows: atLeast([], fewest), version: 0, dirty: false, unreadable: {} };
}
export const wentOn = ({ day, journal }: Pick<Head, 'day' | 'journal'>): void => {
  last = { day, journal };
};
export const lastDay = (): string => last?.day ?? today();

const saying = ({ head, rows }: Kept): string => JSON.stringify([head, filled(rows)]);

/** What is kept once the office has what was sent: what was typed meanwhile stays, and is unsaved. */
export function savedOver(now: Kept | undefined, sent: Kept, version: number): Kept {
  const kept = now ?? sent;
  const same = kept === sent || (Object.keys(kept.unreadable).length === 0 && saying(kept) === saying(sent));
  return { ...kept, version, dirty: !same };
}

export const useEntryKept = (id: number): Kept | undefined => useKept((all) => all[keyOf(id)]);
export const keptOf = (id: number): Kept | undefined => useKept.getState()[keyOf(id)];

export function keep(id: number, kept: Kept, title: string): void {
  useKept.setState({ [keyOf(id)]: kept });
  setUnsaved(unsavedKey(id), kept.dirty ? title : null);
}

export function drop(id: number): void {
  const key = keyOf(id);
  useKept.setState((all) => Object.fromEntries(Object.entries(all).filter(([one]) => one !== key)), true);
  setUnsaved(unsavedKey(id), null);
}
