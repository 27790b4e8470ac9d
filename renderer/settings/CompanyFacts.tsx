import { Button, Field, Input, Radio, RadioGroup, Select, SpinButton } from '@fluentui/react-components';
import { Info20Regular } from '@fluentui/react-icons';
import { type FormEvent, useState } from 'react';
import type { Company } from '#contract/company/company.ts';
import { useCodes } from '../parts/codes.ts';
import { Answer, failureOf, Problem } from '../parts/Problem.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useCall, useDo } from '../query.ts';
import { useCan } from '../state/session.ts';
import { tell } from '../state/ui.ts';
import { useT } from '../t.ts';
import { useUnsaved } from './unsaved.ts';
import { ReadOnly } from './ReadOnly.tsx';

/** Facts about the firm. */
export function CompanyFacts() {
  const t = useT();
  const company = useCall('company.get', {});
  return (
    <Screen title={t('settings.company.title')} text={t('settings.company.text')}>
      <Answer of={company}>{(found) => <Facts key={`${found.name} ${found.currency} ${found.country} ${found.language} ${found.idle_minutes}`} company={found} />}</Answer>
    </Screen>
  );
}

type Editable = Pick<Company, 'name' | 'country' | 'currency' | 'language' | 'idle_minutes'>;
const editable = ['name', 'country', 'currency', 'language', 'idle_minutes'] as const;

function Facts({ company }: { readonly company: Company }) {
  const t = useT();
  const can = useCan();
  const update = useDo('company.update');
  const [now, setNow] = useState<Editable>(company);
  const { countries, currencies } = useCodes();
  const may = can('company', 'write');
  const changed = Object.fromEntries(editable.filter((key) => now[key] !== company[key]).map((key) => [key, now[key]]));
  const dirty = Object.keys(changed).length > 0;
  useUnsaved('settings.company', dirty ? t('settings.company.title') : null);
  const set = (change: Partial<Editable>): void => setNow((before) => ({ ...before, ...change }));
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (dirty && now.name.trim() !== '') update.mutate(changed, { onSuccess: () => tell(t('settings.company.saved')) });
  };
  return (
    <>
      {!may && <ReadOnly />}
      {company.demo && (
        <p className="note">
          <Info20Regular aria-hidden /> {t('settings.company.demo')}
        </p>
      )}
      <form noValidate className="form" onSubmit={save}>
        <Field label={t('settings.company.name')} required {...(now.name.trim() === '' ? { validationMessage: t('common.required') } : {})}>
          <Input value={now.name} maxLength={200} readOnly={!may} onChange={(_event, { value }) => set({ name: value })} />
        </Field>
        <Field label={t('settings.company.country')}>
          <Select value={now.country} disabled={!may} onChange={(_event, { value }) => set({ country: value })}>
            <option value="">{t('desk.new.country_none')}</option>
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('settings.company.currency')} hint={t('desk.new.currency_hint')}>
          <Select value={now.currency} disabled={!may} onChange={(_event, { value }) => set({ currency: value })}>
            {currencies.map(({ code, name }) => (
              <option key={code} value={code}>
                {name} ({code})
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('settings.company.language')} hint={t('settings.company.language_hint')}>
          <RadioGroup layout="horizontal" disabled={!may} value={now.language} onChange={(_event, { value }) => set({ language: value === 'de' ? 'de' : 'en' })}>
            <Radio value="en" label="English" />
            <Radio value="de" label="Deutsch" />
          </RadioGroup>
        </Field>
        <Field label={t('settings.company.idle')} hint={t('settings.company.idle_hint')}>
          <SpinButton value={now.idle_minutes} min={0} max={240} disabled={!may} onChange={(_event, data) => set({ idle_minutes: minutes(data.value ?? Number(data.displayValue)) })} />
        </Field>
        {update.error && <Problem failure={failureOf(update.error)} />}
        {may && (
          <div className="row">
            <Button type="submit" appearance="primary" disabled={!dirty || update.isPending}>
              {t('common.save')}
            </Button>
            {dirty && <Button onClick={() => setNow(company)}>{t('common.undo')}</Button>}
          </div>
        )}
      </form>
      <dl className="facts">
        <dt>{t('settings.company.folder')}</dt>
        <dd className="selectable breaks">{company.folder}</dd>
        <dt>{t('settings.company.id')}</dt>
        <dd className="selectable mono">{company.id}</dd>
        <dt>{t('settings.company.schema')}</dt>
        <dd className="tabular">{company.schema}</dd>
      </dl>
    </>
  );
}

const minutes = (value: number | null): number => Math.max(0, Math.min(240, Math.round(Number.isFinite(value) ? (value ?? 0) : 0)));
