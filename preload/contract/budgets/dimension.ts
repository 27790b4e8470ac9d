import { z } from 'zod';
import { call, crud, needs } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, decimal, ref, text } from '../kit/field.ts';
import { w } from '../kit/words.ts';
import { type Line, lineSchema } from './entry.ts';
import { daySchema } from './period.ts';

/** A project, contract or cause that lines are gathered under, beside departments, places and parties. */
export const project = entity({
  name: 'project',
  table: 'projects',
  label: w('Project', 'Projekt'),
  plural: w('Projects', 'Projekte'),
  area: 'account',
  filing: { module: 'budgets', icon: 'Briefcase' },
  title: 'name',
  subtitle: 'code',
  order: 'name',
  list: ['name', 'code', 'parent_id', 'lead_id', 'until_day'],
  search: ['name', 'code'],
  tree: 'parent_id',
  keys: ['code'],
  purpose: w('What money is gathered under: projects, contracts, causes.', 'Worunter Geld gesammelt wird: Projekte, Aufträge, Zwecke.'),
  fields: {
    name: text(w('Project', 'Projekt'), { required: true, sortable: true, width: 260 }),
    code: text(w('Code', 'Kürzel'), { max: 40, unique: true, sortable: true, width: 110 }),
    parent_id: ref(w('Part of', 'Teil von'), 'project', { width: 180 }),
    lead_id: ref(w('Led by', 'Leitung'), 'party', { width: 180 }),
    until_day: day(w('Until', 'Bis'), { width: 110 }),
  },
});

/** A rate of value-added or sales tax, valid for a time. */
export const taxCode = entity({
  name: 'tax_code',
  table: 'tax_codes',
  label: w('Tax code', 'Steuerschlüssel'),
  plural: w('Tax codes', 'Steuerschlüssel'),
  area: 'account',
  filing: { module: 'budgets', icon: 'Gavel' },
  title: 'name',
  subtitle: 'code',
  order: 'code',
  list: ['code', 'name', 'kind', 'rate_ppm', 'from_day', 'until_day'],
  search: ['name', 'code'],
  keys: ['code'],
  purpose: w('Rates of value-added or sales tax and where they are posted.', 'Sätze der Umsatz- oder Verkaufsteuer und wohin sie gebucht werden.'),
  fields: {
    code: text(w('Code', 'Schlüssel'), { required: true, max: 20, unique: true, sortable: true, width: 90 }),
    name: text(w('Name', 'Bezeichnung'), { required: true, width: 260 }),
    kind: choice(w('Kind', 'Art'), [
      { value: 'output', label: w('On sales', 'Ausgangssteuer') },
      { value: 'input', label: w('On purchases', 'Vorsteuer') },
      { value: 'both', label: w('On both', 'Beides') },
      { value: 'zero', label: w('Zero-rated', 'Nullsatz') },
      { value: 'exempt', label: w('Exempt', 'Befreit') },
      { value: 'reverse_charge', label: w('Reverse charge', 'Steuerschuld des Empfängers') },
      { value: 'outside', label: w('Outside the tax', 'Nicht steuerbar') },
    ], { required: true, width: 180 }),
    rate_ppm: decimal(w('Rate', 'Satz'), 6, { required: true, percent: true, range: [0, 1_000_000], width: 120 }),
    output_account_id: ref(w('Account for tax on sales', 'Konto Umsatzsteuer'), 'account', { width: 180 }),
    input_account_id: ref(w('Account for tax on purchases', 'Konto Vorsteuer'), 'account', { width: 180 }),
    from_day: day(w('From', 'Von'), { width: 110 }),
    until_day: day(w('Until', 'Bis'), { width: 110 }),
    rounding: choice(w('Rounding', 'Rundung'), [
      { value: 'half_up', label: w('Halves up', 'Halbe aufrunden') },
      { value: 'half_even', label: w('Halves to even', 'Halbe zur geraden Ziffer') },
      { value: 'down', label: w('Down', 'Abrunden') },
    ], { width: 130, hint: w('Of the tax on each line, to the smallest unit of its currency; empty: halves up.', 'Der Steuer jeder Zeile auf die kleinste Einheit ihrer Währung; leer: Halbe aufrunden.') }),
    boxes: text(w('Boxes of the return', 'Felder der Voranmeldung'), { width: 160 }),
  },
});

/** A tag of the firm's own: a dimension such as "Vehicle", one of its values such as "Van 1", or a free tag. A line has any number of them. */
export const ownTag = entity({
  name: 'own_tag',
  table: 'own_tags',
  label: w('Tag', 'Merkmal'),
  plural: w('Tags', 'Merkmale'),
  area: 'account',
  filing: { module: 'budgets', icon: 'Tag' },
  title: 'label',
  subtitle: 'name',
  order: 'label',
  list: ['label', 'name', 'parent_id'],
  search: ['label'],
  tree: 'parent_id',
  keys: ['label'],
  purpose: w('Own dimensions of lines, such as vehicles or campaigns, with their values; and free tags.', 'Eigene Dimensionen der Zeilen, etwa Fahrzeuge oder Kampagnen, mit ihren Werten; und freie Merkmale.'),
  fields: {
    name: text(w('Name', 'Name des Merkmals'), { required: true, max: 100, sortable: true, width: 220 }),
    parent_id: ref(w('Value of', 'Wert von'), 'own_tag', { width: 200, hint: w('Left empty for a dimension or a free tag', 'Leer bei einer Dimension oder einem freien Merkmal'), aliases: ['dimension'] }),
    label: text(w('Tag', 'Merkmal'), { max: 220, unique: true, derived: true, sortable: true, width: 280 }),
  },
});

/** A line split into net and tax. Figures in minor units of the company (of its currency where the line has no other amount), debit positive. */
export interface TaxSplit {
  readonly net: number;
  readonly tax: number;
  /** What is paid: without the tax where the receiver owes it. */
  readonly gross: number;
  readonly rate_ppm: number;
  /** The line with its net amount, then the tax: one line, two where the receiver owes it, none where nothing is due. */
  readonly lines: readonly Line[];
}

export const dimensionCalls = {
  ...crud(project),
  ...crud(taxCode),
  ...crud(ownTag),
  'tax_code.split': call<TaxSplit>()({
    kind: 'read',
    input: z.strictObject({ line: lineSchema, basis: z.enum(['gross', 'net']), day: daySchema }),
    needs: needs('entry', 'read'),
    of: 'tax_code',
    about: 'The lines that a line with a tax code becomes when its amount is gross (the tax is in it) or net (the tax comes on top), rounded as the code says; writes nothing.',
  }),
};
