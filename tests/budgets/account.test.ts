import { describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

test('an account with posted lines keeps its kind and takes lines for ever; one that nobody has classified may be classified', async () => {
  const company = await makeCompany();
  try {
    const [bank, sales, other] = [await company.value('account.create', { name: 'Bank', kind: 'asset' }), await company.value('account.create', { name: 'Sales', kind: 'income' }), await company.value('account.create', { name: 'Odd', kind: 'unclassified' })];
    await company.value('account.update', { ...sales, patch: { kind: 'expense' } });
    await company.value('account.update', { id: sales.id, version: 2, patch: { kind: 'income' } });
    await company.value('fiscal_year.create', { name: '2026', start_day: '2026-01-01', end_day: '2026-12-31', pattern: 'months' });
    await company.value('entry.add', { day: '2026-02-01', lines: [{ account_id: bank.id, amount: 500 }, { account_id: sales.id, amount: -300 }, { account_id: other.id, amount: -200 }] });
    expect(await company.refusal('account.update', { id: sales.id, version: 3, patch: { kind: 'liability' } })).toMatchObject({ code: 'invalid', field: 'kind' });
    expect(await company.refusal('account.update', { ...bank, patch: { heading: true } })).toMatchObject({ code: 'invalid', field: 'heading' });
    await company.value('account.update', { ...bank, patch: { name: 'Bank account' } });
    await company.value('account.update', { ...other, patch: { kind: 'income' } });
    expect((await company.value('account.get', { id: sales.id })).kind).toBe('income');
  } finally {
    await company.close();
  }
});

describe('Which accounts are cash', () => {
  /** A firm with a bank, a till and a loan to an owner: entries with one of them, with two and with none. */
  async function firm(till: 'cash' | ''): Promise<{ readonly one: Company; readonly ids: Readonly<Record<string, number>> }> {
    const one = await makeCompany();
    for (const year of [2024, 2025]) await one.value('fiscal_year.create', { name: String(year), start_day: `${year}-01-01`, end_day: `${year}-12-31`, pattern: 'months' });
    const ids: Record<string, number> = {};
    for (const [name, kind, role] of [['Bank', 'asset', 'bank'], ['Till', 'asset', till], ['Loan', 'asset', 'loan'], ['Sales', 'income', ''], ['Rent', 'expense', '']] as const) ids[name] = (await one.value('account.create', { name, kind, role })).id;
    const post = (day: string, ...lines: readonly (readonly [string, number])[]) => one.value('entry.add', { day, lines: lines.map(([name, amount]) => ({ account_id: ids[name]!, amount })) });
    await post('2024-03-05', ['Till', 4_000], ['Sales', -4_000]);
    await post('2024-03-06', ['Bank', 9_000], ['Till', -1_000], ['Sales', -8_000]);
    await post('2024-04-06', ['Loan', 700], ['Till', -700]);
    await post('2025-01-07', ['Rent', 300], ['Bank', -300]);
    await post('2025-01-08', ['Rent', 200], ['Loan', -200]);
    return { one, ids };
  }
  const flow = async (one: Company): Promise<unknown> => (await one.value('report.cash_flow', { columns: [{ from: '2024-01-01', to: '2024-12-31' }, { from: '2024-03-06', to: '2025-01-31' }] })).rows.map((row) => [row.label, row.values]);
  const setRole = async (one: Company, id: number, role: 'cash' | ''): Promise<unknown> => one.value('account.update', { id, version: (await one.value('account.get', { id })).version, patch: { role } });

  test('may change while the periods are open, and the direct cash flow is as if it had always been so, both ways', async () => {
    const [{ one, ids }, { one: other }] = [await firm(''), await firm('cash')];
    const before = await flow(one);
    expect(before).not.toEqual(await flow(other));
    await setRole(one, ids['Till']!, 'cash');
    expect(await flow(one)).toEqual(await flow(other));
    expect((await one.value('ledger.verify', {})).problems).toEqual([]);
    await setRole(one, ids['Till']!, '');
    expect(await flow(one)).toEqual(before);
    await Promise.all([one.close(), other.close()]);
  });

  test('may not change once a period with its lines is closed, and then nothing is changed', async () => {
    const { one, ids } = await firm('');
    const { rows } = await one.value('period.list', { order: 'start_day', limit: 50 });
    const march = rows.find((row) => row.name === '2024-03')!;
    await one.value('period.set_state', { id: march.id, version: march.version, state: 'hard', reason: 'reported' });
    const before = await flow(one);
    const refused = await one.refusal('account.update', { id: ids['Till']!, version: 1, patch: { cash_flow: 'cash' } });
    expect(refused).toMatchObject({ code: 'invalid', field: 'cash_flow' });
    expect(refused.message).toContain('2024-03');
    expect(await flow(one)).toEqual(before);
    // What does not concern cash may change: here where it stands in the indirect statement.
    await one.value('account.update', { id: ids['Loan']!, version: 1, patch: { cash_flow: 'financing' } });
    await one.close();
  });
});

test('accounts are named by number and name wherever one is named, and found by either', async () => {
  const one = await makeCompany();
  try {
    const { id } = await one.value('account.create', { number: '0210', name: 'Machines', kind: 'asset' });
    const { id: bare } = await one.value('account.create', { name: 'Machines leased', kind: 'expense' });
    expect(await one.value('account.names', { ids: [id, bare] })).toMatchObject([{ title: '0210 Machines', subtitle: '' }, { title: 'Machines leased', subtitle: '' }]);
    expect((await one.value('account.names', { text: '021' })).map((found) => found.id)).toEqual([id]);
    expect((await one.value('account.names', { text: 'Machines' })).map((found) => found.id)).toEqual([id, bare]);
  } finally {
    await one.close();
  }
});

test('a list of entries is filtered by what stands in it: number, narration and reference', async () => {
  const one = await makeCompany();
  try {
    await one.value('fiscal_year.create', { name: '2026', start_day: '2026-01-01', end_day: '2026-12-31', pattern: 'months' });
    const [rent, bank] = [await one.value('account.create', { name: 'Rent', kind: 'expense' }), await one.value('account.create', { name: 'Bank', kind: 'asset' })];
    const post = (narration: string, reference: string) => one.value('entry.add', { day: '2026-02-01', narration, reference, lines: [{ account_id: rent.id, amount: 1 }, { account_id: bank.id, amount: -1 }] });
    const [first, second] = [await post('Rent of the workshop', 'R-17'), await post('Power', 'R-18')];
    const found = async (text: string): Promise<readonly string[]> => (await one.value('entry.list', { text })).rows.map((row) => row.number);
    expect(await found('workshop')).toEqual([first.number]);
    expect(await found('r-18')).toEqual([second.number]);
    expect(await found(`${second.number} power`)).toEqual([second.number]);
    expect(await found('rent r-18')).toEqual([]);
    expect((await one.value('entry.map', { text: 'r-1' })).count).toBe(2);
  } finally {
    await one.close();
  }
});
