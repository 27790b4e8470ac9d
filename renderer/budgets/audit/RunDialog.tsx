import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { auditTests, type TestKey, testKeys } from '#contract/budgets/auditTest.ts';
import type { TestState } from '#contract/budgets/engagement.ts';
import type { Fields } from '#contract/kit/entity.ts';
import { Editor } from '../../parts/fields/Editor.tsx';
import { day, number } from '../../parts/format.ts';
import { useJob } from '../../parts/jobs/useJob.ts';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t as say, useT, words } from '../../t.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Working } from '../../transfer/Working.tsx';
import type { AuditFacts } from './kinds.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '820px' },
  all: { marginTop: '8px' },
  list: { maxHeight: '52vh', overflowY: 'auto', marginTop: '8px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  test: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', columnGap: '16px', alignItems: 'start', padding: '6px 4px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  why: { margin: '0 0 0 32px', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  params: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '6px' },
  param: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  wide: { gridColumn: '1 / -1' },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

type Params = Readonly<Record<TestKey, Readonly<Record<string, unknown>>>>;

/** Parameters to begin with: those of the last run, else the usual ones; large amounts begin at the materiality of the audit. */
function firstParams(audit: AuditFacts, states: readonly TestState[]): Params {
  const of = (key: TestKey): Readonly<Record<string, unknown>> => {
    const last = states.find((one) => one.test === key)?.params;
    if (last) return Object.fromEntries(Object.keys(auditTests[key].usual).map((name) => [name, last[name]]));
    return { ...auditTests[key].usual, ...(key === 'large' && audit.materiality !== null && audit.materiality > 0 ? { least: audit.materiality } : {}) };
  };
  return Object.fromEntries(testKeys.map((key) => [key, of(key)])) as unknown as Params;
}

/** Which tests are run, with which parameters. */
export function RunDialog({ audit, states, close }: { readonly audit: AuditFacts; readonly states: readonly TestState[]; readonly close: () => void }) {
  const styles = useStyles();
  const t = useT();
  const ran = states.filter((one) => one.at !== null).map((one) => one.test);
  const [chosen, setChosen] = useState<ReadonlySet<TestKey>>(() => new Set(ran.length > 0 ? ran : testKeys));
  const [params, setParams] = useState<Params>(() => firstParams(audit, states));
  const [manual, setManual] = useState(() => states.some((one) => one.params?.['manual'] === true));
  const [unreadable, setUnreadable] = useState<ReadonlySet<string>>(new Set());
  const told = (value: readonly TestState[]): string => {
    const mine = value.filter((one) => chosen.has(one.test));
    const hits = mine.reduce((sum, one) => sum + one.hits, 0);
    return say('budgets.audit.run.done', { count: hits, n: number(hits), fresh: number(mine.reduce((sum, one) => sum + one.fresh, 0)) });
  };
  const job = useJob('engagement.run', (ending) => {
    if (ending.state === 'done') tell(told(ending.value));
    else tellWrong(ending.state === 'failed' ? ending.failure.message : say('budgets.audit.run.cancelled'));
  });
  const running = job.phase.state === 'running';
  const ready = chosen.size > 0 && unreadable.size === 0 && !running;
  const begin = async (): Promise<void> => {
    if (!ready) return;
    const done = await job.start({ id: audit.id, tests: testKeys.filter((key) => chosen.has(key)).map((key) => ({ test: key, ...params[key] })), ...(manual ? { manual } : {}) });
    if (!done) return;
    tell(told(done));
    close();
  };
  const pick = (keys: readonly TestKey[], on: boolean): void => setChosen((now) => new Set(testKeys.filter((key) => (keys.includes(key) ? on : now.has(key)))));
  return (
    <FormDialog
      title={t('budgets.audit.run.title')}
      text={t('budgets.audit.run.text', { from: day(audit.from), to: day(audit.until) })}
      yes={t('budgets.audit.run.do')}
      no={t(running ? 'common.close' : 'common.cancel')}
      wide={styles.surface}
      ready={ready}
      run={() => void begin()}
      close={close}
    >
      <Checkbox className={styles.all} label={t('budgets.audit.run.all')} checked={chosen.size === testKeys.length ? true : chosen.size === 0 ? false : 'mixed'} onChange={(_event, data) => pick(testKeys, data.checked === true)} />
      {/* The list scrolls; what is in it takes the focus. */}
      <div className={styles.list} role="group" aria-label={t('budgets.audit.tests.title')}>
        {testKeys.map((key) => (
          <One
            key={key}
            test={key}
            on={chosen.has(key)}
            params={params[key]}
            pick={(on) => pick([key], on)}
            change={(name, value) => setParams((now) => ({ ...now, [key]: { ...now[key], [name]: value } }))}
            tell={(name, problem) => setUnreadable((now) => new Set([...now].filter((one) => one !== `${key} ${name}`).concat(problem === null ? [] : [`${key} ${name}`])))}
          />
        ))}
      </div>
      <Checkbox label={t('budgets.audit.run.manual')} checked={manual} onChange={(_event, data) => setManual(data.checked === true)} />
      <Working of={job} label={t('budgets.audit.run.working')} />
      {job.phase.state === 'cancelled' && <p role="status">{t('budgets.audit.run.cancelled')}</p>}
    </FormDialog>
  );
}

interface OneProps {
  readonly test: TestKey;
  readonly on: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly pick: (on: boolean) => void;
  readonly change: (name: string, value: unknown) => void;
  readonly tell: (name: string, problem: string | null) => void;
}

function One({ test, on, params, pick, change, tell: problem }: OneProps) {
  const styles = useStyles();
  const currency = useCompanyCurrency();
  useT();
  const fields: Fields = auditTests[test].fields;
  return (
    <div className={styles.test}>
      <div>
        <Checkbox label={words(auditTests[test].label)} checked={on} onChange={(_event, data) => pick(data.checked === true)} />
        <p className={styles.why}>{words(auditTests[test].why)}</p>
      </div>
      <div className={styles.params}>
        {on &&
          Object.entries(fields).map(([name, field]) => (
            <div key={name} className={`${styles.param} ${field.kind === 'tags' || field.kind === 'choices' ? styles.wide : ''}`}>
              {field.kind !== 'flag' && (
                <span className={styles.label} aria-hidden>
                  {words(field.label)}
                </span>
              )}
              <Editor field={field} value={params[name]} label={words(field.label)} currency={currency} change={(value) => change(name, value)} tell={(text) => problem(name, text)} />
            </div>
          ))}
      </div>
    </div>
  );
}
