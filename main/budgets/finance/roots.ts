/**
 * Rates that make a sum of discounted payments zero. The whole range of rates is searched in steps, so that the answer does not hang on a lucky
 * first guess, and each change of sign is closed in on by Brent's method (Brent, Algorithms for Minimization without Derivatives, 1973, ch. 4).
 */

/** Growth a period is 1 + rate: from a hundred-millionth to a hundred million, in steps of equal proportion. */
const reach = Math.log(1e8);
const steps = 2000;

/**
 * The root of `of` nearest to `guess`, both as rates a period above −1; null when `of` never changes its sign. `of` may be infinite or no number
 * near the ends.
 */
export function rateRoot(of: (rate: number) => number, guess: number): number | null {
  let best: number | null = null;
  const consider = (rate: number): void => {
    if (best === null || Math.abs(rate - guess) < Math.abs(best - guess)) best = rate;
  };
  const at = (growth: number): number => of(Math.expm1(growth));
  let [from, low] = [-reach, at(-reach)];
  for (let step = 1; step <= steps; step += 1) {
    const until = -reach + (2 * reach * step) / steps;
    const high = at(until);
    if (high === 0) consider(Math.expm1(until));
    else if (low !== 0 && Math.sign(low) * Math.sign(high) < 0) consider(Math.expm1(brent(at, from, until, low, high)));
    [from, low] = [until, high];
  }
  return best;
}

/** Brent's method between two points of different sign: inverse quadratic steps, halving where these do not shrink the bracket fast enough. */
function brent(of: (x: number) => number, from: number, until: number, atFrom: number, atUntil: number): number {
  let [a, b, fa, fb] = [from, until, atFrom, atUntil];
  if (Math.abs(fa) < Math.abs(fb)) [a, b, fa, fb] = [b, a, fb, fa];
  let [c, fc, last, halved] = [a, fa, a, true];
  for (let turn = 0; turn < 200 && fb !== 0 && Math.abs(b - a) > 1e-15; turn += 1) {
    const next = fa !== fc && fb !== fc ? quadratic([a, b, c], [fa, fb, fc]) : b - (fb * (b - a)) / (fb - fa);
    const quarter = (3 * a + b) / 4;
    const outside = !(next > Math.min(quarter, b) && next < Math.max(quarter, b));
    const slow = Math.abs(next - b) >= Math.abs(halved ? b - c : c - last) / 2;
    halved = outside || slow;
    const s = halved ? (a + b) / 2 : next;
    const fs = of(s);
    [last, c, fc] = [c, b, fb];
    if (Math.sign(fa) * Math.sign(fs) < 0) [b, fb] = [s, fs];
    else [a, fa] = [s, fs];
    if (Math.abs(fa) < Math.abs(fb)) [a, b, fa, fb] = [b, a, fb, fa];
  }
  return b;
}

/** Where the parabola through three points, lying on its side, meets zero. */
function quadratic([a, b, c]: readonly [number, number, number], [fa, fb, fc]: readonly [number, number, number]): number {
  return (a * fb * fc) / ((fa - fb) * (fa - fc)) + (b * fa * fc) / ((fb - fa) * (fb - fc)) + (c * fa * fb) / ((fc - fa) * (fc - fb));
}
