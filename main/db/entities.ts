import { entities } from '#contract/calls.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { emptyValue } from '#contract/kit/field.ts';
import { textAt } from './values.ts';

/** Definitions by name. @throws Refused missing when there is no such kind of record */
export function entityNamed(name: string): Entity {
  const found = Object.hasOwn(entities, name) ? entities[name] : undefined;
  if (!found) throw new Refused('missing', refusals.missing, { what: name, id: '' });
  return found;
}

/** What a record is called in lists, links and the log. */
export const titleOf = (of: Entity, row: Readonly<Record<string, unknown>>): string => textAt(row, of.title) || `${of.label.en} ${textAt(row, 'id')}`.trim();

/** A record with nothing filled in. */
export function emptyRow(of: Entity, id: number, now: number): AnyRow {
  const fields = Object.fromEntries(Object.entries(of.fields).map(([key, field]) => [key, emptyValue(field)]));
  return { id, version: 1, archived: false, created_at: now, updated_at: now, ...fields };
}
