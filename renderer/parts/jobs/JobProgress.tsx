import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, DismissCircle16Regular, ErrorCircle16Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { JobState } from '#contract/company/desk.ts';
import { type Translate, useT } from '../../t.ts';
import { number, percent } from '../format.ts';
import { paceOf, roughly } from './rate.ts';
import { cancelJob } from './useJob.ts';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', columnGap: '12px', rowGap: '4px', alignItems: 'center' },
  head: { display: 'flex', justifyContent: 'space-between', gap: '12px', minWidth: 0 },
  label: { fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  figures: { gridColumn: '1 / -1', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, fontVariantNumeric: 'tabular-nums', minHeight: '16px' },
  state: { display: 'inline-flex', alignItems: 'center', gap: '4px', flexShrink: 0, fontVariantNumeric: 'tabular-nums' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

/** The clock, while something runs: rate and time left go on counting when main is silent for a second. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

const timeLeft = (t: Translate, seconds: number): string => {
  const { unit, count } = roughly(seconds);
  return t(`transfer.jobs.left_${unit}`, { count, n: number(count) });
};

/** "43,000 of 300,024 · 21,500 a second · about 12 seconds left", as far as it is known. */
export function figuresOf(t: Translate, job: JobState, now: number): string {
  const pace = paceOf(job, now);
  return [
    job.total > 0 ? t('transfer.jobs.of', { done: number(job.done), total: number(job.total) }) : job.done > 0 ? number(job.done) : '',
    pace.rate !== null && pace.rate >= 1 ? t('transfer.jobs.rate', { n: number(Math.round(pace.rate)) }) : '',
    pace.left !== null && pace.left > 0 ? timeLeft(t, pace.left) : '',
    job.message,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** One job: what it does, how far it is, how fast and how long yet, and the way to stop it. */
export function JobProgress({ job, onCancel, label }: { readonly job: JobState; readonly onCancel?: () => void; readonly label?: string }) {
  const styles = useStyles();
  const t = useT();
  const running = job.state === 'running';
  const now = useNow(running);
  const { part } = paceOf(job, now);
  const [stopping, setStopping] = useState(false);
  const stop = (): void => {
    setStopping(true);
    if (onCancel) onCancel();
    else cancelJob(job.id).catch(() => setStopping(false));
  };
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <span className={styles.label}>{label ?? job.label}</span>
        <Ending job={job} part={part} />
      </div>
      {running && (
        <Button size="small" disabled={stopping} onClick={stop} style={{ gridRow: 'span 2' }}>
          {t(stopping ? 'transfer.jobs.stopping' : 'common.cancel')}
        </Button>
      )}
      {running && <ProgressBar thickness="large" aria-label={label ?? job.label} {...(part === null ? {} : { value: part })} />}
      <span className={styles.figures}>{running ? figuresOf(t, job, now) : job.message}</span>
    </div>
  );
}

function Ending({ job, part }: { readonly job: JobState; readonly part: number | null }) {
  const styles = useStyles();
  const t = useT();
  switch (job.state) {
    case 'running':
      return <span className={styles.state}>{part === null ? '' : percent(part)}</span>;
    case 'done':
      return (
        <span className={`${styles.state} ${styles.done}`}>
          <CheckmarkCircle16Regular aria-hidden />
          {t('transfer.jobs.done')}
        </span>
      );
    case 'cancelled':
      return (
        <span className={styles.state}>
          <DismissCircle16Regular aria-hidden />
          {t('transfer.jobs.cancelled')}
        </span>
      );
    case 'failed':
      return (
        <span className={`${styles.state} ${styles.wrong}`}>
          <ErrorCircle16Regular aria-hidden />
          {t('transfer.jobs.failed')}
        </span>
      );
  }
}
