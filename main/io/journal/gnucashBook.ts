import { w } from '#contract/kit/words.ts';
import { dayNumber, dayText } from './days.ts';
import { fraction, nearly } from './fractions.ts';
import { refusedAt } from './refusal.ts';
import type { NamedAccount, Posting, Quantity, Taker } from './transaction.ts';

/** What a book of GnuCash means, whichever file it is kept in: a tree of accounts, each in one commodity, and transactions of splits. */

const words = {
  account: w('a split names an account that is not in the book', 'eine Teilbuchung nennt ein Konto, das es im Buch nicht gibt'),
  circle: w('the account “{name}” is below itself', 'das Konto „{name}“ steht unter sich selbst'),
  parent: w('the account “{name}” is below one that is not in the book', 'das Konto „{name}“ steht unter einem, das es im Buch nicht gibt'),
  amount: w('“{text}” is not an amount that can be carried exactly', '„{text}“ ist kein Betrag, der genau übernommen werden kann'),
  day: w('“{text}” is not a date', '„{text}“ ist kein Datum'),
  unbalanced: w('the transaction “{name}” does not balance: its splits differ by {rest}', 'die Buchung „{name}“ geht nicht auf: Ihre Teile unterscheiden sich um {rest}'),
};

export interface RawAccount {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly space: string;
  readonly commodity: string;
  readonly parent: string;
  readonly code: string;
  readonly line: number;
}

export interface RawSplit {
  readonly account: string;
  readonly value: string;
  readonly quantity: string;
  readonly memo: string;
  readonly state: string;
  readonly line: number;
}

export interface RawTransaction {
  readonly day: string;
  readonly number: string;
  readonly description: string;
  readonly notes: string;
  readonly space: string;
  readonly currency: string;
  readonly splits: readonly RawSplit[];
  readonly line: number;
}

export interface RawPrice {
  readonly day: string;
  readonly space: string;
  readonly commodity: string;
  readonly currencySpace: string;
  readonly currency: string;
  readonly value: string;
  readonly line: number;
}

export interface Book {
  account(found: RawAccount): void;
  transaction(found: RawTransaction): void;
  price(found: RawPrice): void;
  /** All accounts were told. @throws Refused for a tree that is none */
  accountsDone(): void;
}

const kinds: Readonly<Record<string, NamedAccount['kind']>> = {
  BANK: 'cash', CASH: 'cash', CHECKING: 'cash', SAVINGS: 'cash', MONEYMRKT: 'cash',
  ASSET: 'asset', STOCK: 'asset', MUTUAL: 'asset', RECEIVABLE: 'asset', CURRENCY: 'asset',
  CREDIT: 'liability', LIABILITY: 'liability', PAYABLE: 'liability', CREDITLINE: 'liability',
  INCOME: 'income', EXPENSE: 'expense', EQUITY: 'equity', TRADING: 'conversion',
};

/** GnuCash writes days as instants; the day is the one that is written. */
export function dayOf(text: string, file: string, line: number): string {
  const found = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(text.trim());
  const day = found ? dayNumber(Number(found[1]), Number(found[2]), Number(found[3])) : 0;
  if (day === 0) throw refusedAt(file, line, words.day, { text });
  return dayText(day);
}

const isCurrency = (space: string): boolean => space === 'CURRENCY' || space === 'ISO4217';

/** Receives what a file of GnuCash holds and hands it out as what it means. */
export function openBook(file: string, taker: Taker): Book {
  const accounts = new Map<string, RawAccount>();
  const paths = new Map<string, string>();
  const taken = new Map<string, string>();
  const commodities = new Map<string, string>();
  const spaces = new Map<string, string>();
  let done = false;

  /** The name of a commodity: its sign alone, unless two spaces have the same. */
  const nameOf = (space: string, id: string): string => {
    const key = `${space}\0${id}`;
    let name = commodities.get(key);
    if (name === undefined) {
      const currency = isCurrency(space);
      // A share that is named as a currency is (USD, EUR) would be taken for it.
      name = currency || (!/^[A-Z]{3}$/.test(id) && !spaces.has(id.slice(0, 24))) ? id.slice(0, 24) : `${space}:${id}`.slice(0, 24);
      if (!currency) for (let n = 2; spaces.has(name) && spaces.get(name) !== key; n += 1) name = `${id.slice(0, 20)}#${n}`;
      spaces.set(name, key);
      commodities.set(key, name);
    }
    return name;
  };

  function pathOf(id: string, below: Set<string>): string {
    const known = paths.get(id);
    if (known !== undefined) return known;
    const account = accounts.get(id)!;
    if (account.type === 'ROOT') return '';
    if (below.has(id)) throw refusedAt(file, account.line, words.circle, { name: account.name });
    if (account.parent !== '' && !accounts.has(account.parent)) throw refusedAt(file, account.line, words.parent, { name: account.name });
    const above = account.parent === '' ? '' : pathOf(account.parent, below.add(id));
    const name = account.name.replace(/\s*:\s*/g, ' - ').trim() || '?';
    let path = above === '' ? name : `${above}:${name}`;
    for (let n = 2; taken.has(path); n += 1) path = `${above === '' ? '' : `${above}:`}${name} (${n})`;
    taken.set(path, id);
    paths.set(id, path);
    return path;
  }

  function amount(text: string, commodity: string, line: number): Quantity {
    const found = fraction(text, commodity);
    if (!found) throw refusedAt(file, line, words.amount, { text });
    return found;
  }

  /** Of a transaction without a currency, as GnuCash 1.5 wrote them, the quantity of a split says what it is. */
  function posting(split: RawSplit, currency: string): Posting {
    const account = accounts.get(split.account);
    if (!account) throw refusedAt(file, split.line, words.account);
    const own = nameOf(account.space, account.commodity);
    if (currency === '') return { account: pathOf(split.account, new Set()), amount: amount(split.quantity, own, split.line), cost: null, balanced: true, made: false, text: split.memo, line: split.line };
    const value = amount(split.value, currency, split.line);
    let [carried, cost]: [Quantity, Quantity | null] = [value, null];
    if (own !== currency && account.commodity !== '') {
      const quantity = amount(split.quantity, own, split.line);
      // A gain that is booked on shares has a value and no quantity: it stays an amount of money.
      if (quantity.units !== 0) [carried, cost] = [quantity, value];
      if (quantity.units * value.units < 0) taker.warning({ file, line: split.line, message: `the quantity ${split.quantity} and the value ${split.value} of a split on “${account.name}” have different signs` });
    } else if (split.quantity !== split.value && split.quantity !== '' && !sameAs(amount(split.quantity, currency, split.line), value)) {
      taker.warning({ file, line: split.line, message: `the split on “${account.name}” has the value ${split.value} and the quantity ${split.quantity} of the same currency; the value is carried` });
    }
    return { account: pathOf(split.account, new Set()), amount: carried, cost, balanced: true, made: false, text: split.memo, line: split.line };
  }

  return {
    account: (found) => {
      accounts.set(found.id, found);
      if (done) tell(found);
    },
    accountsDone: () => {
      if (done) return;
      done = true;
      for (const account of accounts.values()) tell(account);
    },
    transaction: (found) => {
      const currency = nameOf(found.space, found.currency);
      if (found.splits.length === 0) return;
      const moneyed = isCurrency(found.space);
      const postings = found.splits.map((split) => posting(split, moneyed ? currency : ''));
      if (moneyed) {
        const other = balance(found, postings);
        if (other) postings.push(other);
      } else taker.warning({ file, line: found.line, message: `the transaction “${found.description || found.number}” is kept in ${currency}, which is no currency; its splits are carried with their quantities` });
      const cleared = found.splits.every(({ state }) => state === 'c' || state === 'y');
      taker.transaction({ day: dayOf(found.day, file, found.line), status: cleared ? '*' : '', code: found.number, payee: '', narration: found.description, tags: [], text: found.notes, postings, file, line: found.line });
    },
    price: (found) => {
      const price = nearly(found.value, nameOf(found.currencySpace, found.currency));
      if (price && found.space !== 'template') taker.price?.({ day: dayOf(found.day, file, found.line), commodity: nameOf(found.space, found.commodity), price });
    },
  };

  function tell(account: RawAccount): void {
    if (account.type === 'ROOT' || account.space === 'template') return;
    taker.account?.({ name: pathOf(account.id, new Set()), kind: kinds[account.type] ?? '', line: account.line, ...(account.code === '' ? {} : { number: account.code }) });
  }

  /** What is missing for a transaction of one split, if it is. @throws Refused when several do not balance */
  function balance(found: RawTransaction, postings: readonly Posting[]): Posting | null {
    let [sum, scale, exact] = [0, 0, true];
    for (const { amount: carried, cost } of postings) {
      const value = cost ?? carried;
      if (value.scale > scale) [sum, scale] = [sum * 10 ** (value.scale - scale), value.scale];
      const units = value.units * 10 ** (scale - value.scale);
      sum += units;
      exact &&= Number.isSafeInteger(sum) && Number.isSafeInteger(units);
    }
    if (exact && sum === 0) return null;
    const most = Math.max(...postings.map((one) => (one.cost ?? one.amount).scale));
    const rest = postings.reduce((before, { amount: carried, cost }) => before + BigInt((cost ?? carried).units) * 10n ** BigInt(most - (cost ?? carried).scale), 0n);
    const [only] = postings;
    if (rest !== 0n && only && postings.length === 1) {
      // A book may hold a split without another; GnuCash itself puts the other half there when it repairs it.
      const name = `Imbalance-${found.currency}`;
      taker.warning({ file, line: found.line, message: `the transaction “${found.description || found.number}” has one split alone; what stands against it is put on “${name}”, as Check & Repair of GnuCash does` });
      const value = only.cost ?? only.amount;
      return { ...only, account: name, amount: { ...value, units: 0 - value.units }, cost: null, made: true, text: '' };
    }
    if (rest !== 0n) throw refusedAt(file, found.line, words.unbalanced, { name: found.description || found.number, rest: `${rest}/${10n ** BigInt(most)} ${found.currency}` });
    return null;
  }
}

const sameAs = (a: Quantity, b: Quantity): boolean => BigInt(a.units) * 10n ** BigInt(b.scale) === BigInt(b.units) * 10n ** BigInt(a.scale);
