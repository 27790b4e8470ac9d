import { isUtf8 } from 'node:buffer';

/** Bytes to text and back: which encoding a file of unknown origin is in, and a decoder that takes it piece by piece. */

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'macintosh'] as const;
export type Encoding = (typeof encodings)[number];

/** Code points of the bytes 0x80 to 0x9f in windows-1252. The five unassigned ones stay controls, as browsers read them. */
const westerns = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Code points of the bytes 0x80 to 0xff in Mac OS Roman. */
const roman =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

/** The character of a byte from 0x80 on in windows-1252. */
export const western = (byte: number): string => westerns[byte - 0x80] ?? String.fromCharCode(byte);

const fromWestern = (latin: string): string => latin.replace(/[\x80-\x9f]/g, (c) => westerns[c.charCodeAt(0) - 0x80] ?? c);
const fromRoman = (latin: string): string => latin.replace(/[\x80-\xff]/g, (c) => roman[c.charCodeAt(0) - 0x80] ?? c);

/** Decodes pieces of one file in order. `damaged` tells that the last piece held bytes that this encoding does not have. */
export interface Decoder {
  readonly decode: (piece: Uint8Array, last: boolean) => string;
  readonly damaged: () => boolean;
}

/** A decoder for one file. A byte order mark at its beginning is left out of the text. */
export function decoder(encoding: Encoding): Decoder {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  let damaged = false;
  const text = (bytes: Buffer): string => {
    switch (encoding) {
      case 'utf-8':
        damaged = !isUtf8(bytes);
        return bytes.toString('utf8');
      case 'utf-16be':
        return Buffer.from(bytes).swap16().toString('utf16le');
      case 'utf-16le':
        return bytes.toString('utf16le');
      case 'macintosh':
        return fromRoman(bytes.toString('latin1'));
      case 'windows-1252':
      case 'iso-8859-1':
        return fromWestern(bytes.toString('latin1'));
    }
  };
  const decode = (piece: Uint8Array, last: boolean): string => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let cut = bytes.length;
    if (encoding === 'utf-8' && !last) cut -= openEnd(bytes);
    if (encoding.startsWith('utf-16')) cut -= cut % 2;
    rest = last ? Buffer.alloc(0) : Buffer.from(bytes.subarray(cut));
    const decoded = text(bytes.subarray(0, cut));
    if (encoding.startsWith('utf-16')) damaged = last && cut < bytes.length;
    if (!first || decoded === '') return decoded;
    first = false;
    return decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  };
  return { decode, damaged: () => damaged };
}

/** The whole of a small file as text. */
export const decodeAll = (bytes: Uint8Array, encoding: Encoding): string => decoder(encoding).decode(bytes, true);

/** How many bytes at the end belong to a UTF-8 character whose other bytes are still to come. */
function openEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

/** What the bytes at the beginning of a file tell about its encoding. */
export interface EncodingGuess {
  readonly encoding: Encoding;
  /** A byte order mark stands at the beginning. */
  readonly marked: boolean;
  /** The bytes are no text at all: a picture, an archive, a program. */
  readonly binary: boolean;
}

/**
 * Guesses the encoding from the beginning of a file, or from all of it. A character cut off at the end does no harm.
 * Byte order marks decide; then zero bytes (UTF-16); then validity as UTF-8; then which of windows-1252 and Mac OS Roman reads better.
 */
export function sniffEncoding(bytes: Uint8Array): EncodingGuess {
  const [a, b, c] = [bytes[0], bytes[1], bytes[2]];
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', marked: true, binary: false };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', marked: true, binary: false };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', marked: true, binary: false };
  const head = bytes.subarray(0, 65_536);
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) zeros[at & 1]! += 1;
  const [even, odd] = [zeros[0]!, zeros[1]!];
  const pairs = head.length / 2;
  if (odd >= pairs * 0.4 && even <= pairs * 0.02) return { encoding: 'utf-16le', marked: false, binary: false };
  if (even >= pairs * 0.4 && odd <= pairs * 0.02) return { encoding: 'utf-16be', marked: false, binary: false };
  const binary = even + odd > 0 || looksBinary(head);
  if (isUtf8(bytes.subarray(0, bytes.length - openEnd(bytes)))) return { encoding: 'utf-8', marked: false, binary };
  return { encoding: readsAsRoman(bytes) ? 'macintosh' : 'windows-1252', marked: false, binary };
}

const magics = ['PK\u0003\u0004', '%PDF-', '\u00d0\u00cf\u0011\u00e0', '\u0089PNG', 'GIF8', '\u00ff\u00d8\u00ff', '\u001f\u008b', 'MZ\u0090', '\u007fELF'];

function looksBinary(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 8)).toString('latin1');
  if (magics.some((magic) => start.startsWith(magic))) return true;
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 28)) controls += 1;
  return controls > 4 + head.length / 50;
}

/** Letters of Western European names and words, by how common they are in files of offices. */
const letters = new Set('äöüßÄÖÜéèêàâçñóíáúôîûëïåæøœÅÆØÉÇÑÀ');
const marks = new Set('€£§°’‘“”„–—…«»·º\u00a0');

/** Scores the first 4,000 bytes above 0x7f in both encodings by what stands around them. */
function readsAsRoman(bytes: Uint8Array): boolean {
  let [western_, roman_, seen] = [0, 0, 0];
  let carriage = false;
  for (let at = 0; at < bytes.length && seen < 4000; at += 1) {
    const byte = bytes[at]!;
    if (byte === 13 && bytes[at + 1] !== 10) carriage = true;
    if (byte < 0x80) continue;
    seen += 1;
    const before = bytes[at - 1] ?? 32;
    const after = bytes[at + 1] ?? 32;
    western_ += score(byte < 0xa0 ? westerns[byte - 0x80]! : String.fromCharCode(byte), before, after);
    roman_ += score(roman[byte - 0x80]!, before, after);
  }
  return roman_ + (carriage ? seen * 0.5 : 0) > western_;
}

const isLower = (byte: number): boolean => byte >= 97 && byte <= 122;
const isUpper = (byte: number): boolean => byte >= 65 && byte <= 90;

function score(char: string, before: number, after: number): number {
  const code = char.charCodeAt(0);
  if (code >= 0x80 && code < 0xa0) return -4;
  const upper = char !== char.toLowerCase();
  if (letters.has(char)) {
    if (upper) return isLower(before) ? -2 : isUpper(before) || isLower(after) || isUpper(after) ? 2 : 0;
    return isLower(before) || isLower(after) || isUpper(before) ? 2 : 1;
  }
  if (char === '’') return isLower(before) || isUpper(before) ? 1 : 0;
  // A mark in the middle of a word is a sign of the wrong encoding.
  if (marks.has(char)) return isLower(before) && isLower(after) ? -2 : 1;
  return /\p{L}/u.test(char) ? (upper && isLower(before) ? -2 : 0) : -1;
}
