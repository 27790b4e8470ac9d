import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#contract/kit/day.ts';
import { readIcal } from '../../main/io/ical.ts';
import { type Series, timesBetween } from '../../main/records/repeats.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

const at = (text: string): number => Date.parse(text);
const written = (times: readonly number[]): string[] => times.map((time) => new Date(time).toISOString().replace(':00.000Z', 'Z'));
const series = (starts: string, repeat: string, time_zone = 'UTC', whole_day = false): Series => ({ starts_at: at(starts), repeat, time_zone, whole_day });
const year = (of: Series): string[] => written(timesBetween(of, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z')));

describe('A series', () => {
  test('keeps its hour on the clock of its zone when the clocks change', () => {
    expect(written(timesBetween(series('2026-03-22T08:00Z', 'FREQ=WEEKLY', 'Europe/Berlin'), at('2026-03-01T00:00Z'), at('2026-04-10T00:00Z')))).toEqual(['2026-03-22T08:00Z', '2026-03-29T07:00Z', '2026-04-05T07:00Z']);
    expect(written(timesBetween(series('2026-03-22T00:00Z', 'FREQ=WEEKLY', 'Europe/Berlin', true), at('2026-03-01T00:00Z'), at('2026-04-10T00:00Z')))).toEqual(['2026-03-22T00:00Z', '2026-03-29T00:00Z', '2026-04-05T00:00Z']);
  });

  test('ends with the day that UNTIL names, at the last time that COUNT allows, and never begins before its first time', () => {
    expect(year(series('2026-05-01T22:00Z', 'FREQ=DAILY;UNTIL=20260503', 'America/New_York'))).toEqual(['2026-05-01T22:00Z', '2026-05-02T22:00Z', '2026-05-03T22:00Z']);
    expect(year(series('2026-05-01T09:00Z', 'FREQ=DAILY;UNTIL=20260502T110000', 'Europe/Berlin'))).toEqual(['2026-05-01T09:00Z', '2026-05-02T09:00Z']);
    expect(year(series('2025-12-31T09:00Z', 'FREQ=DAILY;COUNT=3'))).toEqual(['2026-01-01T09:00Z', '2026-01-02T09:00Z']);
    expect(year(series('2026-05-05T09:00Z', 'FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3')).slice(0, 2)).toEqual(['2026-05-05T09:00Z', '2026-06-01T09:00Z']);
    expect(year(series('2030-01-01T09:00Z', 'FREQ=DAILY'))).toEqual([]);
  });

  test('of a zone or a rule that is not known stands at least at its first time', () => {
    expect(timesBetween(series('2026-05-05T09:00Z', 'FREQ=DAILY', 'Our time'), at('2026-05-05T00:00Z'), at('2026-05-08T00:00Z'))).toHaveLength(3);
    for (const rule of ['FREQ=HOURLY', 'every day', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30']) expect(year(series('2026-05-05T09:00Z', rule)), rule).toEqual(['2026-05-05T09:00Z']);
  });

  test('falls, day by day, on what counting gives, and one of forty years is found at once', () => {
    const days = Array.from({ length: 365 }, (_, step) => addDays('2026-01-01', step));
    const weekday = (day: string): number => new Date(`${day}T00:00Z`).getUTCDay();
    const counted: readonly (readonly [string, (day: string) => boolean])[] = [
      ['FREQ=DAILY', () => true],
      ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', (day) => weekday(day) % 6 !== 0],
      ['FREQ=WEEKLY;INTERVAL=2', (day) => (at(day) - at('1986-01-06')) % (14 * 86_400_000) === 0],
      ['FREQ=MONTHLY;BYMONTHDAY=-1', (day) => addDays(day, 1).endsWith('-01')],
      ['FREQ=YEARLY', (day) => day.endsWith('-01-06')],
    ];
    const began = performance.now();
    for (const [rule, falls] of counted) expect(year(series('1986-01-06T09:00Z', rule)).map((time) => time.slice(0, 10)), rule).toEqual(days.filter(falls));
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe('The calendar between two instants', () => {
  const add = (title: string, starts: string, more: object = {}): Promise<unknown> => company.value('event.create', { title, starts_at: at(starts), state: 'confirmed', time_zone: 'UTC', ...more });
  const found = async (from: string, to: string): Promise<string[]> => (await company.value('event.between', { from: at(from), to: at(to) })).map((one) => `${one.title} ${written([one.starts_at])[0]}${one.repeats ? ' again' : ''}`);

  test('holds what begins in it, what reaches into it, and repeated ones at each of their times, in order', async () => {
    await add('Audit', '2026-01-01T00:00Z', { ends_at: at('2026-06-02T00:00Z') });
    await add('Stand-up', '2026-05-28T08:00Z', { ends_at: at('2026-05-28T08:15Z'), repeat: 'FREQ=DAILY' });
    await add('Night watch', '2026-05-29T22:00Z', { ends_at: at('2026-05-30T06:00Z'), repeat: 'FREQ=WEEKLY' });
    await add('Over', '2026-05-31T09:00Z', { ends_at: at('2026-06-01T00:00Z') });
    await add('After', '2026-06-03T00:00Z');
    expect(await found('2026-06-01T00:00Z', '2026-06-03T00:00Z')).toEqual(['Audit 2026-01-01T00:00Z', 'Stand-up 2026-06-01T08:00Z again', 'Stand-up 2026-06-02T08:00Z again']);
    expect(await found('2026-06-06T01:00Z', '2026-06-06T08:00Z')).toEqual(['Night watch 2026-06-05T22:00Z again']);
  });

  test('leaves out the times that a file left out, and stands a moved one only where it was moved to', async () => {
    await add('Choir', '2027-01-04T18:00Z', { repeat: 'FREQ=WEEKLY', uid: 'choir', remarks: 'Bring notes\nEXDATE: 2027-01-11T18:00:00.000Z' });
    await add('Choir, moved', '2027-01-19T18:00Z', { uid: 'choir#2027-01-18T18:00:00.000Z' });
    expect((await found('2027-01-01T00:00Z', '2027-01-30T00:00Z')).filter((line) => line.startsWith('Choir'))).toEqual(['Choir 2027-01-04T18:00Z again', 'Choir, moved 2027-01-19T18:00Z', 'Choir 2027-01-25T18:00Z again']);
  });

  test('holds the times that a file adds to a series', async () => {
    await add('Market', '2028-03-04T08:00Z', { repeat: 'FREQ=WEEKLY;COUNT=2', remarks: 'EXDATE: 2028-03-11T08:00:00.000Z\nRDATE: 2028-03-15T08:00:00.000Z, 2028-03-04T08:00:00.000Z' });
    expect((await found('2028-03-01T00:00Z', '2028-03-30T00:00Z')).filter((line) => line.startsWith('Market'))).toEqual(['Market 2028-03-04T08:00Z again', 'Market 2028-03-15T08:00Z again']);
  });

  test('keeps, of a file from Outlook, the clock of the zone that Windows names, and writes all of a series that it read', async () => {
    const times = (from: number, count: number): string => Array.from({ length: count }, (_, step) => new Date(at('2030-01-07T14:00Z') + (from + step) * 7 * 86_400_000).toISOString().replace(/[-:]|\.000/g, '')).join(',');
    const file = (zone: string): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:outlook', `DTSTART;TZID=${zone}:20300107T090000`, `DTEND;TZID=${zone}:20300107T100000`, 'SUMMARY:Board', 'RRULE:FREQ=WEEKLY', `EXDATE:${times(100, 300)}`, 'RDATE:20300109T140000Z', `DESCRIPTION:${'x'.repeat(19_990)}`, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
    const [source, target] = [join(company.desk, 'in.ics'), join(company.desk, 'out.ics')];
    writeFileSync(source, file('Eastern Standard Time'));
    await company.value('import.run', { entity: 'event', source });
    // 9 o'clock in New York is 14:00 UTC in winter and 13:00 in summer.
    expect((await found('2030-01-01T00:00Z', '2030-01-15T00:00Z')).filter((line) => line.startsWith('Board'))).toEqual(['Board 2030-01-07T14:00Z again', 'Board 2030-01-09T14:00Z again', 'Board 2030-01-14T14:00Z again']);
    expect((await found('2030-07-01T00:00Z', '2030-07-02T00:00Z')).filter((line) => line.startsWith('Board'))).toEqual(['Board 2030-07-01T13:00Z again']);
    await company.value('export.run', { entity: 'event', format: 'ical', target, list: { filters: [{ field: 'uid', is: 'equals', value: 'outlook' }] } });
    const [one] = readIcal(readFileSync(target)).events;
    const [given] = readIcal(file('America/New_York')).events;
    expect(one).toMatchObject({ starts_at: given!.starts_at, time_zone: 'America/New_York', repeat: 'FREQ=WEEKLY', exdates: given!.exdates, rdates: given!.rdates });
    expect(one!.exdates).toHaveLength(300);
    expect(one!.description).toMatch(/^x+$/);
  });

  test('passes over the archive, and is refused for more than 400 days', async () => {
    const { rows } = await company.value('event.list', { filters: [{ field: 'title', is: 'equals', value: 'Stand-up' }] });
    await company.value('event.archive', { id: rows[0]!.id, version: rows[0]!.version });
    expect(await found('2026-06-01T00:00Z', '2026-06-03T00:00Z')).toEqual(['Audit 2026-01-01T00:00Z']);
    expect((await company.refusal('event.between', { from: 0, to: 401 * 86_400_000 })).code).toBe('invalid');
  });
});
