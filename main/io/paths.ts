import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * Names of files that strangers chose. Attachments are stored by their content, so such a name is a label and no more; where one must
 * become a file (export, save as), it is made harmless first and the result is checked to lie inside its folder.
 */

/** Names that Windows gives to devices, with any extension. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;
/** Control and format characters: NUL, overrides of the writing direction, zero-width joins, byte order marks. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const longest = 120;

/**
 * A name that can be shown and used on every system: the last part of a path, without what deceives the eye or the file system, at most
 * 120 characters with its extension kept. Two different names may become one; it names, it does not identify.
 */
export function fileLabel(name: string): string {
  const decoded = percentDecoded(name.slice(0, 4096)).toWellFormed().normalize('NFC');
  const last = decoded.replace(/[/\\\u2044\u2215\u29f8\uff0f\uff3c\u2216\u29f5]+$/u, '').split(/[/\\\u2044\u2215\u29f8\uff0f\uff3c\u2216\u29f5]/u).at(-1) ?? '';
  const clean = last
    .replace(unseen, '')
    // What stood between two marks is gone: they may have another order now.
    .normalize('NFC')
    .replace(/[<>:"|?*\ufffd\uff1a\ua789\u2236]/gu, '_')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= 16 ? clean.slice(dot) : '';
  const stem = clean.slice(0, clean.length - extension.length);
  // Windows looks at what stands before the first point: "con.tar.gz" is the console.
  const safe = device.test((stem.split('.')[0] ?? '').trim()) ? `_${stem}` : stem;
  const short = shortened(safe, longest - extension.length).trimEnd();
  return short === '' ? 'file' : `${short}${extension}`;
}

/** `%2e%2e%2f` is a path too, also when it was escaped twice. */
function percentDecoded(name: string): string {
  let text = name;
  for (let time = 0; time < 3 && /%[0-9a-f]{2}/i.test(text); time += 1) {
    const next = text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => Buffer.from(escaped.replaceAll('%', ''), 'hex').toString('utf8'));
    if (next === text) break;
    text = next;
  }
  return text;
}

/** Cut between characters, never inside a surrogate pair, and to at most 200 bytes, which every file system takes. */
function shortened(text: string, length: number): string {
  let [found, bytes, count] = ['', 0, 0];
  for (const c of text) {
    bytes += Buffer.byteLength(c);
    count += 1;
    if (bytes > 200 || count > length) break;
    found += c;
  }
  return found;
}

/**
 * The absolute path of `name` inside `folder`, or null when it would lie outside, be the folder itself, or name a device or a hidden
 * stream of a file. Links inside the folder are not followed here: who opens the path refuses them.
 */
export function inside(folder: string, name: string): string | null {
  if (name === '' || /[\u0000:]/.test(name) || name.includes('\\') || isAbsolute(name) || /^[a-z]:/i.test(name)) return null;
  if (name.split('/').some((part) => device.test((part.split('.')[0] ?? '').trim()) || /[. ]$/.test(part))) return null;
  const root = resolve(folder);
  const path = resolve(root, name);
  const way = relative(root, path);
  return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : path;
}

/**
 * Kinds of file that may be handed to the program that the system has for them. None of them runs by being opened; pages, scripts,
 * drawings with scripts (svg), links, macro files and installers are not among them.
 */
const opened = new Set([
  'pdf', 'txt', 'csv', 'tsv', 'md', 'rtf', 'odt', 'ods', 'odp', 'odg', 'docx', 'xlsx', 'pptx', 'doc', 'xls', 'ppt',
  'png', 'jpg', 'jpeg', 'gif', 'webp', 'tif', 'tiff', 'bmp', 'heic', 'mp3', 'wav', 'm4a', 'ogg', 'mp4', 'mov', 'webm', 'eml', 'ics', 'vcf', 'zip',
]);

/** True when a file of this name may be opened by the system. The name must already be clean, so that both sides see the same ending. */
export function mayOpen(name: string): boolean {
  const label = fileLabel(name);
  const dot = label.lastIndexOf('.');
  return label === name && dot > 0 && opened.has(label.slice(dot + 1).toLowerCase());
}
