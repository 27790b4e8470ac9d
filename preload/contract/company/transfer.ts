import { z } from 'zod';
import { call, needs } from '../kit/call.ts';
import { listSchema } from '../kit/schema.ts';

/** Import and export of any entity: CSV, XLSX, vCard (parties), iCalendar (events). */

export const formats = ['csv', 'xlsx', 'vcard', 'ical'] as const;
export type Format = (typeof formats)[number];

/** How a file is read. What is left out is guessed and reported back. */
export const readingSchema = z.strictObject({
  format: z.enum(formats).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'macintosh']).optional(),
  header: z.boolean().optional(),
  sheet: z.string().max(200).optional(),
  day_order: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  decimal_point: z.enum(['.', ',']).optional(),
});
export type Reading = z.infer<typeof readingSchema>;

/** Where the file is: a token that the file dialog or a drop gave to this window, or a path from the command line. */
export const sourceSchema = z.string().min(1).max(4096);

/**
 * Column of the file (by position, from 0) to field of the entity; null leaves the column out. `values` are fixed values for fields no
 * column fills; `prefixes` stand before every text of a field, such as "S-" before the numbers of suppliers, which other lists also count from 1.
 */
export const mappingSchema = z.strictObject({
  columns: z.array(z.string().max(60).nullable()).max(16_384),
  values: z.record(z.string().max(60), z.json()).optional(),
  prefixes: z.record(z.string().max(60), z.string().max(20)).optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** A first look into a file. */
export interface Looked {
  readonly reading: { readonly [K in keyof Reading]-?: NonNullable<Reading[K]> };
  readonly sheets: readonly string[];
  readonly columns: readonly { readonly name: string; readonly samples: readonly string[] }[];
  readonly mapping: Mapping;
  /** True when the mapping was remembered from an earlier import of a file with these columns. */
  readonly remembered: boolean;
  readonly bytes: number;
}

/** One thing wrong with one row; `row` is the line in a spreadsheet, the header being 1. */
export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

/** Result of a dry run, and of the import itself (`import_id` and then set). */
export interface Checked {
  readonly rows: number;
  readonly good: number;
  readonly create: number;
  readonly update: number;
  readonly same: number;
  readonly refused: number;
  /** The first 1,000 problems; `problem_count` counts all of them. */
  readonly problems: readonly RowProblem[];
  readonly problem_count: number;
  readonly sample: readonly Readonly<Record<string, unknown>>[];
  readonly import_id: number | null;
}

export interface ImportRun {
  readonly id: number;
  readonly entity: string;
  readonly file_name: string;
  readonly at: number;
  readonly by: string;
  readonly created: number;
  readonly updated: number;
  readonly refused: number;
  readonly undone_at: number | null;
}

/** What to do with a row whose key is already known. */
export const knownSchema = z.enum(['skip', 'update', 'refuse']);

const job = z.strictObject({
  entity: z.string().max(40),
  source: sourceSchema,
  reading: readingSchema.optional(),
  mapping: mappingSchema.optional(),
  known: knownSchema.optional(),
});

export const transferCalls = {
  'import.look': call<Looked>()({ kind: 'job', input: z.strictObject({ entity: z.string().max(40), source: sourceSchema, reading: readingSchema.optional() }), needs: needs('transfer', 'read'), label: { en: 'Reading the file', de: 'Datei wird gelesen' }, about: 'Looks into a file: guesses format, delimiter, encoding, header and mapping.' }),
  'import.check': call<Checked>()({ kind: 'job', input: job, needs: needs('transfer', 'read'), label: { en: 'Checking the file', de: 'Datei wird geprüft' }, about: 'Dry run: checks every row and changes nothing.' }),
  'import.run': call<Checked>()({
    kind: 'job',
    writes: true,
    input: z.strictObject({ ...job.shape, partial: z.boolean().optional() }),
    needs: needs('transfer', 'write'),
    label: { en: 'Importing', de: 'Import läuft' },
    about: 'Imports a file in one transaction: all rows or none, or with `partial` the good ones.',
  }),
  'import.undo': call<{ readonly removed: number; readonly put_back: number }>()({ kind: 'job', writes: true, input: z.strictObject({ id: z.int().positive() }), needs: needs('transfer', 'write'), label: { en: 'Undoing the import', de: 'Import wird zurückgenommen' }, about: 'Takes a whole import back; refused when its records have been changed or used since.' }),
  'import.history': call<readonly ImportRun[]>()({ kind: 'read', input: z.strictObject({}), needs: needs('transfer', 'read'), about: 'Imports that were made, newest first.' }),
  'export.run': call<{ readonly rows: number; readonly bytes: number; readonly path: string }>()({
    kind: 'job',
    input: z.strictObject({ entity: z.string().max(40), format: z.enum(formats), target: z.string().min(1).max(4096), list: listSchema.optional(), fields: z.array(z.string().max(60)).max(200).optional() }),
    needs: needs('transfer', 'read'),
    label: { en: 'Exporting', de: 'Export läuft' },
    about: 'Writes a list to a file, streaming; formula cells are made inert. `target` is a path (command line) or a token from the save dialog.',
  }),
};
