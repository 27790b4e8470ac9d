import { Button, Field, makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components';
import { ArrowImport20Regular, DocumentArrowUp24Regular } from '@fluentui/react-icons';
import { type DragEvent, useState } from 'react';
import { type JournalFormat, journalFormats } from '#contract/budgets/books.ts';
import { office } from '../../office.ts';
import { bytes, number } from '../../parts/format.ts';
import { useJob } from '../../parts/jobs/useJob.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { tell, tellWrong } from '../../state/ui.ts';
import { t as say, useT } from '../../t.ts';
import { type Picked, pickDropped } from '../../transfer/open.ts';
import { Working } from '../../transfer/Working.tsx';
import { Reconciliation } from './Reconciliation.tsx';

const useStyles = makeStyles({
  drop: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px', padding: '16px', maxWidth: '960px', border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2 },
  over: { backgroundColor: tokens.colorBrandBackground2, border: `1px solid ${tokens.colorBrandStroke1}` },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  choice: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '12px', '> *:first-child': { width: '320px', maxWidth: '100%' } },
  text: { maxWidth: '110ch' },
});

/** A ledger of another program: which file, who wrote it, what will happen; then what came of it. */
export function ImportPart() {
  const t = useT();
  const styles = useStyles();
  const [file, setFile] = useState<Picked | null>(null);
  const [format, setFormat] = useState<JournalFormat | ''>('');
  const [over, setOver] = useState(false);
  const run = useJob('journal.import', (ending) => {
    if (ending.state === 'done') tell(say('budgets.ledger.done_away', { name: file?.name ?? '', n: number(ending.value.imported) }));
    else tellWrong(ending.state === 'failed' ? ending.failure.message : say('budgets.ledger.cancelled'));
  });
  const { phase } = run;

  const take = async (picked: Picked | null): Promise<void> => {
    if (!picked) return;
    run.reset();
    setFile(picked);
    setFormat('');
    const guess = await office['journal.guess']({ source: picked.token });
    setFormat(guess.format);
  };
  const wrong = (thrown: unknown): void => tellWrong(failureOf(thrown).message);
  const pick = (): void => void office['desk.pick_file']({ kinds: ['ledger'] }).then(take).catch(wrong);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void pickDropped(event.dataTransfer).then((picked) => (picked ? take(picked) : tellWrong(t('transfer.import.notAFile')))).catch(wrong);
  };
  const begin = (): void => {
    if (file && format !== '') void run.start({ format, source: file.token });
  };
  const again = (): void => {
    run.reset();
    setFile(null);
    setFormat('');
  };

  if (phase.state === 'done' && file) return <Reconciliation name={file.name} result={phase.value} onAgain={again} />;
  const running = phase.state === 'running';
  return (
    <section aria-label={t('budgets.ledger.import')}>
      <h2 className="h3 section-line">{t('budgets.ledger.import')}</h2>
      <div
        className={mergeClasses(styles.drop, over && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <DocumentArrowUp24Regular aria-hidden />
        {file ? (
          <>
            <span className={styles.name}>{file.name}</span>
            <span className="quiet">{bytes(file.bytes)}</span>
          </>
        ) : (
          <span className="grow">{t('budgets.ledger.drop')}</span>
        )}
        <Button appearance={file ? 'secondary' : 'primary'} disabledFocusable={running} onClick={() => !running && pick()}>
          {t(file ? 'budgets.ledger.other' : 'budgets.ledger.choose')}
        </Button>
      </div>
      {file && (
        <>
          <div className={styles.choice}>
            <Field label={t('budgets.ledger.format')} hint={t('budgets.ledger.format_hint')}>
              <Select value={format} disabled={running} onChange={(_event, data) => setFormat(journalFormats.find((one) => one === data.value) ?? '')}>
                <option value="">{t('budgets.ledger.format_none')}</option>
                {journalFormats.map((one) => (
                  <option key={one} value={one}>
                    {t(`budgets.ledger.formats.${one}`)}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <p className={styles.text}>{t('budgets.ledger.plan')}</p>
          <Working of={run} label={t('budgets.ledger.running', { name: file.name })} />
          {phase.state === 'cancelled' && <p role="status">{t('budgets.ledger.cancelled')}</p>}
          <div>
            <Button appearance="primary" icon={<ArrowImport20Regular />} disabledFocusable={format === '' || running} onClick={() => !running && begin()}>
              {t('budgets.ledger.run', { name: file.name })}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
