import { Button, mergeClasses, Tooltip } from '@fluentui/react-components';
import { Dismiss12Regular } from '@fluentui/react-icons';
import { type CSSProperties, type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../../t.ts';
import { CellInput } from './CellInput.tsx';
import { type GridColumn, type GridRules, leastOf } from './columns.ts';
import { cellOf, type Row, type Rows } from './sheet.ts';
import { beside, rowHeight, useLineStyles } from './styles.ts';
import { type LineGridWork, type Pasted, type Sheet, useLineGrid } from './useLineGrid.ts';

/** What who uses the grid can ask of it. */
export interface GridHandle {
  /** Ends the typing and waits for every lookup: then the lines say what is seen. */
  readonly settle: () => Promise<void>;
  readonly focus: (row: number, key: string) => void;
  /** The line that one is in. */
  readonly at: () => number;
  /** Puts these lines in the place of all, as one step that can be taken back, and goes to a cell. */
  readonly lay: (rows: Rows, row: number, key: string) => void;
}

interface LineGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rows: Rows;
  readonly sheet: Sheet;
  readonly rules: GridRules;
  readonly readOnly?: boolean;
  /** What is wrong with a line beside what its cells say themselves: by the key of the line, then of the column. */
  readonly problems?: ReadonlyMap<number, Readonly<Record<string, string>>>;
  /** Sums and the like under the columns; `''` stands before the first. */
  readonly foot: Readonly<Record<string, ReactNode>>;
  readonly most?: number;
  readonly pasted: (what: Pasted) => void;
  readonly handle?: Ref<GridHandle>;
}

const spare = 12;

/** Lines that are typed as in a spreadsheet. */
export function LineGrid({ label, columns, rows, sheet, rules, readOnly = false, problems, foot, most = 10_000, pasted, handle }: LineGridProps) {
  const styles = useLineStyles();
  const root = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const work = useLineGrid({ sheet, columns, rules, most, pasted });
  useImperativeHandle(handle, () => {
    const spot = (row: number, key: string): { row: number; col: number } => ({ row, col: Math.max(0, columns.findIndex((column) => column.key === key)) });
    return { settle: work.settle, focus: (row, key) => work.go(spot(row, key)), at: () => work.active.row, lay: (next, row, key) => work.lay(next, spot(row, key)) };
  }, [work, columns]);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setView({ top: element.scrollTop, height: element.clientHeight }));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const active = { row: Math.min(work.active.row, rows.length - 1), col: Math.min(work.active.col, columns.length - 1) };
  const from = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const to = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + spare);
  const seen = [...new Set([...Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at), ...(readOnly ? [] : [active.row])])];
  const width = (column: GridColumn): CSSProperties => ({ flex: `${column.grow ? 1 : 0} 1 ${column.width}px`, minWidth: leastOf(column) });
  const narrowest = columns.reduce((sum, column) => sum + leastOf(column), readOnly ? beside.gutter : beside.gutter + beside.end);
  return (
    <div
      ref={root}
      className={styles.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 2}
      aria-colcount={columns.length + 1}
      {...(readOnly ? { 'aria-readonly': true, tabIndex: 0 } : {})}
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
    >
      <div className={styles.wide} style={{ minWidth: narrowest }} role="presentation">
        <div className={mergeClasses(styles.row, styles.head)} role="row" aria-rowindex={1}>
          <div className={styles.gutter} role="columnheader">#</div>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" className={mergeClasses(styles.cell, column.figures && styles.right)} style={width(column)} title={column.label}>{column.label}</div>
          ))}
          {!readOnly && <div className={styles.end} role="presentation" />}
        </div>
        <div className={styles.body} style={{ minHeight: rows.length * rowHeight }} role="rowgroup">
          {seen.map((at) => {
            const row = rows[at];
            return row ? <Line key={row.key} row={row} at={at} rows={rows} columns={columns} rules={rules} active={readOnly || at !== active.row ? -1 : active.col} work={work} readOnly={readOnly} wrong={problems?.get(row.key)} width={width} /> : null;
          })}
        </div>
        <div className={mergeClasses(styles.row, styles.foot)} role="row" aria-rowindex={rows.length + 2}>
          <div className={styles.gutter} role="gridcell">{foot['']}</div>
          {columns.map((column) => (
            <div key={column.key} role="gridcell" className={mergeClasses(styles.cell, styles.footCell, column.figures && styles.right)} style={width(column)}>{foot[column.key]}</div>
          ))}
          {!readOnly && <div className={styles.end} role="presentation" />}
        </div>
      </div>
    </div>
  );
}

interface LineProps {
  readonly row: Row;
  readonly at: number;
  readonly rows: Rows;
  readonly columns: readonly GridColumn[];
  readonly rules: GridRules;
  /** Column that one is in, -1 for none. */
  readonly active: number;
  readonly work: LineGridWork;
  readonly readOnly: boolean;
  readonly wrong: Readonly<Record<string, string>> | undefined;
  readonly width: (column: GridColumn) => CSSProperties;
}

function Line({ row, at, rows, columns, rules, active, work, readOnly, wrong, width }: LineProps) {
  const styles = useLineStyles();
  const t = useT();
  return (
    <div className={mergeClasses(styles.row, styles.line, active >= 0 && styles.here)} style={{ top: at * rowHeight }} role="row" aria-rowindex={at + 2}>
      <div className={styles.gutter} role="rowheader">{at + 1}</div>
      {columns.map((column, col) => {
        const cell = cellOf(row, column.key);
        const here = col === active;
        const problem = here && work.typing ? undefined : (cell.problem ?? wrong?.[column.key]);
        const open = column.lookup?.open;
        const id = typeof cell.value === 'number' && column.lookup ? cell.value : null;
        return (
          <div
            key={column.key}
            role="gridcell"
            aria-colindex={col + 2}
            className={mergeClasses(styles.cell, !readOnly && styles.typable, column.figures && styles.right, cell.waiting && !here && styles.waiting, problem !== undefined && styles.wrong, here && styles.active)}
            style={width(column)}
            title={problem ?? (here ? undefined : cell.text)}
            {...(readOnly || here
              ? {}
              : {
                  onMouseDown: (event) => {
                    event.preventDefault();
                    work.go({ row: at, col });
                  },
                })}
          >
            {here ? (
              <CellInput
                key={`${row.key} ${column.key}`}
                column={column}
                cell={cell}
                work={work}
                rows={rows.length}
                cols={columns.length}
                ghost={cell.text === '' && column.figures ? (rules.missing?.(rows, at, column.key) ?? '') : ''}
                label={t('parts.grid.cell', { column: column.label, line: at + 1 })}
                problem={problem}
              />
            ) : readOnly && open && id !== null ? (
              <button type="button" className={styles.link} onClick={() => open(id)}>{cell.text}</button>
            ) : (
              cell.text
            )}
          </div>
        );
      })}
      {!readOnly && (
        <div className={styles.end} role="gridcell">
          <Tooltip content={t('parts.grid.remove')} relationship="label">
            <Button className={mergeClasses(styles.remove, active >= 0 && styles.removeSeen)} size="small" appearance="subtle" tabIndex={-1} icon={<Dismiss12Regular />} onClick={() => work.removeLine(at)} />
          </Tooltip>
        </div>
      )}
    </div>
  );
}
