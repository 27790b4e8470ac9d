import { powerMonitor } from 'electron';
import type { Session } from '#contract/records/user.ts';

/**
 * Seconds without the user. While Bureau is in front, any key or click on this PC counts. While the user works elsewhere,
 * only what was asked of Bureau does: an open window with people's pay is left alone then.
 */
export function idleSeconds(seen: { readonly system: number; readonly sinceCall: number; readonly inFront: boolean }): number {
  return seen.inFront ? seen.system : Math.max(seen.system, seen.sinceCall);
}

export interface IdleWatch {
  /** Told when something is asked of the window in front, and when it goes behind: what it asks there, it asks of its own accord. */
  readonly touched: () => void;
  readonly stop: () => void;
}

/** Locks after the session's idle minutes (0 = never), and at once when the PC sleeps or its screen is locked. */
export function watchIdle(options: { readonly session: () => Pick<Session, 'idle_minutes' | 'has_password'> | null; readonly inFront: () => boolean; readonly lock: (why: string) => void }): IdleWatch {
  let last = Date.now();
  // Without a password a lock would keep nobody out and only be in the way.
  const lockable = (): Pick<Session, 'idle_minutes' | 'has_password'> | null => {
    const session = options.session();
    return session?.has_password ? session : null;
  };
  const look = (): void => {
    const session = lockable();
    if (!session || session.idle_minutes <= 0) return;
    const idle = idleSeconds({ system: powerMonitor.getSystemIdleTime(), sinceCall: (Date.now() - last) / 1000, inFront: options.inFront() });
    if (idle >= session.idle_minutes * 60) options.lock('idle');
  };
  const timer = setInterval(look, 10_000);
  const gone = (): void => {
    if (lockable()) options.lock('suspended or screen locked');
  };
  powerMonitor.on('suspend', gone);
  powerMonitor.on('lock-screen', gone);
  return {
    touched: () => {
      last = Date.now();
    },
    stop: () => {
      clearInterval(timer);
      powerMonitor.off('suspend', gone);
      powerMonitor.off('lock-screen', gone);
    },
  };
}
