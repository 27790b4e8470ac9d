import type { Closing } from '#contract/budgets/books.ts';
import { fiscalYear } from '#contract/budgets/period.ts';
import type { Named, Written } from '#contract/kit/call.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, run, sql } from '../../db/sql.ts';
import { postEntry, reverseStored } from './entry.ts';
import { lineSpan, type PostedLine } from './posted.ts';

/** Closing a fiscal year and opening it again. */

const words = {
  stale: w('Somebody else has changed this year meanwhile; reload to see how it stands.', 'Inzwischen hat jemand anders dieses Jahr geändert; bitte neu laden.'),
  closed: w('The fiscal year {name} is closed already.', 'Das Geschäftsjahr {name} ist schon abgeschlossen.'),
  open: w('The fiscal year {name} is not closed.', 'Das Geschäftsjahr {name} ist nicht abgeschlossen.'),
  drafts: w('{count} drafts of {name} are not posted. Post or discard them first.', '{count} Entwürfe aus {name} sind nicht gebucht. Bitte zuerst buchen oder verwerfen.'),
  earlier: w('{name} comes before and is still open. Close it first.', '{name} liegt davor und ist noch offen. Bitte zuerst abschließen.'),
  later: w('{name} comes after and is closed. Reopen it first.', '{name} liegt danach und ist abgeschlossen. Bitte zuerst öffnen.'),
  account: w('No account is set for retained earnings. Give one account that use, or name it.', 'Für den Gewinnvortrag ist kein Konto bestimmt. Bitte einem Konto diese Verwendung geben oder eines nennen.'),
  equity: w('The result is carried to an equity account that takes lines.', 'Das Ergebnis geht auf ein Eigenkapitalkonto, das Buchungen aufnimmt.'),
  narration: w('Closing of {name}', 'Abschluss {name}'),
};

interface Year {
  readonly id: number;
  readonly version: number;
  readonly name: string;
  readonly start_day: string;
  readonly end_day: string;
  readonly state: string;
}

function yearOf(ctx: Ctx, id: number, version?: number): Year {
  const found = first<Year>(ctx.db, sql`SELECT id, version, name, start_day, end_day, state FROM fiscal_years WHERE id = ${id}`);
  if (!found) throw new Refused('missing', refusals.missing, { what: fiscalYear.label[ctx.language], id });
  if (version !== undefined && found.version !== version) throw new Refused('conflict', words.stale);
  return found;
}

const retainedOf = (ctx: Ctx): number | undefined => first<{ id: number }>(ctx.db, sql`SELECT id FROM accounts WHERE role = 'retained_earnings' AND heading = 0 AND archived = 0 ORDER BY id`)?.id;

function retained(ctx: Ctx, wanted: number | undefined): number {
  const found = wanted ?? retainedOf(ctx);
  if (found === undefined) throw new Refused('invalid', words.account, {}, 'account_id');
  const account = first<{ kind: string; heading: number }>(ctx.db, sql`SELECT kind, heading FROM accounts WHERE id = ${found}`);
  if (account?.kind !== 'equity' || account.heading === 1) throw new Refused('invalid', words.equity, {}, 'account_id');
  return found;
}

const drafts = (ctx: Ctx, year: Year): number => first<{ n: number }>(ctx.db, sql`SELECT count(*) AS n FROM entries WHERE state = 'draft' AND day BETWEEN ${year.start_day} AND ${year.end_day}`)!.n;

/** What stands on income and expense accounts at the end of a year, in each currency. */
const carried = (ctx: Ctx, year: Year): readonly { account_id: number; currency: string; amount: number; quantity: number }[] =>
  all<{ account_id: number; currency: string; amount: number; quantity: number }>(
    ctx.db,
    sql`SELECT b.account_id, b.currency, sum(b.debit - b.credit) AS amount, sum(b.quantity) AS quantity FROM balances b JOIN accounts a ON a.id = b.account_id JOIN periods p ON p.id = b.period_id
        WHERE b.dimension = '' AND b.value_id = 0 AND a.kind IN ('income', 'expense') AND p.end_day <= ${year.end_day} GROUP BY b.account_id, b.currency HAVING amount <> 0 OR quantity <> 0`,
  );

const closingEntry = (ctx: Ctx, year: Year): { id: number; number: string; total: number } | undefined =>
  first(ctx.db, sql`SELECT id, number, total FROM entries WHERE archived = 0 AND day = ${year.end_day} AND journal = 'closing' AND state = 'posted' AND origin = 'year end' ORDER BY id DESC LIMIT 1`);

/** What closing would do and what stands in the way; of a closed year what it did. */
export function closing(ctx: Ctx, input: { id: number }): Closing {
  const year = yearOf(ctx, input.id);
  const entry = year.state === 'closed' ? closingEntry(ctx, year) : undefined;
  const named = (row: { id: number; title: string; subtitle: string } | undefined): Named | null => (row ? { ...row, archived: false } : null);
  const years = (where: 'earlier' | 'later'): Named[] =>
    all<{ id: number; title: string; subtitle: string }>(
      ctx.db,
      where === 'earlier'
        ? sql`SELECT id, name AS title, start_day AS subtitle FROM fiscal_years WHERE start_day < ${year.start_day} AND state = 'open' ORDER BY start_day LIMIT 20`
        : sql`SELECT id, name AS title, start_day AS subtitle FROM fiscal_years WHERE start_day > ${year.start_day} AND state = 'closed' ORDER BY start_day LIMIT 20`,
    ).map((row) => ({ ...row, archived: false }));
  const lines = entry ? all<{ account_id: number; amount: number; kind: string }>(ctx.db, sql`SELECT l.account_id, l.amount, a.kind FROM entry_lines l JOIN accounts a ON a.id = l.account_id WHERE l.id BETWEEN ${entry.id * lineSpan} AND ${(entry.id + 1) * lineSpan - 1}`) : [];
  const moved = entry ? lines.filter((line) => line.kind === 'income' || line.kind === 'expense').map((line) => ({ ...line, amount: -line.amount })) : carried(ctx, year);
  const target = entry ? lines.find((line) => line.kind === 'equity')?.account_id : retainedOf(ctx);
  return {
    result: -moved.reduce((sum, line) => sum + line.amount, 0) || 0,
    accounts: new Set(moved.map((line) => line.account_id)).size,
    account: named(target === undefined ? undefined : first(ctx.db, sql`SELECT id, name AS title, number AS subtitle FROM accounts WHERE id = ${target}`)),
    drafts: drafts(ctx, year),
    earlier: years('earlier'),
    later: years('later'),
    entry: entry ? { id: entry.id, title: entry.number, subtitle: year.end_day, archived: false } : null,
  };
}

const bare = { party_id: null, department_id: null, place_id: null, project_id: null, tax_code_id: null, text: '' };

/**
 * Closes a year: one entry turns every income and expense account to zero, in each currency, and carries the result to retained earnings;
 * all its periods are closed. Years close in order. @throws Refused
 */
export function closeYear(ctx: Ctx, input: { id: number; version: number; account_id?: number | undefined }): Written & { readonly entry_id: number | null; readonly result: number } {
  const year = yearOf(ctx, input.id, input.version);
  if (year.state === 'closed') throw new Refused('invalid', words.closed, { name: year.name });
  const earlier = first<{ name: string }>(ctx.db, sql`SELECT name FROM fiscal_years WHERE start_day < ${year.start_day} AND state = 'open' ORDER BY start_day LIMIT 1`);
  if (earlier) throw new Refused('invalid', words.earlier, { name: earlier.name });
  const left = drafts(ctx, year);
  if (left > 0) throw new Refused('invalid', words.drafts, { count: left, name: year.name });
  const sums = carried(ctx, year);
  const result = -sums.reduce((sum, one) => sum + one.amount, 0) || 0;
  let entryId: number | null = null;
  if (sums.length > 0) {
    const lines: PostedLine[] = sums.map((one) => ({ ...bare, account_id: one.account_id, amount: -one.amount || 0, currency: one.currency, quantity: -one.quantity || 0 }));
    lines.push({ ...bare, account_id: retained(ctx, input.account_id), amount: -result || 0, currency: '', quantity: 0 });
    const narration = words.narration[ctx.language].replace('{name}', year.name);
    entryId = postEntry(ctx, { day: year.end_day, journal: 'closing', narration, reference: '', lines, origin: 'year end', closing: true }, { intoHard: true }).id;
  }
  run(ctx.db, sql`INSERT OR REPLACE INTO periods_at_close (period_id, state) SELECT id, state FROM periods WHERE year_id = ${year.id}`);
  run(ctx.db, sql`UPDATE periods SET state = 'hard', version = version + 1, updated_at = ${ctx.now} WHERE year_id = ${year.id} AND state <> 'hard'`);
  run(ctx.db, sql`UPDATE fiscal_years SET state = 'closed', version = version + 1, updated_at = ${ctx.now} WHERE id = ${year.id}`);
  append(ctx, { action: 'closed', entity: 'fiscal_year', id: year.id, title: year.name, changes: { state: ['open', 'closed'], result: [null, result] } });
  ctx.touched.add('period');
  return { id: year.id, version: year.version + 1, entry_id: entryId, result };
}

/** Opens the last closed year again: its closing entry is reversed on the same day, and its periods are as open or closed as they were, so that the year stands as before. @throws Refused */
export function reopenYear(ctx: Ctx, input: { id: number; version: number; reason: string }): Written {
  const year = yearOf(ctx, input.id, input.version);
  if (year.state !== 'closed') throw new Refused('invalid', words.open, { name: year.name });
  const later = first<{ name: string }>(ctx.db, sql`SELECT name FROM fiscal_years WHERE start_day > ${year.start_day} AND state = 'closed' ORDER BY start_day LIMIT 1`);
  if (later) throw new Refused('invalid', words.later, { name: later.name });
  const entry = closingEntry(ctx, year);
  if (entry) reverseStored(ctx, { ...entry, journal: 'closing' }, year.end_day, input.reason, true);
  // Years that were closed before this was kept have nothing to go back to: they are opened whole.
  run(ctx.db, sql`UPDATE periods SET state = ifnull((SELECT c.state FROM periods_at_close c WHERE c.period_id = periods.id), 'open'), version = version + 1, updated_at = ${ctx.now} WHERE year_id = ${year.id}`);
  run(ctx.db, sql`DELETE FROM periods_at_close WHERE period_id IN (SELECT id FROM periods WHERE year_id = ${year.id})`);
  run(ctx.db, sql`UPDATE fiscal_years SET state = 'open', version = version + 1, updated_at = ${ctx.now} WHERE id = ${year.id}`);
  append(ctx, { action: 'reopened', entity: 'fiscal_year', id: year.id, title: year.name, changes: { state: ['closed', 'open'], reason: ['', input.reason] } });
  ctx.touched.add('period');
  return { id: year.id, version: year.version + 1 };
}
