import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

describe.each([
  ['department', {}],
  ['place', { kind: 'room' }],
] as const)('A %s', (entity, more) => {
  const create = async (parent_id: number | null = null): Promise<{ id: number; version: number }> => {
    const reply = await company.raw(`${entity}.create`, { name: 'Node', ...more, parent_id });
    if (!reply.ok) throw new Error(reply.failure.message);
    return reply.value as { id: number; version: number };
  };

  test('cannot lie in itself, in what lies in it, or in what does not exist', async () => {
    const a = await create();
    const b = await create(a.id);
    const c = await create(b.id);
    for (const parent_id of [a.id, b.id, c.id]) expect(await company.refusal(`${entity}.update`, { ...a, patch: { parent_id } })).toMatchObject({ code: 'invalid', field: 'parent_id' });
    expect(await company.refusal(`${entity}.update`, { ...a, patch: { parent_id: 999_999 } })).toMatchObject({ code: 'invalid', field: 'parent_id' });
    expect((await company.raw(`${entity}.update`, { ...c, patch: { parent_id: a.id } })).ok).toBe(true);
    expect((await company.raw(`${entity}.update`, { ...b, patch: { parent_id: null } })).ok).toBe(true);
    expect((await company.raw(`${entity}.update`, { ...a, patch: { parent_id: b.id } })).ok).toBe(true);
  });

  test('is always in a tree: after any series of moves everyone reaches a root, and exactly the moves that would make a loop are refused', async () => {
    const nodes: { id: number; version: number }[] = [];
    for (let at = 0; at < 8; at += 1) nodes.push(await create());
    const parent = new Map<number, number | null>(nodes.map((node) => [node.id, null]));
    const under = (id: number, top: number): boolean => id === top || (parent.get(id) != null && under(parent.get(id)!, top));
    await fc.assert(
      fc.asyncProperty(fc.nat(7), fc.option(fc.nat(7)), async (who, where) => {
        const node = nodes[who]!;
        const to = where === null ? null : nodes[where]!.id;
        const loops = to !== null && under(to, node.id);
        const reply = await company.raw(`${entity}.update`, { ...node, patch: { parent_id: to } });
        expect(reply.ok).toBe(!loops);
        if (reply.ok) {
          nodes[who] = reply.value as { id: number; version: number };
          parent.set(node.id, to);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
    for (const { id } of nodes) expect(((await company.raw(`${entity}.get`, { id })) as unknown as { value: { parent_id: number | null } }).value.parent_id).toBe(parent.get(id));
  });
});

describe('A department', () => {
  test('is given the next code of its series when it has none, and two never share one', async () => {
    const first = await company.value('department.get', { id: (await company.value('department.create', { name: 'A' })).id });
    const second = await company.value('department.get', { id: (await company.value('department.create', { name: 'B' })).id });
    expect(first.code).toMatch(/^D-\d{5}$/);
    expect(Number(second.code.slice(2))).toBe(Number(first.code.slice(2)) + 1);
    expect(await company.refusal('department.create', { name: 'C', code: first.code.toLowerCase() })).toMatchObject({ code: 'invalid', field: 'code' });
  });
});

describe('A place', () => {
  test('lies on the globe', async () => {
    expect((await company.raw('place.create', { name: 'Pole', kind: 'site', latitude_micro: 90_000_000, longitude_micro: -180_000_000 })).ok).toBe(true);
    expect(await company.refusal('place.create', { name: 'x', kind: 'site', latitude_micro: 90_000_001 })).toMatchObject({ field: 'latitude_micro' });
    expect(await company.refusal('place.create', { name: 'x', kind: 'site', longitude_micro: 1.5 })).toMatchObject({ field: 'longitude_micro' });
  });
});
