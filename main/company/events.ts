import { readFileSync } from 'node:fs';
import type { AnyRow } from '#contract/kit/entity.ts';
import { writePieces } from '../db/target.ts';
import { calendarWords, type CalendarEvent, type EventToWrite, readIcal, writeIcal } from '../io/ical.ts';
import type { RowProblemFound } from './rowProblem.ts';

/** Calendar files as rows of events, and back. */

const columns = ['uid', 'title', 'starts_at', 'ends_at', 'whole_day', 'state', 'location', 'repeat', 'time_zone', 'remarks'] as const;

const fatal: readonly unknown[] = [calendarWords.open, calendarWords.start];
const stamp = (ms: number): string => new Date(ms).toISOString();

/** One moved meeting of a series has the id of the series; here the time it was moved from tells it apart. */
const ownId = (event: CalendarEvent): string => (event.recurrence_id === null || event.uid === '' ? event.uid : `${event.uid}#${stamp(event.recurrence_id)}`);
function idInFile(uid: string): { uid: string; recurrence_id?: number } {
  const parts = /^(.+)#(\d{4}-\d{2}-\d{2}T[\d:.]+Z)$/.exec(uid);
  return parts ? { uid: parts[1]!, recurrence_id: Date.parse(parts[2]!) } : { uid };
}

const longest = 20_000;

/** Times a repetition leaves out or adds have no field; they are kept in the remarks, each kind on a line of its own, for which a longer description makes room. */
function remarksOf(event: CalendarEvent): string {
  const kept = ([['EXDATE', event.exdates], ['RDATE', event.rdates]] as const).filter(([, times]) => times.length > 0).map(([name, times]) => `${name}: ${times.map(stamp).join(', ')}`).join('\n');
  const room = Math.max(0, longest - kept.length - 1);
  return [kept === '' ? event.description.slice(0, longest) : event.description.slice(0, room), kept].filter((line) => line !== '').join('\n').slice(0, longest);
}

/** The remarks as description and times again. A line that says what no such line says is part of the description. */
function fromRemarks(remarks: string): Pick<EventToWrite, 'description' | 'exdates' | 'rdates'> {
  const lines = remarks.split('\n');
  const times = (name: string): number[] => {
    const at = lines.findLastIndex((line) => line.startsWith(`${name}: `));
    const found = at === -1 ? [] : lines[at]!.slice(name.length + 2).split(', ').map((time) => Date.parse(time));
    if (found.length === 0 || found.some(Number.isNaN)) return [];
    lines.splice(at, 1);
    return found;
  };
  const [exdates, rdates] = [times('EXDATE'), times('RDATE')];
  return { description: lines.join('\n'), exdates, rdates };
}

/** Hands out the header and one row an event; `row` counts events, the header being 1. */
export function readEvents(path: string, take: (row: number, cells: string[]) => boolean | void): readonly RowProblemFound[] {
  const { events, problems } = readIcal(readFileSync(path));
  const told = problems.map((problem) => ({ ...problem, warning: !fatal.includes(problem.words) }));
  if (take(1, [...columns]) === false) return told;
  for (const [at, event] of events.entries()) {
    const cells = [ownId(event), event.title || '–', stamp(event.starts_at), stamp(event.ends_at), String(event.whole_day), event.status, event.location, event.repeat, event.time_zone, remarksOf(event)];
    if (take(at + 2, cells) === false) break;
  }
  return told;
}

const textIn = (row: AnyRow, key: string): string => (typeof row[key] === 'string' ? row[key] : '');

function* toWrite(rows: Iterable<AnyRow>, counted: () => void): Generator<EventToWrite> {
  for (const row of rows) {
    counted();
    const status = textIn(row, 'state');
    yield {
      ...idInFile(textIn(row, 'uid') || `event-${row.id}@bureau`),
      title: textIn(row, 'title'),
      starts_at: Number(row['starts_at']),
      ...(typeof row['ends_at'] === 'number' ? { ends_at: row['ends_at'] } : {}),
      whole_day: row['whole_day'] === true,
      time_zone: textIn(row, 'time_zone'),
      repeat: textIn(row, 'repeat'),
      location: textIn(row, 'location'),
      ...fromRemarks(textIn(row, 'remarks')),
      status: status === 'tentative' || status === 'cancelled' ? status : 'confirmed',
    };
  }
}

/** Writes one calendar file. Returns how many events it holds. */
export function writeEvents(path: string, rows: Iterable<AnyRow>, now: number = Date.now()): number {
  let written = 0;
  writePieces(path, writeIcal(toWrite(rows, () => (written += 1)), { stamp: now }));
  return written;
}
