import { z } from 'zod';
import { call, crud, needs, type Written } from '../kit/call.ts';
import { isDay } from '../kit/day.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, ref, text, whole } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';

/** A fiscal year, of any start and length up to eighteen months, cut into periods. */
export const fiscalYear = entity({
  name: 'fiscal_year',
  table: 'fiscal_years',
  ruled: true,
  label: w('Fiscal year', 'Geschäftsjahr'),
  plural: w('Fiscal years', 'Geschäftsjahre'),
  area: 'period',
  filing: { module: 'budgets', icon: 'CalendarLtr' },
  title: 'name',
  subtitle: 'start_day',
  order: '-start_day',
  list: ['name', 'start_day', 'end_day', 'pattern', 'state'],
  search: ['name'],
  keys: ['name'],
  purpose: w('Years of the books and whether they are closed.', 'Die Jahre der Bücher und ob sie abgeschlossen sind.'),
  fields: {
    name: text(w('Year', 'Jahr'), { required: true, max: 40, unique: true, sortable: true, width: 120 }),
    start_day: day(w('From', 'Von'), { required: true, sortable: true, width: 110 }),
    end_day: day(w('To', 'Bis'), { required: true, width: 110 }),
    pattern: choice(w('Periods', 'Perioden'), [
      { value: 'months', label: w('Calendar months', 'Kalendermonate') },
      { value: '13', label: w('13 periods of four weeks', '13 Perioden zu vier Wochen') },
      { value: '445', label: w('Quarters of 4, 4 and 5 weeks', 'Quartale zu 4, 4 und 5 Wochen') },
    ], { required: true, width: 200 }),
    state: choice(w('State', 'Stand'), [
      { value: 'open', label: w('Open', 'Offen') },
      { value: 'closed', label: w('Closed', 'Abgeschlossen') },
    ], { derived: true, width: 120 }),
  },
});

/** One period of a year. Soft-closed: only those who may approve post into it, with a reason. Hard-closed: nobody does. */
export const period = entity({
  name: 'period',
  table: 'periods',
  ruled: true,
  label: w('Period', 'Periode'),
  plural: w('Periods', 'Perioden'),
  area: 'period',
  filing: { module: 'budgets', icon: 'CalendarLtr' },
  title: 'name',
  subtitle: 'start_day',
  order: 'start_day',
  list: ['name', 'number', 'start_day', 'end_day', 'state'],
  search: [],
  partOf: 'year_id',
  purpose: w('The periods of a fiscal year.', 'Die Perioden eines Geschäftsjahrs.'),
  fields: {
    year_id: ref(w('Fiscal year', 'Geschäftsjahr'), 'fiscal_year', { derived: true, width: 120 }),
    number: whole(w('Number', 'Nummer'), { derived: true, width: 80 }),
    name: text(w('Period', 'Periode'), { max: 40, derived: true, width: 140 }),
    start_day: day(w('From', 'Von'), { derived: true, sortable: true, width: 110 }),
    end_day: day(w('To', 'Bis'), { derived: true, width: 110 }),
    state: choice(w('State', 'Stand'), [
      { value: 'open', label: w('Open', 'Offen') },
      { value: 'soft', label: w('Soft-closed', 'Vorläufig geschlossen') },
      { value: 'hard', label: w('Closed', 'Geschlossen') },
    ], { derived: true, width: 160 }),
  },
});

const { 'fiscal_year.list': yearList, 'fiscal_year.map': yearMap, 'fiscal_year.get': yearGet, 'fiscal_year.names': yearNames, 'fiscal_year.create': yearCreate } = crud(fiscalYear);
const { 'period.list': periodList, 'period.map': periodMap, 'period.get': periodGet, 'period.names': periodNames } = crud(period);
export const reasonSchema = z.string().trim().min(3, 'must be filled in').max(500);
export const daySchema = z.string().refine(isDay, 'is not a day (YYYY-MM-DD)');

export const periodCalls = {
  'fiscal_year.list': yearList,
  'fiscal_year.map': yearMap,
  'fiscal_year.get': yearGet,
  'fiscal_year.names': yearNames,
  'fiscal_year.create': yearCreate,
  'period.list': periodList,
  'period.map': periodMap,
  'period.get': periodGet,
  'period.names': periodNames,
  'period.set_state': call<Written>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, version: idSchema, state: z.enum(['open', 'soft', 'hard']), reason: reasonSchema }),
    needs: needs('period', 'write'),
    of: 'period',
    about: 'Closes a period softly or hard, or opens it again; with a reason. Opening a hard-closed one needs approval rights.',
  }),
  'fiscal_year.close': call<Written & { readonly entry_id: number | null; readonly result: number }>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, version: idSchema, account_id: idSchema.optional() }),
    needs: needs('period', 'approve'),
    of: 'fiscal_year',
    about: 'Closes a year: carries income and expense to retained earnings (or the account given) in one closing entry and closes its periods. Result in minor units of the company, profit positive.',
  }),
  'fiscal_year.reopen': call<Written>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, version: idSchema, reason: reasonSchema }),
    needs: needs('period', 'approve'),
    of: 'fiscal_year',
    about: 'Opens a closed year again: the closing entry is reversed, with a reason, and its periods are as they were before it was closed.',
  }),
};
