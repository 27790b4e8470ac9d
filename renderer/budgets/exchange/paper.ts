import type { RevaluationPlan, RevaluationRow } from '#contract/budgets/exchange.ts';
import type { PaperColumn, PaperLine } from '../../parts/report/paper.ts';
import { amount, day, decimal } from '../../parts/format.ts';
import { t } from '../../t.ts';

/** A revaluation as paper, and as a table for a file. */

const minus = (text: string): string => text.replace(/^-/, '\u2212');

/** Figures and days stand whole; a rate keeps the digits that it has, four at least. */
export function rateText(nano: number): string {
  let [value, scale] = [nano, 9];
  while (scale > 4 && value % 10 === 0) [value, scale] = [value / 10, scale - 1];
  return decimal(value, scale);
}

export const foreign = (quantity: number, digits: number): string => (quantity === 0 ? '–' : minus(decimal(quantity, digits)));

/** Number and name, currency and balance stand together, so that the difference is in sight at 1280 pixels; who is meant, only where somebody is. */
export const planColumns = (plan: RevaluationPlan): readonly PaperColumn[] => [
  { key: 'account', label: t('budgets.exchange.account'), share: 24 },
  ...(named(plan) ? [{ key: 'party', label: t('budgets.exchange.party'), share: 15 }] : []),
  { key: 'balance', label: t('budgets.exchange.balance'), share: 15, align: 'end' },
  { key: 'rate', label: t('budgets.exchange.rate'), share: 8, align: 'end' },
  { key: 'rate_day', label: t('budgets.exchange.rateDay'), share: 10, unbroken: true },
  { key: 'carried', label: t('budgets.exchange.carried'), share: 12, align: 'end' },
  { key: 'value', label: t('budgets.exchange.value'), share: 12, align: 'end' },
  { key: 'difference', label: t('budgets.exchange.difference'), share: 10, align: 'end' },
];

const named = (plan: RevaluationPlan): boolean => plan.rows.some((row) => row.party !== '');

const rowKey = (row: RevaluationRow): string => `${row.account_id} ${row.currency} ${row.party_id ?? ''}`;

/** Balance by balance, then gains and losses; what differs opens the lines of its account. */
export function planLines(plan: RevaluationPlan, open: (row: RevaluationRow) => void): readonly PaperLine[] {
  const base = (minor: number | null): string => (minor === null ? '?' : minus(amount(minor, plan.currency)));
  const party = (cell: string): readonly string[] => (named(plan) ? [cell] : []);
  const sum = (label: string, value: number, kind: PaperLine['kind']): PaperLine => ({ key: label, kind, cells: [label, ...party(''), '', '', '', '', '', base(value)] });
  return [
    ...plan.rows.map((row): PaperLine => {
      const rate = row.rate_nano === null ? (row.quantity === 0 ? '' : '?') : rateText(row.rate_nano);
      const rateDay = row.rate_day === '' ? '' : day(row.rate_day);
      return { key: rowKey(row), kind: 'line', cells: [`${row.number} ${row.account}`.trim(), ...party(row.party), row.quantity === 0 ? '–' : `${row.currency} ${foreign(row.quantity, row.digits)}`, rate, rateDay, base(row.carrying), base(row.value), base(row.difference)], opens: { balance: () => open(row), carried: () => open(row) } };
    }),
    ...(plan.gain > 0 && plan.loss > 0 ? [sum(t('budgets.exchange.gains'), plan.gain, 'subtotal'), sum(t('budgets.exchange.losses'), -plan.loss, 'subtotal')] : []),
    ...(plan.rows.length > 0 ? [sum(t('budgets.exchange.net'), plan.gain - plan.loss, 'total')] : []),
  ];
}

/** For a file: amounts of the company as minor units, what is in other currencies as exact text. */
export function planTable(plan: RevaluationPlan): { columns: { title: string; kind: 'text' | 'money' | 'day' }[]; rows: (string | number | null)[][] } {
  const text = (title: string) => ({ title, kind: 'text' }) as const;
  const money = (title: string) => ({ title, kind: 'money' }) as const;
  return {
    columns: [
      text(t('budgets.exchange.number')),
      text(t('budgets.exchange.account')),
      text(t('budgets.exchange.party')),
      text(t('budgets.exchange.currency')),
      text(t('budgets.exchange.balance')),
      text(t('budgets.exchange.rate')),
      { title: t('budgets.exchange.rateDay'), kind: 'day' },
      money(t('budgets.exchange.carried')),
      money(t('budgets.exchange.value')),
      money(t('budgets.exchange.difference')),
    ],
    rows: plan.rows.map((row) => [row.number, row.account, row.party, row.currency, foreign(row.quantity, row.digits), row.rate_nano === null ? '' : rateText(row.rate_nano), row.rate_day || null, row.carrying, row.value, row.difference]),
  };
}
