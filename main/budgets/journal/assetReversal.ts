import { asset } from '#contract/budgets/asset.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, run, sql } from '../../db/sql.ts';

/** What reversing an entry does to the assets that it concerned. */

const words = {
  after: w('{asset} was disposed of after it. Reverse the disposal first.', '{asset} ist danach abgegangen. Bitte zuerst den Abgang stornieren.'),
};

/** Takes the depreciation of an entry back out of the schedules, and an asset whose disposal it was back into use. @throws Refused invalid */
export function releaseAssets(ctx: Ctx, entryId: number): void {
  const after = first<{ name: string }>(ctx.db, sql`SELECT a.number || ' ' || a.name AS name FROM asset_runs r JOIN assets a ON a.id = r.asset_id WHERE r.entry_id = ${entryId} AND a.state = 'disposed'`);
  if (after) throw new Refused('invalid', words.after, { asset: after.name });
  if (run(ctx.db, sql`DELETE FROM asset_runs WHERE entry_id = ${entryId}`).changes > 0) ctx.touched.add(asset.name);
  for (const one of all<{ id: number; name: string; disposed_day: string }>(ctx.db, sql`SELECT id, name, disposed_day FROM assets WHERE disposal_id = ${entryId}`)) {
    run(ctx.db, sql`UPDATE assets SET state = 'in_use', disposed_day = '', disposal_id = NULL, version = version + 1, updated_at = ${ctx.now} WHERE id = ${one.id}`);
    append(ctx, { action: 'changed', entity: asset.name, id: one.id, title: one.name, changes: { state: ['disposed', 'in_use'], disposed_day: [one.disposed_day, ''], disposal_id: [entryId, null] } });
  }
}
