import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { Add20Regular, ArrowDownload20Regular } from '@fluentui/react-icons';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { Filter } from '#contract/kit/schema.ts';
import { askReason } from '../Dialogs.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { iconOf } from '../icons.ts';
import { Loading } from '../Loading.tsx';
import { NoPermission, Problem } from '../Problem.tsx';
import { openExport, openImport, openPrint } from '../../transfer/open.ts';
import { closeBeside, go, placeOf, tell, useUi } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { useCompanyCurrency, useRights } from '../record/rights.ts';
import { ColumnMenu, type OpenMenu } from './ColumnMenu.tsx';
import { ColumnsButton } from './ColumnsButton.tsx';
import { plainColumns, shownFields } from './columns.ts';
import { FilterChips, filterWords } from './FilterChips.tsx';
import { complete, firstValue, testsOf, valueField } from './filters.ts';
import { Footer } from './Footer.tsx';
import { Grid } from './Grid.tsx';
import { asking, keepTop, listInput, topOf, useListState } from './state.ts';
import { useGridStyles } from './styles.ts';
import { Toolbar } from './Toolbar.tsx';
import { useArrangement } from './useArrangement.ts';
import { archiveAll, useChosen } from './useChosen.ts';
import { useClipboard } from './useClipboard.ts';
import { useEditing } from './useEditing.ts';
import { useListActions } from './useListActions.ts';
import { useNames } from './useNames.ts';
import { useRows } from './useRows.ts';
import { ViewsButton } from './ViewsButton.tsx';

export interface EntityListProps {
  readonly entity: Entity;
  /** Shows only the parts of one record: this ref field has this id. */
  readonly fixed?: { readonly field: string; readonly id: number };
  /** Further buttons in the toolbar. */
  readonly extra?: ReactNode;
  /** Stands between the grid and the footer, such as a row that adds. */
  readonly below?: ReactNode;
  /** Makes a new record where that is not the record page. */
  readonly create?: () => void;
}

/** The list of any kind of record. */
export function EntityList(props: EntityListProps) {
  const { may } = useRights();
  return may(props.entity.area, 'read') ? <ReadableList key={`${props.entity.name} ${props.fixed?.id ?? ''}`} {...props} /> : <NoPermission />;
}

function ReadableList({ entity, fixed, extra, below, create }: EntityListProps) {
  const styles = useGridStyles();
  const t = useT();
  const { may, sees } = useRights();
  const currency = useCompanyCurrency();
  const compact = useUi((ui) => ui.density) === 'compact';
  const filterInput = useRef<HTMLInputElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [opened, setOpened] = useState(-1);

  const key = fixed ? `${entity.name} ${fixed.field} ${fixed.id}` : entity.name;
  const [state, change] = useListState(key);
  const [fixedField, fixedId] = [fixed?.field, fixed?.id];
  const { text, filters, archived, order } = state;
  const input = useMemo(() => {
    const only: Filter | undefined = fixedField === undefined ? undefined : { field: fixedField, is: 'equals', value: fixedId ?? null };
    return listInput({ text, filters, archived, order }, complete, only);
  }, [text, filters, archived, order, fixedField, fixedId]);
  const arrangement = useArrangement(entity, sees, fixedField, state, change);
  const { columns } = arrangement;
  const rows = useRows(entity.name, input, true);
  const names = useNames(useMemo(() => columns.map(({ key, field }) => [key, field] as const), [columns]), rows.pages);
  const editing = useEditing(entity.name);
  const { patched } = editing;
  const rowAt = rows.at;
  const at = useCallback((index: number) => patched(rowAt(index)), [patched, rowAt]);
  const chosen = useChosen(entity, rows, state.pick);
  const writable = may(entity.area, 'write');
  const clipboard = useClipboard({ entity, columns, rows, pick: state.pick, chosen, editing, nameOf: names, currency, writable });
  const fields = useMemo(() => shownFields(entity, sees, fixedField), [entity, sees, fixedField]);

  const listNow = () => ({
    entity: entity.name,
    list: input,
    fields: columns.map((column) => column.key),
    filters: state.filters.filter(complete).flatMap((filter) => {
      const field = entity.fields[filter.field];
      return field ? [filterWords(filter, field, typeof filter.value === 'number' ? names(field.to ?? '', filter.value)?.title : undefined, currency)] : [];
    }),
    ...(rows.counted ? { count: rows.count } : {}),
    ...(state.view === '' ? {} : { title: state.view }),
  });
  const actions = useListActions({
    embedded: fixed !== undefined,
    writable,
    importable: may('transfer', 'write') && !fixed,
    exportable: may('transfer', 'read'),
    create: create ?? (() => void go({ ...placeOf(entity.name, 0), ...(fixed ? { draft: { [fixed.field]: fixed.id } } : {}) })),
    import: () => openImport({ entity: entity.name }),
    export: () => openExport(listNow()),
    print: () => openPrint(listNow()),
    filter: () => filterInput.current?.focus(),
    undo: () => void editing.undo().then((count) => tell(t('parts.list.undone', { count }))),
    canUndo: editing.canUndo,
    label: words(entity.label),
  });

  const enter = (): void => root.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  const addFilter = (key: string): void => {
    const field = entity.fields[key];
    const test = field && testsOf[field.kind][0];
    if (!field || !test) return;
    setOpened(state.filters.length);
    change(asking({ filters: [...state.filters, { field: key, is: test, value: firstValue(valueField(field, test)) }] }));
  };
  const peek = (row: AnyRow): void => {
    const { beside } = useUi.getState();
    if (beside?.entity === entity.name && beside.id === row.id) closeBeside();
    else void go(placeOf(entity.name, row.id), { beside: true });
  };
  const follow = (row: AnyRow): void => {
    const { beside } = useUi.getState();
    if (beside?.entity === entity.name && beside.id !== row.id) void go(placeOf(entity.name, row.id), { beside: true });
  };
  const archiving = async (back: boolean): Promise<void> => {
    const found = await chosen.rows();
    if (found) await archiveAll(entity, found, back);
  };
  const tagField = Object.entries(entity.fields).find(([, field]) => field.kind === 'tags')?.[0];
  const addTag = async (key: string): Promise<void> => {
    const tag = await askReason({ title: t('parts.list.addTag'), text: t('parts.list.addTagText', { count: chosen.count }), yes: t('parts.list.addTag'), reason: t('parts.list.tag') });
    const found = tag ? await chosen.rows() : null;
    if (!found || !tag) return;
    const { done } = await editing.saveAll(found.map((row) => ({ row, patch: { [key]: [...new Set([...strings(row[key]), tag.slice(0, 50)])] } })));
    tell(t('parts.list.pasted', { count: done.length }), async () => void (await editing.undo()));
  };

  const untouched = state.text === '' && state.filters.length === 0 && state.archived === 'no';
  const notice: ReactNode = rows.failure ? (
    <Problem failure={rows.failure.failure} retry={rows.retry} />
  ) : rows.waiting ? (
    <Loading rows={12} />
  ) : rows.count > 0 ? undefined : untouched ? (
    <EmptyState icon={iconOf(entity.filing.icon)} title={t('parts.list.emptyTitle', { what: words(entity.plural) })} text={words(entity.purpose)}>
      {writable && <Button appearance="primary" icon={<Add20Regular />} onClick={() => void actions.create.run()}>{t('parts.list.newOf', { what: words(entity.label) })}</Button>}
      {!fixed && may('transfer', 'write') && <Button icon={<ArrowDownload20Regular />} onClick={() => void actions.import.run()}>{t('parts.list.import')}</Button>}
    </EmptyState>
  ) : (
    <EmptyState title={t('parts.list.noneFound')}>
      <Button onClick={() => change(asking({ text: '', filters: [], archived: 'no' }))}>{t('parts.list.noFilters')}</Button>
    </EmptyState>
  );

  return (
    <div ref={root} className={styles.list}>
      <Toolbar
        filterInput={filterInput}
        text={state.text}
        setText={(text) => change(asking({ text, view: state.view }))}
        fields={fields}
        addFilter={addFilter}
        archived={state.archived}
        setArchived={(archived) => change(asking({ archived }))}
        actions={actions}
        enter={enter}
        extra={extra}
        small={fixed !== undefined}
        views={!fixed && <ViewsButton names={arrangement.views} current={state.view} choose={arrangement.showView} save={arrangement.saveView} remove={arrangement.removeView} />}
        columns={<ColumnsButton entity={entity} fields={fields} columns={plainColumns(columns)} change={arrangement.choose} />}
      />
      {state.filters.length > 0 && <FilterChips entity={entity} fields={fields} filters={state.filters} change={(filters) => change(asking({ filters }))} currency={currency} opened={opened} />}
      <Grid
        entity={entity}
        label={words(entity.plural)}
        columns={columns}
        count={rows.count}
        at={at}
        see={rows.see}
        nameOf={names}
        currency={currency}
        sorting={arrangement.sorting}
        rowHeight={compact ? 24 : 28}
        ticks
        pick={state.pick}
        setPick={(pick) => change({ pick })}
        focused={!fixed}
        question={input}
        top={topOf(key)}
        keepTop={(top) => keepTop(key, top)}
        editable={({ field }) => writable && field.derived !== true}
        save={(row, key, value) => void editing.save(row, { [key]: value })}
        open={(row) => void go(placeOf(entity.name, row.id))}
        peek={peek}
        moved={follow}
        sort={({ key: by, field }) => (field.sortable ? arrangement.sort(arrangement.sorting.key === by && !arrangement.sorting.down ? `-${by}` : by) : tell(t('parts.list.notSortable', { field: words(field.label) }), undefined, 'attention'))}
        menu={(column, head) => setMenu({ column, at: head })}
        resize={arrangement.resize}
        reorder={arrangement.reorder}
        copy={clipboard.copy}
        paste={clipboard.paste}
        notice={notice}
      />
      {menu && (
        <ColumnMenu
          menu={menu}
          close={() => {
            setMenu(null);
            enter();
          }}
          sort={arrangement.sort}
          filter={addFilter}
          move={(key, step) => arrangement.reorder(key, columns.findIndex((column) => column.key === key) + (step > 0 ? 2 : -1))}
          hide={arrangement.hide}
        />
      )}
      {editing.refusal && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{editing.refusal.failure.message}</MessageBarBody>
          <MessageBarActions>
            {editing.refusal.failure.code === 'conflict' && <Button size="small" onClick={() => void editing.insist()}>{t('parts.list.insist')}</Button>}
            <Button size="small" onClick={editing.giveUp}>{t(editing.refusal.failure.code === 'conflict' ? 'parts.list.takeTheirs' : 'common.dismiss')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {below}
      <Footer
        columns={columns}
        count={rows.count}
        counted={rows.counted}
        chosen={chosen.count}
        sums={rows.sums}
        currency={currency}
        archive={writable && state.archived !== 'yes' ? () => void archiving(false) : undefined}
        restore={writable && state.archived !== 'no' ? () => void archiving(true) : undefined}
        addTag={writable && tagField !== undefined ? () => void addTag(tagField) : undefined}
      />
    </div>
  );
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);
