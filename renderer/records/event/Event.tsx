import { CalendarMonth20Regular, CalendarWeekStart20Regular, TextBulletListSquare20Regular } from '@fluentui/react-icons';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useView, ViewSwitch } from '../../parts/list/ViewSwitch.tsx';
import { useT } from '../../t.ts';
import { entityOf } from '../entity.ts';
import { RecordScreen } from '../RecordScreen.tsx';
import type { RecordProps } from '../screen.ts';
import { CalendarView } from './CalendarView.tsx';

const event = entityOf('event');
const views = ['month', 'week', 'list'] as const;

export function EventList() {
  const t = useT();
  const [view, setView] = useView('event', views);
  const extra = (
    <ViewSwitch
      view={view}
      choose={setView}
      options={[
        { key: 'month', label: t('parts.records.month'), icon: CalendarMonth20Regular },
        { key: 'week', label: t('parts.records.week'), icon: CalendarWeekStart20Regular },
        { key: 'list', label: t('parts.records.list'), icon: TextBulletListSquare20Regular },
      ]}
    />
  );
  return view === 'list' ? <EntityList entity={event} extra={extra} /> : <CalendarView key={view} span={view} extra={extra} />;
}

export function EventRecord({ id, draft }: RecordProps) {
  return <RecordScreen entity={event} id={id} given={{ state: 'confirmed', ...draft }} />;
}
