import { type Amount, type Book, type Commodity, type Draft, refuse, tell } from './book.ts';
import { abs, dec, type Dec, divided, looksZero, negated, plus, quantity, rounded, ten, times, zero } from './exact.ts';
import { shown } from './running.ts';

/** Whether a transaction balances, as its own program judges it, and what the amounts are that it leaves out. */

type Sums = Map<Commodity, Dec>;

/** A place for a posting that the file does not write, at the end of the drafts. */
export type Another = (like: Draft) => Draft;

/**
 * Completes the drafts of one transaction: amounts left out, worth of what has a price. `line` is that of the transaction.
 * @throws Refused when it does not balance
 */
export function balance(book: Book, drafts: readonly Draft[], count: number, line: number, another: Another): void {
  if (plainly(drafts, count)) return;
  const ledger = book.options.dialect === 'ledger';
  for (let at = 0; at < count; at += 1) weigh(book, drafts[at]!);
  // ledger adds balanced virtual postings to the real ones, hledger balances them by themselves.
  const groups = ledger ? [[0, 2]] : [[0], [2]];
  for (let at = 0; at < count; at += 1) {
    const draft = drafts[at]!;
    if (draft.kind === 1 && !draft.known) nothing(draft);
  }
  for (const kinds of groups) group(book, drafts.slice(0, count).filter((draft) => kinds.includes(draft.kind)), line, another);
}

/** One commodity and one scale, no prices: the sum decides. False when it has to be looked at closely. */
function plainly(drafts: readonly Draft[], count: number): boolean {
  if (count === 0) return true;
  const { commodity, scale } = drafts[0]!.known ? drafts[0]! : drafts[count - 1]!;
  let sum = 0;
  let missing: Draft | null = null;
  for (let at = 0; at < count; at += 1) {
    const draft = drafts[at]!;
    if (draft.kind !== 0 || draft.price !== null || draft.lot !== null) return false;
    if (!draft.known) {
      if (missing !== null) return false;
      missing = draft;
    } else if (draft.commodity !== commodity || draft.scale !== scale) return false;
    else sum += draft.units;
  }
  if (!Number.isSafeInteger(sum) || count > 1000) return false;
  if (missing === null) return sum === 0;
  if (count === 1) return false;
  missing.units = 0 - sum;
  missing.scale = scale;
  missing.commodity = commodity;
  missing.known = true;
  return true;
}

function nothing(draft: Draft): void {
  draft.units = 0;
  draft.scale = 0;
  draft.known = true;
}

function weigh(book: Book, draft: Draft): void {
  const hledger = book.options.dialect === 'hledger';
  // hledger reads the cost of a lot and does not count with it; ledger sells at what the lot did cost, unless that is in another commodity.
  const price = hledger || draft.lot === null || (draft.price !== null && draft.price.commodity !== draft.lot.commodity) ? draft.price : draft.lot;
  if (price === null || !draft.known) return;
  draft.worth = worthOf(book, draft, price);
}

/** What a posting is worth by a price: of each unit, or of the whole with the sign of the posting. @throws Refused when it is not exact */
export function worthOf(book: Book, draft: Draft, price: Amount & { readonly total: boolean }): Amount {
  const whole = book.options.dialect === 'hledger' ? price.units : Math.abs(price.units);
  const [units, scale] = price.total ? [Math.sign(draft.units) * whole, price.scale] : [draft.units * price.units, draft.scale + price.scale];
  if (Number.isSafeInteger(units)) return { units: units === 0 ? 0 : units, scale, commodity: price.commodity };
  return exact(book, times(dec(draft.units, draft.scale), dec(price.units, price.scale)), price.commodity, draft.line);
}

/** The most decimal places of what is computed: the books keep no more. */
const finest = 12;

/** Of what has more digits than can be kept, as many as can; never fewer than its commodity shows. @throws Refused when those are too many */
function exact(book: Book, value: Dec, commodity: Commodity, line: number, places = Number.MAX_SAFE_INTEGER): Amount {
  let found = value.s > places && rounded(value, places).n * ten(value.s - places) !== value.n ? null : quantity(value, commodity.name);
  if (found === null) {
    const least = Math.max(commodity.decimals, 4);
    for (let scale = Math.min(finest, value.s); found === null && scale >= least; scale -= 1) found = quantity(rounded(value, scale), commodity.name);
    if (found === null) refuse(book, `${shown(value, commodity)} has too many digits to be exact`, line);
    tell(book, 'long amounts', `${shown(value, commodity)} is computed here and rounded to ${found.scale} decimal places`, line);
  }
  return { units: found.units, scale: found.scale, commodity };
}

function group(book: Book, drafts: readonly Draft[], line: number, another: Another): void {
  const missing = drafts.filter((draft) => !draft.known);
  if (missing.length > 1) refuse(book, 'more than one posting of this transaction has no amount', book.options.dialect === 'ledger' ? missing[1]!.line : line);
  // ledger: without a price a lot is exchanged for itself, whatever it did cost, when an amount is left out.
  if (missing.length === 1) return fill(book, missing[0]!, summed(drafts, true), another);
  const sums = summed(drafts, false);
  if (allZero(book, sums, drafts) || convert(book, drafts, sums) || exchanged(book, drafts)) return;
  refuse(book, `this transaction does not balance: ${rest(book, sums, drafts)} is left`, line);
}

const unpriced = (draft: Draft): boolean => draft.lot !== null && draft.price === null;

/** ledger: a lot for something in a third commodity. What it did cost says nothing about that. */
function exchanged(book: Book, drafts: readonly Draft[]): boolean {
  const lots = drafts.filter(unpriced);
  const sums = summed(drafts, true);
  if (lots.length === 0 || lots.some(({ lot }) => sums.has(lot!.commodity))) return false;
  for (const draft of lots) draft.worth = null;
  return convert(book, drafts, sums);
}

function summed(drafts: readonly Draft[], lotsAsSuch: boolean): Sums {
  const sums: Sums = new Map();
  for (const draft of drafts) {
    if (!draft.known) continue;
    const { commodity, units, scale } = lotsAsSuch && unpriced(draft) ? draft : (draft.worth ?? draft);
    sums.set(commodity, plus(sums.get(commodity) ?? zero, dec(units, scale)));
  }
  return sums;
}

/**
 * How many decimals of a commodity count. ledger: the most of any amount so far. hledger: the most in this transaction, or fewer where a
 * directive says so (1.25 took the directive, later versions the transaction: what either of them takes is taken).
 */
function decimalsOf(book: Book, commodity: Commodity, drafts: readonly Draft[]): number {
  if (book.options.dialect === 'ledger') return commodity.decimals;
  let most = -1;
  for (const draft of drafts) if (draft.known && draft.commodity === commodity && draft.scale > most) most = draft.scale;
  if (most === -1) return commodity.declared === -1 ? Number.MAX_SAFE_INTEGER : commodity.declared;
  return commodity.declared === -1 ? most : Math.min(most, commodity.declared);
}

function allZero(book: Book, sums: Sums, drafts: readonly Draft[]): boolean {
  for (const [commodity, sum] of sums) if (sum.n !== 0n && !looksZero(sum, decimalsOf(book, commodity, drafts))) return false;
  return true;
}

const rest = (book: Book, sums: Sums, drafts: readonly Draft[]): string =>
  [...sums]
    .filter(([commodity, sum]) => !looksZero(sum, decimalsOf(book, commodity, drafts)))
    .map(([commodity, sum]) => shown(sum, commodity))
    .join(', ');

function fill(book: Book, draft: Draft, sums: Sums, another: Another): void {
  let at: Draft | null = draft;
  for (const [commodity, sum] of sums) {
    if (sum.n === 0n) continue;
    const found = exact(book, negated(sum), commodity, draft.line, finest);
    at ??= another(draft);
    at.units = found.units;
    at.scale = found.scale;
    at.commodity = commodity;
    at.known = true;
    at = null;
  }
  if (at === null) return;
  nothing(draft);
  const [only] = sums.keys();
  if (only) draft.commodity = only;
}

/** Two commodities and no prices: what the first is worth is what stands against it of the second. */
function convert(book: Book, drafts: readonly Draft[], sums: Sums): boolean {
  const left = [...sums].filter(([commodity, sum]) => !looksZero(sum, decimalsOf(book, commodity, drafts)));
  if (left.length !== 2 || drafts.some((draft) => draft.price !== null || draft.worth !== null)) return false;
  const [[from, fromSum], [to, toSum]] = [left[0]!, left[1]!];
  if (fromSum.n > 0n === toSum.n > 0n) return false;
  const scale = Math.max(toSum.s, decimalsOf(book, to, drafts) < 20 ? decimalsOf(book, to, drafts) : 0);
  const total = rounded(negated(toSum), scale);
  let [seen, given] = [zero, 0n];
  for (const draft of drafts) {
    if (draft.commodity !== from) continue;
    seen = plus(seen, dec(draft.units, draft.scale));
    // Shares are rounded so that they add up to the whole.
    const [over, under] = [total.n * seen.n * ten(fromSum.s), fromSum.n * ten(seen.s)];
    const upTo = divided(over, under);
    draft.worth = exact(book, { n: upTo - given, s: scale }, to, draft.line);
    given = upTo;
  }
  return abs(given) === abs(total.n);
}

/** What rules have added must leave a transaction balanced. @throws Refused */
export function stillBalances(book: Book, drafts: readonly Draft[], count: number, line: number): void {
  const counted = drafts.slice(0, count).filter((draft) => draft.kind !== 1);
  const sums = summed(counted, false);
  if (!allZero(book, sums, counted)) refuse(book, `with what automated rules add to it this transaction does not balance: ${rest(book, sums, counted)} is left`, line);
}
