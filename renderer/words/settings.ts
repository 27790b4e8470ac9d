import { both } from './shape.ts';

export const settings = both({
  en: {},
  de: {},
});
