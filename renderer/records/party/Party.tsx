import { PeopleSearch20Regular, TextBulletListSquare20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Action } from '../../commands.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useViews } from '../../parts/list/ViewSwitch.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { go } from '../../state/ui.ts';
import { entityOf } from '../entity.ts';
import { RecordScreen } from '../RecordScreen.tsx';
import type { ListProps, RecordProps } from '../screen.ts';
import { Duplicates } from './Duplicates.tsx';
import { Lookalikes } from './Lookalikes.tsx';

const party = entityOf('party');
const views = [
  { key: 'list', label: 'parts.records.list', icon: TextBulletListSquare20Regular },
  { key: 'duplicates', label: 'parts.records.duplicates', icon: PeopleSearch20Regular },
] as const;

/** People and firms as a list, or those that look like one. */
export function PartyList({ view: wanted }: ListProps) {
  // A place may name the view: "duplicates of 17" comes from the record.
  const [of, setOf] = useState(() => (wanted?.startsWith('duplicates-') ? Number(wanted.slice(11)) : undefined));
  const [view, buttons] = useViews('party', views, of === undefined ? undefined : 'duplicates', () => setOf(undefined));
  const { may } = useRights();
  const extra = may('party', 'read') && buttons;
  return view === 'duplicates' ? <Duplicates extra={extra} of={of} /> : <EntityList entity={party} extra={extra} />;
}

const findDuplicates = (id: number): Action => ({
  id: 'party.duplicates',
  label: 'parts.records.findDuplicates',
  icon: PeopleSearch20Regular,
  group: 'record',
  run: () => go({ module: 'records', area: 'party', entity: 'party', view: `duplicates-${id}` }),
});

export function PartyRecord({ id, draft }: RecordProps) {
  return <RecordScreen entity={party} id={id} given={draft ?? {}} above={(form) => id === 0 && <Lookalikes values={form.values} />} more={(row) => [findDuplicates(row.id)]} />;
}
