import type { Database, Statement } from 'better-sqlite3';

/**
 * Hand-written SQL with values as parameters only. Statements are prepared once per connection and text.
 * `run(db, sql`UPDATE t SET a = ${1} WHERE id = ${2}`)`.
 */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Builds a statement; a nested `Sql` is woven in, anything else becomes a parameter. */
export function sql(parts: TemplateStringsArray, ...holes: readonly unknown[]): Sql {
  let text = parts[0]!;
  const values: unknown[] = [];
  holes.forEach((hole, at) => {
    if (isSql(hole)) {
      text += hole.text;
      values.push(...hole.values);
    } else {
      text += '?';
      values.push(hole);
    }
    text += parts[at + 1]!;
  });
  return { text, values };
}

const isSql = (hole: unknown): hole is Sql => typeof hole === 'object' && hole !== null && 'text' in hole && 'values' in hole;

/** A name of a table or column out of a definition; anything but plain snake_case is a bug. */
export function name(identifier: string): Sql {
  if (!/^[a-z][a-z0-9_]*$/.test(identifier)) throw new Error(`not an identifier: ${identifier}`);
  return { text: `"${identifier}"`, values: [] };
}

/** Joins pieces, with a comma unless told. */
export function join(pieces: readonly Sql[], glue = ', '): Sql {
  return { text: pieces.map((piece) => piece.text).join(glue), values: pieces.flatMap((piece) => piece.values) };
}

/** A literal piece written in our own code. */
export const raw = (text: string): Sql => ({ text, values: [] });
export const empty: Sql = raw('');

const caches = new WeakMap<Database, Map<string, Statement>>();
const most = 500;

/** The prepared statement of a text on a connection; the least recently made ones are let go above 500. */
export function prepared(db: Database, text: string): Statement {
  let cache = caches.get(db);
  if (!cache) caches.set(db, (cache = new Map<string, Statement>()));
  let statement = cache.get(text);
  if (!statement) {
    statement = db.prepare(text);
    if (cache.size >= most) cache.delete(cache.keys().next().value!);
    cache.set(text, statement);
  }
  return statement;
}

/** Statements slower than this (milliseconds) are reported to `slow.heard`. */
export const slow: { after: number; heard: ((ms: number, text: string) => void) | null } = { after: 20, heard: null };

function timed<T>(text: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  const took = performance.now() - start;
  if (took > slow.after) slow.heard?.(took, text);
  return result;
}

/** All rows. `T` is the shape the statement selects; the statements test compares columns. */
export const all = <T>(db: Database, query: Sql): T[] => timed(query.text, () => prepared(db, query.text).all(...query.values) as T[]);
/** The first row, or undefined. */
export const first = <T>(db: Database, query: Sql): T | undefined => timed(query.text, () => prepared(db, query.text).get(...query.values) as T | undefined);
/** Changes rows; returns how many, and the id of the last one inserted. */
export const run = (db: Database, query: Sql): { changes: number; id: number } => {
  const result = timed(query.text, () => prepared(db, query.text).run(...query.values));
  return { changes: result.changes, id: Number(result.lastInsertRowid) };
};
/** Rows one by one, for streams; close it early by leaving the loop. */
export const each = <T>(db: Database, query: Sql): IterableIterator<T> => db.prepare(query.text).iterate(...query.values) as IterableIterator<T>;
