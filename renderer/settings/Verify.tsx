import { Button } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, CheckmarkCircle24Filled, Copy16Regular, ErrorCircle16Filled, ErrorCircle24Filled, ShieldCheckmark16Regular } from '@fluentui/react-icons';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { Verification } from '#contract/company/company.ts';
import { exact, number, relative } from '../parts/format.ts';
import { JobProgress } from '../parts/jobs/JobProgress.tsx';
import { useJob } from '../parts/jobs/useJob.ts';
import { copy, Problem } from '../parts/Problem.tsx';
import { Screen } from '../parts/Screen.tsx';
import { client } from '../query.ts';
import { type Translate, useT } from '../t.ts';

interface Verified {
  readonly at: number;
  readonly found: Verification;
}

/** The last result stays while the window is open; the cache forgets it with the company. */
const kept = ['verified'] as const;

/** Runs the checks and says each result in words. */
export function Verify() {
  const t = useT();
  const job = useJob('company.verify');
  const { data: last } = useQuery<Verified>({ queryKey: kept, queryFn: skipToken, gcTime: Infinity });
  const running = job.phase.state === 'running';
  const verify = async (): Promise<void> => {
    const found = await job.start({});
    if (found) client.setQueryData<Verified>(kept, { at: Date.now(), found });
  };
  return (
    <Screen
      title={t('settings.verify.title')}
      text={t('settings.verify.text')}
      actions={
        <>
          {last && (
            <Button icon={<Copy16Regular />} onClick={() => void copy(asText(t, last))}>
              {t('settings.verify.export')}
            </Button>
          )}
          <Button appearance="primary" icon={<ShieldCheckmark16Regular />} disabled={running} onClick={() => void verify()}>
            {t(last ? 'settings.verify.again' : 'settings.verify.run')}
          </Button>
        </>
      }
    >
      {running && job.job && <JobProgress job={job.job} onCancel={job.cancel} />}
      {job.phase.state === 'failed' && <Problem failure={job.phase.failure} retry={() => void verify()} />}
      {last ? <Result verified={last} /> : !running && <p className="quiet">{t('settings.verify.none')}</p>}
    </Screen>
  );
}

function Result({ verified }: { readonly verified: Verified }) {
  const t = useT();
  const { good, checks, head } = verified.found;
  return (
    <>
      <div className={`verdict ${good ? 'done' : 'wrong'}`} role="status">
        {good ? <CheckmarkCircle24Filled aria-hidden /> : <ErrorCircle24Filled aria-hidden />}
        <div className="verdict-text">
          <p className="h3">{t(good ? 'settings.verify.good' : 'settings.verify.bad')}</p>
          {!good && <p>{t('settings.verify.bad_text')}</p>}
          <p className="quiet small" title={exact(verified.at)}>
            {t('settings.verify.at', { when: relative(verified.at) })}
          </p>
        </div>
      </div>
      <table className="table" style={{ maxWidth: 880 }}>
        <thead>
          <tr>
            <th scope="col">{t('settings.verify.check')}</th>
            <th scope="col" className="figure">
              {t('settings.verify.looked')}
            </th>
            <th scope="col">{t('settings.verify.result')}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.name}>
              <th scope="row">{t(`settings.verify.name.${check.name}`)}</th>
              <td className="figure">{number(check.looked_at)}</td>
              <td className="wraps">
                <span className={`row-tight ${check.good ? 'done' : 'wrong'}`}>
                  {check.good ? <CheckmarkCircle16Filled aria-hidden /> : <ErrorCircle16Filled aria-hidden />}
                  {check.good ? t('settings.verify.ok') : t('settings.verify.wrong', { count: check.problems.length })}
                </span>
                {check.problems.length > 0 && (
                  <ul className="problems selectable small">
                    {check.problems.map((problem) => (
                      <li key={problem}>{problem}</li>
                    ))}
                  </ul>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet selectable breaks">{t('settings.verify.head', { seq: number(head.seq), hash: head.hash.slice(0, 16) })}</p>
    </>
  );
}

/** The whole result for a mail or the file of the auditor. */
function asText(t: Translate, { at, found }: Verified): string {
  const lines = found.checks.flatMap((check) => [
    `${check.good ? '+' : '-'} ${t(`settings.verify.name.${check.name}`)}: ${check.good ? t('settings.verify.ok') : t('settings.verify.wrong', { count: check.problems.length })} (${number(check.looked_at)})`,
    ...check.problems.map((problem) => `    ${problem}`),
  ]);
  return [`Bureau: ${t('settings.verify.title')}, ${exact(at)}`, t(found.good ? 'settings.verify.good' : 'settings.verify.bad'), ...lines, t('settings.verify.head', { seq: found.head.seq, hash: found.head.hash })].join('\n');
}
