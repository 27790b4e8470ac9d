import { addMonths, daysInMonth } from '#contract/kit/day.ts';
import { w } from '#contract/kit/words.ts';
import { type Basis, basisOf, yearFraction } from './dayCount.ts';
import { day, dayNumber, finite, wrong } from './figures.ts';

/**
 * Bonds and bills under the names of spreadsheets (OASIS OpenDocument 1.3 part 4, OpenFormula, section 6.12). Days are `YYYY-MM-DD`, rates fractions a
 * year, prices per 100 of face value where it is not said otherwise; nothing is rounded. All throw `Refused` (invalid) where a spreadsheet shows
 * #NUM!, #DIV/0! or #VALUE!.
 */

const says = {
  order: w('The paper must be bought before it matures.', 'Das Papier muss vor seiner Fälligkeit gekauft werden.'),
  above: w('{name} must be above zero.', '{name} muss über null liegen.'),
  coupons: w('Interest is paid once, twice or four times a year.', 'Zinsen werden einmal, zweimal oder viermal im Jahr gezahlt.'),
  year: w('A bill runs for a year at most.', 'Ein Schatzwechsel läuft höchstens ein Jahr.'),
  fraction: w('The fraction must be at least 1.', 'Der Bruch muss mindestens 1 sein.'),
};

function above(value: number, name: string): number {
  if (finite(value, name) <= 0) throw wrong(says.above, { name });
  return value;
}

function ordered(settlement: string, maturity: string): void {
  if (day(settlement, 'settlement') >= day(maturity, 'maturity')) throw wrong(says.order);
}

/** How often a year interest is paid. */
export type Frequency = 1 | 2 | 4;

function frequencyOf(value: number): Frequency {
  if (value === 1 || value === 2 || value === 4) return value;
  throw wrong(says.coupons);
}

/**
 * ACCRINT: the interest that has accrued since `issue`: par × rate × part of a year. `first_interest` and `frequency` are checked and change nothing:
 * without odd periods the sum over the coupons is the part of the year.
 */
export function accrint(issue: string, first_interest: string, settlement: string, rate: number, par: number, frequency: number, basis = 0): number {
  day(first_interest, 'first_interest');
  ordered(issue, settlement);
  frequencyOf(frequency);
  return above(par, 'par') * above(rate, 'rate') * yearFraction(issue, settlement, basisOf(basis));
}

/** The coupon day `count` coupons before maturity; at the end of months when maturity is. */
function couponDay(maturity: string, months: number): string {
  const found = addMonths(maturity, -months);
  const lengthOf = (of: string): number => daysInMonth(Number(of.slice(0, 4)), Number(of.slice(5, 7)));
  return Number(maturity.slice(8)) === lengthOf(maturity) ? `${found.slice(0, 8)}${String(lengthOf(found)).padStart(2, '0')}` : found;
}

/** COUPDAYS: the days in the coupon period that holds `settlement`: actual ones at basis 1, otherwise those of the basis's year. */
export function coupdays(settlement: string, maturity: string, frequency: number, basis = 0): number {
  ordered(settlement, maturity);
  const size = 12 / frequencyOf(frequency);
  const of: Basis = basisOf(basis);
  if (of !== 1) return (of === 3 ? 365 : 360) / frequencyOf(frequency);
  let months = size;
  while (couponDay(maturity, months) > settlement) months += size;
  return dayNumber(couponDay(maturity, months - size)) - dayNumber(couponDay(maturity, months));
}

/** DISC: the discount rate a year of a paper bought at `price`: (redemption − price) / redemption / part of a year. */
export function disc(settlement: string, maturity: string, price: number, redemption: number, basis = 0): number {
  ordered(settlement, maturity);
  above(price, 'price');
  return (above(redemption, 'redemption') - price) / redemption / yearFraction(settlement, maturity, basisOf(basis));
}

/** PRICEDISC: the price of a discounted paper: redemption × (1 − discount × part of a year). */
export function pricedisc(settlement: string, maturity: string, discount: number, redemption: number, basis = 0): number {
  ordered(settlement, maturity);
  above(discount, 'discount');
  return above(redemption, 'redemption') * (1 - discount * yearFraction(settlement, maturity, basisOf(basis)));
}

/** Days that a Treasury bill still runs, a year at most. */
function billDays(settlement: string, maturity: string): number {
  ordered(settlement, maturity);
  if (maturity > addMonths(settlement, 12)) throw wrong(says.year);
  return dayNumber(maturity) - dayNumber(settlement);
}

/** TBILLPRICE: 100 × (1 − discount × days / 360). */
export function tbillprice(settlement: string, maturity: string, discount: number): number {
  return above(100 * (1 - (above(discount, 'discount') * billDays(settlement, maturity)) / 360), 'price');
}

/** TBILLYIELD: (100 − price) / price × 360 / days. */
export function tbillyield(settlement: string, maturity: string, price: number): number {
  return (((100 - above(price, 'price')) / price) * 360) / billDays(settlement, maturity);
}

/** TBILLEQ: the bond-equivalent yield of a discount rate: 365 × discount / (360 − discount × days). */
export function tbilleq(settlement: string, maturity: string, discount: number): number {
  return (365 * above(discount, 'discount')) / above(360 - discount * billDays(settlement, maturity), 'price');
}

/** What the digits after the point count for when they are numerators over `fraction`. */
function quoted(price: number, fraction: number): { readonly parts: number; readonly scale: number } {
  finite(price, 'price');
  const parts = Math.trunc(finite(fraction, 'fraction'));
  if (parts < 1) throw wrong(says.fraction);
  return { parts, scale: 10 ** Math.ceil(Math.log10(parts)) };
}

/** DOLLARDE: a price quoted in fractions as a decimal one: 1.02 with 16 is 1 and 2/16. `fraction` is cut to an integer. */
export function dollarde(price: number, fraction: number): number {
  const { parts, scale } = quoted(price, fraction);
  return Math.trunc(price) + ((price % 1) * scale) / parts;
}

/** DOLLARFR: a decimal price quoted in fractions; the inverse of DOLLARDE. */
export function dollarfr(price: number, fraction: number): number {
  const { parts, scale } = quoted(price, fraction);
  return Math.trunc(price) + ((price % 1) * parts) / scale;
}
