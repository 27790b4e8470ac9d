import { instant } from '../../parts/format.ts';
import type { Paper } from '../../parts/report/paper.ts';
import { language, t } from '../../t.ts';

/** What every paper of an audit has alike. */
export const paperOf = (firm: string, at: number, rest: Pick<Paper, 'title' | 'period' | 'filters' | 'columns' | 'lines' | 'notes'> & { readonly landscape?: boolean }): Paper => ({
  firm,
  asAt: t('budgets.statements.drawn', { when: instant(at) }),
  language: language(),
  pageWords: [t('transfer.print.pageBefore'), t('transfer.print.pageBetween'), t('transfer.print.pageAfter')],
  ...rest,
});

/** A share as a percentage with two digits. */
export const shareText = (share: number, locale: string): string => new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(share);
