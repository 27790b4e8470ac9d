import { w } from '#contract/kit/words.ts';
import type { Columns } from './ledgerColumns.ts';
import { cellOf, type Row } from './ledgerRows.ts';
import { refusedAt } from './refusal.ts';
import type { Posting, Quantity, Taker } from './transaction.ts';

/** Puts rows together to transactions, and sees that each of them balances. */

const words = {
  unbalanced: w('the entry “{name}” that begins here does not balance: debits and credits differ by {rest}', 'die Buchung „{name}“, die hier beginnt, geht nicht auf: Soll und Haben unterscheiden sich um {rest}'),
  mixed: w('the entry that begins in line {first} does not balance before another date follows: debits and credits differ by {rest}', 'die Buchung, die in Zeile {first} beginnt, geht vor dem nächsten Datum nicht auf: Soll und Haben unterscheiden sich um {rest}'),
  day: w('the date is missing', 'das Datum fehlt'),
  large: w('the amounts are too large to be summed exactly', 'die Beträge sind zu groß, um genau summiert zu werden'),
};

/** The sum of one commodity; most transactions have one alone. */
interface Sum {
  readonly commodity: string;
  units: number;
  scale: number;
}

interface Run {
  readonly number: string;
  readonly journal: string;
  readonly day: string;
  readonly ref: string;
  readonly payee: string;
  readonly narration: string;
  readonly line: number;
  readonly postings: Posting[];
  readonly sums: Sum[];
}

const settled = (run: Run): boolean => run.sums.every((sum) => sum.units === 0);
/** One commodity against another. */
const exchanged = (run: Run): boolean => {
  const open = run.sums.filter((sum) => sum.units !== 0);
  return open.length === 2 && open[0]!.units > 0 !== open[1]!.units > 0;
};

const plain = ({ units, scale, commodity }: Sum): string => {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  return `${digits.slice(0, digits.length - scale)}${scale > 0 ? `.${digits.slice(-scale)}` : ''}${commodity === '' ? '' : ` ${commodity}`}`;
};

const rest = (run: Run): string => run.sums.filter((sum) => sum.units !== 0).map(plain).join(', ');

export interface Transactions {
  /** Takes one row with what was read of it. `day` is '' where the row has none. @throws Refused */
  add(row: Row, columns: Columns, day: string, account: string, amount: Quantity, cost: Quantity | null): void;
  /** @throws Refused for a transaction that never balanced */
  finish(): void;
}

/** Transactions in the making, handed out as soon as they are whole. Only those wait whose number may come again. */
export function openTransactions(file: string, taker: Taker, how: { readonly numbered: boolean }): Transactions {
  let current: Run | null = null;
  let exchangeTold = false;
  const waiting = new Map<string, Run>();
  const keyOf = (run: Pick<Run, 'journal' | 'number' | 'day'>): string => `${run.journal}\0${run.number}\0${run.day}`;

  function close(next: number): void {
    const run = current;
    current = null;
    if (!run) return;
    if (settled(run)) return hand(run);
    if (run.number !== '') return void waiting.set(keyOf(run), run);
    if (exchanged(run)) return exchange(run);
    if (next === 0) throw refusedAt(file, run.line, words.unbalanced, { name: run.ref || run.narration, rest: rest(run) });
    throw refusedAt(file, next, words.mixed, { first: run.line, rest: rest(run) });
  }

  function hand(run: Run): void {
    taker.transaction({ day: run.day, status: '', code: run.ref || run.number, payee: run.payee, narration: run.narration, tags: [], text: '', postings: run.postings, file, line: run.line });
  }

  /** What was exchanged for what is worth that; beyond one posting a side nothing says which is worth what. */
  function exchange(run: Run): void {
    const [a, b] = run.sums.filter((sum) => sum.units !== 0) as [Sum, Sum];
    const of = (sum: Sum): number[] => run.postings.flatMap((posting, at) => (posting.amount.commodity === sum.commodity && posting.cost === null ? [at] : []));
    for (const [sum, price] of [[b, a], [a, b]] as const) {
      const [at, ...more] = of(sum);
      if (at === undefined || more.length > 0) continue;
      run.postings[at] = { ...run.postings[at]!, cost: { units: 0 - price.units, scale: price.scale, commodity: price.commodity } };
      return hand(run);
    }
    if (!exchangeTold) taker.warning({ file, line: run.line, message: 'this entry exchanges currencies and does not say at which rate; the known rates of the day are used for such' });
    exchangeTold = true;
    hand(run);
  }

  function goesOn(run: Run, row: Row, columns: Columns, day: string, number: string): boolean {
    if (number !== '') return number === run.number && (day === '' || day === run.day) && same(row, columns.journal, run.journal);
    if (day === '') return true;
    if (day !== run.day || (how.numbered && run.number !== '')) return false;
    const told = same(row, columns.ref, run.ref) && same(row, columns.narration, run.narration);
    return settled(run) ? told && run.ref !== '' : told || !exchanged(run);
  }

  const same = (row: Row, at: number, value: string): boolean => at === -1 || at >= row.count || row.to[at] === row.from[at] || (row.to[at]! - row.from[at]! === value.length && row.text.startsWith(value, row.from[at]));

  function begin(row: Row, columns: Columns, day: string, number: string): Run {
    close(row.line);
    if (day === '') throw refusedAt(file, row.line, words.day);
    const run: Run = {
      number,
      journal: cellOf(row, columns.journal),
      day,
      ref: cellOf(row, columns.ref),
      payee: cellOf(row, columns.payee),
      narration: cellOf(row, columns.narration),
      line: row.line,
      postings: [],
      sums: [],
    };
    if (number === '' || waiting.size === 0) return run;
    const key = keyOf(run);
    const before = waiting.get(key);
    if (!before) return run;
    waiting.delete(key);
    return before;
  }

  function count(run: Run, amount: Quantity, line: number): void {
    let sum: Sum | undefined;
    for (const one of run.sums) if (one.commodity === amount.commodity) sum = one;
    if (!sum) return void run.sums.push({ ...amount });
    if (sum.scale === amount.scale) sum.units += amount.units;
    else {
      const scale = Math.max(sum.scale, amount.scale);
      const [a, b] = [sum.units * 10 ** (scale - sum.scale), amount.units * 10 ** (scale - amount.scale)];
      if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) throw refusedAt(file, line, words.large);
      sum.units = a + b;
      sum.scale = scale;
    }
    if (!Number.isSafeInteger(sum.units)) throw refusedAt(file, line, words.large);
  }

  return {
    add: (row, columns, day, account, amount, cost) => {
      const at = columns.number;
      const blank = at === -1 || at >= row.count || row.to[at] === row.from[at];
      // The number of the entry that is open is compared where it stands.
      const number = blank ? '' : current !== null && current.number !== '' && same(row, at, current.number) ? current.number : cellOf(row, at);
      if (current === null || !goesOn(current, row, columns, day, number)) current = begin(row, columns, day, number);
      count(current, cost ?? amount, row.line);
      const memo = columns.memo === -1 ? cellOf(row, columns.party) : cellOf(row, columns.memo) || cellOf(row, columns.party);
      // The narration of the entry is not said again on its lines.
      const own = columns.narration === -1 || same(row, columns.narration, current.narration) ? memo : [cellOf(row, columns.narration), memo].filter((text) => text !== '').join(' | ');
      current.postings.push({ account, amount, cost, balanced: true, made: false, text: own === current.narration ? '' : own, line: row.line });
    },
    finish: () => {
      close(0);
      for (const run of waiting.values()) {
        if (!exchanged(run)) throw refusedAt(file, run.line, words.unbalanced, { name: run.number, rest: rest(run) });
        exchange(run);
      }
    },
  };
}
