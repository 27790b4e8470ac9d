import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { create } from 'zustand';
import { useT } from '../../t.ts';

export type LeaveAnswer = 'save' | 'draft' | 'discard' | 'stay';

interface Asked {
  readonly title: string;
  readonly answer: (answer: LeaveAnswer) => void;
}

const useAsked = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));

/** Asks before a record with changes is left. */
export const askLeave = (title: string): Promise<LeaveAnswer> => new Promise((answer) => useAsked.setState({ asked: { title, answer } }));

/** Shows the question; stands in the record page. */
export function LeaveDialog() {
  const t = useT();
  const asked = useAsked((state) => state.asked);
  if (!asked) return null;
  const end = (answer: LeaveAnswer) => (): void => {
    useAsked.setState({ asked: null });
    asked.answer(answer);
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && end('stay')()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('parts.record.leaveTitle')}</DialogTitle>
          <DialogContent>{t('parts.record.leaveText', { title: asked.title })}</DialogContent>
          <DialogActions fluid>
            <Button onClick={end('stay')}>{t('parts.record.stay')}</Button>
            <Button onClick={end('discard')}>{t('parts.record.leaveDiscard')}</Button>
            <Button onClick={end('draft')}>{t('parts.record.leaveDraft')}</Button>
            <Button appearance="primary" onClick={end('save')}>{t('parts.record.save')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
