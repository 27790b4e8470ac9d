import { Badge, makeStyles, MessageBar, MessageBarBody, Tab, TabList, tokens } from '@fluentui/react-components';
import { Archive16Regular, Copy20Regular } from '@fluentui/react-icons';
import { useEffect, useId, useMemo, useState } from 'react';
import type { Starter } from '#contract/budgets/design.ts';
import { type Action, possible, useActions } from '../../commands.ts';
import { SidePane } from '../../frame/SidePane.tsx';
import { office } from '../../office.ts';
import { ConflictDialog } from '../../parts/form/ConflictDialog.tsx';
import { ErrorSummary } from '../../parts/form/ErrorSummary.tsx';
import { FormBody } from '../../parts/form/FormBody.tsx';
import { type RecordForm, useRecordForm } from '../../parts/form/useRecordForm.ts';
import { Loading } from '../../parts/Loading.tsx';
import { failureOf, NoPermission, Problem } from '../../parts/Problem.tsx';
import { LeaveDialog } from '../../parts/record/Leave.tsx';
import { RecordHead } from '../../parts/record/RecordHead.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { useRecordActions } from '../../parts/record/useRecordActions.ts';
import { refresh } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordSide } from '../../records/RecordScreen.tsx';
import type { RecordProps } from '../../records/screen.ts';
import { go, opened, placeOf, tell, tellWrong, useUi } from '../../state/ui.ts';
import { t as said, useT } from '../../t.ts';
import { SubjectPage } from '../statements/StatementPage.tsx';
import { Designer } from './Designer.tsx';
import { holdWhileSaving } from './kept.ts';
import { keptRows } from './model.ts';
import { Starters } from './Starters.tsx';
import { subjectOf } from './subject.ts';

const entity = entityOf('statement_design');

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flex: '1 1 0', height: '100%', minHeight: 0, minWidth: 0 },
  tabs: { flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, padding: '0 8px' },
  work: { flex: '1 1 0', minHeight: 0, minWidth: 0, display: 'flex', flexDirection: 'column' },
  head: { padding: '0 16px 8px', flexShrink: 0, '& [data-form] > div': { gridTemplateColumns: '2fr 3fr 2fr', maxWidth: 'none' } },
  shown: { flex: '1 1 0', minHeight: 0 },
});

/** One own statement: as it comes out, and as it is designed. */
export function DesignRecord({ id }: RecordProps) {
  const { may } = useRights();
  return may(entity.area, id === 0 ? 'write' : 'read') ? <DesignPage key={id} id={id} /> : <NoPermission />;
}

const textAt = (value: unknown): string => (typeof value === 'string' ? value : '');

function DesignPage({ id }: { readonly id: number }) {
  const styles = useStyles();
  const t = useT();
  const idBase = useId();
  const { writes } = useRights();
  const plain = useRecordForm(entity, id);
  const form: RecordForm = {
    ...plain,
    save: async () => {
      holdWhileSaving(id, id > 0);
      const saved = await plain.save();
      if (saved === null) holdWhileSaving(id, false);
      return saved;
    },
  };
  const [tab, setTab] = useState<'statement' | 'design'>(id === 0 ? 'design' : 'statement');
  const [started, setStarted] = useState(id > 0 || form.dirty);
  const beside = useUi((ui) => ui.beside !== null);
  const { row } = form;
  const title = textAt(form.values['name']).trim() || t('budgets.design.fresh');
  const writable = writes(entity) && row?.archived !== true;
  const actions = useRecordActions(entity, id, form, title, writes(entity));
  const double = useMemo<Action>(() => ({ id: 'design.copy', label: 'budgets.design.copy', icon: Copy20Regular, group: 'record', when: () => row !== undefined && writes(entity), run: () => (row ? copied(row) : undefined) }), [row, writes]);
  useActions(useMemo(() => [double], [double]));
  useEffect(() => {
    if (row) opened(entity.name, row.id, textAt(row['name']));
  }, [row]);
  const rows = useMemo(() => keptRows(row?.['rows']), [row]);
  const subject = useMemo(() => subjectOf({ name: `design.${id}`, design: { id }, rows }), [id, rows]);
  if (form.failure) return <Problem failure={form.failure} retry={form.retry} />;
  if (form.loading) return <Loading rows={14} height={40} />;
  const take = (starter: Starter | null): void => {
    setStarted(true);
    if (!starter) return;
    form.set('name', starter.name);
    form.set('description', starter.description);
    form.set('covers', starter.covers);
    form.set('rows', JSON.stringify(starter.rows));
  };
  return (
    <div className={styles.page}>
      <RecordHead
        entity={entity}
        title={title}
        badges={
          <>
            {row?.archived && <Badge appearance="tint" color="informative" icon={<Archive16Regular />}>{t('parts.record.archived')}</Badge>}
            {form.dirty && id > 0 && <Badge appearance="tint" color="warning">{t('parts.record.unsaved')}</Badge>}
          </>
        }
        leave={actions.leave}
        main={writable && started ? actions.save : null}
        idle={!form.dirty && id > 0}
        others={[double, ...actions.menu].filter(possible)}
      />
      {id > 0 && (
        <TabList size="small" className={styles.tabs} selectedValue={tab} onTabSelect={(_event, data) => setTab(data.value === 'design' ? 'design' : 'statement')}>
          <Tab value="statement">{t('budgets.design.statement')}</Tab>
          {writable && <Tab value="design">{t('budgets.design.design')}</Tab>}
        </TabList>
      )}
      {!started ? (
        <Starters take={take} />
      ) : tab === 'design' && (writable || id === 0) ? (
        <div className={styles.work}>
          <div className={styles.head}>
            {form.outdated && (
              <MessageBar intent="warning">
                <MessageBarBody>{t('parts.record.changedMeanwhile')}</MessageBarBody>
              </MessageBar>
            )}
            <ErrorSummary entity={entity} form={form} idBase={idBase} />
            <FormBody entity={entity} form={form} readOnly={false} hidden={['rows']} idBase={idBase} autoFocus={id === 0} />
          </div>
          <Designer id={id} form={form} name={title} />
        </div>
      ) : (
        <div className={styles.shown}>
          <SubjectPage
            subject={subject}
            beside={
              row &&
              !beside && (
                <SidePane title={title}>
                  <RecordSide entity={entity} id={row.id} />
                </SidePane>
              )
            }
          />
        </div>
      )}
      {form.conflict && <ConflictDialog entity={entity} conflict={form.conflict} settle={(chosen) => void form.settle(chosen)} />}
      <LeaveDialog />
    </div>
  );
}

/** Keeps the same design under another name and opens it. */
async function copied(row: Readonly<Record<string, unknown>>): Promise<void> {
  const name = textAt(row['name']).slice(0, 100);
  for (let count = 1; count < 20; count += 1) {
    try {
      const made = await office['statement_design.create']({ name: said(count === 1 ? 'budgets.design.copyOf' : 'budgets.design.copyNumber', { name, count }), description: textAt(row['description']), covers: row['covers'] === 'result' || row['covers'] === 'balance' ? row['covers'] : '', rows: textAt(row['rows']) });
      refresh([entity.name]);
      await go(placeOf(entity.name, made.id));
      return tell(said('budgets.design.copied'));
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.field !== 'name') return tellWrong(failure.message);
    }
  }
}
