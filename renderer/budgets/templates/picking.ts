import { create } from 'zustand';
import type { Filled } from '#contract/budgets/template.ts';
import { go, placeOf } from '../../state/ui.ts';
import { lastDay } from '../entry/kept.ts';

/** The choice of a template: who asked for it gets what it gives; nobody did, and a new entry does. */

export interface Taker {
  /** Day of the entry that is being typed. */
  readonly day: () => string;
  readonly take: (filled: Filled) => void;
}

interface Picking {
  readonly open: boolean;
  /** A template that is chosen already, such as the one on screen. */
  readonly id: number | null;
  /** Those who would take it, the nearest last. */
  readonly takers: readonly Taker[];
  /** Waits for the new entry to come on screen. */
  readonly pending: Filled | null;
}

export const usePicking = create<Picking>(() => ({ open: false, id: null, takers: [], pending: null }));

export const pick = (id: number | null = null): void => usePicking.setState({ open: true, id });
export const closePicking = (): void => usePicking.setState({ open: false, id: null });
export const dayWanted = (): string => usePicking.getState().takers.at(-1)?.day() ?? lastDay();

/** Is given what is chosen, until told otherwise. */
export function takes(taker: Taker): () => void {
  usePicking.setState(({ takers }) => ({ takers: [...takers, taker] }));
  return () => usePicking.setState(({ takers }) => ({ takers: takers.filter((one) => one !== taker) }));
}

/** Puts it into the entry that is being typed, or into a new one. */
export async function give(filled: Filled): Promise<void> {
  const taker = usePicking.getState().takers.at(-1);
  if (taker) return taker.take(filled);
  usePicking.setState({ pending: filled });
  await go(placeOf('entry', 0));
}

/** A new entry from a template, whatever is on screen. */
export async function newFrom(id: number): Promise<void> {
  await go(placeOf('entry', 0));
  pick(id);
}

export function takePending(): Filled | null {
  const { pending } = usePicking.getState();
  if (pending) usePicking.setState({ pending: null });
  return pending;
}
