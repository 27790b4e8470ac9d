import { Button } from '@fluentui/react-components';
import { CheckmarkCircle24Filled, Copy16Regular, ErrorCircle24Filled, ShieldCheckmark16Regular } from '@fluentui/react-icons';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { OutputOf } from '#contract/kit/call.ts';
import type { bookCalls } from '#contract/budgets/books.ts';
import { exact, number, relative } from '../../parts/format.ts';
import { useJob } from '../../parts/jobs/useJob.ts';
import { copy } from '../../parts/Problem.tsx';
import { Screen } from '../../parts/Screen.tsx';
import { client } from '../../query.ts';
import { useCan } from '../../state/session.ts';
import { go } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { Working } from '../../transfer/Working.tsx';

interface Checked {
  readonly at: number;
  readonly found: OutputOf<(typeof bookCalls)['ledger.verify']>;
}

/** The last result stays while the window is open; the cache forgets it with the company. */
const kept = ['ledger checked'] as const;

/** Reads every line of the books and says in words what is wrong. */
export function LedgerCheck() {
  const t = useT();
  const can = useCan();
  const job = useJob('ledger.verify');
  const { data: last } = useQuery<Checked>({ queryKey: kept, queryFn: skipToken, gcTime: Infinity });
  const running = job.phase.state === 'running';
  const check = async (): Promise<void> => {
    const found = await job.start({});
    if (found) client.setQueryData<Checked>(kept, { at: Date.now(), found });
  };
  return (
    <Screen
      title={t('budgets.ledger.check')}
      text={t('budgets.ledger.check_text')}
      actions={
        <>
          {can('company', 'read') && <Button onClick={() => void go({ module: 'settings', area: 'verify' })}>{t('budgets.ledger.check_all')}</Button>}
          <Button appearance="primary" icon={<ShieldCheckmark16Regular />} disabledFocusable={running} onClick={() => !running && void check()}>
            {t(last ? 'budgets.ledger.check_again' : 'budgets.ledger.check_run')}
          </Button>
        </>
      }
    >
      <Working of={job} label={t('budgets.ledger.check')} retry={() => void check()} />
      {last ? <Result checked={last} /> : !running && <p className="quiet">{t('budgets.ledger.check_none')}</p>}
    </Screen>
  );
}

function Result({ checked: { at, found } }: { readonly checked: Checked }) {
  const t = useT();
  const title = t(found.good ? 'budgets.ledger.check_good' : 'budgets.ledger.check_bad');
  return (
    <>
      <div className={`verdict ${found.good ? 'done' : 'wrong'}`} role="status">
        {found.good ? <CheckmarkCircle24Filled aria-hidden /> : <ErrorCircle24Filled aria-hidden />}
        <div className="verdict-text">
          <p className="h3">{title}</p>
          {!found.good && <p>{t('budgets.ledger.check_bad_text')}</p>}
          <p className="quiet small" title={exact(at)}>
            {t('budgets.ledger.check_looked', { count: found.entries, n: number(found.entries) })} {t('budgets.ledger.check_at', { when: relative(at) })}
          </p>
        </div>
      </div>
      {found.problems.length > 0 && (
        <>
          <ul className="problems selectable">
            {found.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
          <div>
            <Button icon={<Copy16Regular />} onClick={() => void copy([`${title} (${exact(at)})`, ...found.problems].join('\n'))}>
              {t('budgets.ledger.copy')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
