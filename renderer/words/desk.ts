import { both } from './shape.ts';

export const desk = both({
  en: {},
  de: {},
});
