import { z } from 'zod';
import { booksSchema, type ChartAccount, type ChartPackInfo } from '../budgets/books.ts';
import { call, nothing } from '../kit/call.ts';
import type { Failure } from '../kit/failure.ts';
import { type Language, languages } from '../kit/words.ts';

/** The desktop before and around a company: which folder is open, dialogs, jobs, appearance. Only the window has these. */

export interface RecentCompany {
  readonly folder: string;
  readonly name: string;
  readonly opened_at: number;
  readonly found: boolean;
}

/** Why a company could not be opened, with what may help; each kind has its own screen. */
export interface OpenProblem {
  readonly kind: 'missing' | 'not_bureau' | 'owned' | 'network' | 'synced' | 'newer' | 'damaged' | 'read_only' | 'full' | 'migration' | 'other';
  readonly folder: string;
  readonly failure: Failure;
  /** The newest backup that verified, if there is one. */
  readonly backup: string | null;
  /** Who holds the company open, as its lease tells. */
  readonly owner?: string;
}

export interface JobState {
  readonly id: string;
  readonly call: string;
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly message: string;
  readonly started_at: number;
}

export interface Desk {
  readonly version: string;
  readonly electron: string;
  readonly recent: readonly RecentCompany[];
  readonly open: { readonly folder: string; readonly name: string } | null;
  readonly problem: OpenProblem | null;
  readonly language: Language;
  readonly theme: 'system' | 'light' | 'dark' | 'contrast';
  readonly default_folder: string;
}

/** What a new company starts with. */
export const createSchema = z.strictObject({
  folder: z.string().min(1).max(4096),
  name: z.string().trim().min(1).max(200),
  currency: z.string().regex(/^[A-Z]{3}$/, 'is not a currency code (ISO 4217)'),
  country: z.string().regex(/^([A-Z]{2})?$/, 'is not a country code (ISO 3166)').optional(),
  language: z.enum(languages).optional(),
  owner: z.strictObject({ name: z.string().trim().min(1).max(200), sign_in: z.string().trim().min(1).max(60), password: z.union([z.literal(''), z.string().min(8, 'needs at least 8 characters').max(200)]) }).optional(),
  /** The books begin with a chart of accounts; without, they are set up later or never. */
  books: booksSchema.optional(),
  demo: z.strictObject({ people: z.int().min(10).max(300_000), seed: z.int().min(0).max(4_294_967_295) }).optional(),
});

const folder = z.strictObject({ folder: z.string().min(1).max(4096) });

export const deskCalls = {
  'desk.state': call<Desk>()({ kind: 'desk', input: nothing, needs: 'anyone', about: 'What the desktop shows before a company is open.' }),
  'desk.create': call<{ readonly folder: string }>()({ kind: 'desk', input: createSchema, needs: 'anyone', secret: true, about: 'Creates a company in a new or empty folder and opens it.' }),
  'desk.charts': call<readonly ChartPackInfo[]>()({ kind: 'desk', input: nothing, needs: 'anyone', about: 'Charts of accounts that a new company can begin with.' }),
  'desk.chart': call<readonly ChartAccount[]>()({ kind: 'desk', input: z.strictObject({ code: z.string().max(20) }), needs: 'anyone', about: 'The accounts of one of these charts, in the order of its tree.' }),
  'desk.open': call<{ readonly folder: string }>()({ kind: 'desk', input: folder, needs: 'anyone', about: 'Opens a company; the one before is backed up and closed.' }),
  'desk.close': call<null>()({ kind: 'desk', input: nothing, needs: 'anyone', about: 'Backs up and closes the open company.' }),
  'desk.forget': call<null>()({ kind: 'desk', input: folder, needs: 'anyone', about: 'Takes a folder off the recent list; the folder itself stays.' }),
  'desk.rescue': call<{ readonly folder: string }>()({ kind: 'desk', input: z.strictObject({ folder: z.string().min(1).max(4096), backup: z.string().max(200) }), needs: 'anyone', about: 'Opens a damaged company from its newest verified backup; the damaged files are set aside, not deleted.' }),
  'desk.appearance': call<null>()({ kind: 'desk', input: z.strictObject({ language: z.enum(languages).optional(), theme: z.enum(['system', 'light', 'dark', 'contrast']).optional() }), needs: 'anyone', about: 'Sets language and theme of this PC.' }),
  'desk.pick_folder': call<{ readonly folder: string } | null>()({ kind: 'desk', input: z.strictObject({ purpose: z.enum(['create', 'open']) }), needs: 'anyone', about: 'Asks for a folder; null when the user cancelled.' }),
  'desk.pick_file': call<{ readonly token: string; readonly name: string; readonly bytes: number } | null>()({ kind: 'desk', input: z.strictObject({ kinds: z.array(z.enum(['csv', 'xlsx', 'vcard', 'ical', 'ledger'])).max(4) }), needs: 'user', about: 'Asks for a file to import; the window gets a token, not the path.' }),
  'desk.pick_target': call<{ readonly token: string; readonly name: string } | null>()({ kind: 'desk', input: z.strictObject({ name: z.string().min(1).max(200) }), needs: 'user', about: 'Asks where to save; the window gets a token, not the path.' }),
  'desk.show_file': call<null>()({ kind: 'desk', input: z.strictObject({ token: z.string().min(1).max(100) }), needs: 'user', about: 'Shows a saved file in its folder.' }),
  'desk.print': call<{ readonly token: string } | null>()({ kind: 'desk', input: z.strictObject({ html: z.string().max(20_000_000), name: z.string().min(1).max(200), to: z.enum(['pdf', 'printer']) }), needs: 'user', about: 'Prints a report or saves it as PDF; the page is rendered without scripts and without network.' }),
  'desk.jobs': call<readonly JobState[]>()({ kind: 'desk', input: nothing, needs: 'user', about: 'Running jobs and those that ended last.' }),
  'desk.cancel': call<null>()({ kind: 'desk', input: z.strictObject({ id: z.string().max(100) }), needs: 'user', about: 'Cancels a running job.' }),
};

/** What main tells the window without being asked. */
export type DeskEvent =
  | { readonly type: 'changed'; readonly entities: readonly string[] }
  | { readonly type: 'job'; readonly job: JobState }
  | { readonly type: 'session' }
  | { readonly type: 'desk' };

/** The gate: all that the window has of the world outside. */
export interface Bridge {
  /** Asks; `id` makes a retry of a write harmless. */
  readonly call: (name: string, input: unknown, id: string) => Promise<unknown>;
  /** Listens to `DeskEvent`s; returns how to stop. */
  readonly listen: (listener: (event: DeskEvent) => void) => () => void;
  /** Turns a dropped file into a token that imports accept; null when it has no path. */
  readonly dropped: (file: unknown) => Promise<{ readonly token: string; readonly name: string; readonly bytes: number } | null>;
}
