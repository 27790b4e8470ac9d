import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AllCalls, CallName } from '#contract/calls.ts';
import type { InputOf, OutputOf } from '#contract/kit/call.ts';
import type { Failure, Reply } from '#contract/kit/failure.ts';
import { presets } from '#contract/records/presets.ts';
import { type Connection, openDatabase } from '../../main/db/open.ts';
import type { Log } from '../../main/log.ts';
import { createOffice, type Door, type Office, openOffice, type Surroundings } from '../../main/office.ts';
import { sessionOf } from '../../main/records/session.ts';

// Worker threads start in a third of the time when Node keeps what it has compiled.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'bureau-test-compiled');

// Real databases on a machine that may be busy with other things.
vi.setConfig({ hookTimeout: 60_000, testTimeout: 60_000 });

/** A call that should have gone well did not. */
export class Failed extends Error {
  readonly failure: Failure;

  constructor(name: string, failure: Failure) {
    super(`${name}: ${failure.code}: ${failure.message}`);
    this.failure = failure;
  }
}

/** Somebody who asks: a door with a session, and what comes back. */
export interface Asker {
  readonly door: Door;
  /** The reply as it is. */
  ask<N extends CallName>(name: N, input: InputOf<AllCalls[N]>, request?: string): Promise<Reply<OutputOf<AllCalls[N]>>>;
  /** Any input at all, for tests of refusals. */
  raw(name: string, input: unknown, request?: string): Promise<Reply<unknown>>;
  /** The value of a reply that must be good. @throws Failed */
  value<N extends CallName>(name: N, input: InputOf<AllCalls[N]>, request?: string): Promise<OutputOf<AllCalls[N]>>;
  /** The failure of a reply that must not be good. */
  refusal(name: string, input: unknown, request?: string): Promise<Failure>;
}

export interface Company extends Asker {
  readonly folder: string;
  /** A folder for files that come and go. */
  readonly desk: string;
  office(): Office;
  surroundings: Surroundings;
  /** What was logged as an error: must stay empty unless a test wants it otherwise. */
  readonly bugs: unknown[];
  /** Signed in as a user of that preset, made at first use. */
  as(preset: string): Promise<Asker>;
  /** Nobody signed in. */
  nobody(): Asker;
  /** A door of a user, signed in without a password. */
  user(id: number): Asker;
  /** Looks past the office into the database; read only. */
  look<T>(work: (db: Connection) => T): T;
  /** Does something to the closed company, or just closes it, and opens it again; all doors keep their sessions. */
  reopen(between?: () => void): Promise<void>;
  close(): Promise<void>;
}

export const ownerPassword = 'correct horse battery';

/** A new company in a temporary folder, opened, with its owner signed in. `password: ''` makes the one-person firm. */
export async function makeCompany(options: { readonly password?: string; readonly currency?: string; readonly demo?: { people: number; seed: number }; readonly language?: 'en' | 'de' } = {}): Promise<Company> {
  const home = mkdtempSync(join(tmpdir(), 'bureau-company-'));
  const folder = join(home, 'firm');
  const bugs: unknown[] = [];
  const log: Log = { info: () => undefined, warn: () => undefined, error: (_id, error) => void bugs.push(error) };
  const surroundings: Surroundings = { headsDir: join(home, 'heads'), log, language: options.language ?? 'en', who: 'test' };
  const input = { folder, name: 'Test firm', currency: options.currency ?? 'GBP', owner: { name: 'Olive Owner', sign_in: 'owner', password: options.password ?? '' }, ...(options.demo ? { demo: options.demo } : {}), ...(options.language ? { language: options.language } : {}) };
  let office = await createOffice(input, surroundings);
  let open = true;
  let glass: Connection | null = null;
  const look = <T>(work: (db: Connection) => T): T => work((glass ??= openDatabase(join(folder, 'office.db'), 'read')));
  const away = (): void => {
    glass?.close();
    glass = null;
  };
  const asker = (door: Door): Asker => {
    const raw = (name: string, given: unknown, request: string = randomUUID()): Promise<Reply<unknown>> => office.call(door, name, given, request);
    return {
      door,
      raw,
      ask: (name, given, request) => raw(name, given, request) as never,
      value: async (name, given, request) => {
        const reply = await raw(name, given, request);
        if (!reply.ok) throw new Failed(name, reply.failure);
        return reply.value as never;
      },
      refusal: async (name, given, request) => {
        const reply = await raw(name, given, request);
        if (reply.ok) throw new Error(`${name} should have been refused, but gave ${JSON.stringify(reply.value).slice(0, 300)}`);
        return reply.failure;
      },
    };
  };
  const door = (): Door => ({ session: null, kind: 'terminal', source: (path) => path });
  const user = (id: number): Asker => {
    const at = door();
    // The office reads rights anew at every call; only who it is comes from the door.
    at.session = look((db) => sessionOf(db, id));
    return asker(at);
  };
  const owner = user(1);
  const made = new Map<string, Asker>();
  return {
    ...owner,
    folder,
    desk: mkdtempSync(join(home, 'desk-')),
    bugs,
    surroundings,
    office: () => office,
    user,
    look,
    nobody: () => asker(door()),
    as: async (preset) => {
      const known = made.get(preset);
      if (known) return known;
      if (preset === 'owner') return owner;
      const roles = await owner.value('role.list', { limit: 100 });
      const role = roles.rows.find((one) => one.preset === preset);
      if (!role) throw new Error(`no preset ${preset}`);
      const { id } = await owner.value('user.create', { name: preset, sign_in: preset, role_id: role.id, language: 'en' });
      const one = user(id);
      made.set(preset, one);
      return one;
    },
    reopen: async (between) => {
      away();
      await office.close();
      between?.();
      office = await openOffice(folder, surroundings);
    },
    close: async () => {
      away();
      if (open) await office.close();
      open = false;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export const presetNames: readonly string[] = presets.map((preset) => preset.key);
