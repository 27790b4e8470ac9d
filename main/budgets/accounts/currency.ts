import { commodity } from '#contract/budgets/currency.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { exponentOf } from '#contract/kit/money.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import type { Connection } from '../../db/open.ts';
import { room } from '../../db/room.ts';
import { first, sql } from '../../db/sql.ts';
import { insert, update } from '../../db/table.ts';
import { textAt } from '../../db/values.ts';

/** What holds for the currencies that lines are kept in beside that of the company. */

const words = {
  digits: w('There are lines in {currency}, which count in units of {digits} decimal places: with others their quantities would be read as different ones. Posted lines cannot be converted. Make another currency for what needs more places.', 'Es gibt Zeilen in {currency}, die in Einheiten mit {digits} Nachkommastellen zählen: Mit anderen würden ihre Mengen als andere gelesen. Gebuchte Zeilen lassen sich nicht umrechnen. Bitte eine weitere Währung anlegen für das, was mehr Stellen braucht.'),
  code: w('There are lines in {currency}: they name it by this code, which stays. Change its name instead.', 'Es gibt Zeilen in {currency}: Sie nennen die Währung bei diesem Kürzel, darum bleibt es. Bitte stattdessen die Bezeichnung ändern.'),
};

/** Whether quantities of a currency are kept: on lines that are posted, of drafts, or of templates. */
export const hasLines = (db: Connection, code: string): boolean =>
  first(
    db,
    sql`SELECT 1 WHERE EXISTS (SELECT 1 FROM accounts a CROSS JOIN balances b ON b.account_id = a.id AND b.currency = ${code} AND b.currency <> '')
        OR EXISTS (SELECT 1 FROM entry_drafts d CROSS JOIN json_each(d.lines) l WHERE l.value ->> 'currency' = ${code})
        OR EXISTS (SELECT 1 FROM entry_template_lines WHERE currency = ${code} AND quantity IS NOT NULL)`,
  ) !== undefined;

/** Quantities are counts of the smallest unit: as long as there are any, the unit stays what it is. */
function settled(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const code = textAt(before ?? values, 'code');
  const digits = Number(before ? before['digits'] : exponentOf(code));
  const renamed = before !== null && values['code'] !== undefined && values['code'] !== code;
  const otherDigits = values['digits'] !== undefined && values['digits'] !== digits;
  if ((renamed || otherDigits) && hasLines(ctx.db, code)) throw new Refused('invalid', otherDigits ? words.digits : words.code, { currency: code, digits }, otherDigits ? 'digits' : 'code');
  return values;
}

export const commodityRoom = room(commodity, { complete: settled });

/** Makes sure that a currency is kept, with so many decimal places at least, and with a name. @throws Refused where lines keep it at fewer */
export function ensureCurrency(ctx: Ctx, { code, name, digits }: { readonly code: string; readonly name: string; readonly digits: number }): void {
  const there = first<{ id: number; version: number; name: string; digits: number }>(ctx.db, sql`SELECT id, version, name, digits FROM commodities WHERE code = ${code} AND code <> ''`);
  const { entity, rules } = commodityRoom;
  if (!there) insert(ctx, entity, { code, name, digits }, rules);
  else update(ctx, entity, there.id, there.version, { digits: Math.max(digits, there.digits), ...(there.name === '' ? { name } : {}) }, rules);
}
