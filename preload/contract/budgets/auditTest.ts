import { z } from 'zod';
import type { Fields } from '../kit/entity.ts';
import { choices, type Field, flag, money, tags, whole } from '../kit/field.ts';
import { fieldSchema } from '../kit/schema.ts';
import { type Words, w } from '../kit/words.ts';

/**
 * Tests of journal entries that an auditor may run, each with its parameters. Sources: ISA 240 (revised 2009) § 32 and A43–A45; AS 2401 § .58–.62;
 * ISA 330 § A43 (sequences); Nigrini, Forensic Analytics, 2nd ed. 2020 (duplicates). A hit is an entry that deserves a look, and proves nothing.
 */

type Usual<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export interface AuditTest<F extends Fields = Fields> {
  readonly label: Words;
  /** Why such an entry deserves a look, with the source. */
  readonly why: Words;
  readonly fields: F;
  /** What is taken where nothing else is said. Money in minor units of the company. */
  readonly usual: Usual<F>;
}

const test = <const F extends Fields>(label: Words, why: Words, fields: F, usual: Usual<F>): AuditTest<F> => Object.freeze({ label, why, fields, usual });

const weekdays = [
  { value: '1', label: w('Monday', 'Montag') },
  { value: '2', label: w('Tuesday', 'Dienstag') },
  { value: '3', label: w('Wednesday', 'Mittwoch') },
  { value: '4', label: w('Thursday', 'Donnerstag') },
  { value: '5', label: w('Friday', 'Freitag') },
  { value: '6', label: w('Saturday', 'Samstag') },
  { value: '7', label: w('Sunday', 'Sonntag') },
] as const;

const most = (label: Words) => whole(label, { required: true, range: [1, 100_000] });
const least = (label: Words) => money(label, 'none', { required: true, range: [1, 9_000_000_000_000_000] });
const days = (label: Words) => whole(label, { required: true, range: [0, 366] });

export const auditTests = {
  round: test(
    w('Round amounts', 'Runde Beträge'),
    w('Invented amounts are often round (ISA 240 A45 e).', 'Erfundene Beträge sind oft rund (ISA 240 A45 e).'),
    { unit: least(w('Multiples of', 'Vielfache von')) },
    { unit: 100_000 },
  ),
  rest: test(
    w('Weekends and holidays', 'Wochenenden und Feiertage'),
    w('Posted, or booked for, a day on which nobody works (AS 2401 .61). Entries that were imported count by the day they are booked for.', 'An einem oder für einen Tag gebucht, an dem niemand arbeitet (AS 2401 .61). Importierte Buchungen zählen nach ihrem Buchungsdatum.'),
    { weekdays: choices(w('Days of rest', 'Ruhetage'), weekdays), holidays: tags(w('Holidays (YYYY-MM-DD)', 'Feiertage (JJJJ-MM-TT)')) },
    { weekdays: ['6', '7'], holidays: [] },
  ),
  hours: test(
    w('Outside office hours', 'Außerhalb der Bürozeit'),
    w('Posted at an unusual time of day, by the clock of this PC (AS 2401 .61).', 'Zu ungewöhnlicher Stunde gebucht, nach der Uhr dieses PCs (AS 2401 .61).'),
    { from_hour: whole(w('Office opens at (hour)', 'Bürobeginn (Stunde)'), { required: true, range: [0, 24] }), until_hour: whole(w('Office closes at (hour)', 'Büroende (Stunde)'), { required: true, range: [0, 24] }) },
    { from_hour: 7, until_hour: 20 },
  ),
  seldom: test(
    w('Seldom used accounts', 'Selten bebuchte Konten'),
    w('On an account that hardly anything is ever booked on (ISA 240 A45 a).', 'Auf einem Konto, das fast nie bebucht wird (ISA 240 A45 a).'),
    { most: most(w('Lines in the period, at most', 'Zeilen im Zeitraum, höchstens')) },
    { most: 3 },
  ),
  poster: test(
    w('Seldom posters', 'Seltene Bucher'),
    w('By somebody who does not usually make entries (ISA 240 A45 b).', 'Von jemandem, der gewöhnlich nicht bucht (ISA 240 A45 b).'),
    { most: most(w('Entries in the period, at most', 'Buchungen im Zeitraum, höchstens')) },
    { most: 5 },
  ),
  own: test(
    w('Drafted and posted by one person', 'Von einer Person entworfen und gebucht'),
    w('Posted by the one who drafted it or changed the draft last: nobody else has looked at it as it was posted (segregation of duties; COSO principle 10). Typed entries only.', 'Gebucht von dem, der sie entworfen oder den Entwurf zuletzt geändert hat: So, wie sie gebucht ist, hat sie niemand sonst gesehen (Funktionstrennung; COSO Prinzip 10). Nur getippte Buchungen.'),
    {},
    {},
  ),
  fast: test(
    w('Posted too fast', 'Zu schnell gebucht'),
    w('Drafted by one and posted by another sooner than anybody reads.', 'Von einem entworfen und vom anderen schneller gebucht, als jemand liest.'),
    { seconds: whole(w('Sooner than (seconds)', 'Schneller als (Sekunden)'), { required: true, range: [1, 86_400] }) },
    { seconds: 60 },
  ),
  duplicates: test(
    w('Possible duplicates', 'Mögliche Doppelbuchungen'),
    w('One account, amount, currency and reference in two entries that are near in time (Nigrini 2020).', 'Ein Konto, Betrag, eine Währung und ein Beleg in zwei zeitlich nahen Buchungen (Nigrini 2020).'),
    { days: days(w('Days apart, at most', 'Tage auseinander, höchstens')), blank: flag(w('Also without a reference', 'Auch ohne Beleg')) },
    { days: 10, blank: false },
  ),
  gaps: test(
    w('Gaps in numbers', 'Lücken in den Nummern'),
    w('A number of a journal that no entry has (ISA 330 A43).', 'Eine Nummer eines Journals, die keine Buchung trägt (ISA 330 A43).'),
    {},
    {},
  ),
  limit: test(
    w('Just below a limit', 'Knapp unter einer Grenze'),
    w('Amounts that stay just under what would need approval (AS 2401 .61).', 'Beträge knapp unter dem, was eine Freigabe bräuchte (AS 2401 .61).'),
    { limit: least(w('Limit', 'Grenze')), percent: whole(w('Percent below it', 'Prozent darunter'), { required: true, range: [1, 99] }) },
    { limit: 1_000_000, percent: 5 },
  ),
  large: test(
    w('Large amounts', 'Große Beträge'),
    w('At or above a threshold, such as the materiality of the audit (ISA 320).', 'Ab einer Schwelle, etwa der Wesentlichkeit der Prüfung (ISA 320).'),
    { least: least(w('From', 'Ab')) },
    { least: 5_000_000 },
  ),
  late: test(
    w('Back-dated', 'Rückdatiert'),
    w('Posted long after the day it is booked for. Not asked of imported entries, whose time of posting is that of the import.', 'Lange nach dem Buchungsdatum gebucht. Gilt nicht für importierte Buchungen, deren Zeitpunkt der des Imports ist.'),
    { days: days(w('Days later than', 'Tage später als')) },
    { days: 30 },
  ),
  close: test(
    w('Around the end of the period', 'Um das Ende des Zeitraums'),
    w('Typed entries of the last days, or posted after the end (ISA 240 § 32 a ii).', 'Getippte Buchungen der letzten Tage oder nach dem Ende gebucht (ISA 240 § 32 a ii).'),
    { days: days(w('Last days', 'Letzte Tage')) },
    { days: 5 },
  ),
  pairs: test(
    w('Unusual pairs of accounts', 'Ungewöhnliche Kontenpaare'),
    w('The largest debit and the largest credit stand on accounts that seldom meet (ISA 240 A45 a).', 'Die größte Soll- und die größte Habenzeile stehen auf Konten, die sich selten treffen (ISA 240 A45 a).'),
    { most: most(w('Meet in the period, at most', 'Treffen im Zeitraum, höchstens')), least: least(w('Amount from', 'Betrag ab')) },
    { most: 2, least: 100_000 },
  ),
  unexplained: test(
    w('Without explanation', 'Ohne Erklärung'),
    w('Neither narration nor reference nor a text on any line (ISA 240 A45 c).', 'Weder Buchungstext noch Beleg noch Text an einer Zeile (ISA 240 A45 c).'),
    {},
    {},
  ),
  words: test(
    w('Words in the narration', 'Wörter im Buchungstext'),
    w('Words that point at corrections or instructions (AS 2401 .61).', 'Wörter, die auf Korrekturen oder Anweisungen deuten (AS 2401 .61).'),
    { words: tags(w('Words', 'Wörter')) },
    { words: ['adjust', 'correct', 'plug', 'write-off', 'reclass', 'instruct', 'korrektur', 'umbuchung', 'anweisung', 'ausbuchung'] },
  ),
  chain: test(
    w('Seals and chain', 'Siegel und Kette'),
    w('Every row of the audit log and every posted entry against its seal, all attached files against their digest; a broken one is named.', 'Jede Zeile des Prüfprotokolls und jede Buchung gegen ihr Siegel, alle Anlagen gegen ihre Prüfsumme; was nicht stimmt, wird genannt.'),
    {},
    {},
  ),
} as const satisfies Readonly<Record<string, AuditTest>>;

export type TestKey = keyof typeof auditTests;
export const testKeys = Object.keys(auditTests) as unknown as readonly [TestKey, ...TestKey[]];
export type ParamsOf<K extends TestKey> = (typeof auditTests)[K]['usual'];

/** One test with its parameters; those left out are the usual ones. */
export type TestRun = { readonly test: TestKey } & Readonly<Record<string, unknown>>;

const shapeOf = (key: TestKey): z.ZodType => {
  const fields: Fields = auditTests[key].fields;
  return z.strictObject({ test: z.literal(key), ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field).optional()])) });
};
export const testRunSchema = z.union(testKeys.map(shapeOf)) as unknown as z.ZodType<TestRun>;
