import { Button, Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useT } from '../t.ts';
import { ImportHistory } from './ImportHistory.tsx';
import { closeImportHistory, useOpen } from './open.ts';

/** The import history over whatever is open (`openImportHistory`). Stands once in the frame. */
export function HistoryDialog({ hidden = false }: { readonly hidden?: boolean }) {
  const t = useT();
  const open = useOpen((now) => now.history);
  if (!open) return null;
  return (
    <Dialog open={!hidden} onOpenChange={(_event, data) => !data.open && closeImportHistory()}>
      <DialogSurface style={{ maxWidth: 'min(1040px, calc(100vw - 64px))' }}>
        <DialogBody>
          <DialogTitle action={<Button appearance="subtle" icon={<Dismiss20Regular />} aria-label={t('common.close')} onClick={closeImportHistory} />}>{t('transfer.history.title')}</DialogTitle>
          <DialogContent>
            <ImportHistory />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
