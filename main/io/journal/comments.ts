import type { Book } from './book.ts';
import { refuse } from './book.ts';
import { parseDay } from './days.ts';

/** Tags and dates that hledger and ledger find in comments. */

const hledgerTag = /(?:^|[\s,])([^\s:,]+):(?!\/\/)([^,\n]*)/gu;
const ledgerTags = /(?:^|\s):((?:[^\s:]+:)+)(?=\s|$)/gu;
const ledgerPair = /^([^\s:]+)::?\s+(.*)$/u;

/** The tags of one line of a comment, as `dialect` writes them. */
export const tagsIn = (book: Book, comment: string): (readonly [string, string])[] => (comment.includes(':') ? tagsSaid(comment, book.options.dialect) : []);

/** The same of a comment of one line or more, wherever it was kept. */
export const tagsSaid = (comment: string, dialect: Book['options']['dialect']): (readonly [string, string])[] => comment.split('\n').flatMap((line) => tagsOfLine(line, dialect));

function tagsOfLine(comment: string, dialect: Book['options']['dialect']): (readonly [string, string])[] {
  if (dialect === 'hledger') return [...comment.matchAll(hledgerTag)].map((found) => [found[1]!, found[2]!.trim()] as const);
  const text = comment.trim();
  const pair = ledgerPair.exec(text);
  if (pair) return [[pair[1]!, pair[2]!.trim()]];
  return [...text.matchAll(ledgerTags)].flatMap((found) =>
    found[1]!
      .split(':')
      .filter((tag) => tag !== '')
      .map((tag) => [tag, ''] as const),
  );
}

const bracketed = /\[([\d\-/.]+)?(?:=([\d\-/.]+))?\]/;
const dated = /(?:^|[\s,])date:([^,]*)/;

/** The day that a comment gives its posting, or 0. `day` is that of the transaction, whose year it takes. @throws Refused when it is no day */
export function dayIn(book: Book, comment: string, day: number): number {
  const year = Math.floor(day / 10_000);
  const hledger = book.options.dialect === 'hledger';
  if (hledger && comment.includes('date:')) {
    const found = dated.exec(comment);
    if (found) {
      const text = found[1]!.trim();
      const own = parseDay(text, year);
      // An empty one means nothing.
      if (own === 0 && text !== '') refuse(book, `“${text}” is not a date`);
      if (own !== 0) return own;
    }
  }
  if (!comment.includes('[')) return 0;
  const found = bracketed.exec(comment);
  const text = found?.[1];
  if (text === undefined || !/\d[-/.]\d/.test(text)) return 0;
  const own = parseDay(text, year);
  if (own === 0 && hledger) refuse(book, `“${text}” is not a date`);
  return own;
}

