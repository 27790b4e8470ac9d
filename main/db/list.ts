import type { Rights } from '#contract/kit/access.ts';
import type { ListMap, Named, Page } from '#contract/kit/call.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { Refused } from '#contract/kit/failure.ts';
import type { Filter, ListInput } from '#contract/kit/schema.ts';
import type { Ctx } from './context.ts';
import { all, each, empty, first, join, name, type Sql, sql } from './sql.ts';
import { columnsOf, fromColumn, guardFields, visible } from './values.ts';

/**
 * Lists of any entity: keyset pages, and the map that makes every place of a long list one page away. Identifiers come only from the
 * definition, values only as parameters. Sortable columns are NOT NULL and have an index (archived, column), which tests check.
 */

const defaultLimit = 200;
type Cursor = readonly [string | number, number];

interface Order {
  readonly key: string;
  readonly column: Sql;
  readonly down: boolean;
}

/** One page. @throws Refused invalid for an unknown field, a field that is not sortable, or a test that the field does not have */
export function list(ctx: Ctx, of: Entity, input: ListInput): Page<AnyRow> {
  const order = orderOf(ctx, of, input.order ?? of.order);
  const limit = input.limit ?? defaultLimit;
  const page = (beyond: Sql, most: number): Record<string, unknown>[] =>
    all(ctx.db, sql`SELECT ${columnsOf(of, ctx.rights)} FROM ${name(of.table)} WHERE ${where(ctx, of, input)}${beyond} ORDER BY ${directed(order)} LIMIT ${most}`);
  const [value, id] = input.after ?? [];
  const beyond: Sql = { text: order.down ? '<' : '>', values: [] };
  let rows: Record<string, unknown>[];
  if (input.after === undefined) rows = page(empty, limit + 1);
  else if (order.key === 'id') rows = page(sql` AND id ${beyond} ${id}`, limit + 1);
  else {
    // First what is left of equal values, then the others: as one condition on both, SQLite would step over the equal ones one by one.
    rows = page(sql` AND ${order.column} = ${value} AND id ${beyond} ${id}`, limit + 1);
    if (rows.length <= limit) rows.push(...page(sql` AND ${order.column} ${beyond} ${value}`, limit + 1 - rows.length));
  }
  const more = rows.length > limit;
  if (more) rows.pop();
  const last = rows.at(-1);
  const next: Cursor | null = more && last ? [last[order.key] as string | number, last['id'] as number] : null;
  return { rows: rows.map(reader(of, ctx.rights)), next };
}

/** Turns stored rows of `columnsOf` into rows of replies in place: a page has thousands of values, of which few are stored otherwise. */
function reader(of: Entity, rights: Rights): (stored: Record<string, unknown>) => AnyRow {
  const different = visible(of, rights).filter(([, field]) => ['flag', 'choices', 'tags'].includes(field.kind));
  return (stored) => {
    stored['archived'] = stored['archived'] === 1;
    for (const [key, field] of different) stored[key] = stored[key] === '[]' ? [] : fromColumn(field, stored[key]);
    return stored as unknown as AnyRow;
  };
}

/** Count, sums of the columns with money, and the cursors before each page of the whole list. Reads the whole index: for worker threads. */
export function map(ctx: Ctx, of: Entity, input: ListInput): ListMap {
  const order = orderOf(ctx, of, input.order ?? of.order);
  const conditions = where(ctx, of, input);
  const summed = visible(of, ctx.rights).filter(([, field]) => field.kind === 'money');
  const sums = summed.map(([key]) => sql`, ifnull(sum(${name(key)}), 0) AS ${name(key)}`);
  const totals = first<Record<string, number>>(ctx.db, sql`SELECT count(*) AS _count${join(sums, '')} FROM ${name(of.table)} WHERE ${conditions}`)!;
  const count = totals['_count']!;
  const step = Math.min(1000, Math.max(defaultLimit, Math.ceil(count / 900 / 100) * 100));
  const cursors: (Cursor | null)[] = count > 0 ? [null] : [];
  if (count > step) {
    const marks = sql`SELECT key, id FROM (SELECT ${order.column} AS key, id, row_number() OVER (ORDER BY ${directed(order)}) AS n FROM ${name(of.table)} WHERE ${conditions}) WHERE n % ${step} = 0 AND n < ${count} ORDER BY n`;
    for (const mark of all<{ key: string | number; id: number }>(ctx.db, marks)) cursors.push([mark.key, mark.id]);
  }
  return { count, step, cursors, sums: Object.fromEntries(summed.map(([key]) => [key, totals[key]!])) };
}

/** All rows of a list one by one, for exports. */
export function* walk(ctx: Ctx, of: Entity, input: ListInput): IterableIterator<AnyRow> {
  const order = orderOf(ctx, of, input.order ?? of.order);
  const rows = each<Record<string, unknown>>(ctx.db, sql`SELECT ${columnsOf(of, ctx.rights)} FROM ${name(of.table)} WHERE ${where(ctx, of, input)} ORDER BY ${directed(order)}`);
  const read = reader(of, ctx.rights);
  for (const row of rows) yield read(row);
}

/** How many rows a list has. */
export const count = (ctx: Ctx, of: Entity, input: ListInput): number => first<{ n: number }>(ctx.db, sql`SELECT count(*) AS n FROM ${name(of.table)} WHERE ${where(ctx, of, input)}`)!.n;

/** Titles by id, or of records whose title or subtitle begins with a text. */
export function names(ctx: Ctx, of: Entity, input: { ids?: readonly number[] | undefined; text?: string | undefined; limit?: number | undefined }): readonly Named[] {
  const subtitle = of.subtitle === undefined ? sql`''` : name(of.subtitle);
  const select = sql`SELECT id, ${name(of.title)} AS title, ${subtitle} AS subtitle, archived FROM ${name(of.table)}`;
  const named = (rows: { id: number; title: string; subtitle: string; archived: number }[]): Named[] =>
    rows.map((row) => ({ id: row.id, title: row.title || `${of.label[ctx.language]} ${row.id}`, subtitle: row.subtitle, archived: row.archived === 1 }));
  if (input.ids) return named(all(ctx.db, sql`${select} WHERE id IN (SELECT value FROM json_each(${JSON.stringify(input.ids)}))`));
  const limit = input.limit ?? 20;
  const text = (input.text ?? '').trim();
  if (text === '') return named(all(ctx.db, sql`${select} WHERE archived = 0 ORDER BY id DESC LIMIT ${limit}`));
  const found = [of.title, ...(of.subtitle === undefined ? [] : [of.subtitle])].flatMap((key) =>
    named(all(ctx.db, sql`${select} WHERE archived = 0 AND ${name(key)} >= ${text} AND ${name(key)} < ${text + '\u{10FFFF}'} ORDER BY ${name(key)} LIMIT ${limit}`)),
  );
  return [...new Map(found.map((one) => [one.id, one])).values()].slice(0, limit);
}

const notSortable = { en: 'Lists cannot be sorted by {field}.', de: 'Listen lassen sich nicht nach {field} sortieren.' };
const noField = { en: 'There is no field “{field}” here.', de: 'Ein Feld „{field}“ gibt es hier nicht.' };
const noTest = { en: 'The field {field} cannot be filtered that way.', de: 'Das Feld {field} lässt sich so nicht filtern.' };

function orderOf(ctx: Ctx, of: Entity, order: string): Order {
  const down = order.startsWith('-');
  const key = down ? order.slice(1) : order;
  if (key === 'id') return { key, column: name('id'), down };
  const field = fieldOf(of, key);
  guardFields(of, ctx.rights, [key]);
  if (!field.sortable) throw new Refused('invalid', notSortable, { field: field.label[ctx.language] }, 'order');
  return { key, column: name(key), down };
}

const directed = (order: Order): Sql => {
  const way: Sql = { text: order.down ? ' DESC' : '', values: [] };
  return order.key === 'id' ? sql`id${way}` : sql`${order.column}${way}, id${way}`;
};

function fieldOf(of: Entity, key: string): Field {
  const field = Object.hasOwn(of.fields, key) ? of.fields[key] : undefined;
  if (!field) throw new Refused('invalid', noField, { field: key }, key);
  return field;
}

function where(ctx: Ctx, of: Entity, input: ListInput): Sql {
  const conditions = (input.filters ?? []).map((filter) => condition(ctx, of, filter));
  const archived = input.archived ?? 'no';
  if (archived !== 'both') conditions.unshift(sql`archived = ${archived === 'yes' ? 1 : 0}`);
  const text = (input.text ?? '').trim();
  if (text !== '') for (const word of text.split(/\s+/).slice(0, 8)) conditions.push(contains(ctx, of, word));
  return conditions.length === 0 ? sql`1` : join(conditions, ' AND ');
}

/** A word anywhere in the title, in the fields that search reads, or in the texts that a list shows before the user chooses other columns. */
function contains(ctx: Ctx, of: Entity, word: string): Sql {
  const shown = of.list.filter((key) => of.fields[key]!.kind === 'text');
  const keys = [...new Set([of.title, ...of.search, ...shown])].filter((key) => of.fields[key]!.sensitive === undefined || ctx.rights.sees.includes(of.fields[key]!.sensitive!));
  return sql`(${join(keys.map((key) => sql`${name(key)} LIKE ${like(word)} ESCAPE '\\'`), ' OR ')})`;
}

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function condition(ctx: Ctx, of: Entity, filter: Filter): Sql {
  const field = fieldOf(of, filter.field);
  guardFields(of, ctx.rights, [filter.field]);
  const column = name(filter.field);
  const value = field.kind === 'flag' ? (filter.value === true ? 1 : 0) : (filter.value ?? null);
  const wrong = (): Refused => new Refused('invalid', noTest, { field: field.label[ctx.language] }, filter.field);
  const many = field.kind === 'choices' || field.kind === 'tags';
  if (typeof value === 'boolean') throw wrong();
  switch (filter.is) {
    case 'equals':
      if (many) throw wrong();
      return sql`${column} IS ${value}`;
    case 'not':
      if (many) throw wrong();
      return sql`${column} IS NOT ${value}`;
    case 'contains':
      if (typeof value !== 'string') throw wrong();
      return sql`${column} LIKE ${like(value)} ESCAPE '\\'`;
    case 'starts':
      if (typeof value !== 'string') throw wrong();
      return sql`${column} LIKE ${like(value).slice(1)} ESCAPE '\\'`;
    case 'from':
    case 'to':
      if (value === null || many) throw wrong();
      if (field.kind === 'day') return filter.is === 'from' ? sql`${column} >= ${value}` : sql`(${column} <> '' AND ${column} <= ${value})`;
      return filter.is === 'from' ? sql`${column} >= ${value}` : sql`${column} <= ${value}`;
    case 'empty':
      return many ? sql`${column} = '[]'` : sql`ifnull(${column}, '') IN ('', 0)`;
    case 'filled':
      return many ? sql`${column} <> '[]'` : sql`ifnull(${column}, '') NOT IN ('', 0)`;
    case 'has':
      if (!many || typeof value !== 'string') throw wrong();
      return sql`${column} LIKE ${like(JSON.stringify(value))} ESCAPE '\\'`;
  }
}

