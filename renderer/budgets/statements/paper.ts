import { addDays } from '#contract/kit/day.ts';
import type { Basis, Only, Source, Statement, StatementColumn, StatementRow } from '#contract/budgets/report.ts';
import type { PaperColumn, PaperLine } from '../../parts/report/paper.ts';

/** A statement as columns and lines of paper, and as rows of a table that is saved. Figures are only written, never reckoned. */

export interface Writing {
  readonly number: string;
  readonly account: string;
  readonly difference: string;
  readonly percent: string;
  /** Heading over concepts of a taxonomy. */
  readonly concept: string;
  readonly amount: (minor: number) => string;
  /** Tenths of a percent, with a sign. */
  readonly tenths: (value: number) => string;
  /** A percentage in tenths, and a plain number in hundredths. */
  readonly percentage: (value: number) => string;
  readonly ratio: (value: number) => string;
}

/** Statements as they come: those that are designed may have no figure somewhere. */
export type AnyStatement = Statement<number | null>;
export type AnyRow = StatementRow<number | null>;

/** One figure, and what it is made of: accounts, or other figures of the same statement. */
export interface Figure {
  readonly row: AnyRow;
  readonly column: StatementColumn;
  readonly source: Source | null;
  readonly value: number | null;
  /** The figures it is made of; found when they are asked for. */
  readonly parts: () => readonly Figure[];
}

/** How a figure of a row is written; a dash where there is none. */
export function figureText(row: Pick<AnyRow, 'format'>, value: number | null, words: Writing): string {
  if (value === null) return '–';
  if (row.format === undefined) return words.amount(value);
  return row.format === 'percent' ? words.percentage(value) : words.ratio(value);
}

const comparedIn = (statement: AnyStatement): boolean => statement.rows.some((row) => row.compared !== null);
const numbered = (statement: AnyStatement): boolean => statement.rows.some((row) => row.number !== '');

/** Columns of the paper: numbers where accounts have some, names, figures, and what changed. */
export function paperColumns(statement: AnyStatement, words: Writing): readonly PaperColumn[] {
  const figures = statement.columns.length + (comparedIn(statement) ? 2 : 0);
  const widest = Math.max(9, ...statement.rows.flatMap((row) => row.values.map((value) => figureText(row, value, words).length)));
  const heads = Math.max(...statement.columns.map((column) => column.label.length));
  const share = Math.max(widest, figures > 6 ? 8 : Math.min(14, Math.max(11, heads)));
  const longest = Math.max(...statement.rows.map((row) => row.number.length));
  return [
    ...(numbered(statement) ? [{ key: 'number', label: words.number, share: Math.max(5, longest + 1), unbroken: true }] : []),
    { key: 'label', label: words.account, share: figures > 6 ? 24 : 34, indents: true },
    ...statement.columns.map((column, at): PaperColumn => ({ key: `c${at}`, label: column.label, align: 'end', share })),
    ...(comparedIn(statement) ? [{ key: 'difference', label: words.difference, align: 'end', share } as const, { key: 'percent', label: words.percent, align: 'end', share: 8 } as const] : []),
  ];
}

/** Designs say by themselves what is a group; everywhere else a subtotal that is indented stands above what it sums up. */
const kindOf = (row: AnyRow): PaperLine['kind'] => (row.style === 'account' || row.style === 'blank' ? 'line' : row.style === 'subtotal' && row.depth > 0 && row.code === undefined ? 'group' : row.style);

/** What stands behind a figure, and null where nothing does. The basis of a column goes before that of its row. */
export function figureOf(statement: AnyStatement, row: AnyRow, at: number): Figure | null {
  const column = statement.columns[at];
  if (!column || (!row.source && (row.parts ?? []).length === 0)) return null;
  const parts = (): readonly Figure[] =>
    (row.parts ?? []).flatMap((part) => {
      const other = [...statement.rows, ...(statement.hidden ?? [])].find((one) => one.key === part.key);
      const figure = other ? figureOf(statement, other, part.column ?? at) : null;
      return figure ? [figure] : [];
    });
  const source = row.source && { ...row.source, basis: column.basis ?? row.source.basis, sign: column.side === 'credit' ? (-1 as const) : row.source.sign };
  return { row, column, value: row.values[at] ?? null, source, parts };
}

/** Lines of the paper. `open` follows a figure, `explain` tells what it is made of. */
export function paperLines(statement: AnyStatement, words: Writing, open: (figure: Figure) => void, explain: (figure: Figure) => void): readonly PaperLine[] {
  const [compared, number] = [comparedIn(statement), numbered(statement)];
  return statement.rows.map((row): PaperLine => {
    const depth = Math.max(0, row.depth - 1);
    if (row.style === 'heading') return { key: row.key, kind: 'heading', cells: [row.label], depth };
    if (row.style === 'note') {
      const figure = figureOf(statement, row, 0);
      return { key: row.key, kind: 'note', cells: [row.label], depth, ...(figure ? { opens: { label: () => explain(figure) }, explains: { label: () => explain(figure) } } : {}) };
    }
    const change = row.compared ? [figureText(row, row.compared.difference, words), row.compared.tenths === null ? '' : words.tenths(row.compared.tenths)] : compared ? ['', ''] : [];
    const figures = row.values.flatMap((value, at) => {
      const figure = value !== 0 ? figureOf(statement, row, at) : null;
      return figure ? [[`c${at}`, figure] as const] : [];
    });
    const cells = row.style === 'blank' ? statement.columns.map(() => '') : row.values.map((value) => figureText(row, value, words));
    return {
      key: row.key,
      kind: kindOf(row),
      cells: [...(number ? [row.number] : []), row.style === 'blank' ? '\u00a0' : row.label, ...cells, ...change],
      depth,
      opens: Object.fromEntries(figures.map(([key, figure]) => [key, () => open(figure)])),
      explains: Object.fromEntries(figures.map(([key, figure]) => [key, () => explain(figure)])),
    };
  });
}

/** The days whose lines make up a figure. */
export function daysBehind(basis: Basis, column: { readonly from: string; readonly to: string }): { readonly from: string; readonly to: string } {
  return basis === 'before' ? { from: '', to: addDays(column.from, -1) } : { from: column.from, to: column.to };
}

export type SavedCell = string | number | null | { readonly count: number; readonly digits: number };

export interface Saved {
  readonly columns: { readonly title: string; readonly kind: 'text' | 'money' | 'tenths' }[];
  readonly rows: SavedCell[][];
}

/** A figure for a file: what is no money says how many digits it has. */
const savedFigure = (row: AnyRow, value: number | null): SavedCell => (value === null || row.format === undefined ? value : { count: value, digits: row.format === 'percent' ? 1 : 2 });

/** The same figures for a file: minor units and tenths, indented by spaces; codes and concepts of a taxonomy where rows have some. */
export function savedTable(statement: AnyStatement, words: Writing): Saved {
  const [compared, number] = [comparedIn(statement), numbered(statement)];
  const tagged = statement.rows.some((row) => row.tag !== undefined);
  return {
    columns: [
      ...(number ? [{ title: words.number, kind: 'text' as const }] : []),
      { title: words.account, kind: 'text' },
      ...statement.columns.map((column) => ({ title: column.label, kind: 'money' as const })),
      ...(compared ? [{ title: words.difference, kind: 'money' as const }, { title: words.percent, kind: 'tenths' as const }] : []),
      ...(tagged ? [{ title: words.concept, kind: 'text' as const }] : []),
    ],
    rows: statement.rows.map((row) => [
      ...(number ? [row.number] : []),
      `${'  '.repeat(Math.max(0, row.depth - 1))}${row.label}`,
      ...statement.columns.map((_, at) => savedFigure(row, row.values[at] ?? null)),
      ...(compared ? [row.compared ? savedFigure(row, row.compared.difference) : null, row.compared?.tenths ?? null] : []),
      ...(tagged ? [row.tag ?? ''] : []),
    ]),
  };
}

/** The same department filters the lines behind a figure. */
export const onlyBehind = (column: StatementColumn): Only | null => column.only;
