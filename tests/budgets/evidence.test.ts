import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../main/budgets/audit/evidence.ts';
import { openDatabase } from '../../main/db/open.ts';
import { zipWriter } from '../../main/io/zipWrite.ts';
import { type Asker, type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
let auditor: Asker;
let audit = 0;
let pack = '';
let files: Record<string, Uint8Array> = {};
let manifest: Manifest;

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const text = (name: string): string => new TextDecoder().decode(files[name]);
const check = async (bytes: Uint8Array) => {
  const file = join(company.desk, 'checked.zip');
  writeFileSync(file, bytes);
  return auditor.value('engagement.check_pack', { source: file });
};

beforeAll(async () => {
  company = await makeCompany({ password: 'correct horse battery' });
  await company.value('fiscal_year.create', { name: '2025', start_day: '2025-01-01', end_day: '2025-12-31', pattern: 'months' });
  const bank = (await company.value('account.create', { number: '1200', name: 'Bank', kind: 'asset' })).id;
  const goods = (await company.value('account.create', { number: '5000', name: 'Goods', kind: 'expense' })).id;
  const add = (day: string, amount: number) => company.value('entry.add', { day, narration: 'Goods', lines: [{ account_id: goods, amount }, { account_id: bank, amount: -amount }] });
  await add('2024-12-31', 5).catch(() => undefined);
  await add('2025-03-03', 12_345);
  const round = await add('2025-04-01', 300_000);
  await company.value('document.add', { file_name: 'in/voice <1>.txt', base64: Buffer.from('the paper').toString('base64'), attach: { entity: 'entry', id: round.id } });
  await company.value('document.add', { file_name: 'other.txt', base64: Buffer.from('of no item').toString('base64') });
  auditor = await company.as('auditor');
  audit = (await auditor.value('engagement.create', { name: 'Annual accounts', kind: 'annual', state: 'fieldwork', from_day: '2025-01-01', until_day: '2025-12-31' })).id;
  await auditor.value('engagement.run', { id: audit, tests: [{ test: 'round' }] });
  const [hit] = (await auditor.value('audit_item.list', {})).rows;
  await auditor.value('audit_item.review', { items: [{ id: hit!.id, version: hit!.version }], state: 'explained', note: 'Rent by contract' });
  await auditor.value('engagement.draw', { id: audit, name: 'One', method: 'random', size: 1, seed: 7 });
  await auditor.value('audit_request.create', { engagement_id: audit, title: 'Bank letters', state: 'open' });
  pack = join(company.desk, 'evidence.zip');
  await auditor.value('engagement.evidence', { id: audit, target: pack });
  files = unzipSync(readFileSync(pack));
  manifest = JSON.parse(text('manifest.json')) as Manifest;
});
afterAll(() => company.close());

describe('A pack of evidence', () => {
  test('holds a manifest that names every file with its size and SHA-256, who made it, and the head of the log', () => {
    expect(manifest.files.map((file) => file.name).toSorted()).toEqual(Object.keys(files).filter((name) => name !== 'manifest.json').toSorted());
    for (const { name, bytes, sha256 } of manifest.files) expect([name, files[name]!.length, sha(files[name]!)]).toEqual([name, bytes, sha256]);
    const head = company.look((db) => db.prepare('SELECT hash FROM audit WHERE seq = ?').pluck().get(manifest.chain.seq));
    expect(manifest).toMatchObject({ format: 'bureau-evidence', created_by: 'auditor', verified: true, program: { version: '0.1.0' }, company: { name: 'Test firm', currency: 'GBP' }, engagement: { number: 'AU-00001', from: '2025-01-01', until: '2025-12-31' }, chain: { hash: head } });
  });

  test('holds the books, the work of the auditor with its notes, and the files of what was hit, and no others', () => {
    expect(text('books/entries.csv').split('\r\n').filter((line) => line !== '')).toHaveLength(5);
    expect(text('books/general-ledger.csv')).toContain('1200,Bank,2025-04-01,GJ-2025-00002,Goods,,,,3000.00,-3123.45,GBP');
    expect(text('books/trial-balance.csv')).toMatch(/5000,"  Goods",0\.00,3123\.45,0\.00,3123\.45,0\.00/);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['books/balance-sheet.xlsx', 'books/profit-and-loss.csv', 'books/cash-flow.csv', 'log/audit-log.jsonl', 'log/verification.json', 'tests/digits-first-two.csv', 'requests/requests.csv']));
    expect(text('tests/hits.csv')).toMatch(/round,,GJ-2025-00002,1,2025-04-01,5000 Goods,3000\.00,,explained,Rent by contract,,auditor,/);
    expect(text('samples/samples.csv')).toMatch(/One,random,7,/);
    const attached = Object.keys(files).filter((name) => name.startsWith('files/') && name !== 'files/files.csv');
    expect(attached).toHaveLength(1);
    expect(attached[0]).toMatch(/^files\/[0-9a-f]{8} voice _1_\.txt$/);
    expect(text(attached[0]!)).toBe('the paper');
  });

  test('holds the log so that anybody can reckon its chain again', () => {
    let before = '0'.repeat(64);
    const [, ...rows] = text('log/audit-log.jsonl').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown[]);
    for (const row of rows) {
      expect(createHash('sha256').update(`${before}\n${JSON.stringify(row.slice(0, -1))}`).digest('hex')).toBe(row.at(-1));
      before = String(row.at(-1));
    }
    expect([rows.length, before]).toEqual([manifest.chain.seq, manifest.chain.hash]);
  });

  test('is found as it was written, and known once its digest was noted', async () => {
    const bytes = readFileSync(pack);
    expect(await check(bytes)).toMatchObject({ good: true, problems: [], files: manifest.files.length, company: 'Test firm', engagement: 'AU-00001 Annual accounts', known: false, digest: sha(bytes) });
    await auditor.value('engagement.keep_pack', { id: audit, file_name: 'evidence.zip', bytes: bytes.length, digest: sha(bytes), head: { seq: manifest.chain.seq, hash: manifest.chain.hash } });
    expect((await check(bytes)).known).toBe(true);
  });

  test('is found altered whichever byte of it is flipped, and the file is named in whose content the byte lies', async () => {
    const bytes = readFileSync(pack);
    // Where the packed content of each file begins and ends, by its own header and the directory.
    const spans: { name: string; from: number; to: number }[] = [];
    const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
    for (let at = bytes.readUInt32LE(end + 16); at < end && bytes.readUInt32LE(at) === 0x02014b50; at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)) {
      const start = bytes.readUInt32LE(at + 42);
      const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
      spans.push({ name: bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)), from, to: from + bytes.readUInt32LE(at + 20) });
    }
    expect(spans).toHaveLength(manifest.files.length + 1);
    const flip = async (at: number, bit: number): Promise<void> => {
      const other = Buffer.from(bytes);
      other[at] = other[at]! ^ (1 << bit);
      const found = await check(other);
      expect(found.good, `byte ${at}`).toBe(false);
      const name = spans.find((span) => at >= span.from && at < span.to)?.name;
      if (name !== undefined) expect(found.problems.join('\n'), `byte ${at}`).toContain(name);
    };
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), flip), { numRuns: 60 });
    for (const span of spans) await flip(Math.floor((span.from + span.to) / 2), 3);
  }, 60_000);

  test('is found altered when a file is taken out or put in, and when it is no pack at all', async () => {
    const { zipSync } = await import('fflate');
    const { 'tests/hits.csv': _out, ...fewer } = files;
    expect((await check(zipSync(fewer))).problems).toContain('tests/hits.csv is missing.');
    expect((await check(zipSync({ ...files, 'tests/more.csv': new Uint8Array(3) }))).problems).toContain('tests/more.csv stands in no manifest: it was added.');
    expect((await check(zipSync(files))).good).toBe(false);
    expect((await check(Buffer.from('no archive'))).good).toBe(false);
    expect((await check(zipSync({ 'a.txt': new Uint8Array(3) }))).problems).toEqual(['manifest.json is missing.']);
  });

  /** A pack with one file, written as ours are; what the manifest says of it can be another thing. */
  const packOf = (name: string, pieces: Iterable<string | Uint8Array>, said: object = {}): string => {
    const path = join(company.desk, `${randomUUID()}.zip`);
    const zip = zipWriter(path);
    const file = zip.add('books/large.csv', pieces, name === 'stored');
    zip.add('manifest.json', [JSON.stringify({ ...manifest, files: [{ ...file, ...said }] })]);
    zip.end();
    return path;
  };
  const zeros = function* (megabytes: number): Generator<Uint8Array> {
    for (let n = 0; n < megabytes; n += 1) yield new Uint8Array(1_000_000);
  };

  test('is checked in pieces: one of 250 MB takes no memory that counts', async () => {
    const path = packOf('stored', zeros(250));
    await auditor.value('engagement.check_pack', { source: pack });
    const before = process.memoryUsage.rss();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
    const found = await auditor.value('engagement.check_pack', { source: path });
    clearInterval(watch);
    expect([found.good, found.problems, (most - before) / 1e6 < 100]).toEqual([true, [], true]);
  });

  test('is read no further than it differs, when a file unpacks to more than the manifest says, and names that file', async () => {
    const path = packOf('bomb', zeros(300), { bytes: 5 });
    const begun = performance.now();
    expect((await auditor.value('engagement.check_pack', { source: path })).problems).toEqual(['books/large.csv was altered: it is not what the manifest says.']);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  test('is not unpacked at all when its directory promises far more than it holds, and refused when it is larger than a pack can be', async () => {
    const { zipSync } = await import('fflate');
    const bytes = Buffer.from(zipSync({ 'manifest.json': new Uint8Array(3000) }));
    const entry = bytes.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    bytes.writeUInt32LE(4_000_000_000, entry + 24);
    expect((await check(bytes)).problems.join('\n')).toContain('unpacks to far more than it is');
    const huge = join(company.desk, 'huge.zip');
    writeFileSync(huge, '');
    truncateSync(huge, 2 ** 32 + 1);
    const refused = await auditor.refusal('engagement.check_pack', { source: huge });
    expect([refused.code, refused.field, refused.message]).toEqual(['invalid', 'source', 'This file has 4295 MB. A pack of evidence has at most 4294 MB.']);
    rmSync(huge);
    for (const cut of [0, 1, 100, readFileSync(pack).length - 1]) expect((await check(readFileSync(pack).subarray(0, cut))).good, `${cut} bytes`).toBe(false);
  });

  test('is refused to who may not read what is in it, and leaves no half file behind', async () => {
    const roles = await company.value('role.list', { limit: 100 });
    const role = roles.rows.find((one) => one.preset === 'auditor')!;
    const rights = await company.value('role.rights', { id: role.id });
    await company.value('role.grant', { id: role.id, version: role.version, rights: { ...rights, access: { ...rights.access, audit: 'none' } } });
    expect((await auditor.refusal('engagement.evidence', { id: audit, target: join(company.desk, 'denied.zip') })).code).toBe('denied');
    // The log in it is whole: what people earn stands in it too.
    await company.value('role.grant', { id: role.id, version: role.version + 1, rights: { ...rights, sees: rights.sees.filter((kind) => kind !== 'pay' && kind !== 'medical') } });
    expect(await auditor.refusal('engagement.evidence', { id: audit, target: join(company.desk, 'denied.zip') })).toMatchObject({ code: 'denied', message: 'A pack of evidence holds the whole audit log, with all that is kept about people. Your role does not see: Pay, Health.' });
    await company.value('role.grant', { id: role.id, version: role.version + 2, rights });
    expect((await auditor.refusal('engagement.evidence', { id: audit, target: join(company.desk, 'no', 'such', 'folder.zip') })).field).toBe('target');
    expect((await auditor.refusal('engagement.evidence', { id: audit, target: join(company.folder, 'office.db') })).field).toBe('target');
    expect((await auditor.refusal('engagement.evidence', { id: 999, target: join(company.desk, 'missing.zip') })).code).toBe('missing');
    expect(existsSync(join(company.desk, 'denied.zip'))).toBe(false);
    expect(readdirSync(company.desk).filter((name) => name.includes('.new') || name.includes('missing'))).toEqual([]);
  });
});

describe('A posted row in which any value was changed', () => {
  const columns: readonly (readonly [string, string, string])[] = [
    ...['account_id', 'amount', 'quantity', 'closing', 'party_id', 'department_id', 'place_id', 'project_id', 'tax_code_id'].map((name) => ['entry_lines', name, `ifnull(${name}, 0) + 1`] as const),
    ...['day', 'currency', 'text'].map((name) => ['entry_lines', name, name === 'day' ? "'2025-03-04'" : `${name} || 'x'`] as const),
    ...['number', 'narration', 'reference', 'origin', 'source_entity', 'posted_by', 'seal'].map((name) => ['entries', name, `${name} || 'x'`] as const),
    ...['total', 'period_id', 'reverses_id', 'source_id', 'posted_at'].map((name) => ['entries', name, `ifnull(${name}, 0) + 1`] as const),
    ['entries', 'day', "'2025-03-04'"],
    ['entries', 'journal', "'sales'"],
    ['entries', 'state', "'reversed'"],
    ['entries', 'archived', '1'],
  ];

  test.each(columns)('is named by the check of the ledger: %s.%s', async (table, column, value) => {
    const entry = company.look((db) => db.prepare('SELECT min(id) FROM entries').pluck().get()) as number;
    const target = table === 'entries' ? entry : entry * 16_384 + 1;
    const forge = (sql: string): void => {
      const db = openDatabase(join(company.folder, 'office.db'), 'write');
      db.pragma('foreign_keys = OFF');
      for (const trigger of ['entries_stay', 'entries_keep_state', 'entry_lines_stay']) db.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
      db.exec(sql);
      db.close();
    };
    const [number, before] = company.look((db) => [db.prepare('SELECT number FROM entries WHERE id = ?').pluck().get(entry), db.prepare(`SELECT quote(${column}) FROM ${table} WHERE id = ?`).pluck().get(target)]) as [string, string];
    forge(`UPDATE ${table} SET ${column} = ${value} WHERE id = ${target}`);
    const { problems } = await company.value('ledger.verify', {});
    forge(`UPDATE ${table} SET ${column} = ${before} WHERE id = ${target}`);
    expect(problems.join('\n')).toContain(number);
    expect((await company.value('ledger.verify', {})).problems).toEqual([]);
  });
});
