import type { AssetRow, AssetSchedule, DepreciationPlan } from '#contract/budgets/asset.ts';
import type { LineDraft } from '#contract/budgets/entry.ts';
import { addDays } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { all, sql } from '../../db/sql.ts';
import { type Cut, due, inputOf, lossOf, monthsAfter, type Run, type UseOfUnits } from './assetFigures.ts';
import { type Asset, assetOf, assetsInUse, byAsset, called, fiscalStart, keepRun, type PostedRun, runsOf, usesOf } from './assetRows.ts';
import type { FiscalStart } from './depreciationClock.ts';
import { postEntry } from '../journal/entry.ts';
import { checked } from '../journal/lines.ts';
import { calendar, type Period, periodsOf } from '../accounts/periods.ts';

/** Depreciation of fixed assets: the schedule of one, and posting what is due of all. */

const words = {
  accounts: w('{asset}: an account for accumulated depreciation or for its expense is missing.', '{asset}: Ein Konto für kumulierte Abschreibung oder für den Aufwand fehlt.'),
  closed: w('{period} is closed, and depreciation of {assets} is not posted in it. Have it opened, or post it in the next open period.', '{period} ist geschlossen, und darin fehlt Abschreibung: {assets}. Bitte öffnen lassen, oder in der nächsten offenen Periode buchen.'),
  before: w('{asset} is in use since {day}, before the first fiscal year. Fill in what was depreciated until then, or post it in the next open period.', '{asset} ist seit dem {day} in Gebrauch, vor dem ersten Geschäftsjahr. Bitte eintragen, was bis dahin abgeschrieben wurde, oder in der nächsten offenen Periode buchen.'),
  narration: w('Depreciation {period}', 'Abschreibung {period}'),
  several: w('{count} assets', '{count} Anlagen'),
};

/** One stretch of one asset that is to be posted in a period. */
interface Piece extends Run {
  readonly asset: Asset;
}

export interface Planned {
  readonly period: Period;
  /** Last day of the stretch; the day of the entry. */
  readonly day: string;
  readonly pieces: readonly Piece[];
}

export interface HowToPlan {
  /** A soft-closed period takes what is due. */
  readonly intoSoft: boolean;
  /** What belongs to closed periods is posted in the next open one. */
  readonly catchUp: boolean;
}

/** Periods that end by a day; for a disposal also the one that holds the day, cut off there. */
const cutsTo = (periods: readonly Period[], until: string, cut: boolean): (Cut & { readonly period: Period })[] =>
  periods.flatMap((period) => (period.end_day <= until ? [{ from_day: period.start_day, until_day: period.end_day, period }] : cut && period.start_day <= until ? [{ from_day: period.start_day, until_day: until, period }] : []));

const open = (period: Period, how: HowToPlan): boolean => period.state === 'open' || (period.state === 'soft' && how.intoSoft);

/** What an asset has lost by a day; null with a problem that names it when its figures do not allow to say. */
function lossFor(ctx: Ctx, one: Asset, uses: readonly UseOfUnits[], start: FiscalStart, problems: string[]): ((day: string) => number) | null {
  try {
    return lossOf(one, uses, start);
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    problems.push(`${called(one)}: ${say(thrown.words, ctx.language, thrown.params)}`);
    return null;
  }
}

/** What is to be posted for some assets until a day, by period, and what stands against it. */
export function planFor(ctx: Ctx, assets: readonly Asset[], until: string, how: HowToPlan, cut = false): { readonly planned: readonly Planned[]; readonly problems: readonly string[] } {
  const periods = periodsOf(ctx.db);
  const cuts = cutsTo(periods, until, cut);
  const byDay = new Map(cuts.map((one) => [one.until_day, one]));
  const start = fiscalStart(ctx);
  const [only] = assets.length === 1 ? assets : [];
  const [runs, uses] = [byAsset(runsOf(ctx, only?.id)), byAsset(usesOf(ctx, only?.id))];
  const gathered = new Map<string, Piece[]>();
  const problems: string[] = [];
  const stuck = new Map<Period, Asset[]>();
  for (const one of assets) {
    const loss = lossFor(ctx, one, uses.get(one.id) ?? [], start, problems);
    if (loss === null) continue;
    const known = runs.get(one.id) ?? [];
    const usable = how.catchUp ? cuts.filter(({ period }) => open(period, how)) : cuts;
    const pieces = due(one, loss, known, usable);
    const [earliest] = periods;
    if (pieces.length > 0 && !how.catchUp && earliest && one.in_use_day < earliest.start_day && one.brought_day === '' && loss(addDays(earliest.start_day, -1)) > 0 && known.length === 0) problems.push(say(words.before, ctx.language, { asset: called(one), day: one.in_use_day }));
    if (pieces.length > 0 && (one.depreciation_account_id === null || one.expense_account_id === null)) problems.push(say(words.accounts, ctx.language, { asset: called(one) }));
    for (const piece of pieces) {
      const { period } = byDay.get(piece.until_day)!;
      if (!open(period, how)) stuck.set(period, [...(stuck.get(period) ?? []), one]);
      const held = gathered.get(piece.until_day);
      if (held) held.push({ ...piece, asset: one });
      else gathered.set(piece.until_day, [{ ...piece, asset: one }]);
    }
  }
  for (const [period, held] of stuck) problems.push(say(words.closed, ctx.language, { period: period.name, assets: held.length === 1 ? called(held[0]!) : say(words.several, ctx.language, { count: held.length }) }));
  const planned = [...gathered].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, pieces]) => ({ day, pieces, period: byDay.get(day)!.period }));
  return { planned, problems };
}

const sumOf = (pieces: readonly Run[]): number => pieces.reduce((sum, piece) => sum + piece.amount, 0);

/** Assets in one entry, at most: each takes two lines. */
const mostInEntry = 5000;

/** Posts what was planned: one entry a period. Entries of one asset alone say so. */
export function postPlanned(ctx: Ctx, planned: readonly Planned[], reason: string | undefined): { readonly id: number; readonly number: string; readonly amount: number }[] {
  const made: { id: number; number: string; amount: number }[] = [];
  for (const { day, pieces, period } of planned) {
    for (let at = 0; at < pieces.length; at += mostInEntry) {
      const some = pieces.slice(at, at + mostInEntry);
      const narration = say(words.narration, ctx.language, { period: some.length === 1 ? `${period.name} ${called(some[0]!.asset)}` : period.name }).slice(0, 500);
      const lines = some.flatMap(({ asset, amount }): LineDraft[] => {
        const more = { department_id: asset.department_id, place_id: asset.place_id, text: called(asset).slice(0, 500) };
        return [{ ...more, account_id: asset.expense_account_id, amount }, { ...more, account_id: asset.depreciation_account_id, amount: -amount }];
      });
      const posted = postEntry(ctx, { day, journal: 'assets', narration, reference: '', lines: checked(ctx, { day, lines }), origin: 'depreciation', ...(some.length === 1 ? { source: { entity: 'asset', id: some[0]!.asset.id } } : {}) }, { reason });
      for (const piece of some) keepRun(ctx, piece.asset.id, piece, posted.id);
      made.push({ id: posted.id, number: posted.number, amount: sumOf(some) });
    }
  }
  if (made.length > 0) ctx.touched.add('asset');
  return made;
}

const mayEnterSoft = (ctx: Ctx, reason: string | undefined): boolean => reason !== undefined && ctx.rights.access.period === 'approve';

/** What a run would post. */
export function plan(ctx: Ctx, input: { readonly until: string; readonly catch_up?: boolean | undefined }): DepreciationPlan {
  calendar(ctx.db)(input.until);
  const { planned, problems } = planFor(ctx, assetsInUse(ctx), input.until, { intoSoft: false, catchUp: input.catch_up === true });
  return {
    periods: planned.map(({ period, day, pieces }) => ({ name: period.name, until_day: day, state: period.state, assets: pieces.length, amount: sumOf(pieces) })),
    amount: planned.reduce((sum, one) => sum + sumOf(one.pieces), 0),
    assets: new Set(planned.flatMap((one) => one.pieces.map((piece) => piece.asset.id))).size,
    problems: problems.slice(0, 100),
  };
}

/** Refuses in the words of the first problem, which are in the user's language already. */
export function refuseFirst(problems: readonly string[], field: string): void {
  const [first] = problems;
  if (first !== undefined) throw new Refused('invalid', w(first, first), {}, field);
}

/** Posts the depreciation of all assets for every period that ends by a day. @throws Refused invalid when a period is closed or an account is missing */
export function depreciate(ctx: Ctx, input: { readonly until: string; readonly catch_up?: boolean | undefined; readonly reason?: string | undefined }): { readonly entries: readonly { readonly id: number; readonly number: string }[]; readonly amount: number } {
  calendar(ctx.db)(input.until);
  const { planned, problems } = planFor(ctx, assetsInUse(ctx), input.until, { intoSoft: mayEnterSoft(ctx, input.reason), catchUp: input.catch_up === true });
  refuseFirst(problems, 'until');
  const made = postPlanned(ctx, planned, input.reason);
  return { entries: made.map(({ id, number }) => ({ id, number })), amount: made.reduce((sum, one) => sum + one.amount, 0) };
}

/** The whole schedule of one asset. */
export function schedule(ctx: Ctx, input: { readonly id: number }): AssetSchedule {
  const one = assetOf(ctx, input.id);
  const runs = runsOf(ctx, one.id);
  const stretches: (Run & { readonly state: AssetRow['state']; readonly entry_id: number })[] = runs.map((run: PostedRun) => ({ ...run, state: 'posted' }));
  if (one.brought_amount > 0) stretches.push({ from_day: one.in_use_day, until_day: one.brought_day, amount: one.brought_amount, state: 'brought', entry_id: 0 });
  if (one.state !== 'disposed') stretches.push(...toCome(ctx, one, runs).map((run) => ({ ...run, state: 'planned' as const, entry_id: 0 })));
  const numbers = new Map(all<{ id: number; number: string }>(ctx.db, sql`SELECT id, number FROM entries WHERE id IN (SELECT entry_id FROM asset_runs WHERE asset_id = ${one.id})`).map((row) => [row.id, row]));
  let accumulated = 0;
  const rows = stretches
    .toSorted((a, b) => (a.until_day < b.until_day ? -1 : 1))
    .map(({ from_day, until_day, amount, state, entry_id }): AssetRow => {
      accumulated += amount;
      return { from_day, until_day, amount, accumulated, book_value: one.cost - accumulated, state, entry: numbers.get(entry_id) ?? null };
    });
  const stands = one.brought_amount + sumOf(runs);
  return { cost: one.cost, accumulated: stands, book_value: one.state === 'disposed' ? 0 : one.cost - stands, rows };
}

/** What runs will post: in the periods that are open, and in the months after the last fiscal year there is. */
function toCome(ctx: Ctx, one: Asset, runs: readonly Run[]): readonly Run[] {
  const start = fiscalStart(ctx);
  const uses = usesOf(ctx, one.id);
  const periods = periodsOf(ctx.db);
  const last = periods.at(-1)?.end_day ?? '';
  const within = cutsTo(periods, last, false).filter(({ period }) => period.state === 'open');
  return due(one, lossOf(one, uses, start), runs, [...within, ...monthsAfter(last, inputOf(one, uses, start), start)]);
}
