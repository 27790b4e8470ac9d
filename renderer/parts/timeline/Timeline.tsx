import { Button } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Change } from '#contract/company/audit.ts';
import { day as dayField } from '#contract/kit/field.ts';
import { today } from '#contract/kit/day.ts';
import { w } from '#contract/kit/words.ts';
import { useAsk } from '../../query.ts';
import { useT, words } from '../../t.ts';
import { DayEditor } from '../fields/DayEditor.tsx';
import { day as shownDay, exact, relative } from '../format.ts';
import { Shown } from '../form/Shown.tsx';
import { Loading } from '../Loading.tsx';
import { fieldWords, valueWords } from '../changeWords.ts';
import { Answer, Problem } from '../Problem.tsx';
import { useCompanyCurrency } from '../record/rights.ts';
import { excerpt } from './excerpt.ts';
import { usePaneStyles } from './styles.ts';
import { Values } from './Values.tsx';

interface Of {
  readonly entity: string;
  readonly id: number;
}

const pastDay = dayField(w('Day', 'Tag'));
const step = 50;

/** What happened to a record, and what it said on any day before. */
export function Timeline({ entity, id }: Of) {
  const styles = usePaneStyles();
  const t = useT();
  const input = useId();
  const [asOf, setAsOf] = useState('');
  const [limit, setLimit] = useState(step);
  const changes = useAsk<readonly Change[]>('record.timeline', { entity, id, limit }, { keep: true });
  const past = asOf !== '' && asOf < today();
  return (
    <>
      <div className={styles.row}>
        <label htmlFor={input} className={styles.quiet}>{t('parts.timeline.asOf')}</label>
        <span className={styles.grow}>
          <DayEditor field={pastDay} id={input} value={asOf} currency="" change={(value) => setAsOf(typeof value === 'string' ? value : '')} tell={() => undefined} />
        </span>
        {asOf !== '' && <Button size="small" onClick={() => setAsOf('')}>{t('parts.timeline.now')}</Button>}
      </div>
      {past ? (
        <AsOf entity={entity} id={id} day={asOf} />
      ) : (
        <Answer of={changes}>
          {(all) => (
            <>
              {all.length === 0 && <p className={styles.quiet}>{t('parts.timeline.none')}</p>}
              {all.map((change) => (
                <Happened key={change.seq} change={change} />
              ))}
              {all.length === limit && <Button size="small" onClick={() => setLimit(limit + step)}>{t('parts.timeline.more')}</Button>}
            </>
          )}
        </Answer>
      )}
    </>
  );
}

const deeds = ['created', 'changed', 'archived', 'restored', 'imported', 'filed', 'linked', 'unlinked', 'noted', 'merged', 'granted', 'password', 'tested', 'reviewed', 'posted', 'closed', 'reopened', 'import_undone'] as const;

function Happened({ change }: { readonly change: Change }) {
  const styles = usePaneStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const definition = entities[change.entity];
  const deed = deeds.find((one) => one === change.action);
  return (
    <article className={styles.item}>
      <div className={styles.head}>
        <b>{change.by || t('parts.timeline.system')}</b>
        <span>{deed ? t(`parts.timeline.did.${deed}`) : change.action}</span>
        <time className={styles.when} dateTime={new Date(change.at).toISOString()} title={exact(change.at)}>{relative(change.at)}</time>
      </div>
      {change.changes.map(({ field: key, before, after }) => {
        const field = definition?.fields[key];
        if (!field && Array.isArray(after)) return <div key={key} className={styles.change}>{fieldWords(change.entity, key)}: {valueWords(change.entity, key, after)}</div>;
        if (!field) return <Fact key={key} value={after ?? before} gone={after === null} />;
        const [old, fresh] = excerpt(before, after);
        return (
          <div key={key} className={styles.change}>
            {words(field.label)}:{' '}
            {deed !== 'created' && (
              <>
                <span className={styles.before}>
                  <Shown field={field} value={old} row={{}} currency={currency} />
                </span>{' '}
                →{' '}
              </>
            )}
            <Shown field={field} value={fresh} row={{}} currency={currency} />
          </div>
        );
      })}
    </article>
  );
}

/** What belongs to no field: the text of a note, the other end of a link, the name of a file. */
function Fact({ value, gone }: { readonly value: unknown; readonly gone: boolean }) {
  const styles = usePaneStyles();
  const text = typeof value === 'string' ? value : typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string' ? value.title : '';
  if (text === '' || /^[0-9a-f]{64}$/.test(text)) return null;
  return <div className={gone ? `${styles.change} ${styles.before}` : styles.change}>{text}</div>;
}

function AsOf({ entity, id, day }: Of & { readonly day: string }) {
  const styles = usePaneStyles();
  const t = useT();
  const query = useAsk<Readonly<Record<string, unknown>> | null>('record.as_of', { entity, id, day }, {});
  const definition = entities[entity];
  if (query.error) return <Problem failure={query.error.failure} />;
  if (query.data === undefined || !definition) return <Loading />;
  if (query.data === null) return <p className={styles.quiet}>{t('parts.timeline.asOfNone', { day: shownDay(day) })}</p>;
  return (
    <>
      <h3 className="h3">{t('parts.timeline.asOfTitle', { day: shownDay(day) })}</h3>
      <Values entity={definition} row={query.data} />
    </>
  );
}
