import { both } from './shape.ts';

/** Texts of the books. */
export const budgets = both({
  en: {
    rooms: { books: 'Books', reports: 'Statements', setUp: 'Set-up' },
  },
  de: {
    rooms: { books: 'Bücher', reports: 'Auswertungen', setUp: 'Einrichtung' },
  },
});
