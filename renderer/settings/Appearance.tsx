import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { failureOf, Problem } from '../parts/Problem.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useCall, useDo } from '../query.ts';
import { setLanguage } from '../state/language.ts';
import { prefer } from '../state/preference.ts';
import { setDensity, tellWrong, useUi } from '../state/ui.ts';
import { language, useT } from '../t.ts';

const themes = ['system', 'light', 'dark', 'contrast'] as const;
const isTheme = (value: string): value is (typeof themes)[number] => (themes as readonly string[]).includes(value);

/** How Bureau looks on this PC. Everything acts at once. */
export function Appearance() {
  const t = useT();
  const desk = useCall('desk.state', {});
  const appearance = useDo('desk.appearance');
  const density = useUi((ui) => ui.density);
  const speak = (value: string): void => void setLanguage(value === 'de' ? 'de' : 'en').catch((error: unknown) => tellWrong(failureOf(error).message));
  return (
    <Screen title={t('settings.appearance.title')} text={t('settings.appearance.text')}>
      <div className="form">
        <Field label={t('settings.appearance.theme')}>
          <RadioGroup value={desk.data?.theme ?? 'system'} onChange={(_event, { value }) => isTheme(value) && appearance.mutate({ theme: value })}>
            {themes.map((one) => (
              <Radio key={one} value={one} label={t(`settings.appearance.theme_${one}`)} />
            ))}
          </RadioGroup>
        </Field>
        <Field label={t('settings.appearance.language')}>
          <RadioGroup value={language()} onChange={(_event, { value }) => speak(value)}>
            <Radio value="en" label="English" />
            <Radio value="de" label="Deutsch" />
          </RadioGroup>
        </Field>
        <Field label={t('settings.appearance.rows')}>
          <RadioGroup
            value={density}
            onChange={(_event, { value }) => {
              const rows = value === 'compact' ? 'compact' : 'normal';
              setDensity(rows);
              prefer('rows', rows);
            }}
          >
            <Radio value="normal" label={t('settings.appearance.rows_normal')} />
            <Radio value="compact" label={t('settings.appearance.rows_compact')} />
          </RadioGroup>
        </Field>
        {appearance.error && <Problem failure={failureOf(appearance.error)} />}
      </div>
      <section>
        <h2 className="h3">{t('settings.appearance.zoom')}</h2>
        <p>{t('settings.appearance.zoom_text')}</p>
      </section>
    </Screen>
  );
}
