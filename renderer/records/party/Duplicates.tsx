import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import type { Likeness } from '#contract/records/party.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { percent } from '../../parts/format.ts';
import { useBarStyles } from '../../parts/list/styles.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useCall } from '../../query.ts';
import { useT } from '../../t.ts';
import { Compare } from './Compare.tsx';

const useStyles = makeStyles({
  screen: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  split: { display: 'grid', gridTemplateColumns: 'minmax(220px, 320px) minmax(0, 1fr)', flex: '1 1 0', minHeight: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  list: { overflowY: 'auto', borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  pair: { display: 'block', width: '100%', padding: '6px 12px', border: 0, textAlign: 'left', backgroundColor: 'transparent', cursor: 'pointer', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  chosen: { backgroundColor: tokens.colorNeutralBackground3, boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}` },
  top: { display: 'flex', gap: '8px', '& b': { flex: '1 1 0', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontWeight: tokens.fontWeightSemibold } },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
});

const keyOf = (pair: Likeness): string => `${pair.id}-${pair.other}`;

/** People and firms that look like one: pairs at the left, both side by side at the right, merged into one. */
export function Duplicates({ extra, of }: { readonly extra: ReactNode; readonly of?: number | undefined }) {
  const styles = useStyles();
  const bar = useBarStyles();
  const t = useT();
  const pairs = useCall('party.duplicates', of === undefined ? { limit: 200 } : { id: of, limit: 50 }, { keep: true });
  const [chosen, setChosen] = useState('');
  return (
    <div className={styles.screen}>
      <div className={bar.bar} role="toolbar" aria-label={t('parts.list.toolbar')}>
        {extra}
        <h1 className="h3">{t('parts.records.duplicates')}</h1>
        <span className={bar.space} />
        <Button className={bar.button} onClick={() => void pairs.refetch()}>{t('common.refresh')}</Button>
      </div>
      <Answer of={pairs} rows={14}>
        {(all) => {
          const pair = all.find((one) => keyOf(one) === chosen) ?? all[0];
          if (!pair) return <EmptyState icon={CheckmarkCircle20Regular} title={t('parts.records.noDuplicates')} text={t('parts.records.noDuplicatesText')} />;
          return (
            <div className={styles.split}>
              <div className={styles.list} role="group" aria-label={t('parts.records.duplicates')}>
                {all.map((one) => (
                  <button key={keyOf(one)} type="button" className={mergeClasses(styles.pair, one === pair && styles.chosen)} aria-current={one === pair} onClick={() => setChosen(keyOf(one))}>
                    <span className={styles.top}>
                      <b>{one.title}</b>
                      <span className={styles.quiet}>{percent(one.score / 100)}</span>
                    </span>
                    <span className={styles.quiet}>
                      {one.otherTitle === one.title ? '' : `${one.otherTitle} · `}
                      {one.reasons.map((reason) => t(`parts.records.reason.${reason}`)).join(', ')}
                    </span>
                  </button>
                ))}
              </div>
              <Compare key={keyOf(pair)} one={pair.id} other={pair.other} />
            </div>
          );
        }}
      </Answer>
    </div>
  );
}
