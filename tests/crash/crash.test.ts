import { copyFileSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../main/db/open.ts';
import { openOffice } from '../../main/office.ts';
import { makeCompany } from '../helpers/company.ts';
import { runKills } from './kills.ts';
import { runMigrationKills } from './migrations.ts';

/** Ten kills of each; `npm run crash -- --kills 200 --migrations 100` does as many as one likes. */

describe('An office killed at work', () => {
  test('has lost nothing that it acknowledged, and does nothing twice when it is asked again', { timeout: 300_000 }, async () => {
    const { lost, doubled, torn, refused, problems, acknowledged, retried } = await runKills({ kills: 10, seed: 5 });
    expect({ lost, doubled, torn, refused, problems }).toEqual({ lost: 0, doubled: 0, torn: 0, refused: [], problems: [] });
    expect(acknowledged).toBeGreaterThan(20);
    expect(retried).toBeGreaterThan(0);
  });

  test('would be caught if it acknowledged too early', { timeout: 300_000 }, async () => {
    // A kill must fall between the acknowledgement and the commit: on a quiet machine that takes more tries.
    let caught = 0;
    for (let seed = 6; caught === 0 && seed < 26; seed += 1) {
      const { lost, doubled } = await runKills({ kills: 6, seed, unprotected: true });
      caught += lost + doubled;
    }
    expect(caught).toBeGreaterThan(0);
  });
});

describe('A company killed while its database was made to stand alone', () => {
  test('opens again, with the half-written change taken back', async () => {
    const company = await makeCompany();
    const { id } = await company.value('party.create', { kind: 'person', name: 'Stays' });
    const other = mkdtempSync(join(tmpdir(), 'bureau-hot-'));
    await company.reopen(() => {
      cpSync(company.folder, other, { recursive: true });
      // As SQLite leaves it when it dies within a change of a database without a -wal: pages written, and the journal that takes them back.
      const db = openDatabase(join(company.folder, 'office.db'), 'write');
      db.pragma('journal_mode = DELETE');
      db.pragma('cache_size = 1');
      db.exec("BEGIN; CREATE TABLE half (text TEXT); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO half SELECT hex(randomblob(100)) FROM n; UPDATE parties SET name = 'Half'");
      for (const end of ['', '-journal']) copyFileSync(join(company.folder, `office.db${end}`), join(other, `office.db${end}`));
      db.exec('ROLLBACK');
      db.close();
    });
    expect(statSync(join(other, 'office.db-journal')).size).toBeGreaterThan(1000);
    const office = await openOffice(other, company.surroundings);
    await office.close();
    const found = openDatabase(join(other, 'office.db'), 'read');
    expect(found.prepare('SELECT name FROM parties WHERE id = ?').pluck().get(id)).toBe('Stays');
    expect(found.pragma('integrity_check', { simple: true })).toBe('ok');
    found.close();
    rmSync(other, { recursive: true });
    await company.close();
  });
});

describe('A migration killed at any moment', () => {
  test('leaves the company as it was or as it will be, never half', { timeout: 300_000 }, async () => {
    const { half, old, done, problems } = await runMigrationKills({ kills: 6, people: 500, seed: 3 });
    expect({ half, problems }).toEqual({ half: 0, problems: [] });
    expect(old + done).toBe(6);
  });
});
