import { office } from '../../office.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { refresh } from '../../query.ts';
import { go, placeOf, tell, tellWrong } from '../../state/ui.ts';
import { t } from '../../t.ts';

/** Makes what is due, of one or of all, and says what came of it. `quiet`: nothing is said when nothing was due. */
export async function runDue(id?: number, quiet = false): Promise<void> {
  try {
    const run = await office['recurring_entry.run'](id === undefined ? {} : { id });
    const posted = run.made.filter((one) => one.outcome === 'posted').length;
    const drafts = run.made.length - posted;
    if (run.made.length > 0 || run.reversed.length > 0) {
      refresh(['recurring_entry', 'entry', 'agenda']);
      tell(t('budgets.templates.ran', { posted, drafts, reversed: run.reversed.length }), undefined, drafts > 0 ? 'attention' : 'done');
      const [only] = run.made;
      if (!quiet && run.made.length === 1 && only?.outcome === 'draft') await go(placeOf('entry', only.entry.id));
    } else if (!quiet && run.problems.length === 0) tell(t('budgets.templates.ranNothing'));
    for (const one of quiet ? [] : run.problems.slice(0, 3)) tellWrong(t('budgets.templates.stuck', { number: one.number, reason: one.reason }));
    if (run.more) tell(t('budgets.templates.ranMore'), undefined, 'attention');
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
  }
}
