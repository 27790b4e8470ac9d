import { z } from 'zod';
import { call, crud, needs, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, longtext, ref, text } from '../kit/field.ts';
import { isDay } from '../kit/day.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';
import { usualRepeats } from './repeats.ts';

/** Anything due, with an owner. A repeating task makes its next one when it is done. */
export const task = entity({
  name: 'task',
  table: 'tasks',
  label: w('Task', 'Aufgabe'),
  plural: w('Tasks', 'Aufgaben'),
  area: 'task',
  filing: { module: 'records', icon: 'TaskListSquareLtr' },
  title: 'title',
  subtitle: 'due_day',
  order: 'due_day',
  list: ['title', 'state', 'due_day', 'owner_id', 'priority', 'repeat'],
  search: ['title', 'remarks'],
  keys: ['title', 'due_day'],
  purpose: w('Everything that must be done by a day, by someone; also what repeats.', 'Alles, was bis zu einem Tag von jemandem zu tun ist; auch was sich wiederholt.'),
  fields: {
    title: text(w('Task', 'Aufgabe'), { required: true, sortable: true, width: 320, aliases: ['summary', 'subject', 'name'] }),
    state: choice(w('State', 'Stand'), [
      { value: 'open', label: w('Open', 'Offen') },
      { value: 'doing', label: w('In progress', 'In Arbeit') },
      { value: 'done', label: w('Done', 'Erledigt') },
      { value: 'dropped', label: w('Dropped', 'Verworfen') },
    ], { required: true, sortable: true, width: 110, aliases: ['status'] }),
    due_day: day(w('Due', 'Fällig'), { sortable: true, width: 110, aliases: ['due', 'duedate', 'fällig'] }),
    snoozed_day: day(w('Hidden until', 'Zurückgestellt bis'), { width: 110 }),
    owner_id: ref(w('Owner', 'Zuständig'), 'user', { width: 160, aliases: ['owner', 'assignee'] }),
    priority: choice(w('Priority', 'Vorrang'), [
      { value: '1', label: w('High', 'Hoch') },
      { value: '2', label: w('Normal', 'Normal') },
      { value: '3', label: w('Low', 'Niedrig') },
    ], { required: true, sortable: true, width: 100 }),
    repeat: text(w('Repeats', 'Wiederholung'), { width: 160, max: 200, usual: usualRepeats, hint: w('Choose one, or type a rule (RFC 5545)', 'Wählen oder eine Regel eingeben (RFC 5545)'), aliases: ['rrule', 'recurrence'] }),
    done_day: day(w('Done on', 'Erledigt am'), { derived: true, width: 110 }),
    remarks: longtext(w('Remarks', 'Bemerkungen'), { aliases: ['description', 'notes'] }),
  },
});

const daySchema = z.string().refine(isDay, 'is not a day (YYYY-MM-DD)');

/** One line of the agenda: something due in any module. `late` when its day is over. */
export interface Due {
  readonly entity: string;
  readonly id: number;
  readonly version: number;
  readonly title: string;
  readonly day: string;
  readonly what: string;
  readonly owner_id: number | null;
  readonly late: boolean;
}

export const taskCalls = {
  ...crud(task),
  'task.finish': call<Written & { readonly next: number | null }>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, version: idSchema, day: daySchema.optional() }),
    needs: needs('task', 'write'),
    of: 'task',
    about: 'Marks a task as done; a repeating one creates the next, whose id is returned.',
  }),
  'task.snooze': call<Written>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, version: idSchema, until: daySchema }),
    needs: needs('task', 'write'),
    of: 'task',
    about: 'Hides a task from the agenda until a day.',
  }),
  'agenda.list': call<readonly Due[]>()({
    kind: 'read',
    input: z.strictObject({ until: daySchema.optional(), mine: z.boolean().optional(), limit: z.int().min(1).max(1000).optional() }),
    needs: 'user',
    about: 'Everything due in every module up to a day (30 days ahead unless told), oldest first; only what the user may see.',
  }),
};
