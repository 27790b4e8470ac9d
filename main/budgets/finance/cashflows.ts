import { w } from '#contract/kit/words.ts';
import { dayNumber, finite, wrong } from './figures.ts';
import { rateRoot } from './roots.ts';

/**
 * Present values and returns of uneven payments under the names of spreadsheets. Amounts are of one currency in any unit, money paid is negative,
 * results are not rounded, rates are fractions (0.01 is 1 %). Definitions: OASIS OpenDocument 1.3 part 4 (OpenFormula), section 6.12; Brealey, Myers, Allen,
 * Principles of Corporate Finance, ch. 5. All throw `Refused` (invalid) where a spreadsheet shows #NUM!, #DIV/0! or #VALUE!.
 */

const says = {
  signs: w('A return needs at least one payment and one receipt.', 'Eine Rendite braucht mindestens eine Auszahlung und eine Einzahlung.'),
  none: w('No rate makes the present value of these payments zero.', 'Bei keinem Zinssatz wird der Barwert dieser Zahlungen null.'),
  rate: w('The rate must lie above −100 %.', 'Der Zinssatz muss über −100 % liegen.'),
  dates: w('Every payment needs its day: {values} payments, {days} days.', 'Jede Zahlung braucht ihren Tag: {values} Zahlungen, {days} Tage.'),
  early: w('No payment may lie before the first one.', 'Keine Zahlung darf vor der ersten liegen.'),
};

function discount(rate: number): number {
  if (finite(rate, 'rate') <= -1) throw wrong(says.rate);
  return rate;
}

function flows(values: readonly number[]): readonly number[] {
  for (const value of values) finite(value, 'value');
  return values;
}

function bothSigns(values: readonly number[]): void {
  if (!flows(values).some((value) => value > 0) || !values.some((value) => value < 0)) throw wrong(says.signs);
}

/** Horner's scheme: the sum of value(i) / (1 + rate)^i, the first one undiscounted. */
const present = (rate: number, values: readonly number[]): number => values.reduceRight((sum, value) => value + sum / (1 + rate), 0);

/** NPV: the sum of value(i) / (1 + rate)^i with i from 1: the first value lies one period ahead, as in spreadsheets. */
export function npv(rate: number, values: readonly number[]): number {
  return present(discount(rate), flows(values)) / (1 + rate);
}

/** IRR: the rate a period at which the present value of equally spaced payments is zero; the one nearest to `guess` when there are several. */
export function irr(values: readonly number[], guess = 0.1): number {
  bothSigns(values);
  const root = rateRoot((rate) => present(rate, values), finite(guess, 'guess'));
  if (root === null) throw wrong(says.none);
  return root;
}

/**
 * MIRR: the return when what is paid is financed at `finance` and what is received is put away at `reinvest`:
 * (value of the receipts at the end / value of the payments at the beginning)^(1 / (n − 1)) − 1.
 */
export function mirr(values: readonly number[], finance: number, reinvest: number): number {
  bothSigns(values);
  const last = values.length - 1;
  const received = present(discount(reinvest), values.map((value) => Math.max(value, 0))) * (1 + reinvest) ** last;
  const paid = present(discount(finance), values.map((value) => Math.min(value, 0)));
  return (received / -paid) ** (1 / last) - 1;
}

/** Years of 365 days from the first payment to each. */
function years(values: readonly number[], days: readonly string[]): number[] {
  if (values.length !== days.length) throw wrong(says.dates, { values: values.length, days: days.length });
  const numbers = days.map((of) => dayNumber(of));
  if (numbers.some((number) => number < numbers[0]!)) throw wrong(says.early);
  return numbers.map((number) => (number - numbers[0]!) / 365);
}

const presentOn = (rate: number, values: readonly number[], at: readonly number[]): number => values.reduce((sum, value, index) => sum + value / (1 + rate) ** at[index]!, 0);

/** XNPV: the sum of value(i) / (1 + rate)^((day(i) − day(0)) / 365). `rate` is a year's. */
export function xnpv(rate: number, values: readonly number[], days: readonly string[]): number {
  return presentOn(discount(rate), flows(values), years(values, days));
}

/** XIRR: the rate a year at which XNPV is zero; the one nearest to `guess` when there are several. */
export function xirr(values: readonly number[], days: readonly string[], guess = 0.1): number {
  bothSigns(values);
  const at = years(values, days);
  const root = rateRoot((rate) => presentOn(rate, values, at), finite(guess, 'guess'));
  if (root === null) throw wrong(says.none);
  return root;
}
