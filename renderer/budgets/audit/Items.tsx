import { Button } from '@fluentui/react-components';
import { CheckmarkStarburst20Regular } from '@fluentui/react-icons';
import { type ReactNode, useMemo, useState } from 'react';
import { type Action, run, useActions } from '../../commands.ts';
import { office } from '../../office.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { complete } from '../../parts/list/filters.ts';
import { listInput, setPick, useListState, usePick } from '../../parts/list/state.ts';
import { start, tickedCount } from '../../parts/list/pick.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { entityOf } from '../../records/entity.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import type { AuditFacts, Item } from './kinds.ts';
import { ReviewDialog } from './ReviewDialog.tsx';

const entity = entityOf('audit_item');
const most = 1000;

/** Items of an audit, or those of one sample, to be reviewed one by one or together. */
export function Items({ audit, sample, extra }: { readonly audit: Pick<AuditFacts, 'id' | 'concluded'>; readonly sample?: number; readonly extra?: ReactNode }) {
  const t = useT();
  const { may } = useRights();
  const fixed = sample === undefined ? { field: 'engagement_id', id: audit.id } : { field: 'sample_id', id: sample };
  const key = `${entity.name} ${fixed.field} ${fixed.id}`;
  const [state] = useListState(key);
  const pick = usePick(key);
  const [chosen, setChosen] = useState<readonly Item[] | null>(null);
  const writable = may('engagement', 'write') && !audit.concluded;
  const action = useMemo<Action>(() => {
    const items = async (): Promise<readonly Item[]> => {
      const { all, ids } = pick.ticked;
      if (!all) return await Promise.all([...ids].slice(0, most + 1).map((id) => office['audit_item.get']({ id })));
      const { rows } = await office['audit_item.list']({ ...listInput(state, complete, { field: fixed.field, is: 'equals', value: fixed.id }), limit: most });
      return rows.filter((row) => !ids.has(row.id));
    };
    const review = async (): Promise<void> => {
      if (!pick.ticked.all && pick.ticked.ids.size === 0) return tell(t('budgets.audit.review.tick'), undefined, 'attention');
      if (tickedCount(pick.ticked, most + 1) > most) tell(t('budgets.audit.review.many'), undefined, 'attention');
      setChosen((await items()).slice(0, most));
    };
    return { id: 'audit.review', label: 'budgets.audit.review.do', icon: CheckmarkStarburst20Regular, keys: ['$mod+Enter'], group: 'list', when: () => writable, run: () => review().catch((thrown: unknown) => tellWrong(failureOf(thrown).message)) };
  }, [pick, state, fixed.field, fixed.id, writable, t]);
  useActions(useMemo(() => [action], [action]));
  return (
    <>
      <EntityList
        entity={entity}
        fixed={fixed}
        extra={
          <>
            {extra}
            {writable && (
              <Button icon={<CheckmarkStarburst20Regular />} onClick={() => run(action)}>
                {t('budgets.audit.review.do')}
              </Button>
            )}
          </>
        }
      />
      {chosen && (
        <ReviewDialog
          items={chosen}
          close={() => {
            setChosen(null);
            setPick(key, start);
          }}
        />
      )}
    </>
  );
}
