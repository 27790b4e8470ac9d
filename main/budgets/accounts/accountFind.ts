import type { Postable } from '#contract/budgets/account.ts';
import type { Ctx } from '../../db/context.ts';
import { all, join, sql } from '../../db/sql.ts';

/** Finding accounts that take lines, as they are typed into a line or pasted from a spreadsheet. */

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** The likeliest first: that very number, numbers that begin so, names that begin so, names with all the words. */
export function find(ctx: Ctx, input: { text: string; limit?: number | undefined }): readonly Postable[] {
  const text = input.text.trim();
  const limit = input.limit ?? 20;
  const words = text.split(/\s+/).filter((word) => word !== '').slice(0, 8);
  const begins = `${escaped(text)}%`;
  // "4000 Sales", as lookups show an account, finds it again.
  const holds = words.map((word) => sql`(name LIKE ${`%${escaped(word)}%`} ESCAPE '\\' OR number LIKE ${`${escaped(word)}%`} ESCAPE '\\')`);
  const wanted = holds.length === 0 ? sql`1` : join(holds, ' AND ');
  return all<Postable>(
    ctx.db,
    sql`SELECT id, number, name, currency FROM accounts WHERE archived = 0 AND heading = 0 AND ${wanted}
        ORDER BY CASE WHEN number = ${text} THEN 0 WHEN number LIKE ${begins} ESCAPE '\\' THEN 1 WHEN name LIKE ${begins} ESCAPE '\\' THEN 2 ELSE 3 END, number = '', number, name, id LIMIT ${limit}`,
  );
}

/** Number, name, or both of them with a dash or space between, whatever the case. */
export function match(ctx: Ctx, input: { texts: readonly string[] }): readonly (Postable | null)[] {
  const known = all<Postable>(ctx.db, sql`SELECT id, number, name, currency FROM accounts WHERE archived = 0 AND heading = 0`);
  const found = new Map<string, Postable | null>();
  const put = (key: string, one: Postable): void => void found.set(key, found.has(key) && found.get(key) !== one ? null : one);
  const numbers = new Map(known.filter((one) => one.number !== '').map((one) => [one.number.toLowerCase(), one]));
  for (const one of known) {
    put(one.name.toLowerCase(), one);
    if (one.number !== '') for (const between of [' ', ' - ', ' – ', ': ']) put(`${one.number}${between}${one.name}`.toLowerCase(), one);
  }
  return input.texts.map((text) => {
    const key = text.trim().replace(/\s+/g, ' ').toLowerCase();
    return key === '' ? null : (numbers.get(key) ?? found.get(key) ?? null);
  });
}
