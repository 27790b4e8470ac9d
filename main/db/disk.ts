import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The few ways in which Bureau touches files so that a kill or a power cut leaves the old or the new one, never a part. */

/** The code of a file system error (`ENOENT` …), or an empty text. */
export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/** A name beside `file` that nobody else uses. Names that end in `.new` are never anything finished. */
export const beside = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.new`;

/** Makes the names in a folder durable. Windows has no such call and needs none: NTFS journals names. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  withFile(folder, 'r', fsyncSync);
}

export const syncFile = (file: string): void => withFile(file, 'r+', fsyncSync);

/** Writes a file whole: temporary name, fsync, rename over the old one, fsync of the folder. */
export function writeWhole(file: string, data: string | Uint8Array): void {
  const temp = beside(file);
  try {
    writeNew(temp, data);
    moveOver(temp, file);
  } catch (error) {
    rmSync(temp, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** Creates a file that must not exist, and makes its content durable. */
export function writeNew(file: string, data: string | Uint8Array): void {
  withFile(file, 'wx', (handle) => {
    writeFileSync(handle, data);
    fsyncSync(handle);
  });
}

/** Renames over whatever is there. On Windows a virus scanner may hold a file for a moment; that is waited out. */
export function moveOver(from: string, to: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || tries > 20 || !['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error))) throw error;
      pause(25);
    }
  }
}

/** Gives a finished file its name unless the name is taken; of several that try at once exactly one is told `true`. */
export function placeNew(from: string, to: string): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (codeOf(error) === 'ENOENT') throw error;
    return placeWithoutLinks(from, to);
  }
  rmSync(from);
  return true;
}

/** FAT and exFAT know no hard links: the name is reserved by an empty file, which the rename then replaces. */
export function placeWithoutLinks(from: string, to: string): boolean {
  try {
    closeSync(openSync(to, 'wx'));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  moveOver(from, to);
  return true;
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** SHA-256 of a file in steps of 1 MB, so that its size does not matter. */
export function hashFile(file: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 20);
  withFile(file, 'r', (handle) => {
    for (let got = readSync(handle, buffer); got > 0; got = readSync(handle, buffer)) hash.update(buffer.subarray(0, got));
  });
  return hash.digest('hex');
}

/** Stands still for some milliseconds. */
export const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function withFile(file: string, flags: string, work: (handle: number) => void): void {
  const handle = openSync(file, flags);
  try {
    work(handle);
  } finally {
    closeSync(handle);
  }
}
