import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, type Rectangle, screen, type Session } from 'electron';
import { type Language, say, w } from '#contract/kit/words.ts';
import type { Log } from './log.ts';
import { showTextMenu, zoomPage } from './menu.ts';
import { assetsDir } from './places.ts';
import { isOurs, startPage } from './protocol.ts';
import type { Bounds, Settings, SettingsFile } from './settings.ts';

const smallest = { width: 1024, height: 700 } as const;
const usual = { width: 1280, height: 800 } as const;
/** As the pages have it, so that nothing flashes while they load. */
const backgrounds = { light: '#f5f3f0', dark: '#191816' } as const;

const gone = w('The window had to be loaded anew. What was saved is safe.', 'Das Fenster musste neu geladen werden. Gespeichertes ist sicher.');

/**
 * Makes every window of Bureau. What guards the user is not for a caller to choose: the sandbox, a world of its own for the
 * gate, no Node, no web views. A window for paper has no scripts and no gate.
 */
export function makeWindow(purpose: 'office' | 'paper', options: Electron.BrowserWindowConstructorOptions & { readonly session?: Session } = {}): BrowserWindow {
  const { session, ...shape } = options;
  return new BrowserWindow({
    ...shape,
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      disableDialogs: true,
      autoplayPolicy: 'document-user-activation-required',
      // The dictionaries would come from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
      javascript: purpose === 'office',
      ...(purpose === 'office' ? { preload: join(app.getAppPath(), 'out', 'preload', 'bridge.cjs') } : {}),
      ...(session ? { session } : {}),
    },
  });
}

export interface OfficeWindow {
  readonly settings: SettingsFile;
  readonly log: Log;
  readonly language: () => Language;
  /** Asked when the page has unsaved work and the window is to close: true lets it go. */
  readonly mayLose: () => boolean;
}

/** Opens the window of the office and starts loading its page at once. */
export function openWindow(options: OfficeWindow): BrowserWindow {
  const { settings, log } = options;
  const bounds = placeFor(settings.get('bounds'), screen.getAllDisplays().map((display) => display.workArea));
  const window = makeWindow('office', {
    ...(bounds ?? usual),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Bureau',
    icon: join(assetsDir(), 'icons', '256x256.png'),
    backgroundColor: backgroundNow(),
  });
  const page = window.webContents;
  // First of all: the page starts in a process of its own while this one goes on.
  load();
  window.setMenuBarVisibility(false);
  if (settings.get('bounds')?.maximized) window.maximize();
  // At once, in the colour of the theme: a hidden window draws its first frame late or, when it is resized before, never.
  window.show();
  log.info('window shown', { ms: Math.round(performance.now()) });
  window.on('page-title-updated', (event) => event.preventDefault());
  rememberBounds(window, settings);
  page.on('dom-ready', () => page.setZoomFactor(settings.get('zoom')));
  page.on('zoom-changed', (_event, direction) => zoomPage(page, direction === 'in' ? 1 : -1, (zoom) => settings.set({ zoom })));
  page.on('context-menu', (_event, at) => showTextMenu(window, at, options.language()));
  page.on('will-prevent-unload', (event) => {
    if (options.mayLose()) event.preventDefault();
  });
  comeBack(window, options);
  // Chromium asks no guard before it shows an empty page; the gate is shut to it, but the user would sit before nothing.
  page.on('did-navigate', (_event, address) => {
    if (isOurs(address)) return;
    log.warn('left the page', { address: address.slice(0, 500) });
    load();
  });
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(backgroundNow());
  });
  return window;

  function load(tries = 20): void {
    void page.loadURL(startPage).catch((error: unknown) => {
      if (window.isDestroyed() || isOurs(page.getURL())) return;
      log.warn('page did not load', { reason: String(error) });
      // Another page that is on its way may call this one off.
      if (tries > 0) setTimeout(() => window.isDestroyed() || load(tries - 1), 250);
    });
  }
}

const backgroundNow = (): string => (nativeTheme.shouldUseHighContrastColors ? '#000000' : backgrounds[nativeTheme.shouldUseDarkColors ? 'dark' : 'light']);

/** The system's own parts (scroll bars, dialogs) follow; high contrast is a theme of the page on dark ground. */
export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme === 'contrast' ? 'dark' : theme;
}

/** Where a window was, when enough of it would still be on a screen; screens are unplugged. */
export function placeFor(bounds: Bounds | null, screens: readonly Rectangle[]): Rectangle | null {
  if (!bounds) return null;
  const width = Math.max(bounds.width, smallest.width);
  const height = Math.max(bounds.height, smallest.height);
  const seen = screens.some((area) => bounds.x < area.x + area.width - 100 && bounds.x + width > area.x + 100 && bounds.y >= area.y - 10 && bounds.y < area.y + area.height - 40);
  return seen ? { x: bounds.x, y: bounds.y, width, height } : null;
}

function rememberBounds(window: BrowserWindow, settings: SettingsFile): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    if (window.isDestroyed()) return;
    settings.set({ bounds: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, 500);
  };
  // One listener for four events without arguments that we use.
  for (const change of ['resize', 'move', 'maximize', 'unmaximize']) (window as NodeJS.EventEmitter).on(change, soon);
  window.on('close', keep);
  window.on('closed', () => clearTimeout(timer));
}

/** A page that crashed is loaded again, but not for ever: three times in a minute is a fault that a reload does not mend. */
function comeBack(window: BrowserWindow, { log, language }: OfficeWindow): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.warn('page process gone', { reason, exitCode });
    crashes = [...crashes.filter((at) => Date.now() - at < 60_000), Date.now()];
    if (crashes.length > 3) return;
    window.setTitle(`Bureau: ${say(gone, language())}`);
    window.webContents.reload();
  });
  window.webContents.on('preload-error', (_event, _path, error) => log.error('gate', error));
  window.on('unresponsive', () => log.warn('page does not answer'));
}
