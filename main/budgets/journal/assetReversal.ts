import { asset } from '#contract/budgets/asset.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, run, sql } from '../../db/sql.ts';

/** What reversing an entry does to the assets that it concerned. */

const words = {
  after: w('{asset} was disposed of after it. Reverse the disposal first.', '{asset} ist danach abgegangen. Bitte zuerst den Abgang stornieren.'),
  inUse: w(
    '{asset} comes from the purchase {number} and would go on depreciating. If it was never bought, reverse its depreciation and archive it first. If it has left, dispose of it and let the purchase stand.',
    '{asset} stammt aus dem Kauf {number} und würde weiter abgeschrieben. Wurde es nie gekauft, bitte zuerst seine Abschreibung stornieren und es archivieren. Ist es abgegangen, bitte den Abgang buchen und den Kauf stehen lassen.',
  ),
  left: w('{asset} comes from the purchase {number} and was disposed of: its cost is off the books already. Reverse the disposal first.', '{asset} stammt aus dem Kauf {number} und ist abgegangen: Seine Anschaffungskosten sind schon ausgebucht. Bitte zuerst den Abgang stornieren.'),
};

/** Makes sure that no asset stands on purchases that are to be reversed, the entries from one id to another. @throws Refused invalid, naming the asset and what to do */
export function keepPurchases(ctx: Ctx, from: number, to: number): void {
  const bought = first<{ name: string; state: string; number: string }>(
    ctx.db,
    sql`SELECT a.number || ' ' || a.name AS name, a.state, e.number FROM assets a JOIN entries e ON e.id = a.entry_id WHERE a.entry_id BETWEEN ${from} AND ${to} AND e.state = 'posted' AND (a.archived = 0 OR a.state = 'disposed') ORDER BY a.id`,
  );
  if (bought) throw new Refused('invalid', bought.state === 'disposed' ? words.left : words.inUse, { asset: bought.name, number: bought.number });
}

/** Takes the depreciation of an entry back out of the schedules, and an asset whose disposal it was back into use. @throws Refused invalid */
export function releaseAssets(ctx: Ctx, entryId: number): void {
  keepPurchases(ctx, entryId, entryId);
  const after = first<{ name: string }>(ctx.db, sql`SELECT a.number || ' ' || a.name AS name FROM asset_runs r JOIN assets a ON a.id = r.asset_id WHERE r.entry_id = ${entryId} AND a.state = 'disposed'`);
  if (after) throw new Refused('invalid', words.after, { asset: after.name });
  if (run(ctx.db, sql`DELETE FROM asset_runs WHERE entry_id = ${entryId}`).changes > 0) ctx.touched.add(asset.name);
  for (const one of all<{ id: number; name: string; disposed_day: string }>(ctx.db, sql`SELECT id, name, disposed_day FROM assets WHERE disposal_id = ${entryId}`)) {
    run(ctx.db, sql`UPDATE assets SET state = 'in_use', disposed_day = '', disposal_id = NULL, version = version + 1, updated_at = ${ctx.now} WHERE id = ${one.id}`);
    append(ctx, { action: 'changed', entity: asset.name, id: one.id, title: one.name, changes: { state: ['disposed', 'in_use'], disposed_day: [one.disposed_day, ''], disposal_id: [entryId, null] } });
  }
}
