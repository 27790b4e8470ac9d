import type { DesignProblem, DesignRow, RowBasis } from '#contract/budgets/design.ts';
import type { Part } from '#contract/budgets/report.ts';
import { type Language, say, w, type Words } from '#contract/kit/words.ts';
import type { Account } from '../accounts/balances.ts';
import { type Formula, namesIn, readFormula, Unreadable } from './designFormula.ts';
import { select } from './designSelect.ts';

/** The rows of a design made ready to be reckoned, and what stands against them. No figures here. */

const says = {
  taken: w('Another row has the code {code} already.', 'Eine andere Zeile hat schon das Kürzel {code}.'),
  reserved: w('{code} is the number of days in a column and cannot name a row.', '{code} ist die Zahl der Tage einer Spalte und kann keine Zeile benennen.'),
  row: w('There is no row {code}.', 'Eine Zeile {code} gibt es nicht.'),
  bare: w('The row {code} has no figure.', 'Die Zeile {code} hat keine Zahl.'),
  circle: w('The row rests on itself: {way}.', 'Die Zeile beruht auf sich selbst: {way}.'),
  nothing: w('No row of accounts stands above to be added up.', 'Darüber steht keine Zeile mit Konten, die zu addieren wäre.'),
  range: w('{text} names no rows; two codes with “:” between them do.', '{text} benennt keine Zeilen; zwei Kürzel mit „:“ dazwischen tun es.'),
  none: w('No account is among these.', 'Darunter ist kein Konto.'),
  place: w('“{text}” is no figure: give the code of a row, or {known}.', '„{text}“ ist keine Zahl: bitte das Kürzel einer Zeile angeben, oder {known}.'),
  label: w('The text is missing.', 'Der Text fehlt.'),
};

/** A name in formulas that is no row: the days of the column. */
export const daysName = 'DAYS';

/** A place in the text of a note: a row, or accounts of its own. */
export type Piece = string | { readonly row: number; readonly column: number } | { readonly accounts: readonly Account[]; readonly basis: RowBasis; readonly sign: 1 | -1; readonly text: string };

/** A row that can be reckoned. Rows with a grave problem have neither accounts nor formula and so no figure. */
export interface Ready {
  readonly row: DesignRow;
  readonly key: string;
  readonly code: string;
  readonly accounts: readonly Account[] | null;
  readonly formula: Formula | null;
  /** Rows that a total adds up. */
  readonly adds: readonly number[] | null;
  readonly pieces: readonly Piece[] | null;
  /** Rows that it rests on, by their place. */
  readonly on: readonly number[];
}

export interface Prepared {
  readonly rows: readonly Ready[];
  readonly problems: readonly DesignProblem[];
  /** Places of the rows, each after those that it rests on. */
  readonly order: readonly number[];
  /** Places of the rows by their codes, in capitals. */
  readonly places: ReadonlyMap<string, number>;
}

const figured = (row: DesignRow): boolean => row.kind === 'accounts' || row.kind === 'formula' || row.kind === 'total';
const basisIn: Readonly<Record<string, RowBasis>> = { balance: 'balance', before: 'before', movement: 'result' };

/** Makes rows ready against the chart. */
export function prepare(rows: readonly DesignRow[], chart: readonly Account[], language: Language): Prepared {
  const problems: DesignProblem[] = [];
  const places = new Map<string, number>();
  const wrong = (row: number, about: DesignProblem['about'], words: Words, params: Readonly<Record<string, string | number>> = {}, grave = true): void => void problems.push({ row, about, message: say(words, language, params), grave });
  rows.forEach((row, at) => {
    const code = (row.code ?? '').toUpperCase();
    if (code === daysName) wrong(at, 'code', says.reserved, { code });
    else if (places.has(code)) wrong(at, 'code', says.taken, { code });
    else if (code !== '') places.set(code, at);
  });
  const placeOf = (code: string): number => {
    const at = places.get(code.toUpperCase());
    if (at === undefined) throw new Unreadable(says.row, { code });
    if (!figured(rows[at]!)) throw new Unreadable(says.bare, { code });
    return at;
  };
  const addsOf = (row: DesignRow, at: number): readonly number[] => {
    const text = (row.of ?? '').trim();
    if (text !== '') return text.split(/[,;]/).flatMap((part) => rowsIn(part.trim(), rows, placeOf));
    const found: number[] = [];
    for (let above = at - 1; above >= 0; above -= 1) {
      const { kind } = rows[above]!;
      if (kind === 'heading' || kind === 'total') break;
      if (kind === 'accounts') found.unshift(above);
    }
    if (found.length === 0) throw new Unreadable(says.nothing, {}, false);
    return found;
  };
  const made = rows.map((row, at): Ready => {
    const code = (row.code ?? '').toUpperCase();
    const bare: Ready = { row, code, key: places.get(code) === at ? code : `#${at + 1}`, accounts: null, formula: null, adds: null, pieces: null, on: [] };
    try {
      if (row.kind === 'accounts') {
        const accounts = select(row.of ?? '', chart);
        if (accounts.length === 0) wrong(at, 'of', says.none, {}, false);
        return { ...bare, accounts };
      }
      if (row.kind === 'formula') {
        const formula = readFormula(row.of ?? '');
        return { ...bare, formula, on: namesIn(formula).filter((name) => name !== daysName).map(placeOf) };
      }
      if (row.kind === 'total') {
        const adds = addsOf(row, at);
        return { ...bare, adds, on: [...new Set(adds)] };
      }
      if (row.kind === 'note') {
        const pieces = piecesOf(row.label ?? '', placeOf, chart);
        return { ...bare, pieces, on: pieces.flatMap((piece) => (typeof piece === 'object' && 'row' in piece ? [piece.row] : [])) };
      }
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      wrong(at, row.kind === 'note' ? 'label' : 'of', thrown.words, thrown.params, thrown.grave);
    }
    return bare;
  });
  const { order, circles } = ordered(made);
  for (const [at, way] of circles) wrong(at, 'of', says.circle, { way: way.map((place) => made[place]!.code).join(' → ') });
  const broken = new Set(circles.keys());
  return { rows: made.map((one, at) => (broken.has(at) ? { ...one, formula: null, adds: null, on: [] } : one)), problems, order, places };
}

function rowsIn(text: string, rows: readonly DesignRow[], placeOf: (code: string) => number): readonly number[] {
  const [from, to, more] = text.split(/\s*(?::|\.\.)\s*/);
  if (from === undefined || from === '' || more !== undefined) throw new Unreadable(says.range, { text });
  if (to === undefined) return [placeOf(from)];
  const [first, last] = [placeOf(from), placeOf(to)].toSorted((a, b) => a - b);
  return rows.flatMap((row, at) => (at >= first! && at <= last! && row.kind === 'accounts' ? [at] : []));
}

/** The text of a note, parted at its places. */
function piecesOf(text: string, placeOf: (code: string) => number, chart: readonly Account[]): readonly Piece[] {
  if (text.trim() === '') throw new Unreadable(says.label, {}, false);
  return text.split(/(\{[^{}]*\})/).filter((part) => part !== '').map((part): Piece => {
    if (!/^\{.*\}$/.test(part)) return part;
    const inner = part.slice(1, -1).trim();
    const [, minus, word, which] = /^(-?)\s*(balance|before|movement)\s*:(.*)$/i.exec(inner) ?? [];
    if (word !== undefined && which !== undefined) return { accounts: select(which, chart), basis: basisIn[word.toLowerCase()]!, sign: minus === '-' ? -1 : 1, text: inner };
    const [, code, column] = /^([A-Za-z]\w*)\s*(?::\s*(\d{1,2}))?$/.exec(inner) ?? [];
    if (code === undefined) throw new Unreadable(says.place, { text: inner, known: '{balance:…}, {before:…}, {movement:…}' });
    return { row: placeOf(code), column: Math.max(0, Number(column ?? 1) - 1) };
  });
}

/** Each row after those that it rests on; rows that rest on themselves, each with the way back to it. */
function ordered(rows: readonly Ready[]): { readonly order: readonly number[]; readonly circles: ReadonlyMap<number, readonly number[]> } {
  const order: number[] = [];
  const circles = new Map<number, readonly number[]>();
  const state = new Map<number, 'open' | 'done'>();
  const walk = (at: number, path: readonly number[]): void => {
    if (state.get(at) === 'open') {
      const circle = path.slice(path.indexOf(at));
      circle.forEach((place, index) => circles.set(place, [...circle.slice(index), ...circle.slice(0, index), place]));
    }
    if (state.has(at)) return;
    state.set(at, 'open');
    for (const next of rows[at]?.on ?? []) walk(next, [...path, at]);
    state.set(at, 'done');
    order.push(at);
  };
  rows.forEach((_row, at) => walk(at, []));
  return { order, circles };
}

/** What a figure is made of, for whoever asks how it comes about. */
export function partsOf(ready: Ready, rows: readonly Ready[]): readonly Part[] {
  const keyAt = (at: number): string => rows[at]!.key;
  if (ready.pieces) return ready.pieces.flatMap((piece, at) => (typeof piece === 'string' ? [] : 'row' in piece ? [{ key: keyAt(piece.row), column: piece.column }] : [{ key: `${ready.key}.${at}`, column: 0 }]));
  return [...new Set(ready.on)].map((at) => ({ key: keyAt(at) }));
}
