import { Button, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { ArrowDownload16Regular, DocumentPdf16Regular, Print16Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { useT } from '../../t.ts';
import type { Paper, PaperColumn, PaperLine } from './paper.ts';
import { printPaper } from './print.ts';

export interface ReportProps {
  readonly paper: Paper;
  /** The row of choices above the paper: period, comparison, department. */
  readonly parameters?: ReactNode;
  /** Saves the figures as a table; left out where there is no such file. */
  readonly onSave?: (format: 'xlsx' | 'csv') => void;
  /** A chart of the same figures, above them. */
  readonly chart?: ReactNode;
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '8px', padding: '8px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  parameters: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '8px', flexGrow: 1, minWidth: 0 },
  desk: { flexGrow: 1, minHeight: 0, overflow: 'auto', padding: '16px', backgroundColor: tokens.colorNeutralBackground3 },
  paper: { maxWidth: '960px', margin: '0 auto', padding: '32px 40px', backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusSmall, fontVariantNumeric: 'tabular-nums' },
  wide: { maxWidth: '1320px' },
  firm: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  title: { margin: '4px 0', fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600 },
  note: { marginTop: '16px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  chart: { marginTop: '24px' },
  table: { width: '100%', marginTop: '16px', borderCollapse: 'separate', borderSpacing: 0, tableLayout: 'fixed' },
  th: { textAlign: 'start', verticalAlign: 'bottom', padding: '4px 8px', fontWeight: tokens.fontWeightSemibold, borderBottom: `1px solid ${tokens.colorNeutralForeground1}`, overflowWrap: 'break-word' },
  td: { padding: '3px 8px', verticalAlign: 'top', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
  end: { textAlign: 'end' },
  heading: { fontWeight: tokens.fontWeightSemibold, paddingTop: '12px' },
  subtotal: { fontWeight: tokens.fontWeightSemibold, borderTop: `1px solid ${tokens.colorNeutralForeground1}` },
  total: { fontWeight: tokens.fontWeightBold, borderTop: `1px solid ${tokens.colorNeutralForeground1}`, borderBottom: `3px double ${tokens.colorNeutralForeground1}` },
  figure: { font: 'inherit', color: tokens.colorBrandForegroundLink, background: 'none', border: 'none', padding: 0, cursor: 'pointer', textDecorationLine: 'underline', textDecorationColor: tokens.colorNeutralStroke1, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
});

/** A report on screen as it comes out of the printer; every figure that says how opens what it is made of. */
export function Report({ paper, parameters, onSave, chart }: ReportProps) {
  const styles = useStyles();
  const t = useT();
  return (
    <div className={styles.root}>
      <div className={styles.bar} role="toolbar" aria-label={t('transfer.report.actions')}>
        <div className={styles.parameters}>{parameters}</div>
        <PaperButtons paper={paper} />
        {onSave && (
          <>
            <Button icon={<ArrowDownload16Regular />} onClick={() => onSave('xlsx')}>
              XLSX
            </Button>
            <Button icon={<ArrowDownload16Regular />} onClick={() => onSave('csv')}>
              CSV
            </Button>
          </>
        )}
      </div>
      <div className={styles.desk} tabIndex={0} role="region" aria-label={paper.title}>
        <article className={mergeClasses(styles.paper, paper.landscape && styles.wide)} lang={paper.language}>
          <Head paper={paper} />
          {chart && <div className={styles.chart}>{chart}</div>}
          <Table paper={paper} />
          {paper.notes.map((note) => (
            <p key={note} className={mergeClasses(styles.quiet, styles.note)}>
              {note}
            </p>
          ))}
        </article>
      </div>
    </div>
  );
}

/** PDF and printer, for a report and for whatever else can be put on paper. */
export function PaperButtons({ paper }: { readonly paper: Paper }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const print = async (to: 'pdf' | 'printer'): Promise<void> => {
    setBusy(true);
    await printPaper(paper, to);
    setBusy(false);
  };
  return (
    <>
      <Button icon={<DocumentPdf16Regular />} disabledFocusable={busy} onClick={() => void print('pdf')}>
        PDF
      </Button>
      <Tooltip relationship="description" content={t('transfer.report.printAbout')}>
        <Button icon={<Print16Regular />} disabledFocusable={busy} onClick={() => void print('printer')}>
          {t('transfer.print.action')}
        </Button>
      </Tooltip>
    </>
  );
}

function Head({ paper }: { readonly paper: Paper }) {
  const styles = useStyles();
  return (
    <header>
      <p className={styles.firm}>{paper.firm}</p>
      <h1 className={styles.title}>{paper.title}</h1>
      <p className={styles.quiet}>{[paper.period ?? '', paper.asAt].filter((part) => part !== '').join(' · ')}</p>
      {paper.filters.length > 0 && <p className={styles.quiet}>{paper.filters.join(' · ')}</p>}
    </header>
  );
}

function Table({ paper }: { readonly paper: Paper }) {
  const styles = useStyles();
  const shares = paper.columns.map((column) => column.share ?? 1);
  const all = shares.reduce((sum, share) => sum + share, 0) || 1;
  return (
    <table className={styles.table}>
      <colgroup>
        {shares.map((share, at) => (
          <col key={paper.columns[at]?.key} style={{ width: `${(share / all) * 100}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {paper.columns.map((column) => (
            <th key={column.key} scope="col" className={mergeClasses(styles.th, column.align === 'end' && styles.end)}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {paper.lines.map((line, at) => (
          <Line key={at} line={line} columns={paper.columns} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line, columns }: { readonly line: PaperLine; readonly columns: readonly PaperColumn[] }) {
  const styles = useStyles();
  if (line.kind === 'heading') {
    return (
      <tr>
        <th scope="rowgroup" colSpan={columns.length} className={mergeClasses(styles.td, styles.heading)} style={{ textAlign: 'start' }}>
          {line.cells[0]}
        </th>
      </tr>
    );
  }
  return (
    <tr>
      {columns.map((column, at) => {
        const open = line.opens?.[column.key];
        const words = line.cells[at] ?? '';
        return (
          <td key={column.key} className={mergeClasses(styles.td, line.kind !== 'line' && styles[line.kind], column.align === 'end' && styles.end)} style={at === 0 && line.depth ? { paddingInlineStart: 8 + line.depth * 16 } : undefined}>
            {open ? (
              <button type="button" className={styles.figure} onClick={open}>
                {words}
              </button>
            ) : (
              words
            )}
          </td>
        );
      })}
    </tr>
  );
}
