import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { JournalImported } from '#contract/budgets/books.ts';
import { append } from '../../db/audit.ts';
import type { Ctx, Job } from '../../db/context.ts';
import type { Connection } from '../../db/open.ts';
import { run, sql } from '../../db/sql.ts';
import { addBalances } from '../accounts/tally.ts';
import { keepNumbers } from '../journal/writer.ts';
import { MoreDigits } from './moneys.ts';
import { type Read, type Reading, readJournal, type ToImport } from './journalRead.ts';
import { type Load, unloader } from './loads.ts';
import { digestOf } from './filesRead.ts';
import { readApart } from './readApart.ts';
import { type Step, take } from './steps.ts';

/** Brings a whole ledger of another program in, in one transaction: read, checked, valued, posted. */

const many = 10_000;
/** Files from so many bytes on are read on a thread of their own while this one writes: starting it takes a tenth of a second. */
const large = 8_000_000;

/** Indexes that put entries and lines in order: taken away and made anew where more come in than there are. All in the same transaction. */
function orderIndexes(db: Connection): { written(load: Load): void; remake(): void } {
  const before = (db.prepare('SELECT ifnull(max(id), 0) AS n FROM entries').get() as { n: number }).n;
  let count = 0;
  let gone: { readonly name: string; readonly sql: string }[] = [];
  return {
    written: ({ entries }) => {
      count += entries.length / 8;
      if (gone.length > 0 || count < Math.max(many, before)) return;
      gone = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('entries', 'entry_lines') AND sql IS NOT NULL AND sql NOT LIKE '%WHERE%'").all() as typeof gone;
      for (const { name } of gone) db.exec(`DROP INDEX "${name}"`);
      // Each sorter, one a thread, holds as much as the cache may.
      db.pragma('cache_size = -3000');
    },
    remake: () => {
      for (const { sql: text } of gone) db.exec(text);
      gone = [];
    },
  };
}

/** @throws Refused naming file and line where the ledger is broken; nothing of it stays */
export async function importJournal(ctx: Ctx, input: ToImport, job: Job): Promise<JournalImported> {
  const digits = new Map<string, number>();
  for (;;) {
    ctx.db.exec('SAVEPOINT ledger');
    try {
      const done = await attempt(ctx, input, job, digits);
      ctx.db.exec('RELEASE ledger');
      return done;
    } catch (error) {
      // A full or failing disk may have ended the whole transaction already.
      if (ctx.db.inTransaction) ctx.db.exec('ROLLBACK TO ledger; RELEASE ledger');
      if (!(error instanceof MoreDigits)) throw error;
      for (const [code, needed] of error.needed) digits.set(code, needed);
    }
  }
}

async function attempt(ctx: Ctx, input: ToImport, job: Job, given: ReadonlyMap<string, number>): Promise<JournalImported> {
  const indexes = orderIndexes(ctx.db);
  const unload = unloader(ctx.db, ctx.now, ctx.user?.name ?? '');
  const hands = {
    act: (step: Step) => take(ctx, step),
    onLoad: (load: Load) => {
      unload(load);
      indexes.written(load);
      job.check();
    },
    job,
  };
  const size = statSync(input.source, { throwIfNoEntry: false })?.size ?? 0;
  const { read: found, digest } = size < large ? readHere(ctx, input, { given, books: ctx.db, ...hands }) : await readApart(ctx, input, { given, ...hands });
  addBalances(ctx.db, found.moved);
  keepNumbers(ctx.db, found.series);
  indexes.remake();
  job.check();
  return noted(ctx, input, found, await digest);
}

function readHere(ctx: Ctx, input: ToImport, reading: Reading): { readonly read: Read; readonly digest: string } {
  const read = readJournal(ctx, input, reading);
  return { read, digest: digestOf(read.files) };
}

/** Writes the import down, and says what came of it. */
function noted(ctx: Ctx, input: ToImport, found: Read, digest: string): JournalImported {
  const name = basename(input.source).slice(0, 200);
  const { id } = run(
    ctx.db,
    sql`INSERT INTO ledger_imports (format, file_name, digest, at, user_id, first_id, last_id) VALUES (${input.format}, ${name}, ${digest}, ${ctx.now}, ${ctx.user?.id ?? null}, ${found.first}, ${found.last})`,
  );
  const { imported, lines, skipped, accounts, warnings, sums } = found;
  append(ctx, {
    action: 'imported',
    entity: 'entry',
    id: found.first,
    ...(found.last === null ? {} : { lastId: found.last }),
    title: name,
    changes: { ledger_import: id, format: input.format, count: imported, lines, skipped, seals: found.seals },
  });
  for (const kind of ['entry', 'account', 'commodity', 'rate', 'own_tag', 'fiscal_year', 'period']) ctx.touched.add(kind);
  return { imported, lines, skipped, refused: 0, accounts, warnings: [...warnings], sums };
}
