import { office } from '../../office.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { failureOf } from '../Problem.tsx';
import { type Paper, paperHtml } from './paper.ts';

/** Sends a report to a printer or saves it as PDF, and says what became of it. False when the user cancelled or it failed. */
export async function printPaper(paper: Paper, to: 'pdf' | 'printer'): Promise<boolean> {
  try {
    const done = await office['desk.print']({ html: paperHtml(paper, to === 'printer'), name: paper.title.slice(0, 200), to });
    if (!done) return false;
    if (to === 'pdf') tell(t('transfer.print.saved', { title: paper.title }));
    else tell(t('transfer.print.sent', { title: paper.title }));
    return true;
  } catch (thrown) {
    tellWrong(t('transfer.print.failed', { why: failureOf(thrown).message }));
    return false;
  }
}
