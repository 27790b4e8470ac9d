import type { DigitLine, DigitResult, engagementCalls } from '#contract/budgets/engagement.ts';
import type { InputOf } from '#contract/kit/call.ts';
import { say } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { all, sql } from '../../db/sql.ts';
import { writing } from '../accounts/writing.ts';
import { populationOf, within } from './auditLedger.ts';
import { benford } from './benford.ts';
import { auditOf } from './engagement.ts';

/** Leading digits of the amounts of an audit, and the lines behind them. */

const still = { check: () => undefined, progress: () => undefined };

function* amountsOf(lines: Iterable<{ readonly amount: number }>): Generator<number> {
  for (const { amount } of lines) yield amount;
}

/** Benford’s law over the lines of an audit. @throws Refused missing */
export function digits(ctx: Ctx, input: InputOf<(typeof engagementCalls)['engagement.benford']>): DigitResult {
  const { id, digits: which, ...population } = input;
  const { count } = writing(ctx);
  const { warning, ...found } = benford(amountsOf(populationOf(ctx, auditOf(ctx, id), population, still)), which);
  return { ...found, warning: warning ? say(warning.words, ctx.language, { count: count(warning.params.count), least: count(warning.params.least) }) : '' };
}

/** The lines whose amount begins with some digits, page by page in the order of posting. @throws Refused missing */
export function digitLines(ctx: Ctx, input: InputOf<(typeof engagementCalls)['engagement.digit_lines']>): { readonly rows: readonly DigitLine[]; readonly next: number | null } {
  const { id, digits: which, digit, after, limit = 200, ...population } = input;
  const [begin, length] = which === 'first' ? [1, 1] : which === 'second' ? [2, 1] : [1, 2];
  const rows = all<DigitLine>(
    ctx.db,
    sql`SELECT l.id, l.id >> 14 AS entry_id, l.id & 16383 AS line, e.number, l.day, CASE a.number WHEN '' THEN a.name ELSE a.number || ' ' || a.name END AS account, CASE l.text WHEN '' THEN e.narration ELSE l.text END AS narration, l.amount
        FROM (SELECT * FROM entry_lines WHERE ${within(auditOf(ctx, id), population)} AND id > ${after ?? 0} AND substr(abs(amount) || '0', ${begin}, ${length}) = ${String(digit)} ORDER BY id LIMIT ${limit + 1}) l
        JOIN entries e ON e.id = l.id >> 14 JOIN accounts a ON a.id = l.account_id ORDER BY l.id`,
  );
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? page.at(-1)!.id : null };
}
