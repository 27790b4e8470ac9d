import { z } from 'zod';
import { call, crud, needs, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, longtext, tags, text } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';

/** A paper: any file with its versions, tags and the day until which it must be kept. */
export const document = entity({
  name: 'document',
  table: 'documents',
  label: w('Document', 'Dokument'),
  plural: w('Documents', 'Dokumente'),
  area: 'document',
  filing: { module: 'records', icon: 'Document' },
  title: 'title',
  subtitle: 'number',
  order: 'title',
  list: ['title', 'number', 'kind', 'document_day', 'retain_until', 'tags'],
  search: ['title', 'number', 'tags', 'remarks'],
  keys: ['number'],
  numbered: { field: 'number', prefix: 'DOC-' },
  purpose: w('Every paper of the firm. Drop files here or on any record; their text is searched.', 'Alle Papiere der Firma. Dateien hierher oder auf einen Datensatz ziehen; ihr Text wird durchsucht.'),
  fields: {
    title: text(w('Title', 'Titel'), { required: true, sortable: true, max: 300, width: 320, aliases: ['name', 'subject'] }),
    number: text(w('Number', 'Nummer'), { max: 40, unique: true, sortable: true, width: 110 }),
    kind: choice(w('Kind', 'Art'), [
      { value: 'contract', label: w('Contract', 'Vertrag') },
      { value: 'invoice', label: w('Invoice', 'Rechnung') },
      { value: 'letter', label: w('Letter', 'Schreiben') },
      { value: 'certificate', label: w('Certificate', 'Bescheinigung') },
      { value: 'policy', label: w('Policy', 'Richtlinie') },
      { value: 'photo', label: w('Photo', 'Foto') },
      { value: 'other', label: w('Other', 'Sonstiges') },
    ], { required: true, sortable: true, width: 120 }),
    document_day: day(w('Dated', 'Datum'), { sortable: true, width: 110, aliases: ['date', 'datum'] }),
    retain_until: day(w('Keep until', 'Aufbewahren bis'), { sortable: true, width: 120 }),
    tags: tags(w('Tags', 'Schlagwörter'), { width: 140 }),
    remarks: longtext(w('Remarks', 'Bemerkungen')),
  },
});

/** One stored file of a document. `hash` is the SHA-256 of its bytes and its name in the company's `files` folder. */
export interface DocumentVersion {
  readonly id: number;
  readonly document_id: number;
  readonly number: number;
  readonly file_name: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly hash: string;
  readonly added_at: number;
  readonly added_by: string;
  readonly text_known: boolean;
}

/** A file to store: base64 from a window, or a path from the command line. At most 50 MB. */
const fileInput = z.strictObject({
  file_name: z.string().min(1).max(255),
  base64: z.string().max(70_000_000),
});

export const documentCalls = {
  ...crud(document),
  'document.add': call<Written & { readonly hash: string; readonly known: boolean }>()({
    kind: 'write',
    input: z.strictObject({
      ...fileInput.shape,
      title: z.string().max(300).optional(),
      document_id: idSchema.optional(),
      attach: z.strictObject({ entity: z.string().max(40), id: idSchema }).optional(),
    }),
    needs: needs('document', 'write'),
    of: 'document',
    about: 'Stores a file as a new document, or as the next version of `document_id`; `attach` links it to a record. Text of PDF and text files becomes searchable.',
  }),
  'document.versions': call<readonly DocumentVersion[]>()({ kind: 'read', input: z.strictObject({ id: idSchema }), needs: needs('document', 'read'), of: 'document', about: 'The versions of a document, newest first.' }),
  'document.content': call<{ readonly file_name: string; readonly media_type: string; readonly base64: string }>()({
    kind: 'read',
    input: z.strictObject({ version_id: idSchema }),
    needs: needs('document', 'read'),
    of: 'document',
    about: 'The bytes of one version, for preview; their hash is checked first.',
  }),
};
