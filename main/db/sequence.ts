import type { Entity } from '#contract/kit/entity.ts';
import type { Connection } from './open.ts';
import { first, name, run, sql } from './sql.ts';

/**
 * Number series. A number is drawn inside the transaction that uses it: when that is undone, so is the drawing, and no gap stays.
 */

/** Makes sure a series exists; the first number is 1 with 5 digits unless told. */
export function ensureSequence(db: Connection, series: string, prefix: string, digits = 5): void {
  run(db, sql`INSERT INTO sequences (name, prefix, next, digits) VALUES (${series}, ${prefix}, 1, ${digits}) ON CONFLICT (name) DO NOTHING`);
}

/** Draws the next number of a series, such as "P-00042". @throws Error when the series does not exist. */
export function drawNumber(db: Connection, series: string): string {
  const drawn = first<{ prefix: string; number: number; digits: number }>(db, sql`UPDATE sequences SET next = next + 1 WHERE name = ${series} RETURNING prefix, next - 1 AS number, digits`);
  if (!drawn) throw new Error(`no number series ${series}`);
  return `${drawn.prefix}${String(drawn.number).padStart(drawn.digits, '0')}`;
}

/** Draws for an entity's number field, passing over numbers that people have given by hand. */
export function drawFor(db: Connection, of: Entity): string {
  const field = of.numbered!.field;
  for (;;) {
    const number = drawNumber(db, of.name);
    if (!first(db, sql`SELECT 1 FROM ${name(of.table)} WHERE ${name(field)} = ${number}`)) return number;
  }
}
