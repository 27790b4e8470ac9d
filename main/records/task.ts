import { addDays, today } from '#contract/kit/day.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { type Due, task } from '#contract/records/task.ts';
import type { Written } from '#contract/kit/call.ts';
import type { Ctx } from '../db/context.ts';
import { room } from '../db/room.ts';
import { all, sql } from '../db/sql.ts';
import { insert, update, whole } from '../db/table.ts';
import { textAt } from '../db/values.ts';
import { nextDay } from './repeats.ts';

/** Tasks: their states, what repeats, and their share of the agenda. */

const dueNeeded = w('A repeating task needs a due day.', 'Eine wiederkehrende Aufgabe braucht einen Fälligkeitstag.');
const closed = w('This task is already {state}.', 'Diese Aufgabe ist schon {state}.');

function complete(_ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const now: Readonly<Record<string, unknown>> = { ...before, ...values };
  const [rule, due, state] = [textAt(now, 'repeat'), textAt(now, 'due_day'), textAt(now, 'state')];
  if (rule !== '' && due === '') throw new Refused('invalid', dueNeeded, {}, 'due_day');
  if (rule !== '') nextDay(rule, due);
  const done = state === 'done' ? textAt(now, 'done_day') || today() : '';
  return { ...values, done_day: done };
}

export const taskRoom = room(task, { complete });

/** Marks a task as done. A repeating one makes its next, due on the first day of the rule after its own due day. */
export function finish(ctx: Ctx, input: { id: number; version: number; day?: string | undefined }): Written & { readonly next: number | null } {
  const before = whole(ctx, taskRoom.entity, input.id);
  if (before['state'] === 'done' || before['state'] === 'dropped') {
    const label = task.fields.state.options?.find((option) => option.value === before['state'])?.label[ctx.language];
    throw new Refused('invalid', closed, { state: label }, 'state');
  }
  const written = update(ctx, taskRoom.entity, input.id, input.version, { state: 'done', done_day: input.day ?? today() }, { ...taskRoom.rules, complete: (_ctx, values) => values });
  const rule = String(before['repeat']);
  const due = rule === '' ? '' : nextDay(rule, String(before['due_day']));
  if (due === '') return { ...written, next: null };
  const { title, owner_id, priority, remarks } = before as unknown as { title: string; owner_id: number | null; priority: string; remarks: string };
  const next = insert(ctx, taskRoom.entity, { title, owner_id, priority, remarks, state: 'open', due_day: due, repeat: countedDown(rule) }, taskRoom.rules);
  return { ...written, next: next.id };
}

/** A rule with COUNT loses one with every task it has made. */
const countedDown = (rule: string): string => rule.replace(/COUNT=(\d+)/i, (_all, count: string) => `COUNT=${Math.max(1, Number(count) - 1)}`);

export const snooze = (ctx: Ctx, input: { id: number; version: number; until: string }): Written => update(ctx, taskRoom.entity, input.id, input.version, { snoozed_day: input.until }, taskRoom.rules);

/** A module's share of the agenda: what is due up to a day, oldest first. */
export type Agenda = (ctx: Ctx, input: { until: string; mine: boolean; limit: number }) => readonly Due[];

export const taskAgenda: Agenda = (ctx, input) => {
  if (ctx.rights.access.task === 'none') return [];
  const now = today();
  const mine = input.mine ? (ctx.user?.id ?? 0) : null;
  const rows = all<{ id: number; version: number; title: string; due_day: string; owner_id: number | null }>(
    ctx.db,
    sql`SELECT id, version, title, due_day, owner_id FROM tasks WHERE archived = 0 AND due_day <> '' AND due_day <= ${input.until} AND state IN ('open', 'doing') AND snoozed_day <= ${now} AND (${mine} IS NULL OR owner_id = ${mine}) ORDER BY due_day, id LIMIT ${input.limit}`,
  );
  return rows.map((row) => ({ entity: 'task', id: row.id, version: row.version, title: row.title, day: row.due_day, what: 'task', owner_id: row.owner_id, late: row.due_day < now }));
};

/** Papers whose time to be kept is over are due for a decision. */
export const documentAgenda: Agenda = (ctx, input) => {
  if (ctx.rights.access.document === 'none' || input.mine) return [];
  const now = today();
  const rows = all<{ id: number; version: number; title: string; retain_until: string }>(ctx.db, sql`SELECT id, version, title, retain_until FROM documents WHERE archived = 0 AND retain_until <> '' AND retain_until <= ${input.until} ORDER BY retain_until, id LIMIT ${input.limit}`);
  return rows.map((row) => ({ entity: 'document', id: row.id, version: row.version, title: row.title, day: row.retain_until, what: 'retention', owner_id: null, late: row.retain_until < now }));
};

/** Identifiers, cards and licences that run out. */
export const identifierAgenda: Agenda = (ctx, input) => {
  if (ctx.rights.access.party === 'none' || input.mine) return [];
  const now = today();
  const rows = all<{ id: number; version: number; title: string; until_day: string; kind: string }>(
    ctx.db,
    sql`SELECT p.id, p.version, p.name AS title, i.until_day, i.kind FROM identifiers i JOIN parties p ON p.id = i.party_id WHERE i.archived = 0 AND p.archived = 0 AND i.until_day <> '' AND i.until_day <= ${input.until} ORDER BY i.until_day, i.id LIMIT ${input.limit}`,
  );
  return rows.map((row) => ({ entity: 'party', id: row.id, version: row.version, title: row.title, day: row.until_day, what: `expires.${row.kind}`, owner_id: null, late: row.until_day < now }));
};

/** All shares in one list, oldest first. */
export function agendaOf(shares: readonly Agenda[]) {
  return (ctx: Ctx, input: { until?: string | undefined; mine?: boolean | undefined; limit?: number | undefined }): readonly Due[] => {
    const limit = input.limit ?? 200;
    const asked = { until: input.until ?? addDays(today(), 30), mine: input.mine ?? false, limit };
    return shares.flatMap((share) => share(ctx, asked)).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.id - b.id)).slice(0, limit);
  };
}
