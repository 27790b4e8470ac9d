import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { create } from 'zustand';
import { useDoor, useSession } from '../state/session.ts';
import { useT } from '../t.ts';

/** Questions that stop the work. Asked as `if (await confirm({...}))`, so that they stand where the decision is made. */

interface Question {
  readonly title: string;
  readonly text: ReactNode;
  /** What the main button does: a verb, never "OK". */
  readonly yes: string;
  readonly no?: string;
  /** A reason that must be typed before; it comes back as the answer. */
  readonly reason?: string;
}

interface Asked extends Question {
  readonly answer: (reason: string | null) => void;
}

const useAsked = create<{ readonly asked: readonly Asked[] }>(() => ({ asked: [] }));

const put = (question: Question): Promise<string | null> =>
  new Promise((answer) => useAsked.setState(({ asked }) => ({ asked: [...asked, { ...question, answer }] })));

/** Yes or no. */
export const confirm = async (question: Omit<Question, 'reason'>): Promise<boolean> => (await put(question)) !== null;

/** The typed reason, or null when the user left. */
export const askReason = (question: Question & { readonly reason: string }): Promise<string | null> => put(question);

/** Shows the questions; stands once in the frame. Behind the lock they wait. */
export function Dialogs() {
  const first = useAsked((state) => state.asked[0]);
  const known = useDoor((door) => door.known !== null);
  const locked = useSession() === null && known;
  if (!first || locked) return null;
  return <Asking key={first.title} question={first} />;
}

function Asking({ question }: { readonly question: Asked }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const end = (answer: string | null): void => {
    useAsked.setState(({ asked }) => ({ asked: asked.slice(1) }));
    question.answer(answer);
  };
  const ready = question.reason === undefined || reason.trim() !== '';
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && end(null)}>
      <DialogSurface className="dialog">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) end(reason.trim());
          }}
        >
          <DialogBody>
            <DialogTitle>{question.title}</DialogTitle>
            <DialogContent>
              {typeof question.text === 'string' ? <p>{question.text}</p> : question.text}
              {question.reason !== undefined && (
                <Field label={question.reason} required>
                  <Input value={reason} onChange={(_event, data) => setReason(data.value)} maxLength={200} />
                </Field>
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={() => end(null)}>{question.no ?? t('common.cancel')}</Button>
              <Button type="submit" appearance="primary" disabled={!ready}>
                {question.yes}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
