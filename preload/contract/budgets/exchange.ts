import { z } from 'zod';
import { call, type Named, needs, nothing } from '../kit/call.ts';
import { idSchema } from '../kit/schema.ts';
import { entryDraftSchema, type LineDraft } from './entry.ts';
import { daySchema, reasonSchema } from './period.ts';

/** Exchange differences on money that is held, owed or due in other currencies (IAS 21 §23 and §28; FRS 102 section 30, paragraphs 9 and 10). */

/** One foreign balance: an account in one currency, and of one party where its lines name parties. */
export interface RevaluationRow {
  readonly account_id: number;
  readonly number: string;
  readonly account: string;
  readonly currency: string;
  /** Digits after the point that the currency is kept with. */
  readonly digits: number;
  readonly party_id: number | null;
  readonly party: string;
  /** Minor units of `currency`, debit positive; revaluing never changes it. */
  readonly quantity: number;
  /** What the books carry it at, in minor units of the company's currency, debit positive. */
  readonly carrying: number;
  /** Value of one unit in the company's currency times 10^9; null where no rate serves, or none is needed because nothing is held. */
  readonly rate_nano: number | null;
  /** The day that the rate is of, and where it comes from; '' without one. */
  readonly rate_day: string;
  readonly source: string;
  /** At the closing rate, and how much that is more than what is carried; null where no rate serves. */
  readonly value: number | null;
  readonly difference: number | null;
}

/** A foreign balance that stays as it is carried, and why: the account is not monetary, or what it holds is no currency. */
export interface LeftRow {
  readonly account_id: number;
  readonly number: string;
  readonly account: string;
  readonly currency: string;
  readonly digits: number;
  readonly quantity: number;
  readonly carrying: number;
  readonly why: 'not_monetary' | 'no_currency';
}

/** What revaluing at the end of a day would post. Amounts without another unit are minor units of the company's currency. */
export interface RevaluationPlan {
  readonly day: string;
  readonly currency: string;
  /** The first thousand; those that differ first. */
  readonly rows: readonly RevaluationRow[];
  readonly count: number;
  readonly left: readonly LeftRow[];
  /** Sums of what goes up and of what goes down, both positive. */
  readonly gain: number;
  readonly loss: number;
  readonly gain_account: Named | null;
  readonly loss_account: Named | null;
  /** First day of the next period: when the entry would be reversed. */
  readonly next_day: string;
  /** State of the period that the day falls into. */
  readonly state: 'open' | 'soft' | 'hard';
  /** Runs of later days, which have to be repeated afterwards. */
  readonly later: number;
  /** What stands against it; the first hundred. */
  readonly problems: readonly string[];
}

interface EntryName {
  readonly id: number;
  readonly version: number;
  readonly number: string;
  readonly day: string;
}

/** A revaluation that was posted. `difference` is gains less losses, in minor units of the company. */
export interface RevaluationRun extends EntryName {
  readonly difference: number;
  readonly balances: number;
  readonly posted_at: number;
  readonly posted_by: string;
  /** The entry that reverses it: made with it, or to undo it. */
  readonly reversal: EntryName | null;
}

/** The last period that has ended, and how many accounts in other currencies still stand at other rates than those of its last day. */
export interface RevaluationDue {
  readonly period_id: number;
  readonly period: string;
  readonly day: string;
  readonly accounts: number;
  /** Currencies without a rate for that day. */
  readonly without: readonly string[];
}

/** A line that takes out of a foreign balance. Amounts in minor units of the company's currency, debit positive. */
export interface SettledLine {
  /** From 1, in the order of the draft. */
  readonly line: number;
  readonly currency: string;
  /** What it clears, in minor units of `currency`, in the sign of the line. */
  readonly quantity: number;
  /** What was typed, or the rate of the day. */
  readonly worth: number;
  /** What the line is posted at: what the books carry it at, and the rest beyond the balance at its own rate. */
  readonly carried: number;
  readonly difference: number;
}

/** An entry as it is posted when what leaves foreign balances leaves at what it is carried at. */
export interface Settled {
  readonly lines: readonly LineDraft[];
  readonly settled: readonly SettledLine[];
  /** Gain positive, loss negative, in minor units of the company's currency; the last line posts it where it is not zero. */
  readonly gain: number;
}

const planSchema = z.strictObject({
  day: daySchema,
  gain_account_id: idSchema.optional(),
  loss_account_id: idSchema.optional(),
  /** Days that a rate may be older than the day it is used for; a week unless told, for rates are not published on holidays. */
  max_age: z.int().min(0).max(366).optional(),
});

export const exchangeCalls = {
  'exchange.settle': call<Settled>()({
    kind: 'read',
    input: entryDraftSchema,
    needs: needs('entry', 'read'),
    of: 'entry',
    about: 'The lines of an entry in which what clears a foreign balance leaves at what it is carried at (average rate, or first in first out, as its account says), with a line for the realised difference; writes nothing.',
  }),
  'exchange.plan': call<RevaluationPlan>()({
    kind: 'heavy',
    input: planSchema,
    needs: needs('entry', 'read'),
    about: 'What revaluing monetary balances in other currencies at the rates of a day would post, balance by balance; writes nothing.',
  }),
  'exchange.revalue': call<{ readonly entry: { readonly id: number; readonly number: string } | null; readonly reversal: { readonly id: number; readonly number: string } | null; readonly difference: number; readonly balances: number }>()({
    kind: 'write',
    input: planSchema.extend({ reverse_next: z.boolean().optional(), reason: reasonSchema.optional() }),
    needs: needs('entry', 'write'),
    of: 'entry',
    about: 'Posts the unrealised exchange differences of a day as one entry; what is posted already counts, so a second time posts nothing. With reverse_next the entry is reversed on the first day of the next period. Gains less losses in minor units of the company.',
  }),
  'exchange.runs': call<readonly RevaluationRun[]>()({ kind: 'read', input: nothing, needs: needs('entry', 'read'), about: 'Revaluations that were posted, newest first, with the entries that reverse them; the last two hundred.' }),
  'exchange.due': call<RevaluationDue | null>()({ kind: 'heavy', input: nothing, needs: needs('entry', 'read'), about: 'Whether the last period that has ended is still to be revalued; null when it is not, or before there is a period.' }),
};
