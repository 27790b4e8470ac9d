import { fold, type Wish } from './words.ts';

/** A piece of text around the first place where words stand, with the hits between « and »; plain text, never markup. */

const around = 60;
const length = 180;
/** What a hit looks like in the stored text. */
export type Marker = { readonly pattern: RegExp; readonly plain: readonly string[] };

/** Letters that fold to one letter, by that letter. */
const variants = (() => {
  const found = new Map<string, string>();
  for (const [from, to] of [[0xc0, 0x24f], [0x1e00, 0x1eff]] as const) {
    for (let code = from; code <= to; code++) {
      const letter = String.fromCharCode(code);
      const plain = fold(letter);
      if (plain.length === 1 && plain !== letter) found.set(plain, (found.get(plain) ?? '') + letter);
    }
  }
  return found;
})();
const pairs: Readonly<Record<string, string>> = { ae: 'äæ', oe: 'öœ', ue: 'ü', ss: 'ß' };

/** Accents that stand after their letter. */
const accents = '[\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u0610-\\u061a\\u064b-\\u065f\\u0670]*';

/** One letter in any case, with any accent. Plain classes: case-insensitive Unicode ones take milliseconds to compile. */
function anyForm(letter: string): string {
  const upper = letter.toUpperCase();
  const others = variants.get(letter) ?? '';
  return `${letter.length === 1 && upper.length === 1 ? `[${letter}${upper}${others}]` : `(?:${letter}|${upper})`}${accents}`;
}

/** A folded word as it may be written: in any case, with any accents, umlauts either way. Folded words hold letters and digits only. */
function written(word: string): string {
  let pattern = '';
  for (let at = 0; at < word.length; at++) {
    const pair = pairs[word.slice(at, at + 2)];
    if (pair !== undefined) {
      pattern += `(?:${anyForm(word[at]!)}${anyForm(word[at + 1]!)}|[${pair}])`;
      at++;
    } else {
      const letter = String.fromCodePoint(word.codePointAt(at)!);
      at += letter.length - 1;
      pattern += anyForm(letter);
    }
  }
  return pattern;
}

/** Prepares marking the words of a query; null when there is nothing to mark. */
export function marker(list: readonly Wish[]): Marker | null {
  const plain = [...new Set(list.flatMap((one) => [...one.parts.flat(), ...one.spellings]))];
  const spaced = list.flatMap((one) => [...one.compact.map((word) => [...word].map(anyForm).join('[\\s()/.-]{0,3}')), ...(one.code ? [one.code.map(written).join('[\\s/.-]{0,3}')] : [])]);
  const all = [...spaced, ...plain.sort((a, b) => b.length - a.length).map(written)];
  return all.length === 0 ? null : { pattern: new RegExp(all.join('|'), 'g'), plain };
}

const inWord = /[\p{L}\p{N}\p{Mn}]/u;
const alone = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** The character that ends before or begins at a place, surrogates together. */
const before = (text: string, at: number): string => (at > 1 && text.charCodeAt(at - 1) >>> 10 === 0x37 ? text.slice(at - 2, at) : text.slice(Math.max(0, at - 1), at));
const after = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0);
const longestMark = 40;

/** The next hit at or after a place: a word beginning like a wish, up to its end. */
function nextHit(text: string, by: Marker, from: number): { at: number; end: number } | null {
  by.pattern.lastIndex = from;
  for (let hit = by.pattern.exec(text); hit; hit = by.pattern.exec(text)) {
    const left = before(text, hit.index);
    if (left !== '' && inWord.test(left) && !alone.test(left)) {
      by.pattern.lastIndex = hit.index + 1;
      continue;
    }
    let end = hit.index + hit[0].length;
    while (end < text.length && end - hit.index < longestMark && inWord.test(after(text, end)) && !alone.test(after(text, end))) end += after(text, end).length;
    return { at: hit.index, end };
  }
  return null;
}

/** Where the first hit begins, or -1. Text without accents is searched by plain comparison, ten times as fast. */
function firstHit(text: string, by: Marker): number {
  if (/^[\x00-\x7f]*$/.test(text)) {
    const lower = text.toLowerCase();
    const places = by.plain.map((word) => standing(lower, word)).filter((at) => at >= 0);
    if (places.length > 0) return Math.min(...places);
  }
  return nextHit(text, by, 0)?.at ?? -1;
}

function standing(lower: string, word: string): number {
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) if (at === 0 || !/[a-z0-9]/.test(lower[at - 1]!)) return at;
  return -1;
}

function marked(text: string, by: Marker): string {
  let result = '';
  let done = 0;
  for (let hit = nextHit(text, by, 0); hit; hit = nextHit(text, by, hit.end)) {
    result += `${text.slice(done, hit.at)}«${text.slice(hit.at, hit.end)}»`;
    done = hit.end;
  }
  return result + text.slice(done);
}

const cleaned = (text: string): string => text.replace(/«/g, '‹').replace(/»/g, '›').replace(/[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ');

/** The snippet, and whether a hit is in it: a longer piece of the text may have one further down. */
export function snippet(text: string, by: Marker | null): { text: string; hit: boolean } {
  const at = by ? firstHit(text, by) : -1;
  let from = Math.max(0, at - around);
  if (from > 0) {
    const space = text.slice(from, at).search(/\s/);
    if (space >= 0) from += space + 1;
  }
  const piece = cleaned(text.slice(from, from + length)).trim();
  return { text: (from > 0 ? '…' : '') + (by && at >= 0 ? marked(piece, by) : piece) + (from + length < text.length ? '…' : ''), hit: at >= 0 };
}
