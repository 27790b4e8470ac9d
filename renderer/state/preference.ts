import { useCallback } from 'react';
import { office } from '../office.ts';
import { client, fetchCall, keyOf, useCall } from '../query.ts';
import { useSession } from './session.ts';

type All = Readonly<Record<string, unknown>>;
const kept = keyOf('preference.all', {});
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Remembers how the user arranged something: at once in the window, then in the company. */
export function prefer(key: string, value: Json): void {
  client.setQueryData<All>(kept, (all) => ({ ...all, [key]: value }));
  // What was arranged is not worth an error message when the office is busy; it is told again with the next change.
  office['preference.set']({ key, value: value as never }).catch(() => undefined);
}

/** `const [wide, setWide] = usePreference('list.party.widths', {}, isWidths)`; `is` keeps out what an older version wrote. */
export function usePreference<T extends Json>(key: string, otherwise: T, is: (value: unknown) => value is T): readonly [T, (value: T) => void] {
  const signedIn = useSession() !== null;
  const { data } = useCall('preference.all', {}, { enabled: signedIn });
  const found = data?.[key];
  const set = useCallback((value: T) => prefer(key, value), [key]);
  return [is(found) ? found : otherwise, set];
}

/** What is kept under a key, asked outside of components; undefined where nothing is. */
export const fetchPreference = async (key: string): Promise<unknown> => (await fetchCall('preference.all', {}))[key];
