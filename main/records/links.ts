import type { Written } from '#contract/kit/call.ts';
import { reaches } from '#contract/kit/access.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Linked, Note, RecordRef } from '#contract/records/links.ts';
import { append } from '../db/audit.ts';
import type { Ctx } from '../db/context.ts';
import { entityNamed } from '../db/entities.ts';
import { all, first, name, run, sql } from '../db/sql.ts';

/** Links between any two records and notes on any record. Rights follow the records. */

/** @throws Refused denied, missing (kind or record) */
export function guardRecord(ctx: Ctx, on: RecordRef, level: 'read' | 'write'): { title: string; subtitle: string; archived: boolean } {
  const of = entityNamed(on.entity);
  if (!reaches(ctx.rights.access[of.area], level)) throw new Refused('denied', refusals.denied);
  const subtitle = of.subtitle === undefined ? sql`''` : name(of.subtitle);
  const found = first<{ title: string; subtitle: string; archived: number }>(ctx.db, sql`SELECT ${name(of.title)} AS title, ${subtitle} AS subtitle, archived FROM ${name(of.table)} WHERE id = ${on.id}`);
  if (!found) throw new Refused('missing', refusals.missing, { what: of.label[ctx.language], id: on.id });
  return { title: found.title, subtitle: found.subtitle, archived: found.archived === 1 };
}

interface StoredLink {
  readonly id: number;
  readonly from_entity: string;
  readonly from_id: number;
  readonly to_entity: string;
  readonly to_id: number;
  readonly relation: string;
  readonly at: number;
}

/** What a record is linked to; ends the user may not read are left out. */
export function listLinks(ctx: Ctx, on: RecordRef): readonly Linked[] {
  guardRecord(ctx, on, 'read');
  const rows = all<StoredLink>(ctx.db, sql`SELECT id, from_entity, from_id, to_entity, to_id, relation, at FROM links WHERE (from_entity = ${on.entity} AND from_id = ${on.id}) OR (to_entity = ${on.entity} AND to_id = ${on.id}) ORDER BY id DESC LIMIT 1000`);
  return rows.flatMap((row) => {
    const here = row.from_entity === on.entity && row.from_id === on.id;
    const other: RecordRef = here ? { entity: row.to_entity, id: row.to_id } : { entity: row.from_entity, id: row.from_id };
    if (!reaches(ctx.rights.access[entityNamed(other.entity).area], 'read')) return [];
    return [{ link_id: row.id, ...other, ...guardRecord(ctx, other, 'read'), relation: row.relation, at: row.at }];
  });
}

const self = w('A record cannot be linked to itself.', 'Ein Datensatz kann nicht mit sich selbst verknüpft werden.');

/** Links two records; a link that is there already is returned unchanged. */
export function createLink(ctx: Ctx, input: { from: RecordRef; to: RecordRef; relation?: string | undefined }): Written {
  const { from, to } = input;
  if (from.entity === to.entity && from.id === to.id) throw new Refused('invalid', self, {}, 'to');
  const writes = (end: RecordRef): boolean => reaches(ctx.rights.access[entityNamed(end.entity).area], 'write');
  if (!writes(from) && !writes(to)) throw new Refused('denied', refusals.denied);
  const [one, other] = [guardRecord(ctx, from, 'read'), guardRecord(ctx, to, 'read')];
  const relation = input.relation ?? '';
  const known = first<{ id: number }>(
    ctx.db,
    sql`SELECT id FROM links WHERE relation = ${relation} AND ((from_entity = ${from.entity} AND from_id = ${from.id} AND to_entity = ${to.entity} AND to_id = ${to.id}) OR (from_entity = ${to.entity} AND from_id = ${to.id} AND to_entity = ${from.entity} AND to_id = ${from.id}))`,
  );
  if (known) return { id: known.id, version: 1 };
  const { id } = run(ctx.db, sql`INSERT INTO links (from_entity, from_id, to_entity, to_id, relation, at) VALUES (${from.entity}, ${from.id}, ${to.entity}, ${to.id}, ${relation}, ${ctx.now})`);
  append(ctx, { action: 'linked', entity: from.entity, id: from.id, title: one.title, changes: { link: [null, { ...to, title: other.title }] } });
  append(ctx, { action: 'linked', entity: to.entity, id: to.id, title: other.title, changes: { link: [null, { ...from, title: one.title }] } });
  return { id, version: 1 };
}

export function removeLink(ctx: Ctx, input: { link_id: number }): Written {
  const row = first<StoredLink>(ctx.db, sql`SELECT id, from_entity, from_id, to_entity, to_id, relation, at FROM links WHERE id = ${input.link_id}`);
  if (!row) throw new Refused('missing', refusals.missing, { what: 'Link', id: input.link_id });
  const [from, to]: [RecordRef, RecordRef] = [{ entity: row.from_entity, id: row.from_id }, { entity: row.to_entity, id: row.to_id }];
  const writes = (end: RecordRef): boolean => reaches(ctx.rights.access[entityNamed(end.entity).area], 'write');
  if (!writes(from) && !writes(to)) throw new Refused('denied', refusals.denied);
  const [one, other] = [guardRecord(ctx, from, 'read'), guardRecord(ctx, to, 'read')];
  run(ctx.db, sql`DELETE FROM links WHERE id = ${row.id}`);
  append(ctx, { action: 'unlinked', entity: from.entity, id: from.id, title: one.title, changes: { link: [{ ...to, title: other.title }, null] } });
  append(ctx, { action: 'unlinked', entity: to.entity, id: to.id, title: other.title, changes: { link: [{ ...from, title: one.title }, null] } });
  return { id: row.id, version: 1 };
}

export function listNotes(ctx: Ctx, on: RecordRef): readonly Note[] {
  guardRecord(ctx, on, 'read');
  return all<Note>(ctx.db, sql`SELECT n.id, n.text, n.at, ifnull(u.name, '') AS "by", n.version FROM notes n LEFT JOIN users u ON u.id = n.user_id WHERE n.entity = ${on.entity} AND n.record_id = ${on.id} AND n.removed = 0 ORDER BY n.id DESC LIMIT 1000`);
}

export function createNote(ctx: Ctx, input: { on: RecordRef; text: string }): Written {
  const { title } = guardRecord(ctx, input.on, 'write');
  const { id } = run(ctx.db, sql`INSERT INTO notes (entity, record_id, text, at, user_id) VALUES (${input.on.entity}, ${input.on.id}, ${input.text}, ${ctx.now}, ${ctx.user?.id ?? null})`);
  append(ctx, { action: 'noted', entity: input.on.entity, id: input.on.id, title, changes: { note: [null, input.text] } });
  return { id, version: 1 };
}

interface StoredNote {
  readonly entity: string;
  readonly record_id: number;
  readonly text: string;
  readonly version: number;
}

const staleNote = w('Someone else has changed this note meanwhile; reload to see it.', 'Diese Notiz wurde inzwischen geändert; bitte neu laden.');

function noteOf(ctx: Ctx, input: { id: number; version: number }): StoredNote {
  const note = first<StoredNote>(ctx.db, sql`SELECT entity, record_id, text, version FROM notes WHERE id = ${input.id} AND removed = 0`);
  if (!note) throw new Refused('missing', refusals.missing, { what: ctx.language === 'de' ? 'Notiz' : 'Note', id: input.id });
  guardRecord(ctx, { entity: note.entity, id: note.record_id }, 'write');
  if (note.version !== input.version) throw new Refused('conflict', staleNote);
  return note;
}

export function updateNote(ctx: Ctx, input: { id: number; version: number; text: string }): Written {
  const note = noteOf(ctx, input);
  run(ctx.db, sql`UPDATE notes SET text = ${input.text}, version = version + 1 WHERE id = ${input.id}`);
  append(ctx, { action: 'noted', entity: note.entity, id: note.record_id, title: '', changes: { note: [note.text, input.text] } });
  return { id: input.id, version: input.version + 1 };
}

export function removeNote(ctx: Ctx, input: { id: number; version: number }): Written {
  const note = noteOf(ctx, input);
  run(ctx.db, sql`UPDATE notes SET removed = 1, version = version + 1 WHERE id = ${input.id}`);
  append(ctx, { action: 'noted', entity: note.entity, id: note.record_id, title: '', changes: { note: [note.text, null] } });
  return { id: input.id, version: input.version + 1 };
}
