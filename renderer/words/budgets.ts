import { assets } from './assets.ts';
import { audit } from './audit.ts';
import { books } from './books.ts';
import { design } from './design.ts';
import { entry } from './entry.ts';
import { exchange } from './exchange.ts';
import { both } from './shape.ts';
import { statements } from './statements.ts';
import { templates } from './templates.ts';

/** Texts of the books. */
export const budgets = both({
  en: {
    ...books.en,
    assets: assets.en,
    audit: audit.en,
    design: design.en,
    entry: entry.en,
    exchange: exchange.en,
    statements: statements.en,
    templates: templates.en,
    rooms: { books: 'Books', reports: 'Statements', setUp: 'Set-up' },
  },
  de: {
    ...books.de,
    assets: assets.de,
    audit: audit.de,
    design: design.de,
    entry: entry.de,
    exchange: exchange.de,
    statements: statements.de,
    templates: templates.de,
    rooms: { books: 'Bücher', reports: 'Auswertungen', setUp: 'Einrichtung' },
  },
});
