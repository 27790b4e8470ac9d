import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';

/**
 * Reads XML piece by piece, as office formats use it. There is no document type, so no entity can be defined and nothing can be expanded
 * or fetched; a file that brings one is refused. Names come without their prefix.
 */

export const xmlWords = {
  doctype: w('The file defines XML entities. It was not read.', 'Die Datei definiert XML-Entitäten. Sie wurde nicht gelesen.'),
  damaged: w('The file is damaged: its XML can not be read.', 'Die Datei ist beschädigt: Ihr XML ist nicht lesbar.'),
} as const;

export interface XmlEvents {
  /** `attributes` is raw; ask it with `attribute`. An element without content gets its `close` at once. */
  readonly open: (name: string, attributes: string) => void;
  readonly close: (name: string) => void;
  /** A text may come in several pieces. */
  readonly text: (text: string) => void;
}

export interface XmlReader {
  readonly push: (text: string) => void;
  readonly end: () => void;
}

const longestTag = 1_000_000;

export function xmlReader(events: XmlEvents): XmlReader {
  let kept = '';
  let depth = 0;

  function scan(text: string): number {
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open === -1) {
        // An entity may be cut off at the end of the piece.
        const cut = text.lastIndexOf('&');
        const end = cut >= at && text.length - cut < 12 && !text.includes(';', cut) ? cut : text.length;
        if (end > at && depth > 0) events.text(unescaped(text.slice(at, end)));
        return end;
      }
      if (open > at && depth > 0) events.text(unescaped(text.slice(at, open)));
      const next = text.charCodeAt(open + 1);
      if (next === 33 || next === 63) {
        const end = special(text, open);
        if (end === -1) return open;
        at = end;
        continue;
      }
      const close = tagEnd(text, open + 1);
      if (close === -1) return open;
      tag(text.slice(open + 1, close));
      at = close + 1;
    }
  }

  function tag(raw: string): void {
    if (raw.charCodeAt(0) === 47) {
      depth -= 1;
      if (depth < 0) throw new Refused('invalid', xmlWords.damaged);
      events.close(localName(raw.slice(1).trimEnd()));
      return;
    }
    const empty = raw.charCodeAt(raw.length - 1) === 47;
    const body = empty ? raw.slice(0, -1) : raw;
    const gap = body.search(/\s/);
    const name = localName(gap === -1 ? body : body.slice(0, gap));
    if (name === '') throw new Refused('invalid', xmlWords.damaged);
    events.open(name, gap === -1 ? '' : body.slice(gap));
    if (empty) events.close(name);
    else depth += 1;
  }

  /** Passes over comments and instructions; returns where they end, -1 when that is still to come. */
  function special(text: string, open: number): number {
    if (text.startsWith('<?', open)) return after(text, '?>', open);
    if (text.startsWith('<!--', open)) return after(text, '-->', open + 4);
    if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open);
      if (end === -1) return -1;
      events.text(text.slice(open + 9, end));
      return end + 3;
    }
    if (text.length - open < 9 && ('<!--'.startsWith(text.slice(open, open + 4)) || '<![CDATA['.startsWith(text.slice(open)))) return -1;
    throw new Refused('invalid', xmlWords.doctype);
  }

  const push = (text: string): void => {
    const all = kept === '' ? text : kept + text;
    kept = all.slice(scan(all));
    if (kept.length > longestTag) throw new Refused('invalid', xmlWords.damaged);
  };
  const end = (): void => {
    if (kept.trim() !== '' || depth !== 0) throw new Refused('invalid', xmlWords.damaged);
  };
  return { push, end };
}

const after = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from);
  return at === -1 ? -1 : at + mark.length;
};

/** Where a tag ends. A '>' inside an attribute does not end it. */
function tagEnd(text: string, from: number): number {
  const first = text.indexOf('>', from);
  if (first === -1) return -1;
  const raw = text.slice(from, first);
  if (!raw.includes("'")) {
    if (!raw.includes('"')) return first;
    let end = first;
    for (let mark = text.indexOf('"', from); mark !== -1 && mark < end; ) {
      const close = text.indexOf('"', mark + 1);
      if (close === -1) return -1;
      if (close > end) end = text.indexOf('>', close);
      if (end === -1) return -1;
      mark = text.indexOf('"', close + 1);
    }
    if (!text.slice(first, end).includes("'")) return end;
  }
  let quote = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0) quote = code === quote ? 0 : quote;
    else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return at;
  }
  return -1;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const known: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text with the five entities of XML and character numbers resolved; anything else stays as it is written. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return known[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** Value of an attribute by its local name, or null. */
export function attribute(attributes: string, name: string): string | null {
  let from = 0;
  for (;;) {
    const at = attributes.indexOf(`${name}=`, from);
    if (at === -1) return spaced(attributes, name);
    const before = attributes.charCodeAt(at - 1);
    // White space or the colon of a prefix stands before a name.
    if (before === 32 || before === 58 || before === 9 || before === 10 || before === 13) {
      const mark = attributes[at + name.length + 1];
      const end = mark === '"' || mark === "'" ? attributes.indexOf(mark, at + name.length + 2) : -1;
      return end === -1 ? spaced(attributes, name) : unescaped(attributes.slice(at + name.length + 2, end));
    }
    from = at + 1;
  }
}

/** The rare forms with white space around the equals sign. */
function spaced(attributes: string, name: string): string | null {
  if (!/\s=|=\s/.test(attributes)) return null;
  for (const [, key, double, single] of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (localName(key!) === name) return unescaped(double ?? single ?? '');
  }
  return null;
}
