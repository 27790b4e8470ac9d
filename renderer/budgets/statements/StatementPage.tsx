import { Button, ToggleButton, Tooltip } from '@fluentui/react-components';
import { BranchFork16Regular, ChartMultiple16Regular } from '@fluentui/react-icons';
import { useCallback, useMemo, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
import type { Statement } from '#contract/budgets/report.ts';
import { type Action, useActions } from '../../commands.ts';
import { SidePane } from '../../frame/SidePane.tsx';
import { instant } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import type { Paper } from '../../parts/report/paper.ts';
import { Report } from '../../parts/report/Report.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useAsk, useCall } from '../../query.ts';
import { usePreference } from '../../state/preference.ts';
import { go, togglePane, useUi } from '../../state/ui.ts';
import { language, locale, useT, words } from '../../t.ts';
import { type Calendar, type Choice, chosenDays, columnsFor, firstChoice, isChoice, type Kind } from './choice.ts';
import { endName, nameOf } from './days.ts';
import { Explain } from './Explain.tsx';
import { daysBehind, type Figure, figureOf, paperColumns, paperLines, savedTable } from './paper.ts';
import { Parameters } from './Parameters.tsx';
import { linesPlace } from './place.ts';
import { saveTable } from './save.ts';
import { StatementChart } from './StatementChart.tsx';
import { useCalendar } from './useCalendar.ts';
import { writing } from './writing.ts';

/** Statements that stand at the end of their days. */
const atEnd: readonly Kind[] = ['trial_statement', 'balance_sheet'];

/** One of the four statements: parameters, the paper, its chart, and beside it how a figure comes about. */
export function StatementPage({ kind }: { readonly kind: Kind }) {
  const [choice, setChoice] = usePreference<Choice>(`statement.${kind}`, kind === 'trial_statement' ? { ...firstChoice, compare: 'none' } : firstChoice, isChoice);
  const calendar = useCalendar();
  if (!calendar) return <Loading rows={16} />;
  return <Shown kind={kind} choice={choice} setChoice={setChoice} calendar={calendar} />;
}

interface Props {
  readonly kind: Kind;
  readonly choice: Choice;
  readonly setChoice: (choice: Choice) => void;
  readonly calendar: Calendar;
}

const refocus = (): void => document.querySelector<HTMLElement>('button[data-figure][tabindex="0"]')?.focus();

function Shown({ kind, choice, setChoice, calendar }: Props) {
  const t = useT();
  const [explained, setExplained] = useState<Figure | null>(null);
  const cash = kind === 'cash_flow';
  const ends = atEnd.includes(kind);
  const filtered = !cash && choice.dimension !== '' && choice.dimensionId > 0;
  const asked = useMemo(() => columnsFor(choice, calendar, locale(), ends), [choice, calendar, ends]);
  const input = {
    columns: asked.columns,
    ...(choice.zero ? { zero: true } : {}),
    ...(asked.compare ? { compare: true } : {}),
    ...(asked.by && !cash ? { by: asked.by } : {}),
    ...(filtered ? { only: { dimension: choice.dimension, id: choice.dimensionId } } : {}),
    ...(cash ? { method: choice.indirect ? 'indirect' : 'direct' } : {}),
  };
  const statement = useAsk<Statement>(`report.${kind}`, input, { keep: true });
  const show = useCallback((figure: Figure): void => {
    setExplained(figure);
    if (!useUi.getState().pane) togglePane();
  }, []);
  const close = useCallback((): void => {
    setExplained(null);
    refocus();
  }, []);
  const actions = useMemo((): readonly Action[] => [{ id: 'statement.close', label: 'budgets.statements.close', keys: ['Escape'], quiet: true, group: 'record', when: () => explained !== null, run: close }], [explained, close]);
  useActions(actions);
  const explainFocused = (): void => {
    const [key, column] = (document.querySelector<HTMLElement>('button[data-figure][tabindex="0"]')?.dataset['figure'] ?? '').split('/');
    const at = Number(column?.slice(1));
    const row = statement.data?.rows.find((one) => one.key === key);
    const of = statement.data?.columns[at];
    const figure = row && of ? figureOf(row, of, row.values[at] ?? 0) : null;
    if (figure) show(figure);
  };
  return (
    <>
      <Answer of={statement} rows={16}>
        {(found) => (
          <Sheet
            kind={kind}
            statement={found}
            at={statement.dataUpdatedAt}
            choice={choice}
            calendar={calendar}
            filtered={filtered}
            show={show}
            parameters={<Parameters choice={choice} change={setChoice} calendar={calendar} has={{ across: true, dimensions: !cash, zero: true, method: cash }} />}
            actions={
              <>
                <Tooltip relationship="label" content={t('budgets.statements.chart')}>
                  <ToggleButton style={{ minHeight: 28 }} icon={<ChartMultiple16Regular />} checked={choice.chart} onClick={() => setChoice({ ...choice, chart: !choice.chart })} />
                </Tooltip>
                <Tooltip relationship="description" content={t('budgets.statements.explainAbout')}>
                  <Button icon={<BranchFork16Regular />} onClick={explainFocused}>
                    {t('budgets.statements.explain')}
                  </Button>
                </Tooltip>
              </>
            }
          />
        )}
      </Answer>
      {explained && (
        <SidePane title={explained.row.label}>
          <Explain key={`${explained.row.key} ${explained.column.from} ${explained.column.to} ${explained.column.only?.id ?? ''}`} figure={explained} currency={statement.data?.currency ?? ''} close={close} />
        </SidePane>
      )}
    </>
  );
}

interface SheetProps {
  readonly kind: Kind;
  readonly statement: Statement;
  /** When the figures were reckoned. */
  readonly at: number;
  readonly choice: Choice;
  readonly calendar: Calendar;
  readonly filtered: boolean;
  readonly show: (figure: Figure) => void;
  readonly parameters: React.ReactNode;
  readonly actions: React.ReactNode;
}

function Sheet({ kind, statement, at, choice, calendar, filtered, show, parameters, actions }: SheetProps) {
  const t = useT();
  const company = useCall('company.get', {});
  const named = useAsk<readonly Named[]>(`${choice.dimension || 'department'}.names`, { ids: [choice.dimensionId] }, { enabled: filtered });
  const entity = entities[choice.dimension];
  const say = writing(statement.currency);
  const follow = (figure: Figure): void => {
    const [account, more] = figure.source.accounts;
    if (account === undefined || more !== undefined) return show(figure);
    const days = daysBehind(figure.source.basis, figure.column);
    void go(linesPlace({ account, ...days, basis: figure.source.basis === 'before' ? 'balance' : figure.source.basis, only: figure.column.only }));
  };
  const days = chosenDays(choice, calendar);
  const paper: Paper = {
    firm: company.data?.name ?? '',
    title: statement.title,
    period: kind === 'balance_sheet' ? t('budgets.statements.asOf', { day: endName(days.to, locale()) }) : nameOf(days, [], locale()),
    asAt: t('budgets.statements.drawn', { when: instant(at) }),
    filters: [t('budgets.statements.inCurrency', { currency: statement.currency }), ...(filtered && entity && named.data?.[0] ? [`${words(entity.label)}: ${named.data[0].title}`] : [])],
    columns: paperColumns(statement, say),
    lines: paperLines(statement, say, follow, show),
    notes: statement.rows.some((row) => row.values.some((value) => value !== 0)) ? statement.notes : [t('budgets.statements.nothing'), ...statement.notes],
    landscape: statement.columns.length > 4,
    language: language(),
    pageWords: [t('transfer.print.pageBefore'), t('transfer.print.pageBetween'), t('transfer.print.pageAfter')],
  };
  return (
    <Report
      paper={paper}
      parameters={parameters}
      actions={actions}
      remember={kind}
      onSave={(format) => void saveTable(statement.title, format, { currency: statement.currency, ...savedTable(statement, say) })}
      {...(choice.chart ? { chart: <StatementChart kind={kind} choice={choice} to={days.to < calendar.today ? days.to : calendar.today} currency={statement.currency} /> } : {})}
    />
  );
}
