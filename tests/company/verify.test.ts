import { openDatabase } from '../../main/db/open.ts';
import { join } from 'node:path';
import { readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verification } from '#contract/company/company.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

const verify = (): Promise<Verification> => company.value('company.verify', {});
const bad = (found: Verification): string[] => found.checks.filter((check) => !check.good).map((check) => check.name);

describe('Verifying a company', () => {
  test('finds nothing in a good one, however often it is asked while people write', async () => {
    for (let round = 0; round < 8; round += 1) {
      for (let one = 0; one < 1 + round * 4; one += 1) await company.value('party.create', { kind: 'person', name: `Person ${round} ${one} ${'word'.repeat(one)}` });
      const found = await verify();
      expect(found.checks.flatMap((check) => check.problems)).toEqual([]);
      expect(found.good).toBe(true);
    }
  });

  test('tells a changed line of the log and names it, a log that ends early, and a file that is not what was stored', async () => {
    const document = await company.value('document.add', { file_name: 'a.txt', base64: 'YQ==' });
    await verify();
    const forge = (text: string): void => {
      const db = openDatabase(join(company.folder, 'office.db'), 'write');
      db.exec(text);
      db.close();
    };
    writeFileSync(join(company.folder, 'files', document.hash.slice(0, 2), document.hash), 'b');
    expect(bad(await verify())).toEqual(['files']);
    forge("DROP TRIGGER audit_stays; UPDATE audit SET by_name = 'Somebody else' WHERE seq = 30");
    const changed = await verify();
    expect(bad(changed)).toEqual(['chain', 'files']);
    expect(changed.checks.find((check) => check.name === 'chain')!.problems).toEqual(['row 30 of the audit log was changed after it was written']);
    forge("UPDATE audit SET by_name = 'Olive Owner' WHERE seq = 30; DROP TRIGGER audit_remains; DELETE FROM audit WHERE seq > 40");
    expect(bad(await verify())).toEqual(['head', 'files']);
    forge('PRAGMA foreign_keys = OFF; UPDATE users SET role_id = 999');
    expect((await company.user(1).raw('company.get', {})).ok).toBe(false);
    expect(readdirSync(company.folder)).toContain('office.db');
  });
});
