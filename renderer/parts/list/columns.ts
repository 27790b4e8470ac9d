import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';

/** One column as the user keeps it. */
export type ColumnChoice = { readonly key: string; readonly width: number };

export interface Column extends ColumnChoice {
  readonly field: Field;
}

/** By which column a list is sorted, and which way. */
export interface Sorting {
  readonly key: string;
  readonly down: boolean;
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

export const resized = <C extends ColumnChoice>(columns: readonly C[], key: string, width: number): C[] => columns.map((column) => (column.key === key ? { ...column, width: held(width) } : column));

/** No column grows beyond this many times its own width: further apart, a row is hard to follow. */
const most = 2;

/** Words give way to this part of their own width before a list is wider than its room; figures, days and short columns never do. */
const least = 0.6;
const shortest = 120;

/** How far the words of a column the user never resized may give way. */
function slack({ field, width }: Column): number {
  if (width !== held(widthOf(field)) || !['text', 'longtext', 'ref', 'choices', 'tags'].includes(field.kind)) return 0;
  return Math.max(0, width - Math.max(shortest, Math.ceil(width * least)));
}

/** The columns where there is less room than they want: each gives way by its part of what can be given. */
function narrowed<C extends Column>(columns: readonly C[], lack: number): readonly C[] {
  const all = columns.reduce((sum, column) => sum + slack(column), 0);
  const part = all === 0 ? 0 : Math.min(1, lack / all);
  return columns.map((column) => ({ ...column, width: column.width - Math.ceil(slack(column) * part) }));
}

/** The columns as they are drawn: those the user never resized share the room that is left over, each by its width, or give way where it is scarce. */
export function spread<C extends Column>(columns: readonly C[], room: number): readonly C[] {
  const wanted = columns.reduce((sum, { width }) => sum + width, 0);
  if (room > 0 && wanted > room) return narrowed(columns, wanted - room);
  const widths = new Map(columns.map(({ key, width }) => [key, width]));
  let growing = columns.filter(({ field, width }) => width === held(widthOf(field)));
  let spare = room - wanted;
  while (spare > 0 && growing.length > 0) {
    const total = growing.reduce((sum, { width }) => sum + width, 0);
    const share = spare / total;
    // Those that would grow too far stop at their end; what they leave goes to the others.
    const full = growing.filter(({ key, width }) => (widths.get(key) ?? width) + width * share >= width * most);
    for (const { key, width } of full.length > 0 ? full : growing) {
      const before = widths.get(key) ?? width;
      const after = full.length > 0 ? width * most : Math.floor(before + width * share);
      widths.set(key, after);
      spare -= after - before;
    }
    if (full.length === 0) break;
    growing = growing.filter((column) => !full.includes(column));
  }
  return columns.map((column) => ({ ...column, width: widths.get(column.key) ?? column.width }));
}

/**
 * A list is often ordered by a field that stands in for the title and is not shown, such as "Abbott, Charlotte": the column of the title
 * is then the one that it is sorted by.
 */
function standIn(entity: Entity): string | null {
  const key = entity.order.replace(/^-/, '');
  return key !== entity.title && entity.fields[key]?.derived === true ? key : null;
}

/** The order that a column sorts by, and the column that shows an order; `order` may begin with '-'. */
export const orderBy = (entity: Entity, order: string): string => (order.replace(/^-/, '') === entity.title ? order.replace(entity.title, standIn(entity) ?? entity.title) : order);
export function sortedBy(entity: Entity, order: string, columns: readonly ColumnChoice[]): Sorting {
  const key = order.replace(/^-/, '');
  const hidden = key === standIn(entity) && !columns.some((column) => column.key === key);
  return { key: hidden ? entity.title : key, down: order.startsWith('-') };
}

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
