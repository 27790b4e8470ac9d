import { Button, ToggleButton, Tooltip } from '@fluentui/react-components';
import { BranchFork16Regular, ChartMultiple16Regular } from '@fluentui/react-icons';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
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
import { type AnyStatement, daysBehind, type Figure, figureOf, paperColumns, paperLines, savedTable } from './paper.ts';
import { Parameters } from './Parameters.tsx';
import { linesPlace } from './place.ts';
import { saveTable } from './save.ts';
import { type Drawn, drawn, StatementChart } from './StatementChart.tsx';
import { useCalendar } from './useCalendar.ts';
import { writing } from './writing.ts';

/** What is shown on the page of a statement: a call of the office, and what its choices and its chart are. */
export interface Subject {
  /** Under this name its choices are remembered. */
  readonly name: string;
  readonly call: 'report.trial_statement' | 'report.balance_sheet' | 'report.profit_and_loss' | 'report.cash_flow' | 'report.design';
  /** What is asked beside the columns. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Its columns stand at the end of their days, and the paper does. */
  readonly ends: boolean;
  readonly asOf: boolean;
  readonly dimensions: boolean;
  readonly method: boolean;
  readonly drawn: Drawn;
  /** Beside what is being designed: the period is all there is to choose. */
  readonly preview?: boolean;
  /** Hears what came. */
  readonly told?: (statement: AnyStatement) => void;
}

/** The statements that are built in. */
const builtIn = (kind: Kind): Subject => ({
  name: kind,
  call: `report.${kind}`,
  input: {},
  ends: kind === 'trial_statement' || kind === 'balance_sheet',
  asOf: kind === 'balance_sheet',
  dimensions: kind !== 'cash_flow',
  method: kind === 'cash_flow',
  drawn: drawn[kind],
});

/** One of the four statements: parameters, the paper, its chart, and beside it how a figure comes about. */
export function StatementPage({ kind }: { readonly kind: Kind }) {
  return <SubjectPage subject={useMemo(() => builtIn(kind), [kind])} />;
}

/** Any statement on a page. */
export function SubjectPage({ subject, beside }: { readonly subject: Subject; readonly beside?: ReactNode }) {
  const [choice, setChoice] = usePreference<Choice>(`statement.${subject.name}`, subject.name === 'trial_statement' || subject.preview === true ? { ...firstChoice, compare: 'none' } : firstChoice, isChoice);
  const calendar = useCalendar();
  if (!calendar) return <Loading rows={16} />;
  return <Shown subject={subject} beside={beside} choice={choice} setChoice={setChoice} calendar={calendar} />;
}

interface Props {
  readonly subject: Subject;
  /** Stands in the right pane while no figure is explained there. */
  readonly beside: ReactNode;
  readonly choice: Choice;
  readonly setChoice: (choice: Choice) => void;
  readonly calendar: Calendar;
}

const refocus = (): void => document.querySelector<HTMLElement>('button[data-figure][tabindex="0"]')?.focus();

function Shown({ subject, beside, choice, setChoice, calendar }: Props) {
  const t = useT();
  const [explained, setExplained] = useState<Figure | null>(null);
  const { ends, told, preview = false } = subject;
  const filtered = subject.dimensions && choice.dimension !== '' && choice.dimensionId > 0;
  const asked = useMemo(() => columnsFor(choice, calendar, locale(), ends), [choice, calendar, ends]);
  const input = {
    columns: asked.columns,
    ...(choice.zero ? { zero: true } : {}),
    ...(asked.compare ? { compare: true } : {}),
    ...(asked.by && subject.dimensions ? { by: asked.by } : {}),
    ...(filtered ? { only: { dimension: choice.dimension, id: choice.dimensionId } } : {}),
    ...(subject.method ? { method: choice.indirect ? 'indirect' : 'direct' } : {}),
    ...subject.input,
  };
  const statement = useAsk<AnyStatement>(subject.call, input, { keep: true });
  const { data } = statement;
  useEffect(() => {
    if (data) told?.(data);
  }, [data, told]);
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
    const figure = row && statement.data ? figureOf(statement.data, row, at || 0) : null;
    if (figure) show(figure);
  };
  return (
    <>
      <Answer of={statement} rows={16}>
        {(found) => (
          <Sheet
            subject={subject}
            statement={found}
            at={statement.dataUpdatedAt}
            choice={choice}
            calendar={calendar}
            filtered={filtered}
            show={show}
            parameters={<Parameters choice={choice} change={setChoice} calendar={calendar} has={{ across: !preview, dimensions: subject.dimensions && !preview, zero: !preview, method: subject.method }} />}
            actions={!preview && (
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
            )}
          />
        )}
      </Answer>
      {!explained && beside}
      {explained && (
        <SidePane title={explained.row.label}>
          <Explain key={`${explained.row.key} ${explained.column.from} ${explained.column.to} ${explained.column.only?.id ?? ''}`} figure={explained} currency={statement.data?.currency ?? ''} close={close} />
        </SidePane>
      )}
    </>
  );
}

interface SheetProps {
  readonly subject: Subject;
  readonly statement: AnyStatement;
  /** When the figures were reckoned. */
  readonly at: number;
  readonly choice: Choice;
  readonly calendar: Calendar;
  readonly filtered: boolean;
  readonly show: (figure: Figure) => void;
  readonly parameters: ReactNode;
  readonly actions: ReactNode;
}

function Sheet({ subject, statement, at, choice, calendar, filtered, show, parameters, actions }: SheetProps) {
  const t = useT();
  const company = useCall('company.get', {});
  const named = useAsk<readonly Named[]>(`${choice.dimension || 'department'}.names`, { ids: [choice.dimensionId] }, { enabled: filtered });
  const entity = entities[choice.dimension];
  const say = writing(statement.currency);
  const follow = (figure: Figure): void => {
    const { source } = figure;
    const [account, more] = source?.accounts ?? [];
    if (!source || account === undefined || more !== undefined) return show(figure);
    const days = daysBehind(source.basis, figure.column);
    void go(linesPlace({ account, ...days, basis: source.basis === 'before' ? 'balance' : source.basis, only: figure.column.only }));
  };
  const days = chosenDays(choice, calendar);
  const paper: Paper = {
    firm: company.data?.name ?? '',
    title: statement.title,
    period: subject.asOf ? t('budgets.statements.asOf', { day: endName(days.to, locale()) }) : nameOf(days, [], locale()),
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
      remember={subject.name}
      {...(subject.preview === true ? { outlets: false } : { onSave: (format: 'xlsx' | 'csv') => void saveTable(statement.title, format, { currency: statement.currency, ...savedTable(statement, say) }) })}
      {...(choice.chart && subject.preview !== true ? { chart: <StatementChart subject={subject} choice={choice} to={days.to < calendar.today ? days.to : calendar.today} currency={statement.currency} /> } : {})}
    />
  );
}
