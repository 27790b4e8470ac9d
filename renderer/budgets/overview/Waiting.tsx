import { Button } from '@fluentui/react-components';
import { today } from '#contract/kit/day.ts';
import { amount, day, number, relativeDay } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import type { ReactNode } from 'react';

/** What waits in the books: drafts, periods that have ended; and what was posted last. */

export function Block({ id, title, end, children }: { readonly id: string; readonly title: string; readonly end?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="card-block" aria-labelledby={id}>
      <header className="card-head">
        <h2 className="h2" id={id}>
          {title}
        </h2>
        {end && <div className="end">{end}</div>}
      </header>
      {children}
    </section>
  );
}

/** Drafts fit here; the list has them all. */
const shownDrafts = 5;
const shownPeriods = 5;

export function Drafts() {
  const t = useT();
  const drafts = useCall('entry.list', { filters: [{ field: 'state', is: 'equals', value: 'draft' }], order: '-id', limit: shownDrafts });
  const books = useCall('books.get', {});
  const all = books.data?.drafts ?? 0;
  return (
    <Block id="drafts" title={t('budgets.statements.home.drafts')} end={all > 0 ? <span className="tag">{number(all)}</span> : undefined}>
      <Answer of={drafts} rows={2}>
        {(page) =>
          page.rows.length === 0 ? (
            <p className="quiet card-body">{t('budgets.statements.home.noDrafts')}</p>
          ) : (
            <ul className="counts">
              {page.rows.map((one) => (
                <li key={one.id}>
                  <button type="button" className="count" onClick={() => void go(placeOf('entry', one.id))}>
                    <span className="tabular">{day(one.day)}</span>
                    <span className="cut grow">{one.narration || t('budgets.statements.home.draft')}</span>
                  </button>
                </li>
              ))}
              {all > page.rows.length && (
                <li>
                  <button type="button" className="count" onClick={() => void go(placeOf('entry'))}>
                    <span className="quiet">{t('budgets.statements.home.further', { n: number(all - page.rows.length) })}</span>
                  </button>
                </li>
              )}
            </ul>
          )
        }
      </Answer>
    </Block>
  );
}

export function DuePeriods() {
  const t = useT();
  const periods = useCall('period.list', { order: 'start_day', filters: [{ field: 'state', is: 'equals', value: 'open' }, { field: 'end_day', is: 'to', value: today() }], limit: 100 });
  return (
    <Block id="periods" title={t('budgets.statements.home.due')} end={periods.data && periods.data.rows.length > 0 ? <span className="tag">{number(periods.data.rows.length)}</span> : undefined}>
      <Answer of={periods} rows={2}>
        {(page) => {
          const due = page.rows.filter((one) => one.end_day < today());
          if (due.length === 0) return <p className="quiet card-body">{t('budgets.statements.home.noDue')}</p>;
          return (
            <ul className="counts">
              {due.slice(0, shownPeriods).map((one) => (
                <li key={one.id}>
                  <button type="button" className="count" onClick={() => void go(one.year_id ? placeOf('fiscal_year', one.year_id) : placeOf('fiscal_year'))}>
                    <span className="cut grow">{one.name}</span>
                    <span className="quiet">{t('budgets.statements.home.ended', { when: relativeDay(one.end_day) })}</span>
                  </button>
                </li>
              ))}
              {due.length > shownPeriods && (
                <li>
                  <button type="button" className="count" onClick={() => void go(placeOf('fiscal_year'))}>
                    <span className="quiet">{t('budgets.statements.home.further', { n: number(due.length - shownPeriods) })}</span>
                  </button>
                </li>
              )}
            </ul>
          );
        }}
      </Answer>
    </Block>
  );
}

export function LastEntries() {
  const t = useT();
  const currency = useCompanyCurrency();
  const entries = useCall('entry.list', { filters: [{ field: 'state', is: 'not', value: 'draft' }], order: '-id', limit: 8 });
  return (
    <Block
      id="last"
      title={t('budgets.statements.home.last')}
      end={
        <Button size="small" appearance="subtle" onClick={() => void go(placeOf('entry'))}>
          {t('budgets.statements.home.allDrafts')}
        </Button>
      }
    >
      <Answer of={entries} rows={6}>
        {(page) =>
          page.rows.length === 0 ? (
            <p className="quiet card-body">{t('budgets.statements.home.noEntries')}</p>
          ) : (
            <ul className="counts">
              {page.rows.map((one) => (
                <li key={one.id}>
                  <button type="button" className="count" onClick={() => void go(placeOf('entry', one.id))}>
                    <span className="tabular">{day(one.day)}</span>
                    <span className="quiet tabular">{one.number}</span>
                    <span className="cut grow">{one.narration}</span>
                    <span className="tabular">{amount(one.total, currency)}</span>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Block>
  );
}
