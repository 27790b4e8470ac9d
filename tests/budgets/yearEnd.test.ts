import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../main/db/open.ts';
import { makeCompany, ownerPassword } from '../helpers/company.ts';

test('a year that is opened again has its periods as they were before it was closed, as often as that is done', async () => {
  const company = await makeCompany();
  await company.value('books.set_up', { chart: 'uk', year_start: '2025-01-01' });
  const { rows } = await company.value('account.list', { limit: 1000 });
  const account = (role: string): number => rows.find((row) => row.role === role && row.heading !== true)!.id;
  await company.value('entry.add', { day: '2025-05-05', lines: [{ account_id: account('bank'), amount: 900 }, { account_id: account('revenue'), amount: -900 }] });
  const states = async (): Promise<Record<string, string>> => Object.fromEntries((await company.value('period.list', { order: 'start_day', limit: 50 })).rows.map((row) => [row.name, row.state]));
  const set = async (name: string, state: 'open' | 'soft' | 'hard'): Promise<unknown> => {
    const period = (await company.value('period.list', { order: 'start_day', limit: 50 })).rows.find((row) => row.name === name)!;
    return company.value('period.set_state', { id: period.id, version: period.version, state, reason: 'month end' });
  };
  const year = async (): Promise<{ id: number; version: number }> => (await company.value('fiscal_year.list', {})).rows[0]!;
  const turn = async (): Promise<void> => {
    await company.value('fiscal_year.close', await year().then(({ id, version }) => ({ id, version })));
    expect(new Set(Object.values(await states()))).toEqual(new Set(['hard']));
    await company.value('fiscal_year.reopen', { ...(await year().then(({ id, version }) => ({ id, version }))), reason: 'one more invoice' });
  };
  for (const name of ['2025-01', '2025-02']) await set(name, 'hard');
  await set('2025-03', 'soft');
  const before = await states();
  await turn();
  expect(await states()).toEqual(before);
  await set('2025-02', 'open');
  await set('2025-12', 'soft');
  const later = await states();
  await turn();
  expect(await states()).toEqual(later);
  expect(later).toMatchObject({ '2025-01': 'hard', '2025-02': 'open', '2025-03': 'soft', '2025-12': 'soft' });
  expect((await company.value('ledger.verify', {})).problems).toEqual([]);
  await company.close();
});

test('only closing a year posts in its journal, openings take the right to approve, and what stood in the journal of closings before is audited and reversed as any entry', async () => {
  const company = await makeCompany({ password: ownerPassword });
  await company.value('books.set_up', { chart: 'uk', year_start: '2025-01-01' });
  const { rows } = await company.value('account.list', { limit: 1000 });
  const account = (role: string): number => rows.find((row) => row.role === role && row.heading !== true)!.id;
  const lines = [{ account_id: account('bank'), amount: 900_000 }, { account_id: account('revenue'), amount: -900_000 }];
  const draft = { day: '2025-05-05', narration: 'Sale', lines };
  const kept = await company.value('entry.save', draft);
  for (const [call, input] of [['entry.add', draft], ['entry.save', draft], ['entry.save', { ...draft, ...kept }], ['entry_template.save', { name: 'Sale', lines: [] }]] as const) {
    expect(await company.refusal(call, { ...input, journal: 'closing' })).toMatchObject({ code: 'invalid', field: 'journal', message: 'Only closing a fiscal year posts in the journal of closings. Choose another journal.' });
    const assistant = await company.as('finance_assistant');
    expect(await assistant.refusal(call, { ...input, journal: 'opening' })).toMatchObject({ code: 'denied', field: 'journal' });
    expect((await company.raw(call, { ...input, journal: 'opening', ...('version' in input ? { version: 1 } : {}) })).ok).toBe(true);
  }

  // Books of before: a typed entry and a template that say “closing”.
  const { id } = await company.value('entry.add', draft);
  const template = await company.value('entry_template.save', { name: 'Accrual', lines: [{ account_id: account('bank'), side: 'debit', amount: 500 }, { account_id: account('revenue'), side: 'credit', amount: 500 }] });
  const older = openDatabase(join(company.folder, 'office.db'), 'write');
  older.exec(`DROP TRIGGER entries_stay; UPDATE entries SET journal = 'closing' WHERE id = ${id}; UPDATE entry_templates SET journal = 'closing' WHERE id = ${template.id}`);
  older.close();
  const auditor = await company.as('auditor');
  const audit = await auditor.value('engagement.create', { name: '2025', kind: 'annual', state: 'fieldwork', from_day: '2025-05-05', until_day: '2025-12-31' });
  const hits = async (): Promise<number> => (await auditor.value('engagement.run', { id: audit.id, tests: [{ test: 'large', least: 900_000 }] })).find((one) => one.test === 'large')!.hits!;
  expect(await hits()).toBe(2);
  const reversal = await company.value('entry.reverse', { id, version: 1, reason: 'twice' });
  const closing = (of: number): unknown => company.look((db) => db.prepare('SELECT DISTINCT closing FROM entry_lines WHERE id >> 14 = ?').pluck().all(of));
  expect(closing(reversal.id)).toEqual([0]);
  expect((await company.value('entry_template.fill', { id: template.id, day: '2025-06-01' })).draft.journal).toBe('general');
  expect(await hits()).toBe(3);

  await company.value('entry.discard', { id: kept.id, version: 2 });
  for (const one of (await company.value('entry.list', { filters: [{ field: 'state', is: 'equals', value: 'draft' }] })).rows) await company.value('entry.discard', { id: one.id, version: one.version });
  const year = (await company.value('fiscal_year.list', {})).rows[0]!;
  const closed = await company.value('fiscal_year.close', { id: year.id, version: year.version });
  expect([closing(closed.entry_id!), await hits()]).toEqual([[1], 3]);
  const reopened = await company.value('fiscal_year.reopen', { id: year.id, version: closed.version, reason: 'one more' });
  expect([reopened.version, await hits()]).toEqual([closed.version + 1, 3]);
  expect(await company.refusal('entry.reverse', { id: closed.entry_id! + 1, version: 1, reason: 'no' })).toMatchObject({ code: 'invalid' });
  await company.close();
});
