import { Checkbox, Field, Input, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { asset, type DepreciationPlan } from '#contract/budgets/asset.ts';
import { addDays, isDay, today } from '#contract/kit/day.ts';
import { DayEditor } from '../../parts/fields/DayEditor.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { amount, money, number } from '../../parts/format.ts';
import { Answer, failureOf, Problem } from '../../parts/Problem.tsx';
import { useCompanyCurrency, useRights } from '../../parts/record/rights.ts';
import { useCall, useDo } from '../../query.ts';
import { tell } from '../../state/ui.ts';
import { useT } from '../../t.ts';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '10px', marginTop: '8px' }, day: { maxWidth: '180px' }, plan: { maxHeight: '280px', overflowY: 'auto' } });

/** The last day of the month before this one: what is usually depreciated. */
const lastMonth = (): string => addDays(`${today().slice(0, 7)}-01`, -1);

/** Posts the depreciation of all assets up to a day, after showing what that is. */
export function DepreciateDialog({ close }: { readonly close: () => void }) {
  const styles = useStyles();
  const t = useT();
  const id = useId();
  const currency = useCompanyCurrency();
  const { may } = useRights();
  const [until, setUntil] = useState(lastMonth);
  const [catchUp, setCatchUp] = useState(false);
  const [reason, setReason] = useState('');
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const asked = { until, ...(catchUp ? { catch_up: true } : {}) };
  const known = isDay(until) && unreadable === null;
  const plan = useCall('asset.plan', asked, { enabled: known });
  const post = useDo('asset.depreciate');
  const reasoned = reason.trim().length >= 3;
  const soft = plan.data?.periods.some((one) => one.state === 'soft') === true && may('period', 'approve');
  const ready = known && !post.isPending && plan.data !== undefined && plan.data.amount > 0 && (plan.data.problems.length === 0 || (soft && reasoned));
  const save = (): void =>
    post.mutate(
      { ...asked, ...(reasoned ? { reason: reason.trim() } : {}) },
      {
        onSuccess: (made) => {
          tell(t('budgets.assets.posted', { count: made.entries.length, n: number(made.entries.length), amount: money(made.amount, currency) }));
          close();
        },
      },
    );
  return (
    <FormDialog title={t('budgets.assets.depreciateTitle')} text={t('budgets.assets.depreciateText')} yes={t('budgets.assets.post')} ready={ready} run={save} close={close}>
      <div className={styles.fields}>
        <Field className={styles.day} required label={{ children: t('budgets.assets.until'), htmlFor: id }} {...(unreadable === null ? {} : { validationMessage: unreadable })}>
          <DayEditor id={id} field={asset.fields.acquired_day} value={until} currency="" change={(value) => setUntil(typeof value === 'string' ? value : '')} tell={setUnreadable} label={t('budgets.assets.until')} autoFocus />
        </Field>
        <Checkbox checked={catchUp} label={t('budgets.assets.catchUp')} onChange={(_event, data) => setCatchUp(data.checked === true)} />
        {soft && (
          <Field label={t('budgets.assets.reason')} hint={t('budgets.assets.reasonHint')}>
            <Input value={reason} maxLength={500} autoComplete="off" onChange={(_event, data) => setReason(data.value)} />
          </Field>
        )}
        {known && <Answer of={plan} rows={4}>{(found) => <Plan plan={found} currency={currency} />}</Answer>}
        {post.error && <Problem failure={failureOf(post.error)} />}
      </div>
    </FormDialog>
  );
}

function Plan({ plan, currency }: { readonly plan: DepreciationPlan; readonly currency: string }) {
  const styles = useStyles();
  const t = useT();
  if (plan.amount === 0 && plan.problems.length === 0) return <p className="quiet">{t('budgets.assets.nothing')}</p>;
  return (
    <>
      {plan.problems.slice(0, 5).map((problem) => (
        <MessageBar key={problem} intent="warning" layout="multiline">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      ))}
      <div className={styles.plan}>
        <table className="table" aria-label={t('budgets.assets.preview')}>
          <thead>
            <tr>
              <th scope="col">{t('budgets.assets.period')}</th>
              <th scope="col" className="figure">{t('budgets.assets.count')}</th>
              <th scope="col" className="figure">{t('budgets.assets.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {plan.periods.map((one) => (
              <tr key={one.until_day}>
                <th scope="row">{one.name}</th>
                <td className="figure">{number(one.assets)}</td>
                <td className="figure">{amount(one.amount, currency)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('budgets.assets.total')}</th>
              <td className="figure">{number(plan.assets)}</td>
              <td className="figure">{amount(plan.amount, currency)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}
