import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
let ann: { entity: string; id: number };
let room: { entity: string; id: number };
beforeAll(async () => {
  company = await makeCompany();
  ann = { entity: 'party', id: (await company.value('party.create', { kind: 'person', name: 'Ann', number: 'A-1' })).id };
  room = { entity: 'place', id: (await company.value('place.create', { name: 'Room', kind: 'room' })).id };
});
afterAll(() => company.close());

const linked = async (on: { entity: string; id: number }): Promise<string[]> => (await company.value('link.list', on)).map((one) => `${one.entity} ${one.title} ${one.subtitle} ${one.relation}${one.archived ? ' archived' : ''}`);

describe('A link', () => {
  test('is seen from both ends, stands once however often and from whichever end it is made, and is in the timeline of both', async () => {
    const first = await company.value('link.create', { from: ann, to: room, relation: 'sits in' });
    expect((await company.value('link.create', { from: ann, to: room, relation: 'sits in' })).id).toBe(first.id);
    expect((await company.value('link.create', { from: room, to: ann, relation: 'sits in' })).id).toBe(first.id);
    expect(await linked(ann)).toEqual([expect.stringMatching(/^place Room \S* sits in$/)]);
    expect(await linked(room)).toEqual(['party Ann A-1 sits in']);
    const other = await company.value('link.create', { from: room, to: ann, relation: 'has key' });
    expect(other.id).not.toBe(first.id);
    expect(await linked(room)).toEqual(['party Ann A-1 has key', 'party Ann A-1 sits in']);
    for (const on of [ann, room]) expect((await company.value('record.timeline', on)).filter((line) => line.action === 'linked')).toHaveLength(2);
    await company.value('link.remove', { link_id: first.id });
    expect(await linked(ann)).toHaveLength(1);
    for (const on of [ann, room]) expect((await company.value('record.timeline', on))[0]).toMatchObject({ action: 'unlinked' });
    expect(await company.refusal('link.remove', { link_id: first.id })).toMatchObject({ code: 'missing' });
  });

  test('to itself, to nothing or to a kind that does not exist is refused', async () => {
    expect(await company.refusal('link.create', { from: ann, to: ann })).toMatchObject({ code: 'invalid', field: 'to' });
    expect(await company.refusal('link.create', { from: ann, to: { entity: 'party', id: 999_999 } })).toMatchObject({ code: 'missing' });
    expect(await company.refusal('link.create', { from: ann, to: { entity: 'ghost', id: 1 } })).toMatchObject({ code: 'missing' });
    expect(await company.refusal('link.create', { from: { entity: 'credentials', id: 1 }, to: ann })).toMatchObject({ code: 'missing' });
    expect(await company.refusal('link.list', { entity: '__proto__', id: 1 })).toMatchObject({ code: 'missing' });
  });

  test('to an archived record stays and says that it is archived', async () => {
    const old = await company.value('party.create', { kind: 'person', name: 'Old', number: 'O-1' });
    await company.value('link.create', { from: room, to: { entity: 'party', id: old.id } });
    await company.value('party.archive', old);
    expect(await linked(room)).toContain('party Old O-1  archived');
  });
});

describe('A note', () => {
  test('is listed newest first, changed only by who knows its version, and what it said stays in the log', async () => {
    const one = await company.value('note.create', { on: ann, text: '  first thoughts  ' });
    const two = await company.value('note.create', { on: ann, text: 'second' });
    expect((await company.value('note.list', ann)).map((note) => [note.text, note.by, note.version])).toEqual([['second', 'Olive Owner', 1], ['first thoughts', 'Olive Owner', 1]]);
    const changed = await company.value('note.update', { ...one, text: 'better thoughts' });
    expect(changed.version).toBe(2);
    expect(await company.refusal('note.update', { ...one, text: 'lost update' })).toMatchObject({ code: 'conflict' });
    expect(await company.refusal('note.remove', one)).toMatchObject({ code: 'conflict' });
    await company.value('note.remove', changed);
    expect(await company.refusal('note.update', { id: one.id, version: 3, text: 'x' })).toMatchObject({ code: 'missing' });
    expect((await company.value('note.list', ann)).map((note) => note.id)).toEqual([two.id]);
    const told = (await company.value('record.timeline', ann)).filter((line) => line.action === 'noted').map((line) => line.changes.map((change) => [change.before, change.after]));
    expect(told).toEqual([[['better thoughts', null]], [['first thoughts', 'better thoughts']], [[null, 'second']], [[null, 'first thoughts']]]);
  });

  test('that is empty, or on nothing, is refused', async () => {
    expect(await company.refusal('note.create', { on: ann, text: '   ' })).toMatchObject({ code: 'invalid' });
    expect(await company.refusal('note.create', { on: { entity: 'party', id: 999_999 }, text: 'x' })).toMatchObject({ code: 'missing' });
  });
});
