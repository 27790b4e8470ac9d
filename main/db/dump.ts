import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from './migrate.ts';
import { type Connection, openMemory } from './open.ts';
import { all, sql } from './sql.ts';

/**
 * `schema.sql`: what all migrations together make, for people to read and for a test to compare.
 * `node scripts/run.mjs main/db/dump.ts` writes it anew.
 */

const file = join(import.meta.dirname, 'schema.sql');

interface Made {
  readonly type: 'table' | 'index' | 'trigger' | 'view';
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string;
}

/** Tables by name, each followed by its indexes and triggers. Tables that FTS5 makes for itself are left out. */
export function dump(db: Connection): string {
  const made = all<Made>(db, sql`SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`);
  const virtual = made.filter((one) => one.sql.startsWith('CREATE VIRTUAL TABLE')).map((one) => one.name);
  const own = made.filter((one) => !virtual.some((name) => one.tbl_name.startsWith(`${name}_`)));
  const order = ['table', 'view', 'index', 'trigger'];
  const rank = (one: Made): string => `${one.tbl_name} ${order.indexOf(one.type)} ${one.name}`;
  const texts = own.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).map((one) => `${one.type === 'table' ? '\n' : ''}${one.sql};`);
  return `-- Made by main/db/dump.ts out of all migrations; not to be edited.\n${texts.join('\n')}\n`;
}

/** The schema of a new company. */
export function schema(): string {
  const db = openMemory();
  try {
    apply(db);
    return dump(db);
  } finally {
    db.close();
  }
}

if (import.meta.main) writeFileSync(file, schema());
