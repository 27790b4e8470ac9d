import { w } from '#contract/kit/words.ts';
import { dayIn, dayParts, type Order, orders } from './dayOrder.ts';
import { dayText } from './days.ts';
import { type Decimal, type Mark, markOf, readDecimal } from './decimals.ts';
import { type Dec, dec, plus, quantity } from './exact.ts';
import { eachQif, type QifRecord } from './qifRecords.ts';
import { refusedAt } from './refusal.ts';
import type { NamedAccount, Posting, Quantity, Taker, Transaction } from './transaction.ts';

/** A QIF file as a whole: what has to be known of all of it before its first transaction can be handed out. */

const words = {
  day: w('“{text}” is not a date of this file', '„{text}“ ist kein Datum dieser Datei'),
  noDay: w('the date is missing', 'das Datum fehlt'),
  amount: w('“{text}” is not an amount', '„{text}“ ist kein Betrag'),
  large: w('the amounts are too large to be summed exactly', 'die Beträge sind zu groß, um genau summiert zu werden'),
};

/** What is known of the whole file before the first transaction is handed out. */
export interface QifFile {
  readonly path: string;
  readonly taker: Taker;
  /** Names of securities by their symbols. */
  readonly symbols: ReadonlyMap<string, string>;
  /** Accounts that have a list in this file. */
  readonly lists: ReadonlySet<string>;
  /** Full name of an account in the books. */
  account(name: string): string;
  /** Full name of a category in the books. */
  category(name: string): string;
  amount(text: string, line: number): Quantity;
  day(text: string, line: number): string;
  /** The account whose list a record stands in. */
  owner(record: QifRecord): string;
  /** Name of a security as a commodity. */
  security(name: string): string;
  /** A sum of amounts. @throws Refused when it is not exact */
  total(amounts: readonly Quantity[], line: number): Quantity;
}

export const opening = 'Equity:Opening Balances';
export const uncategorised = 'Uncategorised';

export const posting = (account: string, amount: Quantity, line: number, text = '', cost: Quantity | null = null): Posting => ({ account, amount, cost, balanced: true, made: false, text, line });
export const negated = (amount: Quantity): Quantity => ({ ...amount, units: 0 - amount.units });

/** The account in “[Name]” or “[Name]/class”, or null for a category. */
export const transferTo = (text: string): string | null => /^\[([^\]]*)\]/.exec(text)?.[1]?.trim() ?? null;

/** What a first reading of the file tells. */
interface Survey {
  readonly ownerOf: (record: QifRecord) => string;
  readonly kinds: Map<string, NamedAccount['kind']>;
  readonly lines: Map<string, number>;
  readonly categories: Map<string, NamedAccount['kind']>;
  readonly symbols: Map<string, string>;
  readonly lists: Set<string>;
  readonly mark: Mark;
  readonly order: Order;
}

const kindOf = (list: string): NamedAccount['kind'] => (/^(bank|cash|checking|savings|giro)/i.test(list) ? 'cash' : /^(ccard|credit|oth ?l|liab|karte)/i.test(list) ? 'liability' : 'asset');

function survey(path: string, taker: Taker): Survey {
  const ownerOf = nameOfList(path);
  const kinds = new Map<string, NamedAccount['kind']>();
  const lines = new Map<string, number>();
  const categories = new Map<string, NamedAccount['kind']>();
  const symbols = new Map<string, string>();
  const lists = new Set<string>();
  const amounts: string[] = [];
  const days = orders();
  const meet = (name: string, kind: NamedAccount['kind'], line: number): void => {
    if (kind !== '' || !kinds.has(name)) kinds.set(name, kind);
    if (!lines.has(name)) lines.set(name, line);
  };
  const link = (text: string | undefined, line: number): void => {
    const name = text === undefined ? null : transferTo(text);
    if (name !== null && name !== '') meet(name, '', line);
    else if (text !== undefined && text !== '' && name === null && !categories.has(text)) categories.set(text, '');
  };
  eachQif(path, { warning: () => undefined }, (record) => {
    const { section, fields, line } = record;
    const name = fields.get('N') ?? '';
    if (section === 'account' && name !== '') meet(name, fields.has('T') ? kindOf(fields.get('T')!) : '', line);
    else if (section === 'cat' || section === 'category' || section === 'categories') categories.set(name, fields.has('I') ? 'income' : fields.has('E') ? 'expense' : '');
    else if (section === 'security' && name !== '') symbols.set(fields.get('S') ?? name, name);
    else if (section === 'bank' || section === 'invst') {
      lists.add(ownerOf(record));
      meet(ownerOf(record), section === 'invst' ? 'asset' : kindOf(record.list), line);
      if (amounts.length < 100_000) for (const letter of ['T', 'U', '$', 'I', 'Q', 'O']) if (fields.has(letter)) amounts.push(fields.get(letter)!);
      for (const split of record.splits) {
        if (split.amount !== null && amounts.length < 100_000) amounts.push(split.amount);
        link(split.category, line);
      }
      if (section === 'bank' || transferTo(fields.get('L') ?? '') !== null) link(fields.get('L'), line);
      if (fields.has('D')) days.note(tidy(fields.get('D')!));
    }
  });
  const { order, sure } = days.order('mdy');
  // Quicken writes the month first, wherever it runs; only other programs follow the country.
  if (!sure) taker.warning({ file: path, line: 1, message: `no date tells whether the day or the month stands first; they were read as ${order === 'dmy' ? 'day/month' : 'month/day'}` });
  return { ownerOf, kinds, lines, categories, symbols, lists, mark: markOf(amounts) ?? '.', order };
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').replace(/\s*([-/.'])\s*/g, '$1');

/** A list without a name is named by its own opening balance, which is a transfer to itself. */
function nameOfList(path: string): (record: QifRecord) => string {
  const named = new Map<string, string>();
  let first = true;
  eachQif(path, { warning: () => undefined }, (record) => {
    if (record.section === 'account') first = false;
    if (record.section !== 'bank' || !first) return;
    first = false;
    const own = transferTo(record.fields.get('L') ?? '');
    if (own !== null && own !== '' && openings.test(record.fields.get('P') ?? record.fields.get('M') ?? '')) named.set(record.account, own);
  });
  return (record) => named.get(record.account) ?? record.account;
}

const openings = /^(opening|initial|starting) balance|anfangssaldo|anfangsbestand|eröffnung|solde initial/i;

/** Reads a file once to know its accounts, its categories, its decimal mark and the order of its days. @throws Refused */
export function openQif(path: string, taker: Taker): QifFile {
  const found = survey(path, taker);
  const file = fileOf(path, taker, found);
  for (const [name, kind] of found.kinds) taker.account?.({ name: file.account(name), kind, line: found.lines.get(name) ?? 1 });
  for (const [name, kind] of found.categories) if (kind !== '') taker.account?.({ name: file.category(name), kind, line: 1 });
  taker.account?.({ name: 'Equity', kind: 'equity', line: 1 });
  return file;
}

function fileOf(path: string, taker: Taker, found: Survey): QifFile {
  const into: Decimal = { units: 0, scale: 0, sign: '', side: '' };
  const accounts = new Map<string, string>();
  const securities = new Map<string, string>();
  const bare = (name: string): string => name.split(':').map((part) => part.trim()).filter((part) => part !== '').join(':');
  const account = (name: string): string => {
    let known = accounts.get(name);
    // An account is one name: a colon in it does not part levels.
    if (known === undefined) accounts.set(name, (known = name.replace(/\s*:\s*/g, ' - ').trim() || '?'));
    return known;
  };
  const names = new Set([...found.kinds.keys()].map(account));
  return {
    path,
    taker,
    symbols: found.symbols,
    lists: found.lists,
    owner: found.ownerOf,
    account,
    category: (text) => {
      // Behind a slash stands a class, unless the list of categories has the whole name.
      const name = bare(found.categories.get(text) ? text : text.split('/')[0]!) || uncategorised;
      return names.has(name) ? `${name} (category)` : name;
    },
    amount: (text, line) => {
      const plain = text.replace(/\s+/g, '');
      if (!readDecimal(plain, 0, plain.length, found.mark, into)) throw refusedAt(path, line, words.amount, { text });
      return { units: into.units, scale: into.scale, commodity: '' };
    },
    day: (text, line) => {
      if (text === '') throw refusedAt(path, line, words.noDay);
      const parts = dayParts(tidy(text));
      const day = parts ? dayIn(parts, found.order) : 0;
      if (day === 0) throw refusedAt(path, line, words.day, { text });
      return dayText(day);
    },
    security: (name) => {
      let known = securities.get(name);
      if (known === undefined) {
        const taken = new Set(securities.values());
        known = name.slice(0, 24);
        for (let n = 2; taken.has(known) || /^[A-Z]{3}$/.test(known); n += 1) known = `${name.slice(0, 21)}#${n}`;
        securities.set(name, known);
      }
      return known;
    },
    total: (amounts, line) => {
      const sum = quantity(amounts.reduce((before: Dec, one) => plus(before, dec(one.units, one.scale)), dec(0, 0)), '');
      if (!sum) throw refusedAt(path, line, words.large);
      return sum;
    },
  };
}

const cleared = (text: string | undefined): Transaction['status'] => (text === undefined || text === '' ? '' : '*');

/** Facts of a record that its transaction bears. */
export function headOf(file: QifFile, record: QifRecord): Omit<Transaction, 'postings'> {
  const { fields, line } = record;
  const classes = (fields.get('L') ?? '').split('/')[1]?.trim() ?? '';
  return {
    day: file.day(fields.get('D') ?? '', line),
    status: cleared(fields.get('C')),
    code: record.section === 'bank' ? (fields.get('N') ?? '') : '',
    payee: fields.get('P') ?? '',
    narration: fields.get('M') ?? '',
    tags: classes === '' ? [] : [['class', classes]],
    text: '',
    file: file.path,
    line,
  };
}
