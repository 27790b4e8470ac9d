import { isDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { TextProblem } from './csv.ts';
import { type ContentLine, contentLines, escapedText, folded, param, unescapedText } from './lines.ts';
import { sniffEncoding } from './text.ts';
import { databaseZone, fileZones, localZone, utc, type Wall, wallAt, type Zones } from './zones.ts';

/** Calendars: reads the events of iCalendar files, writes them. */

export interface CalendarEvent {
  readonly uid: string;
  readonly title: string;
  /** Milliseconds UTC; midnight UTC of the day for whole days. */
  readonly starts_at: number;
  /** The end is exclusive: whole days end at midnight UTC after the last one. */
  readonly ends_at: number;
  readonly whole_day: boolean;
  /** Name of the zone as the file writes it; 'UTC', or '' for floating times and whole days. */
  readonly time_zone: string;
  /** The RRULE, '' for a single event. */
  readonly repeat: string;
  readonly location: string;
  readonly description: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** Starts of repetitions that are left out, and of such that are added. */
  readonly exdates: readonly number[];
  readonly rdates: readonly number[];
  /** Set when this event replaces one repetition of the event with the same uid. */
  readonly recurrence_id: number | null;
  /** Properties that no field holds, as they stand. */
  readonly unknown: readonly { readonly name: string; readonly params: string; readonly value: string }[];
}

export interface CalendarRead {
  readonly events: readonly CalendarEvent[];
  /** `row` is the line of the file. */
  readonly problems: readonly TextProblem[];
  /** Other components of the file that are not events (tasks, journals, free/busy), by name. */
  readonly others: Readonly<Record<string, number>>;
}

export const calendarWords = {
  none: w('This file is no calendar.', 'Diese Datei ist kein Kalender.'),
  open: w('This event is not finished; the file may be cut off. It was left out.', 'Dieser Termin ist nicht zu Ende; vielleicht ist die Datei abgeschnitten. Er wurde ausgelassen.'),
  start: w('This event has no readable start: “{value}”. It was left out.', 'Dieser Termin hat keinen lesbaren Beginn: „{value}“. Er wurde ausgelassen.'),
  end: w('This event ends before it begins, or its end “{value}” can not be read. Its start was taken.', 'Dieser Termin endet vor seinem Beginn, oder sein Ende „{value}“ ist nicht lesbar. Der Beginn wurde übernommen.'),
  zone: w('The time zone “{zone}” is unknown; the time was read as one of this PC.', 'Die Zeitzone „{zone}“ ist unbekannt; die Zeit wurde als Zeit dieses PCs gelesen.'),
  definition: w('The definition of this time zone can not be used.', 'Die Beschreibung dieser Zeitzone ist nicht brauchbar.'),
  rule: w('The repetition “{value}” can not be read; the event was taken once.', 'Die Wiederholung „{value}“ ist nicht lesbar; der Termin wurde einmal übernommen.'),
  size: w('The file is larger than 50 MB.', 'Die Datei ist größer als 50 MB.'),
} as const;

type Tell = (row: number, words: TextProblem['words'], params?: TextProblem['params']) => void;

/**
 * Reads the events of a calendar file. Floating times, which belong to no zone, are read in `zone` (that of this PC unless told).
 * @throws Refused when the file is no calendar or larger than 50 MB.
 */
export function readIcal(source: Uint8Array | string, zone: string = localZone()): CalendarRead {
  if (source.length > 50_000_000) throw new Refused('invalid', calendarWords.size);
  if (typeof source !== 'string' && sniffEncoding(source).binary) throw new Refused('invalid', calendarWords.none);
  const problems: TextProblem[] = [];
  const tell: Tell = (row, words, params = {}) => void (problems.length < 1000 && problems.push({ row, words, params }));
  const events: ContentLine[][] = [];
  const others: Record<string, number> = {};
  const zones = fileZones();
  // Components may stand inside each other; only the outermost event counts, and its alarms do not.
  const open: string[] = [];
  let [event, definition, calendar]: [ContentLine[] | null, ContentLine[] | null, boolean] = [null, null, false];
  for (const line of contentLines(source)) {
    const name = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN') {
      if (name === 'VCALENDAR') calendar = true;
      if (name === 'VEVENT' && event) tell(event[0]!.line, calendarWords.open);
      if (name === 'VEVENT') [event, definition] = [[line], null];
      else if (name === 'VTIMEZONE' && !event) definition = [line];
      else if (event === null && definition === null && name !== 'VCALENDAR' && (open.length === 0 || open.at(-1) === 'VCALENDAR') && Object.keys(others).length < 50) others[name.slice(0, 40)] = (others[name.slice(0, 40)] ?? 0) + 1;
      if (name === 'VEVENT') open.length = 0;
      open.push(name);
      if (definition && definition[0] !== line) definition.push(line);
      continue;
    }
    if (line.name === 'END') {
      if (open.at(-1) === name) open.pop();
      definition?.push(line);
      if (name === 'VEVENT' && event) {
        events.push(event);
        event = null;
      }
      if (name === 'VTIMEZONE' && definition) {
        // One without a name can not be meant by any event.
        if (definition.some((one) => one.name === 'TZID') && !zones.learn(definition.map(rawLine))) tell(definition[0]!.line, calendarWords.definition);
        definition = null;
      }
      continue;
    }
    if (event && open.at(-1) === 'VEVENT') event.push(line);
    else definition?.push(line);
  }
  if (event) tell(event[0]!.line, calendarWords.open);
  if (!calendar && events.length === 0) throw new Refused('invalid', calendarWords.none);
  // Zones may stand behind the events that use them, so events are made at the end.
  const read = events.map((lines) => eventOf(lines, zones, zone, tell)).filter((one) => one !== null);
  return { events: read, problems, others };
}

const rawLine = (line: ContentLine): string => `${line.name}${line.params.map(([key, value]) => `;${key}="${value}"`).join('')}:${line.value}`;

interface When {
  readonly at: number;
  readonly day: boolean;
  readonly zone: string;
  readonly wall: Wall;
}

const stamp = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})?(Z)?)?$/i;

/** One date or time of a property; null when it is none. */
function when(text: string, line: ContentLine, zones: Zones, floating: string, tell: Tell): When | null {
  const parts = stamp.exec(text.trim());
  if (!parts || !isDay(`${parts[1]}-${parts[2]}-${parts[3]}`)) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  if (hour > 24 || minute > 59 || second > 60) return null;
  const wall = { year, month, day, hour: Math.min(hour, 23), minute, second: Math.min(second, 59) };
  if (parts[4] === undefined) return { at: utc(wall), day: true, zone: '', wall };
  if (parts[7] !== undefined) return { at: utc(wall), day: false, zone: 'UTC', wall };
  const zone = param(line, 'TZID');
  const at = zone === '' ? null : zones.instant(wall, zone);
  if (at !== null) return { at, day: false, zone, wall };
  if (zone !== '') tell(line.line, calendarWords.zone, { zone });
  return { at: zones.instant(wall, floating) ?? utc(wall), day: false, zone: '', wall };
}

function eventOf(lines: readonly ContentLine[], zones: Zones, floating: string, tell: Tell): CalendarEvent | null {
  const find = (name: string): ContentLine | undefined => lines.find((line) => line.name === name);
  const text = (name: string): string => {
    const line = find(name);
    return line ? unescapedText(binary(line)).trim() : '';
  };
  const times = (name: string): number[] =>
    lines.filter((line) => line.name === name).flatMap((line) => line.value.split(',').map((one) => when(one.split('/')[0]!, line, zones, floating, tell)?.at ?? null)).filter((at) => at !== null);
  const startLine = find('DTSTART');
  const start = startLine ? when(startLine.value, startLine, zones, floating, tell) : null;
  if (!start || !startLine) {
    tell(lines[0]!.line, calendarWords.start, { value: startLine?.value.slice(0, 60) ?? '' });
    return null;
  }
  const rules = lines.filter((line) => line.name === 'RRULE');
  const repeat = rules[0]?.value.trim().replace(/^RRULE:/i, '') ?? '';
  const good = repeat === '' || isRule(repeat);
  if (!good) tell(rules[0]!.line, calendarWords.rule, { value: repeat.slice(0, 60) });
  const status = text('STATUS').toLowerCase();
  const kept = new Set<ContentLine>();
  for (const name of ['UID', 'SUMMARY', 'DTSTART', 'DTEND', 'DURATION', 'LOCATION', 'DESCRIPTION', 'STATUS', ...(good ? ['RRULE'] : [])]) {
    const line = find(name);
    if (line) kept.add(line);
  }
  const unknown = lines.filter((line) => !kept.has(line) && !['BEGIN', 'EXDATE', 'RDATE', 'RECURRENCE-ID', 'DTSTAMP'].includes(line.name));
  return {
    uid: text('UID'),
    title: text('SUMMARY'),
    starts_at: start.at,
    ends_at: endOf(start, find('DTEND'), find('DURATION'), zones, floating, tell),
    whole_day: start.day,
    time_zone: start.zone,
    repeat: good ? repeat : '',
    location: text('LOCATION'),
    description: text('DESCRIPTION'),
    status: status === 'tentative' || status === 'cancelled' ? status : 'confirmed',
    exdates: times('EXDATE'),
    rdates: times('RDATE'),
    recurrence_id: times('RECURRENCE-ID')[0] ?? null,
    unknown: unknown.map((line) => ({ name: line.name, params: line.params.map(([key, value]) => `${key}=${value}`).join(';'), value: line.value })),
  };
}

/** A value that came in base64 as the text it holds. */
function binary(line: ContentLine): string {
  return param(line, 'ENCODING').toUpperCase() === 'BASE64' ? Buffer.from(line.value, 'base64').toString('utf8') : line.value;
}

const dayMs = 86_400_000;

function endOf(start: When, endLine: ContentLine | undefined, durationLine: ContentLine | undefined, zones: Zones, floating: string, tell: Tell): number {
  // Without an end, a day lasts a day and a time no time at all (RFC 5545, 3.6.1).
  const least = start.day ? start.at + dayMs : start.at;
  const line = endLine ?? durationLine;
  if (!line) return least;
  const end = endLine ? (when(endLine.value, endLine, zones, floating, tell)?.at ?? null) : lasting(start, line, zones, floating);
  if (end === null || end < start.at) {
    tell(line.line, calendarWords.end, { value: line.value.slice(0, 60) });
    return least;
  }
  return start.day && end === start.at ? least : end;
}

/** Days of a duration count on the calendar, hours on the clock: P1D over a change of the clocks is not PT24H. */
function lasting(start: When, line: ContentLine, zones: Zones, floating: string): number | null {
  const parts = /^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/i.exec(line.value.trim());
  if (!parts || parts[1] === '-') return null;
  const [weeks, days, hours, minutes, seconds] = parts.slice(2).map((part) => Number(part ?? 0)) as [number, number, number, number, number];
  const later = new Date(utc(start.wall) + (weeks * 7 + days) * dayMs);
  const wall = { ...start.wall, year: later.getUTCFullYear(), month: later.getUTCMonth() + 1, day: later.getUTCDate() };
  const at = start.day || start.zone === 'UTC' ? utc(wall) : (zones.instant(wall, start.zone === '' ? floating : start.zone) ?? utc(wall));
  return at + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

const isRule = (text: string): boolean =>
  text.length <= 500 && /(?:^|;)FREQ=(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)/i.test(text) && text.split(';').every((part) => part === '' || /^[A-Z-]+=[A-Z0-9,+:-]+$/i.test(part));

/** What is written of an event. */
export type EventToWrite = Partial<CalendarEvent> & Pick<CalendarEvent, 'title' | 'starts_at'>;

/**
 * A calendar file. Lines end with CRLF and are folded at 75 bytes. A repeating event of a zone is written in wall time, so that it stays at
 * its hour when the clocks change; all others in UTC. `stamp` is the instant of the export.
 */
export function* writeIcal(events: Iterable<EventToWrite>, options: { readonly stamp: number; readonly product?: string }): Generator<string> {
  yield ['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//${options.product ?? 'Bureau'}//EN`, 'CALSCALE:GREGORIAN'].map(folded).join('');
  let number = 0;
  for (const event of events) {
    number += 1;
    const property = (name: string, value: string | undefined): string[] => (value ? [`${name}:${escapedText(value)}`] : []);
    const time = (name: string, ms: number): string => timeLine(name, ms, event);
    const lines = [
      'BEGIN:VEVENT',
      `UID:${escapedText(event.uid || `${options.stamp}-${number}@bureau`)}`,
      `DTSTAMP:${basic(wallAt(options.stamp, 'UTC')!)}Z`,
      time('DTSTART', event.starts_at),
      ...(event.ends_at !== undefined && event.ends_at > event.starts_at ? [time('DTEND', event.ends_at)] : []),
      ...property('SUMMARY', event.title),
      ...property('LOCATION', event.location),
      ...property('DESCRIPTION', event.description),
      `STATUS:${(event.status ?? 'confirmed').toUpperCase()}`,
      ...(event.repeat && isRule(event.repeat) ? [`RRULE:${event.repeat}`] : []),
      ...(event.exdates ?? []).map((ms) => time('EXDATE', ms)),
      ...(event.rdates ?? []).map((ms) => time('RDATE', ms)),
      ...(event.recurrence_id === null || event.recurrence_id === undefined ? [] : [time('RECURRENCE-ID', event.recurrence_id)]),
      'END:VEVENT',
    ];
    yield lines.map(folded).join('');
  }
  yield folded('END:VCALENDAR');
}

function timeLine(name: string, ms: number, event: EventToWrite): string {
  const at = wallAt(ms, 'UTC')!;
  if (event.whole_day) return `${name};VALUE=DATE:${basic(at).slice(0, 8)}`;
  const zone = databaseZone(event.time_zone ?? '');
  const wall = event.repeat && zone !== '' && zone !== 'UTC' && /^[\w+-]+(?:\/[\w+-]+)*$/.test(zone) ? wallAt(ms, zone) : null;
  return wall ? `${name};TZID=${zone}:${basic(wall)}` : `${name}:${basic(at)}Z`;
}

const basic = (wall: Wall): string => {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(wall.year).padStart(4, '0')}${two(wall.month)}${two(wall.day)}T${two(wall.hour)}${two(wall.minute)}${two(wall.second)}`;
};
