import { create } from 'zustand';
import { office } from '../../office.ts';
import { refresh } from '../../query.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { failureOf } from '../../parts/Problem.tsx';

/** Files larger than this are not taken, as the contract says (`document.add`). */
const largest = 50_000_000;

interface Adding {
  readonly name: string;
  readonly at: number;
  readonly count: number;
}

/** The file that is being added now, for the progress line. */
export const useAdding = create<{ readonly adding: Adding | null }>(() => ({ adding: null }));

export interface AddTo {
  /** The record they are attached to. */
  readonly attach?: { readonly entity: string; readonly id: number };
  /** The document they are the next version of. */
  readonly document_id?: number;
}

/** The bytes as base64, read by the browser itself: building the text by hand would take seconds for a large file. */
const base64 = (file: File): Promise<string> =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => done(typeof reader.result === 'string' ? reader.result.slice(reader.result.indexOf(',') + 1) : ''));
    reader.addEventListener('error', () => failed(reader.error ?? new Error('The file cannot be read.')));
    reader.readAsDataURL(file);
  });

/** Adds files one after the other and says what came of it. Returns the ids of the documents. */
export async function addFiles(files: readonly File[], to: AddTo): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const [at, file] of files.entries()) {
    if (file.size > largest) {
      tellWrong(t('parts.timeline.fileTooBig', { name: file.name }));
      continue;
    }
    useAdding.setState({ adding: { name: file.name, at: at + 1, count: files.length } });
    try {
      const added = await office['document.add']({ file_name: file.name, base64: await base64(file), ...to });
      ids.push(added.id);
      if (added.known) tell(t('parts.timeline.fileKnown', { name: file.name }), undefined, 'attention');
    } catch (thrown) {
      tellWrong(`${file.name}: ${failureOf(thrown).message}`);
    }
  }
  useAdding.setState({ adding: null });
  refresh(['document', 'link', ...(to.attach ? [to.attach.entity] : [])]);
  if (ids.length > 0) tell(t('parts.timeline.fileAdded', { count: ids.length }));
  return ids;
}
