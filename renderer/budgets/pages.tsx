import type { ComponentType } from 'react';
import { Revaluation } from './exchange/Revaluation.tsx';
import { LedgerCheck } from './ledger/LedgerCheck.tsx';
import { Ledgers } from './ledger/Ledgers.tsx';
import { Overview } from './overview/Overview.tsx';
import { BalanceSheet, CashFlow, ProfitAndLoss, TrialBalance } from './statements/pages.tsx';
import { RegisterPage } from './statements/RegisterPage.tsx';
import { Opening } from './setup/Opening.tsx';
import { SetUp } from './setup/SetUp.tsx';

/** Pages of Budgets that are no list of records, by the id of their room. */
export const pages: Readonly<Record<string, ComponentType>> = {
  setup: SetUp,
  opening: Opening,
  ledgers: Ledgers,
  ledger_check: LedgerCheck,
  trial: TrialBalance,
  sheet: BalanceSheet,
  result: ProfitAndLoss,
  cash: CashFlow,
  ledger: RegisterPage,
  overview: Overview,
  exchange: Revaluation,
};
