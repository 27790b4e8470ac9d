import type { Connection } from '../../db/open.ts';
import { isPlain, lineSpan, type PostedLine, type ToPost } from './posted.ts';

/** Rows of posted entries and their lines, one by one. */

export interface Drawn {
  readonly number: string;
  readonly total: number;
  readonly period: number;
  readonly seal: string;
}

export interface EntryRows {
  /** The id of the entry. */
  add(entry: ToPost, drawn: Drawn): number;
  /** Turns a draft into a posted entry. */
  post(draftId: number, entry: ToPost, drawn: Drawn): number;
  /** Writes what waits. */
  flush(): void;
}

/** Writes a line that has more than account and amount. */
export function lineRow(db: Connection): (key: number, day: string, closing: number, line: PostedLine) => void {
  const insertLine = db.prepare('INSERT INTO entry_lines (id, account_id, day, amount, currency, quantity, closing, party_id, department_id, place_id, project_id, tax_code_id, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertTag = db.prepare('INSERT INTO entry_line_tags (line_id, tag_id) VALUES (?, ?)');
  return (key, day, closing, line) => {
    insertLine.run(key, line.account_id, day, line.amount, line.currency, line.quantity, closing, line.party_id, line.department_id, line.place_id, line.project_id, line.tax_code_id, line.text);
    if (line.tags !== undefined) for (const tag of line.tags) insertTag.run(key, tag);
  };
}

export function entryRows(db: Connection, now: number, by: string): EntryRows {
  const insertEntry = db.prepare(
    `INSERT INTO entries (number, day, journal, state, narration, reference, total, period_id, reverses_id, origin, source_entity, source_id, posted_by, seal, posted_at, created_at, updated_at)
     VALUES (?, ?, ?, 'posted', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const postDraft = db.prepare(
    `UPDATE entries SET number = ?, day = ?, journal = ?, state = 'posted', narration = ?, reference = ?, total = ?, period_id = ?, reverses_id = ?, origin = ?, source_entity = ?, source_id = ?,
     posted_by = ?, seal = ?, posted_at = ?, updated_at = ?, version = version + 1 WHERE id = ? AND state = 'draft'`,
  );
  const plainLine = db.prepare('INSERT INTO entry_lines (id, account_id, day, amount) VALUES (?, ?, ?, ?)');
  const addLine = lineRow(db);
  const facts = (entry: ToPost, drawn: Drawn): (string | number | null)[] => [drawn.number, entry.day, entry.journal, entry.narration, entry.reference, drawn.total, drawn.period, entry.reverses_id ?? null, entry.origin, entry.source?.entity ?? '', entry.source?.id ?? null, by, drawn.seal, now, now];

  function addLines(id: number, entry: ToPost): void {
    const closing = entry.closing === true ? 1 : 0;
    let key = id * lineSpan;
    for (const line of entry.lines) {
      key += 1;
      if (closing === 0 && isPlain(line)) plainLine.run(key, line.account_id, entry.day, line.amount);
      else addLine(key, entry.day, closing, line);
    }
  }

  return {
    add: (entry, drawn) => {
      const id = Number(insertEntry.run(facts(entry, drawn), now).lastInsertRowid);
      addLines(id, entry);
      return id;
    },
    post: (draftId, entry, drawn) => {
      postDraft.run(facts(entry, drawn), draftId);
      addLines(draftId, entry);
      return draftId;
    },
    flush: () => undefined,
  };
}
