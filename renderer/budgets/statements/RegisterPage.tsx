import { Button, makeStyles } from '@fluentui/react-components';
import { ArrowLeft16Regular, BookNumber20Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
import { ref } from '#contract/kit/field.ts';
import { w } from '#contract/kit/words.ts';
import { type Action, useActions } from '../../commands.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { RefEditor } from '../../parts/fields/RefEditor.tsx';
import { day, instant, number } from '../../parts/format.ts';
import { Loading } from '../../parts/Loading.tsx';
import { failureOf, Problem } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import type { Paper } from '../../parts/report/paper.ts';
import { Report } from '../../parts/report/Report.tsx';
import { useAsk, useCall } from '../../query.ts';
import { usePreference } from '../../state/preference.ts';
import { back, go, placeOf, tellWrong, useUi } from '../../state/ui.ts';
import { language, locale, useT, words } from '../../t.ts';
import { type Calendar, type Choice, chosenDays, firstChoice } from './choice.ts';
import { daysOf, nameOf, presets } from './days.ts';
import { Parameters } from './Parameters.tsx';
import { type Lines, linesAt, linesPlace } from './place.ts';
import { registerColumns, registerLines, registerTable } from './registerPaper.ts';
import { saveTable } from './save.ts';
import { useCalendar } from './useCalendar.ts';
import { allLines, useLines } from './useLines.ts';
import { writing } from './writing.ts';

const useStyles = makeStyles({
  account: { width: '280px' },
  more: { display: 'flex', justifyContent: 'center', padding: '16px 0 0' },
  empty: { padding: '24px 0' },
});

/** Most lines that go into a file. */
const mostSaved = 50_000;
const isAccount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);
const toAccount = ref(w('Account', 'Konto'), 'account');

/** The register of one account: its lines within some days, with the balance after each. */
export function RegisterPage() {
  const calendar = useCalendar();
  return calendar ? <Shown calendar={calendar} /> : <Loading rows={16} />;
}

/** The choice that these days are: a preset or a year where they are one. */
function choiceOf(lines: Lines, calendar: Calendar): Choice {
  const same = (one: { readonly from: string; readonly to: string }): boolean => one.from === lines.from && one.to === lines.to;
  const preset = presets.find((one) => same(daysOf(one, calendar.today, calendar.years)));
  const year = calendar.years.find((one) => one.start_day === lines.from && one.end_day === lines.to);
  const period = calendar.periods.find((one) => one.start_day === lines.from && one.end_day === lines.to);
  const name = preset ?? (year ? `year:${year.id}` : period ? `period:${period.id}` : 'any');
  return { ...firstChoice, period: name, from: lines.from, to: lines.to, dimension: lines.only?.dimension ?? '', dimensionId: lines.only?.id ?? 0 };
}

function Shown({ calendar }: { readonly calendar: Calendar }) {
  const styles = useStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const company = useCall('company.get', {});
  const view = useUi((ui) => ui.place.view);
  const past = useUi((ui) => ui.past.length > 0);
  const [last, setLast] = usePreference('statement.ledger', 0, isAccount);
  const year = daysOf('year', calendar.today, calendar.years);
  const lines: Lines | null = linesAt(view) ?? (last > 0 ? { account: last, ...year, basis: 'balance', only: null } : null);
  const found = useLines(lines);
  const only = lines?.only ?? null;
  const named = useAsk<readonly Named[]>(`${only?.dimension ?? 'department'}.names`, { ids: [only?.id ?? 0] }, { enabled: only !== null && only.id > 0 });
  const change = (next: Lines): void => {
    setLast(next.account);
    void go(linesPlace(next), { replace: true });
  };
  const actions = useMemo((): readonly Action[] => [{ id: 'ledger.back', label: 'budgets.statements.register.back', icon: ArrowLeft16Regular, keys: ['Escape'], quiet: true, group: 'record', when: () => past, run: back }], [past]);
  useActions(actions);

  const parameters = (
    <>
      {past && linesAt(view) && <Button icon={<ArrowLeft16Regular />} aria-label={t('budgets.statements.register.back')} onClick={() => void back()} />}
      <div className={styles.account}>
        <RefEditor
          key={lines?.account ?? 0}
          field={toAccount}
          value={lines?.account ?? null}
          change={(id) => typeof id === 'number' && change({ account: id, from: lines?.from ?? year.from, to: lines?.to ?? year.to, basis: 'balance', only: lines?.only ?? null })}
          tell={() => undefined}
          label={t('budgets.statements.register.choose')}
          placeholder={t('budgets.statements.register.choose')}
          currency={currency}
          autoFocus={lines === null}
        />
      </div>
      {lines && (
        <Parameters
          choice={choiceOf(lines, calendar)}
          change={(choice) => change({ ...lines, ...chosenDays(choice, calendar), only: choice.dimension === '' ? null : { dimension: choice.dimension, id: choice.dimensionId } })}
          calendar={calendar}
          has={{ across: false, dimensions: true, zero: false, method: false }}
        />
      )}
    </>
  );
  const [first] = found.data?.pages ?? [];
  if (!lines || !first) {
    return (
      <div className="screen">
        <h1 className="unseen">{t('budgets.statements.register.title')}</h1>
        <div className="screen-head">
          <div className="row">{parameters}</div>
        </div>
        <div className="screen-body">
          {found.error ? <Problem failure={failureOf(found.error)} retry={() => void found.refetch()} /> : lines ? <Loading rows={12} /> : <EmptyState icon={BookNumber20Regular} title={t('budgets.statements.register.start')} text={t('budgets.statements.register.startText')} />}
        </div>
      </div>
    );
  }
  const say = writing(currency);
  const heads = {
    date: t('budgets.statements.register.date'),
    entry: t('budgets.statements.register.entry'),
    narration: t('budgets.statements.register.narration'),
    reference: t('budgets.statements.register.reference'),
    debit: t('budgets.statements.register.debit'),
    credit: t('budgets.statements.register.credit'),
    balance: t('budgets.statements.register.balance'),
    opening: t('budgets.statements.register.opening'),
    closing: t('budgets.statements.register.closing'),
  };
  const rows = (found.data?.pages ?? []).flatMap((page) => page.rows);
  const whole = !found.hasNextPage;
  const title = [first.number, first.account].filter((part) => part !== '').join(' ');
  const entity = only ? entities[only.dimension] : undefined;
  const basis = lines.basis !== 'balance' && lines.basis !== 'before' ? [t(`budgets.statements.register.basis.${lines.basis}`)] : [];
  const paper: Paper = {
    firm: company.data?.name ?? '',
    title,
    ...(lines.from === '' || lines.to === '' ? (lines.to === '' ? {} : { period: t('budgets.statements.asOf', { day: day(lines.to) }) }) : { period: nameOf(lines, [], locale()) }),
    asAt: t('budgets.statements.drawn', { when: instant(found.dataUpdatedAt) }),
    filters: [t('budgets.statements.inCurrency', { currency }), ...basis, ...(entity ? [`${words(entity.label)}: ${named.data?.[0]?.title ?? t('common.none')}`] : [])],
    columns: registerColumns(heads),
    lines: registerLines(first, rows, whole, heads, { day, amount: say.amount }, (id) => void go(placeOf('entry', id))),
    notes: rows.length === 0 ? [t('budgets.statements.nothing')] : [whole ? t('budgets.statements.register.lines', { count: rows.length, n: number(rows.length) }) : t('budgets.statements.register.some', { n: number(rows.length) })],
    language: language(),
    pageWords: [t('transfer.print.pageBefore'), t('transfer.print.pageBetween'), t('transfer.print.pageAfter')],
  };
  const save = (format: 'xlsx' | 'csv'): void => {
    allLines(lines, mostSaved)
      .then((all) => saveTable(title, format, { currency, ...registerTable(all.rows, heads) }))
      .catch((thrown: unknown) => tellWrong(failureOf(thrown).message));
  };
  return (
    <Report
      key={`${lines.account} ${lines.from} ${lines.to} ${lines.basis}`}
      paper={paper}
      parameters={parameters}
      remember={`ledger ${lines.account}`}
      onSave={save}
      {...(whole
        ? {}
        : {
            more: (
              <div className={styles.more}>
                <Button disabledFocusable={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                  {t('budgets.statements.register.further')}
                </Button>
              </div>
            ),
          })}
    />
  );
}
