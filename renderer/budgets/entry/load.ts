import type { Line } from '#contract/budgets/entry.ts';
import { namesById } from '../../parts/record/asked.ts';
import { fetchCall } from '../../query.ts';
import type { Rows } from '../../parts/grid/sheet.ts';
import { tagNames } from './tagSets.ts';
import { type RefKey, refKeys, refs, toRows, type Ways } from './model.ts';

/** All lines of an entry, a thousand at a time. */
async function linesOf(id: number): Promise<readonly Line[]> {
  const all: Line[] = [];
  for (;;) {
    const part = await fetchCall('entry.lines', { id, ...(all.length === 0 ? {} : { from: all.length }) });
    all.push(...part);
    if (part.length < 1000) return all;
  }
}

type Pointing = Readonly<Record<`${RefKey}_id`, number | null>>;

/** How what lines point to is called. */
export async function namesIn(lines: readonly Pointing[]): Promise<(key: RefKey, id: number) => string> {
  const names = new Map<string, string>();
  for (const key of refKeys) {
    const ids = [...new Set(lines.flatMap((line) => line[`${refs[key]}_id`] ?? []))];
    // What the role may not read has no name here; its id stays in the line.
    for (let at = 0; at < ids.length; at += 1000) for (const one of await namesById(refs[key], ids.slice(at, at + 1000)).catch(() => [])) names.set(`${key} ${one.id}`, [one.subtitle, one.title].filter((text) => text !== '').join(' '));
  }
  return (key, one) => names.get(`${key} ${one}`) ?? `#${one}`;
}

/** How the tags of lines are called. */
export async function tagsIn(lines: readonly { readonly tags: readonly number[] }[]): Promise<(id: number) => string> {
  const tags = [...new Set(lines.flatMap((line) => line.tags))];
  const called = tags.length === 0 ? new Map<number, string>() : await tagNames(tags);
  return (one) => called.get(one) ?? `#${one}`;
}

/** Lines as rows of a grid, with the names of what they point to. */
export const rowsFrom = async (lines: readonly Line[], ways: Ways): Promise<Rows> => toRows(lines, ways, await namesIn(lines), await tagsIn(lines));

/** The lines of an entry as rows of a grid. */
export const rowsOf = async (id: number, ways: Ways): Promise<Rows> => rowsFrom(await linesOf(id), ways);
