import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apply, steps } from '../../main/db/migrate.ts';
import { openMemory } from '../../main/db/open.ts';

const landed = JSON.parse(readFileSync(join(import.meta.dirname, 'landed.json'), 'utf8')) as Readonly<Record<string, string>>;
const hashOf = (text: string): string => createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');

/** What is wrong with the steps that are there, compared with those that landed. */
function complaints(found: readonly { readonly file: string; readonly text: string }[]): string[] {
  const there = new Map(found.map((step) => [step.file, hashOf(step.text)]));
  const edited = Object.entries(landed).flatMap(([file, hash]) => (!there.has(file) ? [`${file} has landed and is gone`] : there.get(file) === hash ? [] : [`${file} has landed and was edited; companies out there already ran the old text. Write a new migration instead`]));
  const unknown = [...there].filter(([file]) => !(file in landed)).map(([file, hash]) => `${file} is new: add "${file}": "${hash}" to tests/migrations/landed.json in the commit that lands it`);
  return [...edited, ...unknown];
}

describe('Migrations', () => {
  test('are never edited or removed once they have landed', () => {
    expect(complaints(steps())).toEqual([]);
  });

  test('that are edited, removed or new without being listed are noticed', () => {
    const [first, ...rest] = steps();
    expect(complaints([{ file: first!.file, text: `${first!.text} ` }, ...rest]).join()).toContain('was edited');
    expect(complaints(rest).join()).toContain('is gone');
    expect(complaints([...steps(), { file: '9999_x.sql', text: '' }]).join()).toContain('is new');
  });

  test('all run in one transaction: when the last one fails, nothing of the others stays', () => {
    const db = openMemory();
    const bad = { number: steps().length + 1, file: '9999_bad.sql', text: 'CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1);' };
    expect(() => apply(db, [...steps(), bad])).toThrow(/nowhere/);
    expect(db.prepare('SELECT count(*) AS n FROM sqlite_master').get()).toEqual({ n: 0 });
    expect(db.pragma('user_version', { simple: true })).toBe(0);
    db.close();
  });

  test('that leave a reference to nothing are undone', () => {
    const db = openMemory();
    const bad = { number: steps().length + 1, file: '9999_bad.sql', text: "INSERT INTO departments (created_at, updated_at, name, parent_id) VALUES (0, 0, 'x', 77);" };
    expect(() => apply(db, [...steps(), bad])).toThrow(/broken reference/);
    expect(db.prepare('SELECT count(*) AS n FROM sqlite_master').get()).toEqual({ n: 0 });
    db.close();
  });
});
