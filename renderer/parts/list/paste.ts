import type { AnyRow } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { t, words } from '../../t.ts';
import { read } from '../fields/read.ts';
import { currencyOf } from '../fields/show.ts';
import { namesLike } from '../record/asked.ts';
import type { Column } from './columns.ts';
import type { Box } from './pick.ts';

/** More rows than this are an import, which has its own wizard with a dry run. */
export const mostPasted = 1000;

export interface Pasted {
  readonly changes: readonly { readonly row: AnyRow; readonly patch: Readonly<Record<string, unknown>> }[];
  readonly problems: readonly string[];
}

/** A single copied cell fills the whole selected range; anything else keeps its own shape. */
export function shape(cells: readonly (readonly string[])[], box: Box): readonly (readonly string[])[] {
  const only = cells.length === 1 && cells[0]?.length === 1 ? (cells[0][0] ?? '') : undefined;
  if (only === undefined) return cells;
  return Array.from({ length: box.bottom - box.top + 1 }, () => Array.from({ length: box.right - box.left + 1 }, () => only));
}

/** Reads pasted cells into changes of rows. A cell that cannot be read is told and leaves its field as it was. */
export async function readPasted(cells: readonly (readonly string[])[], rows: readonly AnyRow[], columns: readonly Column[], company: string): Promise<Pasted> {
  const problems: string[] = [];
  const changes: { row: AnyRow; patch: Record<string, unknown> }[] = [];
  const known = new Map<string, number | null>();
  for (const [at, row] of rows.entries()) {
    const patch: Record<string, unknown> = {};
    for (const [col, { key, field }] of columns.entries()) {
      const typed = cells[at]?.[col];
      if (typed === undefined || field.derived) continue;
      const got = field.kind === 'ref' && typed.trim() !== '' ? await readRef(field, typed.trim(), known) : read(field, typed, currencyOf(field, row, company));
      if ('problem' in got) problems.push(t('parts.list.pasteProblem', { row: at + 1, field: words(field.label), problem: got.problem }));
      else patch[key] = got.value;
    }
    if (Object.keys(patch).length > 0) changes.push({ row, patch });
  }
  return { changes, problems };
}

/** A pasted title or number means a record only when exactly one has it. */
async function readRef(field: Field, typed: string, known: Map<string, number | null>): Promise<{ readonly value: unknown } | { readonly problem: string }> {
  const to = field.to ?? '';
  const key = `${to} ${typed}`;
  if (!known.has(key)) {
    const found = await namesLike(to, typed, 50);
    const exact = found.filter((one) => one.title === typed || one.subtitle === typed);
    known.set(key, exact.length === 1 && exact[0] ? exact[0].id : null);
  }
  const id = known.get(key);
  return id ? { value: id } : { problem: t('parts.fields.noSuch', { text: typed }) };
}
