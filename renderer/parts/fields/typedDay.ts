import { addDays, addMonths, type DayOrder, isDay, readDay, today } from '#contract/kit/day.ts';

/** Words that stand for a day, in every language at once: someone used to the other one is understood too. */
const named: Readonly<Record<string, number>> = { today: 0, heute: 0, t: 0, h: 0, tomorrow: 1, morgen: 1, yesterday: -1, gestern: -1 };
const weekdays: readonly (readonly string[])[] = [
  ['su', 'sun', 'sunday', 'so', 'sonntag'],
  ['mo', 'mon', 'monday', 'montag'],
  ['tu', 'tue', 'tuesday', 'di', 'dienstag'],
  ['we', 'wed', 'wednesday', 'mi', 'mittwoch'],
  ['th', 'thu', 'thursday', 'do', 'donnerstag'],
  ['fr', 'fri', 'friday', 'freitag'],
  ['sa', 'sat', 'saturday', 'samstag', 'sonnabend'],
];

/**
 * Reads a day as office staff type it: 1.3.26, 1.3. (this year), 0103, today, +7, +2w, -1m, fr (the next Friday).
 * '' for an empty text, null when it is no day.
 */
export function typedDay(text: string, order: DayOrder, now: string = today()): string | null {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === '') return '';
  const full = readDay(trimmed, order);
  if (full !== '') return full;
  return fromWord(trimmed, now) ?? fromStep(trimmed, now) ?? fromParts(trimmed, order, now);
}

function fromWord(text: string, now: string): string | null {
  const offset = named[text];
  if (offset !== undefined) return addDays(now, offset);
  const weekday = weekdays.findIndex((names) => names.includes(text.replace(/\.$/, '')));
  if (weekday < 0) return null;
  const away = (weekday - new Date(`${now}T00:00:00Z`).getUTCDay() + 7) % 7;
  return addDays(now, away === 0 ? 7 : away);
}

function fromStep(text: string, now: string): string | null {
  const step = /^([+-])\s*(\d{1,4})\s*([dtwmyj]?)$/.exec(text);
  if (!step) return null;
  const count = Number(step[2]) * (step[1] === '-' ? -1 : 1);
  switch (step[3] ?? '') {
    case 'w':
      return addDays(now, count * 7);
    case 'm':
      return addMonths(now, count);
    case 'y':
    case 'j':
      return addMonths(now, count * 12);
    default:
      return addDays(now, count);
  }
}

/** Without a year: the present one. A day alone: the present month. */
function fromParts(text: string, order: DayOrder, now: string): string | null {
  const [year, month] = [now.slice(0, 4), now.slice(5, 7)];
  const two = /^(\d{1,2})[./\- ](\d{1,2})\.?$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (two) return order === 'dmy' || text.includes('.') ? joined(year, two[2], two[1]) : joined(year, two[1], two[2]);
  const six = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (six) return readDay(`${six[1]}.${six[2]}.${six[3]}`, order) || null;
  const one = /^(\d{1,2})\.?$/.exec(text);
  return one ? joined(year, month, one[1]) : null;
}

function joined(year: string, month = '', date = ''): string | null {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

/** Reads an instant: a day and a time of this PC's clock (1.3.26 14:30, today 9, 14:30). '' → null; undefined when it is none. */
export function typedTime(text: string, order: DayOrder, now: Date = new Date()): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const clock = /(?:^|[\sT,]+)(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|uhr|h)?$/i.exec(trimmed);
  const clockOnly = clock !== null && /[:hu]|am|pm/i.test(clock[0]);
  const front = clock && (clockOnly || clock.index > 0) ? trimmed.slice(0, clock.index).replace(/,$/, '') : trimmed;
  const day = front === '' ? today(now) : typedDay(front, order, today(now));
  if (day === null || day === '') return undefined;
  const used = front !== trimmed && clock;
  const hours = used ? hour(Number(clock[1]), clock[3]) : 0;
  const minutes = used ? Number(clock[2] ?? 0) : 0;
  if (hours > 23 || minutes > 59) return undefined;
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, date, hours, minutes).getTime();
}

function hour(given: number, half: string | undefined): number {
  if (half?.toLowerCase() === 'pm' && given < 12) return given + 12;
  return half?.toLowerCase() === 'am' && given === 12 ? 0 : given;
}
