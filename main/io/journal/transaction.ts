import { w } from '#contract/kit/words.ts';
import { Refused } from '#contract/kit/failure.ts';

/** What every reader of foreign books hands out: transactions as their file means them, checked by the rules of that file's own program. */

/** An exact amount: `units` × 10^-`scale` of a commodity. `units` is a safe integer; `commodity` is '' where the file names none. */
export interface Quantity {
  readonly units: number;
  readonly scale: number;
  readonly commodity: string;
}

export interface Posting {
  /** Full name, its levels parted by ':'. */
  readonly account: string;
  /** As written, or as inferred where the file leaves it out. */
  readonly amount: Quantity;
  /** What the whole posting is worth in the commodity of its price or lot, with the sign of the amount; null without one. */
  readonly cost: Quantity | null;
  /** Whether it takes part in the balance of its transaction ("(…)" of hledger and ledger does not). */
  readonly balanced: boolean;
  /** Made by an automated rule of the file, not written in it. */
  readonly made: boolean;
  readonly text: string;
  readonly line: number;
}

export interface Transaction {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** '*' cleared, '!' pending, '' neither. */
  readonly status: '' | '!' | '*';
  /** Number of the paper, such as a cheque or an invoice. */
  readonly code: string;
  readonly payee: string;
  readonly narration: string;
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** What the file notes beside it. */
  readonly text: string;
  readonly postings: readonly Posting[];
  readonly file: string;
  /** Line of its first words, from 1. */
  readonly line: number;
}

/** What a file says of an account beside its name. */
export interface NamedAccount {
  readonly name: string;
  /** As the file declares it; '' where it does not. */
  readonly kind: '' | 'asset' | 'cash' | 'liability' | 'equity' | 'income' | 'expense' | 'conversion';
  /** Number or code in the chart of accounts, where the file has one. */
  readonly number?: string;
  readonly line: number;
}

/** A price that the file states: one `commodity` is worth `price` on `day`. */
export interface Price {
  readonly day: string;
  readonly commodity: string;
  readonly price: Quantity;
}

/** Something that was read but is not carried over exactly; every one is told to the user. */
export interface Warning {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Takes what a reader finds, in the order of the file. */
export interface Taker {
  transaction(found: Transaction): void;
  account?(found: NamedAccount): void;
  price?(found: Price): void;
  /** A file that this ledger is also read from, before it is. */
  file?(path: string): void;
  warning(found: Warning): void;
  /** Bytes read so far of `total`; throws to stop. */
  progress?(bytes: number, total: number): void;
}

const broken = w('{file}, line {line}: {problem}', '{file}, Zeile {line}: {problem}');

/** A file that its own program would refuse too. Names file and line. */
export const brokenFile = (file: string, line: number, problem: string): Refused => new Refused('invalid', broken, { file, line, problem }, 'source');
