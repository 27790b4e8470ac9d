import { z } from 'zod';
import { call, type Written } from '../kit/call.ts';
import { idSchema } from '../kit/schema.ts';

/** Any record to any record, and notes on any record. Rights follow the records at both ends. */

export const recordRef = z.strictObject({ entity: z.string().min(1).max(40), id: idSchema });
export type RecordRef = z.infer<typeof recordRef>;

/** The other end of a link, as seen from one record. */
export interface Linked {
  readonly link_id: number;
  readonly entity: string;
  readonly id: number;
  readonly title: string;
  readonly subtitle: string;
  readonly archived: boolean;
  readonly relation: string;
  readonly at: number;
}

export interface Note {
  readonly id: number;
  readonly text: string;
  readonly at: number;
  readonly by: string;
  readonly version: number;
}

export const linkCalls = {
  'link.list': call<readonly Linked[]>()({ kind: 'read', input: recordRef, needs: 'user', about: 'What a record is linked to, from either side.' }),
  'link.create': call<Written>()({
    kind: 'write',
    input: z.strictObject({ from: recordRef, to: recordRef, relation: z.string().trim().max(60).optional() }),
    needs: 'user',
    about: 'Links two records; both sides show it. Asks for write on one of them and read on the other.',
  }),
  'link.remove': call<Written>()({ kind: 'write', input: z.strictObject({ link_id: idSchema }), needs: 'user', about: 'Takes a link away; the log keeps it.' }),
  'note.list': call<readonly Note[]>()({ kind: 'read', input: recordRef, needs: 'user', about: 'The notes on a record, newest first.' }),
  'note.create': call<Written>()({ kind: 'write', input: z.strictObject({ on: recordRef, text: z.string().trim().min(1).max(20_000) }), needs: 'user', about: 'Writes a note on a record.' }),
  'note.update': call<Written>()({ kind: 'write', input: z.strictObject({ id: idSchema, version: idSchema, text: z.string().trim().min(1).max(20_000) }), needs: 'user', about: 'Changes a note; the log keeps what it said.' }),
  'note.remove': call<Written>()({ kind: 'write', input: z.strictObject({ id: idSchema, version: idSchema }), needs: 'user', about: 'Takes a note away; the log keeps what it said.' }),
};
