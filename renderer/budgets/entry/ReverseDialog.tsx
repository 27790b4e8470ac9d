import { Field, Input, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { entry } from '#contract/budgets/entry.ts';
import { DayEditor } from '../../parts/fields/DayEditor.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useDo } from '../../query.ts';
import { tell } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import type { EntryRow } from './useEntry.ts';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '10px', marginTop: '8px' }, day: { '& .fui-Input': { maxWidth: '180px' } } });

const days = ['own', 'next', 'other'] as const;

/** Takes a posted entry back: with a reason, on its own day or another. What is refused stands beside what it concerns. */
export function ReverseDialog({ row, close }: { readonly row: Pick<EntryRow, 'id' | 'version' | 'number'>; readonly close: () => void }) {
  const styles = useStyles();
  const t = useT();
  const id = useId();
  const [reason, setReason] = useState('');
  const [day, setDay] = useState('');
  const [when, setWhen] = useState<(typeof days)[number]>('own');
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const reverse = useDo('entry.reverse');
  const failure = reverse.error?.failure;
  const wrongDay = unreadable ?? (failure?.field === 'day' ? failure.message : null);
  const ready = reason.trim().length >= 3 && unreadable === null && !reverse.isPending;
  const save = (): void =>
    reverse.mutate(
      { id: row.id, version: row.version, reason: reason.trim(), ...(when === 'next' ? { next_period: true } : when === 'other' && day !== '' ? { day } : {}) },
      {
        onSuccess: ({ number }) => {
          tell(t('budgets.entry.reversedAs', { number: row.number, other: number }));
          close();
        },
      },
    );
  return (
    <FormDialog title={t('budgets.entry.reverseTitle', { number: row.number })} text={t('budgets.entry.reverseText')} yes={t('budgets.entry.reverse')} ready={ready} run={save} close={close}>
      <div className={styles.fields}>
        <Field label={t('budgets.entry.reason')} required {...(failure && failure.field !== 'day' ? { validationMessage: failure.message } : {})}>
          <Input value={reason} autoFocus maxLength={500} autoComplete="off" onChange={(_event, data) => setReason(data.value)} />
        </Field>
        <Field label={t('budgets.templates.reverseWhen')} {...(wrongDay !== null && when !== 'other' ? { validationMessage: wrongDay } : {})}>
          <RadioGroup value={when} onChange={(_event, data) => setWhen(days.find((one) => one === data.value) ?? 'own')}>
            <Radio value="own" label={t('budgets.templates.reverseOwn')} />
            <Radio value="next" label={t('budgets.templates.reverseNext')} />
            <Radio value="other" label={t('budgets.templates.reverseOther')} />
          </RadioGroup>
        </Field>
        {when === 'other' && (
          <Field className={styles.day} label={{ children: t('budgets.entry.reverseDay'), htmlFor: id }} hint={t('budgets.entry.reverseDayHint')} {...(wrongDay === null ? {} : { validationMessage: wrongDay })}>
            <DayEditor id={id} field={{ ...entry.fields.day, required: false }} value={day} currency="" change={(value) => setDay(typeof value === 'string' ? value : '')} tell={setUnreadable} label={words(entry.fields.day.label)} />
          </Field>
        )}
      </div>
    </FormDialog>
  );
}
