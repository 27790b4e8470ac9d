import { isUtf8 } from 'node:buffer';
import { fromQuotedPrintable } from './lines.ts';

/** Electronic mail as files: headers, parts and their texts. RFC 5322 and 2045 to 2047, read with patience. */

export interface MailPart {
  /** In small letters, such as text/plain. */
  readonly type: string;
  readonly charset: string;
  /** '' when it has none. */
  readonly file_name: string;
  readonly content: Buffer;
}

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string;
  /** Parts that have no parts of their own, in order. At most 1,000, nested at most 20 deep. */
  readonly parts: readonly MailPart[];
}

/** Takes a message apart. Never throws: what cannot be decoded stays as it is. */
export function readMail(bytes: Uint8Array): Mail {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').replace(/^From .*(?:\r\n|\r|\n)/, '');
  const parts: MailPart[] = [];
  const { headers, body } = divided(text);
  collect(headers, body, 'text/plain', 0, parts);
  const header = (name: string): string => headerText(headers.get(name) ?? '');
  return { from: header('from'), to: header('to'), subject: header('subject'), date: header('date'), parts };
}

/** Headers by name in small letters, the first of each; and what follows the blank line. */
function divided(text: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const headers = new Map<string, string>();
  const line = /(.*?)(\r\n|\r|\n|$)/y;
  let at = 0;
  let [name, value] = ['', ''];
  const keep = (): void => {
    if (name !== '' && !headers.has(name)) headers.set(name, value.trim());
    name = '';
  };
  while (at < text.length) {
    line.lastIndex = at;
    const [whole, content, end] = line.exec(text)! as unknown as [string, string, string];
    if (content === '') {
      at += whole.length;
      break;
    }
    const colon = content.indexOf(':');
    if (/^[ \t]/.test(content)) {
      if (value.length < 100_000) value += content;
    } else if (colon > 0 && !/\s/.test(content.slice(0, colon).trimEnd())) {
      keep();
      [name, value] = [content.slice(0, colon).trim().toLowerCase(), content.slice(colon + 1)];
    } else break;
    at += whole.length;
    if (end === '') break;
  }
  keep();
  return { headers, body: text.slice(at) };
}

function collect(headers: ReadonlyMap<string, string>, body: string, usual: string, depth: number, parts: MailPart[]): void {
  if (parts.length >= 1000) return;
  const content = parameters(headers.get('content-type') ?? usual);
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(content.value) ? content.value : 'text/plain';
  const boundary = content.params.get('boundary') ?? '';
  if (type.startsWith('multipart/') && boundary !== '' && depth < 20) {
    const found = pieces(body, boundary);
    for (const piece of found) {
      const part = divided(piece);
      collect(part.headers, part.body, type === 'multipart/digest' ? 'message/rfc822' : 'text/plain', depth + 1, parts);
    }
    if (found.length > 0) return;
  }
  if (type.startsWith('message/') && type !== 'message/delivery-status' && depth < 20) {
    const inner = divided(body);
    collect(inner.headers, inner.body, 'text/plain', depth + 1, parts);
    return;
  }
  const disposition = parameters(headers.get('content-disposition') ?? '');
  parts.push({
    // A report of delivery is text for people too, and so is what should have had parts and has none.
    type: type === 'message/delivery-status' || type.startsWith('multipart/') ? 'text/plain' : type,
    charset: content.params.get('charset') ?? '',
    file_name: headerText(disposition.params.get('filename') ?? content.params.get('name') ?? ''),
    content: transferred(body, (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()),
  });
}

/** What stands between the boundary lines. The line end before a boundary belongs to the boundary. */
function pieces(body: string, boundary: string): string[] {
  const mark = `--${boundary}`;
  const found: string[] = [];
  let start = -1;
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== '\n' && body[at - 1] !== '\r') continue;
    const after = at + mark.length;
    const closes = body.startsWith('--', after);
    const lineEnd = /^(?:--)?[ \t]*(\r\n|\r|\n|$)/.exec(body.slice(after, after + 200));
    if (!lineEnd) continue;
    if (start !== -1) found.push(body.slice(start, at).replace(/(?:\r\n|\r|\n)$/, ''));
    start = closes ? -1 : after + lineEnd[0].length;
    if (closes || found.length >= 1000) break;
  }
  // A message that was cut off has no last boundary.
  if (start !== -1) found.push(body.slice(start));
  return found;
}

function transferred(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body.replace(/[^a-z0-9+/=]/gi, ''), 'base64');
  if (encoding === 'quoted-printable') return Buffer.from(fromQuotedPrintable(body.replace(/[ \t]+(?=\r?\n|$)/g, '').replace(/=(?:\r\n|\r|\n)/g, '')), 'latin1');
  return Buffer.from(body, 'latin1');
}

/** `value; name="x"; other=y`, with RFC 2231 pieces (`name*0*=utf-8''…`) put together. */
function parameters(header: string): { readonly value: string; readonly params: ReadonlyMap<string, string> } {
  const params = new Map<string, string>();
  const extended = new Map<string, string>();
  const text = header.slice(0, 20_000);
  for (const [, key, quoted, bare] of text.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g)) {
    const name = key!.toLowerCase();
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
    if (name.includes('*')) extended.set(name, value);
    else if (!params.has(name)) params.set(name, value);
  }
  const bases = new Set([...extended.keys()].map((name) => name.slice(0, name.indexOf('*'))));
  for (const base of bases) {
    const joined = [...extended].filter(([name]) => name.startsWith(`${base}*`)).toSorted(([a], [b]) => Number(/\d+/.exec(a)?.[0] ?? 0) - Number(/\d+/.exec(b)?.[0] ?? 0)).map(([, value]) => value).join('');
    const [, charset = '', escaped = joined] = /^([\w.-]*)'[^']*'(.*)$/s.exec(joined) ?? [];
    params.set(base, decodedAs(Buffer.from(escaped.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1'), charset));
  }
  return { value: (text.split(';')[0] ?? '').trim().toLowerCase(), params };
}

/** A header with its encoded words (=?utf-8?q?…?=) and raw bytes decoded. */
export function headerText(raw: string): string {
  const word = /=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi;
  const joined = raw.slice(0, 100_000).replace(/\?=[ \t\r\n]+=\?/g, '?==?');
  let text = '';
  let from = 0;
  for (const match of joined.matchAll(word)) {
    text += plainBytes(joined.slice(from, match.index));
    const bytes = match[2]!.toLowerCase() === 'b' ? Buffer.from(match[3]!, 'base64') : Buffer.from(fromQuotedPrintable(match[3]!.replaceAll('_', ' ')), 'latin1');
    text += decodedAs(bytes, match[1]!);
    from = match.index + match[0].length;
  }
  return (text + plainBytes(joined.slice(from))).trim();
}

/** Characters beyond Latin were decoded before; bytes above ASCII were not. */
const plainBytes = (text: string): string => (/[^\u0000-\u00ff]/.test(text) || !/[\u0080-\u00ff]/.test(text) ? text : decodedAs(Buffer.from(text, 'latin1'), ''));

/** Bytes in a character set that a stranger named; one that does not exist counts as none. */
export function decodedAs(bytes: Uint8Array, charset: string): string {
  const usual = isUtf8(bytes) ? 'utf-8' : 'windows-1252';
  try {
    return new TextDecoder(/^(?:us-ascii|ascii|)$/i.test(charset) ? usual : charset).decode(bytes);
  } catch {
    return new TextDecoder(usual).decode(bytes);
  }
}
