import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { asset, type DisposalPlan } from '#contract/budgets/asset.ts';
import type { AnyRow } from '#contract/kit/entity.ts';
import { isDay, today } from '#contract/kit/day.ts';
import { Editor } from '../../parts/fields/Editor.tsx';
import { amount, money } from '../../parts/format.ts';
import { Answer, failureOf, Problem } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { useCall, useDo } from '../../query.ts';
import { tell } from '../../state/ui.ts';
import { type Key, useT } from '../../t.ts';

const useStyles = makeStyles({ fields: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', overflowX: 'clip', '& .fui-Combobox, & .fui-Input': { minWidth: 0 }, gap: '10px 16px', marginTop: '8px', alignItems: 'start' }, wide: { gridColumn: '1 / -1' } });

const fields = {
  day: { field: asset.fields.acquired_day, label: 'budgets.assets.day', hint: null },
  proceeds: { field: asset.fields.salvage, label: 'budgets.assets.proceeds', hint: 'budgets.assets.proceedsHint' },
  proceeds_account_id: { field: asset.fields.asset_account_id, label: 'budgets.assets.proceedsAccount', hint: null },
  party_id: { field: asset.fields.party_id, label: 'budgets.assets.buyer', hint: null },
  result_account_id: { field: asset.fields.expense_account_id, label: 'budgets.assets.resultAccount', hint: 'budgets.assets.resultHint' },
} as const;
type Name = keyof typeof fields;
const names = ['day', 'proceeds', 'proceeds_account_id', 'party_id', 'result_account_id'] as const satisfies readonly Name[];

/** Takes an asset out of the books: sold or scrapped, after showing what is posted. */
export function DisposeDialog({ row, title, close }: { readonly row: AnyRow; readonly title: string; readonly close: () => void }) {
  const styles = useStyles();
  const t = useT();
  const base = useId();
  const currency = useCompanyCurrency();
  const [values, setValues] = useState<Readonly<Record<Name, unknown>>>({ day: today(), proceeds: null, proceeds_account_id: null, party_id: null, result_account_id: null });
  const [unreadable, setUnreadable] = useState<Readonly<Partial<Record<Name, string>>>>({});
  const day = typeof values.day === 'string' ? values.day : '';
  const numberOf = (name: Name): number | null => (typeof values[name] === 'number' ? values[name] : null);
  const asked = { id: row.id, day, proceeds: numberOf('proceeds') ?? 0, proceeds_account_id: numberOf('proceeds_account_id'), party_id: numberOf('party_id'), result_account_id: numberOf('result_account_id') };
  const known = isDay(day) && Object.keys(unreadable).length === 0 && asked.proceeds >= 0;
  const plan = useCall('asset.disposal', asked, { enabled: known, keep: true });
  const dispose = useDo('asset.dispose');
  const ready = known && plan.data?.problem === '' && !plan.isPlaceholderData && !dispose.isPending;
  const save = (): void => {
    if (!ready) return;
    dispose.mutate(
      { ...asked, version: row.version },
      {
        onSuccess: () => {
          tell(t('budgets.assets.gone', { asset: title }));
          close();
        },
      },
    );
  };
  const hear = (name: Name, problem: string | null): void =>
    setUnreadable((before) => {
      const { [name]: _gone, ...rest } = before;
      return problem === null ? rest : { ...rest, [name]: problem };
    });
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface className="dialog">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <DialogBody>
            <DialogTitle>{t('budgets.assets.disposeTitle', { asset: title })}</DialogTitle>
            <DialogContent>
              <p>{t('budgets.assets.disposeText')}</p>
              <div className={styles.fields}>
                {names.map((name) => {
                  const { field, label, hint } = fields[name];
                  const problem = unreadable[name] ?? (dispose.error?.failure.field === name ? dispose.error.failure.message : undefined);
                  return (
                    <Field key={name} label={{ children: t(label), htmlFor: `${base}${name}` }} required={name === 'day'} {...(hint === null ? {} : { hint: t(hint satisfies Key) })} {...(problem === undefined ? {} : { validationMessage: problem })}>
                      <Editor id={`${base}${name}`} field={{ ...field, required: name === 'day' }} value={values[name]} currency={currency} change={(value) => setValues((before) => ({ ...before, [name]: value }))} tell={(told) => hear(name, told)} label={t(label)} autoFocus={name === 'day'} />
                    </Field>
                  );
                })}
                <div className={styles.wide}>
                  {known && <Answer of={plan} rows={4}>{(found) => <Plan plan={found} currency={currency} />}</Answer>}
                  {dispose.error && <Problem failure={failureOf(dispose.error)} />}
                </div>
              </div>
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{t('common.cancel')}</Button>
              <Button type="submit" appearance="primary" disabled={!ready}>{t('budgets.assets.post')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

function Plan({ plan, currency }: { readonly plan: DisposalPlan; readonly currency: string }) {
  const t = useT();
  if (plan.problem !== '') {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{plan.problem}</MessageBarBody>
      </MessageBar>
    );
  }
  const result = plan.result === 0 ? t('budgets.assets.even') : t(plan.result > 0 ? 'budgets.assets.gain' : 'budgets.assets.loss', { amount: money(Math.abs(plan.result), currency) });
  return (
    <>
      <p>
        {t('budgets.assets.before', { amount: money(plan.depreciation, currency), book: money(plan.book_value, currency) })} <strong>{result}</strong>
      </p>
      {plan.lines.length === 0 ? (
        <p className="quiet">{t('budgets.assets.noEntry')}</p>
      ) : (
        <table className="table" aria-label={t('budgets.assets.preview')}>
          <thead>
            <tr>
              <th scope="col">{t('budgets.assets.account')}</th>
              <th scope="col" className="figure">{t('budgets.assets.debit')}</th>
              <th scope="col" className="figure">{t('budgets.assets.credit')}</th>
            </tr>
          </thead>
          <tbody>
            {plan.lines.map((line, at) => (
              <tr key={at}>
                <th scope="row">{`${line.number} ${line.account}`.trim()}</th>
                <td className="figure">{line.amount > 0 ? amount(line.amount, currency) : ''}</td>
                <td className="figure">{line.amount < 0 ? amount(-line.amount, currency) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
