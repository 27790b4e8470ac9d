import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, daysInMonth, today } from '#contract/kit/day.ts';
import { presets } from '#contract/records/presets.ts';
import { nextDate, type Rhythm, runDue } from '../../main/budgets/journal/recurring.ts';
import { openDatabase } from '../../main/db/open.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

const rhythm = (part: Partial<Rhythm>): Rhythm => ({ every: 1, unit: 'month', on_day: null, start_day: '2026-01-31', until_day: '', times: null, ...part });

function datesOf(of: Rhythm, most: number): string[] {
  const found: string[] = [];
  for (let day = nextDate(of, '', 0); day !== '' && found.length < most; day = nextDate(of, day, found.length)) found.push(day);
  return found;
}

/** Independently: every day is looked at, and counted in months or days from the first one. */
function slowDates(of: Rhythm, most: number): string[] {
  const found: string[] = [];
  const size = { week: 7, month: 1, quarter: 3, year: 12 }[of.unit] * of.every;
  const parts = (day: string): [number, number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  const [year, month, date] = parts(of.start_day);
  const wanted = of.on_day ?? (date === daysInMonth(year, month) ? 31 : date);
  let days = 0;
  for (let day = of.start_day; found.length < most && found.length < (of.times ?? Infinity) && (of.until_day === '' || day <= of.until_day); day = addDays(day, 1), days += 1) {
    const [y, m, d] = parts(day);
    const falls = of.unit === 'week' ? days % size === 0 : ((y - year) * 12 + m - month) % size === 0 && d === Math.min(wanted, daysInMonth(y, m));
    if (falls) found.push(day);
  }
  return found;
}

describe('Dates', () => {
  test('on the end of a month stay on the end of months, in leap years too', () => {
    expect(datesOf(rhythm({ start_day: '2027-12-31' }), 4)).toEqual(['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']);
    expect(datesOf(rhythm({ start_day: '2026-02-28' }), 3)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    expect(datesOf(rhythm({ start_day: '2026-01-01', on_day: 30 }), 4)).toEqual(['2026-01-30', '2026-02-28', '2026-03-30', '2026-04-30']);
    expect(datesOf(rhythm({ start_day: '2026-01-31', unit: 'quarter' }), 3)).toEqual(['2026-01-31', '2026-04-30', '2026-07-31']);
    expect(datesOf(rhythm({ start_day: '2024-02-29', unit: 'year' }), 3)).toEqual(['2024-02-29', '2025-02-28', '2026-02-28']);
  });

  test('are those that a count of every single day finds, whatever the rhythm', () => {
    const any = fc.record({
      every: fc.integer({ min: 1, max: 5 }),
      unit: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const),
      on_day: fc.option(fc.integer({ min: 1, max: 31 }), { nil: null }),
      start_day: fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2023-01-01', days)),
      until_day: fc.option(fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2026-01-01', days)), { nil: '' }),
      times: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
    });
    fc.assert(
      fc.property(any, (of) => {
        expect(datesOf(of, 6)).toEqual(slowDates(of, 6));
      }),
      { numRuns: 60 },
    );
  });
});

interface Firm {
  readonly company: Company;
  readonly rent: number;
  readonly bank: number;
  readonly template: number;
}

async function firm(): Promise<Firm> {
  const company = await makeCompany();
  await company.value('fiscal_year.create', { name: '2026', start_day: '2026-01-01', end_day: '2026-12-31', pattern: 'months' });
  const rent = (await company.value('account.create', { name: 'Rent', kind: 'expense' })).id;
  const bank = (await company.value('account.create', { name: 'Bank', kind: 'asset', role: 'bank' })).id;
  const template = (await company.value('entry_template.save', { name: 'Rent', narration: 'Rent {month}', lines: [{ account_id: rent, side: 'debit', amount: 100_000 }, { account_id: bank, side: 'credit', amount: 100_000 }] })).id;
  return { company, rent, bank, template };
}

const monthly = (of: Firm) => ({ name: 'Rent', template_id: of.template, mode: 'post', every: 1, unit: 'month', start_day: '2026-01-31' }) as const;
const runsOf = (company: Company): { recurring_id: number; day: string; outcome: string; entry_id: number; reason: string; number: string }[] =>
  company.look((db) => db.prepare('SELECT r.recurring_id, r.day, r.outcome, r.entry_id, r.reason, e.number FROM recurring_runs r LEFT JOIN entries e ON e.id = r.entry_id ORDER BY r.day, r.recurring_id').all() as never);
const setPeriod = async (company: Company, at: number, state: 'open' | 'soft' | 'hard'): Promise<unknown> => {
  const one = (await company.value('period.list', { limit: 100 })).rows[at]!;
  return company.value('period.set_state', { id: one.id, version: one.version, state, reason: 'a test' });
};

describe('A recurring entry', () => {
  let one: Firm;
  beforeAll(async () => {
    one = await firm();
  });
  afterAll(() => one.company.close());

  test('posts what was missed in order, and a second run posts nothing', async () => {
    const { company } = one;
    const { id } = await company.value('recurring_entry.create', { ...monthly(one), until_day: '2026-04-30' });
    expect(await company.value('recurring_entry.get', { id })).toMatchObject({ on_day: 31, next_day: '2026-01-31', made: 0 });
    expect(await company.value('recurring_entry.due', { until: '2026-03-31' })).toEqual({ count: 1, reversals: 0 });
    const run = await company.value('recurring_entry.run', { until: '2026-03-31' });
    expect(run.made.map((date) => [date.day, date.entry.number, date.outcome])).toEqual([['2026-01-31', 'GJ-2026-00001', 'posted'], ['2026-02-28', 'GJ-2026-00002', 'posted'], ['2026-03-31', 'GJ-2026-00003', 'posted']]);
    expect(await company.value('recurring_entry.run', { until: '2026-03-31' })).toEqual({ made: [], reversed: [], problems: [], more: false });
    expect(await company.value('entry.get', { id: run.made[1]!.entry.id })).toMatchObject({ day: '2026-02-28', narration: 'Rent February', origin: 'recurring', source_entity: 'recurring_entry', source_id: id, total: 100_000 });
    expect((await company.value('recurring_entry.dates', { id })).map((date) => [date.day, date.state])).toEqual([['2026-01-31', 'posted'], ['2026-02-28', 'posted'], ['2026-03-31', 'posted'], ['2026-04-30', '2026-04-30' <= today() ? 'due' : 'planned']]);
    await company.value('recurring_entry.run', { until: '2027-12-31' });
    expect(await company.value('recurring_entry.get', { id })).toMatchObject({ next_day: '', made: 4 });
    // Newest first: one date that was made alone, three that were made up for in one run, and how it began.
    const told = (await company.value('record.timeline', { entity: 'recurring_entry', id })).map((one) => one.changes.filter(({ field }) => ['next_day', 'made', 'dates'].includes(field)).map(({ field, before, after }) => [field, before, after]));
    expect(told.slice(0, 2)).toEqual([
      [['next_day', '2026-04-30', ''], ['made', 3, 4]],
      [['next_day', '2026-01-31', '2026-04-30'], ['made', 0, 3], ['dates', [], ['2026-01-31', '2026-02-28', '2026-03-31']]],
    ]);
    expect(told).toHaveLength(3);
  });

  test('prepares a draft that waits in the agenda; posted, it still says where it came from; discarded, its date does not come again', async () => {
    const { company } = one;
    const { id } = await company.value('recurring_entry.create', { ...monthly(one), name: 'Drafts', mode: 'draft', start_day: '2026-05-15' });
    const due = (): Promise<readonly { what: string; entity: string; title: string; day: string; id: number }[]> => company.value('agenda.list', { until: '2026-07-31' });
    expect((await due()).filter((what) => what.what.startsWith('recurring'))).toMatchObject([{ entity: 'recurring_entry', id, title: 'Drafts', day: '2026-05-15', what: 'recurring.draft' }]);
    const { made } = await company.value('recurring_entry.run', { until: '2026-06-30', id });
    expect(made).toMatchObject([{ day: '2026-05-15', outcome: 'draft', reason: '' }, { day: '2026-06-15', outcome: 'draft' }]);
    expect((await due()).filter((what) => what.what.startsWith('recurring')).map((what) => [what.day, what.what, what.title])).toEqual([['2026-05-15', 'recurring.waiting', 'Rent May'], ['2026-06-15', 'recurring.waiting', 'Rent June'], ['2026-07-15', 'recurring.draft', 'Drafts']]);
    await company.value('entry.post', { id: made[0]!.entry.id, version: 1 });
    expect(await company.value('entry.get', { id: made[0]!.entry.id })).toMatchObject({ state: 'posted', origin: 'recurring', source_entity: 'recurring_entry', source_id: id });
    await company.value('entry.discard', { id: made[1]!.entry.id, version: 1 });
    expect((await company.value('recurring_entry.run', { until: '2026-06-30', id })).made).toEqual([]);
    expect((await company.value('recurring_entry.dates', { id, ahead: 1 })).map((date) => [date.day, date.state])).toEqual([['2026-05-15', 'posted'], ['2026-06-15', 'discarded'], ['2026-07-15', '2026-07-15' <= today() ? 'due' : 'planned']]);
    await company.value('recurring_entry.skip', { id, version: 1, reason: 'free month' });
    expect(await company.value('recurring_entry.get', { id })).toMatchObject({ next_day: '2026-08-15' });
    await company.value('recurring_entry.archive', { id, version: 1 });
    expect((await company.value('recurring_entry.run', { until: '2026-12-31' })).made).toEqual([]);
  });

  test('becomes a draft with the reason where the period is closed for now, closed, or there is none', async () => {
    const { company } = one;
    await setPeriod(company, 8, 'soft');
    await setPeriod(company, 9, 'hard');
    await company.value('recurring_entry.create', { ...monthly(one), name: 'Closed', start_day: '2026-09-30', unit: 'month', times: 5 });
    const { made } = await company.value('recurring_entry.run', { until: '2027-01-31' });
    expect(made.map((date) => [date.day, date.outcome, date.reason])).toEqual([
      ['2026-09-30', 'draft', 'The period 2026-09 is closed for now. Posting into it takes the right to approve and a reason.'],
      ['2026-10-31', 'draft', 'The period 2026-10 is closed. Choose another date, or have it opened.'],
      ['2026-11-30', 'posted', ''],
      ['2026-12-31', 'posted', ''],
      ['2027-01-31', 'draft', 'No fiscal year covers 2027-01-31. Add one under Budgets, Fiscal years.'],
    ]);
    await setPeriod(company, 8, 'open');
    await setPeriod(company, 9, 'open');
  });

  test('is taken back on the first day of the next period once that day has come, never twice, and not while that period is closed', async () => {
    const { company } = one;
    const { id } = await company.value('recurring_entry.create', { ...monthly(one), name: 'Accrual', start_day: '2026-10-31', times: 2, reverse: true });
    expect(await company.value('recurring_entry.run', { until: '2026-10-31', id })).toMatchObject({ made: [{ outcome: 'posted' }], reversed: [] });
    await setPeriod(company, 10, 'soft');
    expect(await company.value('recurring_entry.run', { until: '2026-11-01', id })).toMatchObject({ made: [], reversed: [], problems: [{ reason: 'The period 2026-11 is not open.' }] });
    await setPeriod(company, 10, 'open');
    const { reversed } = await company.value('recurring_entry.run', { until: '2026-11-01', id });
    expect(reversed).toHaveLength(1);
    expect(company.look((db) => db.prepare("SELECT day FROM entries WHERE origin = 'reversal'").pluck().all())).toEqual(['2026-11-01']);
    expect((await company.value('recurring_entry.run', { until: '2026-11-30', id })).reversed).toEqual([]);
    // No period follows the last one of the only year.
    await company.value('entry.reverse', { id: (await company.value('entry.add', { day: '2026-12-30', lines: [{ account_id: one.rent, amount: 5 }, { account_id: one.bank, amount: -5 }] })).id, version: 1, next_period: true, reason: 'accrual' }).then(
      () => expect.unreachable(),
      (error: { failure: { message: string } }) => expect(error.failure.message).toMatch(/No period follows/),
    );
  });

  test('of shares gives each date its amounts to the cent, and asks for the amount; one with open lines cannot post by itself', async () => {
    const { company, rent, bank } = one;
    const third = { account_id: rent, side: 'debit', share: '1/3' } as const;
    const { id: template_id } = await company.value('entry_template.save', { name: 'Thirds', lines: [third, third, third, { account_id: bank, side: 'credit', share: '100%' }] });
    expect(await company.refusal('recurring_entry.create', { ...monthly(one), template_id })).toMatchObject({ field: 'amount' });
    const { id } = await company.value('recurring_entry.create', { ...monthly(one), name: 'Thirds', template_id, amount: 100_00, start_day: '2026-12-01', times: 1 });
    const { made } = await company.value('recurring_entry.run', { until: '2026-12-01', id });
    expect((await company.value('entry.lines', { id: made[0]!.entry.id })).map((line) => line.amount)).toEqual([3334, 3333, 3333, -10_000]);
    const { id: open } = await company.value('entry_template.save', { name: 'Open', lines: [{ account_id: rent, side: 'debit' }] });
    expect(await company.refusal('recurring_entry.create', { ...monthly(one), template_id: open })).toMatchObject({ field: 'mode' });
    expect(await company.refusal('recurring_entry.create', { ...monthly(one), until_day: '2026-01-01' })).toMatchObject({ field: 'until_day' });
  });
});

/** What may happen between two days at the desk. */
type Step = { readonly kind: 'away'; readonly days: number } | { readonly kind: 'run'; readonly limit: number } | { readonly kind: 'twice' } | { readonly kind: 'crash' } | { readonly kind: 'close' | 'open'; readonly period: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 70 }).map((days): Step => ({ kind: 'away', days })) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }).map((limit): Step => ({ kind: 'run', limit })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'twice' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'crash' }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'open' as const), period: fc.integer({ min: 0, max: 11 }) }) },
);

test('After any gaps, crashes, runs side by side and closed periods every date stands in the books exactly once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 3 }), async (steps, day, weeks) => {
      const here = await firm();
      const { company } = here;
      const rhythms = [rhythm({ start_day: '2026-01-31' }), rhythm({ start_day: '2026-01-01', on_day: day }), rhythm({ start_day: '2026-01-05', unit: 'week', every: weeks })];
      for (const [at, of] of rhythms.entries()) await company.value('recurring_entry.create', { ...monthly(here), ...of, name: `R${at}`, until_day: '2026-12-31', mode: at === 1 ? 'draft' : 'post' });
      let now = '2026-01-01';
      const closed = new Set<number>();
      const made = new Map<string, string>();
      const noted = (run: { made: readonly { recurring_id: number; day: string; outcome: string }[] }): void => run.made.forEach((one) => {
        expect(made.has(`${one.recurring_id} ${one.day}`)).toBe(false);
        made.set(`${one.recurring_id} ${one.day}`, one.recurring_id === 2 || closed.has(Number(one.day.slice(5, 7)) - 1) ? 'draft' : 'posted');
      });
      for (const one of [...steps, { kind: 'run', limit: 1000 } as const]) {
        if (one.kind === 'away') now = addDays(now, one.days) > '2026-12-31' ? '2026-12-31' : addDays(now, one.days);
        else if (one.kind === 'run') noted(await company.value('recurring_entry.run', { until: now, limit: one.limit }));
        else if (one.kind === 'twice') (await Promise.all([company.value('recurring_entry.run', { until: now }), company.value('recurring_entry.run', { until: now })])).forEach(noted);
        else if (one.kind === 'crash') {
          // The plug is pulled in the middle of a run: everything is written, nothing is committed.
          const until = now;
          await company.reopen(() => {
            const db = openDatabase(join(company.folder, 'office.db'), 'write');
            db.exec('BEGIN IMMEDIATE');
            runDue({ db, folder: company.folder, now: Date.now(), user: { id: 1, name: 'Owner' }, rights: presets[0]!.rights, language: 'en', call: 'recurring_entry.run', request: 'crash', touched: new Set() }, { until });
            db.close();
          });
        } else {
          await setPeriod(company, one.period, one.kind === 'close' ? 'soft' : 'open');
          if (one.kind === 'close') closed.add(one.period);
          else closed.delete(one.period);
        }
      }
      const rows = runsOf(company);
      const expected = rhythms.flatMap((of, at) => slowDates({ ...of, until_day: now }, 400).map((date) => `${at + 1} ${date}`));
      expect(rows.map((row) => `${row.recurring_id} ${row.day}`).sort()).toEqual(expected.sort());
      expect(Object.fromEntries(rows.map((row) => [`${row.recurring_id} ${row.day}`, row.outcome]))).toEqual(Object.fromEntries(made));
      expect(new Set(rows.map((row) => row.entry_id)).size).toBe(rows.length);
      expect(rows.every((row) => (row.outcome === 'draft') === row.number.startsWith('*'))).toBe(true);
      // Dates of one are made in order, so numbers and days rise together.
      for (const at of [1, 3]) {
        const numbers = rows.filter((row) => row.recurring_id === at && row.outcome === 'posted').map((row) => row.number);
        expect(numbers).toEqual(numbers.toSorted());
      }
      await company.close();
    }),
    { numRuns: 4 },
  );
});
