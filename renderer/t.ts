import i18next, { type TFunction } from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { type Language, say, type Words } from '#contract/kit/words.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { parts } from './words/parts.ts';
import type { Leaves } from './words/shape.ts';
import { transfer } from './words/transfer.ts';

/** Every text of the window by key. `frame` and the like come from en.ts and de.ts; `parts` and `transfer` are namespaces of their own. */
const english = { ...en, parts: parts.en, transfer: transfer.en };
const german = { ...de, parts: parts.de, transfer: transfer.de };

export type Key = Leaves<typeof english>;
export type Params = Readonly<Record<string, string | number>>;
export type Translate = (key: Key, params?: Params) => string;

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: false,
  resources: { en: { translation: english }, de: { translation: german } },
  // The places look as in the contract, `{name}`, so that both halves of the house write texts alike.
  interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  initAsync: false,
  returnNull: false,
  react: { useSuspense: false },
});

/** Texts without places by language: looking a key up takes i18next as long as drawing a cell takes React. */
const fixed: Record<Language, Map<Key, string>> = { en: new Map(), de: new Map() };

function translate(through: TFunction, key: Key, params?: Params): string {
  if (params) return through(key as string, { ...params });
  const known = fixed[language()];
  let text = known.get(key);
  if (text === undefined) known.set(key, (text = through(key as string)));
  return text;
}

/** A text by its key, outside of components. Inside, `useT()` also draws anew when the language changes. */
export const t: Translate = (key, params) => translate(i18next.t, key, params);

/** `const t = useT()`: the texts, followed by the component when the language changes. */
export function useT(): Translate {
  const { t: through } = useTranslation();
  return useCallback<Translate>((key, params) => translate(through, key, params), [through]);
}

export const language = (): Language => (i18next.language === 'de' ? 'de' : 'en');

/** A label of the contract in the language of the window. Components that call it also call `useT()`. */
export const words = (of: Words, params?: Params): string => say(of, language(), params);

let country = '';

/** The country decides how dates and figures are written within a language: 14/03/2026 in GB, 3/14/2026 in US. */
export function setCountry(code: string): void {
  country = /^[A-Z]{2}$/.test(code) ? code : '';
}

/** The locale for dates and figures. */
export function locale(): string {
  const home = language() === 'de' ? 'DE' : 'GB';
  const wanted = `${language()}-${country || home}`;
  // A pair such as en-DE is known to ICU; what is not falls back to the language itself.
  return Intl.DateTimeFormat.supportedLocalesOf(wanted).length > 0 ? wanted : `${language()}-${home}`;
}

/** Switches every text; also told to the document, so that screen readers pronounce it. */
export function speak(next: Language): void {
  document.documentElement.lang = next;
  if (next !== i18next.language) void i18next.changeLanguage(next);
}
