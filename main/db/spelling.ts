/** Typing errors: how far two words are apart, and which known words are near a typed one. Pure arithmetic. */

/**
 * Number of single-letter insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`, each place edited
 * once (restricted Damerau-Levenshtein, "optimal string alignment"; Damerau, CACM 7(3), 1964; Boytsov, ACM JEA 16, 2011, 1.1).
 * Anything beyond `most` is reported as `most + 1`.
 */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  if (Math.max(a.length, b.length) >= widest) return a === b ? 0 : most + 1;
  let [before, last, now] = rows;
  for (let j = 0; j <= b.length; j++) last![j] = j;
  let leastBefore = 0;
  for (let i = 1; i <= a.length; i++) {
    now![0] = i;
    let least = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = last![j - 1]! + (letter === other ? 0 : 1);
      if (now![j - 1]! + 1 < cost) cost = now![j - 1]! + 1;
      if (last![j]! + 1 < cost) cost = last![j]! + 1;
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other && before![j - 2]! + 1 < cost) cost = before![j - 2]! + 1;
      now![j] = cost;
      if (cost < least) least = cost;
    }
    // A swap reaches back over one row, so two rows have to be beyond.
    if (least > most && leastBefore > most) return most + 1;
    leastBefore = least;
    [before, last, now] = [last, now, before];
  }
  return Math.min(last![b.length]!, most + 1);
}

const widest = 64;
/** Used again by every call: nothing is allocated while a vocabulary is gone through. */
const rows = [new Uint8Array(widest), new Uint8Array(widest), new Uint8Array(widest)];

/** Typing errors forgiven in a word: none below four letters, one below six, else two. */
export const forgiven = (word: string): number => (word.length < 4 ? 0 : word.length < 6 ? 1 : 2);

export interface Near {
  readonly word: string;
  readonly distance: number;
}

/** Known words, grouped by length, each with the set of its letters in the bits of a number. */
interface Shelf {
  readonly words: string[];
  letters: Uint32Array;
}

/** The words that can be suggested. Every word within the distance is found: the letter sets only rule out what cannot be near. */
export interface Vocabulary {
  readonly add: (word: string) => void;
  readonly near: (word: string) => Near[];
  readonly size: () => number;
}

export function vocabulary(): Vocabulary {
  const shelves = new Map<number, Shelf>();
  let size = 0;
  return {
    size: () => size,
    add(word) {
      let shelf = shelves.get(word.length);
      if (!shelf) shelves.set(word.length, (shelf = { words: [], letters: new Uint32Array(64) }));
      const at = shelf.words.length;
      if (at === shelf.letters.length) {
        const wider = new Uint32Array(at * 2);
        wider.set(shelf.letters);
        shelf.letters = wider;
      }
      shelf.letters[at] = lettersOf(word);
      shelf.words.push(word);
      size += 1;
    },
    near(word) {
      const most = forgiven(word);
      const found: Near[] = [];
      if (most === 0) return found;
      const letters = lettersOf(word);
      for (let length = word.length - most; length <= word.length + most; length++) {
        const shelf = shelves.get(length);
        if (!shelf) continue;
        for (let at = 0; at < shelf.words.length; at++) {
          const other = shelf.letters[at]!;
          // One edit brings at most one letter in and takes at most one out.
          if (bits(letters & ~other) > most || bits(other & ~letters) > most) continue;
          const known = shelf.words[at]!;
          const apart = distance(word, known, most);
          if (apart > 0 && apart <= most) found.push({ word: known, distance: apart });
        }
      }
      return found.sort((a, b) => a.distance - b.distance || first(a.word, word) - first(b.word, word) || Math.abs(a.word.length - word.length) - Math.abs(b.word.length - word.length) || (a.word < b.word ? -1 : 1));
    },
  };
}

/** People rarely miss the first letter. */
const first = (known: string, typed: string): number => (known.charCodeAt(0) === typed.charCodeAt(0) ? 0 : 1);

/** a..z on bits 0..25, all others share the rest. */
function lettersOf(word: string): number {
  let set = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at) - 97;
    set |= 1 << (code >= 0 && code < 26 ? code : 26 + ((code >>> 0) % 6));
  }
  return set >>> 0;
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
function bits(set: number): number {
  let x = set - ((set >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
