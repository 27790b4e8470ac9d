import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '#contract/kit/day.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

/** Rates over time, against the one rate that is looked up for each day. */

let company: Company;
const begun = '2019-01-03';

beforeAll(async () => {
  company = await makeCompany();
  // Every 3 or 11 days for six years, now and then two of one day, and one that was put away.
  for (let at = 0, day = begun; at < 320; at += 1, day = addDays(day, at % 4 === 0 ? 11 : 6)) {
    await company.value('rate.create', { currency: 'USD', day, rate_nano: 700_000_000 + ((at * 7_919) % 101) * 1_000_000 });
    if (at % 9 === 0) await company.value('rate.create', { currency: 'USD', day, rate_nano: 900_000_000 + at });
  }
  const away = await company.value('rate.create', { currency: 'USD', day: '2031-01-01', rate_nano: 1 });
  await company.value('rate.archive', away);
  await company.value('rate.create', { currency: 'CHF', day: '2024-05-05', rate_nano: 880_000_000 });
});
afterAll(() => company.close());

const serving = (day: string): unknown => company.look((db) => db.prepare("SELECT rate_nano FROM rates WHERE currency = 'USD' AND archived = 0 AND day <= ? ORDER BY day DESC, id DESC LIMIT 1").pluck().get(day));
const newest = (): string => company.look((db) => db.prepare("SELECT max(day) FROM rates WHERE currency = 'USD' AND archived = 0").pluck().get()) as string;

test('The course of a currency is the rate that serves each day, week or month up to its newest, however long it is', async () => {
  const whole = await company.value('rate.course', { currency: 'USD' });
  const weeks = await company.value('rate.course', { currency: 'USD', from: addDays(newest(), -700) });
  const days = await company.value('rate.course', { currency: 'USD', from: addDays(newest(), -90) });
  expect([whole.step, weeks.step, days.step]).toEqual(['month', 'week', 'day']);
  expect([weeks.points.length, days.points.length]).toEqual([101, 91]);
  expect(whole.points[0]!.day.slice(0, 7)).toBe('2019-01');
  for (const { points } of [whole, weeks, days]) {
    expect(points.at(-1)!.day).toBe(newest());
    expect(points.length).toBeLessThanOrEqual(400);
    for (const { day, rate_nano } of points) expect(rate_nano, day).toBe(serving(day));
  }
});

test('The first currency that has a rate is shown unless one is named; one without rates has no points, and a day after its newest shows that', async () => {
  expect(await company.value('rate.course', {})).toMatchObject({ currency: 'CHF', currencies: ['CHF', 'USD'], base: 'GBP', points: [{ day: '2024-05-05', rate_nano: 880_000_000 }] });
  expect(await company.value('rate.course', { currency: 'SEK' })).toMatchObject({ currency: '', points: [] });
  expect((await company.value('rate.course', { currency: 'USD', from: '2099-01-01' })).points).toEqual([{ day: newest(), rate_nano: serving(newest()) }]);
});
