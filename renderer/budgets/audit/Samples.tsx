import { Button } from '@fluentui/react-components';
import { ArrowShuffle20Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { type Action, run, useActions } from '../../commands.ts';
import { number } from '../../parts/format.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordScreen } from '../../records/RecordScreen.tsx';
import type { RecordProps } from '../../records/screen.ts';
import { useT } from '../../t.ts';
import { DrawDialog } from './DrawDialog.tsx';
import { Items } from './Items.tsx';
import type { AuditFacts } from './kinds.ts';

const entity = entityOf('audit_sample');

/** The samples of an audit. */
export function Samples({ audit }: { readonly audit: AuditFacts }) {
  const t = useT();
  const { may } = useRights();
  const [drawing, setDrawing] = useState(false);
  const writable = may('engagement', 'write') && !audit.concluded;
  const action = useMemo<Action>(() => ({ id: 'audit.draw', label: 'budgets.audit.sample.draw', icon: ArrowShuffle20Regular, keys: ['$mod+Enter'], group: 'record', when: () => writable, run: () => setDrawing(true) }), [writable]);
  useActions(useMemo(() => [action], [action]));
  return (
    <>
      <EntityList
        entity={entity}
        fixed={{ field: 'engagement_id', id: audit.id }}
        extra={
          writable && (
            <Button icon={<ArrowShuffle20Regular />} onClick={() => run(action)}>
              {t('budgets.audit.sample.draw')}
            </Button>
          )
        }
      />
      {drawing && <DrawDialog audit={audit} close={() => setDrawing(false)} />}
    </>
  );
}

/** One sample: its seed and what it was drawn from, and the lines that were drawn. */
export function SampleRecord({ id }: RecordProps) {
  const t = useT();
  const found = useCall('audit_sample.get', { id });
  const audit = useCall('engagement.get', { id: found.data?.engagement_id ?? 0 }, { enabled: found.data !== undefined });
  return (
    <RecordScreen
      entity={entity}
      id={id}
      firstTab="items"
      tabs={[{ key: 'items', label: t('budgets.audit.sample.items'), content: (row) => <Items audit={{ id: found.data?.engagement_id ?? 0, concluded: audit.data?.state === 'concluded' }} sample={row.id} /> }]}
      figures={() => found.data && <span className="quiet">{t('budgets.audit.sample.paper', { seed: String(found.data.seed), drawn: number(found.data.drawn), population: number(found.data.population) })}</span>}
    />
  );
}
