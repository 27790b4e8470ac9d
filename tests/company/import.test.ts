import { randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readDecimal } from '#contract/kit/money.ts';
import type { Checked } from '#contract/company/transfer.ts';
import type { DeskEvent } from '#contract/company/desk.ts';
import { type Company, makeCompany, ownerPassword } from '../helpers/company.ts';
import { imprint } from '../helpers/imprint.ts';
import { planOf, schemaDatabase, watched } from '../helpers/plans.ts';
import { openReader } from '../../main/company/cells.ts';
import { everyEntity } from '../helpers/drafts.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany({ password: ownerPassword });
});
afterAll(() => company.close());

let files = 0;
const file = (text: string, ending = 'csv'): string => {
  const path = join(company.desk, `file-${(files += 1)}.${ending}`);
  writeFileSync(path, text);
  return path;
};
const count = async (text?: string): Promise<number> => (await company.value('party.map', { archived: 'both', ...(text === undefined ? {} : { text }) })).count;
const tables = (): Record<string, string> => company.look((db) => imprint(db, ['audit', 'requests']));
const places = (checked: Checked): string[] => checked.problems.map((one) => `${one.row} ${one.column} ${one.value}`);

describe('An import', () => {
  test('brings in all rows or none: one bad row, and nothing is there, nothing remembered, no number drawn', async () => {
    const source = file('kind,name,email\nperson,Ann One,a@example.org\nperson,Bad One,nonsense\nperson,Cid One,c@example.org\n');
    const before = tables();
    const failure = await company.refusal('import.run', { entity: 'party', source });
    expect(failure).toMatchObject({ code: 'invalid', message: expect.stringContaining('row 3, email') as string });
    expect(tables()).toEqual(before);
  });

  test('brings in the good rows when asked to, and names the others by row, column and value', async () => {
    const source = file('kind,name,email,born,iban\nperson,Ann Two,a2@example.org,,\nperson,Bad Two,nonsense,,\nrobot,Bad Two,,,\nperson,,,,\nperson,Bad Two,,,DE00\nperson,Cid Two,,,\n');
    const mapping = { columns: ['kind', 'name', 'email', 'birth_day', 'iban'] };
    const checked = await company.value('import.check', { entity: 'party', source, mapping });
    expect(checked).toMatchObject({ rows: 6, good: 2, create: 2, refused: 4, import_id: null });
    expect(places(checked)).toEqual(['3 email nonsense', '4 kind robot', '5 name ', '6 iban DE00']);
    const run = await company.value('import.run', { entity: 'party', source, mapping, partial: true });
    expect(run).toMatchObject({ rows: 6, create: 2, refused: 4 });
    expect(places(run)).toEqual(places(checked));
    expect(await count('Two')).toBe(2);
  });

  test('tells in a dry run exactly what it then does, and the dry run writes nothing', async () => {
    const source = file('kind,name,number\nperson,Dry A,DRY-1\nperson,Dry B,DRY-2\nperson,Dry C,DRY-1\n');
    const before = tables();
    const checked = await company.value('import.check', { entity: 'party', source });
    expect(tables()).toEqual(before);
    expect(checked).toMatchObject({ rows: 3, create: 2, refused: 1 });
    expect(checked.sample).toHaveLength(2);
    const run = await company.value('import.run', { entity: 'party', source, partial: true });
    expect({ ...run, import_id: null, sample: [] }).toEqual({ ...checked, sample: [] });
  });

  test('skips, updates or refuses rows that are known by their number, as it is told', async () => {
    await company.value('import.run', { entity: 'party', source: file('kind,name,number,city\nperson,Known A,K-1,Bonn\nperson,Known B,K-2,Bonn\n') });
    const source = file('kind,name,number,city\nperson,Known A,k-1,Ulm\nperson,Known B,K-2,Bonn\nperson,Known C,K-3,Ulm\n');
    expect(await company.value('import.check', { entity: 'party', source, known: 'skip' })).toMatchObject({ create: 1, update: 0, same: 2, refused: 0 });
    expect(await company.value('import.check', { entity: 'party', source, known: 'refuse' })).toMatchObject({ create: 1, same: 0, refused: 2 });
    const updated = await company.value('import.run', { entity: 'party', source, known: 'update' });
    expect(updated).toMatchObject({ create: 1, refused: 0 });
    const rows = (await company.value('party.list', { text: 'Known', order: 'name' })).rows;
    expect(rows.map((row) => [row.name, row.city])).toEqual([['Known A', 'Ulm'], ['Known B', 'Bonn'], ['Known C', 'Ulm']]);
    expect(rows.map((row) => row.version)).toEqual([2, 1, 1]);
    expect(await company.value('import.run', { entity: 'party', source, known: 'update' })).toMatchObject({ create: 0, update: 0, same: 3 });
    expect(await company.value('import.run', { entity: 'party', source, known: 'skip' })).toMatchObject({ create: 0, update: 0, same: 3 });
  });

  test('remembers how a file with these columns was mapped, and guesses anew for other columns', async () => {
    const header = 'wer,wo,wie\n';
    const mapping = { columns: ['name', 'city', null], values: { kind: 'organisation' } };
    const first = file(`${header}Merk GmbH,Bonn,x\n`);
    expect(await company.value('import.look', { entity: 'party', source: first })).toMatchObject({ remembered: false });
    await company.value('import.run', { entity: 'party', source: first, mapping });
    const second = file(`${header}Merk AG,Ulm,y\n`);
    expect(await company.value('import.look', { entity: 'party', source: second })).toMatchObject({ remembered: true, mapping });
    expect(await company.value('import.run', { entity: 'party', source: second })).toMatchObject({ create: 1 });
    expect((await company.value('party.list', { text: 'Merk AG' })).rows[0]).toMatchObject({ kind: 'organisation', city: 'Ulm' });
    expect(await company.value('import.look', { entity: 'place', source: second })).toMatchObject({ remembered: false });
  });

  test('takes those of a file with days of birth or of joining for people, and others for organisations', async () => {
    const kindOf = async (name: string, head: string): Promise<unknown> => {
      const source = join(company.desk, `${name}.csv`);
      writeFileSync(source, `${head}\nAda,1.2.1990\n`);
      return (await company.value('import.look', { entity: 'party', source })).mapping.values?.['kind'];
    };
    expect([await kindOf('born', 'Name,Geburtstag'), await kindOf('joined', 'Name,Eintritt'), await kindOf('given', 'Vorname,seit'), await kindOf('firms', 'Name,Telefon')]).toEqual(['person', 'person', 'person', 'organisation']);
  });

  test('reads a rate as a share or, where the file says so, as a percentage', async () => {
    const source = join(company.desk, 'taxes.csv');
    writeFileSync(source, 'code,name,kind,rate_ppm\nA,Nineteen,output,19 %\nB,Seven,output,0.07\nC,Half,output,5.5%\nD,Much,output,19\n');
    const done = await company.value('import.run', { entity: 'tax_code', source, mapping: { columns: ['code', 'name', 'kind', 'rate_ppm'] }, partial: true });
    expect(done.problems.map((one) => [one.row, one.column, one.message])).toEqual([[5, 'rate_ppm', '“19” is more than 100 %. Write 19 % or 0.19.']]);
    const { rows } = await company.value('tax_code.list', { order: 'code' });
    expect(rows.filter((row) => 'ABCD'.includes(row.code)).map((row) => [row.code, row.rate_ppm])).toEqual([['A', 190_000], ['B', 70_000], ['C', 55_000]]);
  });

  test('refuses a mapping to a field that is not there, to one field twice, to one that Bureau fills itself, or without a required one', async () => {
    const source = file('a,b\n1,2\n');
    for (const [columns, field] of [[['nothing', null], 'nothing'], [['name', 'name'], 'name'], [['sort_name', null], 'sort_name'], [['__proto__', null], '__proto__'], [['name', null], 'kind']] as const) {
      expect(await company.refusal('import.check', { entity: 'party', source, mapping: { columns } }), field).toMatchObject({ code: 'invalid', field });
    }
    expect(await company.refusal('import.check', { entity: 'user', source })).toMatchObject({ code: 'denied' });
    expect(await company.refusal('import.check', { entity: 'party', source: join(company.desk, 'gone.csv') })).toMatchObject({ code: 'invalid', field: 'source' });
    expect((await company.refusal('import.check', { entity: 'party', source: join(company.desk, 'gone.csv') })).message).not.toContain(company.desk);
  });

  test('finds references by number, by name when only one has it, and by #id, and refuses what is none or several', async () => {
    const one = await company.value('party.create', { kind: 'person', name: 'Ref One', number: 'REF-1' });
    await company.value('party.create', { kind: 'person', name: 'Ref Same', number: 'REF-2' });
    await company.value('party.create', { kind: 'person', name: 'Ref Same', number: 'REF-3' });
    const source = file(`party_id,kind,value\nREF-1,phone,1\nRef One,phone,2\n#${one.id},phone,3\nRef Same,phone,4\nRef None,phone,5\n#999999,phone,6\n`);
    const checked = await company.value('import.run', { entity: 'contact', source, partial: true });
    expect(places(checked)).toEqual(['5 party_id Ref Same', '6 party_id Ref None', '7 party_id #999999']);
    expect((await company.value('contact.list', { filters: [{ field: 'party_id', is: 'equals', value: one.id }] })).rows.map((row) => row.value)).toEqual(['1', '2', '3']);
  });

  test('looks records and references up by an index, so that large files take no longer a row than small ones', () => {
    const db = schemaDatabase();
    for (const of of everyEntity) {
      for (const [key, field] of Object.entries(of.fields)) {
        if (field.kind !== 'ref') continue;
        const { ctx, heard } = watched(db);
        expect(() => openReader(ctx, of, 'ymd', '.').column(key)('nobody')).toThrow();
        for (const statement of heard.filter((one) => one.text.includes('WHERE'))) expect(planOf(db, statement), `${of.name}.${key}: ${statement.text}`).not.toMatch(/SCAN/);
      }
    }
    db.close();
  });
});

describe('Taking an import back', () => {
  const run = (text: string, more: object = {}): Promise<Checked> => company.value('import.run', { entity: 'party', source: file(text), ...more });

  test('leaves every table as it was, what it created and what it changed, and the search too', async () => {
    await company.value('party.create', { kind: 'person', name: 'Undo Old', number: 'U-1', city: 'Bonn', iban: 'GB29NWBK60161331926819' });
    const without = ['audit', 'requests', 'imports', 'import_maps', 'import_updates', 'search_words', 'sequences'];
    const before = company.look((db) => imprint(db, without));
    const versions = await company.value('party.list', { text: 'Undo Old' });
    const done = await run('kind,name,number,city\nperson,Undo Old,U-1,Ulm\nperson,Undoable Xylophone,U-2,Ulm\n', { known: 'update' });
    expect(done).toMatchObject({ create: 1, update: 1 });
    expect((await company.value('search.find', { text: 'Xylophone' })).hits).toHaveLength(1);
    expect(await company.value('import.undo', { id: done.import_id! })).toEqual({ removed: 1, put_back: 1 });
    const after = (await company.value('party.list', { text: 'Undo Old' })).rows[0]!;
    expect({ ...after, version: 0, updated_at: 0 }).toEqual({ ...versions.rows[0]!, version: 0, updated_at: 0 });
    const changed = Object.entries(company.look((db) => imprint(db, without))).filter(([table, hash]) => before[table] !== hash).map(([table]) => table);
    expect(changed).toEqual(['parties']);
    expect((await company.value('search.find', { text: 'Xylophone' })).hits).toEqual([]);
    expect((await company.value('import.history', {})).find((one) => one.id === done.import_id)!.undone_at).toBeGreaterThan(0);
    expect(await company.refusal('import.undo', { id: done.import_id! })).toMatchObject({ code: 'invalid' });
  });

  test('is refused as a whole once anything of it was changed, noted on, linked or referred to', async () => {
    const uses: ((id: number) => Promise<unknown>)[] = [
      (id) => company.value('party.update', { id, version: 1, patch: { city: 'x' } }),
      (id) => company.value('note.create', { on: { entity: 'party', id }, text: 'x' }),
      (id) => company.value('link.create', { from: { entity: 'party', id }, to: { entity: 'role', id: 1 } }),
      (id) => company.value('contact.create', { party_id: id, kind: 'phone', value: '1' }),
    ];
    for (const [at, use] of uses.entries()) {
      const done = await run(`kind,name,number\nperson,Used,US-${at}-1\nperson,Used,US-${at}-2\n`);
      await use((await company.value('party.list', { text: `US-${at}-2` })).rows[0]!.id);
      expect(await company.refusal('import.undo', { id: done.import_id! })).toMatchObject({ code: 'conflict' });
      expect(await count(`US-${at}`)).toBe(2);
    }
    expect(await company.refusal('import.undo', { id: 999_999 })).toMatchObject({ code: 'missing' });
  });

  test('works for a role that does not see every field, when the import touched none of those', async () => {
    await company.value('party.create', { kind: 'person', name: 'Sens', number: 'SE-1', iban: 'GB29NWBK60161331926819', birth_day: '1970-01-01' });
    const logistics = await company.as('logistics_manager');
    const done = await logistics.value('import.run', { entity: 'party', source: file('kind,name,number,city\nperson,Sens,SE-1,Ulm\n'), known: 'update' });
    expect(await logistics.value('import.undo', { id: done.import_id! })).toEqual({ removed: 0, put_back: 1 });
    expect((await company.value('party.list', { text: 'SE-1' })).rows[0]).toMatchObject({ city: '', iban: 'GB29NWBK60161331926819', birth_day: '1970-01-01' });
  });
});

describe('While an import runs', () => {
  const large = (prefix: string, rows: number): string => file(`kind,name,number\n${Array.from({ length: rows }, (_, at) => `person,${prefix} ${at},${prefix}-${at}\n`).join('')}`);
  const begun = (call: string): Promise<string> =>
    new Promise((resolve) => {
      const stop = company.office().on((event: DeskEvent) => {
        if (event.type !== 'job' || event.job.call !== call || event.job.done === 0) return;
        stop();
        resolve(event.job.id);
      });
    });

  test('reads are answered from before it, and writes, sign-ins and denials wait for it and then happen', async () => {
    const employee = await company.as('employee');
    const started = begun('import.run');
    const running = company.value('import.run', { entity: 'party', source: large('WAITS', 6000) });
    await started;
    const [, write, denial, page] = await Promise.all([
      running,
      company.value('place.create', { name: 'Made meanwhile', kind: 'room' }),
      employee.refusal('party.create', { kind: 'person', name: 'x' }),
      company.value('party.list', { order: '-id', limit: 1 }),
    ]);
    expect(page.rows.some((row) => row.number.startsWith('WAITS'))).toBe(false);
    const deeds = (): unknown[] => company.look((db) => db.prepare("SELECT action FROM audit WHERE action IN ('imported', 'denied') OR title = 'Made meanwhile' ORDER BY seq DESC LIMIT 3").pluck().all());
    await vi.waitFor(() => expect([deeds()[2], new Set(deeds())]).toEqual(['imported', new Set(['imported', 'created', 'denied'])]));
    expect(write.id).toBeGreaterThan(0);
    expect(denial.code).toBe('denied');
    expect(await count('WAITS')).toBe(6000);
    expect(company.look((db) => db.prepare("SELECT count(*) FROM audit WHERE action = 'denied' AND by_name = 'employee'").pluck().get())).toBe(1);
  });

  test('whoever locks or leaves is out at once, and is refused at once, and the log says so when it ends', async () => {
    const [locking, leaving, refused] = [await company.as('accountant'), await company.as('employee'), await company.as('data_analyst')];
    const started = begun('import.run');
    const running = company.value('import.run', { entity: 'party', source: large('LEFT', 6000) });
    await started;
    const order: string[] = [];
    void running.finally(() => order.push('imported'));
    await locking.value('session.lock', {});
    await leaving.value('session.sign_out', {});
    expect((await refused.refusal('party.create', { kind: 'person', name: 'x' })).code).toBe('denied');
    expect([order, locking.door.session, leaving.door.session]).toEqual([[], null, null]);
    expect((await leaving.refusal('party.list', {})).code).toBe('denied');
    await running;
    await vi.waitFor(() => expect(company.look((db) => db.prepare("SELECT DISTINCT action FROM audit WHERE seq > (SELECT max(seq) FROM audit WHERE action = 'imported') ORDER BY action").pluck().all())).toEqual(['denied', 'locked', 'signed_out']));
  });

  test('it can be cancelled, and then leaves nothing', async () => {
    const before = tables();
    const started = begun('import.run');
    const running = company.raw('import.run', { entity: 'party', source: large('CANCEL', 20_000) });
    await company.value('desk.cancel', { id: await started });
    expect(await running).toMatchObject({ ok: false, failure: { message: 'Cancelled. Nothing was changed.' } });
    expect(tables()).toEqual(before);
    expect((await company.value('desk.jobs', {})).at(-1)).toMatchObject({ call: 'import.run', state: 'cancelled' });
    expect((await company.ask('place.create', { name: 'After', kind: 'room' })).ok).toBe(true);
  });

  test('one that waits for another can be cancelled too, by its user and by closing the company, and then never begins', async () => {
    const started = begun('import.run');
    const running = company.value('import.run', { entity: 'party', source: large('FIRST', 40_000) });
    await started;
    const [second, third] = [randomUUID(), randomUUID()];
    const waiting = company.raw('import.run', { entity: 'party', source: large('SECOND', 100) }, second);
    await vi.waitFor(async () => expect((await company.value('desk.jobs', {})).find((job) => job.id === second)).toMatchObject({ state: 'running', message: 'waits for another job to end' }), 5000);
    await company.value('desk.cancel', { id: second });
    expect(await waiting).toMatchObject({ ok: false, failure: { message: 'Cancelled. Nothing was changed.' } });
    await running;
    const again = begun('import.run');
    const [last, queued] = [company.raw('import.run', { entity: 'party', source: large('LAST', 20_000) }), company.raw('import.run', { entity: 'party', source: large('THIRD', 100) }, third)];
    await again;
    await company.reopen();
    expect((await Promise.all([last, queued])).map((reply) => reply.ok)).toEqual([false, false]);
    expect([await count('FIRST'), await count('SECOND'), await count('LAST'), await count('THIRD')]).toEqual([40_000, 0, 0, 0]);
    expect(company.bugs).toEqual([]);
  });

  test('closing the company cancels it, and what is opened again is whole', async () => {
    const before = tables();
    const started = begun('import.run');
    const running = company.raw('import.run', { entity: 'party', source: large('CLOSE', 20_000) });
    await started;
    await company.reopen();
    expect((await running).ok).toBe(false);
    await wait(1);
    expect(tables()).toEqual(before);
  });
});

describe('What goes out', () => {
  test('stands in the log with the name of its file, who wrote it and what it holds; backups too', async () => {
    const target = join(company.desk, 'out.csv');
    await company.value('export.run', { entity: 'party', format: 'csv', target, fields: ['name'] });
    await company.value('backup.create', {});
    const rows = (await company.value('audit.list', { limit: 2 })).rows;
    expect(rows.map(({ action, entity, title, by }) => [action, entity, title, by])).toEqual([['created', 'backup', '', 'Olive Owner'], ['exported', 'export', 'out.csv', 'Olive Owner']]);
    expect(JSON.stringify(rows)).not.toContain(company.desk);
  });
});

describe('What goes out comes back in', () => {
  test('for every kind of file and every field of a party: an export imported elsewhere and exported again is the same file', async () => {
    await company.value('party.create', { kind: 'person', given_name: 'Zoë', family_name: "O'Neil, Jr.", number: '007', phone: '+44 20 7946 0000', street: 'Line 1\tx', remarks: 'two\nlines; "quoted", and = a formula\n=1+1', tags: ['a b', 'c'], roles: ['customer', 'driver'], birth_day: '1980-02-29', iban: 'GB29NWBK60161331926819', website: 'https://example.org/?a=b&c' });
    await company.value('party.create', { kind: 'organisation', name: '=HYPERLINK("http://x")', number: '-1', city: '+Plus', remarks: '@home' });
    await company.value('party.create', { kind: 'organisation', name: '\'quoted', number: '0012', email: 'a@example.org', remarks: '\'=kept' });
    const other = await makeCompany();
    try {
      for (const format of ['csv', 'xlsx'] as const) {
        const [out, back] = [join(company.desk, `all.${format}`), join(other.desk, `back.${format}`)];
        const list = { order: 'number', filters: [{ field: 'number', is: 'not', value: '' }] } as const;
        const written = await company.value('export.run', { entity: 'party', format, target: out, list: { ...list, filters: [...list.filters] } });
        const read = await other.value('import.run', { entity: 'party', source: out, known: 'update' });
        expect(read.problems).toEqual([]);
        expect(read.rows).toBe(written.rows);
        await other.value('export.run', { entity: 'party', format, target: back, list: { ...list, filters: [...list.filters] } });
        if (format === 'csv') expect(readFileSync(back, 'utf8')).toBe(readFileSync(out, 'utf8'));
      }
      const rows = async (from: Company): Promise<unknown> => (await from.value('party.list', { order: 'number', limit: 1000, filters: [{ field: 'name', is: 'contains', value: 'e' }] })).rows.map(({ id: _id, created_at: _c, updated_at: _u, version: _v, ...row }) => row);
      expect(await rows(other)).toEqual(await rows(company));
    } finally {
      await other.close();
    }
  });

  test('times come into a spreadsheet as times, and come back; no time lies outside of the years 1 to 9999', async () => {
    const other = await makeCompany();
    try {
      const times = ['1900-03-05T08:00:00Z', '1969-12-31T23:59:59Z', '2026-03-01T09:30:15Z', '9999-06-01T12:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
      for (const [at, time] of times.entries()) await other.value('event.create', { title: `T${at}`, uid: `t${at}`, starts_at: Date.parse(time), state: 'confirmed' });
      for (const starts_at of [-9e15, 9e15, Date.parse('0001-01-01T00:00:00Z') - 1, Date.parse('9999-12-31T23:59:59.999Z') + 1]) expect(await other.refusal('event.create', { title: 'T', starts_at, state: 'confirmed' })).toMatchObject({ code: 'invalid', field: 'starts_at' });
      const target = join(other.desk, 'times.xlsx');
      await other.value('export.run', { entity: 'event', format: 'xlsx', target });
      const sheet = Object.entries(unzipSync(readFileSync(target))).find(([name]) => name.endsWith('sheet1.xml'))![1];
      // Whole days since 30 December 1899, and the clock of this PC as their fraction.
      const local = (time: string): number => Date.parse(time) - new Date(time).getTimezoneOffset() * 60_000;
      const serials = [...Buffer.from(sheet).toString('utf8').matchAll(/<c r="B\d+" s="\d+"><v>([\d.]+)<\/v>/g)].map(([, serial]) => Number(serial));
      expect(serials).toHaveLength(4);
      for (const [at, time] of times.slice(0, 4).entries()) expect(serials[at]).toBeCloseTo((local(time) - Date.UTC(1899, 11, 30)) / 86_400_000, 8);
      await company.value('import.run', { entity: 'event', source: target });
      expect((await company.value('event.list', { order: 'starts_at', filters: [{ field: 'uid', is: 'starts', value: 't' }] })).rows.map((row) => row.starts_at)).toEqual(times.map((time) => Date.parse(time)).toSorted((a, b) => a - b));
    } finally {
      await other.close();
    }
  });

  test('a reference to what the role may not read goes out as its id alone', async () => {
    await company.value('task.create', { title: 'Owned', owner_id: 1, state: 'open', priority: '2' });
    const texts = await Promise.all(([['owner', company], ['hr', await company.as('hr_coordinator')]] as const).map(async ([name, who]) => {
      const target = join(company.desk, `owned-${name}.csv`);
      await who.value('export.run', { entity: 'task', format: 'csv', target, fields: ['title', 'owner_id'] });
      return readFileSync(target, 'utf8').trim().split('\r\n').at(-1);
    }));
    expect(texts).toEqual(['Owned,owner', 'Owned,#1']);
  });

  test('an export that fails leaves no file and no half of one, and never takes the place of an old file', async () => {
    const target = join(company.desk, 'old.csv');
    writeFileSync(target, 'old');
    expect(await company.refusal('export.run', { entity: 'party', format: 'ical', target })).toMatchObject({ code: 'invalid', field: 'format' });
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(await company.refusal('export.run', { entity: 'party', format: 'csv', target: join(company.desk, 'no', 'such', 'x.csv') })).toMatchObject({ code: 'invalid', field: 'target' });
    expect(await company.refusal('export.run', { entity: 'party', format: 'csv', target, list: { order: 'phone' } })).toMatchObject({ code: 'invalid' });
    expect(readFileSync(target, 'utf8')).toBe('old');
    copyFileSync(target, join(company.desk, 'copy.csv'));
  });
});

describe('The edges of a file', () => {
  test('rows of nothing but delimiters, as spreadsheets leave them at the end, are no rows', async () => {
    const source = file('kind;name;email\nperson;Edge One;\n;;\nperson;Edge Two;\n ;;\n;;\n');
    expect(await company.value('import.check', { entity: 'party', source })).toMatchObject({ rows: 2, create: 2, refused: 0 });
    expect(await company.value('import.run', { entity: 'party', source })).toMatchObject({ rows: 2, create: 2, refused: 0 });
    expect((await company.value('import.look', { entity: 'party', source: file('kind;name;email\n;;\nperson;Edge Three;\n;;\n') })).columns.map((one) => [one.name, ...one.samples])).toEqual([['kind', 'person'], ['name', 'Edge Three'], ['email', '']]);
  });

  test('a value for all rows is checked as one that is typed, whatever it is', async () => {
    const source = file('code,name,kind\nF-1,Fixed,room\n');
    const columns = ['code', 'name', 'kind'];
    for (const values of [{ latitude_micro: 90_000_001 }, { latitude_micro: 1.5 }, { keeper_id: 999_999 }, { city: 5 }, { remarks: ['x'] }, { latitude_micro: { a: 1 } }]) {
      expect(await company.refusal('import.check', { entity: 'place', source, mapping: { columns, values } }), JSON.stringify(values)).toMatchObject({ code: 'invalid', field: Object.keys(values)[0] });
    }
    const keeper = await company.value('party.create', { kind: 'person', name: 'Fixed Keeper' });
    await company.value('import.run', { entity: 'place', source, mapping: { columns, values: { latitude_micro: 90_000_000, keeper_id: keeper.id, city: 'Ulm', longitude_micro: null } } });
    expect((await company.value('place.list', { text: 'F-1' })).rows[0]).toMatchObject({ latitude_micro: 90_000_000, keeper_id: keeper.id, city: 'Ulm', longitude_micro: null });
  });

  test('the decimal mark is what the numbers of the file show, and a number whose groups are none is refused, never another number', async () => {
    const rates = (numbers: readonly string[]): string => file(`currency;day;rate\n${numbers.map((one, at) => `CHF;2026-01-${String(at + 1).padStart(2, '0')};${one}\n`).join('')}`);
    const look = async (numbers: readonly string[]) => (await company.value('import.look', { entity: 'rate', source: rates(numbers) })).reading.decimal_point;
    expect([await look(['12,50']), await look(['1.250,00']), await look(['0,190']), await look(['12.50', '1,234']), await look(['1,250.5']), await look(['1,234'])]).toEqual([',', ',', ',', '.', '.', '.']);
    expect(['12,50', '1.250,00', '0,19', '1,23', '1,2345', '12,34,56', '1 23', '1,234 567', '0,123'].map((text) => readDecimal(text, 6, '.'))).toEqual(Array.from({ length: 9 }, () => null));
    expect(['1,250.5', '12,34,567', '1 234', "1'234'567.25", '1234', '(5)', '-1,000', '12.50'].map((text) => readDecimal(text, 2, '.'))).toEqual([125_050, 123_456_700, 123_400, 123_456_725, 123_400, -500, -100_000, 1250]);
    expect(['1.250,5', '12,50', '1\u202f234,5'].map((text) => readDecimal(text, 2, ','))).toEqual([125_050, 1250, 123_450]);
    expect(['12.50', '1.25', '1,234,5'].map((text) => readDecimal(text, 2, ','))).toEqual([null, null, null]);
  });
});
