import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useMemo } from 'react';
import type { Checked } from '#contract/company/transfer.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { isEmpty, isRight, show } from '../parts/fields/show.ts';
import { number } from '../parts/format.ts';
import { useNames } from '../parts/list/useNames.ts';
import { useCompanyCurrency } from '../parts/record/rights.ts';
import { type Translate, useT, words } from '../t.ts';
import { Grid } from './Grid.tsx';
import { Problems } from './Problems.tsx';
import { useStepStyles } from './styles.ts';
import type { Importing } from './useImport.ts';
import { Working } from './Working.tsx';

const useStyles = makeStyles({
  totals: { display: 'grid', gridTemplateColumns: 'repeat(4, minmax(0, 1fr))', margin: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  total: { padding: '8px 12px', display: 'flex', flexDirection: 'column-reverse', ':not(:first-child)': { borderLeft: `1px solid ${tokens.colorNeutralStroke2}` } },
  figure: { margin: 0, fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600, fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightSemibold },
});

/** The dry run: every row is read and checked, nothing is written. */
export function CheckStep({ importing }: { readonly importing: Importing }) {
  const styles = useStepStyles();
  const t = useT();
  const { checked, check, checkNow, entity, file } = importing;
  const idle = checked === null && check.phase.state === 'idle';
  useEffect(() => {
    if (idle) checkNow();
    // checkNow is made anew with every drawing; only whether something is to be checked counts.
    // eslint-disable-next-line react/exhaustive-deps
  }, [idle]);
  return (
    <div className={`${styles.stack} ${styles.fill}`}>
      <Working of={check} label={t('transfer.check.checking', { name: file?.name ?? '' })} retry={checkNow} />
      {check.phase.state === 'cancelled' && (
        <div className={styles.row} style={{ alignItems: 'center' }}>
          <span>{t('transfer.check.cancelled')}</span>
          <Button onClick={checkNow}>{t('transfer.check.again')}</Button>
        </div>
      )}
      {checked && entity && (
        <>
          <p className={styles.text} role="status">
            {verdict(t, checked)}
          </p>
          <Totals checked={checked} />
          {checked.problem_count > 0 && <Problems checked={checked} title={t('transfer.problems.paper', { name: file?.name ?? '' })} />}
          {checked.sample.length > 0 && <Sample entity={entity} checked={checked} />}
        </>
      )}
    </div>
  );
}

/** The check in one sentence. Rows may be fine and still have a remark, such as a date that stands for "no end". */
function verdict(t: Translate, checked: Checked): string {
  const n = number(checked.rows);
  if (checked.refused === 0 && checked.problem_count > 0) return t('transfer.check.remarks', { count: checked.problem_count, remarks: number(checked.problem_count), n });
  if (checked.refused === 0) return t('transfer.check.allGood', { n });
  return t(checked.good === 0 ? 'transfer.check.noneGood' : 'transfer.check.someGood', { count: checked.refused, n, refused: number(checked.refused) });
}

/** What would be made, changed, left and refused. */
export function Totals({ checked, done = false }: { readonly checked: Checked; readonly done?: boolean }) {
  const own = useStyles();
  const styles = useStepStyles();
  const t = useT();
  const kinds = ['create', 'update', 'same', 'refused'] as const;
  return (
    <dl className={own.totals}>
      {kinds.map((kind) => (
        <div key={kind} className={own.total}>
          <dt className={styles.quiet}>{t(done ? `transfer.check.${kind}Done` : `transfer.check.${kind}`)}</dt>
          <dd className={mergeClasses(own.figure, kind === 'refused' && checked.refused > 0 && styles.wrong)}>{checked[kind] === 0 ? '–' : number(checked[kind])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What every record has; rows that are not records yet have it only so that they can be shown like some. */
const unmade = { id: 0, version: 0, archived: false, created_at: 0, updated_at: 0 };

const valueOf = (row: Readonly<Record<string, unknown>>, key: string): unknown => row[key];

/** How the rows will look as records. */
function Sample({ entity, checked }: { readonly entity: Entity; readonly checked: Checked }) {
  const styles = useStepStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const rows = useMemo(() => checked.sample.map((row) => ({ ...unmade, ...row })), [checked]);
  const fields = useMemo(() => Object.entries(entity.fields).filter(([key, field]) => field.derived !== true && checked.sample.some((row) => !isEmpty(row[key]))), [entity, checked]);
  const pages = useMemo(() => [rows], [rows]);
  const nameOf = useNames(fields, pages);
  return (
    <>
      <h3 className={styles.heading}>{t('transfer.check.sample', { count: rows.length, n: number(rows.length) })}</h3>
      <Grid
        label={t('transfer.check.sampleLabel')}
        columns={fields.map(([key, field]) => ({ key, label: words(field.label), end: isRight(field) }))}
        rows={rows.map((row) => fields.map(([key, field]) => show(field, valueOf(row, key), row, nameOf, currency)))}
      />
    </>
  );
}
