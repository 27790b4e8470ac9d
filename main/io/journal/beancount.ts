import { basename } from 'node:path';
import { accountAt, currencyAt, numberAt, peek, string, take, type Words } from './beanTokens.ts';
import { type BeanAccount, beanAccount, type BeanBook, currencyOf, held, openAccount, refuseBean, skipped, tally } from './beanBook.ts';
import { complete, decimals } from './beanBooking.ts';
import { near, root, safe, transactionOf } from './beanEntry.ts';
import { type BeanFile, type Context, newIndex, type Place, textReader } from './beanIndex.ts';
import { newOptions, option } from './beanOptions.ts';
import { dayText } from './days.ts';
import { abs, dec, type Dec, negated, plus, quantity, rounded, times } from './exact.ts';
import { included, within } from './include.ts';
import type { Posting, Quantity, Taker } from './transaction.ts';

/**
 * Reads a book of beancount (2.3) and all that it includes, and hands out its entries in the order of their days, as beancount does. Its
 * checks are made: accounts are open, transactions balance within beancount's tolerance, balances hold; pad makes its transactions. Lots
 * are followed as far as the worth of a sale needs them. Notes, documents, events and the like are counted in a warning.
 * @throws Refused with file and line where beancount reports an error, and where an amount could not be carried over exactly
 */
export function readBeancount(path: string, taker: Taker): void {
  const book: BeanBook = { taker, options: newOptions(), accounts: new Map(), currencies: new Map(), commodities: new Set(), skipped: new Map(), file: path, line: 1 };
  const files: BeanFile[] = [];
  const contexts: Context[] = [{ tags: [] }];
  const index = newIndex();
  const open: string[] = [];
  const seen = new Set<string>();
  let total = 0;

  const read = (name: string): void => {
    if (seen.has(name)) refuseBean(book, `“${basename(name)}” is included twice`);
    seen.add(name);
    within(open, name, { file: book.file, line: book.line }, (problem) => refuseBean(book, problem), (file, size) => {
      taker.file?.(name);
      const number = files.length;
      files.push({ path: name, open: file, size });
      total += size;
      const includes: { readonly name: string; readonly line: number }[] = [];
      book.file = name;
      let tags: Context['tags'] = [];
      const context = (): number => contexts.push({ tags }) - 1;
      const directive = (text: string, line: number): number => {
        book.line = line;
        const words: Words = { text, at: /^[a-z]+/.exec(text)![0].length, line };
        const word = text.slice(0, words.at);
        if (word === 'include') includes.push({ name: string(book, words) ?? refuseBean(book, 'the name of the file is missing'), line });
        else if (word === 'option') option(book, string(book, words) ?? '', string(book, words) ?? refuseBean(book, 'an option has a name and a value'));
        else if (word === 'plugin') plugin(book, string(book, words) ?? '');
        else if (word === 'pushtag') tags = [...tags, [take(words, /#\S+/y)?.slice(1) ?? refuseBean(book, 'the tag is missing'), '']];
        else if (word === 'poptag') {
          const gone = take(words, /#\S+/y)?.slice(1);
          if (!tags.some(([tag]) => tag === gone)) refuseBean(book, 'this ends a tag that was not begun');
          tags = tags.filter(([tag]) => tag !== gone);
        } else skipped(book, 'pushmeta and popmeta');
        return word.endsWith('tag') ? context() : contexts.length - 1;
      };
      index.add({ path: name, open: file, size }, number, context(), directive, (bytes) => taker.progress?.(Math.floor(bytes / 2), total));
      for (const one of includes) {
        for (const next of included(name, one.name, (problem) => refuseBean(book, problem, one.line))) {
          book.file = name;
          book.line = one.line;
          read(next);
        }
      }
    });
  };
  read(path);
  second(book, files, contexts, index.each, total);
}

function second(book: BeanBook, files: BeanFile[], contexts: readonly Context[], each: (take: (place: Place) => void) => void, total: number): void {
  const reader = textReader(files);
  let done = 0;
  const one = (place: Place): void => {
    book.file = files[place.file]!.path;
    book.line = place.line;
    entry(book, reader.text(place), place, contexts[place.context]!);
    done += place.to - place.from;
    if (done >> 20 !== (done - (place.to - place.from)) >> 20) book.taker.progress?.(Math.floor((total + done) / 2), total);
  };
  try {
    each(one);
  } finally {
    reader.close();
  }
  for (const account of book.accounts.values()) {
    if (account.pad) unused(book, account);
  }
  for (const [kind, { count, file, line }] of book.skipped) book.taker.warning({ file, line, message: `${count} × skipped: ${kind}` });
}

/** Of the plugins only those that open accounts change what can be read; the others are not run. */
function plugin(book: BeanBook, name: string): void {
  const opens = /^beancount\.plugins\.auto(?:_accounts)?$/.test(name);
  if (opens) book.options.opens = true;
  const message = opens ? `as the plugin ${name} would, accounts are opened where they are met first; nothing else of it is run` : `the plugin ${name} is not run; what it would change is not carried over`;
  book.taker.warning({ file: book.file, line: book.line, message });
}

const word = /[a-z]+(?=\s)/y;

function entry(book: BeanBook, text: string, place: Place, context: Context): void {
  let at = 0;
  for (let c = text.charCodeAt(0); (c >= 45 && c <= 57) || c === 47; c = text.charCodeAt((at += 1)));
  const c = text.charCodeAt(at + 1);
  if (c === 42 || c === 33) return transaction(book, text, at, place, context);
  const words: Words = { text, at, line: place.line };
  const kind = take(words, word) ?? '';
  switch (kind) {
    case 'open':
      return opened(book, words, place);
    case 'close': {
      const account = openAccount(book, nameOf(book, words));
      account.closed = true;
      return;
    }
    case 'balance':
      return balance(book, words);
    case 'pad': {
      const account = openAccount(book, nameOf(book, words));
      const source = openAccount(book, nameOf(book, words));
      if (account.pad) unused(book, account);
      account.pad = { day: place.day, source, file: book.file, line: place.line, used: new Set() };
      return;
    }
    case 'commodity': {
      const currency = currencyAt(words) ?? refuseBean(book, 'the commodity is missing');
      if (book.commodities.has(currency)) refuseBean(book, `the commodity ${currency} is declared twice`);
      book.commodities.add(currencyOf(book, currency));
      return;
    }
    case 'price':
      return price(book, words, place);
    case 'note':
    case 'document':
    case 'event':
    case 'query':
    case 'custom':
      return skipped(book, `${kind} entries`);
    default:
      return transaction(book, text, at, place, context);
  }
}

function transaction(book: BeanBook, text: string, at: number, place: Place, context: Context): void {
  const found = transactionOf(book, text, at, place.line);
  complete(book, found, place.day, place.line);
  const postings: Posting[] = [];
  for (const { account, units, scale, currency, worth, text: note, line, made } of found.postings) {
    tally(account, currency, units ?? 0, scale);
    const cost = worth === null ? null : worthOf(book, worth, line);
    postings.push({ account: account.name, amount: { units: units ?? 0, scale, commodity: currency }, cost, balanced: true, made, text: note, line });
  }
  const tags = context.tags.length > 0 ? [...context.tags, ...found.tags] : found.tags;
  book.taker.transaction({ day: dayText(place.day), status: found.status, code: '', payee: found.payee, narration: found.narration, tags, text: '', postings, file: book.file, line: place.line });
}

/** Decimals of a worth with more digits than can be kept, such as that of a lot bought for a whole sum and sold in parts. */
const fine = 8;

function worthOf(book: BeanBook, { value, currency }: { readonly value: Dec; readonly currency: string }, line: number): Quantity {
  const found = quantity(value, currency);
  if (found) return found;
  const short = quantity(rounded(value, fine), currency);
  if (short === null) refuseBean(book, 'what this posting is worth has too many digits to be exact', line);
  return short;
}

function nameOf(book: BeanBook, words: Words): string {
  const name = accountAt(words) ?? refuseBean(book, 'the name of an account is missing');
  root(book, name);
  return name;
}

const methods = new Set(['STRICT', 'FIFO', 'LIFO', 'HIFO', 'NONE', 'AVERAGE', 'STRICT_WITH_SIZE']);

function opened(book: BeanBook, words: Words, place: Place): void {
  const name = nameOf(book, words);
  const account = beanAccount(book, name);
  if (account.opened) refuseBean(book, `the account “${name}” is opened twice`);
  account.opened = true;
  const currencies: string[] = [];
  for (let found = currencyAt(words); found !== null; found = currencyAt(words)) {
    currencies.push(currencyOf(book, found));
    if (peek(words) === ',') words.at += 1;
  }
  account.currencies = currencies;
  account.booking = peek(words) === '"' ? (string(book, words) ?? '') : '';
  if (account.booking !== '' && !methods.has(account.booking)) refuseBean(book, `“${account.booking}” is not a way to find lots`);
  book.taker.account?.({ name: account.name, kind: book.options.roots.get(name.slice(0, name.indexOf(':'))) ?? '', line: place.line });
}

function price(book: BeanBook, words: Words, place: Place): void {
  const commodity = currencyAt(words);
  const number = numberAt(book, words);
  const currency = currencyAt(words);
  if (commodity === null || number === null || currency === null) refuseBean(book, 'this price can not be read');
  const { units, scale } = near(book, number, place.line);
  book.taker.price?.({ day: dayText(place.day), commodity: currencyOf(book, commodity), price: { units, scale, commodity: currencyOf(book, currency) } });
}

function balance(book: BeanBook, words: Words): void {
  const account = openAccount(book, nameOf(book, words), book.line, true);
  const wanted = numberAt(book, words);
  let tolerance: Dec | null = null;
  if (peek(words) === '~') {
    words.at += 1;
    tolerance = numberAt(book, words);
  }
  const name = currencyAt(words);
  if (wanted === null || name === null) refuseBean(book, 'this balance can not be read');
  const currency = currencyOf(book, name);
  if (account.currencies.length > 0 && !account.currencies.includes(currency)) refuseBean(book, `“${account.name}” is not opened for ${currency}`);
  const allowed = tolerance ?? (wanted.s > 0 ? times(times(dec(1, wanted.s), book.options.multiplier), dec(2, 0)) : dec(0, 0));
  const off = plus(wanted, negated(held(book, account, currency)));
  const within_ = plus({ n: abs(off.n), s: off.s }, negated(allowed)).n <= 0n;
  const { pad } = account;
  if (pad && !pad.used.has(currency)) {
    pad.used.add(currency);
    if (!within_) padded(book, account, off, currency);
    return;
  }
  if (within_) return;
  // A pad that still waits for its balance may give the other half to this account, dated before this line.
  const waiting = [...book.accounts.values()].some(({ pad: one }) => one && one.used.size === 0 && (one.source === account || one.source.name.startsWith(`${account.name}:`)));
  if (!waiting) return refuseBean(book, `“${account.name}” should hold another ${decimals(off)} ${currency}`);
  book.taker.warning({ file: book.file, line: book.line, message: `this balance of “${account.name}” can not be checked: a pad before it has not been filled yet` });
}

function padded(book: BeanBook, account: BeanAccount, off: Dec, currency: string): void {
  const { day, source, file, line } = account.pad!;
  const { units, scale } = safe(book, off, book.line);
  tally(account, currency, units, scale);
  tally(source, currency, 0 - units, scale);
  const half = (of: BeanAccount, amount: number): Posting => ({ account: of.name, amount: { units: amount, scale, commodity: currency }, cost: null, balanced: true, made: true, text: '', line });
  const narration = `Padding for the balance of ${account.name}`;
  book.taker.transaction({ day: dayText(day), status: '', code: '', payee: '', narration, tags: [], text: '', postings: [half(account, units), half(source, 0 - units)], file, line });
}

/** A pad that no balance follows does nothing, which beancount takes for a mistake. */
function unused(book: BeanBook, { pad }: BeanAccount): void {
  if (!pad || pad.used.size > 0) return;
  book.file = pad.file;
  refuseBean(book, 'no balance follows this pad', pad.line);
}
