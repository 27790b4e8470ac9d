import { join } from 'node:path';
import { verifyChain } from '../../main/db/audit.ts';
import { type Connection, openDatabase } from '../../main/db/open.ts';

/** What a database tells about the deeds, read past all of our own handlers. */
export interface Evidence {
  /** How many times each mark is there. */
  readonly marks: ReadonlyMap<string, number>;
  /** Sentences about what must never be; empty when all is well. */
  readonly problems: readonly string[];
}

type Counted = readonly { readonly mark: string; readonly n: number }[];

const counts = [
  `SELECT street AS mark, count(*) AS n FROM parties WHERE street GLOB 'k-*' GROUP BY 1`,
  `SELECT text AS mark, count(*) AS n FROM notes GROUP BY 1`,
  `SELECT d.title AS mark, count(v.id) AS n FROM documents d JOIN document_versions v ON v.document_id = d.id GROUP BY 1`,
  `SELECT changes ->> '$.remarks[1]' AS mark, count(*) AS n FROM audit WHERE entity = 'party' AND action = 'changed' GROUP BY 1`,
  `SELECT narration AS mark, count(*) AS n FROM entries WHERE state = 'posted' AND narration GLOB 'k-*' GROUP BY 1`,
  `SELECT changes ->> '$.title[1]' AS mark, count(*) AS n FROM audit WHERE entity = 'task' AND action = 'created' AND changes ->> '$.due_day[1]' = '2026-01-01' GROUP BY 1`,
  `SELECT 'finish ' || record_id AS mark, count(*) AS n FROM audit WHERE entity = 'task' AND action = 'changed' GROUP BY 1`,
];

/** Each names rows that must not be there. */
const never: readonly (readonly [string, string])[] = [
  ['a party whose remarks are not what the log says', `SELECT p.id FROM parties p JOIN audit a ON a.seq = (SELECT max(seq) FROM audit WHERE entity = 'party' AND record_id = p.id AND last_id IS NULL AND action = 'changed') WHERE p.remarks IS NOT a.changes ->> '$.remarks[1]'`],
  ['a finished task with no next one, or with two', `SELECT title FROM tasks GROUP BY title HAVING sum(state = 'open') <> 1`],
  ['a number that two have, or a gap in the series', `SELECT next FROM sequences WHERE name = 'party' AND next - 1 <> (SELECT count(DISTINCT number) FROM parties WHERE number GLOB 'P-*')`],
  ['a party that search does not hold', `SELECT count(*) FROM parties HAVING count(*) <> (SELECT count(*) FROM search_records s JOIN search_entities e ON e.name = 'party' AND s.id >= (e.no + 1024) * 4294967296 AND s.id < (e.no + 1025) * 4294967296)`],
  ['an entry that does not balance', `SELECT id >> 14 FROM entry_lines GROUP BY id >> 14 HAVING sum(amount) <> 0`],
  ['an entry without lines, or lines without an entry', `SELECT 1 FROM (SELECT count(*) AS n FROM entries WHERE state <> 'draft') e, (SELECT count(DISTINCT id >> 14) AS n FROM entry_lines) l WHERE e.n <> l.n`],
  ['a balance that is not the sum of its lines', `SELECT account_id, sum(amount) FROM entry_lines GROUP BY 1 EXCEPT SELECT account_id, sum(debit - credit) FROM balances WHERE dimension = '' GROUP BY 1`],
  ['an entry number that is left out', `SELECT s.journal FROM entry_series s WHERE s.next - 1 <> (SELECT count(*) FROM entries e JOIN periods p ON p.id = e.period_id WHERE p.year_id = s.year_id AND e.journal = s.journal AND e.state <> 'draft')`],
  ['an import that is not whole', `SELECT i.id FROM imports i WHERE i.created <> (SELECT count(*) FROM parties p WHERE p.id BETWEEN i.first_id AND i.last_id)`],
];

/** Reads the company that a killed process has left, as the next one will find it. */
export function evidenceOf(folder: string): Evidence {
  const db = openDatabase(join(folder, 'office.db'), 'read');
  try {
    return { marks: marksIn(db), problems: problemsIn(db) };
  } finally {
    db.close();
  }
}

function marksIn(db: Connection): Map<string, number> {
  const marks = new Map<string, number>();
  for (const text of counts) for (const { mark, n } of db.prepare(text).all() as Counted) marks.set(mark, (marks.get(mark) ?? 0) + n);
  return marks;
}

function problemsIn(db: Connection): string[] {
  const integrity = db.pragma('integrity_check', { simple: true }) as string;
  const broken = (db.pragma('foreign_key_check') as unknown[]).length;
  const found = never.flatMap(([what, text]) => (db.prepare(text).get() === undefined ? [] : [what]));
  return [...(integrity === 'ok' ? [] : [`integrity: ${integrity}`]), ...(broken > 0 ? [`${broken} broken references`] : []), ...verifyChain(db).problems, ...found];
}
