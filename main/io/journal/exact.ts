import type { Quantity } from './transaction.ts';

/** Decimals without loss: `n` × 10^-`s`. Only sums and products that leave the safe integers come here. */
export interface Dec {
  readonly n: bigint;
  readonly s: number;
}

export const zero: Dec = { n: 0n, s: 0 };

const powers: bigint[] = [1n];
/** 10^`exponent` for 0 and above. */
export function ten(exponent: number): bigint {
  let power = powers[exponent];
  if (power === undefined) {
    power = 10n ** BigInt(exponent);
    if (exponent < 64) powers[exponent] = power;
  }
  return power;
}

export const dec = (units: number, scale: number): Dec => ({ n: BigInt(units), s: scale });
export const negated = (a: Dec): Dec => ({ n: -a.n, s: a.s });
export const times = (a: Dec, b: Dec): Dec => ({ n: a.n * b.n, s: a.s + b.s });
export const abs = (n: bigint): bigint => (n < 0n ? -n : n);

export function plus(a: Dec, b: Dec): Dec {
  if (a.s === b.s) return { n: a.n + b.n, s: a.s };
  return a.s < b.s ? { n: a.n * ten(b.s - a.s) + b.n, s: b.s } : { n: a.n + b.n * ten(a.s - b.s), s: a.s };
}

/** `a` / `b` as a whole number, halves to the even one. */
export function divided(a: bigint, b: bigint): bigint {
  const [over, under] = b < 0n ? [-a, -b] : [a, b];
  const twice = 2n * abs(over);
  const down = abs(over) / under;
  const rest = twice - 2n * down * under;
  const size = rest > under || (rest === under && down % 2n === 1n) ? down + 1n : down;
  return over < 0n ? -size : size;
}

/** `a` with `scale` decimals, halves to the even digit. */
export const rounded = (a: Dec, scale: number): Dec => (a.s <= scale ? { n: a.n * ten(scale - a.s), s: scale } : { n: divided(a.n, ten(a.s - scale)), s: scale });

/** Whether `a` shows as nothing but zeros with `scale` decimals. */
export const looksZero = (a: Dec, scale: number): boolean => a.n === 0n || (a.s > scale && divided(a.n, ten(a.s - scale)) === 0n);

const most = BigInt(Number.MAX_SAFE_INTEGER);

/** As safe integers, or null when that would not be exact. Zeros at the end are given up where that makes it safe. */
export function quantity(a: Dec, commodity: string): Quantity | null {
  let { n, s } = a;
  while (abs(n) > most && s > 0 && n % 10n === 0n) {
    n /= 10n;
    s -= 1;
  }
  return abs(n) > most ? null : { units: Number(n), scale: s, commodity };
}
