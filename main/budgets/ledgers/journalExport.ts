import type { InputOf } from '#contract/kit/call.ts';
import type { bookCalls } from '#contract/budgets/books.ts';
import { decimalText, exponentOf, plain } from '#contract/kit/money.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { all, each, sql } from '../../db/sql.ts';
import { writePieces, writeTarget } from '../../db/target.ts';
import { csvRow } from '../../io/csv.ts';
import { chartOf } from '../accounts/balances.ts';
import { type ExportForm, type ExportRange, type ExportRow, oneLine } from './exportForm.ts';
import { fecForm } from './fecExport.ts';
import { hledgerCode, hledgerComment, hledgerNames } from './hledgerText.ts';
import { baseOf } from '../journal/lines.ts';
import { lineSpan } from '../journal/posted.ts';
import { digitsOf } from '../accounts/rates.ts';
import { saftForm } from './saftExport.ts';

/** Writes all posted entries into a file that other programs read, in flat memory. */

const words = {
  format: w('Bureau cannot write {format} yet.', 'Bureau kann {format} noch nicht schreiben.'),
};

/** Writes the file. @throws Refused invalid (format, target) */
export function exportJournal(ctx: Ctx, input: InputOf<(typeof bookCalls)['journal.export']>, job: Job): { entries: number; lines: number } {
  const form = formOf(ctx, input.format, input);
  const counted = { entries: 0, lines: 0 };
  function* pieces(): Generator<string> {
    let text = form.begin();
    let last = 0;
    for (const row of rowsOf(ctx, input, form.byJournal === true)) {
      const fresh = row.entry_id !== last;
      last = row.entry_id;
      text += form.row(row, fresh);
      counted.lines += 1;
      if (fresh) counted.entries += 1;
      if (text.length <= 1 << 18) continue;
      job.check();
      job.progress(counted.entries, counted.entries);
      yield text;
      text = '';
    }
    yield text + form.end();
  }
  writeTarget(input.target, (file) => writePieces(file, pieces()));
  return counted;
}

/** Lines of posted entries in the order of their days, or journal by journal: then one reading each, so that nothing has to be sorted. */
function* rowsOf(ctx: Ctx, range: ExportRange, byJournal: boolean): Generator<ExportRow> {
  const journals: readonly (string | null)[] = byJournal ? all<{ journal: string }>(ctx.db, sql`SELECT DISTINCT journal FROM entries WHERE state <> 'draft' ORDER BY journal`).map(({ journal }) => journal) : [null];
  for (const journal of journals) {
    yield* each<ExportRow>(
      ctx.db,
      sql`SELECT e.id AS entry_id, e.number, e.day, e.narration, e.reference, e.journal, e.period_id, e.posted_at, e.posted_by, l.id & 16383 AS line, l.account_id, l.amount, l.currency, l.quantity, l.party_id, l.tax_code_id, l.text
          FROM entries e CROSS JOIN entry_lines l ON l.id BETWEEN e.id * 16384 AND e.id * 16384 + 16383
          WHERE e.archived = 0 AND e.day BETWEEN ${range.from ?? ''} AND ${range.to ?? '9999-12-31'} AND (${journal} IS NULL OR e.journal = ${journal}) ORDER BY e.day, e.id, l.id`,
    );
  }
}

/** All posted entries of some days as the text of a file, in pieces. */
export function* journalText(ctx: Ctx, format: string, range: ExportRange): Generator<string> {
  const form = formOf(ctx, format, range);
  yield form.begin();
  let last = 0;
  for (const row of rowsOf(ctx, range, form.byJournal === true)) {
    yield form.row(row, row.entry_id !== last);
    last = row.entry_id;
  }
  yield form.end();
}

/** The tags of a line as hledger reads them: a dimension with its value, or a free tag. Nothing is asked where no line has any. */
function tagWriter(ctx: Ctx): (row: ExportRow) => readonly string[] {
  if (all(ctx.db, sql`SELECT 1 FROM entry_line_tags LIMIT 1`).length === 0) return () => [];
  const key = (name: string): string => oneLine(name).replace(/[\s:,]+/g, '-');
  const written = new Map(all<{ id: number; name: string; parent: string | null }>(ctx.db, sql`SELECT t.id, t.name, p.name AS parent FROM own_tags t LEFT JOIN own_tags p ON p.id = t.parent_id`).map((one) => [one.id, one.parent === null ? `${key(one.name)}:` : `${key(one.parent)}:${oneLine(one.name)}`]));
  return (row) => all<{ tag_id: number }>(ctx.db, sql`SELECT tag_id FROM entry_line_tags WHERE line_id = ${row.entry_id * lineSpan + row.line}`).map(({ tag_id }) => written.get(tag_id)!);
}

function formOf(ctx: Ctx, format: string, range: ExportRange): ExportForm {
  if (format === 'saft') return saftForm(ctx, range);
  if (format === 'fec') return fecForm(ctx, range);
  const base = baseOf(ctx);
  const chart = chartOf(ctx.db);
  const paths = new Map(chart.map((one) => [one.id, one.path]));
  const numbers = new Map(chart.map((one) => [one.id, one.number]));
  const digits = new Map<string, number>();
  const places = (code: string): number => {
    if (!digits.has(code)) digits.set(code, digitsOf(ctx.db, code));
    return digits.get(code)!;
  };
  if (format === 'hledger') {
    const types: Readonly<Record<string, string>> = { asset: 'A', liability: 'L', equity: 'E', income: 'R', expense: 'X' };
    const sign = (code: string): string => (/^[\p{L}$£€¥]+$/u.test(code) ? code : `"${code}"`);
    const tags = tagWriter(ctx);
    const names = hledgerNames(chart);
    const zero = exponentOf(base) > 0 ? `1000.${'0'.repeat(exponentOf(base))}` : '1000.';
    return {
      begin: () => `; Written by Bureau.\ndecimal-mark .\ncommodity ${zero} ${base}\n\n${chart.map((one) => `account ${names.get(one.id)!}${types[one.kind] ? `  ; type:${one.cash_flow === 'cash' && one.kind === 'asset' ? 'C' : types[one.kind]}` : ''}\n`).join('')}`,
      row: (row, fresh) => {
        const head = fresh ? `\n${row.day} * (${hledgerCode(row.reference) || row.number}) ${oneLine(row.narration).replaceAll(';', ',')}`.trimEnd() + '\n' : '';
        const value = plain(row.amount, base);
        const amount = row.currency === '' || (row.quantity === 0 && row.amount !== 0) ? `${value} ${base}` : `${decimalText(row.quantity, places(row.currency))} ${sign(row.currency)} @@ ${plain(Math.abs(row.amount), base)} ${base}`;
        // A comment that was imported may hold its tags already.
        const text = hledgerComment(row.text);
        const comment = [...(text === '' ? [] : [text]), ...tags(row).filter((tag) => !text.includes(tag))].join(', ');
        return `${head}    ${names.get(row.account_id)!}  ${amount}${comment === '' ? '' : `  ; ${comment}`}\n`;
      },
      end: () => '',
    };
  }
  if (format === 'csv') {
    return {
      begin: () => 'txn,date,ref,narration,line,code,account,debit,credit,currency,quantity\r\n',
      row: (row) =>
        csvRow([
          row.number, row.day, row.reference, oneLine(row.narration), row.line, { plain: numbers.get(row.account_id)! }, paths.get(row.account_id)!, row.amount > 0 ? { plain: plain(row.amount, base) } : '', row.amount < 0 ? { plain: plain(-row.amount, base) } : '',
          row.currency || base, row.currency === '' ? '' : { plain: decimalText(row.quantity, places(row.currency)) },
        ]),
      end: () => '',
    };
  }
  throw new Refused('invalid', words.format, { format }, 'format');
}
