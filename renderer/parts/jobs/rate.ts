import type { JobState } from '#contract/company/desk.ts';

/** How fast a job goes and how long it will take, from the counts that it told. */

export interface Pace {
  /** From 0 to 1, or null when the job does not know how much there is. */
  readonly part: number | null;
  /** Things done a second, or null when it is too early to say. */
  readonly rate: number | null;
  /** Seconds left, or null when it is too early to say. */
  readonly left: number | null;
}

/** A first guess after a few milliseconds would jump about; it is better not to say anything. */
const tooEarly = 1500;

export function paceOf(job: Pick<JobState, 'done' | 'total' | 'started_at'>, now: number): Pace {
  const part = job.total > 0 ? Math.min(1, Math.max(0, job.done / job.total)) : null;
  const spent = now - job.started_at;
  if (spent < tooEarly || job.done <= 0) return { part, rate: null, left: null };
  const rate = job.done / (spent / 1000);
  return { part, rate, left: job.total > job.done ? (job.total - job.done) / rate : part === null ? null : 0 };
}

/** Seconds as people say them: whole minutes from two on, steps of five seconds below. */
export function roughly(seconds: number): { readonly unit: 'seconds' | 'minutes' | 'hours'; readonly count: number } {
  if (seconds < 100) return { unit: 'seconds', count: Math.max(1, seconds < 10 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5) };
  if (seconds < 5400) return { unit: 'minutes', count: Math.max(2, Math.round(seconds / 60)) };
  return { unit: 'hours', count: Math.max(2, Math.round(seconds / 3600)) };
}
