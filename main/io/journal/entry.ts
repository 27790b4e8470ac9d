import { amountPart } from './amounts.ts';
import { accountAs, accountOf, type Book, type Commodity, commodityOf, type Draft, type Header, type Kind, refuse, tell } from './book.ts';
import { dayIn, tagsIn } from './comments.ts';
import { dayNumber, dayText, parseDay } from './days.ts';

/** A transaction while its lines come in: its first line, then its postings and comments. */

export interface Entry {
  readonly header: Header;
  readonly drafts: Draft[];
  /** How many drafts are in use. */
  count: number;
  /** Whether any of them asserts a balance. */
  asserts: boolean;
}

export function newEntry(): Entry {
  return { header: { day: 0, status: '', code: '', payee: '', narration: '', tags: [], text: '', line: 0 }, drafts: [], count: 0, asserts: false };
}

const zeroChar = 48;

/** The number of `length` digits, or -1. */
function digitsAt(text: string, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at += 1) {
    const digit = text.charCodeAt(at) - zeroChar;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const isSpace = (code: number): boolean => code === 32 || code === 9;

/** Reads the first line of a transaction. @throws Refused */
export function header(book: Book, entry: Entry, text: string, from: number, to: number): void {
  const head = entry.header;
  entry.count = 0;
  entry.asserts = false;
  head.line = book.line;
  head.status = '';
  head.code = '';
  head.payee = '';
  head.text = '';
  if (head.tags.length > 0) head.tags = [];
  let at = from + 10;
  const mark = text.charCodeAt(from + 4);
  const plain = to >= at && (mark === 45 || mark === 47) && text.charCodeAt(from + 7) === mark && (to === at || isSpace(text.charCodeAt(at)));
  head.day = plain ? dayNumber(digitsAt(text, from, 4), digitsAt(text, from + 5, 2), digitsAt(text, from + 8, 2)) : 0;
  if (head.day === 0) at = dateAt(book, head, text, from, to);
  while (at < to && isSpace(text.charCodeAt(at))) at += 1;
  const c = text.charCodeAt(at);
  if (at < to && (c === 42 || c === 33)) {
    head.status = c === 42 ? '*' : '!';
    at += 1;
    while (at < to && isSpace(text.charCodeAt(at))) at += 1;
  }
  if (at < to && text.charCodeAt(at) === 40) {
    const end = text.indexOf(')', at);
    if (end !== -1 && end < to) {
      head.code = text.slice(at + 1, end).trim();
      at = end + 1;
      while (at < to && isSpace(text.charCodeAt(at))) at += 1;
    }
  }
  description(book, head, text, at, to);
}

function dateAt(book: Book, head: Header, text: string, from: number, to: number): number {
  let end = from;
  while (end < to && !isSpace(text.charCodeAt(end)) && text.charCodeAt(end) !== 59) end += 1;
  const [first = '', second] = text.slice(from, end).split('=');
  head.day = parseDay(first, book.scope.year);
  if (head.day === 0) refuse(book, `“${first}” is not a date`);
  if (second === undefined) return end;
  const other = parseDay(second, Math.floor(head.day / 10_000));
  if (other === 0) refuse(book, `“${second}” is not a date`);
  head.tags.push(['date2', dayText(other)]);
  return end;
}

function description(book: Book, head: Header, text: string, from: number, to: number): void {
  const ledger = book.options.dialect === 'ledger';
  let end = to;
  for (let at = from; at < to; at += 1) {
    if (text.charCodeAt(at) !== 59) continue;
    // ledger needs a tab or two blanks before a comment, as before an amount.
    const before = text.charCodeAt(at - 1);
    if (ledger && at > from && before !== 9 && !(before === 32 && isSpace(text.charCodeAt(at - 2)))) continue;
    end = at;
    break;
  }
  if (end < to) headComment(book, head, text.slice(end + 1, to));
  while (end > from && isSpace(text.charCodeAt(end - 1))) end -= 1;
  const words = text.slice(from, end);
  if (ledger) {
    head.payee = words;
    head.narration = '';
    return;
  }
  const bar = words.indexOf('|');
  head.narration = bar === -1 ? words : words.slice(bar + 1).trim();
  if (bar !== -1) head.payee = words.slice(0, bar).trim();
}

function headComment(book: Book, head: Header, comment: string): void {
  const text = comment.trim();
  head.text = head.text === '' ? text : `${head.text}\n${text}`;
  const tags = tagsIn(book, comment);
  for (const tag of tags) head.tags.push(tag);
}

/** Reads an indented line of a transaction: a posting or a comment. @throws Refused */
export function posting(book: Book, entry: Entry, text: string, from: number, to: number): void {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  let c = text.charCodeAt(at);
  if (c === 59 || (c === 35 && book.options.dialect === 'ledger') || c === 0x25 || c === 0x7c) {
    comment(book, entry, text.slice(at + 1, to));
    return;
  }
  if (c === 42 || c === 33) {
    at += 1;
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (at >= to) refuse(book, 'a posting without an account');
    c = text.charCodeAt(at);
  }
  let end = at;
  while (end < to) {
    const code = text.charCodeAt(end);
    if (code === 9 || (code === 32 && (end + 1 === to || isSpace(text.charCodeAt(end + 1))))) break;
    end += 1;
  }
  const draft = nextDraft(book, entry);
  const close = text.charCodeAt(end - 1);
  if (c === 40 && close === 41) draft.kind = 1;
  else if (c === 91 && close === 93) draft.kind = 2;
  if (draft.kind === 0) draft.account = accountNamed(book, c === 60 && close === 62 && book.options.dialect === 'ledger' ? text.slice(at + 1, end - 1) : text.slice(at, end));
  else draft.account = accountNamed(book, text.slice(at + 1, end - 1));
  if (book.unknown.length > 0 && /(?:^|:)Unknown$/.test(draft.account.name)) {
    const known = book.unknown.find(({ payee }) => payee.test(entry.header.payee || '<Unspecified payee>'));
    if (known) draft.account = accountOf(book, known.account);
  }
  at = end;
  while (at < to && isSpace(text.charCodeAt(at))) at += 1;
  if (at === to || plainAmount(book, draft, text, at, to)) return;
  behind(book, entry, draft, text.slice(at, to));
}

const accountNamed = (book: Book, name: string) => book.scope.names.get(name) ?? accountAs(book, name);

/** A draft for the next posting, empty but for its line. */
export function nextDraft(book: Book, entry: Entry): Draft {
  const { drafts, count } = entry;
  entry.count = count + 1;
  const { none } = book;
  const old = drafts[count];
  if (old === undefined) {
    const made: Draft = { account: nobody, known: false, units: 0, scale: 0, commodity: none, price: null, lot: null, worth: null, kind: 0, assertion: null, text: '', line: book.line, day: 0, made: false, assigned: false };
    drafts.push(made);
    return made;
  }
  old.known = false;
  old.units = 0;
  old.scale = 0;
  old.commodity = none;
  old.price = null;
  old.lot = null;
  old.worth = null;
  old.kind = 0;
  old.assertion = null;
  old.text = '';
  old.line = book.line;
  old.day = 0;
  old.made = false;
  old.assigned = false;
  return old;
}

const nobody = { name: '', real: new Map(), virtual: new Map(), last: null, declared: false };

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Whether text holds the name of the commodity just there. Most books have few, and the one before is mostly the next. */
function isNamed(commodity: Commodity | null, text: string, from: number, to: number): commodity is Commodity {
  if (commodity === null || commodity.name.length !== to - from) return false;
  for (let at = from; at < to; at += 1) if (commodity.name.charCodeAt(at - from) !== text.charCodeAt(at)) return false;
  return true;
}

/** The amounts of nearly all lines: “-12.50 GBP”, “$12.50”, “12”. False, with nothing changed, when it is another one. */
function plainAmount(book: Book, draft: Draft, text: string, from: number, to: number): boolean {
  let at = from;
  let negative = false;
  let c = text.charCodeAt(at);
  let commodity: Commodity | null = null;
  if (c === 45) {
    negative = true;
    c = text.charCodeAt((at += 1));
  }
  if (c === 36) {
    commodity = commodityOf(book, '$');
    c = text.charCodeAt((at += 1));
    if (c === 45 && !negative) {
      negative = true;
      c = text.charCodeAt((at += 1));
    }
  }
  const start = at;
  let units = 0;
  for (; c >= 48 && c <= 57 && at < to; c = text.charCodeAt((at += 1))) units = units * 10 + (c - zeroChar);
  if (at === start) return false;
  let scale = 0;
  if (c === 46 && at < to) {
    const point = at;
    for (c = text.charCodeAt((at += 1)); c >= 48 && c <= 57 && at < to; c = text.charCodeAt((at += 1))) units = units * 10 + (c - zeroChar);
    scale = at - point - 1;
  }
  if (at - start > 15) return false;
  if (commodity === null) {
    if (c === 32 && at < to) c = text.charCodeAt((at += 1));
    const name = at;
    while (at < to && isLetter(text.charCodeAt(at))) at += 1;
    if (at > name) commodity = isNamed(book.latest, text, name, at) ? book.latest : (book.latest = commodityOf(book, text.slice(name, at)));
  }
  while (at < to && text.charCodeAt(at) === 32) at += 1;
  if (at < to) return false;
  commodity ??= book.scope.bare ?? book.none;
  // A point may part groups where the commodity has a decimal comma.
  if (scale > 0 && (book.scope.mark || commodity.mark) === ',') return false;
  if (scale > commodity.decimals) commodity.decimals = scale;
  draft.units = negative && units !== 0 ? -units : units;
  draft.scale = scale;
  draft.commodity = commodity;
  draft.known = true;
  return true;
}

function behind(book: Book, entry: Entry, draft: Draft, text: string): void {
  const cursor = { text, at: 0 };
  if (!text.startsWith(';')) {
    const { amount, price, lot, assertion } = amountPart(book, cursor);
    if (amount) {
      draft.units = amount.units;
      draft.scale = amount.scale;
      draft.commodity = amount.commodity;
      draft.known = true;
    }
    draft.price = price;
    draft.lot = lot;
    draft.assertion = assertion;
    if (assertion) entry.asserts = true;
    if (lot && book.options.dialect === 'hledger') tell(book, 'lots', 'the cost of a lot in {…} is not kept');
  }
  if (cursor.at < text.length) postingComment(book, entry.header, draft, text.slice(cursor.at + 1));
}

function comment(book: Book, entry: Entry, text: string): void {
  if (entry.count === 0) headComment(book, entry.header, text);
  else postingComment(book, entry.header, entry.drafts[entry.count - 1]!, text);
}

function postingComment(book: Book, head: Header, draft: Draft, comment: string): void {
  const text = comment.trim();
  draft.text = draft.text === '' ? text : `${draft.text}\n${text}`;
  const day = dayIn(book, text, head.day);
  if (day === 0 || day === head.day) return;
  draft.day = day;
  tell(book, 'dates of postings', `this posting has a date of its own, ${dayText(day)}; it is carried over on the date of its transaction`);
}

/** A kind as it is written around a name. */
export const kindOf = (name: string): Kind => (name.startsWith('(') && name.endsWith(')') ? 1 : name.startsWith('[') && name.endsWith(']') ? 2 : 0);

