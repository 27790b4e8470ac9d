import { z } from 'zod';
import { call, crud, needs, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, flag, longtext, money, ref, text, whole } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';
import { daySchema, reasonSchema } from './period.ts';

/** A template that comes again on its days: as a draft that somebody posts, or posted by itself. */
export const recurringEntry = entity({
  name: 'recurring_entry',
  table: 'recurring_entries',
  label: w('Recurring entry', 'Wiederkehrende Buchung'),
  plural: w('Recurring entries', 'Wiederkehrende Buchungen'),
  area: 'entry',
  filing: { module: 'budgets', icon: 'CalendarLtr' },
  title: 'name',
  order: 'next_day',
  list: ['name', 'next_day', 'mode', 'every', 'unit', 'amount', 'template_id'],
  search: ['name', 'remarks'],
  keys: ['name'],
  sections: { days: w('When', 'Wann'), until: w('Until', 'Bis wann') },
  purpose: w('Rent, leases, accruals: what is entered again on fixed days. Days that were missed are made up for, each once.', 'Miete, Leasing, Abgrenzungen: was an festen Tagen wieder gebucht wird. Versäumte Tage werden nachgeholt, jeder genau einmal.'),
  fields: {
    name: text(w('Recurring entry', 'Wiederkehrende Buchung'), { required: true, sortable: true, width: 240 }),
    template_id: ref(w('Entry template', 'Buchungsvorlage'), 'entry_template', { required: true, width: 200 }),
    amount: money(w('Amount', 'Betrag'), 'none', { width: 120, hint: w('What the shares of the template are taken of; without shares leave it empty.', 'Wovon die Anteile der Vorlage genommen werden; ohne Anteile leer lassen.') }),
    mode: choice(w('On its day', 'Am Tag'), [
      { value: 'draft', label: w('Prepare a draft', 'Entwurf vorbereiten') },
      { value: 'post', label: w('Post by itself', 'Selbst buchen') },
    ], { required: true, width: 150, hint: w('Where the period is not open or something is missing, it becomes a draft with the reason.', 'Ist die Periode nicht offen oder fehlt etwas, wird es ein Entwurf mit Begründung.') }),
    reverse: flag(w('Reverse on the first day of the next period', 'Am ersten Tag der nächsten Periode stornieren'), { hint: w('For accruals: the entry is taken back as soon as that day has come.', 'Für Abgrenzungen: Die Buchung wird zurückgenommen, sobald der Tag da ist.') }),
    every: whole(w('Every', 'Alle'), { required: true, section: 'days', range: [1, 99], width: 70 }),
    unit: choice(w('Unit', 'Einheit'), [
      { value: 'week', label: w('weeks', 'Wochen') },
      { value: 'month', label: w('months', 'Monate') },
      { value: 'quarter', label: w('quarters', 'Quartale') },
      { value: 'year', label: w('years', 'Jahre') },
    ], { required: true, section: 'days', width: 90 }),
    start_day: day(w('First from', 'Erstmals ab'), { required: true, section: 'days', sortable: true, width: 110, hint: w('Days that are over already are made up for at once.', 'Tage, die schon vorbei sind, werden gleich nachgeholt.') }),
    on_day: whole(w('Day of the month', 'Tag im Monat'), { section: 'days', range: [1, 31], width: 110, hint: w('31 is the last day of each month; empty takes the day of the first one. Weeks need none.', '31 ist der letzte Tag jedes Monats; leer gilt der Tag des ersten. Wochen brauchen keinen.') }),
    until_day: day(w('Last on or before', 'Letztmals bis'), { section: 'until', width: 110 }),
    times: whole(w('How often in all', 'Wie oft insgesamt'), { section: 'until', range: [1, 1200], width: 110 }),
    next_day: day(w('Next', 'Nächste'), { derived: true, sortable: true, width: 110 }),
    made: whole(w('Made', 'Erledigt'), { derived: true, width: 90 }),
    remarks: longtext(w('Remarks', 'Bemerkungen')),
  },
});

/** One date of a recurring entry. `entry` is null where nothing was made, or its draft was discarded. */
export interface RecurringDate {
  readonly day: string;
  readonly state: 'posted' | 'reversed' | 'draft' | 'discarded' | 'skipped' | 'due' | 'planned';
  readonly entry: { readonly id: number; readonly number: string } | null;
  /** Why it was not posted by itself; '' otherwise. */
  readonly reason: string;
}

/** What a run has made; `more` when it stopped at its limit and another run goes on. */
export interface RecurringRun {
  readonly made: readonly {
    readonly recurring_id: number;
    readonly name: string;
    readonly day: string;
    readonly entry: { readonly id: number; readonly number: string };
    readonly outcome: 'posted' | 'draft';
    readonly reason: string;
  }[];
  readonly reversed: readonly { readonly id: number; readonly number: string; readonly by: string }[];
  /** Reversals that could not be posted, and why. */
  readonly problems: readonly { readonly id: number; readonly number: string; readonly reason: string }[];
  readonly more: boolean;
}

export const recurringCalls = {
  ...crud(recurringEntry),
  'recurring_entry.dates': call<readonly RecurringDate[]>()({ kind: 'read', input: z.strictObject({ id: idSchema, ahead: z.int().min(0).max(100).optional() }), needs: needs('entry', 'read'), of: 'recurring_entry', about: 'What came of each date of a recurring entry (the last 200), and the dates to come: twelve unless told.' }),
  'recurring_entry.due': call<{ readonly count: number; readonly reversals: number }>()({ kind: 'read', input: z.strictObject({ until: daySchema.optional() }), needs: needs('entry', 'read'), of: 'recurring_entry', about: 'How many recurring entries have dates that wait up to a day (today unless told), and how many reversals.' }),
  'recurring_entry.run': call<RecurringRun>()({
    kind: 'write',
    input: z.strictObject({ until: daySchema.optional(), id: idSchema.optional(), limit: z.int().min(1).max(1000).optional() }),
    needs: needs('entry', 'write'),
    of: 'recurring_entry',
    about: 'Makes every date that waits up to a day (today unless told), the oldest first and each once: posts it or prepares a draft; then the reversals that have come due. At most 500 dates at once.',
  }),
  'recurring_entry.skip': call<Written>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, version: idSchema, reason: reasonSchema }),
    needs: needs('entry', 'write'),
    of: 'recurring_entry',
    about: 'Leaves the next date out, for good.',
  }),
};
