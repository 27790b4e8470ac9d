import { Button } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, DatabaseArrowUp16Regular, DatabaseArrowUp20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Backup } from '#contract/company/company.ts';
import { useNow } from '../frame/StatusBar.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { bytes, exact, instant, number, relative } from '../parts/format.ts';
import { JobProgress } from '../parts/jobs/JobProgress.tsx';
import { useJob } from '../parts/jobs/useJob.ts';
import { Answer, Problem } from '../parts/Problem.tsx';
import { Screen } from '../parts/Screen.tsx';
import { refresh, useCall } from '../query.ts';
import { useCan } from '../state/session.ts';
import { tell } from '../state/ui.ts';
import { useT } from '../t.ts';
import { knownKinds } from './kinds.ts';
import { RestoreDialog } from './RestoreDialog.tsx';

/** The backups of the company, making one, and putting one back. */
export function Backups() {
  const t = useT();
  const can = useCan();
  const backups = useCall('backup.list', {});
  const job = useJob('backup.create');
  const [restoring, setRestoring] = useState<Backup | null>(null);
  const backUp = async (): Promise<void> => {
    if ((await job.start({})) === null) return;
    refresh(['backup']);
    tell(t('frame.backup_done'));
  };
  return (
    <Screen
      title={t('settings.backups.title')}
      text={t('settings.backups.text')}
      actions={
        can('company', 'write') && (
          <Button appearance="primary" icon={<DatabaseArrowUp16Regular />} disabled={job.phase.state === 'running'} onClick={() => void backUp()}>
            {t('settings.backups.now')}
          </Button>
        )
      }
    >
      {job.phase.state === 'running' && job.job && <JobProgress job={job.job} onCancel={job.cancel} />}
      {job.phase.state === 'failed' && <Problem failure={job.phase.failure} retry={() => void backUp()} />}
      {!can('company', 'approve') && <p className="quiet">{t('settings.backups.may_not')}</p>}
      <Answer of={backups} rows={8}>
        {(rows) => (rows.length === 0 ? <EmptyState icon={DatabaseArrowUp20Regular} title={t('settings.backups.none')} text={t('settings.backups.none_text')} /> : <List rows={rows} onRestore={setRestoring} />)}
      </Answer>
      {restoring && <RestoreDialog backup={restoring} onClose={() => setRestoring(null)} />}
    </Screen>
  );
}

const total = (backup: Backup): number => knownKinds(backup.records).reduce((sum, { count }) => sum + count, 0);

function List({ rows, onRestore }: { readonly rows: readonly Backup[]; readonly onRestore: (backup: Backup) => void }) {
  const t = useT();
  const can = useCan();
  const now = useNow();
  return (
    <table className="table sticky">
      <thead>
        <tr>
          <th scope="col">{t('settings.backups.when')}</th>
          <th scope="col">{t('settings.backups.age')}</th>
          <th scope="col">{t('settings.backups.why')}</th>
          <th scope="col" className="figure">
            {t('settings.backups.size')}
          </th>
          <th scope="col" className="figure">
            {t('settings.backups.records')}
          </th>
          <th scope="col">
            <span className="unseen">{t('settings.backups.restore')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.file}>
            <th scope="row" className="tabular" title={one.file}>
              <span className="row-tight">
                <CheckmarkCircle16Regular className="done" aria-hidden />
                {instant(one.at)}
              </span>
            </th>
            <td title={exact(one.at)}>{relative(one.at, now)}</td>
            <td>{t(`settings.backups.reason.${one.reason}`)}</td>
            <td className="figure">{bytes(one.bytes)}</td>
            <td className="figure">{number(total(one))}</td>
            <td className="tight">
              {can('company', 'approve') && (
                <Button size="small" aria-label={`${t('settings.backups.restore')}: ${instant(one.at)}`} onClick={() => onRestore(one)}>
                  {t('settings.backups.restore')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
