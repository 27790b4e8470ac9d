import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entities } from '#contract/calls.ts';
import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { list, walk } from '../../main/db/list.ts';
import { schema } from '../../main/db/dump.ts';
import { everyEntity } from '../helpers/drafts.ts';
import { planOf, schemaDatabase, watched } from '../helpers/plans.ts';

const committed = readFileSync(join(import.meta.dirname, '../../main/db/schema.sql'), 'utf8');

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: 0 | 1;
}

const db = schemaDatabase();
const columnsOf = (table: string): Column[] => db.pragma(`table_xinfo("${table}")`) as Column[];
const statementOf = (table: string): string => (db.prepare('SELECT sql FROM sqlite_master WHERE name = ?').get(table) as { sql: string }).sql;
/** Columns of each index; of one that leaves rows out only if these are the rows that refer to nothing, for nobody looks for them. */
const indexesOf = (table: string): string[][] =>
  (db.pragma(`index_list("${table}")`) as { name: string; partial: 0 | 1 }[]).flatMap((one) => {
    const columns = (db.pragma(`index_info("${one.name}")`) as { name: string }[]).map((column) => column.name);
    return one.partial === 0 || statementOf(one.name).endsWith(`(${columns[0]}) WHERE ${columns[0]} IS NOT NULL`) ? [columns] : [];
  });

/** What a field of a kind needs its column to be. Text is never NULL: empty is ''. */
function wanted(field: Field): { type: string; notnull: 0 | 1 } {
  switch (field.kind) {
    case 'text':
    case 'longtext':
    case 'day':
    case 'choice':
    case 'choices':
    case 'tags':
      return { type: 'TEXT', notnull: 1 };
    case 'flag':
      return { type: 'INTEGER', notnull: 1 };
    case 'whole':
    case 'decimal':
    case 'money':
    case 'time':
    case 'ref':
      return { type: 'INTEGER', notnull: field.required ? 1 : 0 };
  }
}

/** The complaints about one kind of record and its table; empty when they agree. */
function disagreements(of: Entity): string[] {
  const found: string[] = [];
  const columns = new Map(columnsOf(of.table).map((column) => [column.name, column]));
  const own = ['id', 'version', 'archived', 'created_at', 'updated_at'];
  for (const key of own) if (!columns.has(key)) found.push(`${of.table}.${key} is missing`);
  const fields = Object.keys(of.fields);
  for (const name of columns.keys()) if (!own.includes(name) && !fields.includes(name)) found.push(`${of.table}.${name} is no field of ${of.name}`);
  const text = statementOf(of.table);
  const keys = db.pragma(`foreign_key_list("${of.table}")`) as { from: string; table: string; to: string }[];
  for (const [key, field] of Object.entries(of.fields)) {
    const column = columns.get(key);
    if (!column) {
      found.push(`${of.table}.${key} is missing`);
      continue;
    }
    const { type, notnull } = wanted(field);
    if (column.type !== type) found.push(`${of.table}.${key} is ${column.type}, the field needs ${type}`);
    if (column.notnull !== notnull) found.push(`${of.table}.${key} is ${column.notnull === 1 ? '' : 'not '}NOT NULL, the field says otherwise`);
    const line = text.split(/\n|, (?=\w+ (?:TEXT|INTEGER) NOT NULL DEFAULT )/).find((one) => new RegExp(`^\\s*"?${key}"?\\s`).test(one)) ?? '';
    if (field.kind === 'choice') {
      const values = [...(field.required ? [] : ['']), ...field.options!.map((option) => option.value)];
      const check = `CHECK (${key} IN (${values.map((value) => `'${value}'`).join(', ')}))`;
      // SQLite builds a table for every list of more than two at every insert; comparing one by one is quicker where many rows come in.
      const oneByOne = `CHECK (${values.map((value) => `${key} = '${value}'`).join(' OR ')})`;
      if (!line.includes(check) && !line.includes(oneByOne)) found.push(`${of.table}.${key} should say ${check}`);
    }
    if (field.kind === 'flag' && !line.includes(`CHECK (${key} IN (0, 1))`)) found.push(`${of.table}.${key} should say CHECK (${key} IN (0, 1))`);
    if (field.kind === 'day' && !line.includes('GLOB')) found.push(`${of.table}.${key} does not check that it holds a day`);
    if (field.kind === 'ref') {
      const target = entities[field.to!]!.table;
      if (!keys.some((one) => one.from === key && one.table === target && one.to === 'id')) found.push(`${of.table}.${key} has no foreign key to ${target} (id)`);
      if (!indexesOf(of.table).some((index) => index[0] === key)) found.push(`${of.table}.${key} is a reference without an index that begins with it`);
    }
    if (field.sortable && column.notnull !== 1) found.push(`${of.table}.${key} is sortable and may be NULL; keyset pages need a value`);
    if (field.sortable && !indexesOf(of.table).some((index) => index[0] === 'archived' && index[1] === key)) found.push(`${of.table}.${key} is sortable and has no index (archived, ${key})`);
    if (field.unique && !(db.pragma(`index_list("${of.table}")`) as { name: string; unique: 0 | 1 }[]).some((one) => one.unique === 1 && (db.pragma(`index_info("${one.name}")`) as { name: string }[])[0]?.name === key)) found.push(`${of.table}.${key} is unique and has no unique index`);
  }
  return found;
}

describe('The committed schema', () => {
  test('is what all migrations together make', () => {
    expect(
      committed === schema(),
      'main/db/schema.sql is not what the migrations make. If you have just added a migration, that is as it should be: run\n    node scripts/run.mjs main/db/dump.ts\nread the difference with git diff main/db/schema.sql, and commit both together. If you have not, somebody has edited schema.sql by hand or a migration that had landed.',
    ).toBe(true);
  });

  test('makes every table STRICT, so that no column holds what its type does not allow', () => {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search\\_index\\_%' ESCAPE '\\'").all() as { name: string }[];
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.filter(({ name }) => !/\) STRICT(, WITHOUT ROWID)?$/.test(statementOf(name)))).toEqual([]);
  });
});

describe('Every kind of record', () => {
  test.each(everyEntity.map((of) => [of.name, of] as const))('%s has exactly the columns that its fields need, with their checks, foreign keys and indexes', (_name, of) => {
    expect(disagreements(of)).toEqual([]);
  });

  test('is compared so that a wrong column, a missing check and a missing index are found', () => {
    const party = entities['party']!;
    const strange: Entity = { ...party, fields: { ...party.fields, kind: { ...party.fields['kind']!, options: [...party.fields['kind']!.options!, { value: 'robot', label: { en: 'Robot', de: 'Roboter' } }] }, fax: { ...party.fields['fax']!, kind: 'ref', to: 'place', sortable: true }, shoe_size: party.fields['fax']! } };
    const found = disagreements(strange).join('\n');
    for (const part of ['parties.kind should say', 'parties.fax is TEXT, the field needs INTEGER', 'parties.fax has no foreign key to places', 'without an index', 'no index (archived, fax)', 'parties.shoe_size is missing']) expect(found).toContain(part);
    const { fax: _fax, ...fewer } = party.fields;
    expect(disagreements({ ...party, fields: fewer })).toEqual(['parties.fax is no field of party']);
  });

  test('is named, ordered and searched by fields that everybody who may read it sees', () => {
    const hidden = everyEntity.flatMap((of) => [of.title, of.subtitle, of.order.replace('-', ''), ...of.search].filter((key): key is string => key !== undefined).filter((key) => of.fields[key]?.sensitive !== undefined).map((key) => `${of.name}.${key}`));
    expect(hidden).toEqual([]);
    const sortable = everyEntity.flatMap((of) => Object.entries(of.fields).filter(([, field]) => field.sortable && field.sensitive).map(([key]) => `${of.name}.${key}`));
    expect(sortable).toEqual([]);
    expect(everyEntity.filter((of) => !of.fields[of.order.replace('-', '')]?.sortable).map((of) => of.name)).toEqual([]);
  });
});

describe('Every list', () => {
  const cases = everyEntity.flatMap((of) => Object.entries(of.fields).filter(([, field]) => field.sortable).flatMap(([key]) => [[of.name, key, of] as const, [of.name, `-${key}`, of] as const]));

  test.each(cases)('of %s by %s comes out of its index in order, at every page, without sorting', (_name, order, of) => {
    const { ctx, heard } = watched(db);
    const key = order.replace('-', '');
    list(ctx, of, { order });
    const cursor = wanted(of.fields[key]!).type === 'TEXT' ? 'x' : 5;
    list(ctx, of, { order, after: [cursor, 7] });
    list(ctx, of, { order, archived: 'yes' });
    void [...walk(ctx, of, { order })];
    // A page after a value asks twice: for what is left of equal values, and for those beyond.
    expect(heard).toHaveLength(5);
    for (const statement of heard) {
      const plan = planOf(db, statement);
      expect(plan).not.toMatch(/TEMP B-TREE/);
      expect(plan).toMatch(new RegExp(`SEARCH ${of.table} USING (COVERING )?INDEX ${of.table}_by_${key} \\(archived=\\?`));
    }
  });

  test('that had to be sorted would be noticed', () => {
    const { ctx, heard } = watched(db);
    const party = entities['party']!;
    list(ctx, { ...party, fields: { ...party.fields, fax: { ...party.fields['fax']!, sortable: true } } }, { order: 'fax' });
    expect(planOf(db, heard[0]!)).toMatch(/TEMP B-TREE/);
  });
});
