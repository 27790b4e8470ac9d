import { mkdirSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Refused } from '#contract/kit/failure.ts';
import { type Words, w } from '#contract/kit/words.ts';
import { codeOf, syncFolder } from './disk.ts';
import { type Mount, type System, readSystem } from './system.ts';

/**
 * Where a company folder lies. SQLite is safe on a disk of this PC only: network file systems break its locks, and
 * sync programs copy the database while it is written and put old files back.
 */

export interface FolderKind {
  readonly kind: 'local' | 'network' | 'synced' | 'removable';
  /** What was recognised: `OneDrive`, `NFS`, `Z:` …; empty for a local folder. */
  readonly by: string;
  /** What to tell the user, with the places {folder} and {by}. */
  readonly words: Words;
}

const words = {
  local: w('“{folder}” lies on a disk of this PC.', '„{folder}“ liegt auf einem Laufwerk dieses PCs.'),
  network: w('“{folder}” lies on a network drive ({by}). A database there is damaged sooner or later. Choose a folder on a disk of this PC; copies of finished backups may lie on the network.', '„{folder}“ liegt auf einem Netzlaufwerk ({by}). Dort wird eine Datenbank früher oder später beschädigt. Wählen Sie einen Ordner auf einem Laufwerk dieses PCs; Kopien fertiger Sicherungen dürfen im Netz liegen.'),
  synced: w('“{folder}” is kept in sync by {by}, which copies files while they are being written and puts old ones back. Choose a folder that {by} does not look after; copies of finished backups may lie there.', '„{folder}“ wird von {by} abgeglichen; dabei werden Dateien während des Schreibens kopiert und alte zurückgelegt. Wählen Sie einen Ordner, um den sich {by} nicht kümmert; Kopien fertiger Sicherungen dürfen dort liegen.'),
  removable: w('“{folder}” lies on a removable disk ({by}). Close Bureau before you unplug it, and keep copies of the backups elsewhere.', '„{folder}“ liegt auf einem Wechseldatenträger ({by}). Schließen Sie Bureau, bevor Sie ihn abziehen, und bewahren Sie Kopien der Sicherungen woanders auf.'),
  notAbsolute: w('“{folder}” is not a complete path of a folder.', '„{folder}“ ist kein vollständiger Pfad eines Ordners.'),
  notEmpty: w('“{folder}” is not empty. A new company needs a new or an empty folder; nothing is ever overwritten.', '„{folder}“ ist nicht leer. Eine neue Firma braucht einen neuen oder einen leeren Ordner; es wird nie etwas überschrieben.'),
  notFolder: w('“{folder}” is a file, not a folder.', '„{folder}“ ist eine Datei, kein Ordner.'),
  readOnly: w('Bureau may not write in “{folder}”.', 'Bureau darf in „{folder}“ nicht schreiben.'),
} as const;

/** File systems that lie on another machine. `9p`, `virtiofs` and the like are folders of the host of a virtual PC. */
const networkTypes: Readonly<Record<string, string>> = {
  nfs: 'NFS', nfs4: 'NFS', cifs: 'SMB', smb3: 'SMB', smbfs: 'SMB', smb2: 'SMB', ncpfs: 'NetWare', ncp: 'NetWare', afs: 'AFS', afpfs: 'AFP', coda: 'Coda', ceph: 'Ceph',
  gfs2: 'GFS2', ocfs2: 'OCFS2', lustre: 'Lustre', beegfs: 'BeeGFS', webdav: 'WebDAV', davfs: 'WebDAV', davfs2: 'WebDAV', sshfs: 'SSHFS', ftp: 'FTP',
  '9p': '9P', drvfs: 'WSL', virtiofs: 'VirtioFS', vboxsf: 'VirtualBox', vmhgfs: 'VMware', prl_fs: 'Parallels', network: 'network drive',
};

/** Programs that show a folder through FUSE but keep the data on this PC's disk. Any other FUSE program may be a network. */
const localFuse = new Set(['fuseblk', 'fuse.ntfs', 'fuse.ntfs-3g', 'fuse.exfat', 'fuse.mergerfs', 'fuse.bindfs', 'fuse.gocryptfs', 'fuse.encfs', 'fuse.cryfs', 'fuse.securefs', 'fuse.veracrypt', 'fuse.fuse-overlayfs']);

/** statfs numbers of the network file systems, the second means where the list of mounts says nothing. */
const networkMagic: Readonly<Record<number, string>> = { 0x6969: 'NFS', 0x517b: 'SMB', 0xff534d42: 'SMB', 0xfe534d42: 'SMB', 0x564c: 'NetWare', 0x5346414f: 'AFS', 0x73757245: 'Coda', 0x00c36400: 'Ceph', 0x01021997: '9P', 0x0bd00bd0: 'Lustre', 0x786f4256: 'VirtualBox' };

/** Folder names that sync programs give to the folder they look after. */
const syncedNames: readonly (readonly [RegExp, string])[] = [
  [/^onedrive( - .+|-.+)?$/i, 'OneDrive'],
  [/^dropbox( \(.+\)|-.+)?$/i, 'Dropbox'],
  [/^(google ?drive(-.+)?|googledrive-.+|drivefs)$/i, 'Google Drive'],
  [/^(icloud ?drive|com~apple~clouddocs|mobile documents)$/i, 'iCloud'],
  [/^nextcloud\d*$/i, 'Nextcloud'],
  [/^owncloud\d*$/i, 'ownCloud'],
  [/^(megasync|mega downloads)$/i, 'MEGA'],
  [/^(box sync|box-box)$/i, 'Box'],
  [/^pcloud ?drive$/i, 'pCloud'],
  [/^(seafile|seadrive)$/i, 'Seafile'],
];

/** Files and folders (with a slash) that sync programs leave in the folder they look after. */
const syncedMarks: readonly (readonly [RegExp, string])[] = [
  [/^\.849C9593-D756-4E56-8D6E-42412F2A707B$/i, 'OneDrive'],
  [/^(\.dropbox|\.dropbox\.cache\/)$/, 'Dropbox'],
  [/^\.tmp\.drive(down|up)load\/$/, 'Google Drive'],
  [/^\.[^/]+\.icloud$/, 'iCloud'],
  [/^(\._?sync_[0-9a-f]+\.db|\.nextcloudsync\.log)$/, 'Nextcloud'],
  [/^\.owncloudsync\.log$/, 'ownCloud'],
  [/^\.stfolder\/?$/, 'Syncthing'],
];

const syncedEnv: readonly (readonly [string, string])[] = [['OneDrive', 'OneDrive'], ['OneDriveCommercial', 'OneDrive'], ['OneDriveConsumer', 'OneDrive']];

/** Where a folder lies; it need not exist yet. `system` is what the operating system says, as plain data. */
export function folderKind(path: string, system: System = readSystem(path)): FolderKind {
  const places = [...new Set([path, system.real])];
  const remote = places.map((place) => remoteName(place, system)).find(Boolean);
  if (remote) return { kind: 'network', by: remote, words: words.network };
  const mount = mountOf(system);
  const network = networkName(mount, system);
  if (network) return { kind: 'network', by: network, words: words.network };
  const synced = syncedBy(places, mount, system);
  if (synced) return { kind: 'synced', by: synced, words: words.synced };
  if (mount?.removable) return { kind: 'removable', by: mount.point, words: words.removable };
  return { kind: 'local', by: '', words: words.local };
}

/** @throws Refused when a company may not lie there. A removable disk is only a warning, which the caller shows. */
export function allowedFolder(path: string, system?: System): FolderKind {
  const found = folderKind(path, system);
  if (found.kind === 'network' || found.kind === 'synced') throw new Refused('invalid', found.words, { folder: path, by: found.by }, 'folder');
  if (!isAbsolute(path)) throw new Refused('invalid', words.notAbsolute, { folder: path }, 'folder');
  return found;
}

/**
 * Makes the folder of a new company with `files` and `backups`. It must not exist, or be empty. Of two that try at once
 * one is refused, because only one can make `files`.
 */
export function newFolder(path: string, system?: System): FolderKind {
  const found = allowedFolder(path, system);
  try {
    mkdirSync(path, { recursive: true });
    if (readdirSync(path).some((entry) => !['.DS_Store', 'desktop.ini', 'Thumbs.db'].includes(entry))) throw new Refused('conflict', words.notEmpty, { folder: path }, 'folder');
    mkdirSync(join(path, 'files'));
    mkdirSync(join(path, 'backups'));
  } catch (error) {
    if (error instanceof Refused) throw error;
    const code = codeOf(error);
    if (code === 'ENOTDIR' || (code === 'EEXIST' && isFile(path))) throw new Refused('conflict', words.notFolder, { folder: path }, 'folder');
    if (code === 'EEXIST') throw new Refused('conflict', words.notEmpty, { folder: path }, 'folder');
    if (['EACCES', 'EPERM', 'EROFS'].includes(code)) throw new Refused('invalid', words.readOnly, { folder: path }, 'folder');
    throw error;
  }
  syncFolder(path);
  return found;
}

function isFile(path: string): boolean {
  try {
    readdirSync(path);
    return false;
  } catch (error) {
    return codeOf(error) === 'ENOTDIR';
  }
}

/** `\\server\share`, `smb://…`: a path that names another machine. `\\?\C:\…` is a long local path. */
function remoteName(path: string, system: System): string | null {
  const unc = /^\\\\\?\\UNC\\([^\\/]+)|^[\\/]{2}(?![?.][\\/])([^\\/]+)/i.exec(path);
  if (unc && (path.includes('\\') || system.platform === 'win32')) return `\\\\${unc[1] ?? unc[2]}`;
  const url = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path);
  return url ? url[1]!.toUpperCase() : null;
}

/** The mount that holds the folder: the longest that contains it, and of several at one point the last. */
function mountOf(system: System): Mount | undefined {
  let best: Mount | undefined;
  for (const mount of system.mounts) if (inside(system.real, mount.point, system) && (!best || mount.point.length >= best.point.length)) best = mount;
  return best;
}

function networkName(mount: Mount | undefined, system: System): string | null {
  const type = mount?.type.toLowerCase() ?? '';
  const known = networkTypes[type] ?? networkTypes[type.replace(/^fuse\./, '')];
  if (known) return known;
  if (/^(fuse\.|macfuse|osxfuse)/.test(type) && !localFuse.has(type) && !cloudFuse(type)) return type;
  if (type === '' || type === 'autofs' || type === 'fuse') {
    const magic = system.magic === undefined ? undefined : networkMagic[system.magic];
    return magic ?? (type === 'fuse' ? 'FUSE' : null);
  }
  return null;
}

/** FUSE programs that show a cloud. */
function cloudFuse(type: string): string | null {
  if (/onedriver|onedrive/.test(type)) return 'OneDrive';
  if (/google-drive|gdrive/.test(type)) return 'Google Drive';
  return /pcloud/.test(type) ? 'pCloud' : null;
}

function syncedBy(places: readonly string[], mount: Mount | undefined, system: System): string | null {
  const cloud = mount && (cloudFuse(mount.type.toLowerCase()) ?? (/^google ?drive$/i.test(mount.source) ? 'Google Drive' : null));
  if (cloud) return cloud;
  for (const [variable, program] of syncedEnv) {
    const root = system.env[variable];
    if (root && places.some((place) => inside(place, root, system))) return program;
  }
  for (const { root, program } of system.synced) if (places.some((place) => inside(place, root, system))) return program;
  for (const place of places) {
    const names = place.split(system.platform === 'win32' ? /[\\/]/ : /\//);
    for (const [pattern, program] of syncedNames) if (names.some((name) => pattern.test(name))) return program;
    if (/[\\/]Library[\\/]CloudStorage[\\/]/i.test(`${place}/`)) return 'File Provider';
    if (/^[a-z]:[\\/](my drive|meine ablage|shared drives|geteilte ablagen)([\\/]|$)/i.test(place)) return 'Google Drive';
  }
  for (const mark of system.marks) for (const [pattern, program] of syncedMarks) if (pattern.test(mark)) return program;
  return null;
}

/** Whether a path is a folder or lies in it; Windows and macOS do not tell large letters from small. */
function inside(path: string, folder: string, system: System): boolean {
  const tidy = (text: string): string => {
    const plain = (system.platform === 'win32' ? text.replace(/^\\\\\?\\/, '').replaceAll('/', '\\') : text).replace(/(?<=.)[\\/]+$/, '');
    return system.platform === 'linux' ? plain : plain.toLowerCase();
  };
  const [inner, outer] = [tidy(path), tidy(folder)];
  const slash = system.platform === 'win32' ? '\\' : '/';
  return inner === outer || inner.startsWith(outer.endsWith(slash) ? outer : outer + slash);
}
