import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { Refused } from '../../preload/contract/kit/failure.ts';
import { readCsv, sniffText } from '../../main/io/csv.ts';
import { fileText } from '../../main/io/fileText.ts';
import { readIcal } from '../../main/io/ical.ts';
import { readVcards } from '../../main/io/vcard.ts';
import { readXlsx, writeXlsx } from '../../main/io/xlsx.ts';
import { corpus, worked } from './corpora.ts';
import { pdf } from './pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const times = 1000;

/** The same numbers in every run, so that a failure can be repeated by its number. */
function random(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return Math.floor((((state ^ (state >>> 12)) >>> 0) / 0x1_0000_0000) * below);
  };
}

/** Flips bytes, cuts off the end, doubles or removes a stretch, or puts in what formats stumble over. */
function mutated(source: Uint8Array, seed: number): Uint8Array {
  const pick = random(seed);
  let bytes = Buffer.from(source);
  const changes = 1 + pick(8);
  for (let n = 0; n < changes && bytes.length > 0; n += 1) {
    const at = pick(bytes.length);
    const length = 1 + pick(Math.min(200, bytes.length - at));
    switch (pick(6)) {
      case 0:
        bytes[at] = pick(256);
        break;
      case 1:
        bytes[at]! ^= 1 << pick(8);
        break;
      case 2:
        bytes = bytes.subarray(0, at);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      default: {
        const nasty = ['"', '\r', '\n\n', '\u0000', '\\', ';', ':', '=', 'BEGIN:VEVENT\r\n', 'END:VCARD\r\n', '99999999', '-1', '<', '&#0;', '\u00ff\u00fe', '%', '0 R', 'endobj', '<<'];
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(nasty[pick(nasty.length)]!, 'latin1'), bytes.subarray(at)]);
      }
    }
  }
  return bytes;
}

/** Reads mutated files; anything but a result or a refusal fails with the number that repeats it. */
async function fuzz(sources: readonly Uint8Array[], read: (bytes: Uint8Array) => unknown, count = times): Promise<void> {
  let [results, refused, slowest, different] = [0, 0, 0, 0];
  for (let seed = 0; seed < count; seed += 1) {
    const bytes = mutated(sources[seed % sources.length]!, seed);
    // A mutation that changes nothing would prove nothing.
    if (Buffer.compare(bytes, sources[seed % sources.length]!) !== 0) different += 1;
    const start = worked();
    try {
      await read(bytes);
      results += 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw new Error(`mutation ${seed} broke the reader`, { cause: error });
      refused += 1;
    }
    slowest = Math.max(slowest, worked() - start);
  }
  expect(results + refused).toBe(count);
  expect(different).toBeGreaterThan(count * 0.9);
  expect(slowest).toBeLessThan(10_000);
}

const filesIn = (path: string | null, ending: RegExp): Uint8Array[] =>
  path === null
    ? []
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => ending.test(name) && statSync(join(path, name)).isFile() && statSync(join(path, name)).size < 200_000)
        .map((name) => readFileSync(join(path, name)));

const csv = [...filesIn(corpus('imports/csv-spectrum/csvs'), /\.csv$/), ...filesIn(corpus('imports/papaparse'), /\.csv$/), ...filesIn(corpus('hr/assets'), /\.csv$/), ...filesIn(corpus('bank/csv'), /\.csv$/)];
test.skipIf(csv.length === 0)(`${times} damaged CSV files give rows, problems or a refusal`, async () => {
  const path = join(folder, 'x.csv');
  await fuzz(csv, (bytes) => {
    writeFileSync(path, bytes);
    sniffText(bytes);
    readCsv(path, {}, (_, cells) => expect(cells.length).toBeGreaterThan(0));
  });
}, 120_000);

const cards = filesIn(corpus('imports/vcard'), /\.vcf$/);
test.skipIf(cards.length === 0)(`${times} damaged address cards give cards, problems or a refusal`, () => fuzz(cards, readVcards), 120_000);

const calendars = filesIn(corpus('imports/ical'), /\.ics$/);
test.skipIf(calendars.length === 0)(`${times} damaged calendars give events, problems or a refusal`, () => fuzz(calendars, (bytes) => readIcal(bytes)), 120_000);

const mails = filesIn(corpus('imports/eml'), /\.txt$/);
test.skipIf(mails.length === 0)(`${times} damaged messages give a text`, () => fuzz(mails, (bytes) => fileText(bytes, 'x.eml')), 120_000);

const workbook = (() => {
  const path = join(folder, 'x.xlsx');
  writeXlsx(path, [{ title: 'a', kind: 'text' }, { title: 'b', kind: 'number' }, { title: 'c', kind: 'day' }], Array.from({ length: 50 }, (_, n) => [`text ${n} <&>`, n / 7, '2026-01-01']));
  return readFileSync(path);
})();
test(`${times} damaged workbooks give rows or a refusal`, () => fuzz([workbook], (bytes) => readXlsx(bytes, {}, () => undefined)), 120_000);

test(`${times} workbooks with damaged XML inside a sound archive give rows or a refusal`, async () => {
  const parts = unzipSync(workbook);
  const names = Object.keys(parts);
  let seed = 0;
  await fuzz([strToU8('x')], () => {
    const name = names[(seed += 1) % names.length]!;
    readXlsx(zipSync({ ...parts, [name]: mutated(parts[name]!, seed) }, { level: 1 }), {}, () => undefined);
  });
}, 120_000);

test(`${times / 2} damaged PDF files give text or a refusal`, () => fuzz([pdf('one (two)\nthree', 'page two'), pdf('x')], (bytes) => fileText(bytes, 'x.pdf'), times / 2), 240_000);

let chances = 0;
test(`${times} files of chance are recognised as something`, () =>
  fuzz([Buffer.alloc(300)], async (bytes) => {
    const pick = random((chances += 1) + bytes.length);
    const chance = Uint8Array.from({ length: pick(2000) }, () => pick(256));
    expect((await fileText(chance, `x.${['pdf', 'docx', 'csv', 'eml', 'htm'][pick(5)]}`)).media_type).not.toBe('');
    sniffText(chance);
  }), 120_000);
