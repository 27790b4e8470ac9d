import { createHash } from 'node:crypto';
import type { Connection } from '../../main/db/open.ts';

/** A hash of every table, to compare before and after. */
export function imprint(db: Connection, without: readonly string[] = []): Record<string, string> {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_index%' ESCAPE '\\' ORDER BY name").pluck().all() as string[];
  return Object.fromEntries(
    tables
      .filter((table) => !without.includes(table))
      .map((table) => {
        const hash = createHash('sha256');
        for (const row of db.prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`).raw().iterate() as IterableIterator<unknown[]>) hash.update(JSON.stringify(row));
        return [table, hash.digest('hex')];
      }),
  );
}
