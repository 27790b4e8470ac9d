import { Button, Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Desk } from '#contract/company/desk.ts';
import type { ChartPackInfo } from '#contract/budgets/books.ts';
import type { Language } from '#contract/kit/words.ts';
import { type Begun, BooksChoice, isWhole, proposed } from '../budgets/setup/BooksChoice.tsx';
import { currencyOf, useCodes } from '../parts/codes.ts';
import { codeName, day } from '../parts/format.ts';
import { PasswordField } from '../parts/PasswordField.tsx';
import { Answer, failureOf, Problem } from '../parts/Problem.tsx';
import { Wizard, type WizardStep } from '../parts/wizard/Wizard.tsx';
import { useCall, useDo } from '../query.ts';
import { type Key, language, useT, words } from '../t.ts';
import { inside, signInFrom } from './folder.ts';

interface Entered {
  readonly name: string;
  /** Empty while the proposed one is taken. */
  readonly folder: string;
  readonly country: string;
  readonly currency: string;
  readonly language: Language;
  readonly owner: string;
  readonly signIn: string;
  readonly password: string;
  /** Null while the proposal for the country is taken. */
  readonly books: Begun | null;
}

/** Country of the PC as the browser knows it, else of the language. */
const homeCountry = (): string => /-([A-Z]{2})\b/.exec(navigator.language)?.[1] ?? (language() === 'de' ? 'DE' : 'GB');

/** A new company in five steps; the last says exactly what will happen. */
export function CreateWizard({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) {
  const t = useT();
  const create = useDo('desk.create');
  const [at, setAt] = useState(0);
  const [entered, setEntered] = useState<Entered>(() => ({ name: '', folder: '', country: homeCountry(), currency: currencyOf(homeCountry()), language: language(), owner: '', signIn: '', password: '', books: null }));
  const charts = useCall('desk.charts', {});
  const books = entered.books ?? proposed(charts.data ?? [], entered.country);
  const set = (change: Partial<Entered>): void => {
    setEntered((before) => ({ ...before, ...change }));
    create.reset();
  };
  const folder = entered.folder || inside(desk.default_folder, entered.name || t('desk.new.firm'));
  const signIn = entered.signIn || signInFrom(entered.owner);
  const failure = create.error ? failureOf(create.error) : null;

  const waits = {
    firm: entered.name.trim() === '' ? t('desk.new.wait_name') : '',
    books: isWhole(books) ? '' : t('desk.new.wait_day'),
    owner: entered.owner.trim() === '' || signIn === '' ? t('desk.new.wait_owner') : entered.password !== '' && entered.password.length < 8 ? t('desk.new.wait_password') : '',
  };
  const steps: readonly WizardStep[] = [
    { key: 'firm', label: t('desk.new.firm'), waits: waits.firm, content: <FirmStep entered={entered} folder={folder} set={set} /> },
    { key: 'country', label: t('desk.new.country_step'), waits: '', content: <CountryStep entered={entered} set={set} /> },
    { key: 'books', label: t('budgets.setup.wizard'), waits: waits.books, content: <Answer of={charts}>{(known) => <BooksChoice charts={known} value={books} change={(next) => set({ books: next })} from="desk" optional first />}</Answer> },
    {
      key: 'owner',
      label: t('desk.new.owner_step'),
      waits: waits.owner,
      content: (
        <div className="form">
          <Field label={t('desk.new.owner')} hint={t('desk.new.owner_hint')} required>
            <Input data-first value={entered.owner} maxLength={200} onChange={(_event, { value }) => set({ owner: value })} />
          </Field>
          <Field label={t('desk.new.sign_in')} hint={t('desk.new.sign_in_hint')} required>
            <Input value={signIn} maxLength={60} onChange={(_event, { value }) => set({ signIn: value })} />
          </Field>
          <PasswordField label={t('desk.new.password')} hint={t('desk.new.password_hint')} value={entered.password} onChange={(password) => set({ password })} chosen error={failure?.field?.endsWith('password') ? failure.message : undefined} />
        </div>
      ),
    },
    { key: 'last', label: t('desk.new.last_step'), waits: '', next: t('desk.create'), content: <Summary entered={entered} books={books} charts={charts.data ?? []} folder={folder} signIn={signIn} failure={failure} /> },
  ];

  // The owner signs in next, which shows at once that the password was typed as it was meant.
  const finish = (): void =>
    create.mutate({
      folder,
      name: entered.name.trim(),
      currency: entered.currency,
      country: entered.country,
      language: entered.language,
      ...(books.chart === '' ? {} : { books }),
      owner: { name: entered.owner.trim(), sign_in: signIn, password: entered.password },
    });

  return (
    <Wizard
      title={t('desk.new.title')}
      steps={steps}
      at={at}
      onAt={setAt}
      busy={create.isPending}
      guard={entered.name + entered.owner === '' ? '' : t('desk.new.lose')}
      onClose={onClose}
      onFinish={finish}
    />
  );
}

interface StepProps {
  readonly entered: Entered;
  readonly set: (change: Partial<Entered>) => void;
}

function FirmStep({ entered, folder, set }: StepProps & { readonly folder: string }) {
  const t = useT();
  const pick = useDo('desk.pick_folder');
  const choose = async (): Promise<void> => {
    const picked = await pick.mutateAsync({ purpose: 'create' });
    // The company gets a folder of its own inside of the chosen one, whatever else lies there.
    if (picked) set({ folder: inside(picked.folder, entered.name || t('desk.new.firm')) });
  };
  return (
    <div className="form">
      <Field label={t('desk.new.name')} hint={t('desk.new.name_hint')} required>
        <Input data-first value={entered.name} maxLength={200} onChange={(_event, { value }) => set({ name: value })} />
      </Field>
      <Field label={t('desk.new.folder')} hint={t('desk.new.folder_hint')} required>
        <Input value={folder} maxLength={4096} onChange={(_event, { value }) => set({ folder: value })} title={folder} />
      </Field>
      <div>
        <Button onClick={() => void choose().catch(() => undefined)}>{t('desk.new.choose')}</Button>
      </div>
    </div>
  );
}

function CountryStep({ entered, set }: StepProps) {
  const t = useT();
  const { countries, currencies } = useCodes();
  return (
    <div className="form">
      <Field label={t('desk.new.country')} hint={t('desk.new.country_hint')}>
        <Select data-first value={entered.country} onChange={(_event, { value }) => set({ country: value, currency: currencyOf(value) })}>
          <option value="">{t('desk.new.country_none')}</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('desk.new.currency')} hint={t('desk.new.currency_hint')} required>
        <Select value={entered.currency} onChange={(_event, { value }) => set({ currency: value })}>
          {currencies.map(({ code, name }) => (
            <option key={code} value={code}>
              {name} ({code})
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('desk.new.language')} hint={t('desk.new.language_hint')}>
        <RadioGroup layout="horizontal" value={entered.language} onChange={(_event, { value }) => set({ language: value === 'de' ? 'de' : 'en' })}>
          <Radio value="en" label="English" />
          <Radio value="de" label="Deutsch" />
        </RadioGroup>
      </Field>
    </div>
  );
}

function Summary({ entered, books, charts, folder, signIn, failure }: { readonly entered: Entered; readonly books: Begun; readonly charts: readonly ChartPackInfo[]; readonly folder: string; readonly signIn: string; readonly failure: ReturnType<typeof failureOf> | null }) {
  const t = useT();
  const chart = charts.find((one) => one.code === books.chart);
  const owner: Key = entered.password === '' ? 'desk.new.do_owner_open' : 'desk.new.do_owner';
  return (
    <div className="stack">
      <p>{t('desk.new.last_text')}</p>
      <ul className="points">
        <li>{t('desk.new.do_folder', { folder })}</li>
        <li>
          {t('desk.new.do_firm', {
            name: entered.name.trim(),
            currency: codeName('currency', entered.currency),
            country: entered.country === '' ? t('desk.new.country_none') : codeName('region', entered.country),
            language: entered.language === 'de' ? 'Deutsch' : 'English',
          })}
        </li>
        <li>{chart ? t('budgets.setup.do_books', { chart: words(chart.name), from: day(books.year_start) }) : t('budgets.setup.do_no_books')}</li>
        <li>{t(owner, { name: entered.owner.trim(), sign_in: signIn })}</li>
        <li>{t('desk.new.do_roles')}</li>
        <li>{t('desk.new.do_backup')}</li>
      </ul>
      <p className="quiet">{t('desk.new.do_undo')}</p>
      {failure && <Problem failure={failure} />}
    </div>
  );
}
