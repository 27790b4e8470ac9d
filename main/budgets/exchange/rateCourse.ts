import type { RateCourse } from '#contract/budgets/currency.ts';
import { addDays, addMonths } from '#contract/kit/day.ts';
import type { Ctx } from '../../db/context.ts';
import { all, sql } from '../../db/sql.ts';
import { baseOf } from '../journal/lines.ts';

/** Rates over time, as the books value by them. */

const dailyUntil = 130;
const weeklyUntil = 5 * 366;

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** The days at which a rate is shown: the last of them is the last day, whatever the step. */
function daysOf(from: string, to: string): { readonly step: RateCourse['step']; readonly days: readonly string[] } {
  const span = daysBetween(from, to);
  const step = span <= dailyUntil ? 'day' : span <= weeklyUntil ? 'week' : 'month';
  const days: string[] = [];
  for (let count = 0, day = to; day >= from; count += 1, day = step === 'month' ? addMonths(to, -count) : addDays(to, step === 'week' ? -7 * count : -count)) days.unshift(day);
  return { step, days: [...new Set(days)] };
}

/** A currency's rates from a day, or its first rate, to its newest. */
export function course(ctx: Ctx, input: { readonly currency?: string | undefined; readonly from?: string | undefined }): RateCourse {
  const currencies = all<{ currency: string }>(ctx.db, sql`SELECT DISTINCT currency FROM rates WHERE archived = 0 ORDER BY currency`).map((row) => row.currency);
  const currency = input.currency ?? currencies[0] ?? '';
  // Of two rates of a day the one written last serves.
  const rates = all<{ day: string; rate_nano: number }>(ctx.db, sql`SELECT day, rate_nano FROM rates WHERE currency = ${currency} AND archived = 0 ORDER BY day, id`);
  const [first, last] = [rates[0], rates.at(-1)];
  const base = baseOf(ctx);
  if (!first || !last) return { currency: '', currencies, base, step: 'day', points: [] };
  const from = input.from ?? first.day;
  const { step, days } = daysOf(from < first.day ? first.day : from > last.day ? last.day : from, last.day);
  let next = 0;
  const points = days.flatMap((day) => {
    while (next < rates.length && rates[next]!.day <= day) next += 1;
    const serving = rates[next - 1];
    return serving ? [{ day, rate_nano: serving.rate_nano }] : [];
  });
  return { currency, currencies, base, step, points };
}
