import { Field, makeStyles, Select } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { RateCourse } from '#contract/budgets/currency.ts';
import { addMonths, today } from '#contract/kit/day.ts';
import { LineChart } from '../../parts/chart/index.ts';
import { day } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { Screen } from '../../parts/Screen.tsx';
import { useCall } from '../../query.ts';
import { locale, useT } from '../../t.ts';

const useStyles = makeStyles({ choice: { width: '180px' }, chart: { maxWidth: '1200px' } });

const spans = ['quarter', 'year', 'five', 'all'] as const;
type Span = (typeof spans)[number];
const months: Readonly<Record<Span, number | null>> = { quarter: 3, year: 12, five: 60, all: null };

/** One currency's rates over time, in that of the company. `actions` stand beside the title. */
export function RateChart({ actions }: { readonly actions: ReactNode }) {
  const t = useT();
  const styles = useStyles();
  const [currency, setCurrency] = useState('');
  const [span, setSpan] = useState<Span>('year');
  const back = months[span];
  const found = useCall('rate.course', { ...(currency === '' ? {} : { currency }), ...(back === null ? {} : { from: addMonths(today(), -back) }) }, { keep: true });
  return (
    <Screen title={t('budgets.exchange.course')} text={t('budgets.exchange.courseText')} actions={actions}>
      <Answer of={found} rows={8}>
        {(course) =>
          course.currencies.length === 0 ? (
            <p className="quiet">{t('budgets.exchange.courseNone')}</p>
          ) : (
            <>
              <div className="row">
                <Field className={styles.choice} label={t('budgets.exchange.currency')}>
                  <Select value={course.currency} onChange={(_event, data) => setCurrency(data.value)}>
                    {course.currencies.map((one) => (
                      <option key={one} value={one}>
                        {one}
                      </option>
                    ))}
                  </Select>
                </Field>
                <Field className={styles.choice} label={t('budgets.exchange.courseFrom')}>
                  <Select value={span} onChange={(_event, data) => setSpan(spans.find((one) => one === data.value) ?? span)}>
                    {spans.map((one) => (
                      <option key={one} value={one}>
                        {t(`budgets.exchange.courseSpans.${one}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              </div>
              <h2 className="unseen">{t('budgets.exchange.asChart')}</h2>
              <div className={styles.chart}>
                <Course of={course} />
              </div>
            </>
          )
        }
      </Answer>
    </Screen>
  );
}

function Course({ of }: { readonly of: RateCourse }) {
  const t = useT();
  const { currency, base, step, points } = of;
  const shown = new Intl.NumberFormat(locale(), { maximumSignificantDigits: 6 });
  const written = (value: number): string => shown.format(value);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const finding = last.rate_nano > first.rate_nano ? 'courseRose' : last.rate_nano < first.rate_nano ? 'courseFell' : 'courseStayed';
  return (
    <LineChart
      title={t(`budgets.exchange.${finding}`, { currency, base, before: written(first.rate_nano / 1e9), after: written(last.rate_nano / 1e9) })}
      about={t(`budgets.exchange.courseAbout.${step}`, { currency, base, from: day(first.day), to: day(last.day) })}
      points={points.map((one) => day(one.day))}
      series={[{ label: currency, values: points.map((one) => one.rate_nano / 1e9) }]}
      by={t('budgets.exchange.day')}
      format={written}
      height={320}
      fromZero={false}
    />
  );
}
