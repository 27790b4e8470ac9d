import { brokenFile, type Posting, type Taker, type Transaction } from './transaction.ts';

/** What a reader of journals knows while it reads: commodities, accounts with their balances, and the scope of directives. */

export type Dialect = 'hledger' | 'ledger';

export interface Commodity {
  readonly name: string;
  /** The most decimals of any amount so far: what ledger shows and balances with. */
  decimals: number;
  /** Decimals that a directive sets; -1 without one. */
  declared: number;
  /** The decimal mark that is known for it. */
  mark: '' | '.' | ',';
  /** Whether a commodity directive names it. */
  named: boolean;
}

/** Units × 10^-scale of a commodity: safe integers. */
export interface Amount {
  readonly units: number;
  readonly scale: number;
  readonly commodity: Commodity;
}

export interface Price extends Amount {
  /** For the whole posting (@@, {{…}}), not for one unit. */
  readonly total: boolean;
}

export interface Assertion {
  /** null: ledger's "= 0" without a commodity, which speaks of all. */
  readonly amount: Amount;
  /** == : no other commodity is in the account. */
  readonly sole: boolean;
  /** =* : accounts below it count too. */
  readonly inclusive: boolean;
}

/** 0 real, 1 virtual "(…)", 2 balanced virtual "[…]". */
export type Kind = 0 | 1 | 2;

/** A posting while its transaction is being read. Drafts are used again for the next transaction. */
export interface Draft {
  account: Account;
  /** Whether units, scale and commodity are known. */
  known: boolean;
  units: number;
  scale: number;
  commodity: Commodity;
  price: Price | null;
  lot: Price | null;
  /** Worth in the commodity of the price; set when balanced. */
  worth: Amount | null;
  kind: Kind;
  assertion: Assertion | null;
  text: string;
  line: number;
  /** Its own day; 0: that of the transaction. */
  day: number;
  made: boolean;
  /** Its amount follows from what its account should hold. */
  assigned: boolean;
}

/** Balance of one commodity in one account. With days it also knows what it was at the end of each. */
export interface Running {
  readonly commodity: Commodity;
  units: number;
  scale: number;
  /** It left the safe integers: nothing can be asserted of it. */
  lost: boolean;
  readonly days: number[];
  readonly sums: number[];
}

export interface Account {
  readonly name: string;
  /** Balances of real postings (hledger: of all). */
  readonly real: Map<Commodity, Running>;
  /** Balances of ledger's virtual postings. */
  readonly virtual: Map<Commodity, Running>;
  /** The balance touched last, which is nearly always the next one too. */
  last: Running | null;
  declared: boolean;
}

/** What directives of a file set for the lines after them. */
export interface Scope {
  /** Of dates without one. */
  year: number;
  /** apply account. */
  prefix: readonly string[];
  aliases: readonly ((name: string) => string)[];
  /** hledger's D: the commodity of bare amounts. */
  bare: Commodity | null;
  /** hledger's decimal-mark. */
  mark: '' | '.' | ',';
  /** ledger's apply tag. */
  tags: readonly (readonly [string, string])[];
  /** Names as written to accounts; emptied when prefix or aliases change. */
  names: Map<string, Account>;
}

export interface Header {
  day: number;
  status: '' | '!' | '*';
  code: string;
  payee: string;
  narration: string;
  tags: (readonly [string, string])[];
  text: string;
  line: number;
}

export interface Options {
  readonly dialect: Dialect;
  readonly strict: boolean;
  /** Of the day on which the file is read. */
  readonly year: number;
}

/** Everything of one reading. */
export interface Book {
  readonly options: Options;
  readonly taker: Taker;
  readonly commodities: Map<string, Commodity>;
  /** Other names of commodities. */
  readonly symbols: Map<string, Commodity>;
  readonly accounts: Map<string, Account>;
  readonly payees: Set<string>;
  /** File being read, and the line of it. */
  file: string;
  line: number;
  scope: Scope;
  /** The commodity of amounts without one. */
  readonly none: Commodity;
  /** The commodity found last. */
  latest: Commodity | null;
  /** ledger's account for what a single posting leaves open. */
  bucket: string;
  /** ledger: accounts that stand for “Unknown” in what these payees are in. */
  readonly unknown: { readonly payee: RegExp; readonly account: string }[];
  readonly told: Map<string, number>;
}

/** Refuses at the line being read, or at `line`. */
export function refuse(book: Book, problem: string, line = book.line): never {
  throw brokenFile(book.file, line, problem);
}

const toldOfOneKind = 20;

/** Tells the user of something not carried over; of one `kind`, the first twenty places and at the end how many there were. */
export function tell(book: Book, kind: string, message: string, line = book.line): void {
  const count = (book.told.get(kind) ?? 0) + 1;
  book.told.set(kind, count);
  if (count <= toldOfOneKind) book.taker.warning({ file: book.file, line, message });
}

/** The warnings that `tell` held back, as one for each kind. */
export function tellRest(book: Book): void {
  for (const [kind, count] of book.told) {
    if (count > toldOfOneKind) book.taker.warning({ file: book.file, line: book.line, message: `${count - toldOfOneKind} more of this kind: ${kind}` });
  }
}

/** A copy that does not hold the piece of the file it was cut from. */
export const freed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

const newCommodity = (name: string): Commodity => ({ name, decimals: 0, declared: -1, mark: '', named: false });

/** The commodity of a name, or of another name that a directive gives it. */
export function commodityOf(book: Book, name: string): Commodity {
  const found = book.commodities.get(name) ?? book.symbols.get(name);
  if (found) return found;
  const made = newCommodity(freed(name));
  book.commodities.set(made.name, made);
  return made;
}

/** The account of a full name. */
export function accountOf(book: Book, name: string): Account {
  let account = book.accounts.get(name);
  if (!account) {
    account = { name: freed(name), real: new Map(), virtual: new Map(), last: null, declared: false };
    book.accounts.set(account.name, account);
  }
  return account;
}

/** The account of a name as it stands in the file: prefixes and aliases are applied. */
export function accountAs(book: Book, written: string): Account {
  const known = book.scope.names.get(written);
  if (known) return known;
  const { prefix, aliases } = book.scope;
  let name = written.trim();
  if (book.options.dialect === 'hledger') {
    name = [...prefix, name].join(':');
    for (const alias of aliases) name = alias(name);
  } else {
    // An alias of ledger names a whole account, above all prefixes.
    const given = name;
    for (const alias of aliases) if (name === given) name = alias(name);
    if (name === given) name = [...prefix, name].join(':');
  }
  if (name === '' || name.split(':').some((level) => level === '')) {
    if (name.replaceAll(':', '') === '' || book.options.dialect === 'hledger') refuse(book, `“${written}” is not the name of an account`);
  }
  const account = accountOf(book, name);
  book.scope.names.set(freed(written), account);
  return account;
}

export const emptyScope = (year: number): Scope => ({ year, prefix: [], aliases: [], bare: null, mark: '', tags: [], names: new Map() });

export function newBook(options: Options, taker: Taker, file: string): Book {
  const none = newCommodity('');
  const maps = { commodities: new Map([['', none]]), symbols: new Map(), accounts: new Map(), payees: new Set<string>(), unknown: [], told: new Map() };
  return { ...maps, options, taker, none, latest: null, file, line: 0, scope: emptyScope(options.year), bucket: '' };
}

/** A draft as the taker gets it. */
export function posted(draft: Draft): Posting {
  return {
    account: draft.account.name,
    amount: { units: draft.units, scale: draft.scale, commodity: draft.commodity.name },
    cost: draft.worth === null ? null : { units: draft.worth.units, scale: draft.worth.scale, commodity: draft.worth.commodity.name },
    balanced: draft.kind !== 1,
    made: draft.made,
    text: draft.text,
    line: draft.line,
  };
}

export type { Transaction };
