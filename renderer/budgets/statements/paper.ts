import { addDays } from '#contract/kit/day.ts';
import type { Basis, Only, Source, Statement, StatementColumn, StatementRow } from '#contract/budgets/report.ts';
import type { PaperColumn, PaperLine } from '../../parts/report/paper.ts';

/** A statement as columns and lines of paper, and as rows of a table that is saved. Figures are only written, never reckoned. */

export interface Writing {
  readonly number: string;
  readonly account: string;
  readonly difference: string;
  readonly percent: string;
  readonly amount: (minor: number) => string;
  /** Tenths of a percent, with a sign. */
  readonly tenths: (value: number) => string;
}

/** One figure, and what it is made of. */
export interface Figure {
  readonly row: StatementRow;
  readonly column: StatementColumn;
  readonly source: Source;
  readonly value: number;
}

const comparedIn = (statement: Statement): boolean => statement.rows.some((row) => row.compared !== null);
const numbered = (statement: Statement): boolean => statement.rows.some((row) => row.number !== '');

/** Columns of the paper: numbers where accounts have some, names, figures, and what changed. */
export function paperColumns(statement: Statement, words: Writing): readonly PaperColumn[] {
  const figures = statement.columns.length + (comparedIn(statement) ? 2 : 0);
  const widest = Math.max(9, ...statement.rows.flatMap((row) => row.values.map((value) => words.amount(value).length)));
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

const kindOf = (row: StatementRow): PaperLine['kind'] => (row.style === 'account' ? 'line' : row.style === 'subtotal' && row.depth > 0 ? 'group' : row.style);

/** What stands behind a figure: the basis of a column goes before that of its row. */
export const figureOf = (row: StatementRow, column: StatementColumn, value: number): Figure | null =>
  row.source ? { row, column, value, source: { ...row.source, basis: column.basis ?? row.source.basis, sign: column.side === 'credit' ? -1 : row.source.sign } } : null;

/** Lines of the paper. `open` follows a figure, `explain` tells what it is made of. */
export function paperLines(statement: Statement, words: Writing, open: (figure: Figure) => void, explain: (figure: Figure) => void): readonly PaperLine[] {
  const [compared, number] = [comparedIn(statement), numbered(statement)];
  return statement.rows.map((row): PaperLine => {
    if (row.style === 'heading') return { key: row.key, kind: 'heading', cells: [row.label] };
    const change = row.compared ? [words.amount(row.compared.difference), row.compared.tenths === null ? '' : words.tenths(row.compared.tenths)] : compared ? ['', ''] : [];
    const figures = row.values.flatMap((value, at) => {
      const column = statement.columns[at];
      const figure = column && value !== 0 ? figureOf(row, column, value) : null;
      return figure ? [[`c${at}`, figure] as const] : [];
    });
    return {
      key: row.key,
      kind: kindOf(row),
      cells: [...(number ? [row.number] : []), row.label, ...row.values.map(words.amount), ...change],
      depth: Math.max(0, row.depth - 1),
      opens: Object.fromEntries(figures.map(([key, figure]) => [key, () => open(figure)])),
      explains: Object.fromEntries(figures.map(([key, figure]) => [key, () => explain(figure)])),
    };
  });
}

/** The days whose lines make up a figure. */
export function daysBehind(basis: Basis, column: { readonly from: string; readonly to: string }): { readonly from: string; readonly to: string } {
  return basis === 'before' ? { from: '', to: addDays(column.from, -1) } : { from: column.from, to: column.to };
}

export interface Saved {
  readonly columns: { readonly title: string; readonly kind: 'text' | 'money' | 'tenths' }[];
  readonly rows: (string | number | null)[][];
}

/** The same figures for a file: minor units and tenths, indented by spaces. */
export function savedTable(statement: Statement, words: Writing): Saved {
  const [compared, number] = [comparedIn(statement), numbered(statement)];
  return {
    columns: [
      ...(number ? [{ title: words.number, kind: 'text' as const }] : []),
      { title: words.account, kind: 'text' },
      ...statement.columns.map((column) => ({ title: column.label, kind: 'money' as const })),
      ...(compared ? [{ title: words.difference, kind: 'money' as const }, { title: words.percent, kind: 'tenths' as const }] : []),
    ],
    rows: statement.rows.map((row) => [
      ...(number ? [row.number] : []),
      `${'  '.repeat(Math.max(0, row.depth - 1))}${row.label}`,
      ...statement.columns.map((_, at) => row.values[at] ?? null),
      ...(compared ? [row.compared?.difference ?? null, row.compared?.tenths ?? null] : []),
    ]),
  };
}

/** The same department filters the lines behind a figure. */
export const onlyBehind = (column: StatementColumn): Only | null => column.only;
