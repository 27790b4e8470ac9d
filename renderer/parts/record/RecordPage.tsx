import { Badge, makeStyles, MessageBar, MessageBarBody, Tab, TabList, tokens } from '@fluentui/react-components';
import { Archive16Regular } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { type Action, possible, useActions } from '../../commands.ts';
import { SidePane } from '../../frame/SidePane.tsx';
import { opened, useUi } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { ConflictDialog } from '../form/ConflictDialog.tsx';
import { ErrorSummary } from '../form/ErrorSummary.tsx';
import { FormBody } from '../form/FormBody.tsx';
import { QuickCreateHost } from '../form/QuickCreate.tsx';
import { type RecordForm, useRecordForm } from '../form/useRecordForm.ts';
import type { Values } from '../form/values.ts';
import { Loading } from '../Loading.tsx';
import { NoPermission, Problem } from '../Problem.tsx';
import { FileDrop } from '../timeline/FileDrop.tsx';
import { besideTitle } from './asked.ts';
import { LeaveDialog } from './Leave.tsx';
import { PartTab } from './PartTab.tsx';
import { RecordHead } from './RecordHead.tsx';
import { useRights } from './rights.ts';
import { useRecordActions } from './useRecordActions.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flex: '1 1 0', height: '100%', minHeight: 0, minWidth: 0 },
  tabs: { flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, padding: '0 8px', overflowX: 'auto' },
  body: { flex: '1 1 0', minHeight: 0, overflowY: 'auto', padding: '12px 16px 24px' },
  list: { flex: '1 1 0', minHeight: 0, display: 'flex', flexDirection: 'column' },
  notice: { marginBottom: '8px', maxWidth: '960px' },
});

/** A tab that a screen adds to its record. */
export interface PageTab {
  readonly key: string;
  readonly label: string;
  readonly content: (row: AnyRow) => ReactNode;
}

export interface RecordPageProps {
  readonly entity: Entity;
  /** 0 for a new one. */
  readonly id: number;
  /** What a new one begins with. */
  readonly given?: Values;
  /** The one next step, which stands as the main button while there is nothing to save. */
  readonly next?: (row: AnyRow) => Action | null;
  /** Further steps, behind the dots. */
  readonly more?: (row: AnyRow) => readonly Action[];
  readonly tabs?: readonly PageTab[];
  /** Kinds of parts that this record has no use for. */
  readonly without?: (row: AnyRow) => readonly string[];
  /** Key of the tab that opens first; the fields unless told. */
  readonly firstTab?: string;
  /** State or key figures beside the title. */
  readonly figures?: (row: AnyRow) => ReactNode;
  /** Stands over the fields, such as a hint at likely duplicates. */
  readonly above?: (form: RecordForm) => ReactNode;
  /** Content of the right pane. */
  readonly pane?: (row: AnyRow) => ReactNode;
  /** Takes files that are dropped on the record. */
  readonly drop?: ((files: readonly File[], row: AnyRow) => void) | undefined;
}

const noTabs: readonly PageTab[] = [];

/** One record of any kind: title and state, the one next step, its fields, and its parts as tabs. */
export function RecordPage(props: RecordPageProps) {
  const { may } = useRights();
  return may(props.entity.area, props.id === 0 ? 'write' : 'read') ? (
    <QuickCreateHost>
      <ReadablePage key={`${props.entity.name} ${props.id}`} {...props} />
    </QuickCreateHost>
  ) : (
    <NoPermission />
  );
}

function ReadablePage({ entity, id, given, next, more, tabs = noTabs, without, firstTab = '', figures, above, pane, drop }: RecordPageProps) {
  const styles = useStyles();
  const t = useT();
  const { may, writes } = useRights();
  const idBase = useId();
  const form = useRecordForm(entity, id, given);
  const [tab, setTab] = useState(firstTab);
  const beside = useUi((ui) => ui.beside !== null);
  const { row } = form;
  const writable = writes(entity) && row?.archived !== true;
  const title = titleOf(entity, form.values, t('parts.record.newTitle', { what: words(entity.label) }));
  const actions = useRecordActions(entity, id, form, title, writes(entity));
  useEffect(() => {
    if (row) opened(entity.name, row.id, titleOf(entity, row, ''));
  }, [entity, row]);
  const step = useMemo(() => (row && !form.dirty ? (next?.(row) ?? null) : null), [row, form.dirty, next]);
  // Its key works wherever the button shows it.
  useActions(useMemo(() => (step?.keys ? [step] : []), [step]));
  if (form.failure) return <Problem failure={form.failure} retry={form.retry} />;
  if (form.loading) return <Loading rows={14} height={40} />;

  const idle = row && without ? without(row) : [];
  const parts = id === 0 ? [] : Object.values(entities).filter((one) => one.partOf !== undefined && one.fields[one.partOf]?.to === entity.name && may(one.area, 'read') && !idle.includes(one.name));
  const extra = row ? tabs : [];
  const part = parts.find((one) => one.name === tab);
  const page = extra.find((one) => one.key === tab);
  const others = [...(row && more ? more(row) : []), ...actions.menu].filter(possible);
  const subtitle = entity.subtitle ? form.values[entity.subtitle] : undefined;

  return (
    <FileDrop text={t('parts.timeline.fileDrop')} enabled={row !== undefined && drop !== undefined} drop={(files) => row && drop?.(files, row)}>
      <div className={styles.page}>
        <RecordHead
          entity={entity}
          title={title}
          subtitle={id > 0 && entity.fields[entity.subtitle ?? '']?.kind === 'text' ? besideTitle(title, subtitle) : ''}
          badges={
            <>
              {row?.archived && <Badge appearance="tint" color="informative" icon={<Archive16Regular />}>{t('parts.record.archived')}</Badge>}
              {form.dirty && id > 0 && <Badge appearance="tint" color="warning">{t('parts.record.unsaved')}</Badge>}
            </>
          }
          figures={row && figures?.(row)}
          leave={actions.leave}
          main={step && possible(step) ? step : writable ? actions.save : null}
          idle={!(step && possible(step)) && !form.dirty && id > 0}
          others={others}
        />
        {parts.length + extra.length > 0 && (
          <TabList size="small" className={styles.tabs} selectedValue={part?.name ?? page?.key ?? ''} onTabSelect={(_event, data) => setTab(String(data.value))}>
            <Tab value="">{t('parts.record.general')}</Tab>
            {extra.map((one) => (
              <Tab key={one.key} value={one.key}>{one.label}</Tab>
            ))}
            {parts.map((one) => (
              <Tab key={one.name} value={one.name}>{words(one.plural)}</Tab>
            ))}
          </TabList>
        )}
        {part ? (
          <div className={styles.list}>
            <PartTab entity={part} owner={id} writable={writable && writes(part)} />
          </div>
        ) : page && row ? (
          <div className={styles.list}>{page.content(row)}</div>
        ) : (
          // With nothing to type in, the body itself takes the focus, so that the keys can scroll it.
          <div className={styles.body} {...(writable || id === 0 ? {} : { role: 'region', 'aria-label': title, tabIndex: 0, 'data-first': true })}>
            {form.outdated && (
              <MessageBar className={styles.notice} intent="warning">
                <MessageBarBody>{t('parts.record.changedMeanwhile')}</MessageBarBody>
              </MessageBar>
            )}
            <ErrorSummary entity={entity} form={form} idBase={idBase} />
            {above?.(form)}
            <FormBody entity={entity} form={form} readOnly={!writable && id > 0} idBase={idBase} autoFocus={id === 0} />
          </div>
        )}
        {form.conflict && <ConflictDialog entity={entity} conflict={form.conflict} settle={(chosen) => void form.settle(chosen)} />}
        <LeaveDialog />
        {row && pane && !beside && <SidePane title={title}>{pane(row)}</SidePane>}
      </div>
    </FileDrop>
  );
}

function titleOf(entity: Entity, values: Values, otherwise: string): string {
  const title = values[entity.title];
  return typeof title === 'string' && title.trim() !== '' ? title : otherwise;
}
