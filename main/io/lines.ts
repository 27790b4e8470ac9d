import { isUtf8 } from 'node:buffer';
import { decodeAll, type Encoding, sniffEncoding } from './text.ts';

/** Content lines, the common ground of vCard and iCalendar: folded lines, parameters, escapes. RFC 6350 and 5545, and vCard 2.1 before them. */

/** One property as it stands in the file. */
export interface ContentLine {
  /** Line of the file where it begins, from 1. */
  readonly line: number;
  /** `item1` of `item1.TEL`; '' without. */
  readonly group: string;
  /** In capitals. '' when the line has no colon and is therefore no property. */
  readonly name: string;
  /** Parameters with names in capitals. Bare ones of vCard 2.1 (`TEL;HOME`) count as TYPE. */
  readonly params: readonly (readonly [string, string])[];
  /** Still escaped. Quoted-printable is resolved. */
  readonly value: string;
}

/** First value of a parameter, '' without. */
export const param = (line: ContentLine, name: string): string => line.params.find(([key]) => key === name)?.[1] ?? '';

/** All values of TYPE, in small letters. */
export const types = (line: ContentLine): string[] => line.params.filter(([key]) => key === 'TYPE').flatMap(([, value]) => value.toLowerCase().split(',').map((one) => one.trim()));

/**
 * Cuts a file into properties. Lines are unfolded as bytes, because some programs fold in the middle of a character, and each is decoded by
 * its own: as UTF-8 where it is valid, else as the CHARSET it names, else as windows-1252.
 */
export function* contentLines(source: Uint8Array | string): Generator<ContentLine> {
  for (const [line, bytes] of logicalLines(asBytes(source))) {
    const parsed = parseLine(line, bytes);
    if (parsed) yield parsed;
  }
}

/** UTF-8 or another encoding with one byte a character of ASCII, each byte as one character. */
function asBytes(source: Uint8Array | string): string {
  if (typeof source === 'string') return Buffer.from(source.replace(/^\ufeff/, ''), 'utf8').toString('latin1');
  const { encoding } = sniffEncoding(source);
  if (encoding.startsWith('utf-16')) return Buffer.from(decodeAll(source, encoding), 'utf8').toString('latin1');
  return Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
}

function* logicalLines(text: string): Generator<readonly [number, string]> {
  const physical = text.split(/\r\n|\r|\n/);
  for (let at = 0; at < physical.length; ) {
    const first = at;
    const parts = [physical[at]!];
    at += 1;
    const soft = /^[^:]*;\s*(?:ENCODING\s*=\s*)?QUOTED-PRINTABLE\s*[;:]/i.test(parts[0]!);
    for (; at < physical.length; at += 1) {
      const next = physical[at]!;
      if (soft && parts.at(-1)!.endsWith('=')) parts[parts.length - 1] = parts.at(-1)!.slice(0, -1);
      else if (next.startsWith(' ') || next.startsWith('\t')) {
        parts.push(next.slice(1));
        continue;
      } else break;
      parts.push(next);
    }
    const whole = parts.join('');
    if (whole.trim() !== '') yield [first + 1, whole];
  }
}

function parseLine(line: number, raw: string): ContentLine | null {
  const colon = unquoted(raw, ':', 0);
  if (colon === -1) return { line, group: '', name: '', params: [], value: decoded(raw, '') };
  const [head, ...rest] = splitUnquoted(raw.slice(0, colon), ';');
  const dot = head!.lastIndexOf('.');
  const params: [string, string][] = rest.map((one) => {
    const equals = one.indexOf('=');
    if (equals === -1) return bare(one.trim());
    return [one.slice(0, equals).trim().toUpperCase(), unmarked(decoded(one.slice(equals + 1), ''))];
  });
  const charset = params.find(([key]) => key === 'CHARSET')?.[1] ?? '';
  const quoted = params.some(([key, value]) => key === 'ENCODING' && value.toUpperCase() === 'QUOTED-PRINTABLE');
  const value = raw.slice(colon + 1);
  return {
    line,
    group: dot === -1 ? '' : head!.slice(0, dot).trim().toLowerCase(),
    name: head!.slice(dot + 1).trim().toUpperCase(),
    params,
    value: decoded(quoted ? fromQuotedPrintable(value) : value, charset),
  };
}

function bare(word: string): [string, string] {
  const upper = word.toUpperCase();
  if (['QUOTED-PRINTABLE', 'BASE64', '8BIT', '7BIT'].includes(upper)) return ['ENCODING', upper];
  return ['TYPE', word];
}

const charsets: Readonly<Record<string, Encoding>> = { 'utf-8': 'utf-8', utf8: 'utf-8', 'iso-8859-1': 'iso-8859-1', 'iso-8859-15': 'windows-1252', 'windows-1252': 'windows-1252', 'us-ascii': 'utf-8', macintosh: 'macintosh' };

/** Bytes, each as one character, to text. */
function decoded(bytes: string, charset: string): string {
  const buffer = Buffer.from(bytes, 'latin1');
  const named = charsets[charset.toLowerCase()];
  if (named !== undefined && named !== 'utf-8') return decodeAll(buffer, named);
  return isUtf8(buffer) ? buffer.toString('utf8') : decodeAll(buffer, 'windows-1252');
}

/** Bytes of quoted-printable text without its soft line ends. What is no valid escape stays. */
export const fromQuotedPrintable = (text: string): string => text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Quotation marks around a parameter are taken away, and RFC 6868 escapes inside resolved. */
const unmarked = (value: string): string => value.replaceAll('"', '').replace(/\^([n^'])/g, (_, c: string) => (c === 'n' ? '\n' : c === '^' ? '^' : '"'));

function unquoted(text: string, mark: string, from: number): number {
  let inside = false;
  for (let at = from; at < text.length; at += 1) {
    const c = text[at];
    if (c === '"') inside = !inside;
    else if (c === mark && !inside) return at;
  }
  // A quotation mark that never closes hides nothing.
  return inside ? text.indexOf(mark, from) : -1;
}

function splitUnquoted(text: string, mark: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = unquoted(text, mark, 0); at !== -1; at = unquoted(text, mark, from)) {
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

/** A value with its escapes resolved: \n, \, \; \\ */
export const unescapedText = (value: string): string => value.replace(/\\([nN,;:\\])/g, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : c));

/** Parts of a structured value, cut at `mark` where it is not escaped, with escapes resolved. */
export function structured(value: string, mark: ';' | ','): string[] {
  const parts = [''];
  for (let at = 0; at < value.length; at += 1) {
    const c = value[at]!;
    if (c === '\\' && at + 1 < value.length) {
      parts[parts.length - 1] += c + value[at + 1]!;
      at += 1;
    } else if (c === mark) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts.map((part) => unescapedText(part).trim());
}

/** Text as a value: line ends become \n. */
export const escapedText = (text: string): string => text.replace(/\\/g, '\\\\').replace(/\r\n|\r|\n/g, '\\n').replace(/[,;]/g, '\\$&');

/** Text of a property that has no parts: a semicolon needs no escape there, and not every program takes one away. */
export const escapedSingle = (text: string): string => text.replace(/\\/g, '\\\\').replace(/\r\n|\r|\n/g, '\\n').replace(/,/g, '\\,');

/** A property line folded at 75 bytes, never inside a character, with its CRLF. */
export function folded(line: string): string {
  if (line.length <= 75 && Buffer.byteLength(line) <= 75) return `${line}\r\n`;
  const parts: string[] = [];
  let [part, size] = ['', 0];
  for (const c of line) {
    const bytes = Buffer.byteLength(c);
    if (size + bytes > 75) {
      parts.push(part);
      [part, size] = ['', 1];
    }
    part += c;
    size += bytes;
  }
  return `${[...parts, part].join('\r\n ')}\r\n`;
}
