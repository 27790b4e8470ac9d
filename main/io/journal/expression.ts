import type { Amount, Commodity } from './book.ts';
import { abs, type Dec, ten } from './exact.ts';

/** ledger's amounts in parentheses: + - * / of numbers and amounts, in exact fractions. */

/** A line being taken apart. */
export interface Cursor {
  readonly text: string;
  at: number;
}

/** over / under of a commodity; null: a bare number. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
  readonly commodity: Commodity | null;
}

/** What is nested deeper was made to break readers. */
const deepest = 100;

class Unreadable extends Error {}

/** Reads “( … )” at the cursor. Returns what is wrong, in words, when it can not be evaluated exactly. `read` reads one amount. */
export function expression(cursor: Cursor, read: (cursor: Cursor) => Amount): Fraction | string {
  try {
    return reader(cursor, read).group(0);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

function reader(cursor: Cursor, read: (cursor: Cursor) => Amount) {
  const next = (): string => {
    while (/\s/.test(cursor.text[cursor.at] ?? 'x')) cursor.at += 1;
    return cursor.text[cursor.at] ?? '';
  };
  const group = (depth: number): Fraction => {
    if (depth > deepest) throw new Unreadable('the expression is nested too deep');
    next();
    cursor.at += 1;
    const found = sum(depth);
    if (next() !== ')') throw new Unreadable('only + - * / of amounts can be read in an expression');
    cursor.at += 1;
    return found;
  };
  const one = (depth: number): Fraction => {
    const c = next();
    if (c === '(') return group(depth + 1);
    if (c === '-' && depth < deepest) {
      cursor.at += 1;
      const found = one(depth + 1);
      return { ...found, over: -found.over };
    }
    if (/[\p{L}_]/u.test(c) && !/^\p{L}+\s*-?[\d.,]/u.test(cursor.text.slice(cursor.at))) throw new Unreadable('functions and names can not be evaluated in an amount');
    const amount = read(cursor);
    return { over: BigInt(amount.units), under: ten(amount.scale), commodity: amount.commodity.name === '' ? null : amount.commodity };
  };
  const product = (depth: number): Fraction => {
    let left = one(depth);
    for (let c = next(); c === '*' || c === '/'; c = next()) {
      cursor.at += 1;
      const right = one(depth);
      if (c === '/' && right.over === 0n) throw new Unreadable('the expression divides by zero');
      const commodity = left.commodity ?? right.commodity;
      const [over, under] = c === '*' ? [right.over, right.under] : [right.under, right.over];
      left = reduced(left.over * over, left.under * under, commodity);
    }
    return left;
  };
  const sum = (depth: number): Fraction => {
    let left = product(depth);
    for (let c = next(); c === '+' || c === '-'; c = next()) {
      cursor.at += 1;
      const right = product(depth);
      if (left.commodity !== right.commodity && left.over !== 0n && right.over !== 0n) throw new Unreadable('the expression adds amounts of different commodities');
      const over = left.over * right.under + (c === '+' ? right.over : -right.over) * left.under;
      left = reduced(over, left.under * right.under, left.commodity ?? right.commodity);
    }
    return left;
  };
  return { group };
}

function reduced(over: bigint, under: bigint, commodity: Commodity | null): Fraction {
  let [a, b] = [abs(over), abs(under)];
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = a === 0n ? 1n : a;
  return under < 0n ? { over: -over / divisor, under: -under / divisor, commodity } : { over: over / divisor, under: under / divisor, commodity };
}

/** A fraction as a decimal of at most 18 places, or null when it has more or no end. */
export function finite(found: Fraction): Dec | null {
  for (let s = 0; s <= 18; s += 1) if (ten(s) % found.under === 0n) return { n: found.over * (ten(s) / found.under), s };
  return null;
}
