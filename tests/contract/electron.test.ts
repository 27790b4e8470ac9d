import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type House, items, readHouse, withoutComments } from './electron.checks.ts';

// The sources under test import Electron, which is not there outside of it; nothing of it is called here.
vi.mock('electron', () => ({ app: {}, protocol: {}, shell: {}, ipcMain: {}, powerMonitor: {}, session: {}, nativeTheme: {}, screen: {}, Menu: {}, BrowserWindow: class {} }));

const house = readHouse(join(import.meta.dirname, '..', '..'));

/** A copy of the house in which one text is replaced; fails when there was nothing to replace. */
function broken(path: string, from: string | RegExp, to: string): House {
  const before = house.files[path] ?? '';
  const after = before.replace(from, to);
  expect(after, `${path} does not hold ${String(from)}: the mutant must be written anew`).not.toBe(before);
  return { files: { ...house.files, [path]: after } };
}
const added = (path: string, text: string): House => ({ files: { ...house.files, [path]: `${house.files[path] ?? ''}\n${text}\n` } });
const w = 'main/window.ts';
const g = 'main/guard.ts';
const p = 'main/protocol.ts';

/** For every item at least one way to break it. */
const mutants: readonly (readonly [number, string, () => House])[] = [
  [1, 'a page from the network', () => added('main/extra.ts', "window.loadURL('http://example.com/');")],
  [1, 'a socket in the window', () => added('renderer/extra.ts', "new WebSocket('ws://example.com');")],
  [1, 'foreign requests are let through', () => broken(g, 'cancel: !allowed', 'cancel: false')],
  [1, 'names are looked up', () => broken('main/index.ts', 'MAP * ~NOTFOUND', 'MAP example ~NOTFOUND')],
  [2, 'Node in pages', () => broken(w, 'nodeIntegration: false', 'nodeIntegration: true')],
  [2, 'Node in workers', () => broken(w, 'nodeIntegrationInWorker: false', 'nodeIntegrationInWorker: true')],
  [2, 'a window beside the factory', () => added('main/extra.ts', 'new BrowserWindow({});')],
  [2, 'a second window in the factory', () => added(w, 'new BrowserWindow({});')],
  [3, 'no isolation', () => broken(w, 'contextIsolation: true', 'contextIsolation: false')],
  [3, 'isolation overridden elsewhere', () => added('main/extra.ts', 'const preferences = { contextIsolation: false };')],
  [4, 'no sandbox in the factory', () => broken(w, 'sandbox: true', 'sandbox: false')],
  [4, 'sandbox not enabled', () => broken('main/index.ts', 'app.enableSandbox();', '')],
  [4, 'sandbox switched off', () => added('main/index.ts', "app.commandLine.appendSwitch('no-sandbox');")],
  [5, 'a permission given', () => broken(g, 'decide(given)', 'decide(true)')],
  [5, 'another permission given', () => broken(g, "permission === 'clipboard-sanitized-write'", "permission.startsWith('clipboard')")],
  [5, 'given to any page', () => broken(g, '&& isOurs(address)', '')],
  [5, 'checks answered with yes', () => broken(g, /setPermissionCheckHandler\(.*\)/, 'setPermissionCheckHandler(() => true)')],
  [5, 'devices given', () => broken(g, 'setDevicePermissionHandler(() => false)', 'setDevicePermissionHandler(() => true)')],
  [5, 'session without guard', () => broken('main/index.ts', /guardSession\(session.*\n/, '\n')],
  [6, 'no web security', () => broken(w, 'webSecurity: true', 'webSecurity: false')],
  [7, 'inline scripts', () => broken(p, "script-src 'self'", "script-src 'self' 'unsafe-inline'")],
  [7, 'eval', () => broken(p, "script-src 'self'", "script-src 'self' 'unsafe-eval'")],
  [7, 'open default', () => broken(p, "default-src 'none'", "default-src 'self'")],
  [7, 'no policy', () => broken(p, "'content-security-policy': policy(nonce, dev),", '')],
  [7, 'an answer without headers', () => added(p, "export const extra = () => new Response('');")],
  [7, 'a script in the page', () => broken('renderer/index.html', '<div id="root">', '<script>1</script><div id="root">')],
  [7, 'scripts on paper', () => broken('main/print.ts', "default-src 'none'; style-src", "default-src 'none'; script-src 'self'; style-src")],
  [8, 'insecure content', () => broken(w, 'allowRunningInsecureContent: false', 'allowRunningInsecureContent: true')],
  [9, 'experimental features', () => broken(w, 'experimentalFeatures: false', 'experimentalFeatures: true')],
  [10, 'Blink features', () => broken(w, 'experimentalFeatures: false,', "experimentalFeatures: false, enableBlinkFeatures: 'X',")],
  [11, 'web views', () => broken(w, 'webviewTag: false', 'webviewTag: true')],
  [12, 'web views attached', () => broken(g, /'will-attach-webview', \(event\) => \{\s*event\.preventDefault\(\);/, "'will-attach-webview', (event) => {")],
  [12, 'pages without guard', () => broken('main/index.ts', 'guardPages(app, log);', '')],
  [13, 'navigation free', () => broken(g, "page.on('will-navigate', stay);", '')],
  [13, 'redirects free', () => broken(g, "page.on('will-redirect', stay);", '')],
  [13, 'origin compared as text', () => broken(p, 'url.host === host', 'address.startsWith(startPage)')],
  [14, 'windows allowed', () => broken(g, "action: 'deny'", "action: 'allow'")],
  [14, 'windows unguarded', () => broken(g, 'setWindowOpenHandler', 'once')],
  [15, 'everything opened outside', () => broken(g, 'const address = opensOutside(url);', 'const address = url;')],
  [15, 'files opened outside', () => broken('main/outside.ts', "url.protocol === 'mailto:'", "url.protocol === 'file:'")],
  [15, 'opened elsewhere', () => added('main/desk.ts', 'shell.openExternal(address);')],
  [16, 'an old Electron', () => broken('package.json', /"electron": "\d+/, '"electron": "30')],
  [16, 'an open version', () => broken('package.json', '"electron": "', '"electron": "^')],
  [17, 'a channel for all', () => broken('main/ipc.ts', 'if (!isFromPage(event, gate.window()))', 'if (!gate.window())')],
  [17, 'frames may ask', () => broken('main/ipc.ts', 'event.senderFrame === page.mainFrame', 'true')],
  [17, 'any origin may ask', () => broken('main/ipc.ts', 'isOurs(event.senderFrame.url)', 'true')],
  [17, 'another channel', () => added('main/settings.ts', "ipcMain.handle('settings', () => 1);")],
  [18, 'pages as files', () => added('main/window.ts', "window.loadFile('index.html');")],
  [18, 'no containment', () => broken(p, "inside.startsWith('../')", 'false')],
  [19, 'runs as Node', () => broken('scripts/fuses.mjs', '[FuseV1Options.RunAsNode]: false', '[FuseV1Options.RunAsNode]: true')],
  [19, 'fuses not burnt', () => broken('scripts/afterpack.mjs', /burnFuses\(/g, 'noFuses(')],
  [19, 'fuses not read back', () => broken('scripts/pack.mjs', 'if (wrong.length) throw', 'if (wrong.length) console.log')],
  [20, 'ipcRenderer passed on', () => broken('preload/bridge.ts', 'const bridge: Bridge = Object.freeze({', 'const bridge: Bridge = Object.freeze({\n  raw: ipcRenderer,')],
  [20, 'a fourth function', () => broken('preload/bridge.ts', 'const bridge: Bridge = Object.freeze({', 'const bridge: Bridge = Object.freeze({\n  send: (x: string) => ipcRenderer.invoke(x),')],
  [20, 'the event object passed on', () => broken('preload/bridge.ts', 'listener(told)', 'listener(_event)')],
];

describe('Electron checklist', () => {
  test('has 20 items, each with a mutant', () => {
    expect(items.map((item) => item.item)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect([...new Set(mutants.map(([item]) => item))].toSorted((a, b) => a - b)).toEqual(items.map((item) => item.item));
  });

  test.each(items.map((item) => [item.item, item.promise, item.check] as const))('%i: %s', (_item, _promise, check) => {
    expect(check(house)).toEqual([]);
  });

  test.each(mutants)('%i goes red: %s', (item, _what, breakIt) => {
    expect(items[item - 1]!.check(breakIt())).not.toEqual([]);
  });

  test('reads no comments', () => {
    expect(withoutComments("a(); // b\n  // sandbox: true,\n/* webSecurity: true, */\n'app://x'")).not.toMatch(/sandbox|webSecurity/);
  });
});

describe('what pages may ask of the world', () => {
  test('opens 200 hostile addresses outside: none', async () => {
    const { opensOutside } = await import('../../main/outside.ts');
    const { hostile } = await import('./hostile.ts');
    expect(hostile.length).toBeGreaterThanOrEqual(200);
    expect(hostile.filter((address) => opensOutside(address) !== null)).toEqual([]);
  });

  test('opens web pages and letters outside', async () => {
    const { opensOutside } = await import('../../main/outside.ts');
    for (const address of ['https://example.com/a?b=c#d', 'https://müller.example/', 'mailto:a@example.com', 'mailto:a@example.com?subject=Hello%20you&cc=b@example.com']) expect(opensOutside(address), address).not.toBeNull();
  });

  test('requests only its own pages and pictures', async () => {
    const { mayRequest, mayShow } = await import('../../main/guard.ts');
    const { hostile } = await import('./hostile.ts');
    for (const good of ['app://bureau/', 'app://bureau/assets/a.js', 'data:image/png;base64,AA==', 'blob:app://bureau/9d7c']) expect(mayRequest(good), good).toBe(true);
    expect(hostile.filter((address) => mayShow(address))).toEqual([]);
    expect(hostile.filter((address) => !/^data:/i.test(address) && mayRequest(address))).toEqual([]);
    expect(mayShow('app://bureau/#/people/7')).toBe(true);
    expect(mayShow('app://bureau/assets/a.js')).toBe(false);
  });

  test('gets no file outside the folder of the pages', async () => {
    const { fileFor } = await import('../../main/protocol.ts');
    const root = join('/srv', 'pages');
    const inside = [['app://bureau/', 'index.html'], ['app://bureau/assets/a.js?x#y', 'assets/a.js'], ['app://bureau/a/../b.css', 'b.css']] as const;
    for (const [address, name] of inside) expect(fileFor(root, address)).toBe(join(root, name));
    const outside = ['..', '%2e%2e', '..%2f', '%2e%2e%2f', '..%5c', '%5c', 'C:', 'a:b', '%00', '%', '%c0%ae%c0%ae%2f', '..%252f'];
    for (const step of outside) {
      for (const path of [`app://bureau/${step}/${step}/${step}/etc/passwd`, `app://bureau/${step}${step}etc/passwd`, `app://bureau//${step}/etc`]) {
        const file = fileFor(root, path);
        expect(file === null || file.startsWith(`${root}/`), `${path} gives ${file}`).toBe(true);
      }
    }
    for (const elsewhere of ['app://bureau.evil/', 'app://evil/', 'app://x@bureau/', 'app://bureau:80/', 'file:///etc/passwd', 'https://bureau/', '']) expect(fileFor(root, elsewhere), elsewhere).toBeNull();
  });
});

describe('the gate', () => {
  test('opens for the main frame of our own page only', async () => {
    const { isFromPage } = await import('../../main/ipc.ts');
    type Event = Parameters<typeof isFromPage>[0];
    type Window = Parameters<typeof isFromPage>[1];
    const frame = { url: 'app://bureau/#/home' };
    const page = { mainFrame: frame };
    const window = { isDestroyed: () => false, webContents: page } as unknown as Window;
    const from = (sender: unknown, senderFrame: unknown): Event => ({ sender, senderFrame }) as Event;
    expect(isFromPage(from(page, frame), window)).toBe(true);
    const wrong: [string, Event, Window][] = [
      ['no window', from(page, frame), null],
      ['a window that is gone', from(page, frame), { ...window, isDestroyed: () => true } as Window],
      ['another window', from({ mainFrame: frame }, frame), window],
      ['a frame in the page', from(page, { url: 'app://bureau/' }), window],
      ['a frame that is gone', from(page, null), window],
      ...['app://bureau.evil/', 'app://evil/', 'https://bureau/', 'file:///index.html', 'about:blank', '', 'app://bureau@evil/'].map((url): [string, Event, Window] => {
        const other = { url };
        const there = { mainFrame: other };
        return [url, from(there, other), { isDestroyed: () => false, webContents: there } as unknown as Window];
      }),
    ];
    for (const [what, event, to] of wrong) expect(isFromPage(event, to), what).toBe(false);
  });

  test('takes plain data of bearable size', async () => {
    const { bearable, isCallName, isRequestId } = await import('../../main/payload.ts');
    const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
    for (const good of [{}, null, undefined, 7, 'x', { a: [1, 'two', { b: null }] }, deep(30)]) expect(bearable(good)).toBe(true);
    const round: unknown[] = [];
    round.push(round);
    for (const bad of ['x'.repeat(4_000_001), deep(40), Array.from({ length: 200_001 }, () => 0), new Map(), new Date(), new Uint8Array(8), Number.NaN, 7n, round, { a: new Set() }, JSON.parse('{"__proto__":1}')]) expect(bearable(bad)).toBe(false);
    expect(['party.get', 'backup.list'].every(isCallName)).toBe(true);
    expect(['', 'party', 'party.get.x', '__proto__.x', 'Party.get', 'a.b\n', `${'a'.repeat(50)}.b`, 7, null, {}].some(isCallName)).toBe(false);
    expect(isRequestId(crypto.randomUUID())).toBe(true);
    expect(['', 'a b', 'x'.repeat(65), 'a\n', null, 7].some(isRequestId)).toBe(false);
  });
});
