import { type Company, makeCompany } from './company.ts';

/** A firm with the accounts that assets need. */

export interface Accounts {
  readonly asset: number;
  readonly accumulated: number;
  readonly expense: number;
  readonly bank: number;
  readonly gain: number;
}

export async function firm(years: readonly number[], password = ''): Promise<{ company: Company; accounts: Accounts }> {
  const made = await makeCompany({ password });
  for (const year of years) await made.value('fiscal_year.create', { name: String(year), start_day: `${year}-01-01`, end_day: `${year}-12-31`, pattern: 'months' });
  const account = async (name: string, kind: 'asset' | 'income' | 'expense', role: 'fixed_asset' | 'accumulated_depreciation' | 'depreciation' | 'bank' | 'other_income'): Promise<number> => (await made.value('account.create', { name, kind, role })).id;
  return {
    company: made,
    accounts: {
      asset: await account('Machines', 'asset', 'fixed_asset'),
      accumulated: await account('Accumulated depreciation', 'asset', 'accumulated_depreciation'),
      expense: await account('Depreciation', 'expense', 'depreciation'),
      bank: await account('Bank', 'asset', 'bank'),
      gain: await account('Gains', 'income', 'other_income'),
    },
  };
}

export const balance = (of: Company, account: number): number => of.look((db) => Number(db.prepare('SELECT coalesce(sum(amount), 0) FROM entry_lines WHERE account_id = ?').pluck().get(account)));
export const versionOf = async (of: Company, id: number): Promise<number> => (await of.value('asset.get', { id })).version;
export const reversing = async (of: Company, id: number): Promise<unknown> => of.value('entry.reverse', { id, version: (await of.value('entry.get', { id })).version, reason: 'a test' });
