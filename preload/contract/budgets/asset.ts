import { z } from 'zod';
import { call, crud, type Named, needs, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, decimal, flag, longtext, money, ref, text, whole } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';
import { daySchema, reasonSchema } from './period.ts';

/** How an asset loses its value; land and art do not. */
export const assetMethods = [
  { value: 'straight_line', label: w('Straight line', 'Linear') },
  { value: 'declining', label: w('Declining balance', 'Geometrisch-degressiv') },
  { value: 'double_declining', label: w('Double declining balance', 'Degressiv mit doppeltem Satz') },
  { value: 'sum_of_years', label: w('Sum of the years’ digits', 'Digital') },
  { value: 'units', label: w('Units of use', 'Nach Leistung') },
  { value: 'none', label: w('None', 'Keine') },
] as const;
export type AssetMethod = (typeof assetMethods)[number]['value'];

/** What the month in which it is put into use counts for. */
export const conventions = [
  { value: 'month', label: w('Whole months', 'Volle Monate') },
  { value: 'mid_month', label: w('Half the first month', 'Erster Monat halb') },
  { value: 'day', label: w('By the day', 'Taggenau') },
] as const;

/** A thing that is used for years: what it cost, how it loses its value, where it stands and on which accounts. */
export const asset = entity({
  name: 'asset',
  table: 'assets',
  label: w('Fixed asset', 'Anlagegut'),
  plural: w('Fixed assets', 'Anlagen'),
  area: 'entry',
  filing: { module: 'budgets', icon: 'BuildingFactory' },
  title: 'name',
  subtitle: 'number',
  order: 'number',
  list: ['number', 'name', 'acquired_day', 'cost', 'method', 'life_months', 'place_id', 'department_id', 'state'],
  search: ['name', 'number', 'serial'],
  keys: ['number'],
  numbered: { field: 'number', prefix: 'FA-' },
  purpose: w('Buildings, machines, vehicles and equipment: what they cost and how they lose their value.', 'Gebäude, Maschinen, Fahrzeuge und Ausstattung: was sie kosteten und wie sie abgeschrieben werden.'),
  sections: {
    loss: w('Depreciation', 'Abschreibung'),
    where: w('Where it belongs', 'Zuordnung'),
    accounts: w('Accounts', 'Konten'),
    before: w('Taken over from other books', 'Übernahme aus anderen Büchern'),
  },
  fields: {
    name: text(w('Name', 'Bezeichnung'), { required: true, sortable: true, width: 260, aliases: ['asset', 'description', 'anlagegut', 'wirtschaftsgut'] }),
    number: text(w('Number', 'Nummer'), { max: 40, unique: true, sortable: true, width: 110, hint: w('Left empty, the next one is drawn', 'Leer gelassen wird die nächste vergeben'), aliases: ['assetnumber', 'inventarnummer', 'anlagennummer'] }),
    serial: text(w('Serial number', 'Seriennummer'), { max: 100, width: 140 }),
    state: choice(w('State', 'Stand'), [
      { value: 'in_use', label: w('In use', 'In Gebrauch') },
      { value: 'disposed', label: w('Disposed of', 'Abgegangen') },
    ], { derived: true, width: 110 }),
    acquired_day: day(w('Acquired on', 'Angeschafft am'), { required: true, sortable: true, width: 120, aliases: ['purchasedate', 'acquisitiondate', 'anschaffungsdatum'] }),
    cost: money(w('Cost', 'Anschaffungskosten'), 'none', { required: true, width: 130, aliases: ['purchaseprice', 'acquisitioncost', 'anschaffungswert'] }),
    method: choice(w('Method', 'Methode'), assetMethods, { required: true, section: 'loss', width: 160 }),
    in_use_day: day(w('In use from', 'In Gebrauch ab'), { section: 'loss', width: 120, hint: w('Left empty, the day of acquisition', 'Leer gelassen der Tag der Anschaffung') }),
    life_months: whole(w('Life in months', 'Nutzungsdauer in Monaten'), { section: 'loss', range: [1, 960], width: 110, aliases: ['life', 'usefullife', 'nutzungsdauer'] }),
    rate_ppm: decimal(w('Rate a year', 'Satz im Jahr'), 6, { percent: true, section: 'loss', width: 120, hint: w('Straight line: instead of a life. Declining: left empty, the rate that leads to the residual value.', 'Linear: anstelle der Nutzungsdauer. Degressiv: leer gelassen der Satz, der zum Restwert führt.') }),
    to_straight: flag(w('Goes over to straight line', 'Übergang zur linearen Abschreibung'), { section: 'loss', width: 120, hint: w('Declining methods: from the year in which that is more', 'Degressive Methoden: ab dem Jahr, in dem das mehr ist') }),
    salvage: money(w('Residual value', 'Restwert'), 'none', { section: 'loss', width: 120, aliases: ['salvagevalue', 'scrapvalue'] }),
    convention: choice(w('First month', 'Erster Monat'), conventions, { section: 'loss', width: 150 }),
    units_total: whole(w('Units in its life', 'Einheiten insgesamt'), { section: 'loss', range: [1, 1_000_000_000_000], width: 120, hint: w('Hours, kilometres or pieces that it is good for', 'Stunden, Kilometer oder Stücke, für die es reicht') }),
    place_id: ref(w('Place', 'Ort'), 'place', { section: 'where', width: 150 }),
    department_id: ref(w('Department', 'Abteilung'), 'department', { section: 'where', width: 150 }),
    party_id: ref(w('Supplier', 'Lieferant'), 'party', { section: 'where', width: 170 }),
    asset_account_id: ref(w('Asset account', 'Anlagekonto'), 'account', { section: 'accounts', width: 180, hint: w('Left empty, the only account with that use', 'Leer gelassen das einzige Konto mit dieser Verwendung') }),
    depreciation_account_id: ref(w('Accumulated depreciation', 'Kumulierte Abschreibung'), 'account', { section: 'accounts', width: 180 }),
    expense_account_id: ref(w('Depreciation expense', 'Abschreibungsaufwand'), 'account', { section: 'accounts', width: 180 }),
    brought_day: day(w('Depreciated elsewhere until', 'Anderswo abgeschrieben bis'), { section: 'before', width: 120 }),
    brought_amount: money(w('Depreciation until then', 'Abschreibung bis dahin'), 'none', { section: 'before', width: 120, hint: w('It stands in the opening balances; what is left is spread over the rest of the life.', 'Sie steht in den Saldenvorträgen; der Rest wird über die übrige Dauer verteilt.') }),
    disposed_day: day(w('Disposed of on', 'Abgegangen am'), { derived: true, width: 120 }),
    disposal_id: ref(w('Entry of disposal', 'Abgangsbuchung'), 'entry', { derived: true, width: 130 }),
    entry_id: ref(w('Entry of purchase', 'Kaufbuchung'), 'entry', { derived: true, width: 130 }),
    entry_line: whole(w('Line of it', 'Zeile darin'), { derived: true, width: 80 }),
    remarks: longtext(w('Remarks', 'Bemerkungen')),
  },
});

/** What an asset that wears by use has done by a day: hours, kilometres, pieces. */
export const assetUse = entity({
  name: 'asset_use',
  table: 'asset_uses',
  label: w('Use', 'Leistung'),
  plural: w('Use', 'Leistungen'),
  area: 'entry',
  filing: { module: 'budgets', icon: 'BuildingFactory' },
  title: 'day',
  subtitle: 'note',
  order: '-day',
  list: ['day', 'units', 'note'],
  search: [],
  partOf: 'asset_id',
  purpose: w('Units by which an asset with depreciation by use was worn.', 'Einheiten, nach denen ein Anlagegut mit Leistungsabschreibung abgenutzt wurde.'),
  fields: {
    asset_id: ref(w('Fixed asset', 'Anlagegut'), 'asset', { required: true, width: 200 }),
    day: day(w('Day', 'Tag'), { required: true, sortable: true, width: 120 }),
    units: whole(w('Units', 'Einheiten'), { required: true, range: [0, 1_000_000_000_000], width: 120 }),
    note: text(w('Note', 'Notiz'), { width: 260 }),
  },
});

/** One stretch of a schedule. `brought` was depreciated in other books; amounts in minor units of the company. */
export interface AssetRow {
  readonly from_day: string;
  readonly until_day: string;
  readonly amount: number;
  readonly accumulated: number;
  readonly book_value: number;
  readonly state: 'brought' | 'posted' | 'planned';
  readonly entry: { readonly id: number; readonly number: string } | null;
}

export interface AssetSchedule {
  readonly cost: number;
  /** What the books hold as depreciated by now, brought forward and posted. */
  readonly accumulated: number;
  readonly book_value: number;
  readonly rows: readonly AssetRow[];
}

/** What a run of depreciation would post, one entry a period. */
export interface DepreciationPlan {
  readonly periods: readonly { readonly name: string; readonly until_day: string; readonly state: 'open' | 'soft' | 'hard'; readonly assets: number; readonly amount: number }[];
  readonly amount: number;
  readonly assets: number;
  /** What stands against it; the first hundred. */
  readonly problems: readonly string[];
}

/** A debit line of a posted entry that is, or could become, an asset: what the asset would begin with. Amounts in minor units of the company. */
export interface Purchase {
  readonly line: number;
  readonly name: string;
  readonly day: string;
  readonly cost: number;
  readonly account: Named;
  /** Whether its account is one for fixed or intangible assets. */
  readonly likely: boolean;
  readonly supplier: Named | null;
  /** Accounts as they would be chosen; null where somebody has to say. */
  readonly depreciation_account_id: number | null;
  readonly expense_account_id: number | null;
  /** The asset that it is already; null for none. */
  readonly asset: Named | null;
}

/** What a disposal would post, or why it cannot be posted. */
export interface DisposalPlan {
  /** Depreciation that is posted before, up to the day. */
  readonly depreciation: number;
  readonly accumulated: number;
  readonly book_value: number;
  /** Gain positive, loss negative. */
  readonly result: number;
  readonly lines: readonly { readonly account_id: number; readonly number: string; readonly account: string; readonly amount: number }[];
  /** '' when nothing stands against it. */
  readonly problem: string;
}

const minor = z.int().min(0).max(9_000_000_000_000_000);
const runSchema = z.strictObject({ until: daySchema, catch_up: z.boolean().optional() });
const disposalSchema = z.strictObject({
  id: idSchema,
  day: daySchema,
  proceeds: minor.optional(),
  proceeds_account_id: idSchema.nullable().optional(),
  result_account_id: idSchema.nullable().optional(),
  party_id: idSchema.nullable().optional(),
});
export type DisposalInput = z.infer<typeof disposalSchema>;

export const assetCalls = {
  ...crud(asset),
  ...crud(assetUse),
  'asset.schedule': call<AssetSchedule>()({ kind: 'heavy', input: z.strictObject({ id: idSchema }), needs: needs('entry', 'read'), of: 'asset', about: 'The whole schedule of an asset: what other books depreciated, what is posted, and what will be.' }),
  'asset.plan': call<DepreciationPlan>()({ kind: 'heavy', input: runSchema, needs: needs('entry', 'read'), of: 'asset', about: 'What depreciating up to a day would post; writes nothing.' }),
  'asset.depreciate': call<{ readonly entries: readonly { readonly id: number; readonly number: string }[]; readonly amount: number }>()({
    kind: 'write',
    input: runSchema.extend({ reason: reasonSchema.optional() }),
    needs: needs('entry', 'write'),
    of: 'asset',
    about: 'Posts the depreciation of all assets for every period that ends by the day, one entry a period; what is posted already stays as it is. With catch_up, what belongs to closed periods goes into the next open one.',
  }),
  'asset.disposal': call<DisposalPlan>()({ kind: 'heavy', input: disposalSchema, needs: needs('entry', 'read'), of: 'asset', about: 'What disposing of an asset would post; writes nothing.' }),
  'asset.dispose': call<Written & { readonly number: string; readonly result: number }>()({
    kind: 'write',
    input: disposalSchema.extend({ version: idSchema, reason: reasonSchema.optional() }),
    needs: needs('entry', 'write'),
    of: 'asset',
    about: 'Disposes of an asset: depreciates it up to the day, takes cost and depreciation out of the books, and posts the gain or loss against what was got for it.',
  }),
  'asset.purchases': call<readonly Purchase[]>()({
    kind: 'read',
    input: z.strictObject({ entry_id: idSchema }),
    needs: needs('entry', 'read'),
    of: 'asset',
    about: 'The debit lines of a posted entry with what each would be as an asset; those on accounts for assets first, a hundred at most.',
  }),
  'asset.capitalise': call<Written>()({
    kind: 'write',
    input: z.strictObject({
      entry_id: idSchema,
      line: z.int().min(1).max(20_000),
      name: z.string().trim().max(200).optional(),
      method: z.enum(['straight_line', 'declining', 'double_declining', 'sum_of_years', 'none']).optional(),
      life_months: z.int().min(1).max(960).nullable().optional(),
      rate_ppm: z.int().min(1).max(1_000_000).nullable().optional(),
      in_use_day: daySchema.optional(),
      salvage: minor.nullable().optional(),
      depreciation_account_id: idSchema.nullable().optional(),
      expense_account_id: idSchema.nullable().optional(),
    }),
    needs: needs('entry', 'write'),
    of: 'asset',
    about: 'Makes an asset of a posted purchase line: cost, day, supplier, department, place and asset account come from it, the other accounts from the input or as they are found. A line becomes an asset only once.',
  }),
};
