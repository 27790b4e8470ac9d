import { makeStyles } from '@fluentui/react-components';
import { CheckmarkStarburst20Regular, Open20Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import type { AnyRow } from '#contract/kit/entity.ts';
import type { Action } from '../../commands.ts';
import { office } from '../../office.ts';
import { amount } from '../../parts/format.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { useCompanyCurrency, useRights } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordScreen } from '../../records/RecordScreen.tsx';
import type { RecordProps } from '../../records/screen.ts';
import { go, placeOf, tell, tellWrong } from '../../state/ui.ts';
import { t as say, useT } from '../../t.ts';
import type { Item } from './kinds.ts';
import { ReviewDialog } from './ReviewDialog.tsx';

const entity = entityOf('audit_item');
const useStyles = makeStyles({ lines: { maxWidth: '960px', marginBottom: '16px' }, hit: { fontWeight: 600 } });

/** The largest item of the same procedure that is still open. */
async function goOn(from: Item): Promise<void> {
  const { rows } = await office['audit_item.list']({
    filters: [
      { field: from.sample_id === null ? 'engagement_id' : 'sample_id', is: 'equals', value: from.sample_id ?? from.engagement_id },
      { field: 'test', is: 'equals', value: from.test },
      { field: 'state', is: 'equals', value: 'open' },
    ],
    order: '-amount',
    limit: 1,
  });
  const [next] = rows;
  if (next) await go(placeOf(entity.name, next.id), { replace: true });
  else tell(say('budgets.audit.review.last'));
}

/** One item: the lines of its entry, why it is looked at, and what was made of it. */
export function ItemRecord({ id }: RecordProps) {
  const { may } = useRights();
  const found = useCall('audit_item.get', { id });
  const [reviewing, setReviewing] = useState<Item | null>(null);
  const item = found.data;
  const writable = may('engagement', 'write');
  const review = useMemo<Action>(() => ({ id: 'audit.review', label: 'budgets.audit.review.do', icon: CheckmarkStarburst20Regular, keys: ['$mod+Enter'], group: 'record', when: () => writable && item !== undefined, run: () => setReviewing(item ?? null) }), [writable, item]);
  const open = (row: AnyRow): Action => ({ id: 'audit.entry', label: 'budgets.audit.review.entry', icon: Open20Regular, group: 'record', when: () => typeof row['entry_id'] === 'number', run: () => void go(placeOf('entry', Number(row['entry_id']))) });
  return (
    <>
      <RecordScreen
        entity={entity}
        id={id}
        next={() => review}
        more={(row) => [open(row)]}
        above={(form) => (form.row && typeof form.row['entry_id'] === 'number' ? <Lines entry={form.row['entry_id']} line={typeof form.row['line'] === 'number' ? form.row['line'] : 0} /> : null)}
      />
      {reviewing && <ReviewDialog items={[reviewing]} close={() => setReviewing(null)} next={() => goOn(reviewing).catch((thrown: unknown) => tellWrong(failureOf(thrown).message))} />}
    </>
  );
}

/** The lines of an entry; the one that was hit stands out. */
function Lines({ entry, line: hit }: { readonly entry: number; readonly line: number }) {
  const styles = useStyles();
  const t = useT();
  const { may } = useRights();
  const currency = useCompanyCurrency();
  const lines = useCall('entry.lines', { id: entry }, { enabled: may('entry', 'read') });
  if (!lines.data) return null;
  const side = (minor: number): string => (minor > 0 ? amount(minor, currency) : '');
  return (
    <div className={`table-box ${styles.lines}`}>
      <table className="table" aria-label={t('budgets.audit.review.lines')}>
        <thead>
          <tr>
            <th scope="col" className="figure">{t('budgets.audit.review.line')}</th>
            <th scope="col">{t('budgets.audit.review.account')}</th>
            <th scope="col">{t('budgets.audit.review.text')}</th>
            <th scope="col" className="figure">{t('budgets.audit.review.debit')}</th>
            <th scope="col" className="figure">{t('budgets.audit.review.credit')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.data.slice(0, 100).map((line) => (
            <tr key={line.line} className={line.line === hit ? styles.hit : undefined}>
              <td className="figure">{line.line}</td>
              <th scope="row">{`${line.number} ${line.account}`.trim()}</th>
              <td>{line.text}</td>
              <td className="figure">{side(line.amount)}</td>
              <td className="figure">{side(-line.amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
