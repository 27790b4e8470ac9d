import { number } from '../../parts/format.ts';
import { useCall } from '../../query.ts';
import { go } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { Block } from '../overview/Waiting.tsx';

/** Foreign accounts that the last period left at old rates; nothing where there are none. */
export function RevaluationDue() {
  const t = useT();
  const { data: due } = useCall('exchange.due', {});
  if (!due) return null;
  return (
    <Block id="revaluation" title={t('budgets.exchange.title')}>
      <ul className="counts">
        <li>
          <button type="button" className="count" onClick={() => void go({ module: 'budgets', area: 'exchange' })}>
            <span className="cut grow">{t('budgets.exchange.due', { count: due.accounts, n: number(due.accounts), period: due.period })}</span>
          </button>
        </li>
      </ul>
    </Block>
  );
}
