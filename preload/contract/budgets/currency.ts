import { z } from 'zod';
import { call, crud, needs } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { day, decimal, text, whole } from '../kit/field.ts';
import { w } from '../kit/words.ts';
import { daySchema } from './period.ts';

/** A currency of the books beside that of the company: of ISO 4217, or any commodity that imported books are kept in. */
export const commodity = entity({
  name: 'commodity',
  table: 'commodities',
  label: w('Currency', 'Währung'),
  plural: w('Currencies', 'Währungen'),
  area: 'account',
  filing: { module: 'budgets', icon: 'Money' },
  title: 'code',
  subtitle: 'name',
  order: 'code',
  list: ['code', 'name', 'digits'],
  search: ['code', 'name'],
  keys: ['code'],
  purpose: w('Currencies and commodities that lines are kept in.', 'Währungen und Güter, in denen Zeilen geführt werden.'),
  fields: {
    code: text(w('Code', 'Kürzel'), { required: true, max: 24, unique: true, sortable: true, width: 90 }),
    name: text(w('Name', 'Bezeichnung'), { width: 220 }),
    digits: whole(w('Decimal places', 'Nachkommastellen'), { required: true, range: [0, 12], width: 120 }),
  },
});

/** What one unit of a currency was worth in that of the company on a day. */
export const rate = entity({
  name: 'rate',
  table: 'rates',
  label: w('Exchange rate', 'Wechselkurs'),
  plural: w('Exchange rates', 'Wechselkurse'),
  area: 'account',
  filing: { module: 'budgets', icon: 'ArrowSwap' },
  title: 'currency',
  subtitle: 'day',
  order: '-day',
  list: ['day', 'currency', 'rate_nano', 'source'],
  search: [],
  keys: ['currency', 'day'],
  purpose: w('Rates by day, to value what is kept in other currencies.', 'Kurse nach Tagen, um anderes als die Hauswährung zu bewerten.'),
  fields: {
    day: day(w('Day', 'Tag'), { required: true, sortable: true, width: 110, aliases: ['date', 'datum'] }),
    currency: text(w('Currency', 'Währung'), { required: true, max: 24, sortable: true, width: 100, aliases: ['code', 'from'] }),
    rate_nano: decimal(w('Value of one unit', 'Wert einer Einheit'), 9, { required: true, range: [1, Number.MAX_SAFE_INTEGER], width: 150, aliases: ['rate', 'kurs', 'price'] }),
    source: text(w('Source', 'Quelle'), { width: 160 }),
  },
});

/** What a file of rates brought; days '' where it brought none. `known`: a currency and day that had a rate already, which stays. */
export interface RatesImported {
  readonly added: number;
  readonly known: number;
  readonly first_day: string;
  readonly last_day: string;
}

/** Rates over time: at every day, week or month the one that serves it, which is the newest up to then. */
export interface RateCourse {
  /** '' where no rate is kept. */
  readonly currency: string;
  /** All that have a rate. */
  readonly currencies: readonly string[];
  readonly base: string;
  readonly step: 'day' | 'week' | 'month';
  readonly points: readonly { readonly day: string; readonly rate_nano: number }[];
}

export const currencyCalls = {
  ...crud(commodity),
  ...crud(rate),
  'rate.course': call<RateCourse>()({
    kind: 'heavy',
    input: z.strictObject({ currency: z.string().max(24).optional(), from: daySchema.optional() }),
    needs: needs(rate.area, 'read'),
    of: 'rate',
    about: 'The rates of a currency over time up to the newest, at most some 400 points; the first currency that has rates unless told otherwise, from its first rate on.',
  }),
  'rate.import': call<RatesImported>()({
    kind: 'job',
    writes: true,
    label: w('Importing exchange rates', 'Wechselkurse werden importiert'),
    input: z.strictObject({ source: z.string().max(4000), currencies: z.array(z.string().max(24)).max(200).optional(), from: daySchema.optional() }),
    needs: needs(rate.area, 'write'),
    about: 'Adds the rates of a file of the European Central Bank (eurofxref.csv, eurofxref-hist.csv): of the currencies named, or of those that the books know, in the currency of the company by cross rates. A day that has a rate keeps it.',
  }),
};
