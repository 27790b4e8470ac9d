import { account } from '#contract/budgets/account.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../db/context.ts';
import { room } from '../db/room.ts';
import { first, sql } from '../db/sql.ts';

/** What holds for accounts of the chart. */

const words = {
  kind: w('{account} has posted lines: another kind would change closed years. Make a new account instead.', '{account} hat gebuchte Zeilen: Eine andere Art würde abgeschlossene Jahre ändern. Bitte ein neues Konto anlegen.'),
  heading: w('{account} has posted lines and cannot become a heading.', '{account} hat gebuchte Zeilen und kann keine Überschrift werden.'),
};

/** Statements of years that are closed stay as they are: what lines stand on keeps its kind. What nobody has classified yet may be classified. */
function settled(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  if (!before) return values;
  const otherKind = values['kind'] !== undefined && values['kind'] !== before['kind'] && before['kind'] !== 'unclassified';
  const toHeading = values['heading'] === true && before['heading'] !== true;
  if (!otherKind && !toHeading) return values;
  if (!first(ctx.db, sql`SELECT 1 FROM balances WHERE account_id = ${before.id} LIMIT 1`)) return values;
  throw new Refused('invalid', otherKind ? words.kind : words.heading, { account: before['name'] }, otherKind ? 'kind' : 'heading');
}

export const accountRoom = room(account, { complete: settled });
