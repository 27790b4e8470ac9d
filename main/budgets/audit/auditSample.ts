import { randomInt } from 'node:crypto';
import { auditSample, type Draw, samplingMethods } from '#contract/budgets/engagement.ts';
import { Refused } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { all, run, sql } from '../../db/sql.ts';
import type { Aid, Findings } from '../../handlers.ts';
import { writing } from '../accounts/writing.ts';
import { type Days, type PopulationLine, populationOf, sizeOf, stateOf } from './auditLedger.ts';
import { openAudit, sameAudit } from './engagement.ts';
import { baseOf } from '../journal/lines.ts';
import { lineSpan } from '../journal/posted.ts';
import { monetaryInterval, monetaryUnitSample, randomSample, stratifiedSample, systematicSample } from './sampling.ts';

/** Samples of posted lines: drawn in one reading, kept with their seed and what they were drawn from. */

const words = {
  size: w('How many lines are to be drawn?', 'Wie viele Zeilen sollen gezogen werden?'),
  interval: w('Give the interval, or the tolerable misstatement with the confidence.', 'Bitte das Intervall angeben, oder den tolerierbaren Fehler mit der Sicherheit.'),
  bounds: w('Give the amounts at which strata begin.', 'Bitte die Beträge angeben, bei denen Schichten beginnen.'),
  many: w('This draws {count} lines; at most {most} are kept. Take a larger interval.', 'Das zieht {count} Zeilen; höchstens {most} werden behalten. Bitte ein größeres Intervall wählen.'),
  debit: w('debits', 'Soll'),
  credit: w('credits', 'Haben'),
  both: w('debits and credits', 'Soll und Haben'),
  from: w('from {amount}', 'ab {amount}'),
  accounts: w('accounts {accounts}', 'Konten {accounts}'),
  stratum: w('from {from}: {drawn} of {population}', 'ab {from}: {drawn} von {population}'),
  none: w('There are no such lines within the days of this audit: nothing can be drawn.', 'Innerhalb der Tage dieser Prüfung gibt es keine solchen Zeilen: Es lässt sich nichts ziehen.'),
  hits: w('{hits} hits', '{hits} Treffer'),
  state: w('read up to {entry}, row {row} of the audit log', 'gelesen bis {entry}, Zeile {row} des Prüfprotokolls'),
};
const mostDrawn = 10_000;

interface Picked {
  readonly line: PopulationLine;
  readonly why: string;
}

interface Drawn {
  readonly picked: readonly Picked[];
  readonly interval: number | null;
  readonly start: number | null;
  /** What is worth saying about it, such as the strata. */
  readonly notes: readonly string[];
}

const unitsOf = ({ amount }: PopulationLine): number => Math.abs(amount);
const bare = (line: PopulationLine): Picked => ({ line, why: '' });
const needed = (size: number | undefined): number => {
  if (size === undefined) throw new Refused('invalid', words.size, {}, 'size');
  return size;
};

function drawFrom(ctx: Ctx, input: Draw, seed: number, population: () => Iterable<PopulationLine>, count: () => number, base: string): Drawn {
  switch (input.method) {
    case 'random':
      return { picked: randomSample(population(), needed(input.size), seed).map(bare), interval: null, start: null, notes: [] };
    case 'systematic': {
      const size = needed(input.size);
      const of = count();
      const { picked, start } = systematicSample(population(), of, size, seed);
      return { picked: picked.map(bare), interval: null, start, notes: [`${Math.min(size, of)}/${of}`] };
    }
    case 'monetary': {
      const interval = input.interval ?? (input.tolerable === undefined ? undefined : monetaryInterval(input.tolerable, (input.confidence ?? 95) / 100));
      if (interval === undefined) throw new Refused('invalid', words.interval, {}, 'interval');
      const { picked, start } = monetaryUnitSample(population(), unitsOf, interval, seed);
      return { picked: picked.map(({ item, hits }) => ({ line: item, why: hits > 1 ? say(words.hits, ctx.language, { hits }) : '' })), interval, start, notes: [] };
    }
    case 'stratified': {
      if (!input.bounds) throw new Refused('invalid', words.bounds, {}, 'bounds');
      const writes = writing(ctx);
      const strata = stratifiedSample(population(), unitsOf, input.bounds, needed(input.size), seed);
      const name = (from: number): string => say(words.from, ctx.language, { amount: writes.amount(from, base) });
      return {
        picked: strata.flatMap(({ from, picked }) => picked.map((line) => ({ line, why: name(from) }))),
        interval: null,
        start: null,
        notes: strata.map(({ from, population: of, picked }) => say(words.stratum, ctx.language, { from: writes.amount(from, base), drawn: writes.count(picked.length), population: writes.count(of) })),
      };
    }
  }
}

/** What it is drawn from, in words. */
function describe(ctx: Ctx, input: Draw, audit: Days, base: string, notes: readonly string[]): string {
  const writes = writing(ctx);
  const accounts = input.accounts?.length ? all<{ label: string }>(ctx.db, sql`SELECT CASE number WHEN '' THEN name ELSE number END AS label FROM accounts WHERE id IN (SELECT value FROM json_each(${JSON.stringify(input.accounts)})) ORDER BY number, name`).map((row) => row.label) : [];
  return [
    `${writes.day(audit.from)} – ${writes.day(audit.until)}`,
    say(words[input.side ?? 'both'], ctx.language),
    ...(accounts.length > 0 ? [say(words.accounts, ctx.language, { accounts: accounts.join(', ') })] : []),
    ...(input.least ? [say(words.from, ctx.language, { amount: `${writes.amount(input.least, base)} ${base}` })] : []),
    ...notes,
  ].join('; ').slice(0, 1000);
}

/** Draws a sample from one state of the books and keeps it. @throws Refused missing, invalid (concluded, too little said, too many drawn) */
export function draw(ctx: Ctx, input: Draw, aid: Aid): Findings<{ readonly id: number; readonly drawn: number; readonly seed: number }> {
  const job: Job = aid.job!;
  const audit = openAudit(ctx, input.id);
  const base = baseOf(ctx);
  const seed = input.seed ?? randomInt(2 ** 32 - 1);
  let [population, sum] = [0, 0];
  const lines = function* (): Generator<PopulationLine> {
    [population, sum] = [0, 0];
    for (const line of populationOf(ctx, audit, input, job)) {
      population += 1;
      sum += unitsOf(line);
      yield line;
    }
  };
  const { picked, interval, start, notes } = drawFrom(ctx, input, seed, lines, () => sizeOf(ctx, audit, input), base);
  if (population === 0) throw new Refused('invalid', words.none);
  if (picked.length > mostDrawn) throw new Refused('invalid', words.many, { count: picked.length, most: mostDrawn }, 'interval');
  const { id: _id, name, seed: _seed, ...recipe } = input;
  const read = stateOf(ctx);
  const numbers = ctx.db.prepare<[number], string>('SELECT number FROM entries WHERE id = ?').pluck();
  const numbered = picked.map(({ line, why }) => {
    const entry = Math.floor(line.id / lineSpan);
    return { line, why, entry, number: numbers.get(entry) };
  });
  const drawn = picked.reduce((total, one) => total + unitsOf(one.line), 0);
  const parameters = describe(ctx, input, audit, base, [...notes, ...(read.entry === '' ? [] : [say(words.state, ctx.language, { entry: read.entry, row: writing(ctx).count(read.row) })])]);
  const keep = (now: Ctx): { readonly id: number; readonly drawn: number; readonly seed: number } => {
    sameAudit(now, audit);
    const { id } = run(
      now.db,
      sql`INSERT INTO audit_samples (created_at, updated_at, engagement_id, name, method, seed, parameters, recipe, population, population_amount, interval, start, drawn, drawn_amount, drawn_at, drawn_by)
          VALUES (${now.now}, ${now.now}, ${audit.id}, ${name}, ${input.method}, ${seed}, ${parameters}, ${JSON.stringify({ ...recipe, read })}, ${population}, ${sum}, ${interval}, ${start}, ${picked.length}, ${drawn}, ${now.now}, ${now.user?.name ?? ''})`,
    );
    for (const { line, why, entry, number } of numbered) {
      run(
        now.db,
        sql`INSERT INTO audit_items (created_at, updated_at, engagement_id, test, sample_id, number, entry_id, line, day, account_id, amount, why)
            VALUES (${now.now}, ${now.now}, ${audit.id}, 'sample', ${id}, ${number}, ${entry}, ${line.id % lineSpan}, ${line.day}, ${line.account_id}, ${unitsOf(line)}, ${why})`,
      );
    }
    append(now, { action: 'created', entity: auditSample.name, id, title: name, changes: { method: ['', samplingMethods.find((one) => one.value === input.method)!.value], seed: [null, seed], recipe: [null, { ...recipe, read }], population: [0, population], population_amount: [0, sum], drawn: [0, picked.length] } });
    now.touched.add('audit_item');
    return { id, drawn: picked.length, seed };
  };
  return { keep };
}
