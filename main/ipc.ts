import { type BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { type Failure, refusals } from '#contract/kit/failure.ts';
import { type Language, say, w } from '#contract/kit/words.ts';
import type { DeskRoom } from './desk.ts';
import type { Log } from './log.ts';
import { bearable, bytesFor, isCallName, isRequestId } from './payload.ts';
import { isOurs } from './protocol.ts';

/** The gate from the office's side: two channels, open to one page only. */

const unclear = w('Bureau did not understand this request.', 'Bureau hat diese Anfrage nicht verstanden.');
const tooMuch = w('This is more than one request may carry.', 'Das ist mehr, als eine Anfrage tragen darf.');

export interface Gate {
  readonly window: () => BrowserWindow | null;
  /** The office is loaded while the window already opens; who asks earlier waits. */
  readonly desk: () => Promise<DeskRoom>;
  readonly language: () => Language;
  readonly log: Log;
  /** Told at every call, for the idle lock. */
  readonly touched: () => void;
}

/** Whether a request comes from the page itself: not from a frame in it, not from another window, not from another origin. */
export function isFromPage(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, window: BrowserWindow | null): boolean {
  if (!window || window.isDestroyed()) return false;
  const page = window.webContents;
  return event.sender === page && event.senderFrame !== null && event.senderFrame === page.mainFrame && isOurs(event.senderFrame.url);
}

export function openGate(gate: Gate): void {
  const { log } = gate;
  const refuse = (code: Failure['code'], words: typeof unclear): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure: { code, message: say(words, gate.language()) } });

  ipcMain.handle('call', async (event, name: unknown, input: unknown, request: unknown) => {
    if (!isFromPage(event, gate.window())) {
      log.warn('call from elsewhere denied', { from: event.senderFrame?.url.slice(0, 200) ?? '' });
      return refuse('denied', refusals.denied);
    }
    if (!isCallName(name) || !isRequestId(request)) return refuse('invalid', unclear);
    if (!bearable(input, bytesFor(name))) return refuse('invalid', tooMuch);
    if (name !== 'session.lock') gate.touched();
    return (await gate.desk()).call(name, input, request);
  });

  ipcMain.handle('dropped', async (event, path: unknown) => {
    if (!isFromPage(event, gate.window())) {
      log.warn('drop from elsewhere denied');
      return null;
    }
    return (await gate.desk()).dropped(path);
  });
}
