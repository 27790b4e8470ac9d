import { useCallback } from 'react';
import { create } from 'zustand';
import type { Filter, ListInput } from '#contract/kit/schema.ts';
import { type Pick as Picked, start } from './pick.ts';

/** Where the user stands in a list, kept while the window is open, so that coming back finds it as it was left. */
export interface ListState {
  readonly text: string;
  readonly filters: readonly Filter[];
  readonly archived: 'no' | 'yes' | 'both';
  /** '' for the order of the definition. */
  readonly order: string;
  /** Name of the saved view that was chosen last. */
  readonly view: string;
  readonly pick: Picked;
}

export const fresh: ListState = { text: '', filters: [], archived: 'no', order: '', view: '', pick: start };

const useLists = create<Readonly<Record<string, ListState>>>(() => ({}));

export type Change = (change: Partial<ListState> | ((state: ListState) => Partial<ListState>)) => void;

/** State of the list `key`: the entity, with what it is fixed to where it is a part of a record. */
export function useListState(key: string): readonly [ListState, Change] {
  const state = useLists((lists) => lists[key] ?? fresh);
  const change = useCallback<Change>(
    (given) =>
      useLists.setState((lists) => {
        const before = lists[key] ?? fresh;
        return { [key]: { ...before, ...(typeof given === 'function' ? given(before) : given) } };
      }),
    [key],
  );
  return [state, change];
}

/** Another place in the list is another question: the selection and the scroll position belong to the one before. */
export const asking = (change: Partial<ListState>): Partial<ListState> => ({ view: '', ...change, pick: start });

/** What the office is asked for. */
export function listInput(state: Pick<ListState, 'text' | 'filters' | 'archived' | 'order'>, complete: (filter: Filter) => boolean, fixed?: Filter): ListInput {
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
