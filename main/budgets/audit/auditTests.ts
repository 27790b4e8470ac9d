import type { ParamsOf } from '#contract/budgets/auditTest.ts';
import { today } from '#contract/kit/day.ts';
import { dayNumber, whole } from '../finance/figures.ts';

/**
 * Tests of journal entries, as pure functions of one entry after the other: they point at entries that deserve a look, and prove nothing. What each is
 * good for, and its source, stands in the contract (auditTest.ts). Digits stand in benford.ts, samples in sampling.ts, the reading in auditLedger.ts.
 */

export interface TestedLine {
  /** Number of the line within its entry, from 1. */
  readonly line: number;
  /** Id of the account. */
  readonly account: number;
  /** Minor units of the company, debits above zero and credits below. */
  readonly amount: number;
  readonly text: string;
}

/** One posted entry, as a query hands it over. */
export interface TestedEntry {
  readonly id: number;
  readonly number: string;
  /** The day it was booked for. */
  readonly day: string;
  /** How it came about: `typed`, `import`, or what made it. */
  readonly origin: string;
  readonly narration: string;
  readonly reference: string;
  /** Sum of its debits. */
  readonly total: number;
  /** Instants in milliseconds UTC: when its draft was begun, and when it was posted. */
  readonly made_at: number;
  readonly posted_at: number;
  /** Who drafted it ('' when it was posted without a draft) and who posted it. */
  readonly made_by: string;
  /** Who changed that draft last, '' when nobody did. */
  readonly changed_by: string;
  readonly posted_by: string;
  readonly lines: readonly TestedLine[];
}

/** Why an entry was hit. `line` is 0 for the entry as a whole; `amount` is that of the line, or the total of the entry. */
export interface Hit {
  readonly line: number;
  readonly account: number | null;
  readonly amount: number;
  readonly why: string;
}

export type Check = (entry: TestedEntry) => Hit | null;

/** Its posting tells something: what was imported was posted when it came in, whoever made it. */
const postedHere = (entry: TestedEntry): boolean => entry.origin !== 'import';
const whole_ = (entry: TestedEntry, why: string): Hit => ({ line: 0, account: null, amount: entry.total, why });

/** The largest line that meets a condition; its words tell why. */
function largest(entry: TestedEntry, which: (line: TestedLine) => boolean, why: (line: TestedLine) => string): Hit | null {
  let found: TestedLine | null = null;
  for (const line of entry.lines) if (which(line) && (found === null || Math.abs(line.amount) > Math.abs(found.amount))) found = line;
  return found && { line: found.line, account: found.account, amount: Math.abs(found.amount), why: why(found) };
}

/** A line is a multiple of `unit` minor units (100,000 is 1,000.00), zero excepted. Throws `Refused` (invalid) when the unit is no integer above zero. */
export function roundAmounts({ unit }: ParamsOf<'round'>): Check {
  whole(unit, 'unit', 1);
  return (entry) => largest(entry, ({ amount }) => amount !== 0 && amount % unit === 0, () => '');
}

/** Day of the week of a day, 1 Monday to 7 Sunday. */
const weekdayOf = (day: string): number => ((dayNumber(day) + 3) % 7) + 1;
/** The day of an instant, by the clock of this PC. */
const localDay = (ms: number): string => today(new Date(ms));

/** Posted on a day of rest by the clock of this PC, or (imported entries) booked for one; or booked for a holiday. `called` names the day. */
export function atRest({ weekdays, holidays }: ParamsOf<'rest'>, called: (day: string) => string): Check {
  const rest = new Set(weekdays.map(Number));
  const free = new Set(holidays);
  return (entry) => {
    if (free.has(entry.day)) return whole_(entry, called(entry.day));
    const day = postedHere(entry) ? localDay(entry.posted_at) : entry.day;
    return rest.has(weekdayOf(day)) ? whole_(entry, called(day)) : null;
  };
}

/** Posted before the office opens or from the hour on at which it closes, by the clock of this PC. */
export function outsideHours({ from_hour, until_hour }: ParamsOf<'hours'>): Check {
  return (entry) => {
    if (!postedHere(entry)) return null;
    const at = new Date(entry.posted_at);
    const hour = at.getHours();
    return hour < from_hour || hour >= until_hour ? whole_(entry, `${String(hour).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`) : null;
  };
}

/** On an account with at most `most` lines; `uses` tells the lines of each account in the period. */
export function seldomUsed({ most }: ParamsOf<'seldom'>, uses: ReadonlyMap<number, number>): Check {
  whole(most, 'most', 1);
  return (entry) => largest(entry, ({ account }) => (uses.get(account) ?? 0) <= most, ({ account }) => `${uses.get(account) ?? 0} ×`);
}

/** By somebody with at most `most` entries; `posts` tells the entries of each in the period. */
export function seldomPoster({ most }: ParamsOf<'poster'>, posts: ReadonlyMap<string, number>): Check {
  whole(most, 'most', 1);
  return (entry) => (postedHere(entry) && (posts.get(entry.posted_by) ?? 0) <= most ? whole_(entry, entry.posted_by) : null);
}

/** Typed, and posted by the one who drafted it or changed the draft last, or without a draft. */
export const ownPosting = (): Check => (entry) => (entry.origin === 'typed' && (entry.made_by === '' || [entry.made_by, entry.changed_by].includes(entry.posted_by)) ? whole_(entry, entry.posted_by) : null);

/** Posted by another than who drafted it, in less than so many seconds. */
export function fastPosting({ seconds }: ParamsOf<'fast'>): Check {
  whole(seconds, 'seconds', 1);
  return (entry) => {
    const took = entry.posted_at - entry.made_at;
    return entry.made_by !== '' && entry.made_by !== entry.posted_by && took < seconds * 1000 ? whole_(entry, `${Math.floor(took / 1000)} s`) : null;
  };
}

/** A line from `percent` below a limit up to just under it. */
export function belowLimit({ limit, percent }: ParamsOf<'limit'>): Check {
  whole(limit, 'limit', 1);
  const from = limit - Math.floor((limit * percent) / 100);
  return (entry) => largest(entry, ({ amount }) => Math.abs(amount) < limit && Math.abs(amount) >= from, () => '');
}

/** A line of at least so many minor units. */
export function largeAmounts({ least }: ParamsOf<'large'>): Check {
  whole(least, 'least', 1);
  return (entry) => largest(entry, ({ amount }) => Math.abs(amount) >= least, () => '');
}

/** Posted more than so many days after the day it is booked for. */
export function backDated({ days }: ParamsOf<'late'>): Check {
  whole(days, 'days', 0);
  return (entry) => {
    if (!postedHere(entry)) return null;
    const late = dayNumber(localDay(entry.posted_at)) - dayNumber(entry.day);
    return late > days ? whole_(entry, `${late} d`) : null;
  };
}

/** Typed, and booked for one of the last days of a period that ends on `until`, or posted after it; `called` names the day. */
export function aroundEnd({ days }: ParamsOf<'close'>, until: string, called: (day: string) => string): Check {
  whole(days, 'days', 0);
  const end = dayNumber(until);
  return (entry) => {
    if (entry.origin !== 'typed') return null;
    const posted = localDay(entry.posted_at);
    if (posted > until) return whole_(entry, called(posted));
    return end - dayNumber(entry.day) < days ? whole_(entry, called(entry.day)) : null;
  };
}

/** Accounts of the largest debit and the largest credit of an entry; the first of equal ones. */
export function pairOf(lines: readonly Pick<TestedLine, 'account' | 'amount'>[]): string {
  let [debit, credit] = [{ account: 0, amount: 0 }, { account: 0, amount: 0 }];
  for (const line of lines) {
    if (line.amount > debit.amount) debit = line;
    if (line.amount < credit.amount) credit = line;
  }
  return `${debit.account}/${credit.account}`;
}

/** The pair of accounts meets at most `most` times in the period and the entry is worth `least`; `meets` tells how often pairs meet, `called` names one. */
export function rarePairs({ most, least }: ParamsOf<'pairs'>, meets: ReadonlyMap<string, number>, called: (pair: string) => string): Check {
  whole(most, 'most', 1);
  return (entry) => {
    if (entry.total < least) return null;
    const pair = pairOf(entry.lines);
    return (meets.get(pair) ?? 0) <= most ? whole_(entry, called(pair)) : null;
  };
}

/** No narration, no reference, and no text on any line. */
export const unexplained = (): Check => (entry) => (entry.narration.trim() === '' && entry.reference.trim() === '' && entry.lines.every((line) => line.text.trim() === '') ? whole_(entry, '') : null);

/** One of some words, in whatever capitals, in the narration or the text of a line. */
export function withWords({ words }: ParamsOf<'words'>): Check {
  const wanted = words.map((word) => word.toLowerCase());
  return (entry) => {
    const said = [entry.narration, ...entry.lines.map((line) => line.text)].join('\n').toLowerCase();
    const found = wanted.find((word) => said.includes(word));
    return found === undefined ? null : whole_(entry, found);
  };
}

/** A line as duplicates are looked for. */
export interface AlikeLine {
  readonly entry: number;
  readonly day: string;
  readonly reference: string;
}

/** A reference as it is compared: capitals, spaces, dashes and leading zeros of its numbers are how people type, not what they mean. */
export const sameReference = (reference: string): string => reference.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '').replace(/(?<!\d)0+(?=\d)/g, '');

/**
 * Groups of lines that may be the same business twice, out of lines of one account, currency and amount: one reference, in different entries, each
 * within `days` days of the one before. References are compared without case, spaces, signs and leading zeros. Groups are in the order of their
 * first line, their lines by day. Throws `Refused` (invalid) when `days` is no integer from zero on, or a day does not exist.
 */
export function duplicates<T extends AlikeLine>(alike: readonly T[], days: number): T[][] {
  whole(days, 'days', 0);
  const groups = Map.groupBy(alike, (line) => sameReference(line.reference));
  return [...groups.values()].flatMap((group) => runs(group, days)).filter((run) => run.some((line) => line.entry !== run[0]!.entry));
}

/** Lines in the order of their days, cut where more than `days` days lie between two. */
function runs<T extends AlikeLine>(lines: readonly T[], days: number): T[][] {
  const cut: T[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const { line, at } of lines.map((one) => ({ line: one, at: dayNumber(one.day) })).toSorted((a, b) => a.at - b.at)) {
    if (at - before > days) cut.push([]);
    cut.at(-1)!.push(line);
    before = at;
  }
  return cut;
}

/** Numbers of a series that no entry has, from `first` to `last`. */
export interface Gap {
  readonly series: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Gaps in the numbers of each series, from `from` on. The stream is in the order of its series and numbers; one that comes again does not matter.
 * Holds nothing in memory but the last number.
 */
export function* gaps(numbers: Iterable<{ readonly series: string; readonly number: number }>, from = 1): Generator<Gap> {
  let [series, next] = ['', from];
  for (const one of numbers) {
    if (one.series !== series) [series, next] = [one.series, from];
    if (one.number > next) yield { series, first: next, last: one.number - 1 };
    next = Math.max(next, one.number + 1);
  }
}
