import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { say } from '#contract/kit/words.ts';
import { allowedFolder, folderKind, newFolder } from '../../main/db/folder.ts';
import { type System, dropboxRoots, linuxMounts, macMounts, nextcloudRoots, readSystem } from '../../main/db/system.ts';

const room = mkdtempSync(join(tmpdir(), 'bureau-folder-'));
afterAll(() => rmSync(room, { recursive: true }));

const mountinfo = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:40 / /mnt/nas rw,relatime shared:1 - nfs4 nas:/export rw,vers=4.2
41 27 0:41 / /mnt/office\\040share rw,relatime - cifs //server/office rw
42 27 0:42 / /home/ann/remote rw,nosuid - fuse.sshfs ann@host:/srv rw
43 27 8:17 / /media/ann/STICK rw,nosuid shared:2 - vfat /dev/sdb1 rw
44 27 8:33 / /data rw - fuseblk /dev/sdc1 rw
45 27 0:45 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
46 27 0:46 / /home/ann/Cloud rw - fuse.rclone drive: rw
47 27 0:47 / /home/ann/private rw - fuse.gocryptfs /home/ann/.private rw
48 27 0:48 / /mnt/c rw - 9p drvfs rw
49 27 8:49 / /mnt/nas/local rw - ext4 /dev/sdd1 rw
50 27 0:50 / /over rw - nfs nas:/over rw
51 27 8:51 / /over rw - xfs /dev/sde1 rw`;

const linux = (real: string, more: Partial<System> = {}): System => ({ platform: 'linux', env: {}, real, mounts: linuxMounts(mountinfo, () => false), synced: [], marks: [], ...more });
const windows = (real: string, more: Partial<System> = {}): System => ({ platform: 'win32', env: {}, real, mounts: [{ point: `${real.slice(0, 2)}\\`, type: 'fixed', source: '', removable: false }], synced: [], marks: [], ...more });
const mac = (real: string, more: Partial<System> = {}): System => ({
  platform: 'darwin',
  env: {},
  real,
  mounts: macMounts(`/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ann@server/office on /Volumes/office (smbfs, nodev, nosuid, mounted by ann)
/dev/disk6s1 on /Volumes/STICK (msdos, local, nodev, nosuid)`),
  synced: [],
  marks: [],
  ...more,
});
const drive = (type: string, real: string, removable = false, source = ''): System => windows(real, { mounts: [{ point: `${real.slice(0, 2)}\\`, type, source, removable }] });

describe('The eight kinds of path where a database is lost get eight right answers', () => {
  test.each<[string, string, System, string, string]>([
    ['a path of another machine (UNC)', '\\\\server\\office\\firm', windows('\\\\server\\office\\firm'), 'network', '\\\\server'],
    ['a mapped drive', 'Z:\\firm', drive('network', 'Z:\\firm'), 'network', 'network drive'],
    ['NFS', '/mnt/nas/firm', linux('/mnt/nas/firm'), 'network', 'NFS'],
    ['OneDrive', 'C:\\Users\\Ann\\OneDrive - Acme GmbH\\firm', windows('C:\\Users\\Ann\\OneDrive - Acme GmbH\\firm'), 'synced', 'OneDrive'],
    ['Dropbox', '/home/ann/Dropbox/firm', linux('/home/ann/Dropbox/firm'), 'synced', 'Dropbox'],
    ['Google Drive', 'G:\\My Drive\\firm', windows('G:\\My Drive\\firm'), 'synced', 'Google Drive'],
    ['iCloud', '/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/firm', mac('/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/firm'), 'synced', 'iCloud'],
    ['a removable disk', 'E:\\firm', drive('removable', 'E:\\firm', true), 'removable', 'E:\\'],
  ])('%s', (_title, path, system, kind, by) => {
    expect(folderKind(path, system)).toMatchObject({ kind, by });
  });
});

describe('More ways to lie on another machine are recognised', () => {
  test.each<[string, string, System, string]>([
    ['a mapped drive whose real path is UNC', 'Z:\\firm', windows('\\\\server\\office\\firm', { mounts: [] }), '\\\\server'],
    ['a long UNC path', '\\\\?\\UNC\\server\\office', windows('\\\\?\\UNC\\server\\office'), '\\\\server'],
    ['a UNC path written with slashes', '//server/office', windows('//server/office'), '\\\\server'],
    ['an address', 'smb://server/office', linux('/mnt/smb:/server/office'), 'SMB'],
    ['SMB under a name with a space', '/mnt/office share/firm', linux('/mnt/office share/firm'), 'SMB'],
    ['a link to NFS', '/home/ann/firm', linux('/mnt/nas/firm'), 'NFS'],
    ['SSHFS', '/home/ann/remote/firm', linux('/home/ann/remote/firm'), 'SSHFS'],
    ['a place of the file manager', '/run/user/1000/gvfs/smb-share:server=s/firm', linux('/run/user/1000/gvfs/smb-share:server=s/firm'), 'fuse.gvfsd-fuse'],
    ['rclone', '/home/ann/Cloud/firm', linux('/home/ann/Cloud/firm'), 'fuse.rclone'],
    ['a drive of Windows inside WSL', '/mnt/c/firm', linux('/mnt/c/firm'), '9P'],
    ['SMB on macOS', '/Volumes/office/firm', mac('/Volumes/office/firm'), 'SMB'],
    ['NFS that only statfs knows', '/x/firm', linux('/x/firm', { mounts: [], magic: 0x6969 }), 'NFS'],
  ])('%s', (_title, path, system, by) => {
    expect(folderKind(path, system)).toMatchObject({ kind: 'network', by });
  });
});

describe('More ways of being synced are recognised', () => {
  test.each<[string, string, System, string]>([
    ['OneDrive by its variable, under any name', 'D:\\Cloud\\firm', windows('D:\\Cloud\\firm', { env: { OneDriveCommercial: 'd:\\cloud' } }), 'OneDrive'],
    ['OneDrive by its mark', 'D:\\Cloud\\firm', windows('D:\\Cloud\\firm', { marks: ['.849C9593-D756-4E56-8D6E-42412F2A707B'] }), 'OneDrive'],
    ['Dropbox by its mark', '/data/files/firm', linux('/data/files/firm', { marks: ['.dropbox.cache/'] }), 'Dropbox'],
    ['Dropbox by its settings', '/srv/box/firm', linux('/srv/box/firm', { synced: dropboxRoots('{"personal": {"path": "/srv/box", "host": 1}}') }), 'Dropbox'],
    ['Google Drive on macOS', '/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/firm', mac('/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/firm'), 'Google Drive'],
    ['Google Drive by the name of its disk', 'H:\\firm', drive('fixed', 'H:\\firm', false, 'Google Drive'), 'Google Drive'],
    ['any other provider on macOS', '/Users/ann/Library/CloudStorage/Other/firm', mac('/Users/ann/Library/CloudStorage/Other/firm'), 'File Provider'],
    ['iCloud on Windows', 'C:\\Users\\Ann\\iCloudDrive\\firm', windows('C:\\Users\\Ann\\iCloudDrive\\firm'), 'iCloud'],
    ['Nextcloud', '/home/ann/Nextcloud/firm', linux('/home/ann/Nextcloud/firm'), 'Nextcloud'],
    ['Nextcloud by its settings', '/srv/cloud/firm', linux('/srv/cloud/firm', { synced: nextcloudRoots('[Accounts]\n0\\Folders\\1\\localPath=/srv/cloud/\n') }), 'Nextcloud'],
    ['Nextcloud by its database', '/srv/cloud/firm', linux('/srv/cloud/firm', { marks: ['.sync_0a1b2c3d4e5f.db'] }), 'Nextcloud'],
    ['Syncthing', '/srv/firm', linux('/srv/firm', { marks: ['.stfolder/'] }), 'Syncthing'],
    ['a link into Dropbox', '/home/ann/firm', linux('/home/ann/Dropbox/firm'), 'Dropbox'],
  ])('%s', (_title, path, system, by) => {
    expect(folderKind(path, system)).toMatchObject({ kind: 'synced', by });
  });
});

describe('A folder on a disk of this PC is not taken for anything else', () => {
  test.each<[string, string, System]>([
    ['a home folder', '/home/ann/firm', linux('/home/ann/firm')],
    ['a long path of Windows', '\\\\?\\C:\\Users\\Ann\\firm', windows('C:\\Users\\Ann\\firm')],
    ['a name that only begins like a sync folder', '/home/ann/Dropboxes/firm', linux('/home/ann/Dropboxes/firm')],
    ['a folder beside OneDrive', 'C:\\Users\\Ann\\OneDriveOld\\firm', windows('C:\\Users\\Ann\\OneDriveOld\\firm', { env: { OneDrive: 'C:\\Users\\Ann\\OneDrive' } })],
    ['a home folder in which the settings of Dropbox lie', '/home/ann/firm', linux('/home/ann/firm', { marks: ['.dropbox/'] })],
    ['NTFS on Linux', '/data/firm', linux('/data/firm')],
    ['an encrypted folder', '/home/ann/private/firm', linux('/home/ann/private/firm')],
    ['a disk mounted below a network folder', '/mnt/nas/local/firm', linux('/mnt/nas/local/firm')],
    ['a disk mounted over a network folder', '/over/firm', linux('/over/firm')],
    ['a name that begins like a network folder', '/mnt/nasty/firm', linux('/mnt/nasty/firm')],
    ['a second disk of Windows', 'D:\\firm', drive('fixed', 'D:\\firm', false, 'Data')],
    ['a drive whose type nobody told', 'D:\\firm', windows('D:\\firm', { mounts: [] })],
  ])('%s', (_title, path, system) => {
    expect(folderKind(path, system)).toMatchObject({ kind: 'local', by: '' });
  });

  test('a stick is removable on Linux and macOS too', () => {
    expect(folderKind('/media/ann/STICK/firm', linux('/media/ann/STICK/firm')).kind).toBe('removable');
    expect(folderKind('/Volumes/STICK/firm', mac('/Volumes/STICK/firm')).kind).toBe('removable');
    expect(linuxMounts('60 27 8:1 / /srv rw - ext4 /dev/sda1 rw', (device) => device === '8:1')[0]?.removable).toBe(true);
  });
});

test('A network or synced folder is refused in both languages with the place, the reason and what to do', () => {
  for (const [path, system] of [['/mnt/nas/firm', linux('/mnt/nas/firm')], ['/home/ann/Dropbox/firm', linux('/home/ann/Dropbox/firm')]] as const) {
    const refused = refusal(() => allowedFolder(path, system));
    expect(refused.code).toBe('invalid');
    for (const language of ['en', 'de'] as const) {
      const text = say(refused.words, language, refused.params);
      expect(text).toContain(path);
      expect(text).not.toMatch(/[{}]/);
    }
    expect(refused.message).toMatch(/Choose a folder/);
    expect(() => newFolder(path, system)).toThrow(Refused);
  }
});

test('A removable disk is a warning, not a refusal', () => {
  expect(allowedFolder('/media/ann/STICK/firm', linux('/media/ann/STICK/firm'))).toMatchObject({ kind: 'removable', by: '/media/ann/STICK' });
});

test('This PC itself is read: a folder here is local, and a link is followed to where it leads', () => {
  mkdirSync(join(room, 'Nextcloud'));
  symlinkSync(join(room, 'Nextcloud'), join(room, 'innocent'));
  expect(readSystem(join(room, 'not', 'yet')).real).toMatch(/not[\\/]yet$/);
  expect(folderKind(join(room, 'plain'))).toMatchObject({ kind: 'local' });
  expect(folderKind(join(room, 'innocent', 'firm'))).toMatchObject({ kind: 'synced', by: 'Nextcloud' });
  mkdirSync(join(room, 'marked', 'below'), { recursive: true });
  writeFileSync(join(room, 'marked', '.sync_0a1b2c3d4e5f.db'), '');
  expect(folderKind(join(room, 'marked', 'below', 'firm'))).toMatchObject({ kind: 'synced', by: 'Nextcloud' });
});

describe('A new company never overwrites anything', () => {
  test('it may be made in a new folder, also some levels deep', () => {
    const folder = join(room, 'a', 'b', 'firm');
    expect(newFolder(folder).kind).toBe('local');
    expect(readdirSync(folder).sort()).toEqual(['backups', 'files']);
  });

  test('it may be made in an empty folder, and the file manager’s own files do not count', () => {
    const folder = join(room, 'empty');
    mkdirSync(folder);
    writeFileSync(join(folder, '.DS_Store'), '');
    newFolder(folder);
    expect(readdirSync(folder).sort()).toEqual(['.DS_Store', 'backups', 'files']);
  });

  test('it is refused where anything lies, and nothing there is touched', () => {
    const folder = join(room, 'used');
    mkdirSync(folder);
    writeFileSync(join(folder, 'office.db'), 'ten months of work');
    expect(refusal(() => newFolder(folder)).code).toBe('conflict');
    expect(readdirSync(folder)).toEqual(['office.db']);
  });

  test('it is refused on a file, below a file, and a second time', () => {
    const file = join(room, 'file');
    writeFileSync(file, '');
    expect(refusal(() => newFolder(file)).message).toMatch(/is a file/);
    expect(refusal(() => newFolder(join(file, 'below'))).message).toMatch(/is a file/);
    newFolder(join(room, 'twice'));
    expect(refusal(() => newFolder(join(room, 'twice'))).code).toBe('conflict');
  });

  test('it is refused when the path is not complete', () => {
    expect(refusal(() => newFolder('firm')).message).toMatch(/complete path/);
  });
});

function refusal(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('was not refused');
}
