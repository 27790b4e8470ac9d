import type { Area } from './access.ts';
import type { Field } from './field.ts';
import type { Words } from './words.ts';

export type Fields = Readonly<Record<string, Field>>;

/** Where a record type is filed. */
export interface Filing {
  readonly module: 'records' | 'budgets' | 'security' | 'logistics';
  /** Fluent icon name, resolved by the renderer. */
  readonly icon: string;
}

/**
 * One kind of record, defined once: the table, its form, list, search, import, export, permission and audit all read this.
 * Frozen data: no hooks, no classes.
 */
export interface Entity<F extends Fields = Fields, N extends string = string> {
  readonly name: N;
  readonly table: string;
  readonly label: Words;
  readonly plural: Words;
  readonly area: Area;
  readonly filing: Filing;
  readonly fields: F;
  /** Field that names a record in lists, links and search. */
  readonly title: keyof F & string;
  /** Second line beside the title. */
  readonly subtitle?: keyof F & string;
  /** Columns a list shows before the user chooses others. */
  readonly list: readonly (keyof F & string)[];
  /** Order of a list before the user chooses another; a leading '-' is descending. */
  readonly order: string;
  /** Fields that full-text search reads; never sensitive ones. */
  readonly search: readonly (keyof F & string)[];
  /** Headings of the form, in order. Fields without a section stand first. */
  readonly sections?: Readonly<Record<string, Words>>;
  /** A ref field to this same entity that makes it a tree. */
  readonly tree?: keyof F & string;
  /** A ref field that makes these records parts of another: shown as a tab there, not in the area list. */
  readonly partOf?: keyof F & string;
  /** Fields that together recognise a record in an import when its id is not given. */
  readonly keys?: readonly (keyof F & string)[];
  /** Number series that fills an empty number field on creation. */
  readonly numbered?: { readonly field: keyof F & string; readonly prefix: string };
  /** Such records come to be and change only by calls of their own: no plain form, no import. */
  readonly ruled?: true;
  /** One sentence of what belongs here, for the empty list. */
  readonly purpose: Words;
}

/** Checks nothing, freezes, and keeps the exact type of the fields. */
export const entity = <const F extends Fields, const N extends string>(definition: Entity<F, N>): Entity<F, N> => Object.freeze(definition);

type ValueOf<X> = X extends Field<infer T> ? T : never;
type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends Field<unknown, true> ? K : never }[keyof F];

/** What every record has beside its fields. `version` goes up by one a change; times are milliseconds UTC. */
export interface Kept {
  readonly id: number;
  readonly version: number;
  readonly archived: boolean;
  readonly created_at: number;
  readonly updated_at: number;
}

/** A record as replies carry it. Sensitive fields are absent where the role may not see them. */
export type Row<E> = E extends Entity<infer F, string> ? Kept & { readonly [K in keyof F]: ValueOf<F[K]> } : never;
/** What creates a record. */
export type Draft<E> = E extends Entity<infer F, string> ? { readonly [K in RequiredKeys<F>]: ValueOf<F[K]> } & { readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: ValueOf<F[K]> } : never;
/** What changes a record. */
export type Patch<E> = E extends Entity<infer F, string> ? { readonly [K in keyof F]?: ValueOf<F[K]> } : never;

/** A record of any entity, for the generic parts. */
export type AnyRow = Kept & Readonly<Record<string, unknown>>;
export type AnyDraft = Readonly<Record<string, unknown>>;
