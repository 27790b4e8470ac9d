import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { w } from '#contract/kit/words.ts';
import { refusedAt } from '../../io/journal/refusal.ts';

/** Which files a ledger was read from, and what they held. */

const words = { changed: w('this file was changed while it was read; please import it again', 'diese Datei wurde geändert, während sie gelesen wurde; bitte noch einmal importieren') };

/** Paths of files, and what each was when it was begun, in that order. */
export type FileStates = ReadonlyMap<string, string>;

export interface FilesRead {
  /** A file is about to be read. */
  add(path: string): void;
  readonly states: FileStates;
}

/** Changes with what a file holds. */
function stateOf(path: string): string {
  const { ino, size, mtimeNs } = statSync(path, { bigint: true });
  return `${ino} ${size} ${mtimeNs}`;
}

export function openFilesRead(): FilesRead {
  const states = new Map<string, string>();
  return {
    states,
    add: (path) => {
      if (!states.has(path)) states.set(path, stateOf(path));
    },
  };
}

/** SHA-256 of the files, one behind the other. @throws Refused when one has changed since it was begun */
export function digestOf(files: FileStates): string {
  const sum = createHash('sha256');
  const piece = Buffer.alloc(1 << 20);
  for (const [path, before] of files) {
    const file = openSync(path, 'r');
    try {
      for (let got = readSync(file, piece); got > 0; got = readSync(file, piece)) sum.update(piece.subarray(0, got));
    } finally {
      closeSync(file);
    }
    if (stateOf(path) !== before) throw refusedAt(path, 1, words.changed);
  }
  return sum.digest('hex');
}
