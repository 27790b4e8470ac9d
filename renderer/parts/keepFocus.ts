import { useFocusFinders } from '@fluentui/react-components';
import { useEffect } from 'react';

/** What takes the keys when a place opens: its list, or what it marks with `data-first`, such as the field that is typed in first. */
export function firstIn(place: ParentNode): HTMLElement | null {
  const marked = place.querySelector<HTMLElement>('[role="grid"][tabindex="0"], [data-first]');
  return marked === null || marked.tabIndex >= 0 ? marked : marked.querySelector<HTMLElement>('input, textarea, select, button');
}

/**
 * A dialog that is taken away gives the focus back to where it was, and a line or button that goes hands it to its neighbours: the
 * keyboard must never end up nowhere. And Fluent's focus keeper stays alive while no component needs it: ended by the last dialog, it would
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
    // Clicked away on purpose: then nothing was lost.
    const pointed = (event: PointerEvent): void => {
      if (event.target instanceof Node && last && !last.contains(event.target)) last = null;
    };
    const nowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;
    const restore = (fromDialog: boolean): void => {
      if (!nowhere() || document.querySelector('[aria-modal="true"]')) return;
      const there = last?.isConnected === true && last.checkVisibility();
      if (!fromDialog && (last === null || there)) return;
      const work = document.querySelector<HTMLElement>('#work, main');
      const back = there ? last : ((work && firstIn(work)) ?? work);
      back?.focus({ preventScroll: true });
    };
    document.addEventListener('focusin', seen);
    document.addEventListener('pointerdown', pointed, { capture: true });
    const watch = new MutationObserver((changes) => {
      if (!nowhere()) return;
      // Dialogs stand beside the root; a line that is done or a message with its button goes from inside it.
      const fromDialog = changes.some((change) => change.target === document.body && change.removedNodes.length > 0);
      if (fromDialog || (last !== null && !last.isConnected)) setTimeout(() => restore(fromDialog), 0);
    });
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', seen);
      document.removeEventListener('pointerdown', pointed, { capture: true });
      watch.disconnect();
    };
  }, []);
}
