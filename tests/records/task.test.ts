import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, addMonths, daysInMonth, isDay, today } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { nextDay } from '../../main/records/repeats.ts';
import { type Company, makeCompany, ownerPassword } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany({ password: ownerPassword });
});
afterAll(() => company.close());

/** The days of a rule as the chain of tasks would have them: each counts from the one before. */
function chain(rule: string, from: string, many: number): string[] {
  const days: string[] = [];
  for (let at = from; at !== '' && days.length < many; at = nextDay(rule, at)) days.push(at);
  return days;
}

describe('A repeat rule (RFC 5545)', () => {
  // Section 3.8.5.3 gives these with their results; DTSTART is the first day of each.
  test.each([
    ['FREQ=DAILY', '1997-09-02', ['1997-09-02', '1997-09-03', '1997-09-04']],
    ['FREQ=DAILY;INTERVAL=2', '1997-09-02', ['1997-09-02', '1997-09-04', '1997-09-06', '1997-09-08']],
    ['FREQ=DAILY;INTERVAL=10', '1997-09-02', ['1997-09-02', '1997-09-12', '1997-09-22', '1997-10-02', '1997-10-12']],
    ['FREQ=WEEKLY', '1997-09-02', ['1997-09-02', '1997-09-09', '1997-09-16', '1997-09-23']],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU', '1997-09-02', ['1997-09-02', '1997-09-16', '1997-09-30', '1997-10-14']],
    ['FREQ=WEEKLY;BYDAY=TU,TH', '1997-09-02', ['1997-09-02', '1997-09-04', '1997-09-09', '1997-09-11', '1997-09-16']],
    ['FREQ=MONTHLY;BYDAY=1FR', '1997-09-05', ['1997-09-05', '1997-10-03', '1997-11-07', '1997-12-05', '1998-01-02']],
    ['FREQ=MONTHLY;BYDAY=-2MO', '1997-09-22', ['1997-09-22', '1997-10-20', '1997-11-17', '1997-12-22', '1998-01-19']],
    ['FREQ=MONTHLY;BYMONTHDAY=-3', '1997-09-28', ['1997-09-28', '1997-10-29', '1997-11-28', '1997-12-29', '1998-01-29', '1998-02-26']],
    ['FREQ=MONTHLY;BYMONTHDAY=2,15', '1997-09-02', ['1997-09-02', '1997-09-15', '1997-10-02', '1997-10-15', '1997-11-02']],
    ['FREQ=MONTHLY;BYMONTHDAY=1,-1', '1997-09-30', ['1997-09-30', '1997-10-01', '1997-10-31', '1997-11-01', '1997-11-30']],
    ['FREQ=YEARLY;BYMONTH=6,7', '1997-06-10', ['1997-06-10', '1997-07-10', '1998-06-10', '1998-07-10', '1999-06-10']],
    ['FREQ=YEARLY;BYDAY=20MO', '1997-05-19', ['1997-05-19', '1998-05-18', '1999-05-17']],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH', '1997-03-13', ['1997-03-13', '1997-03-20', '1997-03-27', '1998-03-05', '1998-03-12']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1998-02-13', ['1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13', '2000-10-13']],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8', '1996-11-05', ['1996-11-05', '2000-11-07', '2004-11-02']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2', '1997-09-29', ['1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30', '1998-01-29']],
    // On the 31st: months without one are left out, they are not shortened (RFC 5545, 3.3.10).
    ['FREQ=MONTHLY', '2026-01-31', ['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31', '2026-08-31', '2026-10-31', '2026-12-31', '2027-01-31']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-01-31', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2024-01-31', ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30']],
    ['FREQ=YEARLY', '2024-02-29', ['2024-02-29', '2028-02-29', '2032-02-29']],
    ['RRULE:FREQ=WEEKLY', '2026-12-28', ['2026-12-28', '2027-01-04']],
    ['freq=weekly;byday=mo', '2026-12-28', ['2026-12-28', '2027-01-04']],
  ] as const)('%s from %s falls on the days that the standard gives', (rule, from, days) => {
    expect(chain(rule, from, days.length)).toEqual(days);
  });

  test('ends with UNTIL, and the day named is the last one', () => {
    expect(chain('FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH', '1997-09-02', 50)).toEqual(['1997-09-02', '1997-09-04', '1997-09-09', '1997-09-11', '1997-09-16', '1997-09-18', '1997-09-23', '1997-09-25', '1997-09-30', '1997-10-02', '1997-10-07']);
    expect(chain('FREQ=DAILY;UNTIL=20260103', '2026-01-01', 50)).toEqual(['2026-01-01', '2026-01-02', '2026-01-03']);
  });

  test('that cannot be read, or makes no sense, is refused with its words', () => {
    for (const rule of ['', 'weekly', 'FREQ=', 'FREQ=HOURLY', 'FREQ=SECONDLY', 'FREQ=WEEKLY;BYDAY=XX', 'FREQ=WEEKLY; BYDAY=MO', 'INTERVAL=2;FREQ=DAILY', 'FREQ=DAILY;DTSTART=19970101', 'FREQ=DAILY\nEXRULE:FREQ=DAILY', 'FREQ=MONTHLY;BYMONTHDAY=32', 'FREQ=DAILY;INTERVAL=0', 'FREQ=DAILY;COUNT=0', 'FREQ=DAILY;INTERVAL=-1']) {
      let said: unknown;
      try {
        said = nextDay(rule, '2026-01-01');
      } catch (error) {
        said = error;
      }
      expect(said, rule).toBeInstanceOf(Refused);
    }
  });

  test('that falls on no day at all is refused instead of searched for ever', () => {
    const start = performance.now();
    expect(() => nextDay('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01')).toThrow(Refused);
    expect(() => nextDay('FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4', '2026-01-01')).toThrow(Refused);
    expect(nextDay('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29', '2096-03-01')).toBe('2104-02-29');
    expect(nextDay('FREQ=DAILY;INTERVAL=1000000', '2026-01-01')).toBe('4763-11-29');
    expect(nextDay('FREQ=DAILY;INTERVAL=10000000', '2026-01-01')).toBe('');
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('of days, weeks, months and years falls on the days that counting gives', () => {
    // Counted independently of the library: day by day over the calendar.
    const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    const number = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
    const weekday = (day: string): number => (number(day) + 3) % 7;
    const monday = (day: string): number => number(day) - weekday(day);
    const from = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01', days));
    const rules = fc.oneof(
      fc.record({ freq: fc.constant('DAILY' as const), interval: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ freq: fc.constant('WEEKLY' as const), interval: fc.integer({ min: 1, max: 6 }), byday: fc.option(fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 4 }), { nil: undefined }) }),
      fc.record({ freq: fc.constant('MONTHLY' as const), interval: fc.integer({ min: 1, max: 14 }), day: fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined }) }),
      fc.record({ freq: fc.constant('YEARLY' as const), interval: fc.integer({ min: 1, max: 5 }) }),
    );
    const falls = (rule: { freq: string; interval: number; byday?: number[] | undefined; day?: number | undefined }, start: string, day: string): boolean => {
      const [y0, m0, d0] = start.split('-').map(Number) as [number, number, number];
      const [y, m, d] = day.split('-').map(Number) as [number, number, number];
      if (rule.freq === 'DAILY') return (number(day) - number(start)) % rule.interval === 0;
      if (rule.freq === 'WEEKLY') return ((monday(day) - monday(start)) / 7) % rule.interval === 0 && (rule.byday ?? [weekday(start)]).includes(weekday(day));
      if (rule.freq === 'MONTHLY') return (y * 12 + m - y0 * 12 - m0) % rule.interval === 0 && d === (rule.day ?? d0);
      return (y - y0) % rule.interval === 0 && m === m0 && d === d0;
    };
    fc.assert(
      fc.property(from, rules, (start, rule) => {
        const text = `FREQ=${rule.freq};INTERVAL=${rule.interval}${'byday' in rule && rule.byday ? `;BYDAY=${rule.byday.map((at) => weekdays[at]).join(',')}` : ''}${'day' in rule && rule.day ? `;BYMONTHDAY=${rule.day}` : ''}`;
        let wanted = '';
        for (let at = 1; at < 366 * 41 && wanted === ''; at += 1) if (falls(rule, start, addDays(start, at))) wanted = addDays(start, at);
        expect([text, start, nextDay(text, start)]).toEqual([text, start, wanted]);
      }),
      { numRuns: 150, seed: 3 },
    );
  });
});

describe('A task that repeats', () => {
  const create = (more: object): Promise<{ id: number; version: number }> => company.value('task.create', { title: 'Water the plants', state: 'open', priority: '2', ...more } as never);

  test('makes its next one when it is done, due by the rule, with the same owner, priority and remarks', async () => {
    const one = await create({ due_day: '2026-01-31', repeat: 'FREQ=MONTHLY', owner_id: 1, priority: '1', remarks: 'all of them' });
    const done = await company.value('task.finish', { ...one, day: '2026-02-03' });
    expect(await company.value('task.get', { id: one.id })).toMatchObject({ state: 'done', done_day: '2026-02-03', due_day: '2026-01-31' });
    expect(await company.value('task.get', { id: done.next! })).toMatchObject({ state: 'open', due_day: '2026-03-31', owner_id: 1, priority: '1', remarks: 'all of them', repeat: 'FREQ=MONTHLY', done_day: '' });
  });

  test('with COUNT is made exactly so often', async () => {
    let one: { id: number; version: number } | null = await create({ due_day: '1997-09-02', repeat: 'FREQ=DAILY;COUNT=10' });
    const days: string[] = [];
    while (one && days.length < 20) {
      days.push((await company.value('task.get', { id: one.id })).due_day);
      const { next }: { next: number | null } = await company.value('task.finish', one);
      one = next === null ? null : { id: next, version: 1 };
    }
    // RFC 5545: "Daily for 10 occurrences" ==> September 2-11.
    expect(days).toEqual(Array.from({ length: 10 }, (_, at) => addDays('1997-09-02', at)));
  });

  test('needs a due day and a rule that can be read', async () => {
    expect(await company.refusal('task.create', { title: 'x', state: 'open', priority: '2', repeat: 'FREQ=DAILY' })).toMatchObject({ code: 'invalid', field: 'due_day' });
    expect(await company.refusal('task.create', { title: 'x', state: 'open', priority: '2', due_day: '2026-01-01', repeat: 'now and then' })).toMatchObject({ code: 'invalid', field: 'repeat' });
    const one = await create({ due_day: '2026-01-01', repeat: 'FREQ=DAILY' });
    expect(await company.refusal('task.update', { ...one, patch: { due_day: '' } })).toMatchObject({ field: 'due_day' });
  });

  test('is done only once: the second who finishes it is told so, and no second next one is made', async () => {
    const one = await create({ due_day: '2026-01-01', repeat: 'FREQ=DAILY' });
    const before = (await company.value('task.map', {})).count;
    await company.value('task.finish', one);
    expect(await company.refusal('task.finish', one)).toMatchObject({ code: 'invalid', field: 'state' });
    expect((await company.value('task.map', {})).count).toBe(before + 1);
    const dropped = await create({ state: 'dropped' });
    expect(await company.refusal('task.finish', dropped)).toMatchObject({ code: 'invalid' });
  });

  test('that was opened again after it was done has no day on which it was done', async () => {
    const one = await create({});
    const done = await company.value('task.finish', one);
    expect((await company.value('task.get', { id: one.id })).done_day).toBe(today());
    await company.value('task.update', { id: one.id, version: done.version, patch: { state: 'open' } });
    expect((await company.value('task.get', { id: one.id })).done_day).toBe('');
  });
});

describe('The agenda', () => {
  test('holds what is due of every kind, oldest first, and leaves out what is done, hidden, archived, later or of others', async () => {
    const fresh = await makeCompany({ password: ownerPassword });
    try {
      const now = today();
      const task = (title: string, more: object): Promise<{ id: number; version: number }> => fresh.value('task.create', { title, state: 'open', priority: '2', ...more } as never);
      await task('late', { due_day: addDays(now, -3), owner_id: 1 });
      await task('today', { due_day: now });
      await task('far', { due_day: addDays(now, 31) });
      await task('no day', {});
      await task('done', { due_day: now, state: 'done' });
      const hidden = await task('hidden', { due_day: now });
      await fresh.value('task.snooze', { ...hidden, until: addDays(now, 1) });
      const back = await task('back today', { due_day: addDays(now, -1) });
      await fresh.value('task.snooze', { ...back, until: now });
      await fresh.value('task.archive', await task('archived', { due_day: now }));
      await fresh.value('document.create', { title: 'Old papers', kind: 'contract', retain_until: addDays(now, -10) });
      const party = await fresh.value('party.create', { kind: 'person', name: 'Driver' });
      await fresh.value('identifier.create', { party_id: party.id, kind: 'licence', value: 'L', until_day: addDays(now, 5) });
      const lines = async (input: object): Promise<string[]> => (await fresh.value('agenda.list', input)).map((due) => `${due.day} ${due.what} ${due.title}${due.late ? ' late' : ''}`);
      expect(await lines({})).toEqual([`${addDays(now, -10)} retention Old papers late`, `${addDays(now, -3)} task late late`, `${addDays(now, -1)} task back today late`, `${now} task today`, `${addDays(now, 5)} expires.licence Driver`]);
      expect(await lines({ mine: true })).toEqual([`${addDays(now, -3)} task late late`]);
      expect(await lines({ until: addDays(now, -4) })).toEqual([`${addDays(now, -10)} retention Old papers late`]);
      expect(await lines({ limit: 2 })).toHaveLength(2);
      expect(await lines({ until: addDays(now, 40) })).toContain(`${addDays(now, 31)} task far`);
    } finally {
      await fresh.close();
    }
  });
});

describe('Days', () => {
  test('exist as the Gregorian calendar has them', () => {
    for (const day of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2026-11-30']) expect(isDay(day), day).toBe(true);
    for (const day of ['2023-02-29', '1900-02-29', '2100-02-29', '2026-11-31', '2026-00-01', '2026-13-01', '2026-1-1', '0000-01-01', '2026-01-32', ' 2026-01-01', '2026-01-01T00:00']) expect(isDay(day), day).toBe(false);
  });

  test('are the days that JavaScript has, and months are held at their end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -100, max: 100 }), (start, days, months) => {
        const from = addDays('1960-01-01', start);
        const iso = new Date(Date.UTC(1960, 0, 1 + start + days)).toISOString().slice(0, 10);
        expect(addDays(from, days)).toBe(iso);
        expect(isDay(iso)).toBe(true);
        const [y, m, d] = from.split('-').map(Number) as [number, number, number];
        const first = new Date(Date.UTC(y, m - 1 + months, 1));
        const last = daysInMonth(first.getUTCFullYear(), first.getUTCMonth() + 1);
        expect(last).toBe(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate());
        expect(addMonths(from, months)).toBe(`${first.toISOString().slice(0, 8)}${String(Math.min(d, last)).padStart(2, '0')}`);
      }),
      { seed: 5 },
    );
  });
});
