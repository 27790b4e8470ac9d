import { create } from 'zustand';
import type { ListInput } from '#contract/kit/schema.ts';

/** Which import, export or print is open. Kept apart from the dialogs, so that lists can open them without drawing them. */

/** A file the user chose; the window knows its token, not its path. */
export interface Picked {
  readonly token: string;
  readonly name: string;
  readonly bytes: number;
}

export interface ImportRequest {
  /** Fixed when a file was dropped on a list; asked for otherwise. */
  readonly entity?: string;
  /** The kind is only a proposal, as from a list: another may be chosen. */
  readonly proposed?: boolean;
  readonly file?: Picked;
}

/** A list as it stands on screen: what is filtered and in which order, which columns, and how it is called. */
export interface ListNow {
  readonly entity: string;
  readonly list?: ListInput;
  /** Columns that are shown, in their order; all fields when left out. */
  readonly fields?: readonly string[];
  /** Each filter in words, for the head of the paper. */
  readonly filters?: readonly string[];
  /** How many records the list holds, where that is known. */
  readonly count?: number;
  /** Name of the saved view; the plural of the entity when left out. */
  readonly title?: string;
}

interface Open {
  readonly import: ImportRequest | null;
  readonly export: ListNow | null;
  readonly print: ListNow | null;
  readonly history: boolean;
}

const nothing: Open = { import: null, export: null, print: null, history: false };

export const useOpen = create<Open>(() => nothing);

const { setState: set } = useOpen;

/** Opens the import; from a list with its entity, from a drop with the file. */
export const openImport = (request: ImportRequest = {}): void => set({ import: request });
export const openExport = (list: ListNow): void => set({ export: list });
/** Asks for PDF or printer and which columns, then prints the list. */
export const openPrint = (list: ListNow): void => set({ print: list });
export const openImportHistory = (): void => set({ history: true });

/** Another user or another company begins with nothing open. */
export const closeAll = (): void => set(nothing);
export const closeImport = (): void => set({ import: null });
export const closeExport = (): void => set({ export: null });
export const closePrint = (): void => set({ print: null });
export const closeImportHistory = (): void => set({ history: false });

/** A file dropped on a list or on the import; null when it was not a file on this PC. */
export async function pickDropped(data: DataTransfer): Promise<Picked | null> {
  const [file] = data.files;
  return file ? await window.bureau.dropped(file) : null;
}
