import { dec, type Dec, plus, zero } from './exact.ts';
import { brokenFile, type NamedAccount, type Taker } from './transaction.ts';

/** What is known while a beancount book is read in the order of days. */

/** A balance: safe integers as long as they do. */
export interface Tally {
  units: number;
  scale: number;
  big: Dec | null;
}

/** Units held at a cost. The cost of one unit is over / under. */
export interface Lot {
  units: Dec;
  readonly over: Dec;
  readonly under: Dec;
  readonly currency: string;
  readonly day: number;
  readonly label: string;
}

export interface BeanAccount {
  readonly name: string;
  opened: boolean;
  closed: boolean;
  currencies: readonly string[];
  /** How sales find their lots; '' as the options say. */
  booking: string;
  readonly sums: Map<string, Tally>;
  readonly lots: Map<string, Lot[]>;
  pad: Pad | null;
}

export interface Pad {
  readonly day: number;
  readonly source: BeanAccount;
  readonly file: string;
  readonly line: number;
  readonly used: Set<string>;
}

export interface BeanOptions {
  roots: Map<string, NamedAccount['kind']>;
  booking: string;
  /** Share of the last digit that an amount may be off. */
  multiplier: Dec;
  fromCost: boolean;
  /** Accounts need not be opened before they are met. */
  opens: boolean;
  readonly tolerances: Map<string, Dec>;
}

export interface BeanBook {
  readonly taker: Taker;
  readonly options: BeanOptions;
  readonly accounts: Map<string, BeanAccount>;
  readonly currencies: Map<string, string>;
  readonly commodities: Set<string>;
  readonly skipped: Map<string, { count: number; file: string; line: number }>;
  file: string;
  line: number;
}

/** Refuses at the line being read, or at `line`. */
export function refuseBean(book: BeanBook, problem: string, line = book.line): never {
  throw brokenFile(book.file, line, problem);
}

/** Notes something that is not carried over: one warning of a kind, with a count, at the end. */
export function skipped(book: BeanBook, kind: string): void {
  const found = book.skipped.get(kind);
  if (found) found.count += 1;
  else book.skipped.set(kind, { count: 1, file: book.file, line: book.line });
}

/** Adds to a balance. */
export function tally(account: BeanAccount, currency: string, units: number, scale: number): void {
  let found = account.sums.get(currency);
  if (!found) {
    found = { units: 0, scale: 0, big: null };
    account.sums.set(currency, found);
  }
  if (found.big === null) {
    const most = Math.max(scale, found.scale);
    const sum = found.units * 10 ** (most - found.scale) + units * 10 ** (most - scale);
    if (Number.isSafeInteger(sum) && most < 15) {
      found.units = sum;
      found.scale = most;
      return;
    }
    found.big = dec(found.units, found.scale);
  }
  found.big = plus(found.big, dec(units, scale));
}

/** The balance of a currency in an account and all below it. */
export function held(book: BeanBook, account: BeanAccount, currency: string): Dec {
  let sum = zero;
  const start = `${account.name}:`;
  for (const one of book.accounts.values()) {
    if (one !== account && !one.name.startsWith(start)) continue;
    const found = one.sums.get(currency);
    if (found) sum = plus(sum, found.big ?? dec(found.units, found.scale));
  }
  return sum;
}

/** The account of a name, open or not. */
export function beanAccount(book: BeanBook, name: string): BeanAccount {
  let account = book.accounts.get(name);
  if (!account) {
    const own = Buffer.from(name, 'utf8').toString('utf8');
    account = { name: own, opened: false, closed: false, currencies: [], booking: '', sums: new Map(), lots: new Map(), pad: null };
    book.accounts.set(own, account);
  }
  return account;
}

/** The account of a name that must be open on the day being read, or `closed` again. @throws Refused */
export function openAccount(book: BeanBook, name: string, line = book.line, closed = false): BeanAccount {
  const found = book.accounts.get(name);
  if (found && found.opened && (closed || !found.closed)) return found;
  if (found?.closed) refuseBean(book, `the account “${name}” is closed on that day`, line);
  if (!book.options.opens) refuseBean(book, `the account “${name}” is not opened by that day`, line);
  const account = beanAccount(book, name);
  account.opened = true;
  book.taker.account?.({ name: account.name, kind: book.options.roots.get(name.slice(0, name.indexOf(':'))) ?? '', line });
  return account;
}

/** A currency's name that does not hold the text it was cut from. */
export function currencyOf(book: BeanBook, name: string): string {
  const known = book.currencies.get(name);
  if (known !== undefined) return known;
  const own = Buffer.from(name, 'utf8').toString('utf8');
  book.currencies.set(own, own);
  return own;
}
