import { Worker } from 'node:worker_threads';
import { Refused } from '#contract/kit/failure.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { MoreDigits } from './moneys.ts';
import type { Read, ToImport } from './journalRead.ts';
import type { Load } from './loads.ts';
import type { Order, Word } from './readThread.ts';
import type { Act } from './steps.ts';

/** This thread's side of reading a large ledger on another. */

interface Hands {
  readonly given: ReadonlyMap<string, number>;
  readonly act: Act;
  readonly onLoad: (load: Load) => void;
  readonly job: Job;
}

// The file beside this one, with the ending this one has: .ts from a checkout, .js when bundled.
const script = new URL(`./readThread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** What was read, and the digest of its files, which takes a little longer. */
export interface ReadApart {
  readonly read: Read;
  readonly digest: Promise<string>;
}

/** As `readJournal`, on a thread of its own that sees the books as they were before this transaction; its steps and loads are taken here, in order. */
export async function readApart(ctx: Ctx, input: ToImport, hands: Hands): Promise<ReadApart> {
  const pace = new SharedArrayBuffer(8);
  const counts = new Int32Array(pace);
  const { folder, now, user, rights, language, call, request } = ctx;
  const order: Order = { folder, now, user, rights, language, call, request, input, given: hands.given, pace };
  const thread = new Worker(script, { workerData: order, resourceLimits: { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 8 } });
  const [read, digest] = [Promise.withResolvers<Read>(), Promise.withResolvers<string>()];
  const fail = (error: unknown): void => {
    read.reject(error);
    digest.reject(error);
  };
  thread.on('error', fail);
  thread.on('exit', () => fail(new Error('the thread that read the ledger ended')));
  let over = false;
  thread.on('message', (word: Word) => {
    if (over) return;
    try {
      heed(word, hands, read.resolve, digest.resolve);
    } catch (error) {
      over = true;
      fail(error);
    }
    if (word.what !== 'load') return;
    Atomics.add(counts, 1, 1);
    Atomics.notify(counts, 1);
  });
  const ended = digest.promise.finally(() => void thread.terminate());
  // Whoever wants the digest hears of it; where the reading failed, nobody does.
  ended.catch(() => undefined);
  try {
    return { read: await read.promise, digest: ended };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

/** Does what the reading thread says. @throws whatever it met */
function heed(word: Word, hands: Hands, done: (read: Read) => void, signed: (digest: string) => void): void {
  switch (word.what) {
    case 'step': {
      const id = hands.act(word.step);
      if (id !== word.id) throw new Error(`${word.step.do} ${id} came where ${word.id} was to come`);
      return;
    }
    case 'load':
      return hands.onLoad(word.load);
    case 'progress':
      return hands.job.progress(word.done, word.total);
    case 'check':
      return hands.job.check();
    case 'read':
      return done(word.read);
    case 'digest':
      return signed(word.digest);
    case 'more_digits':
      throw new MoreDigits(word.needed);
    case 'refused':
      throw new Refused(word.refused.code, word.refused.words, word.refused.params, word.refused.field);
    case 'error':
      throw Object.assign(new Error(word.message), { stack: word.stack });
  }
}
