import { z } from 'zod';
import { call, needs } from '../kit/call.ts';
import { isDay } from '../kit/day.ts';
import { recordRef } from '../records/links.ts';

/** One line of a timeline: who did what, when, and what changed. Values the role may not see are absent. */
export interface Change {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly action: string;
  readonly entity: string;
  readonly id: number | null;
  readonly title: string;
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

export const auditCalls = {
  'record.timeline': call<readonly Change[]>()({ kind: 'read', input: z.strictObject({ ...recordRef.shape, limit: z.int().min(1).max(1000).optional() }), needs: 'user', about: 'What happened to a record, newest first.' }),
  'record.as_of': call<Readonly<Record<string, unknown>> | null>()({
    kind: 'read',
    input: z.strictObject({ ...recordRef.shape, day: z.string().refine(isDay, 'is not a day (YYYY-MM-DD)') }),
    needs: 'user',
    about: 'The values of a record at the end of a past day (UTC), null when it did not exist yet.',
  }),
  'audit.list': call<{ readonly rows: readonly Change[]; readonly next: number | null }>()({
    kind: 'read',
    input: z.strictObject({ before: z.int().positive().optional(), entity: z.string().max(40).optional(), user_id: z.int().positive().optional(), folded: z.boolean().optional(), limit: z.int().min(1).max(1000).optional() }),
    needs: needs('audit', 'read'),
    about: 'The audit log, newest first; `folded` leaves one line of all that the founding of the company wrote.',
  }),
};
