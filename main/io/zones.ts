import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { windowsZone } from './windowsZones.ts';

/** Wall times to instants, by the zone that a calendar file defines, or by the time zone database where it does not. */

export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export interface Zones {
  /** Learns a VTIMEZONE, given as its lines. False when it cannot be understood. */
  readonly learn: (lines: readonly string[]) => boolean;
  /** The instant of a wall time, or null when the zone is unknown. */
  readonly instant: (wall: Wall, zone: string) => number | null;
}

/** Milliseconds UTC of a wall time in UTC. */
export const utc = (wall: Wall): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);

/** Zones of one file. Nothing is kept beyond it: two files may mean different things by one name. */
export function fileZones(): Zones {
  const learned = new Map<string, ICAL.Timezone>();
  const learn = (lines: readonly string[]): boolean => {
    // Rules that repeat more than monthly are no zone, and expanding them over centuries would take for ever.
    if (lines.length > 2000 || lines.some((line) => /^RRULE[;:]/i.test(line) && !/FREQ=(?:YEARLY|MONTHLY)/i.test(line))) return false;
    if (lines.some((line) => /^RRULE[;:].*INTERVAL=(?!0*[1-9]\d*(?:;|$))/i.test(line) || /BY(?:SECOND|MINUTE|HOUR|YEARDAY|WEEKNO|SETPOS)=/i.test(line))) return false;
    if (lines.some((line) => /^DTSTART[^:]*:(?!1\d\d\d|20\d\d|0\d\d\d)/i.test(line))) return false;
    try {
      const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(lines.join('\r\n')) as unknown[]));
      if (!zone.tzid) return false;
      // Asked once, so that a definition that cannot be used is found here.
      zone.utcOffset(new ICAL.Time({ year: 2020, month: 6, day: 15, hour: 12, minute: 0, second: 0, isDate: false }, ICAL.Timezone.localTimezone));
      learned.set(zone.tzid, zone);
      return true;
    } catch {
      return false;
    }
  };
  const instant = (wall: Wall, zone: string): number | null => {
    const own = learned.get(zone);
    if (own) {
      const offset = own.utcOffset(new ICAL.Time({ ...wall, isDate: false }, ICAL.Timezone.localTimezone));
      return utc(wall) - offset * 1000;
    }
    return zoneInstant(wall, zone);
  };
  return { learn, instant };
}

/** The instant of a wall time in a zone of the time zone database; the first of two in autumn, the later side of a gap in spring. */
export function zoneInstant(wall: Wall, zone: string): number | null {
  // Some programs put a path before the name: /mozilla.org/20050126_1/Europe/Berlin.
  for (const name of [zone, zone.split('/').slice(-2).join('/'), zone.split('/').slice(-3).join('/'), databaseZone(zone)]) {
    try {
      return Temporal.ZonedDateTime.from({ ...wall, timeZone: name }, { overflow: 'reject' }).epochMilliseconds;
    } catch {
      // Not a name of the database; the next may be.
    }
  }
  return null;
}

/** The zone under the name that the time zone database has for it, where Windows has another. */
export const databaseZone = (zone: string): string => windowsZone(zone) ?? zone;

/** Wall time of an instant in a zone of the time zone database, or null when there is no such zone. */
export function wallAt(ms: number, zone: string): Wall | null {
  try {
    const { year, month, day, hour, minute, second } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(databaseZone(zone));
    return { year, month, day, hour, minute, second };
  } catch {
    return null;
  }
}

/** The zone of this PC. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
