import { Button, makeStyles } from '@fluentui/react-components';
import { BookNumber20Regular } from '@fluentui/react-icons';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { useCall } from '../../query.ts';
import { roomsFor } from '../../frame/areas.ts';
import { Loading } from '../../parts/Loading.tsx';
import { useCan } from '../../state/session.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { RevaluationDue } from '../exchange/Due.tsx';
import { useCalendar } from '../statements/useCalendar.ts';
import { CashCard, ResultCard } from './Cards.tsx';
import { CashLine } from './CashLine.tsx';
import { Drafts, DuePeriods, LastEntries } from './Waiting.tsx';

const useStyles = makeStyles({
  cards: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(168px, 1fr))', gap: '12px' },
});

/** The first room of Budgets: how the firm stands, what waits, and the ways onward. */
export function Overview() {
  const styles = useStyles();
  const t = useT();
  const can = useCan();
  const books = useCall('books.get', {}, { enabled: can('account', 'read') });
  const calendar = useCalendar();
  if (can('account', 'read') && !books.data && !books.error) return <Loading rows={10} />;
  if (books.data && books.data.chart === '' && books.data.accounts === 0) {
    return (
      <div className="screen">
        <h1 className="unseen">{t('budgets.statements.overview')}</h1>
        <EmptyState icon={BookNumber20Regular} title={t('budgets.statements.home.start')} text={t('budgets.statements.home.startText')}>
          <Button appearance="primary" onClick={() => void go({ module: 'budgets', area: 'setup' })}>
            {t('budgets.statements.home.setUp')}
          </Button>
        </EmptyState>
      </div>
    );
  }
  if (!calendar) return <Loading rows={10} />;
  const reports = can('report', 'read');
  const entries = can('entry', 'read');
  return (
    <div className="home">
      <header className="home-head row">
        <h1 className="h1 grow">{t('budgets.statements.overview')}</h1>
        {can('entry', 'write') && (
          <Button appearance="primary" onClick={() => void go(placeOf('entry', 0))}>
            {t('budgets.statements.home.newEntry')}
          </Button>
        )}
      </header>
      <div className="home-main">
        {reports && (
          <>
            <div className={styles.cards}>
              <ResultCard calendar={calendar} span="period" />
              <ResultCard calendar={calendar} span="year" />
              <CashCard calendar={calendar} />
            </div>
            <CashLine calendar={calendar} />
          </>
        )}
        {entries && <LastEntries />}
      </div>
      <div className="home-side">
        {entries && <Drafts />}
        {entries && <RevaluationDue />}
        {can('period', 'read') && <DuePeriods />}
        <section className="card-block" aria-labelledby="onward">
          <header className="card-head">
            <h2 className="h2" id="onward">
              {t('budgets.statements.home.links')}
            </h2>
          </header>
          <ul className="counts">
            {roomsFor('budgets', can)
              .filter((room) => room.id !== 'overview' && room.needs?.[0] === 'report')
              .map((room) => (
                <li key={room.id}>
                  <button type="button" className="count" onClick={() => void go(room.place)}>
                    <room.icon aria-hidden />
                    <span className="cut grow">{room.label()}</span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
