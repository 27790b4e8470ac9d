import { entities } from '#contract/calls.ts';
import type { Change } from '#contract/company/audit.ts';
import { isDay } from '#contract/kit/day.ts';
import { both } from '../words/shape.ts';
import { language, t, words } from '../t.ts';
import { isEmpty, show } from './fields/show.ts';
import { day } from './format.ts';

/** What the log calls an action, as a sentence about who did it. An action without words of its own shows as it stands in the log. */
const said = both({
  en: {
    founded: 'Company founded: {what}',
    created: '{by} created {what}',
    changed: '{by} changed {what}',
    archived: '{by} archived {what}',
    restored: '{by} brought {what} back',
    merged: '{by} merged {what}',
    linked: '{by} linked {what}',
    unlinked: '{by} unlinked {what}',
    noted: '{by} wrote a note on {what}',
    filed: '{by} filed {what}',
    finished: '{by} finished {what}',
    snoozed: '{by} put {what} off',
    granted: '{by} set the rights of {what}',
    password: '{by} set the password of {what}',
    imported: '{by} imported {what}',
    posted: '{by} posted {what}',
    discarded: '{by} discarded {what}',
    closed: '{by} closed {what}',
    tested: '{by} ran tests in {what}',
    reviewed: '{by} reviewed {what}',
    reopened: '{by} opened {what} again',
    chart: '{by} began the books with {what}',
    import_undone: '{by} took back the import {what}',
    exported: '{by} exported {what}',
    restored_backup: '{by} restored a backup',
    signed_in: '{by} signed in',
    signed_out: '{by} signed out',
    locked: '{by} locked the window',
    sign_in_failed: 'Wrong password at sign-in: {what}',
    denied: '{by} was refused: {what}',
  },
  de: {
    founded: 'Firma gegründet: {what}',
    created: '{by} hat {what} angelegt',
    changed: '{by} hat {what} geändert',
    archived: '{by} hat {what} archiviert',
    restored: '{by} hat {what} zurückgeholt',
    merged: '{by} hat {what} zusammengeführt',
    linked: '{by} hat {what} verknüpft',
    unlinked: '{by} hat die Verknüpfung von {what} gelöst',
    noted: '{by} hat eine Notiz zu {what} geschrieben',
    filed: '{by} hat {what} abgelegt',
    finished: '{by} hat {what} erledigt',
    snoozed: '{by} hat {what} zurückgestellt',
    granted: '{by} hat die Rechte von {what} gesetzt',
    password: '{by} hat das Passwort von {what} gesetzt',
    imported: '{by} hat {what} importiert',
    posted: '{by} hat {what} gebucht',
    discarded: '{by} hat {what} verworfen',
    closed: '{by} hat {what} abgeschlossen',
    tested: '{by} hat Tests in {what} laufen lassen',
    reviewed: '{by} hat {what} beurteilt',
    reopened: '{by} hat {what} wieder geöffnet',
    chart: '{by} hat die Bücher mit {what} begonnen',
    import_undone: '{by} hat den Import {what} zurückgenommen',
    exported: '{by} hat {what} exportiert',
    restored_backup: '{by} hat eine Sicherung eingespielt',
    signed_in: '{by} hat sich angemeldet',
    signed_out: '{by} hat sich abgemeldet',
    locked: '{by} hat das Fenster gesperrt',
    sign_in_failed: 'Falsches Passwort bei der Anmeldung: {what}',
    denied: '{by} wurde abgewiesen: {what}',
  },
});

const isKnown = (action: string): action is keyof typeof said.en => Object.hasOwn(said.en, action);

/** Name of a kind of record, or of the other nouns of the log. */
const nouns: Readonly<Record<string, { readonly en: string; readonly de: string }>> = {
  company: { en: 'Company', de: 'Firma' },
  sequence: { en: 'Number series', de: 'Nummernkreis' },
  backup: { en: 'Backup', de: 'Sicherung' },
  import: { en: 'Import', de: 'Import' },
  export: { en: 'Export', de: 'Export' },
  link: { en: 'Link', de: 'Verknüpfung' },
  note: { en: 'Note', de: 'Notiz' },
};

export function nounWords(entity: string): string {
  const known = entities[entity];
  return known ? words(known.label) : (nouns[entity]?.[language()] ?? entity);
}

/** "Anna Berg changed Hollis Ltd". */
export function changeWords(change: Change): string {
  const what = change.title || (change.entity ? `${nounWords(change.entity)}${change.id === null ? '' : ` ${change.id}`}` : '');
  const action = change.entity === 'company' && change.action === 'created' ? 'founded' : change.action;
  if (!isKnown(action)) return [change.by, change.action.replaceAll('_', ' '), what].filter(Boolean).join(' · ');
  return said[language()][action].replace('{by}', change.by || 'Bureau').replace('{what}', what);
}

/** What is kept beside the fields of a record. */
const kept: Readonly<Record<string, { readonly en: string; readonly de: string }>> = {
  archived: { en: 'Archived', de: 'Archiviert' },
  disabled: { en: 'Blocked', de: 'Gesperrt' },
  rights: { en: 'Rights', de: 'Rechte' },
  dates: { en: 'Dates', de: 'Termine' },
  reason: { en: 'Reason', de: 'Begründung' },
};

/** The label of a changed field; what is no field of the record shows under its own name. */
export function fieldWords(entity: string, field: string): string {
  const known = entities[entity]?.fields[field];
  return known ? words(known.label) : (kept[field]?.[language()] ?? field.replaceAll('_', ' '));
}

const isDayText = (value: unknown): value is string => typeof value === 'string' && isDay(value);

/** A changed value as people read it; '' when it is empty. Refs show as their number: names change, the log does not. */
export function valueWords(entity: string, field: string, value: unknown): string {
  const known = entities[entity]?.fields[field];
  if (isEmpty(value)) return '';
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (known?.kind === 'ref') return `${nounWords(known.to ?? '')} ${String(value)}`;
  if (known) return show(known, value, {}, () => undefined, '');
  if (Array.isArray(value) && value.every(isDayText)) return value.map(day).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
