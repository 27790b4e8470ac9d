// Puts it together: a command that starts Electron here, whoever we are and whether or not there is a display.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, foreground, which } from './child.mjs';
import { needsDisplay, startDisplay } from './display.mjs';
import { findElectron } from './electron.mjs';
import { ensureLibraries } from './libraries.mjs';
import { cacheDir, isRoot, ROOT } from './paths.mjs';
import { Stop } from './say.mjs';
import { asUser, askAs, ensureUser, readableCheckout, shareDisplay } from './user.mjs';

/**
 * {executable, args, env, app, user, prefix, version, source, stop}.
 * `executable` + `args` start the checkout; `env` holds what must be set; `prefix` runs other programs as the same
 * user; `stop` ends what was started for it. `ownDisplay` asks for a display of our own even when there is one.
 */
export async function electronCommand(node, { ownDisplay = false } = {}) {
  const linux = process.platform === 'linux';
  const electron = await findElectron(node);
  const display = linux && (ownDisplay || needsDisplay());
  if (linux) ensureLibraries(electron.path, { display });
  const user = linux && isRoot() ? ensureUser() : undefined;
  const app = user ? readableCheckout(user) : ROOT;
  const binary = electron.path.startsWith(ROOT) ? join(app, electron.path.slice(ROOT.length)) : electron.path;
  if (linux) checkSandbox(binary, user);
  const prefix = user ? asUser(user) : [];
  const screen = display ? await startDisplay(prefix) : undefined;
  const executable = linux ? writeWrapper(binary, prefix) : binary;
  const env = {
    BUREAU_ELECTRON: executable,
    BUREAU_ELECTRON_VERSION: electron.version,
    BUREAU_ELECTRON_SOURCE: electron.source,
    BUREAU_APP: app,
    // A Wayland session that is there as well would be preferred.
    ...(screen ? { DISPLAY: screen.display, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' } : {}),
    ...(user && !screen ? shareDisplay(user) : {}),
  };
  const { version, source, dist } = electron;
  return { executable, args: [app], env, app, user, prefix, version, source, dist, stop: () => screen?.stop() };
}

/**
 * Runs Node with `args` as the user that runs Electron, in the same environment, so that the companies it makes
 * belong to the one who opens them. `set` is added to the environment.
 */
export function runBeside(electron, node, args, { set = {}, limitMs } = {}) {
  const runner = electron.app === ROOT ? node : node.replace(ROOT, electron.app);
  const pairs = electron.user ? Object.entries(set).map(([key, value]) => `${key}=${value}`) : [];
  const [command, ...rest] = [...electron.prefix, ...pairs, runner, ...args];
  return foreground(command, rest, { cwd: electron.app, env: { ...process.env, ...electron.env, ...set }, limitMs });
}

/** Electron needs one of two kinds of sandbox; where neither can work it would end with a riddle. */
function checkSandbox(binary, user) {
  const test = ['--user', '--map-root-user', 'true'];
  const helper = join(binary, '..', 'chrome-sandbox');
  const hint = which('unshare') ? (user ? askAs(user, 'unshare', test) : ask('unshare', test)) : { ok: true };
  if (hint.ok || isSuid(helper)) return;
  throw new Stop(
    'this system does not let programs make user namespaces, so Electron cannot start its sandbox, ' +
      'and we do not start it without. Allow them (kernel.unprivileged_userns_clone=1 or ' +
      'kernel.apparmor_restrict_unprivileged_userns=0; in a container its seccomp profile decides)' +
      (existsSync(helper) ? `, or once:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'` : '.'),
  );
}

const isSuid = (file) => ask('test', ['-u', file, '-a', '-O', file]).ok || ask('find', [file, '-user', '0', '-perm', '-4000']).out !== '';

/** One executable file for everything that can only be given a path, such as Playwright. Root becomes the user in it. */
function writeWrapper(binary, prefix) {
  const text = [
    '#!/bin/sh',
    '# Written by Bureau\'s scripts: starts Electron, never as root, always with its sandbox.',
    'unset ELECTRON_RUN_AS_NODE',
    ...(prefix.length ? [`if [ "$(id -u)" = 0 ]; then exec ${[...prefix, binary].map(quote).join(' ')} "$@"; fi`] : []),
    `exec ${quote(binary)} "$@"`,
    '',
  ].join('\n');
  const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const file = join(cacheDir(), `electron-${name}.sh`);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text, { mode: 0o755 });
  return file;
}

const quote = (word) => (/^[\w./=:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
