import { Badge, Link, makeStyles } from '@fluentui/react-components';
import { CalendarLtr20Regular } from '@fluentui/react-icons';
import type { AssetRow, AssetSchedule } from '#contract/budgets/asset.ts';
import { exponentOf } from '#contract/kit/money.ts';
import { LineChart } from '../../parts/chart/index.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { amount, day, decimal, money } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT } from '../../t.ts';

const useStyles = makeStyles({
  page: { overflowY: 'auto', padding: '12px 16px 24px', display: 'flex', flexDirection: 'column', gap: '12px', height: '100%', boxSizing: 'border-box' },
  chart: { maxWidth: '860px', flexShrink: 0 },
  whole: { flexShrink: 0 },
  table: { maxWidth: '860px' },
});

/** What an asset has lost, what is posted of it, and what is to come. */
export function Schedule({ id }: { readonly id: number }) {
  const styles = useStyles();
  const t = useT();
  const found = useCall('asset.schedule', { id });
  return (
    <Answer of={found} rows={12}>
      {(schedule) =>
        schedule.rows.length === 0 ? (
          <EmptyState icon={CalendarLtr20Regular} title={t('budgets.assets.noRows')} text={t('budgets.assets.noRowsText')} />
        ) : (
          // The page scrolls and may hold nothing that takes the focus.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <div className={styles.page} tabIndex={0} role="region" aria-label={t('budgets.assets.schedule')}>
            <h2 className="h3 section-line">{t('budgets.assets.schedule')}</h2>
            <Chart schedule={schedule} />
            <Rows rows={schedule.rows} />
          </div>
        )
      }
    </Answer>
  );
}

/** The book value at the end of each year, beginning with the cost on the first day. */
function Chart({ schedule }: { readonly schedule: AssetSchedule }) {
  const styles = useStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const { rows, cost, accumulated } = schedule;
  const ends = new Map(rows.map((row) => [row.until_day.slice(0, 4), row.book_value]));
  const points = [day(rows[0]?.from_day ?? ''), ...ends.keys()];
  const last = rows.at(-1);
  const whole = (value: number): string => decimal(value, exponentOf(currency)).replace(/[.,]\d+$/, exponentOf(currency) > 0 ? '' : '$&');
  return (
    <div className={styles.chart}>
      <LineChart
        title={t('budgets.assets.chart', { book: money(last?.book_value ?? 0, currency), month: day(last?.until_day ?? '') })}
        about={t('budgets.assets.chartAbout', { currency })}
        points={points}
        series={[{ label: t('budgets.assets.book'), values: [cost, ...ends.values()] }]}
        by={t('budgets.assets.year')}
        format={whole}
        height={180}
      />
      <p className="quiet">{t('budgets.assets.now', { cost: money(cost, currency), accumulated: money(accumulated, currency), book: money(schedule.book_value, currency) })}</p>
    </div>
  );
}

const stateWords = { brought: 'budgets.assets.brought', posted: 'budgets.assets.done', planned: 'budgets.assets.planned' } as const;

function Rows({ rows }: { readonly rows: readonly AssetRow[] }) {
  const styles = useStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const { loses, from, to, accumulated, book, state, entry } = { loses: t('budgets.assets.loses'), from: t('budgets.assets.from'), to: t('budgets.assets.to'), accumulated: t('budgets.assets.accumulated'), book: t('budgets.assets.book'), state: t('budgets.assets.state'), entry: t('budgets.assets.entry') };
  return (
    <div className={`table-box ${styles.whole}`}>
      <table className={`table ${styles.table}`} aria-label={t('budgets.assets.schedule')}>
        <thead>
          <tr>
            {[from, to].map((label) => (
              <th key={label} scope="col">{label}</th>
            ))}
            {[loses, accumulated, book].map((label) => (
              <th key={label} scope="col" className="figure">{label}</th>
            ))}
            {[state, entry].map((label) => (
              <th key={label} scope="col">{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.until_day}>
              <td className="tabular">{day(row.from_day)}</td>
              <th scope="row" className="tabular">{day(row.until_day)}</th>
              <td className="figure">{amount(row.amount, currency)}</td>
              <td className="figure">{amount(row.accumulated, currency)}</td>
              <td className="figure">{amount(row.book_value, currency)}</td>
              <td>
                <Badge appearance={row.state === 'planned' ? 'outline' : 'tint'} color={row.state === 'posted' ? 'success' : 'informative'}>{t(stateWords[row.state])}</Badge>
              </td>
              <td>{row.entry && <Link onClick={() => row.entry && void go(placeOf('entry', row.entry.id))}>{row.entry.number}</Link>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
