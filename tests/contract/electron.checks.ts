import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Electron's security checklist as checks over the text of the sources. Each takes the house and gives what is wrong in it, so
 * that a test can break a copy of the house and see the check go red. What only a running program can show is in tests/e2e/security.spec.ts.
 */

export interface House {
  /** Sources without comments, by path: everything under main/, preload/, renderer/ and scripts/fuses.mjs, pack.mjs, afterpack.mjs. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Item {
  readonly item: number;
  readonly promise: string;
  readonly check: (house: House) => string[];
}

export function readHouse(root: string): House {
  const files: Record<string, string> = {};
  const add = (path: string): void => {
    files[path] = withoutComments(readFileSync(join(root, path), 'utf8'));
  };
  for (const world of ['main', 'preload', 'renderer']) {
    for (const name of readdirSync(join(root, world), { recursive: true }) as string[]) {
      if (/\.(ts|tsx|html|css)$/.test(name)) add(`${world}/${name.replaceAll('\\', '/')}`);
    }
  }
  for (const path of ['scripts/fuses.mjs', 'scripts/afterpack.mjs', 'scripts/pack.mjs', 'package.json']) add(path);
  return { files };
}

/** Whole comments only: what stands behind code on a line is left, which can make a check too strict, never too lax. */
export const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

const under = (house: House, ...worlds: string[]): [string, string][] => Object.entries(house.files).filter(([path]) => worlds.some((world) => path.startsWith(world)));
const code = (house: House): [string, string][] => under(house, 'main/', 'preload/', 'renderer/');
const file = (house: House, path: string): string => house.files[path] ?? '';
const found = (list: [string, string][], pattern: RegExp, what: string): string[] => list.filter(([, text]) => pattern.test(text)).map(([path]) => `${path}: ${what}`);
const needs = (house: House, path: string, pattern: RegExp, what: string): string[] => (pattern.test(file(house, path)) ? [] : [`${path}: ${what} is missing`]);
const count = (text: string, pattern: RegExp): number => [...text.matchAll(new RegExp(pattern, 'g'))].length;

const factory = 'main/window.ts';
const guard = 'main/guard.ts';
const pages = 'main/protocol.ts';
const gate = 'main/ipc.ts';
const bridge = 'preload/bridge.ts';

/** A setting of the factory: there as it must be, and nowhere in the house as it must not. */
const setting = (house: House, name: string, value: 'true' | 'false'): string[] => [
  ...needs(house, factory, new RegExp(`\\b${name}: ${value},`), `${name}: ${value}`),
  ...found(under(house, 'main/'), new RegExp(`\\b${name}['"]?: (?!${value}\\b)`), `${name} is not ${value}`),
];

/** The body of the call that begins with `head`, up to its closing bracket. */
function bodyAfter(text: string, head: string): string {
  const start = text.indexOf(head);
  if (start < 0) return '';
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(start, at + 1);
  }
  return text.slice(start);
}

/** Electron's three newest majors on 2026-11-22; to be looked at with every update of package.json. */
const supported = [45, 44, 43];

const fuses: Readonly<Record<string, boolean>> = {
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  GrantFileProtocolExtraPrivileges: false,
};

export const items: readonly Item[] = [
  {
    item: 1,
    promise: 'nothing is loaded over the network',
    check: (house) => [
      // Names of XML vocabularies look like addresses and are never asked for.
      ...found(code(house), /\b(http|wss?):(?!\/\/(www\.w3\.org|schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.org)\/)(?=['"`]|\/\/)/, 'an insecure address'),
      ...needs(house, guard, /webRequest\.onBeforeRequest/, 'the watch over requests'),
      ...needs(house, guard, /cancel: !allowed/, 'cancelling of foreign requests'),
      ...needs(house, 'main/index.ts', /'host-resolver-rules', 'MAP \* ~NOTFOUND/, 'the switch that looks up no names'),
    ],
  },
  {
    item: 2,
    promise: 'no Node in pages, and one factory makes every window',
    check: (house) => [
      ...['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames'].flatMap((name) => setting(house, name, 'false')),
      ...found(under(house, 'main/').filter(([path]) => path !== factory), /new (BrowserWindow|WebContentsView|BrowserView|BaseWindow)\b/, 'a window that the factory did not make'),
      ...(count(file(house, factory), /new BrowserWindow\(/) === 1 ? [] : [`${factory}: not exactly one window is made`]),
    ],
  },
  { item: 3, promise: 'the gate lives in a world of its own', check: (house) => setting(house, 'contextIsolation', 'true') },
  {
    item: 4,
    promise: 'every page is in the sandbox',
    check: (house) => {
      const index = file(house, 'main/index.ts');
      const on = index.indexOf('app.enableSandbox()');
      return [
        ...setting(house, 'sandbox', 'true'),
        ...(on >= 0 && on < index.indexOf('whenReady') ? [] : ['main/index.ts: the sandbox is not enabled before Electron is ready']),
        ...found(under(house, 'main/', 'scripts/'), /appendSwitch\('no-sandbox'|--no-sandbox/, 'a switch that turns the sandbox off'),
      ];
    },
  },
  {
    item: 5,
    promise: 'every permission is denied, except to write what the user copies',
    check: (house) => [
      ...needs(house, guard, /=> permission === 'clipboard-sanitized-write' && address !== undefined && isOurs\(address\);/, 'the one exception'),
      ...needs(house, guard, /setPermissionRequestHandler\([^\n]*\n\s*const given = isGiven\(permission, requestingUrl\);[\s\S]{0,120}?decide\(given\)/, 'the denial of requests'),
      ...needs(house, guard, /setPermissionCheckHandler\(\(_page, permission, origin\) => isGiven\(permission, origin\)\)/, 'the denial of checks'),
      ...needs(house, guard, /setDevicePermissionHandler\(\(\) => false\)/, 'the denial of devices'),
      ...needs(house, guard, /setDisplayMediaRequestHandler\(\(_request, decide\) => decide\(\{\}\)\)/, 'the denial of screen pictures'),
      ...found(under(house, 'main/'), /decide\(true\)|PermissionCheckHandler\(\(\) => true|PermissionHandler\(\(\) => true/, 'a permission is given'),
      ...needs(house, 'main/index.ts', /guardSession\(session\.defaultSession/, 'the guard of the session'),
      ...needs(house, 'main/print.ts', /setPermissionRequestHandler\([^)]*\) => decide\(false\)/, 'the denial of requests on paper'),
    ],
  },
  { item: 6, promise: 'web security is on', check: (house) => setting(house, 'webSecurity', 'true') },
  {
    item: 7,
    promise: 'a content security policy stands on every page',
    check: (house) => [
      ...needs(house, pages, /"default-src 'none'"/, "default-src 'none'"),
      ...needs(house, pages, /`script-src 'self'\$\{dev \?/, "script-src 'self'"),
      ...['object-src', 'frame-src', 'base-uri', 'form-action', 'frame-ancestors'].flatMap((name) => needs(house, pages, new RegExp(`"${name} 'none'"`), `${name} 'none'`)),
      ...found(code(house).filter(([path]) => path !== 'main/print.ts'), /unsafe-inline|unsafe-eval|unsafe-hashes/, 'an unsafe source'),
      ...needs(house, 'main/print.ts', /"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; /, 'the policy of paper'),
      ...(count(file(house, pages), /new Response\(/) === count(file(house, pages), /headers: head(ers\(|\b)/) ? [] : [`${pages}: an answer without the headers`]),
      ...needs(house, pages, /'content-security-policy': policy\(nonce, dev\)/, 'the policy among the headers'),
      ...found(under(house, 'renderer/').filter(([path]) => path.endsWith('.html')), /<script(?![^>]*\bsrc=)|\son\w+=|javascript:/i, 'a script in the page itself'),
    ],
  },
  { item: 8, promise: 'no insecure content', check: (house) => setting(house, 'allowRunningInsecureContent', 'false') },
  { item: 9, promise: 'no experimental features', check: (house) => setting(house, 'experimentalFeatures', 'false') },
  { item: 10, promise: 'no Blink features', check: (house) => found(under(house, 'main/', 'scripts/'), /enableBlinkFeatures|enable-blink-features|'enable-features'|enable-experimental-web-platform/, 'features switched on') },
  { item: 11, promise: 'no web views', check: (house) => [...setting(house, 'webviewTag', 'false'), ...found(under(house, 'renderer/'), /<webview|allowpopups/i, 'a web view')] },
  {
    item: 12,
    promise: 'a web view that is made all the same is not attached',
    check: (house) => [
      ...needs(house, guard, /'will-attach-webview', \(event\) => \{\s*event\.preventDefault\(\)/, 'the prevention of web views'),
      ...needs(house, guard, /app\.on\('web-contents-created', \(_event, page\) => guardPage\(page, log\)\)/, 'the guard of every page'),
      ...needs(house, 'main/index.ts', /guardPages\(app, log\)/, 'the guard of every page'),
    ],
  },
  {
    item: 13,
    promise: 'pages do not go elsewhere',
    check: (house) => [
      ...['will-navigate', 'will-frame-navigate', 'will-redirect'].flatMap((event) => needs(house, guard, new RegExp(`page\\.on\\('${event}', stay\\)`), `the guard of ${event}`)),
      ...needs(house, guard, /if \(mayShow\(event\.url\)\) return;\s*event\.preventDefault\(\)/, 'the prevention of navigation'),
      ...needs(house, pages, /URL\.parse\(address\)[\s\S]{0,120}url\.protocol === `\$\{scheme\}:` && url\.host === host/, 'the comparison of parsed addresses'),
      ...found(under(house, 'main/guard', 'main/protocol', 'main/ipc', 'main/outside'), /(url|address)\.(startsWith|includes|indexOf)\(/, 'an address compared as text'),
    ],
  },
  {
    item: 14,
    promise: 'pages open no windows',
    check: (house) => [
      ...needs(house, guard, /setWindowOpenHandler/, 'the guard of new windows'),
      ...needs(house, guard, /return \{ action: 'deny' \};/, 'the denial of new windows'),
      ...found(under(house, 'main/'), /action: 'allow'/, 'a new window is allowed'),
    ],
  },
  {
    item: 15,
    promise: 'only web pages and letters are opened outside',
    check: (house) => [
      ...found(under(house, 'main/').filter(([path]) => path !== guard), /openExternal|openPath\(/, 'something is opened outside'),
      ...(count(file(house, guard), /openExternal\(/) === 1 ? [] : [`${guard}: not exactly one place opens outside`]),
      ...needs(house, guard, /const address = opensOutside\(url\);\s*if \(address !== null\) void shell\.openExternal\(address\)/, 'the look at the address'),
      ...needs(house, 'main/outside.ts', /return null;\s*\}\s*$|return null;\n\}/, 'the no at the end'),
      ...([...file(house, 'main/outside.ts').matchAll(/protocol === '([a-z]+:)'/g)].map((match) => match[1]).join() === 'https:,mailto:' ? [] : ['main/outside.ts: other protocols than https: and mailto:']),
    ],
  },
  {
    item: 16,
    promise: 'Electron is one of the three newest majors, pinned exactly',
    check: (house) => {
      const { devDependencies } = JSON.parse(file(house, 'package.json')) as { devDependencies: Record<string, string> };
      const version = devDependencies['electron'] ?? '';
      if (!/^\d+\.\d+\.\d+$/.test(version)) return [`package.json: electron "${version}" is not one exact version`];
      return supported.includes(Number(version.split('.')[0])) ? [] : [`package.json: Electron ${version} is no longer supported`];
    },
  },
  {
    item: 17,
    promise: 'only the page itself may ask',
    check: (house) => {
      const text = file(house, gate);
      const channels = [...text.matchAll(/ipcMain\.(?:handle|on)(?:Once|ce)?\('(\w+)'/g)].map((match) => match[1]!);
      return [
        ...(channels.join() === 'call,dropped' ? [] : [`${gate}: channels are ${channels.join()}`]),
        ...channels.filter((channel) => !bodyAfter(text, `ipcMain.handle('${channel}'`).includes('if (!isFromPage(event, gate.window()))')).map((channel) => `${gate}: ${channel} does not look at who asks`),
        ...needs(house, gate, /event\.sender === page && event\.senderFrame !== null && event\.senderFrame === page\.mainFrame && isOurs\(event\.senderFrame\.url\)/, 'the look at window, frame and origin'),
        ...found(under(house, 'main/').filter(([path]) => path !== gate), /ipcMain\.(handle|on)\b|\.ipc\.(handle|on)\b/, 'another channel'),
      ];
    },
  },
  {
    item: 18,
    promise: 'pages come by a protocol of our own, never as files',
    check: (house) => [
      ...found(code(house), /\bloadFile\(|['"`]file:|pathToFileURL|registerFileProtocol|interceptFileProtocol/, 'a page as a file'),
      ...needs(house, pages, /handler\.handle\(scheme, /, 'the protocol'),
      ...needs(house, pages, /const inside = relative\(root, file\);\s*return [^;]*inside\.startsWith\('\.\.\/'\)[^;]*isAbsolute\(inside\) \? null : file;/, 'containment in the folder of the pages'),
    ],
  },
  {
    item: 19,
    promise: 'the fuses of the packaged program are burnt and read back',
    check: (house) => [
      ...Object.entries(fuses).flatMap(([fuse, on]) => needs(house, 'scripts/fuses.mjs', new RegExp(`\\[FuseV1Options\\.${fuse}\\]: ${on},`), `${fuse}: ${on}`)),
      ...needs(house, 'scripts/afterpack.mjs', /burnFuses\(/, 'burning'),
      ...needs(house, 'scripts/pack.mjs', /wrongFuses\([\s\S]*?if \(wrong\.length\) throw/, 'reading back'),
    ],
  },
  {
    item: 20,
    promise: 'the page gets three frozen functions and nothing of Electron',
    check: (house) => {
      const text = file(house, bridge);
      const names = [...bodyAfter(text, 'Object.freeze(').matchAll(/^ {2}(\w+): /gm)].map((match) => match[1]!);
      return [
        ...(names.join() === 'call,listen,dropped' ? [] : [`${bridge}: the page gets ${names.join()}`]),
        ...(count(text, /exposeInMainWorld\(/) === 1 && text.includes("exposeInMainWorld('bureau', bridge)") ? [] : [`${bridge}: not exactly the bridge is exposed`]),
        ...(count(text.replace(/^import .*$/gm, ''), /ipcRenderer(?!\.(invoke|on|removeListener)\()/) === 0 ? [] : [`${bridge}: ipcRenderer itself is passed on`]),
        ...needs(house, bridge, /\(_event: unknown, told: DeskEvent\): void => listener\(told\)/, 'the listener without the event object'),
        ...found(under(house, 'preload/').filter(([path]) => path !== bridge), /contextBridge|ipcRenderer/, 'another gate'),
      ];
    },
  },
];
