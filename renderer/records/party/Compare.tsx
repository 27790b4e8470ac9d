import { Button, makeStyles, mergeClasses, Radio, tokens } from '@fluentui/react-components';
import { ArrowSwap20Regular, Merge20Regular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { AnyRow } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { confirm } from '../../parts/Dialogs.tsx';
import { isEmpty } from '../../parts/fields/show.ts';
import { RefLink, Shown } from '../../parts/form/Shown.tsx';
import { same } from '../../parts/form/values.ts';
import { Loading } from '../../parts/Loading.tsx';
import { failureOf, Problem } from '../../parts/Problem.tsx';
import { useCompanyCurrency, useRights } from '../../parts/record/rights.ts';
import { office } from '../../office.ts';
import { refresh, useCall } from '../../query.ts';
import { go, placeOf, tell, tellWrong } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { entityOf } from '../entity.ts';

const useStyles = makeStyles({
  side: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  scroll: { flex: '1 1 0', minHeight: 0, overflow: 'auto', padding: '8px 16px' },
  table: { width: '100%', maxWidth: '960px', borderCollapse: 'collapse', tableLayout: 'fixed', '& th, & td': { textAlign: 'left', padding: '3px 8px', verticalAlign: 'top', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' }, '& th': { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3 }, '& thead th': { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1, position: 'sticky', top: 0, backgroundColor: tokens.colorNeutralBackground1, zIndex: 1 } },
  differs: { backgroundColor: tokens.colorNeutralBackground3 },
  choice: { display: 'flex', alignItems: 'flex-start', '& .fui-Radio__indicator': { margin: '2px 6px 2px 0' } },
  lost: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
  foot: { padding: '8px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, display: 'flex', gap: '8px', alignItems: 'center' },
  says: { flex: '1 1 0' },
});

/** Lists are put together, whatever is chosen; the number stays the one of the kept record. */
const joined = new Set(['roles', 'tags']);
const fixed = new Set(['number']);

/** Two parties side by side: which one stays, which values it takes over, and what exactly the merge will do. */
export function Compare({ one, other }: { readonly one: number; readonly other: number }) {
  const styles = useStyles();
  const t = useT();
  const group = useId();
  const currency = useCompanyCurrency();
  const { may, sees } = useRights();
  const [swapped, setSwapped] = useState(false);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const keepQuery = useCall('party.get', { id: swapped ? other : one });
  const dropQuery = useCall('party.get', { id: swapped ? one : other });
  const failed = keepQuery.error ?? dropQuery.error;
  if (failed) return <Problem failure={failed.failure} />;
  if (!keepQuery.data || !dropQuery.data) return <Loading rows={14} />;
  const keep: AnyRow = { ...keepQuery.data };
  const drop: AnyRow = { ...dropQuery.data };
  const name = (row: AnyRow): string => (typeof row['name'] === 'string' ? row['name'] : '');
  const number = (row: AnyRow): string => (typeof row['number'] === 'string' ? row['number'] : '');
  const fields = Object.entries(entityOf('party').fields).filter(([key, field]) => field.derived !== true && (field.sensitive === undefined || sees.includes(field.sensitive)) && !(isEmpty(keep[key]) && isEmpty(drop[key])));
  /** Empty fields of the kept record are filled by themselves. */
  const fills = (key: string): boolean => isEmpty(keep[key]) && !isEmpty(drop[key]) && key !== 'kind' && !fixed.has(key);
  const differs = (key: string): boolean => !isEmpty(keep[key]) && !isEmpty(drop[key]) && !same(keep[key], drop[key]) && !joined.has(key) && !fixed.has(key);
  const over = fields.filter(([key]) => fills(key) || (differs(key) && taken.has(key))).map(([, field]) => words(field.label));
  const says = t('parts.records.mergeSays', { keep: `${name(keep)} (${number(keep)})`, drop: `${name(drop)} (${number(drop)})` });
  const carries = over.length > 0 ? ` ${t('parts.records.mergeTakes', { fields: over.join(', ') })}` : '';

  const merge = async (): Promise<void> => {
    if (!(await confirm({ title: t('parts.records.mergeTitle'), text: `${says}${carries} ${t('parts.records.mergeUndo')}`, yes: t('parts.records.merge') }))) return;
    setBusy(true);
    try {
      await office['party.merge']({ keep: keep.id, drop: drop.id, version: keep.version, take: [...taken].filter(differs) });
      // Whatever pointed to the one points to the other now.
      refresh([...Object.keys(entities), 'note']);
      tell(t('parts.records.merged', { keep: name(keep), drop: number(drop) }));
      await go(placeOf('party', keep.id), { beside: true });
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  const choose = (key: string, take: boolean): void => {
    const next = new Set(taken);
    if (take) next.add(key);
    else next.delete(key);
    setTaken(next);
  };
  const cell = (key: string, field: Field, row: AnyRow, own: boolean) => {
    const wins = own === !(differs(key) && taken.has(key));
    return (
      <span className={styles.choice}>
        {differs(key) && <Radio name={`${group}${key}`} aria-label={`${words(field.label)}: ${name(row)}`} checked={wins} onChange={() => choose(key, !own)} />}
        <span className={differs(key) && !wins ? styles.lost : undefined}>
          <Shown field={field} value={row[key]} row={row} currency={currency} />
        </span>
      </span>
    );
  };
  return (
    <div className={styles.side}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <colgroup>
            <col style={{ width: 150 }} />
            <col />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">
                <Button size="small" appearance="subtle" icon={<ArrowSwap20Regular />} onClick={() => setSwapped(!swapped)}>{t('parts.records.swap')}</Button>
              </th>
              <th scope="col">
                {t('parts.records.keeps')} <RefLink entity="party" id={keep.id} />
              </th>
              <th scope="col">
                {t('parts.records.drops')} <RefLink entity="party" id={drop.id} />
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map(([key, field]) => (
              <tr key={key} className={mergeClasses(differs(key) && styles.differs)}>
                <th scope="row">{words(field.label)}</th>
                <td>{fills(key) ? cell(key, field, drop, false) : cell(key, field, keep, true)}</td>
                <td>{cell(key, field, drop, false)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.foot}>
        <span className={styles.says}>{says}{carries}</span>
        {may('party', 'approve') && (
          <Button appearance="primary" icon={<Merge20Regular />} disabled={busy} onClick={() => void merge()}>{t('parts.records.merge')}</Button>
        )}
      </div>
    </div>
  );
}
