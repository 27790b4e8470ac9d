import { useEffect, useState } from 'react';
import type { Found, Lookup } from './columns.ts';

export interface Offers {
  /** The text they answer. */
  readonly text: string;
  readonly found: readonly Found[];
}

const none: Offers = { text: '', found: [] };

/** What a lookup offers for a text, while it is typed; null while nothing is asked. The last answer stays until the next one comes. */
export function useOffers(lookup: Lookup | undefined, text: string | null): Offers | null {
  const [offers, setOffers] = useState<Offers | null>(null);
  useEffect(() => {
    if (!lookup || text === null) return undefined;
    let late = false;
    lookup.find(text).then(
      (found) => late || setOffers({ text, found }),
      () => late || setOffers({ ...none, text }),
    );
    return () => {
      late = true;
    };
  }, [lookup, text]);
  return text === null || !lookup ? null : offers;
}
