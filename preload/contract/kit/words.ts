/** One text in every language Bureau speaks. English and German are written, not translated word by word. */
export interface Words {
  readonly en: string;
  readonly de: string;
}

export type Language = keyof Words;
export const languages: readonly Language[] = ['en', 'de'];

/** Shorthand for a text in both languages: `w('Phone', 'Telefon')`. */
export const w = (en: string, de: string): Words => ({ en, de });

/** Puts `params` into the places `{name}` of a text. A place without a value stays visible, so that a test sees it. */
export function say(words: Words, language: Language, params: Readonly<Record<string, unknown>> = {}): string {
  return words[language].replace(/\{(\w+)\}/g, (place, key: string) => {
    const value = params[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : place;
  });
}
