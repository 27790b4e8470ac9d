import { basename } from 'node:path';
import type { RatesImported } from '#contract/budgets/currency.ts';
import { isDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { all, sql } from '../../db/sql.ts';
import { readCsv, sniffFile } from '../../io/csv.ts';
import { divide } from '../finance/allocate.ts';
import { baseOf } from '../journal/lines.ts';

/**
 * Rates of central banks, one day a row and one currency a column, each cell the units of that currency that one euro buys, as the European Central
 * Bank publishes them (eurofxref.csv and eurofxref-hist.csv: "Date,USD,JPY,…", "N/A" or nothing where there is none).
 */

const words = {
  form: w('“{file}” has no columns “Date” and currencies, as the file of the European Central Bank has.', '„{file}“ hat keine Spalten „Date“ und Währungen, wie sie die Datei der Europäischen Zentralbank hat.'),
  base: w('“{file}” has no rates of {base}, the currency of the company.', '„{file}“ hat keine Kurse für {base}, die Währung der Firma.'),
};

/** An exact decimal: units over 10^scale. Null for what is no positive number. */
function quoteOf(text: string): { readonly units: bigint; readonly scale: number } | null {
  const found = /^(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!found) return null;
  const units = BigInt(`${found[1]}${found[2] ?? ''}`);
  return units > 0n ? { units, scale: (found[2] ?? '').length } : null;
}

const one = { units: 1n, scale: 0 };

/** Value of one unit of `quote` in the currency that `own` is the quote of, times 10^9, halves away from zero. */
const nanoOf = (own: { units: bigint; scale: number }, quote: { units: bigint; scale: number }): number => Number(divide(own.units * 10n ** BigInt(9 + quote.scale), quote.units * 10n ** BigInt(own.scale), 'half_up'));

/** The day of a cell: 2026-03-14, or 14 March 2026 as the file of a single day has it. */
function dayOf(text: string): string {
  const trimmed = text.trim();
  if (isDay(trimmed)) return trimmed;
  const at = /^\d{1,2} [A-Z][a-z]+ \d{4}$/.test(trimmed) ? Date.parse(`${trimmed} UTC`) : Number.NaN;
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10);
}

/** Adds the rates of a file, of the currencies asked for or of those that the books know (all where they know none); a currency and day that have a rate keep it. @throws Refused when it is no such file */
export function importRates(ctx: Ctx, input: { readonly source: string; readonly currencies?: readonly string[] | undefined; readonly from?: string | undefined }, job: Job): RatesImported {
  const base = baseOf(ctx);
  const file = basename(input.source);
  const wanted = new Set(input.currencies ?? all<{ code: string }>(ctx.db, sql`SELECT code FROM commodities WHERE archived = 0 UNION SELECT currency FROM rates`).map((row) => row.code));
  wanted.delete(base);
  const known = new Set(all<{ key: string }>(ctx.db, sql`SELECT currency || ' ' || day AS key FROM rates WHERE archived = 0`).map((row) => row.key));
  const add = ctx.db.prepare('INSERT INTO rates (created_at, updated_at, day, currency, rate_nano, source) VALUES (?, ?, ?, ?, ?, ?)');
  let heads: readonly string[] | null = null;
  const counted = { added: 0, known: 0, first_day: '', last_day: '' };
  const row = (cells: readonly string[]): void => {
    if (!heads) {
      heads = cells.map((cell) => cell.trim());
      if (heads[0]?.toLowerCase() !== 'date' || !heads.slice(1).some((head) => /^[A-Z]{3}$/.test(head))) throw new Refused('invalid', words.form, { file }, 'source');
      if (base !== 'EUR' && !heads.includes(base)) throw new Refused('invalid', words.base, { file, base }, 'source');
      return;
    }
    const day = dayOf(cells[0] ?? '');
    if (day === '' || day < (input.from ?? '')) return;
    const own = base === 'EUR' ? one : quoteOf(cells[heads.indexOf(base)] ?? '');
    if (!own) return;
    const quotes = [['EUR', one] as const, ...heads.slice(1).map((head, at) => [head, quoteOf(cells[at + 1] ?? '')] as const)];
    for (const [currency, quote] of quotes) {
      if (!quote || currency === base || (wanted.size > 0 && !wanted.has(currency))) continue;
      if (known.has(`${currency} ${day}`)) {
        counted.known += 1;
        continue;
      }
      const nano = nanoOf(own, quote);
      if (nano <= 0 || !Number.isSafeInteger(nano)) continue;
      add.run(ctx.now, ctx.now, day, currency, nano, file.slice(0, 200));
      known.add(`${currency} ${day}`);
      counted.added += 1;
      if (counted.first_day === '' || day < counted.first_day) counted.first_day = day;
      if (day > counted.last_day) counted.last_day = day;
      if (counted.added % 1000 === 0) job.check();
    }
  };
  const sniffed = sniffFile(input.source);
  readCsv(input.source, { encoding: sniffed.encoding, delimiter: ',' }, (_row, cells) => row(cells));
  if (!heads) throw new Refused('invalid', words.form, { file }, 'source');
  if (counted.added > 0) append(ctx, { action: 'imported', entity: 'rate', id: null, title: file, changes: { count: counted.added, first_day: ['', counted.first_day], last_day: ['', counted.last_day] } });
  ctx.touched.add('rate');
  return counted;
}
