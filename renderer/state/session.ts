import { useLayoutEffect } from 'react';
import { create } from 'zustand';
import { type Area, type Level, reaches } from '#contract/kit/access.ts';
import type { Language } from '#contract/kit/words.ts';
import type { Session } from '#contract/records/user.ts';
import { client, keyOf, useCall } from '../query.ts';
import { startOver } from './ui.ts';

/** Who is signed in comes from the office and is kept with its other answers; here is only what the window itself knows. */

interface Door {
  /** Who was signed in last and did not sign out: what is open stays open behind the lock of this user. */
  readonly known: Session | null;
  /** The company that `known` belongs to. */
  readonly folder: string | null;
  /** A language chosen in this window since the last sign-in. */
  readonly spoken: Language | null;
}

export const useDoor = create<Door>(() => ({ known: null, folder: null, spoken: null }));

/** Signing out or leaving the company: nothing stays open behind the door. */
export const leave = (): void => useDoor.setState({ known: null });

export const useCurrent = () => useCall('session.current', {});
export const useSession = (): Session | null => useCurrent().data?.session ?? null;

/** What the role allows, to hide what would be refused. The office decides, not the window. */
export const can = (session: Session | null, area: Area, level: Level): boolean => session !== null && reaches(session.rights.access[area], level);

/** `const can = useCan(); can('party', 'write')`. */
export function useCan(): (area: Area, level: Level) => boolean {
  const session = useSession();
  const known = useDoor((door) => door.known);
  return (area, level) => can(session ?? known, area, level);
}

/** The session now, outside of components. */
export const sessionNow = (): Session | null => client.getQueryData<{ readonly session: Session | null }>(keyOf('session.current', {}))?.session ?? null;

/** Another user or another company begins at home, with nothing open of the one before. The cache forgets by itself (query.ts). */
export function useFreshStart(session: Session | null, folder: string | null): void {
  useLayoutEffect(() => {
    const before = useDoor.getState();
    if (folder !== before.folder) {
      useDoor.setState({ known: null, folder, spoken: null });
      startOver();
    }
    if (session === null || session === before.known) return;
    const same = useDoor.getState().known?.user_id === session.user_id;
    useDoor.setState(same ? { known: session } : { known: session, spoken: null });
    if (!same) startOver();
  }, [session, folder]);
}
