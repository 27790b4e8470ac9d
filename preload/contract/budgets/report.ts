import { z } from 'zod';
import { call, needs } from '../kit/call.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';
import { daySchema } from './period.ts';
import type { AccountKind } from './account.ts';

/** Statements over the kept balances. Amounts are minor units of the company's currency, debit positive, unless told otherwise. */

export const dimensions = ['department', 'place', 'project', 'party', 'own_tag'] as const;
export type Dimension = (typeof dimensions)[number];
const only = z.strictObject({ dimension: z.enum(dimensions), id: z.union([idSchema, z.literal(0)]) });
/** Lines of one department, place, project, party or own tag (a dimension holds all its values); id 0 for the lines that name none. */
export type Only = z.infer<typeof only>;

/**
 * How a figure comes about: the balance at the last day, or before the first; what moved within the days; the same without closing entries;
 * that again without revaluations; what revaluations moved; or what entries with cash in them moved that are no revaluations.
 */
export const bases = ['balance', 'before', 'moved', 'result', 'flow', 'exchange', 'cash'] as const;
export type Basis = (typeof bases)[number];

/** One account in one currency up to a day (or within two days). */
export interface TrialRow {
  readonly account_id: number;
  readonly number: string;
  /** Names from the top of the tree, parted by ':'. */
  readonly account: string;
  readonly kind: AccountKind;
  /** Code; the company's own for lines without another. */
  readonly currency: string;
  /** In minor units of the company: before the first day, moved within, and after the last. */
  readonly opening: number;
  readonly debit: number;
  readonly credit: number;
  readonly closing: number;
  /** Closing balance in minor units of `currency`. */
  readonly quantity: number;
}

/** A column of a statement: balances at `to`, or what moved from `from` to `to`. */
export interface StatementColumn {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** Of whom, where the columns stand for departments and the like. */
  readonly only: Only | null;
  /** Where a column is made otherwise than its rows say: those of a trial balance. */
  readonly basis?: Basis;
  readonly side?: 'debit' | 'credit';
}

/** What a row is made of: `sign` times the sum of these accounts. */
export interface Source {
  readonly accounts: readonly number[];
  readonly sign: 1 | -1;
  readonly basis: Basis;
}

/** The first column against the second. `tenths` of a percent; null where there was nothing before. */
export interface Compared {
  readonly difference: number;
  readonly tenths: number | null;
}

/** Another row that a figure is made of; `column` where it is always the same one. */
export interface Part {
  readonly key: string;
  readonly column?: number;
}

/** A row of a statement; `depth` indents, `values` one a column in the sign that readers of that statement expect. */
export interface StatementRow<V extends number | null = number> {
  readonly key: string;
  readonly label: string;
  readonly number: string;
  /** A `group` stands above what it sums up; a `note` spans the page; a `blank` is an empty line. */
  readonly style: 'heading' | 'account' | 'group' | 'subtotal' | 'total' | 'note' | 'blank';
  readonly depth: number;
  readonly account_id: number | null;
  /** Minor units; where `format` says so tenths of a percent or hundredths. Only designs have null: nothing can be reckoned there. */
  readonly values: readonly V[];
  readonly format?: 'percent' | 'ratio';
  /** Null where there is no figure, or where it is made of other rows. */
  readonly source: Source | null;
  readonly compared: Compared | null;
  /** Rows of a design only: its code, the concept of a taxonomy, and how it is made of other rows. */
  readonly code?: string;
  readonly tag?: string;
  readonly formula?: string;
  readonly parts?: readonly Part[];
}

export interface Statement<V extends number | null = number> {
  readonly title: string;
  readonly currency: string;
  readonly columns: readonly StatementColumn[];
  readonly rows: readonly StatementRow<V>[];
  /** Rows that are not shown, but that others are made of. */
  readonly hidden?: readonly StatementRow<V>[];
  /** What is not in the figures, such as currencies without a rate. */
  readonly notes: readonly string[];
}

/** A line of a register with the balance after it. */
export interface RegisterRow {
  readonly line_id: number;
  readonly entry_id: number;
  readonly number: string;
  readonly day: string;
  readonly narration: string;
  readonly text: string;
  readonly reference: string;
  readonly amount: number;
  readonly balance: number;
  readonly currency: string;
  readonly quantity: number;
}

export interface Register {
  readonly account_id: number;
  readonly number: string;
  readonly account: string;
  readonly opening: number;
  /** After the last line of the days asked for, on whichever page that is. */
  readonly closing: number;
  readonly rows: readonly RegisterRow[];
  /** Cursor for the next page, null on the last. */
  readonly next: readonly [string, number] | null;
}

/** A part of a figure: one account, or one period. */
export interface ExplainRow {
  readonly key: string;
  readonly label: string;
  readonly number: string;
  readonly account_id: number | null;
  readonly from: string;
  readonly to: string;
  /** In the sign of the figure. */
  readonly amount: number;
  readonly debit: number;
  readonly credit: number;
}

export interface Explained {
  readonly amount: number;
  readonly debit: number;
  readonly credit: number;
  readonly rows: readonly ExplainRow[];
}

const columnSchema = z.strictObject({ from: daySchema.optional(), to: daySchema, label: z.string().max(60).optional() });
/** Cash is kept for the whole company only, so its statement is not asked of one department. */
const wholeSchema = z.strictObject({ columns: z.array(columnSchema).min(1).max(40), zero: z.boolean().optional(), compare: z.boolean().optional() });
/** What is asked of a statement: its columns, of whom, and whether they are compared. */
export const statementSchema = wholeSchema.extend({ columns: z.array(columnSchema.extend({ only: only.optional() })).min(1).max(40), only: only.optional(), by: z.enum(dimensions).optional() });

/** A figure that is written otherwise than its column: a count of 10^-digits. */
const scaledCell = z.strictObject({ count: z.int(), digits: z.int().min(0).max(9) });
const cell = z.union([z.string().max(2000), z.int(), z.null(), scaledCell]);
export const exportFormats = ['xlsx', 'csv'] as const;

const read = needs('report', 'read');

export const reportCalls = {
  'report.trial_balance': call<readonly TrialRow[]>()({
    kind: 'heavy',
    input: z.strictObject({ from: daySchema.optional(), to: daySchema, only: only.optional(), zero: z.boolean().optional() }),
    needs: read,
    about: 'Balances of every account and currency at a day; with `from` also what moved since. Posted lines only, closing entries included.',
  }),
  'report.trial_statement': call<Statement>()({
    kind: 'heavy',
    input: statementSchema,
    needs: read,
    about: 'The trial balance as a statement: one column gives opening, debits, credits and balances by side; several give their balances.',
  }),
  'report.balance_sheet': call<Statement>()({ kind: 'heavy', input: statementSchema, needs: read, about: 'Assets, liabilities and equity at the end of each column, with the result that is not closed yet.' }),
  'report.profit_and_loss': call<Statement>()({ kind: 'heavy', input: statementSchema, needs: read, about: 'Income and expenses within each column, without closing entries, so that closed years keep their figures.' }),
  'report.cash_flow': call<Statement>()({
    kind: 'heavy',
    input: wholeSchema.extend({ method: z.enum(['direct', 'indirect']).optional() }),
    needs: read,
    about: 'Cash flow of each column: direct, by the accounts that stand against cash; or indirect, from the result over changes of balances.',
  }),
  'report.register': call<Register>()({
    kind: 'read',
    input: z.strictObject({ account_id: idSchema, from: daySchema.optional(), to: daySchema.optional(), after: z.tuple([daySchema, z.int()]).optional(), limit: z.int().min(1).max(1000).optional(), only: only.optional(), basis: z.enum(bases).optional() }),
    needs: needs('entry', 'read'),
    heavyWhen: (input) => input.only !== undefined || (input.basis ?? 'balance') !== 'balance',
    about: 'Lines of one account by day, with the balance after each; a page by keyset. Every basis but `balance` begins at zero.',
  }),
  'report.explain': call<Explained>()({
    kind: 'heavy',
    input: z.strictObject({ accounts: z.array(idSchema).min(1).max(20_000), sign: z.union([z.literal(1), z.literal(-1)]), basis: z.enum(bases), from: daySchema, to: daySchema, only: only.optional(), by: z.enum(['account', 'period']) }),
    needs: read,
    about: 'What a figure of a statement is made of, by account or by period.',
  }),
  'report.export': call<{ readonly rows: number; readonly bytes: number; readonly path: string }>()({
    kind: 'job',
    label: w('Saving the report', 'Auswertung wird gespeichert'),
    input: z.strictObject({
      format: z.enum(exportFormats),
      target: z.string().min(1).max(4096),
      sheet: z.string().max(200),
      currency: z.string().max(24),
      columns: z.array(z.strictObject({ title: z.string().max(200), kind: z.enum(['text', 'money', 'tenths', 'day']) })).min(1).max(60),
      rows: z.array(z.array(cell).max(60)).max(50_000),
    }),
    needs: read,
    about: 'Writes a statement as it is shown to a file; amounts in minor units become numbers, formula cells are made inert.',
  }),
};
