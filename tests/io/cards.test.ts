import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { readCsvText } from '../../main/io/csv.ts';
import { readVcards, writeVcard } from '../../main/io/vcard.ts';
import { corpus } from './corpora.ts';

const crlf = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
const only = (source: string | Uint8Array) => readVcards(source).cards[0]!;

const folder = corpus('imports/vcard');
describe.skipIf(!folder)('the card corpus', () => {
  test('has as many cards and the same names as python-vobject finds', () => {
    const [, ...rows] = ((): string[][] => {
      const found: string[][] = [];
      readCsvText(readFileSync(join(folder!, 'expected-summary.csv'), 'utf8'), { delimiter: ',' }, (_, cells) => void found.push(cells));
      return found;
    })();
    for (const [file, count, names] of rows) {
      const { cards, problems } = readVcards(readFileSync(join(folder!, file!)));
      expect([file, cards.length, problems]).toEqual([file, Number(count), []]);
      expect(cards[0]!.name, file).toBe(names);
    }
  });
  test('loses no property: each that ical.js finds is a field or in the list of unknown ones', () => {
    for (const file of readdirSync(folder!).filter((one) => one.endsWith('.vcf'))) {
      const json = ICAL.parse(readFileSync(join(folder!, file), 'utf8')) as [string, [string, object, string, unknown][]];
      const card = only(readFileSync(join(folder!, file)));
      // One N, ADR, BDAY and so on may fill fields; every further one must be kept.
      const filled = new Set(['version', 'n', 'adr', 'bday', 'fn', 'org', 'tel', 'email', 'title', 'url', 'note', 'uid', 'kind']);
      const counts = new Map<string, number>();
      for (const [name] of json[1]) counts.set(name, (counts.get(name) ?? 0) + 1);
      for (const [name, count] of counts) {
        const kept = card.unknown.filter((one) => one.name.toLowerCase().split('.').at(-1) === name.split('.').at(-1)).length;
        const most = name === 'tel' ? 3 : 1;
        expect([file, name, kept >= count - (filled.has(name) ? most : 0)]).toEqual([file, name, true]);
      }
    }
  });
  test('reads the example of RFC 2426 and the card of its own author', () => {
    expect(only(readFileSync(join(folder!, 'test_parser_vcard3.vcf')))).toMatchObject({ name: 'Mr. John Q. Public, Esq.', given_name: 'John', family_name: 'Public', email: 'jane_doe@abc.com', phone: '+1-213-555-1234', street: '123 Main Street', city: 'Any Town', region: 'CA', postal_code: '91921-1234', organisation: 'ABC, Inc.', department: 'North American Division, Marketing', job_title: 'Director, Research and Development', birth_day: '1996-04-15', note: 'This fax number is operational 0800 to 1715 EST, Mon-Fri.' });
    expect(only(readFileSync(join(folder!, 'test_parser_vcard_author.vcf')))).toMatchObject({ family_name: 'Perreault', phone: '+1-418-656-9254 ext. 102', mobile: '+1-418-262-6501', street: '2875 Laurier, Suite D2-630', birth_day: '', website: 'http://nomis80.org' });
    expect(only(readFileSync(join(folder!, 'test_parser_escape_semicolon.vcf'))).fax).toBe('205246;;,;');
  });
});

describe('old cards', () => {
  test('version 2.1 with bare types, quoted-printable over several lines and a character set', () => {
    const card = crlf('BEGIN:VCARD', 'VERSION:2.1', 'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg', 'FN;CHARSET=UTF-8;QUOTED-PRINTABLE:J=C3=B6rg =', 'M=C3=BCller', 'TEL;WORK;FAX:1', 'TEL;CELL:2', 'TEL;HOME;VOICE:3', 'NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo', 'PHOTO;TYPE=JPEG;ENCODING=BASE64:', ' SGVsbG8=', '', 'END:VCARD');
    expect(only(card)).toMatchObject({ family_name: 'Müller', given_name: 'Jörg', name: 'Jörg Müller', fax: '1', mobile: '2', phone: '3', note: 'one\r\ntwo', unknown: [{ name: 'PHOTO', value: 'SGVsbG8=' }] });
  });
  test('bytes of windows-1252, UTF-16, and a fold in the middle of a character', () => {
    const text = crlf('BEGIN:VCARD', 'VERSION:3.0', 'FN:Jörg Müller', 'END:VCARD');
    const fold = Buffer.from(text);
    const at = fold.indexOf(0xc3) + 1;
    for (const bytes of [Buffer.from(text, 'latin1'), Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.concat([fold.subarray(0, at), Buffer.from('\r\n '), fold.subarray(at)])]) expect(only(bytes).name).toBe('Jörg Müller');
  });
  test('a card inside a card stays with it, and a card that never ends is told and left out', () => {
    const { cards, problems } = readVcards(crlf('BEGIN:VCARD', 'FN:A', 'AGENT:', 'BEGIN:VCARD', 'FN:B', 'END:VCARD', 'END:VCARD', 'BEGIN:VCARD', 'FN:C', 'BEGIN:VCARD', 'FN:D', 'END:VCARD', 'BEGIN:VCARD', 'FN:E'));
    expect(cards.map(({ name }) => name)).toEqual(['A', 'D']);
    expect(cards[0]!.unknown.map(({ name, value }) => `${name}:${value}`)).toEqual(['AGENT:', 'BEGIN:VCARD', 'FN:B', 'END:VCARD']);
    expect(problems.map(({ row }) => row)).toEqual([8, 13]);
  });
  test('a firm is a firm, and a second telephone is kept', () => {
    const card = only(crlf('BEGIN:VCARD', 'VERSION:4.0', 'KIND:org', 'FN:ACME', 'TEL:1', 'TEL;PREF=1:2', 'EMAIL:a@b.example', 'EMAIL;TYPE=pref:c@d.example', 'END:VCARD'));
    expect([card.kind, card.phone, card.email]).toEqual(['organisation', '2', 'c@d.example']);
    expect(card.unknown.map(({ value }) => value)).toEqual(['1', 'a@b.example']);
  });
  test('a file without cards is refused', () => {
    expect(() => readVcards('hello')).toThrow('no address card');
  });
});

test('every card that is written is read back exactly, and ical.js reads its name', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom(...'ab,;:\\"\n=^ äß€'.split('')), fc.constant('😀')), maxLength: 60 }).map((one) => one.trim());
  const line = text.map((one) => one.replaceAll('\n', ' '));
  const record = { given_name: text, family_name: text, name: text.filter((one) => one !== ''), salutation: text, phone: line.filter((one) => !/;ext=|^tel:/i.test(one)), mobile: line, fax: line, email: line, website: text, street: line, city: line, region: line, postal_code: line, country: line, organisation: text.filter((one) => one !== ''), department: text, job_title: text, note: text, uid: text };
  fc.assert(
    fc.property(fc.record(record), fc.constantFrom('', '1999-12-31', '2024-02-29'), fc.constantFrom('person' as const, 'organisation' as const), (fields, birth_day, kind) => {
      const card = { ...fields, birth_day, kind };
      const written = writeVcard(card);
      for (const one of written.split('\r\n')) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(75);
      expect(readVcards(written)).toEqual({ cards: [{ ...card, unknown: [] }], problems: [] });
      const json = ICAL.parse(written) as [string, [string, object, string, string][]];
      expect(json[1].find(([name]) => name === 'fn')![3]).toBe(card.name);
    }),
    { numRuns: 300 },
  );
});
