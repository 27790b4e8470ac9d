import { today } from '#contract/kit/day.ts';
import type { InputOf } from '#contract/kit/call.ts';
import type { AllCalls } from '#contract/calls.ts';
import { office } from '../../office.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { tell, tellWrong } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { fileName } from '../../transfer/exported.ts';

type Table = Pick<InputOf<AllCalls['report.export']>, 'columns' | 'rows' | 'currency'>;

/** Saves what is shown as a table, where the user says. */
export async function saveTable(title: string, format: 'xlsx' | 'csv', table: Table): Promise<void> {
  try {
    const chosen = await office['desk.pick_target']({ name: fileName(title, today(), format) });
    if (!chosen) return;
    await office['report.export']({ format, target: chosen.token, sheet: title.slice(0, 200), ...table });
    tell(t('budgets.statements.saved', { name: chosen.name }));
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
  }
}
