import { exponentOf } from '#contract/kit/money.ts';
import type { Connection } from '../../db/open.ts';
import { first, sql } from '../../db/sql.ts';
import { divide } from '../finance/allocate.ts';

/** Rates of exchange: one unit of a currency in that of the company, times 10^9, the newest on or before a day. */

/** Digits after the point of a currency: as the books keep it, else as ISO 4217 has it. */
export const digitsOf = (db: Connection, code: string): number => first<{ digits: number }>(db, sql`SELECT digits FROM commodities WHERE code = ${code} AND code <> ''`)?.digits ?? exponentOf(code);

/** A rate, the day that it is of, and who said so. */
export interface RateFound {
  readonly rate_nano: number;
  readonly day: string;
  readonly source: string;
}

/** The newest rate on or before a day; of two of the same day the one written last. */
export const rateOn = (db: Connection, currency: string, day: string): RateFound | null =>
  first<RateFound>(db, sql`SELECT rate_nano, day, source FROM rates WHERE currency = ${currency} AND day <= ${day} AND archived = 0 ORDER BY day DESC, id DESC LIMIT 1`) ?? null;

export const rateAt = (db: Connection, currency: string, day: string): number | null => rateOn(db, currency, day)?.rate_nano ?? null;

export interface ToConvert {
  /** Minor units of `currency`. */
  readonly quantity: number;
  readonly currency: string;
  readonly day: string;
  readonly base: string;
  /** Digits of the company's currency. */
  readonly digits: number;
}

/** Minor units of the company's currency, halves away from zero; null without a rate. */
export function convert(db: Connection, from: ToConvert): number | null {
  const rate = rateAt(db, from.currency, from.day);
  return rate === null ? null : atRate(from.quantity, digitsOf(db, from.currency), rate, from.digits);
}

/** quantity × rate in exact arithmetic, halves away from zero. */
export function atRate(quantity: number, digits: number, rateNano: number, baseDigits: number): number {
  return Number(divide(BigInt(quantity) * BigInt(rateNano) * 10n ** BigInt(baseDigits), 10n ** BigInt(9 + digits), 'half_up'));
}
