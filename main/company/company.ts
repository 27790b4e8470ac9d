import { entities } from '#contract/calls.ts';
import { reaches } from '#contract/kit/access.ts';
import type { BackupState, Company, Series } from '#contract/company/company.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { type Language, w } from '#contract/kit/words.ts';
import { append } from '../db/audit.ts';
import type { Ctx } from '../db/context.ts';
import { schemaVersion } from '../db/migrate.ts';
import { all, first, join, name, run, sql } from '../db/sql.ts';

/** Facts about the firm, its number series, and what each user has arranged. */

interface Stored {
  readonly uuid: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
  readonly language: Language;
  readonly idle_minutes: number;
  readonly demo: number;
}

const stored = (ctx: Ctx): Stored => first<Stored>(ctx.db, sql`SELECT uuid, name, currency, country, language, idle_minutes, demo FROM company`)!;

/** The open company; `backup` tells how the newest backup compares with now. */
export function getCompany(ctx: Ctx, backup: BackupState): Company {
  const { uuid, demo, ...facts } = stored(ctx);
  return { id: uuid, ...facts, folder: ctx.folder, demo: demo === 1, schema: schemaVersion(ctx.db), backup };
}

export function updateCompany(ctx: Ctx, input: { [K in 'name' | 'currency' | 'country' | 'language' | 'idle_minutes']?: string | number | undefined }): null {
  const before: Readonly<Record<string, unknown>> = { ...stored(ctx) };
  const changed = Object.entries(input).filter(([key, value]) => value !== undefined && value !== before[key]);
  if (changed.length === 0) return null;
  run(ctx.db, sql`UPDATE company SET ${join(changed.map(([key, value]) => sql`${name(key)} = ${value}`))}`);
  append(ctx, { action: 'changed', entity: 'company', id: 1, title: String(before['name']), changes: Object.fromEntries(changed.map(([key, value]) => [key, [before[key], value]])) });
  return null;
}

/** How many live records there are of each kind that the user may read. */
export function counts(ctx: Ctx): Readonly<Record<string, number>> {
  const readable = Object.values(entities).filter((of) => reaches(ctx.rights.access[of.area], 'read'));
  return Object.fromEntries(readable.map((of) => [of.name, first<{ n: number }>(ctx.db, sql`SELECT count(*) AS n FROM ${name(of.table)} WHERE archived = 0`)!.n]));
}

export const series = (ctx: Ctx): readonly Series[] => all<Series>(ctx.db, sql`SELECT id, name, prefix, next, digits FROM sequences ORDER BY name`);

const backwards = w('The next number is {next}; a series only goes up, so that no number comes twice.', 'Die nächste Nummer ist {next}; eine Reihe geht nur aufwärts, damit keine Nummer zweimal kommt.');

export function updateSeries(ctx: Ctx, input: { id: number; prefix?: string | undefined; next?: number | undefined; digits?: number | undefined }): null {
  const before = first<Series>(ctx.db, sql`SELECT id, name, prefix, next, digits FROM sequences WHERE id = ${input.id}`);
  if (!before) throw new Refused('missing', refusals.missing, { what: 'series', id: input.id });
  if (input.next !== undefined && input.next < before.next) throw new Refused('invalid', backwards, { next: before.next }, 'next');
  const next = { prefix: input.prefix ?? before.prefix, next: input.next ?? before.next, digits: input.digits ?? before.digits };
  run(ctx.db, sql`UPDATE sequences SET prefix = ${next.prefix}, next = ${next.next}, digits = ${next.digits} WHERE id = ${input.id}`);
  append(ctx, { action: 'changed', entity: 'sequence', id: input.id, title: before.name, changes: { prefix: [before.prefix, next.prefix], next: [before.next, next.next], digits: [before.digits, next.digits] } });
  return null;
}

export const preferences = (ctx: Ctx): Readonly<Record<string, unknown>> =>
  Object.fromEntries(all<{ key: string; value: string }>(ctx.db, sql`SELECT key, value FROM preferences WHERE user_id = ${ctx.user?.id ?? 0} ORDER BY key`).map((row) => [row.key, JSON.parse(row.value) as unknown]));

const tooLarge = w('This arrangement is too large to be kept.', 'Diese Anordnung ist zu groß zum Merken.');

/** Remembers an arrangement. Not logged: it changes no record, and a column's width is nobody's evidence. */
export function setPreference(ctx: Ctx, input: { key: string; value: unknown }): null {
  const value = JSON.stringify(input.value);
  if (value.length > 100_000) throw new Refused('invalid', tooLarge, {}, 'value');
  run(ctx.db, sql`INSERT INTO preferences (user_id, key, value) VALUES (${ctx.user?.id ?? 0}, ${input.key}, ${value}) ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value`);
  return null;
}
