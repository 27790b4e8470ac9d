import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { opensOutside } from '../../main/outside.ts';
import { hostile } from '../contract/hostile.ts';
import { start, type Started } from './launch.ts';

// Electron's checklist in the running program: what no look at the sources can show. The numbers are its items.

test.describe.configure({ mode: 'default' });

let bureau: Started;
const asked: string[] = [];
const policies: { readonly address: string; readonly policy: string | undefined }[] = [];

test.beforeAll(async () => {
  bureau = await start();
  bureau.page.on('request', (request) => asked.push(request.url()));
  bureau.page.on('response', (response) => policies.push({ address: response.url(), policy: response.headers()['content-security-policy'] }));
  // Nothing that a test does may really open a browser.
  await bureau.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    Object.defineProperty(shell, 'openExternal', { value: (address: string) => Promise.resolve(opened.push(address)) });
  });
});
test.afterAll(() => bureau.stop());
test.afterEach(() => {
  expect(bureau.page.url()).toMatch(/^app:\/\/bureau\/(#.*)?$/);
});

const windows = (): Promise<number> => bureau.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
const opened = (): Promise<string[]> => bureau.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened.splice(0));
const denied = (text: string): number => bureau.log().filter((line) => line['text'] === text).length;

test('1: every request of a load stays in the program, and none leaves it', async () => {
  asked.length = 0;
  await bureau.page.reload();
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.filter((address) => !/^(app:\/\/bureau\/|data:|blob:app:)/.test(address))).toEqual([]);

  // A server on this very PC, which no missing network would hide: nobody comes.
  let visits = 0;
  const server = createServer((_request, response) => {
    visits++;
    response.end('x');
  }).on('upgrade', () => visits++);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await bureau.page.evaluate(async (goal) => {
    for (const tag of ['img', 'script', 'iframe', 'video']) document.body.append(Object.assign(document.createElement(tag), { src: goal }));
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: goal }), Object.assign(document.createElement('link'), { rel: 'prefetch', href: goal }));
    navigator.sendBeacon(goal, 'x');
    try {
      new WebSocket(goal.replace('http', 'ws'));
    } catch {
      // Refused at once is as good.
    }
    await fetch(goal).catch(() => undefined);
  }, `http://localhost:${port}/`);
  // The policy stops the page; what asks beside it is stopped as well.
  const got = await bureau.app.evaluate(({ session }, goal) => session.defaultSession.fetch(goal).then(() => 'an answer', () => 'nothing'), `http://localhost:${port}/`);
  await bureau.page.waitForTimeout(300);
  server.close();
  expect({ got, visits }).toEqual({ got: 'nothing', visits: 0 });
  expect(denied('request denied')).toBeGreaterThan(0);
});

test('2: pages know no Node', async () => {
  const types = await bureau.page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].map((name) => typeof (globalThis as unknown as Record<string, unknown>)[name]));
  expect(new Set(types)).toEqual(new Set(['undefined']));
});

test('3: what a page spoils in its world does not reach the gate', async () => {
  const seen = await bureau.page.evaluate(async () => {
    const kept = globalThis.String;
    let reached = 0;
    const spoil = (): void => {
      reached++;
    };
    Object.defineProperty(Object.prototype, 'ipcRenderer', { configurable: true, get: spoil });
    globalThis.String = spoil as unknown as StringConstructor;
    try {
      const reply = (await window.bureau.call('desk.state', {}, 'spoiled-1')) as { ok: boolean };
      return { ok: reply.ok, reached };
    } finally {
      globalThis.String = kept;
      Reflect.deleteProperty(Object.prototype, 'ipcRenderer');
    }
  });
  expect(seen).toEqual({ ok: true, reached: 0 });
});

test('4: the page is in the sandbox, with the settings of the factory', async () => {
  const settings = await bureau.app.evaluate(({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]!.webContents;
    return { pid: page.getOSProcessId(), preferences: (page as unknown as { getLastWebPreferences: () => Record<string, unknown> }).getLastWebPreferences() };
  });
  expect(settings.preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false, experimentalFeatures: false, allowRunningInsecureContent: false });
  if (process.platform === 'linux') {
    // 2 = seccomp filters: the kernel itself refuses what the page's process may not do.
    expect(readFileSync(`/proc/${settings.pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m);
    expect(readFileSync(`/proc/${settings.pid}/status`, 'utf8')).toMatch(/^NoNewPrivs:\s*1$/m);
    expect(await bureau.app.evaluate(() => process.argv.join(' '))).not.toContain('--no-sandbox');
  }
});

test('5: every permission is denied', async () => {
  const answers = await bureau.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi', 'persistent-storage', 'screen-wake-lock', 'window-management', 'local-fonts', 'storage-access'];
    const states = await Promise.all(names.map(async (name) => `${name}: ${await navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state, () => 'denied')}`));
    type Asker = Record<string, Record<string, (input?: unknown) => Promise<unknown>> | undefined>;
    const devices = navigator as unknown as Asker;
    const tries: [string, () => Promise<unknown>][] = [
      ['notification', () => Notification.requestPermission().then((state) => (state === 'granted' ? state : Promise.reject(new Error(state))))],
      ['location', () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, (error) => fail(new Error(error.message))))],
      ['camera', () => navigator.mediaDevices.getUserMedia({ video: true })],
      ['microphone', () => navigator.mediaDevices.getUserMedia({ audio: true })],
      ['screen', () => navigator.mediaDevices.getDisplayMedia()],
      ['clipboard', () => navigator.clipboard.readText()],
      ['usb', () => devices['usb']!['requestDevice']!({ filters: [] })],
      ['hid', () => devices['hid']!['requestDevice']!({ filters: [] }).then((list) => ((list as unknown[]).length ? list : Promise.reject(new Error('none'))))],
      ['serial', () => devices['serial']!['requestPort']!()],
      ['bluetooth', () => devices['bluetooth']!['requestDevice']!({ acceptAllDevices: true })],
      ['midi', () => (navigator as unknown as { requestMIDIAccess: () => Promise<unknown> }).requestMIDIAccess()],
      ['storage', () => navigator.storage.persist().then((kept) => (kept ? kept : Promise.reject(new Error('no'))))],
    ];
    const late = (): Promise<string> => new Promise((done) => setTimeout(() => done('no answer'), 3000));
    const got = await Promise.all(tries.map(async ([what, ask]) => `${what}: ${await Promise.race([Promise.resolve().then(ask).then(() => 'given', () => 'denied'), late()])}`));
    return [...states, ...got];
  });
  expect(answers.filter((answer) => !answer.endsWith(': denied'))).toEqual([]);
  // The one that is given: to write what the user copies, with a key or a click of his.
  await bureau.page.bringToFront();
  expect(await bureau.page.evaluate(() => navigator.clipboard.writeText('copied').then(() => 'written', String))).toBe('written');
});

test('7: the policy stands on every answer, with a fresh nonce, and holds', async () => {
  policies.length = 0;
  await bureau.page.reload();
  const own = policies.filter(({ address }) => address.startsWith('app:'));
  expect(own.length).toBeGreaterThan(1);
  for (const { address, policy } of own) {
    expect(policy, address).toContain("default-src 'none'; script-src 'self';");
    expect(policy, address).not.toMatch(/unsafe-|https?:|\*/);
  }
  const nonce = (): Promise<string> => bureau.page.evaluate(async () => /nonce-([^']+)/.exec((await fetch('/')).headers.get('content-security-policy') ?? '')?.[1] ?? '');
  const [first, second] = [await nonce(), await nonce()];
  expect(first).toMatch(/^[\w+/]{24}$/);
  expect(second).not.toBe(first);
  expect(await bureau.page.evaluate(async () => (await (await fetch('/')).text()).includes('__NONCE__'))).toBe(false);
  const ran = await bureau.page.evaluate(async () => {
    const world = globalThis as unknown as { ran?: string[] };
    world.ran = [];
    document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="ran.push(\'handler\')"><a id="js" href="javascript:ran.push(\'link\')">x</a>');
    document.body.append(Object.assign(document.createElement('script'), { textContent: "ran.push('inline')" }));
    document.body.append(Object.assign(document.createElement('script'), { src: "data:text/javascript,ran.push('data')" }));
    document.getElementById('js')!.click();
    // Later, because the debugger may evaluate what it likes while it runs this function.
    await new Promise<void>((done) =>
      setTimeout(() => {
        try {
          // oxlint-disable-next-line eslint/no-eval -- what is tested is that it does not work
          (0, eval)("ran.push('eval')");
        } catch {
          // As wanted.
        }
        setTimeout(done, 200);
      }, 50),
    );
    return world.ran;
  });
  expect(ran).toEqual([]);
  await bureau.page.reload();
});

test('11, 12: a web view is nothing but an unknown element', async () => {
  await bureau.page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://example.com/');
    document.body.append(view, Object.assign(document.createElement('iframe'), { src: 'https://example.com/' }), Object.assign(document.createElement('object'), { data: 'https://example.com/' }));
  });
  await bureau.page.waitForTimeout(300);
  expect(await windows()).toBe(1);
  expect(bureau.page.frames().filter((frame) => frame.url().startsWith('http'))).toEqual([]);
  await bureau.page.reload();
});

test('13: no navigation leaves the page', async () => {
  const goals = [...hostile.filter((address) => /^(http|https|file|data|javascript|chrome|app|blob|ftp|view-source|filesystem|devtools|vscode|tel)\b/i.test(address)), 'https://example.com/', 'app://bureau/assets/', 'app://bureau/closing/../x'];
  expect(goals.length).toBeGreaterThanOrEqual(20);
  await bureau.page.evaluate(() => Object.assign(globalThis, { still: 'here' }));
  for (const goal of goals) {
    await bureau.page.evaluate((address) => {
      // Some are not even addresses, and some are only another way to write our own.
      const url = URL.parse(address, location.href);
      if (url && url.href !== location.href) location.assign(url);
    }, goal);
    // Long enough to go, if it could: the next one would call this one off.
    await bureau.page.waitForTimeout(30);
  }
  expect(await bureau.page.evaluate(() => [location.origin, (globalThis as unknown as { still: string }).still])).toEqual(['app://bureau', 'here']);
  for (const goal of goals) {
    const sent = bureau.page.evaluate((address) => {
      const form = Object.assign(document.createElement('form'), { action: address, method: 'post' });
      document.body.append(form);
      form.submit();
      form.remove();
    }, goal);
    // Chromium makes an empty page of some that are not even addresses, and Bureau comes back from it; see the next test.
    await sent.catch(() => bureau.page.waitForTimeout(300));
  }
  await bureau.page.waitForTimeout(500);
  await expect.poll(async () => (await bureau.reply('desk.state').catch(() => ({ ok: false }))).ok).toBe(true);
  expect(await opened()).toEqual([]);
  expect(denied('navigation denied')).toBeGreaterThanOrEqual(20);
});

test('13: an empty page, which no guard is asked about, is left at once', async () => {
  for (const goal of ['about:blank', 'about:calc.exe']) {
    const back = bureau.page.waitForEvent('framenavigated', (frame) => frame.url() === 'app://bureau/');
    await bureau.page.evaluate((address) => void setTimeout(() => location.assign(address)), goal);
    await back;
    await bureau.page.waitForLoadState('load');
    expect((await bureau.reply('desk.state')).ok).toBe(true);
  }
});

test('14, 15: pages open no windows, and outside only web pages and letters', async () => {
  await bureau.page.evaluate((goals) => {
    for (const goal of goals) {
      try {
        open(goal);
      } catch {
        // Some are not even addresses.
      }
    }
  }, hostile);
  const click = async (button: 'left' | 'middle', modifiers: 'Shift'[] = []): Promise<void> => {
    await bureau.page.evaluate(() => {
      document.getElementById('out')?.remove();
      const link = Object.assign(document.createElement('a'), { id: 'out', href: 'http://example.com/', target: '_blank', textContent: 'out' });
      link.style.cssText = 'position:fixed;z-index:99999;top:100px;left:100px;background:red';
      document.body.append(link);
    });
    await bureau.page.locator('#out').click({ button, modifiers });
  };
  await click('left');
  await click('middle');
  await click('left', ['Shift']);
  await bureau.page.waitForTimeout(300);
  expect(await windows()).toBe(1);
  // Chromium mends some before it asks: what is left of these are plain web pages, and nothing else came through.
  expect((await opened()).filter((address) => !address.startsWith('https://') || opensOutside(address) !== address)).toEqual([]);
  await bureau.page.evaluate(() => {
    open('https://example.com/help');
    open('mailto:a@example.com?subject=Hello');
  });
  await expect.poll(async () => (await opened()).length).toBe(2);
  expect(await windows()).toBe(1);
  await bureau.page.reload();
});

test('17: another page, even with the gate and our own address, is denied', async () => {
  const replies = await bureau.app.evaluate(async ({ app, BrowserWindow }) => {
    const other = new BrowserWindow({ show: false, webPreferences: { preload: `${app.getAppPath()}/out/preload/bridge.cjs` } });
    try {
      await other.loadURL('app://bureau/closing');
      return (await other.webContents.executeJavaScript("Promise.all([bureau.call('desk.state', {}, 'x1'), bureau.call('desk.open', {folder:'/'}, 'x2'), bureau.dropped(new File([], 'a'))])")) as unknown[];
    } finally {
      other.destroy();
    }
  });
  expect(replies).toMatchObject([{ ok: false, failure: { code: 'denied' } }, { ok: false, failure: { code: 'denied' } }, null]);
  expect(denied('call from elsewhere denied')).toBeGreaterThanOrEqual(2);
});

test('18: no files but those of the page', async () => {
  const got = await bureau.page.evaluate(async () => {
    const goals = ['file:///etc/passwd', 'app://bureau/../../main/index.js', 'app://bureau/%2e%2e/%2e%2e/main/index.js', 'app://bureau/..%2f..%2fpackage.json', 'app://bureau/..%5c..%5cpackage.json', 'app://bureau//etc/passwd', 'app://evil/', 'app://bureau.evil/'];
    return Promise.all(goals.map((goal) => fetch(goal).then((answer) => (answer.ok ? goal : ''), () => '')));
  });
  expect(got.filter((goal) => goal !== '')).toEqual([]);
});

test('20: the page has three frozen functions', async () => {
  const gate = await bureau.page.evaluate(() => {
    const seen = { names: Object.keys(window.bureau), frozen: Object.isFrozen(window.bureau), kept: false };
    const before = window.bureau.call;
    try {
      Object.assign(window.bureau, { call: () => 'mine' });
    } catch {
      // Frozen.
    }
    seen.kept = window.bureau.call === before;
    return seen;
  });
  expect(gate).toEqual({ names: ['call', 'listen', 'dropped'], frozen: true, kept: true });
  const told = bureau.page.evaluate(() => new Promise<unknown[]>((done) => window.bureau.listen((...heard: unknown[]) => done(heard))));
  await bureau.page.waitForTimeout(50);
  await bureau.ask('desk.appearance', { theme: 'light' });
  expect(await told).toEqual([{ type: 'desk' }]);
  expect(await bureau.app.evaluate(({ ipcMain }) => ipcMain.eventNames().filter((name) => name !== 'error'))).toEqual([]);
});

test('downloads go nowhere', async () => {
  await bureau.page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: 'x.exe' });
    document.body.append(link);
    link.click();
    link.remove();
  });
  await expect.poll(() => denied('download denied')).toBe(1);
});

test('the gate survives anything', async () => {
  const rounds = Number(process.env['BUREAU_FUZZ'] ?? 10_000);
  const strange = await bureau.page.evaluate(async (count) => {
    let seed = 42;
    const next = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    const names = ['desk.state', 'desk.create', 'desk.open', 'desk.print', 'desk.forget', 'desk.show_file', 'party.get', 'party.list', 'session.sign_in', 'session.lock', 'constructor', '__proto__', 'toString', 'desk.constructor', 'a.b', '', 'desk.'];
    const make = (depth: number): unknown => {
      const simple = [null, undefined, true, -1, 1e308, Number.NaN, '', '\u0000', '\ud800', '../..', "'; DROP TABLE parties; --", 'x'.repeat(2000), [], {}, new Date(0), new Map([[1, 2]]), new Uint8Array(9), 10n, /x/, new Error('x')];
      const kind = next(depth > 3 ? 20 : 26);
      if (kind < 20) return simple[kind];
      if (kind < 23) return Array.from({ length: next(5) }, () => make(depth + 1));
      return Object.fromEntries(Array.from({ length: next(5) }, () => [['id', 'folder', 'name', 'html', 'token', '__proto__', 'constructor', 'sign_in', 'password'][next(9)]!, make(depth + 1)]));
    };
    const wrong: string[] = [];
    for (let done = 0; done < count; done += 100) {
      const batch = Array.from({ length: 100 }, async () => {
        const name = next(3) === 0 ? String(make(4)) : names[next(names.length)]!;
        const id = next(5) === 0 ? (make(0) as string) : crypto.randomUUID();
        try {
          const reply = (await window.bureau.call(name, make(0), id)) as { ok: boolean; failure?: { code: string; message: string } };
          const good = reply.ok === true || (reply.ok === false && typeof reply.failure?.message === 'string' && reply.failure.code !== 'bug');
          if (!good) wrong.push(`${name}: ${JSON.stringify(reply)}`);
        } catch (error) {
          // What cannot be sent at all never reaches the office.
          if (!/could not be cloned|convert|Symbol/.test(String(error))) wrong.push(`${name}: ${String(error)}`);
        }
      });
      await Promise.all(batch);
    }
    return wrong;
  }, rounds);
  expect(strange).toEqual([]);
  expect((await bureau.reply('desk.state')).ok).toBe(true);
  expect(existsSync(join(bureau.folder, 'company'))).toBe(false);
});
