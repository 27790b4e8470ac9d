import { Button, Input, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { Add20Regular, ChevronDown16Regular, ChevronRight16Regular, Search16Regular } from '@fluentui/react-icons';
import { type DragEvent, type KeyboardEvent, type ReactNode, useCallback, useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { useActions } from '../../commands.ts';
import { refresh } from '../../query.ts';
import { closeBeside, go, placeOf, tell, tellWrong, useUi } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { EmptyState } from '../EmptyState.tsx';
import { useBarStyles } from '../list/styles.ts';
import { headHeight, useRowWindow } from '../list/useRowWindow.ts';
import { Loading } from '../Loading.tsx';
import { failureOf, NoPermission, Problem } from '../Problem.tsx';
import { EntityIcon } from '../record/EntityIcon.tsx';
import { oneRow, update } from '../record/asked.ts';
import { useRights } from '../record/rights.ts';
import { treeTarget } from './keys.ts';
import { Rename } from './Rename.tsx';
import { type Branch, mostChildren, setOpen, useTree } from './useTree.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: 0, height: '100%' },
  tree: { position: 'relative', flex: '1 1 0', minHeight: 0, overflow: 'auto', outline: 'none', userSelect: 'none', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, ':focus-visible [data-active]': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  item: { position: 'absolute', left: 0, right: 0, display: 'flex', alignItems: 'center', gap: '6px', height: '28px', paddingRight: '12px', boxSizing: 'border-box', cursor: 'default', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  here: { backgroundColor: tokens.colorNeutralBackground3 },
  cut: { opacity: 0.5 },
  over: { backgroundColor: tokens.colorBrandBackground2 },
  fold: { width: '20px', height: '20px', display: 'flex', alignItems: 'center', justifyContent: 'center', flexShrink: 0, color: tokens.colorNeutralForeground3 },
  title: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', ':hover': { textDecorationLine: 'underline', cursor: 'pointer' } },
  second: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  leads: { fontSize: 'inherit', fontVariantNumeric: 'tabular-nums' },
  icon: { display: 'flex', color: tokens.colorNeutralForeground3, '& svg': { width: '16px', height: '16px' } },
});

interface TreeProps {
  readonly entity: Entity;
  readonly extra?: ReactNode;
  /** What stands beside the title. */
  readonly second?: (row: AnyRow) => string;
}

/** Records that lie in each other: arrows walk, F2 renames, Ctrl+X and Ctrl+V or the mouse move one below another. */
export function TreeView(props: TreeProps) {
  const { may } = useRights();
  return may(props.entity.area, 'read') ? <ReadableTree {...props} /> : <NoPermission />;
}

function ReadableTree({ entity, extra, second }: TreeProps) {
  const styles = useStyles();
  const bar = useBarStyles();
  const t = useT();
  const treeId = useId();
  const writable = useRights().writes(entity);
  // What a list is ordered by, such as the number of an account, is read first.
  const leads = entity.subtitle !== undefined && entity.order === entity.subtitle;
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const [active, setActive] = useState<number | null>(null);
  const [cut, setCut] = useState<AnyRow | null>(null);
  const [renaming, setRenaming] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [seen, setSeen] = useState<readonly [number, number]>([0, 40]);
  const { branches, query, cut: shortened, open: opened } = useTree(entity, text, seen);
  const see = useCallback((first: number, last: number) => setSeen((before) => (before[0] === first && before[1] === last ? before : [first, last])), []);
  const { attach, scroller, items, page, show } = useRowWindow({ count: branches.length, rowHeight: 28, top: 0, question: text, see });
  useEffect(() => scroller?.focus({ preventScroll: true }), [scroller]);

  const at = Math.max(0, branches.findIndex((one) => one.row.id === active));
  const here = branches[at];
  const titleOf = (row: AnyRow): string => (typeof row[entity.title] === 'string' ? String(row[entity.title]) : '');
  const createBelow = useCallback((id: number | null): void => void go({ ...placeOf(entity.name, 0), draft: id === null || !entity.tree ? {} : { [entity.tree]: id } }), [entity]);
  useActions(
    useMemo(
      () => (writable ? [{ id: 'list.new', label: 'parts.list.newOf' as const, params: { what: words(entity.label) }, icon: Add20Regular, keys: ['$mod+KeyN'], group: 'list' as const, run: () => createBelow(active) }] : []),
      [writable, entity, createBelow, active],
    ),
  );

  const move = async (row: AnyRow, parent: Branch | null): Promise<void> => {
    const field = entity.tree ?? '';
    setCut(null);
    if (row[field] === (parent?.row.id ?? null)) return;
    for (let up: Branch | undefined | null = parent; up; up = branches.find((one) => one.row.id === up?.parent)) if (up.row.id === row.id) return tellWrong(t('parts.tree.loop'));
    try {
      const now = await oneRow(entity.name, row.id);
      const written = await update(entity.name, row.id, now.version, { [field]: parent?.row.id ?? null });
      if (parent) setOpen(entity.name, parent.row.id, true, opened);
      refresh([entity.name]);
      tell(t('parts.tree.moved', { title: titleOf(row), parent: parent ? titleOf(parent.row) : t('parts.tree.top') }), async () => {
        await update(entity.name, row.id, written.version, { [field]: now[field] ?? null }).catch((thrown: unknown) => tellWrong(failureOf(thrown).message));
        refresh([entity.name]);
      });
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    }
  };
  const goTo = (index: number): void => {
    const next = branches[Math.max(0, Math.min(branches.length - 1, index))];
    if (!next) return;
    setActive(next.row.id);
    show(branches.indexOf(next));
    if (useUi.getState().beside?.entity === entity.name) void go(placeOf(entity.name, next.row.id), { beside: true });
  };
  const act = (event: KeyboardEvent, branch: Branch): boolean => {
    const { row } = branch;
    if (event.key === 'Enter') void go(placeOf(entity.name, row.id));
    else if (event.key === ' ') {
      if (useUi.getState().beside?.id === row.id) closeBeside();
      else void go(placeOf(entity.name, row.id), { beside: true });
    } else if (event.key === 'F2' && writable) setRenaming(row.id);
    else if (event.key === 'Escape' && cut) setCut(null);
    else if (event.ctrlKey && event.key.toLowerCase() === 'x' && writable) {
      setCut(row);
      tell(t('parts.tree.movingHint', { title: titleOf(row) }), undefined, 'attention');
    } else if (event.ctrlKey && event.key.toLowerCase() === 'v' && cut) void move(cut, branch);
    else {
      const to = treeTarget(event.key, branches, at, page);
      if (to === null) return false;
      if (to === 'open' || to === 'close') setOpen(entity.name, row.id, to === 'open', opened);
      else goTo(to);
    }
    return true;
  };
  const dropOn = (event: DragEvent, parent: Branch | null): void => {
    setOver(null);
    if (!cut) return;
    event.preventDefault();
    event.stopPropagation();
    void move(cut, parent);
  };

  return (
    <div className={styles.view}>
      <div className={bar.bar} role="toolbar" aria-label={t('parts.list.toolbar')}>
        <Input className={bar.filter} value={typed} maxLength={200} aria-label={t('parts.tree.search')} placeholder={t('parts.tree.search')} contentBefore={<Search16Regular aria-hidden />} onChange={(_event, data) => setTyped(data.value)} />
        {extra}
        <span className={bar.space} />
        {writable && (
          <Tooltip content={here ? t('parts.tree.add') : words(entity.label)} relationship="description">
            <Button className={bar.primary} appearance="primary" icon={<Add20Regular />} onClick={() => createBelow(active)}>{t('parts.list.new')}</Button>
          </Tooltip>
        )}
      </div>
      <div
        ref={attach}
        role="tree"
        tabIndex={0}
        aria-label={words(entity.plural)}
        aria-activedescendant={here && items.includes(at) ? `${treeId}-${here.row.id}` : undefined}
        className={styles.tree}
        onKeyDown={(event) => {
          if (renaming !== null || !here || !act(event, here)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onDragOver={(event) => cut && event.preventDefault()}
        onDrop={(event) => dropOn(event, null)}
      >
        {query.error && !query.data && <Problem failure={query.error.failure} retry={() => void query.refetch()} />}
        {!query.data && !query.error && <Loading rows={12} />}
        {query.data && branches.length === 0 && <EmptyState title={t(typed === '' ? 'parts.list.emptyTitle' : 'parts.list.noneFound', { what: words(entity.plural) })} {...(typed === '' ? { text: words(entity.purpose) } : {})} />}
        <div role="presentation" style={{ height: branches.length * 28 + headHeight }} />
        {items.map((index) => {
          const branch = branches[index];
          if (!branch) return null;
          const { row, level, children, open } = branch;
          const isHere = branch === here;
          return (
            <div
              key={row.id}
              id={`${treeId}-${row.id}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={level}
              aria-posinset={branch.position}
              aria-setsize={branch.siblings}
              aria-expanded={children ? open : undefined}
              aria-selected={isHere}
              data-active={isHere ? '' : undefined}
              draggable={writable && renaming === null}
              className={mergeClasses(styles.item, isHere && styles.here, cut?.id === row.id && styles.cut, over === row.id && styles.over)}
              style={{ top: index * 28, paddingLeft: 8 + (level - 1) * 20 }}
              onMouseDown={() => setActive(row.id)}
              onDoubleClick={() => void go(placeOf(entity.name, row.id))}
              onDragStart={(event) => {
                event.dataTransfer.setData('application/x-record', String(row.id));
                setCut(row);
              }}
              onDragEnd={() => {
                setCut(null);
                setOver(null);
              }}
              onDragOver={(event) => {
                if (!cut || cut.id === row.id) return;
                event.preventDefault();
                setOver(row.id);
              }}
              onDrop={(event) => dropOn(event, branch)}
            >
              <span className={styles.fold} role="presentation" onClick={() => setOpen(entity.name, row.id, !open, opened)}>
                {children && (open ? <ChevronDown16Regular aria-hidden /> : <ChevronRight16Regular aria-hidden />)}
              </span>
              <span className={styles.icon}>
                <EntityIcon entity={entity} />
              </span>
              {second && leads && <span className={mergeClasses(styles.second, styles.leads)}>{second(row)}</span>}
              {renaming === row.id ? (
                <Rename
                  entity={entity}
                  row={row}
                  end={() => {
                    setRenaming(null);
                    scroller?.focus({ preventScroll: true });
                  }}
                />
              ) : (
                <span role="presentation" className={styles.title} title={titleOf(row)} onClick={() => void go(placeOf(entity.name, row.id))}>
                  {titleOf(row)}
                </span>
              )}
              {second && !leads && <span className={styles.second}>{second(row)}</span>}
            </div>
          );
        })}
      </div>
      {shortened && <div className={bar.foot}>{t('parts.tree.tooMany', { count: mostChildren })}</div>}
    </div>
  );
}
