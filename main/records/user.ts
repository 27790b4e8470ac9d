import type { Rights } from '#contract/kit/access.ts';
import type { Written } from '#contract/kit/call.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { type Language, w } from '#contract/kit/words.ts';
import { presets } from '#contract/records/presets.ts';
import { role, rightsSchema, user } from '#contract/records/user.ts';
import { append } from '../db/audit.ts';
import type { Ctx } from '../db/context.ts';
import { room } from '../db/room.ts';
import { all, first, run, sql } from '../db/sql.ts';
import { insert, setArchived, update, whole } from '../db/table.ts';
import { judgeOwn } from './session.ts';

/** Users and roles: who may come in, and what they may do there. */

const words = {
  lastOwner: w('The firm needs at least one owner who can sign in.', 'Die Firma braucht mindestens einen Inhaber, der sich anmelden kann.'),
  ownerFixed: w('The owner role keeps every right.', 'Die Rolle Inhaber behält alle Rechte.'),
  passwordFirst: w('Give {who} a password first: with more than one user, everyone needs one.', 'Geben Sie zuerst {who} ein Passwort: Bei mehreren Benutzern braucht jeder eines.'),
  common: w('This password is one of the most used ones and would be guessed at once.', 'Dieses Passwort gehört zu den häufigsten und wäre sofort erraten.'),
  ownWrong: w('Your present password is not right.', 'Ihr jetziges Passwort stimmt nicht.'),
  inUse: w('This role still has users.', 'Diese Rolle hat noch Benutzer.'),
};

const isOwnerRole = (ctx: Ctx, roleId: unknown): boolean => first<{ preset: string }>(ctx.db, sql`SELECT preset FROM roles WHERE id = ${roleId}`)?.preset === 'owner';
const owners = (ctx: Ctx): number[] => all<{ id: number }>(ctx.db, sql`SELECT u.id FROM users u JOIN roles r ON r.id = u.role_id WHERE r.preset = 'owner' AND u.disabled = 0 AND u.archived = 0`).map((row) => row.id);

/** Owners are made, changed, blocked and put away only by who may approve. @throws Refused denied */
function guardOwner(ctx: Ctx, roleId: unknown): void {
  if (ctx.user && ctx.rights.access.user !== 'approve' && isOwnerRole(ctx, roleId)) throw new Refused('denied', refusals.denied, {}, 'role_id');
}

function complete(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const now: Readonly<Record<string, unknown>> = { ...before, ...values };
  if (before) guardOwner(ctx, before['role_id']);
  if ('role_id' in values || before === null) {
    guardOwner(ctx, now['role_id']);
    // Nobody gives themselves other rights than they were given.
    if (before && before.id === ctx.user?.id && values['role_id'] !== before['role_id'] && ctx.rights.access.user !== 'approve') throw new Refused('denied', refusals.denied, {}, 'role_id');
  }
  if (before && owners(ctx).length === 1 && owners(ctx)[0] === before.id && (now['disabled'] === true || !isOwnerRole(ctx, now['role_id']))) throw new Refused('invalid', words.lastOwner, {}, 'role_id');
  if (!before && ctx.user) {
    const bare = first<{ name: string }>(ctx.db, sql`SELECT u.name FROM users u LEFT JOIN credentials c ON c.user_id = u.id WHERE u.disabled = 0 AND u.archived = 0 AND ifnull(c.hash, '') = '' AND u.id = ${ctx.user.id}`);
    if (bare) throw new Refused('invalid', words.passwordFirst, { who: bare.name });
  }
  return values;
}

export const userRoom = room(user, { complete });
export const roleRoom = room(role);

/** One's own language. @throws Refused missing when nobody is signed in */
export function setOwnLanguage(ctx: Ctx, input: { language: Language }): Written {
  const id = ctx.user?.id ?? 0;
  return update(ctx, userRoom.entity, id, whole(ctx, userRoom.entity, id).version, { language: input.language }, userRoom.rules);
}

export function archiveUser(ctx: Ctx, input: { id: number; version: number }): Written {
  guardOwner(ctx, whole(ctx, userRoom.entity, input.id)['role_id']);
  if (owners(ctx).length === 1 && owners(ctx)[0] === input.id) throw new Refused('invalid', words.lastOwner);
  return setArchived(ctx, userRoom.entity, input.id, input.version, true, userRoom.rules);
}

export function createRole(ctx: Ctx, input: AnyDraft): Written {
  const written = insert(ctx, roleRoom.entity, input);
  const start = presets.find((preset) => preset.key === 'employee')!;
  run(ctx.db, sql`INSERT INTO role_rights (role_id, rights) VALUES (${written.id}, ${JSON.stringify(start.rights)})`);
  return written;
}

export function archiveRole(ctx: Ctx, input: { id: number; version: number }): Written {
  if (first(ctx.db, sql`SELECT 1 FROM users WHERE role_id = ${input.id} AND archived = 0`)) throw new Refused('invalid', words.inUse);
  return setArchived(ctx, roleRoom.entity, input.id, input.version, true);
}

export function rightsOf(ctx: Ctx, input: { id: number }): Rights {
  const stored = first<{ rights: string }>(ctx.db, sql`SELECT rights FROM role_rights WHERE role_id = ${input.id}`);
  if (!stored) throw new Refused('missing', refusals.missing, { what: role.label[ctx.language], id: input.id });
  return rightsSchema.parse(JSON.parse(stored.rights));
}

/** Sets the rights of a role; a new version of the role, so that two people cannot overwrite each other. */
export function grant(ctx: Ctx, input: { id: number; version: number; rights: Rights }): Written {
  const before = whole(ctx, roleRoom.entity, input.id);
  if (before['preset'] === 'owner') throw new Refused('invalid', words.ownerFixed);
  if (before.version !== input.version) return update(ctx, roleRoom.entity, input.id, input.version, { about: before['about'] });
  const old = rightsOf(ctx, input);
  run(ctx.db, sql`UPDATE role_rights SET rights = ${JSON.stringify(input.rights)} WHERE role_id = ${input.id}`);
  run(ctx.db, sql`UPDATE roles SET version = version + 1, updated_at = ${ctx.now} WHERE id = ${input.id}`);
  append(ctx, { action: 'granted', entity: role.name, id: input.id, title: String(before['name']), changes: { rights: [old, input.rights] } });
  return { id: input.id, version: input.version + 1 };
}

/** Passwords that lists of stolen ones put first, in families: repeats, runs, keyboards, and the best-loved words with digits. */
export function isCommon(password: string): boolean {
  const bare = password.toLowerCase().replace(/[^a-z0-9]/g, '');
  const stem = bare.replace(/\d+$/, '').replace(/^\d+/, '');
  if (/^(.)\1*$/.test(bare) || /^(..+?)\1+$/.test(bare) || bare.length < 4) return true;
  if ('01234567890123456789'.includes(bare) || '98765432109876543210'.includes(bare) || 'abcdefghijklmnopqrstuvwxyz'.includes(bare)) return true;
  if (['qwertyuiop', 'qwertzuiop', 'asdfghjkl', 'yxcvbnm', 'zxcvbnm', '1q2w3e4r5t6y', '1qaz2wsx3edc'].some((row) => row.startsWith(bare) || (stem.length >= 4 && row.startsWith(stem)))) return true;
  return ['password', 'passwort', 'passw0rd', 'letmein', 'welcome', 'willkommen', 'iloveyou', 'monkey', 'dragon', 'sunshine', 'princess', 'football', 'baseball', 'superman', 'batman', 'trustno', 'master', 'shadow', 'michael', 'hallo', 'hello', 'schatz', 'geheim', 'secret', 'admin', 'administrator', 'changeme', 'computer', 'internet', 'bureau', 'office', 'login', 'starwars', 'whatever', 'freedom', 'summer', 'sommer', 'winter', 'herbst', 'fruehling', 'spring', 'autumn', 'charlie', 'jordan', 'hunter'].includes(stem);
}

/** Sets a password from its hash. One's own asks for the present one; another's for approve on users. */
export function setPassword(ctx: Ctx, input: { id: number; password: string }, prepared: { hash: string; ownGood: boolean }): Written | Refused {
  const before = whole(ctx, userRoom.entity, input.id);
  const own = ctx.user?.id === input.id;
  const present = first<{ hash: string }>(ctx.db, sql`SELECT hash FROM credentials WHERE user_id = ${input.id}`)?.hash ?? '';
  const refused = own && present !== '' ? judgeOwn(ctx, input.id, prepared.ownGood, new Refused('denied', words.ownWrong, {}, 'own')) : null;
  // Returned, not thrown: the count of wrong tries is kept.
  if (refused) return refused;
  if (!own && ctx.rights.access.user !== 'approve') throw new Refused('denied', refusals.denied);
  if (isCommon(input.password)) throw new Refused('invalid', words.common, {}, 'password');
  run(
    ctx.db,
    sql`INSERT INTO credentials (user_id, hash, set_at) VALUES (${input.id}, ${prepared.hash}, ${ctx.now})
        ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, failed = 0, failed_at = 0, wait_until = 0, set_at = excluded.set_at`,
  );
  append(ctx, { action: 'password', entity: user.name, id: input.id, title: String(before['name']), changes: {} });
  return { id: input.id, version: before.version };
}

/** Fills a new company with the preset roles and its owner. */
export function foundUsers(ctx: Ctx, owner: { name: string; sign_in: string; hash: string | null }, language: Language): number {
  let ownerRole = 0;
  for (const preset of presets) {
    const { id } = insert(ctx, roleRoom.entity, { name: preset.name[language], preset: preset.key, about: preset.about[language] });
    run(ctx.db, sql`INSERT INTO role_rights (role_id, rights) VALUES (${id}, ${JSON.stringify(preset.rights)})`);
    if (preset.key === 'owner') ownerRole = id;
  }
  const { id } = insert(ctx, userRoom.entity, { name: owner.name, sign_in: owner.sign_in, role_id: ownerRole, language }, userRoom.rules);
  if (owner.hash !== null) run(ctx.db, sql`INSERT INTO credentials (user_id, hash, set_at) VALUES (${id}, ${owner.hash}, ${ctx.now})`);
  return id;
}
