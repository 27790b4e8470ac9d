import { asset, assetMethods, assetUse, conventions } from '#contract/budgets/asset.ts';
import type { Written } from '#contract/kit/call.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { room } from '../../db/room.ts';
import { setArchived } from '../../db/table.ts';
import { textAt } from '../../db/values.ts';
import { accountsOf } from './assetAccounts.ts';
import { type AssetFacts, lossOf } from './assetFigures.ts';
import { assetOf, called, fiscalStart, runsOf, usesOf } from './assetRows.ts';

/** The register of fixed assets: what may be written in it. */

const words = {
  rests: w('{field}: depreciation is posted that rests on it. Reverse those entries first.', '{field}: Darauf beruht gebuchte Abschreibung. Bitte zuerst diese Buchungen stornieren.'),
  disposed: w('{asset} was disposed of; reverse its disposal first.', '{asset} ist abgegangen; bitte zuerst den Abgang stornieren.'),
  archive: w('{asset} is in use and has postings. Dispose of it first.', '{asset} ist in Gebrauch und hat Buchungen. Bitte zuerst den Abgang buchen.'),
  byUnits: w('{asset} does not lose its value by use.', '{asset} wird nicht nach Leistung abgeschrieben.'),
  used: w('{asset} was used on {day} already. Put it into use by then, or correct that use first.', '{asset} wurde schon am {day} genutzt. Bitte bis dahin in Gebrauch nehmen oder zuerst diese Nutzung berichtigen.'),
  early: w('{asset} was put into use on {day} only.', '{asset} ist erst seit dem {day} in Gebrauch.'),
};

const numberAt = (row: AnyDraft, key: string): number => {
  const value = row[key];
  return typeof value === 'number' ? value : 0;
};

/** What depreciation rests on, out of a record as it is typed. */
function factsOf(values: AnyDraft): AssetFacts {
  const inUse = textAt(values, 'in_use_day');
  return {
    method: assetMethods.find((one) => one.value === values['method'])?.value ?? 'none',
    cost: numberAt(values, 'cost'),
    salvage: numberAt(values, 'salvage'),
    in_use_day: inUse === '' ? textAt(values, 'acquired_day') : inUse,
    life_months: numberAt(values, 'life_months'),
    rate_ppm: numberAt(values, 'rate_ppm'),
    to_straight: values['to_straight'] === true,
    convention: conventions.find((one) => one.value === values['convention'])?.value ?? 'month',
    units_total: numberAt(values, 'units_total'),
    brought_day: textAt(values, 'brought_day'),
    brought_amount: numberAt(values, 'brought_amount'),
  };
}

/** What may not change any more once depreciation was posted. */
const resting = ['acquired_day', 'in_use_day', 'cost', 'salvage', 'method', 'life_months', 'rate_ppm', 'to_straight', 'convention', 'units_total', 'depreciation_account_id', 'brought_day', 'brought_amount'] as const;
/** What may not change once it was disposed of, beside that. */
const closed = ['asset_account_id', 'expense_account_id', ...resting] as const;

function complete(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  if (before) holdFast(ctx, values, before);
  const made: AnyDraft = before ? values : { convention: 'month', ...filled(values), state: 'in_use' };
  const facts = factsOf({ ...before, ...made });
  lossOf(facts, [], fiscalStart(ctx))(facts.in_use_day);
  if (before && facts.method === 'units' && begins.some((key) => key in values)) {
    const use = usesOf(ctx, before.id).find(({ day }) => day < facts.in_use_day);
    if (use) throw new Refused('invalid', words.used, { asset: called(assetOf(ctx, before.id)), day: use.day }, begins.find((key) => key in values));
  }
  // What was entered without accounts keeps to be so until somebody touches what rests on them.
  return before && !touching.some((key) => key in values) ? made : { ...made, ...accountsOf(ctx, { ...before, ...made }) };
}
/** What says from which day on it is used. */
const begins = ['in_use_day', 'acquired_day', 'method'] as const;
const touching = ['method', 'asset_account_id', 'depreciation_account_id', 'expense_account_id'] as const;

/** What is left empty takes its usual value. */
const filled = (values: AnyDraft): AnyDraft => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));

function holdFast(ctx: Ctx, values: AnyDraft, before: AnyRow): void {
  const disposed = before['state'] === 'disposed';
  const held: readonly string[] = disposed ? closed : runsOf(ctx, before.id).length > 0 ? resting : [];
  const field = held.find((key) => key in values && JSON.stringify(values[key]) !== JSON.stringify(before[key]));
  if (field === undefined) return;
  if (disposed) throw new Refused('invalid', words.disposed, { asset: called(assetOf(ctx, before.id)) }, field);
  throw new Refused('invalid', words.rests, { field: entityNamed('asset').fields[field]!.label[ctx.language] }, field);
}

export const assetRoom = room(asset, { complete });

/** Uses are noted for assets that wear by use and are still there. */
export const assetUseRoom = room(assetUse, {
  complete: (ctx, values, before) => {
    const both = { ...before, ...values };
    const one = assetOf(ctx, numberAt(both, 'asset_id'));
    if (one.state === 'disposed') throw new Refused('invalid', words.disposed, { asset: called(one) }, 'asset_id');
    if (one.method !== 'units') throw new Refused('invalid', words.byUnits, { asset: called(one) }, 'asset_id');
    if (textAt(both, 'day') < one.in_use_day) throw new Refused('invalid', words.early, { asset: called(one), day: one.in_use_day }, 'day');
    return values;
  },
});

/** Puts an asset away. @throws Refused invalid while it is in use and has postings */
export function archive(ctx: Ctx, input: { readonly id: number; readonly version: number }): Written {
  const one = assetOf(ctx, input.id);
  if (one.state !== 'disposed' && runsOf(ctx, input.id).length > 0) throw new Refused('invalid', words.archive, { asset: called(one) });
  return setArchived(ctx, assetRoom.entity, input.id, input.version, true, assetRoom.rules);
}
