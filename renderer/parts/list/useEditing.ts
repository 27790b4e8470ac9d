import { useCallback, useRef, useState } from 'react';
import type { AnyRow } from '#contract/kit/entity.ts';
import type { Failure } from '#contract/kit/failure.ts';
import { refresh } from '../../query.ts';
import { failureOf } from '../Problem.tsx';
import { oneRow, update } from '../record/asked.ts';

type Patch = Readonly<Record<string, unknown>>;

/** A change that was made, with what takes it back. */
export interface Done {
  readonly id: number;
  readonly version: number;
  readonly before: Patch;
}

/** A change that the office refused, kept so that the user can decide. */
export interface Refusal {
  readonly row: AnyRow;
  readonly patch: Patch;
  readonly failure: Failure;
}

export interface Editing {
  /** The row with what was just typed into it, until the office's own answer is here. */
  readonly patched: (row: AnyRow | undefined) => AnyRow | undefined;
  readonly save: (row: AnyRow, patch: Patch) => Promise<boolean>;
  /** Many rows, one update each; those refused are reported together. */
  readonly saveAll: (changes: readonly { readonly row: AnyRow; readonly patch: Patch }[]) => Promise<{ readonly done: readonly Done[]; readonly refused: readonly Refusal[] }>;
  readonly refusal: Refusal | null;
  /** Saves over the newer version, which the user has been told of. */
  readonly insist: () => Promise<void>;
  readonly giveUp: () => void;
  readonly undo: () => Promise<number>;
  readonly canUndo: boolean;
}

interface Overlay {
  readonly version: number;
  readonly patch: Patch;
}

const differs = (row: AnyRow, patch: Patch): boolean => Object.entries(patch).some(([key, value]) => JSON.stringify(row[key] ?? null) !== JSON.stringify(value ?? null));
const beforeOf = (row: AnyRow, patch: Patch): Patch => Object.fromEntries(Object.keys(patch).map((key) => [key, row[key]]));

/** Changes made inside a list: shown at once, each with its version, and taken back in the order they were made. */
export function useEditing(entity: string): Editing {
  const [overlay, setOverlay] = useState<ReadonlyMap<number, Overlay>>(new Map());
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [stack, setStack] = useState<readonly (readonly Done[])[]>([]);
  // The overlay as of now, for changes that follow each other before React has drawn; `lay` is the only one to set both.
  const latest = useRef(overlay);

  const lay = useCallback((id: number, one: Overlay | null): void => {
    const next = new Map(latest.current);
    if (one) next.set(id, one);
    else next.delete(id);
    latest.current = next;
    setOverlay(next);
  }, []);

  const patched = useCallback(
    (row: AnyRow | undefined): AnyRow | undefined => {
      const over = row && overlay.get(row.id);
      return over && over.version > row.version ? { ...row, ...over.patch, version: over.version === Infinity ? row.version : over.version } : row;
    },
    [overlay],
  );

  const one = useCallback(
    async (row: AnyRow, patch: Patch): Promise<Done | Refusal> => {
      const known = latest.current.get(row.id);
      lay(row.id, { version: Infinity, patch: { ...known?.patch, ...patch } });
      try {
        const version = known && known.version !== Infinity ? Math.max(known.version, row.version) : row.version;
        const written = await update(entity, row.id, version, patch);
        lay(row.id, { version: written.version, patch: { ...known?.patch, ...patch } });
        return { id: row.id, version: written.version, before: beforeOf(row, patch) };
      } catch (thrown) {
        lay(row.id, known ?? null);
        return { row, patch, failure: failureOf(thrown) };
      }
    },
    [entity, lay],
  );

  const saveAll = useCallback<Editing['saveAll']>(
    async (changes) => {
      const done: Done[] = [];
      const refused: Refusal[] = [];
      for (const { row, patch } of changes) {
        if (!differs(row, patch)) continue;
        const result = await one(row, patch);
        if ('failure' in result) refused.push(result);
        else done.push(result);
      }
      if (done.length > 0) setStack((before) => [...before.slice(-49), done]);
      refresh([entity]);
      return { done, refused };
    },
    [entity, one],
  );

  const save = useCallback<Editing['save']>(
    async (row, patch) => {
      const { refused } = await saveAll([{ row, patch }]);
      setRefusal(refused[0] ?? null);
      return refused.length === 0;
    },
    [saveAll],
  );

  const insist = useCallback(async (): Promise<void> => {
    if (!refusal) return;
    setRefusal(null);
    await save(await oneRow(entity, refusal.row.id), refusal.patch);
  }, [entity, refusal, save]);

  const undo = useCallback(async (): Promise<number> => {
    const last = stack.at(-1);
    if (!last) return 0;
    setStack(stack.slice(0, -1));
    let count = 0;
    for (const { id, before } of last) {
      // The version of now, not the one then: another undo of the same row may have come in between.
      const row = await oneRow(entity, id);
      const result = await one(row, before);
      if ('failure' in result) setRefusal(result);
      else count += 1;
    }
    refresh([entity]);
    return count;
  }, [entity, one, stack]);

  return { patched, save, saveAll, refusal, insist, giveUp: () => setRefusal(null), undo, canUndo: stack.length > 0 };
}
