import { asset } from '#contract/budgets/asset.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, raw, run, sql, type Sql } from '../../db/sql.ts';
import type { AssetFacts, Run, UseOfUnits } from './assetFigures.ts';
import type { FiscalStart } from './depreciationClock.ts';

/** Assets as the rules read them, with what was posted for them. */

export interface Asset extends AssetFacts {
  readonly id: number;
  readonly version: number;
  readonly name: string;
  readonly number: string;
  readonly state: string;
  readonly acquired_day: string;
  readonly disposed_day: string;
  readonly department_id: number | null;
  readonly place_id: number | null;
  readonly asset_account_id: number | null;
  readonly depreciation_account_id: number | null;
  readonly expense_account_id: number | null;
}

export interface PostedRun extends Run {
  readonly asset_id: number;
  readonly entry_id: number;
}

const columns = raw(`id, version, name, number, state, acquired_day, disposed_day, method, cost, coalesce(salvage, 0) AS salvage, CASE in_use_day WHEN '' THEN acquired_day ELSE in_use_day END AS in_use_day,
  coalesce(life_months, 0) AS life_months, coalesce(rate_ppm, 0) AS rate_ppm, to_straight, CASE convention WHEN '' THEN 'month' ELSE convention END AS convention, coalesce(units_total, 0) AS units_total,
  brought_day, coalesce(brought_amount, 0) AS brought_amount, department_id, place_id, asset_account_id, depreciation_account_id, expense_account_id`);

type Stored = Omit<Asset, 'to_straight'> & { readonly to_straight: 0 | 1 };
const read = (ctx: Ctx, where: Sql): Asset[] => all<Stored>(ctx.db, sql`SELECT ${columns} FROM assets WHERE ${where}`).map((row) => ({ ...row, to_straight: row.to_straight === 1 }));

/** One asset. @throws Refused missing */
export function assetOf(ctx: Ctx, id: number): Asset {
  const [found] = read(ctx, sql`id = ${id}`);
  if (!found) throw new Refused('missing', refusals.missing, { what: asset.label[ctx.language], id });
  return found;
}

/** All that may be depreciated, by number. */
export const assetsInUse = (ctx: Ctx): Asset[] => read(ctx, sql`archived = 0 AND state <> 'disposed' AND method <> 'none' ORDER BY number, id`);

/** What is posted for an asset, or for all, by day. */
export const runsOf = (ctx: Ctx, id?: number): PostedRun[] => all<PostedRun>(ctx.db, sql`SELECT asset_id, from_day, until_day, amount, entry_id FROM asset_runs WHERE ${id === undefined ? sql`1` : sql`asset_id = ${id}`} ORDER BY asset_id, until_day`);

/** What assets that wear by use have done. */
export const usesOf = (ctx: Ctx, id?: number): (UseOfUnits & { readonly asset_id: number })[] =>
  all<UseOfUnits & { readonly asset_id: number }>(ctx.db, sql`SELECT asset_id, day, units FROM asset_uses WHERE archived = 0 AND ${id === undefined ? sql`1` : sql`asset_id = ${id}`} ORDER BY asset_id, day`);

/** Keeps what an entry has posted. */
export const keepRun = (ctx: Ctx, assetId: number, one: Run, entryId: number): unknown =>
  run(ctx.db, sql`INSERT INTO asset_runs (asset_id, from_day, until_day, amount, entry_id) VALUES (${assetId}, ${one.from_day}, ${one.until_day}, ${one.amount}, ${entryId})`);

/** First day of the fiscal year, on which months of depreciation begin too. */
export function fiscalStart(ctx: Ctx): FiscalStart {
  const start = first<{ year_start: string }>(ctx.db, sql`SELECT year_start FROM books`)?.year_start ?? '2000-01-01';
  const day = Number(start.slice(8));
  return { month: Number(start.slice(5, 7)), day: day > 28 ? 1 : day };
}

/** How refusals name an asset. */
export const called = (one: Asset): string => `${one.number} ${one.name}`.trim();

/** Gathers rows by the asset they belong to. */
export function byAsset<T extends { readonly asset_id: number }>(rows: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const found = new Map<number, T[]>();
  for (const row of rows) {
    const held = found.get(row.asset_id);
    if (held) held.push(row);
    else found.set(row.asset_id, [row]);
  }
  return found;
}
