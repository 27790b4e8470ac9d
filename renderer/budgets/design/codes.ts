import { type Cell, cellOf, nothing, type Row, type Rows } from '../../parts/grid/sheet.ts';
import { kindOf } from './model.ts';

/** Codes of rows that were changed: whatever names such a row goes on naming it. */

const codeOf = (row: Row): string => (cellOf(row, 'code').value === null ? '' : cellOf(row, 'code').text.trim().toUpperCase());

/** Old codes to new ones. A code that another row has, before or after, is left alone: which of the two is meant cannot be known. */
function renamed(before: Rows, after: Rows): ReadonlyMap<string, string> {
  const earlier = new Map(before.map((row) => [row.key, codeOf(row)]));
  const [were, are] = [before.map(codeOf), after.map(codeOf)];
  const found = new Map<string, string>();
  for (const row of after) {
    const [was, is] = [earlier.get(row.key) ?? '', codeOf(row)];
    const alone = were.filter((code) => code === was).length === 1 && are.filter((code) => code === is).length === 1;
    // Formulas also use the number of days in a column under its own name.
    if (is !== 'DAYS' && was !== '' && is !== '' && was !== is && alone && !were.includes(is) && !are.includes(was)) found.set(was, is);
  }
  return found;
}

/** Where rows are named: anywhere in a formula or total, and in the places of a note, but not in those that name accounts. */
const inFormula = /[A-Za-z]\w*/g;
const inNote = /(?<=\{\s*)(?!(?:balance|before|movement)\s*:)[A-Za-z]\w*(?=\s*(?::\s*\d{1,2}\s*)?\})/gi;

/** The lines after a change, with every mention of a code that was changed in it; `count` rows were written anew for that. */
export function recoded(before: Rows, after: Rows): { readonly lines: Rows; readonly renamed: ReadonlyMap<string, string>; readonly count: number } {
  const codes = renamed(before, after);
  if (codes.size === 0) return { lines: after, renamed: codes, count: 0 };
  const rewritten = (text: string, names: RegExp): string => text.replace(names, (name) => codes.get(name.toUpperCase()) ?? name);
  let count = 0;
  const lines = after.map((row): Row => {
    const kind = kindOf(row);
    const key = kind === 'formula' || kind === 'total' ? 'of' : kind === 'note' ? 'label' : null;
    if (key === null) return row;
    const { text } = cellOf(row, key);
    const next = rewritten(text, key === 'of' ? inFormula : inNote);
    if (next === text) return row;
    count += 1;
    return { ...row, cells: { ...row.cells, [key]: { text: next, value: next } } };
  });
  return { lines, renamed: codes, count };
}

/** A code that is being typed: the lines as they stood before its first letter. What it is on the way, it is not meant to be. */
export interface Renaming {
  readonly key: number;
  readonly before: Rows;
  readonly codes: string;
  readonly count: number;
}

const same = (one: Cell | undefined, other: Cell | undefined): boolean => one?.text === other?.text && one?.value === other?.value;

/** The line whose code alone was changed; undefined where anything else was. */
function onlyCode(now: Rows, next: Rows): Row | undefined {
  const others = next.filter((row, at) => row !== now[at]);
  const [row] = others;
  const was = now.find((one) => one.key === row?.key);
  if (now.length !== next.length || others.length !== 1 || !row || !was) return undefined;
  const keys = [...Object.keys(was.cells), ...Object.keys(row.cells)];
  return keys.every((key) => key === 'code' || same(was.cells[key], row.cells[key])) ? row : undefined;
}

/** The next lines, letter by letter: while one code is typed they follow it from how they stood before. */
export function follow(renaming: Renaming | null, now: Rows, next: Rows): { readonly lines: Rows; readonly renaming: Renaming | null } {
  const typed = onlyCode(now, next);
  if (!typed) return { lines: next, renaming: null };
  const before = renaming?.key === typed.key ? renaming.before : now;
  const { lines, renamed: codes, count } = recoded(before, before.map((row) => (row.key === typed.key ? { ...row, cells: { ...row.cells, code: typed.cells['code'] ?? nothing } } : row)));
  return { lines, renaming: { key: typed.key, before, codes: [...codes].map((pair) => pair.join(' → ')).join(', '), count } };
}
