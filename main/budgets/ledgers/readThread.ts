import { parentPort, workerData } from 'node:worker_threads';
import { Refused } from '#contract/kit/failure.ts';
import type { Ctx } from '../../db/context.ts';
import { apply } from '../../db/migrate.ts';
import { type Connection, openDatabase, openMemory } from '../../db/open.ts';
import { digestOf } from './filesRead.ts';
import { MoreDigits } from './moneys.ts';
import { type Read, readJournal, type ToImport } from './journalRead.ts';
import type { Load } from './loads.ts';
import { type Step, take } from './steps.ts';

/**
 * Reads a large ledger beside the thread that writes it: on a copy in memory of what the books have, where it takes the same steps. Nothing of
 * that copy is kept; the other thread makes sure that its own steps make the same ids.
 */

export interface Order extends Omit<Ctx, 'db' | 'touched'> {
  readonly input: ToImport;
  readonly given: ReadonlyMap<string, number>;
  /** Loads sent and loads written, so that this thread does not run away from the other. */
  readonly pace: SharedArrayBuffer;
}

export type Word =
  | { readonly what: 'step'; readonly step: Step; readonly id: number }
  | { readonly what: 'load'; readonly load: Load }
  /** Was it cancelled? */
  | { readonly what: 'check' }
  | { readonly what: 'progress'; readonly done: number; readonly total: number }
  | { readonly what: 'read'; readonly read: Read }
  | { readonly what: 'digest'; readonly digest: string }
  | { readonly what: 'more_digits'; readonly needed: ReadonlyMap<string, number> }
  | { readonly what: 'refused'; readonly refused: Pick<Refused, 'code' | 'words' | 'params' | 'field'> }
  | { readonly what: 'error'; readonly message: string; readonly stack: string };

/** Loads that may wait to be written. */
const ahead = 3;

/** What an import looks up or adds to, beside entries. */
const copied = ['company', 'books', 'accounts', 'commodities', 'rates', 'own_tags', 'fiscal_years', 'periods', 'entry_series', 'sqlite_sequence'] as const;

/** A copy of the small tables of the books in memory. */
function copyOf(books: Connection): Connection {
  const db = openMemory();
  apply(db);
  db.pragma('foreign_keys = OFF');
  for (const table of copied) {
    const columns = (books.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]).map((name) => `"${name}"`);
    db.exec(`DELETE FROM ${table}`);
    const add = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of books.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).raw().iterate() as IterableIterator<unknown[]>) add.run(row);
  }
  return db;
}

function work(order: Order, say: (word: Word) => void): void {
  const books = openDatabase(`${order.folder}/office.db`, 'read');
  const db = copyOf(books);
  const pace = new Int32Array(order.pace);
  const { folder, now, user, rights, language, call, request } = order;
  const ctx: Ctx = { db, folder, now, user, rights, language, call, request, touched: new Set() };
  try {
    const read = readJournal(ctx, order.input, {
      given: order.given,
      books,
      act: (step) => {
        const id = take(ctx, step);
        say({ what: 'step', step, id });
        return id;
      },
      onLoad: (load) => {
        const sent = Atomics.add(pace, 0, 1) + 1;
        say({ what: 'load', load });
        for (let written = Atomics.load(pace, 1); sent - written > ahead; written = Atomics.load(pace, 1)) Atomics.wait(pace, 1, written);
      },
      job: { progress: (done, total) => say({ what: 'progress', done, total }), check: () => say({ what: 'check' }) },
    });
    say({ what: 'read', read });
    // While the other thread makes its indexes.
    say({ what: 'digest', digest: digestOf(read.files) });
  } catch (error) {
    if (error instanceof MoreDigits) say({ what: 'more_digits', needed: error.needed });
    else if (error instanceof Refused) say({ what: 'refused', refused: { code: error.code, words: error.words, params: error.params, field: error.field } });
    else say({ what: 'error', message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? (error.stack ?? '') : '' });
  } finally {
    db.close();
    books.close();
  }
}

work(workerData as Order, (word) => parentPort!.postMessage(word));
