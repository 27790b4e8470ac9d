import { DocumentAdd20Regular } from '@fluentui/react-icons';
import { type RefObject, useMemo, useRef } from 'react';
import type { Action } from '../../commands.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { FileDrop } from '../../parts/timeline/FileDrop.tsx';
import { go, placeOf, useUi } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { entityOf } from '../entity.ts';
import { RecordScreen } from '../RecordScreen.tsx';
import type { RecordProps } from '../screen.ts';
import { addFiles } from './files.ts';
import { Preview } from './Preview.tsx';
import { Versions } from './Versions.tsx';

const papers = entityOf('document');

/** The papers of the firm. Files dropped on the list become documents. */
export function DocumentList() {
  const t = useT();
  const { may } = useRights();
  const input = useRef<HTMLInputElement>(null);
  const add = async (files: readonly File[]): Promise<void> => {
    const ids = await addFiles(files, {});
    // One paper is mostly named and dated at once; many are not.
    if (ids.length === 1) await go(placeOf('document', ids[0]));
  };
  return (
    <FileDrop text={t('parts.records.dropDocuments')} enabled={may('document', 'write')} drop={(files) => void add(files)}>
      <FileInput input={input} add={(files) => void add(files)} />
      <EntityList entity={papers} create={() => input.current?.click()} />
    </FileDrop>
  );
}

function FileInput({ input, add }: { readonly input: RefObject<HTMLInputElement | null>; readonly add: (files: readonly File[]) => void }) {
  return (
    <input
      ref={input}
      type="file"
      multiple
      hidden
      aria-hidden
      tabIndex={-1}
      onChange={(event) => {
        add([...(event.target.files ?? [])]);
        // The same file may be chosen again.
        event.target.value = '';
      }}
    />
  );
}

/** One paper: its facts, what is in it, and its versions. A file dropped on it is its next version. */
export function DocumentRecord({ id, draft }: RecordProps) {
  const t = useT();
  const { may } = useRights();
  const input = useRef<HTMLInputElement>(null);
  const version = useMemo<Action>(() => ({ id: 'document.version', label: 'parts.records.addVersion', icon: DocumentAdd20Regular, group: 'record', run: () => input.current?.click() }), []);
  // From the files of another record one comes to look at it.
  const view = useUi((ui) => ui.place.view);
  const writable = may('document', 'write');
  const add = (files: readonly File[]): void => void addFiles(files.slice(0, 1), { document_id: id });
  return (
    <>
      <FileInput input={input} add={add} />
      <RecordScreen
        entity={papers}
        id={id}
        given={{ kind: 'other', ...draft }}
        next={(row) => (writable && !row.archived ? version : null)}
        drop={writable ? add : undefined}
        {...(view === 'preview' ? { firstTab: view } : {})}
        tabs={[
          { key: 'preview', label: t('parts.records.preview'), content: (row) => <Preview id={row.id} /> },
          { key: 'versions', label: t('parts.records.versions'), content: (row) => <Versions id={row.id} /> },
        ]}
      />
    </>
  );
}
