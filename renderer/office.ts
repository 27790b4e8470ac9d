import type { AllCalls, CallName } from '#contract/calls.ts';
import type { Bridge } from '#contract/company/desk.ts';
import type { InputOf, OutputOf } from '#contract/kit/call.ts';
import type { Failure, Reply } from '#contract/kit/failure.ts';

declare global {
  interface Window {
    readonly bureau: Bridge;
  }
}

/** A call that failed, as the office told it; `message` is in the language of the user. */
export class CallFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

type Office = { readonly [N in CallName]: (input: InputOf<AllCalls[N]>, requestId?: string) => Promise<OutputOf<AllCalls[N]>> };

/** Asks by name when the name is only known at run time (generic parts). */
export async function ask(name: string, input: unknown, requestId: string = crypto.randomUUID()): Promise<unknown> {
  const reply = (await window.bureau.call(name, input, requestId)) as Reply<unknown>;
  if (!reply.ok) throw new CallFailed(reply.failure);
  return reply.value;
}

/** The typed client: `office['party.get']({ id: 7 })`. Give the same request id again to retry a write without doing it twice. */
export const office = new Proxy({} as Office, { get: (_target, name) => (input: unknown, requestId?: string) => ask(String(name), input, requestId) });
