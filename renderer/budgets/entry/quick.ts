import { Add20Regular, DocumentCopy20Regular, Flash20Regular } from '@fluentui/react-icons';
import { create } from 'zustand';
import { type Action, action } from '../../commands.ts';
import { can, sessionNow } from '../../state/session.ts';
import { go, placeOf } from '../../state/ui.ts';
import { pick } from '../templates/picking.ts';

/** What can be done with entries from anywhere. */

export const useQuick = create<{ readonly open: boolean }>(() => ({ open: false }));
export const showQuick = (open: boolean): void => useQuick.setState({ open });

const mayWrite = (): boolean => can(sessionNow(), 'entry', 'write');

export const entryCommands: readonly Action[] = [
  action({ id: 'entry.quick', label: 'budgets.entry.quick', icon: Flash20Regular, keys: ['$mod+Shift+KeyE'], group: 'record', when: mayWrite, run: () => showQuick(true) }),
  action({ id: 'entry.template', label: 'budgets.templates.use', icon: DocumentCopy20Regular, keys: ['F7'], group: 'record', when: mayWrite, run: () => pick() }),
  action({ id: 'entry.new', label: 'budgets.entry.new', icon: Add20Regular, group: 'record', when: mayWrite, run: () => go(placeOf('entry', 0)) }),
];
