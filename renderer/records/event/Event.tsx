import { CalendarMonth20Regular, CalendarWeekStart20Regular, TextBulletListSquare20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { today } from '#contract/kit/day.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useViews } from '../../parts/list/ViewSwitch.tsx';
import { entityOf } from '../entity.ts';
import { RecordScreen } from '../RecordScreen.tsx';
import type { RecordProps } from '../screen.ts';
import { CalendarView } from './CalendarView.tsx';

const event = entityOf('event');
const views = [
  { key: 'month', label: 'parts.records.month', icon: CalendarMonth20Regular },
  { key: 'week', label: 'parts.records.week', icon: CalendarWeekStart20Regular },
  { key: 'list', label: 'parts.records.list', icon: TextBulletListSquare20Regular },
] as const;

export function EventList() {
  const [view, extra, choose] = useViews('event', views);
  // Month and week stand on the same day.
  const [at, setAt] = useState(today);
  const openWeek = (day: string): void => {
    setAt(day);
    choose('week');
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus());
  };
  return view === 'list' ? <EntityList entity={event} extra={extra} /> : <CalendarView key={view} span={view} at={at} setAt={setAt} openWeek={openWeek} extra={extra} />;
}

export function EventRecord({ id, draft }: RecordProps) {
  return <RecordScreen entity={event} id={id} given={{ state: 'confirmed', ...draft }} />;
}
