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

/** A folded word as it may be written: with any accents, umlauts either way. Folded words hold letters and digits only. */
function written(word: string): string {
  let pattern = '';
  for (let at = 0; at < word.length; at++) {
    const pair = pairs[word.slice(at, at + 2)];
    const one = (letter: string): string => `[${letter}${variants.get(letter) ?? ''}]\\p{Mn}*`;
    if (pair !== undefined) {
      pattern += `(?:${one(word[at]!)}${one(word[at + 1]!)}|[${pair}])`;
      at++;
    } else {
      const letter = String.fromCodePoint(word.codePointAt(at)!);
      at += letter.length - 1;
      pattern += one(letter);
    }
  }
  return pattern;
}

/** Prepares marking the words of a query; null when there is nothing to mark. */
export function marker(list: readonly Wish[]): Marker | null {
  const plain = [...new Set(list.flatMap((one) => [...one.parts.flat(), ...one.spellings]))];
  const spaced = list.flatMap((one) => one.compact.map((word) => [...word].map((letter) => written(letter)).join('[\\s()/.-]{0,3}')));
  const all = [...spaced, ...plain.sort((a, b) => b.length - a.length).map((word) => written(word))];
  if (all.length === 0) return null;
  return { pattern: new RegExp(`(?<![\\p{L}\\p{N}](?![\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{sc=Thai}]))(?:${all.join('|')})[\\p{L}\\p{N}\\p{Mn}]{0,40}`, 'giu'), plain };
}

/** Where the first hit begins, or -1. Text without accents is searched by plain comparison, ten times as fast. */
function firstHit(text: string, by: Marker): number {
  if (/^[\x00-\x7f]*$/.test(text)) {
    const lower = text.toLowerCase();
    const places = by.plain.map((word) => standing(lower, word)).filter((at) => at >= 0);
    if (places.length > 0) return Math.min(...places);
  }
  by.pattern.lastIndex = 0;
  return by.pattern.exec(text)?.index ?? -1;
}

function standing(lower: string, word: string): number {
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) if (at === 0 || !/[a-z0-9]/.test(lower[at - 1]!)) return at;
  return -1;
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
  const marked = by && at >= 0 ? piece.replace(by.pattern, (hit) => `«${hit}»`) : piece;
  return { text: (from > 0 ? '…' : '') + marked + (from + length < text.length ? '…' : ''), hit: at >= 0 };
}
