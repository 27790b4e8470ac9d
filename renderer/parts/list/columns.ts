import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';

/** One column as the user keeps it. */
export type ColumnChoice = { readonly key: string; readonly width: number };

export interface Column extends ColumnChoice {
  readonly field: Field;
}

export const narrowest = 48;
export const widest = 800;
const usual = 130;

export const widthOf = (field: Field | undefined): number => field?.width ?? usual;
const held = (width: number): number => Math.max(narrowest, Math.min(widest, Math.round(width)));

/** Fields a list may show: the sensitive ones only to those who see them; `hidden` is the field that the list is fixed to. */
export function shownFields(entity: Entity, sees: readonly string[], hidden?: string): [string, Field][] {
  return Object.entries(entity.fields).filter(([key, field]) => key !== hidden && (field.sensitive === undefined || sees.includes(field.sensitive)));
}

/** The user's columns; those of the definition before there are any. Fields that no longer exist fall out. */
export function columnsOf(entity: Entity, choice: readonly ColumnChoice[] | undefined, sees: readonly string[], hidden?: string): Column[] {
  const allowed = new Map(shownFields(entity, sees, hidden));
  const wanted = choice && choice.length > 0 ? choice : entity.list.map((key) => ({ key, width: widthOf(entity.fields[key]) }));
  return wanted.flatMap(({ key, width }) => {
    const field = allowed.get(key);
    return field ? [{ key, width: held(width), field }] : [];
  });
}

export const plainColumns = (columns: readonly Column[]): ColumnChoice[] => columns.map(({ key, width }) => ({ key, width }));

export const resized = (columns: readonly ColumnChoice[], key: string, width: number): ColumnChoice[] => columns.map((column) => (column.key === key ? { ...column, width: held(width) } : column));

/** Puts the column before the one at `to`, as it stands before the move. */
export function reordered(columns: readonly ColumnChoice[], key: string, to: number): ColumnChoice[] {
  const from = columns.findIndex((column) => column.key === key);
  const moving = columns[from];
  if (!moving) return [...columns];
  const rest = columns.filter((column) => column.key !== key);
  const at = Math.max(0, Math.min(rest.length, to > from ? to - 1 : to));
  return [...rest.slice(0, at), moving, ...rest.slice(at)];
}

/** Shows a column at the end, or hides it; the last one stays. */
export function switched(columns: readonly ColumnChoice[], key: string, entity: Entity): ColumnChoice[] {
  if (!columns.some((column) => column.key === key)) return [...columns, { key, width: widthOf(entity.fields[key]) }];
  return columns.length > 1 ? columns.filter((column) => column.key !== key) : [...columns];
}
