import { books } from './books.ts';
import { both } from './shape.ts';

/** Texts of the books. */
export const budgets = both({
  en: {
    ...books.en,
    rooms: { books: 'Books', reports: 'Statements', setUp: 'Set-up' },
  },
  de: {
    ...books.de,
    rooms: { books: 'Bücher', reports: 'Auswertungen', setUp: 'Einrichtung' },
  },
});
