import { create } from 'zustand';
import type { Filled } from '#contract/budgets/template.ts';
import type { Rows } from '../../parts/grid/sheet.ts';
import { go, placeOf } from '../../state/ui.ts';
import { lastDay } from '../entry/kept.ts';

/** The choice of a template: who asked for it gets what it gives; nobody did, and a new entry does. */

export interface Taker {
  /** Day of the entry that is being typed. */
  readonly day: () => string;
  readonly take: (filled: Filled, typed: Typed | null) => void;
}

/** What was typed elsewhere already and goes along into the entry. */
export interface Typed {
  readonly day: string;
  readonly narration: string;
  readonly rows: Rows;
}

/** A template that waits for the new entry to come on screen, with what was typed before it. */
export interface Pending {
  readonly filled: Filled;
  readonly typed: Typed | null;
}

interface Picking {
  readonly open: boolean;
  /** A template that is chosen already, such as the one on screen. */
  readonly id: number | null;
  /** Those who would take it, the nearest last. */
  readonly takers: readonly Taker[];
  readonly pending: Pending | null;
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

/** Puts it into the entry that is being typed, or into a new one; behind what was `typed` elsewhere. */
export async function give(filled: Filled, typed: Typed | null = null): Promise<void> {
  const taker = usePicking.getState().takers.at(-1);
  if (taker) return taker.take(filled, typed);
  usePicking.setState({ pending: { filled, typed } });
  await go(placeOf('entry', 0));
}

/** A new entry from a template, whatever is on screen. */
export async function newFrom(id: number): Promise<void> {
  await go(placeOf('entry', 0));
  pick(id);
}

export function takePending(): Pending | null {
  const { pending } = usePicking.getState();
  if (pending) usePicking.setState({ pending: null });
  return pending;
}
