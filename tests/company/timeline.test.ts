import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { entities } from '#contract/calls.ts';
import { addDays } from '#contract/kit/day.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());
afterEach(() => vi.useRealTimers());

const setDay = (day: string, hour = 12): void => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`) });

/** What a reply holds of a record, without what changes by itself. */
const fieldsOf = (entity: string, row: object): Record<string, unknown> => Object.fromEntries(['archived', ...Object.keys(entities[entity]!.fields)].map((key) => [key, (row as Record<string, unknown>)[key]]));

const people = fc.record({
  given_name: fc.constantFrom('Ann', 'Bea', 'Cid'),
  family_name: fc.constantFrom('Miller', 'Baker', ''),
  phone: fc.constantFrom('', '1', '22'),
  birth_day: fc.constantFrom('', '1970-01-01', '1980-02-29'),
  tags: fc.constantFrom([], ['a'], ['a', 'b']),
  roles: fc.constantFrom([], ['employee'], ['customer', 'guard']),
  remarks: fc.constantFrom('', 'short', 'with "quotes" and\nlines'),
  iban: fc.constantFrom('', 'GB29NWBK60161331926819'),
}, { requiredKeys: [] });
const tasks = fc.record({
  title: fc.constantFrom('a', 'b'),
  state: fc.constantFrom('open', 'doing', 'done', 'dropped'),
  due_day: fc.constantFrom('2026-01-01', '2026-02-02'),
  owner_id: fc.constantFrom(null, 1),
  priority: fc.constantFrom('1', '2'),
}, { requiredKeys: [] });

describe.each([
  ['party', people, { kind: 'person', given_name: 'Zoe' }],
  ['task', tasks, { title: 'x', state: 'open', priority: '3', due_day: '2026-03-03' }],
] as const)('The values of a %s on a past day', (entity, patches, draft) => {
  test('are those that replaying its writes gives, for every day there was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.oneof({ weight: 5, arbitrary: patches as fc.Arbitrary<Record<string, unknown>> }, { weight: 1, arbitrary: fc.constantFrom('archive', 'restore') })), { maxLength: 8 }), async (writes) => {
        let day = '2026-01-10';
        setDay(day);
        const created = await company.raw(`${entity}.create`, draft);
        if (!created.ok) throw new Error(created.failure.message);
        let now = created.value as { id: number; version: number };
        const { id } = now;
        const replay = new Map<string, Record<string, unknown>>();
        const note = async (): Promise<void> => {
          const reply = await company.raw(`${entity}.get`, { id });
          if (reply.ok) replay.set(day, fieldsOf(entity, reply.value as object));
        };
        await note();
        for (const [later, what] of writes) {
          day = addDays(day, later);
          setDay(day, 13);
          const reply = typeof what === 'string' ? await company.raw(`${entity}.${what}`, now) : Object.keys(what).length > 0 ? await company.raw(`${entity}.update`, { ...now, patch: what }) : null;
          if (reply?.ok) now = reply.value as { id: number; version: number };
          await note();
        }
        let known: Record<string, unknown> | null = null;
        for (let at = '2026-01-08'; at <= addDays(day, 2); at = addDays(at, 1)) {
          known = replay.get(at) ?? known;
          const found = await company.value('record.as_of', { entity, id, day: at });
          expect(found === null ? null : fieldsOf(entity, found), at).toEqual(known);
        }
      }),
      { numRuns: 25, seed: 21 },
    );
  });
});

describe('The values of a record on a past day', () => {
  test('that came in with an import are known from the day of the import on', async () => {
    setDay('2026-05-05');
    const file = join(company.desk, 'in.csv');
    writeFileSync(file, 'kind,name,number,city\nperson,Ina,I-1,Bonn\nperson,Ino,I-2,Ulm\n');
    await company.value('import.run', { entity: 'party', source: file });
    const ino = (await company.value('party.list', { text: 'I-2' })).rows[0]!;
    setDay('2026-05-07');
    await company.value('party.update', { id: ino.id, version: ino.version, patch: { city: 'Trier' } });
    expect(await company.value('record.as_of', { entity: 'party', id: ino.id, day: '2026-05-04' })).toBeNull();
    expect(await company.value('record.as_of', { entity: 'party', id: ino.id, day: '2026-05-06' })).toMatchObject({ name: 'Ino', city: 'Ulm' });
    expect(await company.value('record.as_of', { entity: 'party', id: ino.id, day: '2026-05-07' })).toMatchObject({ city: 'Trier' });
    expect((await company.value('record.timeline', { entity: 'party', id: ino.id })).map((line) => [line.action, line.title])).toEqual([['changed', 'Ino'], ['imported', 'in.csv']]);
  });

  test('before a merge still show what pointed to the other one', async () => {
    setDay('2026-06-01');
    const [keep, drop] = [await company.value('party.create', { kind: 'person', name: 'K' }), await company.value('party.create', { kind: 'person', name: 'D', phone: '5' })];
    const contact = await company.value('contact.create', { party_id: drop.id, kind: 'phone', value: '7' });
    setDay('2026-06-03');
    await company.value('party.merge', { keep: keep.id, drop: drop.id, version: 1 });
    expect(await company.value('record.as_of', { entity: 'contact', id: contact.id, day: '2026-06-02' })).toMatchObject({ party_id: drop.id });
    expect(await company.value('record.as_of', { entity: 'contact', id: contact.id, day: '2026-06-03' })).toMatchObject({ party_id: keep.id });
    expect(await company.value('record.as_of', { entity: 'party', id: keep.id, day: '2026-06-02' })).toMatchObject({ phone: '' });
    expect(await company.value('record.as_of', { entity: 'party', id: drop.id, day: '2026-06-02' })).toMatchObject({ archived: false });
  });

  test('are told only of records that exist, and days that exist', async () => {
    expect(await company.refusal('record.as_of', { entity: 'party', id: 999_999, day: '2026-01-01' })).toMatchObject({ code: 'missing' });
    expect(await company.refusal('record.as_of', { entity: 'party', id: 1, day: '2026-02-30' })).toMatchObject({ code: 'invalid', field: 'day' });
    expect(await company.refusal('record.timeline', { entity: 'nothing', id: 1 })).toMatchObject({ code: 'missing' });
  });
});

describe('The audit log', () => {
  test('has one line for every write, in the order of the writes, with what was there before and after', async () => {
    setDay('2026-07-01');
    const place = await company.value('place.create', { name: 'Hall', kind: 'building' });
    const renamed = await company.value('place.update', { ...place, patch: { name: 'Great hall', city: 'Bonn' } });
    const same = await company.value('place.update', { ...renamed, patch: { name: 'Great hall' } });
    expect(same).toEqual(renamed);
    await company.value('place.archive', same);
    const lines = await company.value('record.timeline', { entity: 'place', id: place.id });
    expect(lines.map((line) => [line.action, line.by, line.title, line.changes.filter((change) => change.field !== 'code').map((change) => `${change.field}: ${String(change.before)} > ${String(change.after)}`)])).toEqual([
      ['archived', 'Olive Owner', 'Great hall', ['archived: false > true']],
      ['changed', 'Olive Owner', 'Great hall', ['name: Hall > Great hall', 'city:  > Bonn']],
      ['created', 'Olive Owner', 'Hall', ['name:  > Hall', 'kind:  > building']],
    ]);
    const seqs = lines.map((line) => line.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
  });

  test('is ordered by its numbers, not by the clock: a clock that jumps changes no order and the chain stays good', async () => {
    const jumps = ['2026-08-01', '2025-08-01', '2027-08-01', '2026-07-31'];
    const place = await company.value('place.create', { name: '0', kind: 'room' });
    let now = place;
    for (const [at, day] of jumps.entries()) {
      setDay(day);
      now = await company.value('place.update', { ...now, patch: { name: String(at + 1) } });
    }
    expect((await company.value('record.timeline', { entity: 'place', id: place.id })).map((line) => line.title)).toEqual(['4', '3', '2', '1', '0']);
    vi.useRealTimers();
    expect((await company.value('company.verify', {})).checks.find((check) => check.name === 'chain')).toMatchObject({ good: true });
  });

  test('is read page by page without losing or doubling a line', async () => {
    const all = (await company.value('audit.list', { limit: 1000 })).rows.map((row) => row.seq);
    const paged: number[] = [];
    for (let before: number | null | undefined; before !== null; ) {
      const page: { rows: readonly { seq: number }[]; next: number | null } = await company.value('audit.list', { limit: 37, ...(before === undefined ? {} : { before }) });
      paged.push(...page.rows.map((row) => row.seq));
      before = page.next;
    }
    expect(paged.slice(0, all.length)).toEqual(all);
    expect(new Set(paged).size).toBe(paged.length);
    expect(paged.at(-1)).toBe(1);
  });
});

test('The last changes of a new company hold one line of its founding; the whole log holds all of it', async () => {
  const young = await makeCompany();
  expect((await young.value('audit.list', { folded: true })).rows.map((row) => [row.entity, row.action, row.title])).toEqual([['company', 'created', 'Test firm']]);
  expect((await young.value('audit.list', {})).rows.length).toBeGreaterThan(15);
  await young.value('place.create', { name: 'Gate', kind: 'site' });
  expect((await young.value('audit.list', { folded: true })).rows.map((row) => row.entity)).toEqual(['place', 'company']);
  await young.close();
});
