import { mergeClasses } from '@fluentui/react-components';
import { ArrowDown12Regular, ArrowUp12Regular, CheckboxChecked16Filled, CheckboxIndeterminate16Regular, CheckboxUnchecked16Regular } from '@fluentui/react-icons';
import { type PointerEvent, useState } from 'react';
import { useT, words } from '../../t.ts';
import { isRight } from '../fields/show.ts';
import type { Column, Sorting } from './columns.ts';
import { useGridStyles } from './styles.ts';

interface HeadProps {
  readonly gridId: string;
  readonly columns: readonly Column[];
  readonly sorting: Sorting;
  /** Column of the active cell when it is in the header, else -1. */
  readonly active: number;
  readonly ticks: boolean;
  /** Whether all rows, some or none are ticked. */
  readonly all: boolean | 'some';
  readonly width: number;
  readonly resize: (key: string, width: number, done: boolean) => void;
  readonly fit: (key: string) => void;
  readonly reorder: (key: string, to: number) => void;
}

/** The column heads: a click sorts, dragging moves, the right edge resizes; what the keys do here is in `useGridKeys`. */
export function GridHead({ gridId, columns, sorting, active, ticks, all, width, resize, fit, reorder }: HeadProps) {
  const styles = useGridStyles();
  const t = useT();
  const [moving, setMoving] = useState('');
  const [over, setOver] = useState(-1);
  const drag = (event: PointerEvent<HTMLSpanElement>, key: string, from: number): void => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const begin = event.clientX;
    handle.setPointerCapture(event.pointerId);
    let moved = false;
    const move = (at: globalThis.PointerEvent): void => {
      moved ||= at.clientX !== begin;
      if (moved) resize(key, from + at.clientX - begin, false);
    };
    const end = (at: globalThis.PointerEvent): void => {
      handle.removeEventListener('pointermove', move);
      // A mere click on the edge gives the column no width of its own.
      if (moved) resize(key, from + at.clientX - begin, true);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end, { once: true });
  };
  const sortedBy = ({ key, field }: Column): string => {
    if (!field.sortable) return t('parts.list.notSortable', { field: words(field.label) });
    return sorting.key === key && !sorting.down ? t('parts.list.sortDown', { field: words(field.label) }) : t('parts.list.sortUp', { field: words(field.label) });
  };
  return (
    <div role="rowgroup" className={styles.head} style={{ minWidth: width }}>
      <div role="row" aria-rowindex={1} data-row={-1} className={styles.headRow}>
        {ticks && (
          <div role="columnheader" tabIndex={-1} aria-colindex={1} data-tick-all className={mergeClasses(styles.tick, all !== false && styles.tickOn)}>
            <span className="unseen">{t('parts.list.tickAll')}</span>
            {all === 'some' ? <CheckboxIndeterminate16Regular aria-hidden /> : all ? <CheckboxChecked16Filled aria-hidden /> : <CheckboxUnchecked16Regular aria-hidden />}
          </div>
        )}
        {columns.map((column, col) => {
          const { key, field, width: own } = column;
          const sorted = sorting.key === key;
          return (
            <div
              key={key}
              id={`${gridId}--1-${col}`}
              role="columnheader"
              tabIndex={-1}
              aria-colindex={col + (ticks ? 2 : 1)}
              aria-sort={sorted ? (sorting.down ? 'descending' : 'ascending') : undefined}
              data-col={col}
              data-active={active === col ? '' : undefined}
              title={sortedBy(column)}
              draggable
              className={mergeClasses(styles.headCell, isRight(field) && styles.headRight, over === col && moving !== '' && styles.dropAt)}
              style={{ width: own }}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('application/x-column', key);
                setMoving(key);
              }}
              onDragOver={(event) => {
                if (moving === '') return;
                event.preventDefault();
                setOver(col);
              }}
              onDragEnd={() => {
                setMoving('');
                setOver(-1);
              }}
              onDrop={(event) => {
                if (moving === '') return;
                event.preventDefault();
                reorder(moving, columns.findIndex((one) => one.key === moving) < col ? col + 1 : col);
              }}
            >
              <span className={styles.headText}>{words(field.label)}</span>
              {sorted && (sorting.down ? <ArrowDown12Regular aria-hidden /> : <ArrowUp12Regular aria-hidden />)}
              <span className={styles.handle} data-handle aria-hidden draggable={false} onPointerDown={(event) => drag(event, key, own)} onDoubleClick={() => fit(key)} onDragStart={(event) => event.preventDefault()} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
