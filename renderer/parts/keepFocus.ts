import { useFocusFinders } from '@fluentui/react-components';
import { useEffect } from 'react';

/**
 * A dialog that is taken away gives the focus back to where it was, also when its opener is gone by then: the keyboard must never
 * end up nowhere. And Fluent's focus keeper stays alive while no component needs it: ended by the last dialog, it would
 * leave the page hidden from screen readers.
 */
export function useKeptFocus(): void {
  useFocusFinders();
  useEffect(() => {
    const root = document.getElementById('root');
    if (!root) return undefined;
    let last: HTMLElement | null = null;
    const seen = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement && root.contains(event.target)) last = event.target;
    };
    const look = (): void => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (!lost || document.querySelector('[aria-modal="true"]')) return;
      const back = last?.isConnected && last.checkVisibility() ? last : document.querySelector<HTMLElement>('#work, main');
      back?.focus({ preventScroll: true });
    };
    document.addEventListener('focusin', seen);
    // Dialogs stand beside the root; when one goes, the list of children changes.
    const watch = new MutationObserver((changes) => {
      if (changes.some((change) => change.removedNodes.length > 0)) setTimeout(look, 0);
    });
    watch.observe(document.body, { childList: true });
    return () => {
      document.removeEventListener('focusin', seen);
      watch.disconnect();
    };
  }, []);
}
