import { mergeClasses } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useT } from '../t.ts';
import { useStepStyles } from './styles.ts';

export interface GridColumn {
  readonly key: string;
  readonly label: ReactNode;
  readonly end?: boolean;
}

/** A plain table in a box of its own that scrolls both ways; for looking, not for editing. `label` names it for screen readers; the column `long` takes what room there is. */
export function Grid({ label, columns, rows, first, height, long }: { readonly label: string; readonly columns: readonly GridColumn[]; readonly rows: readonly (readonly string[])[]; readonly first?: readonly string[]; readonly height?: number | string; readonly long?: number }) {
  const styles = useStepStyles();
  const t = useT();
  return (
    <div className={styles.scroll} style={{ maxHeight: height }} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {first && (
              <th className={mergeClasses(styles.th, styles.end)} scope="col">
                {t('transfer.problems.row')}
              </th>
            )}
            {columns.map((column) => (
              <th key={column.key} scope="col" className={mergeClasses(styles.th, column.end && styles.end)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {first && <td className={mergeClasses(styles.td, styles.number)}>{first[row]}</td>}
              {columns.map((column, at) => (
                <td key={column.key} className={mergeClasses(styles.td, column.end && styles.end, at === long && styles.long)} title={(cells[at]?.length ?? 0) > 36 ? cells[at] : undefined}>
                  {cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
