import type { AccountKind } from '#contract/budgets/account.ts';
import { ownTag } from '#contract/budgets/dimension.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { all, run, sql } from '../../db/sql.ts';
import { indexRow, insert } from '../../db/table.ts';
import { ensureCurrency } from '../accounts/books.ts';
import { ownTagRoom } from '../accounts/ownTags.ts';
import { addYearOf } from '../accounts/periods.ts';

/**
 * What an imported ledger adds to the books beside its entries, step by step. Who reads the file may stand elsewhere, on a copy of what the
 * books have: the same steps in the same order make the same ids in both places.
 */
export type Step =
  | { readonly do: 'account'; readonly draft: Readonly<Record<string, unknown>> }
  /** The account takes lines from now on. */
  | { readonly do: 'postable'; readonly id: number; readonly cash: boolean }
  | { readonly do: 'kind'; readonly id: number; readonly kind: AccountKind }
  | { readonly do: 'index_accounts'; readonly ids: readonly number[] }
  | { readonly do: 'currency'; readonly code: string; readonly digits: number }
  | { readonly do: 'tag'; readonly name: string; readonly parent_id: number | null }
  | { readonly do: 'rate'; readonly day: string; readonly currency: string; readonly rate_nano: number; readonly source: string }
  /** The fiscal year of a day that none holds. */
  | { readonly do: 'year'; readonly day: string };

/** Takes a step where the reader stands; the id of what it made, 0 where it made none. */
export type Act = (step: Step) => number;

/** Takes a step in the books of `ctx`. @throws Refused as the records themselves do */
export function take(ctx: Ctx, step: Step): number {
  switch (step.do) {
    case 'account':
      return insert(ctx, entityNamed('account'), step.draft).id;
    case 'postable':
      run(ctx.db, sql`UPDATE accounts SET heading = 0, cash_flow = CASE WHEN ${step.cash ? 1 : 0} THEN 'cash' ELSE cash_flow END WHERE id = ${step.id}`);
      return 0;
    case 'kind':
      run(ctx.db, sql`UPDATE accounts SET kind = ${step.kind} WHERE id = ${step.id}`);
      return 0;
    case 'index_accounts':
      for (const row of all<Record<string, unknown>>(ctx.db, sql`SELECT * FROM accounts WHERE id IN (SELECT value FROM json_each(${JSON.stringify(step.ids)}))`)) indexRow(ctx, entityNamed('account'), { ...row, archived: false } as never);
      return 0;
    case 'currency':
      ensureCurrency(ctx, step.code, step.digits);
      return 0;
    case 'tag':
      return insert(ctx, entityNamed(ownTag.name), { name: step.name, parent_id: step.parent_id }, ownTagRoom.rules).id;
    case 'rate':
      return run(ctx.db, sql`INSERT INTO rates (created_at, updated_at, day, currency, rate_nano, source) VALUES (${ctx.now}, ${ctx.now}, ${step.day}, ${step.currency}, ${step.rate_nano}, ${step.source})`).id;
    case 'year':
      addYearOf(ctx, step.day);
      return 0;
  }
}
