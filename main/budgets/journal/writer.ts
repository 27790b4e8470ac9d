import type { Journal } from '#contract/budgets/entry.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import type { Connection } from '../../db/open.ts';
import { first, sql } from '../../db/sql.ts';
import { revaluations } from '../accounts/balances.ts';
import { calendar, type Period } from '../accounts/periods.ts';
import { type EntryRows, entryRows } from './entryRows.ts';
import { lineSpan, sealOf, type ToPost } from './posted.ts';
import { addBalances, type MovedSums, openTally } from '../accounts/tally.ts';

/** The only place that writes posted entries: one or a million, with numbers, seals and kept balances, in the caller's transaction. */

export interface Posted {
  readonly id: number;
  readonly number: string;
  readonly seal: string;
}

export interface Writer {
  /** Accounts that hold cash: what entries with one of them move on others is the direct cash flow. */
  readonly cash: Set<number>;
  /** Writes a posted entry, or makes the draft `draftId` one. The lines must balance and their accounts take lines: callers check. @throws Refused for a closed period, or too many lines */
  write(entry: ToPost, draftId?: number): Posted;
  /** Ends the batch: balances and number series go into their tables. Until then nothing may be read from these. */
  finish(): void;
}

const codes: Readonly<Record<Journal, string>> = { general: 'GJ', sales: 'SJ', purchase: 'PJ', bank: 'BJ', cash: 'CJ', payroll: 'PR', stock: 'ST', assets: 'AJ', exchange: 'EX', opening: 'OB', closing: 'CL' };

const words = {
  hard: w('The period {name} is closed. Choose another date, or have it opened.', 'Die Periode {name} ist geschlossen. Bitte anderes Datum wählen oder öffnen lassen.'),
  soft: w('The period {name} is closed for now. Posting into it takes the right to approve and a reason.', 'Die Periode {name} ist vorläufig geschlossen. Hinein bucht nur, wer freigeben darf, mit Begründung.'),
  many: w('An entry has at most {most} lines; this one has {count}. Please split it.', 'Eine Buchung hat höchstens {most} Zeilen; diese hat {count}. Bitte aufteilen.'),
  sums: w('The amounts are too large to be summed exactly.', 'Die Beträge sind zu groß, um genau summiert zu werden.'),
};

/** What a batch of entries leaves behind: their rows, and at its end the balances and the next number of each series. */
export interface EntryStore {
  readonly rows: EntryRows;
  readonly balances: (moved: readonly MovedSums[]) => void;
  readonly series: (next: readonly NextNumber[]) => void;
}

export interface NextNumber {
  readonly journal: Journal;
  readonly year: number;
  readonly next: number;
}

/** The tables of the books. */
function tablesOf(db: Connection, rows: EntryRows): EntryStore {
  return {
    rows,
    balances: (moved) => addBalances(db, moved),
    series: (next) => keepNumbers(db, next),
  };
}

/** Keeps the next number of each series. */
export function keepNumbers(db: Connection, series: readonly NextNumber[]): void {
  const keep = db.prepare('INSERT INTO entry_series (journal, year_id, next) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next');
  for (const one of series) keep.run(one.journal, one.year, one.next);
}

export interface WriterOptions {
  /** Adds the fiscal year of a day that none holds. */
  readonly makeYear?: (day: string) => void;
  /** The user gave a reason and may approve: soft-closed periods take entries. */
  readonly intoSoft?: boolean;
  /** Where everything goes; into the tables of the books unless told otherwise. */
  readonly store?: EntryStore;
  /** The year end itself writes into the last period whatever its state. */
  readonly intoHard?: boolean;
}

/** Whether an entry is a revaluation, or takes one back. */
const revalues = (db: Connection, { origin, reverses_id }: ToPost): boolean =>
  origin === 'revaluation' || (reverses_id != null && first(db, sql`${revaluations} SELECT 1 FROM revaluations WHERE id = ${reverses_id}`) !== undefined);

export function openWriter(ctx: Ctx, options: WriterOptions = {}): Writer {
  const { db } = ctx;
  const periodOf = calendar(db, options.makeYear);
  const tally = openTally(db);
  const cash = new Set((db.prepare("SELECT id FROM accounts WHERE cash_flow = 'cash' OR role IN ('bank', 'cash')").all() as { id: number }[]).map((row) => row.id));
  const series = new Map<string, { next: number; readonly journal: Journal; readonly year: number; readonly prefix: string }>();
  const by = ctx.user?.name ?? '';
  const store = options.store ?? tablesOf(db, entryRows(db, ctx.now, by));
  const { rows } = store;

  function numberFor(journal: Journal, period: Period): string {
    const key = `${journal} ${period.year_id}`;
    let one = series.get(key);
    if (!one) {
      const name = first<{ name: string }>(db, sql`SELECT name FROM fiscal_years WHERE id = ${period.year_id}`)!.name;
      const next = first<{ next: number }>(db, sql`SELECT next FROM entry_series WHERE journal = ${journal} AND year_id = ${period.year_id}`)?.next ?? 1;
      series.set(key, (one = { next, journal, year: period.year_id, prefix: `${codes[journal]}-${name}-` }));
    }
    const number = `${one.prefix}${String(one.next).padStart(5, '0')}`;
    one.next += 1;
    return number;
  }

  function checkOpen(period: Period): void {
    if (period.state === 'hard' && options.intoHard !== true) throw new Refused('invalid', words.hard, { name: period.name }, 'day');
    if (period.state === 'soft' && options.intoSoft !== true && options.intoHard !== true) throw new Refused('invalid', words.soft, { name: period.name }, 'day');
  }

  return {
    cash,
    write: (entry, draftId) => {
      // One line more would have the id of a line of the next entry.
      if (entry.lines.length >= lineSpan) throw new Refused('invalid', words.many, { most: lineSpan - 1, count: entry.lines.length }, 'lines');
      const period = periodOf(entry.day);
      checkOpen(period);
      let total = 0;
      let withCash = false;
      for (const line of entry.lines) {
        if (line.amount > 0) total += line.amount;
        if (cash.has(line.account_id)) withCash = true;
      }
      if (!Number.isSafeInteger(total)) throw new Refused('invalid', words.sums);
      const number = numberFor(entry.journal, period);
      const seal = sealOf(number, entry, ctx.now, by);
      const id = draftId === undefined ? rows.add(entry, { number, total, period: period.id, seal }) : rows.post(draftId, entry, { number, total, period: period.id, seal });
      const closing = entry.closing === true;
      const exchange = revalues(db, entry);
      for (const line of entry.lines) tally.add(line, period.id, closing, withCash, exchange);
      return { id, number, seal };
    },
    finish: () => {
      rows.flush();
      store.balances(tally.take());
      store.series([...series.values()].map(({ journal, year, next }) => ({ journal, year, next })));
      series.clear();
      ctx.touched.add('entry');
    },
  };
}
