import { useEffect } from 'react';
import { confirm } from '../parts/Dialogs.tsx';
import { setGuard, setUnsaved } from '../state/ui.ts';
import { t } from '../t.ts';

/** A form with changes is counted in the status row and asks before it is left; null says that there are none. */
export function useUnsaved(key: string, title: string | null): void {
  useEffect(() => {
    setUnsaved(key, title);
    if (title === null) return undefined;
    setGuard(() => confirm({ title: t('frame.unsaved_title'), text: t('frame.unsaved_text', { title }), yes: t('frame.unsaved_leave'), no: t('frame.unsaved_stay') }));
    return () => {
      setGuard(null);
      setUnsaved(key, null);
    };
  }, [key, title]);
}
