import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fileText } from '../../main/io/fileText.ts';
import { htmlText } from '../../main/io/html.ts';
import { headerText, readMail } from '../../main/io/mail.ts';
import { pdfText } from '../../main/io/pdf.ts';
import { corpus, worked } from './corpora.ts';
import { pdf } from './pdf.ts';

describe('PDF', () => {
  test('the text of each page comes line by line, and the caller keeps its bytes', async () => {
    const bytes = pdf('Grüße (aus Köln)\nsecond line', 'page two');
    const size = bytes.length;
    expect(await pdfText(bytes)).toEqual({ pages: ['Grüße (aus Köln)\nsecond line', 'page two'], page_count: 2, complete: true });
    expect(bytes.length).toBe(size);
  });
  test('pages and characters are limited, and the result says so', async () => {
    const bytes = pdf(...Array.from({ length: 12 }, (_, n) => `page ${n}`));
    const limits = { bytes: 1e6, pages: 10, seconds: 30, characters: 1e6 };
    expect(await pdfText(bytes, limits)).toMatchObject({ page_count: 12, complete: false, pages: { length: 10 } });
    expect(await pdfText(bytes, { ...limits, characters: 10 })).toMatchObject({ complete: false, pages: { length: 2 } });
    await expect(pdfText(bytes, { ...limits, bytes: 100 })).rejects.toThrow('larger than');
  });
  test('a file that is none is refused', async () => {
    await expect(pdfText(Buffer.from('%PDF-1.4 nothing'))).rejects.toThrow('damaged');
  });
  test('it works inside a worker thread', async () => {
    const code = `import { parentPort, workerData } from 'node:worker_threads';
      const { fileText } = await import(${JSON.stringify(new URL('../../main/io/fileText.ts', import.meta.url).href)});
      parentPort.postMessage(await fileText(workerData, 'x.bin'));`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData: pdf('in a worker') });
    const answer = await new Promise((done, failed) => {
      worker.once('message', done);
      worker.once('error', failed);
    });
    await worker.terminate();
    expect(answer).toEqual({ media_type: 'application/pdf', text: 'in a worker', problem: null });
  });
});

describe('kinds of file', () => {
  const office = 'application/vnd.openxmlformats-officedocument';
  const zip = (parts: Readonly<Record<string, string>>): Uint8Array => zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
  const cases: readonly (readonly [string, Uint8Array, string, string])[] = [
    ['a.txt', Buffer.from('Grüße'), 'text/plain', 'Grüße'],
    ['latin.txt', Buffer.from('Grüße aus München', 'latin1'), 'text/plain', 'Grüße aus München'],
    ['a.csv', Buffer.from('a;b\n1;2'), 'text/csv', 'a;b\n1;2'],
    ['a.htm', Buffer.from('<!DOCTYPE html><html><head><title>T</title><style>x{}</style></head><body onload="x()"><p>a &amp; b<script>bad()</script></p><p>c</p></body></html>'), 'text/html', 'a & b\nc'],
    ['a.eml', Buffer.from('From: a@b.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n'), 'message/rfc822', 'Grüße\na@b.example\nHello\r\n'],
    ['lies.txt', pdf('not text'), 'application/pdf', 'not text'],
    ['lies.pdf', Buffer.from('plain'), 'text/plain', 'plain'],
    ['photo.pdf', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'image/png', ''],
    ['invoice.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'application/vnd.microsoft.portable-executable', ''],
    ['a.docx', zip({ '[Content_Types].xml': '', 'word/document.xml': '<w:document><w:body><w:p><w:r><w:t>One &amp; </w:t><w:instrText>PAGE</w:instrText><w:t>two</w:t></w:r></w:p><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p></w:body></w:document>', 'word/header1.xml': '<w:hdr><w:p><w:r><w:t>Kopf</w:t></w:r></w:p></w:hdr>' }), `${office}.wordprocessingml.document`, 'One & two\na\tb\n\nKopf'],
    ['a.odt', zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<office:document-content><office:body><text:h>Über</text:h><text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p></office:body></office:document-content>' }), 'application/vnd.oasis.opendocument.text', 'Über\na   b\tc\nd'],
    ['a.xlsx', zip({ 'xl/workbook.xml': '<workbook xmlns:r="x"><sheets><sheet name="One" r:id="r1"/></sheets></workbook>', 'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>', 'xl/s.xml': '<worksheet><sheetData><row><c t="inlineStr"><is><t>x</t></is></c><c><v>1.50</v></c></row></sheetData></worksheet>' }), `${office}.spreadsheetml.sheet`, 'One\nx\t1.5'],
    ['a.zip', zip({ 'a.txt': 'x' }), 'application/zip', ''],
    ['a.ics', Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'), 'text/calendar', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'],
    ['a.svg', Buffer.from('<svg xmlns="x"><script>bad()</script><text>Logo</text></svg>'), 'image/svg+xml', ''],
    ['', new Uint8Array(), 'text/plain', ''],
  ];
  for (const [name, bytes, media_type, text] of cases) {
    test(`${name === '' ? 'an empty file' : name} is ${media_type}`, async () => expect(await fileText(bytes, name)).toEqual({ media_type, text, problem: null }));
  }
  test('a document that is a bomb has no text and says why', async () => {
    const bomb = zip({ 'word/document.xml': `<w:t>${' '.repeat(5_000_000)}</w:t>` });
    const opened = await fileText(bomb, 'a.docx');
    expect([opened.text, opened.problem?.message]).toEqual(['', 'The file unpacks to far more than it is. It was not opened.']);
    const entities = await fileText(zip({ 'word/document.xml': '<!DOCTYPE x [<!ENTITY a "b">]><w:t>&a;</w:t>' }), 'a.docx');
    expect([entities.text, entities.problem?.message]).toEqual(['', 'The file defines XML entities. It was not read.']);
  });
});

describe('web pages', () => {
  test('hidden elements, comments, broken tags and entities', () => {
    expect(htmlText('a<b>b</b><!-- <p>no --><script>if (a<b) "</p>"</script>c &lt;d&gt; 3 < 4 &uuml;&#8364;<br>e<td>f<unclosed')).toBe('abc <d> 3 < 4 ü€\ne f');
  });
  test('takes time in proportion to its length, however it is broken', () => {
    const start = worked();
    for (const piece of ['<script', '<!--', '<', '</', '<script>', '&', '<style></', '<a "']) htmlText(piece.repeat(200_000));
    expect(worked() - start).toBeLessThan(10_000);
  });
});

interface ExpectedMail {
  readonly from: string | null;
  readonly to: string | null;
  readonly subject: string | null;
  readonly multipart: boolean;
  readonly parts: readonly { readonly type: string; readonly filename: string | null; readonly decoded_bytes: number }[];
  readonly defects: readonly string[];
}
const mails = corpus('imports/eml');
describe.skipIf(!mails)('the mail corpus', () => {
  const expected = mails ? (JSON.parse(readFileSync(join(mails, 'expected.json'), 'utf8')) as Record<string, ExpectedMail>) : {};
  const present = Object.entries(expected).filter(([file]) => existsSync(join(mails ?? '', file)));
  const absent = Object.keys(expected).filter((file) => !present.some(([one]) => one === file));
  if (absent.length > 0) console.warn(`SKIPPED: not in the mail corpus: ${absent.join(', ')}`);
  for (const file of absent) test.skip(`${file} is not in the corpus`, () => undefined);
  for (const [file, wanted] of present.filter(([, one]) => one.defects.length === 0)) {
    // Python makes one part of each block of a delivery report; here the report is one text.
    if (file === 'msg_16.txt') continue;
    test(`${file} has the headers and parts that Python finds`, () => {
      const mail = readMail(readFileSync(join(mails!, file)));
      const plain = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();
      expect([plain(mail.subject), mail.parts.map(({ type, file_name }) => [type, file_name])]).toEqual([plain(wanted.subject), wanted.parts.map(({ type, filename }) => [type, filename ?? ''])]);
      mail.parts.forEach(({ content }, n) => expect(Math.abs(content.length - wanted.parts[n]!.decoded_bytes), `part ${n}`).toBeLessThanOrEqual(2));
    });
  }
  test('messages with defects are read as far as they go', () => {
    for (const file of readdirSync(mails!)) expect(readMail(readFileSync(join(mails!, file))).parts.length).toBeGreaterThan(0);
  });
});

test('encoded words of RFC 2047 are decoded as its examples say', () => {
  for (const [raw, text] of [['(=?ISO-8859-1?Q?a?=)', '(a)'], ['=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=', 'ab'], ['=?ISO-8859-1?Q?a?= b', 'a b'], ['=?ISO-8859-1?Q?a_b?=', 'a b'], ['=?ISO-8859-1?Q?Andr=E9?= Pirard', 'André Pirard'], ['=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=', 'If you can read this you understand the example.']] as const) expect(headerText(raw)).toBe(text);
});
