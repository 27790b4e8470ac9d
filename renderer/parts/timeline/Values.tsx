import { Fragment } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import { words } from '../../t.ts';
import { isEmpty } from '../fields/show.ts';
import { Shown } from '../form/Shown.tsx';
import { useCompanyCurrency, useRights } from '../record/rights.ts';
import { usePaneStyles } from './styles.ts';

/** The filled fields of a record to read, label beside value. */
export function Values({ entity, row }: { readonly entity: Entity; readonly row: Readonly<Record<string, unknown>> }) {
  const styles = usePaneStyles();
  const currency = useCompanyCurrency();
  const { sees } = useRights();
  const fields = Object.entries(entity.fields).filter(([key, field]) => !isEmpty(row[key]) && row[key] !== false && (field.sensitive === undefined || sees.includes(field.sensitive)));
  return (
    <dl className={styles.values}>
      {fields.map(([key, field]) => (
        <Fragment key={key}>
          <dt>{words(field.label)}</dt>
          <dd>
            <Shown field={field} value={row[key]} row={row} currency={currency} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
