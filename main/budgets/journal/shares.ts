import { w } from '#contract/kit/words.ts';
import { allocate, ratio } from '../finance/allocate.ts';
import { wrong } from '../finance/figures.ts';

/** Shares of an amount as people write them, 60% or 1/3, and the amounts that they are. */

const says = {
  form: w('“{share}” is no share. Write 60% or 1/3.', '„{share}“ ist kein Anteil. Schreiben Sie 60% oder 1/3.'),
  mixed: w('These shares have no common denominator that is small enough. Use the same one for all.', 'Diese Anteile haben keinen gemeinsamen Nenner, der klein genug ist. Bitte für alle denselben verwenden.'),
};

interface Share {
  readonly over: bigint;
  readonly under: bigint;
}

const common = (a: bigint, b: bigint): bigint => (b === 0n ? a : common(b, a % b));

/** A share as a fraction. Throws `Refused` (invalid) when the text is none. */
export function readShare(share: string): Share {
  const fraction = /^(\d{1,15})\/([1-9]\d{0,14})$/.exec(share);
  if (fraction) return { over: BigInt(fraction[1]!), under: BigInt(fraction[2]!) };
  const percent = /^(\d{1,4})(?:\.(\d{1,6}))?%$/.exec(share);
  if (!percent) throw wrong(says.form, { share });
  const decimals = percent[2] ?? '';
  return { over: BigInt(`${percent[1]!}${decimals}`), under: 100n * 10n ** BigInt(decimals.length) };
}

/** How a fraction is written: in percent where that takes at most two decimals, else in its lowest terms. Both integers, `under` above zero. */
export function shareText(over: number, under: number): string {
  const tenThousandths = BigInt(over) * 10_000n;
  if (tenThousandths % BigInt(under) === 0n) {
    const digits = String(tenThousandths / BigInt(under)).padStart(3, '0');
    return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '') + '%';
  }
  const by = common(BigInt(over), BigInt(under));
  return `${BigInt(over) / by}/${BigInt(under) / by}`;
}

/**
 * What shares of `amount` (minor units) come to. Together they are exactly what their sum comes to, halves away from zero: shares that make 100 %
 * are the amount to the last cent, by largest remainder. Throws `Refused` (invalid) when a share cannot be read or nothing exact comes of them.
 */
export function sharesOf(amount: number, shares: readonly string[]): number[] {
  const read = shares.map(readShare);
  const under = read.reduce((so, one) => (so / common(so, one.under)) * one.under, 1n);
  const weights = read.map((one) => one.over * (under / one.under));
  const all = weights.reduce((sum, one) => sum + one, 0n);
  if (under > BigInt(Number.MAX_SAFE_INTEGER) || all > BigInt(Number.MAX_SAFE_INTEGER)) throw wrong(says.mixed);
  return allocate(ratio(amount, Number(all), Number(under), 'half_up'), weights.map(Number));
}
