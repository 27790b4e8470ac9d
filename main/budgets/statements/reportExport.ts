import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { InputOf } from '#contract/kit/call.ts';
import type { reportCalls } from '#contract/budgets/report.ts';
import { Refused } from '#contract/kit/failure.ts';
import { decimalText, exponentOf, plain } from '#contract/kit/money.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { beside } from '../../db/disk.ts';
import { type Cell, csvWriter } from '../../io/csv.ts';
import { type SheetColumn, writeXlsx } from '../../io/xlsxWrite.ts';

/** A statement as a file: what was shown, with amounts as numbers. Written beside the target, which it replaces when it is whole. */

type Input = InputOf<(typeof reportCalls)['report.export']>;

const words = {
  target: w('The file cannot be written there: {reason}.', 'Die Datei lässt sich dort nicht schreiben: {reason}.'),
};

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
  const path = resolve(input.target);
  const temp = beside(path);
  const rows = input.rows.map((row) => input.columns.map(({ kind }, at) => cellOf(row[at] ?? null, kind, input.currency)));
  job.check();
  try {
    if (input.format === 'xlsx') writeXlsx(temp, input.columns.map((column) => columnOf(column, input.currency)), rows, { sheet: input.sheet.slice(0, 31) });
    else writeCsv(temp, input.columns.map((column) => column.title), rows);
    const file = openSync(temp, 'r+');
    fsyncSync(file);
    closeSync(file);
    renameSync(temp, path);
    return { rows: rows.length, bytes: statSync(path).size, path };
  } catch (error) {
    rmSync(temp, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['EACCES', 'EPERM', 'ENOENT', 'EROFS', 'ENOSPC', 'EISDIR', 'ENOTDIR'].includes(code)) throw new Refused('invalid', words.target, { reason: code }, 'target');
    throw error;
  }
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
