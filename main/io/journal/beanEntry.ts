import { type BeanAccount, type BeanBook, currencyOf, openAccount, refuseBean, skipped } from './beanBook.ts';
import { accountAt, currencyAt, type Number_, numberAt, peek, string, take, type Words } from './beanTokens.ts';
import { dayNumber } from './days.ts';
import { type Dec, quantity, rounded } from './exact.ts';

/** Transactions of beancount, from their text to postings that are not complete yet. */

export interface CostSpec {
  readonly number: Dec | null;
  /** {{…}} or what stands behind #: for the whole posting. */
  readonly total: Dec | null;
  readonly currency: string;
  readonly day: number;
  readonly label: string;
}

export interface BeanPosting {
  readonly account: BeanAccount;
  /** Null: left out, with the currency where that is written. */
  units: number | null;
  scale: number;
  currency: string;
  cost: CostSpec | null;
  price: { number: Dec | null; currency: string; readonly total: boolean } | null;
  worth: { readonly value: Dec; readonly currency: string } | null;
  text: string;
  readonly line: number;
  made: boolean;
}

export interface BeanTransaction {
  status: '' | '!' | '*';
  payee: string;
  narration: string;
  readonly tags: (readonly [string, string])[];
  readonly postings: BeanPosting[];
}

/** An amount as safe integers. @throws Refused when it has too many digits */
export function safe(book: BeanBook, value: Dec, line: number): { units: number; scale: number } {
  const found = quantity(value, '');
  if (found === null) refuseBean(book, 'this amount has too many digits to be exact', line);
  return { units: found.units, scale: found.scale };
}

/** Decimals of what has more digits than can be kept. */
export const fine = 10;

/** What is computed or a price: rounded where it has more digits than can be kept. @throws Refused when it is too large for that */
export function near(book: BeanBook, found: Dec, line: number): { units: number; scale: number } {
  if (found.s <= fine || quantity(found, '') !== null) return safe(book, found, line);
  skipped(book, 'prices and computed amounts with more digits than can be kept are rounded to ten decimals');
  return safe(book, rounded(found, fine), line);
}

const link = /\^[\p{L}\p{N}\-_/.]+/uy;
const tag = /#[\p{L}\p{N}\-_/.]+/uy;
const flags = /[!&#?%*PSTCURM](?=[\s"]|$)/y;
const keyword = /txn(?=[\s"]|$)/y;

/** Reads a transaction from behind its day. @throws Refused */
export function transactionOf(book: BeanBook, text: string, at: number, line: number): BeanTransaction {
  const words: Words = { text, at, line };
  const sign = text.charCodeAt(at + 1);
  // Nearly all begin with “ * ” or “ ! ”.
  const plain = (sign === 42 || sign === 33) && text.charCodeAt(at + 2) === 32;
  if (plain) words.at = at + 2;
  const flag = plain ? text[at + 1]! : take(words, keyword) === null ? (take(words, flags) ?? refuseBean(book, `“${text.slice(at, at + 20).split('\n')[0]}” is not an entry of beancount`)) : '*';
  const found: BeanTransaction = { status: flag === '!' ? '!' : flag === '*' ? '*' : '', payee: '', narration: '', tags: [], postings: [] };
  const texts: string[] = [];
  for (;;) {
    if (peek(words) === '|') words.at += 1;
    const one = string(book, words);
    if (one === null) break;
    texts.push(one);
  }
  if (texts.length > 2) refuseBean(book, 'a transaction has a payee and a narration and no third text');
  found.narration = texts.at(-1) ?? '';
  if (texts.length === 2) found.payee = texts[0]!;
  marks(book, found, words);
  body(book, found, text, words.at, line);
  return found;
}

function marks(book: BeanBook, found: BeanTransaction, words: Words): void {
  for (let c = peek(words); c === '#' || c === '^'; c = peek(words)) {
    const one = take(words, c === '#' ? tag : link);
    if (one === null) refuseBean(book, 'a tag or a link without a name', words.line);
    found.tags.push(c === '#' ? [one.slice(1), ''] : ['link', one.slice(1)]);
  }
  const c = peek(words);
  if (c !== '' && c !== '\n') refuseBean(book, `“${words.text.slice(words.at, words.at + 20).split('\n')[0]}” is not expected here`, words.line);
}

function body(book: BeanBook, found: BeanTransaction, text: string, at: number, first: number): void {
  let line = first;
  for (let c = text.lastIndexOf('\n', at - 1); c !== -1; c = c === 0 ? -1 : text.lastIndexOf('\n', c - 1)) line += 1;
  let from = text.indexOf('\n', at) + 1;
  while (from > 0 && from < text.length) {
    line += 1;
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    const start = text.charCodeAt(from);
    if (start !== 32 && start !== 9) {
      // What stands at the margin below an entry is a comment or a line of an outline.
      if (start >= 65 && start < 123 && to > from) refuseBean(book, 'this line is no entry of beancount', line);
    } else {
      let begin = from + 1;
      while (begin < to && (text.charCodeAt(begin) === 32 || text.charCodeAt(begin) === 9)) begin += 1;
      const c = text.charCodeAt(begin);
      if (begin < to && c !== 59 && c !== 13) {
        if (c >= 97 && c <= 122) {
          const next = metadata(book, found, text, begin, line);
          for (let n = text.indexOf('\n', begin); n !== -1 && n < next; n = text.indexOf('\n', n + 1)) line += 1;
          from = next + 1;
          continue;
        }
        if (c === 35 || c === 94) marks(book, found, { text: text.slice(begin, to), at: 0, line });
        else found.postings.push(plainPosting(book, text, begin, to, line) ?? posting(book, text.slice(begin, to), line));
      }
    }
    if (end === -1) break;
    from = to + 1;
  }
}

const key = /[a-z][a-zA-Z0-9\-_]*:/y;

/** “key: value” below a transaction or a posting. Returns where its line ends; a text may go over several. */
function metadata(book: BeanBook, found: BeanTransaction, text: string, begin: number, line: number): number {
  const words: Words = { text, at: begin, line };
  const name = take(words, key);
  if (name === null) refuseBean(book, `“${text.slice(begin, begin + 20).split('\n')[0]}” is not expected here`, line);
  const value = string(book, words);
  const newline = text.indexOf('\n', words.at);
  const end = newline === -1 ? text.length : newline;
  const told = value ?? text.slice(words.at, end).replace(/\s;.*$/, '').trim();
  const last = found.postings.at(-1);
  if (last) last.text = `${last.text === '' ? '' : `${last.text}\n`}${name} ${told}`;
  else found.tags.push([name.slice(0, -1), told]);
  return end;
}

/** The shape of nearly all postings: an account, a number, a currency. Null for all others. */
function plainPosting(book: BeanBook, text: string, begin: number, to: number, line: number): BeanPosting | null {
  let at = begin;
  let c = text.charCodeAt(at);
  if (c < 65 || c > 90) return null;
  while (at < to && c !== 32 && c !== 9) c = text.charCodeAt((at += 1));
  const name = text.slice(begin, at);
  while (at < to && (c === 32 || c === 9)) c = text.charCodeAt((at += 1));
  const negative = c === 45;
  if (negative) c = text.charCodeAt((at += 1));
  const start = at;
  let [units, scale] = [0, 0];
  for (; c >= 48 && c <= 57 && at < to; c = text.charCodeAt((at += 1))) units = units * 10 + c - 48;
  if (at === start) return null;
  if (c === 46) {
    const point = at;
    for (c = text.charCodeAt((at += 1)); c >= 48 && c <= 57 && at < to; c = text.charCodeAt((at += 1))) units = units * 10 + c - 48;
    scale = at - point - 1;
  }
  if (c !== 32 || at - start > 15) return null;
  const from = at + 1;
  for (c = text.charCodeAt((at += 1)); c >= 65 && c <= 90 && at < to; c = text.charCodeAt((at += 1)));
  if (at === from) return null;
  const end = at;
  while (at < to && (c === 32 || c === 13)) c = text.charCodeAt((at += 1));
  if (at < to) return null;
  const account = book.accounts.get(name);
  if (!account) return null;
  if (!account.opened || account.closed) openAccount(book, name, line);
  return { account, units: negative && units !== 0 ? -units : units, scale, currency: currencyOf(book, text.slice(from, end)), cost: null, price: null, worth: null, text: '', line, made: false };
}

function posting(book: BeanBook, text: string, line: number): BeanPosting {
  const words: Words = { text, at: 0, line };
  take(words, /[!&#?%*PSTCURM](?=\s)/y);
  const name = accountAt(words);
  if (name === null) refuseBean(book, `“${text.slice(0, 30)}” is not a posting`, line);
  root(book, name, line);
  const account = openAccount(book, name, line);
  const number = numberAt(book, words);
  if (number?.cut) skipped(book, 'computed amounts without an end of decimals are cut off at ten');
  const currency = currencyAt(words) ?? '';
  if (number !== null && currency === '') refuseBean(book, 'the currency of this amount is missing', line);
  const amount = number === null ? null : safe(book, number, line);
  const found: BeanPosting = { account, units: amount?.units ?? null, scale: amount?.scale ?? 0, currency: currencyOf(book, currency), cost: null, price: null, worth: null, text: '', line, made: false };
  if (peek(words) === '{') found.cost = costOf(book, words);
  if (peek(words) === '@') found.price = priceOf(book, words);
  if (peek(words) !== '') refuseBean(book, `“${text.slice(words.at, words.at + 20)}” is not expected behind an amount`, line);
  if (words.at < text.length) found.text = text.slice(words.at + 1).trim();
  return found;
}

/** An account must stand under one of the five names that the options give. @throws Refused */
export function root(book: BeanBook, name: string, line = book.line): void {
  if (!book.options.roots.has(name.slice(0, name.indexOf(':')))) refuseBean(book, `“${name}” is not the name of an account: it begins with none of the five kinds`, line);
}

function priceOf(book: BeanBook, words: Words): BeanPosting['price'] {
  const total = words.text[words.at + 1] === '@';
  words.at += total ? 2 : 1;
  const number = numberAt(book, words);
  if (number !== null && number.n < 0n) refuseBean(book, 'a price is not negative', words.line);
  const currency = currencyAt(words) ?? '';
  return { number, currency: currencyOf(book, currency), total };
}

function costOf(book: BeanBook, words: Words): CostSpec {
  const double = words.text[words.at + 1] === '{';
  words.at += double ? 2 : 1;
  let [number, total]: [Number_ | null, Number_ | null] = [null, null];
  let [currency, day, label] = ['', 0, ''];
  for (let c = peek(words); c !== '}'; c = peek(words)) {
    const dated = take(words, /\d{4}[-/]\d{1,2}[-/]\d{1,2}/y);
    if (dated !== null) {
      const [year = 0, month = 0, date = 0] = dated.split(/[-/]/).map(Number);
      day = dayNumber(year, month, date);
      if (day === 0) refuseBean(book, `“${dated}” is not a date`, words.line);
    } else if (c === '"') label = string(book, words) ?? '';
    else if (c === '#') {
      words.at += 1;
      total = numberAt(book, words);
    } else if (c === '*') refuseBean(book, 'lots at an average cost can not be carried over', words.line);
    else if (c === ',' || c === '/') words.at += 1;
    else {
      const one = numberAt(book, words);
      const name = currencyAt(words);
      if (one === null && name === null) refuseBean(book, 'this cost can not be read', words.line);
      if (one !== null) number = one;
      if (name !== null) currency = currencyOf(book, name);
    }
  }
  if (double && !words.text.startsWith('}}', words.at)) refuseBean(book, '“}}” is missing behind a cost', words.line);
  words.at += double ? 2 : 1;
  return double ? { number: null, total: number, currency, day, label } : { number, total, currency, day, label };
}
