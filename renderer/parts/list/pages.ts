import type { ListMap } from '#contract/kit/call.ts';
import type { ListInput } from '#contract/kit/schema.ts';

/** Where rows stand in pages. The map says how long a page is; before it is there, one page is known. */

export const firstStep = 200;

export const pageOf = (row: number, step: number): number => Math.floor(row / step);

/** Pages that rows `first` to `last` stand in, with one neighbour on either side last, so that what is seen comes first. */
export function wantedPages(first: number, last: number, step: number, count: number): number[] {
  const lastPage = Math.max(0, pageOf(count - 1, step));
  const [from, to] = [Math.max(0, pageOf(first, step)), Math.min(lastPage, pageOf(last, step))];
  const seen = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  const near = first % step < step / 4 ? [from - 1] : last % step > (step * 3) / 4 ? [to + 1] : [];
  return [...seen, ...near.filter((page) => page >= 0 && page <= lastPage)];
}

/** Input that asks for one page; null while the map does not know where it begins. */
export function pageInput(list: ListInput, page: number, map: ListMap | undefined): ListInput | null {
  if (page === 0) return { ...list, limit: map?.step ?? firstStep };
  const cursor = map?.cursors[page];
  return map && cursor ? { ...list, after: [cursor[0], cursor[1]], limit: map.step } : null;
}
