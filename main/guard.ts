import { type App, type Session, type WebContents, shell } from 'electron';
import type { Log } from './log.ts';
import { opensOutside } from './outside.ts';
import { closingPage, isOurs, startPage } from './protocol.ts';

/** What pages may not do, whatever they hold. Set once for a session, and once for every page of every window. */

/** The one right that pages have: to put what the user copies on the clipboard. They cannot read from it. */
export const isGiven = (permission: string, address: string | undefined): boolean => permission === 'clipboard-sanitized-write' && address !== undefined && isOurs(address);

/** Denies permissions, devices, downloads and the network. `also` is an origin that development needs. */
export function guardSession(session: Session, log: Log, also?: string): void {
  session.setPermissionRequestHandler((_page, permission, decide, { requestingUrl }) => {
    const given = isGiven(permission, requestingUrl);
    if (!given) log.warn('permission denied', { permission });
    decide(given);
  });
  session.setPermissionCheckHandler((_page, permission, origin) => isGiven(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }));
  for (const choice of ['select-usb-device', 'select-hid-device', 'select-serial-port'] as const) {
    // One listener for three events whose first argument alone is used.
    (session as NodeJS.EventEmitter).on(choice, (event: { preventDefault: () => void }) => event.preventDefault());
  }
  session.on('will-download', (event, item) => {
    event.preventDefault();
    log.warn('download denied', { name: item.getFilename() });
  });
  session.webRequest.onBeforeRequest((details, decide) => {
    const allowed = mayRequest(details.url, also);
    if (!allowed) log.warn('request denied', { address: details.url.slice(0, 500) });
    decide({ cancel: !allowed });
  });
  session.setSpellCheckerEnabled(false);
}

/** Pages load their own files, and pictures they made themselves; nothing ever leaves the PC. */
export function mayRequest(address: string, also?: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  if (isOurs(address)) return true;
  if (url.protocol === 'data:') return true;
  if (url.protocol === 'blob:') return isOurs(url.pathname);
  if (url.protocol === 'devtools:') return also !== undefined;
  return also !== undefined && new URL(also).host === url.host;
}

/** Puts the guards on every page that is ever made, also on ones that we did not think of. */
export function guardPages(app: App, log: Log): void {
  app.on('web-contents-created', (_event, page) => guardPage(page, log));
}

function guardPage(page: WebContents, log: Log): void {
  const stay = (event: { readonly url: string; preventDefault: () => void }): void => {
    if (mayShow(event.url)) return;
    event.preventDefault();
    log.warn('navigation denied', { address: event.url.slice(0, 500) });
  };
  page.on('will-navigate', stay);
  page.on('will-frame-navigate', stay);
  page.on('will-redirect', stay);
  page.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.warn('webview denied');
  });
  page.setWindowOpenHandler(({ url }) => {
    const address = opensOutside(url);
    if (address !== null) void shell.openExternal(address).catch((error: unknown) => log.warn('could not open outside', { reason: String(error) }));
    else log.warn('window denied', { address: url.slice(0, 500) });
    return { action: 'deny' };
  });
}

/** A page moves only to the two pages there are; screens change inside the first by its fragment. */
export function mayShow(address: string): boolean {
  if (!isOurs(address)) return false;
  const url = new URL(address);
  return [startPage, closingPage].includes(`${url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin}${url.pathname}`);
}
