import { useState } from 'react';
import type { CallName } from '#contract/calls.ts';
import { JobProgress } from '../parts/jobs/JobProgress.tsx';
import type { JobOf } from '../parts/jobs/useJob.ts';
import { useLong } from '../parts/Loading.tsx';
import { Problem } from '../parts/Problem.tsx';

/** A job of this screen while it runs, and what went wrong with it; nothing for the first 150 ms and when it is done. */
export function Working<N extends CallName>({ of, label, retry }: { readonly of: JobOf<N>; readonly label: string; readonly retry?: () => void }) {
  const { phase, job, cancel } = of;
  const [begun] = useState(Date.now);
  const long = useLong(phase.state === 'running');
  if (phase.state === 'failed') return <Problem failure={phase.failure} retry={retry} />;
  if (phase.state !== 'running' || !long) return null;
  const shown = job ?? { id: phase.id, call: '', label, done: 0, total: 0, state: 'running' as const, message: '', started_at: begun };
  return <JobProgress job={shown} label={label} onCancel={cancel} />;
}
