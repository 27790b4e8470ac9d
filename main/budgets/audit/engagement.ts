import { auditTests, type TestKey, testKeys } from '#contract/budgets/auditTest.ts';
import { auditItem, auditPack, auditRequest, auditSample, type BooksState, engagement, type engagementCalls, type TestState } from '#contract/budgets/engagement.ts';
import { today } from '#contract/kit/day.ts';
import type { InputOf, Written } from '#contract/kit/call.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { room } from '../../db/room.ts';
import { all, first, run, sql } from '../../db/sql.ts';
import { stale, update } from '../../db/table.ts';
import type { Agenda } from '../../records/task.ts';
import type { Days } from './auditLedger.ts';

/** Audits: their records, reviews of items, requests, and how each test stands. */

const words = {
  days: w('The audit begins on {from} and cannot end before.', 'Die Prüfung beginnt am {from} und kann nicht davor enden.'),
  concluded: w('{name} is concluded. Set it back to fieldwork to go on.', '{name} ist abgeschlossen. Zum Weiterarbeiten bitte auf „In Arbeit“ zurücksetzen.'),
  changed: w('The days of {name} were changed while they were read. Nothing was kept; please start again.', 'Die Tage von {name} wurden geändert, während sie gelesen wurden. Es wurde nichts behalten; bitte noch einmal starten.'),
  note: w('Please say in a note why; what is kept is read by others.', 'Bitte in einem Vermerk begründen; was bleibt, lesen andere.'),
  settled: w('This request is accepted already.', 'Diese Anforderung ist bereits angenommen.'),
};

export interface Audit extends Days {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly state: string;
}

/** An audit. @throws Refused missing */
export function auditOf(ctx: Ctx, id: number): Audit {
  const found = first<Audit>(ctx.db, sql`SELECT id, number, name, state, from_day AS "from", until_day AS until FROM audit_engagements WHERE id = ${id}`);
  if (!found) throw new Refused('missing', refusals.missing, { what: engagement.label[ctx.language], id });
  return found;
}

/** An audit that is not concluded, to work on. @throws Refused missing, invalid (concluded) */
export function openAudit(ctx: Ctx, id: number): Audit {
  const found = auditOf(ctx, id);
  if (found.state === 'concluded') throw new Refused('invalid', words.concluded, { name: found.name });
  return found;
}

/** An audit that is still the one that was read, to keep what was found. @throws Refused missing, invalid (concluded), conflict (its days were changed) */
export function sameAudit(ctx: Ctx, read: Audit): void {
  const now = openAudit(ctx, read.id);
  if (now.from !== read.from || now.until !== read.until) throw new Refused('conflict', words.changed, { name: read.name });
}

function completeAudit(_ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const now: Readonly<Record<string, unknown>> = { ...before, ...values };
  if (String(now['until_day']) < String(now['from_day'])) throw new Refused('invalid', words.days, { from: now['from_day'] }, 'until_day');
  return values;
}

/** A request notes the days on which it was provided and accepted. */
function completeRequest(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const now: Readonly<Record<string, unknown>> = { ...before, ...values };
  openAudit(ctx, Number(now['engagement_id']));
  const state = now['state'];
  if (before !== null && state === before['state']) return values;
  const provided = state === 'provided' || state === 'accepted' ? (before?.['provided_day'] !== '' && before?.['state'] !== 'returned' ? (before?.['provided_day'] ?? today()) : today()) : '';
  return { ...values, provided_day: provided, settled_day: state === 'accepted' ? today() : '' };
}

export const auditRooms = {
  engagement: room(engagement, { complete: completeAudit }),
  audit_request: room(auditRequest, { complete: completeRequest }),
  audit_item: room(auditItem),
  audit_sample: room(auditSample),
  audit_pack: room(auditPack),
};

/** Says that something was provided; those who are audited need no more than to read. @throws Refused missing, conflict, invalid (accepted already) */
export function provide(ctx: Ctx, input: InputOf<(typeof engagementCalls)['audit_request.provide']>): Written {
  const before = first<{ state: string; remarks: string }>(ctx.db, sql`SELECT state, remarks FROM audit_requests WHERE id = ${input.id}`);
  if (before?.state === 'accepted') throw new Refused('invalid', words.settled);
  const remarks = [before?.remarks ?? '', input.remarks ?? ''].filter((text) => text !== '').join('\n');
  return update(ctx, auditRooms.audit_request.entity, input.id, input.version, { state: 'provided', remarks }, auditRooms.audit_request.rules);
}

interface Reviewed {
  readonly id: number;
  readonly version: number;
  readonly engagement_id: number;
  readonly number: string;
  readonly test: string;
  readonly state: string;
  readonly note: string;
  readonly difference: number | null;
}

/** Keeps what an auditor made of some items; the log keeps what stood there before. @throws Refused missing, conflict (another reviewed one since), invalid (no note, concluded) */
export function review(ctx: Ctx, input: InputOf<(typeof engagementCalls)['audit_item.review']>): { readonly reviewed: number } {
  const open = new Set<number>();
  const items = new Map(input.items.map((one) => [one.id, one.version]));
  for (const [id, version] of items) {
    const before = first<Reviewed>(ctx.db, sql`SELECT id, version, engagement_id, number, test, state, note, difference FROM audit_items WHERE id = ${id}`);
    if (!before) throw new Refused('missing', refusals.missing, { what: auditItem.label[ctx.language], id });
    if (before.version !== version) throw stale(ctx, auditRooms.audit_item.entity, id);
    if (!open.has(before.engagement_id)) open.add(openAudit(ctx, before.engagement_id).id);
    const note = input.note ?? before.note;
    const difference = input.difference === undefined ? before.difference : input.difference;
    if (input.state !== 'open' && note.trim() === '') throw new Refused('invalid', words.note, {}, 'note');
    const [by, at] = input.state === 'open' ? ['', null] : [ctx.user?.name ?? '', ctx.now];
    run(ctx.db, sql`UPDATE audit_items SET state = ${input.state}, note = ${note}, difference = ${difference}, reviewed_by = ${by}, reviewed_at = ${at}, version = version + 1, updated_at = ${ctx.now} WHERE id = ${id}`);
    append(ctx, { action: 'reviewed', entity: auditItem.name, id, title: before.number, changes: { test: [before.test, before.test], state: [before.state, input.state], note: [before.note, note], difference: [before.difference, difference] } });
  }
  return { reviewed: items.size };
}

/** Notes a pack of evidence by the digest of its file. */
export function keepPack(ctx: Ctx, input: InputOf<(typeof engagementCalls)['engagement.keep_pack']>): Written {
  auditOf(ctx, input.id);
  const head = `${input.head.seq}:${input.head.hash}`;
  const by = ctx.user?.name ?? '';
  const { id } = run(
    ctx.db,
    sql`INSERT INTO audit_packs (created_at, updated_at, engagement_id, file_name, bytes, digest, chain_head, made_at, made_by) VALUES (${ctx.now}, ${ctx.now}, ${input.id}, ${input.file_name}, ${input.bytes}, ${input.digest}, ${head}, ${ctx.now}, ${by})`,
  );
  append(ctx, { action: 'created', entity: auditPack.name, id, title: input.file_name, changes: { engagement_id: [null, input.id], bytes: [null, input.bytes], digest: ['', input.digest], chain_head: ['', head] } });
  return { id, version: 1 };
}

/** How every test stands in an audit, in the order of the contract. What a run was asked is kept as JSON, together with the state of the books that it read. */
export function tests(ctx: Ctx, input: { readonly id: number }): readonly TestState[] {
  auditOf(ctx, input.id);
  const runs = new Map(all<{ test: string; params: string; at: number; by_name: string; entries: number; hits: number; amount: number }>(ctx.db, sql`SELECT test, params, at, by_name, entries, hits, amount FROM audit_runs WHERE engagement_id = ${input.id}`).map((row) => [row.test, row]));
  const items = new Map(
    all<{ test: string; kept: number; fresh: number; open: number; exceptions: number }>(
      ctx.db,
      sql`SELECT test, count(*) AS kept, sum(fresh) AS fresh, sum(state = 'open') AS open, sum(state = 'exception') AS exceptions FROM audit_items WHERE engagement_id = ${input.id} GROUP BY test`,
    ).map((row) => [row.test, row]),
  );
  return testKeys.map((test: TestKey): TestState => {
    const [last, kept] = [runs.get(test), items.get(test)];
    const { read = null, ...given } = (last ? JSON.parse(last.params) : {}) as Record<string, unknown> & { readonly read?: BooksState };
    return { test, params: last ? { ...auditTests[test].usual, ...given } : null, at: last?.at ?? null, by: last?.by_name ?? '', read, entries: last?.entries ?? 0, hits: last?.hits ?? 0, amount: last?.amount ?? 0, kept: kept?.kept ?? 0, fresh: kept?.fresh ?? 0, open: kept?.open ?? 0, exceptions: kept?.exceptions ?? 0 };
  });
}

/** Requests that are due. */
export const requestAgenda: Agenda = (ctx, input) => {
  if (ctx.rights.access.engagement === 'none') return [];
  const now = today();
  const mine = input.mine ? (ctx.user?.id ?? 0) : null;
  const rows = all<{ id: number; version: number; title: string; due_day: string; owner_id: number | null }>(
    ctx.db,
    sql`SELECT r.id, r.version, r.title, r.due_day, r.owner_id FROM audit_requests r JOIN audit_engagements e ON e.id = r.engagement_id
        WHERE r.archived = 0 AND e.archived = 0 AND e.state <> 'concluded' AND r.due_day <> '' AND r.due_day <= ${input.until} AND r.state IN ('open', 'returned') AND (${mine} IS NULL OR r.owner_id = ${mine}) ORDER BY r.due_day, r.id LIMIT ${input.limit}`,
  );
  return rows.map((row) => ({ entity: auditRequest.name, id: row.id, version: row.version, title: row.title, day: row.due_day, what: 'audit_request', owner_id: row.owner_id, late: row.due_day < now }));
};
