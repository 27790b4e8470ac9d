// Where things lie: the checkout, and one cache for what is fetched or made outside it.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const MODULES = join(ROOT, 'node_modules');

export const isRoot = () => process.getuid?.() === 0;

function cachePath() {
  if (process.env.BUREAU_CACHE) return process.env.BUREAU_CACHE;
  if (process.platform === 'win32') {
    return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'bureau-cache');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'bureau');
  // Root's own home is closed to others, and Electron never runs as root here.
  if (isRoot()) return '/var/cache/bureau';
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'bureau');
}

/** The cache folder, made if needed and readable by every user. */
export function cacheDir() {
  const dir = cachePath();
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  return dir;
}
