import type { KeyboardEvent } from 'react';
import type { GridProps } from './gridProps.ts';
import { type Cell, nobody, target, toggled } from './pick.ts';

interface Keys extends GridProps {
  readonly page: number;
  readonly editing: boolean;
  readonly move: (to: Partial<Cell>, extend: boolean) => void;
  readonly begin: (cell: Cell, replace: boolean) => void;
  readonly headId: (col: number) => string;
}

/** The question mark shows the keys, here as everywhere; it does not type over a cell. */
const letter = (event: KeyboardEvent): boolean => event.key.length === 1 && event.key !== ' ' && event.key !== '?' && !event.ctrlKey && !event.metaKey && !event.altKey;

/** What the keys do in a grid. Whatever is not handled here goes on to the screen and the frame. */
export function useGridKeys(grid: Keys): (event: KeyboardEvent) => void {
  const { pick, setPick, columns, count, at } = grid;
  const { active } = pick;
  const column = columns[active.col];
  const row = at(active.row);

  const inHead = (event: KeyboardEvent): boolean => {
    if (!column) return false;
    if (event.key === 'Enter' || event.key === ' ') grid.sort(column);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey) || (event.altKey && event.key === 'ArrowDown')) {
      const head = document.getElementById(grid.headId(active.col));
      if (head) grid.menu(column, head);
    } else if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const right = event.key === 'ArrowRight';
      if (event.shiftKey) grid.resize(column.key, column.width + (right ? 16 : -16));
      else {
        grid.reorder(column.key, active.col + (right ? 2 : -1));
        grid.move({ col: active.col + (right ? 1 : -1) }, false);
      }
    } else return false;
    return true;
  };

  const onRow = (event: KeyboardEvent): boolean => {
    if (!row) return false;
    if (event.key === 'Enter' && !event.ctrlKey && !event.altKey) grid.open(row);
    else if (event.key === ' ' && (event.ctrlKey || event.shiftKey)) {
      if (grid.ticks) setPick({ ...pick, ticked: toggled(pick.ticked, row.id) });
    } else if (event.key === ' ') grid.peek(row);
    else if (event.key === 'F2') grid.begin(active, false);
    else if (letter(event)) {
      grid.begin(active, true);
      // The letter itself goes to the editor, which has the focus by the time it is typed.
      return false;
    } else return false;
    return true;
  };

  return (event) => {
    if (grid.editing || event.defaultPrevented) return;
    const done = active.row === -1 ? inHead(event) : onRow(event);
    if (done || everywhere(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  function everywhere(event: KeyboardEvent): boolean {
    if (event.key.toLowerCase() === 'a' && event.ctrlKey) {
      setPick({ ...pick, ticked: grid.ticks ? { all: true, ids: new Set() } : nobody });
      return true;
    }
    if (event.key === 'Escape') {
      const nothing = pick.ticked === nobody && pick.anchor.row === active.row && pick.anchor.col === active.col;
      if (nothing) return false;
      setPick({ active, anchor: active, ticked: nobody });
      return true;
    }
    if (event.altKey) return false;
    const to = target(event.key, event.ctrlKey, active, count, columns.length, grid.page);
    if (!to || count === 0) return false;
    grid.move(to, event.shiftKey);
    return true;
  }
}
