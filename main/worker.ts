import { parentPort, workerData } from 'node:worker_threads';
import { Refused, refusals } from '#contract/kit/failure.ts';
import type { Call } from '#contract/kit/call.ts';
import type { Ctx, Job } from './db/context.ts';
import { knownHead } from './db/heads.ts';
import { type Connection, forManyRows, openDatabase } from './db/open.ts';
import { first, sql } from './db/sql.ts';
import type { Aid } from './handlers.ts';
import { type Errand, run } from './errands.ts';
import { type Asked, type Seat, type Served, serveFindings, serveRead, serveWrite, serveWritingJob } from './router.ts';

/**
 * The back room: heavy reads, errands and jobs run here, on connections of their own, so that the window never waits.
 * It is asked by messages and answers each with `{id, ok, value | refusal | error}`.
 */

export interface Bench {
  readonly folder: string;
  readonly headsDir: string;
}

export type Order =
  | { readonly id: string; readonly kind: 'read'; readonly asked: Asked }
  | { readonly id: string; readonly kind: 'job'; readonly asked: Asked; readonly writes: Call['writes']; readonly cancel: SharedArrayBuffer }
  /** The writer is free for what the job of that id has read. */
  | { readonly id: string; readonly kind: 'keep' }
  | { readonly id: string; readonly kind: 'errand'; readonly errand: Errand };

export type Answer =
  | { readonly id: string; readonly what: 'value'; readonly value: unknown; readonly touched: readonly string[] }
  | { readonly id: string; readonly what: 'refused'; readonly refused: Pick<Refused, 'code' | 'words' | 'params' | 'field'> }
  | { readonly id: string; readonly what: 'error'; readonly message: string; readonly stack: string }
  | { readonly id: string; readonly what: 'progress'; readonly done: number; readonly total: number; readonly message: string };

const port = parentPort!;
const bench = workerData as Bench;
let reading: Seat | null = null;
/** What a job that writes last has read, until it may write. */
let unkept: { readonly id: string; readonly asked: Asked; readonly keep: (ctx: Ctx) => unknown } | null = null;

const seat = (): Seat => (reading ??= { db: openDatabase(`${bench.folder}/office.db`, 'read'), folder: bench.folder });

port.on('message', (order: Order) => {
  void answer(order).then((reply) => port.postMessage(reply));
});

async function answer(order: Order): Promise<Answer> {
  try {
    if (order.kind === 'errand') return { id: order.id, what: 'value', value: await run(order.errand), touched: [] };
    if (order.kind === 'read') return { id: order.id, what: 'value', value: await serveRead(seat(), order.asked, {}), touched: [] };
    const served = await (order.kind === 'keep' ? keep(order.id) : work(order));
    return { id: order.id, what: 'value', value: served.value, touched: served.touched };
  } catch (error) {
    if (error instanceof Refused) return { id: order.id, what: 'refused', refused: { code: error.code, words: error.words, params: error.params, field: error.field } };
    return { id: order.id, what: 'error', message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? (error.stack ?? '') : '' };
  }
}

/** A connection for each job: FTS5 calls its index corrupt when it is checked on one that has seen an older state of it. */
async function onOwn<T>(as: 'read' | 'write', work: (own: Seat) => T | Promise<T>): Promise<T> {
  const db = forManyRows(openDatabase(`${bench.folder}/office.db`, as));
  // A job that reads goes through the books once, and what it has read need not be kept.
  if (as === 'read') db.pragma('cache_size = -8000');
  try {
    return await work({ db, folder: bench.folder });
  } finally {
    // After the answer is on its way.
    if (as === 'write') setImmediate(() => settle(db));
    else db.close();
  }
}

/** Carries what is durable in the log into the file, as far as readers let it, and closes. On a full disk it stays in the log, where it is as safe. */
function settle(db: Connection): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // The answer is on its way, and the next one to write tries again.
  } finally {
    db.close();
  }
}

/** Runs a job; of one that writes last, the half that reads. */
function work(order: Extract<Order, { kind: 'job' }>): Promise<Served> {
  const { id, asked, writes } = order;
  // Before anything is read: while a job reads one state of the company, others go on writing, and later heads are noted.
  const aidOn = ({ db }: Seat): Aid => ({ job: jobOf(order), known: knownHead(bench.headsDir, first<{ uuid: string }>(db, sql`SELECT uuid FROM company`)!.uuid) });
  unkept = null;
  if (writes === true) return onOwn('write', (own) => serveWritingJob(own, asked, aidOn(own)));
  if (writes !== 'last') return onOwn('read', async (own) => ({ value: await serveRead(own, asked, aidOn(own)), touched: [] }));
  return onOwn('read', (own) => {
    unkept = { id, asked, keep: serveFindings(own, asked, aidOn(own)) };
    return { value: null, touched: [] };
  });
}

function keep(id: string): Promise<Served> {
  const found = unkept;
  unkept = null;
  if (found?.id !== id) throw new Error('nothing waits to be kept');
  return onOwn('write', (own) => serveWrite(own, found.asked, {}, found.keep));
}

const every = 50;

function jobOf(order: { readonly id: string; readonly cancel: SharedArrayBuffer }): Job {
  const flag = new Int32Array(order.cancel);
  let told = 0;
  return {
    progress: (done, total, message = '') => {
      const now = performance.now();
      if (now - told < every && done < total) return;
      told = now;
      port.postMessage({ id: order.id, what: 'progress', done, total, message } satisfies Answer);
    },
    check: () => {
      if (Atomics.load(flag, 0) === 1) throw new Refused('invalid', refusals.cancelled);
    },
  };
}
