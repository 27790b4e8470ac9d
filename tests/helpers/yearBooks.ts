import { corpus, has } from './corpora.ts';
import { beanBalances, hledgerBalances, ledgerBalances } from './expected.ts';

/**
 * The main job of the books, once at the terminal and once in the window: ledgers of three other programs, then a year of one's own.
 * What the books must show is reckoned here from what the other programs printed and from the list of entries, without our code.
 */

export const there = has('ledger/expected');

/** No two of them share a day, so that none takes an entry of another for its own. */
export const ledgers = [
  { format: 'hledger', file: 'ledger/hledger/bcexample.journal', entries: 1035 },
  { format: 'ledger', file: 'ledger/ledger/drewr.dat', entries: 11 },
  { format: 'beancount', file: 'ledger/beancount/simple_basic.beancount', entries: 68 },
] as const;
export const firstYears = ['2003', '2004', '2007', '2008', '2012', '2013', '2014'];

/** Of a tree with sums, what stands on each account itself. */
function withoutBelow(sums: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(sums).map(([key, sum]) => {
    const [account, commodity] = key.split('\t') as [string, string];
    const below = Object.entries(sums).filter(([other]) => other.startsWith(`${account}:`) && other.endsWith(`\t${commodity}`));
    const nearest = below.filter(([one]) => !below.some(([other]) => other !== one && one.startsWith(`${other.split('\t')[0]!}:`)));
    return [key, String(nearest.reduce((left, [, part]) => left - units(part), units(sum)) / 1e6)] as const;
  });
  return Object.fromEntries(own.filter(([, sum]) => Number(sum) !== 0));
}

const units = (decimal: string): number => Math.round(Number(decimal) * 1e6);

/** What the three programs say, added up: account, TAB, commodity → millionths. */
export function imported(): Map<string, number> {
  const found = new Map<string, number>();
  const all = [hledgerBalances(corpus('ledger/expected/hledger__bcexample.trial-balance.csv')), withoutBelow(ledgerBalances(corpus('ledger/expected/ledger__drewr.dat.balance.txt'))), beanBalances(corpus('ledger/expected/beancount__simple_basic.trial-balance.txt'))];
  for (const balances of all) {
    for (const [key, decimal] of Object.entries(balances)) {
      const named = key.replace(/\t\$$/, '\tUSD');
      found.set(named, (found.get(named) ?? 0) + units(decimal));
    }
  }
  return found;
}

export interface OwnEntry {
  readonly day: string;
  readonly narration: string;
  /** Numbers of accounts of the chart for the United States, and cents; debits positive. */
  readonly lines: readonly (readonly [string, number])[];
}

const month = (at: number): string => `2015-${String(at + 1).padStart(2, '0')}`;

/** The year that is typed: what is sold and paid each month, rent, wages, and a machine that is bought in March. */
export const own: readonly OwnEntry[] = [
  { day: '2015-01-02', narration: 'Shares paid in', lines: [['1000', 2_500_000], ['3000', -2_500_000]] },
  { day: '2015-03-15', narration: 'Milling machine', lines: [['1530', 600_000], ['1000', -600_000]] },
  ...Array.from({ length: 12 }, (_, at): OwnEntry => {
    const [sold, paid, rent, wages] = [910_000 + at * 12_345, 850_000 + at * 11_111, 120_000, 430_000 + (at % 3) * 777];
    const lines = [['1100', sold], ['4000', -sold], ['1000', paid], ['1100', -paid], ['6100', rent], ['6000', wages], ['1000', -rent - wages]] as const;
    return { day: `${month(at)}-28`, narration: `Sales, rent and wages of ${month(at)}`, lines };
  }),
];

/** 6,000.00 over 60 months from March on: ten months of 100.00 in 2015. */
export const machine = { day: '2015-03-15', cost: 600_000, months: 60, account: '1530', accumulated: '1531', expense: '6800', monthly: 10_000, inYear: 10 };

/** Cents by number of account after the own year, with its depreciation. */
export function ownBalances(): Map<string, number> {
  const found = new Map<string, number>();
  const add = (number: string, amount: number): unknown => found.set(number, (found.get(number) ?? 0) + amount);
  for (const { lines } of own) for (const [number, amount] of lines) add(number, amount);
  add(machine.expense, machine.inYear * machine.monthly);
  add(machine.accumulated, -machine.inYear * machine.monthly);
  return found;
}

/** Accounts of the chart that stand for income and expense are those from 4000 on. */
export const isResult = (number: string): boolean => number >= '4000';

/** Profit of the own year in cents. */
export const ownResult = (): number => -[...ownBalances()].reduce((sum, [number, amount]) => (isResult(number) ? sum + amount : sum), 0);
