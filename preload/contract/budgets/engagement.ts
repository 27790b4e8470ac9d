import { z } from 'zod';
import { call, crud, needs, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, flag, longtext, money, ref, text, time, whole } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';
import { auditTests, type TestKey, testKeys, testRunSchema } from './auditTest.ts';

/** Audits of the books: engagement, requests, tests with their hits, samples and packs of evidence. Money in minor units of the company. */

/** An audit: which days, what is material, who. */
export const engagement = entity({
  name: 'engagement',
  table: 'audit_engagements',
  label: w('Audit', 'Prüfung'),
  plural: w('Audits', 'Prüfungen'),
  area: 'engagement',
  filing: { module: 'budgets', icon: 'ClipboardTaskListLtr' },
  title: 'name',
  subtitle: 'number',
  order: '-until_day',
  list: ['number', 'name', 'kind', 'from_day', 'until_day', 'state', 'lead_id'],
  search: ['name', 'number'],
  keys: ['number'],
  numbered: { field: 'number', prefix: 'AU-' },
  purpose: w('Audits of the books: tests of entries, samples, requests and evidence.', 'Prüfungen der Bücher: Tests der Buchungen, Stichproben, Anforderungen und Nachweise.'),
  sections: { extent: w('Extent', 'Umfang'), outcome: w('Outcome', 'Ergebnis') },
  fields: {
    name: text(w('Name', 'Bezeichnung'), { required: true, sortable: true, width: 260 }),
    number: text(w('Number', 'Nummer'), { max: 40, unique: true, sortable: true, width: 100, hint: w('Left empty, the next one is drawn', 'Leer gelassen wird die nächste vergeben') }),
    kind: choice(w('Kind', 'Art'), [
      { value: 'annual', label: w('Annual accounts', 'Jahresabschluss') },
      { value: 'interim', label: w('Interim', 'Zwischenprüfung') },
      { value: 'internal', label: w('Internal audit', 'Innenrevision') },
      { value: 'tax', label: w('Tax audit', 'Betriebsprüfung') },
      { value: 'special', label: w('Special investigation', 'Sonderprüfung') },
    ], { required: true, width: 140 }),
    state: choice(w('State', 'Stand'), [
      { value: 'planned', label: w('Planned', 'Geplant') },
      { value: 'fieldwork', label: w('Fieldwork', 'In Arbeit') },
      { value: 'concluded', label: w('Concluded', 'Abgeschlossen') },
    ], { required: true, width: 110 }),
    from_day: day(w('From', 'Von'), { required: true, section: 'extent', width: 110 }),
    until_day: day(w('To', 'Bis'), { required: true, sortable: true, section: 'extent', width: 110 }),
    materiality: money(w('Materiality', 'Wesentlichkeit'), 'none', { section: 'extent', range: [0, 9_000_000_000_000_000], width: 130, hint: w('For the statements as a whole (ISA 320)', 'Für den Abschluss als Ganzes (ISA 320)') }),
    tolerable: money(w('Performance materiality', 'Toleranzwesentlichkeit'), 'none', { section: 'extent', range: [0, 9_000_000_000_000_000], width: 130, hint: w('The misstatement that a sample must be able to find', 'Der Fehler, den eine Stichprobe finden können muss') }),
    trivial: money(w('Clearly trivial below', 'Nichtaufgriffsgrenze'), 'none', { section: 'extent', range: [0, 9_000_000_000_000_000], width: 130 }),
    lead_id: ref(w('In charge', 'Leitung'), 'user', { section: 'extent', width: 150 }),
    party_id: ref(w('Audit firm', 'Prüfungsgesellschaft'), 'party', { section: 'extent', width: 170 }),
    scope: longtext(w('Scope', 'Prüfungsgegenstand'), { section: 'extent' }),
    conclusion: longtext(w('Conclusion', 'Prüfungsurteil'), { section: 'outcome' }),
  },
});

/** Something that the auditor asks the firm for (PBC, “provided by client”); files are attached as to any record. */
export const auditRequest = entity({
  name: 'audit_request',
  table: 'audit_requests',
  label: w('Request', 'Anforderung'),
  plural: w('Requests', 'Anforderungen'),
  area: 'engagement',
  filing: { module: 'budgets', icon: 'TaskListSquareLtr' },
  title: 'title',
  subtitle: 'due_day',
  order: 'due_day',
  list: ['title', 'state', 'due_day', 'owner_id', 'provided_day', 'settled_day'],
  search: ['title'],
  partOf: 'engagement_id',
  purpose: w('What the firm is to provide, by when and by whom. Files are dropped on the request.', 'Was die Firma bis wann und durch wen vorlegen soll. Dateien werden auf die Anforderung gezogen.'),
  fields: {
    engagement_id: ref(w('Audit', 'Prüfung'), 'engagement', { required: true, width: 180 }),
    title: text(w('Wanted', 'Verlangt'), { required: true, sortable: true, max: 300, width: 320 }),
    state: choice(w('State', 'Stand'), [
      { value: 'open', label: w('Open', 'Offen') },
      { value: 'provided', label: w('Provided', 'Vorgelegt') },
      { value: 'accepted', label: w('Accepted', 'Angenommen') },
      { value: 'returned', label: w('Returned', 'Zurückgegeben') },
    ], { required: true, width: 120 }),
    due_day: day(w('Due', 'Fällig'), { sortable: true, width: 110 }),
    owner_id: ref(w('Owner', 'Zuständig'), 'user', { width: 150 }),
    provided_day: day(w('Provided on', 'Vorgelegt am'), { derived: true, width: 120 }),
    settled_day: day(w('Accepted on', 'Angenommen am'), { derived: true, width: 120 }),
    remarks: longtext(w('Remarks', 'Bemerkungen')),
  },
});

const procedures = [...testKeys.map((key) => ({ value: key, label: auditTests[key].label })), { value: 'sample', label: w('Sample', 'Stichprobe') }] as const;
export type Procedure = TestKey | 'sample';

/** An entry that a test has hit or a sample has drawn, and what the auditor made of it. */
export const auditItem = entity({
  name: 'audit_item',
  table: 'audit_items',
  ruled: true,
  label: w('Audit item', 'Prüfposten'),
  plural: w('Audit items', 'Prüfposten'),
  area: 'engagement',
  filing: { module: 'budgets', icon: 'ClipboardTaskListLtr' },
  title: 'number',
  subtitle: 'why',
  order: '-amount',
  list: ['number', 'amount', 'state', 'why', 'test', 'day', 'account_id', 'fresh', 'note', 'reviewed_by'],
  search: [],
  partOf: 'engagement_id',
  purpose: w('Entries that a test has hit or a sample has drawn, to be looked at and explained.', 'Buchungen, die ein Test getroffen oder eine Stichprobe gezogen hat, zum Ansehen und Erklären.'),
  fields: {
    engagement_id: ref(w('Audit', 'Prüfung'), 'engagement', { required: true, derived: true, width: 160 }),
    test: choice(w('Procedure', 'Prüfungshandlung'), procedures, { required: true, derived: true, width: 170 }),
    sample_id: ref(w('Sample', 'Stichprobe'), 'audit_sample', { derived: true, width: 140 }),
    number: text(w('Entry', 'Buchung'), { required: true, derived: true, sortable: true, max: 200, width: 130 }),
    entry_id: ref(w('Journal entry', 'Buchungssatz'), 'entry', { derived: true, width: 130 }),
    line: whole(w('Line', 'Zeile'), { derived: true, width: 70 }),
    day: day(w('Date', 'Datum'), { derived: true, sortable: true, width: 110 }),
    account_id: ref(w('Account', 'Konto'), 'account', { derived: true, width: 180 }),
    amount: money(w('Amount', 'Betrag'), 'none', { required: true, derived: true, sortable: true, width: 120 }),
    why: text(w('Because', 'Weil'), { derived: true, max: 500, width: 180 }),
    state: choice(w('State', 'Stand'), [
      { value: 'open', label: w('To review', 'Zu prüfen') },
      { value: 'explained', label: w('Explained', 'Erklärt') },
      { value: 'exception', label: w('Exception', 'Beanstandet') },
    ], { required: true, derived: true, width: 110 }),
    note: longtext(w('Note', 'Vermerk'), { derived: true, width: 240 }),
    difference: money(w('Misstated by', 'Fehlbetrag'), 'none', { derived: true, width: 120 }),
    fresh: flag(w('New in the last run', 'Neu im letzten Lauf'), { derived: true, width: 90 }),
    found: flag(w('Found in the last run', 'Im letzten Lauf getroffen'), { derived: true, width: 90 }),
    reviewed_by: text(w('Reviewed by', 'Geprüft von'), { derived: true, width: 140 }),
    reviewed_at: time(w('Reviewed at', 'Geprüft am'), { derived: true, width: 150 }),
  },
});

export const samplingMethods = [
  { value: 'random', label: w('Simple random', 'Einfache Zufallsauswahl') },
  { value: 'systematic', label: w('Systematic', 'Systematisch') },
  { value: 'monetary', label: w('Monetary unit', 'Monetary Unit Sampling') },
  { value: 'stratified', label: w('Stratified by amount', 'Geschichtet nach Betrag') },
] as const;
export type SamplingMethod = (typeof samplingMethods)[number]['value'];

/** A sample as it was drawn: the same seed, parameters and population give the same lines again. */
export const auditSample = entity({
  name: 'audit_sample',
  table: 'audit_samples',
  ruled: true,
  label: w('Sample', 'Stichprobe'),
  plural: w('Samples', 'Stichproben'),
  area: 'engagement',
  filing: { module: 'budgets', icon: 'ClipboardTaskListLtr' },
  title: 'name',
  subtitle: 'drawn_by',
  order: 'name',
  list: ['name', 'method', 'seed', 'parameters', 'population', 'population_amount', 'drawn', 'drawn_amount', 'drawn_by'],
  search: [],
  partOf: 'engagement_id',
  purpose: w('Lines drawn by a seed, so that anybody can draw the same ones again.', 'Mit einem Startwert gezogene Zeilen, sodass jeder dieselben noch einmal ziehen kann.'),
  fields: {
    engagement_id: ref(w('Audit', 'Prüfung'), 'engagement', { required: true, derived: true, width: 160 }),
    name: text(w('Name', 'Bezeichnung'), { required: true, derived: true, sortable: true, width: 200 }),
    method: choice(w('Method', 'Verfahren'), samplingMethods, { required: true, derived: true, width: 160 }),
    seed: whole(w('Seed', 'Startwert'), { required: true, derived: true, width: 120 }),
    parameters: text(w('Drawn from', 'Gezogen aus'), { derived: true, max: 1000, width: 300 }),
    recipe: longtext(w('Recipe', 'Rezept'), { derived: true, width: 200 }),
    population: whole(w('Lines in the population', 'Zeilen der Grundgesamtheit'), { required: true, derived: true, width: 120 }),
    population_amount: money(w('Population', 'Grundgesamtheit'), 'none', { required: true, derived: true, width: 130 }),
    interval: money(w('Interval', 'Intervall'), 'none', { derived: true, width: 120 }),
    start: whole(w('Start', 'Beginn'), { derived: true, width: 110 }),
    drawn: whole(w('Lines drawn', 'Gezogene Zeilen'), { required: true, derived: true, width: 100 }),
    drawn_amount: money(w('Drawn', 'Gezogen'), 'none', { required: true, derived: true, width: 130 }),
    drawn_at: time(w('Drawn at', 'Gezogen am'), { derived: true, width: 150 }),
    drawn_by: text(w('Drawn by', 'Gezogen von'), { derived: true, width: 140 }),
  },
});

/** A pack of evidence that was written, by the digest of its manifest. */
export const auditPack = entity({
  name: 'audit_pack',
  table: 'audit_packs',
  ruled: true,
  label: w('Evidence pack', 'Nachweispaket'),
  plural: w('Evidence packs', 'Nachweispakete'),
  area: 'engagement',
  filing: { module: 'budgets', icon: 'ClipboardTaskListLtr' },
  title: 'file_name',
  subtitle: 'digest',
  order: '-made_at',
  list: ['file_name', 'made_at', 'made_by', 'bytes', 'digest', 'chain_head'],
  search: [],
  partOf: 'engagement_id',
  purpose: w('Every ZIP of evidence that was written, with the digest that tells whether it is still the same.', 'Jedes geschriebene Nachweis-ZIP mit der Prüfsumme, die zeigt, ob es noch dasselbe ist.'),
  fields: {
    engagement_id: ref(w('Audit', 'Prüfung'), 'engagement', { required: true, derived: true, width: 160 }),
    file_name: text(w('File', 'Datei'), { required: true, derived: true, max: 255, width: 260 }),
    bytes: whole(w('Bytes', 'Byte'), { required: true, derived: true, width: 110 }),
    digest: text(w('Digest of the file (SHA-256)', 'Prüfsumme der Datei (SHA-256)'), { required: true, derived: true, max: 64, width: 260 }),
    chain_head: text(w('Head of the audit log', 'Stand des Prüfprotokolls'), { derived: true, max: 100, width: 220 }),
    made_at: time(w('Written at', 'Geschrieben am'), { required: true, derived: true, sortable: true, width: 150 }),
    made_by: text(w('Written by', 'Geschrieben von'), { derived: true, width: 140 }),
  },
});

/** Which posted lines are looked at. Closing entries are never among them. */
const populationShape = {
  accounts: z.array(idSchema).max(1000).optional(),
  side: z.enum(['debit', 'credit', 'both']).optional(),
  /** Lines below this many minor units are left out, whatever their sign. */
  least: z.int().min(0).max(9_000_000_000_000_000).optional(),
};
const populationSchema = z.object(populationShape);
export type Population = z.infer<typeof populationSchema>;

/** One state of the books: the newest row of the audit log, and the entry that was posted last ('' before the first). */
export interface BooksState {
  readonly row: number;
  readonly entry: string;
}

/** How a test stands within an audit. */
export interface TestState {
  readonly test: TestKey;
  /** Parameters of the last run; null before the first. */
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly at: number | null;
  readonly by: string;
  /** Up to where the last run read; null before the first. */
  readonly read: BooksState | null;
  /** Entries that were looked at, hits among them and what they amount to. */
  readonly entries: number;
  readonly hits: number;
  readonly amount: number;
  /** Hits that are kept as items: at most 10,000 a test, the largest ones. */
  readonly kept: number;
  readonly fresh: number;
  readonly open: number;
  readonly exceptions: number;
}

export const digitTests = ['first', 'second', 'first_two'] as const;
export type DigitTest = (typeof digitTests)[number];

export interface DigitRow {
  readonly digits: number;
  readonly count: number;
  /** Shares of all, 0 to 1. */
  readonly share: number;
  readonly expected: number;
  readonly z: number;
}

/** Leading digits against Benford’s law; `mad` with Nigrini’s verdict. */
export interface DigitResult {
  readonly count: number;
  readonly rows: readonly DigitRow[];
  readonly chi_square: number;
  readonly degrees: number;
  readonly p: number;
  readonly mad: number;
  readonly conformity: 'close' | 'acceptable' | 'marginal' | 'none';
  /** '' unless there are too few amounts. */
  readonly warning: string;
}

export interface DigitLine {
  readonly id: number;
  readonly entry_id: number;
  readonly line: number;
  readonly number: string;
  readonly day: string;
  readonly account: string;
  readonly narration: string;
  readonly amount: number;
}

const seed = z.int().min(0).max(4_294_967_295);
const drawSchema = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(200),
  method: z.enum(['random', 'systematic', 'monetary', 'stratified']),
  seed: seed.optional(),
  /** Lines to draw: simple random, systematic and stratified. */
  size: z.int().min(1).max(10_000).optional(),
  /** Minor units between two hits: monetary unit. Left out, it follows from the tolerable misstatement and the confidence. */
  interval: z.int().min(1).max(9_000_000_000_000_000).optional(),
  tolerable: z.int().min(1).max(9_000_000_000_000_000).optional(),
  /** Percent. */
  confidence: z.int().min(50).max(99).optional(),
  /** Stratified: amounts at which a new stratum begins, rising. */
  bounds: z.array(z.int().min(1).max(9_000_000_000_000_000)).min(1).max(20).optional(),
  ...populationShape,
});
export type Draw = z.infer<typeof drawSchema>;

export interface PackFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a check of a pack of evidence found. `head` is the state of the audit log that the pack names. */
export interface PackChecked {
  readonly good: boolean;
  readonly files: number;
  readonly problems: readonly string[];
  readonly company: string;
  readonly engagement: string;
  readonly made_at: number | null;
  readonly digest: string;
  /** Whether this company has noted a pack of that digest. */
  readonly known: boolean;
}

const pathSchema = z.string().min(1).max(4000);
const read = needs('engagement', 'read');
const write = needs('engagement', 'write');
const one = z.strictObject({ id: idSchema });
const [items, samples, packs] = [crud(auditItem), crud(auditSample), crud(auditPack)];

export const engagementCalls = {
  ...crud(engagement),
  ...crud(auditRequest),
  'audit_item.list': items['audit_item.list'],
  'audit_item.map': items['audit_item.map'],
  'audit_item.get': items['audit_item.get'],
  'audit_item.names': items['audit_item.names'],
  'audit_sample.list': samples['audit_sample.list'],
  'audit_sample.map': samples['audit_sample.map'],
  'audit_sample.get': samples['audit_sample.get'],
  'audit_sample.names': samples['audit_sample.names'],
  'audit_pack.list': packs['audit_pack.list'],
  'audit_pack.map': packs['audit_pack.map'],
  'audit_pack.get': packs['audit_pack.get'],
  'audit_pack.names': packs['audit_pack.names'],
  'audit_request.provide': call<Written>()({ kind: 'write', input: z.strictObject({ id: idSchema, version: idSchema, remarks: z.string().trim().max(2000).optional() }), needs: read, of: 'audit_request', about: 'Says that what an auditor asked for has been provided; takes no more than reading rights on audits, for those who are audited.' }),
  'audit_item.review': call<{ readonly reviewed: number }>()({
    kind: 'write',
    input: z.strictObject({ items: z.array(z.strictObject({ id: idSchema, version: idSchema })).min(1).max(1000), state: z.enum(['open', 'explained', 'exception']), note: z.string().trim().max(5000).optional(), difference: z.int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000).nullable().optional() }),
    needs: write,
    of: 'audit_item',
    about: 'Marks audit items, each in the version that was read, as explained, as exceptions or as open again, with a note; who and when are kept, and the log keeps what stood there before. Explaining takes a note. Where another has changed one of them since, nothing is kept.',
  }),
  'engagement.tests': call<readonly TestState[]>()({ kind: 'heavy', input: one, needs: read, of: 'engagement', about: 'Every test of entries and how it stands in an audit.' }),
  'engagement.run': call<readonly TestState[]>()({
    kind: 'job',
    writes: 'last',
    label: w('Testing journal entries', 'Buchungen testen'),
    input: z.strictObject({ id: idSchema, tests: z.array(testRunSchema).min(1).max(testKeys.length), manual: z.boolean().optional() }),
    needs: write,
    of: 'engagement',
    about: 'Runs tests over the entries of the days of an audit and keeps their hits as items; reviews of earlier runs stay, and what is new is marked. It reads one state of the books, which each result names, while others go on posting. With manual, only typed entries.',
  }),
  'engagement.benford': call<DigitResult>()({
    kind: 'heavy',
    input: z.strictObject({ id: idSchema, digits: z.enum(digitTests), ...populationShape }),
    needs: read,
    of: 'engagement',
    about: 'Leading digits of the amounts within an audit against Benford’s law (first, second, or first two), with chi-square and the mean absolute deviation in Nigrini’s steps.',
  }),
  'engagement.digit_lines': call<{ readonly rows: readonly DigitLine[]; readonly next: number | null }>()({
    kind: 'heavy',
    input: z.strictObject({ id: idSchema, digits: z.enum(digitTests), digit: z.int().min(0).max(99), after: z.int().min(0).optional(), limit: z.int().min(1).max(1000).optional(), ...populationShape }),
    needs: read,
    of: 'engagement',
    about: 'The lines whose amount begins with certain digits, page by page.',
  }),
  'engagement.draw': call<{ readonly id: number; readonly drawn: number; readonly seed: number }>()({
    kind: 'job',
    writes: 'last',
    label: w('Drawing a sample', 'Stichprobe ziehen'),
    input: drawSchema,
    needs: write,
    of: 'engagement',
    about: 'Draws a sample of posted lines by a seed (one is drawn when none is given) and keeps it with its items.',
  }),
  'engagement.evidence': call<{ readonly bytes: number; readonly digest: string; readonly head: { readonly seq: number; readonly hash: string }; readonly files: number; readonly good: boolean; readonly path: string }>()({
    kind: 'job',
    label: w('Writing evidence', 'Nachweise schreiben'),
    input: z.strictObject({ id: idSchema, target: pathSchema }),
    needs: write,
    of: 'engagement',
    about: 'Writes the evidence of an audit as a ZIP with a manifest: the books, the audit log and its head, the check of the seals, tests with hits and notes, samples, requests and attached files. Also asks for reading rights on entries, statements, documents and the audit log.',
  }),
  'engagement.check_pack': call<PackChecked>()({ kind: 'job', label: w('Checking evidence', 'Nachweise prüfen'), input: z.strictObject({ source: pathSchema }), needs: read, of: 'engagement', about: 'Checks a pack of evidence against its manifest and names every file that was altered, is missing or was added.' }),
  'engagement.keep_pack': call<Written>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, file_name: z.string().trim().min(1).max(255), bytes: z.int().min(1), digest: z.string().regex(/^[0-9a-f]{64}$/), head: z.strictObject({ seq: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) }) }),
    needs: write,
    of: 'engagement',
    about: 'Notes a pack of evidence that was written, by its digest, so that it can be told from any other.',
  }),
};
