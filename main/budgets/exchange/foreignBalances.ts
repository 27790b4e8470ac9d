import type { Ctx } from '../../db/context.ts';
import type { Connection } from '../../db/open.ts';
import { all, first, sql } from '../../db/sql.ts';

/** Balances in other currencies, by account, currency and party, out of what is kept: their cost does not grow with the lines. */

export interface ForeignBalance {
  readonly account_id: number;
  readonly number: string;
  readonly account: string;
  readonly currency: string;
  /** Of whom; null for lines that name nobody. */
  readonly party_id: number | null;
  /** Minor units of `currency`, debit positive. */
  readonly quantity: number;
  /** Minor units of the company's currency that it is carried at, debit positive. */
  readonly carrying: number;
  /** Whether the account is valued at the closing rate. */
  readonly monetary: boolean;
}

interface Holder {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly cash_flow: string;
  readonly revalued: string;
}

/** Uses of accounts whose balances are units of currency, or are received or paid in units of currency (IAS 21 §16). */
const monetaryUses = new Set(['bank', 'cash', 'receivable', 'payable', 'loan', 'accrual', 'tax_input', 'tax_output', 'suspense']);

/**
 * Whether what stands on an account is a monetary item (IAS 21 §8 and §16; FRS 102 glossary): assets and liabilities for which the account says
 * so, or whose use is one of those above; cash by its place in the cash-flow statement; and debts without a use, for most are paid in money.
 * Equity, income, expense and other assets are not.
 */
export function isMonetary(account: Pick<Holder, 'kind' | 'role' | 'cash_flow' | 'revalued'>): boolean {
  if (account.kind !== 'asset' && account.kind !== 'liability') return false;
  if (account.revalued !== '') return account.revalued === 'yes';
  return monetaryUses.has(account.role) || account.cash_flow === 'cash' || (account.kind === 'liability' && account.role === '');
}

interface Sums {
  readonly account_id: number;
  readonly currency: string;
  readonly party_id: number | null;
  readonly quantity: number;
  readonly carrying: number;
}

/** Kept sums of the periods that end by a day: in all under party 0, and of each party. */
const keptUntil = (db: Connection, day: string): Sums[] =>
  all<Sums>(
    db,
    sql`SELECT b.account_id, b.currency, b.value_id AS party_id, sum(b.quantity) AS quantity, sum(b.debit - b.credit) AS carrying
        FROM balances b INDEXED BY balances_in_currencies JOIN periods p ON p.id = b.period_id
        WHERE b.currency <> '' AND b.dimension IN ('', 'party') AND p.end_day <= ${day} GROUP BY b.account_id, b.currency, b.value_id`,
  );

/** The same for the days of a period that a day cuts, from its lines. */
function cutUntil(db: Connection, day: string): Sums[] {
  const cut = first<{ start_day: string; end_day: string }>(db, sql`SELECT start_day, end_day FROM periods WHERE archived = 0 AND start_day <= ${day} ORDER BY start_day DESC LIMIT 1`);
  if (!cut || cut.end_day <= day) return [];
  return all<Sums>(
    db,
    sql`SELECT l.account_id, l.currency, l.party_id, sum(l.quantity) AS quantity, sum(l.amount) AS carrying
        FROM accounts a CROSS JOIN entry_lines l ON l.account_id = a.id AND l.day BETWEEN ${cut.start_day} AND ${day} AND l.currency <> '' GROUP BY l.account_id, l.currency, l.party_id`,
  );
}

/**
 * What stands on assets and liabilities in other currencies at the end of a day. Balances that are zero in both currencies are left out; one that is
 * zero in its own currency only is not, for what it is still carried at is an exchange difference.
 */
export function foreignBalances(ctx: Ctx, day: string): ForeignBalance[] {
  const held = new Map<string, { account_id: number; currency: string; party_id: number | null; quantity: number; carrying: number }>();
  const note = (one: Sums, party: number | null, sign: 1 | -1): void => {
    const key = `${one.account_id}\t${one.currency}\t${party ?? ''}`;
    const sums = held.get(key);
    if (!sums) held.set(key, { account_id: one.account_id, currency: one.currency, party_id: party, quantity: sign * one.quantity, carrying: sign * one.carrying });
    else {
      sums.quantity += sign * one.quantity;
      sums.carrying += sign * one.carrying;
    }
  };
  // Posted lines keep whom they named; one that was merged stands in the balance of the one that is left.
  const into = new Map(all<{ party_id: number; into_id: number }>(ctx.db, sql`SELECT party_id, into_id FROM merged_parties`).map((row) => [row.party_id, row.into_id]));
  const left = (party: number | null): number | null => (party === null ? null : (into.get(party) ?? party));
  for (const one of keptUntil(ctx.db, day)) {
    if (one.party_id === 0) note(one, null, 1);
    else {
      note(one, left(one.party_id), 1);
      note(one, null, -1);
    }
  }
  for (const one of cutUntil(ctx.db, day)) note(one, left(one.party_id), 1);
  const ids = JSON.stringify([...new Set([...held.values()].map((one) => one.account_id))]);
  const accounts = new Map(all<Holder>(ctx.db, sql`SELECT id, number, name, kind, role, cash_flow, revalued FROM accounts WHERE kind IN ('asset', 'liability') AND id IN (SELECT value FROM json_each(${ids}))`).map((row) => [row.id, row]));
  return [...held.values()]
    .flatMap((one): ForeignBalance[] => {
      const account = accounts.get(one.account_id);
      if (!account || (one.quantity === 0 && one.carrying === 0)) return [];
      return [{ ...one, quantity: one.quantity || 0, carrying: one.carrying || 0, number: account.number, account: account.name, monetary: isMonetary(account) }];
    })
    .toSorted((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : a.account_id - b.account_id) || (a.currency < b.currency ? -1 : a.currency > b.currency ? 1 : (a.party_id ?? 0) - (b.party_id ?? 0)));
}

/** Units of account in ISO 4217 that debts are kept in though nobody pays with them; the list of the runtime leaves them out. */
const units = ['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW', 'XDR'];
let currencies: ReadonlySet<string> | undefined;

/** Whether a code is that of a currency and not of shares or goods, which are no monetary items. */
export const isCurrency = (code: string): boolean => (currencies ??= new Set([...Intl.supportedValuesOf('currency'), ...units])).has(code);
