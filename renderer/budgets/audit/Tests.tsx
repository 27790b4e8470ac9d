import { Button } from '@fluentui/react-components';
import { ArrowLeft16Regular, Play16Filled } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { auditTests, type TestKey } from '#contract/budgets/auditTest.ts';
import type { TestState } from '#contract/budgets/engagement.ts';
import type { Fields } from '#contract/kit/entity.ts';
import { type Action, run, useActions } from '../../commands.ts';
import { show } from '../../parts/fields/show.ts';
import { day, instant, number } from '../../parts/format.ts';
import { useListState } from '../../parts/list/state.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useCompanyCurrency, useRights } from '../../parts/record/rights.ts';
import type { PaperLine } from '../../parts/report/paper.ts';
import { Report } from '../../parts/report/Report.tsx';
import { useCall } from '../../query.ts';
import { t as say, useT, words } from '../../t.ts';
import { saveTable } from '../statements/save.ts';
import { writing } from '../statements/writing.ts';
import { Items } from './Items.tsx';
import type { AuditFacts } from './kinds.ts';
import { paperOf } from './paper.ts';
import { RunDialog } from './RunDialog.tsx';

/** Parameters in words: "Multiples of 1,000.00". */
function paramWords(key: TestKey, params: Readonly<Record<string, unknown>> | null, currency: string): string {
  const fields: Fields = auditTests[key].fields;
  return Object.entries(fields)
    .map(([name, field]) => [words(field.label), show(field, (params ?? auditTests[key].usual as Readonly<Record<string, unknown>>)[name], {}, () => undefined, currency)] as const)
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}: ${value}`)
    .join('; ');
}

/** Up to where the tests have read, once for all that have read the same state. */
function readWords(states: readonly TestState[]): readonly string[] {
  const read = Map.groupBy(states.filter((one) => (one.read?.entry ?? '') !== ''), (one) => one.read!.row);
  return [...read.values()].map((alike) => say(read.size === 1 ? 'budgets.audit.tests.read' : 'budgets.audit.tests.readSome', { tests: alike.map((one) => words(auditTests[one.test].label)).join(', '), entry: alike[0]!.read!.entry, row: number(alike[0]!.read!.row) }));
}

/** All tests of an audit and how they stand; the hits of each open in place. */
export function Tests({ audit }: { readonly audit: AuditFacts }) {
  const t = useT();
  const { may } = useRights();
  const [running, setRunning] = useState(false);
  const [shown, setShown] = useState<TestKey | null>(null);
  const [, change] = useListState(`audit_item engagement_id ${audit.id}`);
  const found = useCall('engagement.tests', { id: audit.id });
  const writable = may('engagement', 'write') && !audit.concluded;
  const action = useMemo<Action>(() => ({ id: 'audit.run', label: 'budgets.audit.tests.run', icon: Play16Filled, keys: ['$mod+Enter'], group: 'record', when: () => writable, run: () => setRunning(true) }), [writable]);
  const leave = useMemo<Action>(() => ({ id: 'audit.tests', label: 'budgets.audit.tests.back', icon: ArrowLeft16Regular, keys: ['Escape'], quiet: true, group: 'record', run: () => setShown(null) }), []);
  useActions(useMemo(() => (shown === null ? [action] : [leave]), [shown, action, leave]));
  const open = (test: TestKey, only: 'all' | 'fresh' | 'open' | 'exception'): void => {
    const state = only === 'open' || only === 'exception' ? [{ field: 'state', is: 'equals' as const, value: only }] : [];
    change({ text: '', view: '', filters: [{ field: 'test', is: 'equals', value: test }, ...state, ...(only === 'fresh' ? [{ field: 'fresh', is: 'equals' as const, value: true }] : [])] });
    setShown(test);
  };
  if (shown !== null) {
    return (
      <Items
        audit={audit}
        extra={
          <Button icon={<ArrowLeft16Regular />} onClick={() => setShown(null)}>
            {t('budgets.audit.tests.back')}
          </Button>
        }
      />
    );
  }
  return (
    <>
      <Answer of={found} rows={12}>
        {(states) => <Table audit={audit} states={states} at={found.dataUpdatedAt} open={open} {...(writable ? { run: () => run(action) } : {})} />}
      </Answer>
      {running && <RunDialog audit={audit} states={found.data ?? []} close={() => setRunning(false)} />}
    </>
  );
}

interface TableProps {
  readonly audit: AuditFacts;
  readonly states: readonly TestState[];
  readonly at: number;
  readonly open: (test: TestKey, only: 'all' | 'fresh' | 'open' | 'exception') => void;
  readonly run?: () => void;
}

function Table({ audit, states, at, open, run: begin }: TableProps) {
  const t = useT();
  const currency = useCompanyCurrency();
  const company = useCall('company.get', {});
  const writes = writing(currency);
  const heads = [t('budgets.audit.tests.test'), t('budgets.audit.tests.hits'), t('budgets.audit.tests.amount'), t('budgets.audit.tests.fresh'), t('budgets.audit.tests.open'), t('budgets.audit.tests.exceptions'), t('budgets.audit.tests.at'), t('budgets.audit.tests.params')] as const;
  const count = (one: TestState, value: number): string => (one.at === null ? '' : value === 0 ? '–' : number(value));
  const ran = (one: TestState): string => (one.at === null ? t('budgets.audit.tests.never') : `${instant(one.at)} ${one.by}`);
  // Tests mostly run all at once: then that is said above and takes no column.
  const together = new Set(states.map(ran)).size === 1 && states[0] !== undefined ? ran(states[0]) : null;
  const lines = states.map((one): PaperLine => {
    const opens: Record<string, () => void> = {};
    if (one.kept > 0) opens['hits'] = () => open(one.test, 'all');
    if (one.fresh > 0) opens['fresh'] = () => open(one.test, 'fresh');
    if (one.open > 0) opens['open'] = () => open(one.test, 'open');
    if (one.exceptions > 0) opens['exceptions'] = () => open(one.test, 'exception');
    return {
      key: one.test,
      kind: 'line',
      cells: [words(auditTests[one.test].label), count(one, one.hits), one.at === null ? '' : writes.amount(one.amount), count(one, one.fresh), count(one, one.open), count(one, one.exceptions), ...(together === null ? [ran(one)] : []), paramWords(one.test, one.params, currency)],
      opens,
    };
  });
  const cut = states.filter((one) => one.hits > one.kept && one.kept >= 10_000).map((one) => t('budgets.audit.tests.cut', { test: words(auditTests[one.test].label), n: number(one.kept), hits: number(one.hits) }));
  const looked = Math.max(0, ...states.map((one) => one.entries));
  const paper = paperOf(company.data?.name ?? '', at, {
    title: `${t('budgets.audit.tests.title')}: ${audit.name}`,
    period: `${day(audit.from)} – ${day(audit.until)}`,
    filters: [t('budgets.statements.inCurrency', { currency }), ...(together === null ? [] : [`${heads[6]}: ${together}`])],
    columns: [
      { key: 'test', label: heads[0], share: 24, least: 12.5 },
      { key: 'hits', label: heads[1], share: 6, align: 'end' },
      { key: 'amount', label: heads[2], share: 13, least: 11, align: 'end' },
      { key: 'fresh', label: heads[3], share: 5, align: 'end' },
      { key: 'open', label: heads[4], share: 7, align: 'end' },
      { key: 'exceptions', label: heads[5], share: 11, least: 10, align: 'end' },
      ...(together === null ? [{ key: 'at', label: heads[6], share: 17, least: 12 }] : []),
      { key: 'params', label: heads[7], share: 34 },
    ],
    lines,
    notes: [...(looked === 0 ? [t('budgets.audit.tests.none')] : [t('budgets.audit.tests.seen', { count: looked, n: number(looked) }), ...readWords(states)]), ...cut],
    landscape: true,
  });
  const save = (format: 'xlsx' | 'csv'): void =>
    void saveTable(paper.title, format, {
      currency,
      columns: heads.map((title, place) => ({ title, kind: place === 2 ? ('money' as const) : ('text' as const) })),
      rows: states.map((one) => [words(auditTests[one.test].label), one.hits, one.amount, one.fresh, one.open, one.exceptions, ran(one), paramWords(one.test, one.params, currency)]),
    });
  return (
    <Report
      paper={paper}
      remember={`audit tests ${audit.id}`}
      onSave={save}
      actions={
        begin && (
          <Button appearance="primary" icon={<Play16Filled />} onClick={begin}>
            {t('budgets.audit.tests.run')}
          </Button>
        )
      }
    />
  );
}
