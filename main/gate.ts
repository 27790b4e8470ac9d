import { Refused, refusals } from '#contract/kit/failure.ts';

/**
 * One writer at a time, decided here and not by SQLite's lock, so that the main thread never waits blocked: short writes run at once;
 * a job that writes has the gate to itself, and short writes wait for it without holding up the window.
 */
export interface Gate {
  /** Waits until no writing job runs. @throws Refused busy after `patience` milliseconds */
  pass(patience?: number): Promise<void>;
  /** Whether a writing job has it. */
  held(): boolean;
  /** Has the gate to itself while `work` runs. */
  hold<T>(what: string, work: () => Promise<T>): Promise<T>;
}

export function makeGate(usual = 20_000): Gate {
  let holder: { readonly what: string; readonly done: Promise<unknown> } | null = null;
  return {
    held: () => holder !== null,
    pass: async (patience = usual) => {
      const until = Date.now() + patience;
      while (holder) {
        const { what, done } = holder;
        const left = until - Date.now();
        if (left <= 0) throw new Refused('busy', refusals.busy, { what });
        let timer: NodeJS.Timeout | undefined;
        await Promise.race([done, new Promise((resolve) => (timer = setTimeout(resolve, Math.min(left, 2 ** 31 - 1))))]);
        clearTimeout(timer);
      }
    },
    hold: async (what, work) => {
      while (holder) await holder.done;
      const running = work();
      const mine = { what, done: running.catch(() => undefined) };
      holder = mine;
      try {
        return await running;
      } finally {
        holder = null;
      }
    },
  };
}
