import { useMemo } from 'react';
import { today } from '#contract/kit/day.ts';
import { fetchCall, useCall } from '../../query.ts';
import { useCan } from '../../state/session.ts';
import type { Calendar } from './choice.ts';
import type { Span } from './days.ts';

const asked = { years: { order: '-start_day', limit: 50 }, periods: { order: '-start_day', limit: 60 } } as const;

const calendarOf = (years: readonly Span[], periods: readonly Span[], now: string): Calendar => ({ today: now, years, periods: periods.filter((one) => one.start_day <= now).slice(0, 24) });

/** Fiscal years and the newest periods, for choosing days; null until they are known. A role without them chooses by the calendar. */
export function useCalendar(): Calendar | null {
  const may = useCan()('period', 'read');
  const years = useCall('fiscal_year.list', asked.years, { enabled: may });
  const periods = useCall('period.list', asked.periods, { enabled: may });
  const now = today();
  return useMemo(() => {
    if (may && ((!years.data && !years.error) || (!periods.data && !periods.error))) return null;
    return calendarOf(years.data?.rows ?? [], periods.data?.rows ?? [], now);
  }, [may, years.data, years.error, periods.data, periods.error, now]);
}

/** The same, asked outside of components by a role that may see them. */
export async function fetchCalendar(): Promise<Calendar> {
  const [years, periods] = await Promise.all([fetchCall('fiscal_year.list', asked.years), fetchCall('period.list', asked.periods)]);
  return calendarOf(years.rows, periods.rows, today());
}
