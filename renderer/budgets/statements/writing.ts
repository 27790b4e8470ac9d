import { amount, decimal } from '../../parts/format.ts';
import { t } from '../../t.ts';
import type { Writing } from './paper.ts';

/** How figures and headings of statements are written in the language of the window. */
export const writing = (currency: string): Writing => ({
  number: t('budgets.statements.number'),
  account: t('budgets.statements.account'),
  difference: t('budgets.statements.difference'),
  percent: '%',
  concept: t('budgets.statements.concept'),
  percentage: (value) => `${signed(decimal(value, 1))}\u00a0%`,
  ratio: (value) => signed(decimal(value, 2)),
  amount: (minor) => signed(amount(minor, currency)),
  tenths: (value) => (value === 0 ? '–' : signed(`${value > 0 ? '+' : ''}${decimal(value, 1)}`)),
});

/** A real minus sign, as wide as the figures. */
const signed = (text: string): string => text.replace(/^-/, '\u2212');
