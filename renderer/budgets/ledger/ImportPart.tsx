import { Button, Field, makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components';
import { ArrowImport20Regular, DocumentArrowUp24Regular } from '@fluentui/react-icons';
import { type DragEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type JournalFormat, journalFormats } from '#contract/budgets/books.ts';
import { type Action, run as perform, useActions } from '../../commands.ts';
import { office } from '../../office.ts';
import { bytes, number } from '../../parts/format.ts';
import { useJob } from '../../parts/jobs/useJob.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { tell, tellWrong } from '../../state/ui.ts';
import { t as say, useT } from '../../t.ts';
import { type Picked, pickDropped } from '../../transfer/open.ts';
import { Working } from '../../transfer/Working.tsx';
import { accountLookup } from '../entry/columns.ts';
import { type Choices, mapOf, type Wrong } from './choices.ts';
import { cellOf, FileAccountsTable } from './FileAccountsTable.tsx';
import { Reconciliation } from './Reconciliation.tsx';

const useStyles = makeStyles({
  drop: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px', padding: '16px', maxWidth: '960px', border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2 },
  over: { backgroundColor: tokens.colorBrandBackground2, border: `1px solid ${tokens.colorBrandStroke1}` },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  choice: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '12px', '> *:first-child': { width: '320px', maxWidth: '100%' } },
  text: { maxWidth: '110ch' },
});

const nothing: Choices = new Map();
const good: Wrong = new Map();

/** A ledger of another program: which file, who wrote it, which accounts take its lines, what will happen; then what came of it. */
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
  const reading = useJob('journal.accounts');
  const found = reading.phase.state === 'done' ? reading.phase.value : null;
  const [choices, setChoices] = useState(nothing);
  const [wrong, setWrong] = useState(good);
  const lookup = useMemo(() => accountLookup(t), [t]);

  /** Reads the file anew: another program's way of writing finds other accounts. */
  const read = (picked: Picked, by: JournalFormat | ''): void => {
    setFormat(by);
    setChoices(nothing);
    setWrong(good);
    reading.cancel();
    reading.reset();
    if (by !== '') void reading.start({ format: by, source: picked.token });
  };
  const take = async (picked: Picked | null): Promise<void> => {
    if (!picked) return;
    run.reset();
    setFile(picked);
    read(picked, '');
    read(picked, (await office['journal.guess']({ source: picked.token })).format);
  };
  const failed = (thrown: unknown): void => tellWrong(failureOf(thrown).message);
  const pick = (): void => void office['desk.pick_file']({ kinds: ['ledger'] }).then(take).catch(failed);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void pickDropped(event.dataTransfer).then((picked) => (picked ? take(picked) : tellWrong(t('transfer.import.notAFile')))).catch(failed);
  };
  const begin = async (): Promise<void> => {
    if (!file || format === '' || !found) return;
    const { map, wrong: unknown } = await mapOf(found.accounts, choices, lookup);
    setWrong(unknown);
    if (unknown.size > 0) return document.getElementById(cellOf(found.accounts.findIndex((one) => unknown.has(one.name))))?.focus();
    await run.start({ format, source: file.token, ...(Object.keys(map).length === 0 ? {} : { map }) });
  };
  const again = (): void => {
    run.reset();
    reading.reset();
    setFile(null);
    setFormat('');
  };
  const running = phase.state === 'running';
  const ready = found !== null && !running;
  const latest = useRef({ ready, begin });
  useLayoutEffect(() => {
    latest.current = { ready, begin };
  });
  const action = useMemo<Action>(() => ({ id: 'ledger.import', label: 'budgets.ledger.import', icon: ArrowImport20Regular, keys: ['$mod+Enter'], group: 'record', when: () => latest.current.ready, run: () => latest.current.begin() }), []);
  useActions(useMemo(() => [action], [action]));

  if (phase.state === 'done' && file) return <Reconciliation name={file.name} result={phase.value} onAgain={again} />;
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
              <Select value={format} disabled={running} onChange={(_event, data) => read(file, journalFormats.find((one) => one === data.value) ?? '')}>
                <option value="">{t('budgets.ledger.format_none')}</option>
                {journalFormats.map((one) => (
                  <option key={one} value={one}>
                    {t(`budgets.ledger.formats.${one}`)}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <Working of={reading} label={t('budgets.ledger.reading', { name: file.name })} />
          {reading.phase.state === 'cancelled' && <p role="status">{t('budgets.ledger.read_cancelled')}</p>}
          {found && (
            <FileAccountsTable
              key={`${file.token} ${format}`}
              found={found}
              choices={choices}
              wrong={wrong}
              change={(name, looked) => {
                setChoices((before) => new Map(before).set(name, looked));
                setWrong((before) => new Map([...before].filter(([one]) => one !== name)));
              }}
            />
          )}
          <p className={styles.text}>{t('budgets.ledger.plan')}</p>
          <Working of={run} label={t('budgets.ledger.running', { name: file.name })} />
          {phase.state === 'cancelled' && <p role="status">{t('budgets.ledger.cancelled')}</p>}
          <div>
            <Button appearance="primary" icon={<ArrowImport20Regular />} disabledFocusable={!ready} title={t('budgets.opening.keys')} onClick={() => perform(action)}>
              {t('budgets.ledger.run', { name: file.name })}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
