import { isDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { TextProblem } from './csv.ts';
import { type ContentLine, contentLines, escapedSingle, escapedText, folded, param, structured, types, unescapedText } from './lines.ts';
import { sniffEncoding } from './text.ts';

/** Address cards: reads vCard 2.1, 3.0 and 4.0 to flat texts, writes 4.0. */

export const cardFields = ['given_name', 'family_name', 'name', 'salutation', 'phone', 'mobile', 'fax', 'email', 'website', 'street', 'city', 'region', 'postal_code', 'country', 'organisation', 'department', 'job_title', 'birth_day', 'note', 'uid'] as const;
export type CardField = (typeof cardFields)[number];

/** One card; what it does not say is ''. */
export type Card = Readonly<Record<CardField, string>> & {
  readonly kind: 'person' | 'organisation';
  /** Everything in the card that no field holds, so that nothing is lost: second addresses, pictures, own properties. */
  readonly unknown: readonly { readonly name: string; readonly params: string; readonly value: string }[];
};

export interface CardsRead {
  readonly cards: readonly Card[];
  /** `row` is the line of the file. */
  readonly problems: readonly TextProblem[];
}

export const cardWords = {
  none: w('There is no address card in this file.', 'In dieser Datei ist keine Visitenkarte.'),
  open: w('This card is not finished; the file may be cut off. It was left out.', 'Diese Karte ist nicht zu Ende; vielleicht ist die Datei abgeschnitten. Sie wurde ausgelassen.'),
  line: w('This line is no property of a card.', 'Diese Zeile ist keine Angabe einer Karte.'),
  size: w('The file is larger than 50 MB.', 'Die Datei ist größer als 50 MB.'),
} as const;

/**
 * Reads all cards of a file.
 * @throws Refused when the file holds none or is larger than 50 MB.
 */
export function readVcards(source: Uint8Array | string): CardsRead {
  if (source.length > 50_000_000) throw new Refused('invalid', cardWords.size);
  if (typeof source !== 'string' && sniffEncoding(source).binary) throw new Refused('invalid', cardWords.none);
  const cards: Card[] = [];
  const problems: TextProblem[] = [];
  let [lines, depth, begun]: [ContentLine[], number, number] = [[], 0, 0];
  const problem = (row: number, words: TextProblem['words']): void => void (problems.length < 1000 && problems.push({ row, words, params: {} }));
  for (const line of contentLines(source)) {
    const word = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN' && word === 'VCARD' && (depth === 0 || lines.at(-1)?.name !== 'AGENT')) {
      // A card inside a card belongs to an AGENT of version 2.1; anywhere else the one before was never closed.
      if (depth > 0) problem(begun, cardWords.open);
      [lines, depth, begun] = [[], 1, line.line];
    } else if (line.name === 'BEGIN' && word === 'VCARD') {
      depth += 1;
      lines.push(line);
    } else if (line.name === 'END' && word === 'VCARD' && depth > 0) {
      depth -= 1;
      if (depth === 0) cards.push(cardOf(lines));
      else lines.push(line);
    } else if (depth > 0) {
      if (line.name === '') problem(line.line, cardWords.line);
      lines.push(line);
    }
  }
  if (depth > 0) problem(begun, cardWords.open);
  if (cards.length === 0 && problems.length === 0) throw new Refused('invalid', cardWords.none);
  return { cards, problems };
}

/** Lines in the order of preference: PREF=1, then TYPE=pref, then as they stand. */
const preference = (line: ContentLine): number => {
  const told = Number(param(line, 'PREF'));
  return told >= 1 && told <= 100 ? told / 1000 : types(line).includes('pref') ? 0.5 : 1;
};

function cardOf(lines: readonly ContentLine[]): Card {
  const card: Record<CardField, string> = Object.fromEntries(cardFields.map((field) => [field, ''])) as Record<CardField, string>;
  const unknown: { name: string; params: string; value: string }[] = [];
  let organisation = false;
  let nested = 0;
  const keep = (line: ContentLine, value = line.value): void => {
    unknown.push({ name: line.group === '' ? line.name : `${line.group}.${line.name}`, params: line.params.map(([key, one]) => `${key}=${one}`).join(';'), value });
  };
  const set = (field: CardField, value: string): boolean => {
    if (card[field] !== '' || value === '') return false;
    card[field] = value;
    return true;
  };
  const byPreference = lines.map((line, at) => ({ line, at })).toSorted((a, b) => preference(a.line) - preference(b.line) || a.at - b.at);
  const agents = new Set<ContentLine>();
  for (const line of lines) {
    if (line.name === 'BEGIN') nested += 1;
    if (nested > 0) agents.add(line);
    if (line.name === 'END') nested -= 1;
  }
  for (const { line } of byPreference) {
    if (agents.has(line)) {
      keep(line);
      continue;
    }
    const value = unescapedText(line.value).trim();
    switch (line.name) {
      case 'VERSION':
        break;
      case 'KIND':
      case 'X-ABSHOWAS':
        if (/^(?:org|organization|company)$/i.test(value)) organisation = true;
        else if (!/^individual$/i.test(value)) keep(line);
        break;
      case 'N': {
        const [family = '', given = '', middle = '', prefix = '', suffix = ''] = structured(line.value, ';');
        if (card.family_name !== '' || card.given_name !== '') {
          keep(line);
          break;
        }
        set('family_name', family);
        set('given_name', given);
        set('salutation', prefix);
        if (middle !== '' || suffix !== '') keep(line);
        break;
      }
      case 'ORG': {
        const [name = '', ...units] = structured(line.value, ';');
        if (!set('organisation', name) && name !== '') keep(line);
        else set('department', units.filter((unit) => unit !== '').join(', '));
        break;
      }
      case 'ADR':
        if (!address(card, line)) keep(line);
        break;
      case 'TEL': {
        const kinds = types(line);
        const number = value.replace(/^tel:/i, '').replace(/;ext=/i, ' ext. ');
        const field = kinds.includes('fax') ? 'fax' : kinds.includes('cell') || kinds.includes('mobile') || kinds.includes('iphone') ? 'mobile' : kinds.includes('pager') ? null : 'phone';
        if (field === null || !set(field, number)) keep(line);
        break;
      }
      case 'BDAY': {
        const day = birthDay(value);
        if (day === '' || !set('birth_day', day)) keep(line);
        break;
      }
      case 'EMAIL':
        if (!set('email', value.replace(/^mailto:/i, ''))) keep(line);
        break;
      default: {
        const field = simple[line.name];
        if (field === undefined || !set(field, value)) keep(line);
      }
    }
  }
  if (card.name === '') card.name = [card.given_name, card.family_name].filter((part) => part !== '').join(' ') || card.organisation;
  return { ...card, kind: organisation ? 'organisation' : 'person', unknown };
}

const simple: Readonly<Record<string, CardField>> = { FN: 'name', TITLE: 'job_title', URL: 'website', NOTE: 'note', UID: 'uid' };

/** One address: post box; extension; street; city; region; postal code; country. False when the card already has another. */
function address(card: Record<CardField, string>, line: ContentLine): boolean {
  const [box = '', extension = '', street = '', city = '', region = '', code = '', country = ''] = structured(line.value, ';').map((part) => part.replace(/\n/g, ', '));
  if ([card.street, card.city, card.postal_code, card.country, card.region].some((part) => part !== '')) return false;
  card.street = [street, extension, box].filter((part) => part !== '').join(', ');
  [card.city, card.region, card.postal_code, card.country] = [city, region, code, country];
  return true;
}

/** A day with its year; '' for the others that vCard knows (--0203, 1996-04). */
function birthDay(value: string): string {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$/.exec(value) ?? [];
  const text = `${year}-${month}-${day}`;
  return day !== undefined && isDay(text) ? text : '';
}

/** One card as vCard 4.0. Lines end with CRLF and are folded at 75 bytes. `unknown` is not written. */
export function writeVcard(card: Partial<Readonly<Record<CardField, string>>> & { readonly kind?: Card['kind'] }): string {
  const value = (field: CardField): string => escapedText((card[field] ?? '').trim());
  const single = (field: CardField): string => escapedSingle((card[field] ?? '').trim());
  // Addresses are not escaped at all, unless they hold what would look like an escape.
  const address_ = (field: CardField): string => (/[\\\r\n]/.test(card[field] ?? '') ? value(field) : (card[field] ?? '').trim());
  const lines: string[] = ['BEGIN:VCARD', 'VERSION:4.0'];
  const add = (head: string, ...parts: readonly string[]): void => {
    if (parts.some((part) => part !== '')) lines.push(`${head}:${parts.join(';')}`);
  };
  add('UID', address_('uid'));
  add('KIND', card.kind === 'organisation' ? 'org' : 'individual');
  // A formatted name is the one thing that every card must have.
  lines.push(`FN:${single('name') || [single('given_name'), single('family_name')].filter((part) => part !== '').join(' ') || single('organisation')}`);
  if (value('family_name') !== '' || value('given_name') !== '' || value('salutation') !== '') lines.push(`N:${value('family_name')};${value('given_name')};;${value('salutation')};`);
  add('ORG', value('organisation'), ...(value('department') === '' ? [] : [value('department')]));
  add('TITLE', single('job_title'));
  add('TEL;TYPE="work,voice"', single('phone'));
  add('TEL;TYPE="work,cell"', single('mobile'));
  add('TEL;TYPE="work,fax"', single('fax'));
  add('EMAIL;TYPE=work', single('email'));
  add('URL', address_('website'));
  add('ADR;TYPE=work', '', '', value('street'), value('city'), value('region'), value('postal_code'), value('country'));
  add('BDAY', value('birth_day').replaceAll('-', ''));
  add('NOTE', single('note'));
  lines.push('END:VCARD');
  return lines.map(folded).join('');
}
