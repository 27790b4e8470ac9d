import { type ReactNode, useCallback, useEffect, useId, useMemo, useState } from 'react';
import type { AnyRow } from '#contract/kit/entity.ts';
import { currencyOf } from '../fields/show.ts';
import { CellEditor, type Leave } from './CellEditor.tsx';
import type { Column } from './columns.ts';
import { GridHead } from './GridHead.tsx';
import { cellClasses, GridRow } from './GridRow.tsx';
import type { GridProps } from './gridProps.ts';
import { boxOf, type Cell, isRange, isTicked, moved, tickedCount } from './pick.ts';
import { useGridStyles } from './styles.ts';
import { useGridKeys } from './useGridKeys.ts';
import { useGridMouse } from './useGridMouse.ts';
import { useRowWindow } from './useRowWindow.ts';
import { useWidths } from './useWidths.ts';

interface Edited extends Cell {
  readonly before: AnyRow;
  readonly value: unknown;
}

export const tickWidth = 32;
/** The handle of the last column reaches so far beyond it. */
const overhang = 5;
/** Cells of any number of rows. One tab stop: the focus stays on the grid and `aria-activedescendant` says where one is. */
export function Grid(props: GridProps) {
  const { entity, count, at, see, nameOf, currency, sorting, rowHeight, ticks, pick, setPick, keepTop, top, notice } = props;
  const styles = useGridStyles();
  const gridId = useId();
  const [editing, setEditing] = useState<Edited | null>(null);
  const { attach, scroller, room, items, page, pool, show } = useRowWindow({ count, rowHeight, top, question: props.question, see });
  const { columns, resize } = useWidths(props.columns, room - overhang - (ticks ? tickWidth : 0), props.resize);
  const classes = useMemo(() => cellClasses(columns, styles), [columns, styles]);

  const { focused } = props;
  useEffect(() => {
    if (focused) scroller?.focus({ preventScroll: true });
  }, [focused, scroller]);

  const move = useCallback(
    (to: Partial<Cell>, extend: boolean): void => {
      const next = moved(pick, to, count, columns.length, extend);
      setPick(next);
      if (next.active.row >= 0) show(next.active.row);
      showColumn(scroller, columns, next.active.col, ticks);
      const row = at(next.active.row);
      if (row && !extend) props.moved(row);
    },
    [pick, setPick, count, columns, show, scroller, at, ticks, props],
  );
  const begin = useCallback(
    (cell: Cell, replace: boolean): void => {
      const [row, column] = [at(cell.row), columns[cell.col]];
      if (!row || !column || !props.editable(column, row)) return;
      // Yes and no need no editor: editing turns one into the other.
      if (column.field.kind === 'flag') props.save(row, column.key, row[column.key] !== true);
      else setEditing({ ...cell, before: row, value: replace ? blank(column, row[column.key]) : row[column.key] });
    },
    [at, columns, props],
  );
  const stop = (leave: Leave): void => {
    setEditing(null);
    scroller?.focus({ preventScroll: true });
    if (leave === 'down') move({ row: pick.active.row + 1 }, false);
    if (leave === 'right') move({ col: pick.active.col + 1 }, false);
    if (leave === 'left') move({ col: pick.active.col - 1 }, false);
  };
  const keys = useGridKeys({ ...props, columns, page, move, begin, editing: editing !== null, headId: (col) => `${gridId}--1-${col}` });
  const mouse = useGridMouse({ ...props, columns, grid: scroller });

  const box = boxOf(pick);
  const range = isRange(box);
  const ticked = tickedCount(pick.ticked, count);
  const width = columns.reduce((sum, column) => sum + column.width, ticks ? tickWidth : 0);
  const editor = (row: AnyRow, column: Column): ReactNode => (
    <CellEditor
      field={column.field}
      value={editing?.value}
      currency={currencyOf(column.field, row, currency)}
      commit={(value, leave) => {
        stop(leave);
        // With the version that was seen when editing began: what someone else saved since then is told, not written over.
        props.save(editing?.before ?? row, column.key, value);
      }}
      cancel={() => stop('stay')}
    />
  );
  const seen = items.includes(pick.active.row) || pick.active.row === -1;
  return (
    <div
      ref={attach}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + (ticks ? 1 : 0)}
      aria-multiselectable
      aria-activedescendant={seen && count > 0 ? `${gridId}-${pick.active.row}-${pick.active.col}` : undefined}
      className={styles.grid}
      onScroll={(event) => keepTop(event.currentTarget.scrollTop)}
      onKeyDown={keys}
      {...mouse}
      onCopy={(event) => {
        if (editing) return;
        event.preventDefault();
        props.copy(box);
      }}
      onPaste={(event) => {
        if (editing) return;
        event.preventDefault();
        props.paste(event.clipboardData.getData('text/plain'));
      }}
    >
      <GridHead
        gridId={gridId}
        columns={columns}
        sorting={sorting}
        active={pick.active.row === -1 ? pick.active.col : -1}
        ticks={ticks}
        all={ticked === 0 ? false : ticked === count ? true : 'some'}
        width={width}
        resize={resize}
        fit={(key) => props.resize(key, fitting(scroller, columns.findIndex((column) => column.key === key)))}
        reorder={props.reorder}
      />
      <div role="rowgroup" className={styles.body} style={{ height: count * rowHeight, width }}>
        {items.map((index) => {
          const row = at(index);
          const here = pick.active.row === index;
          const edited = editing && row?.id === editing.before.id ? columns[editing.col] : undefined;
          const inside = range && index >= box.top && index <= box.bottom;
          return (
            <GridRow
              // Rows that leave the screen are filled anew instead of being made anew.
              key={index % pool}
              classes={classes}
              gridId={gridId}
              row={row}
              index={index}
              top={index * rowHeight}
              height={rowHeight}
              columns={columns}
              title={entity.title}
              nameOf={nameOf}
              currency={currency}
              ticks={ticks}
              ticked={row !== undefined && isTicked(pick.ticked, row.id)}
              active={here ? pick.active.col : -1}
              from={inside ? box.left : -1}
              to={inside ? box.right : -1}
              editing={edited && row && editing ? { col: editing.col, editor: editor(row, edited) } : undefined}
            />
          );
        })}
      </div>
      {count === 0 && (
        <div role="row" aria-rowindex={2} className={styles.notice}>
          <div role="gridcell" aria-colspan={columns.length}>{notice}</div>
        </div>
      )}
    </div>
  );
}

/** What typing over a cell begins with: nothing, but a choice keeps its value, which letters then change. */
const blank = ({ field }: Column, value: unknown): unknown => (field.kind === 'text' || field.kind === 'longtext' || field.kind === 'day' ? '' : field.kind === 'choice' || field.kind === 'choices' || field.kind === 'tags' ? value : null);

/** Scrolls sideways until the column is seen. */
function showColumn(grid: HTMLElement | null, columns: readonly Column[], col: number, ticks: boolean): void {
  if (!grid) return;
  const left = columns.slice(0, col).reduce((sum, column) => sum + column.width, ticks ? tickWidth : 0);
  const right = left + (columns[col]?.width ?? 0);
  if (left < grid.scrollLeft || col === 0) grid.scrollLeft = col === 0 ? 0 : left;
  else if (right > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = right - grid.clientWidth;
}

/** Width at which no text on screen in this column is cut. */
function fitting(grid: HTMLElement | null, col: number): number {
  const cells = grid?.querySelectorAll<HTMLElement>(`[data-col="${col}"]`) ?? [];
  const range = document.createRange();
  return Math.max(
    0,
    ...[...cells].map((cell) => {
      range.selectNodeContents(cell);
      return range.getBoundingClientRect().width + 20;
    }),
  );
}
