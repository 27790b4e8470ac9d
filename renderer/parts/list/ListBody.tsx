import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { Add20Regular, ArrowDownload20Regular, ArrowUndo20Regular } from '@fluentui/react-icons';
import { type ReactNode, useCallback, useMemo } from 'react';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { ListInput } from '#contract/kit/schema.ts';
import { type Action, useActions } from '../../commands.ts';
import { closeBeside, go, placeOf, tell, useUi } from '../../state/ui.ts';
import { t as say, useT, words } from '../../t.ts';
import { askReason } from '../Dialogs.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { iconOf } from '../icons.ts';
import { Loading } from '../Loading.tsx';
import { Problem } from '../Problem.tsx';
import { useCompanyCurrency, useRights } from '../record/rights.ts';
import type { OpenMenu } from './ColumnMenu.tsx';
import { Footer } from './Footer.tsx';
import { Grid } from './Grid.tsx';
import { keepTop, setPick, topOf, usePick } from './state.ts';
import type { Arrangement } from './useArrangement.ts';
import { archiveAll, useChosen } from './useChosen.ts';
import { useClipboard } from './useClipboard.ts';
import { type Editing, useEditing } from './useEditing.ts';
import { useNames } from './useNames.ts';
import { type Rows, useRows } from './useRows.ts';

interface ListBodyProps {
  /** Key of the list's state. */
  readonly id: string;
  readonly entity: Entity;
  readonly input: ListInput;
  readonly arrangement: Arrangement;
  /** Inside a record: the keys of the window belong to the record. */
  readonly embedded: boolean;
  readonly importable: boolean;
  readonly archived: 'no' | 'yes' | 'both';
  /** Nothing is filtered: an empty list is really empty. */
  readonly untouched: boolean;
  readonly showAll: () => void;
  readonly creatable: boolean;
  readonly create: () => void;
  readonly importHere: () => void;
  readonly menu: (menu: OpenMenu) => void;
  readonly below: ReactNode;
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);
const noActions: readonly Action[] = [];

/** The rows of a list with what is selected and changed in them, and the footer. Draws at every step; the toolbar does not. */
export function ListBody(props: ListBodyProps) {
  const { id, entity, input, arrangement, embedded, archived, below } = props;
  const t = useT();
  const { writes } = useRights();
  const currency = useCompanyCurrency();
  const compact = useUi((ui) => ui.density) === 'compact';
  const pick = usePick(id);
  const { columns } = arrangement;
  const rows = useRows(entity.name, input, true);
  const names = useNames(useMemo(() => columns.map(({ key, field }) => [key, field] as const), [columns]), rows.pages);
  const editing = useEditing(entity.name);
  const { patched, undo, canUndo } = editing;
  const rowAt = rows.at;
  const at = useCallback((index: number) => patched(rowAt(index)), [patched, rowAt]);
  const chosen = useChosen(entity, rows, pick);
  const writable = writes(entity);
  const clipboard = useClipboard({ entity, columns, rows, pick, chosen, editing, nameOf: names, currency, writable });
  useActions(useMemo(() => (canUndo && !embedded ? [undoing(undo)] : noActions), [canUndo, embedded, undo]));

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

  return (
    <>
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
        pick={pick}
        setPick={(next) => setPick(id, next)}
        focused={!embedded}
        question={input}
        top={topOf(id)}
        keepTop={(top) => keepTop(id, top)}
        editable={({ field }) => writable && field.derived !== true}
        save={(row, key, value) => void editing.save(row, { [key]: value })}
        open={(row) => void go(placeOf(entity.name, row.id))}
        peek={peek}
        moved={follow}
        sort={({ key, field }) => (field.sortable ? arrangement.sort(arrangement.sorting.key === key && !arrangement.sorting.down ? `-${key}` : key) : tell(t('parts.list.notSortable', { field: words(field.label) }), undefined, 'attention'))}
        menu={(column, head) => props.menu({ column, at: head })}
        resize={arrangement.resize}
        reorder={arrangement.reorder}
        copy={clipboard.copy}
        paste={clipboard.paste}
        notice={<Notice {...props} rows={rows} />}
      />
      {editing.refusal && <Refused editing={editing} />}
      {below}
      <Footer
        columns={columns}
        count={rows.count}
        counted={rows.counted}
        chosen={chosen.count}
        sums={rows.sums}
        currency={currency}
        archive={writable && archived !== 'yes' ? () => void archiving(false) : undefined}
        restore={writable && archived !== 'no' ? () => void archiving(true) : undefined}
        addTag={writable && tagField !== undefined ? () => void addTag(tagField) : undefined}
      />
    </>
  );
}

/** What stands in place of rows: that they come, why they do not, that there are none. */
function Notice({ entity, rows, creatable, embedded, untouched, importable, showAll, create, importHere }: ListBodyProps & { readonly rows: Rows }) {
  const t = useT();
  if (rows.failure) return <Problem failure={rows.failure.failure} retry={rows.retry} />;
  if (rows.waiting) return <Loading rows={12} />;
  if (rows.count > 0) return null;
  if (!untouched) {
    return (
      <EmptyState title={t('parts.list.noneFound')}>
        <Button onClick={showAll}>{t('parts.list.noFilters')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={iconOf(entity.filing.icon)} title={t('parts.list.emptyTitle', { what: words(entity.plural) })} text={words(entity.purpose)}>
      {/* The main button stands in the toolbar; inside a record there is a line below to begin with. */}
      {creatable && !embedded && <Button icon={<Add20Regular />} onClick={create}>{t('parts.list.newOf', { what: words(entity.label) })}</Button>}
      {importable && <Button icon={<ArrowDownload20Regular />} onClick={importHere}>{t('parts.list.import')}</Button>}
    </EmptyState>
  );
}

/** A change that was not taken, and the choice between both values where someone else was first. */
function Refused({ editing }: { readonly editing: Editing }) {
  const t = useT();
  const failure = editing.refusal?.failure;
  if (!failure) return null;
  const conflict = failure.code === 'conflict';
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{failure.message}</MessageBarBody>
      <MessageBarActions>
        {conflict && <Button size="small" onClick={() => void editing.insist()}>{t('parts.list.insist')}</Button>}
        <Button size="small" onClick={editing.giveUp}>{t(conflict ? 'parts.list.takeTheirs' : 'common.dismiss')}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

/** In a text, Ctrl+Z takes back letters. */
const typing = (): boolean => document.activeElement instanceof HTMLElement && document.activeElement.matches('input, textarea');

const undoing = (undo: Editing['undo']): Action => ({
  id: 'list.undo',
  label: 'parts.list.undo',
  icon: ArrowUndo20Regular,
  keys: ['$mod+KeyZ'],
  group: 'list',
  when: () => !typing(),
  run: async () => tell(say('parts.list.undone', { count: await undo() })),
});
