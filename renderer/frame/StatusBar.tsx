import { ProgressBar } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, Edit16Regular, ErrorCircle16Filled, Folder16Regular, Person16Regular, Warning16Filled } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { BackupState } from '#contract/company/company.ts';
import { exact, relative } from '../parts/format.ts';
import { useCall, useJobs } from '../query.ts';
import { useCan, useSession } from '../state/session.ts';
import { go, useUi } from '../state/ui.ts';
import { useT } from '../t.ts';

const day = 86_400_000;

/** The clock, for ages that must not stand still while nothing else changes. */
export function useNow(every = 60_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export type Tone = 'done' | 'attention' | 'wrong';

/** How worrying the age of a backup is; one that nothing has changed since is as good as new, and one that failed is not. */
export function backupTone(backup: BackupState, now: number): Tone {
  if (backup.failed_at !== null) return 'wrong';
  if (backup.last_at !== null && !backup.changed_since) return 'done';
  const age = backup.last_at === null ? day + 1 : now - backup.last_at;
  if (age > 7 * day) return 'wrong';
  return age > day ? 'attention' : 'done';
}

export const toneIcons = { done: CheckmarkCircle16Regular, attention: Warning16Filled, wrong: ErrorCircle16Filled } as const;

/** User and role, what is unsaved, the last backup, running jobs, the company folder. */
export function StatusBar() {
  const t = useT();
  const session = useSession();
  const unsaved = Object.keys(useUi((ui) => ui.unsaved)).length;
  const company = useCall('company.get', {}, { every: 5 * 60_000 });
  return (
    <footer className="status" aria-label={t('frame.status.row')}>
      {session && (
        <span className="status-item">
          <Person16Regular aria-hidden />
          <span className="cut">
            {session.name}, {session.role}
          </span>
        </span>
      )}
      {unsaved > 0 && (
        <span className="status-item">
          <Edit16Regular aria-hidden className="attention" />
          {t('frame.status.unsaved', { count: unsaved })}
        </span>
      )}
      {company.data && <BackupAge backup={company.data.backup} />}
      {company.data?.demo && <span className="status-item">{t('frame.status.demo')}</span>}
      <RunningJob />
      {company.data && (
        <span className="status-item end" title={t('frame.status.folder', { folder: company.data.folder })}>
          <Folder16Regular aria-hidden />
          <span className="cut" style={{ maxWidth: 360 }}>
            {company.data.folder}
          </span>
        </span>
      )}
    </footer>
  );
}

function BackupAge({ backup }: { readonly backup: BackupState }) {
  const t = useT();
  const can = useCan();
  const now = useNow();
  const tone = backupTone(backup, now);
  const Icon = toneIcons[tone];
  const text =
    backup.failed_at !== null
      ? t('frame.status.backup_failed', { when: relative(backup.failed_at, now) })
      : backup.last_at === null
        ? t('frame.status.backup_none')
        : t(backup.changed_since ? 'frame.status.backup' : 'frame.status.backup_same', { when: relative(backup.last_at, now) });
  const why = backup.failed_at !== null ? t('frame.status.backup_failing') : tone === 'wrong' ? t('frame.status.backup_very_late') : tone === 'attention' && backup.last_at !== null ? t('frame.status.backup_late') : '';
  const when = backup.last_at === null ? '' : t('frame.status.backup_exact', { when: exact(backup.last_at) });
  const inside = (
    <>
      <Icon aria-hidden className={tone} />
      {text}
    </>
  );
  const title = [why, when].filter(Boolean).join(' ');
  if (!can('company', 'read')) {
    return (
      <span className="status-item" title={title}>
        {inside}
      </span>
    );
  }
  return (
    <button type="button" className="status-item" title={title} onClick={() => void go({ module: 'settings', area: 'backups' })}>
      {inside}
    </button>
  );
}

/** The first running job with its progress; all of them are behind the button in the title row. */
function RunningJob() {
  const job = useJobs().data?.find((one) => one.state === 'running');
  if (!job) return null;
  return (
    <span className="status-item">
      <span className="keep">{job.label}</span>
      <ProgressBar className="status-bar" thickness="medium" aria-label={job.label} {...(job.total > 0 ? { value: Math.min(1, job.done / job.total) } : {})} />
    </span>
  );
}
