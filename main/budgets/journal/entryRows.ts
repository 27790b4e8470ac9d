import type { Connection } from '../../db/open.ts';
import { isPlain, lineSpan, type ToPost } from './posted.ts';

/** Rows of posted entries and their lines, one by one or many at a time. */

export interface Drawn {
  readonly number: string;
  readonly total: number;
  readonly period: number;
  readonly seal: string;
}

export interface EntryRows {
  add(entry: ToPost, drawn: Drawn): number;
  /** Turns a draft into a posted entry. */
  post(draftId: number, entry: ToPost, drawn: Drawn): number;
  /** Writes what waits. */
  flush(): void;
}

/** So many rows go into one statement: half the cost of a row alone. */
const linesAtOnce = 60;
const entriesAtOnce = 20;

const repeated = (row: string, count: number): string => Array.from({ length: count }, () => row).join(', ');

export function entryRows(db: Connection, now: number, by: string, many: boolean): EntryRows {
  const insertEntry = db.prepare(
    `INSERT INTO entries (number, day, journal, state, narration, reference, total, period_id, reverses_id, origin, source_entity, source_id, posted_by, seal, posted_at, created_at, updated_at)
     VALUES (?, ?, ?, 'posted', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const postDraft = db.prepare(
    `UPDATE entries SET number = ?, day = ?, journal = ?, state = 'posted', narration = ?, reference = ?, total = ?, period_id = ?, reverses_id = ?, origin = ?, source_entity = ?, source_id = ?,
     posted_by = ?, seal = ?, posted_at = ?, updated_at = ?, version = version + 1 WHERE id = ? AND state = 'draft'`,
  );
  const insertLine = db.prepare('INSERT INTO entry_lines (id, account_id, day, amount, currency, quantity, closing, party_id, department_id, place_id, project_id, tax_code_id, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertTag = db.prepare('INSERT INTO entry_line_tags (line_id, tag_id) VALUES (?, ?)');
  const plainLines = (count: number) => db.prepare(`INSERT INTO entry_lines (id, account_id, day, amount) VALUES ${repeated('(?, ?, ?, ?)', count)}`);
  const [oneLine, manyLines] = [plainLines(1), plainLines(linesAtOnce)];
  const imported = (count: number) =>
    db.prepare(
      `INSERT INTO entries (id, number, day, narration, reference, total, period_id, seal, journal, state, origin, posted_by, posted_at, created_at, updated_at)
       VALUES ${repeated(`(?, ?, ?, ?, ?, ?, ?, ?, 'general', 'posted', 'import', ${`'${by.replaceAll("'", "''").replaceAll('\0', '')}'`}, ${now}, ${now}, ${now})`, count)}`,
    );
  const bulk = many ? { one: imported(1), many: imported(entriesAtOnce) } : null;
  let next = (db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'entries'").pluck().get() as number | undefined) ?? 0;
  let [lines, entries]: (string | number)[][] = [[], []];

  const facts = (entry: ToPost, drawn: Drawn): (string | number | null)[] => [drawn.number, entry.day, entry.journal, entry.narration, entry.reference, drawn.total, drawn.period, entry.reverses_id ?? null, entry.origin, entry.source?.entity ?? '', entry.source?.id ?? null, by, drawn.seal, now, now];

  function pour(): void {
    if (entries!.length === entriesAtOnce * 8) bulk!.many.run(entries);
    else for (let at = 0; at < entries!.length; at += 8) bulk!.one.run(entries!.slice(at, at + 8));
    entries = [];
  }

  function pourLines(): void {
    if (lines!.length === linesAtOnce * 4) manyLines.run(lines);
    else for (let at = 0; at < lines!.length; at += 4) oneLine.run(lines!.slice(at, at + 4));
    lines = [];
  }

  function addLines(id: number, entry: ToPost): void {
    const closing = entry.closing === true ? 1 : 0;
    for (let at = 0; at < entry.lines.length; at += 1) {
      const line = entry.lines[at]!;
      const key = id * lineSpan + at + 1;
      if (closing === 0 && isPlain(line)) {
        lines!.push(key, line.account_id, entry.day, line.amount);
        if (lines!.length === linesAtOnce * 4) pourLines();
      } else {
        insertLine.run(key, line.account_id, entry.day, line.amount, line.currency, line.quantity, closing, line.party_id, line.department_id, line.place_id, line.project_id, line.tax_code_id, line.text);
        if (line.tags !== undefined) for (const tag of line.tags) insertTag.run(key, tag);
      }
    }
    if (!bulk) pourLines();
  }

  return {
    add: (entry, drawn) => {
      let id: number;
      if (bulk) {
        if (entry.journal !== 'general' || entry.origin !== 'import' || entry.reverses_id != null || entry.source) throw new Error('only plain imported entries come many at a time');
        id = next += 1;
        entries!.push(id, drawn.number, entry.day, entry.narration, entry.reference, drawn.total, drawn.period, drawn.seal);
        if (entries!.length === entriesAtOnce * 8) pour();
      } else id = Number(insertEntry.run(facts(entry, drawn), now).lastInsertRowid);
      addLines(id, entry);
      return id;
    },
    post: (draftId, entry, drawn) => {
      postDraft.run(facts(entry, drawn), draftId);
      addLines(draftId, entry);
      return draftId;
    },
    flush: () => {
      if (bulk) pour();
      pourLines();
    },
  };
}
