// Linux: are the shared libraries there that Electron needs? As root on Debian they are installed, otherwise asked for.
import { ask, which } from './child.mjs';
import { isRoot } from './paths.mjs';
import { say, Stop } from './say.mjs';

/** One row a need; names differ between Debian and Ubuntu releases, the first known one is taken. */
const LIBRARIES = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libxss1'],
  ['libxtst6'],
  ['libcups2t64', 'libcups2'],
  ['libatspi2.0-0t64', 'libatspi2.0-0'],
  ['libdrm2'],
  ['libsecret-1-0'],
];
const DISPLAY = [['xvfb']];

/** Libraries that the program asks for and the system does not have. */
function missingLibraries(path) {
  const answer = ask('ldd', [path]).out;
  return answer.split('\n').filter((line) => line.includes('not found')).map((line) => line.trim().split(' ')[0]);
}

/** Makes sure the libraries of `path` are there, and Xvfb when `display` says that one will be started. */
export function ensureLibraries(path, { display }) {
  const missing = missingLibraries(path);
  const noXvfb = display && !which('Xvfb');
  if (missing.length === 0 && !noXvfb) return;
  const needs = [...(missing.length ? LIBRARIES : []), ...(noXvfb ? DISPLAY : [])];
  const what = [...missing, ...(noXvfb ? ['Xvfb'] : [])].join(', ');
  if (!which('apt-get')) throw new Stop(`Electron needs these, please install them with your package manager: ${what}`);
  if (!isRoot()) throw new Stop(`the system lacks ${what}. Run this once, then start again:\n  ${aptLine(needs)}`);
  install(needs, what);
  const still = missingLibraries(path);
  if (still.length) throw new Stop(`after installing, Electron still lacks: ${still.join(', ')}`);
}

function aptLine(needs) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${needs.map(knownName).join(' ')}`;
}

/** apt's candidate is "(none)" for names of another release; virtual names have none either. */
function knownName(names) {
  const candidate = (name) => /Candidate: (?!\(none\))/.test(ask('apt-cache', ['policy', name], { env: english() }).out);
  return names.find(candidate) ?? names.at(-1);
}

const english = () => ({ ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' });

function install(needs, what) {
  say(`installing what Electron needs from this system's package source (missing: ${what}) …`);
  apt(['update', '-qq'], 'apt-get update');
  apt(['install', '-y', '-qq', '--no-install-recommends', ...needs.map(knownName)], 'apt-get install');
}

function apt(args, name) {
  const done = ask('apt-get', args, { env: english(), timeout: 10 * 60_000 });
  if (!done.ok) throw new Stop(`${name} failed: ${(done.err || done.out).trim().split('\n').slice(-8).join('\n')}`);
}
