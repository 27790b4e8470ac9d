import { homedir, hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where this PC keeps what belongs to no company: settings, log, audit heads. Worked out without Electron, because the
 * window and the terminal must find the same heads.
 */
export function homeOfBureau(env: Readonly<Record<string, string | undefined>> = process.env, platform: NodeJS.Platform = process.platform, home: string = homedir()): string {
  const named = env['BUREAU_USER_DATA'];
  if (named) return named;
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Bureau');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Bureau');
  return join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'bureau');
}

/** Digests of audit chains lie outside every company folder: who changes a folder cannot change them as well. */
export const headsIn = (home: string): string => join(home, 'heads');
export const logsIn = (home: string): string => join(home, 'logs');

/**
 * Where the data packs lie that come with the program (`assets/`): beside `main/` in the checkout, beside `out/` in a build and
 * in the package, whose main is flat in `out/main/`.
 */
export function assetsDir(module: string = import.meta.url): string {
  const main = dirname(fileURLToPath(module));
  return join(main, module.endsWith('.ts') ? '..' : join('..', '..'), 'assets');
}

/** Who holds a company open, as the lease shows it to others. */
export function whoAmI(): string {
  try {
    return `${userInfo().username} @ ${hostname()}`;
  } catch {
    // Users without an entry in the system's list exist in containers.
    return `? @ ${hostname()}`;
  }
}
