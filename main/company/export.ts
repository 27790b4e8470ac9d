import { closeSync, openSync } from 'node:fs';
import { reaches } from '#contract/kit/access.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { exponentOf, plain } from '#contract/kit/money.ts';
import type { ListInput } from '#contract/kit/schema.ts';
import { w } from '#contract/kit/words.ts';
import type { Format } from '#contract/company/transfer.ts';
import type { Ctx, Job } from '../db/context.ts';
import { entityNamed } from '../db/entities.ts';
import { count, walk } from '../db/list.ts';
import { first, sql } from '../db/sql.ts';
import { writeTarget } from '../db/target.ts';
import { sees, visible } from '../db/values.ts';
import { type Cell, csvWriter } from '../io/csv.ts';
import { type SheetColumn, writeXlsx } from '../io/xlsxWrite.ts';
import { writeCards } from './cards.ts';
import { writeEvents } from './events.ts';

/**
 * Exports of any list: one row at a time into a file beside the target, which takes its place when it is whole. Headers are the keys of the
 * fields, and references are written by their number, so that what goes out can come back in.
 */

const words = {
  format: w('{what} cannot be written as {format}.', '{what} lassen sich nicht als {format} schreiben.'),
};

interface Input {
  readonly entity: string;
  readonly format: Format;
  readonly target: string;
  readonly list?: ListInput | undefined;
  readonly fields?: readonly string[] | undefined;
}

/** Writes the file. @throws Refused denied, invalid (format, field, target) */
export function exportList(ctx: Ctx, input: Input, job: Job): { rows: number; bytes: number; path: string } {
  const of = entityNamed(input.entity);
  if (!reaches(ctx.rights.access[of.area], 'read')) throw new Refused('denied', refusals.denied);
  const fields = visible(of, ctx.rights).filter(([key]) => !input.fields || input.fields.includes(key));
  const list = input.list ?? {};
  const total = count(ctx, of, list);
  const rows = counted(walk(ctx, of, list), total, job);
  const { written, ...file } = writeTarget(input.target, (path) => write(ctx, of, fields, input.format, rows, path));
  return { rows: written, ...file };
}

function* counted(rows: IterableIterator<AnyRow>, total: number, job: Job): IterableIterator<AnyRow> {
  let done = 0;
  for (const row of rows) {
    if (done % 500 === 0) job.check();
    done += 1;
    job.progress(done, total);
    yield row;
  }
}

function write(ctx: Ctx, of: Entity, fields: readonly [string, Field][], format: Format, rows: IterableIterator<AnyRow>, path: string): number {
  if (format === 'vcard' && of.name === 'party') return writeCards(path, rows);
  if (format === 'ical' && of.name === 'event') return writeEvents(path, rows);
  if (format === 'vcard' || format === 'ical') throw new Refused('invalid', words.format, { what: of.plural[ctx.language], format }, 'format');
  const number = referenceNumbers(ctx);
  const currency = first<{ currency: string }>(ctx.db, sql`SELECT currency FROM company`)?.currency ?? 'EUR';
  const cell = ([key, field]: [string, Field], row: AnyRow): Cell => (field.kind === 'time' && format === 'xlsx' ? sheetTime(row[key]) : cellOf(field, row[key], number, row, currency));
  if (format === 'xlsx') return writeXlsx(path, fields.map(([key, field]) => columnOf(key, field, currency)), each(rows, (row) => fields.map((field) => cell(field, row)))).rows;
  const fd = openSync(path, 'wx');
  try {
    const writer = csvWriter(fd);
    writer.row(fields.map(([key]) => key));
    let written = 0;
    for (const row of rows) {
      writer.row(fields.map((field) => cell(field, row)));
      written += 1;
    }
    writer.end();
    return written;
  } finally {
    closeSync(fd);
  }
}

function* each<A, B>(rows: Iterable<A>, turn: (row: A) => B): IterableIterator<B> {
  for (const row of rows) yield turn(row);
}

function columnOf(key: string, field: Field, currency: string): SheetColumn {
  const width = Math.max(key.length + 2, Math.min(60, Math.round((field.width ?? 130) / 7)));
  switch (field.kind) {
    case 'day':
      return { title: key, kind: 'day', width };
    case 'time':
      return { title: key, kind: 'time', width: 18 };
    case 'whole':
      return { title: key, kind: 'number', digits: 0, width };
    case 'decimal':
      return { title: key, kind: 'number', digits: field.scale ?? 0, width };
    case 'money':
      return { title: key, kind: 'number', digits: exponentOf(currency), width };
    case 'flag':
      return { title: key, kind: 'flag', width };
    case 'text':
    case 'longtext':
    case 'choice':
    case 'choices':
    case 'tags':
    case 'ref':
      return { title: key, kind: 'text', width };
  }
}

function cellOf(field: Field, value: unknown, number: (to: string, id: number) => string, row: AnyRow, currency: string): Cell {
  if (value === null || value === undefined || value === '') return null;
  switch (field.kind) {
    case 'choices':
    case 'tags':
      return (value as readonly string[]).join(', ');
    case 'ref':
      return number(field.to!, value as number);
    case 'decimal':
      return { plain: scaledText(value as number, field.scale ?? 0) };
    case 'money':
      return { plain: plain(value as number, typeof row[field.currency ?? ''] === 'string' ? (row[field.currency!] as string) : currency) };
    case 'time':
      return timeText(value as number);
    case 'text':
    case 'longtext':
    case 'day':
    case 'choice':
    case 'whole':
    case 'flag':
      return value as string | number | boolean;
  }
}

/** A time as a spreadsheet reckons with it; one of before March 1900, or of none of our years, as text. */
const sheetTime = (value: unknown): Cell => (typeof value !== 'number' || (value >= Date.UTC(1900, 2, 2) && value < Date.UTC(9999, 11, 31)) ? (value as Cell) : timeText(value));

/** Instants of before there was a limit to them may lie where no calendar reaches. */
const timeText = (value: number): string => (Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : String(value));

const scaledText = (value: number, scale: number): string => {
  const text = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${text.slice(0, text.length - scale)}${scale > 0 ? `.${text.slice(-scale)}` : ''}`;
};

/** How a reference is written: the recognising number of the record when it has one, else "#" and its id; so too where the role may read neither. */
function referenceNumbers(ctx: Ctx): (to: string, id: number) => string {
  const known = new Map<string, string>();
  const statements = new Map<string, ReturnType<Ctx['db']['prepare']>>();
  return (to, id) => {
    const key = `${to} ${id}`;
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const of = entityNamed(to);
    const told = of.keys?.[0] ?? of.title;
    if (!reaches(ctx.rights.access[of.area], 'read') || !sees(ctx.rights, of.fields[told]!)) return `#${id}`;
    let statement = statements.get(to);
    if (!statement) statements.set(to, (statement = ctx.db.prepare(`SELECT "${told}" AS number FROM "${of.table}" WHERE id = ?`)));
    const found = (statement.get(id) as { number: unknown } | undefined)?.number;
    const text = typeof found === 'string' && found !== '' ? found : `#${id}`;
    if (known.size > 100_000) known.clear();
    known.set(key, text);
    return text;
  };
}
