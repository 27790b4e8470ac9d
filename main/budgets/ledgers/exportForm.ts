import type { Journal } from '#contract/budgets/entry.ts';
import { today } from '#contract/kit/day.ts';

/** What every form of an exported ledger is made of: one call a line, in the order of the file. */

export interface ExportRow {
  readonly entry_id: number;
  readonly number: string;
  readonly day: string;
  readonly narration: string;
  readonly reference: string;
  readonly journal: Journal;
  readonly period_id: number | null;
  readonly posted_at: number | null;
  readonly posted_by: string;
  readonly line: number;
  readonly account_id: number;
  readonly amount: number;
  readonly currency: string;
  readonly quantity: number;
  readonly party_id: number | null;
  readonly tax_code_id: number | null;
  readonly text: string;
}

export interface ExportForm {
  /** Entries come journal by journal instead of by day. */
  readonly byJournal?: boolean;
  readonly begin: () => string;
  /** Text of one line; `fresh` when it is the first of its entry. */
  readonly row: (row: ExportRow, fresh: boolean) => string;
  readonly end: () => string;
}

/** Which days are exported; without one, from the beginning and to the end. */
export interface ExportRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A text without line ends or other marks that no program expects in one. */
export const oneLine = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').trim();

/** The day of an instant on the clock of this PC, as entries are dated by it. */
export const dayOfInstant = (at: number | null): string => (at === null ? '' : today(new Date(at)));
