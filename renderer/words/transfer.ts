import { both } from './shape.ts';

/** Texts of import, export, print, jobs, wizard and report. */
export const transfer = both({
  en: {},
  de: {},
});
