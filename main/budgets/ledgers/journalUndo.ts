import { createHash } from 'node:crypto';
import type { LedgerImport } from '#contract/budgets/books.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { all, first, run, sql } from '../../db/sql.ts';
import { keepPurchases } from '../journal/assetReversal.ts';
import { postedLines } from '../journal/entry.ts';
import { type ToPost } from '../journal/posted.ts';
import { openWriter } from '../journal/writer.ts';

/** Ledgers of other programs that were imported, and taking one back: what is posted stays, each entry gets its reversal. */

const words = {
  what: w('Imported ledger', 'Importierte Buchhaltung'),
  undone: w('{name} was taken back already.', '{name} wurde schon zurückgenommen.'),
  closed: w('{name} is closed, and entries of the import stand in it. Open it first.', '{name} ist geschlossen und enthält Buchungen des Imports. Bitte zuerst öffnen.'),
  reversal: w('Reversal of {number}: {reason}', 'Storno von {number}: {reason}'),
};

const atOnce = 1000;

export const imports = (ctx: Ctx): readonly LedgerImport[] =>
  all<LedgerImport>(
    ctx.db,
    sql`SELECT i.id, i.format, i.file_name, i.at, ifnull(u.name, '') AS by, ifnull(i.last_id - i.first_id + 1, 0) AS entries, i.undone_at
        FROM ledger_imports i LEFT JOIN users u ON u.id = i.user_id ORDER BY i.id DESC LIMIT 1000`,
  );

interface Kept {
  readonly id: number;
  readonly file_name: string;
  readonly first_id: number | null;
  readonly last_id: number | null;
  readonly undone_at: number | null;
}

type Standing = Pick<ToPost, 'day' | 'journal'> & { readonly id: number; readonly number: string };

/** Reverses every entry of an import that still stands, on its own day. @throws Refused when a period of them is closed, or an asset stands on one of them */
export function undoImport(ctx: Ctx, input: { id: number; reason: string }, job: Job): { entries: number } {
  const kept = first<Kept>(ctx.db, sql`SELECT id, file_name, first_id, last_id, undone_at FROM ledger_imports WHERE id = ${input.id}`);
  if (!kept) throw new Refused('missing', refusals.missing, { what: words.what[ctx.language], id: input.id });
  if (kept.undone_at !== null) throw new Refused('invalid', words.undone, { name: kept.file_name });
  const [from, to] = [kept.first_id ?? 0, kept.last_id ?? -1];
  const closed = first<{ name: string }>(
    ctx.db,
    sql`SELECT p.name FROM entries e JOIN periods p ON p.id = e.period_id WHERE e.id BETWEEN ${from} AND ${to} AND e.state = 'posted' AND e.origin = 'import' AND p.state <> 'open' ORDER BY p.start_day LIMIT 1`,
  );
  if (closed) throw new Refused('invalid', words.closed, { name: closed.name });
  keepPurchases(ctx, from, to);
  const writer = openWriter(ctx);
  const digest = createHash('sha256');
  const made: number[] = [];
  for (let last = from - 1; ; ) {
    const page = all<Standing>(ctx.db, sql`SELECT id, number, day, journal FROM entries WHERE id > ${last} AND id <= ${to} AND state = 'posted' AND origin = 'import' ORDER BY id LIMIT ${atOnce}`);
    if (page.length === 0) break;
    job.check();
    for (const one of page) {
      run(ctx.db, sql`UPDATE entries SET state = 'reversed', version = version + 1, updated_at = ${ctx.now} WHERE id = ${one.id}`);
      const lines = postedLines(ctx, one.id).map((line) => ({ ...line, amount: -line.amount || 0, quantity: -line.quantity || 0 }));
      const narration = say(words.reversal, ctx.language, { number: one.number, reason: input.reason }).slice(0, 500);
      const posted = writer.write({ day: one.day, journal: one.journal, narration, reference: '', lines, origin: 'reversal', reverses_id: one.id });
      digest.update(posted.seal);
      made.push(posted.id);
      last = one.id;
    }
    job.progress(last - from + 1, to - from + 1);
  }
  writer.finish();
  run(ctx.db, sql`UPDATE ledger_imports SET undone_at = ${ctx.now} WHERE id = ${kept.id}`);
  append(ctx, {
    action: 'import_undone',
    entity: 'entry',
    id: made[0] ?? null,
    ...(made.length === 0 ? {} : { lastId: made.at(-1)! }),
    title: kept.file_name,
    changes: { ledger_import: kept.id, count: made.length, reason: ['', input.reason], seals: digest.digest('hex') },
  });
  return { entries: made.length };
}
