import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useT } from '../t.ts';

interface FormDialogProps {
  readonly title: string;
  /** What will happen. */
  readonly text: string;
  /** The words of the button that does it. */
  readonly yes: string;
  /** Whether everything that is needed is there; else neither the button nor Enter does anything. */
  readonly ready: boolean;
  readonly run: () => void;
  readonly close: () => void;
  /** The fields, what comes of them, and what was refused. */
  readonly children: ReactNode;
}

/** A question with a few fields over the work: what will happen, the fields, and one button that does it, as Enter does. */
export function FormDialog({ title, text, yes, ready, run, close, children }: FormDialogProps) {
  const t = useT();
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface className="dialog">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) run();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>
              <p>{text}</p>
              {children}
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{t('common.cancel')}</Button>
              <Button type="submit" appearance="primary" disabled={!ready}>{yes}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
