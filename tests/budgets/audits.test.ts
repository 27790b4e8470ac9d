import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../main/db/open.ts';
import { randomSample } from '../../main/budgets/audit/sampling.ts';
import { type Asker, type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
let auditor: Asker;
let audit = 0;
const account: Record<string, number> = {};

const add = (day: string, amount: number, more: { narration?: string; reference?: string; debit?: string; credit?: string } = {}) =>
  company.value('entry.add', { day, narration: more.narration ?? 'Goods', reference: more.reference ?? '', lines: [{ account_id: account[more.debit ?? 'goods']!, amount }, { account_id: account[more.credit ?? 'bank']!, amount: -amount }] });
const state = async (test_: string) => (await auditor.value('engagement.tests', { id: audit })).find((one) => one.test === test_)!;
const items = async (test_: string) => (await auditor.value('audit_item.list', { filters: [{ field: 'engagement_id', is: 'equals', value: audit }, { field: 'test', is: 'equals', value: test_ }], order: 'number', limit: 1000 })).rows;

beforeAll(async () => {
  company = await makeCompany({ password: 'correct horse battery' });
  await company.value('fiscal_year.create', { name: '2025', start_day: '2025-01-01', end_day: '2025-12-31', pattern: 'months' });
  for (const [name, kind] of [['bank', 'asset'], ['goods', 'expense'], ['odd', 'expense']] as const) account[name] = (await company.value('account.create', { name, kind })).id;
  auditor = await company.as('auditor');
  audit = (await auditor.value('engagement.create', { name: 'Annual accounts 2025', kind: 'annual', state: 'fieldwork', from_day: '2025-01-01', until_day: '2025-12-31' })).id;
  await add('2025-03-03', 12_345, { reference: 'R-1' });
  await add('2025-03-05', 12_345, { reference: 'r 01' });
  await add('2025-04-01', 300_000);
  await add('2025-05-01', 777, { debit: 'odd', narration: 'Adjustment' });
  await add('2026-01-01', 500_000).catch(() => undefined);
});
afterAll(() => company.close());

describe('An auditor', () => {
  test('cannot post, but keeps audits of his own', async () => {
    expect((await auditor.refusal('entry.add', { day: '2025-03-03', lines: [] })).code).toBe('denied');
    expect((await auditor.value('engagement.get', { id: audit })).number).toBe('AU-00001');
    expect((await auditor.refusal('engagement.create', { name: 'x', kind: 'annual', state: 'planned', from_day: '2025-02-01', until_day: '2025-01-01' })).field).toBe('until_day');
  });

  test('runs tests over the days of the audit; hits are counted, summed and kept with what they point at', async () => {
    const states = await auditor.value('engagement.run', { id: audit, tests: [{ test: 'round', unit: 100_000 }, { test: 'duplicates' }, { test: 'seldom', most: 1 }, { test: 'words' }, { test: 'gaps' }, { test: 'large', least: 300_000 }] });
    expect(Object.fromEntries(states.filter((one) => one.at !== null).map((one) => [one.test, [one.hits, one.amount, one.fresh, one.open]]))).toEqual({ round: [1, 300_000, 1, 1], duplicates: [2, 24_690, 2, 2], seldom: [1, 777, 1, 1], words: [1, 777, 1, 1], gaps: [0, 0, 0, 0], large: [1, 300_000, 1, 1] });
    expect((await items('duplicates')).map((one) => [one.number, one.why])).toEqual([['GJ-2025-00001', 'GJ-2025-00002'], ['GJ-2025-00002', 'GJ-2025-00001']]);
    expect((await items('seldom'))[0]).toMatchObject({ number: 'GJ-2025-00004', line: 1, account_id: account['odd'], amount: 777, why: '1 ×', state: 'open' });
  });

  test('explains a hit with a note that is kept with who and when, and sees only what is new after the next run', async () => {
    const [hit] = await items('round');
    expect((await auditor.refusal('audit_item.review', { items: [{ id: hit!.id, version: hit!.version }], state: 'explained' })).field).toBe('note');
    await auditor.value('audit_item.review', { items: [{ id: hit!.id, version: hit!.version }], state: 'explained', note: 'Rent by contract' });
    await add('2025-06-02', 400_000);
    await auditor.value('engagement.run', { id: audit, tests: [{ test: 'round', unit: 100_000 }] });
    expect(await state('round')).toMatchObject({ hits: 2, amount: 700_000, fresh: 1, open: 1 });
    const [old, fresh] = await items('round');
    expect(old).toMatchObject({ state: 'explained', note: 'Rent by contract', reviewed_by: 'auditor', fresh: false, found: true });
    expect(fresh).toMatchObject({ state: 'open', fresh: true });
    const log = await company.value('record.timeline', { entity: 'audit_item', id: hit!.id });
    expect(JSON.stringify(log)).toContain('Rent by contract');
  });

  test('does not write over what another auditor made of an item meanwhile, and is told who did', async () => {
    const [hit, other] = [(await items('large'))[0]!, (await items('seldom'))[0]!];
    const read = { id: hit.id, version: hit.version };
    await auditor.value('audit_item.review', { items: [read], state: 'exception', note: 'No contract' });
    const refused = await company.refusal('audit_item.review', { items: [{ id: other.id, version: other.version }, read], state: 'explained', note: 'Seen' });
    expect(refused.code).toBe('conflict');
    expect(refused.message).toContain('auditor');
    expect([await state('large'), await state('seldom')]).toMatchObject([{ open: 0, exceptions: 1 }, { open: 1, exceptions: 0 }]);
    await company.value('audit_item.review', { items: [{ id: hit.id, version: (await items('large'))[0]!.version }], state: 'open' });
  });

  test('loses no review when a test is run with other parameters, and what nobody reviewed and is not hit any more goes', async () => {
    await auditor.value('engagement.run', { id: audit, tests: [{ test: 'round', unit: 100_000_000 }] });
    expect((await items('round')).map((one) => [one.state, one.found])).toEqual([['explained', false]]);
    expect(await state('round')).toMatchObject({ hits: 0, kept: 1, params: { unit: 100_000_000 } });
  });

  test('is refused parameters that make no sense, and nothing is changed', async () => {
    const before = await state('rest');
    for (const test_ of [{ test: 'rest', holidays: ['2025-02-30'] }, { test: 'hours', from_hour: 9, until_hour: 9 }, { test: 'round', unit: 0 }, { test: 'round', nothing: 1 }, { test: 'none' }]) expect((await auditor.refusal('engagement.run', { id: audit, tests: [test_] })).code).toBe('invalid');
    expect((await auditor.refusal('engagement.run', { id: audit, tests: [{ test: 'own' }, { test: 'own' }] })).code).toBe('invalid');
    expect(await state('rest')).toEqual(before);
  });

  test('is told the day because of which an entry was hit, as days are written here', async () => {
    const other = (await auditor.value('engagement.create', { name: 'Days of rest', kind: 'annual', state: 'fieldwork', from_day: '2025-03-01', until_day: '2025-03-31' })).id;
    await auditor.value('engagement.run', { id: other, tests: [{ test: 'rest', weekdays: ['1', '2', '3', '4', '5', '6', '7'], holidays: ['2025-03-03'] }] });
    const { rows } = await auditor.value('audit_item.list', { filters: [{ field: 'engagement_id', is: 'equals', value: other }], order: 'number' });
    expect(rows[0]!.why).toBe('Mon, 03/03/2025');
    expect(rows[1]!.why).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d\/\d\d\/20\d\d$/);
  });

  test('counts leading digits and finds the lines behind each', async () => {
    const found = await auditor.value('engagement.benford', { id: audit, digits: 'first', side: 'debit' });
    expect([found.count, found.rows.map((row) => row.count), found.warning]).toEqual([5, [2, 0, 1, 1, 0, 0, 1, 0, 0], '5 amounts are few: under 5,000 the test says little.']);
    const behind = await auditor.value('engagement.digit_lines', { id: audit, digits: 'first', digit: 1, side: 'debit', limit: 1 });
    expect([behind.rows[0]!.number, behind.next !== null]).toEqual(['GJ-2025-00001', true]);
    const more = await auditor.value('engagement.digit_lines', { id: audit, digits: 'first', digit: 1, side: 'debit', limit: 1, after: behind.next! });
    expect([more.rows[0]!.number, more.next]).toEqual(['GJ-2025-00002', null]);
    const second = await auditor.value('engagement.digit_lines', { id: audit, digits: 'second', digit: 7 });
    expect(second.rows.map((row) => row.amount)).toEqual([777, -777]);
  });

  test('draws a sample that everybody can draw again from its seed', async () => {
    const first = await auditor.value('engagement.draw', { id: audit, name: 'Debits', method: 'random', size: 3, seed: 20_251_231, side: 'debit' });
    const again = await auditor.value('engagement.draw', { id: audit, name: 'Debits again', method: 'random', size: 3, seed: 20_251_231, side: 'debit' });
    const of = async (id: number) => (await auditor.value('audit_item.list', { filters: [{ field: 'sample_id', is: 'equals', value: id }], order: 'number' })).rows.map((one) => [one.number, one.line]);
    const lines = company.look((db) => db.prepare("SELECT e.number FROM entry_lines l JOIN entries e ON e.id = l.id >> 14 WHERE l.amount > 0 AND l.day LIKE '2025%' ORDER BY l.id").pluck().all()) as string[];
    expect((await of(first.id)).map(([number]) => number)).toEqual(randomSample(lines, 3, 20_251_231));
    expect(await of(again.id)).toEqual(await of(first.id));
    expect(await auditor.value('audit_sample.get', { id: first.id })).toMatchObject({ seed: 20_251_231, population: 5, population_amount: 725_467, drawn: 3 });
    expect((await auditor.value('audit_sample.get', { id: first.id })).parameters).toContain('01/01/2025 – 31/12/2025; debits');
    const drawn = await auditor.value('engagement.draw', { id: audit, name: 'Any', method: 'systematic', size: 2 });
    expect(drawn.drawn).toBe(2);
    expect((await auditor.refusal('engagement.draw', { id: audit, name: 'x', method: 'monetary' })).field).toBe('interval');
    expect((await auditor.refusal('engagement.draw', { id: audit, name: 'x', method: 'random', size: 3, least: 9_000_000 })).message).toContain('nothing can be drawn');
    const money = await auditor.value('engagement.draw', { id: audit, name: 'Money', method: 'monetary', tolerable: 900_000, seed: 1, side: 'debit' });
    // 900,000 / 3.00 (95 %): both round payments are at least one interval and are always there.
    expect(await auditor.value('audit_sample.get', { id: money.id })).toMatchObject({ interval: 300_427 });
    expect((await of(money.id)).map(([number]) => number)).toContain('GJ-2025-00005');
  });
});

describe('A request', () => {
  test('is written by the auditor, provided by whoever may read audits, and accepted by the auditor; it is due in the agenda until then', async () => {
    const { id } = await auditor.value('audit_request.create', { engagement_id: audit, title: 'Bank letters', state: 'open', due_day: '2020-01-31' });
    const assistant = await company.as('finance_assistant');
    const due = async () => (await assistant.value('agenda.list', {})).filter((one) => one.entity === 'audit_request').map((one) => one.title);
    expect(await due()).toEqual(['Bank letters']);
    expect((await assistant.refusal('audit_request.update', { id, version: 1, patch: { state: 'accepted' } })).code).toBe('denied');
    const file = await assistant.value('document.add', { file_name: 'bank.txt', base64: 'YQ==' });
    expect(file.id).toBeGreaterThan(0);
    const provided = await assistant.value('audit_request.provide', { id, version: 1, remarks: 'Both banks' });
    expect(await due()).toEqual([]);
    await auditor.value('audit_request.update', { id, version: provided.version, patch: { state: 'accepted' } });
    const done = await auditor.value('audit_request.get', { id });
    expect([done.state, done.provided_day !== '', done.settled_day !== '', done.remarks]).toEqual(['accepted', true, true, 'Both banks']);
    expect((await assistant.refusal('audit_request.provide', { id, version: done.version })).code).toBe('invalid');
  });
});

describe('An audit that is concluded', () => {
  test('takes no more runs, reviews, samples or requests until it is opened again', async () => {
    const before = await auditor.value('engagement.get', { id: audit });
    const closed = await auditor.value('engagement.update', { id: audit, version: before.version, patch: { state: 'concluded', conclusion: 'Unqualified' } });
    const [item] = await items('large');
    expect((await auditor.refusal('engagement.run', { id: audit, tests: [{ test: 'own' }] })).code).toBe('invalid');
    expect((await auditor.refusal('audit_item.review', { items: [{ id: item!.id, version: item!.version }], state: 'exception', note: 'x' })).code).toBe('invalid');
    expect((await auditor.refusal('engagement.draw', { id: audit, name: 'x', method: 'random', size: 1 })).code).toBe('invalid');
    expect((await auditor.refusal('audit_request.create', { engagement_id: audit, title: 'x', state: 'open' })).code).toBe('invalid');
    await auditor.value('engagement.update', { id: audit, version: closed.version, patch: { state: 'fieldwork' } });
    expect((await auditor.value('audit_item.review', { items: [{ id: item!.id, version: item!.version }], state: 'exception', note: 'No paper', difference: 300_000 })).reviewed).toBe(1);
  });
});

describe('The test of seals and chain', () => {
  test('names the entry whose posted line was changed', async () => {
    await auditor.value('engagement.run', { id: audit, tests: [{ test: 'chain' }] });
    expect(await items('chain')).toEqual([]);
    const forge = (text: string): void => {
      const db = openDatabase(join(company.folder, 'office.db'), 'write');
      db.exec(text);
      db.close();
    };
    forge('DROP TRIGGER entry_lines_stay; UPDATE entry_lines SET amount = amount + 1 WHERE id = (SELECT min(id) FROM entry_lines)');
    await auditor.value('engagement.run', { id: audit, tests: [{ test: 'chain' }] });
    const found = await items('chain');
    expect(found.map((one) => one.number)).toContain('entry GJ-2025-00001 was changed after it was posted');
    expect(found.find((one) => one.number.startsWith('entry GJ-2025-00001 was'))!.entry_id).toBeGreaterThan(0);
    forge('UPDATE entry_lines SET amount = amount - 1 WHERE id = (SELECT min(id) FROM entry_lines)');
    await auditor.value('engagement.run', { id: audit, tests: [{ test: 'chain' }] });
    expect(await items('chain')).toEqual([]);
    expect(company.bugs).toEqual([]);
  });
});

describe('The test of who drafted and posted', () => {
  test('finds an entry that one drafted, another changed and that other posted', async () => {
    const [bookkeeper, manager] = [await company.as('accountant'), await company.as('owner')];
    const lines = (amount: number) => [{ account_id: account['goods']!, amount }, { account_id: account['bank']!, amount: -amount }];
    const year = (await auditor.value('engagement.create', { name: 'Hands', kind: 'internal', state: 'fieldwork', from_day: '2025-11-01', until_day: '2025-11-30' })).id;
    const seen = await bookkeeper.value('entry.save', { day: '2025-11-03', narration: 'Seen by another', lines: lines(100) });
    await manager.value('entry.post', seen);
    const turned = await bookkeeper.value('entry.save', { day: '2025-11-04', narration: 'Changed by its poster', lines: lines(200) });
    const changed = await manager.value('entry.save', { ...turned, day: '2025-11-04', narration: 'Changed by its poster', lines: lines(90_000) });
    const posted = await manager.value('entry.post', changed);
    await auditor.value('engagement.run', { id: year, tests: [{ test: 'own' }] });
    const { rows } = await auditor.value('audit_item.list', { filters: [{ field: 'engagement_id', is: 'equals', value: year }] });
    expect(rows.map((one) => [one.number, one.amount])).toEqual([[posted.number, 90_000]]);
  });
});
