import { Board20Regular, CheckmarkCircle20Regular, TextBulletListSquare20Regular } from '@fluentui/react-icons';
import type { AnyRow } from '#contract/kit/entity.ts';
import type { Action } from '../../commands.ts';
import { finish } from '../../home/agendaDo.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useViews } from '../../parts/list/ViewSwitch.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { entityOf } from '../entity.ts';
import { RecordScreen } from '../RecordScreen.tsx';
import type { RecordProps } from '../screen.ts';
import { Agenda } from './Agenda.tsx';

const task = entityOf('task');
const views = [
  { key: 'list', label: 'parts.records.list', icon: TextBulletListSquare20Regular },
  { key: 'agenda', label: 'parts.records.board', icon: Board20Regular },
] as const;

export function TaskList() {
  const [view, extra] = useViews('task', views);
  return view === 'agenda' ? <Agenda extra={extra} /> : <EntityList entity={task} extra={extra} />;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function finishing(row: AnyRow): Action | null {
  if (row['state'] === 'done' || row['state'] === 'dropped' || row.archived) return null;
  const due = { entity: 'task', id: row.id, version: row.version, title: textOf(row['title']), day: textOf(row['due_day']), what: '', owner_id: null, late: false };
  return { id: 'task.finish', label: 'parts.records.finish', icon: CheckmarkCircle20Regular, keys: ['$mod+Enter'], group: 'record', run: () => finish(due) };
}

export function TaskRecord({ id, draft }: RecordProps) {
  const { may } = useRights();
  return <RecordScreen entity={task} id={id} given={{ state: 'open', priority: '2', ...draft }} next={(row) => (may('task', 'write') ? finishing(row) : null)} />;
}
