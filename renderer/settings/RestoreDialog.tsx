import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { Info20Regular, Warning20Filled } from '@fluentui/react-icons';
import type { Backup, RestorePreview } from '#contract/company/company.ts';
import { instant, number } from '../parts/format.ts';
import { Answer, failureOf, Problem } from '../parts/Problem.tsx';
import { refreshAll, useCall, useDo } from '../query.ts';
import { startOver, tell } from '../state/ui.ts';
import { useT } from '../t.ts';
import { knownKinds } from './kinds.ts';

/** What a restore would change, said before it is done, and how to take it back. */
export function RestoreDialog({ backup, onClose }: { readonly backup: Backup; readonly onClose: () => void }) {
  const t = useT();
  const preview = useCall('backup.preview', { file: backup.file });
  const restore = useDo('backup.restore');
  const when = instant(backup.at);
  const go = (): void =>
    restore.mutate(
      { file: backup.file },
      {
        onSuccess: (before) => {
          onClose();
          // Records that are open may not be there any more.
          startOver();
          refreshAll();
          tell([t('settings.backups.restored', { when, file: before.file }), before.lost_files.length > 0 ? t('settings.backups.restored_lost', { count: before.lost_files.length, files: before.lost_files.slice(0, 3).join(', ') }) : ''].join(' ').trim());
        },
      },
    );
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && !restore.isPending && onClose()}>
      <DialogSurface className="dialog dialog-wide">
        <DialogBody>
          <DialogTitle>{t('settings.backups.preview', { when })}</DialogTitle>
          <DialogContent className="stack" tabIndex={0}>
            <p>{t('settings.backups.preview_text')}</p>
            <Answer of={preview} rows={8}>
              {(found) => <Preview preview={found} />}
            </Answer>
            <p className="note">
              <Info20Regular aria-hidden /> {t('settings.backups.undo_text')}
            </p>
            {restore.error && <Problem failure={failureOf(restore.error)} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={restore.isPending} onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button appearance="primary" disabled={restore.isPending || !preview.data} onClick={go}>
              {t('settings.backups.do')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Preview({ preview }: { readonly preview: RestorePreview }) {
  const t = useT();
  const rows = knownKinds(preview.now)
    .map(({ table, label, count }) => ({ label, now: count, after: preview.then[table] ?? 0 }))
    .filter((row) => row.now !== 0 || row.after !== 0);
  const figure = (count: number): string => (count === 0 ? '–' : number(count));
  return (
    <>
      <p className="row-top">
        {preview.lost_writes > 0 && <Warning20Filled className="attention" aria-hidden />}
        <span className="strong">{preview.lost_writes === 0 ? t('settings.backups.lost_none') : t('settings.backups.lost', { count: preview.lost_writes })}</span>
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('settings.backups.kind')}</th>
            <th scope="col" className="figure">
              {t('settings.backups.today')}
            </th>
            <th scope="col" className="figure">
              {t('settings.backups.later')}
            </th>
            <th scope="col" className="figure">
              {t('settings.backups.change')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, now, after }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="figure">{figure(now)}</td>
              <td className="figure">{figure(after)}</td>
              <td className={`figure ${after < now ? 'wrong strong' : ''}`}>{after === now ? '–' : `${after > now ? '+' : '−'}${number(Math.abs(after - now))}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
