import { ownTag } from '#contract/budgets/dimension.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import type { Connection } from '../../db/open.ts';
import { room } from '../../db/room.ts';
import { all, first, run, sql } from '../../db/sql.ts';
import { textAt } from '../../db/values.ts';

/** Own tags: dimensions with values of their own, two levels at most, and free tags. What a line has counts under the dimension too. */

const words = {
  comma: w('A tag has no comma in its name, for commas part tags.', 'Ein Merkmal hat kein Komma im Namen, denn Kommas trennen Merkmale.'),
  deep: w('{tag} has values of its own or is a value itself: there are two levels, dimensions and their values.', '{tag} hat selbst Werte oder ist selbst einer: Es gibt zwei Ebenen, Dimensionen und ihre Werte.'),
  used: w('{tag} is on posted lines and stays where it is: statements would change.', '{tag} steht auf gebuchten Zeilen und bleibt, wo es ist: Auswertungen würden sich ändern.'),
  twice: w('There is a tag {tag} already.', 'Das Merkmal {tag} gibt es schon.'),
};

/** What stands between a dimension and its value. */
const between = ': ';

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();

function complete(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const now: AnyDraft = { ...before, ...values };
  const name = clean(textAt(now, 'name'));
  if (name.includes(',')) throw new Refused('invalid', words.comma, {}, 'name');
  const parentId = typeof now['parent_id'] === 'number' ? now['parent_id'] : null;
  const parent = parentId === null ? undefined : first<{ name: string; parent_id: number | null }>(ctx.db, sql`SELECT name, parent_id FROM own_tags WHERE id = ${parentId}`);
  const children = before ? all<{ id: number; name: string }>(ctx.db, sql`SELECT id, name FROM own_tags WHERE parent_id = ${before.id}`) : [];
  if (parentId !== null && (children.length > 0 || parent?.parent_id != null)) throw new Refused('invalid', words.deep, { tag: children.length > 0 ? name : parent?.name }, 'parent_id');
  if (before && before['parent_id'] !== parentId && first(ctx.db, sql`SELECT 1 FROM balances WHERE dimension = 'own_tag' AND value_id = ${before.id} LIMIT 1`)) throw new Refused('invalid', words.used, { tag: name }, 'parent_id');
  const label = parent ? `${parent.name}${between}${name}` : name;
  if (first(ctx.db, sql`SELECT 1 FROM own_tags WHERE label = ${label} AND label <> '' AND id <> ${before?.id ?? 0}`)) throw new Refused('invalid', words.twice, { tag: label }, 'name');
  // Values are called after their dimension.
  if (before && before['name'] !== name) for (const child of children) run(ctx.db, sql`UPDATE own_tags SET label = ${`${name}${between}${child.name}`} WHERE id = ${child.id}`);
  return { ...values, name, label };
}

export const ownTagRoom = room(ownTag, { complete });

/** The ids that tags of foreign books have here, made where they are new; undefined where there are none; `make` adds a tag and says its id. A value without a key is a free tag. */
export function openTags(db: Connection, make: (name: string, parentId: number | null) => number): (tags: readonly (readonly [key: string, value: string])[]) => readonly number[] | undefined {
  const known = new Map(all<{ id: number; label: string }>(db, sql`SELECT id, label FROM own_tags`).map((one) => [one.label.toLowerCase(), one.id]));
  const named = (name: string, parent: { readonly id: number; readonly name: string } | null): number => {
    const label = parent ? `${parent.name}${between}${name}` : name;
    let id = known.get(label.toLowerCase());
    if (id === undefined) known.set(label.toLowerCase(), (id = make(name, parent?.id ?? null)));
    return id;
  };
  return (tags) => {
    const ids = new Set<number>();
    for (const [key, value] of tags) {
      const [name, of] = [key, value].map((text) => clean(text.replaceAll(',', ' ')).slice(0, 100).toWellFormed().trim());
      if (!name) continue;
      const id = named(name, null);
      ids.add(of ? named(of, { id, name }) : id);
    }
    return ids.size === 0 ? undefined : [...ids].toSorted((a, b) => a - b);
  };
}

/** Tags of the lines between two ids, by line, in the order of their ids. */
export function tagsBetween(db: Connection, from: number, to: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { line_id, tag_id } of all<{ line_id: number; tag_id: number }>(db, sql`SELECT line_id, tag_id FROM entry_line_tags WHERE line_id BETWEEN ${from} AND ${to} ORDER BY line_id, tag_id`)) {
    const held = found.get(line_id);
    if (held) held.push(tag_id);
    else found.set(line_id, [tag_id]);
  }
  return found;
}

/** Tags under which a line with these is kept: they themselves, their dimensions, and 0 for every line that has any. */
export function openKeptTags(db: Connection): (tags: readonly number[]) => ReadonlySet<number> {
  const parents = new Map<number, number | null>();
  const parentOf = (id: number): number | null => {
    let parent = parents.get(id);
    if (parent === undefined) parents.set(id, (parent = first<{ parent_id: number | null }>(db, sql`SELECT parent_id FROM own_tags WHERE id = ${id}`)?.parent_id ?? null));
    return parent;
  };
  return (tags) => new Set([0, ...tags, ...tags.flatMap((id) => parentOf(id) ?? [])]);
}
