import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { RevaluationRun } from '#contract/budgets/exchange.ts';
import { amount, day, instant, number } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { ReverseDialog } from '../entry/ReverseDialog.tsx';

/** Revaluations that were posted, with their entries and what reverses them. */
export function Runs({ currency }: { readonly currency: string }) {
  const t = useT();
  const { may } = useRights();
  const runs = useCall('exchange.runs', {});
  const [undoing, setUndoing] = useState<RevaluationRun | null>(null);
  const link = (to: { readonly id: number; readonly number: string }) => (
    <Button size="small" appearance="transparent" onClick={() => void go(placeOf('entry', to.id))}>
      {to.number}
    </Button>
  );
  return (
    <section aria-labelledby="runs" style={{ marginTop: 24 }}>
      <h2 className="h3 section-line" id="runs">
        {t('budgets.exchange.runs')}
      </h2>
      <Answer of={runs} rows={3}>
        {(found) =>
          found.length === 0 ? (
            <p className="quiet">{t('budgets.exchange.noRuns')}</p>
          ) : (
            <table className="table" aria-labelledby="runs">
              <thead>
                <tr>
                  <th scope="col">{t('budgets.exchange.day')}</th>
                  <th scope="col">{t('budgets.exchange.entry')}</th>
                  <th scope="col" className="figure">{t('budgets.exchange.balances')}</th>
                  <th scope="col" className="figure">{t('budgets.exchange.difference')}</th>
                  <th scope="col">{t('budgets.exchange.by')}</th>
                  <th scope="col">{t('budgets.exchange.reversal')}</th>
                </tr>
              </thead>
              <tbody>
                {found.map((run) => (
                  <tr key={run.id}>
                    <th scope="row">{day(run.day)}</th>
                    <td>{link(run)}</td>
                    <td className="figure">{number(run.balances)}</td>
                    <td className="figure">{amount(run.difference, currency).replace(/^-/, '\u2212')}</td>
                    <td>{`${instant(run.posted_at)} ${run.posted_by}`.trim()}</td>
                    <td>
                      {run.reversal ? (
                        <>
                          {link(run.reversal)} <span className="quiet">{day(run.reversal.day)}</span>
                        </>
                      ) : (
                        may('entry', 'write') && (
                          <Button size="small" onClick={() => setUndoing(run)}>
                            {t('budgets.exchange.undo')}
                          </Button>
                        )
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
      {undoing && <ReverseDialog row={undoing} close={() => setUndoing(null)} />}
    </section>
  );
}
