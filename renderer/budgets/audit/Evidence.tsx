import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { CheckmarkCircle24Filled, ErrorCircle24Filled, FolderOpen16Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import type { PackChecked } from '#contract/budgets/engagement.ts';
import { today } from '#contract/kit/day.ts';
import { office } from '../../office.ts';
import { bytes, day, instant, number } from '../../parts/format.ts';
import { type Phase, useJob } from '../../parts/jobs/useJob.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { failureOf } from '../../parts/Problem.tsx';
import { refresh } from '../../query.ts';
import { tellWrong } from '../../state/ui.ts';
import { t as say, useT } from '../../t.ts';
import { Working } from '../../transfer/Working.tsx';
import type { AuditFacts } from './kinds.ts';

const wrong = (thrown: unknown): void => tellWrong(failureOf(thrown).message);

interface JobDialogProps {
  readonly state: Phase<unknown>['state'];
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly begin: () => Promise<void>;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A dialog that begins a job, shows how far it is, and then what came of it. */
function JobDialog({ state, title, text, yes, begin, close, children }: JobDialogProps) {
  const t = useT();
  return (
    <FormDialog title={title} text={text} yes={yes} no={t(state === 'idle' ? 'common.cancel' : 'common.close')} done={state === 'done'} ready={state !== 'running'} run={() => void begin().catch(wrong)} close={close}>
      <div className="stack">{children}</div>
    </FormDialog>
  );
}

/** Writes the evidence of an audit where the user says, and notes its digest. */
export function PackDialog({ audit, close }: { readonly audit: AuditFacts; readonly close: () => void }) {
  const t = useT();
  const [target, setTarget] = useState<{ readonly token: string; readonly name: string } | null>(null);
  const job = useJob('engagement.evidence', (ending) => {
    if (ending.state !== 'done') tellWrong(ending.state === 'failed' ? ending.failure.message : say('budgets.audit.pack.cancelled'));
  });
  const { phase } = job;
  const begin = async (): Promise<void> => {
    const chosen = await office['desk.pick_target']({ name: `${t('budgets.audit.pack.file', { number: audit.number })} ${today()}.zip`.replace(/[\\/:*?"<>|]+/g, ' ') });
    if (!chosen) return;
    setTarget(chosen);
    const done = await job.start({ id: audit.id, target: chosen.token });
    if (!done) return;
    await office['engagement.keep_pack']({ id: audit.id, file_name: chosen.name, bytes: done.bytes, digest: done.digest, head: done.head });
    refresh(['audit_pack']);
  };
  return (
    <JobDialog state={phase.state} title={t('budgets.audit.pack.title')} text={t('budgets.audit.pack.text', { from: day(audit.from), to: day(audit.until) })} yes={t('budgets.audit.pack.do')} begin={begin} close={close}>
      <Working of={job} label={t('budgets.audit.pack.working')} />
      {phase.state === 'cancelled' && <p role="status">{t('budgets.audit.pack.cancelled')}</p>}
      {phase.state === 'done' && target && (
        <>
          <MessageBar intent={phase.value.good ? 'success' : 'warning'} layout="multiline">
            <MessageBarBody>
              {t('budgets.audit.pack.done', { name: target.name, files: number(phase.value.files), size: bytes(phase.value.bytes) })} {phase.value.good ? '' : t('budgets.audit.pack.bad')}
            </MessageBarBody>
            <MessageBarActions>
              <Button icon={<FolderOpen16Regular />} onClick={() => void office['desk.show_file']({ token: target.token }).catch(wrong)}>
                {t('budgets.audit.pack.show')}
              </Button>
            </MessageBarActions>
          </MessageBar>
          <p className="quiet small selectable">{t('budgets.audit.pack.digest', { digest: phase.value.digest })}</p>
        </>
      )}
    </JobDialog>
  );
}

/** Checks a pack against its manifest and names what was altered. */
export function CheckDialog({ close }: { readonly close: () => void }) {
  const t = useT();
  const job = useJob('engagement.check_pack');
  const { phase } = job;
  const begin = async (): Promise<void> => {
    const chosen = await office['desk.pick_file']({ kinds: [] });
    if (chosen) await job.start({ source: chosen.token });
  };
  return (
    <JobDialog state={phase.state} title={t('budgets.audit.pack.checkTitle')} text={t('budgets.audit.pack.checkText')} yes={t('budgets.audit.pack.choose')} begin={begin} close={close}>
      <Working of={job} label={t('budgets.audit.pack.checking')} />
      {phase.state === 'done' && <Verdict checked={phase.value} />}
    </JobDialog>
  );
}

function Verdict({ checked }: { readonly checked: PackChecked }) {
  const t = useT();
  return (
    <>
      <div className={`verdict ${checked.good ? 'done' : 'wrong'}`} role="status">
        {checked.good ? <CheckmarkCircle24Filled aria-hidden /> : <ErrorCircle24Filled aria-hidden />}
        <div className="verdict-text">
          <p className="h3">{t(checked.good ? 'budgets.audit.pack.good' : 'budgets.audit.pack.wrong', { files: number(checked.files) })}</p>
          {checked.company !== '' && <p className="quiet small">{t('budgets.audit.pack.of', { company: checked.company, engagement: checked.engagement, when: checked.made_at === null ? '' : instant(checked.made_at) })}</p>}
          <p className="quiet small">{t(checked.known ? 'budgets.audit.pack.known' : 'budgets.audit.pack.unknown')}</p>
        </div>
      </div>
      {checked.problems.length > 0 && (
        <ul className="problems selectable">
          {checked.problems.slice(0, 100).map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </>
  );
}
