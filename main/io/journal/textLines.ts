import { closeSync, fstatSync, readSync } from 'node:fs';
import { w } from '#contract/kit/words.ts';
import { decoder, type Encoding, sniffEncoding } from '../text.ts';
import { refusedAt } from './refusal.ts';
import { type OnLine, openPlain, readLines, strange } from './source.ts';
import type { Taker } from './transaction.ts';

/** Files of other programs as lines, in any encoding and with any line end, in flat memory. */

const words = { binary: w('this file is not text', 'diese Datei ist kein Text') };
const piece = 1 << 16;
const headSize = 1 << 20;
const longest = 1 << 24;
const ends = /[\r\n]/g;

/** The beginning of a file, up to a megabyte. @throws Refused when there is no such file */
export function headOf(path: string): Buffer {
  const file = openPlain(path, { file: path, line: 1 });
  try {
    const buffer = Buffer.allocUnsafe(headSize);
    return buffer.subarray(0, readSync(file, buffer, 0, headSize, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * Hands out every line of a file: UTF-8, windows-1252 or a mixture of both as fast as it goes, UTF-16, Mac OS Roman and the lines of old Macs as well.
 * @throws Refused when it is no text
 */
export function eachLine(path: string, taker: Pick<Taker, 'warning' | 'progress'>, onLine: OnLine): void {
  const head = headOf(path);
  const { encoding, binary } = sniffEncoding(head);
  if (binary && !encoding.startsWith('utf-16')) throw refusedAt(path, 1, words.binary);
  const oldMac = head.includes(13) && !head.includes(10);
  const file = openPlain(path, { file: path, line: 1 });
  try {
    if (!oldMac && (encoding === 'utf-8' || encoding === 'windows-1252')) {
      readLines(file, path, {
        lenient: true,
        onStrange: (line) => taker.warning({ file: path, line, message: strange }),
        onBytes: (bytes, total) => taker.progress?.(bytes, total),
      }, onLine);
    } else decoded(file, path, encoding, taker, onLine);
  } finally {
    closeSync(file);
  }
}

function decoded(file: number, path: string, encoding: Encoding, taker: Pick<Taker, 'progress'>, onLine: OnLine): void {
  const total = fstatSync(file).size;
  const decode = decoder(encoding);
  const buffer = Buffer.allocUnsafe(piece);
  let kept = '';
  let [line, read] = [0, 0];
  for (;;) {
    const size = readSync(file, buffer, 0, piece, read);
    read += size;
    const text = kept + decode.decode(buffer.subarray(0, size), size === 0);
    if (text.includes('\0')) throw refusedAt(path, line + 1, words.binary);
    let from = 0;
    for (;;) {
      ends.lastIndex = from;
      const end = ends.exec(text)?.index ?? -1;
      // Whether a line feed follows is known with the next piece.
      if (end === -1 || (end === text.length - 1 && text[end] === '\r' && size > 0)) break;
      line += 1;
      onLine(text, from, end, line);
      from = end + (text.startsWith('\r\n', end) ? 2 : 1);
    }
    kept = text.slice(from);
    if (kept.length > longest) throw refusedAt(path, line + 1, words.binary);
    if (size === 0) break;
    taker.progress?.(read, total);
  }
  if (kept !== '') onLine(kept, 0, kept.length, line + 1);
}
