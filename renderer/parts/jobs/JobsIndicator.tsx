import { Button, makeStyles, mergeClasses, Popover, PopoverSurface, PopoverTrigger, Spinner, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, ErrorCircle16Regular } from '@fluentui/react-icons';
import type { JobState } from '#contract/company/desk.ts';
import { useJobs } from '../../query.ts';
import { useT } from '../../t.ts';
import { percent } from '../format.ts';
import { JobProgress } from './JobProgress.tsx';
import { paceOf } from './rate.ts';

const useStyles = makeStyles({
  button: { minWidth: 0, maxWidth: '320px', fontWeight: tokens.fontWeightRegular, fontVariantNumeric: 'tabular-nums' },
  inStatus: { height: '22px', padding: '0 6px', fontSize: tokens.fontSizeBase200 },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  list: { listStyleType: 'none', margin: 0, padding: 0, width: '380px', display: 'grid', rowGap: '12px' },
  scroll: { maxHeight: '60vh', overflowY: 'auto' },
  title: { margin: '0 0 8px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

/** Running jobs first, then those that ended; each newest first. */
export const sortedJobs = (jobs: readonly JobState[]): readonly JobState[] =>
  jobs.toSorted((a, b) => Number(a.state !== 'running') - Number(b.state !== 'running') || b.started_at - a.started_at);

/** Looking for a file's columns or the like takes a moment and tells nothing; only what can be waited for is listed. */
const worthListing = (job: JobState): boolean => job.state === 'running' || job.call !== 'import.look';

/** Button for the title or status row: what runs and how far it is; opens the list of jobs. Absent while there is nothing to say. */
export function JobsIndicator({ where = 'status' }: { readonly where?: 'status' | 'title' }) {
  const styles = useStyles();
  const t = useT();
  const jobs = sortedJobs((useJobs().data ?? []).filter(worthListing));
  const running = jobs.filter((job) => job.state === 'running');
  const [first] = running;
  if (jobs.length === 0) return null;
  return (
    <Popover trapFocus withArrow positioning={where === 'status' ? 'above-end' : 'below-end'}>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="subtle" size="small" icon={<StateIcon last={first ?? jobs[0]} />} className={mergeClasses(styles.button, where === 'status' && styles.inStatus)}>
          <span className={styles.text}>{first ? summary(running, first) : t('transfer.jobs.title')}</span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface aria-label={t('transfer.jobs.title')}>
        <h2 className={styles.title}>{t('transfer.jobs.title')}</h2>
        {/* Many ended jobs scroll and hold nothing that takes the focus: the keyboard scrolls the box itself. */}
        <div className={styles.scroll} role="region" aria-label={t('transfer.jobs.title')} tabIndex={0}>
          <ul className={styles.list}>
            {jobs.map((job) => (
              <li key={job.id}>
                <JobProgress job={job} />
              </li>
            ))}
          </ul>
        </div>
      </PopoverSurface>
    </Popover>
  );
}

function summary(running: readonly JobState[], first: JobState): string {
  const { part } = paceOf(first, Date.now());
  const more = running.length > 1 ? ` +${running.length - 1}` : '';
  return `${first.label}${part === null ? '' : ` ${percent(part)}`}${more}`;
}

function StateIcon({ last }: { readonly last: JobState | undefined }) {
  const styles = useStyles();
  if (last?.state === 'running') return <Spinner size="extra-tiny" aria-hidden />;
  return last?.state === 'failed' ? <ErrorCircle16Regular className={styles.wrong} aria-hidden /> : <CheckmarkCircle16Regular aria-hidden />;
}
