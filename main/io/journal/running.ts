import { dec, looksZero, plus, type Dec } from './exact.ts';
import { type Account, type Amount, type Assertion, type Book, type Commodity, type Draft, refuse, type Running } from './book.ts';
import { brokenFile } from './transaction.ts';

/**
 * Balances of accounts while reading, for balance assertions and assignments. ledger counts in the order of the file; hledger in the order
 * of days, so that a later line with an earlier day changes an assertion that was already met: those are kept until the end.
 */

export interface Pending {
  readonly account: Account;
  readonly assertion: Assertion;
  readonly day: number;
  readonly file: string;
  readonly line: number;
  /** What is in the account, of the asserted commodity. */
  found: Dec;
  readonly assigned: boolean;
}

export interface Assertions {
  readonly of: Map<Account, Pending[]>;
  /** Those that speak of the accounts below too. */
  readonly inclusive: Pending[];
  /** The latest day of any. */
  latest: number;
}

export const noAssertions = (): Assertions => ({ of: new Map(), inclusive: [], latest: 0 });

const made = (commodity: Commodity): Running => ({ commodity, units: 0, scale: 0, lost: false, days: [], sums: [] });

/** Adds a posting to its account. `day` is 0 where only the order of the file counts. */
export function count(book: Book, draft: Draft, day: number, assertions: Assertions): void {
  const { account, commodity } = draft;
  const virtual = draft.kind !== 0 && book.options.dialect === 'ledger';
  let running = virtual ? null : account.last;
  if (running === null || running.commodity !== commodity) {
    const kinds = virtual ? account.virtual : account.real;
    running = kinds.get(commodity) ?? null;
    if (running === null) {
      running = made(commodity);
      kinds.set(commodity, running);
    }
    if (!virtual) account.last = running;
  }
  add(running, draft.units, draft.scale, day);
  if (day !== 0 && day < assertions.latest) late(book, draft, day, assertions);
}

function add(running: Running, amount: number, scaleOf: number, day: number): void {
  if (running.lost) return;
  let [units, scale] = [amount, scaleOf];
  while (scale > running.scale && units % 10 === 0) {
    units /= 10;
    scale -= 1;
  }
  if (scale > running.scale) rescale(running, scale);
  else if (scale < running.scale) units *= 10 ** (running.scale - scale);
  const sum = running.units + units;
  if (!Number.isSafeInteger(units) || !Number.isSafeInteger(sum)) {
    running.lost = true;
    return;
  }
  running.units = sum;
  if (day === 0) return;
  const { days, sums } = running;
  const last = days.length - 1;
  const newest = last < 0 ? 0 : days[last]!;
  if (day === newest) sums[last] = sum;
  else if (day > newest) {
    days.push(day);
    sums.push(sum);
  } else insert(running, units, day);
}

function rescale(running: Running, scale: number): void {
  const factor = 10 ** (scale - running.scale);
  running.units *= factor;
  for (let at = 0; at < running.sums.length; at += 1) {
    running.sums[at]! *= factor;
    if (!Number.isSafeInteger(running.sums[at])) running.lost = true;
  }
  running.scale = scale;
  if (!Number.isSafeInteger(running.units)) running.lost = true;
}

function insert(running: Running, units: number, day: number): void {
  const { days, sums } = running;
  let at = upTo(days, day);
  if (at === 0 || days[at - 1] !== day) {
    days.splice(at, 0, day);
    sums.splice(at, 0, at === 0 ? 0 : sums[at - 1]!);
    at += 1;
  }
  for (let next = at - 1; next < sums.length; next += 1) sums[next]! += units;
}

/** How many of the days are not after `day`. */
function upTo(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function balanceAt(running: Running | undefined, day: number): Dec | null {
  if (!running) return dec(0, 0);
  if (running.lost) return null;
  if (day === 0) return dec(running.units, running.scale);
  const at = upTo(running.days, day);
  return at === 0 ? dec(0, 0) : dec(running.sums[at - 1]!, running.scale);
}

/** The balance of one commodity in an account on `day` (0: now). `real` leaves out ledger's virtual postings. @throws Refused when it is too large */
export function balanceOf(book: Book, account: Account, commodity: Commodity, day: number, real: boolean, inclusive = false): Dec {
  let sum = dec(0, 0);
  for (const one of inclusive ? below(book, account) : [account]) {
    for (const kinds of real ? [one.real] : [one.real, one.virtual]) {
      const found = balanceAt(kinds.get(commodity), day);
      if (found === null) refuse(book, `the balance of “${account.name}” has too many digits to be checked exactly`);
      sum = plus(sum, found);
    }
  }
  return sum;
}

function below(book: Book, account: Account): Account[] {
  const start = `${account.name}:`;
  return [...book.accounts.values()].filter((one) => one === account || one.name.startsWith(start));
}

/** All commodities that an account ever had. */
export function commoditiesIn(book: Book, account: Account, inclusive: boolean): Commodity[] {
  return [...new Set((inclusive ? below(book, account) : [account]).flatMap((one) => [...one.real.keys(), ...one.virtual.keys()]))];
}

/** hledger: the balance of `account` on `day` must be what the assertion says, also after all lines to come. */
export function assertOn(book: Book, assertions: Assertions, account: Account, assertion: Assertion, day: number, line: number, assigned: boolean): void {
  const others = assertion.sole ? commoditiesIn(book, account, assertion.inclusive).filter((one) => one !== assertion.amount.commodity) : [];
  for (const commodity of [assertion.amount.commodity, ...others]) {
    const amount: Amount = commodity === assertion.amount.commodity ? assertion.amount : { units: 0, scale: 0, commodity };
    const found = balanceOf(book, account, commodity, day, false, assertion.inclusive);
    const pending = { account, assertion: { ...assertion, amount }, day, file: book.file, line, found, assigned };
    if (assertion.inclusive) assertions.inclusive.push(pending);
    else {
      const list = assertions.of.get(account);
      if (list) list.push(pending);
      else assertions.of.set(account, [pending]);
    }
  }
  if (day > assertions.latest) assertions.latest = day;
}

function late(book: Book, draft: Draft, day: number, assertions: Assertions): void {
  const above = assertions.inclusive.filter((one) => one.account === draft.account || draft.account.name.startsWith(`${one.account.name}:`));
  for (const one of [...(assertions.of.get(draft.account) ?? []), ...above]) {
    if (one.day <= day || one.assertion.amount.commodity !== draft.commodity) continue;
    if (one.assigned) refuse(book, `this posting is dated before the balance assignment in line ${one.line} that depends on it; sort the file by date first`, draft.line);
    one.found = plus(one.found, dec(draft.units, draft.scale));
  }
}

/** @throws Refused at the first assertion that does not hold, by day. */
export function checkAll(assertions: Assertions): void {
  let first: Pending | null = null;
  for (const one of [...assertions.of.values(), assertions.inclusive].flat()) {
    if (!holds(one.assertion.amount, one.found, null) && (first === null || one.day < first.day)) first = one;
  }
  if (first === null) return;
  throw brokenFile(first.file, first.line, assertionProblem(first.account, first.assertion.amount, first.found));
}

/** Whether `found` is the asserted amount; with `decimals` (ledger) as far as those show it. */
export const holds = (wanted: Amount, found: Dec, decimals: number | null): boolean => {
  const off = plus(found, dec(-wanted.units, wanted.scale));
  return decimals === null ? off.n === 0n : looksZero(off, decimals);
};

export function assertionProblem(account: Account, wanted: Amount, found: Dec): string {
  return `“${account.name}” should hold ${shown(dec(wanted.units, wanted.scale), wanted.commodity)} and holds ${shown(found, wanted.commodity)}`;
}

/** An amount in words for a message. */
export function shown(amount: Dec, commodity: Commodity): string {
  const digits = (amount.n < 0n ? -amount.n : amount.n).toString().padStart(amount.s + 1, '0');
  const number = amount.s === 0 ? digits : `${digits.slice(0, -amount.s)}.${digits.slice(-amount.s)}`;
  return `${amount.n < 0n ? '-' : ''}${number}${commodity.name === '' ? '' : ` ${commodity.name}`}`;
}
