import { existsSync, rmSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import type { z } from 'zod';
import type { createSchema, DeskEvent, OpenProblem } from '#contract/company/desk.ts';
import { allows } from '#contract/kit/access.ts';
import type { Call } from '#contract/kit/call.ts';
import { Refused, refusals, type Reply } from '#contract/kit/failure.ts';
import { type Language, say } from '#contract/kit/words.ts';
import type { Session } from '#contract/records/user.ts';
import { openBackRoom, type Turn } from './backroom.ts';
import { setUp } from './budgets/accounts/books.ts';
import * as keeping from './company/keeping.ts';
import { found } from './company/founding.ts';
import { head } from './db/audit.ts';
import { codeOf } from './db/disk.ts';
import { allowedFolder, newFolder } from './db/folder.ts';
import { knownHead, rememberHead } from './db/heads.ts';
import { takeLease } from './db/lease.ts';
import { inspect, migrateFile } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import { finishRestore } from './db/restore.ts';
import { first, slow, sql } from './db/sql.ts';
import { makeGate } from './gate.ts';
import { openJobs } from './jobs.ts';
import type { Log } from './log.ts';
import { hashFor, hashOfUser, sessionOf } from './records/session.ts';
import { noteRestored } from './restored.ts';
import { type Asked, type Caller, callNamed, checkRight, logDeed, parseInput, serveRead, serveWrite, toReply } from './router.ts';

/** One open company: its database, its workers, its sessions. Both doors, the window and the terminal, come in through `call`. */
export interface Office {
  readonly folder: string;
  readonly name: string;
  /** Runs one call for one door. Never throws. */
  call(door: Door, name: string, input: unknown, requestId: string): Promise<Reply<unknown>>;
  /** Backs up when something changed, ends jobs, gives the folder free. */
  close(): Promise<void>;
  on(listener: (event: DeskEvent) => void): () => void;
}

/** Somebody at the window or at a terminal. */
export interface Door {
  session: Session | null;
  readonly kind: 'window' | 'terminal';
  /** Path behind a source or target token. @throws Refused */
  source(token: string): string;
}

export interface Surroundings {
  /** Where audit heads are kept outside the company folder. */
  readonly headsDir: string;
  readonly log: Log;
  /** Language before anyone has signed in. */
  readonly language: Language;
  /** Who opens, for the lease. */
  readonly who: string;
}

/** A company could not be opened; `problem` says why and what may help. */
export class OpenFailed extends Error {
  readonly problem: OpenProblem;

  constructor(problem: OpenProblem) {
    super(problem.failure.message);
    this.name = 'OpenFailed';
    this.problem = problem;
  }
}

const noCompany = { en: 'There is no company in “{folder}”. It may have been moved or renamed.', de: 'In „{folder}“ ist keine Firma. Vielleicht wurde sie verschoben oder umbenannt.' };
const damaged = { en: 'The company’s database is damaged and cannot be opened. Nothing was changed. It can be opened from its newest backup.', de: 'Die Datenbank der Firma ist beschädigt und lässt sich nicht öffnen. Es wurde nichts geändert. Sie lässt sich aus der neuesten Sicherung öffnen.' };
const failed = { en: 'The company could not be opened: {reason}. Nothing was changed.', de: 'Die Firma ließ sich nicht öffnen: {reason}. Es wurde nichts geändert.' };

const minute = 60_000;

/** Opens a company. @throws OpenFailed, with the kind of problem */
export async function openOffice(folder: string, surroundings: Surroundings): Promise<Office> {
  let kind: OpenProblem['kind'] = 'other';
  const step = <T>(problem: OpenProblem['kind'], work: () => T): T => {
    kind = problem;
    return work();
  };
  let release = (): void => undefined;
  try {
    const place = step('network', () => {
      if (!isAbsolute(folder) || !existsSync(join(folder, 'office.db'))) {
        kind = existsSync(folder) ? 'not_bureau' : 'missing';
        if (!existsSync(join(folder, 'restore.intent'))) throw new Refused('missing', noCompany, { folder });
      }
      return allowedFolder(folder);
    });
    if (place.kind === 'removable') surroundings.log.warn('company on a removable disk', { folder });
    const lease = step('owned', () => takeLease(folder, surroundings.who));
    release = () => lease.release();
    let completed: string | null = null;
    step('damaged', () => finishRestore(folder, (backup) => (completed = backup)));
    const file = join(folder, 'office.db');
    const { pending } = step('newer', () => inspect(file));
    if (pending > 0) {
      step('migration', () => keeping.beforeMigration(folder));
      migrateFile(folder, undefined, () => lease.held());
    }
    if (completed !== null) noteRestored(folder, completed, surroundings.headsDir, surroundings.language);
    kind = 'damaged';
    const { office, abandon } = start(folder, surroundings, release, () => lease.held());
    lease.lost(() => {
      surroundings.log.error('lease', new Error('the company folder now belongs to somebody else'));
      abandon();
    });
    return office;
  } catch (error) {
    release();
    throw new OpenFailed(problemOf(error, kind, folder, surroundings));
  }
}

function problemOf(error: unknown, kind: OpenProblem['kind'], folder: string, surroundings: Surroundings): OpenProblem {
  const { language } = surroundings;
  const code = codeOf(error);
  const found: OpenProblem['kind'] = code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_IOERR_SHORT_READ' ? 'damaged' : code === 'ENOSPC' || code === 'SQLITE_FULL' ? 'full' : ['EACCES', 'EPERM', 'EROFS'].includes(code) || code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' ? 'read_only' : kind;
  if (!(error instanceof Refused)) surroundings.log.error('open', error);
  const words = error instanceof Refused ? error.words : found === 'damaged' ? damaged : failed;
  const params = error instanceof Refused ? error.params : { reason: code || 'unknown' };
  // "by" is a name of a cloud or a drive; which of the two kinds it is decides the screen.
  const refined = found === 'network' && error instanceof Refused && /sync|abgeglichen/.test(error.words.en) ? 'synced' : found === 'newer' && error instanceof Refused && !/newer/.test(error.words.en) ? 'not_bureau' : found;
  return {
    kind: refined,
    folder,
    failure: { code: error instanceof Refused ? error.code : 'invalid', message: say(words, language, params) },
    backup: refined === 'damaged' || refined === 'migration' ? keeping.newestGood(folder) : null,
    ...(refined === 'owned' && error instanceof Refused && typeof error.params['user'] === 'string' ? { owner: error.params['user'] } : {}),
  };
}

/** Creates a company in a new or empty folder and opens it. @throws Refused when the folder is not new, OpenFailed */
export async function createOffice(input: z.infer<typeof createSchema>, surroundings: Surroundings): Promise<Office> {
  newFolder(input.folder);
  const lease = takeLease(input.folder, surroundings.who);
  try {
    await found(input, surroundings.language, setUp);
  } catch (error) {
    // The folder was new or empty: what is in it now was made just here, and a second try must find it empty.
    lease.release();
    for (const made of ['files', 'backups']) rmSync(join(input.folder, made), { recursive: true, force: true });
    throw error;
  }
  lease.release();
  return openOffice(input.folder, surroundings);
}

function start(folder: string, surroundings: Surroundings, release: () => void, held: () => boolean): { readonly office: Office; readonly abandon: () => void } {
  const { headsDir, log } = surroundings;
  const file = join(folder, 'office.db');
  let seat = { db: openDatabase(file, 'write'), folder };
  const facts = first<{ uuid: string; name: string }>(seat.db, sql`SELECT uuid, name FROM company`);
  if (!facts) {
    seat.db.close();
    throw new Error('the company has no name');
  }
  const { uuid } = facts;
  slow.heard = (ms, text) => log.warn('slow statement', { ms: Math.round(ms), text: text.slice(0, 500) });
  const known = knownHead(headsDir, uuid);
  if (known && known.seq > head(seat.db).seq) log.warn('the audit log is shorter than this PC remembers', { known: known.seq, found: head(seat.db).seq });
  const listeners = new Set<(event: DeskEvent) => void>();
  const tell = (event: DeskEvent): void => listeners.forEach((listener) => listener(event));
  const backRoom = openBackRoom({ folder, headsDir });
  const jobs = openJobs(backRoom, (job) => tell({ type: 'job', job }));
  const gate = makeGate();
  const makeBackup = async (reason: 'interval' | 'close'): Promise<void> => {
    await backRoom.longErrand({ what: 'backup', folder, reason });
    keeping.noteBackup(folder, null);
  };
  const backupFailed = (error: unknown): void => {
    log.error('backup', error);
    keeping.noteBackup(folder, Date.now());
    // The status bar shows it.
    tell({ type: 'changed', entities: ['company'] });
  };
  const keeper = keeping.keep(makeBackup, backupFailed, 15 * minute, keeping.changedSince(seat.db, folder));
  /** What was written is written, whether or not its head can be noted beside the folder. */
  const noteHead = (): void => {
    try {
      rememberHead(headsDir, uuid, head(seat.db));
    } catch (error) {
      log.error('head', error);
    }
  };
  keeping.forgetReplies(seat.db, Date.now());
  let closing: Promise<void> | null = null;

  const told = (touched: readonly string[]): void => {
    if (touched.length === 0) return;
    // Coming and going is logged, but is nothing that a backup must be made for.
    if (touched.some((entity) => entity !== 'session')) keeper.changed();
    tell({ type: 'changed', entities: touched });
  };

  const prepared: Readonly<Record<string, (input: never, caller: Caller) => Promise<unknown>>> = {
    // No hash is that of an empty password: the one-person firm need not wait for a thread.
    'session.sign_in': (input: { sign_in: string; password: string }) => (input.password === '' ? Promise.resolve(false) : backRoom.errand({ what: 'check', password: input.password, hash: hashFor(seat.db, input.sign_in) })),
    'user.set_password': async (input: { id: number; password: string; own?: string }, caller) => {
      const own = caller.user?.id === input.id;
      // The handler will deny it; hashing takes a tenth of a second of a whole core.
      if (!own && caller.rights?.access.user !== 'approve') return { ownGood: false, hash: '' };
      const ownGood = own && (await backRoom.errand({ what: 'check', password: input.own ?? '', hash: hashOfUser(seat.db, input.id) })) === true;
      return { ownGood, hash: await backRoom.errand({ what: 'hash', password: input.password }) };
    },
    // Reading the text of a strange file may take long: not on the thread that checks passwords.
    'document.add': (input: { file_name: string; base64: string }) => backRoom.longErrand({ what: 'store', folder, file_name: input.file_name, base64: input.base64 }),
  };

  async function run(call: Call, asked: Asked): Promise<unknown> {
    switch (call.kind) {
      case 'read':
        return call.heavyWhen?.(asked.input) === true ? backRoom.read(asked) : serveRead(seat, asked, {});
      case 'heavy':
        return backRoom.read(asked);
      case 'job': {
        noteHead();
        const hold: Turn = (work) => gate.hold(call.label ? say(call.label, asked.caller.language) : asked.name, work);
        const served = await jobs.start(asked, asked.caller.language, hold);
        if (call.writes !== undefined) noteHead();
        else noteOutgoing(asked);
        told(served.touched);
        return served.value;
      }
      case 'write': {
        const help = await prepared[asked.name]?.(asked.input as never, asked.caller);
        await gate.pass();
        const served = serveWrite(seat, asked, { prepared: help });
        told(served.touched);
        return served.value;
      }
      case 'desk':
        throw new Refused('missing', refusals.unknownCall, { name: asked.name });
    }
  }

  /** Restoring takes the database away under everyone: it waits for writers, closes, swaps and opens again. */
  function restore(asked: Asked, backup: string): Promise<unknown> {
    return gate.hold(asked.name, async () => {
      await jobs.end();
      await backRoom.close();
      seat.db.close();
      try {
        const restored = keeping.restore(folder, backup, held);
        seat = { db: openDatabase(file, 'write'), folder };
        logDeed(seat, asked, { action: 'restored_backup', entity: 'company', id: 1, title: backup, changes: {} });
        rememberHead(headsDir, uuid, head(seat.db), 'restore');
        told(['*']);
        return restored;
      } finally {
        // Refused: the company goes on as it was.
        if (!seat.db.open) seat = { db: openDatabase(file, 'write'), folder };
      }
    });
  }

  async function answer(door: Door, name: string, input: unknown, request: string): Promise<unknown> {
    if (closing) throw new Refused('busy', refusals.busy, { what: 'close' });
    const call = callNamed(name);
    const caller = callerAt(door);
    const asked: Asked = { name, input, request, caller, now: Date.now() };
    if (!allows(caller.rights, call.needs)) {
      noteDenial(asked);
      checkRight(call, caller);
    }
    if (name === 'desk.jobs') return jobs.list();
    const typed = parseInput(name, input, caller.language);
    // A record that is created names no file, whatever its fields are called.
    const parsed = call.of !== undefined && name === `${call.of}.create` ? typed : withPaths(door, typed);
    if (name === 'desk.cancel') return jobs.cancel((parsed as { id: string }).id) ?? null;
    if (name === 'session.sign_out' || name === 'session.lock') return leave(door, asked);
    if (name === 'backup.restore') return restore(asked, (parsed as { file: string }).file);
    const value = await run(call, { ...asked, input: parsed }).catch((error: unknown) => {
      // Rights that hang on the record or the field are judged by the handler. Failed sign-ins have lines of their own.
      if (error instanceof Refused && error.code === 'denied' && name !== 'session.sign_in') noteDenial(asked);
      throw error;
    });
    if (name === 'session.sign_in') door.session = value as Session;
    if (name.startsWith('session.') && call.kind === 'write') tell({ type: 'session' });
    return value;
  }

  /** A line for the log, at once when the writer is free and else as soon as it is: SQLite's lock would hold up the window, and nobody waits for a line. */
  function note(write: () => void): void {
    const now = (): void => {
      try {
        write();
      } catch (error) {
        log.error('note', error);
      }
    };
    if (gate.held()) void gate.pass(Infinity).then(now);
    else now();
  }

  /** Every denial stands in the log. */
  const noteDenial = (asked: Asked): void => note(() => logDeed(seat, asked, { action: 'denied', entity: '', id: null, title: asked.name.slice(0, 80), changes: {} }));

  /** So does all that goes out into files. */
  function noteOutgoing(asked: Asked): void {
    const { target, ...input } = asked.input as { readonly target?: unknown };
    if (typeof target === 'string') note(() => logDeed(seat, asked, { action: 'exported', entity: 'export', id: null, title: basename(target), changes: { call: asked.name, ...input } }));
    if (asked.name === 'backup.create') note(() => logDeed(seat, asked, { action: 'created', entity: 'backup', id: null, title: '', changes: {} }));
  }

  /** Whoever leaves is out at once, whatever the writer is doing. */
  function leave(door: Door, asked: Asked): null {
    door.session = null;
    tell({ type: 'session' });
    note(() => told(serveWrite(seat, asked, {}).touched));
    return null;
  }

  /** Rights are read anew at every call: who was blocked is out at once. */
  function callerAt(door: Door): Caller {
    if (door.session) door.session = sessionOf(seat.db, door.session.user_id);
    const { session } = door;
    return session ? { user: { id: session.user_id, name: session.name }, rights: session.rights, language: session.language } : { user: null, rights: null, language: surroundings.language };
  }

  async function close(): Promise<void> {
    try {
      await jobs.end();
      await keeper.end();
      noteHead();
    } finally {
      await backRoom.close();
      seat.db.close();
      release();
    }
  }

  /** The folder is somebody else's now: stop at once and write nothing more, no backup, no head. */
  function abandon(): void {
    if (closing) return;
    closing = backRoom.close();
    keeper.stop();
    seat.db.close();
    tell({ type: 'desk' });
  }

  const office: Office = {
    folder,
    name: facts.name,
    call: (door, name, input, request) => toReply(() => answer(door, name, input, request), door.session?.language ?? surroundings.language, log),
    close: () => (closing ??= close()),
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return { office, abandon };
}

const wrongToken = { en: 'This file was chosen for something else. Please choose it again.', de: 'Diese Datei wurde für etwas anderes ausgewählt. Bitte noch einmal auswählen.' };

/** Files are named by tokens in the window and by paths at a terminal; handlers see paths. A file chosen to be read is never written over. */
function withPaths(door: Door, input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const target = 'target' in input ? input.target : undefined;
  if (door.kind === 'window' && typeof target === 'string' && target.startsWith('in.')) throw new Refused('invalid', wrongToken, {}, 'target');
  const paths = Object.fromEntries((['source', 'target'] as const).flatMap((key) => (key in input && typeof (input as Record<string, unknown>)[key] === 'string' ? [[key, door.source((input as Record<string, string>)[key]!)]] : [])));
  return { ...input, ...paths };
}
