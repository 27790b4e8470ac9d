/** What counts as a word, in records and in what is typed: folding, the spellings of German and of numbers, and snippets. Pure. */

/** Marks before words that never stand like this in a text; capitals cannot, as all words are folded. */
const onlyInTitle = 'Ö';
const firstInTitle = 'É';
const inTitle = 'Ä';
const asUmlaut = 'Ü';
const asNumber = 'Ñ';

const ascii = /^[\x00-\x7f]*$/;
const folded = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const special: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ' };
/** Scripts without spaces between words: every character is a word there, and a run of them is looked up as a phrase. */
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;

/** Lower case without accents (Unicode NFKD less the nonspacing marks and the invisible hyphens and joiners), words parted by single spaces. */
export function fold(text: string): string {
  if (ascii.test(text)) {
    const lower = text.toLowerCase();
    return folded.test(lower) ? lower : lower.replace(/[^a-z0-9]+/g, ' ').trim();
  }
  // Western letters one by one: the same result, four times as fast.
  if (latin.test(text)) return text.toLowerCase().replace(/[\x80-\u017f]/g, (letter) => latinFolded.get(letter) ?? ' ').replace(/[^a-z0-9]+/g, ' ').trim();
  return foldAny(text);
}

function foldAny(text: string): string {
  const bare = text.normalize('NFKD').replace(/[\p{Mn}\u00ad\u200b-\u200d\u2060\ufeff]+/gu, '').toLowerCase().replace(/[ßøłđðıæœþς]/g, (letter) => special[letter]!);
  return bare.normalize('NFC').replace(unspaced, ' $& ').replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim();
}

const latin = /^[\x00-\u017f]*$/;
/** Letters that fold to ASCII, and what separates nothing. Others in this range (signs) part words. */
const latinFolded = new Map<string, string>([['\u00ad', '']]);
for (let code = 0x80; code <= 0x17f; code++) {
  const letter = String.fromCharCode(code);
  const folded = foldAny(letter);
  if (/^[a-z0-9 ]+$/.test(folded)) latinFolded.set(letter, folded);
}

const expansions: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };
const expanded = (text: string): string => text.normalize('NFC').replace(/[äöüÄÖÜ]/g, (letter) => expansions[letter]!);
const umlaut = /[äöüÄÖÜ]|\u0308/;

/** Words with umlauts, written out: Müller as mueller. */
function writtenOut(text: string): string[] {
  if (!umlaut.test(text)) return [];
  const whole = text.normalize('NFC');
  return whole.split(/\s+/).filter((word) => /[äöüÄÖÜ]/.test(word)).flatMap((word) => fold(expanded(word)).split(' ')).filter((word) => /[aou]e/.test(word));
}

/** A telephone or other number without its separators, also in its national form when it begins with a country code. */
function compactNumber(written: string): string[] {
  const run = written.replace('(0)', ' ');
  const digits = run.replace(/\D/g, '');
  if (digits.length < 6 || digits.length > 20) return [];
  const abroad = /^(?:\+|00)\s*\d{1,3}[\s/.()-]+(?=\d)/.exec(run);
  return abroad ? [digits.replace(/^00/, ''), `0${run.slice(abroad[0].length).replace(/\D/g, '')}`] : [digits];
}

const [space, open, shut, plus, dash, dot, slash] = [32, 40, 41, 43, 45, 46, 47];
const longestRun = 32;

/** Numbers written with separators, without them: (030) 0074321 as 0300074321. One pass by hand, as it is done for every record. */
function compacts(text: string): string[] {
  const found: string[] = [];
  if (!/\d/.test(text)) return found;
  let from = -1;
  let end = 0;
  let last = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = at < text.length ? text.charCodeAt(at) : 0;
    if (char >= 48 && char <= 57) {
      if (from < 0) from = last === plus || last === open ? at - 1 : at;
      end = at + 1;
    } else if (from >= 0 && !(char === space || char === open || char === shut || char === dash || char === dot || char === slash)) {
      const run = text.slice(from, end);
      if (run.length > 6 && run.length <= longestRun && /\D/.test(run)) found.push(...compactNumber(run));
      from = -1;
    }
    last = char;
  }
  return found;
}

/** A record as words. */
export interface Indexed {
  /** What the full-text index is given. */
  readonly words: string;
  /** The plain words, for the vocabulary; with repetitions. */
  readonly plain: readonly string[];
}

const plainAscii = /[a-z]{4,}/g;
const plainAny = /\p{L}{4,}/gu;
const longestPlain = 24;

/** The words of a title, the first letters of the first, and the first once more when it is the only one. */
function titleMarks(heading: string): string {
  if (heading === '') return '';
  const words = heading.split(' ');
  let marks = words.length === 1 ? ` ${onlyInTitle}${heading}` : '';
  words.forEach((word, at) => {
    marks += ` ${at === 0 ? firstInTitle : inTitle}${word}`;
    if (at === 0 && word.length > 1) marks += ` ${firstInTitle}${word.slice(0, 1)}`;
    if (at === 0 && word.length > 2) marks += ` ${firstInTitle}${word.slice(0, 2)}`;
  });
  return marks;
}

/** Turns a record into words. Marked words stand between title and text, so that no phrase runs across. */
export function indexed(title: string, rest: string): Indexed {
  const simple = ascii.test(title) && ascii.test(rest);
  const heading = fold(title);
  // Plain ASCII needs no folding here: the tokenizer parts it itself.
  const text = simple ? rest.toLowerCase() : fold(rest);
  let marked = titleMarks(heading);
  // As it is written without umlauts: but for them the marks are the same.
  if (!simple && umlaut.test(title)) marked += titleMarks(fold(expanded(title)));
  for (const word of compacts(title)) marked += ` ${asNumber}${word}`;
  for (const word of compacts(rest)) marked += ` ${asNumber}${word}`;
  const plain: string[] = (`${heading} ${text}`.match(simple ? plainAscii : plainAny) ?? []).filter((word) => word.length <= longestPlain);
  if (!simple) {
    for (const word of new Set([...writtenOut(title), ...writtenOut(rest)])) {
      marked += ` ${asUmlaut}${word}`;
      if (word.length > 3 && word.length <= longestPlain) plain.push(word);
    }
  }
  return { words: `${heading}${marked} ${text}`, plain };
}

/** One thing asked for: usually a word; a code or a run of digits may be several. */
export interface Wish {
  /** As it was typed. */
  readonly typed: string;
  /** Parts that must all be there; the words of a part stand side by side. */
  readonly parts: readonly (readonly string[])[];
  /** Other spellings of a single word. */
  readonly spellings: readonly string[];
  /** The same without separators. */
  readonly compact: readonly string[];
  /** P00012 as P and 00012, which is how P-00012 is indexed. */
  readonly code: readonly string[] | null;
}

const mostWishes = 12;

/** What a line of text asks for. Digits parted by spaces belong together: a telephone number is one wish. */
export function wishes(text: string): Wish[] {
  const found: Wish[] = [];
  const chunks = text.split(/[\s\0]+/).filter((chunk) => fold(chunk) !== '');
  for (let at = 0; at < chunks.length && found.length < mostWishes; at++) {
    const from = at;
    while (isDigits(chunks[from]!) && at + 1 < chunks.length && isDigits(chunks[at + 1]!)) at++;
    found.push(wish(chunks.slice(from, at + 1).join(' ')));
  }
  return found;
}

const isDigits = (chunk: string): boolean => /^[+(]*\d[\d()/.-]*$/.test(chunk);

/** One wish from one chunk of text; also used for a corrected word. */
export function wish(typed: string): Wish {
  const parts = typed.split(' ').map((part) => fold(part).split(' ').filter(Boolean)).filter((part) => part.length > 0);
  const single = parts.length === 1 && parts[0]!.length === 1 ? parts[0]![0]! : null;
  const spellings = single === null ? [] : [fold(expanded(typed))].filter((word) => word !== single);
  const compact = typed.split(' ').every(isDigits) ? compactNumber(typed) : [];
  const code = single === null ? null : /^([a-z]{1,6})(\d+)$/.exec(single);
  return { typed, parts, spellings, compact, code: code ? [code[1]!, code[2]!] : null };
}

/** The word, when the wish is one plain word that may have been misspelt. */
export const spelt = (one: Wish): string | null => {
  const word = one.parts.length === 1 && one.parts[0]!.length === 1 ? one.parts[0]![0]! : '';
  return /^\p{L}{4,24}$/u.test(word) ? word : null;
};

/** Letters of a wish that is one word of a spaced script, else Infinity. */
export function letters(one: Wish): number {
  const word = one.parts.length === 1 && one.parts[0]!.length === 1 ? one.parts[0]![0]! : null;
  return word === null || word.search(unspaced) >= 0 ? Infinity : word.length;
}
/** Whether the wish is a word so short that its beginnings are nearly everywhere. */
export const isShort = (one: Wish): boolean => letters(one) < 3;

/**
 * How exactly words are meant: as all words of the title (in order only if `isTitle` agrees), as the beginning of the title, as words of the title, as whole words, by their beginnings, or with
 * the words of a part anywhere.
 */
export type How = 'only' | 'title' | 'inTitle' | 'whole' | 'begin' | 'loose';

/** The wishes as an FTS5 query. Only folded words between quotes get in, so that nothing typed can be syntax. */
export function query(list: readonly Wish[], how: How): string {
  return list.map((one, at) => `(${pieces(one, how, at === 0, at === list.length - 1).join(' OR ')})`).join(' AND ');
}

const quoted = (words: readonly string[], mark = '', star = ''): string => `"${words.map((word) => mark + word).join(' ')}"${star}`;

/** Words of titles: all of them whole, but the last by its beginning. */
function titlePieces(one: Wish, how: How, isFirst: boolean, isLast: boolean): string[] {
  const words = one.parts.flat();
  const begin = (word: string, first: boolean, last: boolean): string => {
    const star = how !== 'only' && last && word.length > 2 ? '*' : '';
    if (how === 'only') return quoted([word], first ? (last ? onlyInTitle : firstInTitle) : inTitle);
    if (how === 'title' && first) return quoted([word], firstInTitle, star);
    const inside = quoted([word], inTitle, star);
    return how !== 'inTitle' ? inside : `(${inside} OR ${quoted([word], firstInTitle, star)})`;
  };
  if (words.length === 1) return [words[0]!, ...one.spellings].map((word) => begin(word, isFirst, isLast));
  return [`(${words.map((word, at) => begin(word, isFirst && at === 0, isLast && at === words.length - 1)).join(' AND ')})`];
}

/** A run of words like an e-mail address: its unfinished end is common, so it is looked up without it and then looked at. */
const isLong = (part: readonly string[]): boolean => part.length > 2;

function pieces(one: Wish, how: How, isFirst: boolean, isLast: boolean): string[] {
  const words = one.parts.flat();
  const single = words.length === 1 ? words[0]! : null;
  if (how === 'only' || how === 'title' || how === 'inTitle') return titlePieces(one, how, isFirst, isLast);
  const star = how === 'begin' ? '*' : '';
  if (how === 'loose') return [words.map((word) => quoted([word])).join(' AND ')];
  // Of a number in several parts only the last may be unfinished: beginnings like 030 are everywhere.
  const all = one.parts.map((part, at) => (star !== '' && isLong(part) ? quoted(part.slice(0, -1)) : quoted(part, '', at === one.parts.length - 1 ? star : ''))).join(' AND ');
  const found = [`(${all})`, ...one.spellings.map((word) => quoted([word], '', star))];
  if (single !== null && /[aou]e/.test(single)) found.push(quoted([single], asUmlaut, star));
  if (one.code) found.push(quoted(one.code, '', star));
  for (const compact of one.compact) found.push(quoted([compact], asNumber, star));
  return found;
}

/** Whether the index settles an unfinished wish only up to its end. */
export const isUnsettled = (one: Wish): boolean => one.parts.some(isLong);

/** Tells whether words beginning like a wish stand in a text. */
export function reader(text: string): (one: Wish) => boolean {
  const words = ` ${fold(text)} ${umlaut.test(text) ? fold(expanded(text)) : ''}`;
  return (one) => one.parts.every((part) => words.includes(` ${part.join(' ')}`)) || one.spellings.some((word) => words.includes(` ${word}`));
}

/** Whether a title is the text, whichever way umlauts are written. */
export const isTitle = (title: string, text: string): boolean => fold(title) === fold(text) || fold(expanded(title)) === fold(expanded(text));

/** Whether one of the wishes is several words, which may also stand apart. */
export const isJoined = (list: readonly Wish[]): boolean => list.some((one) => one.parts.flat().length > 1);
