import { useCallback, useEffect, useRef, useState } from 'react';
import type { AllCalls, CallName } from '#contract/calls.ts';
import type { JobState } from '#contract/company/desk.ts';
import type { InputOf, OutputOf } from '#contract/kit/call.ts';
import type { Failure } from '#contract/kit/failure.ts';
import { office } from '../../office.ts';
import { useJobs } from '../../query.ts';
import { failureOf } from '../Problem.tsx';

/** Where one job stands, for the screen that started it. */
export type Phase<O> =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly id: string }
  | { readonly state: 'done'; readonly value: O }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: Failure };

export interface RunningJob<I, O> {
  readonly phase: Phase<O>;
  /** Progress while it runs, as far as main has told. */
  readonly job: JobState | undefined;
  /** Starts it; resolves with the value, or null when it failed, was cancelled or was started again (see `phase`). */
  readonly start: (input: I) => Promise<O | null>;
  readonly cancel: () => void;
  readonly reset: () => void;
}

export type JobOf<N extends CallName> = RunningJob<InputOf<AllCalls[N]>, OutputOf<AllCalls[N]>>;

export const cancelJob = (id: string): Promise<null> => office['desk.cancel']({ id });

/** One job that a screen starts and waits for. Starting again cancels the one before; leaving the screen lets it run on. */
export function useJob<N extends CallName>(name: N): JobOf<N> {
  const [phase, setPhase] = useState<Phase<OutputOf<AllCalls[N]>>>({ state: 'idle' });
  const current = useRef<{ readonly id: string; cancelled: boolean } | null>(null);
  const here = useRef(true);
  const jobs = useJobs().data;
  const job = phase.state === 'running' ? jobs?.find((one) => one.id === phase.id) : undefined;

  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const cancel = useCallback(() => {
    const running = current.current;
    if (!running) return;
    running.cancelled = true;
    // A job that has just ended cannot be cancelled any more; its own reply tells how it ended.
    cancelJob(running.id).catch(() => undefined);
  }, []);

  const start = useCallback(
    async (input: InputOf<AllCalls[N]>): Promise<OutputOf<AllCalls[N]> | null> => {
      cancel();
      const mine = { id: crypto.randomUUID(), cancelled: false };
      current.current = mine;
      const latest = (): boolean => here.current && current.current === mine;
      setPhase({ state: 'running', id: mine.id });
      try {
        const value = await office[name](input, mine.id);
        if (!latest()) return null;
        setPhase({ state: 'done', value });
        return value;
      } catch (thrown) {
        if (latest()) setPhase(mine.cancelled ? { state: 'cancelled' } : { state: 'failed', failure: failureOf(thrown) });
        return null;
      } finally {
        if (current.current === mine) current.current = null;
      }
    },
    [cancel, name],
  );

  const reset = useCallback(() => {
    current.current = null;
    setPhase({ state: 'idle' });
  }, []);

  return { phase, job, start, cancel, reset };
}
