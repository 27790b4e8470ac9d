import type { EntryDraft, LineDraft } from '#contract/budgets/entry.ts';
import type { Settled, SettledLine } from '#contract/budgets/exchange.ts';
import { Refused } from '#contract/kit/failure.ts';
import { exponentOf } from '#contract/kit/money.ts';
import { say, w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, sql } from '../../db/sql.ts';
import { divide } from '../finance/allocate.ts';
import { exchangeAccount } from './exchangeAccounts.ts';
import { isCurrency, isMonetary } from './foreignBalances.ts';
import { family } from '../accounts/balances.ts';
import { baseOf } from '../journal/lines.ts';
import { convert } from '../accounts/rates.ts';

/**
 * Realised exchange differences: what is settled or moved out of a foreign balance leaves at what the books carry it at, and what was got for it
 * over or under that is profit or loss (IAS 21 §28; FRS 102 §30.10).
 */

const words = {
  none: w('No account is used for exchange differences. Give an account that use first.', 'Kein Konto dient für Kursdifferenzen. Bitte zuerst einem Konto diese Verwendung geben.'),
  text: w('Realised exchange difference {currencies}', 'Realisierte Kursdifferenz {currencies}'),
};

/** A part of a foreign balance that came in at one rate: both of one sign, in minor units. */
export interface Lot {
  readonly quantity: number;
  readonly carrying: number;
}

/** Share of `carrying` that `part` of `quantity` has, halves away from zero; all of it for the whole. */
const shareOf = (carrying: number, part: number, quantity: number): number => (part === quantity ? carrying : Number(divide(BigInt(carrying) * BigInt(part), BigInt(quantity), 'half_up')));

/**
 * Takes a quantity of the opposite sign out of lots, the first ones first. `taken` is what leaves and what it was carried at, in the sign of the
 * lots; `rest` is what the lots did not hold, in the sign of the quantity.
 */
export function takeOut(lots: readonly Lot[], quantity: number): { readonly left: readonly Lot[]; readonly taken: Lot; readonly rest: number } {
  const left: Lot[] = [];
  let wanted = -quantity;
  let taken: Lot = { quantity: 0, carrying: 0 };
  for (const lot of lots) {
    const part = Math.abs(wanted) >= Math.abs(lot.quantity) ? lot.quantity : wanted;
    const carrying = part === 0 ? 0 : shareOf(lot.carrying, part, lot.quantity);
    taken = { quantity: taken.quantity + part, carrying: taken.carrying + carrying };
    if (part !== lot.quantity) left.push({ quantity: lot.quantity - part, carrying: lot.carrying - carrying });
    wanted -= part;
  }
  return { left, taken, rest: -wanted || 0 };
}

/** What a line adds to lots, or takes out of them. One that changes no quantity, as revaluing does, sets all of them to one rate. */
export function put(lots: readonly Lot[], line: Lot): readonly Lot[] {
  const held = lots.reduce((sum, lot) => ({ quantity: sum.quantity + lot.quantity, carrying: sum.carrying + lot.carrying }), { quantity: 0, carrying: 0 });
  if (line.quantity === 0) {
    let [given, carried] = [0, 0];
    return lots.map((lot) => {
      // Cut from the sum so far: the parts add up to the whole.
      given += lot.quantity;
      const upTo = shareOf(held.carrying + line.carrying, given, held.quantity);
      const carrying = upTo - carried;
      carried = upTo;
      return { quantity: lot.quantity, carrying };
    });
  }
  if (held.quantity === 0 || Math.sign(held.quantity) === Math.sign(line.quantity)) return [...lots, line];
  const { left, rest } = takeOut(lots, line.quantity);
  return rest === 0 ? left : [{ quantity: rest, carrying: shareOf(line.carrying, rest, line.quantity) }];
}

interface Holding {
  readonly account: number;
  readonly currency: string;
  /** Whose: one party and those that were merged with it; empty for lines that name nobody. */
  readonly parties: readonly number[];
}

/**
 * The lots of a foreign balance at the end of a day: at the average rate one with all of it, first in first out one for each line that came in.
 * An entry and its reversal, both by then, never were.
 */
function lotsOf(ctx: Ctx, of: Holding, day: string, fifo: boolean): readonly Lot[] {
  const whose = of.parties.length === 0 ? sql`party_id IS NULL` : sql`party_id IN (SELECT value FROM json_each(${JSON.stringify(of.parties)}))`;
  if (!fifo) {
    const sum = first<Lot>(ctx.db, sql`SELECT ifnull(sum(quantity), 0) AS quantity, ifnull(sum(amount), 0) AS carrying FROM entry_lines WHERE account_id = ${of.account} AND day <= ${day} AND currency = ${of.currency} AND ${whose}`)!;
    return sum.quantity === 0 ? [] : [sum];
  }
  const lines = all<Lot>(
    ctx.db,
    sql`SELECT l.quantity, l.amount AS carrying FROM entry_lines l JOIN entries e ON e.id = l.id >> 14
        WHERE l.account_id = ${of.account} AND l.day <= ${day} AND l.currency = ${of.currency} AND ${whose}
          AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.reverses_id = e.id AND r.day <= ${day}) AND NOT (e.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM entries o WHERE o.id = e.reverses_id AND o.day <= ${day}))
        ORDER BY l.day, l.id`,
  );
  return lines.reduce<readonly Lot[]>((lots, line) => put(lots, line), []);
}

/**
 * The lines of an entry in which what clears a foreign balance leaves at what it is carried at, with a line for the realised difference; the entry
 * balances as much as it did before. A line clears when its quantity has the other sign than the balance of its account, currency and party at the
 * end of the entry's day; by how much it is carried follows from the account (average rate, or first in first out); parties that were merged count as one. What goes beyond the balance
 * keeps its own rate. Lines without an amount are worth the rate of the day; without a rate they stay as they are. Writes nothing: payments call it
 * before they post.
 * @throws Refused invalid when there is a difference and no account for it
 */
export function settle(ctx: Ctx, draft: EntryDraft): Settled {
  const base = baseOf(ctx);
  const ids = JSON.stringify([...new Set(draft.lines.map((line) => line.account_id))]);
  const accounts = new Map(
    all<{ id: number; kind: string; role: string; cash_flow: string; revalued: string; cost_formula: string }>(ctx.db, sql`SELECT id, kind, role, cash_flow, revalued, cost_formula FROM accounts WHERE id IN (SELECT value FROM json_each(${ids}))`).map((row) => [row.id, row]),
  );
  const held = new Map<string, readonly Lot[]>();
  const settled: SettledLine[] = [];
  const lines = draft.lines.map((line, at): LineDraft => {
    const account = accounts.get(line.account_id ?? 0);
    const { currency = '', quantity = 0 } = line;
    if (!account || currency === '' || currency === base || quantity === 0 || !isMonetary(account) || !isCurrency(currency)) return line;
    const worth = line.amount ?? convert(ctx.db, { quantity, currency, day: draft.day, base, digits: exponentOf(base) });
    if (worth === null) return line;
    const fifo = account.cost_formula === 'fifo';
    const parties = line.party_id == null ? [] : family(ctx.db, { dimension: 'party', id: line.party_id });
    const key = `${account.id} ${currency} ${parties[0] ?? ''}`;
    const lots = held.get(key) ?? lotsOf(ctx, { account: account.id, currency, parties }, draft.day, fifo);
    const total = lots.reduce((sum, lot) => sum + lot.quantity, 0);
    const next = put(lots, { quantity, carrying: worth });
    held.set(key, fifo || next.length < 2 ? next : [next.reduce((sum, lot) => ({ quantity: sum.quantity + lot.quantity, carrying: sum.carrying + lot.carrying }))]);
    if (total === 0 || Math.sign(total) === Math.sign(quantity)) return line;
    const { taken, rest } = takeOut(lots, quantity);
    const amount = (rest === 0 ? 0 : shareOf(worth, rest, quantity)) - taken.carrying || 0;
    settled.push({ line: at + 1, currency, quantity: -taken.quantity || 0, worth, carried: amount, difference: worth - amount });
    return { ...line, amount };
  });
  const difference = settled.reduce((sum, one) => sum + one.difference, 0);
  if (difference === 0) return { lines, settled, gain: 0 };
  const account = exchangeAccount(ctx, difference < 0 ? 'gain' : 'loss', true);
  if (!account) throw new Refused('invalid', words.none);
  const currencies = [...new Set(settled.filter((one) => one.difference !== 0).map((one) => one.currency))].join(', ');
  return { lines: [...lines, { account_id: account.id, amount: difference, text: say(words.text, ctx.language, { currencies }) }], settled, gain: -difference };
}
