import { closeSync, readSync } from 'node:fs';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { type Connection, openForeign } from '../../db/open.ts';
import { refusedAt } from './refusal.ts';
import { openPlain } from './source.ts';

/** Books that another program keeps in an SQLite file. A line is the row of the table that is read. */

const words = {
  none: w('this is no SQLite file, or it is damaged or open in its own program', 'das ist keine SQLite-Datei, oder sie ist beschädigt oder in ihrem Programm geöffnet'),
  tables: w('this file has no table {table}: it is not one of {program}', 'diese Datei hat keine Tabelle {table}: Sie stammt nicht von {program}'),
  damaged: w('the file is damaged', 'die Datei ist beschädigt'),
};

/** Whether a file begins as SQLite files do. @throws Refused when there is no such file */
export function isSqlite(path: string): boolean {
  const file = openPlain(path, { file: path, line: 1 });
  try {
    const head = Buffer.alloc(16);
    readSync(file, head, 0, 16, 0);
    return head.toString('latin1') === 'SQLite format 3\0';
  } finally {
    closeSync(file);
  }
}

/** Opens such a file for the length of `work`. @throws Refused when it is none, lacks one of `tables`, or is damaged anywhere `work` reads */
export function withTables<T>(path: string, program: string, tables: readonly string[], work: (db: Connection) => T): T {
  if (!isSqlite(path)) throw refusedAt(path, 1, words.none);
  let db: Connection;
  try {
    db = openForeign(path);
  } catch {
    throw refusedAt(path, 1, words.none);
  }
  try {
    const there = new Set(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all());
    for (const table of tables) if (!there.has(table)) throw refusedAt(path, 1, words.tables, { table, program });
    return work(db);
  } catch (error) {
    if (error instanceof Refused || !(error instanceof Error) || error.constructor.name !== 'SqliteError') throw error;
    throw refusedAt(path, 1, words.damaged);
  } finally {
    db.close();
  }
}

/** Columns of a table, by which versions of a program are told apart. */
export const columnsIn = (db: Connection, table: string): ReadonlySet<unknown> => new Set(db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table));
