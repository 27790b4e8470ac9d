import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { app, type BrowserWindow, type Session, session } from 'electron';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { host, scheme } from './protocol.ts';
import { makeWindow } from './window.ts';

/**
 * Paper. What is printed holds texts from outside (names, notes, imported files), so its window has no scripts, no gate, no
 * network and a session of its own that is forgotten afterwards.
 */

const paperPage = `${scheme}://${host}/paper`;
const limitMs = 60_000;

/** Pictures and fonts only as part of the page itself; styles in the page, because nothing can read back what they do. */
export const paperPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const tooLong = w('Printing took longer than a minute and was stopped. Please print fewer pages at once.', 'Das Drucken hat länger als eine Minute gedauert und wurde abgebrochen. Bitte drucken Sie weniger Seiten auf einmal.');
const notPrinted = w('The printer did not take it: {reason}', 'Der Drucker hat es nicht angenommen: {reason}');
const notWritten = w('The PDF could not be written there. Is it open in another program, or the disk full or read-only? ({reason})', 'Die PDF-Datei konnte dort nicht geschrieben werden. Ist sie in einem anderen Programm geöffnet, oder der Datenträger voll oder schreibgeschützt? ({reason})');

/** Countries that print on Letter; all others on A4. */
const letter = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE', 'CR', 'GT', 'PA', 'DO', 'NI', 'SV', 'PR', 'BO']);
export const paperSize = (country: string): 'A4' | 'Letter' => (letter.has(country.toUpperCase()) ? 'Letter' : 'A4');

/** Makes a PDF of a whole HTML page. */
export async function toPdf(html: string, title: string): Promise<Buffer> {
  return onPaper(html, async (window) => {
    const pdf = await window.webContents.printToPDF({
      pageSize: paperSize(app.getLocaleCountryCode()),
      printBackground: true,
      preferCSSPageSize: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer(title),
      margins: { top: 0.6, bottom: 0.7, left: 0.6, right: 0.6 },
      generateTaggedPDF: true,
    });
    return pdf;
  });
}

/** Shows the printer dialog; false when the user cancelled. */
export async function toPrinter(html: string): Promise<boolean> {
  return onPaper(
    html,
    (window) =>
      new Promise((done, fail) => {
        window.webContents.print({ silent: false, printBackground: true, pageSize: paperSize(app.getLocaleCountryCode()) }, (printed, reason) => {
          if (printed) done(true);
          else if (/cancel/i.test(reason)) done(false);
          else fail(new Refused('busy', notPrinted, { reason }));
        });
      }),
    Number.POSITIVE_INFINITY,
  );
}

/** Writes beside the goal and moves it there whole: a full disk leaves the old file. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temp = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const file = await open(temp, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temp, path);
  } catch (error) {
    await rm(temp, { force: true });
    throw new Refused('busy', notWritten, { reason: error instanceof Error && 'code' in error ? String(error.code) : String(error) });
  }
}

async function onPaper<T>(html: string, use: (window: BrowserWindow) => Promise<T>, limit = limitMs): Promise<T> {
  // No "persist:" in front: this session lives in memory.
  const own = session.fromPartition(`paper-${randomUUID()}`, { cache: false });
  shut(own, html);
  const window = makeWindow('paper', { session: own, width: 800, height: 1100 });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, fail) => {
    if (Number.isFinite(limit)) timer = setTimeout(() => fail(new Refused('busy', tooLong)), limit);
  });
  try {
    return await Promise.race([late, window.loadURL(paperPage).then(() => use(window))]);
  } finally {
    clearTimeout(timer);
    window.destroy();
    own.protocol.unhandle(scheme);
    void own.clearStorageData();
  }
}

function shut(own: Session, html: string): void {
  own.setPermissionRequestHandler((_page, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.setSpellCheckerEnabled(false);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(({ url, resourceType }, decide) => decide({ cancel: !(url.startsWith('data:') || (url === paperPage && resourceType === 'mainFrame')) }));
  own.protocol.handle(scheme, (request) =>
    request.url === paperPage
      ? new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': paperPolicy, 'x-content-type-options': 'nosniff' } })
      : new Response('', { status: 404 }),
  );
}

function footer(title: string): string {
  const plain = title.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<div style="width:100%;margin:0 0.6in;font:8px system-ui,sans-serif;color:#555;display:flex;justify-content:space-between"><span>${plain}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;
}
