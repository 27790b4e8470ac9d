import { create } from 'zustand';
import { type Module, type Place, placeOf, useUi } from '../state/ui.ts';

type Last = Readonly<Partial<Record<Module, Place>>>;

/** Where each module was left, so that going back to it goes back to the work. */
const useLast = create<{ readonly last: Last }>(() => ({ last: {} }));

useUi.subscribe(({ place, past, future }, before) => {
  // Another user or company begins with no past, and with no places of the one before.
  if (past !== before.past && past.length + future.length === 0) useLast.setState({ last: { [place.module]: place } });
  else if (place !== before.place) useLast.setState(({ last }) => ({ last: { ...last, [place.module]: place } }));
});

export const useLastPlaces = (): Last => useLast((state) => state.last);
export const lastPlace = (module: Module): Place => useLast.getState().last[module] ?? { module };

/** A record that was closed is not what its module goes back to: its list is. */
export function leftRecord(entity: string, id: number): void {
  const list = placeOf(entity);
  const before = useLast.getState().last[list.module];
  if (before?.entity === entity && before.id === id) useLast.setState(({ last }) => ({ last: { ...last, [list.module]: list } }));
}
