import { both } from './shape.ts';

/** Texts of the records screens. */
export const records = both({
  en: {
    list: 'List',
    board: 'Agenda',
  },
  de: {
    list: 'Liste',
    board: 'Agenda',
  },
});
