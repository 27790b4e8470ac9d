import { Button, Spinner } from '@fluentui/react-components';
import { Add24Regular, Building24Regular, Dismiss16Regular, type FluentIcon, FolderOpen24Regular, Sparkle24Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Desk, RecentCompany } from '#contract/company/desk.ts';
import { Mark } from '../frame/Mark.tsx';
import { exact, relative } from '../parts/format.ts';
import { failureOf, Problem } from '../parts/Problem.tsx';
import { useDo } from '../query.ts';
import { language, useT } from '../t.ts';
import { CreateWizard } from './CreateWizard.tsx';
import { inside } from './folder.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

/** No company is open: create one, open one, try the demo, or go back to one of the last. */
export function Chooser({ desk }: { readonly desk: Desk }) {
  const t = useT();
  const open = useDo('desk.open');
  const create = useDo('desk.create');
  const pick = useDo('desk.pick_folder');
  const forget = useDo('desk.forget');
  const [creating, setCreating] = useState(false);
  const busy = open.isPending || create.isPending || pick.isPending;
  const error = open.error ?? create.error ?? pick.error ?? forget.error;

  const openFolder = async (): Promise<void> => {
    const picked = await pick.mutateAsync({ purpose: 'open' });
    if (picked) open.mutate({ folder: picked.folder });
  };
  const tryDemo = (): void => {
    const folder = inside(desk.default_folder, t('desk.demo_folder'));
    const demo = { folder, name: t('desk.demo_name'), currency: 'EUR', country: language() === 'de' ? 'DE' : 'IE', language: language(), demo: { people: 500, seed: 7 } };
    // A folder that is there already is the demo of an earlier day: it is opened, never overwritten.
    create.mutate(demo, {
      onError: ({ failure }) => {
        if (failure.code !== 'conflict') return;
        create.reset();
        open.mutate({ folder });
      },
    });
  };

  return (
    <main className="door" aria-busy={busy}>
      <div className="chooser">
        <header className="chooser-head">
          <Mark size={40} />
          <div>
            <h1 className="h1">{t('desk.welcome')}</h1>
            <p className="quiet">{t('desk.welcome_text')}</p>
          </div>
        </header>
        <section aria-labelledby="start">
          <h2 className="h3" id="start">
            {t('desk.start')}
          </h2>
          <ul className="stack">
            <Way icon={Add24Regular} title={t('desk.create')} text={t('desk.create_text')} disabled={busy} primary onClick={() => setCreating(true)} />
            <Way icon={FolderOpen24Regular} title={t('desk.open')} text={t('desk.open_text')} disabled={busy} onClick={() => void openFolder().catch(() => undefined)} />
            <Way icon={Sparkle24Regular} title={t('desk.demo')} text={t('desk.demo_text')} disabled={busy} onClick={tryDemo} />
          </ul>
        </section>
        <section aria-labelledby="recent">
          <h2 className="h3" id="recent">
            {t('desk.recent')}
          </h2>
          {desk.recent.length === 0 && <p className="quiet">{t('desk.recent_none')}</p>}
          <ul className="recents">
            {desk.recent.map((one) => (
              <Recent key={one.folder} company={one} disabled={busy} onOpen={() => open.mutate({ folder: one.folder })} onForget={() => forget.mutate({ folder: one.folder })} />
            ))}
          </ul>
        </section>
        <div className="chooser-note" role="status">
          {create.isPending && <Spinner size="tiny" labelPosition="after" label={t('desk.demo_busy')} />}
          {open.isPending && <Spinner size="tiny" labelPosition="after" label={t('desk.opening', { name: desk.recent.find((one) => one.folder === open.variables?.folder)?.name ?? open.variables?.folder ?? '' })} />}
        </div>
        {error && <Problem failure={failureOf(error)} />}
        <footer className="chooser-foot small quiet">
          <span>{t('desk.version', { version: desk.version })}</span>
          <LanguageSwitch />
        </footer>
      </div>
      {creating && <CreateWizard desk={desk} onClose={() => setCreating(false)} />}
    </main>
  );
}

interface WayProps {
  readonly icon: FluentIcon;
  readonly title: string;
  readonly text: string;
  readonly disabled: boolean;
  readonly primary?: boolean;
  readonly onClick: () => void;
}

function Way({ icon: Icon, title, text, disabled, primary = false, onClick }: WayProps) {
  return (
    <li>
      <button type="button" className={primary ? 'way way-primary' : 'way'} disabled={disabled} onClick={onClick}>
        <Icon aria-hidden />
        <span className="stack-none">
          <span className="strong">{title}</span>
          <span className={primary ? 'small' : 'quiet small'}>{text}</span>
        </span>
      </button>
    </li>
  );
}

interface RecentProps {
  readonly company: RecentCompany;
  readonly disabled: boolean;
  readonly onOpen: () => void;
  readonly onForget: () => void;
}

function Recent({ company, disabled, onOpen, onForget }: RecentProps) {
  const t = useT();
  return (
    <li className="recent">
      <button type="button" className="recent-open" disabled={disabled || !company.found} onClick={onOpen} title={company.folder}>
        <Building24Regular aria-hidden />
        <span className="stack-none">
          <span className="strong cut">{company.name}</span>
          <span className="quiet small cut">{company.folder}</span>
        </span>
        <span className="quiet small end" title={exact(company.opened_at)}>
          {company.found ? relative(company.opened_at) : t('desk.not_found')}
        </span>
      </button>
      <Button size="small" appearance="subtle" icon={<Dismiss16Regular />} aria-label={t('desk.forget', { name: company.name })} title={t('desk.forget', { name: company.name })} disabled={disabled} onClick={onForget} />
    </li>
  );
}
