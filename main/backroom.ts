import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Call } from '#contract/kit/call.ts';
import { Refused } from '#contract/kit/failure.ts';
import type { Errand } from './errands.ts';
import type { Asked, Served } from './router.ts';
import type { Answer, Bench, Order } from './worker.ts';

/** The main thread's side of the worker threads. */

export type Progress = (done: number, total: number, message: string) => void;

interface Waiting {
  readonly resolve: (served: Served) => void;
  readonly reject: (error: Error) => void;
  readonly progress: Progress | undefined;
}

export interface Hand {
  ask(order: Order, progress?: Progress): Promise<Served>;
  end(): Promise<void>;
  /** False once its thread has ended. */
  alive(): boolean;
}

// The file beside this one, with the ending this one has: .ts from a checkout, .js when bundled.
const script = new URL(`./worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

const ended = (): Error => new Error('the worker thread ended');

/** Starts one worker thread. Whoever still waits when it ends gets an error. */
export function hire(bench: Bench): Hand {
  // A small young generation: rows of an import live for a moment, and V8 would let them pile up.
  const worker = new Worker(script, { workerData: bench, resourceLimits: { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 16 } });
  const waiting = new Map<string, Waiting>();
  let living = true;
  const fail = (error: Error): void => {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  worker.on('error', (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => {
    living = false;
    fail(ended());
  });
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
        // An ended thread takes messages and answers none.
        if (!living) return reject(ended());
        waiting.set(order.id, { resolve, reject, progress });
        worker.postMessage(order);
      }),
    end: async () => {
      await worker.terminate();
    },
    alive: () => living,
  };
}

/** Waits for the writer and runs `write` while nobody else writes. */
export type Turn = <T>(write: () => Promise<T>) => Promise<T>;

/** One thread that stays for heavy reads and errands, and one for each job; the last of these waits a little for the next job. */
export interface BackRoom {
  read(asked: Asked): Promise<unknown>;
  errand(errand: Errand): Promise<unknown>;
  /** An errand that takes long: on a thread of its own, so that searches do not wait for it. */
  longErrand(errand: Errand): Promise<unknown>;
  /** `turn` is asked by jobs that write last, when they have read. */
  job(asked: Asked, writes: Call['writes'], cancel: SharedArrayBuffer, progress: Progress, turn: Turn): Promise<Served>;
  close(): Promise<void>;
}

export function openBackRoom(bench: Bench): BackRoom {
  let reader: Hand | null = null;
  const jobs = new Set<Hand>();
  let spare: Hand | null = null;
  let rest: NodeJS.Timeout | undefined;
  const dismiss = async (): Promise<void> => {
    clearTimeout(rest);
    const hand = spare;
    spare = null;
    await hand?.end();
  };
  const staying = (): Hand => (reader?.alive() ? reader : (reader = hire(bench)));
  const lone = async <T>(work: (hand: Hand) => Promise<T>): Promise<T> => {
    clearTimeout(rest);
    const hand = spare?.alive() ? spare : hire(bench);
    spare = null;
    jobs.add(hand);
    try {
      return await work(hand);
    } finally {
      // Starting a thread takes longer than most jobs: an import is a look, a check and a run.
      const kept = jobs.delete(hand) && hand.alive() && spare === null;
      if (kept) {
        spare = hand;
        rest = setTimeout(() => void dismiss(), 30_000).unref();
      } else await hand.end();
    }
  };
  return {
    read: async (asked) => (await staying().ask({ id: randomUUID(), kind: 'read', asked })).value,
    errand: async (errand) => (await staying().ask({ id: randomUUID(), kind: 'errand', errand })).value,
    longErrand: async (errand) => (await lone((hand) => hand.ask({ id: randomUUID(), kind: 'errand', errand }))).value,
    job: (asked, writes, cancel, progress, turn) =>
      lone(async (hand) => {
        const served = await hand.ask({ id: asked.request, kind: 'job', asked, writes, cancel }, progress);
        return writes === 'last' ? turn(() => hand.ask({ id: asked.request, kind: 'keep' }, progress)) : served;
      }),
    close: async () => {
      const hands = [...(reader ? [reader] : []), ...jobs];
      jobs.clear();
      await Promise.all([dismiss(), ...hands.map((hand) => hand.end())]);
      reader = null;
    },
  };
}
