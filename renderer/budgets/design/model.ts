import { type DesignRow, designRowsSchema, rowBases, rowFormats, type RowKind, rowKinds } from '#contract/budgets/design.ts';
import { type Cell, cellOf, isBlank, newRow, nothing, type Row, type Rows } from '../../parts/grid/sheet.ts';

/** Between the rows of a design as they are kept and the lines of a grid in which they are typed. */

/** Choices of a row that stand beside the grid, as cells without a column of their own. */
export const flags = ['turn', 'bold', 'each', 'hide'] as const;
export type Flag = (typeof flags)[number];
export const choices = ['basis', 'format'] as const;

/** The kind of a line: the one chosen, else the one that what stands there makes likely. */
export function kindOf(row: Row): RowKind {
  const { value } = cellOf(row, 'kind');
  const chosen = typeof value === 'number' ? rowKinds[value - 1] : undefined;
  if (chosen) return chosen;
  if (cellOf(row, 'of').text.trim() !== '') return 'accounts';
  return cellOf(row, 'label').text.trim() === '' ? 'blank' : 'heading';
}

export const isFigured = (kind: RowKind): boolean => kind === 'accounts' || kind === 'formula' || kind === 'total';
export const flagOf = (row: Row, flag: Flag): boolean => cellOf(row, flag).value === 1;
export const indentOf = (row: Row): number => Number(cellOf(row, 'indent').value ?? 0);
export const choiceOf = (row: Row, key: 'basis' | 'format' | 'tag'): string => String(cellOf(row, key).value ?? '');

const said = (text: string | undefined): Cell => (text === undefined || text === '' ? nothing : { text, value: text });

/** A line of the grid. `word` names kinds in the language of the window. */
export function lineOf(row: DesignRow, word: (kind: RowKind) => string): Row {
  const cells: Record<string, Cell> = { kind: { text: word(row.kind), value: rowKinds.indexOf(row.kind) + 1 }, code: said(row.code), label: said(row.label), of: said(row.of) };
  for (const key of [...choices, 'tag'] as const) if (row[key] !== undefined && row[key] !== '') cells[key] = said(row[key]);
  for (const flag of flags) if (row[flag] === true) cells[flag] = { text: '1', value: 1 };
  if (row.indent) cells['indent'] = { text: String(row.indent), value: row.indent };
  return newRow(cells);
}

/** Rows as they are kept; an empty list where the text is none. */
export function keptRows(text: unknown): readonly DesignRow[] {
  if (typeof text !== 'string' || text.trim() === '') return [];
  try {
    const found = designRowsSchema.safeParse(JSON.parse(text));
    return found.success ? found.data : [];
  } catch {
    return [];
  }
}

export interface Written {
  readonly rows: readonly DesignRow[];
  /** Key of the line of each row. */
  readonly keys: readonly number[];
}

const isCode = (text: string): boolean => /^[A-Za-z]\w{0,19}$/.test(text);

/** What the lines of the grid mean; lines in which nothing stands are left out. */
export function rowsOf(lines: Rows): Written {
  const used = lines.filter((line) => !isBlank(line));
  return { keys: used.map((line) => line.key), rows: used.map(rowOf) };
}

function rowOf(line: Row): DesignRow {
  const kind = kindOf(line);
  const text = (key: string): string => cellOf(line, key).text.trim();
  const basis = rowBases.find((one) => one === choiceOf(line, 'basis'));
  const format = rowFormats.find((one) => one === choiceOf(line, 'format'));
  const flag = (key: Flag): Partial<DesignRow> => (flagOf(line, key) ? { [key]: true } : {});
  // In the order of the contract, so that the text is the same as the one that comes back.
  return {
    kind,
    ...(isCode(text('code')) && isFigured(kind) ? { code: text('code').toUpperCase() } : {}),
    ...(text('label') === '' ? {} : { label: text('label') }),
    ...(text('of') === '' || !isFigured(kind) ? {} : { of: text('of') }),
    ...(basis !== undefined && basis !== 'result' && kind === 'accounts' ? { basis } : {}),
    ...(format !== undefined && format !== 'amount' && (kind === 'formula' || kind === 'total') ? { format } : {}),
    ...(indentOf(line) > 0 ? { indent: indentOf(line) } : {}),
    ...flag('turn'),
    ...flag('bold'),
    ...flag('hide'),
    ...flag('each'),
    ...(choiceOf(line, 'tag') === '' ? {} : { tag: choiceOf(line, 'tag') }),
  };
}

/** The text in which rows are kept. */
export const textOf = (lines: Rows): string => {
  const { rows } = rowsOf(lines);
  return rows.length === 0 ? '' : JSON.stringify(rows);
};

/** Lines that need a code and never had one get the next: tens, as they were always numbered so that something fits between. */
export function coded(lines: Rows): Rows {
  const taken = new Set(lines.map((line) => cellOf(line, 'code').text.toUpperCase()));
  const highest = Math.max(0, ...[...taken].map((code) => Number(/^R(\d{1,6})$/.exec(code)?.[1] ?? 0)));
  let next = Math.floor(highest / 10) * 10;
  return lines.map((line) => {
    if (line.cells['code'] !== undefined || cellOf(line, 'kind').value === null || !isFigured(kindOf(line))) return line;
    next += 10;
    return { ...line, cells: { ...line.cells, code: { text: `R${next}`, value: `R${next}` } } };
  });
}

/** The line one place up or down; the same lines where there is no such place. */
export function shifted(lines: Rows, at: number, by: 1 | -1): Rows {
  const [one, other] = [lines[at], lines[at + by]];
  if (!one || !other) return lines;
  return lines.map((line, place) => (place === at ? other : place === at + by ? one : line));
}

/** The same line once more below itself, without its code. */
export function doubled(lines: Rows, at: number): Rows {
  const one = lines[at];
  if (!one || isBlank(one)) return lines;
  const { code: _code, ...cells } = one.cells;
  return [...lines.slice(0, at + 1), newRow(cells), ...lines.slice(at + 1)];
}

/** A line with one of its cells changed; null empties it. */
export const changed = (lines: Rows, at: number, key: string, value: string | number | null): Rows =>
  lines.map((line, place) => (place === at ? { ...line, cells: { ...line.cells, [key]: value === null || value === '' ? nothing : { text: String(value), value } } } : line));

/** A selector with one more account. */
export const withAccount = (of: string, text: string): string => (of.trim() === '' ? text : `${of.trim().replace(/,$/, '')}, ${text}`);
