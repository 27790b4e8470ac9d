import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../main/db/open.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const stored = (hash: string): string => join(company.folder, 'files', hash.slice(0, 2), hash);

describe('A document', () => {
  test('keeps every version as it was filed, by content, and gives the bytes back unchanged', async () => {
    const first = await company.value('document.add', { file_name: 'lease.txt', base64: base64('the first lease') });
    const second = await company.value('document.add', { file_name: 'lease v2.txt', base64: base64('the second lease'), document_id: first.id });
    expect([first.hash, second.hash]).toEqual([sha('the first lease'), sha('the second lease')]);
    expect(readFileSync(stored(first.hash), 'utf8')).toBe('the first lease');
    const versions = await company.value('document.versions', { id: first.id });
    expect(versions.map((one) => [one.number, one.file_name, one.bytes, one.hash, one.media_type, one.added_by, one.text_known])).toEqual([
      [2, 'lease v2.txt', 16, second.hash, 'text/plain', 'Olive Owner', true],
      [1, 'lease.txt', 15, first.hash, 'text/plain', 'Olive Owner', true],
    ]);
    const content = await company.value('document.content', { version_id: versions[1]!.id });
    expect(Buffer.from(content.base64, 'base64').toString()).toBe('the first lease');
    expect(await company.value('document.get', { id: first.id })).toMatchObject({ title: 'lease', kind: 'other' });
    expect((await company.value('record.timeline', { entity: 'document', id: first.id })).map((line) => line.action)).toEqual(['filed', 'filed', 'created']);
  });

  test('gets no new version for the same bytes, and says so', async () => {
    const one = await company.value('document.add', { file_name: 'a.txt', base64: base64('same bytes') });
    const again = await company.value('document.add', { file_name: 'b.txt', base64: base64('same bytes'), document_id: one.id });
    expect([one.known, again.known]).toEqual([false, true]);
    expect(await company.value('document.versions', { id: one.id })).toHaveLength(1);
    const other = await company.value('document.add', { file_name: 'c.txt', base64: base64('other bytes'), document_id: one.id });
    await company.value('document.add', { file_name: 'a.txt', base64: base64('same bytes'), document_id: one.id });
    expect((await company.value('document.versions', { id: one.id })).map((version) => version.hash)).toEqual([one.hash, other.hash, one.hash]);
  });

  test('is found by the words in its newest file, and no longer by those of an older one', async () => {
    const one = await company.value('document.add', { file_name: 'paper.txt', base64: base64('The zephyrous quagmire clause') });
    const find = async (text: string): Promise<number[]> => (await company.value('search.find', { text, entity: 'document' })).hits.map((hit) => hit.id);
    expect(await find('zephyrous quag')).toEqual([one.id]);
    await company.value('document.add', { file_name: 'paper.txt', base64: base64('A perspicuous clause'), document_id: one.id });
    expect(await find('perspicuous')).toEqual([one.id]);
    expect(await find('zephyrous')).toEqual([]);
    const now = await company.value('document.get', { id: one.id });
    await company.value('document.update', { id: one.id, version: now.version, patch: { remarks: 'in the cabinet' } });
    expect(await find('perspicuous cabinet')).toEqual([one.id]);
  });

  test('whose file was damaged or lost is refused with words instead of handed out, and a repair makes it good', async () => {
    const one = await company.value('document.add', { file_name: 'x.txt', base64: base64('precious content') });
    const version = (await company.value('document.versions', { id: one.id }))[0]!;
    writeFileSync(stored(one.hash), 'precious contenT');
    expect(await company.refusal('document.content', { version_id: version.id })).toMatchObject({ code: 'missing', message: expect.stringContaining('damaged') as string });
    rmSync(stored(one.hash));
    expect(await company.refusal('document.content', { version_id: version.id })).toMatchObject({ code: 'missing', message: expect.stringContaining('backup') as string });
    expect(await company.value('company.verify', {})).toMatchObject({ good: false });
    await company.value('document.add', { file_name: 'again.txt', base64: base64('precious content') });
    expect(Buffer.from((await company.value('document.content', { version_id: version.id })).base64, 'base64').toString()).toBe('precious content');
    expect(await company.value('company.verify', {})).toMatchObject({ good: true });
  });

  test('never writes outside the folder of files, whatever the file is called, and keeps the name only as a label', async () => {
    for (const [given, label] of [
      ['../../../etc/passwd', 'passwd'],
      ['..\\..\\windows\\system32\\x.dll', 'x.dll'],
      ['C:\\a\\b.txt', 'b.txt'],
      ['a\u0000b.txt', 'ab.txt'],
      ['invoice\u202efdp.exe', 'invoicefdp.exe'],
      ['..', '..'],
      ['CON', 'CON'],
      ['x'.repeat(255), 'x'.repeat(255)],
    ] as const) {
      const one = await company.value('document.add', { file_name: given, base64: base64(given) });
      expect((await company.value('document.versions', { id: one.id }))[0]!.file_name).toBe(label);
      expect(readFileSync(stored(one.hash), 'utf8')).toBe(given);
    }
    expect(await company.refusal('document.add', { file_name: '', base64: '' })).toMatchObject({ code: 'invalid' });
    expect(await company.refusal('document.add', { file_name: 'x', base64: '*not base64*' })).toMatchObject({ code: 'invalid', field: 'base64' });
  });

  test('is attached to a record at once, or not added at all', async () => {
    const party = await company.value('party.create', { kind: 'person', name: 'Ann' });
    const one = await company.value('document.add', { file_name: 'id card.png', base64: base64('\u0089PNG'), attach: { entity: 'party', id: party.id } });
    expect((await company.value('link.list', { entity: 'party', id: party.id })).map((link) => [link.entity, link.id, link.title, link.relation])).toEqual([['document', one.id, 'id card', 'file']]);
    const before = (await company.value('document.map', { archived: 'both' })).count;
    expect(await company.refusal('document.add', { file_name: 'x.txt', base64: base64('never'), attach: { entity: 'party', id: 999_999 } })).toMatchObject({ code: 'missing' });
    expect((await company.value('document.map', { archived: 'both' })).count).toBe(before);
    expect(await company.refusal('document.add', { file_name: 'x.txt', base64: base64('never'), document_id: 999_999 })).toMatchObject({ code: 'missing' });
  });

  test('has versions that raw SQL cannot change or remove', () => {
    const db = openDatabase(join(company.folder, 'office.db'), 'write');
    try {
      expect(() => db.exec("UPDATE document_versions SET file_name = 'x'")).toThrow(/cannot be changed/);
      expect(() => db.exec('DELETE FROM document_versions')).toThrow(/cannot be removed/);
      expect(() => db.exec("UPDATE audit SET by_name = 'x'")).toThrow(/cannot be changed/);
      expect(() => db.exec('DELETE FROM audit')).toThrow(/cannot be shortened/);
    } finally {
      db.close();
    }
  });
});
