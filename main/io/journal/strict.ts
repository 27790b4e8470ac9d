import type { Book } from './book.ts';
import { refuse } from './book.ts';
import type { Entry } from './entry.ts';

/** hledger's checks that are only made when they are asked for: what is used must have been declared, days must be in order. */

export interface Strict {
  /** Checks a transaction that balances. @throws Refused */
  readonly entry: (entry: Entry) => void;
}

/** Checks for one reading: accounts, commodities, payees, days in order, last parts of names that are unique. */
export function strictChecks(book: Book): Strict {
  const leaves = new Map<string, string>();
  const newest = new Map<string, number>();
  const entry = ({ header, drafts, count }: Entry): void => {
    const used = drafts.slice(0, count);
    for (const { account, commodity, units, line } of used) {
      if (!account.declared) refuse(book, `the account “${account.name}” is not declared`, line);
      // A bare zero needs no commodity.
      if (!commodity.named && !(commodity.name === '' && units === 0)) refuse(book, `the commodity “${commodity.name}” is not declared`, line);
    }
    const payee = header.payee === '' ? header.narration : header.payee;
    if (!book.payees.has(payee)) refuse(book, `the payee “${payee}” is not declared`, header.line);
    if (header.day < (newest.get(book.file) ?? 0)) refuse(book, 'this transaction is dated before the one above it', header.line);
    newest.set(book.file, header.day);
    for (const { account, line } of used) {
      const leaf = account.name.slice(account.name.lastIndexOf(':') + 1);
      const known = leaves.get(leaf);
      if (known !== undefined && known !== account.name) refuse(book, `“${account.name}” and “${known}” end in the same name`, line);
      leaves.set(leaf, account.name);
    }
  };
  return { entry };
}
