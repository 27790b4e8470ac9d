import type { AssetMethod } from '#contract/budgets/asset.ts';
import { addDays } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w, type Words } from '#contract/kit/words.ts';
import { divide } from '../finance/allocate.ts';
import { type DepreciationInput, lostUntil } from './depreciation.ts';
import { clockOf, type FiscalStart, periodsOf } from './depreciationClock.ts';
import { fixedRate } from '../finance/excelFunctions.ts';

/** From the record of an asset to what it has lost by a day, and to the stretches that are still to be posted. Pure arithmetic. */

const says = {
  life: w('Give the life in months.', 'Bitte die Nutzungsdauer in Monaten angeben.'),
  lifeOrRate: w('Give the life in months, or a rate a year.', 'Bitte die Nutzungsdauer in Monaten oder einen Satz im Jahr angeben.'),
  rate: w('Give a rate a year, or a residual value above zero that it leads to.', 'Bitte einen Satz im Jahr angeben, oder einen Restwert über null, zu dem er führt.'),
  range: w('The rate must lie above zero and not above 100 % a year.', 'Der Satz muss über null und darf nicht über 100 % im Jahr liegen.'),
  units: w('Give the units that it is good for in its life.', 'Bitte angeben, für wie viele Einheiten es insgesamt reicht.'),
  cost: w('The cost cannot be below zero.', 'Die Anschaffungskosten können nicht unter null liegen.'),
  salvage: w('The residual value lies between zero and the cost.', 'Der Restwert liegt zwischen null und den Anschaffungskosten.'),
  broughtDay: w('Say until which day it was depreciated elsewhere, and by how much.', 'Bitte angeben, bis wann und um wie viel es anderswo abgeschrieben wurde.'),
  broughtEarly: w('It was not in use yet on that day.', 'An diesem Tag war es noch nicht in Gebrauch.'),
  brought: w('More was depreciated than cost less residual value.', 'Es wurde mehr abgeschrieben als die Kosten ohne den Restwert.'),
};

/** What the depreciation of an asset rests on. */
export interface AssetFacts {
  readonly method: AssetMethod;
  readonly cost: number;
  readonly salvage: number;
  readonly in_use_day: string;
  /** 0 for none. */
  readonly life_months: number;
  readonly rate_ppm: number;
  readonly to_straight: boolean;
  readonly convention: 'month' | 'mid_month' | 'day';
  readonly units_total: number;
  readonly brought_day: string;
  readonly brought_amount: number;
}

export interface UseOfUnits {
  readonly day: string;
  readonly units: number;
}

/** Depreciation of an asset that stands in the books: until this day, so much. */
export interface Run {
  readonly from_day: string;
  readonly until_day: string;
  readonly amount: number;
}

/** A stretch of days that depreciation can be posted for, and the period it belongs to. */
export interface Cut {
  readonly from_day: string;
  readonly until_day: string;
}

/** Months that a life lasts at most. */
const longestLife = 960;

/** What may be depreciated in all. */
export const baseOf = (facts: AssetFacts): number => facts.cost - facts.salvage;

const refuse = (words: Words, field: string): Refused => new Refused('invalid', words, {}, field);

/** The figures for the schedule; null when nothing is ever lost. @throws Refused invalid, naming the field that is missing or out of range */
export function inputOf(facts: AssetFacts, uses: readonly UseOfUnits[], start: FiscalStart): DepreciationInput | null {
  if (facts.cost < 0) throw refuse(says.cost, 'cost');
  if (facts.salvage < 0 || facts.salvage > facts.cost) throw refuse(says.salvage, 'salvage');
  if (facts.method === 'none') return null;
  const common = { cost: facts.cost, salvage: facts.salvage, in_service: facts.in_use_day, rows: 'month', fiscal_start: start } as const;
  if (facts.method === 'units') {
    if (facts.units_total < 1) throw refuse(says.units, 'units_total');
    return { ...common, method: 'units', units_total: facts.units_total, usage: uses };
  }
  if (facts.rate_ppm < 0 || facts.rate_ppm > 1_000_000) throw refuse(says.range, 'rate_ppm');
  const fromRate = facts.method === 'straight_line' && facts.rate_ppm > 0 ? Math.min(longestLife, Math.max(1, Math.round(12_000_000 / facts.rate_ppm))) : 0;
  const life_months = facts.life_months > 0 ? facts.life_months : fromRate;
  if (life_months < 1) throw facts.method === 'straight_line' ? refuse(says.lifeOrRate, 'life_months') : refuse(says.life, 'life_months');
  const first = { month: 'full_month', mid_month: 'mid_month', day: 'by_day' } as const;
  const timed = { ...common, life_months, measure: facts.convention === 'day' ? 'day' : 'month', first: first[facts.convention] } as const;
  if (facts.method === 'straight_line' || facts.method === 'sum_of_years') return { ...timed, method: facts.method };
  const switched = { switch_to_straight_line: facts.to_straight };
  if (facts.method === 'double_declining') return { ...timed, ...switched, method: 'double_declining' };
  if (facts.rate_ppm > 0) return { ...timed, ...switched, method: 'declining_balance', rate_ppm: facts.rate_ppm };
  if (facts.salvage === 0 || facts.cost === 0) throw refuse(says.rate, 'rate_ppm');
  const found = Math.round(fixedRate(facts.cost, facts.salvage, life_months / 12) * 1_000_000);
  return { ...timed, ...switched, method: 'declining_balance', rate_ppm: Math.min(1_000_000, Math.max(1, found)) };
}

/** The day until which nothing is to be posted any more; '' when there is none that can be told. */
export function endOf(input: DepreciationInput | null): string {
  return input === null || input.method === 'units' ? '' : clockOf(input).last_day;
}

/**
 * What has been lost until the end of a day, in minor units, never below zero nor above cost less residual value. What other books
 * depreciated is taken as it is, and what was left then is spread in the proportions of the schedule over the time that was left.
 * @throws Refused invalid when the figures do not allow it
 */
export function lossOf(facts: AssetFacts, uses: readonly UseOfUnits[], start: FiscalStart): (day: string) => number {
  const input = inputOf(facts, uses, start);
  const base = baseOf(facts);
  if ((facts.brought_day === '') !== (facts.brought_amount === 0)) throw refuse(says.broughtDay, facts.brought_day === '' ? 'brought_day' : 'brought_amount');
  if (facts.brought_day !== '' && facts.brought_day < facts.in_use_day) throw refuse(says.broughtEarly, 'brought_day');
  if (facts.brought_amount < 0 || facts.brought_amount > base) throw refuse(says.brought, 'brought_amount');
  if (input === null) return () => facts.brought_amount;
  const lost = lostUntil(input);
  if (facts.brought_day === '') return lost;
  const then = lost(facts.brought_day);
  const left = base - facts.brought_amount;
  return (day) => {
    if (day <= facts.brought_day) return facts.brought_amount;
    return then >= base ? base : facts.brought_amount + Number(divide(BigInt(lost(day) - then) * BigInt(left), BigInt(base - then), 'half_up'));
  };
}

/**
 * What is to be posted for each cut, in the order of their days: what is lost by its end, less what stands in the books until then, and never
 * more than is left in all, or than later runs have not caught up with. A cut that was posted before gets nothing, so asking twice adds nothing.
 */
export function due(facts: AssetFacts, loss: (day: string) => number, runs: readonly Run[], cuts: readonly Cut[]): Run[] {
  const base = baseOf(facts);
  const done = new Set(runs.map((run) => run.until_day));
  const known: Run[] = [...runs];
  let left = base - facts.brought_amount - runs.reduce((sum, run) => sum + run.amount, 0);
  const found: Run[] = [];
  const postedBy = (day: string): number => known.reduce((sum, run) => (run.until_day <= day ? sum + run.amount : sum), facts.brought_amount);
  /** What later runs leave to be posted: one that caught up holds what the cuts before it lacked. */
  const uncovered = (after: string, most: number): number => {
    let least = most;
    for (const run of runs) if (least > 0 && run.until_day > after) least = Math.min(least, loss(run.until_day) - postedBy(run.until_day));
    return least;
  };
  for (const { from_day, until_day } of cuts) {
    if (left <= 0) break;
    if (done.has(until_day) || until_day < facts.in_use_day || (facts.brought_day !== '' && until_day <= facts.brought_day)) continue;
    const last = known.reduce((latest, run) => (run.until_day <= until_day && run.until_day > latest ? run.until_day : latest), facts.brought_day);
    const amount = uncovered(until_day, Math.min(left, loss(until_day) - postedBy(until_day)));
    if (amount <= 0) continue;
    const begin = last >= from_day ? addDays(last, 1) : from_day;
    const made = { from_day: begin < facts.in_use_day ? facts.in_use_day : begin, until_day, amount };
    known.push(made);
    found.push(made);
    left -= amount;
  }
  return found;
}

/** Months after the last fiscal year there is, until the life ends. */
export function monthsAfter(last: string, input: DepreciationInput | null, start: FiscalStart): readonly Cut[] {
  const end = endOf(input);
  return end === '' || input === null || end <= last ? [] : periodsOf(last === '' || last < input.in_service ? input.in_service : addDays(last, 1), end, 'month', start);
}
