import { Checkbox, Field, Input, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { RevaluationPlan } from '#contract/budgets/exchange.ts';
import { ref } from '#contract/kit/field.ts';
import { w } from '#contract/kit/words.ts';
import { RefEditor } from '../../parts/fields/RefEditor.tsx';
import { day, money } from '../../parts/format.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { failureOf, Problem } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { useCall, useDo } from '../../query.ts';
import { usePreference } from '../../state/preference.ts';
import { tell } from '../../state/ui.ts';
import { useT } from '../../t.ts';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '10px', marginTop: '8px' } });
const toAccount = ref(w('Account', 'Konto'), 'account');
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** Posts a revaluation: where its differences go, and whether the next period begins without it. */
export function PostDialog({ plan, maxAge, close }: { readonly plan: RevaluationPlan; readonly maxAge: number; readonly close: () => void }) {
  const styles = useStyles();
  const t = useT();
  const [gainId, lossId] = [useId(), useId()];
  const { may } = useRights();
  const [gain, setGain] = useState<number | null>(plan.gain_account?.id ?? null);
  const [loss, setLoss] = useState<number | null>(plan.loss_account?.id ?? null);
  const [reverse, setReverse] = usePreference('exchange.reverse', false, isFlag);
  const [reason, setReason] = useState('');
  const asked = { day: plan.day, max_age: maxAge, ...(gain === null ? {} : { gain_account_id: gain }), ...(loss === null ? {} : { loss_account_id: loss }) };
  const now = useCall('exchange.plan', asked, { keep: true });
  const post = useDo('exchange.revalue');
  const reasoned = reason.trim().length >= 3;
  const soft = plan.state === 'soft';
  const problems = now.data?.problems ?? [];
  const ready = now.data !== undefined && problems.length === 0 && !post.isPending && (!soft || (reasoned && may('period', 'approve')));
  const save = (): void => {
    if (!ready) return;
    post.mutate(
      { ...asked, ...(reverse ? { reverse_next: true } : {}), ...(reasoned ? { reason: reason.trim() } : {}) },
      {
        onSuccess: ({ entry, reversal, difference }) => {
          const amount = money(difference, plan.currency);
          if (entry) tell(reversal ? t('budgets.exchange.postedTwice', { number: entry.number, other: reversal.number, day: day(plan.next_day), amount }) : t('budgets.exchange.posted', { number: entry.number, amount }));
          close();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t('budgets.exchange.postTitle', { day: day(plan.day) })}
      text={t('budgets.exchange.postText')}
      yes={t('budgets.exchange.does')}
      ready={ready}
      run={save}
      close={close}
    >
      <div className={styles.fields}>
        <Field label={{ children: t('budgets.exchange.gainAccount'), htmlFor: gainId }}>
          <RefEditor id={gainId} field={toAccount} value={gain} currency="" change={(id) => setGain(typeof id === 'number' ? id : null)} tell={() => undefined} label={t('budgets.exchange.gainAccount')} autoFocus />
        </Field>
        <Field label={{ children: t('budgets.exchange.lossAccount'), htmlFor: lossId }}>
          <RefEditor id={lossId} field={toAccount} value={loss} currency="" change={(id) => setLoss(typeof id === 'number' ? id : null)} tell={() => undefined} label={t('budgets.exchange.lossAccount')} />
        </Field>
        <Checkbox checked={reverse} label={t('budgets.exchange.reverse', { day: day(plan.next_day) })} onChange={(_event, data) => setReverse(data.checked === true)} />
        {soft && (
          <Field label={t('budgets.exchange.reason')} hint={t('budgets.exchange.reasonHint')}>
            <Input value={reason} maxLength={500} autoComplete="off" onChange={(_event, data) => setReason(data.value)} />
          </Field>
        )}
        {problems.slice(0, 5).map((problem) => (
          <MessageBar key={problem} intent="warning" layout="multiline">
            <MessageBarBody>{problem}</MessageBarBody>
          </MessageBar>
        ))}
        {post.error && <Problem failure={failureOf(post.error)} />}
      </div>
    </FormDialog>
  );
}
