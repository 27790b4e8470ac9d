import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { readCsvText } from '../../main/io/csv.ts';
import { readIcal, writeIcal } from '../../main/io/ical.ts';
import { corpus, worked } from './corpora.ts';

const calendar = (...lines: readonly string[]): string => `${['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n')}\r\n`;
const event = (...lines: readonly string[]): string => calendar('BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT');
const at = (iso: string): number => Date.parse(iso);

const folder = corpus('imports/ical');
describe.skipIf(!folder)('the calendar corpus', () => {
  const summary: string[][] = [];
  if (folder) readCsvText(readFileSync(join(folder, 'expected-summary.csv'), 'utf8'), { delimiter: ',' }, (row, cells) => void (row > 1 && summary.push(cells)));
  const present = summary.filter(([file]) => existsSync(join(folder ?? '', file!)));
  const absent = summary.filter((one) => !present.includes(one)).map(([file]) => file!);
  if (absent.length > 0) console.warn(`SKIPPED: not in the calendar corpus: ${absent.join(', ')}`);
  for (const file of absent) test.skip(`${file} is not in the corpus`, () => undefined);

  for (const [file, ok, count, , title, start, rule] of present) {
    if (ok !== 'yes') {
      test(`${file}, which python-icalendar cannot read, has no event and is read without an error`, () => expect(readIcal(readFileSync(join(folder!, file!))).events).toEqual([]));
      continue;
    }
    test(`${file} has the events that python-icalendar finds`, () => {
      const bytes = readFileSync(join(folder!, file!));
      const { events, problems } = readIcal(bytes, 'UTC');
      expect(problems).toEqual([]);
      expect(events).toHaveLength(Number(count));
      if (events.length === 0) return;
      expect(events[0]!.title).toBe(title!.trim());
      // The list writes rules in its own order of parts.
      expect(new Set(events[0]!.repeat.split(';').filter((part) => part !== ''))).toEqual(new Set(rule!.split(';').filter((part) => part !== '')));
      expect(events[0]!.whole_day).toBe(/^\d{8}$/.test(start!));
      if (start!.endsWith('Z')) expect(new Date(events[0]!.starts_at).toISOString().replace(/[-:]|\.000/g, '')).toBe(start);
    });
  }
  test('instants in zones that a file defines are the ones ical.js computes', () => {
    let compared = 0;
    for (const [file, ok] of present) {
      const text = readFileSync(join(folder!, file!), 'utf8');
      if (ok !== 'yes' || !text.includes('BEGIN:VEVENT') || !text.includes('BEGIN:VTIMEZONE')) continue;
      const root = new ICAL.Component(ICAL.parse(text) as unknown[]);
      const zones = new Map(root.getAllSubcomponents('vtimezone').map((one) => [String(one.getFirstPropertyValue('tzid')), new ICAL.Timezone(one)]));
      const { events } = readIcal(text, 'UTC');
      root.getAllSubcomponents('vevent').forEach((one, n) => {
        const property = one.getFirstProperty('dtstart')!;
        const time = property.getFirstValue() as ICAL.Time;
        const zone = zones.get(String(property.getFirstParameter('tzid')));
        if (zone) time.zone = zone;
        if (time.isDate) return;
        compared += 1;
        expect([file, events[n]!.starts_at]).toEqual([file, time.toUnixTime() * 1000]);
      });
    }
    expect(compared).toBeGreaterThanOrEqual(8);
  });
  test('a zone that exists nowhere but in its file is seven hours and 41 minutes behind', () => {
    const [one] = readIcal(readFileSync(join(folder!, 'samples_timezone_from_file.ics'))).events;
    expect([one!.starts_at, one!.ends_at, one!.time_zone]).toEqual([at('2023-03-06T21:23:00Z'), at('2023-03-06T22:23:00Z'), 'Nowhere/Middle']);
  });
});

describe('times', () => {
  test('a zone of the database needs no definition; floating times are those of the zone that is asked for', () => {
    expect(readIcal(event('DTSTART;TZID=Europe/Berlin:20260701T090000')).events[0]).toMatchObject({ starts_at: at('2026-07-01T07:00:00Z'), ends_at: at('2026-07-01T07:00:00Z'), time_zone: 'Europe/Berlin' });
    expect(readIcal(event('DTSTART;TZID="/mozilla.org/20050126_1/Europe/Berlin":20260101T090000')).events[0]!.starts_at).toBe(at('2026-01-01T08:00:00Z'));
    expect(readIcal(event('DTSTART:20260701T090000'), 'America/New_York').events[0]).toMatchObject({ starts_at: at('2026-07-01T13:00:00Z'), time_zone: '' });
  });
  test('an unknown zone is told and read as floating', () => {
    const { events, problems } = readIcal(event('DTSTART;TZID=Atlantis:20260701T090000'), 'UTC');
    expect([events[0]!.starts_at, problems[0]!.params['zone'], problems[0]!.row]).toEqual([at('2026-07-01T09:00:00Z'), 'Atlantis', 5]);
  });
  test('whole days end after their last day; without an end they last one', () => {
    expect(readIcal(event('DTSTART;VALUE=DATE:20260228')).events[0]).toMatchObject({ whole_day: true, starts_at: at('2026-02-28'), ends_at: at('2026-03-01') });
    expect(readIcal(event('DTSTART;VALUE=DATE:20260228', 'DTEND;VALUE=DATE:20260303')).events[0]!.ends_at).toBe(at('2026-03-03'));
  });
  test('days of a duration count on the calendar, its hours on the clock', () => {
    // Clocks in Berlin go forward on 2026-03-29.
    const berlin = (duration: string): number => readIcal(event('DTSTART;TZID=Europe/Berlin:20260328T120000', `DURATION:${duration}`)).events[0]!.ends_at;
    expect([berlin('P1D'), berlin('PT24H'), berlin('P1DT1H'), berlin('P1W')]).toEqual([at('2026-03-29T10:00:00Z'), at('2026-03-29T11:00:00Z'), at('2026-03-29T11:00:00Z'), at('2026-04-04T10:00:00Z')]);
  });
  test('left-out and added repetitions and replaced ones are instants', () => {
    const { events } = readIcal(event('DTSTART:20260101T100000Z', 'RRULE:FREQ=DAILY;COUNT=4', 'EXDATE:20260102T100000Z,20260103T100000Z', 'RDATE:20260201T100000Z', 'RECURRENCE-ID:20260102T100000Z'));
    expect(events[0]).toMatchObject({ repeat: 'FREQ=DAILY;COUNT=4', exdates: [at('2026-01-02T10:00:00Z'), at('2026-01-03T10:00:00Z')], rdates: [at('2026-02-01T10:00:00Z')], recurrence_id: at('2026-01-02T10:00:00Z') });
  });
  test('a zone with a rule that would never end is told, not expanded', () => {
    const start = worked();
    const { events, problems } = readIcal(calendar('BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'BEGIN:STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=SECONDLY', 'END:STANDARD', 'END:VTIMEZONE', 'BEGIN:VEVENT', 'DTSTART;TZID=Europe/Berlin:20260701T090000', 'END:VEVENT'));
    expect([events[0]!.starts_at, problems.length]).toEqual([at('2026-07-01T07:00:00Z'), 1]);
    expect(worked() - start).toBeLessThan(2000);
  });
});

describe('events', () => {
  test('escapes, folds, base64, alarms inside, other components and unknown properties', () => {
    const { events, others } = readIcal(calendar('BEGIN:VEVENT', 'UID:a', 'DTSTART:20260101T100000Z', 'SUMMARY:One\\, two\\; thr', ' ee\\nfour', 'DESCRIPTION;ENCODING=BASE64;VALUE=BINARY:SGVsbG8=', 'STATUS:TENTATIVE', 'CLASS:PRIVATE', 'BEGIN:VALARM', 'TRIGGER:-PT5M', 'SUMMARY:not this', 'END:VALARM', 'END:VEVENT', 'BEGIN:VTODO', 'SUMMARY:x', 'END:VTODO'));
    expect(events[0]).toMatchObject({ title: 'One, two; three\nfour', description: 'Hello', status: 'tentative', unknown: [{ name: 'CLASS', params: '', value: 'PRIVATE' }] });
    expect(others).toEqual({ VTODO: 1 });
  });
  test('CR, LF and blank lines end lines too', () => {
    const text = event('DTSTART:20260101T100000Z', 'SUMMARY:x');
    for (const end of ['\r', '\n', '\r\n\r\n', '\n\n']) expect(readIcal(text.replaceAll('\r\n', end)).events[0]!.title).toBe('x');
  });
  test('an event without a start, one cut off and an unreadable rule are told with their line', () => {
    const { events, problems } = readIcal(calendar('BEGIN:VEVENT', 'SUMMARY:a', 'END:VEVENT', 'BEGIN:VEVENT', 'DTSTART:20260101T100000Z', 'RRULE:every day', 'DTEND:20250101T100000Z', 'END:VEVENT', 'BEGIN:VEVENT', 'DTSTART:20260101'));
    expect(events.map(({ repeat, starts_at, ends_at }) => [repeat, ends_at - starts_at])).toEqual([['', 0]]);
    expect(problems.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual([3, 8, 9, 11]);
  });
  test('a file that is no calendar is refused', () => expect(() => readIcal('hello')).toThrow('no calendar'));
});

test('every event that is written is read back exactly, by us and by ical.js', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom(...'ab,;:\\"\n=^ äß€'.split('')), fc.constant('😀')), maxLength: 80 }).map((one) => one.trim());
  const second = fc.integer({ min: at('1971-01-01'), max: at('2100-01-01') }).map((ms) => Math.floor(ms / 1000) * 1000);
  fc.assert(
    fc.property(fc.record({ uid: text.filter((one) => one !== ''), title: text, location: text, description: text, starts: second, hours: fc.integer({ min: 1, max: 100 }), whole_day: fc.boolean(), zone: fc.constantFrom('', 'UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'), repeat: fc.constantFrom('', 'FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20991231T000000Z'), status: fc.constantFrom('confirmed', 'tentative', 'cancelled') }), ({ starts, hours, zone, ...rest }) => {
      const unit = rest.whole_day ? 86_400_000 : 3_600_000;
      const starts_at = rest.whole_day ? Math.floor(starts / unit) * unit : starts;
      const wanted = { ...rest, status: rest.status as 'confirmed', starts_at, ends_at: starts_at + hours * unit, time_zone: rest.whole_day ? '' : zone, exdates: [starts_at + 7 * 86_400_000], rdates: [], recurrence_id: null };
      const written = [...writeIcal([wanted], { stamp: at('2026-01-01T00:00:00Z') })].join('');
      const { events, problems } = readIcal(written, 'UTC');
      expect(problems).toEqual([]);
      const [back] = events;
      // An hour that the clocks show twice in autumn has one wall time; the first is read.
      const folds = back!.starts_at !== starts_at || back!.ends_at !== wanted.ends_at || back!.exdates[0] !== wanted.exdates[0];
      if (folds) expect(wanted.time_zone !== '' && wanted.repeat !== '').toBe(true);
      expect({ ...back, starts_at, ends_at: wanted.ends_at, exdates: wanted.exdates }).toEqual({ ...wanted, time_zone: rest.whole_day ? '' : wanted.repeat !== '' && zone !== '' ? zone : 'UTC', unknown: [] });
      const component = new ICAL.Component(ICAL.parse(written) as unknown[]).getFirstSubcomponent('vevent')!;
      expect(component.getFirstPropertyValue('summary') ?? '').toBe(rest.title);
    }),
    { numRuns: 300 },
  );
});
