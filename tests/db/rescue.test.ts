import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changedSince, proof } from '../../main/company/keeping.ts';
import { listBackups } from '../../main/db/backup.ts';
import { hashFile, sha256 } from '../../main/db/disk.ts';
import { steps } from '../../main/db/migrate.ts';
import { openDatabase } from '../../main/db/open.ts';
import { restoreBackup } from '../../main/db/restore.ts';
import { type Office, OpenFailed, openOffice } from '../../main/office.ts';
import { rescueOffice } from '../../main/rescue.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

// What is done about a whole company, through the office: a restore that fails, and a rescue at the door.

let firm: Company;
let file = '';
beforeEach(async () => {
  firm = await makeCompany();
  await firm.value('party.create', { kind: 'organisation', name: 'Before' });
  ({ file } = await firm.value('backup.create', {}));
  await firm.value('party.create', { kind: 'organisation', name: 'After' });
  // Nobody else may have the database open while it is swapped.
  await firm.reopen();
});
afterEach(() => firm.close());

const live = (): string => join(firm.folder, 'office.db');
const parties = (): unknown[] => {
  const db = openDatabase(live(), 'read');
  try {
    return db.prepare("SELECT name FROM parties WHERE name IN ('Before', 'After') ORDER BY name").pluck().all();
  } finally {
    db.close();
  }
};

/** Makes the backup one of an older version whose migration must fail: what its second step makes is there already. */
function makeOlder(): void {
  const [copy, note] = [join(firm.folder, 'backups', file), join(firm.folder, 'backups', file.replace(/db$/, 'json'))];
  const schema = 1;
  const db = openDatabase(copy, 'write');
  db.pragma(`user_version = ${schema}`);
  db.pragma('journal_mode = DELETE');
  db.close();
  const { seal: _, ...body } = JSON.parse(readFileSync(note, 'utf8')) as Record<string, unknown>;
  Object.assign(body, { sha256: hashFile(copy), bytes: statSync(copy).size, schema });
  writeFileSync(note, JSON.stringify({ ...body, seal: sha256(JSON.stringify(body)) }));
}

test('A restore whose migration fails is refused, and the company goes on as it was', async () => {
  makeOlder();
  expect((await firm.refusal('backup.restore', { file })).message).toContain(file);
  expect(parties()).toEqual(['After', 'Before']);
  const db = openDatabase(live(), 'read');
  expect(db.pragma('user_version', { simple: true })).toBe(steps().length);
  db.close();
  await firm.value('party.create', { kind: 'organisation', name: 'Later' });
});

test('A company that opens is not rescued at the door: nobody is signed in there', async () => {
  await firm.office().close();
  await expect(rescueOffice(firm.folder, file, firm.surroundings)).rejects.toMatchObject({ code: 'conflict' });
  expect(parties()).toEqual(['After', 'Before']);
  await firm.reopen();
});

test('One that does not open is rescued; the deed stands in the log, and verify does not call the end cut off', async () => {
  await firm.office().close();
  for (const end of ['-wal', '-shm']) rmSync(`${live()}${end}`, { force: true });
  truncateSync(live(), 20_000);
  await expect(openOffice(firm.folder, firm.surroundings)).rejects.toThrow(OpenFailed);
  const office: Office = await rescueOffice(firm.folder, file, firm.surroundings);
  await office.close();
  expect(parties()).toEqual(['Before']);
  const db = openDatabase(live(), 'read');
  expect(db.prepare("SELECT call, title FROM audit WHERE action = 'restored_backup'").all()).toEqual([{ call: 'desk.rescue', title: file }]);
  db.close();
  await firm.reopen();
  const found = await firm.value('company.verify', {});
  expect(found.checks.filter((check) => !check.good)).toEqual([]);
});

test('A restore that a kill interrupted after its swap is finished at the next opening, logged, and no end that was cut off', async () => {
  await firm.reopen(() => {
    const stop = (step: string): void => {
      if (step === 'swapped') throw new Error('killed');
    };
    expect(() => restoreBackup(firm.folder, file, proof(), undefined, stop)).toThrow('killed');
  });
  expect(parties()).toEqual(['Before']);
  expect(firm.look((db) => db.prepare("SELECT title FROM audit WHERE action = 'restored_backup'").pluck().all())).toEqual([file]);
  expect((await firm.value('company.verify', {})).checks.filter((check) => !check.good)).toEqual([]);
});

test('What a kill kept out of the backup on closing is backed up at the next one, without a new change', async () => {
  const db = openDatabase(live(), 'read');
  expect(changedSince(db, firm.folder)).toBe(false);
  db.close();
  const made = (): number => listBackups(firm.folder).length;
  await firm.value('party.create', { kind: 'organisation', name: 'Later' });
  const dead = new Map(['', '-wal'].map((end) => [end, readFileSync(`${live()}${end}`)]));
  await firm.reopen(() => {
    // As a kill leaves it: written, and in no backup.
    rmSync(join(firm.folder, 'backups', listBackups(firm.folder)[0]!.file));
    for (const [end, bytes] of dead) writeFileSync(`${live()}${end}`, bytes);
  });
  const before = made();
  await firm.reopen();
  expect(made()).toBe(before + 1);
  await firm.reopen();
  expect(made()).toBe(before + 1);
});

test('An automatic backup that fails is told until one succeeds', async () => {
  expect((await firm.value('company.get', {})).backup.failed_at).toBeNull();
  await firm.value('party.create', { kind: 'organisation', name: 'Later' });
  const store = join(firm.folder, 'backups');
  renameSync(store, `${store}.away`);
  writeFileSync(store, 'no folder');
  await firm.reopen(() => {
    rmSync(store);
    renameSync(`${store}.away`, store);
  });
  expect(firm.bugs).toHaveLength(1);
  expect((await firm.value('company.get', {})).backup.failed_at).toBeGreaterThan(0);
  await firm.value('backup.create', {});
  expect((await firm.value('company.get', {})).backup.failed_at).toBeNull();
});
