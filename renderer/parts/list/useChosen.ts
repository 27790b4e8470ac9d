import { useCallback } from 'react';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import { client, refresh } from '../../query.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { failureOf } from '../Problem.tsx';
import { archive, oneRow, restore } from '../record/asked.ts';
import { boxOf, isRange, type Pick, tickedCount } from './pick.ts';
import type { Rows } from './useRows.ts';

/** More at once would keep the office busy with one call a row; larger jobs go through export and import. */
export const mostChosen = 1000;

export interface Chosen {
  readonly count: number;
  /** The chosen rows: the ticked ones, else those of the range, else the active one. Null when there are too many, which has been told. */
  readonly rows: () => Promise<readonly AnyRow[] | null>;
}

export function useChosen(entity: Entity, rows: Rows, pick: Pick): Chosen {
  const box = boxOf(pick);
  const ticked = tickedCount(pick.ticked, rows.count);
  const count = ticked > 0 ? ticked : isRange(box) ? box.bottom - box.top + 1 : rows.count > 0 && pick.active.row >= 0 ? 1 : 0;
  const { range } = rows;
  const fetch = useCallback(async (): Promise<readonly AnyRow[] | null> => {
    if (count > mostChosen) {
      tellWrong(t('parts.list.tooMany', { count: mostChosen }));
      return null;
    }
    if (ticked === 0) return await range(box.top, box.bottom);
    if (!pick.ticked.all) return await Promise.all([...pick.ticked.ids].map((id) => oneRow(entity.name, id)));
    return (await range(0, rows.count - 1)).filter((row) => !pick.ticked.ids.has(row.id));
  }, [count, ticked, range, box.top, box.bottom, pick.ticked, rows.count, entity.name]);
  return { count, rows: fetch };
}

/** Puts rows into the archive, or back; told with how to take it back. */
export async function archiveAll(entity: Entity, rows: readonly AnyRow[], back = false): Promise<void> {
  const done: { id: number; version: number }[] = [];
  const verb = back ? restore : archive;
  try {
    for (const row of rows.filter((one) => one.archived === back)) done.push(await verb(entity.name, row.id, row.version));
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
  }
  refresh([entity.name]);
  if (done.length === 0) return;
  tell(t(back ? 'parts.list.restored' : 'parts.list.archived', { count: done.length }), async () => {
    const other = back ? archive : restore;
    for (const one of done) await other(entity.name, one.id, one.version);
    refresh([entity.name]);
    await client.invalidateQueries({ queryKey: [entity.name] });
  });
}
