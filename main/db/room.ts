import type { AnyDraft, Entity, Fields } from '#contract/kit/entity.ts';
import type { ListInput } from '#contract/kit/schema.ts';
import type { Ctx } from './context.ts';
import { list, map, names } from './list.ts';
import { get, insert, type Rules, setArchived, update } from './table.ts';

/** An entity and its rules: what the generated calls and imports both go through. */
export interface Room<N extends string = string> {
  readonly entity: Entity & { readonly name: N };
  readonly rules: Rules;
}

export const room = <F extends Fields, N extends string>(entity: Entity<F, N>, rules: Rules = {}): Room<N> => Object.freeze({ entity: entity as unknown as Entity & { readonly name: N }, rules });

type Versioned = { readonly id: number; readonly version: number };

type Verb = 'list' | 'map' | 'get' | 'names' | 'create' | 'update' | 'archive' | 'restore';

/**
 * Handlers of the generated calls. A module replaces any of them by naming its own beside these. Input and output types stand in the
 * contract's `crud`; here the entity is only known at run time, so this is one of the few places that says `as`.
 */
export function crudHandlers<N extends string>(of: Room<N>): { readonly [K in `${N}.${Verb}`]: (ctx: Ctx, input: unknown) => never } {
  const { entity, rules } = of;
  const verbs: Record<Verb, (ctx: Ctx, input: never) => unknown> = {
    list: (ctx, input: ListInput) => list(ctx, entity, input),
    map: (ctx, input: ListInput) => map(ctx, entity, input),
    get: (ctx, input: { id: number }) => get(ctx, entity, input.id),
    names: (ctx, input: { ids?: readonly number[]; text?: string; limit?: number }) => names(ctx, entity, input),
    create: (ctx, input: AnyDraft) => insert(ctx, entity, input, rules),
    update: (ctx, input: Versioned & { patch: AnyDraft }) => update(ctx, entity, input.id, input.version, input.patch, rules),
    archive: (ctx, input: Versioned) => setArchived(ctx, entity, input.id, input.version, true, rules),
    restore: (ctx, input: Versioned) => setArchived(ctx, entity, input.id, input.version, false, rules),
  };
  return Object.fromEntries(Object.entries(verbs).map(([verb, handler]) => [`${entity.name}.${verb}`, handler])) as unknown as { readonly [K in `${N}.${Verb}`]: (ctx: Ctx, input: unknown) => never };
}
