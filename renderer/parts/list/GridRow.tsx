import { mergeClasses } from '@fluentui/react-components';
import { CheckboxChecked16Filled, CheckboxUnchecked16Regular, Checkmark16Regular } from '@fluentui/react-icons';
import { memo, type ReactNode } from 'react';
import type { AnyRow } from '#contract/kit/entity.ts';
import { isRight, type NameOf, show } from '../fields/show.ts';
import type { Column } from './columns.ts';
import { useGridStyles } from './styles.ts';

/** Classes of the cells of a column. Put together once for all its cells: thousands pass by while scrolling. */
export interface CellClasses {
  readonly plain: string;
  readonly ranged: string;
  readonly editing: string;
}

export function cellClasses(columns: readonly Column[], styles: ReturnType<typeof useGridStyles>): CellClasses[] {
  return columns.map(({ field }) => {
    const plain = mergeClasses(styles.cell, isRight(field) && styles.right, (field.kind === 'day' || field.kind === 'time') && styles.figures);
    return { plain, ranged: mergeClasses(plain, styles.ranged), editing: mergeClasses(plain, styles.editing) };
  });
}

interface RowProps {
  readonly classes: readonly CellClasses[];
  readonly gridId: string;
  readonly row: AnyRow | undefined;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly columns: readonly Column[];
  readonly title: string;
  readonly nameOf: NameOf;
  readonly currency: string;
  readonly ticks: boolean;
  readonly ticked: boolean;
  /** Column of the active cell when it is in this row, else -1. */
  readonly active: number;
  /** Columns of the selected range in this row; -1 when it is not in it. */
  readonly from: number;
  readonly to: number;
  /** Column that is being edited, with its editor. */
  readonly editing?: { readonly col: number; readonly editor: ReactNode } | undefined;
}

/** One row. It draws again only when something in it changed, so scrolling costs only the rows that come in. */
export const GridRow = memo(function GridRow({ classes, gridId, row, index, top, height, columns, title, nameOf, currency, ticks, ticked, active, from, to, editing }: RowProps) {
  const styles = useGridStyles();
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={ticked || from >= 0}
      data-row={index}
      className={mergeClasses(styles.row, active >= 0 && styles.here, ticked && styles.ticked, row?.archived === true && styles.archived)}
      style={{ transform: `translateY(${top}px)`, height, lineHeight: `${height}px` }}
    >
      {ticks && (
        <div role="gridcell" aria-colindex={1} data-tick className={mergeClasses(styles.tick, ticked && styles.tickOn)}>
          {ticked ? <CheckboxChecked16Filled aria-hidden /> : <CheckboxUnchecked16Regular aria-hidden />}
        </div>
      )}
      {columns.map(({ key, field, width }, col) => {
        const edited = editing?.col === col;
        const text = row ? show(field, row[key], row, nameOf, currency) : '';
        return (
          <div
            key={key}
            id={active === col ? `${gridId}-${index}-${col}` : undefined}
            role="gridcell"
            aria-colindex={col + (ticks ? 2 : 1)}
            data-col={col}
            data-active={active === col ? '' : undefined}
            title={edited ? undefined : text}
            className={classes[col]?.[edited ? 'editing' : from !== -1 && col >= from && col <= to ? 'ranged' : 'plain']}
            style={{ width }}
          >
            {edited ? editing.editor : row === undefined ? <span className={styles.skeleton} /> : field.kind === 'flag' ? row[key] === true && <Checkmark16Regular aria-label={text} style={{ verticalAlign: 'middle' }} /> : key === title ? <span data-open className={styles.link}>{text}</span> : text}
          </div>
        );
      })}
    </div>
  );
});
