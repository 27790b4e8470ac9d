import { coverages, type Coverage, type designCalls, type DesignedStatement, type DesignRow, designRowsSchema, statementDesign } from '#contract/budgets/design.ts';
import type { InputOf } from '#contract/kit/call.ts';
import type { AnyDraft } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { room } from '../../db/room.ts';
import { first, sql } from '../../db/sql.ts';
import { textAt } from '../../db/values.ts';
import { chartOf } from '../accounts/balances.ts';
import { prepare } from './designRows.ts';
import { runDesign } from './designRun.ts';

/** Designs of own statements as records, and their statements. */

const words = {
  json: w('The rows are no list of rows in JSON: {why}', 'Die Zeilen sind keine Liste von Zeilen in JSON: {why}'),
  row: w('Row {row}: {message}', 'Zeile {row}: {message}'),
  named: w('There is no own statement “{name}”.', 'Eine eigene Auswertung „{name}“ gibt es nicht.'),
};

/** Rows as a design keeps them; an empty text has none. @throws Refused invalid (rows) */
export function rowsOf(text: string): readonly DesignRow[] {
  if (text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refused('invalid', words.json, { why: error instanceof Error ? error.message.slice(0, 200) : '' }, 'rows');
  }
  const found = designRowsSchema.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Refused('invalid', words.json, { why: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.slice(0, 200) }, 'rows');
}

/** What is kept is what was read, without blanks around it; rows that no figure can come of are refused. */
function complete(ctx: Ctx, values: AnyDraft): AnyDraft {
  if (!('rows' in values)) return values;
  const rows = rowsOf(textAt(values, 'rows'));
  const [wrong] = prepare(rows, chartOf(ctx.db), ctx.language).problems.filter((one) => one.grave);
  if (wrong) throw new Refused('invalid', words.row, { row: rows[wrong.row]?.code || wrong.row + 1, message: wrong.message }, 'rows');
  return { ...values, rows: JSON.stringify(rows) };
}

export const designRoom = room(statementDesign, { complete });

interface Kept {
  readonly name: string;
  readonly covers: string;
  readonly rows: string;
}

type Input = InputOf<(typeof designCalls)['report.design']>;

const coverOf = (text: string): Coverage => coverages.find((one) => one.value === text)?.value ?? '';

/** The statement of a design that is kept, or of the rows given. @throws Refused missing */
export function reportDesign(ctx: Ctx, { design, ...input }: Input): DesignedStatement {
  if ('rows' in design) return runDesign(ctx, design, input);
  const kept = first<Kept>(ctx.db, 'id' in design ? sql`SELECT name, covers, rows FROM statement_designs WHERE id = ${design.id}` : sql`SELECT name, covers, rows FROM statement_designs WHERE name = ${design.name} AND name <> ''`);
  if (!kept) throw 'id' in design ? new Refused('missing', refusals.missing, { what: statementDesign.label[ctx.language], id: design.id }) : new Refused('missing', words.named, { name: design.name });
  return runDesign(ctx, { title: kept.name, covers: coverOf(kept.covers), rows: rowsOf(kept.rows) }, input);
}
