import { auditTests, type ParamsOf, type TestKey, type TestRun } from '#contract/budgets/auditTest.ts';
import { type BooksState, engagement, type engagementCalls, type TestState } from '#contract/budgets/engagement.ts';
import type { InputOf } from '#contract/kit/call.ts';
import { isDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import { createHash } from 'node:crypto';
import { verify } from '../../company/backup.ts';
import { append } from '../../db/audit.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { all, each, empty, raw, run, sql } from '../../db/sql.ts';
import type { Aid, Findings } from '../../handlers.ts';
import { writing } from '../accounts/writing.ts';
import { type Days, lastEntry, meetsOf, postsOf, sizeOf, stateOf, testedEntries, usesOf } from './auditLedger.ts';
import { aroundEnd, atRest, backDated, belowLimit, type Check, duplicates, fastPosting, gaps, type Hit, largeAmounts, outsideHours, ownPosting, rarePairs, roundAmounts, seldomPoster, seldomUsed, unexplained, withWords } from './auditTests.ts';
import { type Audit, openAudit, sameAudit, tests } from './engagement.ts';
import { verifyLedger } from './ledgerCheck.ts';

/** Running tests of journal entries: all that look at one entry after the other in one reading of the books, the others each in one of its own. */

const words = {
  holiday: w('“{day}” is no day (YYYY-MM-DD).', '„{day}“ ist kein Tag (JJJJ-MM-TT).'),
  twice: w('A test was named twice.', 'Ein Test wurde zweimal genannt.'),
  later: w('{by} ran “{test}” meanwhile on a later state of the books. Nothing was kept; please start again.', '{by} hat „{test}“ inzwischen auf einem neueren Stand der Bücher laufen lassen. Es wurde nichts behalten; bitte noch einmal starten.'),
  hours: w('The office closes before it opens.', 'Das Büro schließt, bevor es öffnet.'),
};

/** So many hits of a test are kept as items, the largest ones: more can nobody look at, and its parameters should be narrower. */
export const mostKept = 10_000;

interface Item extends Hit {
  readonly number: string;
  readonly entry_id: number | null;
  readonly day: string;
}

/** Hits of one test: all are counted and summed, the largest are kept. */
class Found {
  count = 0;
  amount = 0;
  private items: Item[] = [];

  add(item: Item): void {
    this.count += 1;
    this.amount += item.amount;
    this.items.push(item);
    if (this.items.length >= 2 * mostKept) this.items = this.kept();
  }

  kept(): Item[] {
    return this.items.toSorted((a, b) => b.amount - a.amount || (a.number < b.number ? -1 : 1)).slice(0, mostKept);
  }
}

const paramsOf = <K extends TestKey>(key: K, given: TestRun): ParamsOf<K> => {
  const { test: _test, ...params } = given;
  return { ...auditTests[key].usual, ...params } as ParamsOf<K>;
};

/** Tests that look at one entry after the other; null for those with a reading of their own. */
function checkOf(ctx: Ctx, given: TestRun, days: Days, reading: (test: TestKey) => Job): Check | null {
  switch (given.test) {
    case 'round':
      return roundAmounts(paramsOf('round', given));
    case 'rest': {
      const params = paramsOf('rest', given);
      const wrong = params.holidays.find((day) => !isDay(day));
      if (wrong !== undefined) throw new Refused('invalid', words.holiday, { day: wrong }, 'holidays');
      return atRest(params, writing(ctx).weekday);
    }
    case 'hours': {
      const params = paramsOf('hours', given);
      if (params.until_hour <= params.from_hour) throw new Refused('invalid', words.hours, {}, 'until_hour');
      return outsideHours(params);
    }
    case 'seldom':
      return seldomUsed(paramsOf('seldom', given), usesOf(ctx, days));
    case 'poster':
      return seldomPoster(paramsOf('poster', given), postsOf(ctx, days));
    case 'own':
      return ownPosting();
    case 'fast':
      return fastPosting(paramsOf('fast', given));
    case 'limit':
      return belowLimit(paramsOf('limit', given));
    case 'large':
      return largeAmounts(paramsOf('large', given));
    case 'late':
      return backDated(paramsOf('late', given));
    case 'close':
      return aroundEnd(paramsOf('close', given), days.until, writing(ctx).weekday);
    case 'pairs':
      return rarePairs(paramsOf('pairs', given), meetsOf(ctx, days, reading('pairs')), pairNames(ctx));
    case 'unexplained':
      return unexplained();
    case 'words':
      return withWords(paramsOf('words', given));
    case 'duplicates':
    case 'gaps':
    case 'chain':
      return null;
  }
}

function pairNames(ctx: Ctx): (pair: string) => string {
  const names = new Map(all<{ id: number; label: string }>(ctx.db, sql`SELECT id, CASE number WHEN '' THEN name ELSE number END AS label FROM accounts`).map((row) => [String(row.id), row.label]));
  return (pair) => pair.split('/').map((id) => names.get(id) ?? '').join(' / ');
}

interface AlikeRow {
  readonly id: number;
  readonly entry: number;
  readonly account: number;
  readonly currency: string;
  readonly amount: number;
  readonly day: string;
  readonly number: string;
  readonly reference: string;
}

/** Lines that may be booked twice. Sorted by account, currency and amount, so that only lines alike are in memory together. */
function findDuplicates(ctx: Ctx, days: Days, params: ParamsOf<'duplicates'>, manual: boolean, job: Job, found: Found): void {
  const hits = new Map<number, Item>();
  let group: AlikeRow[] = [];
  let count = 0;
  const total = sizeOf(ctx, days, {});
  const close = (): void => {
    if (group.length > 1) {
      for (const together of duplicates(group, params.days)) {
        for (const line of together) {
          const twin = together.find((other) => other.entry !== line.entry)!;
          const before = hits.get(line.entry);
          if (!before || before.amount < Math.abs(line.amount)) hits.set(line.entry, { number: line.number, entry_id: line.entry, day: line.day, line: line.id % 16_384, account: line.account, amount: Math.abs(line.amount), why: twin.number });
        }
      }
    }
    group = [];
  };
  const rows = each<AlikeRow>(
    ctx.db,
    sql`SELECT l.id, l.id >> 14 AS entry, l.account_id AS account, l.currency, l.amount, l.day, e.number, e.reference FROM entry_lines l JOIN entries e ON e.id = l.id >> 14
        WHERE l.day BETWEEN ${days.from} AND ${days.until} AND l.closing = 0 AND l.amount <> 0${params.blank ? empty : raw(" AND e.reference <> ''")}${manual ? raw(" AND e.origin = 'typed'") : empty}
        ORDER BY l.account_id, l.currency, l.amount, l.id`,
  );
  for (const row of rows) {
    const last = group[0];
    if (last && (last.account !== row.account || last.currency !== row.currency || last.amount !== row.amount)) close();
    group.push(row);
    if ((count += 1) % 5000 === 0) {
      job.check();
      job.progress(count, total);
    }
  }
  close();
  for (const item of hits.values()) found.add(item);
}

/** Numbers without an entry, in every journal of the fiscal years that the days touch. */
function findGaps(ctx: Ctx, days: Days, job: Job, found: Found): void {
  const rows = each<{ series: string; number: number }>(
    ctx.db,
    sql`SELECT rtrim(e.number, '0123456789') AS series, CAST(substr(e.number, length(rtrim(e.number, '0123456789')) + 1) AS INTEGER) AS number
        FROM entries e JOIN periods p ON p.id = e.period_id JOIN fiscal_years y ON y.id = p.year_id
        WHERE e.state <> 'draft' AND y.start_day <= ${days.until} AND y.end_day >= ${days.from} ORDER BY 1, 2`,
  );
  let count = 0;
  const total = lastEntry(ctx);
  const counted = function* (): Generator<{ series: string; number: number }> {
    for (const row of rows) {
      if ((count += 1) % 5000 === 0) {
        job.check();
        job.progress(count, total);
      }
      yield row;
    }
  };
  const name = (series: string, number: number): string => `${series}${String(number).padStart(5, '0')}`;
  for (const gap of gaps(counted())) {
    const number = gap.first === gap.last ? name(gap.series, gap.first) : `${name(gap.series, gap.first)} – ${name(gap.series, gap.last)}`;
    found.add({ number, entry_id: null, day: '', line: 0, account: null, amount: 0, why: String(gap.last - gap.first + 1) });
  }
}

/** All that the house can check about itself; what is wrong becomes an item each. */
function findBroken(ctx: Ctx, aid: Aid, job: Job, found: Found): number {
  const checked = verify(ctx, aid.known ?? null, job, verifyLedger);
  for (const { name, problems } of checked.checks) for (const problem of problems) found.add({ number: problem.slice(0, 200), entry_id: entryIn(ctx, problem), day: '', line: 0, account: null, amount: 0, why: name });
  return checked.checks.find((one) => one.name === 'ledger')?.looked_at ?? 0;
}

/** The entry that a problem of the ledger names, so that it can be opened. */
function entryIn(ctx: Ctx, problem: string): number | null {
  const number = /^entry (\S+) /.exec(problem)?.[1];
  return number === undefined ? null : (all<{ id: number }>(ctx.db, sql`SELECT id FROM entries WHERE number = ${number} AND archived IN (0, 1) LIMIT 1`)[0]?.id ?? null);
}

/** What a run has found about one test, ready to be written. */
interface Result {
  readonly given: TestRun;
  readonly hits: number;
  readonly amount: number;
  readonly items: readonly Item[];
  /** Digest of the numbers that were hit. */
  readonly digest: string;
}

function resultOf(given: TestRun, found: Found): Result {
  const items = found.kept();
  const digest = createHash('sha256');
  for (const { number } of items) digest.update(`${number}\n`);
  return { given, hits: found.count, amount: found.amount, items, digest: digest.digest('hex') };
}

/** Tests with a reading of their own. The others share the last one, but those about pairs of accounts count these first. */
const ownReading: readonly TestKey[] = ['chain', 'duplicates', 'gaps', 'pairs'];

/** One bar over all readings of a run, each with the same share of it; `on` begins the next one. */
function barOver(job: Job, readings: number): { readonly on: (what: string) => Job } {
  let begun = -1;
  return {
    on: (what) => {
      begun += 1;
      const before = begun;
      job.progress(before, readings, what);
      return { check: () => job.check(), progress: (done, total) => job.progress(total * before + done, total * readings, what) };
    },
  };
}

/** Runs tests over one state of the books; what they hit is kept afterwards. @throws Refused missing, invalid (concluded, parameters) */
export function runTests(ctx: Ctx, input: InputOf<(typeof engagementCalls)['engagement.run']>, aid: Aid): Findings<readonly TestState[]> {
  const job = aid.job!;
  const audit = openAudit(ctx, input.id);
  if (new Set(input.tests.map(({ test }) => test)).size < input.tests.length) throw new Refused('invalid', words.twice, {}, 'tests');
  const manual = input.manual === true;
  const found = new Map(input.tests.map(({ test }) => [test, new Found()]));
  const shared = input.tests.some(({ test }) => test === 'pairs' || !ownReading.includes(test));
  const bar = barOver(job, input.tests.filter(({ test }) => ownReading.includes(test)).length + (shared ? 1 : 0));
  const of = (test: TestKey): Job => bar.on(say(auditTests[test].label, ctx.language));
  const state = stateOf(ctx);
  let entries = 0;
  if (found.has('chain')) entries = findBroken(ctx, aid, of('chain'), found.get('chain')!);
  const checks = input.tests.flatMap((given): [Found, Check][] => {
    const check = checkOf(ctx, given, audit, of);
    return check ? [[found.get(given.test)!, check]] : [];
  });
  for (const given of input.tests) {
    if (given.test === 'duplicates') findDuplicates(ctx, audit, paramsOf('duplicates', given), manual, of('duplicates'), found.get('duplicates')!);
    if (given.test === 'gaps') findGaps(ctx, audit, of('gaps'), found.get('gaps')!);
  }
  if (checks.length > 0) {
    entries = 0;
    for (const entry of testedEntries(ctx, audit, { manual, makers: found.has('own') || found.has('fast') }, bar.on(''))) {
      entries += 1;
      for (const [into, check] of checks) {
        const hit = check(entry);
        if (hit) into.add({ ...hit, number: entry.number, entry_id: entry.id, day: entry.day });
      }
    }
  }
  const results = input.tests.map((given) => resultOf(given, found.get(given.test)!));
  return { keep: (now) => keepRun(now, audit, { results, manual, entries, state }, job) };
}

interface Run {
  readonly results: readonly Result[];
  readonly manual: boolean;
  /** Entries that were looked at. */
  readonly entries: number;
  readonly state: BooksState;
}

/** Keeps what a run has hit, each result with the state of the books that it is of. @throws Refused missing, invalid (concluded), conflict (days changed, a later state was kept meanwhile) */
function keepRun(ctx: Ctx, audit: Audit, { results, manual, entries, state }: Run, job: Job): readonly TestState[] {
  sameAudit(ctx, audit);
  const later = tests(ctx, audit).find((one) => one.read !== null && one.read.row > state.row && results.some(({ given }) => given.test === one.test));
  if (later) throw new Refused('conflict', words.later, { test: say(auditTests[later.test].label, ctx.language), by: later.by });
  const changes: Record<string, unknown> = { entries: [null, entries], read: [null, state] };
  for (const result of results) {
    keep(ctx, audit.id, result, job);
    const { test, ...params } = result.given;
    run(
      ctx.db,
      sql`INSERT INTO audit_runs (engagement_id, test, params, at, by_name, entries, hits, amount) VALUES (${audit.id}, ${test}, ${JSON.stringify({ ...params, ...(manual ? { manual } : {}), read: state })}, ${ctx.now}, ${ctx.user?.name ?? ''}, ${entries}, ${result.hits}, ${result.amount})
          ON CONFLICT DO UPDATE SET params = excluded.params, at = excluded.at, by_name = excluded.by_name, entries = excluded.entries, hits = excluded.hits, amount = excluded.amount`,
    );
    changes[test] = [null, { hits: result.hits, amount: result.amount, digest: result.digest }];
  }
  append(ctx, { action: 'tested', entity: engagement.name, id: audit.id, title: audit.name, changes });
  ctx.touched.add('audit_item');
  return tests(ctx, audit);
}

/** Keeps hits as items. Reviews stay; what is new is marked; what nobody has reviewed and is not hit any more goes. */
function keep(ctx: Ctx, id: number, { given: { test }, items }: Result, job: Job): void {
  run(ctx.db, sql`UPDATE audit_items SET fresh = 0, found = 0 WHERE engagement_id = ${id} AND test = ${test}`);
  items.forEach((item, at) => {
    if (at % 1000 === 0) job.check();
    run(
      ctx.db,
      sql`INSERT INTO audit_items (created_at, updated_at, engagement_id, test, number, entry_id, line, day, account_id, amount, why, fresh)
          VALUES (${ctx.now}, ${ctx.now}, ${id}, ${test}, ${item.number}, ${item.entry_id}, ${item.line === 0 ? null : item.line}, ${item.day}, ${item.account}, ${item.amount}, ${item.why.slice(0, 500)}, 1)
          ON CONFLICT DO UPDATE SET found = 1, line = excluded.line, account_id = excluded.account_id, amount = excluded.amount, why = excluded.why`,
    );
  });
  run(ctx.db, sql`DELETE FROM audit_items WHERE engagement_id = ${id} AND test = ${test} AND found = 0 AND state = 'open'`);
}
