import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#contract/kit/day.ts';
import { openDatabase } from '../../main/db/open.ts';
import { type Accounts, balance, firm, reversing, versionOf } from '../helpers/assetFirm.ts';
import { type Company, makeCompany } from '../helpers/company.ts';
import { hasVectors, rowsOf } from './vectors.ts';

let company: Company;
let accounts: Accounts;

beforeAll(async () => {
  ({ company, accounts } = await firm([2024, 2025]));
});
afterAll(() => company.close());

const runsOf = (of: Company, id: number): { until_day: string; amount: number }[] => of.look((db) => db.prepare('SELECT until_day, amount FROM asset_runs WHERE asset_id = ? ORDER BY until_day').all(id) as { until_day: string; amount: number }[]);
const plain = { acquired_day: '2024-01-01', cost: 1_200_000, method: 'straight_line', life_months: 12 } as const;

describe('An asset', () => {
  test('draws its number and takes the accounts that are for assets', async () => {
    const { id } = await company.value('asset.create', { ...plain, name: 'Lathe', acquired_day: '2025-06-01' });
    expect(await company.value('asset.get', { id })).toMatchObject({ number: 'FA-00001', state: 'in_use', asset_account_id: accounts.asset, depreciation_account_id: accounts.accumulated, expense_account_id: accounts.expense });
    await company.value('asset.archive', { id, version: 1 });
  });

  test('asks for an account where two have that use, and takes it from the asset before it on the same account', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    const goodwill = await one.value('account.create', { name: 'Goodwill amortisation', kind: 'asset', role: 'accumulated_depreciation' });
    const refused = await one.refusal('asset.create', { ...plain, name: 'Press' });
    expect(refused).toMatchObject({ code: 'invalid', field: 'depreciation_account_id', message: 'Several accounts are used for “Accumulated depreciation”: choose the one for this asset.' });
    expect(await one.value('asset.create', { ...plain, name: 'Land', method: 'none', life_months: null })).toMatchObject({ id: 1 });
    await one.value('asset.create', { ...plain, name: 'Press', depreciation_account_id: goodwill.id });
    const { id } = await one.value('asset.create', { ...plain, name: 'Saw' });
    expect(await one.value('asset.get', { id })).toMatchObject({ asset_account_id: on.asset, depreciation_account_id: goodwill.id });
    expect((await one.value('asset.depreciate', { until: '2024-01-31' })).amount).toBe(200_000);
    await one.close();
  });

  test('of a chart takes the accumulated depreciation that stands behind its account, and without one its own account', async () => {
    for (const [chart, own, accumulated, expense] of [['uk', '0120', '0121', '8020'], ['us', '1550', '1551', '6800'], ['de-skr03', '0210', '0210', '4830']] as const) {
      const one = await makeCompany({ currency: chart === 'uk' ? 'GBP' : 'EUR' });
      await one.value('books.set_up', { chart, year_start: '2024-01-01' });
      const { rows } = await one.value('account.list', { limit: 1000 });
      const account = (number: string): number => rows.find((row) => row.number === number)!.id;
      const draft = { ...plain, name: 'Thing', asset_account_id: account(own) };
      expect(await one.refusal('asset.create', draft)).toMatchObject({ field: 'expense_account_id' });
      const { id } = await one.value('asset.create', { ...draft, expense_account_id: account(expense) });
      expect([chart, (await one.value('asset.get', { id })).depreciation_account_id]).toEqual([chart, account(accumulated)]);
      expect((await one.value('asset.depreciate', { until: '2024-02-29' })).amount).toBe(200_000);
      expect(balance(one, account(accumulated))).toBe(-200_000);
      await one.close();
    }
  });

  test.each([
    ['without a life', { ...plain, life_months: null }, 'life_months'],
    ['with a residual value above its cost', { ...plain, salvage: 1_200_001 }, 'salvage'],
    ['declining to nothing without a rate', { ...plain, method: 'declining' }, 'rate_ppm'],
    ['with a day but no amount of earlier depreciation', { ...plain, brought_day: '2024-06-30' }, 'brought_amount'],
    ['by units without a total', { ...plain, method: 'units' }, 'units_total'],
  ])('%s is refused at the field that is wrong', async (_what, draft, field) => {
    expect(await company.refusal('asset.create', { ...draft, name: 'Wrong' })).toMatchObject({ code: 'invalid', field });
  });
});

describe('A run of depreciation', () => {
  test('posts one entry a period for all assets, and a second run adds nothing', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    await one.value('asset.create', { ...plain, name: 'Press' });
    const { id } = await one.value('asset.create', { ...plain, name: 'Saw', in_use_day: '2024-02-10' });
    const plan = await one.value('asset.plan', { until: '2024-03-31' });
    expect(plan).toMatchObject({ assets: 2, amount: 500_000, problems: [] });
    const run = await one.value('asset.depreciate', { until: '2024-03-31' });
    expect(run).toMatchObject({ amount: 500_000, entries: [{ number: 'AJ-2024-00001' }, { number: 'AJ-2024-00002' }, { number: 'AJ-2024-00003' }] });
    expect(balance(one, on.accumulated)).toBe(-500_000);
    expect(await one.value('asset.depreciate', { until: '2024-03-31' })).toEqual({ entries: [], amount: 0 });
    const { rows, book_value } = await one.value('asset.schedule', { id });
    expect(book_value).toBe(1_000_000);
    expect(rows.map((row) => row.state)).toEqual(['posted', 'posted', ...Array.from({ length: 10 }, () => 'planned')]);
    expect(rows[0]).toMatchObject({ from_day: '2024-02-10', until_day: '2024-02-29', amount: 100_000, entry: { number: 'AJ-2024-00002' } });
    expect(rows.at(-1)).toMatchObject({ until_day: '2025-01-31', book_value: 0, entry: null });
    // An entry of one asset alone belongs to it.
    expect(await one.value('entry.get', { id: run.entries[0]!.id })).toMatchObject({ source_entity: 'asset', journal: 'assets', origin: 'depreciation' });
    expect(await one.value('entry.get', { id: run.entries[1]!.id })).toMatchObject({ source_entity: '' });
    await one.close();
  });

  test('is refused for a closed period by its name, unless what it lacks may go into the next open one', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    await one.value('asset.create', { ...plain, name: 'Press' });
    const [january] = (await one.value('period.list', { order: 'start_day', limit: 1 })).rows;
    await one.value('period.set_state', { id: january!.id, version: 1, state: 'hard', reason: 'a test' });
    const refused = await one.refusal('asset.depreciate', { until: '2024-02-29' });
    expect(refused).toMatchObject({ code: 'invalid', field: 'until' });
    expect(refused.message).toContain('2024-01 is closed');
    expect(balance(one, on.accumulated)).toBe(0);
    const run = await one.value('asset.depreciate', { until: '2024-02-29', catch_up: true });
    expect(run).toMatchObject({ amount: 200_000 });
    expect(run.entries).toHaveLength(1);
    await one.close();
  });

  test('that caught up stands for the months it caught up with: the next runs go on without asking, and nothing is posted twice when they are opened', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    const { id } = await one.value('asset.create', { ...plain, name: 'Press' });
    const january = (await one.value('period.list', { order: 'start_day', limit: 1 })).rows[0]!.id;
    await one.value('period.set_state', { id: january, version: 1, state: 'hard', reason: 'a test' });
    await one.value('asset.depreciate', { until: '2024-02-29', catch_up: true });
    expect(runsOf(one, id)).toEqual([{ until_day: '2024-02-29', amount: 200_000 }]);
    expect(await one.value('asset.plan', { until: '2024-03-31' })).toMatchObject({ amount: 100_000, problems: [] });
    expect(await one.value('asset.depreciate', { until: '2024-03-31' })).toMatchObject({ amount: 100_000 });
    await one.value('period.set_state', { id: january, version: 2, state: 'open', reason: 'a test' });
    expect(await one.value('asset.depreciate', { until: '2024-02-29' })).toEqual({ entries: [], amount: 0 });
    expect((await one.value('asset.schedule', { id })).rows[0]).toMatchObject({ until_day: '2024-02-29', amount: 200_000 });
    expect(await one.value('asset.disposal', { id, day: '2024-03-31' })).toMatchObject({ depreciation: 0, accumulated: 300_000 });
    expect(balance(one, on.accumulated)).toBe(-300_000);
    await one.close();
  });

  test('leaves what it rests on unchangeable until its entries are reversed, and then fills the gap alone', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    const { id } = await one.value('asset.create', { ...plain, name: 'Press' });
    const { entries } = await one.value('asset.depreciate', { until: '2024-03-31' });
    expect(await one.refusal('asset.update', { id, version: 1, patch: { cost: 5 } })).toMatchObject({ code: 'invalid', field: 'cost' });
    expect(await one.refusal('asset.archive', { id, version: 1 })).toMatchObject({ code: 'invalid' });
    await one.value('asset.update', { id, version: 1, patch: { remarks: 'oiled' } });
    await reversing(one, entries[1]!.id);
    expect(runsOf(one, id).map((run) => run.until_day)).toEqual(['2024-01-31', '2024-03-31']);
    expect(await one.value('asset.depreciate', { until: '2024-03-31' })).toMatchObject({ amount: 100_000 });
    expect(balance(one, on.accumulated)).toBe(-300_000);
    await one.close();
  });

  test('asks for what was depreciated before the first fiscal year, and spreads what was left then over the rest', async () => {
    const { company: one } = await firm([2024]);
    const { id } = await one.value('asset.create', { ...plain, name: 'Press', acquired_day: '2023-07-01' });
    expect((await one.refusal('asset.depreciate', { until: '2024-01-31' })).message).toContain('before the first fiscal year');
    await one.value('asset.update', { id, version: 1, patch: { brought_day: '2023-12-31', brought_amount: 900_000 } });
    await one.value('asset.depreciate', { until: '2024-12-31' });
    expect(runsOf(one, id).map((run) => run.amount)).toEqual([50_000, 50_000, 50_000, 50_000, 50_000, 50_000]);
    const { rows } = await one.value('asset.schedule', { id });
    expect(rows[0]).toMatchObject({ state: 'brought', amount: 900_000, book_value: 300_000 });
    expect(rows.at(-1)).toMatchObject({ book_value: 0 });
    await one.close();
  });

  test('follows the units that were used', async () => {
    const { company: one } = await firm([2024]);
    const { id } = await one.value('asset.create', { ...plain, name: 'Van', method: 'units', units_total: 1000, life_months: null });
    await one.value('asset_use.create', { asset_id: id, day: '2024-01-15', units: 100 });
    await one.value('asset_use.create', { asset_id: id, day: '2024-03-15', units: 250 });
    await one.value('asset.depreciate', { until: '2024-04-30' });
    expect(runsOf(one, id)).toEqual([{ until_day: '2024-01-31', amount: 120_000 }, { until_day: '2024-03-31', amount: 300_000 }]);
    await one.close();
  });

  test('is not stopped by a use before an asset was in use: the day is refused at the asset, and where it stands already the run names the asset', async () => {
    const { company: one } = await firm([2024]);
    const { id } = await one.value('asset.create', { ...plain, name: 'Van', method: 'units', units_total: 1000, life_months: null });
    await one.value('asset_use.create', { asset_id: id, day: '2024-01-15', units: 100 });
    for (const field of ['in_use_day', 'acquired_day']) expect(await one.refusal('asset.update', { id, version: 1, patch: { [field]: '2024-02-01' } })).toMatchObject({ code: 'invalid', field, message: 'FA-00001 Van was used on 2024-01-15 already. Put it into use by then, or correct that use first.' });
    await one.value('asset.update', { id, version: 1, patch: { in_use_day: '2024-01-15' } });
    const older = openDatabase(join(one.folder, 'office.db'), 'write');
    older.exec("UPDATE assets SET in_use_day = '2024-02-01'");
    older.close();
    await one.value('asset.create', { ...plain, name: 'Press' });
    const problem = 'FA-00001 Van: Units of 2024-01-15 were used before the asset was put into service.';
    expect(await one.value('asset.plan', { until: '2024-01-31' })).toMatchObject({ amount: 100_000, problems: [problem] });
    expect(await one.refusal('asset.depreciate', { until: '2024-01-31' })).toMatchObject({ code: 'invalid', message: problem });
    expect((await one.value('asset.disposal', { id, day: '2024-03-31' })).problem).toBe(problem);
    await one.close();
  });

  test('by a rate so low that its life would never end takes the longest life there is', async () => {
    const { company: one } = await firm([2024]);
    const { id } = await one.value('asset.create', { ...plain, name: 'Dam', cost: 96_000_000, life_months: null, rate_ppm: 1 });
    expect((await one.value('asset.schedule', { id })).rows).toHaveLength(960);
    expect(await one.value('asset.depreciate', { until: '2024-01-31' })).toMatchObject({ amount: 100_000 });
    await one.close();
  });
});

describe('A disposal', () => {
  test('depreciates up to the day and posts the gain; reversed, the asset is in use again', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    const { id } = await one.value('asset.create', { ...plain, name: 'Press', convention: 'day' });
    await one.value('entry.add', { day: '2024-01-01', lines: [{ account_id: on.asset, amount: 1_200_000 }, { account_id: on.bank, amount: -1_200_000 }] });
    await one.value('asset.depreciate', { until: '2024-02-29' });
    // 366 days: 75 of them until 15 March.
    const lost = Math.round((1_200_000 * 75) / 366);
    const asked = { id, day: '2024-03-15', proceeds: 1_000_000, proceeds_account_id: on.bank };
    expect(await one.value('asset.disposal', asked)).toMatchObject({ accumulated: lost, result: lost - 200_000, problem: '' });
    const done = await one.value('asset.dispose', { ...asked, version: 1 });
    expect(done.result).toBe(lost - 200_000);
    expect([on.asset, on.accumulated, on.gain].map((account) => balance(one, account))).toEqual([0, 0, 200_000 - lost]);
    const gone = await one.value('asset.get', { id });
    expect(gone).toMatchObject({ state: 'disposed', disposed_day: '2024-03-15' });
    expect(await one.value('asset.depreciate', { until: '2024-12-31' })).toEqual({ entries: [], amount: 0 });
    expect(await one.refusal('asset.dispose', { ...asked, version: gone.version })).toMatchObject({ code: 'invalid' });
    const last = one.look((db) => db.prepare("SELECT max(entry_id) FROM asset_runs").pluck().get()) as number;
    expect(await one.refusal('entry.reverse', { id: last, version: 1, reason: 'a test' })).toMatchObject({ code: 'invalid' });
    await reversing(one, gone.disposal_id!);
    expect(await one.value('asset.get', { id })).toMatchObject({ state: 'in_use', disposed_day: '', disposal_id: null });
    await one.value('asset.depreciate', { until: '2024-12-31' });
    expect(balance(one, on.accumulated)).toBe(-1_200_000);
    await one.close();
  });

  test('is refused before depreciation that is posted, for proceeds without an account, and of a stale version', async () => {
    const { company: one, accounts: on } = await firm([2024]);
    const { id } = await one.value('asset.create', { ...plain, name: 'Press' });
    await one.value('asset.depreciate', { until: '2024-02-29' });
    expect(await one.refusal('asset.dispose', { id, version: 1, day: '2024-02-10' })).toMatchObject({ field: 'day' });
    expect(await one.refusal('asset.dispose', { id, version: 1, day: '2024-03-10', proceeds: 5 })).toMatchObject({ field: 'proceeds_account_id' });
    expect(await one.refusal('asset.dispose', { id, version: 9, day: '2024-03-10' })).toMatchObject({ code: 'conflict' });
    expect((await one.value('asset.disposal', { id, day: '2024-02-10' })).problem).toContain('2024-02-29');
    // Scrapped: what is left is a loss on the account of its depreciation.
    const { result } = await one.value('asset.dispose', { id, version: 1, day: '2024-03-31' });
    expect(result).toBe(-900_000);
    expect(balance(one, on.expense)).toBe(1_200_000);
    await one.close();
  });
});

describe.skipIf(!hasVectors)('Published schedules', () => {
  // Year-end sums to the minor unit: months are the parts of a year, so a year is off by half a unit at most, as it is printed.
  const published = rowsOf('depreciation-schedules.csv', 30);
  const methods = [
    ['straight_line', { method: 'straight_line' }, 'straight_line', true],
    ['sum of the years’ digits', { method: 'sum_of_years' }, 'sum_of_years_digits', true],
    ['double declining, with the switch', { method: 'double_declining', to_straight: true }, 'vdb_switching', true],
    // A spreadsheet leaves the rest of the last year in the books; an asset ends at its residual value.
    ['double declining', { method: 'double_declining' }, 'double_declining', false],
    ['declining to the residual value', { method: 'declining' }, 'fixed_declining_db', false],
  ] as const;

  test.each(methods)('by %s are what the calls post, year for year', async (_name, method, column, whole) => {
    const { company: one, accounts: on } = await firm(Array.from({ length: 10 }, (_, at) => 2020 + at));
    const assets = Map.groupBy(published, (row) => row['asset']!);
    for (const [name, rows] of assets) {
      const [salvage, life] = [Number(rows[0]!['salvage']), Number(rows[0]!['life_years'])];
      if (method.method === 'declining' && salvage === 0) continue;
      const { id } = await one.value('asset.create', { ...method, name, acquired_day: '2020-01-01', cost: Number(rows[0]!['cost']) * 100, salvage: salvage * 100, life_months: life * 12 });
      const { rows: planned } = await one.value('asset.schedule', { id });
      await one.value('asset.depreciate', { until: '2029-12-31' });
      const posted = runsOf(one, id);
      expect(posted.map(({ amount }) => amount)).toEqual(planned.map(({ amount }) => amount));
      let expected = 0;
      for (const row of rows.slice(0, whole ? rows.length : -1)) {
        expected += Number(row[column]) * 100;
        const end = `${2019 + Number(row['year'])}-12-31`;
        const sum = posted.filter((run) => run.until_day <= end).reduce((before, run) => before + run.amount, 0);
        expect(Math.abs(sum - expected), `${name} ${end}`).toBeLessThanOrEqual(0.5001);
      }
    }
    const all = one.look((db) => Number(db.prepare('SELECT sum(amount) FROM asset_runs').pluck().get()));
    expect(balance(one, on.accumulated)).toBe(-all);
    await one.close();
  });
});

describe('Whatever is run, reversed and disposed of', () => {
  const day = fc.integer({ min: 0, max: 730 }).map((count) => addDays('2024-01-01', count));
  const thing = fc.record({
    acquired_day: day,
    cost: fc.integer({ min: 0, max: 5_000_000 }),
    part: fc.integer({ min: 0, max: 100 }),
    life_months: fc.integer({ min: 1, max: 40 }),
    convention: fc.constantFrom('month' as const, 'mid_month' as const, 'day' as const),
    method: fc.constantFrom('straight_line' as const, 'sum_of_years' as const, 'double_declining' as const, 'none' as const),
  });
  const deed = fc.oneof(
    fc.record({ do: fc.constant('run' as const), day, which: fc.nat() }),
    fc.record({ do: fc.constant('dispose' as const), day, which: fc.nat(), proceeds: fc.integer({ min: 0, max: 1_000_000 }) }),
    fc.record({ do: fc.constant('reverse' as const), day, which: fc.nat() }),
  );

  test('the accumulated account is the sum of the runs of what is in use, and no book value falls below the residual value', async () => {
    const { company: one, accounts: on } = await firm([2024, 2025]);
    await fc.assert(
      fc.asyncProperty(fc.array(thing, { minLength: 1, maxLength: 3 }), fc.array(deed, { minLength: 2, maxLength: 8 }), async (things, deeds) => {
        const ids: number[] = [];
        for (const { part, ...rest } of things) ids.push((await one.value('asset.create', { ...rest, name: 'Thing', salvage: Math.floor((rest.cost * part) / 100) })).id);
        for (const step of deeds) {
          if (step.do === 'run') await one.raw('asset.depreciate', { until: step.day });
          else if (step.do === 'dispose') {
            const id = ids[step.which % ids.length]!;
            await one.raw('asset.dispose', { id, version: await versionOf(one, id), day: step.day, proceeds: step.proceeds, proceeds_account_id: on.bank });
          } else {
            const entries = one.look((db) => db.prepare("SELECT id, version FROM entries WHERE state = 'posted' AND origin IN ('depreciation', 'disposal') ORDER BY id").all() as { id: number; version: number }[]);
            const entry = entries[step.which % Math.max(1, entries.length)];
            if (entry) await one.raw('entry.reverse', { ...entry, reason: 'a test' });
          }
          const inUse = one.look((db) => Number(db.prepare("SELECT coalesce(sum(r.amount), 0) FROM asset_runs r JOIN assets a ON a.id = r.asset_id WHERE a.state = 'in_use'").pluck().get()));
          expect(balance(one, on.accumulated)).toBe(-inUse || 0);
          const below = one.look((db) => db.prepare('SELECT a.id FROM assets a JOIN asset_runs r ON r.asset_id = a.id GROUP BY a.id HAVING a.cost - sum(r.amount) < coalesce(a.salvage, 0)').all());
          expect(below).toEqual([]);
        }
        // What is left in use would be depreciated with the things of the next round.
        for (const id of ids) {
          const left = await one.value('asset.get', { id });
          if (left.state === 'in_use') await one.raw('asset.dispose', { id, version: left.version, day: '2025-12-31' });
        }
      }),
      { numRuns: 12 },
    );
    expect(one.bugs).toEqual([]);
    await one.close();
  });
});
