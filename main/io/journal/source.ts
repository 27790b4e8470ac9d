import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { western } from '../text.ts';
import { brokenFile } from './transaction.ts';

/** Files as lines, a piece at a time: nothing of a file stays but the piece that is being read. */

const piece = 1 << 16;
/** No program writes such a line; without a limit a file without line ends would be held whole. */
const longestLine = 1 << 24;

/** What is told of a file with bytes that are no UTF-8. */
export const strange = 'bytes that are no UTF-8 were read as windows-1252';

/** Receives one line: `text.slice(from, to)` without its line end. `line` counts from 1. */
export type OnLine = (text: string, from: number, to: number, line: number) => void;

export interface LineReading {
  /** Bytes that are no UTF-8 are windows-1252 (with a call of `onStrange` for the first of a file) instead of being refused. */
  readonly lenient: boolean;
  readonly onStrange?: (line: number) => void;
  /** Bytes read so far of `total`. */
  readonly onBytes?: (bytes: number, total: number) => void;
}

/** Opens a file of records. Folders, pipes and devices are refused: reading one may never end. `at` is where the file was asked for. @throws Refused */
export function openPlain(path: string, at: { readonly file: string; readonly line: number }): number {
  let file: number;
  try {
    // Without waiting: opening a pipe that nobody writes to would block for ever.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    throw brokenFile(at.file, at.line, `“${basename(path)}” can not be opened`);
  }
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw brokenFile(at.file, at.line, `“${basename(path)}” is not an ordinary file`);
}

/**
 * Hands out every line of an open file from its beginning. A byte order mark is left out; CR before LF belongs to the line end. The
 * last line needs no end.
 * @throws Refused for bytes that are no text, or a line of more than 16 MB
 */
export function readLines(file: number, name: string, reading: LineReading, onLine: OnLine): void {
  const total = fstatSync(file).size;
  let buffer = Buffer.allocUnsafe(piece);
  let [held, line, read] = [0, 0, 0];
  let first = true;
  const told = { strange: false };
  for (;;) {
    if (held === buffer.length) {
      if (held >= longestLine) throw brokenFile(name, line + 1, 'this line is longer than 16 MB');
      buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
    }
    const size = readSync(file, buffer, held, buffer.length - held, read);
    const end = held + size;
    const cut = size === 0 ? end : buffer.lastIndexOf(10, end - 1) + 1;
    if (cut > 0) {
      line = split(textOf(buffer.subarray(first ? marked(buffer, cut) : 0, cut), name, line, reading, told), line, onLine);
      first = false;
      buffer.copyWithin(0, cut, end);
    }
    held = end - cut;
    read += size;
    if (size === 0) return;
    reading.onBytes?.(read, total);
  }
}

const marked = (buffer: Buffer, end: number): number => (end >= 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0);

function textOf(bytes: Buffer, name: string, line: number, reading: LineReading, told: { strange: boolean }): string {
  // A NUL is in no journal: the file is a program, a picture, or UTF-16.
  const zero = bytes.indexOf(0);
  if (zero !== -1) throw brokenFile(name, line + linesBefore(bytes, zero), 'this is not text in UTF-8');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  if (told.strange) return mixed(bytes);
  const bad = line + linesBefore(bytes, firstStrange(bytes));
  if (!reading.lenient) throw brokenFile(name, bad, 'these bytes are not text in UTF-8');
  told.strange = true;
  reading.onStrange?.(bad);
  return mixed(bytes);
}

/**
 * What is UTF-8 as such, every other byte as windows-1252: text that is one of them is read as a whole, and where some of either stands in the
 * other nothing else suffers, however the file is cut into pieces.
 */
function mixed(bytes: Buffer): string {
  let [text, from] = ['', 0];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at]!;
    const size = byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    if (size === 1 || (size > 0 && isUtf8(bytes.subarray(at, at + size)))) {
      at += size;
      continue;
    }
    text += bytes.toString('utf8', from, at) + western(byte);
    from = at += 1;
  }
  return text + bytes.toString('utf8', from);
}

function linesBefore(bytes: Buffer, at: number): number {
  let count = 1;
  for (let next = bytes.indexOf(10); next !== -1 && next < at; next = bytes.indexOf(10, next + 1)) count += 1;
  return count;
}

function firstStrange(bytes: Buffer): number {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end === -1 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(from, to))) return from;
    from = to;
  }
  return 0;
}

function split(text: string, before: number, onLine: OnLine): number {
  let line = before;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const stop = end === -1 ? text.length : end;
    line += 1;
    onLine(text, from, stop > from && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop, line);
    from = stop + 1;
  }
  return line;
}
