import { mkdtempSync, openSync, closeSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLines } from '../../main/io/journal/source.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bureau-bytes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lines of a file of these bytes, and where strange ones are told of. */
function read(bytes: Buffer): { lines: string[]; told: number[] } {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  const file = openSync(path, 'r');
  const [lines, told]: [string[], number[]] = [[], []];
  try {
    readLines(file, path, { lenient: true, onStrange: (line) => told.push(line) }, (text, from, to) => lines.push(text.slice(from, to)));
  } finally {
    closeSync(file);
  }
  return { lines, told };
}

// Some 250 KB: more than is read at once.
const many = Array.from({ length: 8000 }, (_, at) => `${at} Müller — 5 € für Łódź 😀`);

test('one bad byte in a file of UTF-8 is read as windows-1252 and harms nothing else, wherever the file is cut into pieces', () => {
  for (const at of [0, 1900, 7999]) {
    const { lines, told } = read(Buffer.concat(many.flatMap((line, number) => [Buffer.from(line), number === at ? Buffer.from([0x20, 0x80, 0x39, 0x20, 0xe4, 0x0a]) : Buffer.from('\n')])));
    expect(lines).toEqual(many.map((line, number) => (number === at ? `${line} €9 ä` : line)));
    expect(told).toEqual([at + 1]);
  }
});

test('a file of windows-1252 is read as that, and told of once', () => {
  const western = many.map((line) => line.replaceAll('Łódź 😀', 'Čelje'.replace('Č', 'Š')));
  const bytes = Buffer.from(western.join('\n').replaceAll('€', '\u0080').replaceAll('—', '\u0097').replaceAll('Š', '\u008a'), 'latin1');
  expect(read(bytes)).toEqual({ lines: western, told: [1] });
});
