import { z } from 'zod';
import { call, type Named, needs, nothing, type Written } from '../kit/call.ts';
import { idSchema } from '../kit/schema.ts';
import { w, type Words } from '../kit/words.ts';
import type { AccountKind, Postable } from './account.ts';
import { daySchema, reasonSchema } from './period.ts';

/** Setting up the books, and moving whole ledgers in and out. */

export interface BooksState {
  /** '' before a chart was chosen. */
  readonly chart: string;
  readonly accounts: number;
  readonly entries: number;
  readonly drafts: number;
  readonly first_day: string;
  readonly last_day: string;
  /** First day of the year that the books began with; '' before. */
  readonly year_start: string;
  readonly pattern: Pattern | '';
  readonly tax_codes: number;
}

export const patterns = ['months', '13', '445'] as const;
export type Pattern = (typeof patterns)[number];

export interface ChartPackInfo {
  readonly code: string;
  readonly name: { readonly en: string; readonly de: string };
  readonly country: string;
  readonly accounts: number;
  readonly tax_codes: number;
  readonly currency: string;
  /** Day of the year that fiscal years usually begin on, MM-DD. */
  readonly year_start: string;
  readonly source: Words;
  readonly date: string;
  /** What was left out, and what to check before relying on it. */
  readonly note: Words;
}

/** An account of a chart that is not brought yet; `depth` indents. */
export interface ChartAccount {
  readonly number: string;
  readonly name: Words;
  readonly kind: AccountKind;
  readonly heading: boolean;
  readonly depth: number;
}

/** What the first books of a company begin with. */
export const booksSchema = z.strictObject({ chart: z.string().min(1).max(20), year_start: daySchema.optional(), pattern: z.enum(patterns).optional() });

/** What stands at the beginning: where the difference goes, and what was posted already. */
export interface OpeningState {
  /** First day of the first open year; '' without one. */
  readonly day: string;
  /** The account with the use "opening balances"; null without one. */
  readonly account: Named | null;
  /** Posted opening entries that were not reversed. */
  readonly entries: readonly { readonly id: number; readonly version: number; readonly number: string; readonly day: string; readonly total: number }[];
}

/** What closing a year would do, or did. */
export interface Closing {
  /** In minor units of the company, profit positive. */
  readonly result: number;
  /** Income and expense accounts that are carried over. */
  readonly accounts: number;
  /** Where the result goes; null when no account is for retained earnings. */
  readonly account: Named | null;
  readonly drafts: number;
  /** Years before it that are open, and years after it that are closed. */
  readonly earlier: readonly Named[];
  readonly later: readonly Named[];
  /** The closing entry of a closed year. */
  readonly entry: Named | null;
}

export const journalFormats = ['hledger', 'ledger', 'beancount', 'gnucash', 'ledger-csv', 'qif', 'frappe-books'] as const;
export type JournalFormat = (typeof journalFormats)[number];
export const journalTargets = ['hledger', 'csv', 'saft', 'fec'] as const;

/** A ledger of another program that was brought in. */
export interface LedgerImport {
  readonly id: number;
  readonly format: string;
  readonly file_name: string;
  readonly at: number;
  readonly by: string;
  readonly entries: number;
  readonly undone_at: number | null;
}

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

/** Full names of a file's accounts, and which of the books each is: its number, full name or name, or its id. All others are made. */
export type AccountMap = Readonly<Record<string, string | { readonly id: number }>>;

/** An account that entries of a file name. */
export interface FileAccount {
  /** Full name, its levels parted by ':'. */
  readonly name: string;
  readonly number: string;
  readonly lines: number;
  /** Which of the books it becomes unless told otherwise: that of the same full name, or of the same number and name. Null when it is made. */
  readonly account: Omit<Postable, 'currency'> | null;
}

/** What a ledger would bring, before it comes in. */
export interface FileAccounts {
  readonly entries: number;
  readonly accounts: readonly FileAccount[];
  /** Accounts beyond those that are listed. */
  readonly more: number;
}

const side = z.int().min(0).max(9_000_000_000_000_000);

export const bookCalls = {
  'books.get': call<BooksState>()({ kind: 'read', input: nothing, needs: needs('account', 'read'), about: 'Whether the books are set up, and how much is in them.' }),
  'books.charts': call<readonly ChartPackInfo[]>()({ kind: 'read', input: nothing, needs: needs('account', 'read'), about: 'Charts of accounts that can be chosen.' }),
  'books.chart': call<readonly ChartAccount[]>()({ kind: 'read', input: z.strictObject({ code: z.string().max(20) }), needs: needs('account', 'read'), about: 'The accounts that a chart would bring, in the order of its tree.' }),
  'books.set_up': call<BooksState>()({
    kind: 'write',
    input: booksSchema,
    needs: needs('account', 'approve'),
    about: 'Brings a chart of accounts with its tax codes and opens the first fiscal year. Only while there is no account.',
  }),
  'books.opening': call<OpeningState>()({ kind: 'read', input: nothing, needs: needs('entry', 'read'), about: 'What stands at the beginning of the books, and where a difference would go.' }),
  'books.open': call<Written & { readonly number: string }>()({
    kind: 'write',
    input: z.strictObject({
      day: daySchema,
      lines: z.array(z.strictObject({ account_id: idSchema, debit: side, credit: side })).min(1).max(5000),
      rest: z.boolean().optional(),
    }),
    needs: needs('entry', 'approve'),
    about: 'Posts opening balances as one entry in the journal of openings. With rest, the difference of debits and credits goes to the account for opening balances; else it is refused.',
  }),
  'books.closing': call<Closing>()({ kind: 'read', input: z.strictObject({ id: idSchema }), needs: needs('period', 'read'), about: 'What closing a fiscal year would do, and what stands in the way; for a closed one what it did.' }),
  'journal.guess': call<{ readonly format: JournalFormat | '' }>()({ kind: 'read', input: z.strictObject({ source: z.string().max(4000) }), needs: needs('entry', 'approve'), about: 'Which program wrote a ledger, by the ending of its name and its first lines; empty when it cannot be told.' }),
  'journal.imports': call<readonly LedgerImport[]>()({ kind: 'read', input: nothing, needs: needs('entry', 'read'), about: 'Ledgers of other programs that were imported, newest first.' }),
  'journal.undo': call<{ readonly entries: number }>()({
    kind: 'job',
    writes: true,
    label: w('Taking an imported ledger back', 'Import einer Buchhaltung wird zurückgenommen'),
    input: z.strictObject({ id: idSchema, reason: reasonSchema }),
    needs: needs('entry', 'approve'),
    about: 'Takes an imported ledger back: every entry of it that still stands is reversed on its own day, all or none, with a reason.',
  }),
  'journal.accounts': call<FileAccounts>()({
    kind: 'job',
    label: w('Reading a ledger', 'Buchhaltung wird gelesen'),
    input: z.strictObject({ format: z.enum(journalFormats), source: z.string().max(4000) }),
    needs: needs('entry', 'approve'),
    about: 'Reads a whole ledger of another program without writing anything: the accounts that its entries name, how often, and which account of the books each becomes unless the import is given a map. Refuses what an import could not read.',
  }),
  'journal.import': call<JournalImported>()({
    kind: 'job',
    writes: true,
    label: w('Importing a ledger', 'Buchhaltung wird importiert'),
    input: z.strictObject({ format: z.enum(journalFormats), source: z.string().max(4000), map: z.record(z.string().min(1).max(2000), z.union([z.string().trim().min(1).max(2000), z.strictObject({ id: idSchema })])).optional() }),
    needs: needs('entry', 'approve'),
    about: 'Imports a whole ledger of another program in one transaction: accounts, currencies, prices and entries, all posted. The same entry comes in only once. `map` says which accounts of the file (full names) are which of the books (number, full name or name as text, or {id}); all others are made.',
  }),
  'journal.export': call<{ readonly entries: number; readonly lines: number }>()({
    kind: 'job',
    label: w('Exporting the ledger', 'Buchhaltung wird exportiert'),
    input: z.strictObject({ format: z.enum(journalTargets), target: z.string().max(4000), from: daySchema.optional(), to: daySchema.optional() }),
    needs: needs('entry', 'read'),
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
