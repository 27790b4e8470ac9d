import { makeStyles, tokens } from '@fluentui/react-components';
import { ArrowTrendingDown20Regular, ArrowTrending20Regular, Subtract20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { money } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useCall } from '../../query.ts';
import { go } from '../../state/ui.ts';
import { locale, useT } from '../../t.ts';
import type { Calendar } from '../statements/choice.ts';
import { daysOf, type Days, nameOf, previousOf, yearOf } from '../statements/days.ts';

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    minWidth: 0,
    padding: '12px',
    textAlign: 'start',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  name: { color: tokens.colorNeutralForeground3 },
  figure: { fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  change: { display: 'flex', alignItems: 'center', gap: '4px' },
});

const written = (value: number, currency: string): string => money(value, currency).replace('-', '\u2212');

function Card({ name, figure, children, area }: { readonly name: string; readonly figure: string; readonly children: ReactNode; readonly area: string }) {
  const styles = useStyles();
  return (
    <button type="button" className={styles.card} onClick={() => void go({ module: 'budgets', area })}>
      <span className={styles.name}>{name}</span>
      <span className={styles.figure}>{figure}</span>
      {children}
    </button>
  );
}

/** The days of the card, and those before: the fiscal period of today, or the fiscal year to date against the same days of the last. */
function spansOf(span: 'period' | 'year', calendar: Calendar): { readonly now: Days; readonly before: Days; readonly name: string; readonly beforeName: string } {
  const period = calendar.periods.find((one) => one.start_day <= calendar.today && calendar.today <= one.end_day);
  const now = span === 'year' ? yearOf(calendar.today, calendar.years) : period ? { from: period.start_day, to: period.end_day } : daysOf('month', calendar.today, calendar.years);
  const earlier = span === 'period' && period ? calendar.periods.find((one) => one.end_day < period.start_day) : undefined;
  const before = span === 'year' ? daysOf('last_year', calendar.today, calendar.years) : earlier ? { from: earlier.start_day, to: earlier.end_day } : previousOf(now);
  return { now, before, name: nameOf(now, calendar.years, locale()), beforeName: nameOf(before, calendar.years, locale()) };
}

/** The result of a period or a year against the one before. */
export function ResultCard({ calendar, span }: { readonly calendar: Calendar; readonly span: 'period' | 'year' }) {
  const styles = useStyles();
  const t = useT();
  const { now, before, name, beforeName } = spansOf(span, calendar);
  const found = useCall('report.profit_and_loss', { columns: [now, before], compare: true });
  return (
    <Answer of={found} rows={2}>
      {(statement) => {
        const row = statement.rows.find((one) => one.key === 'result');
        const change = row?.compared?.difference ?? 0;
        const Icon = change > 0 ? ArrowTrending20Regular : change < 0 ? ArrowTrendingDown20Regular : Subtract20Regular;
        const amount = written(Math.abs(change), statement.currency);
        return (
          <Card name={t('budgets.statements.home.result', { period: name })} figure={written(row?.values[0] ?? 0, statement.currency)} area="result">
            <span className={styles.change}>
              <Icon aria-hidden className={change > 0 ? 'done' : change < 0 ? 'attention' : 'quiet'} />
              {change > 0 ? t('budgets.statements.home.better', { amount }) : change < 0 ? t('budgets.statements.home.worse', { amount }) : t('budgets.statements.home.same')}
            </span>
            <span className={styles.name}>{t('budgets.statements.home.against', { before: written(row?.values[1] ?? 0, statement.currency), period: beforeName })}</span>
          </Card>
        );
      }}
    </Answer>
  );
}

/** What there is in cash and at the bank today, against the end of the month before. */
export function CashCard({ calendar }: { readonly calendar: Calendar }) {
  const styles = useStyles();
  const t = useT();
  const month = daysOf('month', calendar.today, calendar.years);
  const found = useCall('report.cash_flow', { columns: [{ from: month.from, to: calendar.today }, previousOf(month)], compare: true });
  return (
    <Answer of={found} rows={2}>
      {(statement) => {
        const row = statement.rows.find((one) => one.key === 'end');
        const change = row?.compared?.difference ?? 0;
        const Icon = change > 0 ? ArrowTrending20Regular : change < 0 ? ArrowTrendingDown20Regular : Subtract20Regular;
        return (
          <Card name={t('budgets.statements.home.cash')} figure={written(row?.values[0] ?? 0, statement.currency)} area="cash">
            <span className={styles.change}>
              <Icon aria-hidden className={change > 0 ? 'done' : change < 0 ? 'attention' : 'quiet'} />
              {written(change, statement.currency)}
            </span>
            <span className={styles.name}>{t('budgets.statements.home.against', { before: written(row?.values[1] ?? 0, statement.currency), period: nameOf(previousOf(month), calendar.years, locale()) })}</span>
          </Card>
        );
      }}
    </Answer>
  );
}
