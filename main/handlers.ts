import type { AllCalls, CallName } from '#contract/calls.ts';
import type { InputOf, OutputOf } from '#contract/kit/call.ts';
import type { Refused } from '#contract/kit/failure.ts';
import type { Ctx, Job } from './db/context.ts';

/** What a handler gets beside its input: progress of a job, and what was prepared outside the transaction. */
export interface Aid {
  readonly job?: Job;
  readonly prepared?: unknown;
  readonly headsDir?: string;
}

export type Handler<N extends CallName> = (ctx: Ctx, input: InputOf<AllCalls[N]>, aid: Aid) => OutputOf<AllCalls[N]> | Refused | Promise<OutputOf<AllCalls[N]>>;
/** Who answers each call. Restoring replaces the database itself: the office does it. */
export type Handlers = { readonly [N in Exclude<CallName, `desk.${string}` | 'backup.restore'>]: Handler<N> };
