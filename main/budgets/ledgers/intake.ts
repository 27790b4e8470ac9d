import { hash } from 'node:crypto';
import type { AccountKind } from '#contract/budgets/account.ts';
import type { AccountMap } from '#contract/budgets/books.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Connection } from '../../db/open.ts';
import { first, sql } from '../../db/sql.ts';
import type { NamedAccount } from '../../io/journal/transaction.ts';
import { type Account, chartOf } from '../accounts/balances.ts';
import type { Act } from './steps.ts';

/** What an imported ledger needs beside its entries: accounts by their full names, currencies by their signs. */

const words = {
  mapped: w('The list of accounts sends “{path}” to “{target}”, but no account that takes entries has that number or name.', 'Die Kontenzuordnung führt „{path}“ auf „{target}“, aber kein buchbares Konto hat diese Nummer oder Bezeichnung.'),
  twice: w('The list of accounts sends “{path}” to “{target}”, and more than one account has that name. Give its number.', 'Die Kontenzuordnung führt „{path}“ auf „{target}“, und mehrere Konten heißen so. Bitte die Nummer angeben.'),
  archived: w('The account “{account}” is archived. Restore it, or choose another account for it.', 'Das Konto „{account}“ ist archiviert. Bitte wiederherstellen oder ein anderes Konto dafür wählen.'),
};

const tops: readonly (readonly [RegExp, AccountKind])[] = [
  [/^(assets?|aktiva|actifs?|vermögen)$/i, 'asset'],
  [/^(liabilit(y|ies)|debts?|passiva|passifs?|verbindlichkeiten|schulden)$/i, 'liability'],
  [/^(equity|eigenkapital|capitaux propres)$/i, 'equity'],
  [/^(incomes?|revenues?|ertr[aä]ge?|einnahmen|produits)$/i, 'income'],
  [/^(expenses?|aufwendungen|aufwand|ausgaben|charges)$/i, 'expense'],
];

/** Text that has room: one that is too long ends in a mark made of all of it, the same in every import, so that no two become one. */
export const fitting = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 7).toWellFormed()}~${hash('sha256', text, 'hex').slice(0, 6)}`);

/** The full name of an account as these books have room for it: the same before it is looked up as when it is made. */
const tidy = (path: string): string => path.split(':').map((level) => fitting(level.trim(), 200) || '?').join(':');

/** As hledger infers them: an asset account whose name says bank, cash, checking or savings is cash. */
const cashName = /(^|:)(bank|cash|che(ck|que?)(ing)?|savings?|current(cash)?|kasse)(:|$)/i;
const declaredAs: Readonly<Record<Exclude<NamedAccount['kind'], ''>, AccountKind>> = { asset: 'asset', cash: 'asset', liability: 'liability', equity: 'equity', income: 'income', expense: 'expense', conversion: 'equity' };

export interface Intake {
  /** Id of an account, made with those above it when it is new. */
  account(path: string): number;
  /** Id of an account that is there, or chosen for it. */
  known(path: string): number | undefined;
  declare(found: NamedAccount): void;
  /** Accounts that are kept in one currency, and which. */
  readonly keptIn: ReadonlyMap<number, string>;
  /** Accounts that hold cash; the writer watches this set. */
  readonly cash: Set<number>;
  /** How many accounts are new. */
  readonly made: () => number;
  /** Kinds that were declared after an account was first used. */
  finish(): void;
}

/** What the books have that an account of a file could be. */
export interface Known {
  /** The account with that full name; of several one that is not archived, and the last of these. */
  at(path: string): Account | undefined;
  /** The account that takes lines and has the number and the last name of one of the file, under whatever heading. */
  meant(path: string, number: string): Account | undefined;
}

const liveLast = (accounts: readonly Account[]): readonly Account[] => accounts.toSorted((one, other) => other.archived - one.archived);

/** Finds accounts of a file among those of the books. */
export function knownIn(chart: readonly Account[]): Known {
  const accounts = liveLast(chart);
  const paths = new Map(accounts.map((one) => [one.path, one]));
  const numbers = new Map(accounts.filter((one) => one.number !== '').map((one) => [one.number.toLowerCase(), one]));
  return {
    at: (path) => paths.get(path) ?? paths.get(tidy(path)),
    meant: (given, number) => {
      const path = tidy(given);
      const found = number === '' ? undefined : numbers.get(number.toLowerCase());
      return found?.heading === 0 && found.name.toLowerCase() === path.slice(path.lastIndexOf(':') + 1).toLowerCase() ? found : undefined;
    },
  };
}

/** Which accounts of the books the accounts of a file are, by their full names there. @throws Refused invalid where one cannot be told */
function chosen(accounts: readonly Account[], map: AccountMap): ReadonlyMap<string, number> {
  const postable = accounts.filter((one) => one.heading === 0);
  const live = (one: Account): number => {
    if (one.archived === 1) throw new Refused('invalid', words.archived, { account: one.path }, 'map');
    return one.id;
  };
  return new Map(
    Object.entries(map).map(([path, target]) => {
      if (typeof target !== 'string') {
        const named = postable.find((one) => one.id === target.id);
        if (!named) throw new Refused('invalid', words.mapped, { path, target: `#${target.id}` }, 'map');
        return [path, live(named)] as const;
      }
      const wanted = target.toLowerCase();
      const ways = [(one: Account) => one.number.toLowerCase() === wanted, (one: Account) => one.path === target, (one: Account) => one.path.toLowerCase() === wanted, (one: Account) => one.name.toLowerCase() === wanted];
      const found = [postable.filter((one) => one.archived === 0), postable].flatMap((among) => ways.map((way) => among.filter(way))).find((list) => list.length > 0) ?? [];
      if (found.length !== 1) throw new Refused('invalid', found.length === 0 ? words.mapped : words.twice, { path, target }, 'map');
      return [path, live(found[0]!)] as const;
    }),
  );
}

export function openIntake(db: Connection, act: Act, cash: Set<number>, map: AccountMap = {}): Intake {
  const ids = new Map<string, number>();
  const kinds = new Map<string, AccountKind>();
  const used = new Set<string>();
  const made: string[] = [];
  const declared = new Map<string, Exclude<NamedAccount['kind'], ''>>();
  const numbers = new Map<string, string>();
  const chart = liveLast(chartOf(db));
  const archived = new Set(chart.filter((one) => one.archived === 1).map((one) => one.id));
  const known = knownIn(chart);
  const taken = new Set<string>();
  for (const one of chart) {
    if (one.number !== '') taken.add(one.number.toLowerCase());
    ids.set(one.path, one.id);
    kinds.set(one.path, one.kind);
    if (one.heading === 0 && one.archived === 0) used.add(one.path);
  }
  for (const [path, id] of chosen(chart, map)) {
    ids.set(path, id);
    used.add(path);
  }
  const nearest = (path: string): Exclude<NamedAccount['kind'], ''> | '' => {
    for (let at = path; ; at = at.slice(0, at.lastIndexOf(':'))) {
      const found = declared.get(at);
      if (found) return found;
      if (!at.includes(':')) return '';
    }
  };
  const kindOf = (path: string): AccountKind => {
    const said = nearest(path);
    if (said !== '') return declaredAs[said];
    const above = path.includes(':') ? kinds.get(path.slice(0, path.lastIndexOf(':'))) : undefined;
    if (above !== undefined && above !== 'unclassified') return above;
    const top = path.split(':')[0]!;
    return tops.find(([pattern]) => pattern.test(top))?.[1] ?? 'unclassified';
  };
  const isCash = (path: string, kind: AccountKind): boolean => nearest(path) === 'cash' || (kind === 'asset' && path.includes(':') && cashName.test(path.slice(path.indexOf(':'))));
  const make = (path: string, heading: boolean): number => {
    const number = numbers.get(path) ?? '';
    const own = known.meant(path, number);
    if (own) {
      ids.set(path, own.id);
      if (own.archived === 0) used.add(path);
      return own.id;
    }
    const cut = path.lastIndexOf(':');
    const parent = cut === -1 ? null : ensure(path.slice(0, cut), true);
    const kind = kindOf(path);
    const name = path.slice(cut + 1);
    const holds = isCash(path, kind);
    const retained = kind === 'equity' && /retained/i.test(name) && !first(db, sql`SELECT 1 FROM accounts WHERE role = 'retained_earnings'`);
    const id = act({ do: 'account', draft: { number: taken.has(number.toLowerCase()) ? '' : number, name, parent_id: parent, kind, role: retained ? 'retained_earnings' : '', heading, cash_flow: holds ? 'cash' : '' } });
    if (number !== '') taken.add(number.toLowerCase());
    ids.set(path, id);
    kinds.set(path, kind);
    made.push(path);
    if (!heading) {
      used.add(path);
      if (holds) cash.add(id);
    }
    return id;
  };
  const ensure = (path: string, heading: boolean): number => ids.get(path) ?? make(path, heading);
  /** The first line on an account of the file. */
  const begin = (given: string): number => {
    const path = ids.has(given) ? given : tidy(given);
    const id = ensure(path, false);
    if (!used.has(path)) {
      if (archived.has(id)) throw new Refused('invalid', words.archived, { account: given });
      const holds = isCash(path, kinds.get(path)!);
      if (holds) cash.add(id);
      act({ do: 'postable', id, cash: holds });
    }
    ids.set(given, id);
    used.add(given).add(path);
    return id;
  };
  return {
    cash,
    keptIn: new Map(chart.filter((one) => one.currency !== '').map((one) => [one.id, one.currency])),
    made: () => made.length,
    account: (path) => {
      const id = ids.get(path);
      return id !== undefined && used.has(path) ? id : begin(path);
    },
    known: (path) => ids.get(path),
    declare: (found) => {
      const path = tidy(found.name);
      if (found.kind !== '') declared.set(path, found.kind);
      if (found.number !== undefined && found.number !== '') numbers.set(path, found.number.slice(0, 20));
    },
    finish: () => {
      for (const path of made) {
        const kind = kindOf(path);
        if (kind !== kinds.get(path)) {
          act({ do: 'kind', id: ids.get(path)!, kind });
          kinds.set(path, kind);
        }
      }
    },
  };
}
