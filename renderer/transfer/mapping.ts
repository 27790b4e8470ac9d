import type { Format, Looked, Mapping } from '#contract/company/transfer.ts';
import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { typed } from '#contract/kit/schema.ts';

/** Which column of a file fills which field: plain functions on plain data. */

/** Fields that may be imported by someone who sees `sees`. */
export const importable = (entity: Entity, sees: readonly string[]): readonly [string, Field][] => typed(entity).filter(([, field]) => field.sensitive === undefined || sees.includes(field.sensitive));

/** Formats that make sense for an entity: contacts for people, calendars for events. */
export const formatsOf = (entity: string): readonly Format[] => ['csv', 'xlsx', ...(entity === 'party' ? (['vcard'] as const) : []), ...(entity === 'event' ? (['ical'] as const) : [])];

/** Puts a field (or nothing) on a column. A field has one column: taken elsewhere, it is freed there; its fixed value goes too. */
export function assigned(mapping: Mapping, column: number, field: string | null): Mapping {
  const columns = mapping.columns.map((before, at) => (at === column ? field : field !== null && before === field ? null : before));
  const used = Object.entries(mapping.prefixes ?? {}).filter(([key]) => columns.includes(key));
  return { columns, values: field === null ? (mapping.values ?? {}) : without(mapping.values, field), ...(used.length > 0 ? { prefixes: Object.fromEntries(used) } : {}) };
}

/** Numbers of two lists that both count from 1 are kept apart by a prefix: fields whose values recognise a record, and those that point to one. */
export const prefixable = (field: Field): boolean => (field.kind === 'text' && field.unique === true) || field.kind === 'ref';

export const prefixed = (mapping: Mapping, field: string, prefix: string): Mapping => ({ ...mapping, prefixes: { ...mapping.prefixes, [field]: prefix } });

/** Gives every row the same value for a field that no column fills. */
export const fixed = (mapping: Mapping, field: string, value: NonNullable<Mapping['values']>[string]): Mapping => ({ ...mapping, values: { ...mapping.values, [field]: value } });

export const unfixed = (mapping: Mapping, field: string): Mapping => ({ ...mapping, values: without(mapping.values, field) });

function without(values: Mapping['values'], field: string): NonNullable<Mapping['values']> {
  const { [field]: _gone, ...rest } = values ?? {};
  return rest;
}

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The mapping as it is asked for: a fixed value that was begun but not filled in is none. */
export function settledMapping(mapping: Mapping): Mapping {
  const prefixes = Object.entries(mapping.prefixes ?? {}).filter(([, prefix]) => prefix !== '');
  return {
    columns: mapping.columns,
    values: Object.fromEntries(Object.entries(mapping.values ?? {}).filter(([, value]) => given(value))),
    ...(prefixes.length > 0 ? { prefixes: Object.fromEntries(prefixes) } : {}),
  };
}

/** Fields without which no record can be made and that neither a column nor a fixed value fills. */
export const unfilled = (entity: Entity, mapping: Mapping): readonly string[] =>
  typed(entity)
    .filter(([key, field]) => field.required && !mapping.columns.includes(key) && !given(mapping.values?.[key]))
    .map(([key]) => key);

/** Fields that may still be given a fixed value, the required ones first. */
export const fixable = (entity: Entity, mapping: Mapping, sees: readonly string[]): readonly [string, Field][] =>
  importable(entity, sees)
    .filter(([key]) => !mapping.columns.includes(key) && !(key in (mapping.values ?? {})))
    .toSorted(([, a], [, b]) => Number(b.required) - Number(a.required));

/** True when some column is used at all. */
export const anyColumn = (mapping: Mapping): boolean => mapping.columns.some((field) => field !== null);

/** True when some column can recognise a record that is there already. */
export const recognises = (entity: Entity, mapping: Mapping): boolean => {
  const filled = (key: string): boolean => mapping.columns.includes(key) || given(mapping.values?.[key]);
  return entity.keys !== undefined && entity.keys.length > 0 && entity.keys.every((key) => filled(key));
};

/** The first rows of the file, from the samples of its columns. */
export function rowsOf(columns: Looked['columns']): readonly (readonly string[])[] {
  const count = Math.max(0, ...columns.map((column) => column.samples.length));
  return Array.from({ length: count }, (_, row) => columns.map((column) => column.samples[row] ?? ''));
}

/** After reading the file anew: what the user chose by hand stays as long as the columns are the same. */
export function carried(before: Looked | null, own: Mapping | null, now: Looked): Mapping {
  const names = (looked: Looked): string => JSON.stringify(looked.columns.map((column) => column.name));
  if (before && own && names(before) === names(now)) return own;
  return { ...now.mapping, values: { ...now.mapping.values, ...own?.values } };
}

/** Spreadsheet name of a column: A, B … Z, AA. */
export const columnName = (at: number): string => (at < 26 ? '' : columnName(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
