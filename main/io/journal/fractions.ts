import { abs, quantity } from './exact.ts';
import type { Quantity } from './transaction.ts';

/** Fractions as exact decimals. */

const scales = new Map(Array.from({ length: 13 }, (_, scale) => [String(10 ** scale), scale]));

/** `numerator` / `denominator` as an exact decimal; null where it has no end, or too many digits. */
export function decimalOf(numerator: bigint, denominator: bigint, commodity: string): Quantity | null {
  if (denominator === 0n) return null;
  let [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  let scale = 0;
  for (let at = scales.size; at > 0 && d % 10n === 0n; at -= 1, scale += 1) d /= 10n;
  // What is left of the denominator divides a power of ten, or the decimal has no end.
  for (; n % d !== 0n; scale += 1) {
    if (scale > 30) return null;
    n *= 10n;
  }
  return quantity({ n: n / d, s: scale }, commodity);
}

/** “12345/100” or “5” as an exact decimal; null when it is none, has no end, or has too many digits. */
export function fraction(text: string, commodity: string): Quantity | null {
  const cut = text.indexOf('/');
  const scale = cut === -1 ? 0 : scales.get(text.slice(cut + 1));
  if (scale !== undefined) {
    const units = Number(cut === -1 ? text : text.slice(0, cut));
    if (Number.isSafeInteger(units) && text.trim() !== '') return { units: 0 + units, scale, commodity };
  }
  const found = /^\s*(-?\d{1,40})(?:\/(-?\d{1,40}))?\s*$/.exec(text);
  return found ? decimalOf(BigInt(found[1]!), BigInt(found[2] ?? '1'), commodity) : null;
}

/** A fraction with at most `scale` decimals, for what is only a price; null when it is none. */
export function nearly(text: string, commodity: string, scale = 9): Quantity | null {
  const exact = fraction(text, commodity);
  if (exact && exact.scale <= scale) return exact;
  const found = /^(-?\d{1,40})\/(\d{1,40})$/.exec(text);
  const [n, d] = found ? [BigInt(found[1]!), BigInt(found[2]!)] : [0n, 0n];
  if (d === 0n) return null;
  const raised = 2n * abs(n) * 10n ** BigInt(scale) + d;
  return quantity({ n: (n < 0n ? -1n : 1n) * (raised / (2n * d)), s: scale }, commodity);
}
