import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ListMap, Page } from '#contract/kit/call.ts';
import type { AnyRow } from '#contract/kit/entity.ts';
import type { ListInput } from '#contract/kit/schema.ts';
import type { CallFailed } from '../../office.ts';
import { client, keyOf, useAsk } from '../../query.ts';
import { listMap, listPage } from '../record/asked.ts';
import { firstStep, pageInput, pageOf, wantedPages } from './pages.ts';

export interface Rows {
  readonly count: number;
  /** False while only the first page is known. */
  readonly counted: boolean;
  readonly sums: Readonly<Record<string, number>>;
  /** The row at a place; undefined while its page is on the way. */
  readonly at: (index: number) => AnyRow | undefined;
  /** Tells which rows are on screen. */
  readonly see: (first: number, last: number) => void;
  /** Rows `first` to `last`, fetching pages that are not here yet. */
  readonly range: (first: number, last: number) => Promise<AnyRow[]>;
  /** Pages on screen, for the titles of refs. */
  readonly pages: readonly (readonly AnyRow[])[];
  readonly failure: CallFailed | null;
  readonly retry: () => void;
  readonly waiting: boolean;
}

/** Pages kept for one list; the oldest go first. */
const most = 40;
/** A page must be on screen this long before it is fetched: dragging the scroll bar does not fetch all it passes. */
const settle = 40;
const longest = 160;

interface Shelf {
  /** The list it belongs to: another question begins with an empty one. */
  readonly list: string;
  /** Rows that were last seen at a page, shown until newer ones of the same list arrive. */
  readonly seen: Map<number, readonly AnyRow[]>;
  readonly keys: Map<number, readonly unknown[]>;
}

const emptyShelf = (list: string): Shelf => ({ list, seen: new Map(), keys: new Map() });

/** The rows of a list of any length: a map of where pages begin, and the pages that are on screen. */
export function useRows(entity: string, list: ListInput, enabled: boolean): Rows {
  const map = useAsk<ListMap>(`${entity}.map`, list, { enabled });
  const first = useAsk<Page<AnyRow>>(`${entity}.list`, { ...list, limit: firstStep }, { enabled, keep: true });
  const step = map.data?.step ?? firstStep;
  const count = map.data?.count ?? first.data?.rows.length ?? 0;
  const name = JSON.stringify([entity, list]);
  const shelf = useMemo(() => emptyShelf(name), [name]);
  const { range: seen, see } = useSeen();
  const wanted = useMemo(() => wantedPages(seen[0], seen[1], step, count).filter((page) => page > 0 || step !== firstStep), [seen, step, count]);
  const pages = useQueries({
    queries: wanted.map((page) => {
      const input = pageInput(list, page, map.data);
      return { queryKey: keyOf(`${entity}.list`, input), queryFn: () => listPage(entity, input ?? list), enabled: enabled && input !== null };
    }),
    combine: answers,
  });
  useEffect(() => {
    wanted.forEach((page, at) => {
      const rows = pages[at]?.rows;
      if (rows) put(shelf, page, rows, keyOf(`${entity}.list`, pageInput(list, page, map.data)));
    });
  }, [wanted, pages, shelf, entity, list, map.data]);
  const head = first.data?.rows;
  const at = useCallback(
    (index: number): AnyRow | undefined => {
      const page = pageOf(index, step);
      if (page === 0 && step === firstStep) return head?.[index];
      const rows = pages[wanted.indexOf(page)]?.rows ?? shelf.seen.get(page);
      return rows ? rows[index % step] : head?.[index];
    },
    [head, step, shelf, pages, wanted],
  );
  const range = useCallback(
    async (from: number, to: number): Promise<AnyRow[]> => {
      const known = map.data ?? (await client.fetchQuery<ListMap>({ queryKey: keyOf(`${entity}.map`, list), queryFn: () => listMap(entity, list) }));
      const rows: AnyRow[] = [];
      for (let page = pageOf(from, known.step); page <= pageOf(to, known.step); page += 1) {
        const input = pageInput(list, page, known);
        if (!input) continue;
        const found = await client.fetchQuery({ queryKey: keyOf(`${entity}.list`, input), queryFn: () => listPage(entity, input) });
        rows.push(...found.rows.filter((_row, index) => page * known.step + index >= from && page * known.step + index <= to));
      }
      return rows;
    },
    [entity, list, map.data],
  );
  const failed = first.error ?? map.error;
  return {
    count,
    counted: map.data !== undefined,
    sums: map.data?.sums ?? {},
    at,
    see,
    range,
    pages: useMemo(() => [...(head && seen[0] < firstStep ? [head] : []), ...pages.flatMap((page) => (page ? [page.rows] : []))], [head, seen, pages]),
    failure: first.data === undefined ? failed : null,
    retry: () => void Promise.all([first.refetch(), map.refetch()]),
    waiting: first.data === undefined && !failed,
  };
}

/** Kept apart from the component: the same function every time, so that an unchanged answer makes no new array. */
const answers = (results: UseQueryResult<Page<AnyRow>>[]): (Page<AnyRow> | undefined)[] => results.map((result) => result.data);

function put(shelf: Shelf, page: number, rows: readonly AnyRow[], key: readonly unknown[]): void {
  // Taken out and put in again: a Map keeps order, so the one looked at longest ago stands first.
  shelf.seen.delete(page);
  shelf.seen.set(page, rows);
  shelf.keys.delete(page);
  shelf.keys.set(page, key);
  for (const [oldest, itsKey] of shelf.keys) {
    if (shelf.keys.size <= most) break;
    shelf.keys.delete(oldest);
    shelf.seen.delete(oldest);
    client.removeQueries({ queryKey: itsKey, exact: true });
  }
}

/** The rows on screen, told at every frame and believed once they stay. */
function useSeen(): { readonly range: readonly [number, number]; readonly see: (first: number, last: number) => void } {
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const since = useRef(0);
  const see = useCallback((first: number, last: number): void => {
    const now = performance.now();
    if (timer.current === undefined) since.current = now;
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        setRange((before) => (before[0] === first && before[1] === last ? before : [first, last]));
      },
      now - since.current > longest ? 0 : settle,
    );
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { range, see };
}
