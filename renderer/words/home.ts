import { both } from './shape.ts';

/** Texts of the home screen and of rooms that come next. */
export const home = both({
  en: {},
  de: {},
});
