import { Button } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, Dismiss16Regular, ErrorCircle20Filled, Warning20Filled } from '@fluentui/react-icons';
import { useEffect } from 'react';
import { dismiss, type Toast, useUi } from '../state/ui.ts';
import { useT } from '../t.ts';

const icons = { done: CheckmarkCircle20Filled, attention: Warning20Filled, wrong: ErrorCircle20Filled } as const;

/** What just happened, at the lower edge; read out, never in the way, gone by itself unless it is an error. */
export function Toasts() {
  const toasts = useUi((ui) => ui.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <Said key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Said({ toast }: { readonly toast: Toast }) {
  const t = useT();
  const Icon = icons[toast.tone];
  useEffect(() => {
    if (toast.tone === 'wrong') return undefined;
    // Long enough to be read, and to reach the undo button with the keyboard.
    const timer = setTimeout(() => dismiss(toast.id), Math.max(toast.undo ? 12_000 : 5_000, toast.message.length * 80));
    return () => clearTimeout(timer);
  }, [toast]);
  const { undo } = toast;
  return (
    <div className={`toast toast-${toast.tone}`}>
      <Icon aria-hidden className={toast.tone} />
      <span className="toast-text">{toast.message}</span>
      {undo && (
        <Button
          size="small"
          appearance="transparent"
          onClick={() => {
            dismiss(toast.id);
            void undo();
          }}
        >
          {t('common.undo')}
        </Button>
      )}
      <Button size="small" appearance="subtle" icon={<Dismiss16Regular />} aria-label={t('common.dismiss')} onClick={() => dismiss(toast.id)} />
    </div>
  );
}
