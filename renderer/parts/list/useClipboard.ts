import type { Entity } from '#contract/kit/entity.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { show, type NameOf } from '../fields/show.ts';
import type { Column } from './columns.ts';
import { mostPasted, readPasted, shape } from './paste.ts';
import { type Box, boxOf, isRange, type Pick } from './pick.ts';
import { fromTsv, toTsv } from './tsv.ts';
import type { Chosen } from './useChosen.ts';
import type { Editing } from './useEditing.ts';
import type { Rows } from './useRows.ts';

interface Clip {
  readonly entity: Entity;
  readonly columns: readonly Column[];
  readonly rows: Rows;
  readonly pick: Pick;
  readonly chosen: Chosen;
  readonly editing: Editing;
  readonly nameOf: NameOf;
  readonly currency: string;
  readonly writable: boolean;
}

/** Copy and paste as a spreadsheet does: tab-separated, as shown. */
export function useClipboard({ columns, rows, pick, chosen, editing, nameOf, currency, writable }: Clip): { readonly copy: (box: Box) => void; readonly paste: (text: string) => void } {
  const copyNow = async (box: Box): Promise<void> => {
    const ticked = pick.ticked.all || pick.ticked.ids.size > 0;
    const found = ticked ? await chosen.rows() : box.bottom - box.top >= mostPasted * 10 ? null : await rows.range(box.top, box.bottom);
    if (!found) return ticked ? undefined : tellWrong(t('parts.list.tooMany', { count: mostPasted * 10 }));
    const cut = ticked ? columns : columns.slice(box.left, box.right + 1);
    const cells = found.map((row) => cut.map(({ key, field }) => show(field, (editing.patched(row) ?? row)[key], row, nameOf, currency)));
    // Whole rows are of use elsewhere only with their heads.
    await navigator.clipboard.writeText(toTsv(cells));
    if (cells.length > 1) tell(t('parts.list.copied', { count: cells.length }));
  };

  const pasteNow = async (text: string): Promise<void> => {
    const box = boxOf(pick);
    const cells = shape(fromTsv(text), box);
    if (cells.length === 0) return;
    if (cells.length > mostPasted) return tellWrong(t('parts.list.tooMany', { count: mostPasted }));
    const fitting = Math.min(cells.length, rows.count - box.top);
    const targets = await rows.range(box.top, box.top + fitting - 1);
    const { changes, problems } = await readPasted(cells, targets.map((row) => editing.patched(row) ?? row), columns.slice(box.left), currency);
    const { done, refused } = await editing.saveAll(changes);
    const wrong = [...problems, ...refused.map((one) => one.failure.message), ...(fitting < cells.length ? [t('parts.list.pasteBelow', { count: cells.length - fitting })] : [])];
    const said = t('parts.list.pasted', { count: done.length });
    if (wrong.length > 0) tell(`${said} ${t('parts.list.pasteRefused', { count: wrong.length, first: wrong.slice(0, 3).join(' ') })}`, undefined, 'attention');
    else if (done.length > 0) tell(said, undoing(editing));
  };

  return {
    copy: (box) => void copyNow(box).catch((error: unknown) => tellWrong(String(error))),
    paste: (text) => {
      if (!writable) tellWrong(t('parts.list.readOnly'));
      else void pasteNow(text).catch((error: unknown) => tellWrong(error instanceof Error ? error.message : String(error)));
    },
  };
}

const undoing = (editing: Editing) => async (): Promise<void> => void (await editing.undo());

export const rangeChosen = (pick: Pick): boolean => isRange(boxOf(pick));
