import { Button } from '@fluentui/react-components';
import { possible, run } from '../commands.ts';
import { backUp } from '../frame/actions.ts';
import { backupTone, toneIcons, useNow } from '../frame/StatusBar.tsx';
import { exact, relative } from '../parts/format.ts';
import { useCall, useJobs } from '../query.ts';
import { useCan } from '../state/session.ts';
import { go } from '../state/ui.ts';
import { useT } from '../t.ts';

/** Whether what was entered is safe, and the way to make it so. */
export function BackupCard() {
  const t = useT();
  const can = useCan();
  const now = useNow();
  const company = useCall('company.get', {});
  const running = useJobs().data?.some((job) => job.call === 'backup.create' && job.state === 'running') ?? false;
  if (!company.data) return null;
  const { backup } = company.data;
  const tone = backupTone(backup, now);
  const Icon = toneIcons[tone];
  const when = backup.last_at === null ? '' : relative(backup.last_at, now);
  const text =
    backup.failed_at !== null ? t('frame.status.backup_failing') : backup.last_at === null ? t('home.backup.none') : !backup.changed_since ? t('home.backup.same', { when }) : tone === 'done' ? t('home.backup.good', { when }) : t('home.backup.late', { when: exact(backup.last_at) });
  return (
    <section className="card-block" aria-labelledby="backup">
      <header className="card-head">
        <h2 className="h2" id="backup">
          {t('home.backup.title')}
        </h2>
      </header>
      <div className="card-body stack">
        <p className="row-top" title={backup.last_at === null ? undefined : exact(backup.last_at)}>
          <Icon aria-hidden className={tone} /> <span>{text}</span>
        </p>
        <div className="row">
          {possible(backUp) && (
            <Button size="small" disabled={running} onClick={() => run(backUp)}>
              {t('home.backup.now')}
            </Button>
          )}
          {can('company', 'read') && (
            <Button size="small" appearance="subtle" onClick={() => void go({ module: 'settings', area: 'backups' })}>
              {t('home.backup.open')}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
