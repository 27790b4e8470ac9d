import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import type { Filter } from '#contract/kit/schema.ts';
import { tell } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { type Column, type ColumnChoice, columnsOf, orderBy, plainColumns, reordered, resized, sortedBy, type Sorting, switched } from './columns.ts';
import { testsOf } from './filters.ts';
import { type KeptFilter, useKept, type View } from './kept.ts';
import { asking, type Change, type ListState } from './state.ts';

export interface Arrangement {
  readonly columns: readonly Column[];
  readonly choose: (columns: readonly ColumnChoice[]) => void;
  readonly resize: (key: string, width: number) => void;
  readonly reorder: (key: string, to: number) => void;
  readonly hide: (key: string) => void;
  readonly sorting: Sorting;
  readonly sort: (order: string) => void;
  readonly views: readonly string[];
  readonly showView: (name: string) => void;
  readonly saveView: (name: string) => void;
  readonly removeView: (name: string) => void;
}

const withTest = (entity: Entity, { field, is, value }: KeptFilter): Filter[] => {
  const kind = entity.fields[field]?.kind;
  const test = kind && testsOf[kind].find((one) => one === is);
  return test ? [{ field, is: test, value }] : [];
};

/** Columns, order and saved views of a list, as this user keeps them. */
export function useArrangement(entity: Entity, sees: readonly string[], hidden: string | undefined, state: ListState, change: Change): Arrangement {
  const [kept, keep] = useKept(entity.name);
  const columns = useMemo(() => columnsOf(entity, kept.columns, sees, hidden), [entity, kept.columns, sees, hidden]);
  const choose = useCallback((next: readonly ColumnChoice[]): void => keep({ ...kept, columns: next }), [keep, kept]);
  const order = state.order || entity.order;
  const latest = useRef({ kept, keep, change });
  useLayoutEffect(() => {
    latest.current = { kept, keep, change };
  });
  /** Says what became of a view, with the way back to those of before. */
  const told = (message: string, views: readonly View[], shown: string): void =>
    tell(message, () => {
      const now = latest.current;
      now.keep({ ...now.kept, views });
      now.change({ view: shown });
    });

  return {
    columns,
    choose,
    resize: (key, width) => choose(resized(plainColumns(columns), key, width)),
    reorder: (key, to) => choose(reordered(plainColumns(columns), key, to)),
    hide: (key) => choose(switched(plainColumns(columns), key, entity)),
    sorting: sortedBy(entity, order, columns),
    sort: (next) => change(asking({ order: orderBy(entity, next), view: state.view })),
    views: kept.views.map((view) => view.name),
    showView: (name) => {
      const view = kept.views.find((one) => one.name === name);
      if (!view) return change(asking({ text: '', filters: [], archived: 'no', order: '' }));
      if (view.columns.length > 0) choose(view.columns);
      return change(asking({ text: view.text, filters: view.filters.flatMap((filter) => withTest(entity, filter)), archived: view.archived, order: view.order, view: name }));
    },
    saveView: (name) => {
      const view: View = {
        name,
        text: state.text,
        filters: state.filters.map(({ field, is, value }) => ({ field, is, value: value ?? null })),
        archived: state.archived,
        order: state.order,
        columns: plainColumns(columns),
      };
      keep({ ...kept, views: [...kept.views.filter((one) => one.name !== name), view].toSorted((a, b) => a.name.localeCompare(b.name)) });
      change({ view: name });
      told(t(kept.views.some((one) => one.name === name) ? 'parts.list.viewReplaced' : 'parts.list.viewSaved', { name }), kept.views, state.view);
    },
    removeView: (name) => {
      keep({ ...kept, views: kept.views.filter((one) => one.name !== name) });
      change({ view: '' });
      told(t('parts.list.viewRemoved', { name }), kept.views, name);
    },
  };
}
