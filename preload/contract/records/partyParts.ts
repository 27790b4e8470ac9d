import { crud } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, day, flag, ref, text } from '../kit/field.ts';
import { w } from '../kit/words.ts';

/** What belongs to one party and may be there several times: contacts, addresses, identifiers, departments and titles held. */

export const contact = entity({
  name: 'contact',
  table: 'contacts',
  label: w('Contact', 'Kontakt'),
  plural: w('Contacts', 'Kontakte'),
  area: 'party',
  filing: { module: 'records', icon: 'Call' },
  title: 'value',
  subtitle: 'purpose',
  order: 'value',
  list: ['party_id', 'kind', 'value', 'purpose', 'preferred'],
  search: ['value', 'purpose'],
  partOf: 'party_id',
  keys: ['party_id', 'value'],
  purpose: w('Further phones, e-mail addresses and contact persons.', 'Weitere Telefonnummern, E-Mail-Adressen und Ansprechpersonen.'),
  fields: {
    party_id: ref(w('Person or firm', 'Person oder Firma'), 'party', { required: true, width: 220, aliases: ['party', 'empno', 'partyid'] }),
    kind: choice(w('Kind', 'Art'), [
      { value: 'phone', label: w('Phone', 'Telefon') },
      { value: 'mobile', label: w('Mobile', 'Mobil') },
      { value: 'fax', label: w('Fax', 'Fax') },
      { value: 'email', label: w('E-mail', 'E-Mail') },
      { value: 'web', label: w('Website', 'Website') },
      { value: 'person', label: w('Contact person', 'Ansprechperson') },
      { value: 'emergency', label: w('Emergency contact', 'Notfallkontakt') },
    ], { required: true, width: 130 }),
    value: text(w('Contact', 'Kontakt'), { required: true, sortable: true, max: 300, width: 240 }),
    purpose: text(w('For', 'Wofür'), { width: 160 }),
    preferred: flag(w('Preferred', 'Bevorzugt')),
  },
});

export const address = entity({
  name: 'address',
  table: 'addresses',
  label: w('Address', 'Anschrift'),
  plural: w('Addresses', 'Anschriften'),
  area: 'party',
  filing: { module: 'records', icon: 'Location' },
  title: 'street',
  subtitle: 'city',
  order: 'city',
  list: ['party_id', 'kind', 'street', 'postal_code', 'city', 'country'],
  search: ['street', 'city', 'country'],
  partOf: 'party_id',
  keys: ['party_id', 'kind', 'street'],
  purpose: w('Further addresses: invoices, deliveries, branches, private.', 'Weitere Anschriften: Rechnung, Lieferung, Niederlassung, privat.'),
  fields: {
    party_id: ref(w('Person or firm', 'Person oder Firma'), 'party', { required: true, width: 220, aliases: ['party', 'partyid'] }),
    kind: choice(w('Kind', 'Art'), [
      { value: 'invoice', label: w('Invoice', 'Rechnung') },
      { value: 'delivery', label: w('Delivery', 'Lieferung') },
      { value: 'branch', label: w('Branch', 'Niederlassung') },
      { value: 'private', label: w('Private', 'Privat') },
      { value: 'other', label: w('Other', 'Sonstige') },
    ], { required: true, width: 110 }),
    street: text(w('Street', 'Straße'), { required: true, max: 300, width: 220 }),
    postal_code: text(w('Postal code', 'Postleitzahl'), { max: 20 }),
    city: text(w('City', 'Ort'), { sortable: true, width: 140 }),
    region: text(w('Region', 'Region')),
    country: text(w('Country', 'Land'), { width: 120 }),
  },
});

export const identifier = entity({
  name: 'identifier',
  table: 'identifiers',
  label: w('Identifier', 'Kennung'),
  plural: w('Identifiers', 'Kennungen'),
  area: 'party',
  filing: { module: 'records', icon: 'ContactCard' },
  title: 'kind',
  order: 'kind',
  list: ['party_id', 'kind', 'value', 'issuer', 'until_day'],
  search: [],
  partOf: 'party_id',
  keys: ['party_id', 'kind', 'value'],
  purpose: w('Further bank accounts, tax and register numbers, cards and licences; check digits are checked.', 'Weitere Bankkonten, Steuer- und Registernummern, Ausweise und Lizenzen; Prüfziffern werden geprüft.'),
  fields: {
    party_id: ref(w('Person or firm', 'Person oder Firma'), 'party', { required: true, width: 220, aliases: ['party', 'partyid'] }),
    kind: choice(w('Kind', 'Art'), [
      { value: 'iban', label: w('IBAN', 'IBAN') },
      { value: 'bic', label: w('BIC', 'BIC') },
      { value: 'vat', label: w('VAT number', 'USt-IdNr.') },
      { value: 'register', label: w('Register number', 'Registernummer') },
      { value: 'tax', label: w('Tax number', 'Steuernummer') },
      { value: 'social', label: w('Social security number', 'Sozialversicherungsnummer') },
      { value: 'passport', label: w('Passport or identity card', 'Pass oder Ausweis') },
      { value: 'licence', label: w('Licence', 'Lizenz') },
      { value: 'other', label: w('Other', 'Sonstige') },
    ], { required: true, sortable: true, width: 160 }),
    value: text(w('Number', 'Nummer'), { required: true, sensitive: 'bank', max: 60, width: 220 }),
    issuer: text(w('Issued by', 'Ausgestellt von'), { width: 160 }),
    until_day: day(w('Valid until', 'Gültig bis'), { sortable: true, width: 110 }),
  },
});

export const assignment = entity({
  name: 'assignment',
  table: 'assignments',
  label: w('Department held', 'Zuordnung'),
  plural: w('Departments over time', 'Abteilungen im Verlauf'),
  area: 'party',
  filing: { module: 'records', icon: 'Organization' },
  title: 'from_day',
  order: '-from_day',
  list: ['party_id', 'department_id', 'capacity', 'from_day', 'until_day'],
  search: [],
  partOf: 'party_id',
  keys: ['party_id', 'department_id', 'from_day', 'capacity'],
  purpose: w('In which department someone works, from when until when.', 'In welcher Abteilung jemand arbeitet, von wann bis wann.'),
  fields: {
    party_id: ref(w('Person', 'Person'), 'party', { required: true, width: 220, aliases: ['empno', 'employee', 'party', 'employeeid', 'partyid'] }),
    department_id: ref(w('Department', 'Abteilung'), 'department', { required: true, width: 180, aliases: ['deptno', 'department', 'dept', 'abteilung', 'departmentid'] }),
    capacity: choice(w('As', 'Als'), [
      { value: 'member', label: w('Member', 'Mitglied') },
      { value: 'head', label: w('Head', 'Leitung') },
    ], { required: true, width: 100 }),
    from_day: day(w('From', 'Von'), { required: true, sortable: true, width: 110, aliases: ['fromdate', 'from', 'start', 'von'] }),
    until_day: day(w('Until', 'Bis'), { sortable: true, width: 110, aliases: ['todate', 'to', 'until', 'end', 'bis'] }),
  },
});

export const position = entity({
  name: 'position',
  table: 'positions',
  label: w('Title held', 'Stelle'),
  plural: w('Titles over time', 'Stellen im Verlauf'),
  area: 'party',
  filing: { module: 'records', icon: 'Briefcase' },
  title: 'title',
  order: '-from_day',
  list: ['party_id', 'title', 'from_day', 'until_day'],
  search: [],
  partOf: 'party_id',
  keys: ['party_id', 'title', 'from_day'],
  purpose: w('Which job title someone held, from when until when.', 'Welche Stelle jemand innehatte, von wann bis wann.'),
  fields: {
    party_id: ref(w('Person', 'Person'), 'party', { required: true, width: 220, aliases: ['empno', 'employee', 'party', 'employeeid', 'partyid'] }),
    title: text(w('Title', 'Stelle'), { required: true, sortable: true, width: 200, aliases: ['jobtitle', 'position'] }),
    from_day: day(w('From', 'Von'), { required: true, sortable: true, width: 110, aliases: ['fromdate', 'from', 'start', 'von'] }),
    until_day: day(w('Until', 'Bis'), { sortable: true, width: 110, aliases: ['todate', 'to', 'until', 'end', 'bis'] }),
  },
});

export const partyPartCalls = { ...crud(contact), ...crud(address), ...crud(identifier), ...crud(assignment), ...crud(position) };
