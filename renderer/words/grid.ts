import { both } from './shape.ts';

/** Texts of grids of lines. */
export const grid = both({
  en: {
    cell: '{column}, line {line}',
    remove: 'Remove the line (Ctrl+Del)',
    pasted_one: 'One line pasted.',
    pasted_other: '{count} lines pasted.',
    pastedUnknown_one: 'One account or name was not found; it is marked red.',
    pastedUnknown_other: '{count} accounts or names were not found; they are marked red.',
    pastedOver: 'Columns without a place here were left out.',
  },
  de: {
    cell: '{column}, Zeile {line}',
    remove: 'Zeile entfernen (Strg+Entf)',
    pasted_one: 'Eine Zeile eingefügt.',
    pasted_other: '{count} Zeilen eingefügt.',
    pastedUnknown_one: 'Ein Konto oder Name wurde nicht gefunden und ist rot markiert.',
    pastedUnknown_other: '{count} Konten oder Namen wurden nicht gefunden und sind rot markiert.',
    pastedOver: 'Spalten, für die hier kein Platz ist, wurden ausgelassen.',
  },
});
