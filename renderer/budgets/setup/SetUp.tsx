import { Button } from '@fluentui/react-components';
import { ArrowImport20Regular, BookNumber20Regular, CalendarLtr20Regular, type FluentIcon, Scales20Regular, ShieldCheckmark20Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import type { BooksState, ChartPackInfo } from '#contract/budgets/books.ts';
import { addDays, addMonths } from '#contract/kit/day.ts';
import { codeName, day, number } from '../../parts/format.ts';
import { Answer, failureOf, Problem } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { Screen } from '../../parts/Screen.tsx';
import { useCall, useDo } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { useCan } from '../../state/session.ts';
import { go, type Place, placeOf, tell } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { type Begun, BooksChoice, countsOf, isWhole, proposed } from './BooksChoice.tsx';

const pageOf = (area: string): Place => ({ module: 'budgets', area });

/** How the books begin; afterwards, how they were begun and what comes next. */
export function SetUp() {
  const state = useCall('books.get', {});
  const charts = useCall('books.charts', {});
  return (
    <Answer of={state}>{(now) => <Answer of={charts}>{(known) => (now.chart === '' && now.accounts === 0 ? <Begin charts={known} /> : <Standing state={now} charts={known} />)}</Answer>}</Answer>
  );
}

function Begin({ charts }: { readonly charts: readonly ChartPackInfo[] }) {
  const t = useT();
  const can = useCan();
  const currency = useCompanyCurrency();
  const country = useCall('company.get', {}).data?.country ?? '';
  const setUp = useDo('books.set_up');
  const [chosen, setChosen] = useState<Begun | null>(null);
  const value = chosen ?? proposed(charts, country);
  const chart = charts.find((one) => one.code === value.chart);
  const whole = isWhole(value) && chart !== undefined;
  const begin = (): void => setUp.mutate(value, { onSuccess: (state) => tell(t('budgets.setup.done', { n: number(state.accounts) })) });
  if (!can('account', 'approve')) {
    return (
      <Screen title={t('budgets.setup.begin')}>
        <p>{t('budgets.setup.may_not')}</p>
      </Screen>
    );
  }
  return (
    <Screen
      title={t('budgets.setup.begin')}
      text={t('budgets.setup.begin_text')}
      actions={
        <Button appearance="primary" disabledFocusable={!whole || setUp.isPending} onClick={() => whole && !setUp.isPending && begin()}>
          {t('budgets.setup.do')}
        </Button>
      }
    >
      {setUp.error && <Problem failure={failureOf(setUp.error)} />}
      {whole && (
        <p>
          {t('budgets.setup.what', { ...countsOf(t, chart), from: day(value.year_start), to: day(addDays(addMonths(value.year_start, 12), -1)) })} {t('budgets.setup.currency_text', { currency: codeName('currency', currency) })}
        </p>
      )}
      <BooksChoice charts={charts} value={value} change={setChosen} from="books" />
      {can('entry', 'approve') && (
        <section aria-label={t('budgets.setup.or_import')}>
          <h2 className="h3 section-line">{t('budgets.setup.or_import')}</h2>
          <p className="quiet">{t('budgets.setup.or_import_text')}</p>
          <div>
            <Button icon={<ArrowImport20Regular />} onClick={() => void go(pageOf('ledgers'))}>
              {t('budgets.ledger.import')}
            </Button>
          </div>
        </section>
      )}
    </Screen>
  );
}

function Standing({ state, charts }: { readonly state: BooksState; readonly charts: readonly ChartPackInfo[] }) {
  const t = useT();
  const can = useCan();
  const currency = useCompanyCurrency();
  const chart = charts.find((one) => one.code === state.chart);
  const pattern = entityOf('fiscal_year').fields['pattern']?.options?.find((one) => one.value === state.pattern);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('budgets.setup.chart'), chart ? words(chart.name) : t('budgets.setup.imported')],
    ...(state.year_start === '' ? [] : [[t('budgets.setup.year_start'), day(state.year_start)] as const]),
    ...(pattern ? [[t('budgets.setup.pattern'), words(pattern.label)] as const] : []),
    [t('budgets.setup.currency'), `${codeName('currency', currency)} (${currency})`],
    [t('budgets.setup.to_accounts'), number(state.accounts)],
    [t('budgets.setup.taxes'), number(state.tax_codes)],
    [t('budgets.setup.entries'), state.entries === 0 ? t('budgets.setup.none') : number(state.entries)],
    ...(state.drafts === 0 ? [] : [[t('budgets.setup.drafts'), number(state.drafts)] as const]),
    ...(state.entries === 0 ? [] : [[t('budgets.setup.span'), `${day(state.first_day)} – ${day(state.last_day)}`] as const]),
  ];
  return (
    <Screen title={t('budgets.setup.title')} text={t('budgets.setup.text')}>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {chart && (
        <div className="stack-tight small quiet breaks" style={{ maxWidth: '110ch' }}>
          <p>{t('budgets.setup.source', { source: words(chart.source), date: day(chart.date) })}</p>
          <p>{t('budgets.setup.note', { note: words(chart.note) })}</p>
        </div>
      )}
      <section aria-label={t('budgets.setup.next')}>
        <h2 className="h3 section-line">{t('budgets.setup.next')}</h2>
        <div className="next-parts">
          {can('entry', 'read') && <Way icon={Scales20Regular} label={t('budgets.setup.to_opening')} text={t('budgets.setup.to_opening_text')} place={pageOf('opening')} />}
          {can('account', 'read') && <Way icon={BookNumber20Regular} label={t('budgets.setup.to_accounts')} text={t('budgets.setup.to_accounts_text')} place={placeOf('account')} />}
          {can('period', 'read') && <Way icon={CalendarLtr20Regular} label={t('budgets.setup.to_years')} text={t('budgets.setup.to_years_text')} place={placeOf('fiscal_year')} />}
          {can('entry', 'read') && <Way icon={ArrowImport20Regular} label={t('budgets.setup.to_ledger')} text={t('budgets.setup.to_ledger_text')} place={pageOf('ledgers')} />}
          {can('report', 'read') && <Way icon={ShieldCheckmark20Regular} label={t('budgets.setup.to_check')} text={t('budgets.setup.to_check_text')} place={pageOf('ledger_check')} />}
        </div>
      </section>
    </Screen>
  );
}

function Way({ icon: Icon, label, text, place }: { readonly icon: FluentIcon; readonly label: string; readonly text: string; readonly place: Place }) {
  return (
    <div className="stack-tight">
      <div>
        <Button icon={<Icon />} onClick={() => void go(place)}>
          {label}
        </Button>
      </div>
      <p className="quiet">{text}</p>
    </div>
  );
}
