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
  /** The words of the button that leaves; "Cancel" unless told: after something was done there is nothing to cancel. */
  readonly no?: string;
  /** It was done: leaving is what comes next, doing it again is possible. */
  readonly done?: boolean;
  /** Class of the surface, for one that is wider than usual. */
  readonly wide?: string;
  /** The fields, what comes of them, and what was refused. */
  readonly children: ReactNode;
}

/** A question with a few fields over the work: what will happen, the fields, and one button that does it, as Enter does. */
export function FormDialog({ title, text, yes, no, done = false, ready, run, close, wide, children }: FormDialogProps) {
  const t = useT();
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface className={wide ?? 'dialog'}>
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
              <Button onClick={close}>{no ?? t('common.cancel')}</Button>
              <Button type="submit" appearance={done ? 'secondary' : 'primary'} disabledFocusable={!ready}>
                {yes}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
