import { StatementPage } from './StatementPage.tsx';

/** The statements as pages of Budgets. */
export const TrialBalance = () => <StatementPage key="trial_statement" kind="trial_statement" />;
export const BalanceSheet = () => <StatementPage key="balance_sheet" kind="balance_sheet" />;
export const ProfitAndLoss = () => <StatementPage key="profit_and_loss" kind="profit_and_loss" />;
export const CashFlow = () => <StatementPage key="cash_flow" kind="cash_flow" />;
