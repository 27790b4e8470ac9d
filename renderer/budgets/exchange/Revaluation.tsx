import { Button, Field, makeStyles, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { CurrencyDollarEuro20Regular } from '@fluentui/react-icons';
import { useId, useMemo, useState } from 'react';
import { entry } from '#contract/budgets/entry.ts';
import type { RevaluationPlan } from '#contract/budgets/exchange.ts';
import { addDays, isDay, today } from '#contract/kit/day.ts';
import { type Action, run, useActions } from '../../commands.ts';
import { DayEditor } from '../../parts/fields/DayEditor.tsx';
import { day, instant, number } from '../../parts/format.ts';
import { Loading } from '../../parts/Loading.tsx';
import { failureOf, Problem } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import type { Paper } from '../../parts/report/paper.ts';
import { Report } from '../../parts/report/Report.tsx';
import { useCall } from '../../query.ts';
import { go } from '../../state/ui.ts';
import { language, useT } from '../../t.ts';
import { linesPlace } from '../statements/place.ts';
import { saveTable } from '../statements/save.ts';
import type { Calendar } from '../statements/choice.ts';
import { useCalendar } from '../statements/useCalendar.ts';
import { foreign, planColumns, planLines, planTable } from './paper.ts';
import { PostDialog } from './PostDialog.tsx';
import { Runs } from './Runs.tsx';

const useStyles = makeStyles({ day: { width: '168px' }, age: { width: '168px' }, bars: { display: 'flex', flexDirection: 'column', gap: '8px' } });

const ages = { week: 7, month: 31, year: 366 } as const;
type Age = keyof typeof ages;
const isAge = (value: string): value is Age => value in ages;

/** Foreign balances at the rates of a day: what they are carried at, what they are worth, and posting the difference. */
export function Revaluation() {
  const calendar = useCalendar();
  return calendar ? <Page calendar={calendar} /> : <Loading rows={16} />;
}

/** The last day of the last period that has ended; the newest stand first. */
const lastEnd = (calendar: Calendar): string => calendar.periods.find((one) => one.end_day < calendar.today)?.end_day ?? addDays(`${today().slice(0, 7)}-01`, -1);

function Page({ calendar }: { readonly calendar: Calendar }) {
  const styles = useStyles();
  const t = useT();
  const id = useId();
  const { may } = useRights();
  const company = useCall('company.get', {});
  const [on, setOn] = useState(() => lastEnd(calendar));
  const [age, setAge] = useState<Age>('week');
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const [posting, setPosting] = useState(false);
  const known = isDay(on) && unreadable === null;
  const found = useCall('exchange.plan', { day: on, max_age: ages[age] }, { enabled: known, keep: true });
  const plan = found.data;
  const possible = may('entry', 'write') && plan !== undefined && plan.gain + plan.loss > 0 && plan.state !== 'hard' && (plan.problems.length === 0 || !plan.gain_account || !plan.loss_account);
  const actions = useMemo((): readonly Action[] => [{ id: 'exchange.post', label: 'budgets.exchange.post', icon: CurrencyDollarEuro20Regular, keys: ['$mod+Enter'], group: 'record', when: () => possible, run: () => setPosting(true) }], [possible]);
  useActions(actions);

  const parameters = (
    <>
      <Field className={styles.day} label={{ children: t('budgets.exchange.day'), htmlFor: id }} {...(unreadable === null ? {} : { validationMessage: unreadable })}>
        <DayEditor id={id} field={entry.fields.day} value={on} currency="" change={(value) => setOn(typeof value === 'string' ? value : '')} tell={setUnreadable} label={t('budgets.exchange.day')} autoFocus />
      </Field>
      <Field className={styles.age} label={t('budgets.exchange.age')}>
        <Select value={age} onChange={(_event, data) => isAge(data.value) && setAge(data.value)}>
          {(['week', 'month', 'year'] as const).map((one) => (
            <option key={one} value={one}>
              {t(`budgets.exchange.ages.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
  if (!plan) {
    return (
      <div className="screen">
        <h1 className="unseen">{t('budgets.exchange.title')}</h1>
        <div className="screen-head">
          <div className="row">{parameters}</div>
        </div>
        <div className="screen-body">{found.error ? <Problem failure={failureOf(found.error)} retry={() => void found.refetch()} /> : known ? <Loading rows={12} /> : null}</div>
      </div>
    );
  }
  const title = t('budgets.exchange.title');
  const paper: Paper = {
    firm: company.data?.name ?? '',
    title,
    period: t('budgets.exchange.asAt', { day: day(plan.day) }),
    asAt: t('budgets.statements.drawn', { when: instant(found.dataUpdatedAt) }),
    filters: [t('budgets.statements.inCurrency', { currency: plan.currency })],
    columns: planColumns(plan),
    lines: planLines(plan, (row) => void go(linesPlace({ account: row.account_id, from: '', to: plan.day, basis: 'balance', only: row.party_id === null ? null : { dimension: 'party', id: row.party_id } }))),
    notes: notesOf(plan, t),
    landscape: true,
    language: language(),
    pageWords: [t('transfer.print.pageBefore'), t('transfer.print.pageBetween'), t('transfer.print.pageAfter')],
  };
  return (
    <>
      <Report
        paper={paper}
        parameters={parameters}
        remember="revaluation"
        onSave={(format) => void saveTable(title, format, { currency: plan.currency, ...planTable(plan) })}
        actions={
          may('entry', 'write') && (
            <Button appearance="primary" disabledFocusable={!possible} onClick={() => actions[0] && run(actions[0])}>
              {t('budgets.exchange.post')}
            </Button>
          )
        }
        {...(plan.problems.length === 0 && !found.error
          ? {}
          : {
              chart: (
                <div className={styles.bars}>
                  {found.error && <Problem failure={failureOf(found.error)} />}
                  {plan.problems.slice(0, 5).map((problem) => (
                    <MessageBar key={problem} intent="warning" layout="multiline">
                      <MessageBarBody>{problem}</MessageBarBody>
                    </MessageBar>
                  ))}
                </div>
              ),
            })}
        more={<Runs currency={plan.currency} />}
      />
      {posting && <PostDialog plan={plan} maxAge={ages[age]} close={() => setPosting(false)} />}
    </>
  );
}

/** What the reader of the paper must know beside its figures. */
function notesOf(plan: RevaluationPlan, t: ReturnType<typeof useT>): string[] {
  const called = (account: RevaluationPlan['gain_account']): string => (account ? `${account.subtitle} ${account.title}`.trim() : t('budgets.exchange.nowhere'));
  return [
    ...(plan.rows.length === 0 ? [t('budgets.exchange.none')] : plan.gain + plan.loss === 0 && plan.problems.length === 0 ? [t('budgets.exchange.even')] : [t('budgets.exchange.goes', { gain: called(plan.gain_account), loss: called(plan.loss_account) })]),
    ...(plan.count > plan.rows.length ? [t('budgets.exchange.some', { shown: number(plan.rows.length), count: number(plan.count) })] : []),
    ...plan.left.slice(0, 20).map((row) => t('budgets.exchange.left', { account: `${row.number} ${row.account}`.trim(), quantity: foreign(row.quantity, row.digits), currency: row.currency, why: t(`budgets.exchange.why.${row.why}`, { currency: row.currency }) })),
    ...(plan.later > 0 ? [t('budgets.exchange.later', { count: plan.later, n: number(plan.later) })] : []),
  ];
}
