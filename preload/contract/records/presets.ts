import { type Area, areas, type Level, type Rights, type Sensitivity } from '../kit/access.ts';
import { type Words, w } from '../kit/words.ts';

/** Role presets a new company starts with. Data: the owner may change every role but the owner's. */
export interface Preset {
  readonly key: string;
  readonly name: Words;
  readonly about: Words;
  readonly rights: Rights;
}

const level = { n: 'none', r: 'read', w: 'write', a: 'approve' } as const satisfies Record<string, Level>;

/**
 * One letter an area in the order of `areas`: party department place document task event user company transfer audit
 * account entry period report engagement. */
function rights(letters: string, sees: readonly Sensitivity[] = []): Rights {
  const access = Object.fromEntries(areas.map((area, at) => [area, level[letters[at] as keyof typeof level]])) as Record<Area, Level>;
  return Object.freeze({ access: Object.freeze(access), sees });
}

const preset = (key: string, name: Words, about: Words, given: Rights): Preset => Object.freeze({ key, name, about, rights: given });

export const presets: readonly Preset[] = [
  preset('owner', w('Owner', 'Inhaber'), w('Everything, also users, roles and restore.', 'Alles, auch Benutzer, Rollen und Wiederherstellung.'), rights('aaaaaaaaaaaaaaa', ['personal', 'bank', 'pay', 'medical'])),
  preset('office_manager', w('Office manager', 'Büroleitung'), w('Runs the office: people, places, papers, tasks, users.', 'Führt das Büro: Personen, Orte, Papiere, Aufgaben, Benutzer.'), rights('aaaaaawwwrrrrrr', ['personal', 'bank'])),
  preset('hr_coordinator', w('HR coordinator', 'Personalreferat'), w('Keeps people and departments with their personal details.', 'Pflegt Personen und Abteilungen mit persönlichen Angaben.'), rights('awrwwwnnwnnnnnn', ['personal', 'pay', 'medical'])),
  preset('finance_manager', w('Finance manager', 'Finanzleitung'), w('Leads the books; sees bank and pay.', 'Leitet die Bücher; sieht Bank und Bezüge.'), rights('wrrawwnrwraaaaw', ['bank', 'pay'])),
  preset('accountant', w('Accountant', 'Buchhaltung'), w('Keeps the books; sees bank details.', 'Führt die Bücher; sieht Bankangaben.'), rights('wrrwwrnrwrwawww', ['bank'])),
  preset('finance_assistant', w('Finance assistant', 'Finanzassistenz'), w('Enters papers and payments.', 'Erfasst Belege und Zahlungen.'), rights('wrrwwrnnrnrwrrr', ['bank'])),
  preset('compliance_officer', w('Compliance officer', 'Compliance'), w('Checks rules, papers and the audit log.', 'Prüft Regeln, Papiere und das Prüfprotokoll.'), rights('rrrawwnrwrrrrrw')),
  preset('risk_analyst', w('Risk analyst', 'Risikoanalyse'), w('Reads across the house and keeps papers.', 'Liest im ganzen Haus und führt Papiere.'), rights('rrrwwrnrwrrrrrr')),
  preset('data_analyst', w('Data analyst', 'Datenanalyse'), w('Reads and exports, without personal details.', 'Liest und exportiert, ohne persönliche Angaben.'), rights('rrrrwrnnwnrrrrn')),
  preset('it_technician', w('IT technician', 'IT-Technik'), w('Keeps the program, backups and places running.', 'Hält Programm, Sicherungen und Orte am Laufen.'), rights('rrwwwwrwwrnnnnn')),
  preset('security_manager', w('Security manager', 'Sicherheitsleitung'), w('Leads guards, posts and entry control.', 'Leitet Wachen, Posten und Zutritt.'), rights('wrawwwnrwrnnnnn', ['personal'])),
  preset('security_officer', w('Security officer', 'Wachperson'), w('Works at the post: people, places, tasks.', 'Arbeitet am Posten: Personen, Orte, Aufgaben.'), rights('rrrwwrnnnnnnnnn')),
  preset('logistics_manager', w('Logistics manager', 'Logistikleitung'), w('Leads stores and transport.', 'Leitet Lager und Transport.'), rights('wrawwwnrwnrnnnn')),
  preset('storekeeper', w('Storekeeper', 'Lagerist'), w('Keeps the stores and their places.', 'Führt die Lager und ihre Orte.'), rights('rrwwwrnnrnnnnnn')),
  preset('project_manager', w('Project manager', 'Projektleitung'), w('Leads projects: tasks, papers, calendar.', 'Leitet Projekte: Aufgaben, Papiere, Kalender.'), rights('rrrwaannrnrnnrn')),
  preset('auditor', w('Auditor', 'Prüfer'), w('Reads everything and writes nothing but audits.', 'Liest alles und schreibt nichts außer Prüfungen.'), rights('rrrrrrrrrrrrrrw', ['personal', 'bank', 'pay', 'medical'])),
  preset('employee', w('Employee', 'Beschäftigte'), w('Looks up people, places and papers; keeps own tasks.', 'Schlägt Personen, Orte und Papiere nach; führt eigene Aufgaben.'), rights('rrrrwrnnnnnnnnn')),
];
