import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Likeness } from '#contract/records/party.ts';
import { type Company, makeCompany } from '../helpers/company.ts';
import { everyEntity } from '../helpers/drafts.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

const create = (more: object): Promise<{ id: number; version: number }> => company.value('party.create', { kind: 'person', ...more } as never);
const doubles = (id?: number): Promise<readonly Likeness[]> => company.value('party.duplicates', id === undefined ? {} : { id });

describe('Likely doubles', () => {
  test('share a name, an e-mail address or a phone number, however these are written', async () => {
    const first = await create({ name: 'Wörner & Söhne GmbH', kind: 'organisation', phone: '+49 30 123456-78', email: 'Info@Woerner.example', street: 'Hauptstr. 1', city: 'Berlin' });
    const renamed = await create({ name: 'Sohne Worner', kind: 'organisation', street: 'HAUPTSTR. 1', city: 'berlin' });
    const mail = await create({ name: 'Somebody', email: 'info@woerner.example' });
    const phone = await create({ name: 'Somebody else', phone: '0049 (0)30 12345678' });
    const found = await doubles(first.id);
    expect(found.map((one) => [one.id === first.id ? one.other : one.id, one.score, one.reasons])).toEqual([
      [renamed.id, 70, ['name', 'address']],
      [mail.id, 45, ['email']],
    ]);
    // A phone number alone is 35 of the 45 that are needed: people share phones.
    expect(found.map((one) => one.other)).not.toContain(phone.id);
  });

  test('are not told of namesakes who were born on different days', async () => {
    const [a, b, c] = [await create({ name: 'John Smith', birth_day: '1970-01-01' }), await create({ name: 'John Smith', birth_day: '1980-01-01' }), await create({ name: 'Smith, John', birth_day: '1970-01-01' })];
    expect((await doubles(a.id)).map((one) => [one.id, one.other, one.reasons])).toEqual([[a.id, c.id, ['name', 'born']]]);
    expect(await doubles(b.id)).toEqual([]);
  });

  test('are given best first, and never name an archived one', async () => {
    const gone = await create({ name: 'Gone Twice' });
    const stays = await create({ name: 'Gone Twice' });
    expect(await doubles(stays.id)).toHaveLength(1);
    await company.value('party.archive', gone);
    expect(await doubles(stays.id)).toEqual([]);
    const scores = (await doubles()).map((one) => one.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });
});

describe('Merging two parties', () => {
  test('moves every reference, link, note and file, takes over what was empty, and archives the other with a link to the kept one', async () => {
    const keep = await create({ name: 'Kept', email: 'kept@example.org', roles: ['customer'], tags: ['a'] });
    const drop = await create({ name: 'Dropped', email: 'dropped@example.org', phone: '123456', iban: 'GB29NWBK60161331926819', roles: ['supplier', 'customer'], tags: ['b'] });
    const other = await create({ name: 'Third' });
    const department = await company.value('department.create', { name: 'Led', head_id: drop.id });
    const place = await company.value('place.create', { name: 'Kept by', kind: 'site', keeper_id: drop.id });
    const user = await company.value('user.get', { id: 1 });
    await company.value('user.update', { id: 1, version: user.version, patch: { party_id: drop.id } });
    const parts = {
      contact: await company.value('contact.create', { party_id: drop.id, kind: 'phone', value: '1' }),
      address: await company.value('address.create', { party_id: drop.id, kind: 'invoice', street: 'S' }),
      identifier: await company.value('identifier.create', { party_id: drop.id, kind: 'other', value: 'I' }),
      assignment: await company.value('assignment.create', { party_id: drop.id, department_id: department.id, capacity: 'member', from_day: '2020-01-01' }),
      position: await company.value('position.create', { party_id: drop.id, title: 'T', from_day: '2020-01-01' }),
    };
    const asset = await company.value('asset.create', { name: 'Lathe', acquired_day: '2025-06-01', cost: 100_000, method: 'none', party_id: drop.id });
    const project = await company.value('project.create', { name: 'Roof', lead_id: drop.id });
    const event = await company.value('event.create', { title: 'E', starts_at: 0, state: 'confirmed', host_id: drop.id });
    const file = await company.value('document.add', { file_name: 'f.txt', base64: 'YQ==', attach: { entity: 'party', id: drop.id } });
    const from = await company.value('link.create', { from: { entity: 'party', id: drop.id }, to: { entity: 'place', id: place.id }, relation: 'r' });
    await company.value('link.create', { from: { entity: 'party', id: other.id }, to: { entity: 'party', id: drop.id } });
    // The same link from both of them must become one; a link between the two becomes none.
    await company.value('link.create', { from: { entity: 'party', id: keep.id }, to: { entity: 'place', id: place.id }, relation: 'r' });
    await company.value('link.create', { from: { entity: 'party', id: keep.id }, to: { entity: 'party', id: drop.id }, relation: 'knows' });
    await company.value('note.create', { on: { entity: 'party', id: drop.id }, text: 'remember' });

    await company.value('party.merge', { keep: keep.id, drop: drop.id, version: keep.version, take: ['email'] });

    const rest = everyEntity.flatMap((of) => Object.entries(of.fields).filter(([, field]) => field.kind === 'ref' && field.to === 'party').map(([key]) => [of.table, key] as const));
    expect(rest.map(([table, key]) => `${table}.${key}`).toSorted()).toEqual(['addresses.party_id', 'assets.party_id', 'assignments.party_id', 'contacts.party_id', 'departments.head_id', 'events.host_id', 'identifiers.party_id', 'places.keeper_id', 'positions.party_id', 'projects.lead_id', 'users.party_id']);
    for (const [table, key] of rest) {
      expect(company.look((db) => db.prepare(`SELECT count(*) FROM "${table}" WHERE "${key}" = ?`).pluck().get(drop.id)), `${table}.${key}`).toBe(0);
      expect(company.look((db) => db.prepare(`SELECT count(*) FROM "${table}" WHERE "${key}" = ?`).pluck().get(keep.id)), `${table}.${key}`).toBe(1);
    }
    for (const [name, { id }] of Object.entries({ ...parts, event, department, place, project, asset })) expect((await company.value('record.timeline', { entity: name, id }))[0], name).toMatchObject({ action: 'changed' });

    expect(await company.value('party.get', { id: keep.id })).toMatchObject({ name: 'Kept', email: 'dropped@example.org', phone: '123456', iban: 'GB29NWBK60161331926819', roles: ['customer', 'supplier'], tags: ['a', 'b'], archived: false });
    expect(await company.value('party.get', { id: drop.id })).toMatchObject({ name: 'Dropped', archived: true, email: 'dropped@example.org' });
    const links = (await company.value('link.list', { entity: 'party', id: keep.id })).map((one) => `${one.entity} ${one.id} ${one.relation}`).toSorted();
    expect(links).toEqual([`document ${file.id} file`, `party ${drop.id} merged`, `party ${other.id} `, `place ${place.id} r`].toSorted());
    expect(from.id).toBeGreaterThan(0);
    expect((await company.value('link.list', { entity: 'party', id: drop.id })).map((one) => [one.entity, one.id, one.relation])).toEqual([['party', keep.id, 'merged']]);
    expect((await company.value('note.list', { entity: 'party', id: keep.id })).map((note) => note.text)).toEqual(['remember']);
    const actions = (await company.value('record.timeline', { entity: 'party', id: keep.id })).map((line) => line.action);
    expect(actions).toContain('merged');
    expect((await company.value('record.timeline', { entity: 'party', id: drop.id })).map((line) => line.action)).toContain('archived');
  });

  test('loses no link that stood the other way round', async () => {
    const [keep, drop, place] = [await create({ name: 'K' }), await create({ name: 'D' }), await company.value('place.create', { name: 'P', kind: 'room' })];
    await company.value('link.create', { from: { entity: 'place', id: place.id }, to: { entity: 'party', id: keep.id } });
    await company.value('link.create', { from: { entity: 'party', id: drop.id }, to: { entity: 'place', id: place.id } });
    await company.value('party.merge', { keep: keep.id, drop: drop.id, version: 1 });
    expect((await company.value('link.list', { entity: 'party', id: keep.id })).filter((one) => one.entity === 'place')).toHaveLength(1);
  });

  test('with itself, with a stale version or with nobody is refused and changes nothing', async () => {
    const [keep, drop] = [await create({ name: 'K2' }), await create({ name: 'D2' })];
    expect(await company.refusal('party.merge', { keep: keep.id, drop: keep.id, version: 1 })).toMatchObject({ code: 'invalid', field: 'drop' });
    expect(await company.refusal('party.merge', { keep: keep.id, drop: drop.id, version: 7 })).toMatchObject({ code: 'conflict' });
    expect(await company.refusal('party.merge', { keep: keep.id, drop: 999_999, version: 1 })).toMatchObject({ code: 'missing' });
    expect(await company.value('party.get', { id: drop.id })).toMatchObject({ archived: false, version: 1 });
    expect(await company.value('link.list', { entity: 'party', id: drop.id })).toEqual([]);
  });
});
