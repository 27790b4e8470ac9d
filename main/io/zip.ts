import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { Refused } from '#contract/kit/failure.ts';
import { type Words, w } from '#contract/kit/words.ts';

/**
 * Archives that strangers made. The directory is judged before a byte is unpacked, and what is unpacked is counted, because directories
 * lie. Limits follow the ones that Apache POI and others have found to divide workbooks from bombs.
 */

export interface ZipLimits {
  /** Bytes of the file itself. */
  readonly file: number;
  /** Bytes of all entries together when unpacked. */
  readonly inflated: number;
  /** Unpacked to packed bytes, of one entry and of all. Entries that unpack to less than a megabyte are let be. */
  readonly ratio: number;
  readonly entries: number;
  /** Archives inside are let be: those that we wrote ourselves hold workbooks. */
  readonly nested?: boolean;
}

export const zipLimits: ZipLimits = { file: 20_000_000, inflated: 200_000_000, ratio: 100, entries: 1000 };

export const zipWords = {
  size: w('The file has {megabytes} MB; at most {limit} MB are read. Please split it, or save it as CSV.', 'Die Datei hat {megabytes} MB; gelesen werden höchstens {limit} MB. Bitte teilen Sie sie oder speichern Sie sie als CSV.'),
  none: w('This is not a file of the kind its name says, or it is damaged.', 'Das ist keine Datei der Art, die ihr Name nennt, oder sie ist beschädigt.'),
  bomb: w('The file unpacks to far more than it is. It was not opened.', 'Die Datei entpackt sich zu weit mehr, als sie ist. Sie wurde nicht geöffnet.'),
  entries: w('The file has {count} parts; at most {limit} are read.', 'Die Datei hat {count} Teile; gelesen werden höchstens {limit}.'),
  nested: w('The file has other archives inside. It was not opened.', 'In der Datei stecken weitere Archive. Sie wurde nicht geöffnet.'),
  secret: w('The file is protected by a password. Please save it without one.', 'Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne.'),
  old: w('This is an old Excel or Word file, or one with a password. Please save it in the present format without a password.', 'Das ist eine alte Excel- oder Word-Datei oder eine mit Kennwort. Bitte speichern Sie sie im heutigen Format ohne Kennwort.'),
  damaged: w('The file is damaged in its part {part}.', 'Die Datei ist in ihrem Teil {part} beschädigt.'),
  missing: w('The file lacks its part {part}.', 'Der Datei fehlt ihr Teil {part}.'),
} as const;

const refuse = (words: Words, params: Readonly<Record<string, string | number>> = {}): never => {
  throw new Refused('invalid', words, params);
};

/** An archive where it lies: so many bytes, read in pieces. */
export interface ZipBytes {
  readonly size: number;
  /** Bytes from a place on; fewer when the archive ends before. */
  readonly read: (at: number, length: number) => Buffer;
}

/** Reads an archive from its file, so that no more than a piece of it is in memory. The file is closed when `work` ends. */
export function withZipFile<T>(path: string, work: (bytes: ZipBytes) => T): T {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const read = (at: number, length: number): Buffer => {
      const into = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - at)));
      let got = 0;
      for (let more = -1; got < into.length && more !== 0; got += more) more = readSync(fd, into, got, into.length - got, at + got);
      return into.subarray(0, got);
    };
    return work({ size, read });
  } finally {
    closeSync(fd);
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly at: number;
}

export interface Zip {
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  /** Unpacks one entry piece by piece, counting. */
  readonly pieces: (name: string, onPiece: (bytes: Uint8Array) => void) => void;
  /** Unpacks one entry that is expected to be small. */
  readonly read: (name: string, most?: number) => Buffer;
}

/** What the directory of an archive says. */
export interface ZipSummary {
  readonly entries: number;
  readonly inflated: number;
}

/**
 * Reads the directory of an archive and refuses bombs: too large, too many entries, too high a ratio, entries that share bytes,
 * archives inside. Nothing is unpacked.
 * @throws Refused
 */
export function checkZip(source: string | Uint8Array, limits: ZipLimits = zipLimits): ZipSummary {
  const entries = directory(load(source, limits), limits);
  return { entries: entries.length, inflated: entries.reduce((sum, entry) => sum + entry.size, 0) };
}

/** Opens an archive that `checkZip` finds harmless. Unpacking keeps counting, over all entries together. */
export function openZip(source: string | Uint8Array | ZipBytes, limits: ZipLimits = zipLimits): Zip {
  const bytes = load(source, limits);
  const entries = new Map(directory(bytes, limits).map((entry) => [entry.name, entry]));
  let unpacked = 0;
  const pieces = (name: string, onPiece: (piece: Uint8Array) => void): void => {
    const entry = entries.get(name) ?? refuse(zipWords.missing, { part: name });
    let [size, crc] = [0, 0];
    unpack(bytes, entry, (piece) => {
      size += piece.length;
      unpacked += piece.length;
      if (unpacked > limits.inflated || size > Math.max(1_000_000, entry.packed * limits.ratio)) refuse(zipWords.bomb);
      if (size > entry.size) refuse(zipWords.damaged, { part: name });
      crc = crc32(piece, crc);
      onPiece(piece);
    });
    if (size !== entry.size || crc !== entry.crc) refuse(zipWords.damaged, { part: name });
  };
  const read = (name: string, most = 20_000_000): Buffer => {
    const found: Uint8Array[] = [];
    let size = 0;
    pieces(name, (piece) => {
      size += piece.length;
      if (size > most) refuse(zipWords.bomb);
      found.push(Uint8Array.from(piece));
    });
    return Buffer.concat(found);
  };
  return { names: [...entries.keys()], has: (name) => entries.has(name), pieces, read };
}

const isBytes = (source: string | Uint8Array | ZipBytes): source is ZipBytes => typeof source === 'object' && 'read' in source;

function load(source: string | Uint8Array | ZipBytes, limits: ZipLimits): ZipBytes {
  const size = typeof source === 'string' ? statSync(source).size : isBytes(source) ? source.size : source.length;
  if (size > limits.file) refuse(zipWords.size, { megabytes: Math.ceil(size / 1e6), limit: Math.floor(limits.file / 1e6) });
  const bytes = isBytes(source) ? source : inMemory(typeof source === 'string' ? readFileSync(source) : Buffer.from(source.buffer, source.byteOffset, source.byteLength));
  const begin = bytes.read(0, 4);
  if (begin.length === 4 && begin.readUInt32BE(0) === 0xd0cf11e0) refuse(zipWords.old);
  return bytes;
}

const inMemory = (bytes: Buffer): ZipBytes => ({ size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) });

const [endMark, entryMark, headMark] = [0x06054b50, 0x02014b50, 0x04034b50];
/** A directory is read whole; names of people make none longer than this. */
const longestDirectory = 50_000_000;

function directory(archive: ZipBytes, limits: ZipLimits): Entry[] {
  const end = findEnd(archive);
  const [count, length, start] = [end.record.readUInt16LE(10), end.record.readUInt32LE(12), end.record.readUInt32LE(16)];
  if (count > limits.entries) refuse(zipWords.entries, { count, limit: limits.entries });
  if (start + length > end.at || end.record.readUInt16LE(8) !== count || length > longestDirectory) refuse(zipWords.none);
  const entries: Entry[] = [];
  const bytes = archive.read(start, length);
  let at = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) refuse(zipWords.none);
    const [nameLength, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    if (at + 46 + nameLength + extra + comment > bytes.length) refuse(zipWords.none);
    if ((bytes.readUInt16LE(at + 8) & 0x41) !== 0) refuse(zipWords.secret);
    // Names are compared, never used as paths; some programs write them with backslashes.
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    entries.push({ name, method: bytes.readUInt16LE(at + 10), crc: bytes.readUInt32LE(at + 16), packed: bytes.readUInt32LE(at + 20), size: bytes.readUInt32LE(at + 24), at: bytes.readUInt32LE(at + 42) });
    at += 46 + nameLength + extra + comment;
  }
  judge(entries, start, limits);
  return entries;
}

/** The end record stands in the last 64 kB. Records for files over 4 GB are not needed below the limit, so they are refused. */
function findEnd(archive: ZipBytes): { readonly at: number; readonly record: Buffer } {
  const from = Math.max(0, archive.size - 22 - 65_535);
  const bytes = archive.read(from, archive.size - from);
  for (let at = bytes.length - 22; at >= 0; at -= 1) {
    if (bytes.readUInt32LE(at) === endMark && at + 22 + bytes.readUInt16LE(at + 20) <= bytes.length) return { at: from + at, record: bytes.subarray(at, at + 22) };
  }
  return refuse(zipWords.none);
}

const archive = /\.(?:zip|7z|rar|gz|tgz|bz2|xz|jar|xls[xmb]|doc[xm]|ppt[xm]|od[stp])$/i;

function judge(entries: readonly Entry[], end: number, limits: ZipLimits): void {
  const sum = (of: (entry: Entry) => number): number => entries.reduce((total, entry) => total + of(entry), 0);
  const inflated = sum(({ size }) => size);
  if (inflated > limits.inflated) refuse(zipWords.bomb);
  if (inflated > 1_000_000 && inflated > sum(({ packed }) => packed) * limits.ratio) refuse(zipWords.bomb);
  for (const { name, size, packed } of entries) {
    if (size > 1_000_000 && size > packed * limits.ratio) refuse(zipWords.bomb);
    // Office programs keep embedded objects in a folder of that name; they are never opened.
    if (limits.nested !== true && archive.test(name) && !/(?:^|\/)embeddings\//.test(name)) refuse(zipWords.nested);
  }
  if (new Set(entries.map(({ name }) => name)).size < entries.length) refuse(zipWords.none);
  // Bombs without nesting let many entries share the same packed bytes.
  const places = entries.toSorted((a, b) => a.at - b.at);
  places.forEach((entry, n) => {
    if (entry.at + 30 + entry.packed > (places[n + 1]?.at ?? end)) refuse(zipWords.bomb);
  });
}

/** Small pieces keep small what one of them can swell to (deflate reaches 1,032 to 1). */
const piece = 16_384;

function unpack(archive: ZipBytes, entry: Entry, onPiece: (piece: Uint8Array) => void): void {
  const damaged = (): never => refuse(zipWords.damaged, { part: entry.name });
  const head = archive.read(entry.at, 30);
  if (head.length < 30 || head.readUInt32LE(0) !== headMark) damaged();
  const start = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (start + entry.packed > archive.size || ![0, 8].includes(entry.method)) damaged();
  if (entry.method === 0) {
    for (let at = 0; at < entry.packed; at += piece) onPiece(archive.read(start + at, Math.min(piece, entry.packed - at)));
    return;
  }
  const waiting: Uint8Array[] = [];
  const inflate = new Inflate((piece) => void waiting.push(piece));
  for (let at = 0; at < entry.packed; at += piece) {
    try {
      inflate.push(archive.read(start + at, Math.min(piece, entry.packed - at)), at + piece >= entry.packed);
    } catch {
      damaged();
    }
    for (const unpacked of waiting.splice(0)) if (unpacked.length > 0) onPiece(unpacked);
  }
}
