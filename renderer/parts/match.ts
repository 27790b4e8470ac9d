/** Finds labels by what was typed: word beginnings, and one wrong, missing or swapped letter in longer words. */

export const plainText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');

const wordsOf = (text: string): readonly string[] => plainText(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** 0 is no match; a whole beginning is worth more than a later word, and that more than one with a typing error. */
export function match(typed: string, label: string): number {
  const sought = wordsOf(typed);
  if (sought.length === 0) return 0;
  if (plainText(label).startsWith(plainText(typed).trim())) return 100;
  const there = wordsOf(label);
  let score = 60;
  for (const word of sought) {
    if (there.some((one) => one.startsWith(word))) continue;
    if (word.length >= 4 && there.some((one) => oneOff(word, one.slice(0, word.length)) || oneOff(word, one.slice(0, word.length + 1)))) score -= 20;
    else return 0;
  }
  return Math.max(score, 1);
}

/** At most one letter wrong, missing, too many, or two neighbours swapped. */
export function oneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (restA === restB) return true;
  if (restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1)) return true;
  return restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
