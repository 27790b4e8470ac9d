import { z } from 'zod';
import { call, needs } from '../kit/call.ts';
import { idSchema } from '../kit/schema.ts';
import { daySchema } from './period.ts';
import type { AccountKind } from './account.ts';

/** Statements over the kept balances. Amounts are minor units of the company's currency, debit positive, unless told otherwise. */

export const dimensions = ['department', 'place', 'project', 'party'] as const;
export type Dimension = (typeof dimensions)[number];
const only = z.strictObject({ dimension: z.enum(dimensions), id: idSchema });

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
}

/** A row of a statement; `depth` indents, `values` one a column in the sign that readers of that statement expect. */
export interface StatementRow {
  readonly key: string;
  readonly label: string;
  readonly number: string;
  readonly style: 'heading' | 'account' | 'subtotal' | 'total';
  readonly depth: number;
  readonly account_id: number | null;
  readonly values: readonly number[];
}

export interface Statement {
  readonly title: string;
  readonly currency: string;
  readonly columns: readonly StatementColumn[];
  readonly rows: readonly StatementRow[];
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
  readonly account: string;
  readonly opening: number;
  readonly rows: readonly RegisterRow[];
  /** Cursor for the next page, null on the last. */
  readonly next: readonly [string, number] | null;
}

const columnSchema = z.strictObject({ from: daySchema.optional(), to: daySchema, label: z.string().max(60).optional() });
const statementSchema = z.strictObject({ columns: z.array(columnSchema).min(1).max(40), only: only.optional(), zero: z.boolean().optional() });

const read = needs('report', 'read');

export const reportCalls = {
  'report.trial_balance': call<readonly TrialRow[]>()({
    kind: 'heavy',
    input: z.strictObject({ from: daySchema.optional(), to: daySchema, only: only.optional(), zero: z.boolean().optional() }),
    needs: read,
    about: 'Balances of every account and currency at a day; with `from` also what moved since. Posted lines only, closing entries included.',
  }),
  'report.balance_sheet': call<Statement>()({ kind: 'heavy', input: statementSchema, needs: read, about: 'Assets, liabilities and equity at the end of each column, with the result that is not closed yet.' }),
  'report.profit_and_loss': call<Statement>()({ kind: 'heavy', input: statementSchema, needs: read, about: 'Income and expenses within each column, without closing entries, so that closed years keep their figures.' }),
  'report.cash_flow': call<Statement>()({
    kind: 'heavy',
    input: statementSchema.extend({ method: z.enum(['direct', 'indirect']).optional() }),
    needs: read,
    about: 'Cash flow of each column: direct, by the accounts that stand against cash; or indirect, from the result over changes of balances.',
  }),
  'report.register': call<Register>()({
    kind: 'read',
    input: z.strictObject({ account_id: idSchema, from: daySchema.optional(), to: daySchema.optional(), after: z.tuple([daySchema, z.int()]).optional(), limit: z.int().min(1).max(1000).optional() }),
    needs: needs('entry', 'read'),
    about: 'Lines of one account by day, with the balance after each; a page by keyset.',
  }),
};
