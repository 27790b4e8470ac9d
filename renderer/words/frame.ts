import { both } from './shape.ts';

/** Texts of the frame: title row, rail, areas, status row, palette, keys. */
export const frame = both({
  en: {
    pane: 'Side pane',
    pane_close: 'Close side pane',
  },
  de: {
    pane: 'Seitenbereich',
    pane_close: 'Seitenbereich schließen',
  },
});
