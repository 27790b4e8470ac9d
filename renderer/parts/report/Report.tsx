import { Button, makeStyles, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { ArrowDownload16Regular, DocumentPdf16Regular, Print16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useT } from '../../t.ts';
import { useAfterPicture } from '../afterPicture.ts';
import { fitted, nextFigure, widthOf, widthsOf } from './figures.ts';
import { indented, type Paper, type PaperColumn, type PaperLine } from './paper.ts';
import { printPaper } from './print.ts';

export interface ReportProps {
  readonly paper: Paper;
  /** The row of choices above the paper: period, comparison, department. */
  readonly parameters?: ReactNode;
  /** Saves the figures as a table; left out where there is no such file. */
  readonly onSave?: (format: 'xlsx' | 'csv') => void;
  /** False for a preview, which goes to no printer and no file. */
  readonly outlets?: boolean;
  /** A chart of the same figures, above them. */
  readonly chart?: ReactNode;
  /** More buttons beside those for paper and files. */
  readonly actions?: ReactNode;
  /** Under this name the last figure is remembered, and has the focus again when one comes back from what it opened. */
  readonly remember?: string;
  /** Below the last line, such as a button that brings more of them. */
  readonly more?: ReactNode;
}

/** Lines that fit on a large screen: the rest is drawn when these are seen. */
const seenAtFirst = 45;

/** The figure that was followed last, by the name of the report. */
const followed = new Map<string, string>();

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '8px', padding: '8px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  // Each choice finds its place in the lines of the bar; the buttons stay together behind the last one.
  parameters: { display: 'contents' },
  buttons: { display: 'flex', alignItems: 'end', gap: '8px', marginLeft: 'auto' },
  desk: { containerType: 'inline-size', flexGrow: 1, minHeight: 0, overflow: 'auto', padding: '16px', backgroundColor: tokens.colorNeutralBackground3 },
  paper: { '--side': '32px', '@container (max-width: 700px)': { '--side': '8px' }, maxWidth: '960px', margin: '0 auto', padding: '24px var(--side)', boxSizing: 'border-box', backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusSmall, fontVariantNumeric: 'tabular-nums' },
  wide: { '@container (max-width: 1000px)': { '--side': '12px' }, maxWidth: '1640px' },
  icon: { minHeight: '28px', minWidth: '32px' },
  firm: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  title: { margin: '4px 0', fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600 },
  note: { marginTop: '16px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  chart: { marginTop: '24px' },
  table: { width: '100%', marginTop: '16px', backgroundColor: tokens.colorNeutralBackground1, borderCollapse: 'separate', borderSpacing: 0, tableLayout: 'fixed' },
  th: { textAlign: 'start', verticalAlign: 'bottom', padding: '4px 8px', fontWeight: tokens.fontWeightSemibold, borderBottom: `1px solid ${tokens.colorNeutralForeground1}`, overflowWrap: 'break-word', position: 'sticky', top: '-16px', zIndex: 1, backgroundColor: tokens.colorNeutralBackground1 },
  corner: { left: '-16px', zIndex: 2 },
  fixed: { position: 'sticky', left: '-16px', backgroundColor: tokens.colorNeutralBackground1 },
  td: { padding: '3px 8px', verticalAlign: 'top', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
  end: { textAlign: 'end' },
  heading: { fontWeight: tokens.fontWeightSemibold, paddingTop: '12px' },
  plain: { borderBottomStyle: 'none', '> button': { textAlign: 'start' } },
  group: { fontWeight: tokens.fontWeightSemibold },
  row: { ':hover > td': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  subtotal: { fontWeight: tokens.fontWeightSemibold, borderTop: `1px solid ${tokens.colorNeutralForeground1}` },
  total: { fontWeight: tokens.fontWeightBold, borderTop: `1px solid ${tokens.colorNeutralForeground1}`, borderBottom: `3px double ${tokens.colorNeutralForeground1}` },
  number: { whiteSpace: 'nowrap', overflowWrap: 'normal' },
  figure: {
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: 'none',
    padding: '0 4px',
    margin: '0 -4px',
    borderRadius: tokens.borderRadiusSmall,
    cursor: 'pointer',
    ':hover': { color: tokens.colorBrandForegroundLink, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** A report on screen as it comes out of the printer; every figure that says how opens what it is made of. */
export function Report({ paper, parameters, onSave, outlets = true, chart, actions, remember, more }: ReportProps) {
  const styles = useStyles();
  const t = useT();
  const desk = useRef<HTMLDivElement>(null);
  const drawn = chart !== undefined;
  useEffect(() => {
    // The chart stands above the figures: whoever asks for it should see it.
    if (drawn) desk.current?.scrollTo({ top: 0 });
  }, [drawn]);
  return (
    <div className={styles.root}>
      <div className={styles.bar} role="toolbar" aria-label={t('transfer.report.actions')}>
        <div className={styles.parameters}>{parameters}</div>
        <div className={styles.buttons}>
          {actions}
          {onSave ? <Outlets paper={paper} onSave={onSave} /> : outlets && <PaperButtons paper={paper} />}
        </div>
      </div>
      <div ref={desk} className={styles.desk} tabIndex={0} role="region" aria-label={paper.title}>
        <article className={mergeClasses(styles.paper, paper.landscape && styles.wide)} style={{ minWidth: `calc(${fitted(paper.columns) + 2}px + 2 * var(--side))` }} lang={paper.language}>
          <Head paper={paper} />
          {chart && <div className={styles.chart}>{chart}</div>}
          <Table paper={paper} remember={remember} />
          {paper.notes.map((note) => (
            <p key={note} className={mergeClasses(styles.quiet, styles.note)}>
              {note}
            </p>
          ))}
          {more}
        </article>
      </div>
    </div>
  );
}

/** The printer, and a menu of the files that the report can become. */
function Outlets({ paper, onSave }: { readonly paper: Paper; readonly onSave: (format: 'xlsx' | 'csv') => void }) {
  const styles = useStyles();
  const t = useT();
  return (
    <>
      <Tooltip relationship="label" content={t('transfer.print.action')}>
        <Button className={styles.icon} icon={<Print16Regular />} onClick={() => void printPaper(paper, 'printer')} />
      </Tooltip>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownload16Regular />}>{t('transfer.report.save')}</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => void printPaper(paper, 'pdf')}>PDF</MenuItem>
            <MenuItem onClick={() => onSave('xlsx')}>XLSX</MenuItem>
            <MenuItem onClick={() => onSave('csv')}>CSV</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
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

function Table({ paper, remember }: { readonly paper: Paper; readonly remember: string | undefined }) {
  const styles = useStyles();
  const widths = widthsOf(paper.columns);
  const table = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState(() => (remember === undefined ? '' : (followed.get(remember) ?? '')));
  const all = useAfterPicture() || current !== '';
  const ids = paper.lines.flatMap((line, at) => paper.columns.flatMap((column) => (line.opens?.[column.key] ? [figureId(line, at, column)] : [])));
  const tabbed = ids.includes(current) ? current : (ids[0] ?? '');
  useEffect(() => {
    if (remember === undefined || !followed.delete(remember)) return;
    table.current?.querySelector<HTMLElement>('button[data-figure][tabindex="0"]')?.focus();
  }, [remember]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
    const next = nextFigure(ids, paper.columns.map((column) => column.key), event.target.dataset['figure'] ?? '', event.key);
    if (next === null) return;
    event.preventDefault();
    for (const button of table.current?.querySelectorAll<HTMLElement>('button[data-figure]') ?? []) if (button.dataset['figure'] === next) button.focus();
  };
  return (
    // The keys move between the figures; each of them is a button of its own.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <table ref={table} className={styles.table} onKeyDown={onKeyDown}>
      <colgroup>
        {paper.columns.map((column, at) => (
          <col key={column.key} style={{ width: widthOf(column, widths[at] ?? null) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {paper.columns.map((column) => (
            <th key={column.key} scope="col" className={mergeClasses(styles.th, column.align === 'end' && styles.end, column.indents && styles.corner)}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(all ? paper.lines : paper.lines.slice(0, seenAtFirst)).map((line, at) => (
          <Line
            key={line.key ?? at}
            line={line}
            at={at}
            columns={paper.columns}
            tabbed={tabbed}
            reached={setCurrent}
            leaving={(id) => {
              if (remember !== undefined) followed.set(remember, id);
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

const figureId = (line: PaperLine, at: number, column: PaperColumn): string => `${line.key ?? at}/${column.key}`;

interface LineProps {
  readonly line: PaperLine;
  readonly at: number;
  readonly columns: readonly PaperColumn[];
  /** The figure that Tab reaches; the arrows reach the others. */
  readonly tabbed: string;
  readonly reached: (id: string) => void;
  readonly leaving: (id: string) => void;
}

function Line({ line, at: place, columns, tabbed, reached, leaving }: LineProps) {
  const styles = useStyles();
  const first = indented(columns);
  const depth = line.depth ? { paddingInlineStart: 8 + line.depth * 16 } : {};
  if (line.kind === 'heading') {
    return (
      <tr>
        <th scope="rowgroup" colSpan={columns.length} className={mergeClasses(styles.td, styles.heading)} style={{ textAlign: 'start', ...depth }}>
          {line.cells[0]}
        </th>
      </tr>
    );
  }
  const spanning = columns[first];
  if (line.kind === 'note' && spanning) {
    const open = line.opens?.[spanning.key];
    const words = line.cells[0] ?? '';
    return (
      <tr>
        <td colSpan={columns.length} className={mergeClasses(styles.td, styles.plain)} style={depth}>
          {open ? <Figure id={figureId(line, place, spanning)} words={words} open={open} explain={line.explains?.[spanning.key]} {...{ tabbed, reached, leaving }} /> : words}
        </td>
      </tr>
    );
  }
  return (
    <tr className={styles.row}>
      {columns.map((column, at) => {
        const open = line.opens?.[column.key];
        const explain = line.explains?.[column.key];
        const words = line.cells[at] ?? '';
        const id = figureId(line, place, column);
        return (
          <td
            key={column.key}
            className={mergeClasses(styles.td, line.kind !== 'line' && styles[line.kind], column.align === 'end' && styles.end, (column.align === 'end' || column.unbroken) && styles.number, column.indents && styles.fixed)}
            style={at === first ? depth : undefined}
          >
            {open ? <Figure id={id} words={words} open={open} explain={explain} {...{ tabbed, reached, leaving }} /> : words}
          </td>
        );
      })}
    </tr>
  );
}

interface FigureProps extends Pick<LineProps, 'tabbed' | 'reached' | 'leaving'> {
  readonly id: string;
  readonly words: string;
  readonly open: () => void;
  readonly explain: (() => void) | undefined;
}

/** A figure that opens what it is made of. */
function Figure({ id, words, open, explain, tabbed, reached, leaving }: FigureProps) {
  const styles = useStyles();
  return (
    <button
      type="button"
      className={styles.figure}
      data-figure={id}
      tabIndex={id === tabbed ? 0 : -1}
      onFocus={() => reached(id)}
      onClick={(event) => {
        if (event.shiftKey && explain) return explain();
        leaving(id);
        return open();
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        explain?.();
      }}
      onKeyDown={(event) => {
        if (event.key !== ' ' || !explain) return;
        event.preventDefault();
        explain();
      }}
    >
      {words}
    </button>
  );
}
