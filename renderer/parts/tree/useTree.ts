import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Page } from '#contract/kit/call.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { ListInput } from '#contract/kit/schema.ts';
import { keyOf, useAsk } from '../../query.ts';
import { listPage } from '../record/asked.ts';

/** Children of one node that are shown; more than this belong into the list, where they can be filtered. */
export const mostChildren = 1000;

export interface Branch {
  readonly row: AnyRow;
  /** 1 for the top. */
  readonly level: number;
  readonly parent: number | null;
  /** Whether it has children; undefined while that is not known. */
  readonly children: boolean | undefined;
  readonly open: boolean;
  readonly position: number;
  readonly siblings: number;
}

/** Which nodes are open, kept while the window is. */
const useOpen = create<Readonly<Record<string, ReadonlySet<number>>>>(() => ({}));
const nothing: ReadonlySet<number> = new Set();
/** At most so many nodes at the top are open before anybody chose: a small tree shows what is in it. */
const fewAtTop = 8;

/** The nodes that are open before anybody chose. */
export const openAtFirst = (top: readonly Pick<AnyRow, 'id'>[]): ReadonlySet<number> => (top.length <= fewAtTop ? new Set(top.map((row) => row.id)) : nothing);

/** Opens or closes a node, beside those that are open now. */
export function setOpen(entity: string, id: number, open: boolean, now: ReadonlySet<number> = nothing): void {
  const next = new Set(useOpen.getState()[entity] ?? now);
  if (open) next.add(id);
  else next.delete(id);
  useOpen.setState({ [entity]: next });
}

const childrenOf = (field: string, id: number | null): ListInput => ({ filters: [id === null ? { field, is: 'empty' } : { field, is: 'equals', value: id }], limit: mostChildren });

const answers = (results: UseQueryResult<Page<AnyRow>>[]): (Page<AnyRow> | undefined)[] => results.map((result) => result.data);

/** The children of some nodes, by the id of the node. */
function useChildren(entity: Entity, ids: readonly number[]): ReadonlyMap<number, readonly AnyRow[]> {
  const field = entity.tree ?? '';
  const pages = useQueries({
    queries: ids.map((id) => ({ queryKey: keyOf(`${entity.name}.list`, childrenOf(field, id)), queryFn: () => listPage(entity.name, childrenOf(field, id)) })),
    combine: answers,
  });
  return useMemo(() => new Map(ids.flatMap((id, at) => (pages[at] ? [[id, pages[at].rows] as const] : []))), [ids, pages]);
}

/**
 * The tree as the list of what is to be seen of it. Children are asked for node by node: those of open nodes to show them, those of
 * the nodes on screen (`first` to `last`) to know whether there are any.
 */
export function useTree(entity: Entity, text: string, [first, last]: readonly [number, number]): { readonly branches: readonly Branch[]; readonly query: ReturnType<typeof useAsk<Page<AnyRow>>>; readonly cut: boolean; readonly open: ReadonlySet<number> } {
  const chosen = useOpen((state) => state[entity.name]);
  const searching = text.trim() !== '';
  const top = useAsk<Page<AnyRow>>(`${entity.name}.list`, searching ? { text: text.trim(), limit: mostChildren } : childrenOf(entity.tree ?? '', null), { keep: true });
  const open = useMemo(() => chosen ?? (searching ? nothing : openAtFirst(top.data?.rows ?? [])), [chosen, searching, top.data]);
  const shown = useChildren(entity, useMemo(() => (searching ? [] : [...open].toSorted((a, b) => a - b)), [open, searching]));
  const bare = useMemo(() => {
    const found: Omit<Branch, 'children'>[] = [];
    const add = (rows: readonly AnyRow[], level: number, parent: number | null, above: ReadonlySet<number>): void => {
      rows.forEach((row, at) => {
        // A circle, should one ever come in by an import, must not hang the window.
        const isOpen = open.has(row.id) && !above.has(row.id) && !searching;
        found.push({ row, level, parent, open: isOpen, position: at + 1, siblings: rows.length });
        const children = isOpen ? shown.get(row.id) : undefined;
        if (children) add(children, level + 1, row.id, new Set([...above, row.id]));
      });
    };
    add(top.data?.rows ?? [], 1, null, new Set());
    return found;
  }, [shown, open, searching, top.data]);
  const onScreen = useMemo(() => (searching ? [] : bare.slice(first, last + 1).map((one) => one.row.id)), [bare, first, last, searching]);
  const below = useChildren(entity, onScreen);
  const branches = useMemo(
    () =>
      bare.map((one): Branch => {
        const children = searching ? [] : (below.get(one.row.id) ?? shown.get(one.row.id));
        return { ...one, children: children && children.length > 0 };
      }),
    [bare, below, shown, searching],
  );
  return { branches, query: top, cut: top.data?.next != null, open };
}
