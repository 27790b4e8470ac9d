import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../main/db/migrate.ts';
import { type Connection, openMemory, transaction } from '../../main/db/open.ts';
import { bulkIndex, countMatches, type Indexable, indexRecord, search, unindexRecord } from '../../main/db/search.ts';
import { distance, vocabulary } from '../../main/db/spelling.ts';
import { corpus, has } from '../helpers/corpora.ts';

const open = (): Connection => {
  const db = openMemory();
  apply(db);
  return db;
};
let db = open();
beforeEach(() => {
  db.close();
  db = open();
});
afterAll(() => db.close());

const all = ['party', 'document', 'task'];
let next = 0;
const put = (title: string, more: Partial<Indexable> = {}): number => {
  const id = more.id ?? ++next;
  indexRecord(db, { entity: 'party', id, title, subtitle: '', body: '', archived: false, ...more });
  return id;
};
const find = (text: string, more: { entities?: string[]; entity?: string; limit?: number } = {}) => search(db, { text, entities: all, limit: 20, ...more });
const titles = (text: string, more = {}): string[] => find(text, more).hits.map((hit) => hit.title);

describe('what is found', () => {
  test('all words must be there, each by its beginning, wherever they stand', () => {
    put('Anna Berger', { subtitle: 'P-00012', body: 'Hamburg' });
    put('Anna Stein', { body: 'Bremen' });
    expect(titles('hamb ann')).toEqual(['Anna Berger']);
    expect(titles('ann')).toHaveLength(2);
    expect(titles('nna')).toEqual([]);
  });

  test('words of one, two and three letters find beginnings too, alone and beside others', () => {
    put('Anna Berger', { body: 'Hamburg' });
    for (const text of ['a', 'an', 'b', 'an b', 'anna h', 'anna ha', 'berger ham', 'a b', 'h', 'ha']) expect(titles(text), text).toEqual(['Anna Berger']);
  });

  test('case and accents do not matter, and German spellings are one: ü and ue, ß and ss', () => {
    put('Jörg Müller', { body: 'Weiße Straße, Größe' });
    put('Uwe Mueller', { body: 'Parkstrasse' });
    expect(titles('MULLER')).toEqual(['Jörg Müller']);
    for (const text of ['müller', 'mueller', 'Müll', 'muelle']) expect(titles(text).sort(), text).toEqual(['Jörg Müller', 'Uwe Mueller']);
    for (const text of ['strasse', 'straße', 'STRASSE', 'weisse str', 'joerg', 'jorg', 'groesse', 'große', 'GROESSE w']) expect(titles(text), text).toEqual(['Jörg Müller']);
    expect(titles('parkstraße')).toEqual(['Uwe Mueller']);
    put('Łódź Ørsted', {});
    expect(titles('lodz orsted')).toEqual(['Łódź Ørsted']);
  });

  test('codes are found whole, without their hyphen and by their beginning', () => {
    put('Anna Berger', { subtitle: 'P-00012' });
    put('Max Stein', { subtitle: 'P-00013' });
    for (const text of ['P-00012', 'p00012', '00012', 'p 00012']) expect(titles(text), text).toEqual(['Anna Berger']);
    expect(titles('P-0001')).toHaveLength(2);
  });

  test('telephone numbers are found whatever stands between the digits, and with or without the country', () => {
    put('Anna', { body: '030-0074321' });
    put('Max', { body: '+49 (0)30 55512-77' });
    for (const text of ['030 0074321', '0300074321', '(030) 007 43 21', '030/0074321', '+49 30 0074321', '030 00743']) expect(titles(text), text).toEqual(['Anna']);
    for (const text of ['030 5551277', '+49 30 5551277', '0049 30 55512-77', '030-55512-77']) expect(titles(text), text).toEqual(['Max']);
  });

  test('parts of an e-mail address are enough', () => {
    put('Office', { body: 'anna.berger17@example.com' });
    for (const text of ['anna.berger17@example.com', 'berger17', 'anna.berger', 'anna@example', 'anna.berger17@exam', 'example.com']) expect(titles(text), text).toEqual(['Office']);
  });

  test('text without spaces between words is found by any part of it', () => {
    put('東京都庁', { body: 'สวัสดีครับ' });
    for (const text of ['東京', '京都庁', '都', 'สวัสดี', 'ครับ']) expect(titles(text), text).toEqual(['東京都庁']);
    expect(titles('東西')).toEqual([]);
  });

  test('a changed record is found by its new words only, a removed one not at all', () => {
    const id = put('Anna Berger', { body: 'Hamburg' });
    put('Anna Stein', { id, body: 'Bremen' });
    expect(titles('berger')).toEqual([]);
    expect(titles('bremen')).toEqual(['Anna Stein']);
    put('Anna Stein', { id, archived: true });
    expect(find('stein').hits).toMatchObject([{ id, archived: true }]);
    unindexRecord(db, 'party', id);
    expect(titles('anna')).toEqual([]);
  });

  test('what a transaction undid is not found, and words learnt later still are', () => {
    put('Seemann');
    expect(find('seemanm').corrected).toEqual({ seemanm: 'seemann' });
    expect(() => transaction(db, () => { put('Hafenmeister'); find('hafenmeisted'); throw new Error('undone'); })).toThrow('undone');
    expect(titles('hafenmeister')).toEqual([]);
    put('Lotsenboot');
    expect(find('lotsenbott').corrected).toEqual({ lotsenbott: 'lotsenboot' });
  });
});

describe('the order', () => {
  test('the title itself comes first, then titles beginning so, then titles with the words, then texts; archived ones last', () => {
    put('Rechnung an Stein', { body: 'x' });
    put('Notiz', { body: 'Stein' });
    put('Stein GmbH');
    put('Stein', { archived: true });
    put('Stein');
    put('Bericht', { body: 'Steinmetz' });
    const found = find('stein').hits;
    expect(found.map((hit) => hit.title)).toEqual(['Stein', 'Stein GmbH', 'Rechnung an Stein', 'Notiz', 'Bericht', 'Stein']);
    expect(found.at(-1)!.archived).toBe(true);
  });

  test('many records of one kind do not push out those of another', () => {
    put('Anna Berger');
    for (let n = 0; n < 300; n++) put(`Anna ${n}`, { entity: 'task' });
    expect(new Set(find('anna').hits.map((hit) => hit.entity))).toEqual(new Set(['party', 'task']));
  });
});

describe('permission', () => {
  test('records of other entities neither come out nor take the place of those that may', () => {
    for (let n = 0; n < 3000; n++) put(`Geheim ${n}`, { entity: 'task', body: 'gemeinsam' });
    put('Offen', { body: 'gemeinsam geheim' });
    const mine = find('gemeinsam', { entities: ['party'], limit: 5 });
    expect(mine.hits.map((hit) => hit.title)).toEqual(['Offen']);
    expect(titles('geheim', { entities: ['party'] })).toEqual(['Offen']);
    expect(find('gemeinsam', { entities: [] }).hits).toEqual([]);
    expect(find('gemeinsam', { entities: ['party'], entity: 'task' }).hits).toEqual([]);
    expect(titles('gemeinsam', { entity: 'party' })).toEqual(['Offen']);
  });

  test('a misspelt word is never corrected to one that stands only where the user may not look', () => {
    put('Projekt Phoenixfalter', { entity: 'task' });
    put('Anna');
    expect(find('phoenixfalte').corrected).toEqual({});
    expect(find('phoenixfaltre', { entities: ['party'] })).toEqual({ hits: [], corrected: {} });
    expect(find('phoenixfaltre').corrected).toEqual({ phoenixfaltre: 'phoenixfalter' });
  });
});

describe('typing errors', () => {
  test('a word that nothing is spelt like is read as the nearest one, and the reply says so', () => {
    put('Anna Berger', { body: 'Hamburg' });
    put('Insektizid');
    expect(find('insektzid')).toMatchObject({ hits: [{ title: 'Insektizid' }], corrected: { insektzid: 'insektizid' } });
    expect(find('isnektizdi').corrected).toEqual({ isnektizdi: 'insektizid' });
    expect(find('anna begrer')).toMatchObject({ hits: [{ title: 'Anna Berger' }], corrected: { begrer: 'berger' } });
    expect(find('anan hamubrg').corrected).toEqual({ anan: 'anna', hamubrg: 'hamburg' });
  });

  test('a misspelt word is read otherwise beside one that is only half typed', () => {
    put('Charlotte Abbott', { body: 'Leeds' });
    put('Charles Cooper', { body: 'York' });
    expect(find('charlote abbot')).toMatchObject({ hits: [{ title: 'Charlotte Abbott' }], corrected: { charlote: 'charlotte' } });
    expect(find('abbo lees')).toMatchObject({ hits: [{ title: 'Charlotte Abbott' }], corrected: { lees: 'leeds' } });
    expect(find('charlote coop')).toEqual({ hits: [], corrected: {} });
  });

  test('short words, numbers and words too far off are left as they are', () => {
    put('Ute Wald', { body: '4711' });
    for (const text of ['uet', '4712', 'wxyd', 'xyzzyx']) expect(find(text), text).toEqual({ hits: [], corrected: {} });
    expect(find('wlad').corrected).toEqual({ wlad: 'wald' });
  });

  test('a correction names a word as it was typed, even one that objects have by nature', () => {
    put('Konstruktor');
    expect(Object.keys(find('Konstruktro').corrected)).toEqual(['Konstruktro']);
    put('xprotoy');
    expect(() => find('__proto__ constructor')).not.toThrow();
  });

  test('a rare spelling comes first and its common neighbour after it', () => {
    for (let n = 0; n < 30; n++) put(`Meyer ${n}`);
    put('Mayer');
    const found = find('mayer');
    expect(found.hits[0]!.title).toBe('Mayer');
    expect(found.hits).toHaveLength(20);
    expect(found.corrected).toEqual({ mayer: 'meyer' });
  });

  test('distances are those of the literature', () => {
    // Damerau 1964; Navarro, ACM Computing Surveys 33(1), 2001: "survey" and "surgery"; restricted: "ca" to "abc" is 3.
    expect(distance('survey', 'surgery', 9)).toBe(2);
    expect(distance('kitten', 'sitting', 9)).toBe(3);
    expect(distance('ca', 'abc', 9)).toBe(3);
    expect(distance('teh', 'the', 9)).toBe(1);
    expect(distance('', 'abc', 9)).toBe(3);
    expect(distance('abcdef', 'uvwxyz', 2)).toBe(3);
  });

  test('the vocabulary finds exactly the words that a plain comparison of all of them finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'ä', 'я'), minLength: 4, maxLength: 9 });
    fc.assert(fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 60 }), word, (known, typed) => {
      const words = vocabulary();
      known.forEach((one) => words.add(one));
      const most = typed.length < 6 ? 1 : 2;
      const expected = known.filter((one) => one !== typed && plainDistance(typed, one) <= most).sort();
      expect(words.near(typed).map((near) => near.word).sort()).toEqual(expected);
    }), { numRuns: 300 });
  });
});

/** The definition word for word, recursive and slow: an independent second opinion. */
function plainDistance(a: string, b: string): number {
  const seen = new Map<string, number>();
  const go = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const known = seen.get(`${i},${j}`);
    if (known !== undefined) return known;
    const same = a[i - 1] === b[j - 1] ? 0 : 1;
    const ways = [go(i - 1, j) + 1, go(i, j - 1) + 1, go(i - 1, j - 1) + same];
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(go(i - 2, j - 2) + 1);
    const least = Math.min(...ways);
    seen.set(`${i},${j}`, least);
    return least;
  };
  return go(a.length, b.length);
}

describe('snippets', () => {
  test('hits stand between « and » as they are written, in a piece of the text around the first', () => {
    put('Vertrag', { entity: 'document', body: `${'Lorem ipsum dolor. '.repeat(40)}Frau Müller-Lüdenscheidt wohnt in der Großen Straße 7.${' Sit amet.'.repeat(40)}` });
    const { snippet } = find('mueller strasse').hits[0]!;
    expect(snippet).toContain('«Müller»-Lüdenscheidt wohnt in der Großen «Straße»');
    expect(snippet.length).toBeLessThan(220);
  });

  test('a hit far down in a text of 400,000 characters is shown', () => {
    put('Handbuch', { entity: 'document', body: `${'wort '.repeat(80_000)}Schluesselstelle am Ende` });
    expect(find('schlüsselstelle').hits[0]!.snippet).toContain('«Schluesselstelle» am Ende');
  });

  test('marks that stand in the text itself and line ends cannot be taken for hits or markup', () => {
    put('Zitat', { body: 'Er sagte «nein»\n\n<b>fett</b> \u0000 ziel' });
    expect(find('ziel').hits[0]!.snippet).toBe('Er sagte ‹nein› <b>fett</b> «ziel»');
  });
});

describe('many at once', () => {
  test('bulk indexing leaves the same index as one by one, and learns the same words', () => {
    const records: Indexable[] = Array.from({ length: 200 }, (_, n) => ({ entity: 'party', id: n + 1, title: `Käthe Nr${n}`, subtitle: `P-${n}`, body: `wort${n} gemeinsam`, archived: n % 7 === 0 }));
    for (const record of records) indexRecord(db, record);
    const other = open();
    transaction(other, () => {
      const bulk = bulkIndex(other);
      for (const record of records) bulk.put({ ...record, title: 'Vorher' });
      for (const record of records) bulk.put(record);
      bulk.finish();
    });
    const rows = (at: Connection) => at.prepare('SELECT * FROM search_records ORDER BY id').all();
    expect(rows(other)).toEqual(rows(db));
    for (const text of ['käthe', 'kaethe', 'P-17', 'wort42', 'gemeinsma', 'nr1']) expect(search(other, { text, entities: all, limit: 100 }), text).toEqual(search(db, { text, entities: all, limit: 100 }));
    other.close();
  });
});

describe('any input', () => {
  const hostile = ['"', '""', "'", '*', 'a*', '-', 'NOT', 'AND OR NOT', 'NEAR(a b)', 'words:x', '^a', '(', ')', '{a b}', '\0', 'a\0b', 'x'.repeat(200), '😀', '👩‍👩‍👧', '%', '_', '\\', ';DROP TABLE x', '\ud800', '«', '-'.repeat(200), '1 '.repeat(100), 'a '.repeat(100), '((((1', '+', '+49', '00', 'Ä', 'ß', '\u0301', 'İ', '½', 'ﬃ', '\u202e', '東'.repeat(200)];
  const strings = (): string[] => [...hostile, ...(has('imports/blns/blns.json') ? (JSON.parse(readFileSync(corpus('imports/blns/blns.json'), 'utf8')) as string[]) : [])];

  test('nothing that can be typed or stored raises an error, and the naughty strings that hold words find themselves', { timeout: 90_000 }, () => {
    const list = strings();
    list.forEach((text, n) => put(text, { id: n + 1, subtitle: text, body: text }));
    list.forEach((text, n) => {
      const typed = text.slice(0, 200);
      const { hits } = find(typed, { limit: 100 });
      expect(JSON.stringify(hits.map((hit) => hit.snippet)), typed).not.toContain('«»');
      const wordsIn = typed.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
      if (wordsIn.length > 0 && typed === text && wordsIn.length <= 12) expect(hits.map((hit) => hit.id), JSON.stringify(text)).toContain(n + 1);
    });
  });

  test('random text of every plane raises no error', () => {
    put('Anna Berger');
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      indexRecord(db, { entity: 'task', id: 1, title: text, subtitle: text, body: text, archived: false });
      find(text);
      countMatches(db, text);
    }), { numRuns: 300 });
  });

  test('a word of a million letters and a page of digits are indexed without a stall', () => {
    const start = process.cpuUsage();
    put('x'.repeat(1_000_000), { body: `${'ü'.repeat(500_000)} ${'1 '.repeat(250_000)}${'a-'.repeat(100_000)}${'('.repeat(100_000)}` });
    find('x'.repeat(200));
    const used = process.cpuUsage(start);
    expect(used.user + used.system).toBeLessThan(5_000_000);
  });
});

/** Title and text of generated documents into the index, and the same words for an independent scan. */
function load(csv: string, scan: boolean): Set<string>[] {
  const seen: Set<string>[] = [];
  const bulk = bulkIndex(db);
  const words = (text: string): string[] => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  transaction(db, () => {
    for (const [id, title, , , body] of (Papa.parse(csv, { skipEmptyLines: true }).data as string[][]).slice(1)) {
      bulk.add({ entity: 'document', id: Number(id), title: title!, subtitle: '', body: body!, archived: false });
      if (scan) seen.push(new Set(words(`${title} ${body}`)));
    }
    bulk.finish();
  });
  return seen;
}

describe.skipIf(!has('fts'))('counts', () => {
  test('the first 2,000 generated documents hold as many of each word as a plain scan finds', () => {
    const seen = load(gunzipSync(readFileSync(corpus('fts/docs-first2000.csv.gz'))).toString(), true);
    expect(seen).toHaveLength(2000);
    const count = (test: (words: Set<string>) => boolean): number => seen.filter(test).length;
    for (const word of ['insecticide', 'disport', 'chastises', 'jumpsuit', 'mimetic', 'divorces', 'muller', 'cafe', 'qzxneedlec']) expect(countMatches(db, word), word).toBe(count((words) => words.has(word)));
    expect(countMatches(db, 'insecticide jumpsuit')).toBe(count((words) => words.has('insecticide') && words.has('jumpsuit')));
    expect(countMatches(db, 'bankrolled tediously tots aquiline gunsmiths', 'any')).toBe(count((words) => ['bankrolled', 'tediously', 'tots', 'aquiline', 'gunsmiths'].some((word) => words.has(word))));
    expect(countMatches(db, 'prefixqz', 'prefix')).toBe(count((words) => [...words].some((word) => word.startsWith('prefixqz'))));
    expect(countMatches(db, 'insecticide')).toBeGreaterThan(1900);
  });

  test.skipIf(process.env['BUREAU_LONG'] !== '1')('all 16 queries of the 200,000 documents count what the brute-force scan counted', { timeout: 3_600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'bureau-docs-'));
    try {
      const made = spawnSync('python3', [corpus('gen/gen_docs.py'), '200000', join(folder, 'docs.csv'), corpus('fts/american-english.txt')]);
      expect(made.status, String(made.stderr)).toBe(0);
      load(readFileSync(join(folder, 'docs.csv'), 'utf8'), false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const expected = (Papa.parse(readFileSync(corpus('fts/docs200k.expected.csv'), 'utf8'), { skipEmptyLines: true }).data as string[][]).slice(1);
    const how = { phrase: 'phrase', prefix: 'prefix', or: 'any' } as const;
    const counted = expected.map(([text, kind]) => [text, kind, String(countMatches(db, text!, how[kind as keyof typeof how] ?? 'all'))]);
    expect(counted).toEqual(expected);
    expect(counted).toHaveLength(16);
  });
});
