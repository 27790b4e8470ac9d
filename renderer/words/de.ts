import { budgets } from './budgets.ts';
import { desk } from './desk.ts';
import type { en } from './en.ts';
import { frame } from './frame.ts';
import { home } from './home.ts';
import { settings } from './settings.ts';
import type { Same } from './shape.ts';

/** German texts. A key that English has and German lacks does not compile. */
export const de: Same<typeof en> = {
  common: {
    add: 'Hinzufügen',
    all: 'Alle',
    apply: 'Übernehmen',
    back: 'Zurück',
    cancel: 'Abbrechen',
    change: 'Ändern',
    close: 'Schließen',
    copied: 'Kopiert',
    copy: 'Kopieren',
    create: 'Anlegen',
    dismiss: 'Ausblenden',
    done: 'Fertig',
    edit: 'Bearbeiten',
    just_now: 'gerade eben',
    loading: 'Wird geladen',
    more: 'Mehr',
    next: 'Weiter',
    no: 'Nein',
    none: 'Keine',
    ok: 'OK',
    open: 'Öffnen',
    refresh: 'Neu laden',
    required: 'Bitte ausfüllen.',
    retry: 'Noch einmal versuchen',
    save: 'Speichern',
    saved: 'Gespeichert',
    show: 'Anzeigen',
    undo: 'Rückgängig',
    unknown: 'Unbekannt',
    yes: 'Ja',
  },
  problem: {
    title: 'Das hat nicht geklappt',
    kept: 'Bereits Gespeichertes ist unverändert.',
    kept_busy: 'Es ging nichts verloren. Bitte gleich noch einmal versuchen.',
    copy: 'Fehlernummer {id} kopieren',
    denied: 'Ihre Rolle zeigt das nicht',
    denied_text: 'Dieser Bereich ist für Ihre Rolle geschlossen.',
    denied_who: 'Der Inhaber der Firma kann ihn unter Einstellungen, Rollen freigeben.',
  },
  desk: desk.de,
  frame: frame.de,
  home: home.de,
  budgets: budgets.de,
  settings: settings.de,
};
