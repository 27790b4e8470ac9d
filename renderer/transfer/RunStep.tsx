import { Button, Link, MessageBar, MessageBarBody, MessageBarTitle, Radio, RadioGroup } from '@fluentui/react-components';
import { ArrowUndo16Regular, CheckmarkCircle20Filled } from '@fluentui/react-icons';
import type { Checked } from '#contract/company/transfer.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { list, number } from '../parts/format.ts';
import { confirm } from '../parts/Dialogs.tsx';
import { Problem } from '../parts/Problem.tsx';
import { type Translate, useT, words } from '../t.ts';
import { Totals } from './CheckStep.tsx';
import { openImportHistory } from './open.ts';
import { Problems } from './Problems.tsx';
import { useStepStyles } from './styles.ts';
import type { Importing } from './useImport.ts';
import { undoText } from './undoImport.ts';
import { Working } from './Working.tsx';

/** "300,024 records are created, 12 changed": only the parts that are not nought. */
export function deedsOf(t: Translate, checked: Checked): string {
  const deeds = [
    checked.create > 0 ? t('transfer.run.creates', { count: checked.create, n: number(checked.create) }) : '',
    checked.update > 0 ? t('transfer.run.updates', { count: checked.update, n: number(checked.update) }) : '',
    checked.same > 0 ? t('transfer.run.leaves', { count: checked.same, n: number(checked.same) }) : '',
  ].filter((deed) => deed !== '');
  return deeds.length === 0 ? t('transfer.run.nothing') : t('transfer.run.deeds', { deeds: list(deeds) });
}

/** Says exactly what will happen and how to undo it; then what happened. */
export function RunStep({ importing, onOpenList }: { readonly importing: Importing; readonly onOpenList: () => void }) {
  const { run, checked, entity, file } = importing;
  const t = useT();
  const styles = useStepStyles();
  if (!entity || !checked) return null;
  if (run.phase.state === 'done') return <Done importing={importing} entity={entity} result={run.phase.value} onOpenList={onOpenList} />;
  return (
    <div className={styles.stack}>
      {run.phase.state === 'idle' && <Plan importing={importing} entity={entity} checked={checked} />}
      <Working of={run} label={t('transfer.run.running', { name: file?.name ?? '' })} />
      {run.phase.state === 'running' && <p className={styles.quiet}>{t('transfer.run.meanwhile')}</p>}
      {run.phase.state === 'cancelled' && <p className={styles.text}>{t('transfer.run.cancelled')}</p>}
      {(run.phase.state === 'cancelled' || run.phase.state === 'failed') && (
        <div>
          <Button onClick={run.reset}>{t('transfer.run.backToPlan')}</Button>
        </div>
      )}
    </div>
  );
}

function Plan({ importing, entity, checked }: { readonly importing: Importing; readonly entity: Entity; readonly checked: Checked }) {
  const styles = useStepStyles();
  const t = useT();
  const some = checked.refused > 0 && checked.good > 0;
  return (
    <>
      <p className={styles.text}>{t('transfer.run.from', { name: importing.file?.name ?? '', what: words(entity.plural) })}</p>
      <p className={`${styles.text} ${styles.strong}`}>{checked.refused > 0 && !importing.partial ? t('transfer.run.none') : deedsOf(t, checked)}</p>
      {some && (
        <RadioGroup aria-label={t('transfer.run.refused', { count: checked.refused, n: number(checked.refused) })} value={importing.partial ? 'good' : 'all'} onChange={(_event, data) => importing.changePartial(data.value === 'good')}>
          <Radio value="all" label={t('transfer.run.all', { n: number(checked.rows) })} />
          <Radio value="good" label={t('transfer.run.good', { n: number(checked.good), count: checked.refused, refused: number(checked.refused) })} />
        </RadioGroup>
      )}
      <p className={styles.text}>{t('transfer.run.undoAbout')}</p>
    </>
  );
}

function Done({ importing, entity, result, onOpenList }: { readonly importing: Importing; readonly entity: Entity; readonly result: Checked; readonly onOpenList: () => void }) {
  const styles = useStepStyles();
  const t = useT();
  const { undo } = importing;
  const ask = async (): Promise<void> => {
    const sure = await confirm({ title: t('transfer.undo.title'), text: undoText(result.create, result.update), yes: t('transfer.undo.action') });
    if (sure) importing.undoNow();
  };
  if (undo.phase.state === 'done') {
    return (
      <MessageBar intent="success">
        <MessageBarBody>
          <MessageBarTitle>{t('transfer.undo.done')}</MessageBarTitle> {t('transfer.undo.counts', { removed: number(undo.phase.value.removed), back: number(undo.phase.value.put_back) })}
        </MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <div className={`${styles.stack} ${styles.fill}`}>
      <p className={`${styles.text} ${styles.strong} ${styles.withIcon}`} role="status">
        <CheckmarkCircle20Filled className={styles.good} aria-hidden />
        {t('transfer.run.done', { name: importing.file?.name ?? '' })}
      </p>
      <Totals checked={result} done />
      {result.problem_count > 0 && <Problems checked={result} title={t('transfer.problems.paper', { name: importing.file?.name ?? '' })} />}
      {undo.phase.state === 'failed' ? <Problem failure={undo.phase.failure} /> : <Working of={undo} label={t('transfer.undo.running')} />}
      <div className={styles.row}>
        <Button data-first="" onClick={onOpenList}>
          {t('transfer.run.openList', { what: words(entity.plural) })}
        </Button>
        {result.import_id !== null && (
          <Button icon={<ArrowUndo16Regular />} disabled={undo.phase.state === 'running'} onClick={() => void ask()}>
            {t('transfer.undo.action')}
          </Button>
        )}
      </div>
      <p className={styles.quiet}>
        {t('transfer.run.later')} <Link onClick={openImportHistory}>{t('transfer.history.title')}</Link>
      </p>
    </div>
  );
}
