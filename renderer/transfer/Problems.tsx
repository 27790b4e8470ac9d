import { Button, Field, Select } from '@fluentui/react-components';
import { Copy16Regular, DocumentPdf16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Checked, RowProblem } from '#contract/company/transfer.ts';
import { instant, number } from '../parts/format.ts';
import { toTsv } from '../parts/list/tsv.ts';
import { copy } from '../parts/Problem.tsx';
import type { Paper } from '../parts/report/paper.ts';
import { printPaper } from '../parts/report/print.ts';
import { useCall } from '../query.ts';
import { language, useT } from '../t.ts';
import { Grid } from './Grid.tsx';
import { countBy } from './counts.ts';
import { inert } from './inert.ts';
import { useStepStyles } from './styles.ts';

/** Why rows were refused: by row and column, to be filtered, copied for a spreadsheet, or printed for whoever made the file. */
export function Problems({ checked, title }: { readonly checked: Checked; readonly title: string }) {
  const styles = useStepStyles();
  const t = useT();
  const firm = useCall('company.get', {}).data?.name ?? '';
  const [column, setColumn] = useState<string | null>(null);
  const columns = [...countBy(checked.problems)];
  const shown = checked.problems.filter((problem) => column === null || problem.column === column);
  const heads = [t('transfer.problems.row'), t('transfer.problems.column'), t('transfer.problems.value'), t('transfer.problems.reason')];
  const cells = (problem: RowProblem): string[] => [String(problem.row), problem.column, problem.value, problem.message];
  const more = checked.problem_count > checked.problems.length ? t('transfer.problems.more', { shown: number(checked.problems.length), all: number(checked.problem_count) }) : '';
  const paper = (): Paper => ({
    firm,
    title,
    asAt: t('transfer.print.asAt', { when: instant(Date.now()) }),
    filters: column === null ? [] : [t('transfer.problems.only', { column })],
    columns: [
      { key: 'row', label: heads[0] ?? '', align: 'end', share: 0.6 },
      { key: 'column', label: heads[1] ?? '', share: 1.2 },
      { key: 'value', label: heads[2] ?? '', share: 1.6 },
      { key: 'reason', label: heads[3] ?? '', share: 3 },
    ],
    lines: shown.map((problem) => ({ kind: 'line', cells: cells(problem) })),
    notes: more === '' ? [] : [more],
    language: language(),
    pageWords: [t('transfer.print.pageBefore'), t('transfer.print.pageBetween'), t('transfer.print.pageAfter')],
  });
  return (
    <div className={styles.stack} style={{ gap: '8px' }}>
      <div className={styles.row}>
        <Field label={t('transfer.problems.filter')} className={styles.wide}>
          <Select value={column === null ? '' : `=${column}`} onChange={(_event, data) => setColumn(data.value === '' ? null : data.value.slice(1))}>
            <option value="">{t('transfer.problems.all', { count: checked.problem_count, n: number(checked.problem_count) })}</option>
            {columns.map(([name, count]) => (
              <option key={name} value={`=${name}`}>
                {`${name === '' ? t('transfer.problems.whole') : name} (${number(count)})`}
              </option>
            ))}
          </Select>
        </Field>
        <Button icon={<Copy16Regular />} onClick={() => void copy(toTsv([heads, ...shown.map(cells)].map((row) => row.map(inert))))}>
          {t('transfer.problems.copy')}
        </Button>
        <Button icon={<DocumentPdf16Regular />} onClick={() => void printPaper(paper(), 'pdf')}>
          {t('transfer.problems.pdf')}
        </Button>
      </div>
      <Grid
        label={t('transfer.problems.title')}
        height="260px"
        columns={[
          { key: 'row', label: heads[0], end: true },
          { key: 'column', label: heads[1] },
          { key: 'value', label: heads[2] },
          { key: 'reason', label: heads[3] },
        ]}
        rows={shown.map(cells)}
        long={3}
      />
      {more !== '' && <p className={styles.quiet}>{more}</p>}
    </div>
  );
}
