import { languages } from '#contract/kit/words.ts';
import { setLanguage } from '../state/language.ts';
import { language, useT } from '../t.ts';

/** Each language under its own name, so that who cannot read the one on screen finds theirs. */
const own = { en: 'English', de: 'Deutsch' } as const;

export function LanguageSwitch() {
  const t = useT();
  return (
    <div className="row-tight" role="group" aria-label={t('desk.language')}>
      {languages.map((one) => (
        <button key={one} type="button" lang={one} className="crumb" aria-pressed={one === language()} onClick={() => void setLanguage(one).catch(() => undefined)}>
          <span className={one === language() ? 'strong' : ''}>{own[one]}</span>
        </button>
      ))}
    </div>
  );
}
