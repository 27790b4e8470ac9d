import { namesById, namesLike } from '../../parts/record/asked.ts';
import type { Found, Lookup } from '../../parts/grid/columns.ts';
import { go, placeOf } from '../../state/ui.ts';
import type { Translate } from '../../t.ts';

/**
 * Several own tags in one cell of a grid, typed with commas between them. A cell of a lookup holds one number: every set of tags that was met
 * gets one, for as long as the window is open.
 */

const numbers = new Map<string, number>();
const sets: (readonly number[])[] = [];

/** The number of a set of tags, in whatever order. */
export function setOf(ids: readonly number[]): number {
  const sorted = [...new Set(ids)].toSorted((a, b) => a - b);
  const key = sorted.join(' ');
  let number = numbers.get(key);
  if (number === undefined) numbers.set(key, (number = sets.push(sorted)));
  return number;
}

/** The tags of a set. */
export const idsOf = (set: number): readonly number[] => sets[set - 1] ?? [];

/** What stands between two tags in a cell. */
export const between = ', ';
const offered = 12;

/** The one tag that a text names: by its whole name, or by the name of a value that no other dimension has. */
async function named(text: string): Promise<{ readonly id: number; readonly title: string } | null> {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  const found = await namesLike('own_tag', text.trim().slice(0, 200), offered);
  const whole = found.find((one) => one.title.toLowerCase() === wanted);
  if (whole) return whole;
  const values = found.filter((one) => one.subtitle.toLowerCase() === wanted);
  return values.length === 1 ? (values[0] ?? null) : null;
}

const found = (tags: readonly { readonly id: number; readonly title: string }[]): Found => ({ id: setOf(tags.map((one) => one.id)), code: '', name: tags.map((one) => one.title).join(between) });

/** The tags that a text names, all of them; null where one of them is none. */
async function all(texts: readonly string[]): Promise<readonly { readonly id: number; readonly title: string }[] | null> {
  const tags = await Promise.all(texts.filter((text) => text.trim() !== '').map(named));
  return tags.every((one) => one !== null) ? tags : null;
}

/** Tags while they are typed: those before the last comma stand, the last one is looked up. */
export const tagsLookup = (t: Translate): Lookup => ({
  find: async (text) => {
    const parts = text.split(',');
    const before = await all(parts.slice(0, -1));
    if (!before) return [];
    const like = await namesLike('own_tag', (parts.at(-1) ?? '').trim().slice(0, 200), offered);
    return like.filter((one) => !before.some((other) => other.id === one.id)).map((one) => found([...before, one]));
  },
  match: async (texts) =>
    await Promise.all(
      texts.map(async (text) => {
        const tags = await all(text.split(','));
        return tags && tags.length > 0 ? found(tags) : null;
      }),
    ),
  unknown: (text) => t('budgets.entry.noTag', { text }),
  open: (set) => void go(placeOf('own_tag', idsOf(set)[0] ?? 0)),
});

/** How the tags of lines are called, by their ids. */
export async function tagNames(ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (let at = 0; at < ids.length; at += 1000) for (const one of await namesById('own_tag', ids.slice(at, at + 1000)).catch(() => [])) names.set(one.id, one.title);
  return names;
}
