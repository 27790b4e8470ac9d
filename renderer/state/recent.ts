import { useEffect, useMemo } from 'react';
import { prefer, usePreference } from './preference.ts';
import { useUi } from './ui.ts';

/** Records looked at last, over restarts: what the palette offers before anything is typed. */
export type Recent = { readonly entity: string; readonly id: number; readonly title: string };

const key = 'recent';
const most = 10;
const isRecent = (value: unknown): value is readonly Recent[] => Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'entity' in one && 'id' in one && 'title' in one);
const nothing: readonly Recent[] = [];

const newestFirst = (now: readonly Recent[], before: readonly Recent[]): readonly Recent[] =>
  [...now, ...before.filter((one) => !now.some((known) => known.entity === one.entity && known.id === one.id))].slice(0, most);

export function useRecent(): readonly Recent[] {
  const opened = useUi((ui) => ui.opened);
  const [kept] = usePreference<readonly Recent[]>(key, nothing, isRecent);
  return useMemo(() => newestFirst(opened.map(({ entity, id, title }) => ({ entity, id, title })), kept), [opened, kept]);
}

/** Writes them down once the user has stayed with a record for a moment, not at every step through a list. */
export function useRecentKept(): void {
  const opened = useUi((ui) => ui.opened);
  const recent = useRecent();
  useEffect(() => {
    if (opened.length === 0) return undefined;
    const timer = setTimeout(() => prefer(key, recent), 3_000);
    return () => clearTimeout(timer);
    // Only what was opened starts the clock; writing changes `recent` itself.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [opened]);
}
