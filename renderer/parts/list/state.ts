import { useCallback } from 'react';
import { create } from 'zustand';
import type { Filter, ListInput } from '#contract/kit/schema.ts';
import { type Pick, start } from './pick.ts';

/** What a list shows, kept while the window is open, so that coming back finds it as it was left. */
export interface ListState {
  readonly text: string;
  readonly filters: readonly Filter[];
  readonly archived: 'no' | 'yes' | 'both';
  /** '' for the order of the definition. */
  readonly order: string;
  /** Name of the saved view that was chosen last. */
  readonly view: string;
}

export const fresh: ListState = { text: '', filters: [], archived: 'no', order: '', view: '' };

const useLists = create<Readonly<Record<string, ListState>>>(() => ({}));
/** What is selected in each list. A store of its own: moving through a list draws its rows, not its toolbar. */
const usePicks = create<Readonly<Record<string, Pick>>>(() => ({}));

export type Change = (change: Partial<ListState>) => void;

/** State of the list `key`: the entity, with what it is fixed to where it is a part of a record. */
export function useListState(key: string): readonly [ListState, Change] {
  const state = useLists((lists) => lists[key] ?? fresh);
  const change = useCallback<Change>(
    (given) => {
      useLists.setState((lists) => ({ [key]: { ...(lists[key] ?? fresh), ...given } }));
      // Another question has other rows: the selection belongs to the one before.
      if (!('text' in given || 'filters' in given || 'archived' in given || 'order' in given)) return;
      // Someone who sorts with the keys stays in the head.
      usePicks.setState((picks) => ({ [key]: picks[key]?.active.row === -1 ? { ...start, active: picks[key].active, anchor: picks[key].active } : start }));
    },
    [key],
  );
  return [state, change];
}

export const usePick = (key: string): Pick => usePicks((picks) => picks[key] ?? start);
export const setPick = (key: string, pick: Pick): void => usePicks.setState({ [key]: pick });

/** Another question leaves the saved view, unless it says otherwise. */
export const asking = (change: Partial<ListState>): Partial<ListState> => ({ view: '', ...change });

/** What the office is asked for. */
export function listInput(state: Omit<ListState, 'view'>, complete: (filter: Filter) => boolean, fixed?: Filter): ListInput {
  const filters = [...(fixed ? [fixed] : []), ...state.filters.filter(complete)];
  return {
    ...(filters.length > 0 ? { filters } : {}),
    ...(state.text.trim() === '' ? {} : { text: state.text.trim() }),
    ...(state.archived === 'no' ? {} : { archived: state.archived }),
    ...(state.order === '' ? {} : { order: state.order }),
  };
}

/** How far each list is scrolled. Not part of the state: scrolling draws the grid and nothing else. */
const tops = new Map<string, number>();
export const topOf = (key: string): number => tops.get(key) ?? 0;
export const keepTop = (key: string, top: number): void => void tops.set(key, top);
