import { type Words, w } from '#contract/kit/words.ts';

/** Formulas over the rows of a design: read by a small grammar of their own, reckoned in exact fractions. Nothing of them is ever run as a program. */

/** A fraction in lowest terms, its lower part positive. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export type Formula =
  | { readonly is: 'number'; readonly value: Fraction }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'minus'; readonly of: Formula }
  | { readonly is: '+' | '-' | '*' | '/'; readonly left: Formula; readonly right: Formula };

/** What is wrong with a text; `params` fill the places of the words. */
export class Unreadable extends Error {
  readonly words: Words;
  readonly params: Readonly<Record<string, string | number>>;
  /** False for what only is not there, and may come. */
  readonly grave: boolean;

  constructor(words: Words, params: Readonly<Record<string, string | number>> = {}, grave = true) {
    super(words.en);
    this.grave = grave;
    this.words = words;
    this.params = params;
  }
}

const says = {
  empty: w('The formula is missing.', 'Die Formel fehlt.'),
  sign: w('“{sign}” at place {at} does not belong into a formula.', '„{sign}“ an Stelle {at} gehört in keine Formel.'),
  wanted: w('A row, a number or ( is missing at the end.', 'Am Ende fehlt eine Zeile, eine Zahl oder (.'),
  unexpected: w('A row, a number or ( should stand instead of “{sign}” at place {at}.', 'Anstelle von „{sign}“ an Stelle {at} sollte eine Zeile, eine Zahl oder ( stehen.'),
  open: w('The parenthesis that opens at place {at} is not closed.', 'Die Klammer von Stelle {at} wird nicht geschlossen.'),
  after: w('+ − * or / is missing before “{sign}” at place {at}.', 'Vor „{sign}“ an Stelle {at} fehlt + − * oder /.'),
};

/** Beyond this a number is of no use to a reader, and would only grow from row to row. */
const largest = 1n << 512n;

/** null where a fraction has no value or has grown beyond use. */
export function fraction(over: bigint, under: bigint): Fraction | null {
  if (under === 0n) return null;
  let [a, b] = [over < 0n ? -over : over, under < 0n ? -under : under];
  const [high, low] = [a, b];
  while (b !== 0n) [a, b] = [b, a % b];
  const lower = low / a;
  const upper = high / a;
  if (upper > largest || lower > largest) return null;
  return { over: over < 0n !== under < 0n ? -upper : upper, under: lower };
}

/** A count of 10^-digits: (1234, 2) is 12.34. */
export const scaled = (count: number, digits: number): Fraction => fraction(BigInt(count), 10n ** BigInt(digits))!;

/** The nearest count of 10^-digits, halves away from zero; null where that is no safe integer. */
export function rounded(value: Fraction, digits: number): number | null {
  const high = 2n * (value.over < 0n ? -value.over : value.over) * 10n ** BigInt(digits) + value.under;
  const count = Number(high / (2n * value.under));
  if (!Number.isSafeInteger(count)) return null;
  return value.over < 0n && count !== 0 ? -count : count;
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign';
  readonly text: string;
  /** Counted from 1. */
  readonly at: number;
}

const alike: Readonly<Record<string, string>> = { '\u2212': '-', '\u2013': '-', '\u00d7': '*', '\u00b7': '*', '\u00f7': '/', ':': '/' };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const next = /\s*(?:(\d+(?:[.,]\d+)?)|([A-Za-z]\w*)|([-+*/()\u2212\u2013\u00d7\u00b7\u00f7:])|(\S))/y;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const [, number, name, sign, other] = found;
    const own = number ?? name ?? sign ?? other ?? '';
    const at = next.lastIndex - own.length + 1;
    if (other !== undefined) throw new Unreadable(says.sign, { sign: other, at });
    tokens.push({ kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign', text: sign === undefined ? own : (alike[own] ?? own), at });
  }
  return tokens;
}

function numberOf(text: string): Fraction {
  const [whole = '', part = ''] = text.split(/[.,]/);
  return fraction(BigInt(whole + part), 10n ** BigInt(part.length)) ?? { over: 0n, under: 1n };
}

/**
 * Reads a formula: numbers (a point or a comma before the digits after it), names, + − * /, and parentheses; * and / bind closer, equal
 * signs from the left. Names come in capitals. Throws `Unreadable`.
 */
export function readFormula(text: string): Formula {
  const tokens = tokensOf(text);
  if (tokens.length === 0) throw new Unreadable(says.empty);
  let at = 0;
  const sign = (...wanted: readonly string[]): Token | null => {
    const token = tokens[at];
    if (token?.kind !== 'sign' || !wanted.includes(token.text)) return null;
    at += 1;
    return token;
  };
  const chain = (signs: readonly string[], part: () => Formula): Formula => {
    let left = part();
    for (let found = sign(...signs); found; found = sign(...signs)) left = { is: found.text as '+', left, right: part() };
    return left;
  };
  const single = (): Formula => {
    const token = tokens[at];
    if (!token) throw new Unreadable(says.wanted);
    at += 1;
    if (token.kind === 'number') return { is: 'number', value: numberOf(token.text) };
    if (token.kind === 'name') return { is: 'name', name: token.text.toUpperCase() };
    if (token.text === '-') return { is: 'minus', of: single() };
    if (token.text === '+') return single();
    if (token.text !== '(') throw new Unreadable(says.unexpected, { sign: token.text, at: token.at });
    const inner = sum();
    if (!sign(')')) throw tokens[at] ? missing(tokens[at]!) : new Unreadable(says.open, { at: token.at });
    return inner;
  };
  const product = (): Formula => chain(['*', '/'], single);
  const sum = (): Formula => chain(['+', '-'], product);
  const missing = (token: Token): Unreadable => new Unreadable(says.after, { sign: token.text, at: token.at });
  const whole = sum();
  const left = tokens[at];
  if (left) throw missing(left);
  return whole;
}

/** Names in a formula, each once, in the order in which they stand. */
export function namesIn(formula: Formula): readonly string[] {
  if (formula.is === 'number') return [];
  if (formula.is === 'name') return [formula.name];
  if (formula.is === 'minus') return namesIn(formula.of);
  return [...new Set([...namesIn(formula.left), ...namesIn(formula.right)])];
}

/** The exact value; null for a division by zero, and for whatever rests on a name without a value. */
export function reckon(formula: Formula, valueOf: (name: string) => Fraction | null): Fraction | null {
  if (formula.is === 'number') return formula.value;
  if (formula.is === 'name') return valueOf(formula.name);
  if (formula.is === 'minus') {
    const of = reckon(formula.of, valueOf);
    return of && { over: -of.over, under: of.under };
  }
  const [a, b] = [reckon(formula.left, valueOf), reckon(formula.right, valueOf)];
  if (!a || !b) return null;
  if (formula.is === '*') return fraction(a.over * b.over, a.under * b.under);
  if (formula.is === '/') return fraction(a.over * b.under, a.under * b.over);
  return fraction(formula.is === '+' ? a.over * b.under + b.over * a.under : a.over * b.under - b.over * a.under, a.under * b.under);
}
