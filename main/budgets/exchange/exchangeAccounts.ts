import type { Named } from '#contract/kit/call.ts';
import type { Ctx } from '../../db/context.ts';
import { all, sql } from '../../db/sql.ts';
import { chartNumber } from '../accounts/books.ts';

/** The accounts that exchange differences go to: those whose use says so. */

interface Candidate {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly kind: string;
}

export type Difference = 'gain' | 'loss';

const kinds: Readonly<Record<Difference, string>> = { gain: 'income', loss: 'expense' };

/**
 * The account for gains or losses among those used for exchange differences; null when there is none. Charts with accounts of their own for
 * what is not realised yet get such differences there, the others on the account for realised ones; one account may serve for both.
 */
export function exchangeAccount(ctx: Ctx, difference: Difference, realised: boolean): Named | null {
  const candidates = all<Candidate>(ctx.db, sql`SELECT id, number, name, kind FROM accounts WHERE role = 'exchange' AND heading = 0 AND archived = 0 ORDER BY number, id`);
  const own = candidates.filter((one) => one.kind === kinds[difference]);
  const numbered = (use: Parameters<typeof chartNumber>[1]): Candidate | undefined => {
    const number = chartNumber(ctx, use);
    return number === '' ? undefined : candidates.find((one) => one.number === number);
  };
  const settled = numbered(`exchange_${difference}`) ?? own[0];
  const found = realised ? settled : (own.find((one) => one !== settled) ?? numbered('exchange_unrealised') ?? settled);
  const chosen = found ?? candidates[0];
  return chosen ? { id: chosen.id, title: chosen.name, subtitle: chosen.number, archived: false } : null;
}
