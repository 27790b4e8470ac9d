import type { AnyDraft, AnyRow, Entity } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { emptyValue, type Field } from '#contract/kit/field.ts';
import { append } from './audit.ts';
import type { Ctx } from './context.ts';
import { emptyRow } from './entities.ts';
import type { Connection } from './open.ts';
import { gather, type Rows } from './rows.ts';
import { bulkIndex } from './search.ts';
import { drawFor } from './sequence.ts';
import { type Rules, searchable } from './table.ts';
import { isEmpty, toColumn } from './values.ts';

/**
 * Many new records of one kind in one transaction: statements are prepared once and the log gets one row for the whole batch, which
 * names the first and the last id. Everything else is as in `insert`: rules, numbers, unique fields, search.
 */
export interface Bulk {
  /**
   * Adds one record. The caller has resolved references, and made sure that no record has its values of the unique fields `vouched`.
   * @throws Refused, and then nothing of this record stays
   */
  add(draft: AnyDraft, vouched?: readonly string[]): number;
  /** Checks a draft as `add` would, and writes nothing; unique values are reserved, so that doubles within a file are seen. */
  probe(draft: AnyDraft, vouched?: readonly string[]): AnyDraft;
  /** Writes what waits, so that the caller's own statements see it. */
  pour(): void;
  /** Ends the batch: writes its row into the log. */
  finish(action: string, title: string, facts: Readonly<Record<string, unknown>>): { readonly first: number | null; readonly last: number | null; readonly count: number };
}

export function openBulk(ctx: Ctx, of: Entity, rules: Rules): Bulk {
  const fields = Object.entries(of.fields);
  const into = inserter(ctx.db, of, ctx.now);
  // Rows may wait for each other while nothing looks for them: no rule, and no reference to a record of the same kind.
  const mayWait = (rules.complete === undefined || rules.alone === true) && !fields.some(([, field]) => field.to === of.name);
  const unique = fields.filter(([, field]) => field.unique === true).map(([key]) => ({ key, known: ctx.db.prepare(`SELECT id FROM "${of.table}" WHERE "${key}" = ? AND "${key}" <> ''`), seen: new Set<string>() }));
  const searched = of.search.length > 0 ? bulkIndex(ctx.db) : null;
  const lists = listIndexes(ctx.db, of);
  let [first, last, count]: [number | null, number | null, number] = [null, null, 0];

  function completed(draft: AnyDraft, vouched: readonly string[], reserve: boolean): AnyDraft {
    const values = rules.complete ? rules.complete(ctx, draft, null) : draft;
    for (const { key, known, seen } of unique) {
      const value = values[key];
      if (isEmpty(value) || vouched.includes(key)) continue;
      into.pour();
      const other = known.get(value) as { id: number } | undefined;
      const folded = String(value).toLowerCase();
      if (other || seen.has(folded)) throw new Refused('invalid', refusals.taken, { field: of.fields[key]!.label[ctx.language], value, what: of.label[ctx.language], id: other ? other.id : '' }, key);
      if (reserve) seen.add(folded);
    }
    return values;
  }

  return {
    probe: (draft, vouched = []) => completed(draft, vouched, true),
    add: (draft, vouched = []) => {
      let values = completed(draft, vouched, false);
      const draws = of.numbered !== undefined && isEmpty(values[of.numbered.field]);
      if (draws) {
        into.pour();
        values = { ...values, [of.numbered!.field]: drawFor(ctx.db, of) };
      }
      const id = into.add(values, mayWait && !draws);
      first ??= id;
      last = id;
      lists.added((count += 1));
      searched?.add({ entity: of.name, id, archived: false, ...searchable(of, values) });
      return id;
    },
    pour: () => into.pour(),
    finish: (action, title, facts) => {
      into.pour();
      searched?.finish();
      lists.remake();
      if (count > 0) append(ctx, { action, entity: of.name, id: first, lastId: last!, title, changes: { ...facts, count } });
      return { first, last, count };
    },
  };
}

/** A combination of filled fields. */
interface Shape {
  readonly keys: readonly string[];
  readonly fields: readonly Field[];
  readonly rows: Rows;
}

type Value = string | number | null;

/**
 * Inserts records of one kind. Most fields of most records are empty: each combination of filled fields has a statement of its own in which
 * the others stand as literals, which costs half of binding them all. Neighbours of the same combination are written together.
 */
function inserter(db: Connection, of: Entity, now: number): { add(values: AnyDraft, mayWait: boolean): number; pour(): void } {
  const all = new Map(Object.entries(of.fields));
  const shapes = new Map<string, Shape>();
  let shape: Shape | null = null;
  let next: number | null = null;

  /** The values as a shape wants them, or null when others are filled. */
  function fit(values: AnyDraft, { keys, fields }: Shape): Value[] | null {
    const given: Value[] = [];
    for (const key in values) {
      const value = values[key];
      if (isEmpty(value)) continue;
      const at = given.length;
      if (keys[at] !== key) return null;
      given.push(toColumn(fields[at]!, value));
    }
    return given.length === keys.length ? given : null;
  }

  function shapeOf(values: AnyDraft): Shape {
    const keys = Object.keys(values).filter((key) => all.has(key) && !isEmpty(values[key]));
    const found = shapes.get(keys.join());
    if (found) return found;
    const rest = [...all].filter(([key]) => !keys.includes(key));
    const columns = ['created_at', 'updated_at', ...keys, ...rest.map(([key]) => key)].map((column) => `"${column}"`);
    const tuple = [now, now, ...keys.map(() => '?'), ...rest.map(([, field]) => literal(toColumn(field, emptyValue(field))))];
    const made = { keys, fields: keys.map((key) => all.get(key)!), rows: gather(db, `INSERT INTO "${of.table}" (${columns.join(', ')})`, `(${tuple.join(', ')})`) };
    if (shapes.size < 200) shapes.set(keys.join(), made);
    return made;
  }

  /** Writes what waits; the numbers it was promised must be those it gets. */
  function pour(): void {
    if (shape === null) return;
    const last = shape.rows.pour();
    if (next !== null && last !== next - 1) throw new Error(`${of.table}: row ${last} came where ${next - 1} was to come`);
  }

  return {
    pour,
    add: (values, mayWait) => {
      let given = shape && fit(values, shape);
      if (!given) {
        pour();
        const other = (shape = shapeOf(values));
        given = other.keys.map((key, at) => toColumn(other.fields[at]!, values[key]));
        next = null;
      }
      shape!.rows.add(given);
      if (next === null || !mayWait) next = shape!.rows.pour() + 1;
      else next += 1;
      return next - 1;
    },
  };
}

/** An empty value in SQL: the only texts are '' and '[]'. */
const literal = (value: string | number | null): string => (typeof value === 'string' ? `'${value}'` : String(value ?? 'NULL'));

/** So many new records that making an index anew is quicker than adding to it. */
const many = 10_000;

/**
 * Indexes that only put lists in order, `(archived, field)`, or show likenesses, `(field) WHERE field <> ''`. When more records come in than were there, they are taken away and made anew
 * at the end: sorting once costs a third of finding the place of every row. All in the caller's transaction; nobody else sees them gone.
 */
function listIndexes(db: Connection, of: Entity): { added(count: number): void; remake(): void } {
  // Rows of a tree name their parents, which are looked up through these very indexes.
  const before = of.tree === undefined ? (db.prepare(`SELECT ifnull(max(id), 0) AS n FROM "${of.table}"`).get() as { n: number }).n : Infinity;
  let gone: readonly { readonly name: string; readonly sql: string }[] = [];
  return {
    added: (count) => {
      if (count !== Math.max(many, before)) return;
      gone = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND name GLOB tbl_name || '_by_*' AND (sql GLOB '*(archived, [a-z_]*)' OR sql GLOB 'CREATE INDEX* <> ''''')`).all(of.table) as { name: string; sql: string }[];
      for (const { name } of gone) db.exec(`DROP INDEX "${name}"`);
    },
    remake: () => {
      for (const { sql } of gone) db.exec(sql);
      gone = [];
    },
  };
}

/** What a new record would look like, for samples of a dry run. */
export const sampleOf = (of: Entity, values: AnyDraft): AnyRow => ({ ...emptyRow(of, 0, 0), ...values }) as AnyRow;
