import { dayNumber, whole } from './figures.ts';

/**
 * Tests of journal entries: they point at entries that deserve a look, and prove nothing. Pure functions on streams of posted lines, in flat
 * memory wherever the question allows it.
 *
 * Sources: ISA 240 (revised 2009) § 32 and A43–A45, AS 2401 § .58–.62 (entries at unusual times, to unusual or seldom-used accounts, by people who do not
 * usually make them, with little explanation, in round or consistently ending numbers); ISA 330 § A43 for sequences; Nigrini, Forensic Analytics (2nd
 * ed., 2020) for duplicates. Digits stand in benford.ts, samples in sampling.ts.
 */

/** One posted line, as a query hands it over. */
export interface PostedLine {
  /** Series and number of its entry: lines of one entry share both. */
  readonly series: string;
  readonly entry: number;
  /** The day it was booked for. */
  readonly day: string;
  /** Day of the week on which it was posted, by the clock of the office: 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** Instants in milliseconds UTC. `approved_at` is null when nobody had to approve. */
  readonly posted_at: number;
  readonly approved_at: number | null;
  /** Ids of users. */
  readonly poster: number;
  readonly approver: number | null;
  /** Id of the account. */
  readonly account: number;
  /** Minor units, debits above zero and credits below. */
  readonly amount: number;
  readonly currency: string;
  /** Number of the paper behind it, '' when there is none. */
  readonly reference: string;
  readonly narration: string;
}

type Lines = Iterable<PostedLine>;

function* those(lines: Lines, which: (line: PostedLine) => boolean): Generator<PostedLine> {
  for (const line of lines) if (which(line)) yield line;
}

/**
 * Lines whose amount is a multiple of `unit` minor units (100,000 is 1,000.00), zero excepted. Invented amounts are often round (ISA 240 A45 (e)).
 * Throws `Refused` (invalid) when the unit is no integer above zero.
 */
export function roundAmounts(lines: Lines, unit: number): Generator<PostedLine> {
  whole(unit, 'unit', 1);
  return those(lines, ({ amount }) => amount !== 0 && amount % unit === 0);
}

/** Lines posted on a day of the week on which nobody works, or booked for a holiday (`YYYY-MM-DD`). */
export function atRest(lines: Lines, holidays: ReadonlySet<string>, weekend: readonly number[] = [6, 7]): Generator<PostedLine> {
  return those(lines, ({ weekday, day }) => weekend.includes(weekday) || holidays.has(day));
}

/** Lines on accounts that have at most `most` lines: walks the stream twice, which `lines` opens anew. Throws `Refused` (invalid) when `most` is below 1. */
export function* seldomUsed(lines: () => Lines, most: number): Generator<PostedLine> {
  whole(most, 'most', 1);
  const uses = new Map<number, number>();
  for (const { account } of lines()) uses.set(account, (uses.get(account) ?? 0) + 1);
  yield* those(lines(), ({ account }) => (uses.get(account) ?? 0) <= most);
}

/** Lines that were approved by the one who posted them (segregation of duties; COSO principle 10). */
export function ownApproval(lines: Lines): Generator<PostedLine> {
  return those(lines, ({ poster, approver }) => approver === poster);
}

/** Lines approved less than `milliseconds` after they were posted: nobody reads a paper that fast. Throws `Refused` (invalid) when it is below 1. */
export function fastApproval(lines: Lines, milliseconds: number): Generator<PostedLine> {
  whole(milliseconds, 'milliseconds', 1);
  return those(lines, ({ posted_at, approved_at }) => approved_at !== null && approved_at - posted_at < milliseconds);
}

/** Lines that nothing explains: no narration and no reference (ISA 240 A45 (c)). */
export function unexplained(lines: Lines): Generator<PostedLine> {
  return those(lines, ({ narration, reference }) => narration.trim() === '' && reference.trim() === '');
}

/** A reference as it is compared: capitals, spaces, dashes and leading zeros of its numbers are how people type, not what they mean. */
const sameReference = (reference: string): string => reference.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '').replace(/(?<!\d)0+(?=\d)/g, '');

/**
 * Groups of lines that may be the same business twice: one account, currency, amount and reference, in different entries, each within `days` days of
 * the one before. References are compared without case, spaces, signs and leading zeros. Groups are in the order of their first line in the
 * stream, their lines by day. Holds the lines in memory. Throws `Refused` (invalid) when `days` is no integer from zero on, or a day does not exist.
 */
export function duplicates(lines: Lines, days: number): PostedLine[][] {
  whole(days, 'days', 0);
  const alike = Map.groupBy(lines, (line) => [line.account, line.currency, line.amount, sameReference(line.reference)].join('\u0000'));
  return [...alike.values()].flatMap((group) => runs(group, days)).filter((run) => run.some((line) => line.series !== run[0]!.series || line.entry !== run[0]!.entry));
}

/** Lines in the order of their days, cut where more than `days` days lie between two. */
function runs(lines: readonly PostedLine[], days: number): PostedLine[][] {
  const cut: PostedLine[][] = [];
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
 * Gaps in the numbers of every series, from its lowest number to its highest one; from `expected` on, where a series is named there (the first number
 * that it should have). Order of the stream and lines of one entry do not matter. Holds the numbers in memory.
 */
export function gaps(lines: Iterable<Pick<PostedLine, 'series' | 'entry'>>, expected: ReadonlyMap<string, number> = new Map()): Gap[] {
  const numbers = new Map<string, Set<number>>();
  for (const { series, entry } of lines) {
    const of = numbers.get(series) ?? new Set();
    numbers.set(series, of.add(entry));
  }
  const found: Gap[] = [];
  for (const [series, of] of [...numbers].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = [...of].toSorted((a, b) => a - b);
    let next = expected.get(series) ?? sorted[0]!;
    for (const number of sorted) {
      if (number > next) found.push({ series, first: next, last: number - 1 });
      next = Math.max(next, number + 1);
    }
  }
  return found;
}
