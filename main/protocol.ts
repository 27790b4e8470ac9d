import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import { protocol } from 'electron';
import type { Log } from './log.ts';

/** The pages of Bureau live at `app://bureau/`: an origin of their own, without the rights that file URLs have. */
export const scheme = 'app';
export const host = 'bureau';
export const startPage = `${scheme}://${host}/`;
export const closingPage = `${scheme}://${host}/closing`;

/** Whether an address is one of our own pages, read by the URL parser: `app://bureau.evil/` is not. */
export function isOurs(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${scheme}:` && url.host === host && url.username === '' && url.password === '';
}

/** Must run before Electron is ready. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Scripts and fonts from the app alone; styles also from what carries the nonce of this one load. */
export function policy(nonce: string, dev?: { readonly origin: string }): string {
  const live = dev ? ` ${dev.origin.replace(/^http/, 'ws')}` : '';
  return [
    "default-src 'none'",
    `script-src 'self'${dev ? ` 'nonce-${nonce}'` : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${live}`,
    "worker-src 'self'",
    "manifest-src 'none'",
    "media-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function headers(nonce: string, type: string, dev?: { readonly origin: string }): Record<string, string> {
  return {
    'content-security-policy': policy(nonce, dev),
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  };
}

/** The file that an address names, or null when it would lie outside `root`. */
export function fileFor(root: string, address: string): string | null {
  if (!isOurs(address)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  // A backslash or a colon is a separator or a stream on Windows; our own files have neither, nor NUL.
  if (/[\\:\0]/.test(path)) return null;
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
  const inside = relative(root, file);
  return inside === '' || inside === '..' || inside.startsWith('../') || inside.startsWith('..\\') || isAbsolute(inside) ? null : file;
}

export interface Pages {
  /** Where the built renderer lies. */
  readonly root: string;
  readonly log: Log;
  /** Body of the page that is shown while the company is backed up and closed. */
  readonly closing: () => { readonly title: string; readonly text: string; readonly language: string };
  /** In development only: the server of electron-vite. */
  readonly dev?: { readonly origin: string; readonly fetch: (address: string) => Promise<Response> } | undefined;
}

/** Answers one request. Every answer carries the policy, the refusals too. */
export async function answer(pages: Pages, request: { readonly url: string; readonly method: string }): Promise<Response> {
  const nonce = randomBytes(18).toString('base64');
  const refuse = (status: number): Response => new Response('', { status, headers: headers(nonce, 'text/plain; charset=utf-8') });
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (request.url === closingPage) return new Response(closingBody(pages, nonce), { headers: headers(nonce, types['.html']!) });
  const file = fileFor(pages.root, request.url);
  if (file === null) {
    pages.log.warn('page refused', { address: request.url.slice(0, 500) });
    return refuse(403);
  }
  if (pages.dev) return fromDevelopment(pages.dev, request.url, nonce);
  const type = types[extname(file).toLowerCase()];
  if (type === undefined) return refuse(404);
  try {
    if (extname(file) !== '.html') return new Response(new Uint8Array(await readFile(file)), { headers: headers(nonce, type) });
    const page = await readFile(file, 'utf8');
    return new Response(page.replaceAll('__NONCE__', nonce), { headers: headers(nonce, type) });
  } catch {
    return refuse(404);
  }
}

/** How long nothing may be asked for before a page counts as complete, and after how long it does in any case, in ms. */
const quiet = { after: 12, latest: 3000 } as const;

/**
 * Serves `app:` in the session of the windows. The promise resolves when the first page has been given all it asked for (or after
 * 3 s, should it never ask): until then this thread should be kept free, for the page waits for it with every file.
 */
export function servePages(handler: { handle: (name: string, answer: (request: Request) => Promise<Response>) => void }, pages: Pages): Promise<void> {
  return new Promise((complete) => {
    setTimeout(complete, quiet.latest);
    let asked = 0;
    let timer: NodeJS.Timeout | undefined;
    handler.handle(scheme, async (request) => {
      clearTimeout(timer);
      asked++;
      try {
        return await answer(pages, request);
      } finally {
        asked--;
        // The page itself names the files that come next.
        if (asked === 0 && extname(new URL(request.url).pathname) !== '') timer = setTimeout(complete, quiet.after);
      }
    });
  });
}

export const builtPages = (appPath: string): string => join(appPath, 'out', 'renderer');

async function fromDevelopment(dev: NonNullable<Pages['dev']>, address: string, nonce: string): Promise<Response> {
  const { pathname, search } = new URL(address);
  const got = await dev.fetch(`${dev.origin}${pathname}${search}`);
  const type = got.headers.get('content-type') ?? 'application/octet-stream';
  const head = headers(nonce, type, dev);
  if (!type.startsWith('text/html')) return new Response(got.body, { status: got.status, headers: head });
  // Vite's own inline script and the styles it adds later need the nonce as well.
  const page = (await got.text())
    .replaceAll('__NONCE__', nonce)
    .replaceAll('<script', `<script nonce="${nonce}"`)
    .replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}">`);
  return new Response(page, { status: got.status, headers: head });
}

function closingBody(pages: Pages, nonce: string): string {
  const { title, text, language } = pages.closing();
  const plain = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<!doctype html><html lang="${plain(language)}"><head><meta charset="utf-8"><title>${plain(title)}</title><style nonce="${nonce}">
:root { color-scheme: light dark; font: 13px/20px 'Segoe UI Variable', system-ui, sans-serif }
body { margin: 0; height: 100vh; display: grid; place-content: center; text-align: center; background: light-dark(#f5f3f0, #191816); color: light-dark(#242424, #f5f5f5) }
h1 { font-size: 16px; margin: 0 0 8px }
</style></head><body><main role="status"><h1>${plain(title)}</h1><p>${plain(text)}</p></main></body></html>`;
}
