import { type BeanBook, refuseBean } from './beanBook.ts';
import { abs, type Dec, divided, plus, ten, times, negated } from './exact.ts';

/** Words, strings, numbers and expressions of beancount, one after the other. */

/** Part of an entry being taken apart. `line` is that of its first character. */
export interface Words {
  readonly text: string;
  at: number;
  readonly line: number;
}

/** Passes over blanks. Returns the next character, '' at the end or a comment. */
export function peek(words: Words): string {
  for (;;) {
    const c = words.text[words.at];
    if (c === ' ' || c === '\t' || c === '\r') words.at += 1;
    else return c === undefined || c === ';' ? '' : c;
  }
}

/** What matches at the cursor, or null. The pattern must be sticky. */
export function take(words: Words, pattern: RegExp): string | null {
  peek(words);
  pattern.lastIndex = words.at;
  const found = pattern.exec(words.text);
  if (!found) return null;
  words.at += found[0].length;
  return found[0];
}

/** A string in quotation marks, or null. @throws Refused when it is never closed */
export function string(book: BeanBook, words: Words): string | null {
  if (peek(words) !== '"') return null;
  const { text } = words;
  let at = words.at + 1;
  for (; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
  if (at >= text.length) refuseBean(book, 'a quotation mark is never closed', words.line);
  const inner = text.slice(words.at + 1, at);
  words.at = at + 1;
  return inner.includes('\\') ? inner.replace(/\\(.)/gs, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c)) : inner;
}

const currency = /\/?[A-Z](?:[A-Z0-9'._-]*[A-Z0-9])?/y;
const account = /[\p{Lu}\p{Nd}][\p{L}\p{N}-]*(?::[\p{Lu}\p{N}\p{Lo}][\p{L}\p{N}-]*)+/uy;
const digits = /\d[\d,]*(?:\.\d*)?|\.\d+/y;

export const currencyAt = (words: Words): string | null => take(words, currency);
export const accountAt = (words: Words): string | null => take(words, account);

/** A number with the decimals it was written with: they tell how exact it is meant. */
export interface Number_ extends Dec {
  /** It has no end of decimals and was cut off. */
  readonly cut: boolean;
}

const deepest = 100;
/** Decimals of a quotient that has no end. */
const cutAt = 10;

/** A number or an expression at the cursor, or null when none begins there. @throws Refused */
export function numberAt(book: BeanBook, words: Words): Number_ | null {
  const c = peek(words);
  if (!/[\d.(+-]/.test(c) || c === '') return null;
  return sum(book, words, 0);
}

function sum(book: BeanBook, words: Words, depth: number): Number_ {
  let left = product(book, words, depth);
  for (let c = peek(words); c === '+' || c === '-'; c = peek(words)) {
    words.at += 1;
    const right = product(book, words, depth);
    left = { ...plus(left, c === '+' ? right : negated(right)), cut: left.cut || right.cut };
  }
  return left;
}

function product(book: BeanBook, words: Words, depth: number): Number_ {
  let left = one(book, words, depth);
  for (let c = peek(words); c === '*' || c === '/'; c = peek(words)) {
    words.at += 1;
    const right = one(book, words, depth);
    left = c === '*' ? { ...times(left, right), cut: left.cut || right.cut } : quotient(book, words, left, right);
  }
  return left;
}

function quotient(book: BeanBook, words: Words, left: Number_, right: Number_): Number_ {
  if (right.n === 0n) refuseBean(book, 'an expression divides by zero', words.line);
  const over = left.n * ten(right.s);
  const under = right.n * ten(left.s);
  for (let s = Math.max(left.s - right.s, 0); s <= 28; s += 1) if ((over * ten(s)) % under === 0n) return { n: (over * ten(s)) / under, s, cut: left.cut || right.cut };
  return { n: divided(over * ten(cutAt), under), s: cutAt, cut: true };
}

function one(book: BeanBook, words: Words, depth: number): Number_ {
  if (depth > deepest) refuseBean(book, 'an expression is nested too deep', words.line);
  const c = peek(words);
  if (c === '-' || c === '+') {
    words.at += 1;
    const found = one(book, words, depth + 1);
    return c === '-' ? { ...negated(found), cut: found.cut } : found;
  }
  if (c === '(') {
    words.at += 1;
    const found = sum(book, words, depth + 1);
    if (peek(words) !== ')') refuseBean(book, 'a bracket is never closed', words.line);
    words.at += 1;
    return found;
  }
  const text = take(words, digits);
  if (text === null) refuseBean(book, `“${words.text.slice(words.at, words.at + 20)}” is not a number`, words.line);
  const plain = text.replaceAll(',', '');
  if (plain.length > 60) refuseBean(book, 'this number has too many digits', words.line);
  const point = plain.indexOf('.');
  const s = point === -1 ? 0 : plain.length - point - 1;
  return { n: BigInt(plain.replace('.', '') || '0'), s, cut: false };
}

export const isNegative = (a: Dec): boolean => a.n < 0n;
export const size = (a: Dec): Dec => ({ n: abs(a.n), s: a.s });
