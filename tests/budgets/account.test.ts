import { expect, test } from 'vitest';
import { makeCompany } from '../helpers/company.ts';

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
