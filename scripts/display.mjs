// A display for Electron on a machine without one: an Xvfb of our own, ended by its own pid.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { isRoot } from './paths.mjs';
import { which } from './child.mjs';
import { Stop } from './say.mjs';

const SOCKETS = '/tmp/.X11-unix';

/** True when a window would have nowhere to go. Root cannot be sure that its user may use a Wayland session. */
export function needsDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY) return false;
  return isRoot() || !process.env.WAYLAND_DISPLAY;
}

/**
 * Starts Xvfb on a free number and resolves to {display, stop}. `prefix` puts another program in front
 * (setpriv, so that the display belongs to the unprivileged user). It is in a group of its own so that Ctrl+C
 * reaches Electron first, and dies with us even when we are killed.
 */
export function startDisplay(prefix = []) {
  if (isRoot() && !existsSync(SOCKETS)) {
    mkdirSync(SOCKETS);
    chmodSync(SOCKETS, 0o1777);
  }
  const dies = prefix.length === 0 && which('setpriv') ? ['setpriv', '--pdeathsig', 'TERM'] : [];
  const server = ['Xvfb', '-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'];
  const [command, ...args] = [...dies, ...prefix, ...server];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true });
  return new Promise((resolve, reject) => {
    let words = '';
    let number = '';
    const fail = (why) => reject(new Stop(`Xvfb did not start: ${why} ${words.trim()}`));
    const timer = setTimeout(() => (child.kill(), fail('no answer within 20 s.')), 20_000);
    child.stderr.on('data', (text) => (words = (words + text).slice(-2000)));
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code) => (clearTimeout(timer), fail(`exit code ${code}.`)));
    child.stdio[3].on('data', (text) => {
      number += text;
      if (!number.includes('\n')) return;
      clearTimeout(timer);
      release(child);
      resolve({ display: `:${number.trim()}`, stop: () => child.kill('SIGTERM') });
    });
  });
}

/** The running display must not keep our own process alive. */
function release(child) {
  child.unref();
  child.stderr.unref();
  child.stdio[3].destroy();
}
