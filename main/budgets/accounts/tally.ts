import type { Connection } from '../../db/open.ts';
import { openKeptTags } from './ownTags.ts';

/**
 * The balances kept beside the lines: what moved on each account in each period, in all and under each value of a dimension. They are
 * gathered here while entries are written and go into the table in the same transaction.
 */

export interface Moved {
  readonly account_id: number;
  /** Minor units of the company's currency, debit positive. */
  readonly amount: number;
  readonly currency: string;
  readonly quantity: number;
  readonly party_id: number | null;
  readonly department_id: number | null;
  readonly place_id: number | null;
  readonly project_id: number | null;
  readonly tax_code_id: number | null;
  /** Own tags by id, ascending; left out where there are none. */
  readonly tags?: readonly number[];
}

/** Columns of a line that balances are also kept under. */
export const keptUnder = { party: 'party_id', department: 'department_id', place: 'place_id', project: 'project_id', tax_code: 'tax_code_id' } as const;
const dimensions = Object.entries(keptUnder);

/** Name of the dimension that holds what entries with cash in them moved on other accounts: the direct cash flow. */
export const cashDimension = 'cash';

/** Name of the dimension that holds what revaluations and their reversals moved: under 1 where cash was revalued too, under 0 where it was not. */
export const exchangeDimension = 'exchange';

/** Name of the dimension of own tags: each tag, each dimension with all its values, and under 0 every line that has any. */
export const tagDimension = 'own_tag';

const periodSpan = 2 ** 20;

interface Sums {
  debit: number;
  credit: number;
  quantity: number;
}

export interface Tally {
  /** `cash`: its entry has cash in it. `exchange`: its entry is a revaluation, or takes one back. */
  add(line: Moved, periodId: number, closing: boolean, cash: boolean, exchange?: boolean): void;
  /** What was gathered, one for each place of the table; begins anew. */
  take(): MovedSums[];
}

/** What moved in one place of the table of balances. Minor units of the company's currency, quantity in those of `currency`. */
export type MovedSums = readonly [dimension: string, value: number, account: number, currency: string, closing: number, period: number, debit: number, credit: number, quantity: number];

/** Adds what moved to the balances. */
export function addBalances(db: Connection, moved: readonly MovedSums[]): void {
  const upsert = db.prepare(
    `INSERT INTO balances (dimension, value_id, account_id, currency, closing, period_id, debit, credit, quantity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit, quantity = quantity + excluded.quantity`,
  );
  for (const one of moved) upsert.run(one);
}

export function openTally(db: Connection): Tally {
  let held = new Map<string, Sums>();
  const keptTags = openKeptTags(db);
  // Most lines are in the company's own currency and name nothing: theirs are found by a number instead of a text.
  let plain = new Map<number, Sums>();
  let withCash = new Map<number, Sums>();
  const count = <K>(map: Map<K, Sums>, key: K, amount: number, quantity: number): void => {
    let sums = map.get(key);
    if (!sums) map.set(key, (sums = { debit: 0, credit: 0, quantity: 0 }));
    if (amount > 0) sums.debit += amount;
    else sums.credit -= amount;
    sums.quantity += quantity;
  };
  const note = (key: string, amount: number, quantity: number): void => count(held, key, amount, quantity);
  return {
    add: (line, periodId, closing, cash, exchange = false) => {
      const { amount, quantity } = line;
      if (exchange) note(`${exchangeDimension}\t${cash ? 1 : 0}\t${line.account_id}\t${line.currency}\t${closing ? 1 : 0}\t${periodId}`, amount, quantity);
      if (line.currency === '' && !closing && periodId < periodSpan && line.party_id === null && line.department_id === null && line.place_id === null && line.project_id === null && line.tax_code_id === null && line.tags === undefined) {
        const key = line.account_id * periodSpan + periodId;
        count(plain, key, amount, quantity);
        if (cash) count(withCash, key, amount, quantity);
        return;
      }
      const where = `${line.account_id}\t${line.currency}\t${closing ? 1 : 0}\t${periodId}`;
      note(`\t0\t${where}`, amount, quantity);
      if (cash) note(`${cashDimension}\t0\t${where}`, amount, quantity);
      for (const [name, column] of dimensions) {
        const value = line[column];
        if (value !== null) note(`${name}\t${value}\t${where}`, amount, quantity);
      }
      if (line.tags !== undefined) for (const tag of keptTags(line.tags)) note(`${tagDimension}\t${tag}\t${where}`, amount, quantity);
    },
    take: () => {
      const moved: MovedSums[] = [];
      for (const [key, { debit, credit, quantity }] of held) {
        const [dimension, value, account, currency, closing, period] = key.split('\t') as [string, string, string, string, string, string];
        moved.push([dimension, Number(value), Number(account), currency, Number(closing), Number(period), debit, credit, quantity]);
      }
      for (const [dimension, map] of [['', plain], [cashDimension, withCash]] as const) for (const [key, { debit, credit, quantity }] of map) moved.push([dimension, 0, Math.floor(key / periodSpan), '', 0, key % periodSpan, debit, credit, quantity]);
      held = new Map();
      plain = new Map();
      withCash = new Map();
      return moved;
    },
  };
}
