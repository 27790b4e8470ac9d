import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Accounts, balance, firm, reversing, versionOf } from '../helpers/assetFirm.ts';
import { type Company, ownerPassword } from '../helpers/company.ts';

let company: Company;
let accounts: Accounts;
beforeAll(async () => {
  ({ company, accounts } = await firm([2025]));
});
afterAll(() => company.close());

describe('A purchase line', () => {
  test('becomes an asset with its cost, day, supplier and account, and does so once', async () => {
    const supplier = await company.value('party.create', { kind: 'organisation', name: 'Tools Ltd' });
    const entry = await company.value('entry.add', { day: '2025-03-03', journal: 'purchase', narration: 'Band saw', lines: [{ account_id: accounts.asset, amount: 240_000 }, { account_id: accounts.bank, amount: -240_000, party_id: supplier.id }] });
    const offered = await company.value('asset.purchases', { entry_id: entry.id });
    expect(offered).toMatchObject([{ line: 1, name: 'Band saw', day: '2025-03-03', cost: 240_000, likely: true, supplier: { title: 'Tools Ltd' }, depreciation_account_id: accounts.accumulated, expense_account_id: accounts.expense, asset: null }]);
    const { id } = await company.value('asset.capitalise', { entry_id: entry.id, line: 1, life_months: 60 });
    expect(await company.value('asset.get', { id })).toMatchObject({ name: 'Band saw', cost: 240_000, acquired_day: '2025-03-03', party_id: supplier.id, asset_account_id: accounts.asset, entry_id: entry.id, entry_line: 1 });
    expect((await company.refusal('asset.capitalise', { entry_id: entry.id, line: 1, life_months: 60 })).message).toContain('Band saw');
    expect(await company.refusal('asset.capitalise', { entry_id: entry.id, line: 2, life_months: 60 })).toMatchObject({ code: 'invalid', field: 'line' });
    expect(await company.refusal('asset.capitalise', { entry_id: entry.id, line: 3, life_months: 60 })).toMatchObject({ code: 'invalid', field: 'line' });
    expect((await company.value('asset.purchases', { entry_id: entry.id }))[0]?.asset).toMatchObject({ id, title: 'Band saw' });
    await company.value('asset.archive', { id, version: 1 });
  });

  test('is not reversed while the asset made of it is in use or disposed of: the next step is named, and once it is archived the purchase goes', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    const entry = await one.value('entry.add', { day: '2024-01-01', journal: 'purchase', narration: 'Band saw', lines: [{ account_id: on.asset, amount: 1_200_000 }, { account_id: on.bank, amount: -1_200_000 }] });
    const { id } = await one.value('asset.capitalise', { entry_id: entry.id, line: 1, life_months: 12 });
    const run = await one.value('asset.depreciate', { until: '2024-01-31' });
    const refused = await one.refusal('entry.reverse', { id: entry.id, version: entry.version, reason: 'never bought' });
    expect(refused).toMatchObject({ code: 'invalid' });
    for (const part of ['FA-00001 Band saw', entry.number, 'archive it first', 'dispose of it']) expect(refused.message).toContain(part);
    const gone = await one.value('asset.dispose', { id, version: await versionOf(one, id), day: '2024-01-31', proceeds: 0 });
    expect((await one.refusal('entry.reverse', { id: entry.id, version: entry.version, reason: 'never bought' })).message).toContain('Reverse the disposal first');
    expect(gone.result).toBe(-1_100_000);
    await reversing(one, (await one.value('asset.get', { id })).disposal_id!);
    await reversing(one, run.entries[0]!.id);
    await one.value('asset.archive', { id, version: await versionOf(one, id) });
    await reversing(one, entry.id);
    expect([on.asset, on.accumulated, on.expense, on.bank].map((account) => balance(one, account))).toEqual([0, 0, 0, 0]);
    await one.close();
  });

  test('of an import is not taken back with it either', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    const source = join(one.desk, 'bought.journal');
    writeFileSync(source, '2024-02-01 * Press\n  Machines  5000.00 GBP\n  Bank\n');
    await one.value('journal.import', { format: 'hledger', source });
    const [made] = await one.value('journal.imports', {});
    const [entry] = (await one.value('entry.list', { limit: 10 })).rows;
    const { id } = await one.value('asset.capitalise', { entry_id: entry!.id, line: 1, life_months: 60 });
    const refused = await one.refusal('journal.undo', { id: made!.id, reason: 'wrong file' });
    expect(refused.message).toContain(entry!.number);
    expect(balance(one, on.asset)).toBe(500_000);
    await one.value('asset.archive', { id, version: 1 });
    expect(await one.value('journal.undo', { id: made!.id, reason: 'wrong file' })).toEqual({ entries: 1 });
    expect(balance(one, on.asset)).toBe(0);
    await one.close();
  });
});

test('A purchase names its supplier to those alone who may read parties', async () => {
  const { company: one, accounts: on } = await firm([2025], ownerPassword);
  const supplier = await one.value('party.create', { kind: 'organisation', name: 'Tools Ltd' });
  const entry = await one.value('entry.add', { day: '2025-03-03', lines: [{ account_id: on.asset, amount: 240_000 }, { account_id: on.bank, amount: -240_000, party_id: supplier.id }] });
  const reader = await one.as('auditor');
  expect((await reader.value('asset.purchases', { entry_id: entry.id }))[0]!.supplier).toMatchObject({ title: 'Tools Ltd' });
  const role = (await one.value('role.list', { limit: 100 })).rows.find((row) => row.preset === 'auditor')!;
  const rights = await one.value('role.rights', { id: role.id });
  await one.value('role.grant', { id: role.id, version: role.version, rights: { ...rights, access: { ...rights.access, party: 'none' } } });
  expect((await reader.value('asset.purchases', { entry_id: entry.id }))[0]).toMatchObject({ cost: 240_000, supplier: null });
  await one.close();
});
