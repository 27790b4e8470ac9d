import type { JobState } from '#contract/company/desk.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { type Language, say, w } from '#contract/kit/words.ts';
import type { BackRoom, Turn } from './backroom.ts';
import { callNamed, type Asked, type Served } from './router.ts';

/** Jobs: what runs, how far it is, and how to stop it. The id of a job is the request id of its call. */
export interface Jobs {
  /** `hold` gives the writer to jobs that write. One that waits for it is listed, and can be cancelled, as one that runs. */
  start(asked: Asked, language: Language, hold: Turn): Promise<Served>;
  cancel(id: string): void;
  list(): readonly JobState[];
  /** Cancels what runs and waits for it to end. */
  end(): Promise<void>;
}

const remembered = 20;

/** What can stop a job: the flag that its thread looks at, and what it waits for outside of it. */
interface Stop {
  readonly flag: Int32Array;
  /** Gives up waiting for the writer. */
  leave: () => void;
}

const isStopped = ({ flag }: Stop): boolean => Atomics.load(flag, 0) === 1;

function stopNow(stop: Stop): void {
  Atomics.store(stop.flag, 0, 1);
  stop.leave();
}

const waits = w('waits for another job to end', 'wartet, bis eine andere Aufgabe endet');
/** Ms after which a job that still waits says so. */
const patience = 200;

/** The turn of a job that can be stopped while it waits; once it writes, only its thread stops it. `tell` hears when it has waited for a while, and when it goes on. */
const turnOf =
  (stop: Stop, hold: Turn, tell: (waiting: boolean) => void): Turn =>
  (write) =>
    new Promise((resolve, reject) => {
      const cancelled = (): Refused => new Refused('invalid', refusals.cancelled);
      let told = false;
      const timer = setTimeout(() => tell((told = true)), patience);
      const settled = (): void => {
        clearTimeout(timer);
        if (told) tell((told = false));
      };
      stop.leave = () => {
        settled();
        reject(cancelled());
      };
      const work = (): ReturnType<typeof write> => {
        settled();
        stop.leave = () => undefined;
        return isStopped(stop) ? Promise.reject(cancelled()) : write();
      };
      hold(work).then(resolve, reject);
    });

export function openJobs(backRoom: BackRoom, tell: (job: JobState) => void): Jobs {
  const states = new Map<string, JobState>();
  const stops = new Map<string, Stop>();
  const running = new Set<Promise<unknown>>();
  const set = (job: JobState): void => {
    states.set(job.id, job);
    tell(job);
  };
  async function start(asked: Asked, language: Language, hold: Turn): Promise<Served> {
    const call = callNamed(asked.name);
    const cancel = new SharedArrayBuffer(4);
    const stop: Stop = { flag: new Int32Array(cancel), leave: () => undefined };
    stops.set(asked.request, stop);
    const first: JobState = { id: asked.request, call: asked.name, label: call.label ? say(call.label, language) : asked.name, done: 0, total: 0, state: 'running', message: '', started_at: asked.now };
    set(first);
    const now = (): JobState => states.get(asked.request) ?? first;
    try {
      const turn = turnOf(stop, hold, (waiting) => set({ ...now(), ...(waiting ? { message: say(waits, language) } : { message: '', started_at: Date.now() }) }));
      const work = (): Promise<Served> => backRoom.job(asked, call.writes, cancel, (done, total, message) => set({ ...now(), done, total, message }), turn);
      const served = await (call.writes === true ? turn(work) : work());
      set({ ...now(), state: 'done' });
      return served;
    } catch (error) {
      const cancelled = error instanceof Refused && error.words === refusals.cancelled;
      set({ ...now(), state: cancelled || isStopped(stop) ? 'cancelled' : 'failed', message: error instanceof Refused ? say(error.words, language, error.params) : '' });
      throw error;
    } finally {
      stops.delete(asked.request);
      for (const old of [...states.values()].filter((job) => job.state !== 'running').slice(0, -remembered)) states.delete(old.id);
    }
  }
  return {
    start: (asked, language, hold) => {
      const work = start(asked, language, hold);
      running.add(work);
      void work.catch(() => undefined).finally(() => running.delete(work));
      return work;
    },
    cancel: (id) => {
      const stop = stops.get(id);
      if (stop) stopNow(stop);
    },
    list: () => [...states.values()],
    end: async () => {
      for (const stop of stops.values()) stopNow(stop);
      await Promise.allSettled(running);
    },
  };
}
