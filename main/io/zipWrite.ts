import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { ZipBytes } from './zip.ts';

/**
 * Writes an archive file by file in flat memory. Each file is digested while it passes; the archive itself ends with a comment that holds the digest of
 * all bytes before it, so that no byte of it, content or frame, can change unnoticed.
 */

export interface Packed {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ZipWriter {
  /** Adds a file of texts (UTF-8) or bytes. `stored` leaves it as it is, for what is compressed already. @throws Refused when the archive grows larger than its format allows */
  add(name: string, pieces: Iterable<string | Uint8Array>, stored?: boolean): Packed;
  /** Writes directory and seal; the file is whole and on the disk then. `sha256` is the digest of the whole file. */
  end(): { readonly bytes: number; readonly sha256: string };
  /** Gives up: the file is closed and taken away. */
  drop(): void;
}

const mark = 'sha256:';
const sealLength = mark.length + 64;
/** Length of the end record, whose last two bytes say how long the comment is. */
const endLength = 22;
const buffered = 1 << 16;

/** What an archive of the plain format can hold: its places are numbers of 32 bits, its count one of 16. */
const mostBytes = 2 ** 32 - 1;
const mostFiles = 2 ** 16 - 1;
/** Room for the directory. */
const reserve = 50_000_000;

const words = {
  bytes: w('The archive would have more than 4 GB, which its format cannot hold. Nothing was written.', 'Das Archiv hätte mehr als 4 GB; das fasst sein Format nicht. Es wurde nichts geschrieben.'),
  files: w('The archive would have more than {most} files, which its format cannot hold. Nothing was written.', 'Das Archiv hätte mehr als {most} Dateien; das fasst sein Format nicht. Es wurde nichts geschrieben.'),
};

/** Begins an archive; the file must not be there yet. */
export function zipWriter(path: string): ZipWriter {
  const fd = openSync(path, 'wx');
  const [content, all] = [createHash('sha256'), createHash('sha256')];
  let [bytes, files] = [0, 0];
  // The last bytes wait: the end record is changed before it is written.
  let waiting = Buffer.alloc(0);
  let open = true;
  // Once: by then the number may be that of another file.
  const close = (): void => {
    if (!open) return;
    open = false;
    closeSync(fd);
  };
  const put = (piece: Uint8Array, sealed: boolean): void => {
    if (sealed) content.update(piece);
    all.update(piece);
    bytes += piece.length;
    for (let at = 0; at < piece.length; ) at += writeSync(fd, piece, at);
  };
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    waiting = Buffer.concat([waiting, piece]);
    if (waiting.length <= buffered) return;
    put(waiting.subarray(0, waiting.length - endLength), true);
    waiting = Buffer.from(waiting.subarray(waiting.length - endLength));
  });
  return {
    add: (name, pieces, stored = false) => {
      if ((files += 1) > mostFiles) throw new Refused('invalid', words.files, { most: mostFiles });
      const part = stored ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
      zip.add(part);
      const digest = createHash('sha256');
      let size = 0;
      let [texts, length]: [string[], number] = [[], 0];
      const push = (piece: Uint8Array): void => {
        digest.update(piece);
        size += piece.length;
        if (bytes + piece.length > mostBytes - reserve || size > mostBytes) throw new Refused('invalid', words.bytes);
        part.push(piece, false);
      };
      const flush = (): void => {
        if (length > 0) push(Buffer.from(texts.join(''), 'utf8'));
        [texts, length] = [[], 0];
      };
      for (const piece of pieces) {
        if (typeof piece === 'string') {
          texts.push(piece);
          length += piece.length;
          if (length > buffered) flush();
        } else {
          flush();
          // The archive keeps the piece for a moment, and whoever reads a file uses its buffer again.
          push(Uint8Array.from(piece));
        }
      }
      flush();
      part.push(new Uint8Array(0), true);
      return { name, bytes: size, sha256: digest.digest('hex') };
    },
    end: () => {
      zip.end();
      waiting.writeUInt16LE(sealLength, waiting.length - 2);
      put(waiting, true);
      put(Buffer.from(`${mark}${content.digest('hex')}`, 'latin1'), false);
      fsyncSync(fd);
      close();
      return { bytes, sha256: all.digest('hex') };
    },
    drop: () => {
      zip.terminate();
      close();
      rmSync(path, { force: true });
    },
  };
}

/** The bytes of a file, piece by piece. */
export function* piecesOf(path: string): Generator<Uint8Array> {
  const fd = openSync(path, 'r');
  const buffer = Buffer.alloc(buffered);
  try {
    for (let read = readSync(fd, buffer); read > 0; read = readSync(fd, buffer)) yield buffer.subarray(0, read);
  } finally {
    closeSync(fd);
  }
}

/** Digest of a whole archive, and whether it ends with a seal that is that of the bytes before it. `passed` hears how many bytes were read. */
export function digestsOf(archive: ZipBytes, passed: (bytes: number) => void): { readonly sha256: string; readonly sealed: boolean } {
  const digest = createHash('sha256');
  const content = Math.max(0, archive.size - sealLength);
  for (let at = 0; at < content; at += buffered) {
    digest.update(archive.read(at, Math.min(buffered, content - at)));
    passed(at);
  }
  const before = digest.copy().digest('hex');
  const seal = archive.read(content, sealLength);
  return { sha256: digest.update(seal).digest('hex'), sealed: seal.toString('latin1') === `${mark}${before}` };
}
