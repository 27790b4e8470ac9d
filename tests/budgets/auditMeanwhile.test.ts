import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testKeys, type TestRun } from '#contract/budgets/auditTest.ts';
import type { JobState } from '#contract/company/desk.ts';
import type { Reply } from '#contract/kit/failure.ts';
import { type Asker, type Company, makeCompany } from '../helpers/company.ts';

// Audits while others work: what is read is one state of the books, and nobody waits for it.

const transactions = 30_000;
const every: readonly TestRun[] = testKeys.map((key) => ({ test: key }));

let company: Company;
let auditor: Asker;
let audit = 0;
let lines: readonly { readonly account_id: number; readonly amount: number }[] = [];

/** A year of entries as a journal of hledger; every tenth amount is round. */
function journal(file: string, year: number, count = transactions): string {
  const text: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const day = new Date(Date.UTC(year, 0, 1) + Math.floor((n * 365) / count) * 86_400_000).toISOString().slice(0, 10);
    const minor = n % 10 === 0 ? 100_000 * (1 + (n % 7)) : 1234 + ((n * 7919) % 90_000);
    text.push(`${day} (R-${n}) Delivery ${n}\n  expenses:goods ${n % 9}  £${(minor / 100).toFixed(2)}\n  assets:bank\n`);
  }
  const path = join(company.desk, file);
  writeFileSync(path, `commodity £1,000.00\n\n${text.join('\n')}`);
  return path;
}

const add = () => company.value('entry.add', { day: '2025-12-31', narration: 'Came in meanwhile', lines: [...lines] });
const states = async () => auditor.value('engagement.tests', { id: audit });
const newest = (): { row: number; entry: string } => company.look((db) => ({ row: db.prepare('SELECT max(seq) FROM audit').pluck().get() as number, entry: db.prepare("SELECT number FROM entries WHERE state <> 'draft' ORDER BY posted_at DESC, id DESC LIMIT 1").pluck().get() as string }));
const hitNumbers = (): readonly string[] => company.look((db) => db.prepare("SELECT test || ' ' || number || ' ' || amount || ' ' || why FROM audit_items WHERE sample_id IS NULL AND found = 1 ORDER BY 1").pluck().all()) as string[];

/** Starts a run and does something as soon as it has told that it reads. */
function meanwhile<T>(tests: readonly TestRun[], work: (job: JobState) => Promise<T>): { readonly reply: Promise<Reply<unknown>>; readonly work: Promise<T> } {
  const request = randomUUID();
  const done = new Promise<T>((resolve, reject) => {
    const off = company.office().on((event) => {
      if (event.type !== 'job' || event.job.id !== request || event.job.total === 0) return;
      off();
      work(event.job).then(resolve, reject);
    });
  });
  return { reply: auditor.raw('engagement.run', { id: audit, tests }, request), work: done };
}

beforeAll(async () => {
  company = await makeCompany({ password: 'correct horse battery' });
  await company.value('journal.import', { format: 'hledger', source: journal('books.journal', 2025) });
  const { rows } = await company.value('account.list', { limit: 100 });
  const named = (name: string): number => rows.find((one) => one.name === name)!.id;
  lines = [{ account_id: named('goods 1'), amount: 700_000 }, { account_id: named('bank'), amount: -700_000 }];
  auditor = await company.as('auditor');
  audit = (await auditor.value('engagement.create', { name: 'Annual accounts 2025', kind: 'annual', state: 'fieldwork', from_day: '2025-01-01', until_day: '2025-12-31' })).id;
});
afterAll(() => company.close());

describe('While tests of entries run', () => {
  test('a posting is acknowledged before they end, and they find what they find in the state before it, which they name', async () => {
    const before = newest();
    await auditor.value('engagement.run', { id: audit, tests: [...every] });
    const expected = hitNumbers();
    const state = newest();
    const order: string[] = [];
    const run = meanwhile(every, async () => {
      await add();
      order.push('posted');
      await auditor.value('engagement.draw', { id: audit, name: 'Meanwhile', method: 'random', size: 3, seed: 1 });
    });
    const reply = await run.reply.finally(() => order.push('tested'));
    await run.work;
    expect([reply.ok, order.indexOf('posted') < order.indexOf('tested')]).toEqual([true, true]);
    expect(hitNumbers()).toEqual(expected);
    for (const one of await states()) expect([one.test, one.read, one.entries]).toEqual([one.test, state, transactions]);
    expect([before.entry, (await states()).find((one) => one.test === 'chain')!.hits]).toEqual([state.entry, 0]);
    const logged = company.look((db) => db.prepare("SELECT json_extract(changes, '$.read[1]') FROM audit WHERE action = 'tested' ORDER BY seq DESC LIMIT 1").pluck().get()) as string;
    expect(JSON.parse(logged)).toEqual(state);
    await auditor.value('engagement.run', { id: audit, tests: [{ test: 'round' }] });
    const round = (await states()).find((one) => one.test === 'round')!;
    expect([round.fresh, round.entries, round.read!.row > state.row, round.read!.entry]).toEqual([1, transactions + 1, true, newest().entry]);
    expect(company.bugs).toEqual([]);
  });

  test('nothing is kept when the days of the audit are changed meanwhile, or a later state is tested before they end', async () => {
    const kept = hitNumbers();
    const { version } = await auditor.value('engagement.get', { id: audit });
    const moved = meanwhile(every, () => auditor.value('engagement.update', { id: audit, version, patch: { until_day: '2025-12-30' } }));
    expect(await moved.reply).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    await moved.work;
    expect(hitNumbers()).toEqual(kept);
    await auditor.value('engagement.update', { id: audit, version: version + 1, patch: { until_day: '2025-12-31' } });
    const overtaken = meanwhile(every, async () => {
      await add();
      return auditor.value('engagement.run', { id: audit, tests: [{ test: 'gaps' }] });
    });
    expect(await overtaken.reply).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    const later = (await overtaken.work).find((one) => one.test === 'gaps')!;
    expect((await states()).find((one) => one.test === 'gaps')).toEqual(later);
  });

  test('they leave everything as it was when they are cancelled, also while they wait for an import to end', async () => {
    const kept = hitNumbers();
    const reading = meanwhile(every, (job) => company.value('desk.cancel', { id: job.id }));
    expect(await reading.reply).toMatchObject({ ok: false, failure: { message: expect.stringContaining('Cancelled') as unknown } });
    const order: string[] = [];
    const [bringing, request] = [randomUUID(), randomUUID()];
    const imported = company.value('journal.import', { format: 'hledger', source: journal('more.journal', 2024) }, bringing).finally(() => order.push('imported'));
    // The numbers are read long before most of the import is written.
    const off = company.office().on((event) => {
      if (event.type !== 'job' || event.job.id !== bringing || event.job.total === 0) return;
      if (event.job.done < event.job.total * 0.8) return;
      off();
      void company.value('desk.cancel', { id: request });
    });
    const waiting = auditor.raw('engagement.run', { id: audit, tests: [{ test: 'gaps' }] }, request).finally(() => order.push('cancelled'));
    const row = newest().row;
    expect(await waiting).toMatchObject({ ok: false, failure: { message: expect.stringContaining('Cancelled') as unknown } });
    await imported;
    expect([order, hitNumbers()]).toEqual([['cancelled', 'imported'], kept]);
    expect(company.look((db) => db.prepare("SELECT count(*) FROM audit WHERE action = 'tested' AND seq > ?").pluck().get(row))).toBe(0);
    expect(company.bugs).toEqual([]);
  });

  test('a retry of a run gives the first reply and tests nothing again', async () => {
    const request = randomUUID();
    const first = await auditor.value('engagement.run', { id: audit, tests: [{ test: 'gaps' }] }, request);
    await add();
    const { row } = newest();
    expect(await auditor.value('engagement.run', { id: audit, tests: [{ test: 'gaps' }] }, request)).toEqual(first);
    expect(newest().row).toBe(row);
  });
});

describe('While a sample is drawn', () => {
  test('it says up to where it has read', async () => {
    const { entry, row } = newest();
    const { id } = await auditor.value('engagement.draw', { id: audit, name: 'Stated', method: 'random', size: 3, seed: 1 });
    expect((await auditor.value('audit_sample.get', { id })).parameters).toContain(`read up to ${entry}, row ${row} of the audit log`);
  });
});
