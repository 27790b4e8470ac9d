import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { afterAll, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readXlsx, sheetNames, writeXlsx } from '../../main/io/xlsx.ts';
import type { Cell } from '../../main/io/csv.ts';
import { formatKind, numberText, serialText } from '../../main/io/sheetCells.ts';
import { worked } from './corpora.ts';
import { attribute, xmlReader } from '../../main/io/xml.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

const rowsOf = (source: string | Uint8Array, sheet?: string): [number, string[]][] => {
  const rows: [number, string[]][] = [];
  readXlsx(source, { sheet }, (row, cells) => void rows.push([row, cells]));
  return rows;
};

/** A workbook by hand, with the sheet XML given; the rest is the least that the standard asks for. */
function book(sheet: string, extra: Readonly<Record<string, string>> = {}, workbook = ''): Uint8Array {
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns:r="x">${workbook}<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...extra,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

describe('reading what another program wrote', () => {
  test('texts, numbers, days, times and yes or no come as texts', async () => {
    const path = at('other.xlsx');
    await writeExcelFile([
      [{ value: 'name' }, { value: 'n' }, { value: 'day' }, { value: 'time' }, { value: 'ok' }],
      [{ value: ' Müller & <Söhne> ' }, { value: 0.1 + 0.2 }, { value: new Date(Date.UTC(2024, 1, 29)), format: 'dd.mm.yyyy' }, { value: new Date(Date.UTC(2026, 2, 1, 8, 30)), format: 'yyyy-mm-dd hh:mm' }, { value: true }],
      [{ value: 'two\nlines' }, { value: -1_234_567 }, null, null, { value: false }],
    ]).toFile(path);
    expect(rowsOf(path)).toEqual([
      [1, ['name', 'n', 'day', 'time', 'ok']],
      [2, [' Müller & <Söhne> ', '0.3', '2024-02-29', '2026-03-01T08:30:00', 'true']],
      [3, ['two\nlines', '-1234567', '', '', 'false']],
    ]);
  });
  test('shared texts, rich texts, phonetic hints, formulas, errors, missing cell names and gaps are understood', () => {
    const sheet =
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>' +
      '<row><c t="str"><f>A2&amp;"x"</f><v>ax</v></c><c t="e"><v>#N/A</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c></row>' +
      '<row r="9"><x:c r="A9" s="0"><x:v>1E3</x:v></x:c><c r="B9" t=\'d\'><v>2026-03-01T00:00:00Z</v></c></row><row r="10"/>';
    const texts = '<sst><si><t>a &lt;b&gt; &#228;_x000D_</t></si><si><r><t>rich</t></r><r><t> text</t></r><rPh><t>hint</t></rPh></si></sst>';
    expect(rowsOf(book(sheet, { 'xl/sharedStrings.xml': texts }))).toEqual([
      [2, ['a <b> ä\r', '', 'rich text']],
      [3, ['ax', '#N/A', 'in line']],
      [9, ['1000', '2026-03-01', '']],
    ]);
  });
  test('both day systems count from their own beginning', () => {
    const styles = { 'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>' };
    const sheet = '<row><c s="1"><v>1</v></c><c s="1"><v>59</v></c><c s="1"><v>61</v></c><c s="1"><v>44927</v></c></row>';
    expect(rowsOf(book(sheet, styles))[0]![1]).toEqual(['1900-01-01', '1900-02-28', '1900-03-01', '2023-01-01']);
    expect(rowsOf(book(sheet, styles, '<workbookPr date1904="1"/>'))[0]![1]).toEqual(['1904-01-02', '1904-02-29', '1904-03-02', '2027-01-02']);
  });
  test('a sheet that does not exist is refused with the names of those that do', () => {
    expect(sheetNames(book(''))).toEqual(['One']);
    expect(() => rowsOf(book(''), 'Two')).toThrow('There is no sheet “Two”. The sheets are: One.');
  });
  test('the receiver may stop early', () => {
    const rows: number[] = [];
    const done = readXlsx(book('<row><c><v>1</v></c></row>'.repeat(100)), {}, (row) => {
      rows.push(row);
      return row < 3;
    });
    expect([rows, done.rows]).toEqual([[1, 2, 3], 3]);
  });
});

describe('number formats', () => {
  test('codes of days and times are told from codes of numbers', () => {
    const kinds: readonly (readonly [string, string])[] = [
      ['0.00', 'number'], ['#,##0.00 "days"', 'number'], ['[Red]0;[Blue]-0', 'number'], ['General', 'number'], ['0%', 'number'], ['\\d0', 'number'], ['@', 'number'],
      ['yyyy-mm-dd', 'day'], ['d. mmmm yyyy', 'day'], ['[$-407]mmm yy', 'day'], ['dd/mm/yyyy hh:mm', 'instant'], ['h:mm AM/PM', 'time'], ['[h]:mm:ss', 'time'], ['mm:ss', 'time'], ['[mm]', 'time'],
    ];
    for (const [code, kind] of kinds) expect(formatKind(164, code), code).toBe(kind);
  });
  test('numbers come without float noise and without exponents', () => {
    for (const [raw, text] of [['0.30000000000000004', '0.3'], ['1E-7', '0.0000001'], ['1.5E+3', '1500'], ['-0', '0'], ['12345678901234', '12345678901234'], ['1e21', '1000000000000000000000'], ['4.3499999999999996', '4.35'], ['-12.50', '-12.5'], ['x', 'x']] as const) expect(numberText(raw)).toBe(text);
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => Number(numberText(String(value))) === (/^-?\d+$/.test(String(value)) ? value : Number(value.toPrecision(15)))), { numRuns: 5000 });
  });
  test('every day from 1900-03-01 to 9999-12-31 has the serial that the calendar gives it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
        const day = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
        return serialText(serial, 'day', false) === day && serialText(serial + 0.5, 'instant', false) === `${day}T12:00:00`;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing', () => {
  const columns = [
    { title: 'Text', kind: 'text' },
    { title: 'Amount', kind: 'number', digits: 2 },
    { title: 'Day', kind: 'day' },
    { title: 'Time', kind: 'time' },
    { title: 'Yes', kind: 'flag' },
  ] as const;

  test('another program reads the same texts, numbers, days and times, and finds no formula', async () => {
    const path = at('ours.xlsx');
    const rows: Cell[][] = [
      ['=1+1', { plain: '-12.34' }, '2024-02-29', Date.UTC(2026, 2, 1, 8, 30), true],
      ['+49 30 1 <&> "x"\n@a', 5, '2026-12-31', null, false],
      [' spaces ', null, '', null, null],
    ];
    const done = writeXlsx(path, columns, rows, { ahead: () => 0, sheet: 'A/B: [x] which is a much too long name' });
    expect([done.rows, done.cut, done.bytes]).toEqual([3, 0, statSync(path).size]);
    expect(await readSheet(path, { trim: false })).toEqual([
      ['Text', 'Amount', 'Day', 'Time', 'Yes'],
      ['=1+1', -12.34, new Date(Date.UTC(2024, 1, 29)), new Date(Date.UTC(2026, 2, 1, 8, 30)), true],
      ['+49 30 1 <&> "x"\n@a', 5, new Date(Date.UTC(2026, 11, 31)), null, false],
      [' spaces ', null, null, null, null],
    ]);
    const sheet = strFromU8(unzipSync(readFileSync(path))['xl/worksheets/sheet1.xml']!);
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('state="frozen"');
  });
  test('every text comes back exactly', () => {
    // A workbook's line ends and control characters are escaped; an empty text is an empty cell.
    const unit = fc.oneof(fc.constantFrom(...'ab_x000D=+-@<>&"\' \t\r\n\u0000\u000b\u00a0'.split('')), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
    fc.assert(
      fc.property(fc.array(fc.string({ unit, minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 20 }), (texts) => {
        const path = at('round.xlsx');
        writeXlsx(path, [{ title: 'T', kind: 'text' }], texts.map((text) => [text]));
        expect(rowsOf(path).slice(1).map(([, cells]) => cells[0])).toEqual(texts);
      }),
      { numRuns: 100 },
    );
  });
  test('numbers and days come back exactly; what is not of its column’s kind stays as text', () => {
    const path = at('kinds.xlsx');
    writeXlsx(path, [{ title: 'n', kind: 'number', digits: 2 }, { title: 'd', kind: 'day' }], [[{ plain: '-1234567890123.45' }, '1850-01-01'], [{ plain: '12345678901234567890' }, 'soon'], [9_007_199_254_740_991n, '2026-02-30'], [Number.NaN, '9999-12-31'], [1e-7, '']]);
    expect(rowsOf(path).slice(1).map(([, cells]) => cells)).toEqual([['-1234567890123.45', '1850-01-01'], ['12345678901234567890', 'soon'], ['9007199254740991', '2026-02-30'], ['NaN', '9999-12-31'], ['0.0000001', '']]);
  });
  test('a text longer than a cell holds is cut and counted', () => {
    expect(writeXlsx(at('long.xlsx'), [{ title: 'T', kind: 'text' }], [['x'.repeat(40_000)], ['y']]).cut).toBe(1);
    expect(rowsOf(at('long.xlsx'))[1]![1][0]).toHaveLength(32_767);
  });
  test('100,000 rows of 12 columns are written and read back', () => {
    const path = at('large.xlsx');
    const many = Array.from({ length: 12 }, (_, n) => ({ title: `c${n}`, kind: n === 0 || n === 4 ? 'number' : n === 5 ? 'day' : 'text' }) as const);
    function* rows(): Generator<Cell[]> {
      for (let n = 0; n < 100_000; n += 1) yield [n, `Müller ${n}`, `Street ${n % 97}`, 'Berlin', { plain: '-12.34' }, '2026-01-01', '=x', 'two\nlines', 'a "b"', null, '', `last ${n}`];
    }
    const start = worked();
    expect(writeXlsx(path, many, rows()).rows).toBe(100_000);
    let cells = 0;
    const done = readXlsx(path, {}, (_, row) => void (cells += row.filter((cell) => cell !== '').length));
    expect([done.rows, cells]).toEqual([100_001, 12 + 100_000 * 10]);
    // About 5 s alone on two slow cores; the limit leaves room for a busy machine.
    expect(worked() - start).toBeLessThan(90_000);
  }, 120_000);
});

describe('the XML reader', () => {
  const events = (text: string, step: number): string[] => {
    const found: string[] = [];
    let run = '';
    const flush = (): void => {
      if (run !== '') found.push(`"${run}"`);
      run = '';
    };
    const xml = xmlReader({
      open: (name, attributes) => (flush(), void found.push(`<${name}${attribute(attributes, 'a') ?? ''}`)),
      close: (name) => (flush(), void found.push(`>${name}`)),
      text: (piece) => void (run += piece),
    });
    for (let from = 0; from < text.length; from += step) xml.push(text.slice(from, from + step));
    xml.end();
    return found;
  };
  test('gives the same whatever the pieces, with “>” in attributes, comments, CDATA and both kinds of quotation marks', () => {
    const text = `<?xml version="1.0"?><!-- <no> --><p:a a="1>2" b='"'>x &amp; y<b a='">"'/><![CDATA[<z>&amp;]]><c xa="9" a = "3" >t&#x41;</c ></p:a>\n`;
    const expected = ['<a1>2', '"x & y"', '<b">"', '>b', '"<z>&amp;"', '<c3', '"tA"', '>c', '>a'];
    for (let step = 1; step <= text.length; step += 1) expect(events(text, step)).toEqual(expected);
  });
  test('refuses document types, and XML that does not close', () => {
    expect(() => events('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 100)).toThrow('entities');
    expect(() => events('<x><!ENTITY a "b"></x>', 3)).toThrow('entities');
    expect(() => events('<x><y></x>', 100)).toThrow('damaged');
    expect(() => events('</x>', 100)).toThrow('damaged');
  });
});

test('a workbook that is no archive, an old one and one with a part missing are refused by name', () => {
  writeFileSync(at('text.xlsx'), 'name;city');
  expect(() => sheetNames(at('text.xlsx'))).toThrow('not a file of the kind');
  expect(() => sheetNames(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toThrow('old Excel');
  expect(() => sheetNames(zipSync({ 'a.txt': strToU8('x') }))).toThrow('not a file of the kind');
});
