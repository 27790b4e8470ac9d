import { useMemo } from 'react';
import { exponentOf } from '#contract/kit/money.ts';
import { point } from '../../parts/fields/locale.ts';
import { amount } from '../../parts/format.ts';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { locale, useT } from '../../t.ts';
import type { Ways } from './model.ts';

/** How amounts are read and written in this company and language. */
export function useWays(): Ways {
  const t = useT();
  const base = useCompanyCurrency();
  const { data } = useCall('commodity.list', { limit: 1000 });
  const here = locale();
  return useMemo(() => {
    const own = new Map((data?.rows ?? []).map((row) => [row.code, row.digits]));
    return {
      base,
      // Made anew when the language changes.
      point: here === '' ? '.' : point(),
      digits: (currency) => own.get(currency) ?? exponentOf(currency),
      show: (minor) => (minor === 0 ? '' : amount(minor, base)),
      words: { form: t('budgets.entry.wrong.form'), digits: t('budgets.entry.wrong.digits'), size: t('budgets.entry.wrong.size'), currency: t('budgets.entry.wrong.currency') },
    };
  }, [t, base, data, here]);
}
