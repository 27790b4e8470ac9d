import { reaches } from '#contract/kit/access.ts';
import { type assetCalls, asset, type Purchase } from '#contract/budgets/asset.ts';
import type { InputOf, Named, Written } from '#contract/kit/call.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { all, first, sql } from '../../db/sql.ts';
import { insert } from '../../db/table.ts';
import { proposed } from './assetAccounts.ts';
import { assetRoom } from './assetRegister.ts';
import { assetOf, called } from './assetRows.ts';
import { lineSpan } from '../journal/posted.ts';

/** Assets that come from a purchase: which lines of an entry may become one, and making it. */

const words = {
  line: w('There is no posted line {line} in this entry.', 'Eine gebuchte Zeile {line} gibt es in dieser Buchung nicht.'),
  debit: w('Only a line with a debit becomes an asset.', 'Nur eine Zeile im Soll wird zum Anlagegut.'),
  twice: w('This line is {asset} already.', 'Diese Zeile ist schon {asset}.'),
};

interface Bought {
  readonly line: number;
  readonly day: string;
  readonly narration: string;
  readonly account_id: number;
  readonly amount: number;
  readonly text: string;
  readonly party_id: number | null;
  readonly department_id: number | null;
  readonly place_id: number | null;
  /** Its account. */
  readonly title: string;
  readonly number: string;
  readonly archived: number;
  readonly role: string;
}

/** Posted lines of an entry; one alone when it is told. */
const linesOf = (ctx: Ctx, entryId: number, line?: number): readonly Bought[] =>
  all<Bought>(
    ctx.db,
    sql`SELECT l.id - ${entryId * lineSpan} AS line, e.day, e.narration, l.account_id, l.amount, l.text, l.party_id, l.department_id, l.place_id, a.name AS title, a.number, a.archived, a.role
        FROM entries e JOIN entry_lines l ON l.id BETWEEN ${entryId * lineSpan + (line ?? 0)} AND ${line === undefined ? (entryId + 1) * lineSpan - 1 : entryId * lineSpan + line} JOIN accounts a ON a.id = l.account_id WHERE e.id = ${entryId} AND e.state = 'posted' ORDER BY l.id`,
  );

/** Purchases name the supplier on the line that is owed, mostly. */
const supplierOf = (ctx: Ctx, entryId: number, line: Bought): number | null =>
  line.party_id ?? first<{ party_id: number }>(ctx.db, sql`SELECT party_id FROM entry_lines WHERE id BETWEEN ${entryId * lineSpan} AND ${(entryId + 1) * lineSpan - 1} AND party_id IS NOT NULL ORDER BY id`)?.party_id ?? null;

const nameOf = (ctx: Ctx, line: Bought): string => ([line.text, line.narration].find((one) => one !== '') ?? asset.label[ctx.language]).slice(0, 200);

const assetOfLine = (ctx: Ctx, entryId: number, line: number): { readonly id: number; readonly name: string; readonly number: string; readonly archived: number } | undefined =>
  first(ctx.db, sql`SELECT id, name, number, archived FROM assets WHERE entry_id = ${entryId} AND entry_line = ${line}`);

const named = (row: { readonly id: number; readonly name: string; readonly number?: string; readonly archived: number } | undefined): Named | null => (row ? { id: row.id, title: row.name, subtitle: row.number ?? '', archived: row.archived === 1 } : null);

function mustBe(ctx: Ctx, entryId: number): void {
  if (!first(ctx.db, sql`SELECT 1 FROM entries WHERE id = ${entryId}`)) throw new Refused('missing', refusals.missing, { what: entityNamed('entry').label[ctx.language], id: entryId });
}

/** The debit lines of an entry with what each would be as an asset. @throws Refused missing */
export function purchases(ctx: Ctx, input: { readonly entry_id: number }): readonly Purchase[] {
  mustBe(ctx, input.entry_id);
  const isLikely = ({ role }: Bought): boolean => role === 'fixed_asset' || role === 'intangible';
  const mayName = reaches(ctx.rights.access.party, 'read');
  return linesOf(ctx, input.entry_id)
    .filter((line) => line.amount > 0)
    .toSorted((a, b) => Number(isLikely(b)) - Number(isLikely(a)) || a.line - b.line)
    .slice(0, 100)
    .map((line) => {
      const { depreciation_account_id, expense_account_id } = proposed(ctx, { asset_account_id: line.account_id });
      const supplier = supplierOf(ctx, input.entry_id, line);
      return {
        line: line.line,
        name: nameOf(ctx, line),
        day: line.day,
        cost: line.amount,
        account: { id: line.account_id, title: line.title, subtitle: line.number, archived: line.archived === 1 },
        likely: isLikely(line),
        supplier: supplier === null || !mayName ? null : named(first(ctx.db, sql`SELECT id, name, number, archived FROM parties WHERE id = ${supplier}`)),
        depreciation_account_id,
        expense_account_id,
        asset: named(assetOfLine(ctx, input.entry_id, line.line)),
      };
    });
}

/** Makes an asset of a posted purchase line. @throws Refused missing, invalid (credit, or an asset already) */
export function capitalise(ctx: Ctx, input: InputOf<(typeof assetCalls)['asset.capitalise']>): Written {
  mustBe(ctx, input.entry_id);
  const [line] = input.line < lineSpan ? linesOf(ctx, input.entry_id, input.line) : [];
  if (!line) throw new Refused('invalid', words.line, { line: input.line }, 'line');
  if (line.amount <= 0) throw new Refused('invalid', words.debit, {}, 'line');
  const other = assetOfLine(ctx, input.entry_id, input.line);
  if (other) throw new Refused('invalid', words.twice, { asset: called(assetOf(ctx, other.id)) }, 'line');
  return insert(
    ctx,
    assetRoom.entity,
    {
      name: input.name === undefined || input.name === '' ? nameOf(ctx, line) : input.name,
      acquired_day: line.day,
      in_use_day: input.in_use_day ?? line.day,
      cost: line.amount,
      method: input.method ?? 'straight_line',
      life_months: input.life_months ?? null,
      rate_ppm: input.rate_ppm ?? null,
      salvage: input.salvage ?? null,
      party_id: supplierOf(ctx, input.entry_id, line),
      department_id: line.department_id,
      place_id: line.place_id,
      asset_account_id: line.account_id,
      depreciation_account_id: input.depreciation_account_id ?? null,
      expense_account_id: input.expense_account_id ?? null,
      entry_id: input.entry_id,
      entry_line: input.line,
    },
    assetRoom.rules,
  );
}
