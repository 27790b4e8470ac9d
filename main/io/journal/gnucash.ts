import { isSqlite } from './foreignTables.ts';
import { readGnucashSqlite } from './gnucashSqlite.ts';
import { readGnucashXml } from './gnucashXml.ts';
import type { Taker } from './transaction.ts';

/**
 * Reads a book of GnuCash (2.6 and later): XML, compressed XML, or SQLite. Accounts come with their kinds and codes, prices, and
 * transactions with the value and the quantity of each split, both exact.
 * @throws Refused with file and line (in SQLite: row) where the book is broken
 */
export function readGnucash(path: string, taker: Taker): void {
  if (isSqlite(path)) readGnucashSqlite(path, taker);
  else readGnucashXml(path, taker);
}
