import { Button } from '@fluentui/react-components';
import { ArrowImport20Regular, ChartMultiple20Regular, TextBulletListSquare20Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import type { RatesImported } from '#contract/budgets/currency.ts';
import { office } from '../../office.ts';
import { day, number } from '../../parts/format.ts';
import { useJob } from '../../parts/jobs/useJob.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useViews } from '../../parts/list/ViewSwitch.tsx';
import { failureOf } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { entityOf } from '../../records/entity.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { RateChart } from './RateChart.tsx';

const entity = entityOf('rate');
const views = [
  { key: 'list', label: 'budgets.exchange.asList', icon: TextBulletListSquare20Regular },
  { key: 'chart', label: 'budgets.exchange.asChart', icon: ChartMultiple20Regular },
] as const;

/** Exchange rates as a list or over time, and those of a file of the European Central Bank. */
export function RateList() {
  const t = useT();
  const { may } = useRights();
  const [view, buttons] = useViews(entity.name, views);
  const told = ({ added, first_day, last_day }: RatesImported): void => tell(added === 0 ? t('budgets.exchange.ratesNone') : t('budgets.exchange.ratesAdded', { count: added, n: number(added), from: day(first_day), to: day(last_day) }));
  const job = useJob('rate.import', (ending) => {
    if (ending.state === 'failed') tellWrong(ending.failure.message);
    if (ending.state === 'done') told(ending.value);
  });
  const { phase } = job;
  const running = phase.state === 'running';
  useEffect(() => {
    if (phase.state === 'failed') tellWrong(phase.failure.message);
  }, [phase]);
  const pick = async (): Promise<void> => {
    try {
      const picked = await office['desk.pick_file']({ kinds: ['csv'] });
      const added = picked && (await job.start({ source: picked.token }));
      if (added) told(added);
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    }
  };
  if (view === 'chart') return <RateChart actions={buttons} />;
  return (
    <EntityList
      entity={entity}
      extra={
        <>
          {buttons}
          {may('account', 'write') && (
            <Button icon={<ArrowImport20Regular />} disabledFocusable={running} title={t('budgets.exchange.ratesAbout')} onClick={() => !running && void pick()}>
              {t('budgets.exchange.rates')}
            </Button>
          )}
        </>
      }
    />
  );
}
