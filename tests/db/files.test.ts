import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { placeNew, placeWithoutLinks, sha256, writeNew, writeWhole } from '../../main/db/disk.ts';
import { checkFiles, filePath, putFile, readFile } from '../../main/db/files.ts';
import { knownHead, rememberHead } from '../../main/db/heads.ts';

const room = mkdtempSync(join(tmpdir(), 'bureau-files-'));
afterAll(() => rmSync(room, { recursive: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(room, 'firm-'));
  mkdirSync(join(folder, 'files'));
});
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

test('A stored file is found under the hash of its content and comes back byte by byte', () => {
  const bytes = randomBytes(300_000);
  const hash = putFile(folder, bytes);
  expect(hash).toBe(sha256(bytes));
  expect(existsSync(join(folder, 'files', hash.slice(0, 2), hash))).toBe(true);
  expect(Buffer.from(readFile(folder, hash)).equals(bytes)).toBe(true);
  expect(readFile(folder, putFile(folder, text('')))).toHaveLength(0);
});

test('The same content is stored once, and nothing unfinished stays behind', () => {
  const first = putFile(folder, text('letter'));
  const inode = statSync(filePath(folder, first)).ino;
  expect(putFile(folder, text('letter'))).toBe(first);
  expect(statSync(filePath(folder, first)).ino).toBe(inode);
  expect(readdirSync(join(folder, 'files', first.slice(0, 2)))).toEqual([first]);
});

test('A damaged or missing file is refused in words, and storing it again mends it', () => {
  const hash = putFile(folder, text('contract'));
  writeFileSync(filePath(folder, hash), 'c0ntract');
  expect(() => readFile(folder, hash)).toThrow(/damaged/);
  putFile(folder, text('contract'));
  expect(Buffer.from(readFile(folder, hash)).toString()).toBe('contract');
  rmSync(filePath(folder, hash));
  expect(() => readFile(folder, hash)).toThrow(/missing/);
});

test('Five hundred names that try to leave the folder are all refused', () => {
  const tries = ['..', '../x', '/etc/passwd', 'C:\\x', '\\\\s\\x', 'CON', 'a:b', '%2e%2e', '', 'a'.repeat(63), 'a'.repeat(65), 'A'.repeat(64), `${'a'.repeat(64)}\n`, `../${'a'.repeat(61)}`, `${'a'.repeat(62)}/.`, `${'a'.repeat(63)}\0`, 'ａ'.repeat(64)];
  for (let at = 0; tries.length < 500; at += 1) tries.push(`${tries[at % 17]}${String.fromCharCode(0x202e + at)}${'../'.repeat(at % 9)}`);
  for (const name of tries) {
    expect(() => filePath(folder, name)).toThrow(Refused);
    expect(() => readFile(folder, name)).toThrow(Refused);
  }
});

test('The check lists exactly the missing and the damaged files and tells how far it is', () => {
  const hashes = ['a', 'b', 'c', 'd'].map((value) => putFile(folder, text(value)));
  rmSync(filePath(folder, hashes[1]!));
  writeFileSync(filePath(folder, hashes[2]!), 'X');
  const told: string[] = [];
  const found = checkFiles(folder, [...hashes, hashes[0]!], (done, of) => told.push(`${done}/${of}`));
  expect(found).toEqual({ looked_at: 4, missing: [hashes[1]], damaged: [hashes[2]] });
  expect(told).toEqual(['1/4', '2/4', '3/4', '4/4']);
});

test('Writing a file whole replaces the old one and leaves nothing beside it', () => {
  const file = join(folder, 'note.json');
  writeWhole(file, 'old');
  writeWhole(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['files', 'note.json']);
});

test.each([['with links', placeNew], ['without links, as on a FAT stick', placeWithoutLinks]])('A name that is taken is never overwritten, %s', (_title, place) => {
  const [temp, file] = [join(folder, 'a.new'), join(folder, 'a')];
  writeNew(temp, 'first');
  expect(place(temp, file)).toBe(true);
  writeNew(temp, 'second');
  expect(place(temp, file)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('first');
});

test('The newest head of each company is kept outside its folder and does not go back unless a restore says so', () => {
  const dir = join(folder, 'heads');
  expect(knownHead(dir, 'one')).toBeNull();
  rememberHead(dir, 'one', { seq: 7, hash: 'g' });
  rememberHead(dir, '../__proto__', { seq: 1, hash: 'x' });
  expect(rememberHead(dir, 'one', { seq: 6, hash: 'f' })).toEqual({ seq: 7, hash: 'g' });
  expect(knownHead(dir, 'one')).toEqual({ seq: 7, hash: 'g' });
  rememberHead(dir, 'one', { seq: 3, hash: 'c' }, 'restore');
  expect(knownHead(dir, 'one')).toEqual({ seq: 3, hash: 'c' });
  expect(knownHead(dir, '../__proto__')).toEqual({ seq: 1, hash: 'x' });
  expect(readdirSync(dir)).toHaveLength(2);
});

test('A note of a head that is damaged counts as unknown', () => {
  const dir = join(folder, 'heads');
  rememberHead(dir, 'one', { seq: 7, hash: 'g' });
  writeFileSync(join(dir, readdirSync(dir)[0]!), '{"seq":');
  expect(knownHead(dir, 'one')).toBeNull();
});
