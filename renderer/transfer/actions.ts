import { ArrowExport20Regular, ArrowImport20Regular, History20Regular, Print20Regular } from '@fluentui/react-icons';
import { entities } from '#contract/calls.ts';
import { type Action, action } from '../commands.ts';
import { can, sessionNow } from '../state/session.ts';
import { type ListNow, openExport, openImport, openImportHistory, openPrint } from './open.ts';

const mayRead = (): boolean => can(sessionNow(), 'transfer', 'read');
const mayImport = (): boolean => can(sessionNow(), 'transfer', 'write');

/** What a list offers: `useActions(useMemo(() => transferCommands(() => now), []))`. `now` tells the list as it stands when the key is pressed. */
export const transferCommands = (now: () => ListNow): readonly Action[] => {
  const mayWrite = (): boolean => {
    const entity = entities[now().entity];
    return entity !== undefined && mayImport() && can(sessionNow(), entity.area, 'write');
  };
  return [
    action({ id: 'transfer.export', label: 'transfer.export.action', icon: ArrowExport20Regular, keys: ['$mod+KeyE'], group: 'list', when: mayRead, run: () => openExport(now()) }),
    action({ id: 'transfer.print', label: 'transfer.print.listAction', icon: Print20Regular, keys: ['$mod+KeyP'], group: 'list', run: () => openPrint(now()) }),
    action({ id: 'transfer.import', label: 'transfer.import.here', icon: ArrowImport20Regular, keys: ['$mod+Shift+KeyI'], group: 'list', when: mayWrite, run: () => openImport({ entity: now().entity }) }),
  ];
};

/** What is on offer everywhere: an import of anything, and those that were made. */
export const importCommands: readonly Action[] = [
  action({ id: 'transfer.import', label: 'transfer.import.action', icon: ArrowImport20Regular, keys: ['$mod+Shift+KeyI'], group: 'company', when: mayImport, run: () => openImport() }),
  action({ id: 'transfer.history', label: 'transfer.history.title', icon: History20Regular, group: 'company', when: mayRead, run: openImportHistory }),
];
