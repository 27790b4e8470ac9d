import { ArrowImport20Regular, type FluentIcon, Key20Regular, PersonAdd20Regular, ShieldPerson20Regular } from '@fluentui/react-icons';
import { useCan, useSession } from '../state/session.ts';
import { go, placeOf } from '../state/ui.ts';
import { openImport } from '../transfer/open.ts';
import { useT } from '../t.ts';

/** The company is empty: what to do first. Goes away by itself with the first record. */
export function FirstSteps() {
  const t = useT();
  const can = useCan();
  const session = useSession();
  const steps: readonly (readonly [boolean, FluentIcon, 'import' | 'person' | 'users' | 'password', () => void])[] = [
    [can('transfer', 'write'), ArrowImport20Regular, 'import', () => openImport()],
    [can('party', 'write'), PersonAdd20Regular, 'person', () => void go(placeOf('party', 0))],
    [can('user', 'write'), ShieldPerson20Regular, 'users', () => void go({ module: 'settings', area: 'users' })],
    [session?.has_password === false && can('user', 'read'), Key20Regular, 'password', () => void go({ module: 'settings', area: 'users', view: 'password' })],
  ];
  return (
    <section className="card-block" aria-labelledby="first">
      <header className="card-head">
        <h2 className="h2" id="first">
          {t('home.start.title')}
        </h2>
      </header>
      <div className="card-body stack">
        <p className="quiet">{t('home.start.text')}</p>
        <ul className="ways">
          {steps
            .filter(([shown]) => shown)
            .map(([, Icon, key, act]) => (
              <li key={key}>
                <button type="button" className="way" onClick={act}>
                  <Icon aria-hidden />
                  <span className="stack-none">
                    <span className="strong">{t(`home.start.${key}`)}</span>
                    <span className="quiet small">{t(`home.start.${key}_text`)}</span>
                  </span>
                </button>
              </li>
            ))}
        </ul>
      </div>
    </section>
  );
}
