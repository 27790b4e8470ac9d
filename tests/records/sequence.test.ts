import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

const codes = async (): Promise<string[]> => (await company.value('department.list', { order: 'code', archived: 'both', limit: 1000 })).rows.map((row) => row.code);

describe('Numbers of a series', () => {
  test('have no gap and no double, however many writes are refused after a number was drawn for them', async () => {
    let made = (await codes()).length;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), async (writes) => {
        const replies = await Promise.all(
          writes.map((good) =>
            good
              ? company.raw('department.create', { name: 'Good' })
              : // The number is drawn before the reference is found to lead nowhere: the whole transaction goes back.
                company.raw('department.create', { name: 'Bad', parent_id: 999_999 }),
          ),
        );
        expect(replies.map((reply) => reply.ok)).toEqual(writes);
        made += writes.filter(Boolean).length;
        expect(await codes()).toEqual(Array.from({ length: made }, (_, at) => `D-${String(at + 1).padStart(5, '0')}`));
      }),
      { numRuns: 20, seed: 11 },
    );
  });

  test('pass over those that people gave by hand', async () => {
    const { next } = (await company.value('sequence.list', {})).find((one) => one.name === 'department')!;
    const number = (at: number): string => `D-${String(at).padStart(5, '0')}`;
    await company.value('department.create', { name: 'By hand', code: number(next + 1) });
    const given: string[] = [];
    for (let at = 0; at < 2; at += 1) given.push((await company.value('department.get', { id: (await company.value('department.create', { name: 'Next' })).id })).code);
    expect(given).toEqual([number(next), number(next + 2)]);
  });

  test('only go up, and another prefix or width counts for the next one', async () => {
    const series = (await company.value('sequence.list', {})).find((one) => one.name === 'department')!;
    expect(await company.refusal('sequence.update', { id: series.id, next: series.next - 1 })).toMatchObject({ code: 'invalid', field: 'next' });
    await company.value('sequence.update', { id: series.id, next: series.next + 100, prefix: 'DEP/', digits: 7 });
    const { id } = await company.value('department.create', { name: 'Later' });
    expect((await company.value('department.get', { id })).code).toBe(`DEP/${String(series.next + 100).padStart(7, '0')}`);
    expect(await company.refusal('sequence.update', { id: 999_999, next: 5 })).toMatchObject({ code: 'missing' });
  });

  test('have no gap after an import that was refused as a whole, nor after one that was cut short by its bad rows', async () => {
    const last = async (): Promise<number> => (await company.value('sequence.list', {})).find((one) => one.name === 'party')!.next;
    const file = join(company.desk, 'people.csv');
    writeFileSync(file, 'kind,name,email\nperson,A,a@example.org\nperson,B,not an address\nperson,C,c@example.org\n');
    const before = await last();
    expect((await company.refusal('import.run', { entity: 'party', source: file })).code).toBe('invalid');
    expect(await last()).toBe(before);
    await company.value('import.run', { entity: 'party', source: file, partial: true });
    expect(await last()).toBe(before + 2);
    expect((await company.value('party.list', { order: 'number' })).rows.map((row) => row.number)).toEqual(['P-00001', 'P-00002']);
  });
});
