import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { fileLabel, inside, mayOpen } from '../../main/io/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-paths-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 500 names from the kinds that reliability asks for: each opening with each ending, and the long ones. */
const openings = ['..', '../..', '../../etc/', '..\\..\\', '%2e%2e/', '%2e%2e%2f', '%252e%252e%252f', '..%5c', '/', '//server/share/', '\\\\server\\share\\', '\\\\?\\C:\\', 'C:\\', 'c:', 'C:/Windows/', 'file:///', '~/', './', 'a/../../', 'x\u0000/', '\u202e', '\u200b', '\u2215..\u2215', '\uff0e\uff0e\uff0f', ' ', '...', '-', 'CON', 'nul.'];
const endings = ['passwd', 'evil.exe', 'a:b', 'a.txt::$DATA', 'CON', 'con.txt', 'AUX.tar.gz', 'LPT1', 'COM¹', 'invoice\u202efdp.exe', 'a\u0000.pdf', 'x.pdf.', 'x.pdf ', '..', '.', '', '.htaccess', '\ud800.pdf'];
const names = [...openings.flatMap((opening) => endings.map((ending) => opening + ending)), 'a'.repeat(300), `${'ä'.repeat(300)}.pdf`, `${'😀'.repeat(300)}.pdf`, `x.${'p'.repeat(300)}`];
while (names.length < 500) names.push(`${'../'.repeat(names.length % 17)}n${names.length}|?*<>"`);

test('500 hostile names become labels that are files of their folder on every system', () => {
  expect(names.length).toBeGreaterThanOrEqual(500);
  const room = join(folder, 'room');
  mkdirSync(room);
  for (const name of names) {
    const label = fileLabel(name);
    expect(label, JSON.stringify(name)).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u202a-\u202e\u200b]|^\.|[. ]$|^$/);
    expect(label.split('.')[0], JSON.stringify(name)).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)$/i);
    expect([label.length <= 240, Buffer.byteLength(label) <= 255]).toEqual([true, true]);
    const path = inside(room, label);
    expect(path, JSON.stringify(name)).toBe(join(room, label));
    writeFileSync(path!, 'x');
  }
  expect(readdirSync(folder)).toEqual(['room']);
});

test('the raw names never lead outside of the folder', () => {
  for (const name of names) {
    const path = inside(folder, name);
    if (path !== null) expect(path.startsWith(resolve(folder) + sep), JSON.stringify(name)).toBe(true);
  }
  for (const name of ['..', '../x', '/etc/passwd', 'a/../../x', 'C:\\x', '\\\\server\\x', 'a:b', '', '.', 'a\u0000b', 'CON', 'sub/nul.txt']) expect(inside(folder, name), name).toBeNull();
  expect(inside(folder, 'a/b.txt')).toBe(join(folder, 'a', 'b.txt'));
  expect(inside(folder, '..a')).toBe(join(folder, '..a'));
});

test('ordinary names stay as they are, and a label made twice is the same', () => {
  for (const name of ['Rechnung 2026-03.pdf', 'Müller & Söhne (Kopie).docx', 'v1.2.tar.gz', 'naïve.txt', '100% sicher.pdf', '報告.xlsx', 'Contract.PDF']) expect(fileLabel(name)).toBe(name);
  expect(fileLabel(fileLabel('\u{1e008}\u0000\u1be6'))).toBe(fileLabel('\u{1e008}\u0000\u1be6'));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => fileLabel(fileLabel(name)) === fileLabel(name)),
    { numRuns: 5000 },
  );
});

test('only kinds that do not run are opened by the system, by the ending that is shown', () => {
  for (const name of ['a.exe', 'a.lnk', 'a.hta', 'a.svg', 'a.html', 'a.htm', 'a.js', 'a.bat', 'a.cmd', 'a.ps1', 'a.scr', 'a.msi', 'a.url', 'a.desktop', 'a.docm', 'a.xlsm', 'a.iso', 'a.jar', 'a', '.pdf', 'a.pdf.exe', 'a.exe ', 'a.pdf\u0000.exe', 'invoice\u202efdp.exe', 'a.pdf:evil.exe', 'x/../a.pdf']) expect(mayOpen(name), name).toBe(false);
  for (const name of ['a.pdf', 'A.PDF', 'Plan.docx', 'photo.jpeg', 'x.y.csv']) expect(mayOpen(name), name).toBe(true);
});
