import type { Quantity, Taker, Transaction, Warning } from '../../main/io/journal/transaction.ts';

/** What a reader hands out, added up per account and commodity, for comparison with what the format's own program says. */

export interface Told extends Taker {
  readonly transactions: Transaction[];
  readonly warnings: Warning[];
  /** `account` TAB `commodity` to its exact balance as plain decimal text; balances of zero are left out. */
  readonly balances: () => Record<string, string>;
}

interface Sum {
  units: bigint;
  scale: number;
}

/** Takes and adds up. `keep` holds the transactions themselves too. */
export function told(keep = true): Told {
  const sums = new Map<string, Sum>();
  const transactions: Transaction[] = [];
  const warnings: Warning[] = [];
  return {
    transactions,
    warnings,
    transaction: (found) => {
      if (keep) transactions.push(found);
      for (const { account, amount } of found.postings) add(sums, `${account}\t${amount.commodity}`, amount);
    },
    warning: (found) => void warnings.push(found),
    balances: () => Object.fromEntries([...sums].filter(([, sum]) => sum.units !== 0n).map(([key, sum]) => [key, plain(sum)] as const).toSorted(byKey)),
  };
}

/** Entries in the order of their names. */
export const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

function add(sums: Map<string, Sum>, key: string, { units, scale }: Quantity): void {
  const sum = sums.get(key) ?? { units: 0n, scale };
  sums.set(key, sum);
  if (scale > sum.scale) {
    sum.units *= 10n ** BigInt(scale - sum.scale);
    sum.scale = scale;
  }
  sum.units += BigInt(units) * 10n ** BigInt(sum.scale - scale);
}

function plain({ units, scale }: Sum): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return normal(`${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`);
}

/** A number without zeros at its end. */
export const normal = (number: string): string => (number.includes('.') ? number.replace(/0+$/, '').replace(/\.$/, '') : number);
