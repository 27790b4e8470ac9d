import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { EntryDraft } from '#contract/budgets/entry.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useDo } from '../../query.ts';
import { go, placeOf, tell } from '../../state/ui.ts';
import { useT } from '../../t.ts';

const kinds = ['fixed', 'open', 'share'] as const;
const labels = { fixed: 'budgets.templates.takeFixed', open: 'budgets.templates.takeOpen', share: 'budgets.templates.takeShare' } as const;

/** Makes a template of what is typed, under a name. */
export function TakeDialog({ draft, name: given, close }: { readonly draft: EntryDraft; readonly name: string; readonly close: () => void }) {
  const t = useT();
  const [name, setName] = useState(given);
  const [amounts, setAmounts] = useState<(typeof kinds)[number]>('fixed');
  const take = useDo('entry_template.take');
  const save = (): void =>
    take.mutate(
      { name: name.trim(), amounts, draft },
      {
        onSuccess: ({ id }) => {
          tell(t('budgets.templates.taken', { name: name.trim() }), undefined);
          close();
          void go(placeOf('entry_template', id), { beside: true });
        },
      },
    );
  return (
    <FormDialog title={t('budgets.templates.takeTitle')} text={t('budgets.templates.takeText')} yes={t('budgets.templates.save')} ready={name.trim() !== '' && !take.isPending} run={save} close={close}>
      <Field label={t('budgets.templates.takeName')} required {...(take.error ? { validationMessage: take.error.failure.message } : {})}>
        <Input value={name} autoFocus maxLength={200} autoComplete="off" onChange={(_event, data) => setName(data.value)} onFocus={(event) => event.target.select()} />
      </Field>
      <Field label={t('budgets.templates.takeAmounts')}>
        <RadioGroup value={amounts} onChange={(_event, data) => setAmounts(kinds.find((kind) => kind === data.value) ?? 'fixed')}>
          {kinds.map((kind) => (
            <Radio key={kind} value={kind} label={t(labels[kind])} />
          ))}
        </RadioGroup>
      </Field>
    </FormDialog>
  );
}
