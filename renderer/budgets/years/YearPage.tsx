import { Button } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import { SidePane } from '../../frame/SidePane.tsx';
import { askReason } from '../../parts/Dialogs.tsx';
import { day } from '../../parts/format.ts';
import { Answer, failureOf } from '../../parts/Problem.tsx';
import { Screen } from '../../parts/Screen.tsx';
import { useCall, useDo } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordSide } from '../../records/RecordScreen.tsx';
import { useCan } from '../../state/session.ts';
import { go, opened, placeOf, tell, tellWrong, useUi } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import type { Period, Year } from './kinds.ts';
import { State } from './State.tsx';
import { YearEnd } from './YearEnd.tsx';

const entity = entityOf('fiscal_year');

/** One fiscal year: its periods with their state, and its end. */
export function YearPage({ id }: { readonly id: number }) {
  const found = useCall('fiscal_year.get', { id });
  const periods = useCall('period.list', { filters: [{ field: 'year_id', is: 'equals', value: id }], order: 'start_day', limit: 30 });
  return <Answer of={found}>{(year) => <Answer of={periods}>{({ rows }) => <Page year={year} periods={rows} />}</Answer>}</Answer>;
}

function Page({ year, periods }: { readonly year: Year; readonly periods: readonly Period[] }) {
  const t = useT();
  const beside = useUi((ui) => ui.beside !== null);
  const pattern = entity.fields['pattern']?.options?.find((one) => one.value === year.pattern);
  useEffect(() => opened(entity.name, year.id, year.name), [year.id, year.name]);
  return (
    <Screen
      title={`${words(entity.label)} ${year.name}`}
      text={t('budgets.years.span', { from: day(year.start_day), to: day(year.end_day), pattern: pattern ? words(pattern.label) : '' })}
      actions={
        <>
          <State state={year.state === 'closed' ? 'closed' : 'open'} />
          <Button icon={<ArrowLeft20Regular />} onClick={() => void go(placeOf(entity.name))}>
            {words(entity.plural)}
          </Button>
        </>
      }
    >
      <YearEnd year={year} />
      <Periods year={year} periods={periods} />
      {!beside && (
        <SidePane title={year.name}>
          <RecordSide entity={entity} id={year.id} />
        </SidePane>
      )}
    </Screen>
  );
}

type PeriodState = 'open' | 'soft' | 'hard';
const asState = (state: string): PeriodState => (state === 'soft' || state === 'hard' ? state : 'open');

function Periods({ year, periods }: { readonly year: Year; readonly periods: readonly Period[] }) {
  const t = useT();
  const can = useCan();
  const set = useDo('period.set_state');
  const change = async (one: Period, state: PeriodState): Promise<void> => {
    const reason = await askReason({ title: t(`budgets.years.ask_${state}`, { name: one.name }), text: t(`budgets.years.${state}_long`), reason: t('budgets.years.reason'), yes: t(`budgets.years.to_${state}`) });
    if (reason === null) return;
    try {
      await set.mutateAsync({ id: one.id, version: one.version, state, reason });
      tell(t('budgets.years.set', { name: one.name, state: t(`budgets.years.${state}`) }));
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    }
  };
  const stepsFrom: Readonly<Record<PeriodState, readonly PeriodState[]>> = { open: ['soft', 'hard'], soft: ['hard', 'open'], hard: can('period', 'approve') ? ['open'] : [] };
  const changeable = year.state !== 'closed' && can('period', 'write');
  return (
    <section aria-label={t('budgets.years.periods')}>
      <h2 className="h3 section-line">{t('budgets.years.periods')}</h2>
      <div className="table-box">
        <table className="table" style={{ maxWidth: 960 }}>
          <thead>
            <tr>
              <th scope="col" className="figure tight">
                {t('budgets.years.number')}
              </th>
              <th scope="col">{t('budgets.years.period')}</th>
              <th scope="col">{t('budgets.years.from')}</th>
              <th scope="col">{t('budgets.years.to')}</th>
              <th scope="col">{t('budgets.years.state')}</th>
              {changeable && (
                <th scope="col">
                  <span className="unseen">{t('budgets.years.to_hard')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {periods.map((one) => {
              const state = asState(one.state);
              return (
                <tr key={one.id}>
                  <td className="figure tight">{one.number}</td>
                  <th scope="row">{one.name}</th>
                  <td className="tabular">{day(one.start_day)}</td>
                  <td className="tabular">{day(one.end_day)}</td>
                  <td title={t(`budgets.years.${state}_long`)}>
                    <State state={state} />
                  </td>
                  {changeable && (
                    <td className="tight">
                      <span className="row-tight">
                        {stepsFrom[state].map((to) => (
                          <Button key={to} size="small" disabledFocusable={set.isPending} aria-label={`${t(`budgets.years.to_${to}`)}: ${one.name}`} onClick={() => void change(one, to)}>
                            {t(`budgets.years.to_${to}`)}
                          </Button>
                        ))}
                      </span>
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
