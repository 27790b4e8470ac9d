import { z } from 'zod';
import { call, crud, needs, type Written } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, choices, day, longtext, tags, text } from '../kit/field.ts';
import { idSchema } from '../kit/schema.ts';
import { w } from '../kit/words.ts';

/** A person or an organisation. Employee, customer, supplier, visitor, guard, driver are roles of one party, never copies. */
export const party = entity({
  name: 'party',
  table: 'parties',
  label: w('Person or firm', 'Person oder Firma'),
  plural: w('People and firms', 'Personen und Firmen'),
  area: 'party',
  filing: { module: 'records', icon: 'People' },
  title: 'name',
  subtitle: 'number',
  order: 'sort_name',
  list: ['name', 'number', 'roles', 'phone', 'email', 'city'],
  search: ['name', 'number', 'given_name', 'family_name', 'contact_name', 'phone', 'email', 'city', 'country', 'tags'],
  keys: ['number'],
  numbered: { field: 'number', prefix: 'P-' },
  purpose: w('Everyone the firm deals with: employees, customers, suppliers, visitors, guards, drivers.', 'Alle, mit denen die Firma zu tun hat: Beschäftigte, Kunden, Lieferanten, Besucher, Wachleute, Fahrer.'),
  sections: {
    reach: w('How to reach them', 'Erreichbarkeit'),
    address: w('Main address', 'Hauptanschrift'),
    employment: w('Employment', 'Beschäftigung'),
    personal: w('Personal details', 'Persönliche Angaben'),
    bank: w('Bank and tax', 'Bank und Steuer'),
    more: w('More', 'Weiteres'),
  },
  fields: {
    kind: choice(w('Kind', 'Art'), [
      { value: 'person', label: w('Person', 'Person') },
      { value: 'organisation', label: w('Organisation', 'Organisation') },
    ], { required: true, width: 110, aliases: ['type', 'typ'] }),
    name: text(w('Name', 'Name'), { derived: false, sortable: true, width: 240, hint: w('From given and family name when empty', 'Aus Vor- und Nachname, wenn leer'), aliases: ['companyname', 'company', 'firma', 'organisation', 'fullname', 'displayname', 'fn', 'partyname'] }),
    given_name: text(w('Given name', 'Vorname'), { aliases: ['firstname', 'vorname', 'first', 'givenname'] }),
    family_name: text(w('Family name', 'Nachname'), { aliases: ['lastname', 'surname', 'nachname', 'last', 'familyname'] }),
    sort_name: text(w('Sorted as', 'Sortiert als'), { derived: true, sortable: true }),
    number: text(w('Number', 'Nummer'), { max: 40, unique: true, sortable: true, width: 100, hint: w('Next of the series when left empty', 'Nächste der Reihe, wenn leer'), aliases: ['empno', 'employeenumber', 'employeeid', 'customerid', 'supplierid', 'shipperid', 'customernumber', 'id', 'nr', 'no', 'code', 'personalnummer', 'kundennummer', 'lieferantennummer'] }),
    roles: choices(w('Roles', 'Rollen'), [
      { value: 'employee', label: w('Employee', 'Beschäftigt') },
      { value: 'customer', label: w('Customer', 'Kunde') },
      { value: 'supplier', label: w('Supplier', 'Lieferant') },
      { value: 'contractor', label: w('Contractor', 'Auftragnehmer') },
      { value: 'visitor', label: w('Visitor', 'Besuch') },
      { value: 'guard', label: w('Guard', 'Wache') },
      { value: 'driver', label: w('Driver', 'Fahrer') },
      { value: 'applicant', label: w('Applicant', 'Bewerber') },
      { value: 'authority', label: w('Authority', 'Behörde') },
    ], { width: 150, aliases: ['role', 'rolle'] }),
    phone: text(w('Phone', 'Telefon'), { section: 'reach', format: 'phone', max: 60, width: 140, aliases: ['tel', 'telephone', 'homephone', 'telefon', 'phonenumber', 'workphone'] }),
    mobile: text(w('Mobile', 'Mobil'), { section: 'reach', format: 'phone', max: 60, aliases: ['cell', 'handy', 'mobilephone'] }),
    fax: text(w('Fax', 'Fax'), { section: 'reach', format: 'phone', max: 60 }),
    extension: text(w('Extension', 'Durchwahl'), { section: 'reach', max: 20, aliases: ['ext', 'durchwahl'] }),
    email: text(w('E-mail', 'E-Mail'), { section: 'reach', format: 'email', width: 200, aliases: ['mail', 'emailaddress'] }),
    website: text(w('Website', 'Website'), { section: 'reach', format: 'url', max: 500, aliases: ['homepage', 'url', 'web'] }),
    contact_name: text(w('Contact person', 'Ansprechperson'), { section: 'reach', aliases: ['contactname', 'contact', 'ansprechpartner'] }),
    contact_title: text(w('Their function', 'Deren Funktion'), { section: 'reach', aliases: ['contacttitle'] }),
    street: text(w('Street', 'Straße'), { section: 'address', max: 300, aliases: ['address', 'street1', 'strasse', 'anschrift', 'address1'] }),
    postal_code: text(w('Postal code', 'Postleitzahl'), { section: 'address', max: 20, aliases: ['zip', 'postcode', 'plz', 'zipcode', 'postalcode'] }),
    city: text(w('City', 'Ort'), { section: 'address', sortable: true, width: 130, aliases: ['town', 'ort', 'stadt'] }),
    region: text(w('Region', 'Region'), { section: 'address', aliases: ['state', 'county', 'bundesland', 'province'] }),
    country: text(w('Country', 'Land'), { section: 'address', width: 110, aliases: ['land'] }),
    hired_day: day(w('Joined on', 'Eintritt'), { section: 'employment', sortable: true, aliases: ['hiredate', 'startdate', 'eintritt', 'joined', 'joiningdate'] }),
    left_day: day(w('Left on', 'Austritt'), { section: 'employment', aliases: ['leavedate', 'enddate', 'austritt'] }),
    job_title: text(w('Job title', 'Stelle'), { section: 'employment', aliases: ['jobtitle', 'title', 'position', 'stelle'] }),
    birth_day: day(w('Date of birth', 'Geburtsdatum'), { section: 'personal', sensitive: 'personal', aliases: ['birthdate', 'dateofbirth', 'dob', 'geburtsdatum', 'birthday', 'geburtstag', 'bday'] }),
    gender: choice(w('Gender', 'Geschlecht'), [
      { value: 'F', label: w('Female', 'Weiblich') },
      { value: 'M', label: w('Male', 'Männlich') },
      { value: 'X', label: w('Diverse', 'Divers') },
    ], { section: 'personal', sensitive: 'personal', aliases: ['sex', 'geschlecht'] }),
    salutation: text(w('Salutation', 'Anrede'), { section: 'personal', max: 40, aliases: ['titleofcourtesy', 'anrede', 'prefix'] }),
    iban: text(w('IBAN', 'IBAN'), { section: 'bank', sensitive: 'bank', format: 'iban', max: 42 }),
    bic: text(w('BIC', 'BIC'), { section: 'bank', sensitive: 'bank', format: 'bic', max: 11, aliases: ['swift'] }),
    vat_id: text(w('VAT number', 'USt-IdNr.'), { section: 'bank', sensitive: 'bank', format: 'vat', max: 20, aliases: ['vat', 'vatnumber', 'vatid', 'ustid', 'ustidnr'] }),
    tags: tags(w('Tags', 'Schlagwörter'), { section: 'more' }),
    remarks: longtext(w('Remarks', 'Bemerkungen'), { section: 'more', aliases: ['notes', 'note', 'comment', 'bemerkung', 'notizen'] }),
  },
});

/** Two records that look like one party, and why. `score` runs from 0 to 100. */
export interface Likeness {
  readonly id: number;
  readonly other: number;
  readonly title: string;
  readonly otherTitle: string;
  readonly score: number;
  readonly reasons: readonly ('name' | 'email' | 'phone' | 'number' | 'born' | 'address')[];
}

export const partyCalls = {
  ...crud(party),
  'party.duplicates': call<readonly Likeness[]>()({
    kind: 'heavy',
    input: z.strictObject({ id: idSchema.optional(), limit: z.int().min(1).max(1000).optional() }),
    needs: needs('party', 'read'),
    of: 'party',
    about: 'Pairs of parties that look like one, best first; of one party when its id is given.',
  }),
  'party.merge': call<Written>()({
    kind: 'write',
    input: z.strictObject({ keep: idSchema, drop: idSchema, version: idSchema, take: z.array(z.string().max(60)).max(60).optional() }),
    needs: needs('party', 'approve'),
    of: 'party',
    about: 'Merges one party into another: every link, note, file and date moves to the kept one; the other is archived and points to it. `take` names fields to carry over.',
  }),
};
