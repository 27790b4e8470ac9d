import { type Basis, bases, dimensions, type Only } from '#contract/budgets/report.ts';
import { isDay } from '#contract/kit/day.ts';
import type { Place } from '../../state/ui.ts';

/** Where the lines of an account are shown: everything the register needs to know stands in its place, so that Back leads to it again. */

export interface Lines {
  readonly account: number;
  readonly from: string;
  readonly to: string;
  readonly basis: Basis;
  readonly only: Only | null;
}

export const linesPlace = (lines: Lines): Place => ({ module: 'budgets', area: 'ledger', view: [lines.account, lines.from, lines.to, lines.basis, lines.only?.dimension ?? '', lines.only?.id ?? ''].join('|') });

/** What a place names; null when it names no account. */
export function linesAt(view: string | undefined): Lines | null {
  const [account, from, to, basis, dimension, id] = (view ?? '').split('|');
  const found = bases.find((one) => one === basis);
  const kind = dimensions.find((one) => one === dimension);
  if (!account || !/^\d+$/.test(account) || found === undefined) return null;
  return { account: Number(account), from: isDay(from ?? '') ? (from ?? '') : '', to: isDay(to ?? '') ? (to ?? '') : '', basis: found, only: kind && /^\d+$/.test(id ?? '') ? { dimension: kind, id: Number(id) } : null };
}
