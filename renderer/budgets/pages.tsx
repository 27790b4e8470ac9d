import type { ComponentType } from 'react';
import { BalanceSheet, CashFlow, ProfitAndLoss, TrialBalance } from './statements/pages.tsx';
import { SetUp } from './setup/SetUp.tsx';

/** Pages of Budgets that are no list of records, by the id of their room. */
export const pages: Readonly<Record<string, ComponentType>> = {
  setup: SetUp,
  trial: TrialBalance,
  sheet: BalanceSheet,
  result: ProfitAndLoss,
  cash: CashFlow,
};
