import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { Refused } from '#contract/kit/failure.ts';
import type { Errand } from './errands.ts';
import type { Asked, Served } from './router.ts';
import type { Answer, Bench, Order } from './worker.ts';

/** The main thread's side of the worker threads. */

interface Waiting {
  readonly resolve: (served: Served) => void;
  readonly reject: (error: Error) => void;
  readonly progress: ((done: number, total: number, message: string) => void) | undefined;
}

export interface Hand {
  ask(order: Order, progress?: (done: number, total: number, message: string) => void): Promise<Served>;
  end(): Promise<void>;
}

// The file beside this one, with the ending this one has: .ts from a checkout, .js when bundled.
const script = new URL(`./worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Starts one worker thread. Whoever still waits when it ends gets an error. */
export function hire(bench: Bench): Hand {
  const worker = new Worker(script, { workerData: bench, resourceLimits: { maxOldGenerationSizeMb: 2048 } });
  const waiting = new Map<string, Waiting>();
  const fail = (error: Error): void => {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  worker.on('error', (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => fail(new Error('the worker thread ended')));
  worker.on('message', (answer: Answer) => {
    const one = waiting.get(answer.id);
    if (!one) return;
    if (answer.what === 'progress') return one.progress?.(answer.done, answer.total, answer.message);
    waiting.delete(answer.id);
    if (answer.what === 'value') return one.resolve({ value: answer.value, touched: answer.touched });
    if (answer.what === 'refused') return one.reject(new Refused(answer.refused.code, answer.refused.words, answer.refused.params, answer.refused.field));
    one.reject(Object.assign(new Error(answer.message), { stack: answer.stack }));
  });
  return {
    ask: (order, progress) =>
      new Promise((resolve, reject) => {
        waiting.set(order.id, { resolve, reject, progress });
        worker.postMessage(order);
      }),
    end: async () => {
      await worker.terminate();
    },
  };
}

/** One thread that stays for heavy reads and errands, and one for each job. */
export interface BackRoom {
  read(asked: Asked): Promise<unknown>;
  errand(errand: Errand): Promise<unknown>;
  /** An errand that takes long: on a thread of its own, so that searches do not wait for it. */
  longErrand(errand: Errand): Promise<unknown>;
  job(id: string, asked: Asked, writes: boolean, cancel: SharedArrayBuffer, progress: (done: number, total: number, message: string) => void): Promise<Served>;
  close(): Promise<void>;
}

export function openBackRoom(bench: Bench): BackRoom {
  let reader: Hand | null = null;
  const jobs = new Set<Hand>();
  const staying = (): Hand => (reader ??= hire(bench));
  const lone = async <T>(work: (hand: Hand) => Promise<T>): Promise<T> => {
    const hand = hire(bench);
    jobs.add(hand);
    try {
      return await work(hand);
    } finally {
      jobs.delete(hand);
      await hand.end();
    }
  };
  return {
    read: async (asked) => (await staying().ask({ id: randomUUID(), kind: 'read', asked })).value,
    errand: async (errand) => (await staying().ask({ id: randomUUID(), kind: 'errand', errand })).value,
    longErrand: async (errand) => (await lone((hand) => hand.ask({ id: randomUUID(), kind: 'errand', errand }))).value,
    job: (id, asked, writes, cancel, progress) => lone((hand) => hand.ask({ id, kind: 'job', asked, writes, cancel }, progress)),
    close: async () => {
      await Promise.all([...(reader ? [reader] : []), ...jobs].map((hand) => hand.end()));
      reader = null;
    },
  };
}
