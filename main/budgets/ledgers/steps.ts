import type { AccountKind } from '#contract/budgets/account.ts';
import { ownTag } from '#contract/budgets/dimension.ts';
import type { AnyDraft } from '#contract/kit/entity.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { run, sql } from '../../db/sql.ts';
import { insert, update, whole } from '../../db/table.ts';
import { ensureCurrency } from '../accounts/currency.ts';
import { ownTagRoom } from '../accounts/ownTags.ts';
import { addYearOf } from '../accounts/periods.ts';

/**
 * What an imported ledger adds to the books beside its entries, step by step. Who reads the file may stand elsewhere, on a copy of what the
 * books have: the same steps in the same order make the same ids in both places.
 */
export type Step =
  | { readonly do: 'account'; readonly draft: Readonly<Record<string, unknown>> }
  /** A heading takes lines from now on. */
  | { readonly do: 'postable'; readonly id: number; readonly cash: boolean }
  | { readonly do: 'kind'; readonly id: number; readonly kind: AccountKind }
  | { readonly do: 'currency'; readonly code: string; readonly name: string; readonly digits: number }
  | { readonly do: 'tag'; readonly name: string; readonly parent_id: number | null }
  | { readonly do: 'rate'; readonly day: string; readonly currency: string; readonly rate_nano: number; readonly source: string }
  /** The fiscal year of a day that none holds. */
  | { readonly do: 'year'; readonly day: string };

/** Takes a step where the reader stands; the id of what it made, 0 where it made none. */
export type Act = (step: Step) => number;

/** Changes an account that holds nothing but lines of this import, so that its rules have nothing to say. */
function changed(ctx: Ctx, id: number, patch: AnyDraft): void {
  const account = entityNamed('account');
  update(ctx, account, id, whole(ctx, account, id).version, patch);
}

/** Takes a step in the books of `ctx`. @throws Refused as the records themselves do */
export function take(ctx: Ctx, step: Step): number {
  switch (step.do) {
    case 'account':
      return insert(ctx, entityNamed('account'), step.draft).id;
    case 'postable':
      changed(ctx, step.id, { heading: false, ...(step.cash ? { cash_flow: 'cash' } : {}) });
      return 0;
    case 'kind':
      changed(ctx, step.id, { kind: step.kind });
      return 0;
    case 'currency':
      ensureCurrency(ctx, step);
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
