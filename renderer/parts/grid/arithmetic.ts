import type { Point } from '../fields/number.ts';

/** Amounts as they are typed, with a little reckoning: `12.50*3`, `(100+20)/2`, `100+19%`. Exact fractions of whole numbers; never a float. */

/** Minor units, null for nothing; or why the text is no amount. */
export type Reckoned = { readonly minor: number | null } | { readonly problem: 'form' | 'digits' | 'size' };

interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
  /** Written with %: added to something, it is a share of that. */
  readonly share?: boolean;
}

const longest = 200;
const bad: Reckoned = { problem: 'form' };

/** Marks between thousands, whatever the language: spaces and apostrophes. */
const marks = "'’ \u00a0\u202f\u2009";

/**
 * Reads the number at the beginning of `text`: its digits and how many of them stand after the point. Where the mark for thousands of
 * this language cannot be one (12,50 in English), it is meant as the point.
 */
function numberAt(text: string, point: Point): { readonly whole: string; readonly fraction: string; readonly length: number } | null {
  const group = point === '.' ? ',' : '.';
  const grouped = new RegExp(`^(\\d{1,3}(?:[${marks}${group}]\\d{3})+(?!\\d))(?:\\${point}(\\d*))?`).exec(text);
  const other = new RegExp(`^(\\d+)\\${group}(\\d{1,2}|\\d{4,})(?![\\d${point}${group}])`).exec(text);
  const plain = new RegExp(`^(\\d*)(?:\\${point}(\\d*))?`).exec(text);
  const found = grouped ?? other ?? plain;
  if (!found) return null;
  const [all, whole = '', fraction = ''] = found;
  const rest = text.slice(all.length);
  // A second point, or a mark for thousands in a wrong place.
  if (whole + fraction === '' || /^[\d.,]/.test(rest)) return null;
  return { whole: whole.replace(/\D/g, ''), fraction, length: all.length };
}

/** Reads the whole text, or nothing. */
class Reader {
  private at = 0;
  private readonly text: string;
  private readonly point: Point;

  constructor(text: string, point: Point) {
    this.text = text;
    this.point = point;
  }

  all(): Ratio | null {
    const value = this.sum();
    this.space();
    return this.at === this.text.length ? value : null;
  }

  private space(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private take(signs: string): string {
    this.space();
    const sign = this.text.charAt(this.at);
    if (sign === '' || !signs.includes(sign)) return '';
    this.at += 1;
    return sign;
  }

  private sum(): Ratio | null {
    let value = this.product();
    for (let sign = this.take('+-'); value && sign !== ''; sign = this.take('+-')) {
      const right = this.product();
      if (!right) return null;
      const by = right.share ? { n: value.n * right.n, d: value.d * right.d } : right;
      const n = sign === '+' ? value.n * by.d + by.n * value.d : value.n * by.d - by.n * value.d;
      value = { n, d: value.d * by.d };
    }
    return value;
  }

  private product(): Ratio | null {
    let value = this.factor();
    for (let sign = this.take('*/'); value && sign !== ''; sign = this.take('*/')) {
      const right = this.factor();
      if (!right || (sign === '/' && right.n === 0n)) return null;
      value = sign === '*' ? { n: value.n * right.n, d: value.d * right.d } : { n: value.n * right.d, d: value.d * right.n };
    }
    return value;
  }

  private factor(): Ratio | null {
    const sign = this.take('+-');
    const value = this.take('(') === '' ? this.number() : this.inside();
    if (!value) return null;
    const share = this.take('%') !== '';
    return { n: sign === '-' ? -value.n : value.n, d: share ? value.d * 100n : value.d, ...(share ? { share } : {}) };
  }

  private inside(): Ratio | null {
    const value = this.sum();
    return value && this.take(')') !== '' ? { n: value.n, d: value.d } : null;
  }

  private number(): Ratio | null {
    this.space();
    const found = numberAt(this.text.slice(this.at), this.point);
    if (!found) return null;
    this.at += found.length;
    return { n: BigInt(`${found.whole}${found.fraction}` || '0'), d: 10n ** BigInt(found.fraction.length) };
  }
}

/** Halves away from zero. */
function rounded(n: bigint, d: bigint): bigint {
  const [up, down] = d < 0n ? [-n, -d] : [n, d];
  const twice = (up < 0n ? -up : up) * 2n + down;
  const value = twice / (down * 2n);
  return up < 0n ? -value : value;
}

/** The amount that a text means, in minor units of a currency with so many `digits`. What is reckoned is rounded, halves away from zero; what is typed must be exact. */
export function reckon(typed: string, digits: number, point: Point): Reckoned {
  // Signs and letters of a currency, as spreadsheets copy them; other ways of writing what is meant.
  const text = typed.trim().replace(/^=/, '').replace(/[€£$¥]|^[A-Z]{3}(?=[\s\d(+-])|(?<=[\d\s)])[A-Z]{3}$/g, '').replaceAll('\u2212', '-').replace(/[×·x]/g, '*').replaceAll('÷', '/').trim();
  if (text === '') return { minor: null };
  if (text.length > longest) return bad;
  // As accounts print what is negative: (12.50) and 12.50-.
  const turned = /^\(([^()+*/%-]+)\)$|^([^()+*/%-]+)-$/.exec(text);
  const inner = turned?.[1] ?? turned?.[2];
  const value = new Reader(inner === undefined ? text : `-${inner}`, point).all();
  if (!value) return bad;
  const scale = 10n ** BigInt(digits);
  const reckoned = inner === undefined && /[*/%(]|[^+-].*[+-]/.test(text);
  if (!reckoned && (value.n * scale) % value.d !== 0n) return { problem: 'digits' };
  const minor = rounded(value.n * scale, value.d);
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return minor > most || minor < -most ? { problem: 'size' } : { minor: Number(minor) };
}
