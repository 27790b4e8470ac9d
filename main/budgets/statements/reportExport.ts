import { closeSync, openSync } from 'node:fs';
import type { InputOf } from '#contract/kit/call.ts';
import type { reportCalls } from '#contract/budgets/report.ts';
import { decimalText, exponentOf, plain } from '#contract/kit/money.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { writeTarget } from '../../db/target.ts';
import { type Cell, csvWriter } from '../../io/csv.ts';
import { type SheetColumn, writeXlsx } from '../../io/xlsxWrite.ts';

/** A statement as a file: what was shown, with amounts as numbers. Written beside the target, which it replaces when it is whole. */

type Input = InputOf<(typeof reportCalls)['report.export']>;

/** Minor units become a decimal number, tenths of a percent a percentage; everything else stays as it is. */
export function cellOf(value: Input['rows'][number][number], kind: Input['columns'][number]['kind'], currency: string): Cell {
  if (value !== null && typeof value === 'object') return { plain: decimalText(value.count, value.digits) };
  if (typeof value !== 'number') return value;
  if (kind === 'money') return { plain: plain(value, currency) };
  return kind === 'tenths' ? { plain: `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 10)}.${Math.abs(value) % 10}` } : value;
}

function columnOf({ title, kind }: Input['columns'][number], currency: string): SheetColumn {
  if (kind === 'money') return { title, kind: 'number', digits: exponentOf(currency), width: Math.max(14, title.length + 2) };
  if (kind === 'tenths') return { title, kind: 'number', digits: 1, width: 10 };
  return kind === 'day' ? { title, kind: 'day', width: 12 } : { title, kind: 'text', width: 36 };
}

/** Writes the file. @throws Refused invalid (target) */
export function exportReport(_ctx: Ctx, input: Input, job: Job): { rows: number; bytes: number; path: string } {
  const rows = input.rows.map((row) => input.columns.map(({ kind }, at) => cellOf(row[at] ?? null, kind, input.currency)));
  job.check();
  const { bytes, path } = writeTarget(input.target, (file) => {
    if (input.format === 'xlsx') writeXlsx(file, input.columns.map((column) => columnOf(column, input.currency)), rows, { sheet: input.sheet.slice(0, 31) });
    else writeCsv(file, input.columns.map((column) => column.title), rows);
  });
  return { rows: rows.length, bytes, path };
}

function writeCsv(path: string, titles: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const fd = openSync(path, 'wx');
  try {
    const writer = csvWriter(fd);
    writer.row(titles);
    for (const row of rows) writer.row(row);
    writer.end();
  } finally {
    closeSync(fd);
  }
}
