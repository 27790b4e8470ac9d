import { readJournal } from './journal.ts';
import type { Taker } from './transaction.ts';

export interface JournalReading {
  /** hledger's strict checks as well: accounts, commodities and payees declared, days in order, last parts of names unique. */
  readonly strict?: boolean;
  /** Of dates that have none; this year unless told. */
  readonly year?: number;
}

/**
 * Reads a journal of hledger (1.25 and later), line by line in flat memory, and hands out what it holds in the order of the file. Its own
 * checks are made: transactions balance to the decimals they show, balance assertions hold by day. Automated rules and periodic
 * transactions are skipped with a warning, as hledger does unless told otherwise.
 * @throws Refused with file and line where hledger refuses, and where an amount could not be carried over exactly
 */
export function readHledger(path: string, taker: Taker, reading: JournalReading = {}): void {
  readJournal(path, { dialect: 'hledger', strict: reading.strict ?? false, year: reading.year ?? new Date().getFullYear() }, taker);
}
