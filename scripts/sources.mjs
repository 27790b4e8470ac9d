// Is what was built older than its sources? Compared by path, size and time of change: a walk of a few milliseconds.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const WATCHED = ['main', 'preload', 'renderer', 'assets', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const STAMP = join(ROOT, 'out', '.bureau-build');

export function sourcesChanged() {
  return !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digest();
}

export function rememberBuild(at) {
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  writeFileSync(STAMP, at);
}

export function forgetBuild() {
  rmSync(STAMP, { force: true });
}

/** Taken before a build starts, so that a change made during it is built the next time. */
export function digest() {
  const hash = createHash('sha256');
  for (const name of WATCHED) add(hash, join(ROOT, name));
  return hash.digest('hex');
}

function add(hash, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) return void hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  for (const name of readdirSync(path).sort()) add(hash, join(path, name));
}
