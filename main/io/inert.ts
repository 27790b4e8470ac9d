/**
 * Text that spreadsheet programs would run as a formula is exported with an apostrophe before it, and our own import takes exactly
 * that apostrophe away again. Follows the OWASP list (= + - @ tab, carriage return, line feed, and their full-width forms), also behind
 * white space that such programs skip, and at the beginning of every line of a cell.
 */

// What programs skip before a formula: white space, no-break and zero-width spaces, byte order marks, control characters.
const skipped = '[\\s\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff]*';
const risky = new RegExp(`^'*${skipped}[\\t\\u0000\\u000b\\u000c=+\\-@\\uff1d\\uff0b\\uff0d\\uff20\\u2212]`);
const blank = new RegExp(`^'*${skipped}$`);
const quick = /[=+\-@\t\r\n\u0000\u000b\u000c\uff1d\uff0b\uff0d\uff20\u2212]/;
const lineEnd = /(\r\n|\r|\n)/;

/** True when a line would need an apostrophe. Leading apostrophes count as part of it, so that adding one can be undone exactly. */
const dangerous = (line: string, opensWithLineEnd: boolean): boolean => (opensWithLineEnd && blank.test(line)) || risky.test(line);

/** The text as it is safe to open in a spreadsheet. `original(inert(text)) === text` for every text. */
export function inert(text: string): string {
  if (!quick.test(text)) return text;
  const parts = text.split(lineEnd);
  return parts.map((part, at) => (at % 2 === 0 && dangerous(part, at === 0 && parts.length > 1) ? `'${part}` : part)).join('');
}

/** The text as it was before `inert`. A text with an apostrophe of its own ('t Hooft) is left alone. */
export function original(text: string): string {
  if (!text.includes("'") || !quick.test(text)) return text;
  const parts = text.split(lineEnd);
  const back = (part: string, first: boolean): string => (part.startsWith("'") && dangerous(part.slice(1), first) ? part.slice(1) : part);
  return parts.map((part, at) => (at % 2 === 0 ? back(part, at === 0 && parts.length > 1) : part)).join('');
}
