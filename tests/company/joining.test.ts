import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, describe, test } from 'vitest';
import type { Checked } from '#contract/company/transfer.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

// Rows that name other rows of the same file: places inside places, accounts under headings.

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

let files = 0;
const file = (text: string): string => {
  const path = join(company.desk, `joined-${(files += 1)}.csv`);
  writeFileSync(path, text);
  return path;
};
const run = (entity: 'place' | 'account', text: string, more: object = {}): Promise<Checked> => company.value('import.run', { entity, source: file(text), known: 'update', ...more });
const check = (entity: 'place' | 'account', text: string): Promise<Checked> => company.value('import.check', { entity, source: file(text), known: 'update' });
const told = (checked: Checked): string[] => checked.problems.map((one) => `${one.row} ${one.column} ${one.value}`);

/** Code, name, code or name of what it is inside of, version. */
async function places(text: string): Promise<readonly string[]> {
  const { rows } = await company.value('place.list', { text, order: 'name', limit: 100 });
  const codes = new Map((await company.value('place.list', { limit: 1000 })).rows.map((row) => [row.id, row.code]));
  return rows.map((row) => `${row.code} ${row.name} in ${row.parent_id === null ? '-' : codes.get(row.parent_id)} v${row.version}`);
}

describe('A file whose rows name each other', () => {
  test('never takes away a record that was there: a row that puts it inside what is nowhere is refused whole, and the others come in', async () => {
    await run('place', 'code,name,kind\nQ-7,Quay Seven,room\n');
    const text = 'code,name,kind,parent\nQ-7,Quay Other,hall,Typo\nQ-8,Quay Eight,room,\n'.replace('hall', 'zone');
    expect(await check('place', text)).toMatchObject({ rows: 2, create: 1, update: 0, refused: 1 });
    const done = await run('place', text, { partial: true });
    expect(done).toMatchObject({ rows: 2, create: 1, update: 0, refused: 1 });
    expect(told(done)).toEqual(['2 parent Typo']);
    expect(await places('Quay')).toEqual(['Q-8 Quay Eight in - v1', 'Q-7 Quay Seven in - v1']);
  });

  test('is refused where it closes a circle, by its rows and with words, in the dry run too', async () => {
    const ring = 'code,name,kind,parent\nR-1,Ring One,room,R-2\nR-2,Ring Two,room,R-1\nR-3,Ring Three,room,R-1\nR-4,Ring Four,room,\n';
    const checked = await check('place', ring);
    expect(checked).toMatchObject({ create: 1, refused: 3 });
    const done = await run('place', ring, { partial: true });
    expect({ ...done, import_id: null, sample: [] }).toEqual({ ...checked, sample: [] });
    expect(told(done).toSorted()).toEqual(['2 parent R-2', '3 parent R-1', '4 parent R-1']);
    expect(done.problems.find((one) => one.row === 2)!.message).toContain('2, 3');
    expect(await places('Ring')).toEqual(['R-4 Ring Four in - v1']);
    expect((await company.value('search.find', { text: 'Ring Three' })).hits.map((hit) => hit.title)).not.toContain('Ring Three');

    await run('account', 'number,name,type,heading\n10,Assets,asset,yes\n');
    const under = 'number,name,type,heading,parent\n10,Assets,asset,yes,99\n99,More assets,asset,yes,10\n';
    for (const text of [under, under.split('\n').toSpliced(1, 2, ...under.split('\n').slice(1, 3).toReversed()).join('\n')]) {
      expect(await check('account', text)).toMatchObject({ create: 1, update: 0, refused: 1, problems: [{ column: 'parent', value: '99' }] });
      expect(await company.refusal('import.run', { entity: 'account', source: file(text), known: 'update' })).toMatchObject({ code: 'invalid' });
    }
    await run('account', under, { partial: true });
    const { rows } = await company.value('account.list', { order: 'number' });
    expect(rows.map((row) => [row.number, row.parent_id])).toEqual([['10', null], ['99', rows[0]!.id]]);
    expect((await company.value('company.verify', {})).good).toBe(true);
  });

  test('turns a tree over when all of it together is one, whatever the order of the rows', async () => {
    await run('place', 'code,name,kind,parent\nT-1,Turn A,room,\nT-2,Turn B,room,T-1\nT-3,Turn C,room,\n');
    expect(await run('place', 'code,name,kind,parent\nT-1,Turn A,room,T-2\nT-2,Turn B,room,T-3\n')).toMatchObject({ update: 2, refused: 0 });
    expect(await places('Turn')).toEqual(['T-1 Turn A in T-2 v2', 'T-2 Turn B in T-3 v2', 'T-3 Turn C in - v1']);
  });

  test('moves a known record under a later row, even when nothing else of it differs, writes that down, and takes it back', async () => {
    await run('place', 'code,name,kind\nM-1,Move One,room\nM-2,Move Two,room\n');
    const text = 'code,name,kind,parent\nM-1,Move One,room,M-9\nM-2,Move Second,room,M-9\nM-9,Move Nine,building,\n';
    expect(await check('place', text)).toMatchObject({ create: 1, update: 2, same: 0, refused: 0 });
    const done = await run('place', text);
    expect(done).toMatchObject({ create: 1, update: 2, same: 0, refused: 0 });
    expect(await places('Move')).toEqual(['M-9 Move Nine in - v1', 'M-1 Move One in M-9 v2', 'M-2 Move Second in M-9 v2']);
    const one = (await company.value('place.list', { text: 'Move One' })).rows[0]!;
    expect(company.look((db) => db.prepare("SELECT count(*) AS n FROM audit WHERE entity = 'place' AND record_id = ? AND action = 'changed' AND changes LIKE '%parent_id%'").get(one.id))).toEqual({ n: 1 });
    expect(await company.value('import.undo', { id: done.import_id! })).toEqual({ removed: 1, put_back: 2 });
    expect(await places('Move')).toEqual(['M-1 Move One in - v3', 'M-2 Move Two in - v3']);
  });

  test('joins rows without a number of their own too, and takes them out whole when what they name does not come', async () => {
    const text = 'code,name,kind,parent\n,Blank A,room,Blank House\nB-9,Blank House,building,\n,Blank B,room,B-0\n,Blank C,room,Blank B\n';
    expect(await check('place', text)).toMatchObject({ create: 2, refused: 2 });
    const done = await run('place', text, { partial: true });
    expect(done).toMatchObject({ create: 2, refused: 2 });
    expect(told(done)).toEqual(['4 parent B-0', '5 parent Blank B']);
    expect((await places('Blank')).map((one) => one.replace(/^L-\d+/, 'L'))).toEqual(['L Blank A in B-9 v1', 'B-9 Blank House in - v1']);
    expect((await company.value('search.find', { text: 'Blank' })).hits).toHaveLength(2);
    expect((await company.value('company.verify', {})).good).toBe(true);
  });

  test('puts a tree back that it turned over, although on the way each record lay inside the other', async () => {
    await run('place', 'code,name,kind,parent\nV-2,Vault B,room,\nV-3,Vault C,room,\n');
    await run('place', 'code,name,kind,parent\nV-1,Vault A,room,V-2\n');
    const low = await company.value('place.create', { code: 'V-4', name: 'Vault D', kind: 'room' });
    const ids = new Map((await company.value('place.list', { text: 'Vault' })).rows.map((row) => [row.code, row]));
    await company.value('place.update', { id: ids.get('V-2')!.id, version: 1, patch: { parent_id: low.id } });
    const before = await places('Vault');
    const done = await run('place', 'code,name,kind,parent\nV-2,Vault B,room,V-1\nV-1,Vault A,room,V-3\nV-4,Vault D,room,V-2\n');
    expect(done).toMatchObject({ update: 3, refused: 0 });
    expect(await company.value('import.undo', { id: done.import_id! })).toEqual({ removed: 0, put_back: 3 });
    expect((await places('Vault')).map((one) => one.replace(/ v\d+$/, ''))).toEqual(before.map((one) => one.replace(/ v\d+$/, '')));
  });
});
