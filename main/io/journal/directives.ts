import { decimalMarkOf, wholeAmount } from './amounts.ts';
import { accountAs, type Book, type Commodity, commodityOf, freed, refuse, tell } from './book.ts';
import { tagsIn } from './comments.ts';
import { dayText, parseDay } from './days.ts';
import type { NamedAccount } from './transaction.ts';

/** Lines of a journal that are no transactions. */

/** What the lines indented below a directive belong to. */
export type Below = { readonly what: 'commodity'; readonly commodity: Commodity } | { readonly what: 'account'; readonly name: string } | { readonly what: 'payee' | 'other' };

/** What stays in force until its end directive, so that each ends its own. */
export interface Applied {
  readonly what: string;
  readonly undo: () => void;
}

const other: Below = { what: 'other' };
const kinds = new Map<string, NamedAccount['kind']>(
  Object.entries({ a: 'asset', asset: 'asset', l: 'liability', liability: 'liability', e: 'equity', equity: 'equity', r: 'income', revenue: 'income', income: 'income', x: 'expense', expense: 'expense', c: 'cash', cash: 'cash', v: 'conversion', conversion: 'conversion' } as const),
);

const uncomment = (text: string): string => text.replace(/\s*;.*$/u, '').trim();

/**
 * Carries out a directive: `word` and what stands behind it. `apply` is the stack of those with an end. Includes are not handled here.
 * @throws Refused for what is no directive, or can not be carried out without changing amounts
 */
export function directive(book: Book, word: string, rest: string, apply: Applied[]): Below {
  const ledger = book.options.dialect === 'ledger';
  switch (word) {
    case 'account':
      return account(book, rest);
    case 'commodity':
      return commodity(book, rest);
    case 'payee':
      book.payees.add(uncomment(rest));
      return { what: 'payee' };
    case 'alias':
      alias(book, rest);
      return other;
    case 'D':
      defaultCommodity(book, uncomment(rest));
      return other;
    case 'P':
      price(book, uncomment(rest));
      return other;
    case 'Y':
    case 'year':
      year(book, uncomment(rest));
      return other;
    case 'decimal-mark': {
      const mark = uncomment(rest);
      if (ledger) {
        tell(book, 'decimal-mark', '“decimal-mark” is an instruction of hledger and is skipped, as ledger does');
        return other;
      }
      if (mark !== '.' && mark !== ',') refuse(book, 'a decimal mark is a point or a comma');
      book.scope.mark = mark;
      return other;
    }
    case 'apply':
      start(book, rest, apply);
      return other;
    case 'end':
      end(book, rest.trim(), apply);
      return other;
    case 'bucket':
    case 'A':
      if (ledger) book.bucket = accountAs(book, uncomment(rest)).name;
      else tell(book, 'bucket', 'a default account is an instruction of ledger and is skipped, as hledger does');
      return other;
    case 'C':
      tell(book, 'conversions', `“${word}” is skipped: amounts stay in the units in which they are written`);
      return other;
    case 'N':
    case 'tag':
    case 'value':
      return other;
    case 'define':
    case 'def':
    case 'assert':
    case 'check':
    case 'eval':
    case 'expr':
    case 'capture':
    case 'python':
    case 'import':
      tell(book, word, `“${word}” is skipped`);
      return other;
    default:
      return refuse(book, `“${word.slice(0, 40)}” is not an instruction that is known here`);
  }
}

function account(book: Book, rest: string): Below {
  const comment = rest.includes(';') ? rest.slice(rest.indexOf(';') + 1) : '';
  const bare = (rest.includes(';') ? rest.slice(0, rest.indexOf(';')) : rest).trim();
  // An old way to name the kind of an account: a letter behind its name.
  const lettered = book.options.dialect === 'hledger' ? /^(.*?)(?: {2,}|\t)\s*([ALERXCV])$/.exec(bare) : null;
  const name = (lettered?.[1] ?? bare).replace(/(?: {2,}|\t).*$/, '').trim();
  if (name === '') refuse(book, 'the name of an account is missing');
  const found = accountAs(book, name);
  found.declared = true;
  const told = tagsIn(book, comment).find(([key]) => key.toLowerCase() === 'type')?.[1] ?? lettered?.[2] ?? '';
  book.taker.account?.({ name: found.name, kind: kinds.get(told.toLowerCase()) ?? '', line: book.line });
  return { what: 'account', name: found.name };
}

function commodity(book: Book, rest: string): Below {
  const text = uncomment(rest);
  if (text === '') refuse(book, 'the commodity is missing');
  const name = /^"([^"]*)"$/.exec(text)?.[1] ?? (/\d/.test(text) ? null : text);
  // hledger 1.25 has no way to name the commodity of bare numbers.
  if (name === '' && book.options.dialect === 'hledger') refuse(book, 'the name of a commodity is empty');
  if (name !== null) {
    const found = commodityOf(book, name);
    found.named = true;
    return { what: 'commodity', commodity: found };
  }
  const found = style(book, text, true);
  found.named = true;
  return { what: 'commodity', commodity: found };
}

/** An amount that shows how its commodity is written. */
function style(book: Book, text: string, declare: boolean): Commodity {
  const number = /\d[\d.,' ]*/.exec(text)?.[0].trim() ?? '';
  const amount = wholeAmount(book, text, true);
  const mark = decimalMarkOf(book, number, amount.commodity);
  if (mark !== '') amount.commodity.mark = mark;
  else if (book.options.dialect === 'ledger' && /\d\.\d{3}\./.test(number)) amount.commodity.mark = ',';
  if (declare || amount.commodity.declared === -1) amount.commodity.declared = amount.scale;
  return amount.commodity;
}

function defaultCommodity(book: Book, text: string): void {
  const found = style(book, text, false);
  // In ledger it shows how amounts are written and gives bare ones no commodity.
  if (book.options.dialect === 'hledger') book.scope.bare = found;
}

function price(book: Book, text: string): void {
  const found = /^(\S+)\s+(?:\d{1,2}:\d{2}(?::\d{2})?\S*\s+)?("[^"]*"|[^\s"\d.,;@*=+\-{}]+)\s*(.+)$/u.exec(text);
  const day = found ? parseDay(found[1]!, book.scope.year) : 0;
  if (!found || day === 0) {
    if (book.options.dialect === 'ledger') return tell(book, 'prices', 'this price could not be read and is skipped');
    refuse(book, 'this price can not be read');
  }
  const name = found[2]!.replaceAll('"', '');
  // Prices may be computed in ledger, and say nothing about balances.
  if (found[3]!.startsWith('(')) return tell(book, 'prices', 'a computed price is skipped');
  const amount = wholeAmount(book, found[3]!, false);
  book.taker.price?.({ day: dayText(day), commodity: commodityOf(book, name).name, price: { units: amount.units, scale: amount.scale, commodity: amount.commodity.name } });
}

function year(book: Book, text: string): void {
  const found = /^(\d{4})/.exec(text);
  if (!found) refuse(book, `“${text}” is not a year`);
  book.scope.year = Number(found[1]);
}

function alias(book: Book, rest: string): void {
  const ledger = book.options.dialect === 'ledger';
  const pattern = /^\/(.+)\/\s*=(.*)$/u.exec(rest.trim());
  if (pattern && !ledger) {
    let found: RegExp;
    try {
      found = new RegExp(pattern[1]!, 'giu');
    } catch {
      return refuse(book, `“${pattern[1]}” is not a pattern`);
    }
    const to = pattern[2]!.trim().replace(/\$/g, '$$$$').replace(/\\(\d)/g, '$$$1');
    return addAlias(book, (name) => name.replace(found, to));
  }
  const at = rest.indexOf('=');
  if (at === -1) refuse(book, 'an alias has the form NAME = ACCOUNT');
  const [from, to] = [freed(rest.slice(0, at).trim()), freed(rest.slice(at + 1).trim())];
  if (from === '' || to === '') refuse(book, 'an alias has the form NAME = ACCOUNT');
  addAlias(book, renamed(from, ledger ? [...book.scope.prefix, to].join(':') : to));
}

/** What ledger searches with: letters of either size. @throws Refused when it is no pattern */
export function patternOf(book: Book, word: string): RegExp {
  const body = /^(?:\/.*\/|".*"|'.*')$/s.test(word) ? word.slice(1, -1) : word;
  try {
    return new RegExp(body, 'i');
  } catch {
    return refuse(book, `“${body}” is not a pattern`);
  }
}

/** The account itself and all below it. */
export const renamed =
  (from: string, to: string) =>
  (name: string): string =>
    name === from ? to : name.startsWith(from) && name.charCodeAt(from.length) === 58 ? to + name.slice(from.length) : name;

/** The newest alias is asked first. */
export function addAlias(book: Book, alias: (name: string) => string): void {
  book.scope.aliases = [alias, ...book.scope.aliases];
  book.scope.names = new Map();
}

function start(book: Book, rest: string, apply: Applied[]): void {
  const [, what = '', text = ''] = /^(\S+)\s*(.*)$/.exec(rest.trim()) ?? [];
  const { scope } = book;
  if (what === 'account') {
    const { prefix } = scope;
    scope.prefix = [...prefix, uncomment(text)];
    scope.names = new Map();
    apply.push({
      what,
      undo: () => {
        scope.prefix = prefix;
        scope.names = new Map();
      },
    });
  } else if (what === 'year') {
    const before = scope.year;
    year(book, text);
    apply.push({ what, undo: () => (scope.year = before) });
  } else if (what === 'tag') {
    if (book.options.dialect === 'ledger') scope.tags = [...scope.tags, tagOf(text)];
    const { length } = scope.tags;
    apply.push({ what, undo: () => (scope.tags = scope.tags.slice(0, Math.max(0, length - 1))) });
  } else if ((what === 'fixed' || what === 'rate') && book.options.dialect === 'ledger') refuse(book, 'prices fixed for a stretch of the file can not be applied here');
  else {
    tell(book, `apply ${what}`, `“apply ${what}” is skipped`);
    apply.push({ what, undo: () => undefined });
  }
}

function tagOf(text: string): readonly [string, string] {
  const found = /^([^\s:]+)::?\s+(.*)$/u.exec(text.trim());
  return found ? [found[1]!, found[2]!] : [text.trim(), ''];
}

function end(book: Book, rest: string, apply: Applied[]): void {
  if (rest === 'aliases') {
    book.scope.aliases = [];
    book.scope.names = new Map();
    return;
  }
  const what = rest.replace(/^apply\b\s*/, '').split(/\s/)[0]!;
  if (what === 'comment' || what === 'test') return;
  const last = apply.at(-1);
  if (!last || (what !== '' && last.what !== what)) {
    // hledger has no stack for what it does not carry out.
    if (book.options.dialect === 'hledger' && what !== 'account') return;
    refuse(book, 'this ends what has not begun');
  }
  last.undo();
  apply.pop();
}

/** A line below a directive: formats of commodities and other names of accounts matter, the rest does not. @throws Refused */
export function below(book: Book, owner: Below, line: string): void {
  // Below accounts ledger knows no comments.
  const text = owner.what === 'account' ? line.trim() : uncomment(line);
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/u.exec(text) ?? [];
  if (owner.what === 'commodity') {
    if (word === 'format') {
      const found = style(book, rest, true);
      if (found !== owner.commodity) refuse(book, `this format is not one of “${owner.commodity.name}”`);
    } else if (word === 'alias' && rest !== '') book.symbols.set(freed(rest.replaceAll('"', '')), owner.commodity);
  } else if (owner.what === 'account' && book.options.dialect === 'ledger') {
    if (word === 'alias' && rest !== '') addAlias(book, renamed(freed(rest), owner.name));
    else if (word === 'default') book.bucket = owner.name;
    else if (word === 'payee' && rest !== '') book.unknown.push({ payee: patternOf(book, rest), account: owner.name });
  }
}
