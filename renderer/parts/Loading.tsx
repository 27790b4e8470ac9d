import { useEffect, useState } from 'react';
import { useT } from '../t.ts';

/** What comes quickly needs no skeleton; a flash of grey would only disturb. */
const patience = 150;

/** True once something has taken long enough to be noticed. */
export function useLong(waiting = true): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setLong(true), patience);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [waiting]);
  return long && waiting;
}

/** Grey lines in the place of what is coming, after 150 ms. */
export function Loading({ rows = 6, height = 28 }: { readonly rows?: number; readonly height?: number }) {
  const t = useT();
  const long = useLong();
  return (
    <div className="loading" role="status" aria-live="polite" aria-busy="true">
      {long && <span className="unseen">{t('common.loading')}</span>}
      {long && Array.from({ length: rows }, (_, at) => <span key={at} className="loading-row" style={{ height: height - 12, width: `${88 - ((at * 29) % 41)}%` }} />)}
    </div>
  );
}
