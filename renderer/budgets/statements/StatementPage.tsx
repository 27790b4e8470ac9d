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
import { type Calendar, type Choice, chosenDays, columnsFor, isChoice, type Kind } from './choice.ts';
import { endName, nameOf } from './days.ts';
import { Explain } from './Explain.tsx';
import { type AnyStatement, daysBehind, type Figure, figureOf, paperColumns, paperLines, savedTable } from './paper.ts';
import { Parameters } from './Parameters.tsx';
import { linesPlace } from './place.ts';
import { saveTable } from './save.ts';
import { StatementChart } from './StatementChart.tsx';
import { builtIn, choiceKey, inputFor, isFiltered, startOf, type Subject } from './subject.ts';
import { useCalendar } from './useCalendar.ts';
import { writing } from './writing.ts';

/** One of the four statements: parameters, the paper, its chart, and beside it how a figure comes about. */
export function StatementPage({ kind }: { readonly kind: Kind }) {
  return <SubjectPage subject={useMemo(() => builtIn(kind), [kind])} />;
}

/** Any statement on a page. */
export function SubjectPage({ subject, beside }: { readonly subject: Subject; readonly beside?: ReactNode }) {
  const [choice, setChoice] = usePreference<Choice>(choiceKey(subject), startOf(subject), isChoice);
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
  const asked = useMemo(() => columnsFor(choice, calendar, locale(), ends), [choice, calendar, ends]);
  const filtered = isFiltered(subject, choice);
  const input = inputFor(subject, choice, asked);
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
