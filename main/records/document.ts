import type { Written } from '#contract/kit/call.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { document, type DocumentVersion } from '#contract/records/document.ts';
import type { RecordRef } from '#contract/records/links.ts';
import { append } from '../db/audit.ts';
import type { Ctx } from '../db/context.ts';
import { readFile } from '../db/files.ts';
import { room } from '../db/room.ts';
import { all, first, run, sql } from '../db/sql.ts';
import { indexRow, insert, whole } from '../db/table.ts';
import { createLink } from './links.ts';

/** Papers: versions of files, their text in search, and what they are attached to. */

/** Text of the newest version, found together with the document. */
const searchText = (ctx: Ctx, id: number): string => first<{ text: string }>(ctx.db, sql`SELECT text FROM document_versions WHERE document_id = ${id} ORDER BY number DESC LIMIT 1`)?.text ?? '';

export const documentRoom = room(document, { searchText });

/** A file as the worker has stored it: content hash, size, kind by its bytes, and its text. */
export interface StoredFile {
  readonly hash: string;
  readonly bytes: number;
  readonly media_type: string;
  readonly text: string;
}

export interface Added {
  readonly file_name: string;
  readonly title?: string | undefined;
  readonly document_id?: number | undefined;
  readonly attach?: RecordRef | undefined;
}

const label = (fileName: string): string => (fileName.split(/[/\\]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim().slice(0, 255) || 'file';

/** Registers a stored file as a new document or the next version of one; the same bytes again make no new version. */
export function add(ctx: Ctx, input: Added, stored: StoredFile): Written & { readonly hash: string; readonly known: boolean } {
  const fileName = label(input.file_name);
  const kind = stored.media_type.startsWith('image/') ? 'photo' : 'other';
  const title = (input.title ?? fileName.replace(/\.[A-Za-z0-9]{1,8}$/, '')).trim().slice(0, 300) || fileName;
  const id = input.document_id ?? insert(ctx, documentRoom.entity, { title, kind }, documentRoom.rules).id;
  const before = whole(ctx, documentRoom.entity, id);
  const last = first<{ number: number; hash: string }>(ctx.db, sql`SELECT number, hash FROM document_versions WHERE document_id = ${id} ORDER BY number DESC LIMIT 1`);
  const known = last?.hash === stored.hash;
  if (!known) {
    run(
      ctx.db,
      sql`INSERT INTO document_versions (document_id, number, file_name, media_type, bytes, hash, text, added_at, user_id)
          VALUES (${id}, ${(last?.number ?? 0) + 1}, ${fileName}, ${stored.media_type}, ${stored.bytes}, ${stored.hash}, ${stored.text}, ${ctx.now}, ${ctx.user?.id ?? null})`,
    );
    append(ctx, { action: 'filed', entity: document.name, id, title: String(before['title']), changes: { file: [last?.hash ?? null, stored.hash], file_name: [null, fileName] } });
    indexRow(ctx, documentRoom.entity, before, documentRoom.rules);
  }
  if (input.attach) createLink(ctx, { from: input.attach, to: { entity: document.name, id }, relation: 'file' });
  return { id, version: before.version, hash: stored.hash, known };
}

/** The versions of a document, newest first. @throws Refused missing */
export function versions(ctx: Ctx, input: { id: number }): readonly DocumentVersion[] {
  whole(ctx, documentRoom.entity, input.id);
  return all<Omit<DocumentVersion, 'text_known'> & { text_known: number }>(
    ctx.db,
    sql`SELECT v.id, v.document_id, v.number, v.file_name, v.media_type, v.bytes, v.hash, v.added_at, ifnull(u.name, '') AS added_by, v.text <> '' AS text_known
        FROM document_versions v LEFT JOIN users u ON u.id = v.user_id WHERE v.document_id = ${input.id} ORDER BY v.number DESC LIMIT 1000`,
  ).map((row) => ({ ...row, text_known: row.text_known === 1 }));
}

/** The bytes of one version; a file that no longer matches its hash is refused. @throws Refused missing, invalid */
export function content(ctx: Ctx, input: { version_id: number }): { readonly file_name: string; readonly media_type: string; readonly base64: string } {
  const found = first<{ file_name: string; media_type: string; hash: string }>(ctx.db, sql`SELECT file_name, media_type, hash FROM document_versions WHERE id = ${input.version_id}`);
  if (!found) throw new Refused('missing', refusals.missing, { what: document.label[ctx.language], id: input.version_id });
  return { file_name: found.file_name, media_type: found.media_type, base64: Buffer.from(readFile(ctx.folder, found.hash)).toString('base64') };
}

/** Every hash that stored versions refer to, for backups and checks. */
export const storedHashes = (db: Ctx['db']): string[] => all<{ hash: string }>(db, sql`SELECT DISTINCT hash FROM document_versions ORDER BY hash`).map((row) => row.hash);
