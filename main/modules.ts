import { reaches } from '#contract/kit/access.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { entities } from '#contract/calls.ts';
import { contact, address, assignment, position } from '#contract/records/partyParts.ts';
import { department } from '#contract/records/department.ts';
import { place } from '#contract/records/place.ts';
import * as backup from './company/backup.ts';
import * as company from './company/company.ts';
import * as timeline from './company/timeline.ts';
import * as transfer from './company/transfer.ts';
import { exportList } from './company/export.ts';
import type { Ctx } from './db/context.ts';
import { crudHandlers, type Room, room } from './db/room.ts';
import { search } from './db/search.ts';
import { verifyLedger } from './budgets/audit/ledgerCheck.ts';
import { requestAgenda } from './budgets/audit/engagement.ts';
import { budgetHandlers, budgetRooms, recurringAgenda } from './budgets/module.ts';
import { revaluationAgenda } from './budgets/exchange/revaluation.ts';
import type { Aid, Handlers } from './handlers.ts';
import * as documents from './records/document.ts';
import * as events from './records/event.ts';
import * as links from './records/links.ts';
import { duplicates, merge } from './records/merge.ts';
import { identifierRoom, partyRoom, period } from './records/party.ts';
import * as sessions from './records/session.ts';
import * as tasks from './records/task.ts';
import * as users from './records/user.ts';

/** The office's directory: every call and who answers it. A missing handler does not compile. Restoring replaces the database itself: the office does it. */

const rooms = {
  contact: room(contact),
  address: room(address),
  assignment: room(assignment, { complete: period }),
  position: room(position, { complete: period }),
  department: room(department),
  place: room(place),
};

/** Every entity with its rules, for imports. */
export const roomOf: Readonly<Record<string, Room>> = Object.freeze({ ...rooms, ...budgetRooms, event: events.eventRoom, party: partyRoom, identifier: identifierRoom, document: documents.documentRoom, task: tasks.taskRoom, user: users.userRoom, role: users.roleRoom });

const handlers: Handlers = {
  ...crudHandlers(partyRoom),
  'party.duplicates': duplicates,
  'party.merge': merge,
  ...crudHandlers(rooms.contact),
  ...crudHandlers(rooms.address),
  ...crudHandlers(identifierRoom),
  ...crudHandlers(rooms.assignment),
  ...crudHandlers(rooms.position),
  ...crudHandlers(rooms.department),
  ...crudHandlers(rooms.place),
  ...crudHandlers(documents.documentRoom),
  'document.add': (ctx, input, aid) => documents.add(ctx, input, aid.prepared as documents.StoredFile),
  'document.versions': documents.versions,
  'document.content': documents.content,
  ...crudHandlers(tasks.taskRoom),
  'task.finish': tasks.finish,
  'task.snooze': tasks.snooze,
  'agenda.list': tasks.agendaOf([tasks.taskAgenda, tasks.documentAgenda, tasks.identifierAgenda, revaluationAgenda, recurringAgenda, requestAgenda]),
  ...crudHandlers(events.eventRoom),
  'event.between': events.between,
  'link.list': links.listLinks,
  'link.create': links.createLink,
  'link.remove': links.removeLink,
  'note.list': links.listNotes,
  'note.create': links.createNote,
  'note.update': links.updateNote,
  'note.remove': links.removeNote,
  ...crudHandlers(users.userRoom),
  'user.archive': users.archiveUser,
  'user.set_password': (ctx, input, aid) => users.setPassword(ctx, input, aid.prepared as { hash: string; ownGood: boolean }),
  ...crudHandlers(users.roleRoom),
  'role.create': users.createRole,
  'role.archive': users.archiveRole,
  'role.rights': users.rightsOf,
  'role.grant': users.grant,
  ...budgetHandlers,
  'session.sign_in': (ctx, input, aid) => sessions.signIn(ctx, input, aid.prepared as boolean),
  'session.sign_out': (ctx) => sessions.leave(ctx, 'signed_out'),
  'session.set_language': users.setOwnLanguage,
  'session.lock': (ctx) => sessions.leave(ctx, 'locked'),
  'session.current': (ctx) => ({ session: ctx.user ? sessions.sessionOf(ctx.db, ctx.user.id) : null, users: sessions.signIns(ctx.db) }),
  'company.get': (ctx) => company.getCompany(ctx, backup.state(ctx)),
  'company.update': company.updateCompany,
  'company.counts': company.counts,
  'company.verify': (ctx, _input, aid) => backup.verify(ctx, aid.known ?? null, aid.job!, verifyLedger),
  'sequence.list': company.series,
  'sequence.update': company.updateSeries,
  'preference.all': company.preferences,
  'preference.set': company.setPreference,
  'backup.list': backup.list,
  'backup.create': backup.create,
  'backup.preview': backup.preview,
  'record.timeline': timeline.timeline,
  'record.as_of': timeline.asOf,
  'audit.list': timeline.log,
  'search.find': (ctx, input) => search(ctx.db, { text: input.text, entities: readable(ctx), ...(input.entity === undefined ? {} : { entity: input.entity }), limit: input.limit ?? 20 }),
  'import.look': (ctx, input, aid) => transfer.look(ctx, input, aid.job!),
  'import.check': (ctx, input, aid) => transfer.check(ctx, input, aid.job!, roomOf),
  'import.run': (ctx, input, aid) => transfer.run(ctx, input, aid.job!, roomOf),
  'import.undo': (ctx, input, aid) => transfer.undo(ctx, input, aid.job!, roomOf),
  'import.history': transfer.history,
  'export.run': (ctx, input, aid) => exportList(ctx, input, aid.job!),
};

/** Names of the kinds of record a user may read and search. */
const readable = (ctx: Ctx): string[] => Object.values<Entity>(entities).filter((of) => of.search.length > 0 && reaches(ctx.rights.access[of.area], 'read')).map((of) => of.name);

/** The handler of a call by name; the router has checked input and right. */
export function handlerOf(name: string): (ctx: Ctx, input: unknown, aid: Aid) => unknown {
  return (handlers as unknown as Readonly<Record<string, (ctx: Ctx, input: unknown, aid: Aid) => unknown>>)[name]!;
}
