import { RRuleTemporal } from 'rrule-temporal';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { databaseZone, localZone, type Wall, wallAt, zoneInstant } from '../io/zones.ts';

/** Repeat rules (RFC 5545): the day after a day for tasks, all times between two instants for the calendar. */

const badRule = w('“{rule}” is not a repeat rule. Write it as FREQ=WEEKLY;INTERVAL=2 (RFC 5545).', '„{rule}“ ist keine Wiederholungsregel. Schreiben Sie etwa FREQ=WEEKLY;INTERVAL=2 (RFC 5545).');

/** What may stand in a rule (RFC 5545, 3.3.10, without times of day); anything else would be passed over in silence or misread. */
const many = (one: string): string => `${one}(,${one})*`;
const upTo = (most: string): string => many(`[+-]?(${most})`);
const parts = new RegExp(
  `^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(${[
    '(INTERVAL|COUNT)=[1-9]\\d{0,9}',
    'UNTIL=\\d{8}(T\\d{6}Z?)?',
    'WKST=(MO|TU|WE|TH|FR|SA|SU)',
    `BYDAY=${many('([+-]?(0?[1-9]|[1-4]\\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)')}`,
    `BYMONTH=${many('(0?[1-9]|1[0-2])')}`,
    `BYMONTHDAY=${upTo('0?[1-9]|[12]\\d|3[01]')}`,
    `BYWEEKNO=${upTo('0?[1-9]|[1-4]\\d|5[0-3]')}`,
    `BY(YEARDAY|SETPOS)=${upTo('0{0,2}[1-9]|0?[1-9]\\d|[12]\\d\\d|3[0-5]\\d|36[0-6]')}`,
  ].join('|')}))*$`,
  'i',
);

/** The rule as the library reads it; '' when it cannot be read. */
function bare(rule: string): string {
  const text = rule.replace(/^RRULE:/i, '').trim();
  return parts.test(text) ? text.toUpperCase() : '';
}

/**
 * The first day after `day` on which a rule falls, '' when it ends before; the rule counts from `day` (RFC 5545 with DTSTART = day).
 * @throws Refused invalid when the rule cannot be read
 */
export function nextDay(rule: string, day: string): string {
  const text = bare(rule);
  if (text === '') throw new Refused('invalid', badRule, { rule }, 'repeat');
  let dates: { toPlainDate(): { toString(): string } }[];
  try {
    const set = new RRuleTemporal({ rruleString: `DTSTART:${day.replaceAll('-', '')}T000000Z\nRRULE:${text}` });
    dates = set.all((_date, at) => at < 2);
  } catch {
    throw new Refused('invalid', badRule, { rule }, 'repeat');
  }
  return dates.map((date) => date.toPlainDate().toString()).find((one) => one > day) ?? '';
}

/**
 * The first day on or after `from` on which a rule falls that counts from `start`; '' when there is none. Unlike RFC 5545, `start` itself is one
 * only where the rule falls on it. @throws Refused invalid when the rule cannot be read
 */
export function dayFrom(rule: string, start: string, from: string): string {
  const text = bare(rule);
  if (text === '') throw new Refused('invalid', badRule, { rule }, 'repeat');
  const set = new RRuleTemporal({ rruleString: `DTSTART:${start.replaceAll('-', '')}T000000Z\nRRULE:${text}` });
  return set.next(new Date(`${from}T00:00:00Z`), true)?.toPlainDate().toString() ?? '';
}

/** What repeats: its first time, and the zone whose clock it keeps when the clocks change; whole days are days of UTC. */
export interface Series {
  readonly starts_at: number;
  readonly whole_day: boolean;
  readonly time_zone: string;
  readonly repeat: string;
}

/**
 * The beginnings of a series from `from` up to, not including, `to`. The first time is always one of them. A rule that cannot be read, such
 * as one that repeats by the hour, leaves it at the first time.
 */
export function timesBetween(series: Series, from: number, to: number): number[] {
  const { starts_at: first } = series;
  const zone = series.whole_day ? 'UTC' : wallAt(first, series.time_zone) ? databaseZone(series.time_zone) : localZone();
  const rule = bare(series.repeat);
  const wall = wallAt(first, zone);
  let times = [first];
  if (rule !== '' && wall && first < to) {
    try {
      const set = new RRuleTemporal({ rruleString: `DTSTART;TZID=${zone}:${stampOf(wall)}\nRRULE:${ended(rule, zone)}`, includeDtstart: true });
      times = set.between(new Date(from), new Date(to), true).map((time) => time.epochMilliseconds);
    } catch {
      // The library gives up on rules that fall on no day.
    }
  }
  return times.filter((time) => time >= from && time < to);
}

const two = (part: number): string => String(part).padStart(2, '0');
const stampOf = (wall: Wall): string => `${String(wall.year).padStart(4, '0')}${two(wall.month)}${two(wall.day)}T${two(wall.hour)}${two(wall.minute)}${two(wall.second)}`;

/** The end of a rule as an instant: a day alone is included to its last second, and a time without a zone is one of the series' own clock. */
function ended(rule: string, zone: string): string {
  return rule.replace(/UNTIL=(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?(?=;|$)/, (_all, ...found: (string | undefined)[]) => {
    const [year = 0, month = 0, day = 0, hour = 23, minute = 59, second = 59] = found.slice(0, 6).flatMap((part) => (part === undefined ? [] : [Number(part)]));
    const at = zoneInstant({ year, month, day, hour, minute, second }, zone);
    const utc = at === null ? null : wallAt(at, 'UTC');
    return `UNTIL=${utc ? stampOf(utc) : `${year}${two(month)}${two(day)}T235959`}Z`;
  });
}
