import type { Change } from '#contract/company/audit.ts';
import type { Hit } from '#contract/company/search.ts';
import type { ListMap, Named, Page, Written } from '#contract/kit/call.ts';
import type { AnyRow } from '#contract/kit/entity.ts';
import type { ListInput } from '#contract/kit/schema.ts';
import { ask, office } from '../../office.ts';

/**
 * The calls that every entity has, asked by name. This is the border file of the generic parts: the contract promises these
 * shapes for any entity (kit/call.ts `crud`), but which entity is only known at run time, so the types are given here, once.
 */

export const listPage = (entity: string, input: ListInput): Promise<Page<AnyRow>> => ask(`${entity}.list`, input) as Promise<Page<AnyRow>>;
export const listMap = (entity: string, input: ListInput): Promise<ListMap> => ask(`${entity}.map`, input) as Promise<ListMap>;
export const oneRow = (entity: string, id: number): Promise<AnyRow> => ask(`${entity}.get`, { id }) as Promise<AnyRow>;
export const asOf = (entity: string, id: number, day: string): Promise<Readonly<Record<string, unknown>> | null> => ask('record.as_of', { entity, id, day }) as Promise<Readonly<Record<string, unknown>> | null>;
export const timelineOf = (entity: string, id: number, limit: number): Promise<readonly Change[]> => ask('record.timeline', { entity, id, limit }) as Promise<readonly Change[]>;

export const namesById = (entity: string, ids: readonly number[]): Promise<readonly Named[]> => ask(`${entity}.names`, { ids }) as Promise<readonly Named[]>;

/** Those whose title begins so, then those that search finds by any word. What is archived is not offered. */
export function offers(begun: readonly Named[], hits: readonly Hit[], limit: number): readonly Named[] {
  const known = new Set(begun.map((one) => one.id));
  return [...begun, ...hits.filter((hit) => !hit.archived && !known.has(hit.id))].slice(0, limit);
}

/** Records by how they begin, or by any of their words where too few begin so. */
export async function namesLike(entity: string, text: string, limit: number): Promise<readonly Named[]> {
  const begun = (await ask(`${entity}.names`, { text, limit })) as readonly Named[];
  if (text.trim() === '' || begun.length >= limit) return begun;
  return offers(begun, (await office['search.find']({ text, entity, limit })).hits, limit);
}

/** A write may be given its request id again after a failure of which it is unknown whether it arrived. */
export const create = (entity: string, draft: Readonly<Record<string, unknown>>, requestId?: string): Promise<Written> => ask(`${entity}.create`, draft, requestId) as Promise<Written>;
export const update = (entity: string, id: number, version: number, patch: Readonly<Record<string, unknown>>, requestId?: string): Promise<Written> =>
  ask(`${entity}.update`, { id, version, patch }, requestId) as Promise<Written>;
export const archive = (entity: string, id: number, version: number): Promise<Written> => ask(`${entity}.archive`, { id, version }) as Promise<Written>;
export const restore = (entity: string, id: number, version: number): Promise<Written> => ask(`${entity}.restore`, { id, version }) as Promise<Written>;

/** What stands small beside a title: nothing where the title ends with it already. */
export const besideTitle = (title: unknown, second: unknown): string => (typeof second !== 'string' || (typeof title === 'string' && title.endsWith(second)) ? '' : second);
