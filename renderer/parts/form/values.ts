import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { typed } from '#contract/kit/schema.ts';
import { isEmpty } from '../fields/show.ts';

export type Values = Readonly<Record<string, unknown>>;

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What a new record begins with: a choice that must be made starts with its first option, unless the screen gives another. */
export function beginning(entity: Entity, given: Values): Values {
  const first = typed(entity).flatMap(([key, field]) => (field.kind === 'choice' && field.required && field.options?.[0] ? [[key, field.options[0].value] as const] : []));
  return { ...Object.fromEntries(first), ...given };
}

/** The draft that creates: fields that were left empty are left out, so that the office fills in its own. */
export const draftOf = (entity: Entity, values: Values): Values => Object.fromEntries(typed(entity).flatMap(([key]) => (isEmpty(values[key]) ? [] : [[key, values[key]] as const])));

/** Fields that must be filled in and are not. */
export const missing = (entity: Entity, values: Values): string[] => typed(entity).flatMap(([key, field]) => (field.required && field.kind !== 'flag' && isEmpty(values[key]) ? [key] : []));

/** Fields that a record made in passing can do without: those of further sections that no list shows. */
export const spare = (entity: Entity): string[] => Object.entries(entity.fields).flatMap(([key, field]) => (field.section !== undefined && !field.required && !entity.list.includes(key) ? [key] : []));

/** Fields of a form in their sections, the ones without a section first. Sensitive ones only for those who see them. */
export function sectionsOf(entity: Entity, sees: readonly string[], hidden: readonly string[] = []): readonly { readonly key: string; readonly fields: readonly (readonly [string, Field])[] }[] {
  const shown = Object.entries(entity.fields).filter(([key, field]) => !hidden.includes(key) && (field.sensitive === undefined || sees.includes(field.sensitive)));
  const keys = ['', ...Object.keys(entity.sections ?? {})];
  return keys.map((key) => ({ key, fields: shown.filter(([, field]) => (field.section ?? '') === key) })).filter((section) => section.fields.length > 0);
}
