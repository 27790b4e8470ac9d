import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dump, schema } from '../../main/db/dump.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

const file = (name: string, lines: readonly string[]): string => {
  const path = join(company.desk, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

describe('An import into an empty table', () => {
  test('finds the number that an earlier row of it was given by the series, and tells whose it is', async () => {
    const source = file('clash.csv', ['number,first_name,last_name', ',Anna,First', 'P-00001,Berta,Second']);
    const failure = await company.refusal('import.run', { entity: 'party', source });
    expect(failure.message).toContain('Anna First');
    expect(company.bugs).toEqual([]);
    expect(company.look((db) => db.prepare('SELECT count(*) FROM parties').pluck().get())).toBe(0);
  });
});

describe('An import whose rows differ', () => {
  test('gives every record its own values, number and words, whatever stands before it in the file', { timeout: 60_000 }, async () => {
    await company.value('import.run', { entity: 'party', source: file('known.csv', ['number,first_name,last_name', ...Array.from({ length: 9 }, (_, at) => `M${at * 10},Old,Known${at}`)]) });
    const lines = Array.from({ length: 90 }, (_, at) => `${at % 10 === 0 || at % 13 !== 5 ? `M${at}` : ''},Mixed,Zz${'abcdefghij'[Math.floor(at / 10)]}${'abcdefghij'[at % 10]}zz,${Math.floor(at / 20) % 2 === 0 ? '' : `Place${at}`}`);
    const run = await company.value('import.run', { entity: 'party', known: 'update', source: file('mixed.csv', ['number,first_name,last_name,city', ...lines]) });
    expect([run.create, run.update]).toEqual([81, 9]);
    for (const line of lines) {
      const [number, , family, city] = line.split(',') as [string, string, string, string];
      const hit = (await company.value('search.find', { text: family })).hits[0]!;
      const row = await company.value('party.get', { id: hit.id });
      expect([hit.title, row.family_name, row.city]).toEqual([`${row.given_name} ${family}`, family, city]);
      if (number !== '') expect(row.number).toBe(number);
    }
    expect(company.bugs).toEqual([]);
  });
});

describe('A large import', () => {
  const rows = 10_500;

  test('leaves every index as it was, and every record in its place', { timeout: 60_000 }, async () => {
    const lines = Array.from({ length: rows }, (_, at) => `${100_000 + ((at * 7919) % rows)},Kay,Name ${(at * 31) % rows},${at % 7 === 0 ? '' : `Town ${at % 100}`},2020-01-${String((at % 28) + 1).padStart(2, '0')}`);
    const run = await company.value('import.run', { entity: 'party', source: file('large.csv', ['number,first_name,last_name,city,hire_date', ...lines]) });
    expect(run.create).toBe(rows);
    expect(company.look((db) => dump(db))).toBe(schema());
    expect(company.look((db) => db.pragma('integrity_check', { simple: true }))).toBe('ok');
    for (const order of ['name', '-number', 'city', 'hired_day'] as const) {
      const key = order.replace('-', '') as 'name' | 'number' | 'city' | 'hired_day';
      const found = (await company.value('party.list', { order, limit: 1000 })).rows.map((row) => row[key].toLowerCase());
      const all = company.look((db) => db.prepare(`SELECT ${key} FROM parties`).pluck().all() as string[]).map((value) => value.toLowerCase()).sort();
      expect(found).toEqual((order.startsWith('-') ? all.reverse() : all).slice(0, 1000));
    }
    expect((await company.value('search.find', { text: `Name ${rows - 1}` })).hits[0]?.title).toBe(`Kay Name ${rows - 1}`);
  });

  test('that is refused at its end leaves nothing, and no index missing', { timeout: 60_000 }, async () => {
    const source = file('refused.csv', ['number,first_name,last_name,iban', ...Array.from({ length: rows + 10 }, (_, at) => `X${at},Kay,Late ${at},`), 'Y1,Kay,Last,GB00 0000']);
    const before = company.look((db) => db.prepare('SELECT count(*), max(id) FROM parties').get());
    expect((await company.refusal('import.run', { entity: 'party', source })).message).toContain('1 of');
    expect(company.look((db) => db.prepare('SELECT count(*), max(id) FROM parties').get())).toEqual(before);
    expect(company.look((db) => dump(db))).toBe(schema());
  });
});
