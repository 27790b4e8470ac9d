import type { OpeningState } from '#contract/budgets/books.ts';
import type { Named, Written } from '#contract/kit/call.ts';
import { Refused } from '#contract/kit/failure.ts';
import { plain } from '#contract/kit/money.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, sql } from '../../db/sql.ts';
import { postEntry } from './entry.ts';
import { baseOf, checked } from './lines.ts';

/** Opening balances: what stood on the accounts before the first day of these books. */

const words = {
  narration: w('Opening balances', 'Eröffnungsbilanz'),
  none: w('There is nothing to post: every amount is zero.', 'Es gibt nichts zu buchen: Alle Beträge sind null.'),
  both: w('Line {line} has both a debit and a credit.', 'Zeile {line} hat Soll und Haben zugleich.'),
  differs: w('Debits and credits differ by {difference} {currency}. Correct the lines, or let the difference go to the account for opening balances.', 'Soll und Haben unterscheiden sich um {difference} {currency}. Bitte die Zeilen berichtigen oder die Differenz auf das Konto für Saldenvorträge buchen lassen.'),
  account: w('No account is there for the difference of {difference} {currency}. Give one equity account the use “Opening balances”.', 'Für die Differenz von {difference} {currency} gibt es kein Konto. Bitte einem Eigenkapitalkonto die Verwendung „Saldenvorträge“ geben.'),
};

const openingAccount = (ctx: Ctx): Named | null =>
  first<Named>(ctx.db, sql`SELECT id, name AS title, number AS subtitle, 0 AS archived FROM accounts WHERE role = 'opening' AND heading = 0 AND archived = 0 ORDER BY id`) ?? null;

const plainNamed = (found: Named | null): Named | null => (found ? { ...found, archived: false } : null);

export function opening(ctx: Ctx): OpeningState {
  return {
    day: first<{ day: string | null }>(ctx.db, sql`SELECT min(start_day) AS day FROM fiscal_years WHERE state = 'open'`)?.day ?? '',
    account: plainNamed(openingAccount(ctx)),
    entries: all(ctx.db, sql`SELECT id, version, number, day, total FROM entries WHERE archived = 0 AND journal = 'opening' AND state = 'posted' AND reverses_id IS NULL ORDER BY day, id LIMIT 100`),
  };
}

/** Posts opening balances. @throws Refused when debits and credits differ and nothing says where the difference goes */
export function open(ctx: Ctx, input: { day: string; lines: readonly { account_id: number; debit: number; credit: number }[]; rest?: boolean | undefined }): Written & { readonly number: string } {
  const twice = input.lines.findIndex((line) => line.debit > 0 && line.credit > 0);
  if (twice >= 0) throw new Refused('invalid', words.both, { line: twice + 1 }, 'lines');
  const lines = input.lines.filter((line) => line.debit !== line.credit).map((line) => ({ account_id: line.account_id, amount: line.debit - line.credit }));
  if (lines.length === 0) throw new Refused('invalid', words.none, {}, 'lines');
  const sum = lines.reduce((before, line) => before + line.amount, 0);
  if (sum !== 0) {
    const base = baseOf(ctx);
    const difference = { difference: plain(Math.abs(sum), base), currency: base };
    if (input.rest !== true) throw new Refused('invalid', words.differs, difference, 'lines');
    const account = openingAccount(ctx);
    if (!account) throw new Refused('invalid', words.account, difference, 'lines');
    lines.push({ account_id: account.id, amount: -sum });
  }
  const narration = words.narration[ctx.language];
  return postEntry(ctx, { day: input.day, journal: 'opening', narration, reference: '', lines: checked(ctx, { day: input.day, lines }), origin: 'opening' });
}
