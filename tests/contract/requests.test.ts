import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, makeCompany, ownerPassword } from '../helpers/company.ts';
import { imprint } from '../helpers/imprint.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany({ password: ownerPassword });
});
afterAll(() => company.close());

let used = 0;
const id = (): string => `request-${(used += 1)}`;
const tables = (): Record<string, string> => company.look((db) => imprint(db));
const auditRows = (): number => company.look((db) => db.prepare('SELECT count(*) FROM audit').pluck().get()) as number;

describe('A write that is sent again with the same request id', () => {
  test('happens once and gives the first reply, however often it is sent, at once or one after the other', async () => {
    const kinds = fc.constantFrom<[string, () => Promise<unknown>]>(
      ['party.create', () => Promise.resolve({ kind: 'person', name: 'Once' })],
      ['place.create', () => Promise.resolve({ kind: 'room', name: 'Once' })],
      ['task.create', () => Promise.resolve({ title: 'Once', state: 'open', priority: '1' })],
      ['party.update', async () => ({ ...(await company.value('party.create', { kind: 'person', name: 'Before' })), patch: { name: 'After' } })],
      ['party.archive', () => company.value('party.create', { kind: 'person', name: 'Before' })],
      ['task.finish', () => company.value('task.create', { title: 'x', state: 'open', priority: '1', due_day: '2026-01-01', repeat: 'FREQ=DAILY' })],
      ['note.create', async () => ({ on: { entity: 'party', id: (await company.value('party.create', { kind: 'person', name: 'Noted' })).id }, text: 'once' })],
      ['document.add', () => Promise.resolve({ file_name: 'a.txt', base64: Buffer.from(`once ${(used += 1)}`).toString('base64') })],
      ['company.update', () => Promise.resolve({ name: `Firm ${(used += 1)}` })],
    );
    await fc.assert(
      fc.asyncProperty(kinds, fc.integer({ min: 1, max: 4 }), fc.boolean(), async ([name, make], times, together) => {
        const [request, input] = [id(), await make()];
        const first = await company.raw(name, input, request);
        expect(first.ok, `${name} ${JSON.stringify(first)}`).toBe(true);
        const after = tables();
        const again = together ? await Promise.all(Array.from({ length: times }, () => company.raw(name, input, request))) : [];
        for (let time = 0; !together && time < times; time += 1) again.push(await company.raw(name, input, request));
        for (const reply of again) expect(reply).toEqual(first);
        expect(tables()).toEqual(after);
      }),
      { numRuns: 60, seed: 31 },
    );
  });

  test('happens once also when both are sent before the first has answered', async () => {
    const before = (await company.value('party.map', {})).count;
    const request = id();
    const replies = await Promise.all(Array.from({ length: 5 }, () => company.raw('party.create', { kind: 'person', name: 'Racing' }, request)));
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect((await company.value('party.map', {})).count).toBe(before + 1);
  });

  test('still happens once after the company was closed and opened again', async () => {
    const request = id();
    const first = await company.raw('party.create', { kind: 'person', name: 'Reopened' }, request);
    await company.reopen();
    expect(await company.raw('party.create', { kind: 'person', name: 'Reopened' }, request)).toEqual(first);
    expect((await company.value('party.list', { text: 'Reopened' })).rows).toHaveLength(1);
  });

  test('happens once for an import, which runs in a thread of its own', async () => {
    const source = join(company.desk, 'once.csv');
    writeFileSync(source, 'kind,name\nperson,Imported Once\n');
    const request = id();
    const [first, second] = await Promise.all([company.raw('import.run', { entity: 'party', source }, request), company.raw('import.run', { entity: 'party', source }, request)]);
    expect(first).toMatchObject({ ok: true, value: { create: 1 } });
    expect(second).toEqual(first);
    expect((await company.value('party.list', { text: 'Imported Once' })).rows).toHaveLength(1);
  });
});

describe('A request id', () => {
  test('that was used for another call, or by somebody else, is refused, and nothing is written', async () => {
    const request = id();
    await company.value('party.create', { kind: 'person', name: 'Mine' }, request);
    const before = tables();
    expect(await company.refusal('place.create', { kind: 'room', name: 'x' }, request)).toMatchObject({ code: 'invalid' });
    const other = await company.as('office_manager');
    const later = tables();
    expect(await other.refusal('party.create', { kind: 'person', name: 'Mine' }, request)).toMatchObject({ code: 'invalid' });
    expect(tables()).toEqual(later);
    expect(Object.keys(before).length).toBeGreaterThan(10);
  });

  test('of a refused write may be used again once the input is mended', async () => {
    const request = id();
    const rows = auditRows();
    expect(await company.refusal('party.create', { kind: 'person' }, request)).toMatchObject({ code: 'invalid' });
    expect(auditRows()).toBe(rows);
    expect((await company.ask('party.create', { kind: 'person', name: 'Mended' }, request)).ok).toBe(true);
  });

  test('means nothing to reads: they are answered as things are now', async () => {
    const request = id();
    const { id: party } = await company.value('party.create', { kind: 'person', name: 'Now' });
    expect(await company.value('party.get', { id: party }, request)).toMatchObject({ name: 'Now' });
    await company.value('party.update', { id: party, version: 1, patch: { name: 'Later' } });
    expect(await company.value('party.get', { id: party }, request)).toMatchObject({ name: 'Later' });
  });

  test('of a sign-in keeps no password and no session for whoever repeats it', async () => {
    const request = id();
    const door = company.nobody();
    expect((await door.ask('session.sign_in', { sign_in: 'owner', password: ownerPassword }, request)).ok).toBe(true);
    expect((await company.nobody().refusal('session.sign_in', { sign_in: 'owner', password: 'wrong' }, request)).code).toBe('denied');
  });
});

describe('A stale version', () => {
  test('is a conflict that names who changed it and when, and never an overwrite', async () => {
    const other = await company.as('hr_coordinator');
    const one = await company.value('party.create', { kind: 'person', name: 'Shared', city: 'A' });
    await other.value('party.update', { ...one, patch: { city: 'B' } });
    const failure = await company.refusal('party.update', { ...one, patch: { city: 'C' } });
    expect(failure).toMatchObject({ code: 'conflict', message: expect.stringMatching(/Changed by hr_coordinator at \d\d\/\d\d\/\d{4}/) as string });
    expect(await company.value('party.get', { id: one.id })).toMatchObject({ city: 'B', version: 2 });
    for (const name of ['party.archive', 'party.restore']) expect(await company.refusal(name, one)).toMatchObject({ code: 'conflict' });
  });
});
