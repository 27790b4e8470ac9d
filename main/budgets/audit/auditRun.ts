import { auditTests, type ParamsOf, type TestKey, type TestRun } from '#contract/budgets/auditTest.ts';
import { engagement, type engagementCalls, type TestState } from '#contract/budgets/engagement.ts';
import type { InputOf } from '#contract/kit/call.ts';
import { isDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { createHash } from 'node:crypto';
import { verify } from '../../company/backup.ts';
import { append } from '../../db/audit.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { all, each, empty, raw, run, sql } from '../../db/sql.ts';
import type { Aid } from '../../handlers.ts';
import { type Days, meetsOf, postsOf, testedEntries, usesOf } from './auditLedger.ts';
import { aroundEnd, atRest, backDated, belowLimit, type Check, duplicates, fastPosting, gaps, type Hit, largeAmounts, outsideHours, ownPosting, rarePairs, roundAmounts, seldomPoster, seldomUsed, unexplained, withWords } from './auditTests.ts';
import { openAudit, tests } from './engagement.ts';
import { verifyLedger } from './ledgerCheck.ts';

/** Running tests of journal entries: all that look at one entry after the other in one reading of the books, the others each in one of its own. */

const words = {
  holiday: w('“{day}” is no day (YYYY-MM-DD).', '„{day}“ ist kein Tag (JJJJ-MM-TT).'),
  twice: w('A test was named twice.', 'Ein Test wurde zweimal genannt.'),
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
function checkOf(ctx: Ctx, given: TestRun, days: Days, job: Job): Check | null {
  switch (given.test) {
    case 'round':
      return roundAmounts(paramsOf('round', given));
    case 'rest': {
      const params = paramsOf('rest', given);
      const wrong = params.holidays.find((day) => !isDay(day));
      if (wrong !== undefined) throw new Refused('invalid', words.holiday, { day: wrong }, 'holidays');
      return atRest(params);
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
      return aroundEnd(paramsOf('close', given), days.until);
    case 'pairs':
      return rarePairs(paramsOf('pairs', given), meetsOf(ctx, days, job), pairNames(ctx));
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
      job.progress(count, 0);
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
  const counted = function* (): Generator<{ series: string; number: number }> {
    for (const row of rows) {
      if ((count += 1) % 5000 === 0) job.check();
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
  const checked = verify(ctx, aid.headsDir ?? '', job, verifyLedger);
  for (const { name, problems } of checked.checks) for (const problem of problems) found.add({ number: problem.slice(0, 200), entry_id: entryIn(ctx, problem), day: '', line: 0, account: null, amount: 0, why: name });
  return checked.checks.find((one) => one.name === 'ledger')?.looked_at ?? 0;
}

/** The entry that a problem of the ledger names, so that it can be opened. */
function entryIn(ctx: Ctx, problem: string): number | null {
  const number = /^entry (\S+) /.exec(problem)?.[1];
  return number === undefined ? null : (all<{ id: number }>(ctx.db, sql`SELECT id FROM entries WHERE number = ${number} AND archived IN (0, 1) LIMIT 1`)[0]?.id ?? null);
}

/** Runs tests and keeps what they hit. @throws Refused missing, invalid (concluded, parameters) */
export function runTests(ctx: Ctx, input: InputOf<(typeof engagementCalls)['engagement.run']>, aid: Aid): readonly TestState[] {
  const job = aid.job!;
  const audit = openAudit(ctx, input.id);
  if (new Set(input.tests.map(({ test }) => test)).size < input.tests.length) throw new Refused('invalid', words.twice, {}, 'tests');
  const manual = input.manual === true;
  const found = new Map(input.tests.map(({ test }) => [test, new Found()]));
  let entries = 0;
  if (found.has('chain')) entries = findBroken(ctx, aid, job, found.get('chain')!);
  const checks = input.tests.flatMap((given): [Found, Check][] => {
    const check = checkOf(ctx, given, audit, job);
    return check ? [[found.get(given.test)!, check]] : [];
  });
  for (const given of input.tests) {
    if (given.test === 'duplicates') findDuplicates(ctx, audit, paramsOf('duplicates', given), manual, job, found.get('duplicates')!);
    if (given.test === 'gaps') findGaps(ctx, audit, job, found.get('gaps')!);
  }
  if (checks.length > 0) {
    entries = 0;
    for (const entry of testedEntries(ctx, audit, { manual, makers: found.has('own') || found.has('fast') }, job)) {
      entries += 1;
      for (const [into, check] of checks) {
        const hit = check(entry);
        if (hit) into.add({ ...hit, number: entry.number, entry_id: entry.id, day: entry.day });
      }
    }
  }
  const changes: Record<string, unknown> = { entries: [null, entries] };
  for (const given of input.tests) {
    const of = found.get(given.test)!;
    changes[given.test] = [null, { hits: of.count, amount: of.amount, digest: keep(ctx, input.id, given, manual, of, entries) }];
  }
  append(ctx, { action: 'tested', entity: engagement.name, id: audit.id, title: audit.name, changes });
  ctx.touched.add('audit_item');
  return tests(ctx, input);
}

/** Keeps hits as items. Reviews stay; what is new is marked; what nobody has reviewed and is not hit any more goes. Gives the digest of what was hit. */
function keep(ctx: Ctx, id: number, { test, ...params }: TestRun, manual: boolean, found: Found, entries: number): string {
  run(ctx.db, sql`UPDATE audit_items SET fresh = 0, found = 0 WHERE engagement_id = ${id} AND test = ${test}`);
  const digest = createHash('sha256');
  for (const item of found.kept()) {
    digest.update(`${item.number}\n`);
    run(
      ctx.db,
      sql`INSERT INTO audit_items (created_at, updated_at, engagement_id, test, number, entry_id, line, day, account_id, amount, why, fresh)
          VALUES (${ctx.now}, ${ctx.now}, ${id}, ${test}, ${item.number}, ${item.entry_id}, ${item.line === 0 ? null : item.line}, ${item.day}, ${item.account}, ${item.amount}, ${item.why.slice(0, 500)}, 1)
          ON CONFLICT DO UPDATE SET found = 1, line = excluded.line, account_id = excluded.account_id, amount = excluded.amount, why = excluded.why`,
    );
  }
  run(ctx.db, sql`DELETE FROM audit_items WHERE engagement_id = ${id} AND test = ${test} AND found = 0 AND state = 'open'`);
  run(
    ctx.db,
    sql`INSERT INTO audit_runs (engagement_id, test, params, at, by_name, entries, hits, amount) VALUES (${id}, ${test}, ${JSON.stringify({ ...params, ...(manual ? { manual } : {}) })}, ${ctx.now}, ${ctx.user?.name ?? ''}, ${entries}, ${found.count}, ${found.amount})
        ON CONFLICT DO UPDATE SET params = excluded.params, at = excluded.at, by_name = excluded.by_name, entries = excluded.entries, hits = excluded.hits, amount = excluded.amount`,
  );
  return digest.digest('hex');
}
