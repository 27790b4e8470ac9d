import { type MouseEvent, useRef } from 'react';
import type { GridProps } from './gridProps.ts';
import { type Cell, nobody, tickedCount, toggled } from './pick.ts';

interface Mouse extends GridProps {
  readonly grid: HTMLDivElement | null;
}

type Handlers = Pick<React.HTMLAttributes<HTMLDivElement>, 'onMouseDown' | 'onMouseOver' | 'onClick' | 'onDoubleClick' | 'onContextMenu'>;

interface Spot extends Cell {
  readonly element: HTMLElement;
  /** On the tick of the row, or of all rows. */
  readonly tick: boolean;
  /** On the title, which opens the record. */
  readonly open: boolean;
}

function spotOf(event: MouseEvent): Spot | null {
  if (!(event.target instanceof Element)) return null;
  const element = event.target.closest<HTMLElement>('[data-col], [data-tick], [data-tick-all]');
  const row = element?.closest<HTMLElement>('[data-row]');
  if (!element || !row || event.target.closest('[data-handle]')) return null;
  return { element, row: Number(row.dataset['row']), col: Number(element.dataset['col'] ?? 0), tick: element.dataset['col'] === undefined, open: event.target.closest('[data-open]') !== null };
}

/** What the mouse does in a grid. One set of listeners on the grid, none on its cells. */
export function useGridMouse(props: Mouse): Handlers {
  const { pick, setPick, count, columns, at, grid } = props;
  const dragging = useRef(false);
  const cellOf = (spot: Spot): Cell => ({ row: spot.row, col: spot.col });

  return {
    onMouseDown: (event) => {
      const spot = spotOf(event);
      dragging.current = false;
      if (!spot || event.button !== 0 || spot.row < 0 || spot.tick) return;
      grid?.focus({ preventScroll: true });
      const active = cellOf(spot);
      const row = at(spot.row);
      if (event.shiftKey) setPick({ ...pick, active });
      else if (event.ctrlKey && row && props.ticks) setPick({ active, anchor: active, ticked: toggled(pick.ticked, row.id) });
      else {
        setPick({ active, anchor: active, ticked: nobody });
        dragging.current = true;
        if (row) props.moved(row);
      }
    },
    onMouseOver: (event) => {
      if (!dragging.current || event.buttons !== 1) return;
      const spot = spotOf(event);
      if (spot && spot.row >= 0 && !spot.tick && (spot.row !== pick.active.row || spot.col !== pick.active.col)) setPick({ ...pick, active: cellOf(spot) });
    },
    onClick: (event) => {
      const spot = spotOf(event);
      if (!spot) return;
      if (spot.row < 0) {
        grid?.focus({ preventScroll: true });
        const column = columns[spot.col];
        if (spot.tick) setPick({ ...pick, ticked: tickedCount(pick.ticked, count) === count ? nobody : { all: true, ids: new Set() } });
        else if (column) props.sort(column);
        return;
      }
      const row = at(spot.row);
      if (!row) return;
      if (spot.tick) {
        grid?.focus({ preventScroll: true });
        setPick({ active: { row: spot.row, col: pick.active.col }, anchor: { row: spot.row, col: pick.active.col }, ticked: toggled(pick.ticked, row.id) });
      } else if (spot.open && !event.shiftKey && !event.ctrlKey) props.open(row);
    },
    onDoubleClick: (event) => {
      const spot = spotOf(event);
      const row = spot && spot.row >= 0 && !spot.tick ? at(spot.row) : undefined;
      if (row) props.open(row);
    },
    onContextMenu: (event) => {
      const spot = spotOf(event);
      const column = spot?.row === -1 && !spot.tick ? columns[spot.col] : undefined;
      if (!spot || !column) return;
      event.preventDefault();
      props.menu(column, spot.element);
    },
  };
}
