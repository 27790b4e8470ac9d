import { resolve } from 'node:path';
import { app, type BrowserWindow, dialog, net, session } from 'electron';
import type { DeskEvent } from '#contract/company/desk.ts';
import { type Language, say, w } from '#contract/kit/words.ts';
import type { DeskRoom } from './desk.ts';
import { makeDialogs } from './dialogs.ts';
import { guardPages, guardSession } from './guard.ts';
import { watchIdle } from './idle.ts';
import { openGate } from './ipc.ts';
import { openLog } from './log.ts';
import { setMenu } from './menu.ts';
import { headsIn, homeOfBureau, logsIn } from './places.ts';
import { announceScheme, builtPages, closingPage, servePages } from './protocol.ts';
import { openSettings } from './settings.ts';
import { storeIn } from './store.ts';
import { applyTheme, openWindow } from './window.ts';

/** Boots the desktop: one instance, settings, window, company. Nothing here waits before Electron is ready; it never would be. */

const closeLimitMs = 90_000;
/** The store of the settings is loaded when the first room has long been drawn. */
const storeAfterMs = 2500;
/** What would let an outsider in through the command line of an installed program. */
const refusedSwitches = ['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'no-sandbox', 'disable-web-security', 'load-extension', 'js-flags', 'renderer-cmd-prefix', 'utility-cmd-prefix', 'gpu-launcher'];

const words = {
  closing: w('Backing up and closing', 'Wird gesichert und geschlossen'),
  closingText: w('Bureau closes by itself when the backup has been checked.', 'Bureau schließt sich von selbst, sobald die Sicherung geprüft ist.'),
  unsaved: w('There are changes that have not been saved.', 'Es gibt Änderungen, die nicht gespeichert sind.'),
  unsavedDetail: w('If you leave now, they are lost.', 'Wenn Sie jetzt gehen, gehen sie verloren.'),
  stay: w('Stay', 'Bleiben'),
  leave: w('Leave without saving', 'Ohne Speichern gehen'),
  broken: w('Bureau has to close', 'Bureau muss beendet werden'),
  brokenText: w('An unexpected fault occurred. What was saved is safe. Details are in the log: {folder}', 'Ein unerwarteter Fehler ist aufgetreten. Gespeichertes ist sicher. Einzelheiten stehen im Protokoll: {folder}'),
} as const;

app.enableSandbox();
announceScheme();
// Bureau is offline: no page can look up a name, and Chromium's own services have nothing to talk to.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND , EXCLUDE localhost');
for (const quiet of ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability', 'no-pings']) app.commandLine.appendSwitch(quiet);

const home = resolve(app.commandLine.getSwitchValue('user-data-dir') || homeOfBureau());
app.setPath('userData', home);
const log = openLog(logsIn(home));
const asked = companyArgument(process.argv);

if (app.isPackaged && refusedSwitches.some((name) => app.commandLine.hasSwitch(name))) {
  log.warn('refused to start with a debugging switch');
  app.exit(1);
} else if (!app.requestSingleInstanceLock({ company: asked })) {
  app.exit(0);
} else {
  boot();
}

/** `--company DIR` or `--company=DIR`. */
function companyArgument(args: readonly string[]): string | null {
  const at = args.findIndex((arg) => arg === '--company' || arg.startsWith('--company='));
  const value = at < 0 ? undefined : (args[at]!.split('=').slice(1).join('=') || args[at + 1]);
  return value ? resolve(value) : null;
}

function boot(): void {
  const store = storeIn(home, log);
  const settings = openSettings(home, log, (kept) => store.write(kept));
  let window: BrowserWindow | null = null;
  let desk: DeskRoom | null = null;
  let system: Language = 'en';
  let leaving: 'no' | 'asked' | 'closing' | 'done' = 'no';
  let again = false;
  const dev = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const dialogs = makeDialogs(() => window);
  const language = (): Language => desk?.language ?? settings.get('language') ?? system;
  const t = (key: keyof typeof words, params: Readonly<Record<string, unknown>> = {}): string => say(words[key], language(), params);
  process.on('uncaughtException', (error) => fail(error));
  process.on('unhandledRejection', (error) => log.error('unhandled', error));
  guardPages(app, log);

  void app.whenReady().then(() => {
    system = app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('de') ? 'de' : 'en';
    applyTheme(settings.get('theme'));
    guardSession(session.defaultSession, log, dev);
    const served = servePages(session.defaultSession.protocol, {
      root: builtPages(app.getAppPath()),
      log,
      closing: () => ({ title: t('closing'), text: t('closingText'), language: language() }),
      dev: dev ? { origin: new URL(dev).origin, fetch: (address) => net.fetch(address) } : undefined,
    });
    window = openWindow({ settings, log, language, mayLose });
    // Everything that is not needed for a window to appear is loaded while its page, given its files, starts in a process of its own.
    const ready = served.then(() => import('./desk.ts')).then(({ makeDesk }) => {
      desk = makeDesk({ settings, log, headsDir: headsIn(home), dialogs, systemLanguage: system, tell, opened });
      const last = asked ?? (settings.get('reopen') ? settings.get('last') : null);
      if (last) void desk.start(last);
      setTimeout(() => void store.warm(), storeAfterMs);
      log.info('started', { version: app.getVersion(), electron: process.versions.electron, ms: Math.round(performance.now()) });
      return desk;
    });
    ready.catch(fail);
    const idle = watchIdle({
      session: () => desk?.door.session ?? null,
      inFront: () => window?.isFocused() ?? false,
      lock: (why) => {
        log.info('locked', { why });
        void desk?.call('session.lock', {}, crypto.randomUUID());
      },
    });
    openGate({ window: () => window, desk: () => ready, language, log, touched: () => window?.isFocused() && idle.touched() });
    window.on('blur', idle.touched);
    menu();

    // Both ways out, the window's and the program's, lead through the backup.
    const hold = (event: { preventDefault: () => void }): void => {
      if (leaving === 'done' || !desk || !(desk.office || desk.busy || store.waits())) return;
      event.preventDefault();
      if (leaving === 'no') void leave(desk);
    };
    window.on('close', hold);
    app.on('before-quit', hold);
    app.on('window-all-closed', () => app.quit());
    app.on('will-quit', () => idle.stop());
    app.on('activate', show);
    app.on('second-instance', (_event, _argv, _dir, told) => {
      if (leaving === 'closing') again = true;
      show();
      const company = typeof told === 'object' && told !== null && 'company' in told ? told.company : null;
      if (typeof company === 'string') void ready.then((room) => room.call('desk.open', { folder: company }, crypto.randomUUID()));
    });
  });

  function opened(name: string | null): void {
    if (window && !window.isDestroyed()) window.setTitle(name === null ? 'Bureau' : `${name} – Bureau`);
    menu();
  }

  function menu(): void {
    setMenu(language(), { dev: !app.isPackaged, window: () => window, zoomed: (zoom) => settings.set({ zoom }) });
  }

  function mayLose(): boolean {
    const chosen = dialogs.ask({ message: t('unsaved'), detail: t('unsavedDetail'), buttons: [t('stay'), t('leave')], cancel: 0 });
    if (chosen !== 1) leaving = 'no';
    return chosen === 1;
  }

  /** Asks the page to go (it may hold unsaved work), then backs up and closes while the window says so. */
  async function leave(room: DeskRoom): Promise<void> {
    leaving = 'asked';
    if (window && !window.isDestroyed()) {
      try {
        await window.loadURL(closingPage);
      } catch (error) {
        // The user stays; or the page is broken, and then there is nothing to keep.
        if (!window.webContents.isCrashed()) {
          leaving = 'no';
          log.info('stays open', { reason: String(error) });
          return;
        }
      }
    }
    leaving = 'closing';
    const late = new Promise<'late'>((done) => setTimeout(() => done('late'), closeLimitMs).unref());
    if ((await Promise.race([room.leave(), late])) === 'late') log.warn('closing took too long; the company is whole, its last backup may be older');
    await store.warm();
    leaving = 'done';
    if (again) app.relaunch();
    app.quit();
  }

  function tell(event: DeskEvent): void {
    if (window && !window.isDestroyed()) window.webContents.send('event', event);
  }

  function show(): void {
    if (!window || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** An unknown state must not go on writing. SQLite undoes what was not committed. */
  function fail(error: unknown): void {
    log.error('fault', error);
    dialog.showErrorBox(t('broken'), t('brokenText', { folder: logsIn(home) }));
    app.exit(1);
  }
}
