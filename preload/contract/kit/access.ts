import { type Words, w } from './words.ts';

/** What a role may do in an area, each including the ones before it. */
export const levels = ['none', 'read', 'write', 'approve'] as const;
export type Level = (typeof levels)[number];

export const reaches = (has: Level, needs: Level): boolean => levels.indexOf(has) >= levels.indexOf(needs);

/** Kinds of field that only some roles may see. A reply to any other role does not contain the field. */
export const sensitivities = ['personal', 'bank', 'pay', 'medical'] as const;
export type Sensitivity = (typeof sensitivities)[number];

export const sensitivityWords: Readonly<Record<Sensitivity, Words>> = {
  personal: w('Personal details', 'Persönliche Angaben'),
  bank: w('Bank and tax details', 'Bank- und Steuerangaben'),
  pay: w('Pay', 'Bezüge'),
  medical: w('Health', 'Gesundheit'),
};

/** Where rights are given: one area is one subject that an office would give to one person. */
export const areas = ['party', 'department', 'place', 'document', 'task', 'event', 'user', 'company', 'transfer', 'audit', 'account', 'entry', 'period', 'report', 'engagement'] as const;
export type Area = (typeof areas)[number];

export const areaWords: Readonly<Record<Area, Words>> = {
  party: w('People and firms', 'Personen und Firmen'),
  department: w('Departments', 'Abteilungen'),
  place: w('Places', 'Orte'),
  document: w('Documents', 'Dokumente'),
  task: w('Tasks', 'Aufgaben'),
  event: w('Calendar', 'Kalender'),
  user: w('Users and roles', 'Benutzer und Rollen'),
  company: w('Company and backups', 'Firma und Sicherungen'),
  transfer: w('Import and export', 'Import und Export'),
  audit: w('Audit log', 'Prüfprotokoll'),
  account: w('Chart of accounts', 'Kontenplan'),
  entry: w('Journal entries', 'Buchungen'),
  period: w('Fiscal years and closing', 'Geschäftsjahre und Abschluss'),
  report: w('Statements', 'Abschlüsse und Auswertungen'),
  engagement: w('Audits of the books', 'Prüfungen der Bücher'),
};

/** What one role may do: a level for every area, and the kinds of sensitive field it sees. */
export interface Rights {
  readonly access: Readonly<Record<Area, Level>>;
  readonly sees: readonly Sensitivity[];
}

/** What a call asks for. `anyone` is open before sign-in; `user` to whoever is signed in. */
export type Needs = { readonly area: Area; readonly level: Exclude<Level, 'none'> } | 'anyone' | 'user';

export function allows(rights: Rights | null, needs: Needs): boolean {
  if (needs === 'anyone') return true;
  if (!rights) return false;
  return needs === 'user' || reaches(rights.access[needs.area], needs.level);
}
