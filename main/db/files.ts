import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { codeOf, hashFile, sha256, syncFolder, writeWhole } from './disk.ts';

/**
 * Attachments by content: `files/ab/abcdef…`, named by the SHA-256 of their bytes. A name of the user's never becomes
 * a path, so nothing can lie outside; a file never changes, so a backup needs each only once.
 */

const words = {
  name: w('“{hash}” is not the name of a stored file.', '„{hash}“ ist nicht der Name einer abgelegten Datei.'),
  missing: w('The content of this file is missing from the company folder. Put it back from a backup (folder backups, files).', 'Der Inhalt dieser Datei fehlt im Firmenordner. Holen Sie ihn aus einer Sicherung zurück (Ordner backups, files).'),
  damaged: w('The content of this file is damaged: it is not what was stored. Put it back from a backup (folder backups, files).', 'Der Inhalt dieser Datei ist beschädigt: Er ist nicht mehr, was abgelegt wurde. Holen Sie ihn aus einer Sicherung zurück (Ordner backups, files).'),
} as const;

export type FileState = 'good' | 'missing' | 'damaged';

export interface FileCheck {
  readonly looked_at: number;
  readonly missing: readonly string[];
  readonly damaged: readonly string[];
}

/** Where a content lies. `store` is the folder that holds the two-letter folders: `files` or `backups/files`. */
export function pathIn(store: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Refused('invalid', words.name, { hash: hash.slice(0, 80) });
  return join(store, hash.slice(0, 2), hash);
}

/** Where a content of a company lies. @throws Refused when `hash` is anything but a SHA-256 in small hex digits. */
export const filePath = (folder: string, hash: string): string => pathIn(join(folder, 'files'), hash);

/** Stores a content and returns its hash. What is there already is used again if it is intact, and mended if it is not. */
export function putFile(folder: string, bytes: Uint8Array): string {
  const hash = sha256(bytes);
  const file = filePath(folder, hash);
  if (stateOf(file, hash) === 'good') return hash;
  makeShelf(file);
  writeWhole(file, bytes);
  return hash;
}

/** @throws Refused when the content is missing, or is not what was stored. */
export function readFile(folder: string, hash: string): Uint8Array {
  const bytes = bytesOf(filePath(folder, hash));
  if (!bytes) throw new Refused('missing', words.missing);
  if (sha256(bytes) !== hash) throw new Refused('missing', words.damaged);
  return bytes;
}

/** Reads every file again and lists those that are missing or are not what was stored. Each hash is looked at once. */
export function checkFiles(folder: string, hashes: readonly string[], progress?: (done: number, of: number) => void): FileCheck {
  const each = [...new Set(hashes)];
  const found: Record<FileState, string[]> = { good: [], missing: [], damaged: [] };
  each.forEach((hash, at) => {
    found[stateOf(filePath(folder, hash), hash)].push(hash);
    progress?.(at + 1, each.length);
  });
  return { looked_at: each.length, missing: found.missing, damaged: found.damaged };
}

/** Whether the file at a path has the content of that hash. */
export function stateOf(file: string, hash: string): FileState {
  try {
    return hashFile(file) === hash ? 'good' : 'damaged';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'missing';
    if (['EIO', 'EISDIR'].includes(codeOf(error))) return 'damaged';
    throw error;
  }
}

/** Makes the two-letter folder of a content, durably. */
export function makeShelf(file: string): void {
  const shelf = dirname(file);
  if (existsSync(shelf)) return;
  mkdirSync(shelf, { recursive: true });
  syncFolder(dirname(shelf));
}

function bytesOf(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
