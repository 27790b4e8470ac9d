import { account } from '#contract/budgets/account.ts';
import type { Named } from '#contract/kit/call.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { names } from '../../db/list.ts';
import { room } from '../../db/room.ts';
import { empty, first, run, sql } from '../../db/sql.ts';
import { revaluations } from './balances.ts';
import { cashDimension, exchangeDimension } from './tally.ts';

/** What holds for accounts of the chart. */

const words = {
  kind: w('{account} has posted lines: another kind would change closed years. Make a new account instead.', '{account} hat gebuchte Zeilen: Eine andere Art würde abgeschlossene Jahre ändern. Bitte ein neues Konto anlegen.'),
  cash: w('{account} has lines in periods that are closed ({period}): whether it counts as cash would change their cash flow. Open them first, or make a new account.', '{account} hat Zeilen in geschlossenen Perioden ({period}): Ob es als Zahlungsmittel zählt, würde deren Kapitalflussrechnung ändern. Bitte diese zuerst öffnen oder ein neues Konto anlegen.'),
  heading: w('{account} has posted lines and cannot become a heading.', '{account} hat gebuchte Zeilen und kann keine Überschrift werden.'),
};

/** Statements of years that are closed stay as they are: what lines stand on keeps its kind. What nobody has classified yet may be classified. */
function settled(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  if (!before) return values;
  cashChanged(ctx, values, before);
  const otherKind = values['kind'] !== undefined && values['kind'] !== before['kind'] && before['kind'] !== 'unclassified';
  const toHeading = values['heading'] === true && before['heading'] !== true;
  if (!otherKind && !toHeading) return values;
  if (!first(ctx.db, sql`SELECT 1 FROM balances WHERE account_id = ${before.id} LIMIT 1`)) return values;
  throw new Refused('invalid', otherKind ? words.kind : words.heading, { account: before['name'] }, otherKind ? 'kind' : 'heading');
}

const countsAsCash = (row: AnyDraft): boolean => row['cash_flow'] === 'cash' || row['role'] === 'bank' || row['role'] === 'cash';

/**
 * Which accounts are cash is decided for an entry when it is posted. Changed later, what is kept for the direct cash flow changes with it
 * for open periods; periods that are closed keep their figures, so there it is refused. An entry counts when any of its lines is on cash:
 * only those that hold this account and no other cash account begin or cease to.
 */
function cashChanged(ctx: Ctx, values: AnyDraft, before: AnyRow): void {
  const now = countsAsCash({ ...before, ...values });
  if (now === countsAsCash(before)) return;
  const closed = first<{ name: string }>(ctx.db, sql`SELECT p.name FROM balances b JOIN periods p ON p.id = b.period_id WHERE b.account_id = ${before.id} AND b.dimension = '' AND p.state <> 'open' ORDER BY p.start_day DESC LIMIT 1`);
  if (closed) throw new Refused('invalid', words.cash, { account: before['name'], period: closed.name }, 'cash_flow' in values && values['cash_flow'] !== before['cash_flow'] ? 'cash_flow' : 'role');
  const sign = now ? 1 : -1;
  countAnew(ctx, before.id, cashDimension, 0, sign);
  // Revaluations without cash become such with cash, or the other way round.
  countAnew(ctx, before.id, exchangeDimension, 1, sign);
  countAnew(ctx, before.id, exchangeDimension, 0, -sign);
}

/** Adds to what is kept, or takes from it, the entries that have this account and no other that is cash; of revaluations only those. */
function countAnew(ctx: Ctx, account: number, dimension: string, value: number, sign: number): void {
  const which = dimension === exchangeDimension ? sql`AND e.id IN (${revaluations} SELECT id FROM revaluations)` : empty;
  run(
    ctx.db,
    sql`INSERT INTO balances (dimension, value_id, account_id, currency, closing, period_id, debit, credit, quantity)
        SELECT ${dimension}, ${value}, l.account_id, l.currency, l.closing, e.period_id, ${sign} * sum(max(l.amount, 0)), ${sign} * sum(max(-l.amount, 0)), ${sign} * sum(l.quantity)
        FROM (SELECT DISTINCT id >> 14 AS id FROM entry_lines WHERE account_id = ${account}) x CROSS JOIN entries e ON e.id = x.id CROSS JOIN entry_lines l ON l.id BETWEEN e.id * 16384 AND e.id * 16384 + 16383
        WHERE NOT EXISTS (SELECT 1 FROM entry_lines o JOIN accounts a ON a.id = o.account_id WHERE o.id BETWEEN e.id * 16384 AND e.id * 16384 + 16383 AND o.account_id <> ${account} AND (a.cash_flow = 'cash' OR a.role IN ('bank', 'cash'))) ${which}
        GROUP BY l.account_id, l.currency, l.closing, e.period_id
        ON CONFLICT DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit, quantity = quantity + excluded.quantity`,
  );
}

export const accountRoom = room(account, { complete: settled });

/** Accounts as bookkeepers call them wherever one is named: the number, then the name. */
export const accountNames = (ctx: Ctx, input: Parameters<typeof names>[2]): readonly Named[] => names(ctx, accountRoom.entity, input).map((one) => ({ ...one, title: `${one.subtitle} ${one.title}`.trim(), subtitle: '' }));
