import { both } from './shape.ts';

/** Texts of the generic parts and of the records screens. */
export const parts = both({
  en: {},
  de: {},
});
