import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles } from '@fluentui/react-components';
import { type ReactNode, useCallback, useId, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { useT, words } from '../../t.ts';
import { type QuickCreate, QuickCreateContext } from '../fields/types.ts';
import { namesById } from '../record/asked.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import { FormBody } from './FormBody.tsx';
import { useRecordForm } from './useRecordForm.ts';
import { spare, type Values } from './values.ts';

const useStyles = makeStyles({ surface: { maxWidth: '680px' } });

interface QuickProps {
  readonly entity: Entity;
  readonly given: Values;
  readonly hidden?: readonly string[];
  /** Id of the new record, or null when the user left. */
  readonly end: (id: number | null) => void;
}

/** A new record without leaving the place: only what it needs, in a dialog. */
export function QuickDialog({ entity, given, hidden, end }: QuickProps) {
  const styles = useStyles();
  const t = useT();
  const idBase = useId();
  // The draft of a dialog ends with it: each opening is a new wish.
  const form = useRecordForm(entity, 0, given);
  const leave = (): void => {
    form.discard();
    end(null);
  };
  const save = async (): Promise<void> => {
    const id = await form.save();
    if (id !== null) end(id);
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && leave()}>
      <DialogSurface className={styles.surface}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            // The form of a dialog inside a form: React passes the event on to the outer one.
            event.stopPropagation();
            void save();
          }}
        >
          <DialogBody>
            <DialogTitle>{t('parts.record.quickTitle', { what: words(entity.label) })}</DialogTitle>
            <DialogContent>
              <ErrorSummary entity={entity} form={form} idBase={idBase} />
              <FormBody entity={entity} form={form} readOnly={false} idBase={idBase} autoFocus {...(hidden ? { hidden } : {})} />
            </DialogContent>
            <DialogActions>
              <Button onClick={leave}>{t('common.cancel')}</Button>
              <Button type="submit" appearance="primary" disabled={form.saving}>{t('parts.record.create')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

interface Wish {
  readonly entity: string;
  readonly typed: string;
  readonly answer: (named: Named | null) => void;
}

/** Lets the lookups inside make what they should point to. */
export function QuickCreateHost({ children }: { readonly children: ReactNode }) {
  const [wish, setWish] = useState<Wish | null>(null);
  const quick = useCallback<QuickCreate>((entity, typed) => new Promise((answer) => setWish({ entity, typed, answer })), []);
  const entity = wish ? entities[wish.entity] : undefined;
  const end = async (id: number | null): Promise<void> => {
    setWish(null);
    const made = id === null || !wish ? null : ((await namesById(wish.entity, [id]))[0] ?? null);
    wish?.answer(made);
  };
  return (
    <QuickCreateContext.Provider value={quick}>
      {children}
      {wish && entity && (
        // Inside, a lookup makes nothing further: one dialog over another is one too many.
        <QuickCreateContext.Provider value={null}>
          <QuickDialog entity={entity} hidden={spare(entity)} given={wish.typed === '' ? {} : { [entity.title]: wish.typed }} end={(id) => void end(id)} />
        </QuickCreateContext.Provider>
      )}
    </QuickCreateContext.Provider>
  );
}

