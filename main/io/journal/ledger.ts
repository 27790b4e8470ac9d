import { readJournal } from './journal.ts';
import type { Taker } from './transaction.ts';

/**
 * Reads a journal of Ledger (3.2 and later), line by line in flat memory, and hands out what it holds in the order of the file. Automated
 * rules are applied, as Ledger always does; their postings are marked as made. `year` is that of dates without one, this year unless told.
 * @throws Refused with file and line where Ledger refuses, for rules that can not be applied here, and where an amount would not be exact
 */
export function readLedger(path: string, taker: Taker, reading: { readonly year?: number } = {}): void {
  readJournal(path, { dialect: 'ledger', strict: false, year: reading.year ?? new Date().getFullYear() }, taker);
}
