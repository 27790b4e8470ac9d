import { presets } from '#contract/records/presets.ts';
import type { Ctx } from '../../main/db/context.ts';
import { apply } from '../../main/db/migrate.ts';
import { type Connection, openMemory } from '../../main/db/open.ts';

/** Listens to the statements that real code prepares, and asks SQLite how it would run them. */

export function schemaDatabase(): Connection {
  const db = openMemory();
  apply(db);
  return db;
}

export interface Heard {
  readonly text: string;
  readonly values: unknown[];
}

/** A context of the owner whose statements are noted with their values. */
export function watched(db: Connection): { readonly ctx: Ctx; readonly heard: Heard[] } {
  const heard: Heard[] = [];
  const listening = new Proxy(db, {
    get: (target, key) => {
      if (key !== 'prepare') return Reflect.get(target, key) as unknown;
      return (text: string) => {
        const statement = target.prepare(text);
        return new Proxy(statement, {
          get: (of, what) => {
            const found = Reflect.get(of, what) as unknown;
            if (typeof found !== 'function') return found;
            return (...values: unknown[]): unknown => {
              if (['all', 'get', 'run', 'iterate'].includes(String(what))) heard.push({ text, values });
              return (found as (...given: unknown[]) => unknown).apply(of, values);
            };
          },
        });
      };
    },
  });
  const ctx: Ctx = { db: listening, folder: '', now: 0, user: { id: 1, name: 'Owner' }, rights: presets[0]!.rights, language: 'en', call: 'test', request: 'test', touched: new Set() };
  return { ctx, heard };
}

/** The plan in one line. */
export const planOf = (db: Connection, statement: Heard): string => (db.prepare(`EXPLAIN QUERY PLAN ${statement.text}`).all(...statement.values) as { detail: string }[]).map((row) => row.detail).join('; ');
