import { Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { accountKinds } from '#contract/budgets/account.ts';
import { type ChartAccount, type ChartPackInfo, type Pattern, patterns } from '#contract/budgets/books.ts';
import { addMonths, isDay, today } from '#contract/kit/day.ts';
import { Editor } from '../../parts/fields/Editor.tsx';
import { day, number } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useAsk } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { type Translate, useT, words } from '../../t.ts';

/** Which chart and year the books begin with. */
export interface Begun {
  /** '' for no books yet. */
  readonly chart: string;
  readonly year_start: string;
  readonly pattern: Pattern;
}

const year = entityOf('fiscal_year');

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(280px, 400px) minmax(0, 1fr)', gap: '16px 32px', minHeight: 0, '@media (max-width: 860px)': { gridTemplateColumns: 'minmax(0, 1fr)' } },
  form: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  fold: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  preview: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, minHeight: 0 },
  box: { overflow: 'auto', maxHeight: 'clamp(320px, calc(100vh - 320px), 720px)', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  heading: { fontWeight: tokens.fontWeightSemibold },
});

/** The first day of the year that today is in, for years that begin on this day of the year. */
function yearOf(monthDay: string): string {
  const now = today();
  const start = `${now.slice(0, 4)}-${monthDay}`;
  return start > now ? addMonths(start, -12) : start;
}

/** What is proposed for a country: its chart, with the year and the periods that are usual there. */
export function proposed(charts: readonly ChartPackInfo[], country: string): Begun {
  const chart = charts.find((one) => one.country === country && country !== '') ?? charts.find((one) => one.code === 'ifrs');
  return { chart: chart?.code ?? '', year_start: yearOf(chart?.year_start ?? '01-01'), pattern: 'months' };
}

/** "209 accounts and 10 tax codes" as two texts. */
export const countsOf = (t: Translate, of: ChartPackInfo): { readonly accounts: string; readonly tax: string } => ({
  accounts: t('budgets.setup.accounts', { count: of.accounts, n: number(of.accounts) }),
  tax: of.tax_codes === 0 ? t('budgets.setup.no_tax') : t('budgets.setup.tax', { count: of.tax_codes, n: number(of.tax_codes) }),
});

interface Props {
  readonly charts: readonly ChartPackInfo[];
  readonly value: Begun;
  readonly change: (value: Begun) => void;
  /** Who shows the accounts: before a company is open only the desk can. */
  readonly from: 'desk' | 'books';
  /** Offers to begin without books. */
  readonly optional?: boolean;
  /** First focus of a wizard's step. */
  readonly first?: boolean;
}

/** Chart, first day and periods at the left, the accounts of the chart at the right. */
export function BooksChoice({ charts, value, change, from, optional = false, first = false }: Props) {
  const t = useT();
  const styles = useStyles();
  const chart = charts.find((one) => one.code === value.chart);
  const pick = (code: string): void => {
    const next = charts.find((one) => one.code === code);
    change({ ...value, chart: code, ...(next ? { year_start: yearOf(next.year_start) } : {}) });
  };
  const labels = year.fields['pattern']?.options ?? [];
  return (
    <div className={styles.root}>
      <div className={styles.form}>
        <Field label={t('budgets.setup.chart')}>
          <Select {...(first ? { 'data-first': true } : {})} value={value.chart} onChange={(_event, data) => pick(data.value)}>
            {optional && <option value="">{t('budgets.setup.chart_none')}</option>}
            {charts.map((one) => (
              <option key={one.code} value={one.code}>
                {words(one.name)}
              </option>
            ))}
          </Select>
        </Field>
        {chart ? (
          <>
            <Field label={t('budgets.setup.year_start')} hint={t('budgets.setup.year_hint')}>
              {(control) => <Editor {...(control.id ? { id: control.id } : {})} field={year.fields['start_day']!} value={value.year_start} change={(next) => typeof next === 'string' && change({ ...value, year_start: next })} tell={() => undefined} currency="" />}
            </Field>
            <Field label={t('budgets.setup.pattern')}>
              <Select
                value={value.pattern}
                onChange={(_event, data) => {
                  const next = patterns.find((one) => one === data.value);
                  if (next) change({ ...value, pattern: next });
                }}
              >
                {labels.map((one) => (
                  <option key={one.value} value={one.value}>
                    {words(one.label)}
                  </option>
                ))}
              </Select>
            </Field>
            <p className={`small ${styles.fold}`}>{t('budgets.setup.source', { source: words(chart.source), date: day(chart.date) })}</p>
            <p className={`small ${styles.fold}`}>{t('budgets.setup.note', { note: words(chart.note) })}</p>
          </>
        ) : (
          <p className="quiet">{t('budgets.setup.chart_none_text')}</p>
        )}
      </div>
      {chart && <Preview chart={chart} from={from} />}
    </div>
  );
}

/** Whether the choice can be carried out. */
export const isWhole = (value: Begun): boolean => value.chart === '' || isDay(value.year_start);

function Preview({ chart, from }: { readonly chart: ChartPackInfo; readonly from: Props['from'] }) {
  const t = useT();
  const styles = useStyles();
  const found = useAsk<readonly ChartAccount[]>(`${from}.chart`, { code: chart.code }, { keep: true });
  const { accounts, tax } = countsOf(t, chart);
  return (
    <div className={styles.preview}>
      <h2 className="h3">{t('budgets.setup.preview')}</h2>
      <p className="quiet small">
        {accounts} · {tax}
      </p>
      <Answer of={found}>
        {(rows) => (
          <div className={styles.box} role="region" aria-label={t('budgets.setup.preview')} tabIndex={0}>
            <table className="table sticky" style={{ tableLayout: 'fixed' }}>
              <colgroup>
                <col style={{ width: 72 }} />
                <col />
                <col style={{ width: 104 }} />
              </colgroup>
              <thead>
                <tr>
                  <th scope="col">{t('budgets.setup.number')}</th>
                  <th scope="col">{t('budgets.setup.name')}</th>
                  <th scope="col">{t('budgets.setup.kind')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <tr key={one.number} className={one.heading ? styles.heading : ''}>
                    <td className="tabular">{one.number}</td>
                    <td style={{ paddingInlineStart: 8 + one.depth * 12 }} title={words(one.name)}>
                      {words(one.name)}
                    </td>
                    <td>{one.heading ? '' : words(accountKinds.find((kind) => kind.value === one.kind)?.label ?? { en: one.kind, de: one.kind })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
    </div>
  );
}
