import { Badge, Button } from '@fluentui/react-components';
import { ArrowExit20Regular, ArrowTrendingDown20Regular } from '@fluentui/react-icons';
import { type ReactNode, useMemo, useState } from 'react';
import type { AnyRow } from '#contract/kit/entity.ts';
import { type Action, run, useActions } from '../../commands.ts';
import { day } from '../../parts/format.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordScreen } from '../../records/RecordScreen.tsx';
import type { RecordProps } from '../../records/screen.ts';
import { useT } from '../../t.ts';
import { DepreciateDialog } from './DepreciateDialog.tsx';
import { DisposeDialog } from './DisposeDialog.tsx';
import { Schedule } from './Schedule.tsx';

const entity = entityOf('asset');

/** The action that depreciates all assets, and its dialog while it is open. */
function useDepreciation(): { readonly action: Action; readonly dialog: ReactNode } {
  const { may } = useRights();
  const [open, setOpen] = useState(false);
  const writable = may('entry', 'write');
  const action = useMemo<Action>(() => ({ id: 'asset.depreciate', label: 'budgets.assets.depreciate', icon: ArrowTrendingDown20Regular, group: 'list', when: () => writable, run: () => setOpen(true) }), [writable]);
  return { action, dialog: open && <DepreciateDialog close={() => setOpen(false)} /> };
}

/** The register of fixed assets. */
export function AssetList() {
  const t = useT();
  const { may } = useRights();
  const { action, dialog } = useDepreciation();
  useActions(useMemo(() => [action], [action]));
  return (
    <>
      <EntityList
        entity={entity}
        extra={
          may('entry', 'write') && (
            <Button icon={<ArrowTrendingDown20Regular />} onClick={() => run(action)}>
              {t('budgets.assets.depreciate')}
            </Button>
          )
        }
      />
      {dialog}
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One asset: its facts and its schedule; depreciating all of them and disposing of this one stand behind the dots. */
export function AssetRecord({ id, draft }: RecordProps) {
  const t = useT();
  const { may } = useRights();
  const { action, dialog } = useDepreciation();
  const [going, setGoing] = useState<AnyRow | null>(null);
  const writable = may('entry', 'write');
  const dispose = (row: AnyRow): Action => ({ id: 'asset.dispose', label: 'budgets.assets.dispose', icon: ArrowExit20Regular, group: 'record', when: () => writable && row['state'] !== 'disposed' && !row.archived, run: () => setGoing(row) });
  return (
    <>
      <RecordScreen
        entity={entity}
        id={id}
        given={{ method: 'straight_line', convention: 'month', ...draft }}
        more={(row) => [action, dispose(row)]}
        without={(row) => (row['method'] === 'units' ? [] : ['asset_use'])}
        tabs={[{ key: 'schedule', label: t('budgets.assets.schedule'), content: (row) => <Schedule id={row.id} /> }]}
        figures={(row) => (row['state'] === 'disposed' ? <Badge appearance="tint" color="informative">{t('budgets.assets.disposed', { day: day(textOf(row['disposed_day'])) })}</Badge> : null)}
      />
      {dialog}
      {going && <DisposeDialog row={going} title={`${textOf(going['number'])} ${textOf(going['name'])}`.trim()} close={() => setGoing(null)} />}
    </>
  );
}
