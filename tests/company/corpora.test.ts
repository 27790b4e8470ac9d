import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Checked } from '#contract/company/transfer.ts';
import { type Company, makeCompany } from '../helpers/company.ts';
import { corpus, has } from '../helpers/corpora.ts';

/**
 * Files that nobody here wrote: imported, exported again, and compared row by row with the file as another parser reads it. A corpus that is
 * not beside this checkout is skipped, and counted as skipped.
 */

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

type Rows = Record<string, string>[];
const parsed = (text: string): Rows => Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true }).data;
const original = (path: string): Rows => parsed(readFileSync(corpus(path), 'utf8'));

let files = 0;
async function exported(entity: string, order: string, from: Company = company): Promise<Rows> {
  const target = join(from.desk, `out-${(files += 1)}.csv`);
  await from.value('export.run', { entity, format: 'csv', target, list: { order, archived: 'both' } });
  return parsed(readFileSync(target, 'utf8'));
}

const run = (entity: string, path: string, more: object = {}, from: Company = company): Promise<Checked> => from.value('import.run', { entity, source: corpus(path), ...more } as never);

describe.skipIf(!has('hr/employees/csv'))('The employees sample database (10,000 people)', () => {
  test('imports with no row lost and no value changed: departments, people, and the departments and titles they held', async () => {
    const started = performance.now();
    const departments = await run('department', 'hr/employees/csv/department.csv');
    expect(departments).toMatchObject({ rows: 9, create: 9, refused: 0, problem_count: 0 });
    const people = await run('party', 'hr/employees/csv/employee.csv');
    expect(people).toMatchObject({ rows: 10_000, create: 10_000, refused: 0, problem_count: 0 });
    const held = await run('assignment', 'hr/employees/csv/dept_emp.csv');
    expect(held).toMatchObject({ rows: 11_051, create: 11_051, refused: 0, problem_count: 1 });
    const open = original('hr/employees/csv/dept_emp.csv').filter((row) => row['to_date'] === '9999-01-01').length;
    expect(held.problems[0]).toMatchObject({ row: 2, column: 'to_date', value: '9999-01-01', message: expect.stringContaining(`${open} rows`) as string });
    const titles = await run('position', 'hr/employees/csv/title.csv');
    expect(titles).toMatchObject({ rows: 14_782, create: 14_782, refused: 0, problem_count: 1 });
    console.log(`employees: 35,842 rows in ${((performance.now() - started) / 1000).toFixed(1)} s`);

    expect((await exported('department', 'code')).map((row) => [row['code'], row['name']])).toEqual(original('hr/employees/csv/department.csv').map((row) => [row['dept_no'], row['dept_name']]));
    const out = await exported('party', 'number');
    const source = original('hr/employees/csv/employee.csv');
    expect(out.length).toBe(source.length);
    const person = (number: string, birth: string, given: string, family: string, gender: string, hired: string): string => [number, birth, given, family, gender, hired].join('|');
    expect(out.map((row) => person(row['number']!, row['birth_day']!, row['given_name']!, row['family_name']!, row['gender']!, row['hired_day']!)).toSorted()).toEqual(source.map((row) => person(row['emp_no']!, row['birth_date']!, row['first_name']!, row['last_name']!, row['gender']!, row['hire_date']!)).toSorted());
    expect(out.every((row) => row['kind'] === 'person' && row['roles'] === 'employee' && row['name'] === `${row['given_name']} ${row['family_name']}`)).toBe(true);
    const ends = (day: string): string => (day === '9999-01-01' ? '' : day);
    const assignments = await exported('assignment', 'from_day');
    expect(assignments.map((row) => [row['party_id'], row['department_id'], row['from_day'], row['until_day']].join('|')).toSorted()).toEqual(original('hr/employees/csv/dept_emp.csv').map((row) => [row['emp_no'], row['dept_no'], row['from_date'], ends(row['to_date']!)].join('|')).toSorted());
    const positions = await exported('position', 'from_day');
    expect(positions.map((row) => [row['party_id'], row['title'], row['from_day'], row['until_day']].join('|')).toSorted()).toEqual(original('hr/employees/csv/title.csv').map((row) => [row['emp_no'], row['title'], row['from_date'], ends(row['to_date']!)].join('|')).toSorted());
  }, 300_000);

  test('imported twice adds nothing', async () => {
    expect(await run('party', 'hr/employees/csv/employee.csv')).toMatchObject({ create: 0, update: 0, same: 10_000, refused: 0 });
    expect(await run('assignment', 'hr/employees/csv/dept_emp.csv')).toMatchObject({ create: 0, update: 0, same: 11_051, refused: 0 });
  }, 300_000);

  test('adds who led departments beside who worked there', async () => {
    const mapping = { columns: ['party_id', 'department_id', 'from_day', 'until_day'], values: { capacity: 'head' } };
    expect(await run('assignment', 'hr/employees/csv/dept_manager.csv', { mapping })).toMatchObject({ rows: 24, create: 24, refused: 0 });
  }, 60_000);
});

describe.skipIf(!has('hr/northwind/csv'))('The Northwind files', () => {
  let north: Company;
  beforeAll(async () => {
    north = await makeCompany();
  });
  afterAll(() => north.close());

  const fields: Readonly<Record<string, string>> = { CompanyName: 'name', ContactName: 'contact_name', ContactTitle: 'contact_title', Address: 'street', City: 'city', Region: 'region', PostalCode: 'postal_code', Country: 'country', Phone: 'phone', Fax: 'fax' };
  const cell = (text: string): string => text.trim().replace(/\s*[\r\n]+\s*/g, ', ');

  test.each([
    ['Customers', 'CustomerID', 93, 'customer', ''],
    ['Suppliers', 'SupplierID', 29, 'supplier', 'S-'],
    ['Shippers', 'ShipperID', 3, '', 'H-'],
  ] as const)('%s come in whole and go out equal, each number kept apart by its prefix', async (name, key, rows, role, prefix) => {
    const path = `hr/northwind/csv/${name}.csv`;
    const looked = await north.value('import.look', { entity: 'party', source: corpus(path) });
    const mapping = { ...looked.mapping, ...(prefix === '' ? {} : { prefixes: { number: prefix } }) };
    const checked = await run('party', path, { mapping }, north);
    expect(checked).toMatchObject({ rows, create: rows, refused: 0 });
    const out = new Map((await exported('party', 'number', north)).map((row) => [row['number'], row]));
    for (const row of original(path)) {
      const found = out.get(`${prefix}${row[key]!.trim()}`);
      expect(found, row[key]).toBeDefined();
      for (const [column, field] of Object.entries(fields)) if (column in row) expect(found![field], `${row[key]} ${column}`).toBe(cell(row[column]!));
      if (role !== '') expect(found!['roles']).toBe(role);
      expect(found!['kind']).toBe('organisation');
    }
  }, 60_000);

  test('Employees come in as people, with titles, notes, days and extensions; pictures and reporting lines are left out by the mapping, not by chance', async () => {
    const path = 'hr/northwind/csv/Employees.csv';
    const looked = await north.value('import.look', { entity: 'party', source: corpus(path) });
    const left = looked.columns.map((column) => column.name).filter((_name, at) => looked.mapping.columns[at] === null);
    expect(left).toEqual(['Photo', 'ReportsTo', 'PhotoPath']);
    const checked = await run('party', path, { mapping: { ...looked.mapping, prefixes: { number: 'E-' } } }, north);
    expect(checked).toMatchObject({ rows: 9, create: 9, refused: 0 });
    const out = new Map((await exported('party', 'number', north)).map((row) => [row['number'], row]));
    for (const row of original(path)) {
      expect(out.get(`E-${row['EmployeeID']}`)).toMatchObject({ kind: 'person', given_name: row['FirstName'], family_name: row['LastName'], job_title: row['Title'], salutation: row['TitleOfCourtesy'], birth_day: row['BirthDate'], hired_day: row['HireDate'], street: cell(row['Address']!), phone: row['HomePhone'], extension: row['Extension'], remarks: row['Notes']!.trim() });
    }
  });

  test('without a prefix, numbers that stand for somebody else are told row by row and not passed over', async () => {
    const checked = await north.value('import.check', { entity: 'party', source: corpus('hr/northwind/csv/Shippers.csv'), mapping: { columns: ['number', 'name', 'phone'], values: { kind: 'organisation' }, prefixes: { number: 'S-' } } });
    expect(checked).toMatchObject({ rows: 3, create: 0, same: 0, refused: 3 });
    expect(checked.problems.map((one) => one.row)).toEqual([2, 3, 4]);
  });
});

describe.skipIf(!has('hr/assets'))('Sample files of an asset program', () => {
  test('locations become places, with their 19 rows and addresses', async () => {
    const path = 'hr/assets/locations-sample.csv';
    const source = original(path);
    const mapping = { columns: ['name', 'street', null, 'city', null, 'country', 'postal_code', null, null, null], values: { kind: 'site' } };
    expect(await run('place', path, { mapping })).toMatchObject({ rows: source.length, create: source.length, refused: 0 });
    expect((await exported('place', 'code')).map((row) => [row['name'], row['street'], row['city'], row['country'], row['postal_code']].join('|'))).toEqual(source.map((row) => [row['name'], row['address'], row['city'], row['country'], row['zip']].map((text) => text!.trim()).join('|')));
  });

  test('users become people without a loss: every one of the 100 rows, those with a day of leaving before that of joining told by row', async () => {
    const path = 'hr/assets/users-sample.csv';
    const source = original(path);
    const looked = await company.value('import.look', { entity: 'party', source: corpus(path) });
    const mapping = { ...looked.mapping, values: { ...looked.mapping.values, kind: 'person' } };
    const checked = await company.value('import.check', { entity: 'party', source: corpus(path), mapping });
    expect(checked.rows).toBe(source.length);
    const backwards = source.flatMap((row, at) => (row['Start Date'] && row['End Date'] && row['End Date'] < row['Start Date'] ? [at + 2] : []));
    expect(checked.problems.map((one) => one.row)).toEqual(backwards);
    const done = await company.value('import.run', { entity: 'party', source: corpus(path), mapping, partial: true });
    expect(done).toMatchObject({ create: source.length - backwards.length, refused: backwards.length });
    const out = new Map((await exported('party', 'number')).map((row) => [`${row['email']} ${row['given_name']} ${row['family_name']}`, row]));
    for (const [at, row] of source.entries()) {
      if (backwards.includes(at + 2)) continue;
      expect(out.get([row['Email'], row['First Name'], row['Last Name']].map((text) => text!.trim()).join(' ')), row['Username']).toMatchObject({ given_name: row['First Name']!.trim(), family_name: row['Last Name']!.trim(), job_title: row['Job Title']!.trim(), phone: row['Phone']!.trim(), website: row['Website']!.trim(), hired_day: row['Start Date'], left_day: row['End Date'] });
    }
  });

  test.each(['assets-sample-BAD.csv', 'assets-sample-BLANKS.csv'])('%s, with the line ends of old Macs, is read to its last row, and what does not fit is told with its row', async (name) => {
    const path = `hr/assets/${name}`;
    const source = parsed(readFileSync(corpus(path), 'latin1').replaceAll('\r', '\n'));
    const looked = await company.value('import.look', { entity: 'party', source: corpus(path) });
    const at = (column: string): number => looked.columns.findIndex((one) => one.name === column);
    expect(at('Email')).toBe(1);
    const columns: (string | null)[] = looked.columns.map(() => null);
    columns[0] = 'name';
    columns[1] = 'email';
    columns[at('Purchase Date')] = 'hired_day';
    const mapping = { columns, values: { kind: 'person' } };
    const checked = await company.value('import.check', { entity: 'party', source: corpus(path), mapping, reading: { day_order: 'mdy' } });
    // Judged here by other means: a day that is none, an address that is none, a row without a name.
    const bad = new Set<number>();
    for (const [line, row] of source.entries()) {
      const day = /^(\d{1,2})\/(\d{1,2})\/(\d{2,4})$/.exec(row['Purchase Date']?.trim() ?? '');
      const good = (row['Purchase Date'] ?? '').trim() === '' || (day !== null && Number(day[1]) <= 12 && Number(day[2]) <= new Date(2000, Number(day[1]), 0).getDate());
      const email = (row['Email'] ?? '').trim();
      if (!good || (email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) || (row['Full Name'] ?? '').trim() === '') bad.add(line + 2);
    }
    expect(checked.rows).toBe(source.length);
    expect(new Set(checked.problems.map((one) => one.row))).toEqual(bad);
    expect(checked.refused).toBe(bad.size);
    console.log(`${name}: ${checked.rows} rows, ${checked.refused} refused`);
  });
});

describe.skipIf(!has('imports/frappe-books/parties.csv'))('Parties out of Frappe Books', () => {
  test('come in with their names and addresses after the second header row is told as what it is', async () => {
    const source = corpus('imports/frappe-books/parties.csv');
    const mapping = { columns: ['name', null, null, null, null, 'email', 'phone', 'street', null, null, null, null, null, null], values: { kind: 'organisation' } };
    const checked = await company.value('import.run', { entity: 'party', source, mapping, partial: true });
    expect(checked.problems.map((one) => [one.row, one.column, one.value])).toEqual([[2, 'Email', 'Party.email']]);
    expect(checked).toMatchObject({ rows: 7, create: 6, refused: 1 });
    const names = (await company.value('party.list', { filters: [{ field: 'kind', is: 'equals', value: 'organisation' }], order: 'name' })).rows.map((row) => row.name);
    for (const name of ['Randoe', 'Saipan', 'Lordham', 'Lyn', 'Bølèn', 'Bé']) expect(names).toContain(name);
  });
});

describe.skipIf(!has('imports/vcard'))('Address cards', () => {
  test('come in as parties, one each, under the name that another program reads', async () => {
    const wanted = original('imports/vcard/expected-summary.csv');
    for (const { file, cards, fn_values } of wanted) {
      const one = await makeCompany();
      try {
        const checked = await one.value('import.run', { entity: 'party', source: corpus(`imports/vcard/${file}`), partial: true });
        expect(checked.rows, file).toBe(Number(cards));
        const names = (await one.value('party.list', {})).rows.map((row) => row.name);
        if (fn_values !== '') expect(names, file).toEqual([fn_values]);
      } finally {
        await one.close();
      }
    }
  }, 120_000);

  test('that we write are read back equal', async () => {
    const one = await makeCompany();
    try {
      await one.value('party.create', { kind: 'person', given_name: 'Zoë', family_name: 'O;Neil, Jr.', phone: '+44 1', mobile: '+44 2', email: 'z@example.org', street: 'A\\B; C', city: 'Köln', postal_code: '50667', country: 'Germany', birth_day: '1980-02-29', remarks: 'two\nlines, and: more; "x"', job_title: 'Head, of', website: 'https://example.org/a,b' });
      await one.value('party.create', { kind: 'organisation', name: 'Söhne & Co; KG', fax: '+44 3' });
      const target = join(one.desk, 'all.vcf');
      await one.value('export.run', { entity: 'party', format: 'vcard', target });
      const other = await makeCompany();
      try {
        expect(await other.value('import.run', { entity: 'party', source: target })).toMatchObject({ rows: 2, create: 2, problem_count: 0 });
        const rows = async (from: Company): Promise<unknown> => (await from.value('party.list', {})).rows.map(({ id: _i, created_at: _c, updated_at: _u, number: _n, ...row }) => row);
        expect(await rows(other)).toEqual(await rows(one));
      } finally {
        await other.close();
      }
    } finally {
      await one.close();
    }
  }, 60_000);
});

describe.skipIf(!has('imports/ical'))('Calendar files', () => {
  test('come in with as many events, under the same title and beginning as another program reads', async () => {
    const wanted = original('imports/ical/expected-summary.csv').filter((row) => row['icalendar_ok'] === 'yes' && has(`imports/ical/${row['file']}`));
    const one = await makeCompany();
    const wrong: string[] = [];
    try {
      for (const row of wanted) {
        const reply = await one.raw('import.run', { entity: 'event', source: corpus(`imports/ical/${row['file']}`), partial: true });
        const events = Number(row['vevents']);
        if (!reply.ok) {
          if (reply.failure.code !== 'invalid' || events > 0) wrong.push(`${row['file']}: ${reply.failure.message}`);
          continue;
        }
        const checked = reply.value as Checked;
        if (checked.create + checked.same !== events) wrong.push(`${row['file']}: ${checked.create} events instead of ${events} (${checked.problems.map((problem) => problem.message).join(' ')})`);
        if (events === 0 || checked.create === 0) continue;
        const newest = (await one.value('event.list', { order: '-id', limit: events })).rows.toReversed()[0]!;
        const title = row['first_summary']!.trim();
        if (title !== '' && newest.title !== title.replace(/\s*[\r\n]+\s*/g, ', ')) wrong.push(`${row['file']}: “${newest.title}” instead of “${title}”`);
        const begins = new Date(newest.starts_at);
        // The summary gives the local time of the file; days and minutes agree wherever that is, give or take a day.
        const day = row['first_dtstart']!.slice(0, 8);
        const near = [-1, 0, 1].map((shift) => new Date(begins.getTime() + shift * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''));
        if (!near.includes(day)) wrong.push(`${row['file']}: begins ${begins.toISOString()} instead of ${row['first_dtstart']}`);
      }
    } finally {
      await one.close();
    }
    expect(wrong).toEqual([]);
    expect(wanted.length).toBeGreaterThan(20);
  }, 120_000);

  test('with a series of which single meetings were moved keep each of them, and go out as they came in', async () => {
    const one = await makeCompany();
    try {
      const source = corpus('imports/ical/samples_recur_instances.ics');
      expect(await one.value('import.run', { entity: 'event', source })).toMatchObject({ create: 3, refused: 0 });
      expect(await one.value('import.run', { entity: 'event', source })).toMatchObject({ create: 0, same: 3 });
      const target = join(one.desk, 'out.ics');
      await one.value('export.run', { entity: 'event', format: 'ical', target });
      const text = readFileSync(target, 'utf8');
      const ids = (from: string): string[] => [...from.matchAll(/^UID:(.*?)\r?$/gm)].map((found) => found[1]!);
      expect(ids(text).toSorted()).toEqual(ids(readFileSync(source, 'utf8')).toSorted());
      expect(text.match(/^RECURRENCE-ID/gm)).toHaveLength(2);
    } finally {
      await one.close();
    }
  }, 60_000);

  test('of every kind in the folder are read or refused with words, never with a bug', async () => {
    const one = await makeCompany();
    try {
      const bad: string[] = [];
      const names = readdirSync(corpus('imports/ical')).filter((name) => name.endsWith('.ics'));
      for (const name of names) {
        const reply = await one.raw('import.check', { entity: 'event', source: corpus(`imports/ical/${name}`) });
        if (!reply.ok && reply.failure.code !== 'invalid') bad.push(`${name}: ${reply.failure.code}`);
      }
      expect(bad).toEqual([]);
      expect(one.bugs).toEqual([]);
      expect(names.length).toBeGreaterThan(30);
    } finally {
      await one.close();
    }
  }, 120_000);
});

describe.skipIf(!has('imports/blns/blns.json'))('The big list of naughty strings', () => {
  test('is kept, found in lists, exported and read back, each string as it was written', async () => {
    const one = await makeCompany();
    try {
      const strings = (JSON.parse(readFileSync(corpus('imports/blns/blns.json'), 'utf8')) as string[]).filter((text) => text.trim() !== '');
      const kept: string[] = [];
      for (const [at, text] of strings.entries()) {
        const reply = await one.raw('party.create', { kind: 'person', name: `N${at}`, remarks: text });
        if (reply.ok) kept.push(text);
        // Only control characters are refused, and by name.
        else expect([reply.failure.field, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)], JSON.stringify(text)).toEqual(['remarks', true]);
      }
      const stored = (await one.value('party.list', { order: 'id', limit: 1000 })).rows.map((row) => row.remarks);
      expect(stored).toEqual(kept);
      expect(kept.length).toBeGreaterThan(480);
      const target = join(one.desk, 'blns.csv');
      await one.value('export.run', { entity: 'party', format: 'csv', target, list: { order: 'id' } });
      const other = await makeCompany();
      try {
        expect(await other.value('import.run', { entity: 'party', source: target })).toMatchObject({ create: kept.length, problem_count: 0 });
        const back = (await other.value('party.list', { order: 'id', limit: 1000 })).rows.map((row) => row.remarks);
        expect(back).toEqual(kept.map((text) => text.trim()));
      } finally {
        await other.close();
      }
      for (const text of strings.slice(0, 60)) expect((await one.raw('search.find', { text: text.slice(0, 200) })).ok, text).toBe(true);
      writeFileSync(join(one.desk, 'x'), '');
      expect(one.bugs).toEqual([]);
    } finally {
      await one.close();
    }
  }, 120_000);
});
