import { parentPort, workerData } from 'node:worker_threads';
import { Refused, refusals } from '#contract/kit/failure.ts';
import type { Job } from './db/context.ts';
import { forManyRows, openDatabase } from './db/open.ts';
import { type Errand, run } from './errands.ts';
import { type Asked, type Seat, serveRead, serveWritingJob } from './router.ts';

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
  | { readonly id: string; readonly kind: 'job'; readonly asked: Asked; readonly writes: boolean; readonly cancel: SharedArrayBuffer }
  | { readonly id: string; readonly kind: 'errand'; readonly errand: Errand };

export type Answer =
  | { readonly id: string; readonly what: 'value'; readonly value: unknown; readonly touched: readonly string[] }
  | { readonly id: string; readonly what: 'refused'; readonly refused: Pick<Refused, 'code' | 'words' | 'params' | 'field'> }
  | { readonly id: string; readonly what: 'error'; readonly message: string; readonly stack: string }
  | { readonly id: string; readonly what: 'progress'; readonly done: number; readonly total: number; readonly message: string };

const port = parentPort!;
const bench = workerData as Bench;
let reading: Seat | null = null;

const seat = (): Seat => (reading ??= { db: openDatabase(`${bench.folder}/office.db`, 'read'), folder: bench.folder });

port.on('message', (order: Order) => {
  void answer(order).then((reply) => port.postMessage(reply));
});

async function answer(order: Order): Promise<Answer> {
  try {
    if (order.kind === 'errand') return { id: order.id, what: 'value', value: await run(order.errand), touched: [] };
    if (order.kind === 'read') return { id: order.id, what: 'value', value: await serveRead(seat(), order.asked, { headsDir: bench.headsDir }), touched: [] };
    const aid = { job: jobOf(order), headsDir: bench.headsDir };
    // A connection for each job: FTS5 calls its index corrupt when it is checked on one that has seen an older state of it.
    const db = openDatabase(`${bench.folder}/office.db`, order.writes ? 'write' : 'read');
    if (order.writes) forManyRows(db);
    try {
      const own = { db, folder: bench.folder };
      const served = order.writes ? await serveWritingJob(own, order.asked, aid) : { value: await serveRead(own, order.asked, aid), touched: [] };
      return { id: order.id, what: 'value', value: served.value, touched: served.touched };
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Refused) return { id: order.id, what: 'refused', refused: { code: error.code, words: error.words, params: error.params, field: error.field } };
    return { id: order.id, what: 'error', message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? (error.stack ?? '') : '' };
  }
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
