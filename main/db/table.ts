import type { AnyDraft, AnyRow, Entity } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { emptyValue } from '#contract/kit/field.ts';
import type { Rights } from '#contract/kit/access.ts';
import type { Written } from '#contract/kit/call.ts';
import { append } from './audit.ts';
import type { Ctx } from './context.ts';
import { indexRecord } from './search.ts';
import { drawFor } from './sequence.ts';
import { first, join, name, run, sql } from './sql.ts';
import { columnsOf, fromColumn, guardFields, isEmpty, textAt, toColumn, toRow } from './values.ts';
import { emptyRow, entityNamed, titleOf } from './entities.ts';

/** Writing and reading single records of any entity. The caller is inside a transaction when it writes. */

const allSight: Rights['sees'] = ['personal', 'bank', 'pay', 'medical'];
const wholly = (rights: Rights): Rights => ({ ...rights, sees: allSight });

/** The record with every field, whoever asks: for rules, never for replies. @throws Refused missing */
export function whole(ctx: Ctx, of: Entity, id: number): AnyRow {
  const stored = first<Record<string, unknown>>(ctx.db, sql`SELECT ${columnsOf(of, wholly(ctx.rights))} FROM ${name(of.table)} WHERE id = ${id}`);
  if (!stored) throw new Refused('missing', refusals.missing, { what: of.label[ctx.language], id });
  return toRow(of, wholly(ctx.rights), stored);
}

/** The record as the user may see it. @throws Refused missing */
export function get(ctx: Ctx, of: Entity, id: number): AnyRow {
  const stored = first<Record<string, unknown>>(ctx.db, sql`SELECT ${columnsOf(of, ctx.rights)} FROM ${name(of.table)} WHERE id = ${id}`);
  if (!stored) throw new Refused('missing', refusals.missing, { what: of.label[ctx.language], id });
  return toRow(of, ctx.rights, stored);
}

/** What an area adds to plain reading and writing of its records. */
export interface Rules {
  /** Completes and checks values before they are written; `before` is null on creation. Throws `Refused`. */
  readonly complete?: (ctx: Ctx, values: AnyDraft, before: AnyRow | null) => AnyDraft;
  /** `complete` looks at nothing but the record: others may still wait to be written. */
  readonly alone?: true;
  /** Text beyond the record's own fields that search should find with it, such as the text of files. */
  readonly searchText?: (ctx: Ctx, id: number) => string;
}

/** Creates a record from a draft that the contract has checked. @throws Refused invalid (reference, taken number), denied (hidden field) */
export function insert(ctx: Ctx, of: Entity, draft: AnyDraft, rules: Rules = {}): Written {
  guardFields(of, ctx.rights, Object.keys(draft));
  const values: Record<string, unknown> = { ...(rules.complete ? rules.complete(ctx, draft, null) : draft) };
  if (of.numbered && isEmpty(values[of.numbered.field])) values[of.numbered.field] = drawFor(ctx.db, of);
  checkReferences(ctx, of, values);
  checkUnique(ctx, of, values, null);
  const keys = Object.keys(of.fields);
  const columns = join(['created_at', 'updated_at', ...keys].map(name));
  const holes = join([ctx.now, ctx.now, ...keys.map((key) => toColumn(of.fields[key]!, values[key]))].map((value) => sql`${value}`));
  const { id } = run(ctx.db, sql`INSERT INTO ${name(of.table)} (${columns}) VALUES (${holes})`);
  const row = { ...emptyRow(of, id, ctx.now), ...values } as AnyRow;
  const filled = Object.fromEntries(keys.filter((key) => !isEmpty(row[key])).map((key) => [key, [emptyValue(of.fields[key]!), row[key]]]));
  append(ctx, { action: 'created', entity: of.name, id, title: titleOf(of, row), changes: filled });
  indexRow(ctx, of, row, rules);
  return { id, version: 1 };
}

/** Changes a record if its version is still the one given. A patch that changes nothing writes nothing. @throws Refused conflict, missing, invalid */
export function update(ctx: Ctx, of: Entity, id: number, version: number, patch: AnyDraft, rules: Rules = {}): Written {
  guardFields(of, ctx.rights, Object.keys(patch));
  const before = whole(ctx, of, id);
  if (before.version !== version) throw stale(ctx, of, id);
  const values = rules.complete ? rules.complete(ctx, patch, before) : patch;
  const changed = Object.keys(values).filter((key) => of.fields[key] && values[key] !== undefined && JSON.stringify(values[key]) !== JSON.stringify(before[key]));
  if (changed.length === 0) return { id, version };
  const next = Object.fromEntries(changed.map((key) => [key, values[key]]));
  checkReferences(ctx, of, next);
  checkUnique(ctx, of, next, id);
  if (of.tree !== undefined && of.tree in next) checkTree(ctx, of, id, next[of.tree] as number | null);
  const sets = join(changed.map((key) => sql`${name(key)} = ${toColumn(of.fields[key]!, next[key])}`));
  run(ctx.db, sql`UPDATE ${name(of.table)} SET ${sets}, version = version + 1, updated_at = ${ctx.now} WHERE id = ${id}`);
  const row = { ...before, ...next, version: version + 1 } as AnyRow;
  append(ctx, { action: 'changed', entity: of.name, id, title: titleOf(of, row), changes: Object.fromEntries(changed.map((key) => [key, [before[key], next[key]]])) });
  indexRow(ctx, of, row, rules);
  return { id, version: version + 1 };
}

/** Puts a record into the archive or brings it back; asking for the state it is in changes nothing. @throws Refused conflict, missing */
export function setArchived(ctx: Ctx, of: Entity, id: number, version: number, archived: boolean, rules: Rules = {}): Written {
  const before = whole(ctx, of, id);
  if (before.version !== version) throw stale(ctx, of, id);
  if (before.archived === archived) return { id, version };
  run(ctx.db, sql`UPDATE ${name(of.table)} SET archived = ${archived ? 1 : 0}, version = version + 1, updated_at = ${ctx.now} WHERE id = ${id}`);
  append(ctx, { action: archived ? 'archived' : 'restored', entity: of.name, id, title: titleOf(of, before), changes: { archived: [!archived, archived] } });
  indexRow(ctx, of, { ...before, archived }, rules);
  return { id, version: version + 1 };
}

/** What is told when a record was changed since it was read: by whom, and when. */
export function stale(ctx: Ctx, of: Entity, id: number): Refused {
  const last = first<{ by_name: string; at: number }>(ctx.db, sql`SELECT by_name, at FROM audit WHERE entity = ${of.name} AND record_id = ${id} ORDER BY seq DESC LIMIT 1`);
  const when = new Date(last?.at ?? ctx.now).toLocaleString(ctx.language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'short', timeStyle: 'medium' });
  return new Refused('conflict', refusals.stale, { who: last?.by_name || '?', when });
}

function checkReferences(ctx: Ctx, of: Entity, values: AnyDraft): void {
  for (const [key, value] of Object.entries(values)) {
    const field = of.fields[key];
    if (field?.kind !== 'ref' || typeof value !== 'number') continue;
    const target = entityNamed(field.to!);
    if (!first(ctx.db, sql`SELECT 1 FROM ${name(target.table)} WHERE id = ${value}`)) {
      throw new Refused('invalid', refusals.refMissing, { field: field.label[ctx.language], what: target.label[ctx.language], id: value }, key);
    }
  }
}

function checkUnique(ctx: Ctx, of: Entity, values: AnyDraft, self: number | null): void {
  for (const [key, value] of Object.entries(values)) {
    const field = of.fields[key];
    if (!field?.unique || isEmpty(value)) continue;
    const other = first<{ id: number; title: string }>(ctx.db, sql`SELECT id, ${name(of.title)} AS title FROM ${name(of.table)} WHERE ${name(key)} = ${value} AND ${name(key)} <> '' AND id IS NOT ${self}`);
    if (other) throw new Refused('invalid', refusals.taken, { field: field.label[ctx.language], value, what: other.title, id: `(${other.id})` }, key);
  }
}

const loop = { en: '{field}: a record cannot be inside itself.', de: '{field}: Ein Datensatz kann nicht in sich selbst liegen.' };

/** A tree stays a tree: the new parent must not lie under the record itself. */
function checkTree(ctx: Ctx, of: Entity, id: number, parent: number | null): void {
  if (parent === null) return;
  const key = of.tree!;
  const up = sql`WITH RECURSIVE up (id) AS (SELECT ${parent} UNION SELECT t.${name(key)} FROM ${name(of.table)} t JOIN up ON t.id = up.id WHERE t.${name(key)} IS NOT NULL)`;
  if (first(ctx.db, sql`${up} SELECT 1 FROM up WHERE id = ${id}`)) throw new Refused('invalid', loop, { field: of.fields[key]!.label[ctx.language] }, key);
}


/** What search keeps of a record's own fields. A name's parts are in the title already; `more` is text beyond the fields. */
export function searchable(of: Entity, row: AnyDraft, more = ''): { readonly title: string; readonly subtitle: string; readonly body: string } {
  const title = titleOf(of, row);
  let body = '';
  for (const key of of.search) {
    const value = row[key];
    if (key === of.title || key === of.subtitle || isEmpty(value)) continue;
    const words = Array.isArray(value) ? (value as unknown[]).join('\n') : textAt(row, key);
    if (!` ${title} `.includes(` ${words} `)) body += body === '' ? words : `\n${words}`;
  }
  return { title, subtitle: of.subtitle === undefined ? '' : textAt(row, of.subtitle), body: more === '' ? body : `${body}\n${more}`.trim() };
}

/** Brings search in line with a record. */
export function indexRow(ctx: Ctx, of: Entity, row: AnyRow, rules: Rules = {}): void {
  if (of.search.length === 0) return;
  indexRecord(ctx.db, { entity: of.name, id: row.id, archived: row.archived, ...searchable(of, row, rules.searchText?.(ctx, row.id)) });
}

/** Reads one stored field, for rules that need no whole record. */
export function valueOf(ctx: Ctx, of: Entity, id: number, key: string): unknown {
  const stored = first<{ value: unknown }>(ctx.db, sql`SELECT ${name(key)} AS value FROM ${name(of.table)} WHERE id = ${id}`);
  return stored && fromColumn(of.fields[key]!, stored.value);
}

