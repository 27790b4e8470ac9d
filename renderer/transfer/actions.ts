import { ArrowDownload20Regular, History20Regular } from '@fluentui/react-icons';
import { type Action, action } from '../commands.ts';
import { can, sessionNow } from '../state/session.ts';
import { openImport, openImportHistory } from './open.ts';

const mayRead = (): boolean => can(sessionNow(), 'transfer', 'read');
const mayImport = (): boolean => can(sessionNow(), 'transfer', 'write');

/** What is on offer everywhere: an import of anything, and those that were made. Lists offer their own import, export and print. */
export const importCommands: readonly Action[] = [
  action({ id: 'transfer.import', label: 'transfer.import.action', icon: ArrowDownload20Regular, keys: ['$mod+Shift+KeyI'], group: 'company', when: mayImport, run: () => openImport() }),
  action({ id: 'transfer.history', label: 'transfer.history.title', icon: History20Regular, group: 'company', when: mayRead, run: openImportHistory }),
];
