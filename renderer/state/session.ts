import { useEffect } from 'react';
import { create } from 'zustand';
import { type Area, type Level, reaches } from '#contract/kit/access.ts';
import type { Session } from '#contract/records/user.ts';
import { client, forget, keyOf, useCall } from '../query.ts';
import { startOver } from './ui.ts';

/** Who is signed in comes from the office and is kept with its other answers; here is only what the window itself knows. */

interface Door {
  /** The window was locked, not signed out: what is open stays open behind the lock of this user. */
  readonly locked: Session | null;
}

export const useDoor = create<Door>(() => ({ locked: null }));

export const useCurrent = () => useCall('session.current', {});
export const useSession = (): Session | null => useCurrent().data?.session ?? null;

/** What the role allows, to hide what would be refused. The office decides, not the window. */
export const can = (session: Session | null, area: Area, level: Level): boolean => session !== null && reaches(session.rights.access[area], level);

/** `const can = useCan(); can('party', 'write')`. */
export function useCan(): (area: Area, level: Level) => boolean {
  const session = useSession() ?? null;
  const locked = useDoor((door) => door.locked);
  return (area, level) => can(session ?? locked, area, level);
}

/** The session now, outside of components. */
export const sessionNow = (): Session | null => client.getQueryData<{ readonly session: Session | null }>(keyOf('session.current', {}))?.session ?? null;

/** Another user sees nothing of the one before. */
export function useFreshStart(session: Session | null): void {
  const id = session?.user_id ?? null;
  useEffect(() => {
    if (id === null) return;
    const { locked } = useDoor.getState();
    if (locked?.user_id !== id) startOver();
    useDoor.setState({ locked: null });
    forget();
  }, [id]);
}
