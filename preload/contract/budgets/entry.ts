import { z } from 'zod';
import { call, crud, needs, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, money, ref, text, time, whole } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';
import { daySchema, reasonSchema } from './period.ts';

/** Journals, each with a gapless series of numbers a year. */
export const journals = [
  { value: 'general', label: w('General', 'Allgemein') },
  { value: 'sales', label: w('Sales', 'Verkauf') },
  { value: 'purchase', label: w('Purchases', 'Einkauf') },
  { value: 'bank', label: w('Bank', 'Bankbuchungen') },
  { value: 'cash', label: w('Cash', 'Kasse') },
  { value: 'payroll', label: w('Payroll', 'Lohn') },
  { value: 'stock', label: w('Stock', 'Lager') },
  { value: 'assets', label: w('Assets', 'Anlagen') },
  { value: 'exchange', label: w('Exchange', 'Kurse') },
  { value: 'opening', label: w('Opening', 'Eröffnung') },
  { value: 'closing', label: w('Closing', 'Abschluss') },
] as const;
export type Journal = (typeof journals)[number]['value'];
export const journalNames = journals.map((one) => one.value) as unknown as readonly [Journal, ...Journal[]];

/** A journal entry. A draft may change; a posted one never does: it is reversed by another. */
export const entry = entity({
  name: 'entry',
  table: 'entries',
  ruled: true,
  label: w('Entry', 'Buchung'),
  plural: w('Entries', 'Buchungen'),
  area: 'entry',
  filing: { module: 'budgets', icon: 'ReceiptMoney' },
  title: 'number',
  subtitle: 'narration',
  order: '-day',
  list: ['number', 'day', 'narration', 'reference', 'total', 'state', 'journal'],
  search: [],
  purpose: w('What happened to the money, line by line.', 'Was mit dem Geld geschah, Zeile für Zeile.'),
  fields: {
    number: text(w('Number', 'Nummer'), { required: true, max: 40, derived: true, sortable: true, width: 130 }),
    day: day(w('Date', 'Datum'), { required: true, sortable: true, width: 110 }),
    journal: choice(w('Journal', 'Buchungsjournal'), journals, { required: true, width: 110 }),
    state: choice(w('State', 'Stand'), [
      { value: 'draft', label: w('Draft', 'Entwurf') },
      { value: 'posted', label: w('Posted', 'Gebucht') },
      { value: 'reversed', label: w('Reversed', 'Storniert') },
    ], { required: true, derived: true, width: 100 }),
    narration: text(w('Narration', 'Buchungstext'), { max: 500, width: 270 }),
    reference: text(w('Reference', 'Beleg'), { max: 100, width: 120 }),
    total: money(w('Amount', 'Betrag'), 'none', { required: true, derived: true, width: 130 }),
    period_id: ref(w('Period', 'Periode'), 'period', { derived: true, width: 120 }),
    reverses_id: ref(w('Reverses', 'Storniert'), 'entry', { derived: true, width: 130 }),
    origin: text(w('Made by', 'Entstanden durch'), { max: 40, derived: true, width: 120 }),
    source_entity: text(w('Paper kind', 'Belegart'), { max: 40, derived: true, width: 110 }),
    source_id: whole(w('Paper', 'Belegnummer intern'), { derived: true, width: 100 }),
    posted_at: time(w('Posted at', 'Gebucht am'), { derived: true, width: 150 }),
    posted_by: text(w('Posted by', 'Gebucht von'), { derived: true, width: 140 }),
    seal: text(w('Seal', 'Siegel'), { max: 64, derived: true, width: 160 }),
  },
});

const minor = z.int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000);

/**
 * One line as it is typed. `amount` is in minor units of the company's currency, debit positive. With a `currency`, `quantity` is in
 * minor units of that one, and `amount` may be left out where a rate of the day is known.
 */
export const lineSchema = z.strictObject({
  /** Null in a draft whose line has none yet; such a line cannot be posted. */
  account_id: idSchema.nullable(),
  amount: minor.optional(),
  currency: z.string().trim().max(24).optional(),
  quantity: minor.optional(),
  party_id: idSchema.nullable().optional(),
  department_id: idSchema.nullable().optional(),
  place_id: idSchema.nullable().optional(),
  project_id: idSchema.nullable().optional(),
  tax_code_id: idSchema.nullable().optional(),
  /** Own tags, in any order. */
  tags: z.array(idSchema).max(50).readonly().optional(),
  text: z.string().trim().max(500).optional(),
});
export type LineDraft = z.infer<typeof lineSchema>;

export const entryDraftSchema = z.strictObject({
  day: daySchema,
  journal: z.enum(journalNames).optional(),
  narration: z.string().trim().max(500).optional(),
  reference: z.string().trim().max(100).optional(),
  lines: z.array(lineSchema).max(10_000),
});
export type EntryDraft = z.infer<typeof entryDraftSchema>;

/** One line of an entry, with the names that a reader needs. `amount` in minor units of the company's currency, debit positive. */
export interface Line {
  readonly line: number;
  /** Null only in a draft. */
  readonly account_id: number | null;
  readonly account: string;
  readonly number: string;
  readonly amount: number;
  /** '' for the company's own. */
  readonly currency: string;
  /** Minor units of `currency`. */
  readonly quantity: number;
  readonly party_id: number | null;
  readonly department_id: number | null;
  readonly place_id: number | null;
  readonly project_id: number | null;
  readonly tax_code_id: number | null;
  /** Ids of own tags. */
  readonly tags: readonly number[];
  readonly text: string;
}

/** What stands against posting an entry, or what the office would make of it. */
export interface EntryChecked {
  /** Null when no fiscal year holds the day. */
  readonly period: { readonly name: string; readonly state: 'open' | 'soft' | 'hard' } | null;
  /** The first hundred. */
  readonly problems: readonly { readonly line: number; readonly about: 'account' | 'amount'; readonly message: string }[];
  /** Lines that are valued by the rate of the day, in minor units of the company's currency; the first thousand. */
  readonly valued: readonly { readonly line: number; readonly amount: number }[];
  readonly debit: number;
  readonly credit: number;
}

const { 'entry.list': list, 'entry.map': map, 'entry.get': get, 'entry.names': names } = crud(entry);

export const entryCalls = {
  'entry.list': list,
  'entry.map': map,
  'entry.get': get,
  'entry.names': names,
  'entry.lines': call<readonly Line[]>()({ kind: 'read', input: z.strictObject({ id: idSchema, from: z.int().min(0).max(20_000).optional() }), needs: needs('entry', 'read'), of: 'entry', about: 'The lines of an entry or of a draft, in order: a thousand, after the first `from`.' }),
  'entry.check': call<EntryChecked>()({ kind: 'read', input: entryDraftSchema, needs: needs('entry', 'read'), of: 'entry', about: 'What stands against posting an entry as it is typed, line by line, and what its lines are worth; writes nothing.' }),
  'entry.save': call<Written>()({
    kind: 'write',
    input: entryDraftSchema.extend({ id: idSchema.optional(), version: idSchema.optional() }),
    needs: needs('entry', 'write'),
    of: 'entry',
    about: 'Saves a draft: a new one, or with id and version an older one anew. It may be unbalanced.',
  }),
  'entry.copy': call<Written>()({ kind: 'write', input: z.strictObject({ id: idSchema, day: daySchema }), needs: needs('entry', 'write'), of: 'entry', about: 'Makes a new draft with the lines of an entry or draft, on another day.' }),
  'entry.discard': call<Written>()({ kind: 'write', input: z.strictObject({ id: idSchema, version: idSchema }), needs: needs('entry', 'write'), of: 'entry', about: 'Throws a draft away; drafts have no number, so no gap stays.' }),
  'entry.post': call<Written & { readonly number: string }>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, version: idSchema, reason: reasonSchema.optional() }),
    needs: needs('entry', 'write'),
    of: 'entry',
    about: 'Posts a draft: it must balance, and its period must be open (a soft-closed one takes approval rights and a reason).',
  }),
  'entry.add': call<Written & { readonly number: string }>()({
    kind: 'write',
    input: entryDraftSchema.extend({ reason: reasonSchema.optional() }),
    needs: needs('entry', 'write'),
    of: 'entry',
    about: 'Posts an entry at once.',
  }),
  'entry.reverse': call<Written & { readonly number: string }>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, version: idSchema, day: daySchema.optional(), next_period: z.boolean().optional(), reason: reasonSchema }).refine((input) => input.day === undefined || input.next_period !== true, 'names a day and the next period'),
    needs: needs('entry', 'write'),
    of: 'entry',
    about: 'Reverses a posted entry by one with the signs turned, on its own day or another (in the first open period when its own is closed), or with next_period on the first day of the period after its own, as accruals are.',
  }),
};
