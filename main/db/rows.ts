import type { Connection } from './open.ts';

/** How many rows one statement adds. Half of what a row costs is its statement; more rows than these save nothing more. */
const most = 16;

/** Rows on their way into one table, in the order in which they come. */
export interface Rows {
  /** Takes the values of one row; it is written no later than fifteen rows on. */
  add(values: readonly unknown[]): void;
  /** Writes what waits. Returns the row number of the last row written. */
  pour(): number;
}

/** Gathers rows, so that one statement adds sixteen of them. `tuple` is one row in SQL, such as `(?, 'x', ?)`. */
export function gather(db: Connection, into: string, tuple: string): Rows {
  const one = db.prepare(`${into} VALUES ${tuple}`);
  const many = db.prepare(`${into} VALUES ${Array<string>(most).fill(tuple).join(', ')}`);
  let held: unknown[] = [];
  let [rows, last] = [0, 0];
  return {
    add: (values) => {
      for (const value of values) held.push(value);
      if ((rows += 1) < most) return;
      last = Number(many.run(held).lastInsertRowid);
      [held, rows] = [[], 0];
    },
    pour: () => {
      const width = held.length / rows;
      for (let row = 0; row < rows; row += 1) last = Number(one.run(held.slice(row * width, (row + 1) * width)).lastInsertRowid);
      [held, rows] = [[], 0];
      return last;
    },
  };
}
