import { Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { type Draw, type SamplingMethod, samplingMethods } from '#contract/budgets/engagement.ts';
import { money, ref, whole } from '#contract/kit/field.ts';
import type { Field as FieldOf } from '#contract/kit/field.ts';
import { readMinor } from '#contract/kit/money.ts';
import { w } from '#contract/kit/words.ts';
import { Editor } from '../../parts/fields/Editor.tsx';
import { day, number } from '../../parts/format.ts';
import { useJob } from '../../parts/jobs/useJob.ts';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { go, placeOf, tell, tellWrong } from '../../state/ui.ts';
import { t as say, language, useT, words } from '../../t.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Working } from '../../transfer/Working.tsx';
import type { AuditFacts } from './kinds.ts';

const useStyles = makeStyles({ fields: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', alignItems: 'start', gap: '10px 16px', margin: '8px 3px 3px' }, wide: { gridColumn: '1 / -1' } });

const figure = money(w('Amount', 'Betrag'), 'none', { width: 120, range: [1, 9_000_000_000_000_000] });
const fields = {
  seed: whole(w('Seed', 'Startwert'), { range: [0, 4_294_967_295] }),
  size: whole(w('Lines', 'Zeilen'), { range: [1, 10_000] }),
  confidence: whole(w('Confidence', 'Sicherheit'), { range: [50, 99] }),
  tolerable: figure,
  interval: figure,
  least: figure,
  account: ref(w('Account', 'Konto'), 'account'),
} as const satisfies Readonly<Record<string, FieldOf>>;
type Name = keyof typeof fields;
type Values = Readonly<Record<Name, number | null>>;
const sides = ['debit', 'credit', 'both'] as const;

/** Rising amounts parted by semicolons, in minor units; null when they are none. */
function boundsOf(text: string, currency: string): number[] | null {
  const found = text.split(';').map((part) => readMinor(part, currency, language() === 'de' ? ',' : '.'));
  return found.every((one, at): one is number => one !== null && one > (found[at - 1] ?? 0)) ? found : null;
}

/** How a sample is drawn: method, seed, size and from which lines. */
export function DrawDialog({ audit, close }: { readonly audit: AuditFacts; readonly close: () => void }) {
  const styles = useStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const known = useCall('audit_sample.map', { filters: [{ field: 'engagement_id', is: 'equals', value: audit.id }], archived: 'both' });
  const [name, setName] = useState<string | null>(null);
  const [method, setMethod] = useState<SamplingMethod>('random');
  const [side, setSide] = useState<(typeof sides)[number]>('debit');
  const [values, setValues] = useState<Values>({ seed: null, size: 25, confidence: 95, tolerable: audit.tolerable, interval: null, least: null, account: null });
  const [bounds, setBounds] = useState('');
  const [unreadable, setUnreadable] = useState<Readonly<Partial<Record<Name, string>>>>({});
  const job = useJob('engagement.draw', (ending) => {
    if (ending.state === 'done') tell(say('budgets.audit.sample.done', { n: number(ending.value.drawn), seed: String(ending.value.seed) }));
    else tellWrong(ending.state === 'failed' ? ending.failure.message : say('budgets.audit.sample.cancelled'));
  });
  const running = job.phase.state === 'running';
  const called = name ?? t('budgets.audit.sample.usual', { n: (known.data?.count ?? 0) + 1 });
  const strata = boundsOf(bounds, currency);
  const wrongBounds = method === 'stratified' && bounds !== '' && strata === null;
  const ready = called.trim() !== '' && Object.values(unreadable).length === 0 && !wrongBounds && !running;
  const given = <K extends Name>(key: K, as: keyof Draw): Partial<Draw> => (values[key] === null ? {} : { [as]: values[key] });
  const draw = async (): Promise<void> => {
    if (!ready) return;
    const monetary = method === 'monetary';
    const done = await job.start({
      id: audit.id,
      name: called.trim(),
      method,
      side,
      ...given('seed', 'seed'),
      ...given('least', 'least'),
      ...(monetary ? { ...given('interval', 'interval'), ...given('tolerable', 'tolerable'), ...given('confidence', 'confidence') } : given('size', 'size')),
      ...(method === 'stratified' && strata ? { bounds: strata } : {}),
      ...(values.account === null ? {} : { accounts: [values.account] }),
    });
    if (!done) return;
    tell(t('budgets.audit.sample.done', { n: number(done.drawn), seed: String(done.seed) }));
    close();
    void go(placeOf('audit_sample', done.id));
  };
  const editor = (key: Name, label: string, hint?: string) => (
    <Field label={label} {...(hint === undefined ? {} : { hint })} {...(unreadable[key] === undefined ? {} : { validationMessage: unreadable[key] })}>
      {(control) => (
        <Editor
          {...(control.id ? { id: control.id } : {})}
          field={fields[key]}
          value={values[key]}
          currency={currency}
          change={(value) => setValues((now) => ({ ...now, [key]: typeof value === 'number' ? value : null }))}
          tell={(problem) => setUnreadable(({ [key]: _before, ...rest }) => (problem === null ? rest : { ...rest, [key]: problem }))}
        />
      )}
    </Field>
  );
  return (
    <FormDialog
      title={t('budgets.audit.sample.title')}
      text={t('budgets.audit.sample.text', { from: day(audit.from), to: day(audit.until) })}
      yes={t('budgets.audit.sample.do')}
      no={t(running ? 'common.close' : 'common.cancel')}
      ready={ready}
      wide="dialog-wide"
      run={() => void draw()}
      close={close}
    >
      <div className={styles.fields}>
        <Field className={styles.wide} label={t('budgets.audit.sample.name')} required>
          <Input value={called} autoFocus maxLength={200} autoComplete="off" onChange={(_event, data) => setName(data.value)} />
        </Field>
        <Field label={t('budgets.audit.sample.method')}>
          <Select value={method} onChange={(_event, data) => setMethod(samplingMethods.find((one) => one.value === data.value)?.value ?? method)}>
            {samplingMethods.map((one) => (
              <option key={one.value} value={one.value}>
                {words(one.label)}
              </option>
            ))}
          </Select>
        </Field>
        {editor('seed', t('budgets.audit.sample.seed'), t('budgets.audit.sample.seedHint'))}
        {method === 'monetary' ? (
          <>
            {editor('tolerable', t('budgets.audit.sample.tolerable'))}
            {editor('confidence', t('budgets.audit.sample.confidence'))}
            {editor('interval', t('budgets.audit.sample.interval'), t('budgets.audit.sample.intervalHint'))}
          </>
        ) : (
          editor('size', t(method === 'stratified' ? 'budgets.audit.sample.sizeEach' : 'budgets.audit.sample.size'))
        )}
        {method === 'stratified' && (
          <Field label={t('budgets.audit.sample.bounds')} hint={t('budgets.audit.sample.boundsHint')} {...(wrongBounds ? { validationMessage: t('budgets.audit.sample.boundsWrong') } : {})}>
            <Input value={bounds} autoComplete="off" maxLength={300} onChange={(_event, data) => setBounds(data.value)} />
          </Field>
        )}
        <Field label={t('budgets.audit.digits.side')}>
          <Select value={side} onChange={(_event, data) => setSide(sides.find((one) => one === data.value) ?? side)}>
            {sides.map((one) => (
              <option key={one} value={one}>
                {t(`budgets.audit.digits.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        {editor('least', t('budgets.audit.digits.least'))}
        {editor('account', t('budgets.audit.digits.account'))}
      </div>
      <Working of={job} label={t('budgets.audit.sample.title')} />
      {job.phase.state === 'cancelled' && <p role="status">{t('budgets.audit.sample.cancelled')}</p>}
    </FormDialog>
  );
}
