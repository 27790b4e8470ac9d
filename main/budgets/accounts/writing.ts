import { exponentOf, plain } from '#contract/kit/money.ts';
import type { Ctx } from '../../db/context.ts';
import { first, sql } from '../../db/sql.ts';

/** Days and figures inside the sentences that are kept or sent as texts, written as the window writes them. */

export interface Writing {
  /** 14/03/2026, 14.03.2026 */
  readonly day: (day: string) => string;
  /** The same with its day of the week. */
  readonly weekday: (day: string) => string;
  /** A count with group marks. */
  readonly count: (count: number) => string;
  /** Money in minor units. */
  readonly amount: (minor: number, currency: string) => string;
}

/** The language of who asks, as it is written in the country of the company. */
export function localeOf(ctx: Ctx): string {
  const country = first<{ country: string }>(ctx.db, sql`SELECT country FROM company`)?.country ?? '';
  const wanted = `${ctx.language}-${country === '' ? (ctx.language === 'de' ? 'DE' : 'GB') : country}`;
  return Intl.NumberFormat.supportedLocalesOf([wanted])[0] ?? ctx.language;
}

/** How days and figures are written for who asks. */
export function writing(ctx: Ctx): Writing {
  const locale = localeOf(ctx);
  const numeric = { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' } as const;
  const [plainDay, named] = [new Intl.DateTimeFormat(locale, numeric), new Intl.DateTimeFormat(locale, { weekday: 'short', ...numeric })];
  const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);
  return {
    day: (day) => plainDay.format(midnight(day)),
    weekday: (day) => named.format(midnight(day)),
    count: (count) => new Intl.NumberFormat(locale).format(count),
    // As a decimal text, so that every digit is exact.
    amount: (minor, currency) => new Intl.NumberFormat(locale, { minimumFractionDigits: exponentOf(currency), maximumFractionDigits: exponentOf(currency) }).format(plain(minor, currency) as Intl.StringNumericLiteral),
  };
}
