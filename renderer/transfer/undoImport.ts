import { office } from '../office.ts';
import { number } from '../parts/format.ts';
import { failureOf } from '../parts/Problem.tsx';
import { tell, tellWrong } from '../state/ui.ts';
import { t } from '../t.ts';

/** What taking an import back will do; nothing is said of what it did not do. */
export const undoText = (created: number, updated: number): string => (updated === 0 ? t('transfer.undo.textNew', { count: created, created: number(created) }) : t('transfer.undo.text', { created: number(created), updated: number(updated) }));

/** What taking an import back has done. */
export const undoneText = (removed: number, back: number): string => (back === 0 ? t('transfer.undo.toldNew', { removed: number(removed) }) : t('transfer.undo.told', { removed: number(removed), back: number(back) }));

/** Takes a whole import back from a message that it has ended, and says what became of it. */
export async function undoImport(id: number): Promise<void> {
  try {
    const { removed, put_back: back } = await office['import.undo']({ id });
    tell(undoneText(removed, back));
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
  }
}
