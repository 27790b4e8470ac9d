import { join } from 'node:path';
import type { BooksState, ChartAccount, ChartPackInfo, Pattern } from '#contract/budgets/books.ts';
import { addDays, addMonths, today } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { first, run, sql } from '../../db/sql.ts';
import { insert } from '../../db/table.ts';
import { type ChartPack, chartPacks } from '../../io/chartPack.ts';
import { assetsDir } from '../../places.ts';
import { createYear, yearName } from './periods.ts';

/** Setting up the books: a chart of accounts with its tax codes, and the first fiscal year. */

const words = {
  already: w('The books are set up already: there are accounts.', 'Die Bücher sind schon eingerichtet: Es gibt Konten.'),
  unknown: w('There is no chart “{chart}”; there are {known}.', 'Einen Kontenplan „{chart}“ gibt es nicht; es gibt {known}.'),
};

let kept: readonly ChartPack[] | undefined;
const packs = (): readonly ChartPack[] => (kept ??= chartPacks(join(assetsDir(), 'charts')));

export const charts = (): readonly ChartPackInfo[] =>
  packs().map((pack) => ({
    code: pack.code,
    name: { en: pack.name.en, de: pack.name.de },
    country: pack.country,
    accounts: pack.accounts.length,
    tax_codes: pack.taxCodes.length,
    currency: pack.currency,
    year_start: pack.fiscalYear.start,
    source: pack.source,
    date: pack.date,
    note: pack.note,
  }));

/** @throws Refused when there is no such chart */
function packOf(code: string): ChartPack {
  const found = packs().find((one) => one.code === code);
  if (!found) throw new Refused('invalid', words.unknown, { chart: code, known: packs().map((one) => one.code).join(', ') }, 'chart');
  return found;
}

/** The number of the account that the chart of these books means for a use, such as `exchange_gain`; '' where it names none. */
export const chartNumber = (ctx: Ctx, use: keyof ChartPack['roles']): string => {
  const begun = first<{ chart: string }>(ctx.db, sql`SELECT chart FROM books`);
  return packs().find((one) => one.code === begun?.chart)?.roles[use] ?? '';
};

/** The accounts of a chart from the top of its tree down. */
export function chart(code: string): readonly ChartAccount[] {
  const { accounts } = packOf(code);
  const below = Map.groupBy(accounts, (one) => one.parent);
  const walk = (parent: string, depth: number): ChartAccount[] =>
    (below.get(parent) ?? []).flatMap((one) => [{ number: one.number, name: { en: one.name.en, de: one.name.de }, kind: one.kind, heading: one.group, depth }, ...walk(one.number, depth + 1)]);
  return walk('', 0);
}

export function state(ctx: Ctx): BooksState {
  const count = (table: 'accounts' | 'entries' | 'drafts'): number =>
    table === 'accounts'
      ? first<{ n: number }>(ctx.db, sql`SELECT count(*) AS n FROM accounts`)!.n
      : table === 'drafts'
        ? first<{ n: number }>(ctx.db, sql`SELECT count(*) AS n FROM entries WHERE state = 'draft'`)!.n
        : first<{ n: number }>(ctx.db, sql`SELECT ifnull(sum(next - 1), 0) AS n FROM entry_series`)!.n;
  const days = first<{ first_day: string | null; last_day: string | null }>(ctx.db, sql`SELECT (SELECT min(day) FROM entries WHERE archived = 0) AS first_day, (SELECT max(day) FROM entries WHERE archived = 0) AS last_day`)!;
  const begun = first<{ chart: string; year_start: string; pattern: Pattern }>(ctx.db, sql`SELECT chart, year_start, pattern FROM books`);
  return {
    chart: begun?.chart ?? '',
    accounts: count('accounts'),
    entries: count('entries'),
    drafts: count('drafts'),
    first_day: days.first_day ?? '',
    last_day: days.last_day ?? '',
    year_start: begun?.year_start ?? '',
    pattern: begun?.pattern ?? '',
    tax_codes: first<{ n: number }>(ctx.db, sql`SELECT count(*) AS n FROM tax_codes WHERE archived = 0`)!.n,
  };
}

/** Brings a chart. @throws Refused when there are accounts, or no such chart */
export function setUp(ctx: Ctx, input: { chart: string; year_start?: string | undefined; pattern?: Pattern | undefined }): BooksState {
  if (first(ctx.db, sql`SELECT 1 FROM accounts`)) throw new Refused('invalid', words.already, {}, 'chart');
  const pack = packOf(input.chart);
  const day = today(new Date(ctx.now));
  const start = input.year_start ?? thisYear(day, pack.fiscalYear.start);
  const pattern = input.pattern ?? 'months';
  run(ctx.db, sql`INSERT INTO books (id, chart, year_start, pattern) VALUES (1, ${pack.code}, ${start}, ${pattern}) ON CONFLICT (id) DO UPDATE SET chart = excluded.chart, year_start = excluded.year_start, pattern = excluded.pattern`);
  bring(ctx, pack);
  const end = addDays(addMonths(start, 12), -1);
  if (!first(ctx.db, sql`SELECT 1 FROM fiscal_years WHERE start_day <= ${end} AND end_day >= ${start}`)) createYear(ctx, { name: yearName(start, end), start_day: start, end_day: end, pattern });
  append(ctx, { action: 'chart', entity: 'account', id: null, title: pack.name[ctx.language], changes: { chart: ['', pack.code], accounts: [0, pack.accounts.length] } });
  return state(ctx);
}

/** The first day of the year that today falls into, for years that begin on `monthDay`. */
function thisYear(day: string, monthDay: string): string {
  const start = `${day.slice(0, 4)}-${monthDay}`;
  return start > day ? addMonths(start, -12) : start;
}

function bring(ctx: Ctx, pack: ChartPack): void {
  const account = entityNamed('account');
  const ids = new Map<string, number>();
  const role = new Map(Object.entries(pack.roles).map(([key, number]) => [number, key]));
  for (const one of pack.accounts) {
    const name = ctx.language === 'de' ? one.name.de : one.name.en;
    const { id } = insert(ctx, account, {
      number: one.number,
      name,
      parent_id: one.parent === '' ? null : (ids.get(one.parent) ?? null),
      kind: one.kind,
      role: one.role || (role.get(one.number) === 'retained_earnings' ? 'retained_earnings' : ''),
      heading: one.group,
      cash_flow: one.cashFlow === 'none' ? '' : one.cashFlow,
    });
    ids.set(one.number, id);
  }
  const tax = entityNamed('tax_code');
  for (const one of pack.taxCodes) {
    insert(ctx, tax, {
      code: one.code,
      name: one.name[ctx.language],
      kind: one.kind,
      rate_ppm: one.ratePpm,
      output_account_id: ids.get(one.outputAccount) ?? null,
      input_account_id: ids.get(one.inputAccount) ?? null,
      from_day: one.fromDay,
      until_day: one.untilDay,
      boxes: [one.box.output, one.box.input].filter((box) => box !== '').join('; '),
    });
  }
}
