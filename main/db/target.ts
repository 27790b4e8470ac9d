import { closeSync, existsSync, openSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { beside, codeOf, moveOver, syncFile, syncFolder } from './disk.ts';

/** Files that Bureau writes for others, where the user wants them: whole or not at all, and never into the folder of a company. */

const words = {
  target: w('The file cannot be written there: {reason}.', 'Die Datei lässt sich dort nicht schreiben: {reason}.'),
  company: w('“{folder}” is the folder of a company, in which Bureau keeps its own files. Please choose another folder.', '„{folder}“ ist der Ordner einer Firma, in dem Bureau seine eigenen Dateien führt. Bitte einen anderen Ordner wählen.'),
};

/** What a place can say for itself; anything else is a fault of Bureau. */
const ofThePlace = new Set(['EACCES', 'EPERM', 'ENOENT', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'ENAMETOOLONG', 'EBUSY', 'ELOOP', 'EIO']);

/**
 * The whole path of a target. @throws Refused invalid (target) when it lies in the folder of a company, this one or another, also by way of a link
 */
export function targetPath(target: string): string {
  const path = resolve(target);
  for (let at = realFolder(dirname(path)); ; at = dirname(at)) {
    if (existsSync(join(at, 'office.db'))) throw new Refused('invalid', words.company, { folder: at }, 'target');
    if (dirname(at) === at) return path;
  }
}

/** The folder without links; as it stands when it cannot be read: writing there will say why. */
function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

/**
 * `write` makes a file of the name it is given, beside the target, whose place it takes once it is whole and on the disk; when anything goes
 * wrong it is taken away, and what lay there before stays. @throws Refused invalid (target) when the place takes no file
 */
export function writeTarget<T>(target: string, write: (file: string) => T): { readonly written: T; readonly bytes: number; readonly path: string } {
  const path = targetPath(target);
  const temp = beside(path);
  try {
    const written = write(temp);
    syncFile(temp);
    moveOver(temp, path);
    syncNames(dirname(path));
    return { written, bytes: statSync(path).size, path };
  } catch (error) {
    rmSync(temp, { force: true });
    if (ofThePlace.has(codeOf(error))) throw new Refused('invalid', words.target, { reason: codeOf(error) }, 'target');
    throw error;
  }
}

/** Shares of a network and sticks often cannot; the file has its name by then. */
function syncNames(folder: string): void {
  try {
    syncFolder(folder);
  } catch {
    // As above.
  }
}

/** Writes a new file piece by piece. */
export function writePieces(file: string, pieces: Iterable<string | Uint8Array>): void {
  const handle = openSync(file, 'wx');
  try {
    for (const piece of pieces) writeFileSync(handle, piece);
  } finally {
    closeSync(handle);
  }
}
