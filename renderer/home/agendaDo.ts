import { addDays, today } from '#contract/kit/day.ts';
import type { Due } from '#contract/records/task.ts';
import { CallFailed, office } from '../office.ts';
import { day } from '../parts/format.ts';
import { type Place, placeOf, tell, tellWrong } from '../state/ui.ts';
import { t } from '../t.ts';

/** Finishing and hiding what is due, each with its way back. */

const told = async (doing: () => Promise<void>): Promise<void> => {
  try {
    await doing();
  } catch (error) {
    tellWrong(error instanceof CallFailed ? error.failure.message : String(error));
  }
};

/** Only tasks are finished here; papers that expire are renewed in their record. */
export const isTask = (due: Due): boolean => due.entity === 'task';

/** Where something due is looked at: its record, or the page on which it is done. */
export const placeOfDue = (due: Due): Place => (due.what === 'revaluation' ? { module: 'budgets', area: 'exchange' } : placeOf(due.entity, due.id));

export const finish = (due: Due): Promise<void> =>
  told(async () => {
    const done = await office['task.finish']({ id: due.id, version: due.version });
    tell(t(done.next === null ? 'home.due.finished' : 'home.due.finished_next', { title: due.title }), () =>
      told(async () => {
        await office['task.update']({ id: done.id, version: done.version, patch: { state: 'open' } });
        // The one that repeats it was made by finishing and goes with it.
        if (done.next !== null) await office['task.archive']({ id: done.next, version: (await office['task.get']({ id: done.next })).version });
        tell(t('home.due.taken_back'));
      }),
    );
  });

export const snooze = (due: Due, until: string): Promise<void> =>
  told(async () => {
    const done = await office['task.snooze']({ id: due.id, version: due.version, until });
    tell(t('home.due.snoozed', { title: due.title, day: day(until) }), () =>
      told(async () => {
        await office['task.update']({ id: done.id, version: done.version, patch: { snoozed_day: '' } });
        tell(t('home.due.taken_back'));
      }),
    );
  });

export const tomorrow = (): string => addDays(today(), 1);

/** The next Monday, never today. */
export function monday(from: string = today()): string {
  const weekday = new Date(`${from}T00:00:00Z`).getUTCDay();
  return addDays(from, ((8 - weekday) % 7) || 7);
}
