import type { AllCalls, CallName } from '#contract/calls.ts';
import type { InputOf, OutputOf } from '#contract/kit/call.ts';
import type { Refused } from '#contract/kit/failure.ts';
import type { Ctx, Job } from './db/context.ts';
import type { Head } from './db/heads.ts';

/** What a handler gets beside its input: progress of a job, and what was prepared outside the transaction. */
export interface Aid {
  readonly job?: Job;
  readonly prepared?: unknown;
  /** For jobs: the newest head of the audit log that this PC knew before the company was read. */
  readonly known?: Head | null;
}

/** What a job that writes last has read: `keep` writes it, in a short transaction on a connection of its own, and must judge anew what may have changed since. */
export interface Findings<T> {
  readonly keep: (ctx: Ctx) => T;
}

export type Handler<N extends CallName> = (ctx: Ctx, input: InputOf<AllCalls[N]>, aid: Aid) => OutputOf<AllCalls[N]> | Refused | Promise<OutputOf<AllCalls[N]>> | Findings<OutputOf<AllCalls[N]>>;
/** Who answers each call. Restoring replaces the database itself: the office does it. */
export type Handlers = { readonly [N in Exclude<CallName, `desk.${string}` | 'backup.restore'>]: Handler<N> };
