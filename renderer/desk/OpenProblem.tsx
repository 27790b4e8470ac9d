import { Button } from '@fluentui/react-components';
import { Copy16Regular, ErrorCircle24Regular } from '@fluentui/react-icons';
import type { OpenProblem } from '#contract/company/desk.ts';
import { confirm } from '../parts/Dialogs.tsx';
import { instant } from '../parts/format.ts';
import { copy, failureOf } from '../parts/Problem.tsx';
import { useDo } from '../query.ts';
import { useT } from '../t.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

/** A company could not be opened: what it is, in words of its own for each kind, and what helps. */
export function OpenProblemScreen({ problem }: { readonly problem: OpenProblem }) {
  const t = useT();
  const open = useDo('desk.open');
  const rescue = useDo('desk.rescue');
  const close = useDo('desk.close');
  const forget = useDo('desk.forget');
  const { kind, folder, failure, backup, owner } = problem;
  const busy = open.isPending || rescue.isPending || close.isPending;
  const mayRescue = (kind === 'damaged' || kind === 'migration' || kind === 'other') && backup !== null;
  const details = [t(`desk.problem.${kind}.title`), failure.message, folder, failure.id ?? ''].filter(Boolean).join('\n');
  const when = backup === null ? '' : madeAt(backup);
  const later = rescue.error ? failureOf(rescue.error) : null;

  const restore = async (): Promise<void> => {
    if (backup === null) return;
    const sure = await confirm({ title: t('desk.problem.rescue_title', { when }), text: t('desk.problem.rescue_text'), yes: t('desk.problem.rescue_yes') });
    if (sure) rescue.mutate({ folder, backup });
  };

  return (
    <main className="door" aria-busy={busy}>
      <div className="chooser" role="alert">
        <div className="problem-head">
          <ErrorCircle24Regular className="wrong" aria-hidden />
          <h1 className="h1">{t(`desk.problem.${kind}.title`)}</h1>
        </div>
        <p>{t(`desk.problem.${kind}.text`)}</p>
        {owner && <p className="strong">{t('desk.problem.owner', { owner })}</p>}
        {kind === 'damaged' && backup === null && <p>{t('desk.problem.rescue_none')}</p>}
        <dl className="facts">
          <dt>{t('desk.problem.folder')}</dt>
          <dd className="selectable breaks">{folder}</dd>
          <dt>{t('desk.problem.details')}</dt>
          <dd className="selectable breaks">{failure.message}</dd>
        </dl>
        {later && <p className="wrong">{later.message}</p>}
        <div className="row">
          {mayRescue && (
            <Button appearance="primary" disabled={busy} onClick={() => void restore()}>
              {t('desk.problem.rescue', { when })}
            </Button>
          )}
          <Button appearance={mayRescue ? 'secondary' : 'primary'} disabled={busy} onClick={() => open.mutate({ folder })}>
            {t('desk.problem.again')}
          </Button>
          <Button disabled={busy} onClick={() => close.mutate({})}>
            {t('desk.problem.elsewhere')}
          </Button>
          {(kind === 'missing' || kind === 'not_bureau') && (
            <Button disabled={busy} onClick={() => forget.mutate({ folder })}>
              {t('desk.problem.forget')}
            </Button>
          )}
          <Button appearance="subtle" icon={<Copy16Regular />} onClick={() => void copy(details)}>
            {t('desk.problem.copy')}
          </Button>
        </div>
        <footer className="chooser-foot">
          <LanguageSwitch />
        </footer>
      </div>
    </main>
  );
}

/** When a backup was made, from its name: 2026-11-22T09-10-37Z-close.db. A name of another form stands for itself. */
function madeAt(file: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(file);
  return parts ? instant(Date.parse(`${parts[1]}T${parts[2]}:${parts[3]}:${parts[4]}Z`)) : file;
}
