import { entities } from '#contract/calls.ts';
import type { Named } from '#contract/kit/call.ts';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { isRight, type NameOf, show } from '../parts/fields/show.ts';
import { instant, number } from '../parts/format.ts';
import { listPage, namesById } from '../parts/record/asked.ts';
import { type Paper, type PaperColumn, sharesOf } from '../parts/report/paper.ts';
import { fetchCall } from '../query.ts';
import { sessionNow } from '../state/session.ts';
import { language, t, words } from '../t.ts';
import type { ListNow } from './open.ts';

/** A list on paper. 2,000 rows are some 60 sheets; whoever needs more wants a file, and the dialog says so. */
export const mostRows = 2000;

const pageSize = 1000;

/** Columns that the role may see, in the order of the list; the first ones of the entity when the list named none. */
export function printed(entity: Entity, fields: readonly string[] | undefined, sees: readonly string[]): readonly [string, Field][] {
  return (fields ?? entity.list).flatMap((key) => {
    const field = entity.fields[key];
    return field && (field.sensitive === undefined || sees.includes(field.sensitive)) ? [[key, field] as [string, Field]] : [];
  });
}

/** Rows of the list from its beginning, page by page, until there are `most` or no more. */
async function rowsOf(now: ListNow, most: number, told: (count: number) => void): Promise<{ readonly rows: readonly AnyRow[]; readonly more: boolean }> {
  const rows: AnyRow[] = [];
  let after: readonly [string | number, number] | null = null;
  do {
    const input = { ...now.list, limit: Math.min(pageSize, most - rows.length), ...(after ? { after: [after[0], after[1]] as [string | number, number] } : {}) };
    const page: Awaited<ReturnType<typeof listPage>> = await listPage(now.entity, input);
    rows.push(...page.rows);
    after = page.next;
    told(rows.length);
  } while (after && rows.length < most);
  return { rows, more: after !== null };
}

/** Titles of all that the rows point to, asked in bulk. */
async function namesFor(fields: readonly [string, Field][], rows: readonly AnyRow[]): Promise<NameOf> {
  const known = new Map<string, Map<number, Named>>();
  for (const [key, field] of fields) {
    if (field.kind !== 'ref' || !field.to) continue;
    const names = known.get(field.to) ?? new Map<number, Named>();
    known.set(field.to, names);
    const ids = [...new Set(rows.map((row) => row[key]).filter((id): id is number => typeof id === 'number' && !names.has(id)))];
    for (let from = 0; from < ids.length; from += pageSize) for (const one of await namesById(field.to, ids.slice(from, from + pageSize))) names.set(one.id, one);
  }
  return (entity, id) => known.get(entity)?.get(id);
}

/** The list as a report: firm, title, filters in words, as at, rows, and how many more there are. */
export async function listPaper(now: ListNow, options: { readonly landscape: boolean; readonly told?: (count: number) => void }): Promise<Paper> {
  const entity = entities[now.entity];
  if (!entity) throw new Error(`There is no entity named ${now.entity}.`);
  const fields = printed(entity, now.fields, sessionNow()?.rights.sees ?? []);
  const company = await fetchCall('company.get', {});
  const { rows, more } = await rowsOf(now, mostRows, options.told ?? (() => undefined));
  const nameOf = await namesFor(fields, rows);
  const shown = number(rows.length);
  const cells = rows.map((row) => fields.map(([key, field]) => show(field, row[key], row, nameOf, company.currency)));
  const columns: readonly PaperColumn[] = fields.map(([key, field]) => ({ key, label: words(field.label), ...(isRight(field) ? { align: 'end' as const } : {}) }));
  const shares = sharesOf(columns, cells);
  return {
    firm: company.name,
    title: now.title ?? words(entity.plural),
    asAt: t('transfer.print.asAt', { when: instant(Date.now()) }),
    filters: now.filters ?? [],
    columns: columns.map((column, at) => ({ ...column, share: shares[at] ?? 1 })),
    lines: cells.map((one) => ({ kind: 'line', cells: one })),
    notes: [more ? (now.count === undefined ? t('transfer.print.cut', { n: shown }) : t('transfer.print.cutOf', { n: shown, all: number(now.count) })) : t('transfer.print.rows', { count: rows.length, n: shown })],
    landscape: options.landscape,
    language: language(),
    pageWords: [t('transfer.print.pageBefore'), t('transfer.print.pageBetween'), t('transfer.print.pageAfter')],
  };
}
