import { z } from 'zod';
import { call, crud, needs } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, flag, longtext, ref, text, time } from '../kit/field.ts';
import { instants } from '../kit/schema.ts';
import { w } from '../kit/words.ts';
import { usualRepeats } from './repeats.ts';

/** An appointment in the calendar. Times are instants; an event of whole days begins and ends at midnight UTC of its days. */
export const event = entity({
  name: 'event',
  table: 'events',
  label: w('Event', 'Termin'),
  plural: w('Calendar', 'Kalender'),
  area: 'event',
  filing: { module: 'records', icon: 'CalendarLtr' },
  title: 'title',
  order: 'starts_at',
  list: ['title', 'starts_at', 'ends_at', 'whole_day', 'place_id', 'state'],
  search: ['title', 'location', 'remarks'],
  keys: ['uid'],
  purpose: w('Appointments, visits and meetings; comes in from any calendar as an iCalendar file.', 'Termine, Besuche und Besprechungen; aus jedem Kalender als iCalendar-Datei übernehmbar.'),
  fields: {
    title: text(w('Event', 'Termin'), { required: true, max: 500, width: 300, aliases: ['summary', 'subject', 'name'] }),
    starts_at: time(w('Begins', 'Beginn'), { required: true, sortable: true, width: 150, aliases: ['dtstart', 'start', 'begin', 'beginn'] }),
    ends_at: time(w('Ends', 'Ende'), { width: 150, aliases: ['dtend', 'end', 'ende'] }),
    whole_day: flag(w('Whole days', 'Ganztägig'), { width: 100 }),
    state: choice(w('State', 'Stand'), [
      { value: 'confirmed', label: w('Confirmed', 'Bestätigt') },
      { value: 'tentative', label: w('Tentative', 'Vorläufig') },
      { value: 'cancelled', label: w('Cancelled', 'Abgesagt') },
    ], { required: true, width: 110, aliases: ['status'] }),
    place_id: ref(w('Place', 'Ort'), 'place', { width: 160 }),
    location: text(w('Location as written', 'Ort laut Einladung'), { max: 500 }),
    host_id: ref(w('Host', 'Gastgeber'), 'party', { width: 180 }),
    repeat: text(w('Repeats', 'Wiederholung'), { max: 500, usual: usualRepeats, aliases: ['rrule', 'recurrence'] }),
    time_zone: text(w('Time zone', 'Zeitzone'), { max: 100 }),
    uid: text(w('Calendar id', 'Kalenderkennung'), { max: 500 }),
    remarks: longtext(w('Remarks', 'Bemerkungen'), { aliases: ['description', 'notes'] }),
  },
});

/** One time at which an event takes place: of a repeated one each, of others the only one. */
export interface Occurrence {
  readonly id: number;
  readonly title: string;
  readonly starts_at: number;
  readonly ends_at: number | null;
  readonly whole_day: boolean;
  readonly state: string;
  readonly repeats: boolean;
}

const instant = z.int().min(instants[0]).max(instants[1]);
const longest = 400 * 86_400_000;

export const eventCalls = {
  ...crud(event),
  'event.between': call<readonly Occurrence[]>()({
    kind: 'heavy',
    input: z.strictObject({ from: instant, to: instant }).refine(({ from, to }) => to > from && to - from <= longest, 'is not a span of at most 400 days'),
    needs: needs('event', 'read'),
    of: 'event',
    about: 'Everything in the calendar between two instants, repeated events at each of their times; at most 1,000, the earliest first.',
  }),
};
