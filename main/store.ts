import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

/**
 * Where settings are written: electron-store, which writes beside the file and moves it. It is loaded after the window, because loading it
 * takes a tenth of a second of the start; what is set before that is written as soon as it is there.
 */
export interface Keep {
  write(settings: Settings): void;
  /** Loads the store now that there is time, and writes what waits. */
  warm(): Promise<void>;
  /** Something was set and is not written yet. */
  waits(): boolean;
}

export function storeIn(folder: string, log: Log): Keep {
  let store: { store: Record<string, unknown> } | null = null;
  let waiting: Settings | null = null;
  let loading: Promise<void> | null = null;
  const write = (settings: Settings): void => {
    try {
      if (store) store.store = { ...settings };
      else waiting = settings;
    } catch (error) {
      log.warn('settings could not be written', { reason: String(error) });
    }
  };
  async function load(): Promise<void> {
    try {
      const [{ default: Store }, { ipcMain }] = await Promise.all([import('electron-store'), import('electron')]);
      store = new Store<Record<string, unknown>>({ cwd: folder, name: 'settings', clearInvalidConfig: true });
      // The store offers itself to pages on a channel of its own. Ours have two, and this is none of them.
      ipcMain.removeAllListeners('electron-store-get-data');
      if (waiting) write(waiting);
      waiting = null;
    } catch (error) {
      log.warn('settings could not be written', { reason: String(error) });
    }
  }
  return { write, warm: () => (loading ??= load()), waits: () => waiting !== null };
}
