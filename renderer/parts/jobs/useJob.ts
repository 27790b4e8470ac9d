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

/** How a job ended whose screen was left meanwhile. */
export type Ending<N extends CallName> = Exclude<Phase<OutputOf<AllCalls[N]>>, { readonly state: 'idle' | 'running' }>;

/**
 * One job that a screen starts and waits for. Starting again cancels the one before; leaving the screen lets it run on, and
 * `away` hears how it ended.
 */
export function useJob<N extends CallName>(name: N, away?: (ending: Ending<N>) => void): JobOf<N> {
  const [phase, setPhase] = useState<Phase<OutputOf<AllCalls[N]>>>({ state: 'idle' });
  const current = useRef<{ readonly id: string; cancelled: boolean } | null>(null);
  const here = useRef(true);
  const told = useRef(away);
  const jobs = useJobs().data;
  const job = phase.state === 'running' ? jobs?.find((one) => one.id === phase.id) : undefined;

  useEffect(() => {
    told.current = away;
  });
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
      setPhase({ state: 'running', id: mine.id });
      const end = (ending: Ending<N>): void => {
        if (current.current !== mine) return;
        current.current = null;
        if (here.current) setPhase(ending);
        else told.current?.(ending);
      };
      try {
        const value = await office[name](input, mine.id);
        const latest = here.current && current.current === mine;
        end({ state: 'done', value });
        return latest ? value : null;
      } catch (thrown) {
        end(mine.cancelled ? { state: 'cancelled' } : { state: 'failed', failure: failureOf(thrown) });
        return null;
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
