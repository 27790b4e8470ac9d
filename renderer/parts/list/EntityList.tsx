import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { ListMap, Named } from '#contract/kit/call.ts';
import type { Entity } from '#contract/kit/entity.ts';
import type { Filter } from '#contract/kit/schema.ts';
import { client, keyOf } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { words } from '../../t.ts';
import { type ListNow, openExport, openImport, openPrint } from '../../transfer/open.ts';
import { NoPermission } from '../Problem.tsx';
import { useCompanyCurrency, useRights } from '../record/rights.ts';
import { ColumnMenu, type OpenMenu } from './ColumnMenu.tsx';
import { ColumnsButton } from './ColumnsButton.tsx';
import { plainColumns, shownFields } from './columns.ts';
import { FilterChips, filterWords } from './FilterChips.tsx';
import { complete, firstValue, testsOf, valueField } from './filters.ts';
import { ListBody } from './ListBody.tsx';
import { asking, listInput, useListState } from './state.ts';
import { useGridStyles } from './styles.ts';
import { Toolbar } from './Toolbar.tsx';
import { useArrangement } from './useArrangement.ts';
import { useListActions } from './useListActions.ts';
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
  /** Whether new ones are made here, for kinds whose records plain forms do not make. */
  readonly creatable?: boolean;
}

/** The list of any kind of record. */
export function EntityList(props: EntityListProps) {
  const { may } = useRights();
  return may(props.entity.area, 'read') ? <ReadableList key={`${props.entity.name} ${props.fixed?.id ?? ''}`} {...props} /> : <NoPermission />;
}

function ReadableList({ entity, fixed, extra, below, create, creatable }: EntityListProps) {
  const styles = useGridStyles();
  const { may, writes, sees } = useRights();
  const currency = useCompanyCurrency();
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
  const fields = useMemo(() => shownFields(entity, sees, fixedField), [entity, sees, fixedField]);
  const writable = writes(entity);

  /** The list as it stands, for export and print. What it needs beside the state was asked for what is on screen already. */
  const listNow = (): ListNow => {
    const count = client.getQueryData<ListMap>(keyOf(`${entity.name}.map`, input))?.count;
    const titleOf = (to: string | undefined, value: Filter['value']): string | undefined => (to === undefined || typeof value !== 'number' ? undefined : client.getQueryData<readonly Named[]>(keyOf(`${to}.names`, { ids: [value] }))?.[0]?.title);
    return {
      entity: entity.name,
      list: input,
      fields: columns.map((column) => column.key),
      filters: filters.filter(complete).flatMap((filter) => {
        const field = entity.fields[filter.field];
        return field ? [filterWords(filter, field, titleOf(field.to, filter.value), currency)] : [];
      }),
      ...(count === undefined ? {} : { count }),
      ...(state.view === '' ? {} : { title: state.view }),
    };
  };
  const actions = useListActions({
    embedded: fixed !== undefined,
    writable: creatable ?? writable,
    importable: entity.ruled !== true && may('transfer', 'write') && !fixed,
    exportable: may('transfer', 'read'),
    create: create ?? (() => void go({ ...placeOf(entity.name, 0), ...(fixed ? { draft: { [fixed.field]: fixed.id } } : {}) })),
    import: () => openImport({ entity: entity.name, proposed: true }),
    export: () => openExport(listNow()),
    print: () => openPrint(listNow()),
    filter: () => filterInput.current?.focus(),
    label: words(entity.label),
  });

  const enter = (): void => root.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  const addFilter = (by: string): void => {
    const field = entity.fields[by];
    const test = field && testsOf[field.kind][0];
    if (!field || !test) return;
    setOpened(filters.length);
    change(asking({ filters: [...filters, { field: by, is: test, value: firstValue(valueField(field, test)) }] }));
  };

  return (
    <div ref={root} className={styles.list}>
      <Toolbar
        filterInput={filterInput}
        text={text}
        setText={(next) => change(asking({ text: next, view: state.view }))}
        fields={fields}
        addFilter={addFilter}
        archived={archived}
        setArchived={(next) => change(asking({ archived: next }))}
        actions={actions}
        enter={enter}
        extra={extra}
        small={fixed !== undefined}
        views={!fixed && <ViewsButton names={arrangement.views} current={state.view} choose={arrangement.showView} save={arrangement.saveView} remove={arrangement.removeView} />}
        columns={<ColumnsButton entity={entity} fields={fields} columns={plainColumns(columns)} change={arrangement.choose} />}
      />
      {filters.length > 0 && <FilterChips entity={entity} fields={fields} filters={filters} change={(next) => change(asking({ filters: next }))} currency={currency} opened={opened} />}
      <ListBody
        id={key}
        entity={entity}
        input={input}
        arrangement={arrangement}
        embedded={fixed !== undefined}
        importable={entity.ruled !== true && may('transfer', 'write') && !fixed}
        archived={archived}
        untouched={text === '' && filters.length === 0 && archived === 'no'}
        showAll={() => change(asking({ text: '', filters: [], archived: 'no' }))}
        creatable={creatable ?? writable}
        create={() => void actions.create.run()}
        importHere={() => void actions.import.run()}
        menu={setMenu}
        below={below}
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
          move={(by, step) => arrangement.reorder(by, columns.findIndex((column) => column.key === by) + (step > 0 ? 2 : -1))}
          hide={arrangement.hide}
        />
      )}
    </div>
  );
}
