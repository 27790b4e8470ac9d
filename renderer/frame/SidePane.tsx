import { Button } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { create } from 'zustand';
import { closeBeside, togglePane, useUi } from '../state/ui.ts';
import { useT } from '../t.ts';

/** The right pane: a screen fills it with `<SidePane title="…">…</SidePane>` for as long as it is open. */

const useHost = create<{ readonly host: HTMLElement | null; readonly users: number }>(() => ({ host: null, users: 0 }));
const place = (host: HTMLElement | null): void => useHost.setState({ host });

/** Fills the pane from anywhere in the work. */
export function SidePane({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const host = useHost((state) => state.host);
  useEffect(() => {
    useHost.setState(({ users }) => ({ users: users + 1 }));
    return () => useHost.setState(({ users }) => ({ users: users - 1 }));
  }, []);
  return host ? createPortal(<PaneBody title={title}>{children}</PaneBody>, host) : null;
}

function PaneBody({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useT();
  const beside = useUi((ui) => ui.beside !== null);
  return (
    <>
      <header className="pane-head">
        <h2 className="h3 cut">{title}</h2>
        <Button size="small" appearance="subtle" icon={<Dismiss16Regular />} aria-label={t('frame.pane_close')} onClick={beside ? closeBeside : togglePane} />
      </header>
      <div className="pane-body">{children}</div>
    </>
  );
}

/** Whether the pane has something to show. */
export const useHasPane = (): boolean => useHost((state) => state.users > 0);

/** Where the pane stands in the frame; folds away with Ctrl+. */
export function PaneHost() {
  const t = useT();
  const shown = useUi((ui) => ui.pane);
  const used = useHasPane();
  return <aside className="pane" aria-label={t('frame.pane')} ref={place} hidden={!shown || !used} />;
}
