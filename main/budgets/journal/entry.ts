import { entry, type EntryChecked, type EntryDraft, type Line, type LineDraft } from '#contract/budgets/entry.ts';
import type { Written } from '#contract/kit/call.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, run, sql } from '../../db/sql.ts';
import { releaseAssets } from './assetReversal.ts';
import { checked, lineProblems } from './lines.ts';
import { addYearOf, nextPeriodDay, periodsOf } from '../accounts/periods.ts';
import { tagsBetween } from '../accounts/ownTags.ts';
import { lineSpan, type PostedLine, type ToPost } from './posted.ts';
import { openWriter } from './writer.ts';

/** Journal entries: drafts, posting, reversing. */

const words = {
  stale: w('Somebody else has changed this entry meanwhile; reload to see how it stands.', 'Inzwischen hat jemand anders diese Buchung geändert; bitte neu laden.'),
  posted: w('{number} is posted and cannot be changed; reverse it instead.', '{number} ist gebucht und nicht änderbar; bitte stornieren.'),
  notPosted: w('Only a posted entry can be reversed.', 'Nur eine gebuchte Buchung lässt sich stornieren.'),
  noPeriod: w('There is no open period for the reversal.', 'Für den Storno gibt es keine offene Periode.'),
  closing: w('Only closing a fiscal year posts in the journal of closings. Choose another journal.', 'Im Abschlussjournal bucht nur der Jahresabschluss. Bitte ein anderes Buchungsjournal wählen.'),
  opening: w('Posting in the journal of openings takes the right to approve entries.', 'Im Eröffnungsjournal bucht nur, wer Buchungen freigeben darf.'),
  reversal: w('Reversal of {number}: {reason}', 'Storno von {number}: {reason}'),
};

interface Stored {
  readonly id: number;
  readonly version: number;
  readonly number: string;
  readonly day: string;
  readonly journal: ToPost['journal'];
  readonly state: 'draft' | 'posted' | 'reversed';
  readonly narration: string;
  readonly reference: string;
  readonly origin: string;
  readonly source_entity: string;
  readonly source_id: number | null;
}

function stored(ctx: Ctx, id: number, version?: number): Stored {
  const found = first<Stored>(ctx.db, sql`SELECT id, version, number, day, journal, state, narration, reference, origin, source_entity, source_id FROM entries WHERE id = ${id}`);
  if (!found) throw new Refused('missing', refusals.missing, { what: entry.label[ctx.language], id });
  if (version !== undefined && found.version !== version) throw new Refused('conflict', words.stale);
  return found;
}

function draftOf(ctx: Ctx, id: number, version: number): EntryDraft {
  const found = stored(ctx, id, version);
  if (found.state !== 'draft') throw new Refused('invalid', words.posted, { number: found.number });
  const { lines } = first<{ lines: string }>(ctx.db, sql`SELECT lines FROM entry_drafts WHERE entry_id = ${id}`)!;
  return { day: found.day, journal: found.journal, narration: found.narration, reference: found.reference, lines: JSON.parse(lines) as LineDraft[] };
}

/** Refuses the journals that people do not type in: closings come from the year end alone, openings from those who may approve. @throws Refused invalid, denied */
export function mayTypeIn(ctx: Ctx, journal: string | undefined): void {
  if (journal === 'closing') throw new Refused('invalid', words.closing, {}, 'journal');
  if (journal === 'opening' && ctx.rights.access.entry !== 'approve') throw new Refused('denied', words.opening, {}, 'journal');
}

/** The journal of what is made of another entry: opening and closing entries come from the ends of years alone. */
export const usualJournal = (journal: ToPost['journal'] | undefined): ToPost['journal'] => (journal === undefined || journal === 'closing' || journal === 'opening' ? 'general' : journal);

const debits = (lines: readonly LineDraft[]): number => lines.reduce((sum, line) => sum + Math.max(0, line.amount ?? 0), 0);

/** Saves a draft. @throws Refused conflict, missing, invalid (already posted) */
export function save(ctx: Ctx, input: EntryDraft & { id?: number | undefined; version?: number | undefined }): Written {
  const { id, version, lines } = input;
  const title = input.narration ?? '';
  const [journal, reference] = [input.journal ?? 'general', input.reference ?? ''];
  mayTypeIn(ctx, journal);
  if (id === undefined) {
    const made = run(ctx.db, sql`INSERT INTO entries (created_at, updated_at, number, day, journal, state, narration, reference, total) VALUES (${ctx.now}, ${ctx.now}, ${ctx.request}, ${input.day}, ${journal}, 'draft', ${title}, ${reference}, ${debits(lines)})`);
    // A draft draws no number: what it is called until then only tells it apart from others.
    run(ctx.db, sql`UPDATE entries SET number = ${`* ${made.id}`} WHERE id = ${made.id}`);
    run(ctx.db, sql`INSERT INTO entry_drafts (entry_id, lines) VALUES (${made.id}, ${JSON.stringify(lines)})`);
    append(ctx, { action: 'created', entity: entry.name, id: made.id, title, changes: { day: ['', input.day], narration: ['', title], lines: [0, lines.length] } });
    return { id: made.id, version: 1 };
  }
  const before = draftOf(ctx, id, version ?? 0);
  run(ctx.db, sql`UPDATE entries SET version = version + 1, updated_at = ${ctx.now}, day = ${input.day}, journal = ${journal}, narration = ${title}, reference = ${reference}, total = ${debits(lines)} WHERE id = ${id}`);
  run(ctx.db, sql`UPDATE entry_drafts SET lines = ${JSON.stringify(lines)} WHERE entry_id = ${id}`);
  append(ctx, { action: 'changed', entity: entry.name, id, title, changes: { day: [before.day, input.day], narration: [before.narration ?? '', title], lines: [before.lines.length, lines.length] } });
  return { id, version: (version ?? 0) + 1 };
}

/** Throws a draft away. */
export function discard(ctx: Ctx, input: { id: number; version: number }): Written {
  const draft = draftOf(ctx, input.id, input.version);
  run(ctx.db, sql`DELETE FROM entry_drafts WHERE entry_id = ${input.id}`);
  run(ctx.db, sql`DELETE FROM entries WHERE id = ${input.id}`);
  append(ctx, { action: 'discarded', entity: entry.name, id: input.id, title: draft.narration ?? '', changes: { lines: [draft.lines.length, 0] } });
  return { id: input.id, version: input.version };
}

/**
 * Posts one entry: the verb that other modules call too. Lines must be checked (see `checked`).
 * @throws Refused for a closed period
 */
export function postEntry(ctx: Ctx, wanted: ToPost, how: { readonly draftId?: number; readonly reason?: string | undefined; readonly intoHard?: boolean; readonly makeYears?: boolean } = {}): Written & { readonly number: string } {
  const intoSoft = how.reason !== undefined && ctx.rights.access.period === 'approve';
  const writer = openWriter(ctx, { intoSoft, intoHard: how.intoHard === true, ...(how.makeYears === true ? { makeYear: (day: string) => addYearOf(ctx, day) } : {}) });
  const posted = writer.write(wanted, how.draftId);
  writer.finish();
  append(ctx, {
    action: 'posted',
    entity: entry.name,
    id: posted.id,
    title: `${posted.number} ${wanted.narration}`.trim(),
    changes: { number: ['', posted.number], day: ['', wanted.day], lines: [0, wanted.lines.length], seal: ['', posted.seal], ...(how.reason === undefined ? {} : { reason: ['', how.reason] }) },
  });
  return { id: posted.id, version: how.draftId === undefined ? 1 : first<{ version: number }>(ctx.db, sql`SELECT version FROM entries WHERE id = ${posted.id}`)!.version, number: posted.number };
}

function toPost(ctx: Ctx, draft: EntryDraft, origin: string): ToPost {
  mayTypeIn(ctx, draft.journal);
  return { day: draft.day, journal: draft.journal ?? 'general', narration: draft.narration ?? '', reference: draft.reference ?? '', lines: checked(ctx, draft), origin };
}

/** Posts a draft. */
export function post(ctx: Ctx, input: { id: number; version: number; reason?: string | undefined }): Written & { readonly number: string } {
  const draft = draftOf(ctx, input.id, input.version);
  // A draft that was prepared still says by what.
  const { origin, source_entity, source_id } = stored(ctx, input.id);
  const prepared = source_id === null ? {} : { source: { entity: source_entity, id: source_id } };
  const posted = postEntry(ctx, { ...toPost(ctx, draft, origin || 'typed'), ...prepared }, { draftId: input.id, reason: input.reason });
  run(ctx.db, sql`DELETE FROM entry_drafts WHERE entry_id = ${input.id}`);
  return posted;
}

/** Posts an entry at once. */
export const add = (ctx: Ctx, input: EntryDraft & { reason?: string | undefined }): Written & { readonly number: string } => postEntry(ctx, toPost(ctx, input, 'typed'), { reason: input.reason });

/** Reverses a posted entry. @throws Refused when it is a draft or reversed already */
export function reverse(ctx: Ctx, input: { id: number; version: number; day?: string | undefined; next_period?: boolean | undefined; reason: string }): Written & { readonly number: string } {
  const found = stored(ctx, input.id, input.version);
  if (found.state !== 'posted' || closes(ctx, found.id)) throw new Refused('invalid', words.notPosted);
  return reverseStored(ctx, found, input.next_period === true ? nextPeriodDay(ctx.db, found.day) : (input.day ?? openDay(ctx, found.day)), input.reason);
}

/** Whether the lines of an entry are those of a year end. */
const closes = (ctx: Ctx, id: number): boolean => first(ctx.db, sql`SELECT 1 FROM entry_lines WHERE id BETWEEN ${id * lineSpan} AND ${(id + 1) * lineSpan - 1} AND closing = 1`) !== undefined;

/** Turns an entry round, whatever journal it stands in; the year end reverses its closing entry this way. */
export function reverseStored(ctx: Ctx, found: { readonly id: number; readonly number: string; readonly journal: ToPost['journal'] }, day: string, reason: string, intoHard = false): Written & { readonly number: string } {
  releaseAssets(ctx, found.id);
  run(ctx.db, sql`UPDATE entries SET state = 'reversed', version = version + 1, updated_at = ${ctx.now} WHERE id = ${found.id}`);
  const lines = postedLines(ctx, found.id).map((line) => ({ ...line, amount: -line.amount || 0, quantity: -line.quantity || 0 }));
  const narration = words.reversal[ctx.language].replace('{number}', found.number).replace('{reason}', reason).slice(0, 500);
  return postEntry(ctx, { day, journal: found.journal, narration, reference: '', lines, origin: 'reversal', reverses_id: found.id, closing: closes(ctx, found.id) }, { reason, intoHard });
}

/** The day itself when its period is open, else the first day of the next open period. */
function openDay(ctx: Ctx, day: string): string {
  for (const one of periodsOf(ctx.db)) {
    if (one.end_day < day || one.state !== 'open') continue;
    return one.start_day > day ? one.start_day : day;
  }
  throw new Refused('invalid', words.noPeriod);
}

/** Lines of a posted entry as they were written. */
export function postedLines(ctx: Ctx, id: number): PostedLine[] {
  const [from, to] = [id * lineSpan, (id + 1) * lineSpan - 1];
  const tags = tagsBetween(ctx.db, from, to);
  return all<PostedLine & { id: number }>(
    ctx.db,
    sql`SELECT id, account_id, amount, currency, quantity, party_id, department_id, place_id, project_id, tax_code_id, text FROM entry_lines WHERE id BETWEEN ${from} AND ${to} ORDER BY id`,
  ).map(({ id: line, ...rest }) => ({ ...rest, ...(tags.has(line) ? { tags: tags.get(line)! } : {}) }));
}

const allLines = (ctx: Ctx, found: Stored): readonly LineDraft[] =>
  found.state === 'draft' ? (JSON.parse(first<{ lines: string }>(ctx.db, sql`SELECT lines FROM entry_drafts WHERE entry_id = ${found.id}`)!.lines) as LineDraft[]) : postedLines(ctx, found.id);

/** Makes a new draft of what another entry says; it belongs to no paper and reverses nothing. */
export function copy(ctx: Ctx, input: { id: number; day: string }): Written {
  const found = stored(ctx, input.id);
  return save(ctx, { day: input.day, journal: usualJournal(found.journal), narration: found.narration, reference: found.reference, lines: [...allLines(ctx, found)] });
}

/** What stands against posting it. */
export function check(ctx: Ctx, draft: EntryDraft): EntryChecked {
  const period = first<{ name: string; state: 'open' | 'soft' | 'hard' }>(ctx.db, sql`SELECT name, state FROM periods WHERE start_day <= ${draft.day} AND end_day >= ${draft.day} ORDER BY start_day DESC LIMIT 1`);
  return { period: period ?? null, ...lineProblems(ctx, draft) };
}

/** Lines of an entry or draft with their accounts' names. */
export function linesOf(ctx: Ctx, input: { id: number; from?: number | undefined }): readonly Line[] {
  const from = input.from ?? 0;
  const lines = allLines(ctx, stored(ctx, input.id)).slice(from, from + 1000);
  const ids = JSON.stringify([...new Set(lines.map((line) => line.account_id))]);
  const names = new Map(all<{ id: number; name: string; number: string }>(ctx.db, sql`SELECT id, name, number FROM accounts WHERE id IN (SELECT value FROM json_each(${ids}))`).map((row) => [row.id, row]));
  return lines.map((line, at) => ({
    line: from + at + 1,
    account_id: line.account_id,
    account: names.get(line.account_id ?? 0)?.name ?? '',
    number: names.get(line.account_id ?? 0)?.number ?? '',
    amount: line.amount ?? 0,
    currency: line.currency ?? '',
    quantity: line.quantity ?? 0,
    party_id: line.party_id ?? null,
    department_id: line.department_id ?? null,
    place_id: line.place_id ?? null,
    project_id: line.project_id ?? null,
    tax_code_id: line.tax_code_id ?? null,
    tags: line.tags ?? [],
    text: line.text ?? '',
  }));
}
