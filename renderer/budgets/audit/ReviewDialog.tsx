import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, makeStyles, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { auditItem } from '#contract/budgets/engagement.ts';
import { NumberEditor } from '../../parts/fields/NumberEditor.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { refresh, useDo } from '../../query.ts';
import { tell } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import type { Item } from './kinds.ts';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '10px', marginTop: '8px' }, figure: { maxWidth: '200px' } });
const states = ['explained', 'exception', 'open'] as const;
const { difference: differenceField, state: stateField } = auditItem.fields;

/** What an auditor makes of some items. `next` goes on to what is still open. */
export function ReviewDialog({ items, close, next }: { readonly items: readonly Item[]; readonly close: () => void; readonly next?: () => Promise<void> }) {
  const styles = useStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const [only] = items;
  const [state, setState] = useState<(typeof states)[number]>(only?.state === 'exception' && items.length === 1 ? 'exception' : 'explained');
  const [note, setNote] = useState(items.length === 1 ? (only?.note ?? '') : '');
  const [difference, setDifference] = useState<number | null>(items.length === 1 ? (only?.difference ?? null) : null);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const review = useDo('audit_item.review');
  const failure = review.error?.failure;
  const ready = unreadable === null && !review.isPending;
  const save = (after: () => void): void => {
    if (!ready) return;
    review.mutate(
      { items: items.map(({ id, version }) => ({ id, version })), state, note: note.trim(), ...(state === 'exception' ? { difference } : {}) },
      {
        onSuccess: ({ reviewed }) => {
          tell(t('budgets.audit.review.done', { count: reviewed, n: reviewed }));
          refresh(['audit_item', 'engagement']);
          after();
        },
      },
    );
  };
  const go = (): void => save(() => (next ? void next().then(close) : close()));
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface className="dialog">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            go();
          }}
        >
          <DialogBody>
            <DialogTitle>{t('budgets.audit.review.title', { count: items.length, n: items.length, what: only?.number ?? '' })}</DialogTitle>
            <DialogContent>
              <div className={styles.fields}>
                <Field label={t('budgets.audit.review.note')} hint={t('budgets.audit.review.noteHint')} {...(failure ? { validationMessage: failure.message } : {})}>
                  <Textarea
                    value={note}
                    rows={4}
                    maxLength={5000}
                    autoFocus
                    onChange={(_event, data) => setNote(data.value)}
                    onKeyDown={(event) => {
                      if (event.key !== 'Enter' || !event.ctrlKey) return;
                      event.preventDefault();
                      go();
                    }}
                  />
                </Field>
                <Field label={t('budgets.audit.review.state')}>
                  <RadioGroup value={state} layout="horizontal" onChange={(_event, data) => setState(states.find((one) => one === data.value) ?? state)}>
                    {states.map((one) => {
                      const option = stateField.options?.find(({ value }) => value === one);
                      return <Radio key={one} value={one} label={option ? words(option.label) : one} />;
                    })}
                  </RadioGroup>
                </Field>
                {state === 'exception' && (
                  <Field className={styles.figure} label={t('budgets.audit.review.difference')} {...(unreadable === null ? {} : { validationMessage: unreadable })}>
                    {(control) => <NumberEditor {...(control.id ? { id: control.id } : {})} field={differenceField} value={difference} currency={currency} change={(value) => setDifference(typeof value === 'number' ? value : null)} tell={setUnreadable} />}
                  </Field>
                )}
              </div>
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={close}>{t('common.cancel')}</Button>
              {next && (
                <Button disabled={!ready} onClick={() => save(close)}>
                  {t('budgets.audit.review.save')}
                </Button>
              )}
              <Button type="submit" appearance="primary" disabled={!ready}>
                {t(next ? 'budgets.audit.review.next' : 'budgets.audit.review.save')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
