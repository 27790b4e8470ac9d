import type { Connection } from '../../db/open.ts';
import { type EntryRows, lineRow } from '../journal/entryRows.ts';
import { isPlain, lineSpan, type PostedLine } from '../journal/posted.ts';

/** Imported entries on their way into the tables: many at a time, packed so that they can go from one thread to another. */

export interface Load {
  /** Eight values an entry, in order of their ids, which have no gaps: id, number, day, narration, reference, total, period, seal. */
  readonly entries: readonly (string | number)[];
  /** Lines with nothing but account and amount: id, account, amount. Each belongs to an entry of the same load. */
  readonly plain: readonly number[];
  readonly others: readonly { readonly id: number; readonly day: string; readonly line: PostedLine }[];
}

const perEntry = 8;
const perLine = 3;
const entriesInLoad = 100;
/** So many rows go into one statement: half the cost of a row alone. */
const linesAtOnce = 60;
const entriesAtOnce = 20;
/** Ids of accounts below this share a number with the id of their line: two values cost less to hand over than three. */
const accountSpan = 2 ** 20;

/** Packs entries and hands a load on when it is full. `last` is the highest id that any entry ever had. */
export function packer(last: number, onLoad: (load: Load) => void): EntryRows {
  let next = last;
  let [entries, plain, others]: [(string | number)[], number[], { id: number; day: string; line: PostedLine }[]] = [[], [], []];
  const handOn = (): void => {
    if (entries.length > 0) onLoad({ entries, plain, others });
    [entries, plain, others] = [[], [], []];
  };
  return {
    add: (entry, drawn) => {
      if (entry.journal !== 'general' || entry.origin !== 'import' || entry.reverses_id != null || entry.source || entry.closing) throw new Error('only plain imported entries come many at a time');
      const id = (next += 1);
      entries.push(id, drawn.number, entry.day, entry.narration, entry.reference, drawn.total, drawn.period, drawn.seal);
      let key = id * lineSpan;
      for (const line of entry.lines) {
        key += 1;
        if (line.account_id < accountSpan && isPlain(line)) plain.push(key, line.account_id, line.amount);
        else others.push({ id: key, day: entry.day, line });
      }
      if (entries.length === entriesInLoad * perEntry) handOn();
      return id;
    },
    post: () => {
      throw new Error('an import has no drafts');
    },
    flush: handOn,
  };
}

const repeated = (row: string, count: number): string => Array.from({ length: count }, () => row).join(', ');
const quoted = (text: string): string => `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`;

/** Lines of one day: first the day and a line's id, then for each line how far its id is behind that one together with its account, and its amount. */
const linesOfDay = (count: number): string =>
  `INSERT INTO entry_lines (id, account_id, day, amount)
   SELECT d.column2 + (CAST(l.column1 AS INTEGER) >> 20), CAST(l.column1 AS INTEGER) & ${accountSpan - 1}, d.column1, l.column2 FROM (VALUES (?, ?)) d CROSS JOIN (VALUES ${repeated('(?, ?)', count)}) l`;

/** Writes loads into the tables. */
export function unloader(db: Connection, now: number, by: string): (load: Load) => void {
  const lines = (count: number) => db.prepare(linesOfDay(count));
  const entries = (count: number) =>
    db.prepare(
      `INSERT INTO entries (id, number, day, narration, reference, total, period_id, seal, journal, state, origin, posted_by, posted_at, created_at, updated_at)
       VALUES ${repeated(`(?, ?, ?, ?, ?, ?, ?, ?, 'general', 'posted', 'import', ${quoted(by)}, ${now}, ${now}, ${now})`, count)}`,
    );
  const [oneLine, manyLines, oneEntry, manyEntries] = [lines(1), lines(linesAtOnce), entries(1), entries(entriesAtOnce)];
  const otherLine = lineRow(db);

  return (load) => {
    const all = load.entries;
    let at = 0;
    for (; at + entriesAtOnce * perEntry <= all.length; at += entriesAtOnce * perEntry) manyEntries.run(all.slice(at, at + entriesAtOnce * perEntry));
    for (; at < all.length; at += perEntry) oneEntry.run(all.slice(at, at + perEntry));
    const first = all[0] as number;
    const dayOf = (id: number): string => all[(Math.floor(id / lineSpan) - first) * perEntry + 2] as string;
    const { plain } = load;
    for (let from = 0; from < plain.length; ) {
      const base = plain[from]!;
      const day = dayOf(base);
      const row: (string | number)[] = [day, base];
      for (; from < plain.length && row.length < 2 + linesAtOnce * 2 && dayOf(plain[from]!) === day; from += perLine) row.push((plain[from]! - base) * accountSpan + plain[from + 1]!, plain[from + 2]!);
      if (row.length === 2 + linesAtOnce * 2) manyLines.run(row);
      else for (let at = 2; at < row.length; at += 2) oneLine.run(day, base, row[at]!, row[at + 1]!);
    }
    for (const { id, day, line } of load.others) otherLine(id, day, 0, line);
  };
}
