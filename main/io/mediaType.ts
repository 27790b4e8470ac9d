import { extname } from 'node:path';
import { Refused } from '#contract/kit/failure.ts';
import { decodeAll, sniffEncoding } from './text.ts';
import { openZip, zipLimits } from './zip.ts';

/** What a file is, by its first bytes. A name can lie. */

const magics: readonly (readonly [string, number, string])[] = [
  ['%PDF-', 0, 'application/pdf'],
  ['\u0089PNG\r\n\u001a\n', 0, 'image/png'],
  ['\u00ff\u00d8\u00ff', 0, 'image/jpeg'],
  ['GIF87a', 0, 'image/gif'],
  ['GIF89a', 0, 'image/gif'],
  ['WEBP', 8, 'image/webp'],
  ['WAVE', 8, 'audio/wav'],
  ['AVI ', 8, 'video/x-msvideo'],
  ['II*\u0000', 0, 'image/tiff'],
  ['MM\u0000*', 0, 'image/tiff'],
  ['ftyp', 4, 'video/mp4'],
  ['ID3', 0, 'audio/mpeg'],
  ['\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', 0, 'application/x-ole-storage'],
  ['\u001f\u008b', 0, 'application/gzip'],
  ['7z\u00bc\u00af\u0027\u001c', 0, 'application/x-7z-compressed'],
  ['Rar!\u001a\u0007', 0, 'application/vnd.rar'],
  ['SQLite format 3\u0000', 0, 'application/vnd.sqlite3'],
  ['\u007fELF', 0, 'application/x-executable'],
  ['{\\rtf', 0, 'application/rtf'],
];

const office = 'application/vnd.openxmlformats-officedocument';
const byExtension: Readonly<Record<string, string>> = { '.csv': 'text/csv', '.tsv': 'text/tab-separated-values', '.json': 'application/json', '.md': 'text/markdown', '.eml': 'message/rfc822', '.xml': 'application/xml', '.htm': 'text/html', '.html': 'text/html', '.svg': 'image/svg+xml', '.ics': 'text/calendar', '.vcf': 'text/vcard' };

/** The media type of a file. Text without a mark of its kind goes by the extension of its name, and is text/plain otherwise. */
export function mediaType(bytes: Uint8Array, fileName: string): string {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return packageType(bytes);
  for (const [magic, at, type] of magics) if (head.startsWith(magic, at)) return type;
  // Readers of PDF accept its mark a little later.
  if (head.includes('%PDF-')) return 'application/pdf';
  const { encoding, binary } = sniffEncoding(bytes.subarray(0, 65_536));
  if (head.startsWith('MZ') && binary) return 'application/vnd.microsoft.portable-executable';
  if (head.startsWith('BM') && binary) return 'image/bmp';
  if (binary) return 'application/octet-stream';
  const start = decodeAll(bytes.subarray(0, 2048), encoding).trimStart().slice(0, 500);
  if (/^(?:<!doctype html|<html|<head|<body)\b/i.test(start)) return 'text/html';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<svg\b/i.test(start)) return 'image/svg+xml';
  if (start.startsWith('<?xml')) return /<html\b/i.test(start) ? 'text/html' : 'application/xml';
  if (/^BEGIN:VCALENDAR/i.test(start)) return 'text/calendar';
  if (/^BEGIN:VCARD/i.test(start)) return 'text/vcard';
  const told = byExtension[extname(fileName).toLowerCase()];
  if (told === undefined && isMail(start)) return 'message/rfc822';
  return told ?? 'text/plain';
}

/** At least two headers that mail has, at the very beginning. */
function isMail(start: string): boolean {
  const lines = start.split(/\r\n|\r|\n/);
  if (/^From \S+ /.test(lines[0] ?? '')) lines.shift();
  let mail = 0;
  for (const line of lines) {
    if (/^(?:from|to|date|subject|received|return-path|message-id|mime-version|delivered-to|reply-to):/i.test(line)) mail += 1;
    else if (!/^[\w-]+:|^[ \t]/.test(line)) break;
  }
  return mail >= 2;
}

/** Office files are archives; the names of their parts tell which. */
function packageType(bytes: Uint8Array): string {
  try {
    const zip = openZip(bytes, { ...zipLimits, file: 500_000_000, inflated: 1_000_000_000 });
    if (zip.has('mimetype')) {
      const told = zip.read('mimetype', 200).toString('latin1').trim();
      if (/^application\/vnd\.oasis\.opendocument\.\w+$/.test(told)) return told;
    }
    if (zip.has('word/document.xml')) return `${office}.wordprocessingml.document`;
    if (zip.has('xl/workbook.xml')) return `${office}.spreadsheetml.sheet`;
    if (zip.has('ppt/presentation.xml')) return `${office}.presentationml.presentation`;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  return 'application/zip';
}
