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

describe('Likely doubles of one party', () => {
  test('are those that the comparison of all finds, for every party, and so are the scores', async () => {
    const one = await makeCompany();
    const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!;
    const names = ['Müller & Co', 'Mueller & Co KG', 'Co Müller', 'Anna Berg', 'Berg, Anna', 'anna BERG', 'Hafen Werkzeug GmbH', 'Werkzeug Hafen', 'Li', 'Zoë Ångström', 'Zoe Angstrom', '41'];
    for (let at = 0; at < 72; at += 1) {
      await one.value('party.create', {
        kind: at % 3 === 0 ? 'organisation' : 'person',
        name: at % 5 === 0 ? `Single ${at}` : pick(names, at * 7 + Math.floor(at / 12)),
        email: at % 4 === 0 ? pick(['info@a.example', 'INFO@a.example', 'x@b.example', 'y@c.example'], at / 4) : '',
        phone: at % 3 === 1 ? pick(['+49 30 123456-78', '0049 (0)30 12345678', '030 777 888', '12'], at) : '',
        birth_day: at % 4 === 1 ? pick(['1970-01-01', '1981-05-05'], at) : '',
        ...(at % 2 === 0 ? { street: pick(['Hauptstr. 1', 'HAUPTSTR. 1', 'Am Hafen 3'], at), city: pick(['Berlin', 'Ulm'], at) } : {}),
      });
    }
    const all = await one.value('party.duplicates', { limit: 1000 });
    expect(all.length).toBeGreaterThan(40);
    for (let id = 1; id <= 72; id += 1) {
      const wanted = all.filter((pair) => pair.id === id || pair.other === id);
      const found = await one.value('party.duplicates', { id, limit: 1000 });
      const key = (pair: Likeness): string => `${pair.id}-${pair.other} ${pair.score} ${pair.reasons.join()}`;
      expect([id, found.map(key).toSorted()]).toEqual([id, wanted.map(key).toSorted()]);
    }
    const planOf = (column: string): string => one.look((db) => (db.prepare(`EXPLAIN QUERY PLAN SELECT id FROM parties WHERE archived = 0 AND ${column} = 'x'${column === 'street' ? ' COLLATE NOCASE' : ''} AND ${column} <> ''`).all() as { readonly detail: string }[]).map((row) => row.detail).join(' '));
    for (const column of ['email', 'birth_day', 'street']) expect(planOf(column)).toContain(`USING INDEX parties_by_${column}`);
    await one.close();
  });
});

describe('Lines of a party that was merged', () => {
  test('stay as they are posted, and statements and registers of the kept one hold them, also after another merge', async () => {
    const one = await makeCompany();
    await one.value('fiscal_year.create', { name: '2026', start_day: '2026-01-01', end_day: '2026-12-31', pattern: 'months' });
    const [debtors, sales] = [(await one.value('account.create', { name: 'Debtors', kind: 'asset', role: 'receivable' })).id, (await one.value('account.create', { name: 'Sales', kind: 'income' })).id];
    const parties: { id: number; version: number }[] = [];
    for (const name of ['Harbour Tools', 'Harbour Tools Ltd', 'Tools of the Harbour', 'Other']) parties.push(await one.value('party.create', { kind: 'organisation', name }));
    const [keep, drop, last, other] = parties as [Party, Party, Party, Party];
    for (const [at, { id }] of parties.entries()) for (const day of ['2026-01-10', '2026-02-10']) await one.value('entry.add', { day, lines: [{ account_id: debtors, amount: 100 * 10 ** at, party_id: id }, { account_id: sales, amount: -100 * 10 ** at, party_id: id }] });
    const lines = one.look((db) => db.prepare('SELECT id, party_id, amount FROM entry_lines ORDER BY id').all());
    const result = async (id: number): Promise<number> => (await one.value('report.profit_and_loss', { columns: [{ from: '2026-01-01', to: '2026-12-31' }], only: { dimension: 'party', id } })).rows.find((row) => row.key === 'result')!.values[0]!;
    expect(await result(keep.id)).toBe(200);
    await one.value('party.merge', { keep: keep.id, drop: drop.id, version: keep.version });
    expect(await Promise.all([keep.id, drop.id, other.id].map(result))).toEqual([2200, 2200, 200_000]);
    await one.value('party.merge', { keep: last.id, drop: keep.id, version: last.version });
    expect(await Promise.all([last.id, keep.id, drop.id].map(result))).toEqual([22_200, 22_200, 22_200]);
    const register = await one.value('report.register', { account_id: debtors, from: '2026-01-15', to: '2026-12-31', only: { dimension: 'party', id: last.id } });
    expect([register.opening, register.closing, register.rows.map((row) => row.amount)]).toEqual([11_100, 22_200, [100, 1000, 10_000]]);
    const spread = await one.value('report.profit_and_loss', { columns: [{ from: '2026-01-01', to: '2026-12-31' }], by: 'party' });
    expect(spread.columns.map((column) => column.label)).toEqual(['Other', 'Tools of the Harbour', 'Total']);
    expect(spread.rows.find((row) => row.key === 'result')!.values).toEqual([200_000, 22_200, 222_200]);
    expect(one.look((db) => db.prepare('SELECT id, party_id, amount FROM entry_lines ORDER BY id').all())).toEqual(lines);
    expect((await one.value('ledger.verify', {})).problems).toEqual([]);
    await one.close();
  });
});

interface Party {
  readonly id: number;
  readonly version: number;
}

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
    await company.value('entry_template.save', { name: 'Rent', lines: [{ account_id: null, party_id: drop.id }] });
    await company.value('engagement.create', { name: 'Annual', kind: 'annual', state: 'planned', from_day: '2025-01-01', until_day: '2025-12-31', party_id: drop.id });
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
    expect(rest.map(([table, key]) => `${table}.${key}`).toSorted()).toEqual(['addresses.party_id', 'assets.party_id', 'assignments.party_id', 'audit_engagements.party_id', 'contacts.party_id', 'departments.head_id', 'entry_template_lines.party_id', 'events.host_id', 'identifiers.party_id', 'places.keeper_id', 'positions.party_id', 'projects.lead_id', 'users.party_id']);
    for (const [table, key] of rest) {
      expect(company.look((db) => db.prepare(`SELECT count(*) FROM "${table}" WHERE "${key}" = ?`).pluck().get(drop.id)), `${table}.${key}`).toBe(0);
      expect(company.look((db) => db.prepare(`SELECT count(*) FROM "${table}" WHERE "${key}" = ?`).pluck().get(keep.id)), `${table}.${key}`).toBe(1);
    }
    for (const [name, { id }] of Object.entries({ ...parts, event, department, place, project, asset })) expect((await company.value('record.timeline', { entity: name, id })).map((line) => line.action), name).toContain('changed');

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

  test('says in the log of every record what became of its links and notes', async () => {
    const [keep, drop, place, room] = [await create({ name: 'Kept log' }), await create({ name: 'Dropped log' }), await company.value('place.create', { name: 'Hall', kind: 'room' }), await company.value('place.create', { name: 'Cellar', kind: 'room' })];
    const party = (id: number) => ({ entity: 'party', id });
    const at = (id: number) => ({ entity: 'place', id });
    // To the hall from both of them, once each way round; to the cellar from the dropped one alone; and between the two.
    await company.value('link.create', { from: at(place.id), to: party(keep.id) });
    await company.value('link.create', { from: party(drop.id), to: at(place.id) });
    await company.value('link.create', { from: party(drop.id), to: at(room.id), relation: 'store' });
    await company.value('link.create', { from: party(drop.id), to: party(keep.id) });
    await company.value('note.create', { on: party(drop.id), text: 'gate code' });
    const logged = (): readonly (readonly [string, string, number, string])[] => company.look((db) => (db.prepare("SELECT action, entity, record_id, changes FROM audit WHERE call = 'party.merge' AND action IN ('linked', 'unlinked', 'noted') ORDER BY seq").all() as { action: string; entity: string; record_id: number; changes: string }[]).map((row) => [row.action, row.entity, row.record_id, row.changes] as const));
    const known = logged().length;
    await company.value('party.merge', { keep: keep.id, drop: drop.id, version: keep.version });
    const link = (to: object, way: 'linked' | 'unlinked'): string => JSON.stringify({ link: way === 'linked' ? [null, to] : [to, null] });
    const [K, D, H, C] = [{ ...party(keep.id), title: 'Kept log' }, { ...party(drop.id), title: 'Dropped log' }, { ...at(place.id), title: 'Hall' }, { ...at(room.id), title: 'Cellar' }];
    const cut = ([one, other]: readonly [typeof K, typeof K], way: 'linked' | 'unlinked') => [[way, one.entity, one.id, link(other, way)], [way, other.entity, other.id, link(one, way)]];
    const ordered = (rows: readonly (readonly (string | number)[])[]): readonly string[] => rows.map((row) => row.join(' ')).toSorted((a, b) => (a < b ? -1 : 1));
    expect(ordered(logged().slice(known))).toEqual(ordered([
      ...cut([D, H], 'unlinked'), ...cut([D, C], 'unlinked'), ...cut([D, K], 'unlinked'), ...cut([K, C], 'linked'),
      ['noted', 'party', drop.id, JSON.stringify({ note: ['gate code', null] })], ['noted', 'party', keep.id, JSON.stringify({ note: [null, 'gate code'] })],
    ]));
    expect((await company.value('record.timeline', at(room.id))).map((line) => line.action)).toEqual(['linked', 'unlinked', 'linked', 'created']);
  });

  test('is refused into one of the archive and for one of the archive, and changes nothing', async () => {
    const [keep, drop] = [await create({ name: 'Stays' }), await create({ name: 'Put away' })];
    const away = await company.value('party.archive', drop);
    expect(await company.refusal('party.merge', { keep: drop.id, drop: keep.id, version: away.version })).toMatchObject({ code: 'conflict', field: 'keep' });
    expect(await company.refusal('party.merge', { keep: keep.id, drop: drop.id, version: keep.version })).toMatchObject({ code: 'conflict', field: 'drop' });
    expect(await company.value('party.get', { id: keep.id })).toMatchObject({ archived: false, version: 1 });
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
