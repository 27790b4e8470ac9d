import type { AnyDraft, AnyRow, Entity } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { append } from './audit.ts';
import type { Ctx } from './context.ts';
import { emptyRow, titleOf } from './entities.ts';
import { bulkIndex } from './search.ts';
import { drawFor } from './sequence.ts';
import type { Rules } from './table.ts';
import { isEmpty, toColumn, textAt } from './values.ts';

/**
 * Many new records of one kind in one transaction: statements are prepared once and the log gets one row for the whole batch, which
 * names the first and the last id. Everything else is as in `insert`: rules, numbers, unique fields, search.
 */
export interface Bulk {
  /** Adds one record. References must have been resolved by the caller. @throws Refused, and then nothing of this record stays */
  add(draft: AnyDraft): number;
  /** Checks a draft as `add` would, and writes nothing; unique values are reserved, so that doubles within a file are seen. */
  probe(draft: AnyDraft): AnyDraft;
  /** Ends the batch: writes its row into the log. */
  finish(action: string, title: string, facts: Readonly<Record<string, unknown>>): { readonly first: number | null; readonly last: number | null; readonly count: number };
}

export function openBulk(ctx: Ctx, of: Entity, rules: Rules): Bulk {
  const keys = Object.keys(of.fields);
  const columns = ['created_at', 'updated_at', ...keys];
  const statement = ctx.db.prepare(`INSERT INTO "${of.table}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  const unique = keys.filter((key) => of.fields[key]!.unique).map((key) => ({ key, known: ctx.db.prepare(`SELECT id FROM "${of.table}" WHERE "${key}" = ? AND "${key}" <> ''`), seen: new Set<string>() }));
  const searched = of.search.length > 0 ? bulkIndex(ctx.db) : null;
  const bodies = of.search.filter((key) => key !== of.title && key !== of.subtitle);
  let [first, last, count]: [number | null, number | null, number] = [null, null, 0];

  function completed(draft: AnyDraft, reserve: boolean): Record<string, unknown> {
    const values: Record<string, unknown> = { ...(rules.complete ? rules.complete(ctx, draft, null) : draft) };
    for (const { key, known, seen } of unique) {
      const value = values[key];
      if (isEmpty(value)) continue;
      const other = known.get(value) as { id: number } | undefined;
      const folded = String(value).toLowerCase();
      if (other || seen.has(folded)) throw new Refused('invalid', refusals.taken, { field: of.fields[key]!.label[ctx.language], value, what: of.label[ctx.language], id: other ? other.id : '' }, key);
      if (reserve) seen.add(folded);
    }
    return values;
  }

  return {
    probe: (draft) => completed(draft, true),
    add: (draft) => {
      const values = completed(draft, false);
      if (of.numbered && isEmpty(values[of.numbered.field])) values[of.numbered.field] = drawFor(ctx.db, of);
      const id = Number(statement.run(ctx.now, ctx.now, ...keys.map((key) => toColumn(of.fields[key]!, values[key]))).lastInsertRowid);
      first ??= id;
      last = id;
      count += 1;
      if (searched) {
        const body = bodies.flatMap((key) => (Array.isArray(values[key]) ? (values[key] as unknown[]) : [values[key]])).filter((value) => !isEmpty(value));
        searched.add({ entity: of.name, id, title: titleOf(of, values), subtitle: of.subtitle === undefined ? '' : textAt(values, of.subtitle), body: body.join('\n'), archived: false });
      }
      return id;
    },
    finish: (action, title, facts) => {
      searched?.finish();
      if (count > 0) append(ctx, { action, entity: of.name, id: first, lastId: last!, title, changes: { ...facts, count } });
      return { first, last, count };
    },
  };
}

/** What a new record would look like, for samples of a dry run. */
export const sampleOf = (of: Entity, values: AnyDraft): AnyRow => ({ ...emptyRow(of, 0, 0), ...values }) as AnyRow;
