import { create } from 'zustand';
import { type Module, type Place, useUi } from '../state/ui.ts';

type Last = Readonly<Partial<Record<Module, Place>>>;

/** Where each module was left, so that going back to it goes back to the work. */
const useLast = create<{ readonly last: Last }>(() => ({ last: {} }));

useUi.subscribe(({ place }, before) => {
  if (place !== before.place) useLast.setState(({ last }) => ({ last: { ...last, [place.module]: place } }));
});

export const useLastPlaces = (): Last => useLast((state) => state.last);
export const lastPlace = (module: Module): Place => useLast.getState().last[module] ?? { module };
export const forgetLastPlaces = (): void => useLast.setState({ last: {} });
