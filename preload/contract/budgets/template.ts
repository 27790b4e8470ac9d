import { z } from 'zod';
import { call, crud, needs, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, longtext, money, ref, text, whole } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';
import { entryDraftSchema, type EntryDraft, journalNames, journals, type Line } from './entry.ts';
import { daySchema } from './period.ts';

/** An entry kept to be made again: its lines with amounts, with shares of an amount that is asked, or left open. */
export const entryTemplate = entity({
  name: 'entry_template',
  table: 'entry_templates',
  ruled: true,
  label: w('Entry template', 'Buchungsvorlage'),
  plural: w('Entry templates', 'Buchungsvorlagen'),
  area: 'entry',
  filing: { module: 'budgets', icon: 'DocumentCopy' },
  title: 'name',
  subtitle: 'code',
  order: 'name',
  list: ['name', 'code', 'narration', 'journal', 'reference'],
  search: ['name', 'code', 'narration'],
  keys: ['name'],
  purpose: w('Entries that come again and again, ready to be used with a key.', 'Buchungen, die immer wieder vorkommen, mit einer Taste zu verwenden.'),
  fields: {
    name: text(w('Template', 'Vorlage'), { required: true, unique: true, sortable: true, width: 260 }),
    code: text(w('Code', 'Kürzel'), { max: 20, unique: true, sortable: true, width: 90 }),
    journal: choice(w('Journal', 'Buchungsjournal'), journals, { width: 120 }),
    narration: text(w('Narration', 'Buchungstext'), { max: 500, width: 270, hint: w('{day}, {month}, {quarter} and {year} are filled in by the date of the entry.', '{day}, {month}, {quarter} und {year} werden nach dem Datum der Buchung eingesetzt.') }),
    reference: text(w('Reference', 'Beleg'), { max: 100, width: 120 }),
    remarks: longtext(w('Remarks', 'Bemerkungen')),
  },
});

export const sides = [
  { value: 'debit', label: w('Debit', 'Soll') },
  { value: 'credit', label: w('Credit', 'Haben') },
] as const;

/** A line of a template. Lists, merging and exports know it; it is written with its template. */
export const entryTemplateLine = entity({
  name: 'entry_template_line',
  table: 'entry_template_lines',
  ruled: true,
  label: w('Line of a template', 'Zeile einer Vorlage'),
  plural: w('Lines of templates', 'Zeilen von Vorlagen'),
  area: 'entry',
  filing: { module: 'budgets', icon: 'DocumentCopy' },
  title: 'text',
  order: 'line',
  list: ['line', 'account_id', 'side', 'amount', 'share', 'text'],
  search: [],
  partOf: 'template_id',
  purpose: w('What a template writes, line by line.', 'Was eine Vorlage schreibt, Zeile für Zeile.'),
  fields: {
    template_id: ref(w('Entry template', 'Buchungsvorlage'), 'entry_template', { required: true, width: 200 }),
    line: whole(w('Line', 'Zeile'), { required: true, sortable: true, range: [1, 20_000], width: 70 }),
    account_id: ref(w('Account', 'Konto'), 'account', { width: 200 }),
    side: choice(w('Side', 'Seite'), sides, { width: 90 }),
    amount: money(w('Amount', 'Betrag'), 'none', { width: 120 }),
    share: text(w('Share', 'Anteil'), { max: 40, width: 90 }),
    currency: text(w('Currency', 'Währung'), { max: 24, width: 80 }),
    quantity: whole(w('In currency', 'In Währung'), { width: 110 }),
    party_id: ref(w('Person or firm', 'Person oder Firma'), 'party', { width: 160 }),
    department_id: ref(w('Department', 'Abteilung'), 'department', { width: 140 }),
    place_id: ref(w('Place', 'Ort'), 'place', { width: 140 }),
    project_id: ref(w('Project', 'Projekt'), 'project', { width: 140 }),
    tax_code_id: ref(w('Tax code', 'Steuerschlüssel'), 'tax_code', { width: 120 }),
    text: text(w('Text', 'Text'), { max: 500, width: 200 }),
  },
});

const minor = z.int().min(1).max(9_000_000_000_000_000);
/** A share of the amount that is asked: percent with up to six decimals, or a fraction. */
export const sharePattern = /^(?:\d{1,4}(?:\.\d{1,6})?%|\d{1,15}\/[1-9]\d{0,14})$/;

/**
 * A line as it is typed. `side` with `amount` (minor units of the company's currency), or with `currency` and `quantity` (minor units of that one,
 * valued by the rate of the day), or with `share` of the amount that is asked (`60%`, `1/3`); with none of them the line is left open.
 */
export const templateLineSchema = z.strictObject({
  account_id: idSchema.nullable(),
  side: z.enum(['debit', 'credit', '']).optional(),
  amount: minor.nullable().optional(),
  share: z.string().regex(sharePattern, 'is no share (60% or 1/3)').or(z.literal('')).optional(),
  currency: z.string().trim().max(24).optional(),
  quantity: minor.nullable().optional(),
  party_id: idSchema.nullable().optional(),
  department_id: idSchema.nullable().optional(),
  place_id: idSchema.nullable().optional(),
  project_id: idSchema.nullable().optional(),
  tax_code_id: idSchema.nullable().optional(),
  /** Own tags, in any order. */
  tags: z.array(idSchema).max(50).readonly().optional(),
  text: z.string().trim().max(500).optional(),
});
export type TemplateLineDraft = z.infer<typeof templateLineSchema>;

/** A line with the name and number of its account. */
export interface TemplateLine {
  readonly line: number;
  readonly account_id: number | null;
  readonly account: string;
  readonly number: string;
  readonly side: 'debit' | 'credit' | '';
  readonly amount: number | null;
  readonly share: string;
  readonly currency: string;
  readonly quantity: number | null;
  readonly party_id: number | null;
  readonly department_id: number | null;
  readonly place_id: number | null;
  readonly project_id: number | null;
  readonly tax_code_id: number | null;
  /** Ids of own tags, ascending. */
  readonly tags: readonly number[];
  readonly text: string;
}

/** What using a template gives; nothing is written. */
export interface Filled {
  readonly template: { readonly id: number; readonly name: string };
  /** Some lines are shares: an amount is asked. */
  readonly asks: boolean;
  /** The entry, as `entry.save` and `entry.add` take it. Lines left open have no amount. */
  readonly draft: EntryDraft;
  /** The same lines with the names of their accounts. */
  readonly lines: readonly Line[];
  /** Lines that still want an amount, and on which side. */
  readonly open: readonly { readonly line: number; readonly side: 'debit' | 'credit' | '' }[];
}

const headSchema = z.strictObject({
  name: z.string().trim().min(1, 'must be filled in').max(200),
  code: z.string().trim().max(20).optional(),
  journal: z.enum(journalNames).optional(),
  narration: z.string().trim().max(500).optional(),
  reference: z.string().trim().max(100).optional(),
  remarks: z.string().max(20_000).optional(),
});

const { 'entry_template.list': list, 'entry_template.map': map, 'entry_template.get': get, 'entry_template.names': names, 'entry_template.archive': archive, 'entry_template.restore': restore } = crud(entryTemplate);
const { 'entry_template_line.list': lineList, 'entry_template_line.map': lineMap, 'entry_template_line.get': lineGet, 'entry_template_line.names': lineNames } = crud(entryTemplateLine);

export const templateCalls = {
  'entry_template.list': list,
  'entry_template.map': map,
  'entry_template.get': get,
  'entry_template.names': names,
  'entry_template.archive': archive,
  'entry_template.restore': restore,
  'entry_template_line.list': lineList,
  'entry_template_line.map': lineMap,
  'entry_template_line.get': lineGet,
  'entry_template_line.names': lineNames,
  'entry_template.lines': call<readonly TemplateLine[]>()({ kind: 'read', input: z.strictObject({ id: idSchema }), needs: needs('entry', 'read'), of: 'entry_template', about: 'The lines of a template, in order.' }),
  'entry_template.save': call<Written>()({
    kind: 'write',
    input: headSchema.extend({ id: idSchema.optional(), version: idSchema.optional(), lines: z.array(templateLineSchema).max(500) }),
    needs: needs('entry', 'write'),
    of: 'entry_template',
    about: 'Saves a template with its lines: a new one, or with id and version an older one anew.',
  }),
  'entry_template.take': call<Written>()({
    kind: 'write',
    input: z
      .strictObject({ name: headSchema.shape.name, code: headSchema.shape.code, amounts: z.enum(['fixed', 'open', 'share']).optional(), entry_id: idSchema.optional(), draft: entryDraftSchema.optional() })
      .refine(({ entry_id, draft }) => (entry_id === undefined) !== (draft === undefined), 'names an entry or gives a draft'),
    needs: needs('entry', 'write'),
    of: 'entry_template',
    about: 'Makes a template of an entry or a draft: with its amounts, with its lines left open, or with their shares of its total.',
  }),
  'entry_template.fill': call<Filled>()({
    kind: 'read',
    input: z.strictObject({ id: idSchema, day: daySchema, amount: minor.optional() }),
    needs: needs('entry', 'read'),
    of: 'entry_template',
    about: 'The entry that a template makes on a day, its shares out of `amount` (minor units of the company) without losing a cent; writes nothing.',
  }),
};
