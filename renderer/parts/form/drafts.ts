import { create } from 'zustand';
import type { AnyRow } from '#contract/kit/entity.ts';
import { setUnsaved } from '../../state/ui.ts';
import type { Values } from './values.ts';

/** What was typed into a record and is not saved. Kept in memory across navigation, one for each record; a new one has the id 0. */
export interface Draft {
  /** Changed fields only. */
  readonly values: Values;
  /** The record as it was when typing began; null for a new one. */
  readonly base: AnyRow | null;
  /** Texts that are no values yet, by field. */
  readonly unreadable: Readonly<Record<string, string>>;
}

export const useDrafts = create<Readonly<Record<string, Draft>>>(() => ({}));

export const draftKey = (entity: string, id: number): string => `${entity}:${id}`;
const counts = (draft: Draft): boolean => Object.keys(draft.values).length > 0 || Object.keys(draft.unreadable).length > 0;

/** Puts a draft away, and out of the count of the status row when nothing is in it. */
export function keepDraft(key: string, draft: Draft, title: string): void {
  useDrafts.setState({ [key]: draft });
  setUnsaved(key, counts(draft) ? title : null);
}

export function dropDraft(key: string): void {
  useDrafts.setState((drafts) => Object.fromEntries(Object.entries(drafts).filter(([one]) => one !== key)), true);
  setUnsaved(key, null);
}
