import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { app, type BrowserWindow, dialog } from 'electron';

/** The dialogs of the system. Each gives null when the user cancelled. */
export interface Dialogs {
  folder(options: { readonly title: string; readonly start: string }): Promise<string | null>;
  file(options: { readonly title: string; readonly kinds: readonly FileKind[] }): Promise<string | null>;
  target(options: { readonly title: string; readonly start: string; readonly kinds: readonly FileKind[] }): Promise<string | null>;
  /** Index of the button that was chosen; `cancel` when the dialog was closed. */
  ask(options: { readonly message: string; readonly detail: string; readonly buttons: readonly string[]; readonly cancel: number }): number;
}

export interface FileKind {
  readonly name: string;
  readonly extensions: readonly string[];
}

export function systemDialogs(window: () => BrowserWindow | null): Dialogs {
  const filters = (kinds: readonly FileKind[]): Electron.FileFilter[] => kinds.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
  const open = async (options: Electron.OpenDialogOptions): Promise<string | null> => {
    const over = window();
    const { canceled, filePaths } = over ? await dialog.showOpenDialog(over, options) : await dialog.showOpenDialog(options);
    return canceled ? null : (filePaths[0] ?? null);
  };
  return {
    folder: ({ title, start }) => open({ title, defaultPath: start, properties: ['openDirectory', 'createDirectory', 'promptToCreate'] }),
    file: ({ title, kinds }) => open({ title, filters: filters(kinds), properties: ['openFile', 'dontAddToRecent'] }),
    target: async ({ title, start, kinds }) => {
      const options: Electron.SaveDialogOptions = { title, defaultPath: start, filters: filters(kinds), properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'] };
      const over = window();
      const { canceled, filePath } = over ? await dialog.showSaveDialog(over, options) : await dialog.showSaveDialog(options);
      return canceled || filePath === '' ? null : filePath;
    },
    ask: ({ message, detail, buttons, cancel }) => {
      const options: Electron.MessageBoxSyncOptions = { type: 'question', message, detail, buttons: [...buttons], cancelId: cancel, defaultId: cancel, noLink: true };
      const over = window();
      return over ? dialog.showMessageBoxSync(over, options) : dialog.showMessageBoxSync(options);
    },
  };
}

/**
 * Dialogs that take their answers from a file: a JSON list of paths, button numbers, and null for cancel, used up from the
 * front. Tests write it, for no test can click in a window of the system. Never in a packaged program.
 */
function answersFrom(file: string): Dialogs {
  const next = (): unknown => {
    try {
      const [first, ...rest] = JSON.parse(readFileSync(file, 'utf8')) as unknown[];
      writeFileSync(`${file}.new`, JSON.stringify(rest));
      renameSync(`${file}.new`, file);
      return first;
    } catch {
      return null;
    }
  };
  const path = (): Promise<string | null> => {
    const answer = next();
    return Promise.resolve(typeof answer === 'string' ? answer : null);
  };
  return {
    folder: path,
    file: path,
    target: path,
    ask: ({ cancel }) => {
      const answer = next();
      return typeof answer === 'number' ? answer : cancel;
    },
  };
}

export function makeDialogs(window: () => BrowserWindow | null): Dialogs {
  const answers = app.isPackaged ? undefined : process.env['BUREAU_DIALOG_ANSWERS'];
  return answers ? answersFrom(answers) : systemDialogs(window);
}
