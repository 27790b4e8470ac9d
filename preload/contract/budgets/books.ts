import { z } from 'zod';
import { call, needs, nothing } from '../kit/call.ts';
import { w } from '../kit/words.ts';

/** Setting up the books, and moving whole ledgers in and out. */

export interface BooksState {
  /** '' before a chart was chosen. */
  readonly chart: string;
  readonly accounts: number;
  readonly entries: number;
  readonly drafts: number;
  readonly first_day: string;
  readonly last_day: string;
}

export interface ChartPackInfo {
  readonly code: string;
  readonly name: { readonly en: string; readonly de: string };
  readonly country: string;
  readonly accounts: number;
  readonly source: string;
  readonly date: string;
}

export const journalFormats = ['hledger', 'ledger', 'beancount', 'gnucash', 'ledger-csv', 'qif'] as const;
export type JournalFormat = (typeof journalFormats)[number];
export const journalTargets = ['hledger', 'csv', 'saft', 'fec'] as const;

/** What an import did. Sums are decimal texts a currency: all debits of what was imported. */
export interface JournalImported {
  readonly imported: number;
  readonly lines: number;
  readonly skipped: number;
  readonly refused: number;
  readonly accounts: number;
  readonly warnings: readonly string[];
  readonly sums: Readonly<Record<string, string>>;
}

export const bookCalls = {
  'books.get': call<BooksState>()({ kind: 'read', input: nothing, needs: needs('account', 'read'), about: 'Whether the books are set up, and how much is in them.' }),
  'books.charts': call<readonly ChartPackInfo[]>()({ kind: 'read', input: nothing, needs: needs('account', 'read'), about: 'Charts of accounts that can be chosen.' }),
  'books.set_up': call<BooksState>()({
    kind: 'write',
    input: z.strictObject({ chart: z.string().max(20), year_start: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day (YYYY-MM-DD)').optional(), pattern: z.enum(['months', '13', '445']).optional() }),
    needs: needs('account', 'approve'),
    about: 'Brings a chart of accounts with its tax codes and opens the first fiscal year. Only while there is no account.',
  }),
  'journal.import': call<JournalImported>()({
    kind: 'job',
    writes: true,
    label: w('Importing a ledger', 'Buchhaltung wird importiert'),
    input: z.strictObject({ format: z.enum(journalFormats), source: z.string().max(4000) }),
    needs: needs('entry', 'approve'),
    about: 'Imports a whole ledger of another program in one transaction: accounts, currencies, prices and entries, all posted. The same entry comes in only once.',
  }),
  'journal.export': call<{ readonly entries: number; readonly lines: number }>()({
    kind: 'job',
    label: w('Exporting the ledger', 'Buchhaltung wird exportiert'),
    input: z.strictObject({ format: z.enum(journalTargets), target: z.string().max(4000), from: z.string().max(10).optional(), to: z.string().max(10).optional() }),
    needs: needs('report', 'read'),
    about: 'Writes all posted entries as an hledger journal, CSV, SAF-T (OECD 2.0) or FEC file.',
  }),
  'ledger.verify': call<{ readonly good: boolean; readonly entries: number; readonly problems: readonly string[] }>()({
    kind: 'job',
    label: w('Checking the ledger', 'Buchhaltung wird geprüft'),
    input: nothing,
    needs: needs('report', 'read'),
    about: 'Reads every posted line: seals, balance of each entry, kept balances against recomputed ones, gaps in numbers. Names what is wrong.',
  }),
};
