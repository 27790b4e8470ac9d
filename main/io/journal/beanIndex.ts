import { isUtf8 } from 'node:buffer';
import { closeSync, readSync } from 'node:fs';
import { dayNumber } from './days.ts';
import { openPlain } from './source.ts';
import { brokenFile } from './transaction.ts';

/**
 * Where the dated entries of beancount files stand. Their order in a file means nothing: beancount sorts them by day before it looks at
 * them. So a first reading notes day and place of each, some 30 bytes an entry, and a second one takes them in the order of their days.
 */

export interface BeanFile {
  readonly path: string;
  readonly open: number;
  readonly size: number;
}

/** Tags and other settings that push directives put on the entries below them. */
export interface Context {
  readonly tags: readonly (readonly [string, string])[];
}

/** One entry of the index. */
export interface Place {
  readonly file: number;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly day: number;
  readonly context: number;
}

/** A line at the margin that is no entry: option, include, plugin, push and pop. */
export type OnDirective = (text: string, line: number) => number;

const piece = 1 << 16;
const fields = 6;

export interface Index {
  /** Reads a file; `other` gets each directive without a day and returns the context of what follows. @throws Refused */
  readonly add: (file: BeanFile, number: number, context: number, other: OnDirective, progress: (bytes: number) => void) => void;
  /** All entries by day, then by kind (open, balance, others, document, close), then by line. */
  readonly each: (take: (place: Place) => void) => void;
}

/** An index without entries. */
export function newIndex(): Index {
  let table = new Float64Array(fields * 1024);
  let count = 0;
  let [ordered, latest] = [true, 0];
  const note = (key: number, file: number, from: number, line: number, context: number): void => {
    if ((count + 1) * fields > table.length) {
      const larger = new Float64Array(table.length * 2);
      larger.set(table);
      table = larger;
    }
    const at = count * fields;
    table[at] = key;
    table[at + 1] = file;
    table[at + 2] = from;
    table[at + 3] = from;
    table[at + 4] = line;
    table[at + 5] = context;
    count += 1;
    // The day and the kind in one number; within a file the lines are in order already.
    if (key < latest) ordered = false;
    latest = key;
  };
  const end = (at: number): void => {
    if (count > 0) table[(count - 1) * fields + 3] = at;
  };
  return { add: (file, number, context, other, progress) => scan(file, number, context, other, progress, note, end), each: (take) => inOrder(table, count, ordered, take) };
}

function inOrder(table: Float64Array, count: number, ordered: boolean, take: (place: Place) => void): void {
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) order[at] = at;
  if (!ordered) order.sort((a, b) => table[a * fields]! - table[b * fields]! || table[a * fields + 4]! - table[b * fields + 4]! || a - b);
  for (const entry of order) {
    const at = entry * fields;
    take({ day: Math.floor(table[at]! / 8), file: table[at + 1]!, from: table[at + 2]!, to: table[at + 3]!, line: table[at + 4]!, context: table[at + 5]! });
  }
}

type Note = (key: number, file: number, from: number, line: number, context: number) => void;

function scan(file: BeanFile, number: number, first: number, other: OnDirective, progress: (bytes: number) => void, note: Note, end: (at: number) => void): void {
  let buffer = Buffer.allocUnsafe(piece);
  let [held, base, line, context] = [0, 0, 0, first];
  // An entry ends where the next thing at the margin begins.
  let inside = false;
  /** A directive whose text goes on in the next line. */
  let begun: { text: string; readonly line: number } | null = null;
  const take = (bytes: Buffer): void => {
    if (!isUtf8(bytes)) throw brokenFile(file.path, line, 'these bytes are not text in UTF-8');
    const found = begun ?? { text: '', line };
    found.text += bytes.toString('utf8');
    begun = isOpen(found.text) ? found : null;
    if (begun) found.text += '\n';
    else context = other(found.text.trim(), found.line);
  };
  for (;;) {
    if (held === buffer.length) {
      if (held >= 1 << 24) throw brokenFile(file.path, line + 1, 'this line is longer than 16 MB');
      buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
    }
    const size = readSync(file.open, buffer, held, buffer.length - held, base + held);
    const full = held + size;
    const cut = size === 0 ? full : buffer.lastIndexOf(10, full - 1) + 1;
    let from = base === 0 && cut >= 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
    if (buffer.subarray(0, cut).includes(0)) throw brokenFile(file.path, line + 1, 'this is not text in UTF-8');
    while (from < cut) {
      const newline = buffer.indexOf(10, from);
      const to = newline === -1 || newline >= cut ? cut : newline;
      line += 1;
      const c = buffer[from]!;
      if (begun) take(buffer.subarray(from, to));
      else if (c >= 48 && c <= 57) {
        const key = keyOf(buffer, from, to);
        if (key === 0) throw brokenFile(file.path, line, `“${buffer.toString('latin1', from, Math.min(to, from + 10))}” is not a date`);
        if (inside) end(base + from);
        note(key, number, base + from, line, context);
        inside = true;
      } else if (c >= 97 && c <= 122 && isDirective(buffer, from, to)) {
        if (inside) end(base + from);
        inside = false;
        take(buffer.subarray(from, to));
      } else if (!inside && !isNothing(buffer, from, to)) throw brokenFile(file.path, line, 'this line is no entry of beancount');
      from = to + 1;
    }
    buffer.copyWithin(0, cut, full);
    base += cut;
    held = full - cut;
    progress(base);
    if (size === 0) break;
  }
  if (begun) throw brokenFile(file.path, unclosed(begun), 'a quotation mark is never closed');
  if (inside) end(base);
}

const unclosed = ({ line }: { readonly line: number }): number => line;

/** Whether a quotation mark waits for the one that closes it. */
function isOpen(text: string): boolean {
  let open = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at];
    if (c === '"') open = !open;
    else if (open && c === '\\') at += 1;
    else if (!open && c === ';') {
      const newline = text.indexOf('\n', at);
      if (newline === -1) return false;
      at = newline;
    }
  }
  return open;
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

function digitsAt(buffer: Buffer, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at += 1) {
    if (!isDigit(buffer[at]!)) return -1;
    value = value * 10 + buffer[at]! - 48;
  }
  return value;
}

/** Day × 8 + the rank of the kind, or 0 when it is no day. */
function keyOf(buffer: Buffer, from: number, to: number): number {
  let at = from + 10;
  if (to > at && buffer[at] === 32 && buffer[from + 4] === 45 && buffer[from + 7] === 45) {
    const day = dayNumber(digitsAt(buffer, from, 4), digitsAt(buffer, from + 5, 2), digitsAt(buffer, from + 8, 2));
    return day === 0 ? 0 : day * 8 + rank(buffer, at + 1);
  }
  const parts = [0, 0, 0];
  let part = 0;
  for (at = from; at < to && at < from + 12; at += 1) {
    const byte = buffer[at]!;
    if (isDigit(byte)) parts[part] = parts[part]! * 10 + byte - 48;
    else if ((byte === 45 || byte === 47) && part < 2) part += 1;
    else break;
  }
  const day = part === 2 ? dayNumber(parts[0]!, parts[1]!, parts[2]!) : 0;
  if (day === 0) return 0;
  while (at < to && (buffer[at] === 32 || buffer[at] === 9)) at += 1;
  return day * 8 + rank(buffer, at);
}

function rank(buffer: Buffer, at: number): number {
  const c = buffer[at];
  if (c === 111) return 0; // open
  if (c === 98) return 1; // balance
  if (c === 100) return 3; // document
  // close, but not commodity or custom
  return c === 99 && buffer[at + 1] === 108 ? 4 : 2;
}

const directives = ['option', 'include', 'plugin', 'pushtag', 'poptag', 'pushmeta', 'popmeta'];

function isDirective(buffer: Buffer, from: number, to: number): boolean {
  const word = /^[a-z]+/.exec(buffer.toString('latin1', from, Math.min(to, from + 9)))?.[0] ?? '';
  return directives.includes(word);
}

/** Blank, a comment, or a line of an outline, which beancount passes over. */
function isNothing(buffer: Buffer, from: number, to: number): boolean {
  const c = buffer[from]!;
  if (c === 59 || c === 42 || c === 35 || c === 58 || c === 33 || c === 38 || c === 63 || c === 37) return true;
  for (let at = from; at < to; at += 1) {
    const byte = buffer[at]!;
    if (byte === 59) return true;
    if (byte !== 32 && byte !== 9 && byte !== 13) return false;
  }
  return true;
}

export interface TextReader {
  /** The text of an entry. @throws Refused when bytes are no UTF-8 */
  readonly text: (place: Place) => string;
  readonly close: () => void;
}

/** Reads entries again, a piece at a time as long as they follow each other. Files are opened when they are needed. */
export function textReader(files: readonly BeanFile[]): TextReader {
  const buffer = Buffer.allocUnsafe(piece);
  const opened = new Map<number, number>();
  const open = (number: number): number => {
    const { path } = files[number]!;
    const found = opened.get(number) ?? openPlain(path, { file: path, line: 1 });
    opened.set(number, found);
    return found;
  };
  let [file, start, end, next] = [-1, 0, 0, 0];
  const text = (place: Place): string => {
    const length = place.to - place.from;
    let bytes: Buffer;
    if (place.file === file && place.from >= start && place.to <= end) bytes = buffer.subarray(place.from - start, place.to - start);
    else if (length <= piece && (file === -1 || place.from === next)) {
      [file, start] = [place.file, place.from];
      end = start + readSync(open(file), buffer, 0, piece, start);
      bytes = buffer.subarray(0, Math.min(length, end - start));
    } else {
      bytes = Buffer.allocUnsafe(length);
      bytes = bytes.subarray(0, readSync(open(place.file), bytes, 0, length, place.from));
    }
    next = place.to;
    if (!isUtf8(bytes)) throw brokenFile(files[place.file]!.path, place.line, 'these bytes are not text in UTF-8');
    return bytes.toString('utf8');
  };
  return { text, close: () => opened.forEach((one) => closeSync(one)) };
}
