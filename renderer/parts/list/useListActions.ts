import { useLayoutEffect, useMemo, useRef } from 'react';
import { Add20Regular, ArrowDownload20Regular, ArrowUpload20Regular, Filter20Regular, Print20Regular } from '@fluentui/react-icons';
import { type Action, useActions } from '../../commands.ts';
import type { ListActions } from './Toolbar.tsx';

interface Given {
  /** Inside a record: the keys belong to the record, the buttons remain. */
  readonly embedded: boolean;
  readonly writable: boolean;
  readonly importable: boolean;
  readonly exportable: boolean;
  readonly create: () => void;
  readonly import: () => void;
  readonly export: () => void;
  readonly print: () => void;
  readonly filter: () => void;
  readonly label: string;
}

const none: readonly Action[] = [];

/** What a list offers to the palette, the keys and its toolbar. */
export function useListActions(given: Given): ListActions {
  // The actions stay the same while what they do looks at the latest: otherwise each keystroke would bind all keys anew.
  const latest = useRef(given);
  useLayoutEffect(() => {
    latest.current = given;
  }, [given]);
  const { label } = given;
  const actions = useMemo<ListActions & { readonly filter: Action }>(
    () => ({
      create: { id: 'list.new', label: 'parts.list.newOf', params: { what: label }, icon: Add20Regular, keys: ['$mod+KeyN'], group: 'list', when: () => latest.current.writable, run: () => latest.current.create() },
      import: { id: 'list.import', label: 'parts.list.import', icon: ArrowDownload20Regular, keys: ['$mod+Shift+KeyI'], group: 'list', when: () => latest.current.importable, run: () => latest.current.import() },
      export: { id: 'list.export', label: 'parts.list.export', icon: ArrowUpload20Regular, keys: ['$mod+KeyE'], group: 'list', when: () => latest.current.exportable, run: () => latest.current.export() },
      print: { id: 'list.print', label: 'parts.list.print', icon: Print20Regular, keys: ['$mod+KeyP'], group: 'list', run: () => latest.current.print() },
      filter: { id: 'list.filter', label: 'parts.list.filterKey', icon: Filter20Regular, keys: ['$mod+KeyF'], group: 'list', run: () => latest.current.filter() },
    }),
    [label],
  );
  useActions(useMemo(() => (given.embedded ? none : [actions.create, actions.import, actions.export, actions.print, actions.filter]), [given.embedded, actions]));
  return actions;
}
