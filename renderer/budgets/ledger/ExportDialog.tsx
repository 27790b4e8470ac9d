import { Button, Field, MessageBar, MessageBarActions, MessageBarBody, Radio, RadioGroup } from '@fluentui/react-components';
import { FolderOpen16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { journalTargets } from '#contract/budgets/books.ts';
import { isDay, today } from '#contract/kit/day.ts';
import { office } from '../../office.ts';
import { Editor } from '../../parts/fields/Editor.tsx';
import { number } from '../../parts/format.ts';
import { useJob } from '../../parts/jobs/useJob.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { failureOf } from '../../parts/Problem.tsx';
import { entityOf } from '../../records/entity.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t as say, useT } from '../../t.ts';
import { Working } from '../../transfer/Working.tsx';

const dayField = entityOf('fiscal_year').fields['start_day']!;
const endings = { hledger: 'journal', csv: 'csv', saft: 'xml', fec: 'txt' } as const;
type Target = (typeof journalTargets)[number];

/** All posted entries as a file that other programs read. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const [format, setFormat] = useState<Target>('hledger');
  const [days, setDays] = useState({ from: '', to: '' });
  const [target, setTarget] = useState<{ readonly token: string; readonly name: string } | null>(null);
  const told = (value: { readonly entries: number; readonly lines: number }): string => say('budgets.ledger.exported', { entries: number(value.entries), lines: number(value.lines), name: target?.name ?? '' });
  const run = useJob('journal.export', (ending) => {
    if (ending.state === 'done') tell(told(ending.value));
    else tellWrong(ending.state === 'failed' ? ending.failure.message : say('budgets.ledger.export_cancelled'));
  });
  const { phase } = run;
  const running = phase.state === 'running';
  const wrong = (thrown: unknown): void => tellWrong(failureOf(thrown).message);
  const begin = async (): Promise<void> => {
    const chosen = await office['desk.pick_target']({ name: t('budgets.ledger.file_name', { day: today(), ending: endings[format] }) });
    if (!chosen) return;
    setTarget(chosen);
    await run.start({ format, target: chosen.token, ...(isDay(days.from) ? { from: days.from } : {}), ...(isDay(days.to) ? { to: days.to } : {}) });
  };
  const day = (key: 'from' | 'to') => (
    <Field label={t(`budgets.ledger.export_${key}`)} hint={t('budgets.ledger.export_hint')}>
      {(control) => <Editor {...(control.id ? { id: control.id } : {})} field={dayField} value={days[key]} change={(value) => setDays((before) => ({ ...before, [key]: typeof value === 'string' ? value : '' }))} tell={() => undefined} currency="" />}
    </Field>
  );
  return (
    <FormDialog
      title={t('budgets.ledger.export')}
      text={t('budgets.ledger.export_text')}
      yes={t('budgets.ledger.export_do')}
      no={t(phase.state === 'idle' ? 'common.cancel' : 'common.close')}
      done={phase.state === 'done'}
      ready={!running}
      run={() => void begin().catch(wrong)}
      close={onClose}
    >
        <div className="stack">
        <Field label={t('budgets.ledger.export_as')}>
          <RadioGroup value={format} onChange={(_event, data) => setFormat(journalTargets.find((one) => one === data.value) ?? format)}>
            {journalTargets.map((one) => (
              <Radio key={one} value={one} label={t(`budgets.ledger.targets.${one}`)} />
            ))}
          </RadioGroup>
        </Field>
        <div className="row">
          {day('from')}
          {day('to')}
        </div>
        <Working of={run} label={t('budgets.ledger.exporting', { name: target?.name ?? '' })} />
        {phase.state === 'cancelled' && <p role="status">{t('budgets.ledger.export_cancelled')}</p>}
        {phase.state === 'done' && target && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{told(phase.value)}</MessageBarBody>
            <MessageBarActions>
              <Button icon={<FolderOpen16Regular />} onClick={() => void office['desk.show_file']({ token: target.token }).catch(wrong)}>
                {t('budgets.ledger.show')}
              </Button>
            </MessageBarActions>
          </MessageBar>
        )}
      </div>
    </FormDialog>
  );
}
