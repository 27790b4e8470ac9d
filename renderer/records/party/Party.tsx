import { PeopleSearch20Regular, TextBulletListSquare20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Action } from '../../commands.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useView, ViewSwitch } from '../../parts/list/ViewSwitch.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { go } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { entityOf } from '../entity.ts';
import { RecordScreen } from '../RecordScreen.tsx';
import type { ListProps, RecordProps } from '../screen.ts';
import { Duplicates } from './Duplicates.tsx';
import { Lookalikes } from './Lookalikes.tsx';

const party = entityOf('party');
const views = ['list', 'duplicates'] as const;

/** People and firms as a list, or those that look like one. */
export function PartyList({ view: wanted }: ListProps) {
  const t = useT();
  const [kept, setKept] = useView('party', views);
  // A place may name the view: "duplicates of 17" comes from the record.
  const [of, setOf] = useState(() => (wanted?.startsWith('duplicates-') ? Number(wanted.slice(11)) : undefined));
  const view = of === undefined ? kept : 'duplicates';
  const { may } = useRights();
  const extra = may('party', 'read') && (
    <ViewSwitch
      view={view}
      choose={(next) => {
        setOf(undefined);
        setKept(next);
      }}
      options={[
        { key: 'list', label: t('parts.records.list'), icon: TextBulletListSquare20Regular },
        { key: 'duplicates', label: t('parts.records.duplicates'), icon: PeopleSearch20Regular },
      ]}
    />
  );
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
