// Root never runs Electron: its sandbox must stay on, and it refuses root. An unprivileged user runs it instead.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, which } from './child.mjs';
import { cacheDir, MODULES, ROOT } from './paths.mjs';
import { say, Stop } from './say.mjs';

const NAME = 'bureau';
const HOME = '/var/lib/bureau';
/** Root's settings that would lead the user into root's folders, buses or modes. */
const FORGET = [
  'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME',
  'DBUS_SESSION_BUS_ADDRESS', 'TMPDIR', 'ELECTRON_RUN_AS_NODE', 'WAYLAND_DISPLAY',
];

/** {name, uid, gid, home}: whoever called sudo, otherwise a system user made for this. */
export function ensureUser() {
  if (!which('setpriv')) throw new Stop('root needs setpriv (util-linux) to start Electron as another user. Start as a normal user instead.');
  const sudo = process.env.SUDO_USER;
  if (sudo && sudo !== 'root') return look(sudo) ?? create();
  return look(NAME) ?? create();
}

function look(name) {
  const [, , uid, gid, , home] = ask('getent', ['passwd', name]).out.trim().split(':');
  if (!home) return undefined;
  if (!existsSync(home)) ask('install', ['-d', '-m', '700', '-o', uid, '-g', gid, home]);
  return { name, uid: Number(uid), gid: Number(gid), home };
}

function create() {
  say(`making the system user "${NAME}": Electron runs as it, sandboxed, because it must not run as root`);
  const args = ['--system', '--user-group', '--create-home', '--home-dir', HOME, '--shell', '/usr/sbin/nologin', NAME];
  const made = ask('useradd', args);
  const user = look(NAME);
  if (!user) throw new Stop(`could not make the user "${NAME}": ${made.err.trim()}. Start as a normal user instead.`);
  return user;
}

/** The words in front of a command that make it run as the user. */
export function asUser(user) {
  return [
    'setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--init-groups', '--pdeathsig', 'TERM',
    'env', ...FORGET.flatMap((name) => ['-u', name]), `HOME=${user.home}`, `USER=${user.name}`, `LOGNAME=${user.name}`,
  ];
}

/** Runs a command as the user and gives what `ask` gives. */
export function askAs(user, command, args, options = {}) {
  const [first, ...rest] = [...asUser(user), command, ...args];
  return ask(first, rest, { cwd: '/', ...options });
}

/** Gives the user root's permission to use the display that root has. */
export function shareDisplay(user) {
  if (!process.env.DISPLAY || !which('xauth')) return {};
  const file = join(user.home, '.Xauthority-bureau');
  const cookie = ask('xauth', ['extract', '-', process.env.DISPLAY], { encoding: 'buffer' }).out;
  if (!cookie.length) return {};
  writeFileSync(file, cookie, { mode: 0o600 });
  ask('chown', [`${user.uid}:${user.gid}`, file]);
  return { XAUTHORITY: file };
}

/** Stops when the user would only find out in the window that the company folder is closed to it. */
export function mustWrite(user, dir) {
  if (!existsSync(dir) || askAs(user, 'test', ['-r', dir, '-a', '-w', dir, '-a', '-x', dir]).ok) return;
  throw new Stop(
    `Electron runs as the user "${user.name}", which may not write to ${dir}. Give it the folder, then start again:\n` +
      `  chown -R ${user.name}: '${dir}'`,
  );
}

/**
 * The checkout as the user may read it: itself, or a copy when it lies under a closed folder such as root's home.
 * The permissions of the checkout are its owner's business and stay as they are.
 */
export function readableCheckout(user) {
  if (canRead(user, ROOT)) return ROOT;
  const copy = join(cacheDir(), `checkout-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}`);
  say(`the user "${user.name}" may not read ${ROOT}; Electron gets a copy in ${copy} (or move the checkout to an open folder)`);
  mkdirSync(copy, { recursive: true, mode: 0o755 });
  chmodSync(copy, 0o755);
  for (const name of readdirSync(ROOT)) if (!['.git', '.cache', 'dist', 'test-results', 'node_modules'].includes(name)) copyEntry(name, copy);
  if (stampOf(copy) !== stampOf(ROOT)) copyEntry('node_modules', copy);
  if (!canRead(user, copy)) throw new Stop(`the user "${user.name}" may not read the copy either. Start as a normal user instead.`);
  return copy;
}

function canRead(user, dir) {
  const files = ['package.json', 'node_modules/node/bin/node', 'node_modules/better-sqlite3/package.json', 'out/main/index.js'];
  const tests = files.filter((name) => existsSync(join(ROOT, name))).map((name) => `test -r '${join(dir, name)}'`);
  return askAs(user, 'sh', ['-c', tests.join(' && ')]).ok;
}

function copyEntry(name, copy) {
  rmSync(join(copy, name), { recursive: true, force: true });
  const copied = ask('cp', ['-a', join(ROOT, name), copy]);
  if (!copied.ok) throw new Stop(`copying ${name} failed: ${copied.err}`);
  ask('chmod', ['-R', 'a+rX', join(copy, name)]);
}

function stampOf(dir) {
  const file = join(dir, MODULES.slice(ROOT.length + 1), '.bureau-stamp');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
