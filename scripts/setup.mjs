// Makes a fresh clone ready: Node is new enough, packages are installed, Node 24 and the database load.
// Uses nothing but Node itself, because it runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ask, foreground } from './child.mjs';
import { MODULES, ROOT } from './paths.mjs';
import { say, Stop } from './say.mjs';

const STAMP = join(MODULES, '.bureau-stamp');
const LOCK = join(ROOT, 'package-lock.json');

/** Installs if needed and returns {node}: the path of the Node 24 that runs our TypeScript. */
export async function setup() {
  checkNode();
  const hash = hashOf(LOCK);
  const stamp = readStamp();
  if (stamp.lock !== hash) await (installedByHand() || install());
  else if (stamp.node && existsSync(stamp.node)) return { node: stamp.node };
  const node = findNode();
  preflight(node);
  writeFileSync(STAMP, JSON.stringify({ lock: hash, node }));
  return { node };
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new Stop(`Node 20 or newer is needed; this is Node ${process.versions.node}.`);
}

function hashOf(file) {
  if (!existsSync(file)) throw new Stop('package-lock.json is missing; the checkout is not complete.');
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return {};
  }
}

/** True when someone ran npm themselves: what npm noted in node_modules is what the lock asks for. */
function installedByHand() {
  try {
    const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(MODULES, '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

async function install() {
  const release = await takeTurn();
  try {
    if (readStamp().lock === hashOf(LOCK)) return;
    say('installing packages (npm ci); this takes a minute or two the first time …');
    const code = await npm(['ci', '--no-progress', '--loglevel=error']);
    if (code !== 0) throw new Stop(`npm ci failed (exit code ${code}); its own words are above.`);
  } finally {
    release();
  }
}

/** Two starts at once must not install into the same folder: the second waits for the first. */
async function takeTurn() {
  const dir = join(ROOT, '.cache', 'installing');
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(dir);
      return () => rmdirSync(dir);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (ageMs(dir) > 15 * 60_000) rmdirSync(dir); // left by a start that was killed
      else await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/**
 * npm with the Node that is outside node_modules: `npm ci` deletes the one inside while it works.
 * Its stdout is sent to stderr so that a command's own output stays clean.
 */
function npm(args) {
  const env = outsideEnv();
  return foreground('npm', args, { cwd: ROOT, env, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
}

/** The environment without node_modules/.bin on PATH and without the settings of an outer npm run. */
export function outsideEnv() {
  const env = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (/^npm_(lifecycle|package|command|execpath|node_execpath)/i.test(key)) continue;
    env[key] = /^path$/i.test(key)
      ? value.split(delimiter).filter((dir) => !dir.includes('node_modules')).join(delimiter)
      : value;
  }
  return env;
}

/** The project's own Node 24; where there is none for this platform, the running one if it is new enough. */
function findNode() {
  const own = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own) && ask(own, ['--version']).ok) return realpathSync(own);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Stop(
    `npm has no Node 24 for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}. ` +
      'Install Node 24 and start again.',
  );
}

/** The database module crashes without a word under a wrong Node: try it in a child and say so in words. */
function preflight(node) {
  const code = "new (require('better-sqlite3'))(':memory:').prepare('SELECT 1').get()";
  const tried = ask(node, ['-e', code], { cwd: ROOT });
  if (tried.ok) return;
  const how = tried.signal ? `it was ended by ${tried.signal}` : tried.err.trim().split('\n').slice(0, 6).join('\n');
  throw new Stop(`the database module (better-sqlite3) does not load under ${node}: ${how}`);
}
