import { z } from 'zod';
import { areas, levels, type Rights, sensitivities } from '../kit/access.ts';
import { call, crud, needs, nothing, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, flag, longtext, ref, text } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { type Language, languages, w } from '../kit/words.ts';

/** Who may sign in. The password is kept elsewhere and is part of no reply. */
export const user = entity({
  name: 'user',
  table: 'users',
  label: w('User', 'Benutzer'),
  plural: w('Users', 'Benutzer'),
  area: 'user',
  filing: { module: 'records', icon: 'PersonAccounts' },
  title: 'name',
  subtitle: 'sign_in',
  order: 'name',
  list: ['name', 'sign_in', 'role_id', 'disabled'],
  search: [],
  keys: ['sign_in'],
  purpose: w('The people who work in Bureau on this PC, each with a role.', 'Die Menschen, die an diesem PC mit Bureau arbeiten, jeweils mit einer Rolle.'),
  fields: {
    name: text(w('Name', 'Name'), { required: true, sortable: true, width: 220 }),
    sign_in: text(w('Sign-in name', 'Anmeldename'), { required: true, max: 60, unique: true, sortable: true, width: 160 }),
    role_id: ref(w('Role', 'Rolle'), 'role', { required: true, width: 180 }),
    party_id: ref(w('Person', 'Person'), 'party', { width: 180 }),
    language: choice(w('Language', 'Sprache'), [
      { value: 'en', label: w('English', 'Englisch') },
      { value: 'de', label: w('German', 'Deutsch') },
    ], { required: true, width: 110 }),
    disabled: flag(w('May not sign in', 'Gesperrt'), { width: 120 }),
  },
});

/** A set of rights under a name. Presets come with the company and may be changed, except that of the owner. */
export const role = entity({
  name: 'role',
  table: 'roles',
  label: w('Role', 'Rolle'),
  plural: w('Roles', 'Rollen'),
  area: 'user',
  filing: { module: 'records', icon: 'ShieldPerson' },
  title: 'name',
  order: 'name',
  list: ['name', 'preset', 'about'],
  search: [],
  keys: ['name'],
  purpose: w('What a person in this role may see and do.', 'Was jemand in dieser Rolle sehen und tun darf.'),
  fields: {
    name: text(w('Role', 'Rolle'), { required: true, unique: true, sortable: true, max: 80, width: 200 }),
    preset: text(w('Preset', 'Vorlage'), { derived: true, width: 150 }),
    about: longtext(w('What it is for', 'Wofür'), { width: 320 }),
  },
});

export const rightsSchema = z.strictObject({
  access: z.strictObject(Object.fromEntries(areas.map((area) => [area, z.enum(levels)])) as Record<(typeof areas)[number], z.ZodEnum<{ none: 'none'; read: 'read'; write: 'write'; approve: 'approve' }>>),
  sees: z.array(z.enum(sensitivities)).max(sensitivities.length),
}) as unknown as z.ZodType<Rights>;

/** Who is signed in, and what the window may offer. The router checks again. */
export interface Session {
  readonly user_id: number;
  readonly name: string;
  readonly role: string;
  readonly language: Language;
  readonly rights: Rights;
  readonly has_password: boolean;
  readonly idle_minutes: number;
}

const password = z.string().min(8, 'needs at least 8 characters').max(200);

export const userCalls = {
  ...crud(user),
  ...crud(role),
  'role.rights': call<Rights>()({ kind: 'read', input: z.strictObject({ id: idSchema }), needs: needs('user', 'read'), of: 'role', about: 'What a role may do.' }),
  'role.grant': call<Written>()({ kind: 'write', input: z.strictObject({ id: idSchema, version: idSchema, rights: rightsSchema }), needs: needs('user', 'approve'), of: 'role', about: 'Sets what a role may do. The owner role keeps everything.' }),
  'user.set_password': call<Written>()({
    kind: 'write',
    input: z.strictObject({ id: idSchema, password, own: z.string().max(200).optional() }),
    needs: 'user',
    of: 'user',
    secret: true,
    about: 'Sets a password: one’s own with the present one in `own`, another user’s with approve on users.',
  }),
  'session.sign_in': call<Session>()({ kind: 'write', input: z.strictObject({ sign_in: z.string().max(60), password: z.string().max(200) }), needs: 'anyone', secret: true, about: 'Signs in. Five free tries, then waiting times that double and survive a restart.' }),
  'session.sign_out': call<null>()({ kind: 'write', input: nothing, needs: 'user', about: 'Signs out.' }),
  'session.current': call<{ readonly session: Session | null; readonly users: readonly { readonly sign_in: string; readonly name: string; readonly has_password: boolean }[] }>()({
    kind: 'read',
    input: nothing,
    needs: 'anyone',
    about: 'Who is signed in, and who may sign in on this PC.',
  }),
  'session.set_language': call<Written>()({ kind: 'write', input: z.strictObject({ language: z.enum(languages) }), needs: 'user', of: 'user', about: 'Sets one’s own language; takes no right on users.' }),
  'session.lock': call<null>()({ kind: 'write', input: nothing, needs: 'user', about: 'Locks the window; the password opens it again.' }),
};
