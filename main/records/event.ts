import { event, type Occurrence } from '#contract/records/event.ts';
import type { Ctx } from '../db/context.ts';
import { room } from '../db/room.ts';
import { all, sql } from '../db/sql.ts';
import { type Series, timesBetween } from './repeats.ts';

/** The calendar: what falls between two instants, repeated appointments at each of their times. */

export const eventRoom = room(event);

interface Found extends Series {
  readonly id: number;
  readonly title: string;
  readonly ends_at: number | null;
  readonly state: string;
  readonly uid: string;
  readonly remarks: string;
}

/** A calendar of one month with more than this in it is not read by anybody. */
const most = 1000;

/** Times that an imported series leaves out are kept in its remarks (`company/events.ts`); one that was moved is an event of its own. */
function leftOut(found: Found, moved: readonly string[]): ReadonlySet<number> {
  const written = timesIn(found, 'EXDATE');
  const own = found.uid === '' ? [] : moved.filter((uid) => uid.startsWith(`${found.uid}#`)).map((uid) => uid.slice(found.uid.length + 1));
  return new Set([...written, ...own.map((time) => Date.parse(time))]);
}

const timesIn = (found: Found, name: 'EXDATE' | 'RDATE'): readonly number[] => (new RegExp(`^${name}: (.+)$`, 'm').exec(found.remarks)?.[1]?.split(', ') ?? []).map((time) => Date.parse(time));

export function between(ctx: Ctx, { from, to }: { from: number; to: number }): readonly Occurrence[] {
  const rows = all<Omit<Found, 'whole_day'> & { readonly whole_day: 0 | 1 }>(
    ctx.db,
    sql`SELECT id, title, starts_at, ends_at, whole_day, state, repeat, time_zone, uid, CASE WHEN repeat = '' THEN '' ELSE remarks END AS remarks FROM events
        WHERE archived = 0 AND starts_at < ${to} AND (repeat <> '' OR starts_at >= ${from} OR ends_at > ${from}) ORDER BY starts_at, id`,
  ).map((row) => ({ ...row, whole_day: row.whole_day === 1 }));
  const moved = all<{ uid: string }>(ctx.db, sql`SELECT uid FROM events WHERE archived = 0 AND uid <> '' AND instr(uid, '#') > 0`).map(({ uid }) => uid);
  return rows
    .flatMap((row): readonly Occurrence[] => {
      const { id, title, whole_day, state } = row;
      const lasts = Math.max(0, (row.ends_at ?? row.starts_at) - row.starts_at);
      const one = (starts_at: number): Occurrence => ({ id, title, starts_at, ends_at: row.ends_at === null ? null : starts_at + lasts, whole_day, state, repeats: row.repeat !== '' });
      if (row.repeat === '') return [one(row.starts_at)];
      const out = leftOut(row, moved);
      const added = timesIn(row, 'RDATE').filter((time) => time >= from - lasts && time < to);
      return [...new Set([...timesBetween(row, from - lasts, to), ...added])].filter((time) => !out.has(time) && (time >= from || time + lasts > from)).map(one);
    })
    .sort((a, b) => a.starts_at - b.starts_at || a.id - b.id)
    .slice(0, most);
}
