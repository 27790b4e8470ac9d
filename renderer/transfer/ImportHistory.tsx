import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowDownload20Regular, ArrowUndo16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { ImportRun } from '#contract/company/transfer.ts';
import { confirm } from '../parts/Dialogs.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { exact, number, relative } from '../parts/format.ts';
import { useJob } from '../parts/jobs/useJob.ts';
import { Answer, Problem } from '../parts/Problem.tsx';
import { useCall } from '../query.ts';
import { useCan } from '../state/session.ts';
import { tell } from '../state/ui.ts';
import { useT, words } from '../t.ts';
import { openImport } from './open.ts';
import { useStepStyles } from './styles.ts';
import { undoneText, undoText } from './undoImport.ts';
import { Working } from './Working.tsx';

const useStyles = makeStyles({
  gone: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: '12px' },
});

const nameOf = (entity: string): string => {
  const known = entities[entity];
  return known ? words(known.plural) : entity;
};

/** The imports that were made, newest first, each to be taken back as a whole. */
export function ImportHistory() {
  const styles = useStepStyles();
  const own = useStyles();
  const t = useT();
  const can = useCan();
  const runs = useCall('import.history', {});
  const undo = useJob('import.undo');
  const [which, setWhich] = useState<ImportRun | null>(null);

  const takeBack = async (run: ImportRun): Promise<void> => {
    const sure = await confirm({ title: t('transfer.undo.title'), text: undoText(run.created, run.updated), yes: t('transfer.undo.action') });
    if (!sure) return;
    setWhich(run);
    const done = await undo.start({ id: run.id });
    if (done) tell(undoneText(done.removed, done.put_back));
    void runs.refetch();
  };

  return (
    <div className={styles.stack}>
      <div className={own.head}>
        <p className={styles.text}>{t('transfer.history.about')}</p>
        {can('transfer', 'write') && (
          <Button icon={<ArrowDownload20Regular />} onClick={() => openImport()}>
            {t('transfer.import.action')}
          </Button>
        )}
      </div>
      {which && undo.phase.state === 'failed' ? <Problem failure={undo.phase.failure} /> : <Working of={undo} label={t('transfer.undo.running')} />}
      <Answer of={runs}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={ArrowDownload20Regular} title={t('transfer.history.empty')} text={t('transfer.history.emptyAbout')} />
          ) : (
            <Runs rows={rows} busy={undo.phase.state === 'running'} mayUndo={can('transfer', 'write')} onUndo={(run) => void takeBack(run)} />
          )
        }
      </Answer>
    </div>
  );
}

function Runs({ rows, busy, mayUndo, onUndo }: { readonly rows: readonly ImportRun[]; readonly busy: boolean; readonly mayUndo: boolean; readonly onUndo: (run: ImportRun) => void }) {
  const styles = useStepStyles();
  const own = useStyles();
  const t = useT();
  const figure = (count: number): string => (count === 0 ? '–' : number(count));
  const heads = ['when', 'file', 'what', 'by', 'created', 'updated', 'refused'] as const;
  const isFigure = (head: string): boolean => head === 'created' || head === 'updated' || head === 'refused';
  return (
    <div className={styles.scroll} role="region" aria-label={t('transfer.history.title')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={mergeClasses(styles.th, isFigure(head) && styles.end)}>
                {t(`transfer.history.${head}`)}
              </th>
            ))}
            <th scope="col" className={styles.th}>
              <span className="unseen">{t('transfer.undo.action')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((run) => (
            <tr key={run.id}>
              <td className={styles.td} title={exact(run.at)}>
                {relative(run.at)}
              </td>
              <td className={mergeClasses(styles.td, run.undone_at !== null && own.gone)} title={run.file_name}>
                {run.file_name}
              </td>
              <td className={styles.td}>{nameOf(run.entity)}</td>
              <td className={styles.td}>{run.by}</td>
              <td className={mergeClasses(styles.td, styles.end)}>{figure(run.created)}</td>
              <td className={mergeClasses(styles.td, styles.end)}>{figure(run.updated)}</td>
              <td className={mergeClasses(styles.td, styles.end)}>{figure(run.refused)}</td>
              <td className={mergeClasses(styles.td, styles.end)}>
                {run.undone_at !== null ? (
                  <span className={styles.quiet} title={exact(run.undone_at)}>
                    {t('transfer.history.undone')}
                  </span>
                ) : mayUndo ? (
                  <Button size="small" icon={<ArrowUndo16Regular />} disabled={busy} onClick={() => onUndo(run)} aria-label={`${t('transfer.undo.short')}: ${run.file_name}`}>
                    {t('transfer.undo.short')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
