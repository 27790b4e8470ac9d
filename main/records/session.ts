import type { Rights } from '#contract/kit/access.ts';
import { Refused } from '#contract/kit/failure.ts';
import { type Language, w } from '#contract/kit/words.ts';
import { presets } from '#contract/records/presets.ts';
import type { Session } from '#contract/records/user.ts';
import { append } from '../db/audit.ts';
import type { Ctx } from '../db/context.ts';
import type { Connection } from '../db/open.ts';
import { all, first, run, sql } from '../db/sql.ts';

/** Signing in and out. Wrong tries are counted in the database, so that waiting times survive a restart. */

interface Known {
  readonly id: number;
  readonly name: string;
  readonly language: Language;
  readonly disabled: number;
  readonly role: string;
  readonly preset: string;
  readonly rights: string;
  readonly hash: string;
  readonly failed: number;
  readonly failed_at: number;
  readonly wait_until: number;
}

const known = (db: Connection, by: { sign_in: string } | { id: number }): Known | undefined =>
  first<Known>(
    db,
    sql`SELECT u.id, u.name, u.language, u.disabled OR u.archived AS disabled, r.name AS role, r.preset, rr.rights, ifnull(c.hash, '') AS hash, ifnull(c.failed, 0) AS failed, ifnull(c.failed_at, 0) AS failed_at, ifnull(c.wait_until, 0) AS wait_until
        FROM users u JOIN roles r ON r.id = u.role_id JOIN role_rights rr ON rr.role_id = r.id LEFT JOIN credentials c ON c.user_id = u.id
        WHERE ${'id' in by ? sql`u.id = ${by.id}` : sql`u.sign_in = ${by.sign_in}`}`,
  );

/** Rights as stored; areas that a later program added are read as the preset has them, or none. */
function rightsFrom(user: Known): Rights {
  const stored = JSON.parse(user.rights) as Rights;
  const preset = presets.find((one) => one.key === user.preset)?.rights;
  if (user.preset === 'owner') return preset!;
  return { access: { ...preset?.access, ...stored.access }, sees: stored.sees };
}

/** The session of a user as it stands now, null when the user may no longer be in. Read at every call: a blocked user is out at once. */
export function sessionOf(db: Connection, userId: number): Session | null {
  const user = known(db, { id: userId });
  if (!user || user.disabled === 1) return null;
  const minutes = first<{ idle_minutes: number }>(db, sql`SELECT idle_minutes FROM company`)?.idle_minutes ?? 15;
  return { user_id: user.id, name: user.name, role: user.role, language: user.language, rights: rightsFrom(user), has_password: user.hash !== '', idle_minutes: minutes };
}

/** Who may sign in, for the sign-in screen of this PC. */
export const signIns = (db: Connection): readonly { readonly sign_in: string; readonly name: string; readonly has_password: boolean }[] =>
  all<{ sign_in: string; name: string; has: number }>(db, sql`SELECT u.sign_in, u.name, ifnull(c.hash, '') <> '' AS has FROM users u LEFT JOIN credentials c ON c.user_id = u.id WHERE u.disabled = 0 AND u.archived = 0 ORDER BY u.name LIMIT 200`).map(
    (row) => ({ sign_in: row.sign_in, name: row.name, has_password: row.has === 1 }),
  );

/** Stored hash of a sign-in name, for the check that runs beforehand in the worker; null when there is none. */
export const hashFor = (db: Connection, signIn: string): string | null => known(db, { sign_in: signIn })?.hash || null;
export const hashOfUser = (db: Connection, id: number): string | null => known(db, { id })?.hash || null;

const words = {
  wrong: w('Name or password is not right.', 'Name oder Passwort stimmt nicht.'),
  wait: w('Too many wrong tries. Please wait {seconds} seconds, until {time}.', 'Zu viele falsche Versuche. Bitte {seconds} Sekunden warten, bis {time}.'),
};

const free = 5;
const longest = 15 * 60_000;
/** Waiting time after the n-th wrong try in a row: five are free, then 30 s doubling up to 15 min. */
export const waitAfter = (failed: number): number => (failed < free ? 0 : Math.min(longest, 30_000 * 2 ** Math.min(20, failed - free)));

/**
 * Judges a try. A refusal is returned, not thrown, so that the count of wrong tries is kept.
 * A clock that was set back does not shorten the wait, and cannot lengthen it beyond one waiting time.
 */
export function signIn(ctx: Ctx, input: { sign_in: string; password: string }, passwordGood: boolean): Session | Refused {
  const user = known(ctx.db, { sign_in: input.sign_in });
  if (!user || user.disabled === 1) {
    append(ctx, { action: 'sign_in_failed', entity: 'session', id: null, title: '', changes: {} });
    return new Refused('denied', words.wrong, {}, 'password');
  }
  const wait = waitLeft(ctx, user);
  if (wait > 0) return waitFor(ctx, wait, 'password');
  const alone = signIns(ctx.db).length === 1;
  if (passwordGood || (user.hash === '' && input.password === '' && alone)) {
    run(ctx.db, sql`UPDATE credentials SET failed = 0, failed_at = 0, wait_until = 0 WHERE user_id = ${user.id}`);
    append({ ...ctx, user: { id: user.id, name: user.name } }, { action: 'signed_in', entity: 'session', id: user.id, title: user.name, changes: {} });
    return sessionOf(ctx.db, user.id)!;
  }
  return wrongTry(ctx, user, new Refused('denied', words.wrong, {}, 'password'));
}

/** Judges the present password given for a new one as a try to sign in: an unlocked window is no way to guess it. @returns what is to be answered, null when it is right */
export function judgeOwn(ctx: Ctx, id: number, passwordGood: boolean, wrong: Refused): Refused | null {
  const user = known(ctx.db, { id })!;
  const wait = waitLeft(ctx, user);
  if (wait > 0) return waitFor(ctx, wait, wrong.field);
  return passwordGood ? null : wrongTry(ctx, user, wrong);
}

/** Milliseconds that are left to wait after wrong tries. */
function waitLeft(ctx: Ctx, user: Known): number {
  const most = waitAfter(user.failed);
  // The clock was set back: the wait begins anew by the new clock, or it would last until the old one is caught up with.
  if (user.wait_until - ctx.now > most && most > 0) run(ctx.db, sql`UPDATE credentials SET wait_until = ${ctx.now + most} WHERE user_id = ${user.id}`);
  return Math.min(user.wait_until - ctx.now, most);
}

function wrongTry(ctx: Ctx, user: Known, wrong: Refused): Refused {
  const failed = user.failed + 1;
  run(
    ctx.db,
    sql`INSERT INTO credentials (user_id, hash, failed, failed_at, wait_until) VALUES (${user.id}, '', ${failed}, ${ctx.now}, ${ctx.now + waitAfter(failed)})
        ON CONFLICT (user_id) DO UPDATE SET failed = excluded.failed, failed_at = excluded.failed_at, wait_until = excluded.wait_until`,
  );
  append(ctx, { action: 'sign_in_failed', entity: 'session', id: user.id, title: user.name, changes: {} });
  return waitAfter(failed) > 0 ? waitFor(ctx, waitAfter(failed), wrong.field) : wrong;
}

function waitFor(ctx: Ctx, ms: number, field: string | undefined): Refused {
  const time = new Date(ctx.now + ms).toLocaleTimeString(ctx.language === 'de' ? 'de-DE' : 'en-GB');
  return new Refused('busy', words.wait, { seconds: Math.ceil(ms / 1000), time }, field);
}

/** A line in the log for leaving or locking. */
export const leave = (ctx: Ctx, action: 'signed_out' | 'locked'): null => {
  append(ctx, { action, entity: 'session', id: ctx.user?.id ?? null, title: ctx.user?.name ?? '', changes: {} });
  return null;
};
