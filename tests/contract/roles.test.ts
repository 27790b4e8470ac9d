import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calls } from '#contract/calls.ts';
import { areas, type Level, type Rights } from '#contract/kit/access.ts';
import type { Call } from '#contract/kit/call.ts';
import { presets } from '#contract/records/presets.ts';
import { type Asker, type Company, makeCompany, ownerPassword, presetNames } from '../helpers/company.ts';
import { oneOfEach } from '../helpers/drafts.ts';
import { imprint } from '../helpers/imprint.ts';
import { type Cell, cellsOf, type Need } from './roles.cells.ts';

const all = calls as Readonly<Record<string, Call>>;
const who = [...presetNames, 'nobody'];

let company: Company;
let cells: Readonly<Record<string, Cell>> = {};

beforeAll(async () => {
  company = await makeCompany({ password: ownerPassword });
  const ids = await oneOfEach(company);
  await company.value('document.add', { file_name: 'a.txt', base64: 'YQ==', document_id: ids['document']! });
  await company.value('link.create', { from: { entity: 'party', id: ids['party']! }, to: { entity: 'user', id: 1 } });
  for (const preset of presetNames) await company.as(preset);
  // Who makes users needs a password of their own.
  const manager = (await company.as('office_manager')).door.session!.user_id;
  await company.value('user.set_password', { id: manager, password: 'seventeen horses' });
  cells = cellsOf(company, ids);
});
afterAll(() => company.close());

const asker = (name: string): Promise<Asker> | Asker => (name === 'nobody' ? company.nobody() : company.as(name));

// Judged here once more, apart from the code that is judged.
const order: readonly Level[] = ['none', 'read', 'write', 'approve'];
const has = (rights: Rights, [area, level]: Need): boolean => order.indexOf(rights.access[area]) >= order.indexOf(level);

/** What the definition of the call asks for, before anyone looks at the records. */
function atTheDoor(preset: string, name: string): boolean {
  const { needs } = all[name]!;
  const rights = presets.find((one) => one.key === preset)?.rights;
  return needs === 'anyone' || (rights !== undefined && (needs === 'user' || has(rights, [needs.area, needs.level])));
}

function mayAsk(preset: string, name: string, cell: Cell): boolean {
  const { needs } = all[name]!;
  const rights = presets.find((one) => one.key === preset)?.rights;
  if (!rights || needs === 'anyone') return needs === 'anyone';
  return atTheDoor(preset, name) && (cell.also ?? []).every((need) => has(rights, need)) && (!cell.oneOf || cell.oneOf.some((need) => has(rights, need))) && (cell.sees ?? []).every((kind) => rights.sees.includes(kind));
}

const denials = (name: string, user: string | null): number => company.look((db) => (db.prepare("SELECT count(*) AS n FROM audit WHERE action = 'denied' AND title = ? AND by_name = ?").get(name, user ?? '') as { n: number }).n);

// Making an identifier gives a bank detail: a role that does not see those is denied it, whatever its level.
const hides = (preset: string, name: string): boolean => name === 'identifier.create' && !(presets.find((one) => one.key === preset)?.rights.sees.includes('bank') ?? false);

describe('Every call', () => {
  test('has a line in the matrix, so that no call is without its 18 answers', () => {
    expect(Object.keys(all).filter((name) => !(name in cells))).toEqual([]);
    expect(Object.keys(cells).filter((name) => !(name in all))).toEqual([]);
    expect(who).toHaveLength(18);
  });

  test.each(Object.keys(all).map((name) => [name]))('%s is answered to every role that may ask it and denied to every other, and each denial stands in the audit log', async (name) => {
    const cell = cells[name]!;
    const wrong: string[] = [];
    for (const preset of who) {
      const one = await asker(preset);
      const allowed = mayAsk(preset, name, cell) && !hides(preset, name);
      const input = atTheDoor(preset, name) ? await cell.input() : {};
      const { session } = one.door;
      const before = denials(name, session?.name ?? null);
      const reply = await one.raw(name, input);
      one.door.session = session;
      const told = reply.ok ? 'ok' : reply.failure.code;
      const wanted = allowed ? (cell.gives ?? 'ok') : 'denied';
      if (told !== wanted) wrong.push(`${preset}: ${told} instead of ${wanted}${reply.ok ? '' : ` (${reply.failure.message})`}`);
      const logged = denials(name, session?.name ?? null) - before;
      const owed = allowed ? 0 : 1;
      if (logged !== owed) wrong.push(`${preset}: ${logged} denials in the log instead of ${owed}`);
    }
    expect(wrong).toEqual([]);
    expect(company.bugs).toEqual([]);
  }, 60_000);
});

describe('The presets', () => {
  test('give rights over users and over restoring to nobody but the owner and, for users, the office manager', () => {
    expect(presets.filter((one) => one.rights.access.company === 'approve').map((one) => one.key)).toEqual(['owner']);
    expect(presets.filter((one) => one.rights.access.user === 'approve').map((one) => one.key)).toEqual(['owner']);
    expect(presets.filter((one) => order.indexOf(one.rights.access.user) >= 2).map((one) => one.key)).toEqual(['owner', 'office_manager']);
  });

  test('let the auditor read every area and write in none but that of audits', () => {
    const { access } = presets.find((one) => one.key === 'auditor')!.rights;
    expect(areas.map((area) => access[area])).toEqual(areas.map((area) => (area === 'engagement' ? 'write' : 'read')));
  });

  test('are 17, and each has a name in both languages', () => {
    expect(presets).toHaveLength(17);
    expect(new Set(presets.map((one) => one.key)).size).toBe(17);
  });
});

describe('An auditor', () => {
  test('changes no row of any table with any call, own arrangements and audits aside', async () => {
    const auditor = await company.as('auditor');
    const without = ['audit', 'requests', 'preferences', 'audit_engagements', 'audit_requests', 'audit_items', 'audit_samples', 'audit_runs', 'audit_packs'];
    const ofAudits = (name: string): boolean => ['engagement.create', 'engagement.update', 'engagement.archive', 'engagement.restore'].includes(name) || /^audit_request\.(create|update|archive|restore|provide)$/.test(name);
    const inputs: [string, unknown][] = [];
    for (const [name, cell] of Object.entries(cells)) if (!cell.closes && all[name]!.kind !== 'desk' && name !== 'session.sign_in' && !ofAudits(name)) inputs.push([name, await cell.input()]);
    const before = company.look((db) => imprint(db, without));
    for (const [name, input] of inputs) await auditor.raw(name, input);
    expect(company.look((db) => imprint(db, without))).toEqual(before);
    expect(inputs.length).toBeGreaterThan(120);
  }, 60_000);
});

describe('A user who was blocked', () => {
  test('is out at the very next call, and so is one who was archived', async () => {
    const roles = await company.value('role.list', {});
    const { id } = await company.value('user.create', { name: 'Bob', sign_in: 'bob', role_id: roles.rows.find((one) => one.preset === 'employee')!.id, language: 'en' });
    const bob = company.user(id);
    expect((await bob.ask('party.list', {})).ok).toBe(true);
    await company.value('user.update', { id, version: 1, patch: { disabled: true } });
    expect((await bob.refusal('party.list', {})).code).toBe('denied');
    expect(bob.door.session).toBeNull();
    await company.value('user.update', { id, version: 2, patch: { disabled: false } });
    const again = company.user(id);
    expect((await again.ask('party.list', {})).ok).toBe(true);
    await company.value('user.archive', { id, version: 3 });
    expect((await again.refusal('party.list', {})).code).toBe('denied');
  });

  test('whose role was changed has the new rights at the very next call', async () => {
    const roles = await company.value('role.list', {});
    const role = await company.value('role.create', { name: 'Clerk' });
    const { id } = await company.value('user.create', { name: 'Cleo', sign_in: 'cleo', role_id: role.id, language: 'en' });
    const cleo = company.user(id);
    expect((await cleo.ask('party.list', {})).ok).toBe(true);
    const rights = await company.value('role.rights', { id: role.id });
    await company.value('role.grant', { ...role, rights: { ...rights, access: { ...rights.access, party: 'none' } } });
    expect((await cleo.refusal('party.list', {})).code).toBe('denied');
    await company.value('user.update', { id, version: 1, patch: { role_id: roles.rows.find((one) => one.preset === 'auditor')!.id } });
    expect((await cleo.ask('audit.list', {})).ok).toBe(true);
  });
});
