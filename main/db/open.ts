import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Database as Connection } from 'better-sqlite3';

export type { Connection };

/** Marks a Bureau company ("Bure" in ASCII), so that any other SQLite file is recognised as not ours. */
export const applicationId = 0x42757265;

/**
 * The only place that opens a database: later it may hand out a keyed one and no other room will notice.
 * `write` expects an existing file; `create` refuses an existing one; `read` can change nothing.
 * @throws Error when a setting does not read back: better not to open than to lose silently.
 */
export function openDatabase(file: string, as: 'read' | 'write' | 'create'): Connection {
  // Made with a flag that fails when the file is there, so that nothing is ever opened as new over something old.
  if (as === 'create') closeSync(openSync(file, 'wx'));
  const db = new Database(file, { readonly: as === 'read', fileMustExist: true });
  try {
    db.pragma('busy_timeout = 5000');
    if (as !== 'read') expect(db, 'journal_mode = WAL', 'wal');
    // WAL re-opened falls back to NORMAL in this build; a power cut then loses acknowledged writes. Set and read back every time.
    expect(db, 'synchronous = FULL', 2);
    expect(db, 'foreign_keys = ON', 1);
    expect(db, 'trusted_schema = OFF', 0);
    expect(db, 'cell_size_check = ON', 1);
    db.pragma('cache_size = -32000');
    db.pragma('temp_store = MEMORY');
    if (process.platform === 'darwin') db.pragma('checkpoint_fullfsync = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens a database of another program, to read it: nothing of it is changed, nothing it defines (functions, virtual tables) is trusted, and
 * its own settings stay.
 * @throws Error when it is none, is damaged, or can not be opened
 */
export function openForeign(file: string): Connection {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    db.pragma('busy_timeout = 5000');
    expect(db, 'trusted_schema = OFF', 0);
    expect(db, 'cell_size_check = ON', 1);
    expect(db, 'query_only = ON', 1);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * For a connection that is to write very many rows: sorting new indexes takes a second core, and disk instead of memory; and what was written
 * is carried from the log into the file when the one who opened it says so.
 */
export function forManyRows(db: Connection): Connection {
  db.pragma('temp_store = FILE');
  db.pragma('threads = 2');
  db.pragma('wal_autocheckpoint = 0');
  return db;
}

/** An empty database in memory, for tools and tests that compare schemas. */
export function openMemory(): Connection {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  return db;
}

function expect(db: Connection, setting: string, wanted: string | number): void {
  db.pragma(setting);
  const name = setting.split(' ')[0]!;
  const found: unknown = db.pragma(name, { simple: true });
  if (found !== wanted) throw new Error(`the database did not accept ${setting}: it says ${String(found)}`);
}

/** Runs `work` in one transaction that takes the write lock at once; anything thrown undoes all of it. */
export function transaction<T>(db: Connection, work: () => T): T {
  return db.transaction(work).immediate();
}
