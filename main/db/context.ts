import { type Area, areas, type Level, type Rights } from '#contract/kit/access.ts';
import type { Language } from '#contract/kit/words.ts';
import type { Connection } from './open.ts';

/** Everything a handler needs, made by the router for one call. Handlers take it as their first argument and keep nothing. */
export interface Ctx {
  readonly db: Connection;
  /** The company folder. */
  readonly folder: string;
  /** Milliseconds UTC at which the call came in; the same for everything it writes. */
  readonly now: number;
  readonly user: { readonly id: number; readonly name: string } | null;
  readonly rights: Rights;
  readonly language: Language;
  readonly call: string;
  readonly request: string;
  /** Entities that this call has changed; announced after the commit. */
  readonly touched: Set<string>;
}

/** Progress and cancel of a job. `progress` may be called for every row: it reports at most every 50 ms. */
export interface Job {
  progress(done: number, total: number, message?: string): void;
  /** Throws `Refused` when the user has cancelled. */
  check(): void;
}

/** Rights of nobody: before sign-in. */
export const noRights: Rights = Object.freeze({
  access: Object.freeze(Object.fromEntries(areas.map((area) => [area, 'none'])) as Record<Area, Level>),
  sees: [],
});
