import { w } from '#contract/kit/words.ts';
import { finite, wrong } from './figures.ts';
import { rateRoot } from './roots.ts';

/**
 * Level payments under the names and with the arguments of spreadsheets. All solve one equation for one of its figures:
 *
 *   pv × (1 + rate)^nper + pmt × (1 + rate × due) × ((1 + rate)^nper − 1) / rate + fv = 0,   and pv + pmt × nper + fv = 0 at a rate of zero
 *
 * (OASIS OpenDocument 1.3 part 4, OpenFormula, section 6.12; Kellison, The Theory of Interest, ch. 3). Money paid is negative, money received
 * positive; amounts are of one currency in any unit and are not rounded; rates are per period (0.01 is 1 %). `due` is 0 for payments at the end
 * of a period and 1 for payments at its beginning. All throw `Refused` (invalid) where a spreadsheet shows #NUM!, #DIV/0! or #VALUE!.
 */

const says = {
  none: w('There is no such figure: no rate or number of periods makes the payments even out.', 'Eine solche Zahl gibt es nicht: Mit keinem Satz und keiner Laufzeit gleichen sich die Zahlungen aus.'),
  period: w('The period lies outside the term.', 'Die Periode liegt außerhalb der Laufzeit.'),
  loan: w('Rate, term and amount of a loan must be above zero.', 'Zinssatz, Laufzeit und Betrag eines Darlehens müssen über null liegen.'),
  above: w('{name} must be above zero.', '{name} muss über null liegen.'),
  often: w('Interest is paid at least once a year.', 'Zinsen werden mindestens einmal im Jahr gezahlt.'),
};

/** When a payment of a period is made: 0 at its end, 1 at its beginning. */
export type Due = 0 | 1;

/** A result that is a number. */
function found(value: number | null): number {
  if (value === null || !Number.isFinite(value)) throw wrong(says.none);
  return value;
}

function all(figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) finite(value, name);
}

/** (1 + rate)^nper − 1, exact for small rates. */
const growth = (rate: number, nper: number): number => Math.expm1(nper * Math.log1p(rate));

/** What payments of 1 are worth at the end of the last period. */
const annuity = (rate: number, nper: number, due: Due): number => (rate === 0 ? nper : ((1 + rate * due) * growth(rate, nper)) / rate);

/** FV: the value after the last period. */
export function fv(rate: number, nper: number, pmt: number, pv = 0, due: Due = 0): number {
  all({ rate, nper, pmt, pv });
  return found(0 - pv * (1 + growth(rate, nper)) - pmt * annuity(rate, nper, due));
}

/** PV: the value before the first period. */
export function pv(rate: number, nper: number, pmt: number, fv = 0, due: Due = 0): number {
  all({ rate, nper, pmt, fv });
  return found((0 - fv - pmt * annuity(rate, nper, due)) / (1 + growth(rate, nper)));
}

/** PMT: the payment of a period. */
export function pmt(rate: number, nper: number, pv: number, fv = 0, due: Due = 0): number {
  all({ rate, nper, pv, fv });
  return found((0 - fv - pv * (1 + growth(rate, nper))) / annuity(rate, nper, due));
}

/**
 * PPMT: the repayment in the payment of period `per`, 1 to nper: −(pv + fv) × rate × (1 + rate)^(per − 1) / ((1 + rate)^nper − 1), for payments at
 * the beginning divided by 1 + rate. The first payment that is made at the beginning is repayment alone.
 */
export function ppmt(rate: number, per: number, nper: number, pv: number, fv = 0, due: Due = 0): number {
  const payment = pmt(rate, nper, pv, fv, due);
  if (finite(per, 'per') < 1 || per >= nper + 1) throw wrong(says.period);
  if (due === 1 && per === 1) return payment;
  return found((-(pv + fv) * (1 + growth(rate, per - 1 - due))) / annuity(rate, nper, 0));
}

/** IPMT: the interest in the payment of period `per`, 1 to nper. None in a first payment that is made at the beginning. */
export function ipmt(rate: number, per: number, nper: number, pv: number, fv = 0, due: Due = 0): number {
  return pmt(rate, nper, pv, fv, due) - ppmt(rate, per, nper, pv, fv, due);
}

/** NPER: the number of periods, which need not be whole and is negative when it lies in the past. */
export function nper(rate: number, pmt: number, pv: number, fv = 0, due: Due = 0): number {
  all({ rate, pmt, pv, fv });
  if (rate === 0) return found(-(pv + fv) / pmt);
  const level = pmt * (1 + rate * due);
  return found(Math.log((level - fv * rate) / (level + pv * rate)) / Math.log1p(rate));
}

/** RATE: the rate a period, the one nearest to `guess` when there are several. */
export function rate(nper: number, pmt: number, pv: number, fv = 0, due: Due = 0, guess = 0.1): number {
  all({ nper, pmt, pv, fv, guess });
  if (nper <= 0) throw wrong(says.above, { name: 'nper' });
  if (pv + pmt * nper + fv === 0 && due === 0) return 0;
  // Discounted, because compounding overflows at the high rates that are searched.
  return found(rateRoot((at) => pv + (pmt * annuity(at, nper, due) + fv) / (1 + growth(at, nper)), guess));
}

function loan(rate: number, nper: number, pv: number, first: number, last: number, due: Due): void {
  all({ rate, nper, pv, first, last });
  if (rate <= 0 || nper <= 0 || pv <= 0) throw wrong(says.loan);
  if (first < 1 || last < first || last > nper || (due !== 0 && due !== 1)) throw wrong(says.period);
}

const over = (first: number, last: number, of: (per: number) => number): number => {
  let sum = 0;
  for (let per = Math.ceil(first); per <= last; per += 1) sum += of(per);
  return sum;
};

/** CUMIPMT: the interest of a loan of `pv` in the payments `first` to `last`, negative as money paid. */
export function cumipmt(rate: number, nper: number, pv: number, first: number, last: number, due: Due): number {
  loan(rate, nper, pv, first, last, due);
  return over(first, last, (per) => ipmt(rate, per, nper, pv, 0, due));
}

/** CUMPRINC: the repayment of a loan of `pv` in the payments `first` to `last`, negative as money paid. */
export function cumprinc(rate: number, nper: number, pv: number, first: number, last: number, due: Due): number {
  loan(rate, nper, pv, first, last, due);
  return over(first, last, (per) => ppmt(rate, per, nper, pv, 0, due));
}

/** ISPMT: the interest of period `per` (from zero) of a loan that is repaid in equal parts: pv × rate × (per / nper − 1). */
export function ispmt(rate: number, per: number, nper: number, pv: number): number {
  all({ rate, per, nper, pv });
  return found(pv * rate * (per / nper - 1));
}

function compounding(rate: number, npery: number): number {
  if (finite(rate, 'rate') <= 0) throw wrong(says.above, { name: 'rate' });
  const times = Math.trunc(finite(npery, 'npery'));
  if (times < 1) throw wrong(says.often);
  return times;
}

/** EFFECT: the rate a year of a nominal rate that is paid `npery` times a year: (1 + rate / npery)^npery − 1. */
export function effect(nominal: number, npery: number): number {
  const times = compounding(nominal, npery);
  return growth(nominal / times, times);
}

/** NOMINAL: the nominal rate a year that is paid `npery` times a year, of an effective one; the inverse of EFFECT. */
export function nominal(effective: number, npery: number): number {
  const times = compounding(effective, npery);
  return times * growth(effective, 1 / times);
}

/** RRI: the rate a period at which `pv` grows to `fv`: (fv / pv)^(1 / nper) − 1. */
export function rri(nper: number, pv: number, fv: number): number {
  all({ nper, pv, fv });
  if (nper <= 0) throw wrong(says.above, { name: 'nper' });
  return found((fv / pv) ** (1 / nper) - 1);
}

/** PDURATION: the number of periods in which `pv` grows to `fv`: ln(fv / pv) / ln(1 + rate). */
export function pduration(rate: number, pv: number, fv: number): number {
  for (const [name, value] of Object.entries({ rate, pv, fv })) if (finite(value, name) <= 0) throw wrong(says.above, { name });
  return Math.log(fv / pv) / Math.log1p(rate);
}

/** FVSCHEDULE: what `principal` grows to at one rate after the other. */
export function fvschedule(principal: number, rates: readonly number[]): number {
  return rates.reduce((value, rate) => value * (1 + finite(rate, 'rate')), finite(principal, 'principal'));
}
