import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';
import { entry } from '#contract/budgets/entry.ts';
import type { Journal } from '#contract/budgets/entry.ts';
import { journalNames } from '#contract/budgets/entry.ts';
import type { Field } from '#contract/kit/field.ts';
import { Editor } from '../../parts/fields/Editor.tsx';
import { day as shownDay } from '../../parts/format.ts';
import { useRights } from '../../parts/record/rights.ts';
import { useT, words } from '../../t.ts';
import type { Kept } from './kept.ts';
import type { Head } from './model.ts';
import type { EntryWork } from './useEntry.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'minmax(128px, 150px) minmax(120px, 140px) minmax(90px, 180px) minmax(120px, 1fr)', columnGap: '12px', rowGap: '6px', padding: '0 16px 10px', flexShrink: 0 },
  field: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: '1px' },
  label: { fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground2 },
  posted: { gridTemplateColumns: 'auto auto auto minmax(0, 1fr)', columnGap: '24px' },
  fixed: { padding: '4px 0', lineHeight: tokens.lineHeightBase300, overflowWrap: 'anywhere', userSelect: 'text' },
  period: { gridColumn: '1 / -1', fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground3, minHeight: '16px' },
  warn: { color: tokens.colorStatusWarningForeground3 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

/** The journals that a person writes in: only closing a year writes in that of closings. */
const written: Field = { ...entry.fields.journal, options: entry.fields.journal.options!.filter(({ value }) => value !== 'closing') };
const isJournal = (value: unknown): value is Journal => journalNames.some((one) => one === value);

/** Date, journal, reference and narration of an entry, and what is to be said about its date. */
export function EntryForm({ work, kept, readOnly }: { readonly work: EntryWork; readonly kept: Kept; readonly readOnly: boolean }) {
  const styles = useStyles();
  useT();
  const base = useId();
  const { head } = kept;
  const trouble = work.trouble?.at === 'day' ? work.trouble.message : undefined;
  const place = (key: keyof Head, editor: ReactNode): ReactNode => (
    <div className={styles.field} {...(key === 'day' && !readOnly ? { 'data-first': true } : {})}>
      <label className={styles.label} htmlFor={`${base}-${key}`}>{words(entry.fields[key].label)}</label>
      {editor}
    </div>
  );
  if (readOnly) {
    const option = entry.fields.journal.options?.find((one) => one.value === head.journal);
    const texts = { day: shownDay(head.day), journal: option ? words(option.label) : head.journal, reference: head.reference, narration: head.narration };
    return (
      <div className={mergeClasses(styles.form, styles.posted)}>
        {(['day', 'journal', 'reference', 'narration'] as const).map((key) => (
          <div key={key} className={styles.field}>
            <span className={styles.label}>{words(entry.fields[key].label)}</span>
            <span className={styles.fixed}>{texts[key] || '–'}</span>
          </div>
        ))}
      </div>
    );
  }
  const common = (key: keyof Head) => ({ id: `${base}-${key}`, currency: '', tell: (problem: string | null) => work.tell(key, problem) });
  return (
    <div
      className={styles.form}
      data-form
      role="presentation"
      onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
    >
      {place('day', <Editor {...common('day')} field={entry.fields.day} value={head.day} change={(value) => work.set({ day: typeof value === 'string' ? value : '' })} autoFocus invalid={trouble !== undefined} describedBy={`${base}-said`} />)}
      {place('journal', <Editor {...common('journal')} field={head.journal === 'closing' ? entry.fields.journal : written} value={head.journal} change={(value) => isJournal(value) && work.set({ journal: value })} />)}
      {place('reference', <Editor {...common('reference')} field={entry.fields.reference} value={head.reference} change={(value) => work.set({ reference: typeof value === 'string' ? value : '' })} />)}
      {place('narration', <Editor {...common('narration')} field={entry.fields.narration} value={head.narration} change={(value) => work.set({ narration: typeof value === 'string' ? value : '' })} />)}
      <div id={`${base}-said`} className={styles.period} aria-live="polite">
        {trouble === undefined ? <PeriodWords work={work} /> : <span className={styles.wrong}>{trouble}</span>}
      </div>
    </div>
  );
}

/** Which period the date falls into, and whether it takes entries. */
function PeriodWords({ work }: { readonly work: EntryWork }) {
  const styles = useStyles();
  const t = useT();
  const { may } = useRights();
  const { checked, kept } = work;
  if (!checked || !kept || kept.head.day === '') return null;
  const { period } = checked;
  if (!period) return <span className={styles.wrong}>{t('budgets.entry.period.none')}</span>;
  const key = period.state === 'soft' && !may('period', 'approve') ? 'softDenied' : period.state;
  return <span className={mergeClasses(period.state === 'soft' && styles.warn, (period.state === 'hard' || key === 'softDenied') && styles.wrong)}>{t(`budgets.entry.period.${key}`, { name: period.name })}</span>;
}
