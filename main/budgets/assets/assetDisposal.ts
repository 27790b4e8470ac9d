import { type assetCalls, asset, type DisposalInput, type DisposalPlan } from '#contract/budgets/asset.ts';
import type { LineDraft } from '#contract/budgets/entry.ts';
import type { InputOf, Written } from '#contract/kit/call.ts';
import { Refused } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { all, run, sql } from '../../db/sql.ts';
import { planFor, type Planned, postPlanned } from './asset.ts';
import { accountFor } from './assetAccounts.ts';
import { type Asset, assetOf, called, runsOf } from './assetRows.ts';
import { postEntry } from '../journal/entry.ts';
import { checked } from '../journal/lines.ts';
import { calendar } from '../accounts/periods.ts';

/** Assets that leave: sold, scrapped, stolen. */

const words = {
  stale: w('Somebody else has changed this asset meanwhile; reload to see how it stands.', 'Inzwischen hat jemand anders dieses Anlagegut geändert; bitte neu laden.'),
  gone: w('{asset} was disposed of on {day} already.', '{asset} ist schon am {day} abgegangen.'),
  early: w('{asset} was acquired on {day} only.', '{asset} wurde erst am {day} angeschafft.'),
  later: w('Depreciation is posted until {day}. Choose a day after it, or reverse those entries first.', 'Abschreibung ist bis zum {day} gebucht. Bitte einen späteren Tag wählen oder diese Buchungen zuerst stornieren.'),
  cost: w('The account that the cost stands on is missing.', 'Das Konto, auf dem die Anschaffungskosten stehen, fehlt.'),
  accumulated: w('The account for accumulated depreciation is missing.', 'Das Konto für kumulierte Abschreibung fehlt.'),
  proceeds: w('Say on which account the proceeds arrive.', 'Bitte angeben, auf welchem Konto der Erlös eingeht.'),
  result: w('Say on which account the gain or loss is posted.', 'Bitte angeben, auf welches Konto der Gewinn oder Verlust gebucht wird.'),
  closed: w('The period {period} is closed.', 'Die Periode {period} ist geschlossen.'),
  narration: w('Disposal of {asset}', 'Abgang {asset}'),
};

interface Worked {
  readonly asset: Asset;
  readonly planned: readonly Planned[];
  readonly depreciation: number;
  readonly accumulated: number;
  readonly result: number;
  readonly lines: readonly LineDraft[];
}

/** Everything a disposal posts. @throws Refused invalid with what stands against it */
function work(ctx: Ctx, input: DisposalInput, intoSoft: boolean): Worked {
  const one = assetOf(ctx, input.id);
  if (one.state === 'disposed') throw new Refused('invalid', words.gone, { asset: called(one), day: one.disposed_day });
  if (input.day < one.acquired_day) throw new Refused('invalid', words.early, { asset: called(one), day: one.acquired_day }, 'day');
  const runs = runsOf(ctx, one.id);
  const last = [one.brought_day, ...runs.map((posted) => posted.until_day)].toSorted().at(-1) ?? '';
  if (last > input.day) throw new Refused('invalid', words.later, { day: last }, 'day');
  const period = calendar(ctx.db)(input.day);
  if (period.state === 'hard' || (period.state === 'soft' && !intoSoft)) throw new Refused('invalid', words.closed, { period: period.name }, 'day');
  // What closed periods lack goes into the period of the disposal.
  const { planned, problems } = planFor(ctx, [one], input.day, { intoSoft, catchUp: true }, true);
  if (problems.length > 0) throw new Refused('invalid', w(problems[0]!, problems[0]!), {}, 'id');
  const depreciation = planned.reduce((sum, { pieces }) => sum + pieces.reduce((part, piece) => part + piece.amount, 0), 0);
  const accumulated = one.brought_amount + runs.reduce((sum, posted) => sum + posted.amount, 0) + depreciation;
  const proceeds = input.proceeds ?? 0;
  const result = proceeds - (one.cost - accumulated);
  return { asset: one, planned, depreciation, accumulated, result, lines: linesFor(ctx, one, input, accumulated, proceeds, result) };
}

function linesFor(ctx: Ctx, one: Asset, input: DisposalInput, accumulated: number, proceeds: number, result: number): readonly LineDraft[] {
  const more = { department_id: one.department_id, place_id: one.place_id, text: called(one).slice(0, 500) };
  const lines: LineDraft[] = [];
  const put = (account: number | null | undefined, amount: number, missing: { readonly words: typeof words.cost; readonly field: string }, party?: number | null): void => {
    if (amount === 0) return;
    if (account == null) throw new Refused('invalid', missing.words, {}, missing.field);
    lines.push({ ...more, account_id: account, amount, ...(party == null ? {} : { party_id: party }) });
  };
  put(input.proceeds_account_id, proceeds, { words: words.proceeds, field: 'proceeds_account_id' }, input.party_id);
  put(one.depreciation_account_id, accumulated, { words: words.accumulated, field: 'depreciation_account_id' });
  put(one.asset_account_id, -one.cost, { words: words.cost, field: 'asset_account_id' });
  // A gain is other income; a loss is depreciation that came too late. Either may be told otherwise.
  put(input.result_account_id ?? (result > 0 ? accountFor(ctx, 'other_income') : one.expense_account_id), -result, { words: words.result, field: 'result_account_id' });
  return lines;
}

/** What disposing of an asset would post. */
export function disposal(ctx: Ctx, input: DisposalInput): DisposalPlan {
  try {
    const { asset: one, depreciation, accumulated, result, lines } = work(ctx, input, ctx.rights.access.period === 'approve');
    const posted = lines.length === 0 ? [] : checked(ctx, { day: input.day, lines: [...lines] });
    const names = new Map(all<{ id: number; number: string; name: string }>(ctx.db, sql`SELECT id, number, name FROM accounts WHERE id IN (SELECT value FROM json_each(${JSON.stringify(posted.map((line) => line.account_id))}))`).map((row) => [row.id, row]));
    const shown = posted.map((line) => ({ account_id: line.account_id, number: names.get(line.account_id)?.number ?? '', account: names.get(line.account_id)?.name ?? '', amount: line.amount }));
    return { depreciation, accumulated, book_value: one.cost - accumulated, result, lines: shown, problem: '' };
  } catch (thrown) {
    if (!(thrown instanceof Refused) || thrown.code === 'missing') throw thrown;
    return { depreciation: 0, accumulated: 0, book_value: 0, result: 0, lines: [], problem: say(thrown.words, ctx.language, thrown.params) };
  }
}

/** Disposes of an asset. @throws Refused conflict, or invalid with what stands against it */
export function dispose(ctx: Ctx, input: InputOf<(typeof assetCalls)['asset.dispose']>): Written & { readonly number: string; readonly result: number } {
  const { asset: one, planned, result, lines } = work(ctx, input, input.reason !== undefined && ctx.rights.access.period === 'approve');
  if (one.version !== input.version) throw new Refused('conflict', words.stale);
  postPlanned(ctx, planned, input.reason);
  const narration = say(words.narration, ctx.language, { asset: called(one) }).slice(0, 500);
  // What cost nothing and brought nothing leaves no trace in the books.
  const posted = lines.length === 0 ? null : postEntry(ctx, { day: input.day, journal: 'assets', narration, reference: '', lines: checked(ctx, { day: input.day, lines: [...lines] }), origin: 'disposal', source: { entity: asset.name, id: one.id } }, { reason: input.reason });
  run(ctx.db, sql`UPDATE assets SET state = 'disposed', disposed_day = ${input.day}, disposal_id = ${posted?.id ?? null}, version = version + 1, updated_at = ${ctx.now} WHERE id = ${one.id}`);
  append(ctx, { action: 'changed', entity: asset.name, id: one.id, title: one.name, changes: { state: [one.state, 'disposed'], disposed_day: ['', input.day], disposal_id: [null, posted?.id ?? null] } });
  return { id: one.id, version: one.version + 1, number: posted?.number ?? '', result };
}
