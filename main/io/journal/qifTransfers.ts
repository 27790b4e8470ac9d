import { negated, posting, type QifFile } from './qifFile.ts';
import type { Quantity, Transaction } from './transaction.ts';

/**
 * Transfers between accounts, each as a transaction of its own that reads the same from the list of either account: so one that stands in
 * two lists of a file comes once, and one that stands in two files is known again by the second import.
 */
export interface Transfers {
  /** `amount` comes to `own` from `other`. `part` when it is one of several splits. */
  move(own: string, other: string, amount: Quantity, head: Omit<Transaction, 'postings'>, memo: string, part: boolean): void;
  /** Tells what stands in one list alone although the file has both. */
  finish(): void;
}

/** Takes the transfers of a file one by one. */
export function transfers(file: QifFile): Transfers {
  /** Handed out from one list and not yet met in the other. */
  const waiting = new Map<string, number[]>();
  const keyOf = (own: string, other: string, day: string, { units, scale }: Quantity): string => `${own}\0${other}\0${day}\0${units / 10 ** scale}`;
  return {
    move: (own, other, amount, head, memo, part) => {
      if (amount.units === 0 && part) return;
      const both = file.lists.has(own) && file.lists.has(other);
      const met = both ? waiting.get(keyOf(other, own, head.day, negated(amount))) : undefined;
      if (met && met.length > 0) {
        met.shift();
        return;
      }
      if (both) {
        const key = keyOf(own, other, head.day, amount);
        const before = waiting.get(key);
        if (before) before.push(head.line);
        else waiting.set(key, [head.line]);
      }
      const [from, to, sum] = amount.units > 0 || (amount.units === 0 && own < other) ? [other, own, amount] : [own, other, negated(amount)];
      const text = [head.payee, head.narration, memo].filter((one, at, all) => one !== '' && all.indexOf(one) === at).join(' | ');
      file.taker.transaction({
        ...head,
        code: '',
        payee: '',
        narration: `${file.account(from)} → ${file.account(to)}`,
        postings: [posting(file.account(to), sum, head.line, text), posting(file.account(from), negated(sum), head.line, head.code)],
      });
    },
    finish: () => {
      for (const [key, lines] of waiting) {
        const [own = '', other = ''] = key.split('\0');
        for (const line of lines) file.taker.warning({ file: file.path, line, message: `this transfer is in the list of “${own}” and not in that of “${other}”; please check that the other list does not have it under another date or amount` });
      }
    },
  };
}
