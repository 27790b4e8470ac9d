import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../main/log.ts';
import { createOffice } from '../../main/office.ts';
import { isCommon } from '../../main/records/user.ts';
import { type Company, makeCompany, ownerPassword, presetNames } from '../helpers/company.ts';

let company: Company;
let roles: Record<string, number> = {};
beforeAll(async () => {
  company = await makeCompany({ password: ownerPassword });
  roles = Object.fromEntries((await company.value('role.list', {})).rows.map((role) => [role.preset, role.id]));
});
afterAll(() => company.close());

const add = (name: string, preset: string): Promise<{ id: number; version: number }> => company.value('user.create', { name, sign_in: name, role_id: roles[preset]!, language: 'en' });

describe('The last owner', () => {
  test('can be neither blocked, nor archived, nor given another role, until there is a second one who can sign in', async () => {
    const tries: [string, object][] = [
      ['user.update', { id: 1, version: 1, patch: { disabled: true } }],
      ['user.update', { id: 1, version: 1, patch: { role_id: roles['auditor'] } }],
      ['user.archive', { id: 1, version: 1 }],
    ];
    for (const [name, input] of tries) expect(await company.refusal(name, input)).toMatchObject({ code: 'invalid', message: expect.stringContaining('at least one owner') as string });
    const second = await add('second', 'owner');
    await company.value('user.update', { ...second, patch: { disabled: true } });
    for (const [name, input] of tries) expect(await company.refusal(name, input)).toMatchObject({ code: 'invalid' });
    await company.value('user.update', { id: second.id, version: 2, patch: { disabled: false } });
    await company.value('user.update', { id: 1, version: 1, patch: { role_id: roles['auditor']! } });
    expect((await company.refusal('user.update', { id: 1, version: 2, patch: { role_id: roles['owner']! } })).code).toBe('denied');
    await company.user(second.id).value('user.update', { id: 1, version: 2, patch: { role_id: roles['owner']! } });
    expect((await company.raw('user.archive', { id: second.id, version: 3 })).ok).toBe(true);
  });

  test('has a role that keeps every right', async () => {
    const role = await company.value('role.get', { id: roles['owner']! });
    const rights = await company.value('role.rights', { id: role.id });
    expect(await company.refusal('role.grant', { id: role.id, version: role.version, rights: { ...rights, sees: [] } })).toMatchObject({ code: 'invalid' });
  });
});

describe('Who may make users but not approve', () => {
  test('cannot make an owner, nor make themselves one, nor take another owner’s role, nor set another’s password', async () => {
    const manager = await add('manager', 'office_manager');
    await company.value('user.set_password', { id: manager.id, password: 'seventeen horses' });
    const one = company.user(manager.id);
    expect(await one.refusal('user.create', { name: 'x', sign_in: 'x', role_id: roles['owner'], language: 'en' })).toMatchObject({ code: 'denied', field: 'role_id' });
    expect(await one.refusal('user.update', { ...manager, patch: { role_id: roles['owner'] } })).toMatchObject({ code: 'denied' });
    expect(await one.refusal('user.update', { id: 1, version: (await company.value('user.get', { id: 1 })).version, patch: { role_id: roles['employee'] } })).toMatchObject({ code: 'denied' });
    expect(await one.refusal('user.set_password', { id: 1, password: 'taken over now' })).toMatchObject({ code: 'denied' });
    expect(await one.refusal('role.grant', { id: roles['office_manager'], version: 1, rights: await company.value('role.rights', { id: roles['owner']! }) })).toMatchObject({ code: 'denied' });
    expect((await one.ask('user.create', { name: 'clerk', sign_in: 'clerk', role_id: roles['employee']!, language: 'en' })).ok).toBe(true);
  });

  test('cannot give themselves another role', async () => {
    const manager = await add('manager3', 'office_manager');
    const one = company.user(manager.id);
    expect(await one.refusal('user.update', { ...manager, patch: { role_id: roles['auditor'] } })).toMatchObject({ code: 'denied', field: 'role_id' });
    expect((await one.ask('user.update', { ...manager, patch: { name: 'Manny', role_id: roles['office_manager']! } })).ok).toBe(true);
  });

  test('cannot block or archive an owner either', async () => {
    const manager = await add('manager2', 'office_manager');
    const boss = await add('boss', 'owner');
    const one = company.user(manager.id);
    expect(await one.refusal('user.update', { ...boss, patch: { disabled: true } })).toMatchObject({ code: 'denied' });
    expect(await one.refusal('user.update', { ...boss, patch: { sign_in: 'mine' } })).toMatchObject({ code: 'denied' });
    expect(await one.refusal('user.archive', boss)).toMatchObject({ code: 'denied' });
  });
});

describe('A role', () => {
  test('in use cannot be archived, and a new one starts with the rights of an employee', async () => {
    const role = await company.value('role.create', { name: 'Porter' });
    expect(await company.value('role.rights', { id: role.id })).toEqual(await company.value('role.rights', { id: roles['employee']! }));
    await company.value('user.create', { name: 'porter', sign_in: 'porter', role_id: role.id, language: 'en' });
    expect(await company.refusal('role.archive', role)).toMatchObject({ code: 'invalid' });
    expect(await company.refusal('role.create', { name: 'porter' })).toMatchObject({ code: 'invalid', field: 'name' });
  });

  test('that two people change at once is a conflict for the second, and the first one’s rights stay', async () => {
    const role = await company.value('role.create', { name: 'Twice' });
    const rights = await company.value('role.rights', { id: role.id });
    await company.value('role.grant', { ...role, rights: { ...rights, sees: ['pay'] } });
    expect(await company.refusal('role.grant', { ...role, rights })).toMatchObject({ code: 'conflict' });
    expect((await company.value('role.rights', { id: role.id })).sees).toEqual(['pay']);
    expect((await company.value('record.timeline', { entity: 'role', id: role.id }))[0]).toMatchObject({ action: 'granted' });
  });
});

describe('A password', () => {
  test('that many people use, or that follows a simple pattern, is refused', async () => {
    for (const common of ['password', 'Password1', 'passw0rd!', '12345678', '87654321', 'qwertyuiop', 'QWERTZuiop', 'aaaaaaaa', 'abcabcabc', '12341234', 'iloveyou2', 'letmein123', 'Sommer2026', 'administrator', 'hallo1234', 'abcdefgh', '1q2w3e4r']) expect(isCommon(common), common).toBe(true);
    for (const good of ['seventeen horses', 'Gr8ter-than.usual', 'xkcd 936 battery', 'Ümläut-Straße-9']) expect(isCommon(good), good).toBe(false);
    expect(await company.refusal('user.set_password', { id: 1, password: 'password1', own: ownerPassword })).toMatchObject({ code: 'invalid', field: 'password' });
    expect(await company.refusal('user.set_password', { id: 1, password: 'short', own: ownerPassword })).toMatchObject({ code: 'invalid', field: 'password' });
    const folder = join(mkdtempSync(join(tmpdir(), 'bureau-common-')), 'firm');
    await expect(createOffice({ folder, name: 'x', currency: 'GBP', owner: { name: 'o', sign_in: 'o', password: 'password1' } }, { headsDir: folder, log: silentLog, language: 'en', who: 'test' })).rejects.toMatchObject({ field: 'password' });
  });

  test('of one’s own is changed only with the present one', async () => {
    expect(await company.refusal('user.set_password', { id: 1, password: 'nineteen ponies' })).toMatchObject({ code: 'denied', field: 'own' });
    expect(await company.refusal('user.set_password', { id: 1, password: 'nineteen ponies', own: 'wrong guess 1' })).toMatchObject({ code: 'denied', field: 'own' });
    await company.value('user.set_password', { id: 1, password: 'nineteen ponies', own: ownerPassword });
    const door = company.nobody();
    expect((await door.refusal('session.sign_in', { sign_in: 'owner', password: ownerPassword })).code).toBe('denied');
    expect((await door.ask('session.sign_in', { sign_in: 'OWNER', password: 'nineteen ponies' })).ok).toBe(true);
  });

  test('stands in no reply, no log line and no kept first reply, only as argon2id in its own table', async () => {
    const everything = JSON.stringify([await company.value('user.list', {}), await company.value('audit.list', { limit: 1000 }), await company.value('session.current', {})]);
    const kept = company.look((db) => JSON.stringify(db.prepare('SELECT * FROM requests').all()));
    for (const secret of ['nineteen ponies', 'seventeen horses', ownerPassword, 'argon2']) expect(everything + kept).not.toContain(secret);
    const hashes = company.look((db) => db.prepare("SELECT hash FROM credentials WHERE hash <> ''").pluck().all()) as string[];
    expect(hashes.length).toBeGreaterThan(1);
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  });
});

describe('A one-person firm', () => {
  test('needs no password until a second user is added, and then everybody needs one', async () => {
    const one = await makeCompany();
    try {
      const door = one.nobody();
      expect((await door.ask('session.sign_in', { sign_in: 'owner', password: '' })).ok).toBe(true);
      const role = (await door.value('role.list', {})).rows.find((found) => found.preset === 'employee')!.id;
      const second = { name: 'Sam', sign_in: 'sam', role_id: role, language: 'en' } as const;
      expect(await door.refusal('user.create', second)).toMatchObject({ code: 'invalid', message: expect.stringContaining('password first') as string });
      await door.value('user.set_password', { id: 1, password: 'seventeen horses' });
      const sam = await door.value('user.create', second);
      expect((await one.nobody().refusal('session.sign_in', { sign_in: 'owner', password: '' })).code).toBe('denied');
      expect((await one.nobody().refusal('session.sign_in', { sign_in: 'sam', password: '' })).code).toBe('denied');
      await door.value('user.set_password', { id: sam.id, password: 'eighteen horses' });
      expect((await one.nobody().ask('session.sign_in', { sign_in: 'sam', password: 'eighteen horses' })).ok).toBe(true);
    } finally {
      await one.close();
    }
  });
});

test('Everybody may set their own language, and nobody another’s through it', async () => {
  const company = await makeCompany({ password: ownerPassword });
  for (const preset of presetNames) {
    const one = await company.as(preset);
    const { session } = await one.value('session.current', {});
    await one.value('session.set_language', { language: 'de' });
    expect([preset, (await one.value('session.current', {})).session?.language]).toEqual([preset, 'de']);
    const others = company.look((db) => db.prepare("SELECT count(*) FROM users WHERE language = 'de'").pluck().get());
    expect(others).toBe(1);
    await one.value('session.set_language', { language: 'en' });
    expect(session).not.toBeNull();
  }
  expect(await company.refusal('session.set_language', { language: 'fr' })).toMatchObject({ code: 'invalid' });
  expect(await company.nobody().refusal('session.set_language', { language: 'de' })).toMatchObject({ code: 'denied' });
  await company.close();
});
