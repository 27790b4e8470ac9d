import { useMemo } from 'react';
import { today } from '#contract/kit/day.ts';
import { useCall } from '../../query.ts';
import { useCan } from '../../state/session.ts';
import type { Calendar } from './choice.ts';

/** Fiscal years and the newest periods, for choosing days; null until they are known. A role without them chooses by the calendar. */
export function useCalendar(): Calendar | null {
  const may = useCan()('period', 'read');
  const years = useCall('fiscal_year.list', { order: '-start_day', limit: 50 }, { enabled: may });
  const periods = useCall('period.list', { order: '-start_day', limit: 60 }, { enabled: may });
  const now = today();
  return useMemo(() => {
    if (may && ((!years.data && !years.error) || (!periods.data && !periods.error))) return null;
    const begun = (periods.data?.rows ?? []).filter((one) => one.start_day <= now).slice(0, 24);
    return { today: now, years: years.data?.rows ?? [], periods: begun };
  }, [may, years.data, years.error, periods.data, periods.error, now]);
}
