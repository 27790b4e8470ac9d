import type { Rights } from '#contract/kit/access.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { emptyValue, type Field } from '#contract/kit/field.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { join, name, type Sql } from './sql.ts';

/** Between a value as replies carry it and as a column holds it. */

export function toColumn(field: Field, value: unknown): string | number | null {
  if (value === undefined) return toColumn(field, emptyValue(field));
  if (field.kind === 'flag') return value === true ? 1 : 0;
  if (field.kind === 'choices' || field.kind === 'tags') return JSON.stringify(value);
  return value as string | number | null;
}

export function fromColumn(field: Field, value: unknown): unknown {
  if (field.kind === 'flag') return value === 1;
  if (field.kind === 'choices' || field.kind === 'tags') return JSON.parse(value as string) as unknown;
  return value;
}

export const isEmpty = (value: unknown): boolean => value === '' || value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);

/** A value of a row as text; '' for what is no text or number. */
export function textAt(row: Readonly<Record<string, unknown>>, key: string): string {
  const value = row[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** True when the role may see this field. */
export const sees = (rights: Rights, field: Field): boolean => field.sensitive === undefined || rights.sees.includes(field.sensitive);

/** The fields a role may see, in order. */
export const visible = (of: Entity, rights: Rights): [string, Field][] => Object.entries(of.fields).filter(([, field]) => sees(rights, field));

/** Refuses input that touches a field the role may not see. */
export function guardFields(of: Entity, rights: Rights, keys: readonly string[]): void {
  for (const key of keys) {
    const field = of.fields[key];
    if (field && !sees(rights, field)) throw new Refused('denied', refusals.denied, {}, key);
  }
}

const kept = ['id', 'version', 'archived', 'created_at', 'updated_at'] as const;

/** Columns of a record that a role may see. */
export const columnsOf = (of: Entity, rights: Rights): Sql => join([...kept, ...visible(of, rights).map(([key]) => key)].map(name));

/** A stored row as replies carry it, with only the fields the role may see. */
export function toRow(of: Entity, rights: Rights, stored: Readonly<Record<string, unknown>>): AnyRow {
  const row: Record<string, unknown> = { id: stored['id'], version: stored['version'], archived: stored['archived'] === 1, created_at: stored['created_at'], updated_at: stored['updated_at'] };
  for (const [key, field] of visible(of, rights)) row[key] = fromColumn(field, stored[key]);
  return row as unknown as AnyRow;
}
