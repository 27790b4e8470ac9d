import { account } from '#contract/budgets/account.ts';
import type { AnyDraft } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, sql } from '../../db/sql.ts';

/** Which accounts an asset stands on where nobody says: found where there is just one answer, asked for where there are several. */

const words = {
  several: w('Several accounts are used for “{use}”: choose the one for this asset.', 'Für „{use}“ gibt es mehrere Konten: bitte das für dieses Anlagegut wählen.'),
  heading: w('{account} is a heading and takes no lines.', '{account} ist eine Überschrift und nimmt keine Buchungen auf.'),
};

/** The fields of an asset that name accounts, and the use by which each is found. */
const uses = { asset_account_id: 'fixed_asset', depreciation_account_id: 'accumulated_depreciation', expense_account_id: 'depreciation' } as const;
type Field = keyof typeof uses;
const fields = Object.keys(uses) as readonly Field[];
export type AssetAccounts = Readonly<Record<Field, number | null>>;

const withUse = (ctx: Ctx, role: string): readonly number[] => all<{ id: number }>(ctx.db, sql`SELECT id FROM accounts WHERE role = ${role} AND heading = 0 AND archived = 0 LIMIT 2`).map((row) => row.id);

/** The account that takes lines and has a use; null when there is none or more than one, for then it is somebody's choice. */
export function accountFor(ctx: Ctx, role: string): number | null {
  const found = withUse(ctx, role);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** What the asset that was entered last on the same account stands on. */
const likeTheLast = (ctx: Ctx, asset: number): Partial<AssetAccounts> =>
  first<AssetAccounts>(ctx.db, sql`SELECT asset_account_id, depreciation_account_id, expense_account_id FROM assets WHERE asset_account_id = ${asset} AND depreciation_account_id IS NOT NULL ORDER BY id DESC LIMIT 1`) ?? {};

/** Where a chart has no account for accumulated depreciation (SKR 03 and 04), an asset is written down on its own account. */
const beside = (ctx: Ctx, asset: number): number | null => (withUse(ctx, uses.depreciation_account_id).length === 0 ? asset : behind(ctx, asset));

/** Charts put accumulated depreciation right behind what it belongs to: the next such account under the same heading, with no other asset between. */
function behind(ctx: Ctx, asset: number): number | null {
  const found = first<{ id: number; role: string }>(
    ctx.db,
    sql`SELECT o.id, o.role FROM accounts a JOIN accounts o ON o.parent_id = a.parent_id AND o.number > a.number AND o.heading = 0 AND o.archived = 0
        WHERE a.id = ${asset} AND a.number <> '' AND o.role IN ('fixed_asset', 'intangible', 'accumulated_depreciation') ORDER BY o.number LIMIT 1`,
  );
  return found?.role === 'accumulated_depreciation' ? found.id : null;
}

/** Accounts for an asset as far as they are told or can be found; null where nobody can know. */
export function proposed(ctx: Ctx, told: Partial<AssetAccounts>): AssetAccounts {
  const asset = told.asset_account_id ?? accountFor(ctx, uses.asset_account_id);
  const like = asset === null ? {} : likeTheLast(ctx, asset);
  return {
    asset_account_id: asset,
    depreciation_account_id: told.depreciation_account_id ?? like.depreciation_account_id ?? accountFor(ctx, uses.depreciation_account_id) ?? (asset === null ? null : beside(ctx, asset)),
    expense_account_id: told.expense_account_id ?? like.expense_account_id ?? accountFor(ctx, uses.expense_account_id),
  };
}

const idAt = (values: AnyDraft, key: string): number | null => {
  const value = values[key];
  return typeof value === 'number' ? value : null;
};

/** The accounts of an asset that is being written. @throws Refused invalid at the field that is a heading, or that somebody has to choose */
export function accountsOf(ctx: Ctx, values: AnyDraft): AssetAccounts {
  const found = proposed(ctx, Object.fromEntries(fields.map((key) => [key, idAt(values, key)])));
  for (const key of fields) {
    const heading = first<{ name: string }>(ctx.db, sql`SELECT name FROM accounts WHERE id = ${found[key]} AND heading = 1`);
    if (heading) throw new Refused('invalid', words.heading, { account: heading.name }, key);
    const needed = key === 'asset_account_id' || (values['method'] !== 'none' && values['method'] !== undefined);
    if (found[key] === null && needed && withUse(ctx, uses[key]).length > 1) throw new Refused('invalid', words.several, { use: nameOfUse(ctx, uses[key]) }, key);
  }
  return found;
}

const nameOfUse = (ctx: Ctx, role: string): string => account.fields.role.options?.find((one) => one.value === role)?.label[ctx.language] ?? role;
