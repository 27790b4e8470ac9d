import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChartMultiple16Regular, Table16Regular } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useT } from '../../t.ts';

const useStyles = makeStyles({
  figure: { minWidth: 0 },
  head: { display: 'flex', alignItems: 'start', justifyContent: 'space-between', gap: '8px', marginBottom: '8px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  turn: { flexShrink: 0, whiteSpace: 'nowrap' },
  about: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  table: { borderCollapse: 'collapse', width: '100%', fontVariantNumeric: 'tabular-nums' },
  cell: { padding: '4px 8px', textAlign: 'end', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, fontWeight: tokens.fontWeightRegular },
  first: { textAlign: 'start' },
  scroll: { overflow: 'auto', maxHeight: '320px' },
});

/** The same figures as rows: the first column names them. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Width of an element as it is now, so that a drawing fills it without being stretched. */
export function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}

/** What every chart has: a title that says the finding, what is drawn, and the same figures as a table, one key (T) away. */
export function ChartFrame({ title, about, table, children }: { readonly title: string; readonly about: string; readonly table: ChartTable; readonly children: (width: number) => ReactNode }) {
  const styles = useStyles();
  const t = useT();
  const titleId = useId();
  const [asTable, setAsTable] = useState(false);
  const [box, width] = useWidth();
  const group = useRef<HTMLDivElement>(null);
  // Heard by the chart as a whole, whichever of its parts has the focus.
  useEffect(() => {
    const element = group.current;
    const heard = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      setAsTable((now) => !now);
    };
    element?.addEventListener('keydown', heard);
    return () => element?.removeEventListener('keydown', heard);
  }, []);
  return (
    <div role="group" ref={group} className={styles.figure} aria-labelledby={titleId}>
      <div className={styles.head}>
        <div>
          <h3 id={titleId} className={styles.title}>
            {title}
          </h3>
          <p className={styles.about}>{about}</p>
        </div>
        <Button className={styles.turn} size="small" appearance="subtle" icon={asTable ? <ChartMultiple16Regular /> : <Table16Regular />} onClick={() => setAsTable((now) => !now)}>
          {t(asTable ? 'transfer.chart.drawing' : 'transfer.chart.table')}
        </Button>
      </div>
      <div ref={box}>{asTable ? <Figures table={table} title={title} /> : width > 0 && children(width)}</div>
    </div>
  );
}

function Figures({ table, title }: { readonly table: ChartTable; readonly title: string }) {
  const styles = useStyles();
  const align = (at: number): string => (at === 0 ? `${styles.cell} ${styles.first}` : styles.cell);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table}>
        <thead>
          <tr>
            {table.columns.map((column, at) => (
              <th key={column} scope="col" className={align(at)}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row" className={align(at)}>
                    {cell}
                  </th>
                ) : (
                  <td key={at} className={align(at)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
