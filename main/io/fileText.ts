import { Refused } from '#contract/kit/failure.ts';
import { decodedAs, readMail } from './mail.ts';
import { htmlText } from './html.ts';
import { mediaType } from './mediaType.ts';
import { pdfLimits, pdfText } from './pdf.ts';
import { decodeAll, sniffEncoding } from './text.ts';
import { readXlsx, sheetNames } from './xlsx.ts';
import { attribute, xmlReader } from './xml.ts';
import { openZip, type Zip, zipLimits } from './zip.ts';

/** Text of any file that an office files, for search. */

export interface FileText {
  /** By the first bytes; the name decides only between kinds of text. */
  readonly media_type: string;
  /** At most 5 million characters; '' for kinds without text. */
  readonly text: string;
  /** Why text is missing: damaged, protected, a bomb. Null when all is well. */
  readonly problem: Refused | null;
}

const most = 5_000_000;
/** Documents with many photos are large without being bombs; photos are not unpacked. */
const officeLimits = { ...zipLimits, file: 200_000_000, inflated: 400_000_000 };

/** Recognises a file and takes its text. Never throws for what is in the file; takes long for long files, so callers use a worker. */
export async function fileText(bytes: Uint8Array, fileName: string): Promise<FileText> {
  const media_type = mediaType(bytes, fileName);
  try {
    // An archive that should be a document tells here why it cannot be opened as one.
    if (media_type === 'application/zip' && /\.(?:docx|xlsx|pptx|od[tsp])$/i.test(fileName)) openZip(bytes, officeLimits);
    const text = await textOf(bytes, media_type);
    return { media_type, text: text.slice(0, most).toWellFormed(), problem: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { media_type, text: '', problem: error };
  }
}

async function textOf(bytes: Uint8Array, type: string): Promise<string> {
  switch (type) {
    case 'application/pdf': {
      const { pages } = await pdfText(bytes, { ...pdfLimits, characters: most });
      return pages.join('\n\n');
    }
    case 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet':
      return workbookText(bytes);
    case 'application/vnd.openxmlformats-officedocument.wordprocessingml.document':
      return officeText(bytes, /^word\/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/);
    case 'application/vnd.openxmlformats-officedocument.presentationml.presentation':
      return officeText(bytes, /^ppt\/(?:slides|notesSlides)\/\w+\.xml$/);
    case 'application/vnd.oasis.opendocument.text':
    case 'application/vnd.oasis.opendocument.spreadsheet':
    case 'application/vnd.oasis.opendocument.presentation':
      return officeText(bytes, /^content\.xml$/);
    case 'text/html':
    case 'image/svg+xml':
      return htmlText(plain(bytes));
    case 'message/rfc822':
      return mailText(bytes);
    default:
      return type.startsWith('text/') || type === 'application/json' || type === 'application/xml' ? plain(bytes) : '';
  }
}

/** Text that was not cut off in memory: four bytes a character are the most an encoding needs. */
const plain = (bytes: Uint8Array): string => {
  const head = bytes.subarray(0, most * 4);
  return decodeAll(head, sniffEncoding(head).encoding);
};

function mailText(bytes: Uint8Array): string {
  const mail = readMail(bytes);
  const parts = [mail.subject, mail.from, mail.to, mail.date];
  for (const part of mail.parts) {
    if (part.file_name !== '') parts.push(part.file_name);
    else if (part.type === 'text/html') parts.push(htmlText(decodedAs(part.content, part.charset)));
    else if (part.type.startsWith('text/')) parts.push(decodedAs(part.content, part.charset));
  }
  return parts.filter((part) => part !== '').join('\n');
}

function workbookText(bytes: Uint8Array): string {
  const parts: string[] = [];
  let length = 0;
  for (const sheet of sheetNames(bytes)) {
    if (length > most) break;
    parts.push(sheet);
    readXlsx(bytes, { sheet }, (_, cells) => {
      const line = cells.filter((cell) => cell !== '').join('\t');
      parts.push(line);
      length += line.length;
      return length <= most;
    });
  }
  return parts.join('\n');
}

// Elements that hold text, and such that end a line, in both families of formats; their names do not collide.
const holds = new Set(['t', 'delText']);
const lines = new Set(['p', 'h', 'tr', 'table-row', 'br', 'line-break']);

/** Text of the parts of a package whose names match. OpenDocument has its text anywhere, the other family only in certain elements. */
function officeText(bytes: Uint8Array, wanted: RegExp): string {
  const zip = openZip(bytes, officeLimits);
  const open = wanted.test('content.xml');
  const names = zip.names.filter((name) => wanted.test(name)).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return names.map((name) => partText(zip, name, open)).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

function partText(zip: Zip, name: string, anywhere: boolean): string {
  const parts: string[] = [];
  let [inside, length] = [0, 0];
  const add = (text: string): void => {
    if (length > most) return;
    parts.push(text);
    length += text.length;
  };
  const xml = xmlReader({
    open: (element, attributes) => {
      if (holds.has(element)) inside += 1;
      else if (element === 'tab' || element === 'table-cell') add('\t');
      else if (element === 's' && anywhere) add(' '.repeat(Math.min(Math.max(Number(attribute(attributes, 'c')) || 1, 1), 100)));
    },
    close: (element) => {
      if (holds.has(element)) inside -= 1;
      else if (lines.has(element)) add('\n');
    },
    text: (text) => {
      if (anywhere || inside > 0) add(text);
    },
  });
  let rest: Buffer = Buffer.alloc(0);
  zip.pieces(name, (piece) => {
    // A character may be cut by the border of two pieces; what follows the last '>' waits.
    const all = Buffer.concat([rest, piece]);
    const cut = all.lastIndexOf(62) + 1;
    rest = Buffer.from(all.subarray(cut));
    xml.push(all.toString('utf8', 0, cut));
  });
  xml.push(rest.toString('utf8'));
  xml.end();
  return parts.join('');
}
