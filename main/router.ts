import { calls } from '#contract/calls.ts';
import { allows, type Rights } from '#contract/kit/access.ts';
import type { Call } from '#contract/kit/call.ts';
import { Refused, refusals, type Reply } from '#contract/kit/failure.ts';
import { type Language, say } from '#contract/kit/words.ts';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Log } from './log.ts';
import { append, type Deed } from './db/audit.ts';
import { type Ctx, noRights } from './db/context.ts';
import { type Connection, transaction } from './db/open.ts';
import { first, run, sql } from './db/sql.ts';
import type { Aid, Findings } from './handlers.ts';
import { handlerOf } from './modules.ts';

/** Stops 4 of the one road: find the call, check the right, read the input, run the handler, shape the reply. */

export interface Caller {
  readonly user: { readonly id: number; readonly name: string } | null;
  readonly rights: Rights | null;
  readonly language: Language;
}

/** The definition of a call. @throws Refused missing */
export function callNamed(name: string): Call {
  const found = Object.hasOwn(calls, name) ? (calls as Readonly<Record<string, Call>>)[name] : undefined;
  if (!found) throw new Refused('missing', refusals.unknownCall, { name: name.slice(0, 80) });
  return found;
}

/** @throws Refused denied */
export function checkRight(call: Call, caller: Caller): void {
  if (allows(caller.rights, call.needs)) return;
  throw new Refused('denied', caller.rights ? refusals.denied : refusals.signIn);
}

const tooDeep = { en: 'This input is nested too deeply to be read.', de: 'Diese Eingabe ist zu tief verschachtelt.' };
const deepest = 100;

/** Whether an input is nested deeper than any form or mapping is, or runs in a circle; reading it would run out of stack. */
function isTooDeep(input: unknown): boolean {
  let level = new Set<unknown>([input]);
  for (let depth = 0; level.size > 0; depth += 1) {
    if (depth > deepest) return true;
    const below = new Set<unknown>();
    for (const one of level) {
      if (typeof one !== 'object' || one === null || ArrayBuffer.isView(one)) continue;
      for (const value of Object.values(one)) if (typeof value === 'object' && value !== null) below.add(value);
    }
    level = below;
  }
  return false;
}

/** The input as the contract wants it. @throws Refused invalid, naming the field */
export function parseInput(name: string, input: unknown, language: Language): unknown {
  if (isTooDeep(input)) throw new Refused('invalid', tooDeep);
  const read = callNamed(name).input.safeParse(input ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  throw new Refused('invalid', refusals.input, { field: issue.path.join('.') || 'input', problem: problemOf(issue, language) }, String(issue.path.at(-1) ?? '') || undefined);
}

function problemOf(issue: z.core.$ZodIssue, language: Language): string {
  if (issue.code === 'unrecognized_keys') return language === 'de' ? `unbekannt: ${issue.keys.join(', ').slice(0, 100)}` : `unknown: ${issue.keys.join(', ').slice(0, 100)}`;
  const german: Record<string, string> = {
    'must be filled in': 'muss ausgefüllt sein',
    'is not a day (YYYY-MM-DD)': 'ist kein Tag (JJJJ-MM-TT)',
    'needs at least 8 characters': 'braucht mindestens 8 Zeichen',
    'changes nothing': 'ändert nichts',
  };
  return (language === 'de' ? german[issue.message] : undefined) ?? issue.message.slice(0, 200);
}

/** Runs work and shapes its reply. This is the only place that catches. */
export async function toReply<T>(work: () => Promise<T> | T, language: Language, log: Log): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, failure: { code: error.code, message: say(error.words, language, error.params), ...(error.field === undefined ? {} : { field: error.field }) } };
    const id = randomBytes(4).toString('hex');
    log.error(id, error);
    return { ok: false, failure: { code: 'bug', message: say(refusals.bug, language, { id }), id } };
  }
}

/** One connection and the folder it belongs to: where calls run, on the main thread or in a worker. */
export interface Seat {
  readonly db: Connection;
  readonly folder: string;
}

export interface Asked {
  readonly name: string;
  readonly input: unknown;
  readonly request: string;
  readonly caller: Caller;
  readonly now: number;
}

export interface Served {
  readonly value: unknown;
  readonly touched: readonly string[];
}

export function contextOf(seat: Seat, asked: Asked): Ctx {
  const { caller } = asked;
  return { db: seat.db, folder: seat.folder, now: asked.now, user: caller.user, rights: caller.rights ?? noRights, language: caller.language, call: asked.name, request: asked.request, touched: new Set() };
}

/** Runs a read. */
export const serveRead = (seat: Seat, asked: Asked, aid: Aid): unknown => handlerOf(asked.name)(contextOf(seat, asked), asked.input, aid);

/** Runs a write in one transaction with its audit row and its reply, so that a retry returns the first reply and writes nothing. */
export function serveWrite(seat: Seat, asked: Asked, aid: Aid, work = (ctx: Ctx): unknown => handlerOf(asked.name)(ctx, asked.input, aid)): Served {
  const ctx = contextOf(seat, asked);
  const served = transaction(seat.db, () => {
    const replayed = replay(ctx);
    if (replayed) return replayed.value;
    const value = work(ctx);
    if (value instanceof Promise) throw new Error(`${asked.name} must not wait inside its transaction`);
    // A refusal that is returned instead of thrown keeps what was written (failed sign-ins are counted).
    if (!(value instanceof Refused)) keepReply(ctx, value);
    return value;
  });
  if (served instanceof Refused) throw served;
  return { value: served, touched: [...ctx.touched] };
}

/** Runs a job that writes: as `serveWrite`, but on a connection of its own, so that it may wait while it reads its file. */
export async function serveWritingJob(seat: Seat, asked: Asked, aid: Aid): Promise<Served> {
  const ctx = contextOf(seat, asked);
  seat.db.exec('BEGIN IMMEDIATE');
  try {
    const replayed = replay(ctx);
    const value = replayed ? replayed.value : await handlerOf(asked.name)(ctx, asked.input, aid);
    if (!replayed) keepReply(ctx, value);
    seat.db.exec('COMMIT');
    return { value, touched: [...ctx.touched] };
  } finally {
    if (seat.db.inTransaction) seat.db.exec('ROLLBACK');
  }
}

/** Runs the reading half of a job that writes last, all of it at one state of the company. Gives what `serveWrite` is to do afterwards; nothing for a retry, whose reply is there already. */
export function serveFindings(seat: Seat, asked: Asked, aid: Aid): (ctx: Ctx) => unknown {
  const ctx = contextOf(seat, asked);
  return seat.db.transaction(() => {
    if (replay(ctx)) return () => null;
    const found = handlerOf(asked.name)(ctx, asked.input, aid);
    if (!isFindings(found)) throw new Error(`${asked.name} writes last and has to give what it keeps`);
    return found.keep;
  })();
}

const isFindings = (found: unknown): found is Findings<unknown> => typeof found === 'object' && found !== null && 'keep' in found && typeof found.keep === 'function';

function replay(ctx: Ctx): { value: unknown } | null {
  const known = first<{ user_id: number | null; call: string; reply: string }>(ctx.db, sql`SELECT user_id, call, reply FROM requests WHERE id = ${ctx.request}`);
  if (!known) return null;
  if (known.call !== ctx.call || known.user_id !== (ctx.user?.id ?? null)) throw new Refused('invalid', refusals.reused);
  return { value: JSON.parse(known.reply) as unknown };
}

function keepReply(ctx: Ctx, value: unknown): void {
  if (ctx.user) run(ctx.db, sql`INSERT INTO requests (id, user_id, call, reply, at) VALUES (${ctx.request}, ${ctx.user.id}, ${ctx.call}, ${JSON.stringify(value ?? null)}, ${ctx.now})`);
}

/** Writes a line of its own into the log: a denial, a restore. */
export function logDeed(seat: Seat, asked: Asked, deed: Deed): void {
  const ctx = contextOf(seat, asked);
  transaction(seat.db, () => append(ctx, deed));
}
