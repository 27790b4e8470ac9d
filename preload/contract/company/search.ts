import { z } from 'zod';
import { call, nothing } from '../kit/call.ts';

/** One hit. `snippet` shows where the words stand, with the hits between « and ». */
export interface Hit {
  readonly entity: string;
  readonly id: number;
  readonly title: string;
  readonly subtitle: string;
  readonly snippet: string;
  readonly archived: boolean;
}

/** `corrected` says which words were also read as which, when nothing or hardly anything was spelt that way and the other reading found more. */
export interface Found {
  readonly hits: readonly Hit[];
  readonly corrected: Readonly<Record<string, string>>;
}

export const searchCalls = {
  'search.find': call<Found>()({
    kind: 'heavy',
    input: z.strictObject({ text: z.string().max(200), entity: z.string().max(40).optional(), limit: z.int().min(1).max(100).optional() }),
    needs: 'user',
    about: 'Finds records and the text of files by word beginnings, in spite of typing errors; only what the user may see.',
  }),
  'preference.all': call<Readonly<Record<string, unknown>>>()({ kind: 'read', input: nothing, needs: 'user', about: 'What the user has arranged: columns, views, theme.' }),
  'preference.set': call<null>()({
    kind: 'write',
    input: z.strictObject({ key: z.string().regex(/^[\w.:-]{1,100}$/), value: z.json() }),
    needs: 'user',
    about: 'Remembers how the user arranged something.',
  }),
};
