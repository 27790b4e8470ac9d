import { expect, test } from 'vitest';
import { makeCompany } from '../helpers/company.ts';

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
