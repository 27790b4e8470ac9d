import { office } from '../office.ts';
import { number } from '../parts/format.ts';
import { failureOf } from '../parts/Problem.tsx';
import { tell, tellWrong } from '../state/ui.ts';
import { t } from '../t.ts';

/** Takes a whole import back from a message that it has ended, and says what became of it. */
export async function undoImport(id: number): Promise<void> {
  try {
    const { removed, put_back: back } = await office['import.undo']({ id });
    tell(t('transfer.undo.told', { removed: number(removed), back: number(back) }));
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
  }
}
