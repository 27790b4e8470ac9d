import { Button } from '@fluentui/react-components';
import { Copy16Regular } from '@fluentui/react-icons';
import { Mark } from '../frame/Mark.tsx';
import { copy } from '../parts/Problem.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useCall } from '../query.ts';
import type { Place } from '../state/ui.ts';
import { useT } from '../t.ts';
import { KeyList } from './Keys.tsx';

/** Keys, and what this program is. */
export function Help({ place }: { readonly place: Place }) {
  const t = useT();
  if (place.area === 'about') return <About />;
  return (
    <Screen title={t('settings.keys.title')} text={t('settings.keys.text')}>
      <KeyList />
    </Screen>
  );
}

function About() {
  const t = useT();
  const desk = useCall('desk.state', {});
  const company = useCall('company.get', {});
  const facts: readonly (readonly [string, string])[] = [
    [t('settings.about.version'), desk.data?.version ?? ''],
    [t('settings.about.electron'), desk.data?.electron ?? ''],
    [t('settings.about.company'), company.data?.folder ?? ''],
    [t('settings.about.schema'), String(company.data?.schema ?? '')],
  ];
  return (
    <Screen
      title={t('settings.about.title')}
      text={t('settings.about.text')}
      actions={
        <Button icon={<Copy16Regular />} onClick={() => void copy(['Bureau', ...facts.map(([name, value]) => `${name}: ${value}`)].join('\n'))}>
          {t('settings.about.copy')}
        </Button>
      }
    >
      <div className="row">
        <Mark size={40} />
      </div>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="selectable breaks tabular">{value}</dd>
          </div>
        ))}
        <dt>{t('settings.about.network')}</dt>
        <dd>{t('settings.about.network_text')}</dd>
      </dl>
    </Screen>
  );
}
