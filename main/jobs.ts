import type { JobState } from '#contract/company/desk.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { type Language, say } from '#contract/kit/words.ts';
import type { BackRoom } from './backroom.ts';
import { callNamed, type Asked, type Served } from './router.ts';

/** Jobs: what runs, how far it is, and how to stop it. The id of a job is the request id of its call. */
export interface Jobs {
  start(asked: Asked, language: Language): Promise<Served>;
  cancel(id: string): void;
  list(): readonly JobState[];
  /** Cancels what runs and waits for it to end. */
  end(): Promise<void>;
}

const remembered = 20;

export function openJobs(backRoom: BackRoom, tell: (job: JobState) => void): Jobs {
  const states = new Map<string, JobState>();
  const flags = new Map<string, Int32Array>();
  const running = new Set<Promise<unknown>>();
  const set = (job: JobState): void => {
    states.set(job.id, job);
    tell(job);
  };
  async function start(asked: Asked, language: Language): Promise<Served> {
    const call = callNamed(asked.name);
    const cancel = new SharedArrayBuffer(4);
    flags.set(asked.request, new Int32Array(cancel));
    const first: JobState = { id: asked.request, call: asked.name, label: call.label ? say(call.label, language) : asked.name, done: 0, total: 0, state: 'running', message: '', started_at: asked.now };
    set(first);
    const now = (): JobState => states.get(asked.request) ?? first;
    try {
      const served = await backRoom.job(asked.request, asked, call.writes === true, cancel, (done, total, message) => set({ ...now(), done, total, message }));
      set({ ...now(), state: 'done' });
      return served;
    } catch (error) {
      const cancelled = error instanceof Refused && error.words === refusals.cancelled;
      const stopped = Atomics.load(new Int32Array(cancel), 0) === 1;
      set({ ...now(), state: cancelled || stopped ? 'cancelled' : 'failed', message: error instanceof Refused ? say(error.words, language, error.params) : '' });
      throw error;
    } finally {
      flags.delete(asked.request);
      for (const old of [...states.values()].filter((job) => job.state !== 'running').slice(0, -remembered)) states.delete(old.id);
    }
  }
  return {
    start: (asked, language) => {
      const work = start(asked, language);
      running.add(work);
      void work.catch(() => undefined).finally(() => running.delete(work));
      return work;
    },
    cancel: (id) => {
      const flag = flags.get(id);
      if (flag) Atomics.store(flag, 0, 1);
    },
    list: () => [...states.values()],
    end: async () => {
      for (const flag of flags.values()) Atomics.store(flag, 0, 1);
      await Promise.allSettled(running);
    },
  };
}
