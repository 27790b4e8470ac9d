import { z } from 'zod';
import type { Area, Level, Needs } from './access.ts';
import type { Draft, Entity, Fields, Patch, Row } from './entity.ts';
import { draftSchema, idSchema, type ListInput, listSchema, patchSchema } from './schema.ts';
import type { Words } from './words.ts';

/**
 * `read` runs on the main connection at once; `write` in one transaction with its audit row; `heavy` on a read-only
 * connection in a worker thread; `job` in a worker thread of its own with progress and cancel; `desk` concerns the desktop itself
 * (windows, dialogs, which company is open) and needs no company.
 */
export type CallKind = 'read' | 'write' | 'heavy' | 'job' | 'desk';

/** One thing that may be asked. `I` and `O` are the types of its input and output. */
export interface Call<I = unknown, O = unknown> {
  readonly kind: CallKind;
  readonly input: z.ZodType<I>;
  readonly needs: Needs;
  /** One sentence for `bureau calls` and the handbook. */
  readonly about: string;
  /** A job that writes: `true` has the writer to itself while it runs; `'last'` reads the company at one state while others write, and then has the writer only for what it keeps. */
  readonly writes?: true | 'last';
  /** Name of the entity it belongs to, when generated from one. */
  readonly of?: string;
  /** Label of a job in the status bar. */
  readonly label?: Words;
  /** Inputs the log must never hold. */
  readonly secret?: boolean;
  /** A read that some inputs make heavy: those run in the worker thread. */
  readonly heavyWhen?: (input: I) => boolean;
  readonly output?: O;
}

/** Defines a call; the type of the output is given as `call<Output>()({...})`. */
export const call =
  <O>() =>
  <I>(definition: Omit<Call<I, O>, 'output'>): Call<I, O> =>
    Object.freeze(definition);

export type Calls = Readonly<Record<string, Call>>;
export type InputOf<C> = C extends Call<infer I, unknown> ? I : never;
export type OutputOf<C> = C extends Call<never, infer O> ? O : C extends Call<infer _, infer O> ? O : never;

/** Input of calls that take nothing. */
export const nothing = z.strictObject({});
export const needs = (area: Area, level: Exclude<Level, 'none'>): Needs => ({ area, level });

/** A page of a list. `next` is the cursor for the page after it, null on the last. */
export interface Page<R> {
  readonly rows: readonly R[];
  readonly next: readonly [string | number, number] | null;
}

/**
 * Where pages begin in a whole list: `count` rows, and the cursor before row 0, step, 2·step …; so any place of 300,000 rows is one
 * keyset page away. `sums` holds the totals of the columns with money of what is filtered.
 */
export interface ListMap {
  readonly count: number;
  readonly step: number;
  readonly cursors: readonly (readonly [string | number, number] | null)[];
  readonly sums: Readonly<Record<string, number>>;
}

/** One hit of a lookup: enough to show a ref as a link. */
export interface Named {
  readonly id: number;
  readonly title: string;
  readonly subtitle: string;
  readonly archived: boolean;
}

/** A record that was written. */
export interface Written {
  readonly id: number;
  readonly version: number;
}

/** A list that no index narrows may read every row before it finds a page. */
const scans = (input: ListInput): boolean => (input.text ?? '') !== '' || input.archived === 'both' || (input.filters ?? []).some((filter) => filter.is !== 'equals' || !filter.field.endsWith('_id'));

/** The calls every entity has. A module may define any of them anew beside these. */
export function crud<N extends string, F extends Fields>(of: Entity<F, N>) {
  type E = Entity<F, N>;
  const read = needs(of.area, 'read');
  const write = needs(of.area, 'write');
  const one = z.strictObject({ id: idSchema });
  const versioned = z.strictObject({ id: idSchema, version: idSchema });
  const what = of.plural.en;
  const generated = {
    list: call<Page<Row<E>>>()({ kind: 'read', input: listSchema, needs: read, of: of.name, heavyWhen: scans, about: `One page of ${what}, by keyset.` }),
    map: call<ListMap>()({ kind: 'heavy', input: listSchema, needs: read, of: of.name, about: `Count, sums and page cursors of a list of ${what}.` }),
    get: call<Row<E>>()({ kind: 'read', input: one, needs: read, of: of.name, about: `One of the ${what}.` }),
    names: call<readonly Named[]>()({
      kind: 'read',
      input: z.strictObject({ ids: z.array(idSchema).max(1000).optional(), text: z.string().max(200).optional(), limit: z.int().min(1).max(1000).optional() }),
      needs: read,
      of: of.name,
      about: `Titles of ${what} by id or by what they begin with, for lookups.`,
    }),
    create: call<Written>()({ kind: 'write', input: draftSchema(of as unknown as Entity) as z.ZodType<Draft<E>>, needs: write, of: of.name, about: `Creates one of the ${what}.` }),
    update: call<Written>()({
      kind: 'write',
      input: z.strictObject({ id: idSchema, version: idSchema, patch: patchSchema(of as unknown as Entity) }) as unknown as z.ZodType<{ id: number; version: number; patch: Patch<E> }>,
      needs: write,
      of: of.name,
      about: `Changes one of the ${what}; a stale version is refused as a conflict.`,
    }),
    archive: call<Written>()({ kind: 'write', input: versioned, needs: write, of: of.name, about: `Puts one of the ${what} away; nothing is deleted.` }),
    restore: call<Written>()({ kind: 'write', input: versioned, needs: write, of: of.name, about: `Brings one of the ${what} back from the archive.` }),
  } as const;
  type Generated = typeof generated;
  return Object.freeze(Object.fromEntries(Object.entries(generated).map(([verb, one_]) => [`${of.name}.${verb}`, one_]))) as unknown as { readonly [V in keyof Generated & string as `${N}.${V}`]: Generated[V] };
}

