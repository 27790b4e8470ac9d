import { Badge, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { Add20Regular, Archive20Regular, ArrowLeft20Regular, ArrowUndo20Regular, CalendarAdd20Regular, DocumentCopy20Regular, Save20Regular } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Row as RecordRow } from '#contract/kit/entity.ts';
import { journalNames } from '#contract/budgets/entry.ts';
import { entryTemplate } from '#contract/budgets/template.ts';
import { type Action, possible, useActions } from '../../commands.ts';
import { leftRecord } from '../../frame/last.ts';
import { SidePane } from '../../frame/SidePane.tsx';
import { office } from '../../office.ts';
import { confirm } from '../../parts/Dialogs.tsx';
import { Editor } from '../../parts/fields/Editor.tsx';
import { type GridHandle, LineGrid } from '../../parts/grid/LineGrid.tsx';
import { atLeast, type Rows } from '../../parts/grid/sheet.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { failureOf, NoPermission, Problem } from '../../parts/Problem.tsx';
import { RecordHead } from '../../parts/record/RecordHead.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { refresh, useCall } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordSide } from '../../records/RecordScreen.tsx';
import type { RecordProps } from '../../records/screen.ts';
import { back, go, opened, placeOf, setGuard, setUnsaved, tell, tellWrong, useUi } from '../../state/ui.ts';
import { t, useT, words } from '../../t.ts';
import { useColumns, useSpare } from '../entry/columns.ts';
import { namesIn, tagsIn } from '../entry/load.ts';
import { unreadable, type Ways } from '../entry/model.ts';
import { useWays } from '../entry/useWays.ts';
import { newFrom } from './picking.ts';
import { fromTemplateLines, readRule, ruled, settleRule, toTemplateLines } from './rows.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flex: '1 1 0', height: '100%', minHeight: 0, minWidth: 0 },
  notice: { margin: '0 16px 8px', flexShrink: 0 },
  form: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', columnGap: '12px', rowGap: '4px', padding: '0 16px 10px', flexShrink: 0 },
  field: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: '1px' },
  label: { fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground2 },
  wide: { gridColumn: '1 / -1', fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  lines: { flex: '1 1 0', minHeight: 0, display: 'flex', flexDirection: 'column', padding: '0 16px 10px', gap: '6px' },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

const entity = entityOf('entry_template');

/** All templates. */
export function TemplateList() {
  const { may } = useRights();
  return <EntityList entity={entity} creatable={may('entry', 'write')} create={() => void go(placeOf('entry_template', 0))} />;
}

const parts = ['name', 'code', 'journal', 'narration', 'reference'] as const;
type Head = Readonly<Record<(typeof parts)[number], string>>;
const empty: Head = { name: '', code: '', journal: 'general', narration: '', reference: '' };

interface Kept {
  readonly head: Head;
  readonly rows: Rows;
  readonly version: number;
  readonly dirty: boolean;
}

/** One template: its head and its lines, typed as those of an entry. */
export function TemplateRecord({ id }: RecordProps) {
  const { may } = useRights();
  return may('entry', id === 0 ? 'write' : 'read') ? <TemplatePage key={id} id={id} /> : <NoPermission />;
}

function TemplatePage({ id }: { readonly id: number }) {
  const styles = useStyles();
  useT();
  const ways = useWays();
  const base = useId();
  const { may } = useRights();
  const grid = useRef<GridHandle>(null);
  const query = useCall('entry_template.get', { id }, { enabled: id > 0 });
  const row = id > 0 ? query.data : undefined;
  const [kept, setKept] = useState<Kept | null>(id === 0 ? { head: empty, rows: atLeast([], 5), version: 0, dirty: false } : null);
  const [wrong, setWrong] = useState('');
  const beside = useUi((ui) => ui.beside !== null);
  const readOnly = !may('entry', 'write') || row?.archived === true;
  const version = row?.version;
  const now = useRef(kept);
  useLayoutEffect(() => {
    now.current = kept;
  }, [kept]);
  useEffect(() => {
    if (!row || now.current?.dirty || now.current?.version === version) return undefined;
    let late = false;
    const load = async (): Promise<void> => {
      const lines = await office['entry_template.lines']({ id });
      const rows = fromTemplateLines(lines, ways, await namesIn(lines), await tagsIn(lines));
      if (!late) setKept({ head: { name: row.name, code: row.code, journal: row.journal, narration: row.narration, reference: row.reference }, rows: atLeast(rows, 5), version: row.version, dirty: false });
    };
    load().catch((error: unknown) => setWrong(failureOf(error).message));
    return () => {
      late = true;
    };
  }, [id, row, version, ways]);
  const title = kept?.head.name.trim() || t('budgets.templates.newTitle');
  const dirty = kept?.dirty === true;
  useEffect(() => {
    if (row) opened('entry_template', row.id, row.name);
  }, [row]);
  useEffect(() => {
    setUnsaved(`entry_template:${id}`, dirty ? title : null);
    setGuard(dirty ? () => confirm({ title: t('budgets.templates.leaveTitle'), text: t('budgets.templates.leaveText'), yes: t('budgets.templates.leave') }) : null);
    return () => {
      setUnsaved(`entry_template:${id}`, null);
      setGuard(null);
    };
  }, [id, dirty, title]);
  const change = (part: Partial<Kept>): void => {
    const next = now.current && { ...now.current, dirty: true, ...part };
    now.current = next;
    setKept(next);
    setWrong('');
  };
  const actions = useTemplateActions({ id, row, now, grid, readOnly, setWrong, setKept });
  if (query.error && !row) return <Problem failure={query.error.failure} retry={() => void query.refetch()} />;
  if (!kept || (id > 0 && !row)) return <Loading rows={12} height={40} />;
  return (
    <div className={styles.page}>
      <RecordHead entity={entity} title={title} badges={row?.archived ? <Badge appearance="tint" color="informative">{t('budgets.templates.archived')}</Badge> : dirty && <Badge appearance="tint" color="warning">{t('budgets.entry.unsaved')}</Badge>} leave={actions.leave} main={dirty || id === 0 ? actions.save : possible(actions.use) ? actions.use : null} second={dirty && possible(actions.use) ? actions.use : null} others={actions.menu.filter(possible)} />
      {wrong !== '' && (
        <MessageBar className={styles.notice} intent="error">
          <MessageBarBody>{wrong}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.form} data-form>
        {parts.map((key) => (
          <div key={key} className={styles.field} {...(key === 'name' ? { 'data-first': true } : {})}>
            <label className={styles.label} htmlFor={`${base}-${key}`}>{words(entryTemplate.fields[key].label)}{key === 'name' && !readOnly && <span aria-hidden> *</span>}</label>
            {readOnly ? <span>{kept.head[key] || '–'}</span> : <Editor id={`${base}-${key}`} field={entryTemplate.fields[key]} value={kept.head[key]} currency="" autoFocus={key === 'name' && id === 0} change={(value) => change({ head: { ...(now.current ?? kept).head, [key]: typeof value === 'string' ? value : '' } })} tell={() => undefined} />}
          </div>
        ))}
        <div className={styles.wide}>{entryTemplate.fields.narration.hint && words(entryTemplate.fields.narration.hint)}</div>
      </div>
      <TemplateLines rows={kept.rows} sheet={{ now: () => now.current?.rows ?? [], set: (rows) => change({ rows }) }} ways={ways} readOnly={readOnly} grid={grid} />
      {row && !beside && (
        <SidePane title={title}>
          <RecordSide entity={entity} id={row.id} />
        </SidePane>
      )}
    </div>
  );
}

interface LinesProps {
  readonly rows: Rows;
  readonly sheet: { readonly now: () => Rows; readonly set: (rows: Rows) => void };
  readonly ways: Ways;
  readonly readOnly: boolean;
  readonly grid: React.RefObject<GridHandle | null>;
}

function TemplateLines({ rows, sheet, ways, readOnly, grid }: LinesProps) {
  const styles = useStyles();
  const { shown } = useSpare(rows);
  const plain = useColumns(ways, shown);
  const columns = useMemo(() => plain.map((column) => (column.key === 'debit' || column.key === 'credit' ? { ...column, read: (text: string) => readRule(text, ways) } : column)), [plain, ways]);
  const foot = (side: 'debit' | 'credit'): ReactNode => {
    const { fixed, shares } = ruled(rows, side);
    return [fixed === 0 ? '' : ways.show(fixed), shares === 0 ? '' : `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 }).format(shares / 100)} %`].filter((part) => part !== '').join(' + ') || '–';
  };
  return (
    <div className={styles.lines}>
      <LineGrid label={t('budgets.templates.lines')} columns={columns} rows={rows} sheet={sheet} rules={{ settle: (row, key) => settleRule(row, key, ways) }} readOnly={readOnly} most={500} pasted={() => undefined} handle={grid} foot={{ debit: foot('debit'), credit: foot('credit') }} />
      <span className={styles.hint}>{readOnly ? '' : t('budgets.templates.gridHint')}</span>
    </div>
  );
}

interface ActionsGiven {
  readonly id: number;
  readonly row: RecordRow<typeof entryTemplate> | undefined;
  readonly now: React.RefObject<Kept | null>;
  readonly grid: React.RefObject<GridHandle | null>;
  readonly readOnly: boolean;
  readonly setWrong: (text: string) => void;
  readonly setKept: (kept: Kept | null) => void;
}

/** What can be done with a template. */
function useTemplateActions(given: ActionsGiven): { readonly save: Action; readonly use: Action; readonly leave: Action; readonly menu: readonly Action[] } {
  const latest = useRef(given);
  useLayoutEffect(() => {
    latest.current = given;
  });
  const { id } = given;
  const actions = useMemo(() => {
    const now = (): ActionsGiven => latest.current;
    const save = async (): Promise<void> => {
      const { grid, now: kept, setWrong, setKept } = now();
      await grid.current?.settle();
      const typed = kept.current;
      if (!typed) return;
      const bad = unreadable(typed.rows);
      if (bad) return setWrong(t('budgets.entry.lineProblem', bad));
      try {
        const journal = journalNames.find((one) => one === typed.head.journal) ?? 'general';
        const written = await office['entry_template.save']({ ...typed.head, journal, ...(id === 0 ? {} : { id, version: typed.version }), lines: toTemplateLines(typed.rows) });
        setKept({ ...typed, version: written.version, dirty: false });
        setGuard(null);
        refresh(['entry_template']);
        tell(t('budgets.templates.saved', { name: typed.head.name.trim() }));
        if (id === 0) await go(placeOf('entry_template', written.id), { replace: true });
      } catch (thrown) {
        setWrong(failureOf(thrown).message);
      }
    };
    const setArchived = (archived: boolean) => async (): Promise<void> => {
      const { row } = now();
      if (!row) return;
      try {
        await office[archived ? 'entry_template.archive' : 'entry_template.restore']({ id, version: row.version });
        refresh(['entry_template']);
        tell(t(archived ? 'budgets.templates.archivedDone' : 'budgets.templates.restoredDone', { name: row.name }));
      } catch (thrown) {
        tellWrong(failureOf(thrown).message);
      }
    };
    const leave = async (): Promise<void> => {
      if (useUi.getState().past.length > 0) await back();
      else await go(placeOf('entry_template'));
      leftRecord('entry_template', id);
    };
    const live = (): boolean => !now().readOnly && id > 0;
    const all = {
      save: { id: 'record.save', label: 'budgets.templates.save', icon: Save20Regular, keys: ['$mod+KeyS'], group: 'record', when: () => !now().readOnly, run: save },
      use: { id: 'template.use', label: 'budgets.templates.useThis', icon: DocumentCopy20Regular, keys: ['$mod+Enter'], group: 'record', when: live, run: () => newFrom(id) },
      fresh: { id: 'record.new', label: 'budgets.templates.newTitle', icon: Add20Regular, keys: ['$mod+KeyN'], group: 'record', when: live, run: () => go(placeOf('entry_template', 0)) },
      recurring: { id: 'template.recurring', label: 'budgets.templates.recurring', icon: CalendarAdd20Regular, group: 'record', when: live, run: () => go({ ...placeOf('recurring_entry', 0), draft: { template_id: id, name: now().row?.name ?? '' } }) },
      archive: { id: 'record.archive', label: 'budgets.templates.archive', icon: Archive20Regular, group: 'record', when: live, run: setArchived(true) },
      restore: { id: 'record.restore', label: 'budgets.templates.restore', icon: ArrowUndo20Regular, group: 'record', when: () => now().row?.archived === true, run: setArchived(false) },
      leave: { id: 'record.leave', label: 'parts.record.leave', icon: ArrowLeft20Regular, keys: ['Escape'], group: 'record', quiet: true, run: leave },
    } satisfies Record<string, Action>;
    return { save: all.save, use: all.use, leave: all.leave, menu: [all.recurring, all.fresh, all.archive, all.restore] };
  }, [id]);
  useActions(useMemo(() => [actions.save, actions.use, actions.leave, ...actions.menu], [actions]));
  return actions;
}
