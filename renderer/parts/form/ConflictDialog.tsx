import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Radio, tokens } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import { useT, words } from '../../t.ts';
import { useCompanyCurrency } from '../record/rights.ts';
import { Shown } from './Shown.tsx';
import type { Conflict } from './useRecordForm.ts';
import { same, type Values } from './values.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '820px' },
  table: { width: '100%', borderCollapse: 'collapse', marginTop: '8px', '& th, & td': { textAlign: 'left', padding: '4px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, verticalAlign: 'top' }, '& th': { fontWeight: tokens.fontWeightSemibold } },
  choice: { display: 'flex', alignItems: 'flex-start', '& .fui-Radio__indicator': { margin: '2px 6px 2px 0' }, '& label': { padding: 0 } },
});

/** Two people saved the same record: field by field, whose value stays. Fields that only one of them changed are settled already. */
export function ConflictDialog({ entity, conflict, settle }: { readonly entity: Entity; readonly conflict: Conflict; readonly settle: (chosen: Values | null) => void }) {
  const styles = useStyles();
  const t = useT();
  const group = useId();
  const currency = useCompanyCurrency();
  const { base, theirs, mine, message } = conflict;
  const fields = Object.entries(entity.fields).filter(([key]) => key in mine || !same(base[key], theirs[key]));
  const [keepMine, setKeepMine] = useState<ReadonlySet<string>>(() => new Set(Object.keys(mine).filter((key) => same(base[key], theirs[key]))));
  const choose = (key: string, own: boolean): void => {
    const next = new Set(keepMine);
    if (own) next.add(key);
    else next.delete(key);
    setKeepMine(next);
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && settle(null)}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{t('parts.record.conflictTitle')}</DialogTitle>
          <DialogContent>
            <p>{t('parts.record.conflictText', { message })}</p>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('parts.record.conflictField')}</th>
                  <th scope="col">{t('parts.record.conflictBefore')}</th>
                  <th scope="col">{t('parts.record.conflictTheirs')}</th>
                  <th scope="col">{t('parts.record.conflictMine')}</th>
                </tr>
              </thead>
              <tbody>
                {fields.map(([key, field]) => {
                  const own = key in mine;
                  const shown = (values: Values) => <Shown field={field} value={values[key]} row={values} currency={currency} />;
                  return (
                    <tr key={key}>
                      <th scope="row">{words(field.label)}</th>
                      <td>{shown(base)}</td>
                      <td>
                        <span className={styles.choice}>
                          {own && <Radio name={`${group}${key}`} aria-label={`${words(field.label)}: ${t('parts.record.conflictTheirs')}`} checked={!keepMine.has(key)} onChange={() => choose(key, false)} />}
                          {shown(theirs)}
                        </span>
                      </td>
                      <td>
                        <span className={styles.choice}>
                          {own && <Radio name={`${group}${key}`} aria-label={`${words(field.label)}: ${t('parts.record.conflictMine')}`} checked={keepMine.has(key)} onChange={() => choose(key, true)} />}
                          {own ? shown(mine) : '–'}
                        </span>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </DialogContent>
          <DialogActions>
            <Button onClick={() => settle(null)}>{t('common.cancel')}</Button>
            <Button appearance="primary" onClick={() => settle(Object.fromEntries(Object.entries(mine).filter(([key]) => keepMine.has(key))))}>
              {t('parts.record.conflictSave')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
