import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, realpathSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What the operating system says about the place of a folder, as plain data, so that any PC can be told in a test. */
export interface System {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path with every link followed, as far as it exists. A mapped drive of Windows becomes its `\\server\share`. */
  readonly real: string;
  readonly mounts: readonly Mount[];
  /** statfs type of the nearest folder that exists. */
  readonly magic?: number | undefined;
  /** Folders that the settings of sync programs name. */
  readonly synced: readonly { readonly root: string; readonly program: string }[];
  /** Names found in the folder and the folders above it; those of folders end in a slash. */
  readonly marks: readonly string[];
}

export interface Mount {
  readonly point: string;
  readonly type: string;
  readonly source: string;
  readonly removable: boolean;
}

export function readSystem(path: string): System {
  const { platform, env } = process;
  const real = followed(resolve(path));
  const mounts = platform === 'linux' ? linuxMounts(quietly(() => readFileSync('/proc/self/mountinfo', 'utf8'), '')) : platform === 'darwin' ? macMounts(quietly(() => execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 5_000 }), '')) : windowsDrive(real);
  const magic = quietly(() => statfsSync(nearest(real)).type, undefined);
  return { platform, env, real, mounts, magic, synced: syncedRoots(env), marks: marksAbove(real) };
}

/** The lines of /proc/self/mountinfo. */
export function linuxMounts(text: string, removable: (device: string) => boolean = usb): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [left, right] = line.split(' - ');
    const fields = left?.split(' ') ?? [];
    const [type, source] = right?.split(' ') ?? [];
    const point = fields[4];
    if (!point || !type) return [];
    const plain = point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    return [{ point: plain, type, source: source ?? '', removable: /^(\/run)?\/media\//.test(plain) || removable(fields[2] ?? '') }];
  });
}

/** The lines of `mount` on macOS. A local disk under /Volumes is one that was plugged in. */
export function macMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const found = /^(.+?) on (\/.*) \(([^,)]+)(.*)\)$/.exec(line);
    if (!found) return [];
    const [, source = '', point = '', type = '', options = ''] = found;
    return [{ point, type, source, removable: point.startsWith('/Volumes/') && options.includes('local') }];
  });
}

/**
 * The drive of a path on Windows. Node cannot ask the drive type; PowerShell's DriveInfo tells it in English on every
 * Windows. Asked once a drive, and never for the drive of Windows itself; unknown counts as fixed, because mapped
 * drives are also seen by their real path.
 */
function windowsDrive(real: string): Mount[] {
  const letter = /^[a-z]:/i.exec(real)?.[0].toUpperCase();
  if (!letter) return [];
  if (letter === process.env['SystemDrive']?.toUpperCase()) return [{ point: `${letter}\\`, type: 'fixed', source: '', removable: false }];
  let mount = drives.get(letter);
  if (!mount) {
    const told = quietly(() => execFileSync('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', `$d=[System.IO.DriveInfo]'${letter}'; "$($d.DriveType)|$($d.VolumeLabel)"`], { encoding: 'utf8', timeout: 10_000, windowsHide: true }), '').trim();
    const [type = '', label = ''] = told.split('|');
    mount = { point: `${letter}\\`, type: type === '' ? 'fixed' : type.toLowerCase(), source: label, removable: ['Removable', 'CDRom'].includes(type) };
    drives.set(letter, mount);
  }
  return [mount];
}
const drives = new Map<string, Mount>();

/** Whether a block device hangs on USB or says that its medium can be taken out. */
function usb(device: string): boolean {
  if (!/^[1-9]\d*:\d+$/.test(device)) return false;
  const at = quietly(() => realpathSync(`/sys/dev/block/${device}`), '');
  if (at === '') return false;
  const flag = (folder: string): boolean => quietly(() => readFileSync(join(folder, 'removable'), 'utf8').trim(), '0') === '1';
  return /\/usb\d/.test(at) || flag(at) || flag(dirname(at));
}

/** Folders named in the settings of Dropbox and Nextcloud. */
function syncedRoots(env: Readonly<Record<string, string | undefined>>): { root: string; program: string }[] {
  const homes = [homedir(), env['APPDATA'], env['LOCALAPPDATA']].filter((home) => home !== undefined);
  const dropbox = homes.flatMap((home) => ['.dropbox', 'Dropbox'].map((name) => quietly(() => readFileSync(join(home, name, 'info.json'), 'utf8'), '')));
  const nextcloud = [...homes, join(homedir(), '.config'), join(homedir(), 'Library/Preferences')].map((home) => quietly(() => readFileSync(join(home, 'Nextcloud/nextcloud.cfg'), 'utf8'), ''));
  return [...dropbox.flatMap(dropboxRoots), ...nextcloud.flatMap(nextcloudRoots)];
}

export const dropboxRoots = (text: string): { root: string; program: string }[] =>
  [...text.matchAll(/"path"\s*:\s*("(?:[^"\\]|\\.)*")/g)].map((found) => ({ root: String(JSON.parse(found[1]!)), program: 'Dropbox' }));

export const nextcloudRoots = (text: string): { root: string; program: string }[] =>
  [...text.matchAll(/localPath=(.+?)\s*$/gm)].map((found) => ({ root: found[1]!, program: 'Nextcloud' }));

function marksAbove(real: string): string[] {
  const names: string[] = [];
  for (let at = real; ; at = dirname(at)) {
    names.push(...quietly(() => readdirSync(at, { withFileTypes: true }).filter((entry) => entry.name.startsWith('.')).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)), []));
    if (dirname(at) === at) return names;
  }
}

/** Follows links in the part of a path that exists; the rest is kept as written. */
function followed(path: string): string {
  const base = nearest(path);
  return join(quietly(() => realpathSync.native(base), base), path.slice(base.length));
}

function nearest(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    if (quietly(() => (statfsSync(at), true), false) || dirname(at) === at) return at;
  }
}

function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
